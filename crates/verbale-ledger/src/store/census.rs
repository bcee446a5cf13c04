//! Who takes part in the events of a ledger.

use std::collections::VecDeque;

use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::file::Ledger;
use super::pages::{Page, Turn};
use crate::LedgerError;

/// Names that one page looks at.
const LOOKED_AT: usize = 10_000;

/// Somebody, or something, that takes part in events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// The identifier that knowledge has for it, or its name where it has none.
    pub id: String,
    /// The names under which it is told of.
    pub names: Vec<String>,
    /// The offices that it is told to hold, or to have held.
    pub offices: Vec<String>,
    /// Bodies it belongs to.
    pub organisations: Vec<String>,
    /// Sides it speaks for.
    pub sides: Vec<String>,
    /// Its nationalities.
    pub nationalities: Vec<String>,
    /// Events it takes part in, whatever reviewers say of them.
    pub events: u32,
}

impl Ledger {
    /// Participants by their ids; those of a country where one is named, with a name that holds `words`.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn entity_page(
        &self,
        country: Option<&str>,
        words: Option<&str>,
        turn: &Turn<String>,
    ) -> Result<Page<Entity, String>, LedgerError> {
        let mut next = self.connection.prepare_cached(
            // One step in the index for each name, however many events have it.
            "SELECT min(coalesce(entity, name)) FROM participants WHERE coalesce(entity, name) > ?1",
        )?;
        let mut listed =
            country.map(|country| self.entities_of(country, turn.after.as_deref())).transpose()?;
        let words = words.map(str::to_lowercase);
        let mut page = Page { rows: Vec::new(), next: None };
        let mut at = turn.after.clone().unwrap_or_default();
        for _ in 0..LOOKED_AT {
            let found: Option<String> = match &mut listed {
                Some(listed) => listed.pop_front(),
                None => next.query_row([&at], |row| row.get(0))?,
            };
            let Some(found) = found else { return Ok(Page { next: None, ..page }) };
            if page.rows.len() >= turn.limit {
                return Ok(page);
            }
            at = found;
            page.next = Some(at.clone());
            if self.is_called(&at, words.as_deref())? {
                page.rows.extend(self.entity(&at)?);
            }
        }
        Ok(page)
    }

    /// All participants by their ids.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn entities(&self) -> Result<Vec<Entity>, LedgerError> {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let page = self.entity_page(None, None, &Turn { after, limit: LOOKED_AT, backwards: false })?;
            all.extend(page.rows);
            after = page.next;
            if after.is_none() {
                return Ok(all);
            }
        }
    }

    /// Ids of those who speak for a country, after one of them.
    fn entities_of(&self, country: &str, after: Option<&str>) -> Result<VecDeque<String>, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT coalesce(entity, name) FROM participants
             WHERE side = ?1 AND coalesce(entity, name) > ?2 ORDER BY 1",
        )?;
        let found = statement.query_map(params![country, after.unwrap_or_default()], |row| row.get(0))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Whether the id of a participant, or one of its names, holds these words in small letters.
    fn is_called(&self, id: &str, words: Option<&str>) -> Result<bool, LedgerError> {
        let Some(words) = words else { return Ok(true) };
        if id.to_lowercase().contains(words) {
            return Ok(true);
        }
        // From each name to the next one, however many events have it.
        let mut next = self.connection.prepare_cached(
            "SELECT min(name) FROM participants WHERE coalesce(entity, name) = ?1 AND name > ?2",
        )?;
        let mut name = String::new();
        while let Some(found) = next.query_row([id, &name], |row| row.get::<_, Option<String>>(0))? {
            if found.to_lowercase().contains(words) {
                return Ok(true);
            }
            name = found;
        }
        Ok(false)
    }

    /// A participant by its id.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn entity(&self, id: &str) -> Result<Option<Entity>, LedgerError> {
        let list =
            |column: &str| format!("json_group_array(DISTINCT {column}) FILTER (WHERE {column} IS NOT NULL)");
        let lists = ["name", "office", "organisation", "side", "nationality"].map(list).join(", ");
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT count(DISTINCT event), {lists} FROM participants WHERE coalesce(entity, name) = ?1"
        ))?;
        let (events, lists): (u32, [String; 5]) = statement.query_row([id], |row| {
            Ok((row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?]))
        })?;
        if events == 0 {
            return Ok(None);
        }
        let read = |json: &str| -> Result<Vec<String>, LedgerError> {
            let mut words: Vec<String> = serde_json::from_str(json)?;
            words.sort_unstable();
            Ok(words)
        };
        let [names, offices, organisations, sides, nationalities] = lists;
        Ok(Some(Entity {
            id: id.to_owned(),
            names: read(&names)?,
            offices: read(&offices)?,
            organisations: read(&organisations)?,
            sides: read(&sides)?,
            nationalities: read(&nationalities)?,
            events,
        }))
    }

    /// Ids of the entries in which a participant takes part, the newest first.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn events_of(&self, entity: &str, limit: usize) -> Result<Vec<String>, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT e.id FROM participants p JOIN events e ON e.n = p.event
             WHERE coalesce(p.entity, p.name) = ?1 ORDER BY e.first_day IS NULL, e.first_day DESC, e.id LIMIT ?2",
        )?;
        Ok(statement.query_map(params![entity, limit as i64], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }
}
