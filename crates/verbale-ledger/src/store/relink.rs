//! Tellings to entries: links are made for what is new, and entries anew where links changed.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rusqlite::{Connection, params};

use super::rows;
use super::rulings;
use crate::candidates::{HOT, OF_HOT, led_to, sharing_most};
use crate::entries::linked;
use crate::link::{COMPARED, Edge, Profile};
use crate::period::bounds;
use crate::review::{self, Placed, Review};
use crate::{Entry, LedgerError, Telling};

/// Links the current tellings of these documents anew, and makes the entries of all that hangs
/// together with them.
pub(super) fn relink(connection: &Connection, documents: &BTreeSet<i64>) -> Result<(), LedgerError> {
    let mut loaded = Loaded { connection, tellings: BTreeMap::new() };
    let mut touched = BTreeSet::new();
    let mut current = BTreeSet::new();
    for document in documents {
        for telling in tellings_of(connection, *document)? {
            touched.extend(forget(connection, telling)?);
            current.insert(telling);
        }
    }
    compare(&mut loaded, &current)?;
    touched.extend(current);
    rebuild(&mut loaded, touched)
}

/// Takes the tellings of a document out of the current ones; returns the tellings that shared an entry or
/// a link with them, whose entries are to be [`rebuilt`].
pub(super) fn retire(connection: &Connection, document: i64) -> Result<BTreeSet<i64>, LedgerError> {
    let tellings = tellings_of(connection, document)?;
    let mut fellows = BTreeSet::new();
    for telling in &tellings {
        fellows.extend(forget(connection, *telling)?);
    }
    for telling in &tellings {
        drop_entry(connection, *telling)?;
        fellows.remove(telling);
    }
    connection.prepare_cached("UPDATE tellings SET current = 0 WHERE document = ?1")?.execute([document])?;
    Ok(fellows)
}

/// Makes the entries of everything that hangs together with these tellings anew.
pub(super) fn rebuilt(connection: &Connection, tellings: BTreeSet<i64>) -> Result<(), LedgerError> {
    rebuild(&mut Loaded { connection, tellings: BTreeMap::new() }, tellings)
}

/// Drops the links and keys of a telling; returns the tellings that were linked to it or share its entry.
fn forget(connection: &Connection, telling: i64) -> Result<BTreeSet<i64>, LedgerError> {
    forget_keys(connection, telling)?;
    let mut fellows: BTreeSet<i64> = connection
        .prepare_cached("DELETE FROM links WHERE a = ?1 RETURNING b")?
        .query_map([telling], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for fellow in &fellows {
        connection
            .prepare_cached("DELETE FROM links WHERE a = ?1 AND b = ?2")?
            .execute([fellow, &telling])?;
    }
    fellows.extend(members(connection, telling)?);
    fellows.remove(&telling);
    Ok(fellows)
}

/// Drops the keys of a telling.
fn forget_keys(connection: &Connection, telling: i64) -> Result<(), LedgerError> {
    let keys: Option<Vec<u8>> = connection
        .prepare_cached("DELETE FROM telling_keys WHERE telling = ?1 RETURNING keys")?
        .query_map([telling], |row| row.get(0))?
        .collect::<Result<Vec<_>, _>>()?
        .pop();
    let mut statement = connection.prepare_cached("DELETE FROM link_keys WHERE key = ?1 AND telling = ?2")?;
    for key in keys.iter().flat_map(|keys| keys.as_chunks::<8>().0) {
        statement.execute([i64::from_le_bytes(*key), telling])?;
    }
    Ok(())
}

/// Notes the keys of a telling.
fn note_keys(connection: &Connection, telling: i64, keys: &[i64]) -> Result<(), LedgerError> {
    let mut statement =
        connection.prepare_cached("INSERT OR IGNORE INTO link_keys (key, telling) VALUES (?1, ?2)")?;
    for key in keys {
        statement.execute([*key, telling])?;
    }
    let bytes: Vec<u8> = keys.iter().flat_map(|key| key.to_le_bytes()).collect();
    connection
        .prepare_cached("INSERT OR REPLACE INTO telling_keys (telling, keys) VALUES (?1, ?2)")?
        .execute(params![telling, bytes])?;
    Ok(())
}

/// The tellings that share most keys with one, as far as they are to be compared.
fn candidates(connection: &Connection, telling: i64, keys: &[i64]) -> Result<Vec<i64>, LedgerError> {
    let mut statement = connection.prepare_cached(
        "SELECT telling FROM link_keys WHERE key = ?1 AND telling <> ?2 ORDER BY telling DESC LIMIT ?3",
    )?;
    let mut sharing = Vec::new();
    for key in keys {
        let found = statement
            .query_map(params![key, telling, HOT as u32 + 1], |row| row.get(0))?
            .collect::<Result<Vec<i64>, _>>()?;
        sharing.extend(led_to(found, OF_HOT).unwrap_or_default());
    }
    Ok(sharing_most(sharing, 1, COMPARED).into_iter().map(|(_, other)| other).collect())
}

/// All tellings of the entry that a telling belongs to.
fn members(connection: &Connection, telling: i64) -> Result<Vec<i64>, LedgerError> {
    let mut statement = connection.prepare_cached(
        "SELECT n FROM tellings WHERE event = (SELECT event FROM tellings WHERE n = ?1) AND current",
    )?;
    Ok(statement.query_map([telling], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

fn tellings_of(connection: &Connection, document: i64) -> Result<Vec<i64>, LedgerError> {
    let mut statement =
        connection.prepare_cached("SELECT n FROM tellings WHERE document = ?1 AND current ORDER BY n")?;
    Ok(statement.query_map([document], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Tellings that were read once in this transaction.
struct Loaded<'c> {
    connection: &'c Connection,
    tellings: BTreeMap<i64, Rc<Telling>>,
}

impl Loaded<'_> {
    fn get(&mut self, number: i64) -> Result<Rc<Telling>, LedgerError> {
        if let Some(telling) = self.tellings.get(&number) {
            return Ok(Rc::clone(telling));
        }
        let telling = Rc::new(rows::telling(self.connection, number)?);
        self.tellings.insert(number, Rc::clone(&telling));
        Ok(telling)
    }
}

/// Notes the keys of new tellings, compares each with those that share one, and notes the links found.
fn compare(loaded: &mut Loaded<'_>, new: &BTreeSet<i64>) -> Result<(), LedgerError> {
    let connection = loaded.connection;
    let mut pairs = BTreeSet::new();
    for number in new {
        let telling = loaded.get(*number)?;
        let keys = Profile::of(&telling).short_keys();
        for other in candidates(connection, *number, &keys)? {
            pairs.insert((other.min(*number), other.max(*number)));
        }
        note_keys(connection, *number, &keys)?;
    }
    for (a, b) in &pairs {
        loaded.get(*a)?;
        loaded.get(*b)?;
    }
    let mut profiles: BTreeMap<i64, Profile<'_>> = BTreeMap::new();
    for number in pairs.iter().flat_map(|(a, b)| [*a, *b]) {
        if let Some(telling) = loaded.tellings.get(&number) {
            profiles.entry(number).or_insert_with(|| Profile::of(telling));
        }
    }
    let mut statement = connection
        .prepare_cached("INSERT OR REPLACE INTO links (a, b, score, reasons) VALUES (?1, ?2, ?3, ?4)")?;
    for (a, b) in pairs {
        let (Some(one), Some(other)) = (profiles.get(&a), profiles.get(&b)) else { continue };
        let Some(found) = one.compare(other) else { continue };
        let reasons = serde_json::to_string(&found.reasons)?;
        statement.execute(params![a, b, found.score, reasons])?;
        statement.execute(params![b, a, found.score, ""])?;
    }
    Ok(())
}

/// Makes the entries of every component that holds one of these tellings.
fn rebuild(loaded: &mut Loaded<'_>, mut left: BTreeSet<i64>) -> Result<(), LedgerError> {
    let connection = loaded.connection;
    let mut components = Vec::new();
    let mut current = connection.prepare_cached("SELECT 1 FROM tellings WHERE n = ?1 AND current")?;
    while let Some(seed) = left.pop_first() {
        // A fellow of one document may have been retired with another of the same batch.
        if !current.exists([seed])? {
            continue;
        }
        let component = component(connection, seed)?;
        for member in &component {
            left.remove(member);
        }
        components.push(component);
    }
    // All old entries go before new ones come, for a telling's id may pass from one to another.
    for telling in components.iter().flatten() {
        drop_entry(connection, *telling)?;
    }
    for component in &components {
        let tellings = component.iter().map(|n| loaded.get(*n)).collect::<Result<Vec<_>, _>>()?;
        let reviewed = Reviewed::of(connection, &tellings)?;
        write_component(connection, component, &tellings, &reviewed)?;
    }
    Ok(())
}

/// All current tellings that hang together with one through links, entries and rulings, in the order
/// of their names.
fn component(connection: &Connection, seed: i64) -> Result<Vec<i64>, LedgerError> {
    let mut seen = BTreeSet::from([seed]);
    let mut open = vec![seed];
    let mut named = BTreeMap::new();
    let mut linked = connection.prepare_cached("SELECT b FROM links WHERE a = ?1")?;
    let mut name = connection.prepare_cached(
        "SELECT d.id, t.id, d.sha256 FROM tellings t JOIN documents d ON d.n = t.document WHERE t.n = ?1",
    )?;
    while let Some(telling) = open.pop() {
        let (document, id, sha256): (String, String, String) =
            name.query_row([telling], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        named.insert((document, id), telling);
        let mut fellows: Vec<i64> =
            linked.query_map([telling], |row| row.get(0))?.collect::<Result<_, _>>()?;
        fellows.extend(members(connection, telling)?);
        fellows.extend(rulings::ruled_together(connection, &sha256)?);
        open.extend(fellows.into_iter().filter(|fellow| seen.insert(*fellow)));
    }
    Ok(named.into_values().collect())
}

fn drop_entry(connection: &Connection, telling: i64) -> Result<(), LedgerError> {
    let event: Option<i64> = connection
        .prepare_cached("SELECT event FROM tellings WHERE n = ?1")?
        .query_row([telling], |row| row.get(0))?;
    let Some(event) = event else { return Ok(()) };
    connection.prepare_cached("UPDATE tellings SET event = NULL WHERE event = ?1")?.execute([event])?;
    connection.prepare_cached("DELETE FROM events WHERE n = ?1")?.execute([event])?;
    Ok(())
}

fn write_component(
    connection: &Connection,
    numbers: &[i64],
    tellings: &[Rc<Telling>],
    reviewed: &Reviewed,
) -> Result<(), LedgerError> {
    let places: BTreeMap<i64, usize> = numbers.iter().enumerate().map(|(at, n)| (*n, at)).collect();
    let mut edges = Vec::new();
    let mut links =
        connection.prepare_cached("SELECT b, score, reasons FROM links WHERE a = ?1 AND b > ?1")?;
    for (at, number) in numbers.iter().enumerate() {
        let mut found = links.query([number])?;
        while let Some(row) = found.next()? {
            let Some(other) = places.get(&row.get::<_, i64>(0)?).copied() else { continue };
            let reasons = serde_json::from_str(row.get_ref(2)?.as_str().unwrap_or_default())?;
            edges.push(Edge { a: at.min(other), b: at.max(other), score: row.get(1)?, reasons });
        }
    }
    let tellings: Vec<&Telling> = tellings.iter().map(Rc::as_ref).collect();
    let force = review::in_force(&reviewed.reviews);
    let placed = Placed::new(&force, &reviewed.tellings.iter().collect::<Vec<_>>());
    for (cluster, entry) in linked(&tellings, &edges, &placed) {
        let event = write_entry(connection, &entry)?;
        for number in cluster.members.iter().filter_map(|at| numbers.get(*at)) {
            connection
                .prepare_cached("UPDATE tellings SET event = ?1 WHERE n = ?2")?
                .execute([event, *number])?;
        }
    }
    Ok(())
}

/// Reviews of some texts, and all tellings that they may speak of.
pub(super) struct Reviewed {
    pub reviews: Vec<Review>,
    pub tellings: Vec<Telling>,
}

impl Reviewed {
    /// The reviews of the texts of some tellings.
    pub(super) fn of<T: AsRef<Telling>>(
        connection: &Connection,
        tellings: &[T],
    ) -> Result<Self, LedgerError> {
        let texts = tellings.iter().map(|telling| telling.as_ref().source.sha256.as_str());
        let reviews = rulings::of_texts(connection, texts)?;
        let tellings =
            if reviews.is_empty() { Vec::new() } else { rulings::tellings_of(connection, &reviews)? };
        Ok(Self { reviews, tellings })
    }
}

fn write_entry(connection: &Connection, entry: &Entry) -> Result<i64, LedgerError> {
    let event = &entry.event;
    let days = event.date.as_ref().and_then(|date| bounds(&date.edtf));
    let [first, last] = [days.and_then(|days| days.first), days.and_then(|days| days.last)];
    let place = event.place.as_ref();
    connection
        .prepare_cached(
            "INSERT INTO events (id, event_type, mode, cameo, status, edtf, first_day, last_day, place, country,
               channel, setting, formality, confirmation, confidence, documents, sources, link_score,
               link_reasons, superseded, verdict, edited, conflicts)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
               ?21, ?22, ?23)",
        )?
        .execute(params![
            event.id,
            event.event_type.as_str(),
            event.mode.map(verbale_model::ontology::Mode::as_str),
            event.cameo,
            event.status.as_str(),
            event.date.as_ref().map(|date| &date.edtf),
            first.map(|day| day.to_string()),
            last.map(|day| day.to_string()),
            place.map(|place| &place.name),
            place.and_then(|place| place.country.as_ref()),
            event.channel.map(verbale_model::Channel::as_str),
            event.setting.map(verbale_model::Setting::as_str),
            event.formality.map(verbale_model::Formality::as_str),
            event.confirmation.state.as_str(),
            f64::from(event.confidence),
            entry.documents,
            entry.sources,
            f64::from(entry.link_score),
            serde_json::to_string(&entry.link_reasons)?,
            entry.superseded,
            entry.review.verdict.as_str(),
            entry.review.edited.len() as u32,
            entry.review.conflicts.len() as u32,
        ])?;
    let number = connection.last_insert_rowid();
    let mut statement = connection.prepare_cached(
        "INSERT INTO participants (event, position, name, entity, role, part, office, organisation, side,
           nationality, sector, serving, level)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?;
    for (position, who) in event.participants.iter().enumerate() {
        statement.execute(params![
            number,
            position as u32,
            who.name,
            who.entity,
            who.role.as_str(),
            who.part.map(verbale_model::Part::as_str),
            who.office,
            who.organisation,
            who.side,
            who.nationality,
            who.sector.map(verbale_model::ontology::Sector::as_str),
            who.serving,
            who.level,
        ])?;
    }
    Ok(number)
}
