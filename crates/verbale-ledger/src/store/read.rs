//! Entries, claims and documents come out.

use std::collections::BTreeMap;

use rusqlite::OptionalExtension as _;
use verbale_model::{Claim, Record, Span};

use super::code::latest;
use super::file::Ledger;
use super::relink::Reviewed;
use super::{add, rows};
use crate::link::{self, Cluster};
use crate::list::{DocumentRow, LedgerClaim};
use crate::review::{self, Placed};
use crate::{Document, Entry, LedgerError, Telling};

impl Ledger {
    /// Numbers of all entries in their order: by first day, those without one last, then by id.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn entry_numbers(&self) -> Result<Vec<i64>, LedgerError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT n FROM events ORDER BY first_day IS NULL, first_day, id")?;
        Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// An entry by its number.
    ///
    /// # Errors
    /// When there is none, or `SQLite` fails.
    pub fn entry(&self, number: i64) -> Result<Entry, LedgerError> {
        let tellings = self.tellings(number)?;
        let (score, reasons): (f32, String) = self
            .connection
            .prepare_cached("SELECT link_score, link_reasons FROM events WHERE n = ?1")?
            .query_row([number], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let cluster = Cluster {
            members: (0..tellings.len()).collect(),
            score,
            reasons: serde_json::from_str(&reasons)?,
        };
        let mut entry = link::merge(&tellings.iter().collect::<Vec<_>>(), &cluster);
        let reviewed = Reviewed::of(&self.connection, &tellings)?;
        let force = review::in_force(&reviewed.reviews);
        Placed::new(&force, &reviewed.tellings.iter().collect::<Vec<_>>()).apply(&mut entry);
        self.quote(&mut entry, &tellings)?;
        Ok(entry)
    }

    /// The tellings of an entry, in the order of their names.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn tellings(&self, number: i64) -> Result<Vec<Telling>, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT t.n FROM tellings t JOIN documents d ON d.n = t.document WHERE t.event = ?1 ORDER BY d.id, t.id",
        )?;
        let numbers: Vec<i64> = statement.query_map([number], |row| row.get(0))?.collect::<Result<_, _>>()?;
        numbers.into_iter().map(|number| rows::telling(&self.connection, number)).collect()
    }

    /// Number of the entry that a word of the user names: the id of any of its tellings, or the beginning
    /// of one that is of one entry alone.
    ///
    /// # Errors
    /// When it names none or several, or `SQLite` fails.
    pub fn find_entry(&self, word: &str) -> Result<i64, LedgerError> {
        let (document, event) = word.split_once(':').unwrap_or((word, ""));
        // The whole name is found by indexes; the beginning of one is compared with every document.
        let whole: Option<i64> = self
            .connection
            .prepare_cached(
                "SELECT t.event FROM documents d CROSS JOIN tellings t ON t.document = d.n AND t.current
                 WHERE d.id = ?1 AND t.id = ?2",
            )?
            .query_row([document, event], |row| row.get(0))
            .optional()?;
        if let Some(number) = whole {
            return Ok(number);
        }
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT t.event FROM tellings t JOIN documents d ON d.n = t.document
             WHERE t.current AND substr(d.id, 1, length(?1)) = ?1 AND (?2 = '' OR t.id = ?2) LIMIT 3",
        )?;
        let found: Vec<i64> =
            statement.query_map([document, event], |row| row.get(0))?.collect::<Result<_, _>>()?;
        match found.as_slice() {
            [one] if !document.is_empty() => Ok(*one),
            [] => Err(LedgerError::Asked(format!("there is no event {word}; `verbale events` lists them"))),
            _ => Err(LedgerError::Asked(format!(
                "{word} names several events; write DOCUMENT:EVENT with more digits, as `verbale events` does"
            ))),
        }
    }

    /// Fills in the sentences that each telling of an entry rests on, where they are kept.
    fn quote(&self, entry: &mut Entry, tellings: &[Telling]) -> Result<(), LedgerError> {
        for cited in &mut entry.tellings {
            let Some(telling) = tellings.iter().find(|telling| telling.id == cited.id) else { continue };
            cited.evidence = self.sentences(&cited.id.document, &telling.event.evidence)?;
        }
        Ok(())
    }

    /// The kept sentences of a document that hold one of these spans, in their order.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn sentences(&self, document: &str, spans: &[Span]) -> Result<Vec<String>, LedgerError> {
        Ok(self.passages(document, spans)?.into_iter().map(|passage| passage.text).collect())
    }

    /// The record of a document's newest coding.
    ///
    /// # Errors
    /// When there is no such document, or `SQLite` fails.
    pub fn record(&self, id: &str) -> Result<Record, LedgerError> {
        let document = self.document(id)?;
        let n: i64 = self
            .connection
            .prepare_cached("SELECT n FROM documents WHERE id = ?1")?
            .query_row([id], |row| row.get(0))?;
        let run = latest(&self.connection, n)?;
        let (diagnostics, coder, data): (String, String, String) = self
            .connection
            .prepare_cached(
                "SELECT c.diagnostics, r.coder, r.data FROM codings c JOIN runs r ON r.n = c.run
                 WHERE c.document = ?1 ORDER BY c.run DESC LIMIT 1",
            )?
            .query_row([n], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(Record {
            id: document.report.id,
            sha256: document.sha256,
            published: document.report.published,
            events: rows::events_of(&self.connection, n, run)?,
            claims: rows::claims_of(&self.connection, n, run, None)?,
            mentions: Some(rows::mentions(&self.connection, n, run)?),
            diagnostics: serde_json::from_str(&diagnostics)?,
            coder,
            data,
        })
    }

    /// Keys of all documents: by publication date, those without one last, then by key.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn document_ids(&self) -> Result<Vec<String>, LedgerError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id FROM documents ORDER BY published IS NULL, published, id")?;
        Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// The ids of the entries that the events of a document belong to, by the event's own id.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn entries_of(&self, id: &str) -> Result<BTreeMap<String, String>, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT t.id, e.id FROM tellings t JOIN documents d ON d.n = t.document JOIN events e ON e.n = t.event
             WHERE d.id = ?1 AND t.current",
        )?;
        Ok(statement.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
    }

    /// The claims of a document's newest coding, as listings show them.
    ///
    /// # Errors
    /// When there is no such document, or `SQLite` fails.
    pub fn claim_rows(&self, id: &str) -> Result<Vec<LedgerClaim>, LedgerError> {
        let document = self.document(id)?;
        let entries = self.entries_of(id)?;
        let report = &document.report;
        let words = |claim: &Claim| {
            let text =
                if claim.content.in_title { report.title.as_deref() } else { Some(report.text.as_str()) };
            text.map(|text| add::slice(text, claim.content).to_owned()).filter(|words| !words.is_empty())
        };
        let row = |claim: Claim| LedgerClaim {
            document: id.to_owned(),
            outlet: report.outlet.clone(),
            published: report.published.clone(),
            url: report.url.clone(),
            entry: claim.event.as_ref().and_then(|event| entries.get(event).cloned()),
            content_text: words(&claim),
            claim,
        };
        Ok(self.record(id)?.claims.into_iter().map(row).collect())
    }

    /// A document as listings show it; with its text when that is asked for and kept.
    ///
    /// # Errors
    /// When there is no such document, or `SQLite` fails.
    pub fn document_row(&self, id: &str, with_text: bool) -> Result<DocumentRow, LedgerError> {
        let Document { sha256, report, side, address, retention, .. } = self.document(id)?;
        let mut statement = self.connection.prepare_cached(
            "SELECT f.id, s.id, v.id, d.chars,
                    (SELECT id FROM documents o WHERE o.address = d.address
                       AND (coalesce(o.fetched, ''), coalesce(o.published, ''), o.n)
                         < (coalesce(d.fetched, ''), coalesce(d.published, ''), d.n)
                     ORDER BY coalesce(o.fetched, '') DESC, coalesce(o.published, '') DESC, o.n DESC LIMIT 1),
                    (SELECT count(*) FROM tellings t WHERE t.document = d.n AND t.current),
                    (SELECT count(*) FROM claims c WHERE c.document = d.n AND c.run =
                       (SELECT content FROM codings WHERE document = d.n ORDER BY run DESC LIMIT 1))
             FROM documents d JOIN documents f ON f.n = d.family JOIN documents s ON s.n = d.story
             LEFT JOIN documents v ON v.n = d.superseded_by WHERE d.id = ?1",
        )?;
        let text = Some(report.text).filter(|text| with_text && !text.is_empty());
        Ok(statement.query_row([id], |row| {
            Ok(DocumentRow {
                document: id.to_owned(),
                id: report.id,
                sha256,
                text,
                title: report.title,
                published: report.published,
                published_method: report.published_method,
                fetched: report.fetched,
                outlet: report.outlet,
                url: report.url,
                address,
                language: report.language,
                byline: report.byline,
                side,
                retention,
                family: row.get(0)?,
                story: row.get(1)?,
                superseded_by: row.get(2)?,
                chars: row.get(3)?,
                replaces: row.get(4)?,
                events: row.get(5)?,
                claims: row.get(6)?,
            })
        })?)
    }
}
