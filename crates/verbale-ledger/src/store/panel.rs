//! What measures see of the ledger's entries, read from columns alone.

use std::collections::BTreeMap;

use rusqlite::{Row, params_from_iter};
use serde::de::value::Error as Unknown;
use serde::de::{DeserializeOwned, IntoDeserializer as _};
use verbale_model::ontology::EventType;
use verbale_model::{Engagement, Status, Topic};

use super::file::Ledger;
use crate::LedgerError;
use crate::panel::{Stand, days_of, engagement, scores, sides, topics};

/// Columns of an event, then those of one of its participants.
const COLUMNS: &str = "e.n, e.id, e.event_type, e.mode, e.cameo, e.status, e.edtf, e.country, e.channel,
  e.setting, e.formality, e.confirmation, e.confidence, e.sources, e.verdict, e.superseded,
  p.side, p.nationality, p.serving, p.level, p.part";

/// Events at which somebody counts for a state, one way or another. Nothing stands beside it: with an `OR` all events
/// would be looked at.
const WHOSE: &str = "WHERE e.n IN (SELECT event FROM participants WHERE side = ?1
  UNION SELECT event FROM participants WHERE nationality = ?1 AND side IS NULL AND serving = 0)";

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

impl Ledger {
    /// Entries as measures see them: by first day, those without one last, then by id.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn engagements(&self, seen: Seen<'_>) -> Result<Vec<Engagement>, LedgerError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM events e LEFT JOIN participants p ON p.event = e.n {}
             ORDER BY e.first_day IS NULL, e.first_day, e.id, p.position",
            if seen.state.is_some() { WHOSE } else { "" },
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(seen.state))?;
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
            people.push(Person::of(row)?);
        }
        close(&mut found, &mut people);
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
        let mut statement = self.connection.prepare_cached(
            "SELECT code, count(*) FROM (SELECT DISTINCT event, coalesce(side, nationality) AS code
               FROM participants WHERE side IS NOT NULL OR serving = 0)
             WHERE code IS NOT NULL GROUP BY code",
        )?;
        Ok(statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
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
    fn of(row: &Row<'_>) -> Result<Self, LedgerError> {
        Ok(Self {
            side: row.get(16)?,
            nationality: row.get(17)?,
            serving: row.get(18)?,
            level: row.get(19)?,
            part: word(row, 20)?,
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
