//! What measures see of the ledger's entries, read from columns alone.

use std::collections::BTreeMap;

use rusqlite::Row;
use serde::de::value::Error as Unknown;
use serde::de::{DeserializeOwned, IntoDeserializer as _};
use verbale_model::ontology::EventType;
use verbale_model::{Engagement, Status, Topic};

use super::file::Ledger;
use crate::LedgerError;
use crate::panel::{Stand, days_of, engagement, scores, sides, topics};

/// Columns of an event.
const COLUMNS: &str = "e.n, e.id, e.event_type, e.mode, e.cameo, e.status, e.edtf, e.country, e.channel,
  e.setting, e.formality, e.confirmation, e.confidence, e.sources, e.verdict, e.superseded, e.first_day";

/// Columns of one of its participants, which stand behind those of the event.
const WHO: &str = "p.side, p.nationality, p.serving, p.level, p.part";

/// Which of the entries measures are to see.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seen<'a> {
    /// Only those of this state or organisation.
    pub state: Option<&'a str>,
    /// Also what they were about; slower, since each entry is merged anew from its tellings.
    pub topics: bool,
}

/// What an agreement is about, and what was talked about.
type Told = (Option<EventType>, Vec<String>);

/// An entry as measures see it, with its number and its place among others.
#[derive(Debug, Clone, PartialEq)]
pub struct Numbered {
    /// The number, which no other entry ever has; what is read under it never changes.
    pub number: i64,
    /// The first day as the ledger sorts by it.
    pub first_day: Option<String>,
    /// The entry.
    pub engagement: Engagement,
}

impl Numbered {
    /// What entries are sorted by: first day, those without one last, then id.
    pub fn key(&self) -> (bool, Option<&str>, &str) {
        (self.first_day.is_none(), self.first_day.as_deref(), &self.engagement.id)
    }
}

impl Ledger {
    /// Entries as measures see them: by first day, those without one last, then by id.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn engagements(&self, seen: Seen<'_>) -> Result<Vec<Engagement>, LedgerError> {
        if let Some(state) = seen.state {
            let mut found = self.numbered(&self.numbers(state)?, seen.topics)?;
            found.sort_unstable_by(|a, b| a.key().cmp(&b.key()));
            return Ok(found.into_iter().map(|one| one.engagement).collect());
        }
        let sql = format!(
            "SELECT {COLUMNS}, {WHO} FROM events e LEFT JOIN participants p ON p.event = e.n
             ORDER BY e.first_day IS NULL, e.first_day, e.id, p.position",
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([])?;
        let mut found: Vec<Engagement> = Vec::new();
        let mut people: Vec<Person> = Vec::new();
        let mut last = None;
        while let Some(row) = rows.next()? {
            let number: i64 = row.get(0)?;
            if last != Some(number) {
                close(&mut found, &mut people);
                found.push(self.event(row, number, seen.topics)?);
                last = Some(number);
            }
            people.push(Person::of(row, 17)?);
        }
        close(&mut found, &mut people);
        Ok(found)
    }

    /// A number that is higher after each change of documents, codings, entries or imports.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn turn(&self) -> Result<i64, LedgerError> {
        Ok(self.connection.prepare_cached("SELECT n FROM turns")?.query_row([], |row| row.get(0))?)
    }

    /// Numbers of the entries at which somebody counts for a state, one way or another, sorted.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn numbers(&self, state: &str) -> Result<Vec<i64>, LedgerError> {
        let mut found = Vec::new();
        self.add_numbers(
            &[
                "SELECT event FROM participants INDEXED BY participants_side WHERE side = ?1 ORDER BY event",
                "SELECT event FROM participants INDEXED BY participants_former
                 WHERE nationality = ?1 AND side IS NULL AND serving = 0 ORDER BY event",
            ],
            state,
            &mut found,
        )?;
        Ok(found)
    }

    /// Adds the numbers that statements about a state give to those that were found; sorted, each once.
    pub(super) fn add_numbers(
        &self,
        statements: &[&str],
        state: &str,
        found: &mut Vec<i64>,
    ) -> Result<(), LedgerError> {
        for sql in statements {
            let mut statement = self.connection.prepare_cached(sql)?;
            let mut rows = statement.query([state])?;
            while let Some(row) = rows.next()? {
                found.push(row.get(0)?);
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(())
    }

    /// The entries of these numbers, in their order.
    ///
    /// # Errors
    /// When there is none of a number, or `SQLite` fails.
    pub fn numbered(&self, numbers: &[i64], topics: bool) -> Result<Vec<Numbered>, LedgerError> {
        let mut event =
            self.connection.prepare_cached(&format!("SELECT {COLUMNS} FROM events e WHERE e.n = ?1"))?;
        let mut who = self.connection.prepare_cached(&format!(
            "SELECT {WHO} FROM participants p WHERE p.event = ?1 ORDER BY p.position"
        ))?;
        let mut people: Vec<Person> = Vec::new();
        let mut found = Vec::with_capacity(numbers.len());
        for number in numbers {
            let mut rows = event.query([number])?;
            let Some(row) = rows.next()? else {
                return Err(LedgerError::Corrupt(format!(
                    "participants of an event {number} that is not there"
                )));
            };
            let (mut engagement, first_day) = (self.event(row, *number, topics)?, row.get(16)?);
            let mut rows = who.query([number])?;
            while let Some(row) = rows.next()? {
                people.push(Person::of(row, 0)?);
            }
            close(std::slice::from_mut(&mut engagement), &mut people);
            found.push(Numbered { number: *number, first_day, engagement });
        }
        Ok(found)
    }

    /// The engagement of an entry, its sides still missing.
    fn event(&self, row: &Row<'_>, number: i64, topics: bool) -> Result<Engagement, LedgerError> {
        let event_type = word(row, 2)?.unwrap_or(EventType::Consult);
        let status = word(row, 5)?.unwrap_or(Status::Held);
        // Topics and what an agreement was about have no columns: one telling says them, and several are merged.
        let told = if topics || event_type == EventType::Agree {
            self.told(number)?
        } else {
            Some((None, Vec::new()))
        };
        let Some((of, topics)) = told else {
            return Ok(Engagement { sides: Vec::new(), ..engagement(&self.entry(number)?) });
        };
        let mode = word(row, 3)?;
        let (goldstein, plover) = scores(event_type, mode, text(row, 4)?);
        Ok(Engagement {
            id: row.get(1)?,
            source: None,
            event_type,
            mode,
            of,
            status,
            days: text(row, 6)?.map(days_of).unwrap_or_default(),
            country: row.get(7)?,
            channel: word(row, 8)?,
            setting: word(row, 9)?,
            formality: word(row, 10)?,
            confirmation: word(row, 11)?,
            sides: Vec::new(),
            confidence: row.get(12)?,
            sources: row.get(13)?,
            goldstein,
            plover,
            topics,
            rejected: text(row, 14)? == Some("rejected"),
            superseded: row.get(15)?,
        })
    }

    /// What the only telling of an event says of an agreement, and what it says was talked about; nothing where there
    /// are several tellings.
    fn told(&self, number: i64) -> Result<Option<Told>, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT json ->> '$.x_of', json -> '$.topics' FROM tellings WHERE event = ?1 LIMIT 2",
        )?;
        let mut rows = statement.query([number])?;
        let mut found = None;
        while let Some(row) = rows.next()? {
            if found.is_some() {
                return Ok(None);
            }
            let about: Vec<Topic> = serde_json::from_str(text(row, 1)?.unwrap_or("[]"))?;
            found = Some((word(row, 0)?, topics(&about)));
        }
        Ok(found)
    }

    /// Whether any report was added.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn has_documents(&self) -> Result<bool, LedgerError> {
        Ok(self.connection.prepare_cached("SELECT 1 FROM documents LIMIT 1")?.exists([])?)
    }

    /// The codes of all states and organisations that count at some event, each with the number of events.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn sides(&self) -> Result<BTreeMap<String, u32>, LedgerError> {
        let mut found: BTreeMap<String, u32> = BTreeMap::new();
        for sql in [
            "SELECT side, count(DISTINCT event) FROM participants INDEXED BY participants_side
             WHERE side IS NOT NULL GROUP BY side",
            "SELECT nationality, count(DISTINCT event) FROM participants p INDEXED BY participants_former
             WHERE nationality IS NOT NULL AND side IS NULL AND serving = 0 AND NOT EXISTS (
               SELECT 1 FROM participants q WHERE q.side = p.nationality AND q.event = p.event)
             GROUP BY nationality",
        ] {
            let mut statement = self.connection.prepare_cached(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                *found.entry(row.get(0)?).or_default() += row.get::<_, u32>(1)?;
            }
        }
        Ok(found)
    }

    /// Whether a state or organisation counts at some event.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn has_side(&self, code: &str) -> Result<bool, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT 1 FROM participants WHERE side = ?1
             UNION ALL SELECT 1 FROM participants WHERE nationality = ?1 AND side IS NULL AND serving = 0 LIMIT 1",
        )?;
        Ok(statement.exists([code])?)
    }
}

/// The columns of a participant.
struct Person {
    side: Option<String>,
    nationality: Option<String>,
    serving: Option<bool>,
    level: Option<u8>,
    part: Option<verbale_model::Part>,
}

impl Person {
    /// Reads them from this column on.
    fn of(row: &Row<'_>, from: usize) -> Result<Self, LedgerError> {
        Ok(Self {
            side: row.get(from)?,
            nationality: row.get(from + 1)?,
            serving: row.get(from + 2)?,
            level: row.get(from + 3)?,
            part: word(row, from + 4)?,
        })
    }
}

/// Gives the newest engagement the sides of its people.
fn close(found: &mut [Engagement], people: &mut Vec<Person>) {
    if let Some(event) = found.last_mut() {
        event.sides = sides(people.iter().map(|who| Stand {
            side: who.side.as_deref(),
            nationality: who.nationality.as_deref(),
            serving: who.serving,
            level: who.level,
            part: who.part,
        }));
    }
    people.clear();
}

/// A column of text.
fn text<'r>(row: &'r Row<'_>, at: usize) -> Result<Option<&'r str>, LedgerError> {
    row.get_ref(at)?.as_str_or_null().map_err(|error| LedgerError::Corrupt(error.to_string()))
}

/// A column that holds a word of a closed vocabulary.
fn word<T: DeserializeOwned>(row: &Row<'_>, at: usize) -> Result<Option<T>, LedgerError> {
    let Some(text) = text(row, at)? else { return Ok(None) };
    let read: Result<T, Unknown> = T::deserialize(text.into_deserializer());
    read.map(Some).map_err(|error| LedgerError::Corrupt(error.to_string()))
}
