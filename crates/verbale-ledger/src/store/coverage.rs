//! Coverage: which sources wrote how much and when, which documents speak of a state, and whose documents tell of
//! each event.

use std::collections::BTreeMap;

use verbale_model::Days;

use super::file::Ledger;
use crate::panel::days_of;
use crate::review::{self, Placed, Rating, ratings};
use crate::{Coverage, Covered, LedgerError, Refusal};

/// A document that speaks of a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covering {
    /// When it was published.
    pub days: Days,
    /// By whom.
    pub outlet: Option<String>,
    /// Ids of the entries that it tells of.
    pub events: Vec<String>,
}

/// Who tells of an event first-hand: of a family of copies the first document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Teller {
    /// Id of the entry.
    pub event: String,
    /// Whose document it is.
    pub outlet: Option<String>,
    /// Whose own voice that is.
    pub side: Option<String>,
}

impl Ledger {
    /// What the ledger was given: documents by outlet and month, and what could not be read.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn coverage(&self) -> Result<Coverage, LedgerError> {
        let mut months = self.connection.prepare_cached(
            "SELECT d.outlet, substr(d.published, 1, 7) AS month, count(*), sum(d.superseded_by IS NOT NULL),
                    sum((SELECT count(*) FROM tellings t WHERE t.document = d.n AND t.current))
             FROM documents d GROUP BY d.outlet, month
             ORDER BY d.outlet IS NULL, d.outlet, month IS NULL, month",
        )?;
        let months = months.query_map([], |row| {
            Ok(Covered {
                outlet: row.get(0)?,
                month: row.get(1)?,
                documents: row.get(2)?,
                superseded: row.get(3)?,
                tellings: row.get(4)?,
            })
        })?;
        let mut refusals = self
            .connection
            .prepare_cached("SELECT input, reason, at FROM refusals ORDER BY at DESC, input LIMIT 1000")?;
        let refusals = refusals
            .query_map([], |row| Ok(Refusal { input: row.get(0)?, reason: row.get(1)?, at: row.get(2)? }))?;
        let all = Coverage {
            months: months.collect::<Result<_, _>>()?,
            refusals: refusals.collect::<Result<_, _>>()?,
            ..Coverage::default()
        };
        let numbers = "SELECT count(*), (SELECT count(*) FROM events), count(*) FILTER (WHERE retention = 'excerpts'),
                       count(*) FILTER (WHERE retention = 'hash'), (SELECT count(*) FROM refusals) FROM documents";
        Ok(self.connection.prepare_cached(numbers)?.query_row([], |row| {
            Ok(Coverage {
                documents: row.get(0)?,
                events: row.get(1)?,
                excerpts: row.get(2)?,
                hashes: row.get(3)?,
                refused: row.get(4)?,
                ..all
            })
        })?)
    }

    /// Documents that speak of a state: somebody or something in them is of it, or somebody takes part for it in an
    /// event that they tell of. Versions that a newer one took the place of are left out; in the order in which they
    /// were added.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn covering(&self, state: &str) -> Result<Vec<Covering>, LedgerError> {
        let mut told: BTreeMap<i64, Vec<String>> = BTreeMap::new();
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT t.document, e.id FROM tellings t JOIN events e ON e.n = t.event
             WHERE t.current ORDER BY t.document, e.id",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            told.entry(row.get(0)?).or_default().push(row.get(1)?);
        }
        // Of several codings of a document the newest one counts.
        let mut statement = self.connection.prepare_cached(
            "SELECT d.n, d.published, d.outlet FROM documents d WHERE d.superseded_by IS NULL AND (
               EXISTS (SELECT 1 FROM mentions m WHERE m.document = d.n AND m.country = ?1
                 AND m.run = (SELECT content FROM codings c WHERE c.document = d.n ORDER BY c.run DESC LIMIT 1))
               OR EXISTS (SELECT 1 FROM tellings t JOIN participants p ON p.event = t.event
                 WHERE t.document = d.n AND t.current AND (p.side = ?1 OR p.nationality = ?1))) ORDER BY d.n",
        )?;
        let mut rows = statement.query([state])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let events = told.remove(&row.get::<_, i64>(0)?).unwrap_or_default();
            let days = row.get::<_, Option<String>>(1)?.map(|text| days_of(&text)).unwrap_or_default();
            found.push(Covering { days, outlet: row.get(2)?, events });
        }
        Ok(found)
    }

    /// Who tells of each event, each family of copies once for each event.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn tellers(&self) -> Result<Vec<Teller>, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT e.id, f.n, f.outlet, f.side FROM tellings t JOIN events e ON e.n = t.event
             JOIN documents d ON d.n = t.document JOIN documents f ON f.n = d.family
             WHERE t.current ORDER BY e.id, f.n",
        )?;
        let read = |row: &rusqlite::Row<'_>| {
            Ok(Teller { event: row.get(0)?, outlet: row.get(2)?, side: row.get(3)? })
        };
        Ok(statement.query_map([], read)?.collect::<Result<_, _>>()?)
    }

    /// What each reviewer says of each field of each entry: his latest word that is in force.
    ///
    /// # Errors
    /// When `SQLite` fails or a row does not read back.
    pub fn ratings(&self) -> Result<Vec<Rating>, LedgerError> {
        let reviews = self.reviews()?;
        let tellings = super::rulings::tellings_of(&self.connection, &reviews)?;
        let force = review::in_force(&reviews);
        let placed = Placed::new(&force, &tellings.iter().collect::<Vec<_>>());
        let mut latest: BTreeMap<[String; 3], String> = BTreeMap::new();
        for (review, id) in placed.each() {
            let number = self.find_entry(&id.to_string())?;
            let mut statement = self.connection.prepare_cached("SELECT id FROM events WHERE n = ?1")?;
            let entry: String = statement.query_row([number], |row| row.get(0))?;
            for Rating { field, unit, reviewer, value } in ratings(review, &entry) {
                latest.insert([field, unit, reviewer], value);
            }
        }
        let rating =
            |([field, unit, reviewer], value): ([String; 3], String)| Rating { field, unit, reviewer, value };
        Ok(latest.into_iter().map(rating).collect())
    }
}
