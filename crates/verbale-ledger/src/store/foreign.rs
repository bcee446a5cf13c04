//! Others' codings come in: one file in one transaction, sorted by where they lie, so that few pages are touched.

use std::collections::BTreeMap;

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ToSql, Transaction, TransactionBehavior, params};

use super::add::OpenRun;
use super::file::Ledger;
use super::imports::{About, Imported, Tally};
use crate::LedgerError;
use crate::foreign::{Actor, Batch, Count, Kind, Pair, Place, Row, SourceId, Way};

/// Rows that wait to be sorted and written.
const WINDOW: usize = 1 << 18;

/// Actors, and places, whose numbers are remembered; beyond, an entry may stand twice, which does no harm.
const REMEMBERED: usize = 200_000;

/// Bit of a row's number that says that several rows may tell of it.
const MEETING: i64 = 1 << 62;

/// Numbers of what files repeat; kept from one file to the next.
#[derive(Debug, Default)]
pub struct Dictionaries {
    kinds: BTreeMap<Kind, i64>,
    actors: BTreeMap<Actor, i64>,
    places: BTreeMap<Place, i64>,
    /// False before the first file, and after one that was given up with what it had added.
    sure: bool,
}

/// A file on its way into the ledger; given up unless it is finished.
pub struct Import<'l> {
    transaction: Transaction<'l>,
    known: &'l mut Dictionaries,
    run: &'l mut OpenRun,
    opened: i64,
    number: i64,
    about: About,
    waiting: Vec<Stored>,
    stored: u64,
    told: u64,
}

/// A row as it lies in the file.
struct Stored {
    pair: Pair,
    day: i32,
    n: i64,
    id: SourceId,
    last: i32,
    kind: i64,
    one: Option<i64>,
    two: Option<i64>,
    way: u8,
    goldstein: Option<i32>,
    score: Option<i32>,
    mentions: Option<u32>,
    sources: Option<u32>,
    articles: Option<u32>,
    place: Option<i64>,
    address: Option<i64>,
    rows: u32,
}

impl Ledger {
    /// Begins to take in a file as part of a run, which begins with the first file that is finished.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn import<'l>(
        &'l mut self,
        run: &'l mut OpenRun,
        known: &'l mut Dictionaries,
        about: About,
    ) -> Result<Import<'l>, LedgerError> {
        // Sorted rows touch the last page of each pair of states; these should stay in memory.
        self.connection.pragma_update(None, "cache_size", -262_144)?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if !known.sure {
            *known = Dictionaries::load(&transaction)?;
        }
        known.sure = false;
        let opened = run.begin(&transaction)?;
        transaction.execute(
            "INSERT INTO imports (run, format, name, sha256, settings, rows, stored, merged, filtered, refused)
             VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, 0, 0, 0)",
            params![opened, about.format, about.name, about.sha256, about.settings],
        )?;
        let number = transaction.last_insert_rowid();
        Ok(Import { transaction, known, run, opened, number, about, waiting: Vec::new(), stored: 0, told: 0 })
    }
}

impl Import<'_> {
    /// Takes rows, which must come in the order of the file.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn take(&mut self, batch: &Batch) -> Result<(), LedgerError> {
        let at = self.numbers(batch)?;
        for row in &batch.rows {
            let stored = Stored::new(batch, row, &at);
            if !row.more.is_empty() {
                self.parties(batch, row, &stored, &at)?;
            }
            self.waiting.push(stored);
        }
        if self.waiting.len() >= WINDOW {
            self.flush()?;
        }
        self.count(&batch.mentions)?;
        self.vote(batch)
    }

    /// Commits, with what the reader has to say of the file; `stored` and `merged` are the ledger's own to say.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn finish(mut self, tally: Tally) -> Result<Imported, LedgerError> {
        self.flush()?;
        let merged = self.told - self.stored;
        let tally = Tally { stored: self.stored, merged, ..tally };
        let [rows, stored, filtered, refused] =
            [tally.rows, tally.stored, tally.filtered, tally.refused].map(|n| n as i64);
        self.transaction.execute(
            "UPDATE imports SET rows = ?2, stored = ?3, merged = ?4, filtered = ?5, refused = ?6 WHERE n = ?1",
            params![self.number, rows, stored, merged as i64, filtered, refused],
        )?;
        self.transaction.execute(
            "INSERT INTO inputs (run, name, documents, stored, refused) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET documents = documents + ?3, stored = stored + ?4, refused = refused + ?5",
            params![self.opened, self.about.name, rows, stored, refused],
        )?;
        let Self { transaction, known, run, opened, number, about, .. } = self;
        transaction.commit()?;
        known.sure = true;
        run.run = Some(opened);
        let About { format, name, sha256, settings } = about;
        Ok(Imported { import: number, run: opened, format, name, sha256, settings, tally })
    }

    /// Writes what waits, in the order in which it lies in the file; rows of one meeting are put together.
    fn flush(&mut self) -> Result<(), LedgerError> {
        self.waiting.sort_by(|a, b| a.place_in_file().cmp(&b.place_in_file()).then_with(|| a.id.cmp(&b.id)));
        let mut statement = self.transaction.prepare_cached(INSERT)?;
        let mut waiting = self.waiting.drain(..).peekable();
        while let Some(mut row) = waiting.next() {
            while row.n & MEETING != 0
                && let Some(same) = waiting.next_if(|next| next.place_in_file() == row.place_in_file())
            {
                row.join(&same);
            }
            self.told += u64::from(row.rows);
            let (one, two) = row.pair.words();
            let rows = (row.rows > 1).then_some(row.rows);
            let last = (row.last != row.day).then_some(row.last);
            let params = params![
                one,
                two,
                row.day,
                self.number,
                row.n,
                row.id,
                last,
                row.kind,
                row.one,
                row.two,
                row.way,
                row.goldstein,
                row.score,
                row.mentions,
                row.sources,
                row.articles,
                row.place,
                row.address,
                rows,
            ];
            if row.n & MEETING == 0 {
                statement.execute(params)?;
                self.stored += 1;
            } else {
                let mut meeting = self.transaction.prepare_cached(JOIN)?;
                let all: Option<u32> = meeting.query_row(params, |row| row.get(0))?;
                self.stored += u64::from(all.unwrap_or(1) == row.rows);
            }
        }
        Ok(())
    }

    /// Numbers of all that the batch's rows point at.
    fn numbers(&mut self, batch: &Batch) -> Result<Numbers, LedgerError> {
        let connection: &Connection = &self.transaction;
        let known = &mut *self.known;
        Ok(Numbers {
            kinds: look_up(&mut known.kinds, &batch.kinds, |kind| add_kind(connection, kind))?,
            actors: look_up(&mut known.actors, &batch.actors, |actor| add_actor(connection, actor))?,
            places: look_up(&mut known.places, &batch.places, |place| add_place(connection, place))?,
            addresses: batch
                .addresses
                .iter()
                .map(|address| {
                    connection
                        .prepare_cached("INSERT INTO foreign_addresses (address) VALUES (?1)")?
                        .insert([address])
                })
                .collect::<Result<_, _>>()?,
        })
    }

    /// Writes the participants of an event of more than two.
    fn parties(&self, batch: &Batch, row: &Row, stored: &Stored, at: &Numbers) -> Result<(), LedgerError> {
        let mut statement = self.transaction.prepare_cached(
            "INSERT OR IGNORE INTO foreign_parties (import, n, position, actor, acts) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        let both = row.way == Way::Both;
        let all = || {
            let two = row.actor.map(|at| (at, true)).into_iter().chain(row.recipient.map(|at| (at, both)));
            two.chain(row.more.iter().copied())
        };
        for (position, (actor, acts)) in all().enumerate() {
            let actor = at.actors.get(actor as usize);
            statement.execute(params![self.number, stored.n, position as u32, actor, acts])?;
        }
        if stored.pair != Pair::Many {
            return Ok(());
        }
        let mut statement = self.transaction.prepare_cached(
            "INSERT OR IGNORE INTO foreign_many (state, day, import, n) VALUES (?1, ?2, ?3, ?4)",
        )?;
        for (actor, _) in all() {
            let Some(code) = batch.actors.get(actor as usize).and_then(|actor| actor.state) else { continue };
            statement.execute(params![letters(&code), stored.day, self.number, stored.n])?;
        }
        Ok(())
    }

    fn count(&mut self, mentions: &[Count]) -> Result<(), LedgerError> {
        let mut statement = self.transaction.prepare_cached(
            "INSERT INTO foreign_mentions (id, import, mentions, confidence) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET mentions = mentions + ?3, confidence = confidence + ?4 RETURNING mentions",
        )?;
        for Count { id, mentions, confidence } in mentions {
            let all: u32 = statement
                .query_row(params![id, self.number, mentions, *confidence as i64], |row| row.get(0))?;
            self.told += u64::from(*mentions);
            self.stored += u64::from(all == *mentions);
        }
        Ok(())
    }

    fn vote(&mut self, batch: &Batch) -> Result<(), LedgerError> {
        let mut statement = self.transaction.prepare_cached(
            "INSERT OR IGNORE INTO votes (import, roll_call, state, day, vote) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for (roll_call, day, state, vote) in &batch.votes {
            let new = statement.execute(params![self.number, roll_call, letters(state), day, vote])?;
            self.told += 1;
            self.stored += new as u64;
        }
        Ok(())
    }
}

const INSERT: &str =
    "INSERT INTO foreign_events (one, two, day, import, n, id, last, kind, actor, other, way,
    goldstein, score, mentions, sources, articles, place, address, rows)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)";

/// As [`Stored::join`] does, for rows of a meeting that was written before.
const JOIN: &str = "INSERT INTO foreign_events (one, two, day, import, n, id, last, kind, actor, other, way,
    goldstein, score, mentions, sources, articles, place, address, rows)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
  ON CONFLICT DO UPDATE SET
    kind = iif(excluded.id < id, excluded.kind, kind), actor = iif(excluded.id < id, excluded.actor, actor),
    other = iif(excluded.id < id, excluded.other, other), place = iif(excluded.id < id, excluded.place, place),
    address = iif(excluded.id < id, excluded.address, address), id = min(id, excluded.id),
    last = nullif(max(coalesce(last, day), coalesce(excluded.last, day)), day), way = way | excluded.way,
    goldstein = coalesce(min(goldstein, excluded.goldstein), goldstein, excluded.goldstein),
    score = coalesce(min(score, excluded.score), score, excluded.score),
    mentions = coalesce(max(mentions, excluded.mentions), mentions, excluded.mentions),
    sources = coalesce(max(sources, excluded.sources), sources, excluded.sources),
    articles = coalesce(max(articles, excluded.articles), articles, excluded.articles),
    rows = coalesce(rows, 1) + coalesce(excluded.rows, 1)
  RETURNING rows";

impl Stored {
    fn new(batch: &Batch, row: &Row, at: &Numbers) -> Self {
        let pair = batch.pair(row);
        let state = |at: Option<u32>| batch.actors.get(at? as usize)?.state;
        let code = match pair {
            Pair::Of(_, two) => two,
            Pair::Many => None,
        };
        // The actor stands second when its state does and the recipient's does not. Two of one state stand in an
        // order of their own where several rows may tell of them.
        let alike = state(row.actor) == state(row.recipient) && row.meeting.is_some();
        let who = |at: Option<u32>| at.and_then(|at| batch.actors.get(at as usize));
        let turned = if alike {
            who(row.actor) > who(row.recipient)
        } else {
            code.is_some() && state(row.actor) == code && state(row.recipient) != code
        };
        let number = |at: &[i64], of: Option<u32>| at.get(of? as usize).copied();
        let (actor, recipient) = (number(&at.actors, row.actor), number(&at.actors, row.recipient));
        let way = match (row.way, turned) {
            (Way::Both, _) => 3,
            (Way::Forth, false) => 1,
            (Way::Forth, true) => 2,
        };
        Self {
            pair,
            day: row.first,
            n: row.meeting.map_or(row.line as i64, |key| (key >> 2) as i64 | MEETING),
            id: row.id.clone(),
            last: row.last,
            kind: at.kinds.get(row.kind as usize).copied().unwrap_or_default(),
            one: if turned { recipient } else { actor },
            two: if turned { actor } else { recipient },
            way,
            goldstein: row.goldstein,
            score: row.score,
            mentions: row.mentions,
            sources: row.sources,
            articles: row.articles,
            place: number(&at.places, row.place),
            address: number(&at.addresses, row.address),
            rows: 1,
        }
    }

    fn place_in_file(&self) -> (Pair, i32, i64) {
        (self.pair, self.day, self.n)
    }

    /// Another row that tells of the same meeting and has a higher id: the first names, the lowest score
    /// (a visit counts as one, whoever tells it), the highest counts.
    fn join(&mut self, other: &Self) {
        let most = |a: Option<u32>, b: Option<u32>| a.max(b);
        let least = |a: Option<i32>, b: Option<i32>| a.into_iter().chain(b).min();
        self.last = self.last.max(other.last);
        self.way |= other.way;
        self.goldstein = least(self.goldstein, other.goldstein);
        self.score = least(self.score, other.score);
        self.mentions = most(self.mentions, other.mentions);
        self.sources = most(self.sources, other.sources);
        self.articles = most(self.articles, other.articles);
        self.rows += other.rows;
    }
}

impl ToSql for SourceId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Number(number) => ToSqlOutput::Owned(Value::Integer(*number)),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        })
    }
}

/// Numbers of a batch's kinds, actors, places and addresses in the ledger.
struct Numbers {
    kinds: Vec<i64>,
    actors: Vec<i64>,
    places: Vec<i64>,
    addresses: Vec<i64>,
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

/// A code as text.
pub(super) fn letters(code: &[u8; 3]) -> &str {
    std::str::from_utf8(code).unwrap_or_default()
}

impl Dictionaries {
    /// What the ledger has, the newest first where it is too much.
    fn load(connection: &Connection) -> Result<Self, LedgerError> {
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
}
