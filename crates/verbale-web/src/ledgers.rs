//! The open ledgers behind the server: readers that do not wait for each other, and one writer.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use verbale::ledger::LedgerError;
use verbale::ledger::store::{Access, Ledger};

/// How long a change waits for another program that writes.
const PATIENCE: Duration = Duration::from_secs(10);

/// A ledger that is opened several times, or one in memory that everybody shares.
#[derive(Debug)]
pub struct Ledgers {
    place: Place,
    /// Whether changes are let through.
    read_only: bool,
}

#[derive(Debug)]
enum Place {
    File {
        path: PathBuf,
        /// Readers that nobody uses at the moment.
        idle: Mutex<Vec<Ledger>>,
        /// Sees that others have changed something.
        watch: Mutex<Ledger>,
        /// Opened with the first change.
        writer: Mutex<Option<Ledger>>,
    },
    Memory(Mutex<Ledger>),
}

impl Ledgers {
    /// The ledger in a file, which is made where it is not there, unless it is only read.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn open(path: &Path, read_only: bool) -> Result<Self, LedgerError> {
        if !read_only && !path.exists() {
            Ledger::open(path, Access::Create)?;
        }
        let watch = Ledger::open(path, Access::Read)?;
        let place = Place::File {
            path: path.to_owned(),
            idle: Mutex::default(),
            watch: Mutex::new(watch),
            writer: Mutex::default(),
        };
        Ok(Self { place, read_only })
    }

    /// A ledger in memory.
    pub fn memory(ledger: Ledger, read_only: bool) -> Self {
        Self { place: Place::Memory(Mutex::new(ledger)), read_only }
    }

    /// Whether changes are refused.
    pub fn read_only(&self) -> bool {
        self.read_only
    }

    /// A mark that is another one after each change by whomever, as long as this server runs.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn mark(&self) -> Result<[i64; 2], LedgerError> {
        match &self.place {
            Place::File { watch, .. } => held(watch).mark(),
            Place::Memory(ledger) => held(ledger).mark(),
        }
    }

    /// Reads one state of the ledger, until `stop` says to break off.
    ///
    /// # Errors
    /// When it cannot be opened; else what `read` gives.
    pub fn read<T, E: From<LedgerError>>(
        &self,
        stop: impl FnMut() -> bool + Send + 'static,
        read: impl FnOnce(&Ledger) -> Result<T, E>,
    ) -> Result<T, E> {
        match &self.place {
            Place::Memory(ledger) => bounded(&mut held(ledger), stop, read),
            Place::File { path, idle, .. } => {
                let known = held(idle).pop();
                let mut ledger = match known {
                    Some(ledger) => ledger,
                    None => Ledger::open(path, Access::Read)?,
                };
                ledger.hold()?;
                let found = bounded(&mut ledger, stop, read);
                // A reader that cannot be brought back to where it was is closed.
                if ledger.release().is_ok() {
                    held(idle).push(ledger);
                }
                found
            }
        }
    }

    /// Changes the ledger; one change at a time.
    ///
    /// # Errors
    /// When it cannot be opened; else what `write` gives.
    pub fn write<T, E: From<LedgerError>>(
        &self,
        stop: impl FnMut() -> bool + Send + 'static,
        write: impl FnOnce(&mut Ledger) -> Result<T, E>,
    ) -> Result<T, E> {
        match &self.place {
            Place::Memory(ledger) => {
                let mut ledger = held(ledger);
                ledger.stop_when(Some(Box::new(stop)))?;
                let done = write(&mut ledger);
                ledger.stop_when(None)?;
                done
            }
            Place::File { path, writer, .. } => {
                let mut writer = held(writer);
                let ledger = match &mut *writer {
                    Some(ledger) => ledger,
                    empty => {
                        let ledger = Ledger::open(path, Access::Write)?;
                        ledger.wait_at_most(PATIENCE)?;
                        empty.insert(ledger)
                    }
                };
                ledger.stop_when(Some(Box::new(stop)))?;
                let done = write(ledger);
                ledger.stop_when(None)?;
                done
            }
        }
    }
}

fn bounded<T, E: From<LedgerError>>(
    ledger: &mut Ledger,
    stop: impl FnMut() -> bool + Send + 'static,
    read: impl FnOnce(&Ledger) -> Result<T, E>,
) -> Result<T, E> {
    ledger.stop_when(Some(Box::new(stop)))?;
    let found = read(ledger);
    ledger.stop_when(None)?;
    found
}

/// What a lock guards; a thread that failed while it held it left a transaction that was undone.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
