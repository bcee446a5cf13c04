//! What answers rest on, all of it, to be kept in memory: entries and documents as they are, and which of them changed.

use std::collections::BTreeSet;

use verbale_model::Days;

use super::file::Ledger;
use super::panel::Numbered;
use crate::panel::days_of;
use crate::{LedgerError, Retention};

/// Changes that the ledger remembers; the schema holds it to that.
const REMEMBERED: i64 = 65_536;

/// What changed since a turn: what has one of these numbers came, went or is another now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Entries.
    pub entries: BTreeSet<i64>,
    /// Documents.
    pub documents: BTreeSet<i64>,
}

/// An entry with what it hangs together with.
#[derive(Debug, Clone, PartialEq)]
pub struct Whole {
    /// The entry as measures see it, with topics.
    pub entry: Numbered,
    /// Sides that somebody takes part for, and nationalities of those who do; each once, sorted.
    pub states: Vec<String>,
    /// Numbers of the documents that tell of it, sorted.
    pub documents: Vec<i64>,
}

/// A document without its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Its number.
    pub number: i64,
    /// By whom it was published.
    pub outlet: Option<String>,
    /// When.
    pub days: Days,
    /// The month of that, `2025-10`; a year where no more is known.
    pub month: Option<String>,
    /// Whether there is a newer version.
    pub superseded: bool,
    /// What is kept of its text.
    pub retention: Retention,
    /// Events as it tells of them.
    pub tellings: u32,
    /// Numbers of the entries that it tells of, sorted.
    pub entries: Vec<i64>,
    /// Countries of what it mentions, each once.
    pub countries: Vec<String>,
}

impl Ledger {
    /// What changed since a turn; nothing where the ledger does not remember so far back.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn changes(&self, since: i64) -> Result<Option<Changes>, LedgerError> {
        let now = self.turn()?;
        if since > now || since < now - REMEMBERED {
            return Ok(None);
        }
        let mut statement =
            self.connection.prepare_cached("SELECT entry, document FROM changes WHERE turn > ?1")?;
        let (mut rows, mut found) = (statement.query([since])?, Changes::default());
        while let Some(row) = rows.next()? {
            found.entries.extend(row.get::<_, Option<i64>>(0)?);
            found.documents.extend(row.get::<_, Option<i64>>(1)?);
        }
        Ok(Some(found))
    }

    /// Numbers of all entries, in the order in which they were made.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn all_entries(&self) -> Result<Vec<i64>, LedgerError> {
        self.all("SELECT n FROM events ORDER BY n")
    }

    /// Numbers of all documents, in the order in which they came.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn all_documents(&self) -> Result<Vec<i64>, LedgerError> {
        self.all("SELECT n FROM documents ORDER BY n")
    }

    fn all(&self, sql: &str) -> Result<Vec<i64>, LedgerError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// The entry of a number, if it is there.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn whole(&self, number: i64) -> Result<Option<Whole>, LedgerError> {
        if !self.connection.prepare_cached("SELECT 1 FROM events WHERE n = ?1")?.exists([number])? {
            return Ok(None);
        }
        let Some(entry) = self.numbered(&[number], true)?.pop() else { return Ok(None) };
        let mut states = BTreeSet::new();
        let mut who =
            self.connection.prepare_cached("SELECT side, nationality FROM participants WHERE event = ?1")?;
        let mut rows = who.query([number])?;
        while let Some(row) = rows.next()? {
            states.extend(row.get::<_, Option<String>>(0)?);
            states.extend(row.get::<_, Option<String>>(1)?);
        }
        let mut telling = self
            .connection
            .prepare_cached("SELECT DISTINCT document FROM tellings WHERE event = ?1 ORDER BY document")?;
        let documents = telling.query_map([number], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(Some(Whole { entry, states: states.into_iter().collect(), documents }))
    }

    /// The document of a number, if it is there.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn paper(&self, number: i64) -> Result<Option<Paper>, LedgerError> {
        let mut document = self.connection.prepare_cached(
            "SELECT outlet, published, substr(published, 1, 7), superseded_by IS NOT NULL, retention
             FROM documents WHERE n = ?1",
        )?;
        let mut rows = document.query([number])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let days = row.get::<_, Option<String>>(1)?.map(|text| days_of(&text)).unwrap_or_default();
        let retention: String = row.get(4)?;
        let mut paper = Paper {
            number,
            outlet: row.get(0)?,
            days,
            month: row.get(2)?,
            superseded: row.get(3)?,
            retention: serde_json::from_value(retention.into())?,
            tellings: 0,
            entries: Vec::new(),
            countries: Vec::new(),
        };
        let mut told = self.connection.prepare_cached(
            "SELECT event FROM tellings INDEXED BY tellings_current WHERE document = ?1 AND current ORDER BY event",
        )?;
        let mut rows = told.query([number])?;
        while let Some(row) = rows.next()? {
            paper.tellings += 1;
            paper.entries.extend(row.get::<_, Option<i64>>(0)?);
        }
        paper.entries.dedup();
        let mut mentioned = self.connection.prepare_cached(
            "SELECT DISTINCT country FROM mentions WHERE document = ?1 AND country IS NOT NULL AND run = (
               SELECT content FROM codings WHERE document = ?1 ORDER BY run DESC LIMIT 1)",
        )?;
        paper.countries = mentioned.query_map([number], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(Some(paper))
    }
}
