//! The reader: one document with the words marked that events rest on, its events, claims and quotations.

use maud::{Markup, html};
use verbale::ledger::list::DocumentRow;
use verbale::ledger::store::{Ledger, Standing};
use verbale::ledger::{Passage, Retention};
use verbale::model::{Record, Span};
use verbale_page::safe::{line, link, words as inline};
use verbale_page::{part, words};

use super::layout::page as laid;
use super::{asked, page};
use crate::call::{Call, Endpoint, Run, encoded};
use crate::problem::Problem;
use crate::reply::Reply;

/// The pages of this file.
pub const PAGES: &[Endpoint] = &[page(
    "/documents/{document}",
    "document-page",
    "One document as it reads, with what was read in it",
    &[],
    Run::Read(document),
)];

fn document(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let id = call.named("document");
    if asked(ledger.standing(id))? != Standing::Stored {
        return Err(Problem::missing(format!("there is no document '{}'; /documents lists them", line(id))));
    }
    let row = asked(ledger.document_row(id, true))?;
    let record = asked(ledger.record(id))?;
    let entries = asked(ledger.entries_of(id))?;
    let everywhere = [false, true].map(|in_title| Span { start: 0, end: u32::MAX, in_title });
    let kept = asked(ledger.passages(id, &everywhere))?;
    let title = row.title.clone().unwrap_or_else(|| row.id.clone());
    let inside = html! {
        (facts(&row))
        h2 { "As it reads" }
        (part::key())
        (part::reader(row.text.as_deref(), &kept, row.retention, &record))
        h2 { (part::counted(record.events.len(), "event")) }
        @if record.events.is_empty() { p { "Nothing in it was read as an event between states." } }
        ul { @for event in &record.events { li {
            @if let Some(entry) = entries.get(&event.id) { a href=(format!("/events/{}", encoded(entry))) { (part::happening(event)) } }
            @else { (part::happening(event)) }
        } } }
        (claims(&record, &kept))
        (remarks(&record))
        p class="soft" { "For programs: " a href=(format!("/v1/documents/{}", encoded(id))) { "the whole record as JSON" } "." }
    };
    Ok(laid(call, &title, &html! { (inline(&title)) }, &inside))
}

fn facts(row: &DocumentRow) -> Markup {
    let kept = match row.retention {
        Retention::Full => "whole",
        Retention::Excerpts => "as excerpts: the sentences that something rests on",
        Retention::Hash => "as hash: no word of it",
    };
    html! {
        dl class="facts" {
            dt { "published by" } dd { (inline(row.outlet.as_deref().unwrap_or("unknown outlet"))) }
            dt { "on" } dd { (line(&row.published.as_deref().map_or_else(|| "no known date".to_owned(), words::edtf))) }
            @if let Some(byline) = &row.byline { dt { "written by" } dd { (inline(byline)) } }
            @if let Some(url) = &row.url { dt { "found at" } dd { (link(url)) } }
            dt { "given as" } dd { (inline(&row.id)) }
            dt { "kept" } dd { (kept) }
            @if let Some(later) = &row.superseded_by { dt { "replaced by" } dd { a href=(format!("/documents/{}", encoded(later))) { (line(later)) } } }
            @if let Some(earlier) = &row.replaces { dt { "replaces" } dd { a href=(format!("/documents/{}", encoded(earlier))) { (line(earlier)) } } }
            dt { "SHA-256" } dd { code { (line(&row.sha256)) } }
        }
    }
}

fn claims(record: &Record, kept: &[Passage]) -> Markup {
    html! {
        h2 { (part::counted(record.claims.len(), "claim")) }
        ul class="claims" { @for claim in &record.claims { li id=(claim.id) dir="auto" { (part::said(claim, kept)) } } }
    }
}

fn remarks(record: &Record) -> Markup {
    html! {
        @if !record.diagnostics.is_empty() {
            h2 { "Remarks of the coder" }
            ul { @for one in &record.diagnostics { li { (one.severity.as_str()) ": " (inline(&one.message)) } } }
        }
        p class="soft small" { "Coded by verbale " (line(&record.coder)) ", data " (line(&record.data)) "." }
    }
}
