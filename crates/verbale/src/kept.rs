//! What a server keeps of a ledger between questions: the events of a state and what was written about it, shared by
//! all who ask, read once by one of them, and brought up to date by what changed.
//!
//! Nothing kept is ever older than the ledger that a reader sees: each first holds the ledger's turn against its own,
//! and where that moved, the numbers of the state's entries, which are never given twice.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use verbale_ledger::store::{Imported, Ledger, Numbered};
use verbale_ledger::{Coverage, Covered, LedgerError};
use verbale_measure::Published;
use verbale_model::ontology::EventType;
use verbale_model::{Engagement, Status};

use crate::coverage::documents;

/// Entries that are kept in all, of about 600 bytes each; the states that were asked about last.
const KEPT: usize = 400_000;

/// Something of a ledger, and a number that no other state of it has.
#[derive(Debug)]
pub struct Edition<T: ?Sized> {
    /// The number.
    pub edition: u64,
    /// What it is.
    pub of: Arc<T>,
}

impl<T: ?Sized> Clone for Edition<T> {
    fn clone(&self) -> Self {
        Self { edition: self.edition, of: Arc::clone(&self.of) }
    }
}

/// What is kept, for any number of readers at once.
#[derive(Debug)]
pub struct Kept {
    states: Mutex<BTreeMap<String, Arc<Shelf>>>,
    sides: Mutex<Option<Turned<BTreeMap<String, u32>>>>,
    imports: Mutex<Option<Turned<Vec<Imported>>>>,
    months: Mutex<Option<Turned<Vec<Covered>>>>,
    told: Mutex<Option<Turned<Vec<Covered>>>>,
    /// Counts editions and questions.
    clock: AtomicU64,
    most: usize,
}

/// Something with the ledger's turn at which it was read.
#[derive(Debug)]
struct Turned<T: ?Sized> {
    turn: i64,
    is: Edition<T>,
}

/// All about one state; whoever reads it holds the lock, and others who ask the same wait for what he reads.
#[derive(Debug, Default)]
struct Shelf {
    entries: Mutex<Option<Entries>>,
    published: Mutex<Option<Turned<Vec<Published>>>>,
    /// When it was last asked for, and how many entries it holds.
    asked: AtomicU64,
    size: AtomicU64,
}

/// The entries of a state.
#[derive(Debug)]
struct Entries {
    turn: i64,
    /// Their numbers, sorted.
    numbers: Vec<i64>,
    /// Number and first day of each, in the order of the engagements.
    places: Vec<(i64, Option<Box<str>>)>,
    is: Edition<Vec<Engagement>>,
    /// The same as they are without topics, where that makes a difference and was asked for.
    bare: Option<Edition<Vec<Engagement>>>,
}

impl Default for Kept {
    fn default() -> Self {
        Self::at_most(KEPT)
    }
}

impl Kept {
    /// Keeps so many entries.
    pub fn at_most(most: usize) -> Self {
        Self {
            states: Mutex::default(),
            sides: Mutex::default(),
            imports: Mutex::default(),
            months: Mutex::default(),
            told: Mutex::default(),
            clock: AtomicU64::default(),
            most,
        }
    }

    /// The next number of an edition or a question.
    fn tick(&self) -> u64 {
        self.clock.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// The engagements of a state in the order of [`Ledger::engagements`], and as it gives them with topics or without;
    /// only that topics may be there all the same.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn engagements(
        &self,
        ledger: &Ledger,
        state: &str,
        topics: bool,
    ) -> Result<Edition<Vec<Engagement>>, LedgerError> {
        let turn = ledger.turn()?;
        let shelf = self.shelf(state);
        let mut entries = held(&shelf.entries);
        if let Some(known) = entries.as_mut().filter(|known| known.turn == turn) {
            return Ok(known.seen(topics, || self.tick()));
        }
        let numbers = ledger.numbers(state)?;
        let new = entries.as_ref().map_or_else(|| numbers.clone(), |known| known.without(&numbers));
        let new = ledger.numbered(&new, true)?;
        // From here on nothing fails: what is taken out comes back.
        let mut known = match entries.take() {
            Some(known) if known.numbers == numbers => Entries { turn, ..known },
            Some(known) => known.moved(new, (turn, numbers), self.tick()),
            None => Entries::of(new, (turn, numbers), self.tick()),
        };
        let is = known.seen(topics, || self.tick());
        shelf.size.store(known.numbers.len() as u64, Ordering::Relaxed);
        *entries = Some(known);
        drop(entries);
        self.make_room(state);
        Ok(is)
    }

    /// The documents that speak of a state.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn published(&self, ledger: &Ledger, state: &str) -> Result<Edition<Vec<Published>>, LedgerError> {
        self.turned(&self.shelf(state).published, ledger, || documents(ledger, state))
    }

    /// The codes of all states that count at some event, each with the number of events.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn sides(&self, ledger: &Ledger) -> Result<Edition<BTreeMap<String, u32>>, LedgerError> {
        self.turned(&self.sides, ledger, || ledger.sides())
    }

    /// The files of others' codings.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn imports(&self, ledger: &Ledger) -> Result<Edition<Vec<Imported>>, LedgerError> {
        self.turned(&self.imports, ledger, || ledger.imports())
    }

    /// Documents by outlet and month; with what they tell of counted, where that is wanted.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn months(&self, ledger: &Ledger, told: bool) -> Result<Edition<Vec<Covered>>, LedgerError> {
        self.turned(if told { &self.told } else { &self.months }, ledger, || ledger.months(told))
    }

    /// What the ledger was given.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn coverage(&self, ledger: &Ledger) -> Result<Coverage, LedgerError> {
        ledger.coverage_by(self.months(ledger, true)?.of.to_vec())
    }

    /// What was read at this turn, or is read now; the same edition where nothing of it changed.
    fn turned<T: PartialEq>(
        &self,
        kept: &Mutex<Option<Turned<T>>>,
        ledger: &Ledger,
        read: impl FnOnce() -> Result<T, LedgerError>,
    ) -> Result<Edition<T>, LedgerError> {
        let turn = ledger.turn()?;
        let mut kept = held(kept);
        if let Some(known) = kept.as_ref().filter(|known| known.turn == turn) {
            return Ok(known.is.clone());
        }
        let now = read()?;
        let is = match kept.take() {
            Some(known) if *known.is.of == now => known.is,
            _ => Edition { edition: self.tick(), of: Arc::new(now) },
        };
        *kept = Some(Turned { turn, is: is.clone() });
        Ok(is)
    }

    fn shelf(&self, state: &str) -> Arc<Shelf> {
        let mut states = held(&self.states);
        let shelf = states.entry(state.to_owned()).or_default();
        shelf.asked.store(self.tick(), Ordering::Relaxed);
        Arc::clone(shelf)
    }

    /// Lets go of the states that were not asked about for longest, but never of this one, until few enough entries
    /// are kept; a state without entries counts as one of a hundred.
    fn make_room(&self, state: &str) {
        let size = |shelf: &Shelf| shelf.size.load(Ordering::Relaxed).max(100);
        let mut states = held(&self.states);
        let mut all: u64 = states.values().map(|shelf| size(shelf)).sum();
        while all > self.most as u64 {
            let others = states.iter().filter(|(code, _)| *code != state);
            let oldest = others.min_by_key(|(_, shelf)| shelf.asked.load(Ordering::Relaxed));
            let Some(code) = oldest.map(|(code, _)| code.clone()) else { return };
            all -= states.remove(&code).map_or(0, |shelf| size(&shelf));
        }
    }
}

impl Entries {
    fn of(mut found: Vec<Numbered>, (turn, numbers): (i64, Vec<i64>), edition: u64) -> Self {
        found.sort_unstable_by(|a, b| a.key().cmp(&b.key()));
        let (mut places, mut events) = (Vec::with_capacity(found.len()), Vec::with_capacity(found.len()));
        for one in found {
            places.push((one.number, one.first_day.map(String::into_boxed_str)));
            events.push(one.engagement);
        }
        Self { turn, numbers, places, is: Edition { edition, of: Arc::new(events) }, bare: None }
    }

    /// The engagements as they are with topics or without: then nobody has looked up what is promised but for
    /// agreements.
    fn seen(&mut self, topics: bool, tick: impl FnOnce() -> u64) -> Edition<Vec<Engagement>> {
        let asked = |one: &Engagement| {
            one.of.is_some() && one.event_type != EventType::Agree && one.status == Status::Planned
        };
        if topics || !self.is.of.iter().any(asked) {
            return self.is.clone();
        }
        let bare = self.bare.get_or_insert_with(|| {
            let mut events = self.is.of.as_ref().clone();
            events.iter_mut().filter(|one| asked(one)).for_each(|one| one.of = None);
            Edition { edition: tick(), of: Arc::new(events) }
        });
        bare.clone()
    }

    /// Which of these numbers are not among them.
    fn without(&self, numbers: &[i64]) -> Vec<i64> {
        let new = numbers.iter().filter(|number| self.numbers.binary_search(number).is_err());
        new.copied().collect()
    }

    /// Brings them to another state of the ledger: those that went are left out, and new ones come in between.
    fn moved(self, mut new: Vec<Numbered>, (turn, numbers): (i64, Vec<i64>), edition: u64) -> Self {
        new.sort_unstable_by(|a, b| a.key().cmp(&b.key()));
        // Nothing is copied unless somebody still counts what was there.
        let old = Arc::try_unwrap(self.is.of).unwrap_or_else(|shared| shared.as_ref().clone());
        let old = self.places.into_iter().zip(old);
        let old = old.filter(|((number, _), _)| numbers.binary_search(number).is_ok());
        let old = old.map(|((number, first_day), engagement)| Numbered {
            number,
            first_day: first_day.map(String::from),
            engagement,
        });
        let mut all: Vec<Numbered> = Vec::with_capacity(numbers.len());
        let mut new = new.into_iter().peekable();
        for one in old {
            while let Some(first) = new.next_if(|first| first.key() < one.key()) {
                all.push(first);
            }
            all.push(one);
        }
        all.extend(new);
        Self::of(all, (turn, numbers), edition)
    }
}

/// What a lock guards; whoever failed while he held it had taken out what he was changing.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
