//! The columns of what is read without a ledger: mentions, and one row for each report with all that was read in it.

use verbale_model::Diagnostic;

use super::claim_columns;
use super::entry_columns::{self, END, IN, START};
use super::reading::{ReadMention, Reading};
use super::schema::{self, Column, Kind, column, fields, rows, span_end, span_in, span_start, within};

use Kind::{Real, Rows, Text, Whole};

/// Columns of mentions.
pub(super) fn mentions() -> Vec<Column<ReadMention>> {
    vec![
        column("document", Text, "key of the document", |m: &ReadMention| (&m.document).into()),
        column("id", Text, "id of the mention in the document's record", |m| (&m.mention.id).into()),
        column("start", Whole, START, |m| span_start(Some(&m.mention.span))),
        column("end", Whole, END, |m| span_end(Some(&m.mention.span))),
        column("in", Text, IN, |m| span_in(Some(&m.mention.span))),
        column("text", Text, "the literal words", |m| (&m.mention.text).into()),
        column(
            "kind",
            Text,
            "person, organisation, state, place, group, date, time, duration, set, role or quote",
            |m| m.mention.kind.as_str().into(),
        ),
        column("entity", Text, "Wikidata id, slug or user's id", |m| m.mention.entity.as_ref().into()),
        column("country", Text, "country of a place or state, ISO 3166-1 alpha-3", |m| {
            m.mention.country.as_ref().into()
        }),
        column("geonames", Whole, "GeoNames id of a place", |m| m.mention.geonames.into()),
        column("lat", Real, "degrees north", |m| m.mention.lat.into()),
        column("lon", Real, "degrees east", |m| m.mention.lon.into()),
        column("timex", Text, "TIMEX3 value of a time expression", |m| m.mention.timex.as_ref().into()),
        column("coreferent", Text, "id of the earlier mention of the same thing", |m| {
            m.mention.coreferent.as_ref().into()
        }),
    ]
}

/// Columns of reports: those of `documents`, with events and claims themselves in place of their numbers.
pub(super) fn records() -> Vec<Column<Reading>> {
    let mut all: Vec<Column<Reading>> = claim_columns::documents().into_iter().map(of_document).collect();
    all.extend([
        column(
            "mentions",
            Rows(|| fields(&mentions())),
            "what it speaks of, as the columns of `mentions`",
            |r: &Reading| rows(&mentions(), &r.mentions),
        ),
        column(
            "diagnostics",
            Rows(|| fields(&diagnostic())),
            "what went wrong or deserves a word",
            |r: &Reading| rows(&diagnostic(), &r.diagnostics),
        ),
        column("coder", Text, "version of the program", |r: &Reading| r.coder.as_ref().into()),
        column("data", Text, "version of the built-in knowledge", |r: &Reading| r.data.as_ref().into()),
    ]);
    all
}

fn of_document(of: Column<super::DocumentRow>) -> Column<Reading> {
    match of.name {
        // A report that was not read still has the name it came with.
        "id" => column("id", Text, of.about, |r: &Reading| (&r.id).into()),
        "events" => {
            let about = "what happened, as the columns of `events`; each is told by this report alone";
            column("events", Rows(|| fields(&schema::events())), about, |r| {
                rows(&entry_columns::columns(), &r.events)
            })
        }
        "claims" => {
            let about = "who said what, as the columns of `claims`";
            column("claims", Rows(|| fields(&schema::claims())), about, |r| {
                rows(&claim_columns::claims(), &r.claims)
            })
        }
        _ => within(|r: &Reading| r.document.as_ref(), of),
    }
}

fn diagnostic() -> Vec<Column<Diagnostic>> {
    vec![
        column("severity", Text, "error, warning or info", |d: &Diagnostic| d.severity.as_str().into()),
        column("message", Text, "what, and what to do", |d| (&d.message).into()),
        column("start", Whole, START, |d| span_start(d.span.as_ref())),
        column("end", Whole, END, |d| span_end(d.span.as_ref())),
        column("in", Text, IN, |d| span_in(d.span.as_ref())),
    ]
}
