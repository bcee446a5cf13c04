//! The columns of entries in Parquet: the record's names, with nested lists as lists of structures.

use verbale_model::{EventDate, EventPlace, Participant, Span, Topic};

use super::schema::{
    Column, Kind, Value, column, fields, first_day, known, last_day, rows, span_end, span_in, span_start,
};
use crate::{Cited, Entry};

use Kind::{Day, Flag, Real, Rows, Text, Texts, Whole};

/// Which text a span lies in.
pub(super) const IN: &str = "`title` when the span lies in the title given beside the text";
/// Where a span starts.
pub(super) const START: &str = "first character of the words, in Unicode scalar values";
/// Where a span ends.
pub(super) const END: &str = "character after the last";

/// All of them.
pub(super) fn columns() -> Vec<Column<Entry>> {
    let mut all = kind();
    all.extend(when());
    all.extend(place());
    all.extend(who());
    all.extend(sources());
    all
}

/// What kind of happening.
pub(super) fn kind() -> Vec<Column<Entry>> {
    vec![
        column("id", Text, "id of the entry", |e| (&e.event.id).into()),
        column("event_type", Text, "PLOVER type", |e| e.event.event_type.as_str().into()),
        column("mode", Text, "PLOVER mode", |e| {
            e.event.mode.map(verbale_model::ontology::Mode::as_str).into()
        }),
        column("x_of", Text, "for AGREE and REQUEST, the type of act agreed to or asked for", |e| {
            e.event.x_of.map(verbale_model::ontology::EventType::as_str).into()
        }),
        column("cameo", Text, "CAMEO code from the actor's side; text, it may begin with 0", |e| {
            e.event.cameo.as_ref().into()
        }),
        column("contexts", Texts, "PLOVER contexts", |e| {
            Value::Texts(e.event.contexts.iter().map(ToString::to_string).collect())
        }),
        column("topics", Rows(|| fields(&topic())), "what it was about", |e| rows(&topic(), &e.event.topics)),
    ]
}

fn date(entry: &Entry) -> Option<&EventDate> {
    entry.event.date.as_ref()
}

fn edtf(entry: &Entry) -> Option<&str> {
    date(entry).map(|date| date.edtf.as_str())
}

/// When, in the columns that CSV has too.
pub(super) fn dated() -> Vec<Column<Entry>> {
    vec![
        column("date_edtf", Text, "when, in Extended Date/Time Format (ISO 8601-2)", |e| edtf(e).into()),
        column("date_from", Day, "first day of `date_edtf`; null when open or unknown", |e| {
            first_day(edtf(e))
        }),
        column("date_to", Day, "last day of `date_edtf`; null when open or unknown", |e| last_day(edtf(e))),
        column("date_precision", Text, "day, week, month, season, year, interval or none", |e| {
            date(e).map(|d| d.precision.as_str()).into()
        }),
        column("date_method", Text, "stated, relative, year_inferred, publication or none", |e| {
            date(e).map(|d| d.method.as_str()).into()
        }),
    ]
}

fn when() -> Vec<Column<Entry>> {
    fn span(entry: &Entry) -> Option<&Span> {
        date(entry)?.span.as_ref()
    }
    let mut all = dated();
    all.extend([
        column("date_text_start", Whole, START, |e| span_start(span(e))),
        column("date_text_end", Whole, END, |e| span_end(span(e))),
        column("date_text_in", Text, IN, |e| span_in(span(e))),
    ]);
    all
}

/// Where, in the columns that CSV has too.
pub(super) fn placed() -> Vec<Column<Entry>> {
    fn at(entry: &Entry) -> Option<&EventPlace> {
        entry.event.place.as_ref()
    }
    vec![
        column("place_name", Text, "where, in the text's words", |e| at(e).map(|p| &p.name).into()),
        column("place_country", Text, "country of the place, ISO 3166-1 alpha-3", |e| {
            at(e).and_then(|p| p.country.as_ref()).into()
        }),
        column("place_geonames", Whole, "GeoNames id", |e| at(e).and_then(|p| p.geonames).into()),
        column("place_lat", Real, "degrees north", |e| at(e).and_then(|p| p.lat).into()),
        column("place_lon", Real, "degrees east", |e| at(e).and_then(|p| p.lon).into()),
    ]
}

fn place() -> Vec<Column<Entry>> {
    fn span(entry: &Entry) -> Option<&Span> {
        entry.event.place.as_ref()?.span.as_ref()
    }
    let mut all = placed();
    all.extend([
        column("place_text_start", Whole, START, |e| span_start(span(e))),
        column("place_text_end", Whole, END, |e| span_end(span(e))),
        column("place_text_in", Text, IN, |e| span_in(span(e))),
    ]);
    all
}

/// How it went, in the columns that CSV has too.
pub(super) fn circumstances() -> Vec<Column<Entry>> {
    vec![
        column("channel", Text, "in_person, phone, video, letter or statement", |e| {
            e.event.channel.map(verbale_model::Channel::as_str).into()
        }),
        column("setting", Text, "bilateral, multilateral, sideline or third_party", |e| {
            e.event.setting.map(verbale_model::Setting::as_str).into()
        }),
        column("formality", Text, "formal or informal, where somebody said so", |e| {
            e.event.formality.map(verbale_model::Formality::as_str).into()
        }),
        column("status", Text, "held, planned, cancelled, denied or hypothetical", |e| {
            e.event.status.as_str().into()
        }),
        column("x_summons", Flag, "an envoy was called in", |e| e.event.x_summons.into()),
        column(
            "confirmation_state",
            Text,
            "both_sides, one_side, third_party, denied, conflicting or unattributed",
            |e| e.event.confirmation.state.as_str().into(),
        ),
        column("confirmation_sides", Texts, "the sides that assert it, or deny it", |e| {
            (&e.event.confirmation.sides).into()
        }),
    ]
}

fn who() -> Vec<Column<Entry>> {
    let mut all = circumstances();
    all.push(column("participants", Rows(|| fields(&participant())), "who took part", |e| {
        rows(&participant(), &e.event.participants)
    }));
    all.push(column(
        "evidence",
        Rows(|| fields(&evidence())),
        "where the words stand that evoke the event",
        |e| rows(&evidence(), &e.event.evidence),
    ));
    all.extend(coded());
    all
}

/// Claims, rule and confidence, in the columns that CSV has too.
pub(super) fn coded() -> Vec<Column<Entry>> {
    vec![
        column("claims", Texts, "the claims it rests on, as `DOCUMENT:CLAIM`", |e| (&e.event.claims).into()),
        column("confidence", Real, "0 to 1", |e| e.event.confidence.into()),
        column("rule", Text, "the rule that made the first claim", |e| (&e.event.rule).into()),
        column("x_entry", Text, "the dictionary entry behind the rule", |e| e.event.x_entry.as_ref().into()),
    ]
}

fn sources() -> Vec<Column<Entry>> {
    let mut all = vec![
        column("from", Rows(|| fields(&origin())), "the telling that each field came from", |e: &Entry| {
            let pairs: Vec<_> =
                e.from.iter().map(|(path, telling)| (path.clone(), telling.to_string())).collect();
            rows(&origin(), &pairs)
        }),
        column("tellings", Rows(|| fields(&telling())), "all tellings, the first one first", |e| {
            rows(&telling(), &e.tellings)
        }),
    ];
    all.extend(linked());
    all
}

/// Linking and review, in the columns that CSV has too.
pub(super) fn linked() -> Vec<Column<Entry>> {
    vec![
        column("documents", Whole, "how many documents tell of it", |e| e.documents.into()),
        column("sources", Whole, "how many independent sources: families of copies", |e| e.sources.into()),
        column("link_score", Real, "how sure it is that all tellings are of one happening, 0 to 1", |e| {
            e.link_score.into()
        }),
        column("link_reasons", Texts, "why they were linked", |e| (&e.link_reasons).into()),
        column("differences", Texts, "what the sides' own sources tell differently", |e| {
            (&e.differences).into()
        }),
        column("superseded", Flag, "only superseded versions of documents tell of it", |e| {
            e.superseded.into()
        }),
        column("review_verdict", Text, "none, accepted or rejected", |e| {
            super::filter::verdict(e.review.verdict).into()
        }),
        column("review_edited", Texts, "fields that reviewers corrected", |e| (&e.review.edited).into()),
        column("review_conflicts", Texts, "where coder and reviewers disagree", |e| {
            (&e.review.conflicts).into()
        }),
    ]
}

fn topic() -> Vec<Column<Topic>> {
    vec![
        column("text", Text, "the literal words", |t| (&t.text).into()),
        column("topic", Text, "a normalised name", |t| (&t.topic).into()),
        column("start", Whole, START, |t| span_start(Some(&t.span))),
        column("end", Whole, END, |t| span_end(Some(&t.span))),
        column("in", Text, IN, |t| span_in(Some(&t.span))),
    ]
}

fn participant() -> Vec<Column<Participant>> {
    vec![
        column("name", Text, "the fullest name", |p| (&p.name).into()),
        column("entity", Text, "Wikidata id, slug or user's id", |p| p.entity.as_ref().into()),
        column("role", Text, "actor or recipient", |p| p.role.as_str().into()),
        column("part", Text, "principal, host, visitor, mediator or attendee", |p| {
            p.part.map(verbale_model::Part::as_str).into()
        }),
        column("office", Text, "office as of the event", |p| p.office.as_ref().into()),
        column("organisation", Text, "organisation of that office", |p| p.organisation.as_ref().into()),
        column("side", Text, "state or authority spoken for, ISO 3166-1 alpha-3 or a user's code", |p| {
            p.side.as_ref().into()
        }),
        column("authority", Text, "which of the rival authorities", |p| p.authority.as_ref().into()),
        column("nationality", Text, "ISO 3166-1 alpha-3", |p| p.nationality.as_ref().into()),
        column("sector", Text, "PLOVER sector", |p| {
            p.sector.map(verbale_model::ontology::Sector::as_str).into()
        }),
        column("serving", Flag, "in office at the event; null for countries and ministries", |p| {
            p.serving.into()
        }),
        column(
            "level",
            Whole,
            "1 heads of state and government, 2 ministers, 3 deputies and envoys, 4 officials, 5 others",
            |p| p.level.into(),
        ),
        column("start", Whole, START, |p| span_start(Some(&p.span))),
        column("end", Whole, END, |p| span_end(Some(&p.span))),
        column("in", Text, IN, |p| span_in(Some(&p.span))),
    ]
}

fn evidence() -> Vec<Column<Span>> {
    vec![
        column("start", Whole, START, |span| span_start(Some(span))),
        column("end", Whole, END, |span| span_end(Some(span))),
        column("in", Text, IN, |span| span_in(Some(span))),
    ]
}

fn origin() -> Vec<Column<(String, String)>> {
    vec![
        column("field", Text, "the field's path: `date`, `participants/0`", |(field, _)| field.into()),
        column("telling", Text, "the telling, `DOCUMENT:EVENT`", |(_, telling)| telling.into()),
    ]
}

fn telling() -> Vec<Column<Cited>> {
    vec![
        column("id", Text, "`DOCUMENT:EVENT`", |t| Value::Text(t.id.to_string())),
        column("outlet", Text, "who published it", |t| t.outlet.as_ref().into()),
        column("published", Text, "when", |t| t.published.as_ref().into()),
        column("url", Text, "where", |t| t.url.as_ref().into()),
        column("family", Text, "its family of copies", |t| known(&t.family)),
        column("evidence", Texts, "the words that tell, where the ledger keeps them", |t| {
            (&t.evidence).into()
        }),
    ]
}
