//! What files of others' codings repeat: kinds of events, actors and places, each with a number of its own.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::foreign_row::Numbers;
use super::imports::letters;
use crate::LedgerError;
use crate::foreign::{Actor, Batch, Kind, Place};

/// Actors, and places, whose numbers are remembered; beyond, an entry may stand twice, which does no harm.
const REMEMBERED: usize = 200_000;

/// Numbers of what files repeat; kept from one file to the next.
#[derive(Debug, Default)]
pub struct Dictionaries {
    kinds: BTreeMap<Kind, i64>,
    actors: BTreeMap<Actor, i64>,
    places: BTreeMap<Place, i64>,
    /// False before the first file, and after one that was given up with what it had added.
    pub(super) sure: bool,
}

impl Dictionaries {
    /// What the ledger has, the newest first where it is too much.
    pub(super) fn load(connection: &Connection) -> Result<Self, LedgerError> {
        let mut known = Self::default();
        let mut statement = connection.prepare("SELECT n FROM foreign_kinds")?;
        for number in statement.query_map([], |row| row.get(0))? {
            let number: i64 = number?;
            known.kinds.insert(super::foreign_read::kind(connection, number)?, number);
        }
        let mut statement = connection.prepare("SELECT n FROM foreign_actors ORDER BY n DESC LIMIT ?1")?;
        for number in statement.query_map([REMEMBERED as i64 / 2], |row| row.get(0))? {
            let number: i64 = number?;
            known.actors.insert(super::foreign_read::actor(connection, number)?, number);
        }
        let mut statement = connection.prepare("SELECT n FROM foreign_places ORDER BY n DESC LIMIT ?1")?;
        for number in statement.query_map([REMEMBERED as i64 / 2], |row| row.get(0))? {
            let number: i64 = number?;
            known.places.insert(super::foreign_read::place(connection, number)?, number);
        }
        Ok(known)
    }

    /// Numbers of all that the batch's rows point at; what has none gets one.
    pub(super) fn numbers(&mut self, connection: &Connection, batch: &Batch) -> Result<Numbers, LedgerError> {
        let mut addresses = Vec::with_capacity(batch.addresses.len());
        let mut statement =
            connection.prepare_cached("INSERT INTO foreign_addresses (address) VALUES (?1)")?;
        for address in &batch.addresses {
            addresses.push(statement.insert([address])?);
        }
        Ok(Numbers {
            kinds: look_up(&mut self.kinds, &batch.kinds, |kind| add_kind(connection, kind))?,
            actors: look_up(&mut self.actors, &batch.actors, |actor| add_actor(connection, actor))?,
            places: look_up(&mut self.places, &batch.places, |place| add_place(connection, place))?,
            addresses,
        })
    }
}

/// Finds the number of each, and adds those that have none.
fn look_up<K: Ord + Clone>(
    known: &mut BTreeMap<K, i64>,
    wanted: &[K],
    add: impl Fn(&K) -> Result<i64, rusqlite::Error>,
) -> Result<Vec<i64>, LedgerError> {
    let mut numbers = Vec::with_capacity(wanted.len());
    for key in wanted {
        if let Some(number) = known.get(key) {
            numbers.push(*number);
            continue;
        }
        if known.len() >= REMEMBERED {
            known.clear();
        }
        let number = add(key)?;
        known.insert(key.clone(), number);
        numbers.push(number);
    }
    Ok(numbers)
}

fn add_kind(connection: &Connection, kind: &Kind) -> Result<i64, rusqlite::Error> {
    connection
        .prepare_cached(
            "INSERT INTO foreign_kinds (event_type, mode, cameo, given, status, x_of, contexts, quad)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .insert(params![
            kind.event_type.map(verbale_model::ontology::EventType::as_str),
            kind.mode,
            kind.cameo,
            kind.given,
            kind.status.as_str(),
            kind.x_of.map(verbale_model::ontology::EventType::as_str),
            serde_json::Value::from(kind.contexts.clone()).to_string(),
            kind.quad,
        ])
}

fn add_actor(connection: &Connection, actor: &Actor) -> Result<i64, rusqlite::Error> {
    connection
        .prepare_cached(
            "INSERT INTO foreign_actors (state, name, code, country, sectors, office, level, serving)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .insert(params![
            actor.state.as_ref().map(letters),
            actor.name,
            actor.code,
            actor.country,
            actor.sectors,
            actor.office,
            actor.level,
            actor.serving,
        ])
}

fn add_place(connection: &Connection, place: &Place) -> Result<i64, rusqlite::Error> {
    connection
        .prepare_cached(
            "INSERT INTO foreign_places (name, country, lat, lon, geonames) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .insert(params![place.name, place.country, place.lat, place.lon, place.geonames])
}
