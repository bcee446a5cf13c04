//! The columns of claims, quotes and documents, in CSV and in Parquet.

use verbale_model::Asserter;

use super::entry_columns::{END, IN, START};
use super::rows::{DocumentRow, LedgerClaim, LedgerQuote};
use super::schema::{Column, Kind, column, first_day, known, last_day, span_end, span_in, span_start};

use Kind::{Day, Flag, Text, Whole};

/// Columns of somebody who asserts, under a prefix.
macro_rules! speaker {
    ($row:ty, $prefix:literal, $field:expr) => {{
        fn of(row: &$row) -> Option<&Asserter> {
            let field: fn(&$row) -> &Option<Asserter> = $field;
            field(row).as_ref()
        }
        [
            column(concat!($prefix, "_name"), Text, "the fullest name", |r| of(r).map(|a| &a.name).into()),
            column(concat!($prefix, "_entity"), Text, "Wikidata id, slug or user's id", |r| {
                of(r).and_then(|a| a.entity.as_ref()).into()
            }),
            column(concat!($prefix, "_office"), Text, "office in the text's words", |r| {
                of(r).and_then(|a| a.office.as_ref()).into()
            }),
            column(concat!($prefix, "_organisation"), Text, "organisation of that office", |r| {
                of(r).and_then(|a| a.organisation.as_ref()).into()
            }),
            column(concat!($prefix, "_side"), Text, "side spoken for", |r| {
                of(r).and_then(|a| a.side.as_ref()).into()
            }),
            column(
                concat!($prefix, "_anonymous"),
                Text,
                "officials, analysts or sources when unnamed",
                |r| of(r).and_then(|a| a.anonymous).map(|a| a.as_str()).into(),
            ),
            column(concat!($prefix, "_start"), Whole, START, |r| span_start(of(r).map(|a| &a.span))),
            column(concat!($prefix, "_end"), Whole, END, |r| span_end(of(r).map(|a| &a.span))),
            column(concat!($prefix, "_in"), Text, IN, |r| span_in(of(r).map(|a| &a.span))),
        ]
    }};
}

/// Columns of where a claim or quote stands.
macro_rules! source {
    ($row:ty) => {
        [
            column("entry", Text, "id of the entry (`events`, `id`) that it tells of", |r: &$row| {
                r.entry.as_ref().into()
            }),
            column("outlet", Text, "who published it", |r| r.outlet.as_ref().into()),
            column("published", Text, "when, as `YYYY-MM-DD` or shorter", |r| r.published.as_ref().into()),
            column("url", Text, "where", |r| r.url.as_ref().into()),
        ]
    };
}

/// Columns of the word of speech and of the quoted words.
macro_rules! words {
    ($cue:expr, $quote:expr) => {
        [
            column("cue", Text, "the word of speech", |r| $cue(r).map(|c| &c.text).into()),
            column("cue_start", Whole, START, |r| span_start($cue(r).map(|c| &c.span))),
            column("cue_end", Whole, END, |r| span_end($cue(r).map(|c| &c.span))),
            column("cue_in", Text, IN, |r| span_in($cue(r).map(|c| &c.span))),
            column("quote", Text, "quoted words, literally", |r| $quote(r).map(|q| &q.text).into()),
            column("quote_partial", Flag, "less than a sentence is quoted", |r| {
                $quote(r).map(|q| q.partial).into()
            }),
            column("quote_start", Whole, START, |r| span_start($quote(r).map(|q| &q.span))),
            column("quote_end", Whole, END, |r| span_end($quote(r).map(|q| &q.span))),
            column("quote_in", Text, IN, |r| span_in($quote(r).map(|q| &q.span))),
        ]
    };
}

/// Columns of claims.
pub(super) fn claims() -> Vec<Column<LedgerClaim>> {
    fn cue(row: &LedgerClaim) -> Option<&verbale_model::Cue> {
        row.claim.cue.as_ref()
    }
    fn quote(row: &LedgerClaim) -> Option<&verbale_model::Quote> {
        row.claim.quote.as_ref()
    }
    let mut all = vec![
        column("document", Text, "key of the document", |r: &LedgerClaim| (&r.document).into()),
        column("id", Text, "id of the claim in the document's record", |r| (&r.claim.id).into()),
        column("event", Text, "id of the event in the document's record", |r| r.claim.event.as_ref().into()),
    ];
    all.extend(source!(LedgerClaim));
    all.extend([
        column("kind", Text, "event, relation, attribute or stance", |r: &LedgerClaim| {
            r.claim.kind.as_str().into()
        }),
        column("mode", Text, "quote, indirect, narration, caption or headline", |r| {
            r.claim.mode.as_str().into()
        }),
        column("polarity", Text, "affirmed or negated", |r| r.claim.polarity.as_str().into()),
        column("modality", Text, "certain, hedged, planned, hypothetical or denied", |r| {
            r.claim.modality.as_str().into()
        }),
        column("tense", Text, "past, present, future or none", |r| r.claim.tense.as_str().into()),
        column("channel", Text, "in_person, phone, video, letter or statement", |r| {
            r.claim.channel.map(verbale_model::Channel::as_str).into()
        }),
        column("narrator", Flag, "the outlet's own inference or judgement", |r| r.claim.narrator.into()),
        column("rule", Text, "the rule that made it", |r| (&r.claim.rule).into()),
    ]);
    all.extend(speaker!(LedgerClaim, "asserter", |r| &r.claim.asserter));
    all.extend(speaker!(LedgerClaim, "via", |r| &r.claim.via));
    all.extend(words!(cue, quote));
    all.extend([
        column("content_start", Whole, START, |r: &LedgerClaim| span_start(Some(&r.claim.content))),
        column("content_end", Whole, END, |r| span_end(Some(&r.claim.content))),
        column("content_in", Text, IN, |r| span_in(Some(&r.claim.content))),
        column("content_text", Text, "what is said, in its words, where the ledger keeps them", |r| {
            r.content_text.as_ref().into()
        }),
    ]);
    all
}

/// Columns of quotes.
pub(super) fn quotes() -> Vec<Column<LedgerQuote>> {
    fn cue(row: &LedgerQuote) -> Option<&verbale_model::Cue> {
        row.cue.as_ref()
    }
    #[expect(clippy::unnecessary_wraps, reason = "claims may have none, and the columns are the same")]
    fn quote(row: &LedgerQuote) -> Option<&verbale_model::Quote> {
        Some(&row.quote)
    }
    let mut all = vec![
        column("document", Text, "key of the document", |r: &LedgerQuote| (&r.document).into()),
        column("claim", Text, "id of the claim in the document's record", |r| (&r.claim).into()),
    ];
    all.extend(source!(LedgerQuote));
    all.extend(speaker!(LedgerQuote, "asserter", |r| &r.asserter));
    all.extend(speaker!(LedgerQuote, "via", |r| &r.via));
    all.extend(words!(cue, quote));
    all.extend([
        column("channel", Text, "in_person, phone, video, letter or statement", |r: &LedgerQuote| {
            r.channel.map(verbale_model::Channel::as_str).into()
        }),
        column("polarity", Text, "affirmed or negated", |r| r.polarity.as_str().into()),
        column("modality", Text, "certain, hedged, planned, hypothetical or denied", |r| {
            r.modality.as_str().into()
        }),
    ]);
    all
}

/// Columns of documents.
pub(super) fn documents() -> Vec<Column<DocumentRow>> {
    vec![
        column("document", Text, "key of the document", |d: &DocumentRow| (&d.document).into()),
        column("id", Text, "the name it came with", |d| (&d.id).into()),
        column("sha256", Text, "SHA-256 of its text in UTF-8", |d| (&d.sha256).into()),
        column("title", Text, "its title, when given beside the text", |d| d.title.as_ref().into()),
        column("published", Text, "when, as `YYYY-MM-DD` or shorter", |d| d.published.as_ref().into()),
        column("published_from", Day, "first day of `published`", |d| first_day(d.published.as_deref())),
        column("published_to", Day, "last day of `published`", |d| last_day(d.published.as_deref())),
        column("published_method", Text, "given, metadata, visible or address", |d| {
            d.published_method.map(verbale_model::PublishedMethod::as_str).into()
        }),
        column("fetched", Text, "day on which it was fetched", |d| d.fetched.as_ref().into()),
        column("outlet", Text, "who published it", |d| d.outlet.as_ref().into()),
        column("url", Text, "where it was found", |d| d.url.as_ref().into()),
        column("address", Text, "the address in canonical form", |d| d.address.as_ref().into()),
        column("language", Text, "BCP 47", |d| d.language.as_ref().into()),
        column("byline", Text, "who wrote it, as printed", |d| d.byline.as_ref().into()),
        column("side", Text, "the side whose own voice it is", |d| d.side.as_ref().into()),
        column("retention", Text, "full, excerpts or hash", |d| d.retention.as_str().into()),
        column("chars", Whole, "length of the text in Unicode scalar values", |d| d.chars.into()),
        column("family", Text, "its family: near-copies and wire copies share one", |d| known(&d.family)),
        column("story", Text, "its story: reports about the same happening share one", |d| known(&d.story)),
        column("replaces", Text, "the earlier version that it replaces", |d| d.replaces.as_ref().into()),
        column("superseded_by", Text, "the later version that has taken its place", |d| {
            d.superseded_by.as_ref().into()
        }),
        column("events", Whole, "events of its record", |d| d.events.into()),
        column("claims", Whole, "claims of its record", |d| d.claims.into()),
    ]
}
