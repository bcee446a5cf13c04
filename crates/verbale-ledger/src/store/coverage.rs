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
        self.coverage_by(self.months()?)
    }

    /// The same with the months that were read already.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn coverage_by(&self, months: Vec<Covered>) -> Result<Coverage, LedgerError> {
        let (_, refusals) = self.refusals()?;
        let all = Coverage { months, refusals, ..Coverage::default() };
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

    /// How many inputs could not be read, and which: the newest first, a thousand at most.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn refusals(&self) -> Result<(u32, Vec<Refusal>), LedgerError> {
        let number = "SELECT count(*) FROM refusals";
        let number = self.connection.prepare_cached(number)?.query_row([], |row| row.get(0))?;
        let mut refusals = self
            .connection
            .prepare_cached("SELECT input, reason, at FROM refusals ORDER BY at DESC, input LIMIT 1000")?;
        let refusals = refusals
            .query_map([], |row| Ok(Refusal { input: row.get(0)?, reason: row.get(1)?, at: row.get(2)? }))?;
        Ok((number, refusals.collect::<Result<_, _>>()?))
    }

    /// Documents by outlet, those without one last, then by month, with what they tell of counted.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn months(&self) -> Result<Vec<Covered>, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT d.outlet, substr(d.published, 1, 7) AS month, count(*), sum(d.superseded_by IS NOT NULL),
               sum((SELECT count(*) FROM tellings t INDEXED BY tellings_current WHERE t.document = d.n AND t.current))
             FROM documents d GROUP BY d.outlet, month
             ORDER BY d.outlet IS NULL, d.outlet, month IS NULL, month",
        )?;
        let months = statement.query_map([], |row| {
            Ok(Covered {
                outlet: row.get(0)?,
                month: row.get(1)?,
                documents: row.get(2)?,
                superseded: row.get(3)?,
                tellings: row.get(4)?,
            })
        })?;
        Ok(months.collect::<Result<_, _>>()?)
    }

    /// Documents that speak of a state: somebody or something in them is of it, or somebody takes part for it in an
    /// event that they tell of. Versions that a newer one took the place of are left out; in the order in which they
    /// were added.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn covering(&self, state: &str) -> Result<Vec<Covering>, LedgerError> {
        let numbers = self.speaking(state)?;
        let mut document = self.connection.prepare_cached(
            "SELECT published, outlet FROM documents WHERE n = ?1 AND superseded_by IS NULL",
        )?;
        let mut told = self.connection.prepare_cached(
            "SELECT DISTINCT e.id FROM tellings t INDEXED BY tellings_current JOIN events e ON e.n = t.event
             WHERE t.document = ?1 AND t.current ORDER BY e.id",
        )?;
        let mut found = Vec::with_capacity(numbers.len());
        for number in numbers {
            let mut rows = document.query([number])?;
            let Some(row) = rows.next()? else { continue };
            let days = row.get::<_, Option<String>>(0)?.map(|text| days_of(&text)).unwrap_or_default();
            let outlet = row.get(1)?;
            let events = told.query_map([number], |row| row.get(0))?.collect::<Result<_, _>>()?;
            found.push(Covering { days, outlet, events });
        }
        Ok(found)
    }

    /// Numbers of the documents that speak of a state, superseded ones too, sorted.
    fn speaking(&self, state: &str) -> Result<Vec<i64>, LedgerError> {
        let (mut events, mut found) = (Vec::new(), Vec::new());
        self.add_numbers(
            &[
                "SELECT event FROM participants WHERE side = ?1 ORDER BY event",
                "SELECT event FROM participants WHERE nationality = ?1 ORDER BY event",
            ],
            state,
            &mut events,
        )?;
        let mut telling = self.connection.prepare_cached("SELECT document FROM tellings WHERE event = ?1")?;
        for event in events {
            let mut rows = telling.query([event])?;
            while let Some(row) = rows.next()? {
                found.push(row.get(0)?);
            }
        }
        // Of several codings of a document the newest one counts.
        self.add_numbers(
            &["SELECT m.document FROM mentions m INDEXED BY mentions_country WHERE m.country = ?1 AND m.run = (
               SELECT content FROM codings c WHERE c.document = m.document ORDER BY c.run DESC LIMIT 1)"],
            state,
            &mut found,
        )?;
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
