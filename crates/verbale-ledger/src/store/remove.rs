//! A document and all that came from it go; a tombstone stays.

use std::collections::BTreeSet;
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior, params};

use super::add::order_versions;
use super::file::Ledger;
use super::{alike, relink};
use crate::LedgerError;

/// How long readers are waited for before the log is cut.
const READERS: Duration = Duration::from_secs(5);

/// What was removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// Key of the document.
    pub id: String,
    /// Its file, or the id it came with.
    pub name: String,
    /// Reviews that went with it, since no other document has its text.
    pub reviews: u32,
    /// Whether its words still stand in the write-ahead log, since somebody else is reading the ledger. They go
    /// when nobody has the ledger open any more.
    pub lingers: bool,
}

impl Ledger {
    /// Keys of the documents that a word of the user names: a key or the beginning of one of at least
    /// six digits, an address, or the name it came with.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn named(&self, word: &str) -> Result<Vec<String>, LedgerError> {
        let address = crate::similar::canonical(word);
        let mut statement = self.connection.prepare_cached(
            "SELECT id FROM documents WHERE id = ?1 OR name = ?1 OR url = ?1 OR address = ?2
               OR (length(?1) >= 6 AND ?1 NOT GLOB '*[^0-9a-f]*' AND substr(id, 1, length(?1)) = ?1)
             ORDER BY n",
        )?;
        Ok(statement.query_map([word, &address], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// Purges a document: its text, sentences, mentions, claims, tellings of every run, likenesses, and the
    /// reviews of its text when no other document has it. Entries it was part of are made anew without it.
    /// The file keeps no byte of it; a tombstone with its key keeps it from coming back unasked.
    ///
    /// # Errors
    /// When there is no such document, or `SQLite` fails; then nothing is removed.
    pub fn remove(&mut self, id: &str, at: &str, reason: Option<&str>) -> Result<Removed, LedgerError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found = transaction
            .prepare_cached("SELECT n, name, sha256, address FROM documents WHERE id = ?1")?
            .query_row([id], |row| {
                let address: Option<String> = row.get(3)?;
                Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?, address))
            });
        let (document, name, sha256, address) = match found {
            Err(rusqlite::Error::QueryReturnedNoRows) => {
                return Err(LedgerError::Asked(format!(
                    "there is no document {id}; `verbale documents` lists them"
                )));
            }
            other => other?,
        };
        let fellows = relink::retire(&transaction, document)?;
        let alike = alike::forget(&transaction, document)?;
        purge(&transaction, document)?;
        let reviews = purge_text(&transaction, &sha256)?;
        transaction.execute(
            "INSERT OR REPLACE INTO tombstones (id, at, reason) VALUES (?1, ?2, ?3)",
            params![id, at, reason],
        )?;
        let mut disturbed = alike::close_ranks(&transaction, &alike)?;
        if let Some(address) = address {
            disturbed.extend(order_versions(&transaction, &address)?);
        }
        relink::relink(&transaction, &disturbed)?;
        relink::rebuilt(&transaction, fellows)?;
        transaction.commit()?;
        // The write-ahead log still holds pages with its words. Readers end soon, or not at all.
        self.connection.busy_timeout(READERS)?;
        let lingers = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| {
            row.get::<_, i64>(0).map(|busy| busy != 0)
        });
        self.connection.busy_timeout(super::file::PATIENCE)?;
        Ok(Removed { id: id.to_owned(), name, reviews, lingers: lingers? })
    }

    /// Lets a removed document come back when it is added again.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn forgive(&mut self, id: &str) -> Result<(), LedgerError> {
        self.connection.execute("DELETE FROM tombstones WHERE id = ?1", [id])?;
        Ok(())
    }
}

/// Deletes all rows of a document.
fn purge(connection: &Connection, document: i64) -> Result<(), LedgerError> {
    for table in ["mentions", "claims", "tellings", "sentences", "codings"] {
        connection.execute(&format!("DELETE FROM {table} WHERE document = ?1"), [document])?;
    }
    connection.execute("DELETE FROM documents WHERE n = ?1", [document])?;
    Ok(())
}

/// Deletes a text and its reviews, when no document has it any more; returns how many reviews went.
fn purge_text(connection: &Connection, sha256: &str) -> Result<u32, LedgerError> {
    let mut holders = connection.prepare("SELECT retention FROM documents WHERE sha256 = ?1")?;
    let holders: BTreeSet<String> =
        holders.query_map([sha256], |row| row.get(0))?.collect::<Result<_, _>>()?;
    if !holders.contains("full") {
        connection.execute("DELETE FROM texts WHERE sha256 = ?1", [sha256])?;
    }
    if !holders.is_empty() {
        return Ok(0);
    }
    let gone = connection.execute(
        "DELETE FROM reviews WHERE n IN (SELECT review FROM review_texts WHERE sha256 = ?1)",
        [sha256],
    )?;
    Ok(gone as u32)
}
