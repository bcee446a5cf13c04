//! Reviews in the file: append-only, found by the texts that they speak of.

use std::collections::BTreeSet;

use rusqlite::{Connection, TransactionBehavior, params};

use super::file::Ledger;
use super::{relink, rows};
use crate::review::{self, Action, Review};
use crate::{LedgerError, Telling};

impl Ledger {
    /// All reviews in the order in which they came, undone ones too.
    ///
    /// # Errors
    /// When `SQLite` fails or a row does not read back.
    pub fn reviews(&self) -> Result<Vec<Review>, LedgerError> {
        let mut statement = self.connection.prepare_cached("SELECT json FROM reviews ORDER BY n")?;
        let mut rows = statement.query([])?;
        let mut reviews = Vec::new();
        while let Some(row) = rows.next()? {
            reviews.push(serde_json::from_str(row.get_ref(0)?.as_str().unwrap_or_default())?);
        }
        Ok(reviews)
    }

    /// Reviews in force that find nothing to rule on any more, and why.
    ///
    /// # Errors
    /// When `SQLite` fails or a row does not read back.
    pub fn orphans(&self) -> Result<Vec<(String, String)>, LedgerError> {
        let reviews = self.reviews()?;
        let tellings = tellings_of(&self.connection, &reviews)?;
        Ok(review::orphans(&review::in_force(&reviews), &tellings.iter().collect::<Vec<_>>()))
    }

    /// Appends reviews and makes the entries they speak of anew; those that are there are left out.
    /// Returns how many were new.
    ///
    /// # Errors
    /// When `SQLite` fails; then none is kept.
    pub fn review(&mut self, reviews: &[Review]) -> Result<usize, LedgerError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut texts = BTreeSet::new();
        let mut new = 0;
        for review in reviews {
            let added = transaction.execute(
                "INSERT OR IGNORE INTO reviews (id, json) VALUES (?1, ?2)",
                params![review.id, serde_json::to_string(review)?],
            )?;
            if added == 0 {
                continue;
            }
            new += 1;
            let number = transaction.last_insert_rowid();
            for sha256 in texts_of(&transaction, review)? {
                transaction.execute(
                    "INSERT OR IGNORE INTO review_texts (sha256, review) VALUES (?1, ?2)",
                    params![sha256, number],
                )?;
                texts.insert(sha256);
            }
        }
        let mut documents = BTreeSet::new();
        for sha256 in &texts {
            let mut statement = transaction.prepare_cached("SELECT n FROM documents WHERE sha256 = ?1")?;
            let found = statement.query_map([sha256], |row| row.get::<_, i64>(0))?;
            documents.extend(found.collect::<Result<Vec<_>, _>>()?);
        }
        relink::relink(&transaction, &documents)?;
        transaction.commit()?;
        Ok(new)
    }
}

/// The texts that a review speaks of; for one that undoes, those of what it undoes.
fn texts_of(connection: &Connection, review: &Review) -> Result<BTreeSet<String>, LedgerError> {
    if let Action::Undo { review: undone } = &review.action {
        let mut statement = connection.prepare_cached(
            "SELECT sha256 FROM review_texts WHERE review = (SELECT n FROM reviews WHERE id = ?1)",
        )?;
        return Ok(statement.query_map([undone], |row| row.get(0))?.collect::<Result<_, _>>()?);
    }
    Ok(review.action.anchors().iter().map(|anchor| anchor.sha256.clone()).collect())
}

/// The reviews that speak of any of these texts, in the order in which they came.
pub(super) fn of_texts<'t>(
    connection: &Connection,
    texts: impl Iterator<Item = &'t str>,
) -> Result<Vec<Review>, LedgerError> {
    let mut numbers = BTreeSet::new();
    let mut statement = connection.prepare_cached("SELECT review FROM review_texts WHERE sha256 = ?1")?;
    for sha256 in texts.collect::<BTreeSet<_>>() {
        let found = statement.query_map([sha256], |row| row.get::<_, i64>(0))?;
        numbers.extend(found.collect::<Result<Vec<_>, _>>()?);
    }
    let mut statement = connection.prepare_cached("SELECT json FROM reviews WHERE n = ?1")?;
    let mut reviews = Vec::new();
    for number in numbers {
        let json: String = statement.query_row([number], |row| row.get(0))?;
        reviews.push(serde_json::from_str(&json)?);
    }
    Ok(reviews)
}

/// All current tellings of the texts that some reviews speak of.
pub(super) fn tellings_of(connection: &Connection, reviews: &[Review]) -> Result<Vec<Telling>, LedgerError> {
    let mut numbers = BTreeSet::new();
    let mut statement = connection.prepare_cached(
        "SELECT t.n FROM documents d JOIN tellings t ON t.document = d.n AND t.current WHERE d.sha256 = ?1",
    )?;
    for anchor in reviews.iter().flat_map(|review| review.action.anchors()) {
        let found = statement.query_map([&anchor.sha256], |row| row.get::<_, i64>(0))?;
        numbers.extend(found.collect::<Result<Vec<_>, _>>()?);
    }
    numbers.into_iter().map(|number| rows::telling(connection, number)).collect()
}

/// Current tellings of all texts that some review names together with this one.
pub(super) fn ruled_together(connection: &Connection, sha256: &str) -> Result<Vec<i64>, LedgerError> {
    let mut statement = connection.prepare_cached(
        // CROSS JOIN keeps the order: without statistics SQLite would read all tellings for each text.
        "SELECT DISTINCT t.n FROM review_texts mine CROSS JOIN review_texts theirs ON theirs.review = mine.review
         CROSS JOIN documents d ON d.sha256 = theirs.sha256
         CROSS JOIN tellings t ON t.document = d.n AND t.current
         WHERE mine.sha256 = ?1 AND theirs.sha256 <> ?1",
    )?;
    Ok(statement.query_map([sha256], |row| row.get(0))?.collect::<Result<_, _>>()?)
}
