//! Others' codings come in: one file in one transaction, its events sorted by where they lie, so that each page of the
//! ledger is touched once.

use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Statement, ToSql, Transaction, TransactionBehavior, params};

use super::add::OpenRun;
use super::file::Ledger;
use super::foreign_names::Dictionaries;
use super::foreign_row::{Numbers, Stored};
use super::foreign_sort::Waiting;
use super::imports::{About, Imported, Tally, letters};
use crate::LedgerError;
use crate::foreign::{Batch, Count, Pair, Row, SourceId, Way};

/// Events that are written at once, and how many such lots may wait.
const EVENTS: usize = 4096;
const AHEAD: usize = 4;

/// A file on its way into the ledger; given up unless it is finished.
pub struct Import<'l> {
    transaction: Transaction<'l>,
    known: &'l mut Dictionaries,
    run: &'l mut OpenRun,
    opened: i64,
    number: i64,
    about: About,
    waiting: Waiting,
    stored: u64,
    told: u64,
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
        let waiting = Waiting::new(&beside(transaction.path()));
        Ok(Import { transaction, known, run, opened, number, about, waiting, stored: 0, told: 0 })
    }
}

/// The folder of a ledger, where there is room for what waits; that for temporary files where it has none.
fn beside(ledger: Option<&str>) -> PathBuf {
    let folder = ledger.and_then(|path| Path::new(path).parent());
    folder.filter(|folder| folder.is_dir()).map_or_else(std::env::temp_dir, Path::to_owned)
}

impl Import<'_> {
    /// Takes rows, which must come in the order of the file.
    ///
    /// # Errors
    /// When `SQLite` fails, or what waits cannot be written.
    pub fn take(&mut self, batch: &Batch) -> Result<(), LedgerError> {
        let at = self.known.numbers(&self.transaction, batch)?;
        for row in &batch.rows {
            let stored = Stored::new(batch, row, &at);
            if !row.more.is_empty() {
                self.parties(batch, row, &stored, &at)?;
            }
            self.waiting.push(stored)?;
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

    /// Writes what waits, in the order in which it lies in the ledger, while another thread puts it into that order.
    fn flush(&mut self) -> Result<(), LedgerError> {
        let waiting = std::mem::replace(&mut self.waiting, Waiting::new(Path::new("")));
        let mut merged = waiting.merged()?;
        let mut statement = self.transaction.prepare_cached(INSERT)?;
        std::thread::scope(|scope| {
            let (sender, receiver) = sync_channel(AHEAD);
            scope.spawn(move || {
                loop {
                    let events = merged.next_events(EVENTS);
                    let more = events.as_ref().is_ok_and(|events| !events.is_empty());
                    // Nobody takes them any more when a row could not be written.
                    if sender.send(events).is_err() || !more {
                        return;
                    }
                }
            });
            for events in receiver {
                for row in events? {
                    insert(&mut statement, self.number, &row)?;
                    self.told += u64::from(row.rows);
                    self.stored += 1;
                }
            }
            Ok(())
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

fn insert(statement: &mut Statement<'_>, import: i64, row: &Stored) -> rusqlite::Result<()> {
    let (one, two) = row.pair.words();
    statement.execute(params![
        one,
        two,
        row.day,
        import,
        row.n,
        row.id,
        (row.last != row.day).then_some(row.last),
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
        (row.rows > 1).then_some(row.rows),
    ])?;
    Ok(())
}

impl ToSql for SourceId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Number(number) => ToSqlOutput::Owned(Value::Integer(*number)),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        })
    }
}
