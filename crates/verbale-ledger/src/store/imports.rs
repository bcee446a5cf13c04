//! Imports: which files of others' codings came in, what they gave, and how one goes again.

use rusqlite::{OptionalExtension as _, Row, TransactionBehavior, params};
use serde::Serialize;

use super::file::Ledger;
use crate::LedgerError;

/// A file that is about to come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Format, or the name of a mapping.
    pub format: String,
    /// File, as named by the user.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Filters and mapping, as JSON.
    pub settings: String,
}

/// What a file gave.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Rows read.
    pub rows: u64,
    /// Events, counts or votes that came of them.
    pub stored: u64,
    /// Rows that told of an event that another row had told of.
    pub merged: u64,
    /// Rows that were not asked for.
    pub filtered: u64,
    /// Rows that could not be read.
    pub refused: u64,
}

/// A file that came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// Its number.
    pub import: i64,
    /// The run it is part of.
    pub run: i64,
    /// Format, or the name of a mapping.
    pub format: String,
    /// File, as named by the user.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Filters and mapping, as JSON.
    pub settings: String,
    /// What it gave.
    #[serde(flatten)]
    pub tally: Tally,
}

/// Tables with a column `import`.
const TABLES: [&str; 5] = ["foreign_events", "foreign_parties", "foreign_many", "foreign_mentions", "votes"];

const IMPORTS: &str = "SELECT n, run, format, name, sha256, settings, rows, stored, merged, filtered, refused
  FROM imports";

fn imported(row: &Row<'_>) -> rusqlite::Result<Imported> {
    let count = |at: usize| row.get::<_, i64>(at).map(|count| count as u64);
    Ok(Imported {
        import: row.get(0)?,
        run: row.get(1)?,
        format: row.get(2)?,
        name: row.get(3)?,
        sha256: row.get(4)?,
        settings: row.get(5)?,
        tally: Tally {
            rows: count(6)?,
            stored: count(7)?,
            merged: count(8)?,
            filtered: count(9)?,
            refused: count(10)?,
        },
    })
}

impl Ledger {
    /// All files of others' codings, the first one first.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn imports(&self) -> Result<Vec<Imported>, LedgerError> {
        if !self.has_imports()? {
            return Ok(Vec::new());
        }
        let mut statement = self.connection.prepare_cached(&format!("{IMPORTS} ORDER BY n"))?;
        Ok(statement.query_map([], imported)?.collect::<Result<_, _>>()?)
    }

    /// The import of a file with this hash and format, if there is one.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn imported(&self, sha256: &str, format: &str) -> Result<Option<Imported>, LedgerError> {
        let sql = format!("{IMPORTS} WHERE sha256 = ?1 AND format = ?2 ORDER BY n LIMIT 1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_row([sha256, format], imported).optional()?)
    }

    /// Removes all that came with one import; the file keeps no byte of its events. What it shared with others
    /// (names, places, addresses) stays.
    ///
    /// # Errors
    /// When there is no such import, or `SQLite` fails; then nothing is removed.
    pub fn remove_import(&mut self, import: i64) -> Result<(), LedgerError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if transaction.execute("DELETE FROM imports WHERE n = ?1", params![import])? == 0 {
            return Err(LedgerError::Asked(format!(
                "there is no import {import}; `verbale import list` lists them"
            )));
        }
        for table in TABLES {
            transaction.execute(&format!("DELETE FROM {table} WHERE import = ?1"), params![import])?;
        }
        Ok(transaction.commit()?)
    }

    /// Whether the file knows of imports at all: one that could not be migrated does not.
    pub(super) fn has_imports(&self) -> Result<bool, LedgerError> {
        let known = self.connection.table_exists(None, "imports")?;
        Ok(known)
    }
}

/// A code as text.
pub(super) fn letters(code: &[u8; 3]) -> &str {
    std::str::from_utf8(code).unwrap_or_default()
}
