//! Coverage: which sources wrote how much, and when; and which codings of others came in.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use verbale_ledger::store::Imported;
use verbale_ledger::{Coverage, Covered};

use super::{counted, section, table};
use crate::chart::Month;
use crate::safe::{line, words as inline};

/// Sources with a row of their own; all others share one.
const SOURCES: usize = 60;

/// Months with a column of their own; beyond these, columns are years.
const COLUMNS: usize = 18;

/// Documents by source and month, what was refused or not kept, and imports.
pub fn coverage(found: &Coverage, imports: &[Imported]) -> Markup {
    let documents = found.documents as usize;
    let sources: BTreeSet<&Option<String>> = found.months.iter().map(|one| &one.outlet).collect();
    let body = html! {
        p {
            (counted(documents, "document")) " of " (counted(sources.len(), "source")) ". "
            "A month without a number has no document here: nothing is known of it, which is not the same as no event."
        }
        @if found.refused > 0 { p { (counted(found.refused as usize, "input")) " could not be read." } }
        @if found.excerpts > 0 {
            p { (counted(found.excerpts as usize, "document")) " kept as excerpts: the sentences that something rests on." }
        }
        @if found.hashes > 0 {
            p { (counted(found.hashes as usize, "document")) " kept as hash: no word of them is here, so their events stand without sentences." }
        }
        @if documents > 0 { (by_source(found)) }
        @if !imports.is_empty() { (imported(imports)) }
    };
    section("coverage", "Coverage", &body)
}

/// Documents of each month, for the strip below the timeline.
impl Month {
    /// All months with a document, in order.
    pub fn of(found: &[Covered]) -> Vec<Self> {
        let mut months: BTreeMap<&str, u32> = BTreeMap::new();
        for one in found {
            if let Some(month) = one.month.as_deref().filter(|month| month.len() == 7) {
                *months.entry(month).or_default() += one.documents;
            }
        }
        months.into_iter().map(|(month, documents)| Self { month: month.to_owned(), documents }).collect()
    }
}

fn by_source(found: &Coverage) -> Markup {
    let months: BTreeSet<&str> = found.months.iter().filter_map(|one| one.month.as_deref()).collect();
    let cut = if months.len() > COLUMNS { 4 } else { 7 };
    let column = |one: &Covered| {
        one.month.as_deref().map_or("no date", |month| month.get(..cut).unwrap_or(month)).to_owned()
    };
    let columns: BTreeSet<String> = found.months.iter().map(column).collect();
    let mut rows: BTreeMap<&Option<String>, BTreeMap<String, u32>> = BTreeMap::new();
    for one in &found.months {
        *rows.entry(&one.outlet).or_default().entry(column(one)).or_default() += one.documents;
    }
    let mut ranked: Vec<(Option<&str>, BTreeMap<String, u32>)> =
        rows.into_iter().map(|(source, row)| (source.as_deref(), row)).collect();
    ranked.sort_by_key(|(source, row)| {
        (std::cmp::Reverse(row.values().sum::<u32>()), source.map(str::to_owned))
    });
    let rest = ranked.split_off(ranked.len().min(SOURCES));
    let name = |source: Option<&str>| {
        html! {
            @if let Some(source) = source { (inline(source)) }
            @else { span class="soft" { "unknown source" } }
        }
    };
    let line_of = |name: Markup, row: &BTreeMap<String, u32>| {
        let mut cells = vec![name, html! { (row.values().sum::<u32>()) }];
        cells.extend(
            columns.iter().map(|column| html! { @if let Some(number) = row.get(column) { (number) } }),
        );
        cells
    };
    let mut all: Vec<Vec<Markup>> = ranked.iter().map(|(source, row)| line_of(name(*source), row)).collect();
    if !rest.is_empty() {
        let mut sum: BTreeMap<String, u32> = BTreeMap::new();
        for (column, number) in rest.iter().flat_map(|(_, row)| row) {
            *sum.entry(column.clone()).or_default() += number;
        }
        all.push(line_of(html! { (counted(rest.len(), "further source")) }, &sum));
    }
    let mut head = vec!["source", "all"];
    head.extend(columns.iter().map(String::as_str));
    let numbers: Vec<usize> = (1..head.len()).collect();
    let unit = if cut == 4 { "year" } else { "month" };
    table(&format!("Documents by source and {unit} of publication"), &head, &numbers, &all)
}

fn imported(imports: &[Imported]) -> Markup {
    let row = |one: &Imported| {
        let tally = &one.tally;
        vec![
            html! { (inline(&one.name)) },
            html! { (line(&one.format)) },
            html! { (tally.rows) },
            html! { (tally.stored) },
            html! { (tally.merged) },
            html! { (tally.filtered) },
            html! { (tally.refused) },
            html! { code { (line(one.sha256.get(..12).unwrap_or_default())) } },
        ]
    };
    let rows: Vec<_> = imports.iter().map(row).collect();
    let head = ["file", "format", "rows", "stored", "merged", "filtered", "refused", "SHA-256 begins"];
    table("Imported codings of others", &head, &[2, 3, 4, 5, 6], &rows)
}
