//! Reports on their way into the ledger: coded, with the sentences they rest on and the voice they speak with.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};
use verbale_ledger::list::Reading;
use verbale_ledger::store::{Addition, Recoding, Sentence, Versions};
use verbale_ledger::{Document, Retention};
use verbale_model::{Offsets, Record, Report, Span};
use verbale_nlp::segment::segment;

use crate::{World, code, ingest, read};

/// Codes reports for a ledger; shared by all threads.
pub struct Keeper<'w> {
    world: &'w World,
    retention: Retention,
    /// Sides of outlets that were asked for once.
    voices: Mutex<BTreeMap<String, Option<String>>>,
}

impl<'w> Keeper<'w> {
    /// Codes in this world, and keeps so much of each text.
    pub fn new(world: &'w World, retention: Retention) -> Self {
        Self { world, retention, voices: Mutex::default() }
    }

    /// The document that a report becomes; its key tells whether it needs coding at all.
    pub fn document(&self, report: Report) -> Document {
        let side = report.outlet.as_deref().and_then(|outlet| self.side(outlet));
        let mut document = Document::new(report, side);
        document.retention = self.retention;
        document
    }

    /// Codes a document that came from an input.
    pub fn code(&self, input: &str, document: Document) -> Addition {
        let record = read(self.world, &document.report);
        let sentences = sentences(&document.report, &record);
        Addition::new(input, document, record, sentences)
    }

    /// Codes a stored document again.
    pub fn recode(&self, document: Document) -> Recoding {
        let record = read(self.world, &document.report);
        let sentences = sentences(&document.report, &record);
        Recoding { document, record, sentences }
    }

    /// A record of a document in the rows of the listings, for whoever keeps no ledger.
    pub fn reading(document: &Document, record: Record) -> Reading {
        let sentences = sentences(&document.report, &record);
        Reading::new(document, record, &sentences)
    }

    /// The side whose own voice an outlet is: that of a ministry or an office, none for the press.
    fn side(&self, outlet: &str) -> Option<String> {
        let known = self.voices.lock().unwrap_or_else(PoisonError::into_inner).get(outlet).cloned();
        known.unwrap_or_else(|| {
            let side = voice(self.world, outlet);
            self.voices
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(outlet.to_owned(), side.clone());
            side
        })
    }
}

/// Reads an outlet's name as a report would read it: as somebody who says something. Only bodies and
/// offices of a state speak for it; a paper with a country in its name does not.
fn voice(world: &World, outlet: &str) -> Option<String> {
    let text = format!("{outlet} said on Monday that the talks were held.");
    let coded = code(world, &Report { text, ..Report::default() });
    let asserter = coded.claims.into_iter().find_map(|claim| claim.asserter)?;
    let whole = asserter.span.start <= 4 && asserter.span.end as usize >= outlet.chars().count();
    asserter.side.filter(|_| whole && asserter.organisation.is_some())
}

/// The sentences of a report that its events and claims rest on; a title is one.
fn sentences(report: &Report, record: &Record) -> Vec<Sentence> {
    let claims = record.claims.iter().flat_map(|claim| {
        [Some(claim.content), claim.cue.as_ref().map(|cue| cue.span)].into_iter().flatten()
    });
    let spans: Vec<Span> =
        record.events.iter().flat_map(|event| event.evidence.iter().copied()).chain(claims).collect();
    let offsets = Offsets::new(&report.text);
    let title = report.title.as_deref().map(|title| Span {
        start: 0,
        end: title.chars().count() as u32,
        in_title: true,
    });
    let body = segment(&report.text).into_iter().filter_map(|sentence| {
        let (first, last) = (sentence.tokens.first()?, sentence.tokens.last()?);
        Some(Span { start: offsets.chars(first.start), end: offsets.chars(last.end), in_title: false })
    });
    title
        .into_iter()
        .chain(body)
        .filter(|sentence| spans.iter().any(|span| sentence.overlaps(*span)))
        .map(|span| Sentence { span, text: Some(words(report, span)) })
        .collect()
}

/// The characters of a span.
fn words(report: &Report, span: Span) -> String {
    let text = if span.in_title { report.title.as_deref().unwrap_or_default() } else { &report.text };
    text.chars().skip(span.start as usize).take(span.len() as usize).collect()
}

/// The versions that a coding in this world depends on; `knowledge` is name and text of each user's file.
pub fn versions(model: &str, knowledge: &[(String, String)]) -> Versions {
    let weights = Sha256::digest(verbale_nlp::WEIGHTS);
    let short = |text: &str| ingest::sha256(text).chars().take(12).collect::<String>();
    let weights = weights.iter().take(6).fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    });
    let sources: String = crate::knowledge::SOURCES_SHA256.chars().take(12).collect();
    Versions {
        coder: crate::VERSION.to_owned(),
        data: format!("{} {sources}", crate::knowledge::VERSION),
        rules: verbale_coder::RULES.chars().take(12).collect(),
        model: format!("{model} {weights}"),
        knowledge: knowledge.iter().map(|(name, text)| (name.clone(), short(text))).collect(),
    }
}
