//! What is read in one report without a ledger, in the rows of the listings.

use verbale_model::{Diagnostic, Mention, Record, Report, Severity, Span};

use super::rows::{DocumentRow, LedgerClaim};
use crate::link::{Cluster, merge};
use crate::store::{Sentence, slice};
use crate::{Document, Entry, Source, Telling, TellingId};

/// A report with all that was read in it, or with the reason why it was not read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// The name it came with.
    pub id: String,
    /// The report as a document; `None` when it was not read.
    pub document: Option<DocumentRow>,
    /// What happened: each event as an entry with one telling.
    pub events: Vec<Entry>,
    /// Who said what.
    pub claims: Vec<LedgerClaim>,
    /// What it speaks of, word by word.
    pub mentions: Vec<ReadMention>,
    /// What went wrong or deserves a word.
    pub diagnostics: Vec<Diagnostic>,
    /// Version of the coder.
    pub coder: Option<String>,
    /// Version of the data.
    pub data: Option<String>,
}

/// A mention with the document it stands in.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadMention {
    /// Key of the document.
    pub document: String,
    /// The mention.
    pub mention: Mention,
}

impl Reading {
    /// The rows of a document's record; `sentences` are those that events rest on.
    pub fn new(document: &Document, record: Record, sentences: &[Sentence]) -> Self {
        let row = row(document, &record);
        let events = record.events.iter().map(|event| entry(document, &record, &event.id, sentences));
        let events = events.collect::<Option<Vec<_>>>().unwrap_or_default();
        let report = &document.report;
        let claim = |claim: verbale_model::Claim| LedgerClaim {
            document: document.id.clone(),
            outlet: report.outlet.clone(),
            published: report.published.clone(),
            url: report.url.clone(),
            entry: claim.event.as_ref().map(|event| format!("{}:{event}", document.id)),
            content_text: Some(words(report, claim.content)).filter(|words| !words.is_empty()),
            claim,
        };
        let mention = |mention| ReadMention { document: document.id.clone(), mention };
        Self {
            id: report.id.clone(),
            document: Some(row),
            events,
            claims: record.claims.into_iter().map(claim).collect(),
            mentions: record.mentions.into_iter().flatten().map(mention).collect(),
            diagnostics: record.diagnostics,
            coder: Some(record.coder),
            data: Some(record.data),
        }
    }

    /// A report that was not read, and why.
    pub fn refused(id: String, reason: String) -> Self {
        let diagnostic = Diagnostic { severity: Severity::Error, message: reason, span: None };
        Self { id, diagnostics: vec![diagnostic], ..Self::default() }
    }
}

/// The document as a listing shows it; what only a ledger knows of it is left empty.
fn row(document: &Document, record: &Record) -> DocumentRow {
    let report = &document.report;
    DocumentRow {
        document: document.id.clone(),
        id: report.id.clone(),
        sha256: document.sha256.clone(),
        title: report.title.clone(),
        published: report.published.clone(),
        published_method: report.published_method,
        fetched: report.fetched.clone(),
        outlet: report.outlet.clone(),
        url: report.url.clone(),
        address: document.address.clone(),
        language: report.language.clone(),
        byline: report.byline.clone(),
        side: document.side.clone(),
        retention: document.retention,
        chars: document.chars,
        events: record.events.len() as u32,
        claims: record.claims.len() as u32,
        ..DocumentRow::default()
    }
}

/// An event of the record as the entry that it would be if nobody else told of it.
fn entry(document: &Document, record: &Record, event: &str, sentences: &[Sentence]) -> Option<Entry> {
    let report = &document.report;
    let event = record.events.iter().find(|one| one.id == event)?;
    let telling = Telling {
        id: TellingId { document: document.id.clone(), event: event.id.clone() },
        source: Source::of(document),
        event: event.clone(),
        claims: record.claims.iter().filter(|one| one.event.as_ref() == Some(&event.id)).cloned().collect(),
    };
    let alone = Cluster { members: vec![0], score: 1.0, reasons: Vec::new() };
    let mut entry = merge(&[&telling], &alone);
    let told = |sentence: &&Sentence| event.evidence.iter().any(|span| sentence.span.overlaps(*span));
    if let Some(cited) = entry.tellings.first_mut() {
        let sentences = sentences.iter().filter(told).map(|sentence| words(report, sentence.span));
        cited.evidence = sentences.filter(|words| !words.is_empty()).collect();
    }
    Some(entry)
}

/// The characters of a span.
fn words(report: &Report, span: Span) -> String {
    let text = if span.in_title { report.title.as_deref().unwrap_or_default() } else { &report.text };
    slice(text, span).to_owned()
}
