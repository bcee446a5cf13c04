//! Others' codings come out: by state, partners, days and types, along the order in which they lie in the file.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::ToSpan as _;
use jiff::civil::Date;
use rusqlite::{Connection, Row, params};
use verbale_model::ontology::EventType;
use verbale_model::{Role, Status};

use super::file::Ledger;
use crate::LedgerError;
use crate::foreign::{Actor, Code, ForeignEvent, ForeignParticipant, Kind, Place, Wanted};
use crate::period::days;

/// Days that an event may have lasted when it reaches into a window.
const LONG: i32 = 366;

const COLUMNS: &str = "e.day, e.import, e.n, e.id, e.last, e.kind, e.actor, e.other, e.way, e.goldstein, e.score, \
                       e.mentions, e.sources, e.articles, e.place, e.address, e.rows";

impl Ledger {
    /// Others' codings of what a state did with its partners, each once: by first day, then by id.
    ///
    /// # Errors
    /// When `SQLite` fails, or a row does not read back.
    pub fn foreign(&self, wanted: &Wanted<'_>) -> Result<Vec<ForeignEvent>, LedgerError> {
        let mut found = Vec::new();
        self.each_foreign(wanted, |event| {
            found.push(event);
            Ok(())
        })?;
        found.sort_by(|a, b| (a.first, &a.id, a.import).cmp(&(b.first, &b.id, b.import)));
        Ok(found)
    }

    /// The same, as they lie in the file: partner by partner and day by day, those of three states or more last.
    ///
    /// # Errors
    /// When `SQLite` fails, a row does not read back, or `each` fails.
    pub fn each_foreign(
        &self,
        wanted: &Wanted<'_>,
        mut each: impl FnMut(ForeignEvent) -> Result<(), LedgerError>,
    ) -> Result<(), LedgerError> {
        if !self.has_imports()? {
            return Ok(());
        }
        let mut reader = Reader::new(&self.connection, wanted)?;
        let (from, to) = (reader.from.saturating_sub(LONG), reader.to);
        for (one, two) in self.pairs(wanted)? {
            let mut statement = self.connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM foreign_events e WHERE one = ?1 AND two = ?2 AND day BETWEEN ?3 AND ?4"
            ))?;
            let mut rows = statement.query(params![one, two, from, to])?;
            while let Some(row) = rows.next()? {
                if let Some(event) = reader.event(row)? {
                    each(event)?;
                }
            }
        }
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM foreign_many m JOIN foreign_events e
               ON e.one = '+' AND e.two = '+' AND e.day = m.day AND e.import = m.import AND e.n = m.n
             WHERE m.state = ?1 AND m.day BETWEEN ?2 AND ?3"
        ))?;
        let mut rows = statement.query(params![wanted.state, from, to])?;
        while let Some(row) = rows.next()? {
            let event = reader.event(row)?.filter(|event| {
                let among = |partner: &String| partner != wanted.state && event.with(partner);
                wanted.partners.is_empty() || wanted.partners.iter().any(among)
            });
            if let Some(event) = event {
                each(event)?;
            }
        }
        Ok(())
    }

    /// The address with a number.
    ///
    /// # Errors
    /// When there is none, or `SQLite` fails.
    pub fn foreign_address(&self, number: i64) -> Result<String, LedgerError> {
        let mut statement =
            self.connection.prepare_cached("SELECT address FROM foreign_addresses WHERE n = ?1")?;
        Ok(statement.query_row([number], |row| row.get(0))?)
    }

    /// How often a GDELT event was mentioned in the imported tables of mentions, and the mean of the coder's
    /// confidence in percent.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn mentions_of(&self, id: i64) -> Result<Option<(u32, f64)>, LedgerError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT sum(mentions), sum(confidence) FROM foreign_mentions WHERE id = ?1")?;
        let (mentions, confidence): (Option<u32>, Option<f64>) =
            statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let known = mentions.zip(confidence).filter(|(mentions, _)| *mentions > 0);
        Ok(known.map(|(mentions, confidence)| (mentions, confidence / f64::from(mentions))))
    }

    /// The pairs under which events of the state with its partners lie.
    fn pairs(&self, wanted: &Wanted<'_>) -> Result<Vec<(String, String)>, LedgerError> {
        let state = wanted.state.to_owned();
        if !wanted.partners.is_empty() {
            let pair =
                |partner: &String| (state.clone().min(partner.clone()), state.clone().max(partner.clone()));
            let mut pairs: Vec<_> =
                wanted.partners.iter().filter(|partner| **partner != state).map(pair).collect();
            pairs.sort();
            pairs.dedup();
            return Ok(pairs);
        }
        let connection = &self.connection;
        let mut pairs = vec![(String::new(), state.clone())];
        let mut before =
            connection.prepare_cached("SELECT min(one) FROM foreign_events WHERE one > ?1 AND one < ?2")?;
        // Those of nobody and of many stand before all states.
        let ones = jumps("+".to_owned(), |last| before.query_row([last, &state], |row| row.get(0)))?;
        pairs.extend(ones.into_iter().map(|one| (one, state.clone())));
        let mut after =
            connection.prepare_cached("SELECT min(two) FROM foreign_events WHERE one = ?2 AND two > ?1")?;
        let twos = jumps(String::new(), |last| after.query_row([last, &state], |row| row.get(0)))?;
        pairs.extend(twos.into_iter().map(|two| (state.clone(), two)));
        Ok(pairs)
    }
}

/// From one value of a column to the next: a jump each, however many rows have it.
fn jumps<T: Clone>(
    mut last: T,
    mut next: impl FnMut(&T) -> rusqlite::Result<Option<T>>,
) -> Result<Vec<T>, LedgerError> {
    let mut found = Vec::new();
    while let Some(value) = next(&last)? {
        last.clone_from(&value);
        found.push(value);
    }
    Ok(found)
}

/// Makes events of rows; what rows share is read once.
struct Reader<'l> {
    connection: &'l Connection,
    types: &'l [EventType],
    from: i32,
    to: i32,
    imports: BTreeMap<i64, String>,
    /// Imports that have events of more than two.
    parties: Vec<i64>,
    kinds: BTreeMap<i64, Arc<Kind>>,
    actors: BTreeMap<i64, Arc<Actor>>,
    places: BTreeMap<i64, Arc<Place>>,
}

impl<'l> Reader<'l> {
    fn new(connection: &'l Connection, wanted: &Wanted<'l>) -> Result<Self, LedgerError> {
        let mut statement = connection.prepare_cached("SELECT n, format FROM imports")?;
        let formats = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut imports: BTreeMap<i64, String> = formats.collect::<Result<_, _>>()?;
        imports.retain(|import, _| wanted.imports.is_empty() || wanted.imports.contains(import));
        let mut statement =
            connection.prepare_cached("SELECT min(import) FROM foreign_parties WHERE import > ?1")?;
        let parties = jumps(i64::MIN, |last| statement.query_row([last], |row| row.get(0)))?;
        Ok(Self {
            connection,
            parties,
            types: wanted.types,
            from: wanted.window.first.map_or(i32::MIN, days),
            to: wanted.window.last.map_or(i32::MAX, days),
            imports,
            kinds: BTreeMap::new(),
            actors: BTreeMap::new(),
            places: BTreeMap::new(),
        })
    }

    /// The event of a row, if it is one of those asked for.
    fn event(&mut self, row: &Row<'_>) -> Result<Option<ForeignEvent>, LedgerError> {
        let connection = self.connection;
        let number: i64 = row.get(5)?;
        let kind = shared(&mut self.kinds, number, || kind(connection, number))?;
        let among = kind.event_type.is_some_and(|of| self.types.contains(&of));
        if !self.types.is_empty() && !among {
            return Ok(None);
        }
        let import: i64 = row.get(1)?;
        let Some(format) = self.imports.get(&import) else { return Ok(None) };
        let day: i32 = row.get(0)?;
        let last = row.get::<_, Option<i32>>(4)?.unwrap_or(day);
        if last < self.from {
            return Ok(None);
        }
        let id = match row.get_ref(3)? {
            rusqlite::types::ValueRef::Integer(number) => format!("{format}:{number}"),
            other => format!("{format}:{}", other.as_str().unwrap_or_default()),
        };
        let hundredths = |value: Option<f64>| value.map(|value| value / 100.0);
        let place = match row.get::<_, Option<i64>>(14)? {
            Some(number) => Some(shared(&mut self.places, number, || place(connection, number))?),
            None => None,
        };
        Ok(Some(ForeignEvent {
            id,
            import,
            first: date(day)?,
            last: date(last)?,
            participants: self.participants(row, &kind)?,
            kind,
            goldstein: hundredths(row.get(9)?),
            score: hundredths(row.get(10)?),
            mentions: row.get(11)?,
            sources: row.get(12)?,
            articles: row.get(13)?,
            place,
            address: row.get(15)?,
            rows: row.get::<_, Option<u32>>(16)?.unwrap_or(1),
        }))
    }

    fn participants(&mut self, row: &Row<'_>, kind: &Kind) -> Result<Vec<ForeignParticipant>, LedgerError> {
        let connection = self.connection;
        let (import, n): (i64, i64) = (row.get(1)?, row.get(2)?);
        let (one, two): (Option<i64>, Option<i64>) = (row.get(6)?, row.get(7)?);
        let way: u8 = row.get(8)?;
        let mut all: Vec<(i64, bool)> = Vec::with_capacity(2);
        if self.parties.binary_search(&import).is_ok() {
            let mut statement = connection.prepare_cached(
                "SELECT actor, acts FROM foreign_parties WHERE import = ?1 AND n = ?2 ORDER BY position",
            )?;
            let listed = statement.query_map([import, n], |row| Ok((row.get(0)?, row.get(1)?)))?;
            all = listed.collect::<Result<_, _>>()?;
        }
        if all.is_empty() {
            let first = one.map(|one| (one, way & 1 != 0));
            let second = two.map(|two| (two, way & 2 != 0));
            all.extend(first.into_iter().chain(second));
            all.sort_by_key(|(_, acts)| !acts);
        }
        // Who consult without travelling do so both: a row names one of them first because it must.
        let both = kind.event_type == Some(EventType::Consult) && kind.mode.as_deref() != Some("visit");
        let role = |acts: bool| if acts || both { Role::Actor } else { Role::Recipient };
        let mut found = Vec::with_capacity(all.len());
        for (number, acts) in all {
            let actor = shared(&mut self.actors, number, || actor(connection, number))?;
            found.push(ForeignParticipant { actor, role: role(acts) });
        }
        Ok(found)
    }
}

/// What has a number, read once.
fn shared<T>(
    known: &mut BTreeMap<i64, Arc<T>>,
    number: i64,
    read: impl FnOnce() -> Result<T, LedgerError>,
) -> Result<Arc<T>, LedgerError> {
    if let Some(found) = known.get(&number) {
        return Ok(found.clone());
    }
    let found = Arc::new(read()?);
    known.insert(number, found.clone());
    Ok(found)
}

fn date(day: i32) -> Result<Date, LedgerError> {
    Date::constant(1970, 1, 1)
        .checked_add(day.days())
        .map_err(|_| LedgerError::Corrupt(format!("day {day} of a foreign coding is no day")))
}

fn code(text: Option<String>) -> Option<Code> {
    text.and_then(|text| text.into_bytes().try_into().ok())
}

fn status(word: &str) -> Status {
    let all = [Status::Held, Status::Planned, Status::Cancelled, Status::Denied, Status::Hypothetical];
    all.into_iter().find(|status| status.as_str() == word).unwrap_or(Status::Held)
}

/// The kind with a number.
pub(super) fn kind(connection: &Connection, number: i64) -> Result<Kind, LedgerError> {
    let mut statement = connection.prepare_cached(
        "SELECT event_type, mode, cameo, given, status, x_of, contexts, quad FROM foreign_kinds WHERE n = ?1",
    )?;
    let of = |text: Option<String>| text.and_then(|text| EventType::parse(&text));
    let (kind, contexts): (Kind, String) = statement.query_row([number], |row| {
        let kind = Kind {
            event_type: of(row.get(0)?),
            mode: row.get(1)?,
            cameo: row.get(2)?,
            given: row.get(3)?,
            status: status(&row.get::<_, String>(4)?),
            x_of: of(row.get(5)?),
            contexts: Vec::new(),
            quad: row.get(7)?,
        };
        Ok((kind, row.get(6)?))
    })?;
    Ok(Kind { contexts: serde_json::from_str(&contexts)?, ..kind })
}

/// The actor with a number.
pub(super) fn actor(connection: &Connection, number: i64) -> Result<Actor, LedgerError> {
    let mut statement = connection.prepare_cached(
        "SELECT state, name, code, country, sectors, office, level, serving FROM foreign_actors WHERE n = ?1",
    )?;
    Ok(statement.query_row([number], |row| {
        Ok(Actor {
            state: code(row.get(0)?),
            name: row.get(1)?,
            code: row.get(2)?,
            country: row.get(3)?,
            sectors: row.get(4)?,
            office: row.get(5)?,
            level: row.get(6)?,
            serving: row.get(7)?,
        })
    })?)
}

/// The place with a number.
pub(super) fn place(connection: &Connection, number: i64) -> Result<Place, LedgerError> {
    let mut statement = connection
        .prepare_cached("SELECT name, country, lat, lon, geonames FROM foreign_places WHERE n = ?1")?;
    Ok(statement.query_row([number], |row| {
        Ok(Place {
            name: row.get(0)?,
            country: row.get(1)?,
            lat: row.get(2)?,
            lon: row.get(3)?,
            geonames: row.get(4)?,
        })
    })?)
}
