//! The columns of what is told of a ledger itself: who takes part, what was done, what it covers, what came in, what was ruled.

use super::schema::{Column, Kind, Value, column};
use crate::Covered;
use crate::review::{Action, Anchor, Review};
use crate::store::{Entity, Imported, Run};

use Kind::{Text, Texts, Whole};

/// Columns of `entities`.
pub(super) fn entities() -> Vec<Column<Entity>> {
    vec![
        column("id", Text, "Wikidata id, slug or user's id; the name where there is none", |e: &Entity| {
            (&e.id).into()
        }),
        column("names", Texts, "the names under which it is told of", |e| (&e.names).into()),
        column("offices", Texts, "the offices that it is told to hold, or to have held", |e| {
            (&e.offices).into()
        }),
        column("organisations", Texts, "bodies it belongs to", |e| (&e.organisations).into()),
        column("sides", Texts, "sides it speaks for", |e| (&e.sides).into()),
        column("nationalities", Texts, "its nationalities", |e| (&e.nationalities).into()),
        column("events", Whole, "events it takes part in, whatever reviewers say of them", |e| {
            e.events.into()
        }),
    ]
}

/// Columns of `runs`.
pub(super) fn runs() -> Vec<Column<Run>> {
    vec![
        column("run", Whole, "its number, from 1", |r: &Run| Value::Whole(r.run)),
        column("kind", Text, "add, recode or import", |r| r.kind.as_str().into()),
        column("at", Text, "when it began, in UTC (RFC 3339)", |r| (&r.at).into()),
        column("coder", Text, "version of the program", |r| (&r.versions.coder).into()),
        column("data", Text, "version of the built-in knowledge", |r| (&r.versions.data).into()),
        column("rules", Text, "hash of word lists and rules", |r| (&r.versions.rules).into()),
        column("model", Text, "language model: name and hash", |r| (&r.versions.model).into()),
        column("knowledge", Texts, "users' files of knowledge: name and hash", |r| {
            Value::Texts(r.versions.knowledge.iter().map(|(name, hash)| format!("{name} {hash}")).collect())
        }),
        column("documents", Whole, "documents that it coded", |r| r.documents.into()),
        column("changed", Whole, "those in which something changed since the run before", |r| {
            r.changed.into()
        }),
        column("rows", Whole, "rows of others' codings that it read", |r| whole(r.rows)),
        column("events", Whole, "events, counts or votes that came of them", |r| whole(r.events)),
    ]
}

/// Columns of `coverage`.
pub(super) fn coverage() -> Vec<Column<Covered>> {
    vec![
        column("outlet", Text, "who published; null where it is not known", |c: &Covered| {
            c.outlet.as_ref().into()
        }),
        column("month", Text, "`YYYY-MM`, or `YYYY` where no more is known", |c| c.month.as_ref().into()),
        column("documents", Whole, "documents of the outlet in the month", |c| c.documents.into()),
        column("superseded", Whole, "those of which there is a newer version", |c| c.superseded.into()),
        column("tellings", Whole, "events as these documents tell of them, each time", |c| c.tellings.into()),
    ]
}

/// Columns of `imports`.
pub(super) fn imports() -> Vec<Column<Imported>> {
    vec![
        column("import", Whole, "its number, from 1", |i: &Imported| Value::Whole(i.import)),
        column("run", Whole, "the run it is part of", |i| Value::Whole(i.run)),
        column("format", Text, "format, or the name of a mapping", |i| (&i.format).into()),
        column("name", Text, "the file, as it was named", |i| (&i.name).into()),
        column("sha256", Text, "SHA-256 of its bytes", |i| (&i.sha256).into()),
        column("settings", Text, "filters and mapping, as JSON", |i| (&i.settings).into()),
        column("rows", Whole, "rows read", |i| whole(i.tally.rows)),
        column("stored", Whole, "events, counts or votes that came of them", |i| whole(i.tally.stored)),
        column("merged", Whole, "rows that told of an event that another row had told of", |i| {
            whole(i.tally.merged)
        }),
        column("filtered", Whole, "rows that were not asked for", |i| whole(i.tally.filtered)),
        column("refused", Whole, "rows that could not be read", |i| whole(i.tally.refused)),
    ]
}

/// Columns of `reviews`.
pub(super) fn reviews() -> Vec<Column<Review>> {
    vec![
        column("id", Text, "id of the review", |r: &Review| (&r.id).into()),
        column("at", Text, "when, in UTC (RFC 3339)", |r| (&r.at).into()),
        column("reviewer", Text, "who", |r| (&r.reviewer).into()),
        column("reason", Text, "why", |r| r.reason.as_ref().into()),
        column("action", Text, "accept, reject, edit, split, join or undo", |r| action(&r.action).into()),
        column("event_type", Text, "PLOVER type of the telling that was looked at", |r| {
            target(&r.action).map(|anchor| anchor.event_type.as_str()).into()
        }),
        column("sha256", Text, "SHA-256 of the text that tells it", |r| {
            target(&r.action).map(|anchor| &anchor.sha256).into()
        }),
        column("start", Whole, "first character of the words that tell it, in Unicode scalar values", |r| {
            target(&r.action).map(|anchor| anchor.span.start).into()
        }),
        column("end", Whole, "character after the last", |r| {
            target(&r.action).map(|anchor| anchor.span.end).into()
        }),
        column("path", Text, "for edit: the field", |r| match &r.action {
            Action::Edit { path, .. } => path.into(),
            _ => Value::Null,
        }),
        column("value", Text, "for edit: what it is, as JSON", |r| match &r.action {
            Action::Edit { value, .. } => value.to_string().as_str().into(),
            _ => Value::Null,
        }),
        column("was", Text, "for edit: what the coder said, as JSON", |r| match &r.action {
            Action::Edit { was, .. } => was.to_string().as_str().into(),
            _ => Value::Null,
        }),
        column("undone", Text, "for undo: id of the review that does not hold", |r| match &r.action {
            Action::Undo { review } => review.into(),
            _ => Value::Null,
        }),
    ]
}

/// A number of rows; no ledger has more than fit.
fn whole(number: u64) -> Value {
    Value::Whole(i64::try_from(number).unwrap_or(i64::MAX))
}

fn action(action: &Action) -> &'static str {
    match action {
        Action::Accept { .. } => "accept",
        Action::Reject { .. } => "reject",
        Action::Edit { .. } => "edit",
        Action::Split { .. } => "split",
        Action::Join { .. } => "join",
        Action::Undo { .. } => "undo",
    }
}

/// The telling that was looked at, the first of several.
fn target(action: &Action) -> Option<&Anchor> {
    match action {
        Action::Accept { target, .. }
        | Action::Reject { target, .. }
        | Action::Edit { target, .. }
        | Action::Join { target, .. } => Some(target),
        Action::Split { targets, .. } => targets.first(),
        Action::Undo { .. } => None,
    }
}
