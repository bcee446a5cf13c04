//! Runs: what was done when, and with which versions.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Row, TransactionBehavior, params};
use serde::{Deserialize, Serialize};

use super::file::Ledger;
use crate::LedgerError;

/// What a run did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunKind {
    /// Coded new documents.
    Add,
    /// Coded stored documents again.
    Recode,
    /// Took in what was coded elsewhere.
    Import,
}

impl RunKind {
    /// The word as the ledger writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Recode => "recode",
            Self::Import => "import",
        }
    }
}

/// The versions that a coding depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versions {
    /// Version of the program.
    pub coder: String,
    /// Version of the built-in knowledge.
    pub data: String,
    /// Hash of word lists and rules.
    pub rules: String,
    /// Language model: name and hash.
    pub model: String,
    /// Users' knowledge files: name and hash.
    pub knowledge: Vec<(String, String)>,
}

/// One run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Its number, from 1.
    pub run: i64,
    /// What it did.
    pub kind: RunKind,
    /// When it began, as RFC 3339.
    pub at: String,
    /// What its codings depend on.
    #[serde(flatten)]
    pub versions: Versions,
    /// How many documents it coded.
    pub documents: u32,
    /// In how many of them something changed since the run before.
    pub changed: u32,
    /// Rows of others' codings that it read.
    #[serde(default)]
    pub rows: u64,
    /// Events, counts or votes that came of them.
    #[serde(default)]
    pub events: u64,
}

/// What one input of a run gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// File, folder or address, as named by the user.
    pub name: String,
    /// Documents read in it.
    pub documents: u32,
    /// Of these, new to the ledger.
    pub stored: u32,
    /// Parts of it that were refused.
    pub refused: u32,
}

impl Ledger {
    /// The versions that coded documents of this ledger, in the order in which they first did.
    ///
    /// # Errors
    /// When `SQLite` fails or a row does not read back.
    pub fn coders(&self) -> Result<Vec<Versions>, LedgerError> {
        let mut found: Vec<Versions> = Vec::new();
        for run in self.runs()? {
            if run.documents > 0 && run.kind != RunKind::Import && !found.contains(&run.versions) {
                found.push(run.versions);
            }
        }
        Ok(found)
    }

    /// All runs, the first one first.
    ///
    /// # Errors
    /// When `SQLite` fails or a row does not read back.
    pub fn runs(&self) -> Result<Vec<Run>, LedgerError> {
        let mut taken: BTreeMap<i64, (u64, u64)> = BTreeMap::new();
        for import in self.imports()? {
            let (rows, events) = taken.entry(import.run).or_default();
            *rows += import.tally.rows;
            *events += import.tally.stored;
        }
        let mut statement = self.connection.prepare_cached(
            "SELECT n, kind, at, coder, data, rules, model, knowledge,
                    (SELECT count(*) FROM codings WHERE run = n),
                    (SELECT count(*) FROM codings WHERE run = n AND content = n) FROM runs ORDER BY n",
        )?;
        let mut rows = statement.query([])?;
        let mut runs = Vec::new();
        while let Some(row) = rows.next()? {
            let kind: String = row.get(1)?;
            let run = row.get(0)?;
            let (taken_rows, events) = taken.get(&run).copied().unwrap_or_default();
            runs.push(Run {
                run,
                kind: serde_json::from_value(kind.into())?,
                at: row.get(2)?,
                versions: versions(row, 3)?,
                documents: row.get(8)?,
                changed: row.get(9)?,
                rows: taken_rows,
                events,
            });
        }
        Ok(runs)
    }

    /// Says what an input of a run gave; said again, the numbers add up.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn cover(&mut self, run: i64, input: &Input) -> Result<(), LedgerError> {
        self.connection.execute(
            "INSERT INTO inputs (run, name, documents, stored, refused) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET documents = documents + ?3, stored = stored + ?4, refused = refused + ?5",
            params![run, input.name, input.documents, input.stored, input.refused],
        )?;
        Ok(())
    }

    /// Notes an input that was refused, and why.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn refuse(&mut self, input: &str, reason: &str, at: &str) -> Result<(), LedgerError> {
        self.connection.execute(
            "INSERT OR REPLACE INTO refusals (input, reason, at) VALUES (?1, ?2, ?3)",
            [input, reason, at],
        )?;
        Ok(())
    }

    /// Forgets what was refused of an input earlier, now that it was gone through again to its end, but for
    /// what was refused once more.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn forget_refusals(&mut self, input: &str, again: &BTreeSet<String>) -> Result<(), LedgerError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let noted: Vec<String> = transaction
            .prepare("SELECT input FROM refusals")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for refused in noted.iter().filter(|noted| is_within(noted, input) && !again.contains(*noted)) {
            transaction.execute("DELETE FROM refusals WHERE input = ?1", [refused])?;
        }
        Ok(transaction.commit()?)
    }
}

/// Whether a refused thing is an input or lies in it: a file in a folder, a member of an archive, a report of many.
fn is_within(refused: &str, input: &str) -> bool {
    let rest = refused.strip_prefix(input.trim_end_matches('/'));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '!', ':']))
}

/// The versions of one run, without counting what it did.
pub(super) fn versions_of(connection: &Connection, run: i64) -> Result<Versions, LedgerError> {
    let mut statement =
        connection.prepare_cached("SELECT coder, data, rules, model, knowledge FROM runs WHERE n = ?1")?;
    let mut rows = statement.query([run])?;
    match rows.next()? {
        Some(row) => versions(row, 0),
        None => Err(LedgerError::Corrupt(format!("there is no run {run}"))),
    }
}

/// Versions from five columns: coder, data, rules, model, knowledge.
fn versions(row: &Row<'_>, at: usize) -> Result<Versions, LedgerError> {
    Ok(Versions {
        coder: row.get(at)?,
        data: row.get(at + 1)?,
        rules: row.get(at + 2)?,
        model: row.get(at + 3)?,
        knowledge: serde_json::from_str(&row.get::<_, String>(at + 4)?)?,
    })
}

/// Begins a run.
pub(super) fn begin(
    connection: &Connection,
    kind: RunKind,
    at: &str,
    versions: &Versions,
) -> Result<i64, LedgerError> {
    connection.execute(
        "INSERT INTO runs (kind, at, coder, data, rules, model, knowledge) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            kind.as_str(),
            at,
            versions.coder,
            versions.data,
            versions.rules,
            versions.model,
            serde_json::to_string(&versions.knowledge)?
        ],
    )?;
    Ok(connection.last_insert_rowid())
}
