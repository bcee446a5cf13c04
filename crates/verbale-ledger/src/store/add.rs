//! Documents and their codings come in: all that belongs to a batch in one transaction.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};
use serde::{Deserialize, Serialize};
use verbale_model::{Record, Span};

use super::file::Ledger;
use super::runs::{RunKind, Versions, begin};
use super::{alike, relink};
use crate::similar::Sketch;
use crate::{Document, LedgerError, Retention};

/// A document with what the coder read in it.
#[derive(Debug, Clone)]
pub struct Addition {
    /// The input it came from, as the user named it.
    pub input: String,
    /// The document, with its whole text whatever is to be kept of it.
    pub document: Document,
    /// Its record, with mentions.
    pub record: Record,
    /// The sentences that events and claims rest on.
    pub sentences: Vec<Sentence>,
    /// What it is compared by.
    sketch: Sketch,
}

impl Addition {
    /// A document from an input, with its record and the sentences that it rests on. Sketching takes time, so
    /// this is for whoever codes and not for whoever writes.
    pub fn new(
        input: impl Into<String>,
        document: Document,
        record: Record,
        sentences: Vec<Sentence>,
    ) -> Self {
        let sketch = Sketch::new(&document.report, record.mentions.as_deref().unwrap_or_default());
        Self { input: input.into(), document, record, sentences, sketch }
    }

    /// What it is compared by.
    pub fn sketch(&self) -> &Sketch {
        &self.sketch
    }
}

/// A sentence that something rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// Its words; needed where the whole text is not kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// What became of some additions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Added {
    /// New documents.
    pub stored: u32,
    /// Documents that were there.
    pub known: u32,
    /// Documents that were removed earlier, and stay away.
    pub removed: Vec<String>,
}

/// A run that begins with its first document.
#[derive(Debug, Clone)]
pub struct OpenRun {
    pub(super) kind: RunKind,
    pub(super) at: String,
    pub(super) versions: Versions,
    pub(super) run: Option<i64>,
}

impl OpenRun {
    /// A run of this kind; `at` is the time of its start as RFC 3339.
    pub fn new(kind: RunKind, at: impl Into<String>, versions: Versions) -> Self {
        Self { kind, at: at.into(), versions, run: None }
    }

    /// Its number, once it has begun.
    pub fn number(&self) -> Option<i64> {
        self.run
    }

    pub(super) fn begin(&self, connection: &Connection) -> Result<i64, LedgerError> {
        match self.run {
            Some(run) => Ok(run),
            None => begin(connection, self.kind, &self.at, &self.versions),
        }
    }
}

impl Ledger {
    /// Whether a document of this key is in the ledger, or was removed from it.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn standing(&self, id: &str) -> Result<Standing, LedgerError> {
        standing(&self.connection, id)
    }

    /// Stores a batch, links what it tells, and commits; what is there already is left as it is.
    ///
    /// # Errors
    /// When `SQLite` fails; then nothing of the batch is stored.
    pub fn add(&mut self, run: &mut OpenRun, batch: &[Addition]) -> Result<Added, LedgerError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut added = Added::default();
        let mut new = BTreeMap::new();
        let mut number = run.run;
        for addition in batch {
            match standing(&transaction, &addition.document.id)? {
                Standing::Stored => added.known += 1,
                Standing::Removed => added.removed.push(addition.document.id.clone()),
                Standing::New => {
                    let run = match number {
                        Some(run) => run,
                        None => *number.insert(run.begin(&transaction)?),
                    };
                    let document = insert(&transaction, run, addition)?;
                    write_coding(&transaction, document, run, &addition.document, &addition.record)?;
                    new.insert(document, &addition.sketch);
                    added.stored += 1;
                }
            }
        }
        let superseded = supersede(&transaction, new.keys().copied())?;
        let mut disturbed = alike::place(&transaction, &new)?;
        disturbed.extend(superseded);
        relink::relink(&transaction, &disturbed)?;
        transaction.commit()?;
        run.run = number;
        Ok(added)
    }
}

/// How a ledger stands to a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It does not know it.
    New,
    /// It holds it.
    Stored,
    /// It held it, and was told to remove it.
    Removed,
}

fn standing(connection: &Connection, id: &str) -> Result<Standing, LedgerError> {
    let stored = connection.prepare_cached("SELECT 1 FROM documents WHERE id = ?1")?.exists([id])?;
    let removed = connection.prepare_cached("SELECT 1 FROM tombstones WHERE id = ?1")?.exists([id])?;
    Ok(match (stored, removed) {
        (true, _) => Standing::Stored,
        (false, true) => Standing::Removed,
        (false, false) => Standing::New,
    })
}

/// Writes the document, its text and its sentences as far as they are kept; returns its number.
fn insert(connection: &Connection, run: i64, addition: &Addition) -> Result<i64, LedgerError> {
    let Document { id, sha256, chars, report, side, address, retention } = &addition.document;
    let method = report.published_method.map(verbale_model::PublishedMethod::as_str);
    connection
        .prepare_cached(
            "INSERT INTO documents (id, run, name, sha256, chars, retention, title, byline, outlet, side, url,
               address, published, published_method, fetched, language, captions, remarks, family, story)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, 0, 0)",
        )?
        .execute(params![
            id,
            run,
            report.id,
            sha256,
            chars,
            retention.as_str(),
            // A title is words of the document too.
            report.title.as_ref().filter(|_| *retention != Retention::Hash),
            report.byline,
            report.outlet,
            side,
            report.url,
            address,
            report.published,
            method,
            report.fetched,
            report.language,
            serde_json::to_string(&report.captions)?,
            serde_json::to_string(&report.remarks)?,
        ])?;
    let document = connection.last_insert_rowid();
    connection
        .prepare_cached("UPDATE documents SET family = n, story = n WHERE n = ?1")?
        .execute([document])?;
    if *retention == Retention::Full {
        connection
            .prepare_cached("INSERT OR IGNORE INTO texts (sha256, text) VALUES (?1, ?2)")?
            .execute([sha256, &report.text])?;
    }
    write_sentences(connection, document, &addition.document, &addition.sentences)?;
    connection
        .prepare_cached(
            "INSERT INTO inputs (run, name, documents, stored, refused) VALUES (?1, ?2, 1, 1, 0)
             ON CONFLICT DO UPDATE SET documents = documents + 1, stored = stored + 1",
        )?
        .execute(params![run, addition.input])?;
    Ok(document)
}

/// Writes where the sentences are that something rests on, and their words where the text is not kept whole.
pub(super) fn write_sentences(
    connection: &Connection,
    number: i64,
    document: &Document,
    sentences: &[Sentence],
) -> Result<(), LedgerError> {
    let mut statement = connection.prepare_cached(
        "INSERT OR IGNORE INTO sentences (document, start, end, in_title, text) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for Sentence { span, text } in sentences {
        let words = text.as_ref().filter(|_| document.retention == Retention::Excerpts);
        statement.execute(params![number, span.start, span.end, span.in_title, words])?;
    }
    Ok(())
}

/// The characters of a span.
pub(crate) fn slice(text: &str, span: Span) -> &str {
    let at = |chars: u32| text.char_indices().nth(chars as usize).map_or(text.len(), |(byte, _)| byte);
    text.get(at(span.start)..at(span.end)).unwrap_or_default()
}

/// Writes what a run read in a document.
pub(super) fn write_coding(
    connection: &Connection,
    document: i64,
    run: i64,
    stored: &Document,
    record: &Record,
) -> Result<(), LedgerError> {
    let wordless = stored.retention == Retention::Hash;
    connection
        .prepare_cached("INSERT INTO codings (document, run, content, diagnostics) VALUES (?1, ?2, ?2, ?3)")?
        .execute(params![document, run, serde_json::to_string(&record.diagnostics)?])?;
    let mut tellings = connection.prepare_cached(
        "INSERT INTO tellings (document, run, id, current, json) VALUES (?1, ?2, ?3, 1, ?4)",
    )?;
    for event in &record.events {
        let mut event = event.clone();
        if wordless {
            event.topics.iter_mut().for_each(|topic| topic.text.clear());
        }
        tellings.execute(params![document, run, event.id, serde_json::to_string(&event)?])?;
    }
    let mut claims = connection.prepare_cached(
        "INSERT INTO claims (document, run, position, telling, json) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (position, claim) in record.claims.iter().enumerate() {
        let mut claim = claim.clone();
        if wordless {
            claim.quote.iter_mut().for_each(|quote| quote.text.clear());
            claim.cue.iter_mut().for_each(|cue| cue.text.clear());
        }
        claims.execute(params![
            document,
            run,
            position as u32,
            claim.event,
            serde_json::to_string(&claim)?
        ])?;
    }
    let mut mentions = connection.prepare_cached(
        "INSERT INTO mentions (document, run, position, start, end, in_title, kind, text, entity, country, json)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?;
    for (position, mention) in record.mentions.iter().flatten().enumerate() {
        let span = mention.span;
        mentions.execute(params![
            document,
            run,
            position as u32,
            span.start,
            span.end,
            span.in_title,
            mention.kind.as_str(),
            (!wordless).then_some(&mention.text),
            mention.entity,
            mention.country,
            super::rows::rest_of(mention)?,
        ])?;
    }
    Ok(())
}

/// Links versions of one address: all but the newest are superseded by it. Returns the documents whose
/// standing changed. The newest is the one fetched last, then published last, then added last.
fn supersede(connection: &Connection, new: impl Iterator<Item = i64>) -> Result<BTreeSet<i64>, LedgerError> {
    let mut changed = BTreeSet::new();
    for document in new {
        let address: Option<String> = connection
            .prepare_cached("SELECT address FROM documents WHERE n = ?1")?
            .query_row([document], |row| row.get(0))?;
        let Some(address) = address else { continue };
        changed.extend(order_versions(connection, &address)?);
    }
    Ok(changed)
}

/// Says of all versions of an address which one is the newest; returns those for which that changed.
pub(super) fn order_versions(connection: &Connection, address: &str) -> Result<Vec<i64>, LedgerError> {
    let newest: Option<i64> = connection
        .prepare_cached(
            "SELECT n FROM documents WHERE address = ?1
             ORDER BY coalesce(fetched, '') DESC, coalesce(published, '') DESC, n DESC LIMIT 1",
        )?
        .query_row([address], |row| row.get(0))
        .optional()?;
    let mut statement = connection.prepare_cached(
        "UPDATE documents SET superseded_by = nullif(?1, n)
         WHERE address = ?2 AND superseded_by IS NOT nullif(?1, n) RETURNING n",
    )?;
    let changed = statement.query_map(params![newest, address], |row| row.get(0))?;
    Ok(changed.collect::<Result<_, _>>()?)
}
