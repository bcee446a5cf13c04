//! Coding again: texts go out, new readings come in, and what a run read can be asked for.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};
use verbale_model::{Claim, Record};

use super::add::{OpenRun, Sentence, write_coding, write_sentences};
use super::file::Ledger;
use super::runs::Versions;
use super::{alike, relink, rows};
use crate::similar::Sketch;
use crate::{Document, LedgerError, Telling};

/// A document that was coded again.
#[derive(Debug, Clone)]
pub struct Recoding {
    /// The document, with its text.
    pub document: Document,
    /// What was read in it.
    pub record: Record,
    /// The sentences that events and claims rest on.
    pub sentences: Vec<Sentence>,
}

impl Ledger {
    /// Keys of the documents that can be coded again and, unless `all`, were last coded with other
    /// versions than these; in the order in which they were added.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn to_recode(&self, versions: &Versions, all: bool) -> Result<Vec<String>, LedgerError> {
        let mut statement = self.connection.prepare(
            "SELECT d.id FROM documents d JOIN codings c ON c.document = d.n
               AND c.run = (SELECT max(run) FROM codings WHERE document = d.n) JOIN runs r ON r.n = c.run
             WHERE d.retention = 'full' AND (?1 OR r.coder <> ?2 OR r.data <> ?3 OR r.rules <> ?4 OR r.model <> ?5
               OR r.knowledge <> ?6) ORDER BY d.n",
        )?;
        let knowledge = serde_json::to_string(&versions.knowledge)?;
        let Versions { coder, data, rules, model, .. } = versions;
        let found = statement
            .query_map(params![all, coder, data, rules, model, knowledge], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        Ok(found)
    }

    /// Names of the documents that cannot be coded again, since their text was not kept.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn not_recodable(&self) -> Result<Vec<String>, LedgerError> {
        let mut statement = self.connection.prepare(
            "SELECT id || ' (' || name || '): kept as ' || retention FROM documents WHERE retention <> 'full' ORDER BY n",
        )?;
        Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// A document with as much of its text as is kept, by its key.
    ///
    /// # Errors
    /// When there is no such document, or `SQLite` fails.
    pub fn document(&self, id: &str) -> Result<Document, LedgerError> {
        let columns = rows::DOCUMENT;
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {columns}, t.text FROM documents d LEFT JOIN texts t
               ON t.sha256 = d.sha256 AND d.retention = 'full' WHERE d.id = ?1"
        ))?;
        let mut found = statement.query([id])?;
        let Some(row) = found.next()? else {
            return Err(LedgerError::Asked(format!(
                "there is no document {id}; `verbale documents` lists them"
            )));
        };
        let mut document = rows::document(row)?;
        document.report.text = row.get::<_, Option<String>>(17)?.unwrap_or_default();
        Ok(document)
    }

    /// Stores new readings of documents, links them, and commits. A reading that says the same as the one
    /// before takes no room. Returns in how many documents something changed.
    ///
    /// # Errors
    /// When `SQLite` fails; then nothing of the batch is stored.
    pub fn recode(&mut self, run: &mut OpenRun, batch: &[Recoding]) -> Result<u32, LedgerError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (mut changed, mut fellows) = (BTreeMap::new(), BTreeSet::new());
        let mut number = run.run;
        for Recoding { document, record, sentences } in batch {
            // It may have been removed since its text was read.
            let Some(n) = number_of(&transaction, &document.id)? else { continue };
            let run = match number {
                Some(run) => run,
                None => *number.insert(run.begin(&transaction)?),
            };
            let content = latest(&transaction, n)?;
            if same(&transaction, n, content, record)? {
                transaction
                    .prepare_cached(
                        "INSERT OR IGNORE INTO codings (document, run, content, diagnostics)
                     VALUES (?1, ?2, ?3, ?4)",
                    )?
                    .execute(params![n, run, content, serde_json::to_string(&record.diagnostics)?])?;
                continue;
            }
            fellows.extend(relink::retire(&transaction, n)?);
            write_coding(&transaction, n, run, document, record)?;
            write_sentences(&transaction, n, document, sentences)?;
            changed.insert(n, Sketch::new(&document.report, record.mentions.as_deref().unwrap_or_default()));
        }
        let disturbed =
            alike::place(&transaction, &changed.iter().map(|(n, sketch)| (*n, sketch)).collect())?;
        relink::relink(&transaction, &disturbed)?;
        relink::rebuilt(&transaction, fellows)?;
        transaction.commit()?;
        run.run = number;
        Ok(changed.len() as u32)
    }

    /// Keys of the documents that came after one run and at or before another.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn added_between(&self, before: i64, after: i64) -> Result<BTreeSet<String>, LedgerError> {
        let mut statement =
            self.connection.prepare_cached("SELECT id FROM documents WHERE run > ?1 AND run <= ?2")?;
        Ok(statement.query_map([before, after], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// What all documents told as of a run: the newest reading at or before it, of the documents that were
    /// there then.
    ///
    /// # Errors
    /// When there is no such run, or `SQLite` fails.
    pub fn tellings_as_of(&self, run: i64) -> Result<Vec<Telling>, LedgerError> {
        self.must_have(run)?;
        let mut statement = self.connection.prepare_cached(
            "SELECT t.n FROM codings c JOIN tellings t ON t.document = c.document AND t.run = c.content
             WHERE c.run = (SELECT max(run) FROM codings WHERE document = c.document AND run <= ?1)
             ORDER BY t.document, t.n",
        )?;
        let numbers: Vec<i64> = statement.query_map([run], |row| row.get(0))?.collect::<Result<_, _>>()?;
        numbers.into_iter().map(|number| rows::telling(&self.connection, number)).collect()
    }

    /// What documents told as of a run and as of a later one, of those alone that were there at the first and have
    /// been read otherwise since.
    ///
    /// # Errors
    /// When there is no such run, or `SQLite` fails.
    pub fn reread_between(&self, before: i64, after: i64) -> Result<[Vec<Telling>; 2], LedgerError> {
        self.must_have(before)?;
        self.must_have(after)?;
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT c.document FROM codings c JOIN documents d ON d.n = c.document
             WHERE c.run > ?1 AND c.run <= ?2 AND d.run <= ?1 ORDER BY c.document",
        )?;
        let documents: Vec<i64> =
            statement.query_map([before, after], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let mut content = self.connection.prepare_cached(
            "SELECT content FROM codings WHERE document = ?1 AND run <= ?2 ORDER BY run DESC LIMIT 1",
        )?;
        let mut tellings = self
            .connection
            .prepare_cached("SELECT n FROM tellings WHERE document = ?1 AND run = ?2 ORDER BY n")?;
        let mut found = [Vec::new(), Vec::new()];
        for document in documents {
            let mut as_of =
                |run: i64| content.query_row([document, run], |row| row.get::<_, i64>(0)).optional();
            let runs = [as_of(before)?, as_of(after)?];
            if runs[0] == runs[1] {
                continue;
            }
            for (found, run) in found.iter_mut().zip(runs) {
                let numbers: Vec<i64> =
                    tellings.query_map([Some(document), run], |row| row.get(0))?.collect::<Result<_, _>>()?;
                for number in numbers {
                    found.push(rows::telling(&self.connection, number)?);
                }
            }
        }
        Ok(found)
    }

    fn must_have(&self, run: i64) -> Result<(), LedgerError> {
        if self.connection.prepare_cached("SELECT 1 FROM runs WHERE n = ?1")?.exists([run])? {
            return Ok(());
        }
        Err(LedgerError::Asked(format!("there is no run {run}; `verbale runs` lists them")))
    }
}

fn number_of(connection: &Connection, id: &str) -> Result<Option<i64>, LedgerError> {
    let mut statement = connection.prepare_cached("SELECT n FROM documents WHERE id = ?1")?;
    Ok(statement.query_row([id], |row| row.get(0)).optional()?)
}

/// The run whose rows say what the newest coding of a document read.
pub(super) fn latest(connection: &Connection, document: i64) -> Result<i64, LedgerError> {
    let mut statement = connection
        .prepare_cached("SELECT content FROM codings WHERE document = ?1 ORDER BY run DESC LIMIT 1")?;
    Ok(statement.query_row([document], |row| row.get(0))?)
}

/// Whether a record says what is stored already; mentions are part of what it says.
fn same(connection: &Connection, document: i64, run: i64, record: &Record) -> Result<bool, LedgerError> {
    let events = rows::events_of(connection, document, run)?;
    let claims: Vec<Claim> = rows::claims_of(connection, document, run, None)?;
    Ok(events == record.events
        && claims == record.claims
        && rows::mentions(connection, document, run)? == record.mentions.as_deref().unwrap_or_default())
}
