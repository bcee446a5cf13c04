//! What a server keeps of a ledger between questions, shared by all who ask: a picture of all that answers rest on,
//! which follows the ledger by what changed of it.
//!
//! ```text
//! ledger, at first ──whole──▶ Picture ──changes since its turn──▶ Picture ──▶ ...      the last few, each of its turn
//! ```
//!
//! A reader sees the ledger at one turn and is given the picture of that turn, never another one. Pictures share what
//! neither of them changed, so that a further one costs what changed.

mod packed;
mod picture;
mod words;

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use verbale_ledger::store::{Imported, Ledger};
use verbale_ledger::{Coverage, Covered, LedgerError, Retention};

pub use picture::Picture;

/// Entries of the largest ledger that is kept, of about 200 bytes each with all that hangs on them; of a larger one
/// each question reads what it needs.
const KEPT: usize = 4_000_000;

/// Pictures that are kept for readers who began before the ledger moved on.
const PICTURES: usize = 16;

/// How long a reader waits for a picture that another one is making; then it reads what it needs by itself.
const PATIENCE: Duration = Duration::from_secs(15);

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
    pictures: Mutex<Pictures>,
    /// Says that a picture was made, or that it could not be.
    made: Condvar,
    imports: Mutex<Option<Turned<Vec<Imported>>>>,
    months: Mutex<Option<Turned<Vec<Covered>>>>,
    /// Counts editions.
    clock: AtomicU64,
    most: usize,
}

/// The last pictures, the newest one last.
#[derive(Debug, Default)]
struct Pictures {
    last: VecDeque<Arc<Picture>>,
    /// Somebody is making one.
    making: bool,
    /// The ledger had more entries than are kept.
    too_many: bool,
}

/// Something with the ledger's turn at which it was read.
#[derive(Debug)]
struct Turned<T: ?Sized> {
    turn: i64,
    is: Edition<T>,
}

/// The right to make the next picture; whoever drops it without one leaves it to others.
struct Making<'k> {
    kept: &'k Kept,
    found: Option<Picture>,
}

impl Drop for Making<'_> {
    fn drop(&mut self) {
        let mut pictures = held(&self.kept.pictures);
        pictures.making = false;
        if let Some(picture) = self.found.take() {
            pictures.last.push_back(Arc::new(picture));
            while pictures.last.len() > PICTURES {
                pictures.last.pop_front();
            }
        }
        self.kept.made.notify_all();
    }
}

impl Default for Kept {
    fn default() -> Self {
        Self::at_most(KEPT)
    }
}

impl Kept {
    /// Keeps ledgers with so many entries.
    pub fn at_most(most: usize) -> Self {
        Self {
            pictures: Mutex::default(),
            made: Condvar::new(),
            imports: Mutex::default(),
            months: Mutex::default(),
            clock: AtomicU64::default(),
            most,
        }
    }

    /// The next number of an edition.
    fn tick(&self) -> u64 {
        self.clock.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// The picture of the ledger as this reader sees it. Nothing where it is too large to be kept, where it has moved
    /// on further than pictures reach back, or where another reader is still at the first one: then what is needed is
    /// to be read from the ledger.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn picture(&self, ledger: &Ledger) -> Result<Option<Arc<Picture>>, LedgerError> {
        let turn = ledger.turn()?;
        let until = Instant::now() + PATIENCE;
        let mut pictures = held(&self.pictures);
        let before = loop {
            if let Some(found) = pictures.last.iter().rev().find(|picture| picture.turn == turn) {
                return Ok(Some(Arc::clone(found)));
            }
            let newest = pictures.last.back();
            if pictures.too_many || newest.is_some_and(|newest| newest.turn > turn) {
                return Ok(None);
            }
            if !pictures.making {
                break newest.cloned();
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(None);
            }
            pictures = self.made.wait_timeout(pictures, left).unwrap_or_else(PoisonError::into_inner).0;
        };
        pictures.making = true;
        drop(pictures);
        let mut making = Making { kept: self, found: None };
        making.found = self.next(ledger, before.as_deref(), turn)?;
        if making.found.is_none() {
            held(&self.pictures).too_many = true;
        }
        drop(making);
        let pictures = held(&self.pictures);
        Ok(pictures.last.iter().rev().find(|picture| picture.turn == turn).cloned())
    }

    /// The picture of a turn, after the one before where the ledger remembers what changed.
    fn next(
        &self,
        ledger: &Ledger,
        before: Option<&Picture>,
        turn: i64,
    ) -> Result<Option<Picture>, LedgerError> {
        let tick = || self.tick();
        if let Some(before) = before
            && let Some(changes) = ledger.changes(before.turn)?
            && let Some(next) = before.moved(ledger, turn, &changes, &tick)?
        {
            return Ok(Some(next));
        }
        Picture::of(ledger, self.most, &tick)
    }

    /// The codes of all states that count at some event, each with the number of events.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn sides(&self, ledger: &Ledger) -> Result<BTreeMap<String, u32>, LedgerError> {
        self.picture(ledger)?.map_or_else(|| ledger.sides(), |picture| Ok(picture.sides()))
    }

    /// The files of others' codings.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn imports(&self, ledger: &Ledger) -> Result<Edition<Vec<Imported>>, LedgerError> {
        self.turned(&self.imports, ledger, || ledger.imports())
    }

    /// Documents by outlet and month, with what they tell of counted.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn months(&self, ledger: &Ledger) -> Result<Edition<Vec<Covered>>, LedgerError> {
        let picture = self.picture(ledger)?;
        self.turned(&self.months, ledger, || picture.map_or_else(|| ledger.months(), |one| Ok(months(&one))))
    }

    /// What the ledger was given.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn coverage(&self, ledger: &Ledger) -> Result<Coverage, LedgerError> {
        let months = self.months(ledger)?.of.to_vec();
        let Some(picture) = self.picture(ledger)? else { return ledger.coverage_by(months) };
        let kept =
            |as_what: Retention| picture.papers().filter(|one| one.retention == as_what).count() as u32;
        let (refused, refusals) = ledger.refusals()?;
        Ok(Coverage {
            documents: picture.papers().count() as u32,
            events: picture.events,
            excerpts: kept(Retention::Excerpts),
            hashes: kept(Retention::Hash),
            months,
            refused,
            refusals,
        })
    }

    /// What was read at this turn, or is read now; the same edition where nothing of it changed. An older reader gets
    /// what is right for it, and leaves what newer ones know.
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
        let (last, is) = match kept.take() {
            Some(known) if *known.is.of == now => (known.turn, known.is),
            Some(known) if known.turn > turn => {
                let is = Edition { edition: self.tick(), of: Arc::new(now) };
                *kept = Some(known);
                return Ok(is);
            }
            _ => (turn, Edition { edition: self.tick(), of: Arc::new(now) }),
        };
        *kept = Some(Turned { turn: turn.max(last), is: is.clone() });
        Ok(is)
    }
}

/// Documents by outlet, those without one last, then by month.
fn months(picture: &Picture) -> Vec<Covered> {
    // In any order first: there are few months and many documents.
    let mut found: HashMap<(u32, u32), [u32; 3]> = HashMap::new();
    for paper in picture.papers() {
        let [documents, superseded, tellings] = found.entry((paper.outlet, paper.month)).or_default();
        *documents += 1;
        *superseded += u32::from(paper.superseded);
        *tellings += paper.tellings;
    }
    let mut months: Vec<((u32, u32), [u32; 3])> = found.into_iter().collect();
    let place = |word: u32| (picture.word(word).is_none(), picture.word(word));
    months.sort_unstable_by_key(|((outlet, month), _)| (place(*outlet), place(*month)));
    let text = |word: u32| picture.word(word).map(str::to_owned);
    let covered = |((outlet, month), [documents, superseded, tellings]): ((u32, u32), [u32; 3])| Covered {
        outlet: text(outlet),
        month: text(month),
        documents,
        superseded,
        tellings,
    };
    months.into_iter().map(covered).collect()
}

/// What a lock guards; whoever failed while he held it had taken out what he was changing.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
