//! Opening, creating and migrating a ledger.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use crate::LedgerError;

/// Marks the file as a ledger: `VRBL`, in the header of the database.
const APPLICATION: i64 = 0x5652_424c;

/// The schema, one step after the other. A step that was released is never edited; a ledger keeps the
/// number of steps it has taken as `PRAGMA user_version`.
const STEPS: &[&str] = &[
    include_str!("0001.sql"),
    include_str!("0002.sql"),
    include_str!("0003.sql"),
    include_str!("0004.sql"),
    include_str!("0005.sql"),
];

/// How long a writer waits for another one.
pub(super) const PATIENCE: Duration = Duration::from_mins(2);

/// Steps of `SQLite`'s machine between two questions whether to stop.
const STEPS_BETWEEN: std::ffi::c_int = 4000;

/// How long it waits between two tries where `SQLite` itself does not wait.
const PAUSE: Duration = Duration::from_millis(20);

/// What a ledger is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reading and writing; the file is made when it is not there.
    Create,
    /// Reading and writing a file that is there.
    Write,
    /// Reading.
    Read,
}

/// An open ledger.
#[derive(Debug)]
pub struct Ledger {
    pub(super) connection: Connection,
}

impl Ledger {
    /// Opens the ledger in a file, and brings its schema up to date.
    ///
    /// # Errors
    /// When there is no such file, when it is no ledger or one of a newer version, and when `SQLite` fails.
    pub fn open(path: &Path, access: Access) -> Result<Self, LedgerError> {
        let name = path.display();
        if access != Access::Create && !path.exists() {
            return Err(LedgerError::Asked(format!(
                "there is no ledger {name}; `verbale add INPUT... -l {name}` makes one"
            )));
        }
        if path.is_dir() {
            return Err(LedgerError::Asked(format!("{name} is a folder; name the ledger's file with -l")));
        }
        if let Some(folder) =
            path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir())
        {
            let folder = folder.display();
            return Err(LedgerError::Asked(format!(
                "there is no folder {folder} for the ledger {name}; make it first"
            )));
        }
        let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        if access == Access::Create {
            flags |= OpenFlags::SQLITE_OPEN_CREATE;
        }
        let refused = |error: rusqlite::Error| {
            LedgerError::Asked(format!("the ledger {name} cannot be opened: {error}"))
        };
        let mut connection = Connection::open_with_flags(path, flags);
        // A ledger in a folder that cannot be written to can still be read: it has no log, and gets none.
        if access == Access::Read && !connection.as_ref().is_ok_and(is_readable) {
            if beside(path, "-wal").metadata().is_ok_and(|log| log.len() > 0) {
                return Err(LedgerError::Asked(format!(
                    "the ledger {name} has a log beside it and its folder cannot be written to; copy both files to \
                     a folder that can be, and read the copy"
                )));
            }
            connection = immutable(path);
        }
        let connection = connection.map_err(refused)?;
        if access != Access::Read && connection.is_readonly("main")? {
            return Err(LedgerError::Asked(format!("the ledger {name} may not be written to")));
        }
        let mut ledger = Self { connection };
        ledger.prepare().map_err(|error| match error {
            LedgerError::Store(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => {
                LedgerError::Asked(format!("{name} is no ledger of verbale; name another file with -l"))
            }
            LedgerError::Asked(what) => LedgerError::Asked(format!("{name}{what}")),
            other => other,
        })?;
        if access == Access::Read {
            ledger.connection.pragma_update(None, "query_only", true)?;
        }
        Ok(ledger)
    }

    /// A ledger in memory, which is gone when it is dropped.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn in_memory() -> Result<Self, LedgerError> {
        let mut ledger = Self { connection: Connection::open_in_memory()? };
        ledger.prepare()?;
        Ok(ledger)
    }

    /// From the next statement on, reads see the ledger as it is then, whatever others write, until the ledger
    /// is closed. The write-ahead log cannot shrink meanwhile: for readers that end soon.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn hold(&self) -> Result<(), LedgerError> {
        Ok(self.connection.execute_batch("BEGIN DEFERRED")?)
    }

    /// Ends what [`Ledger::hold`] began: the next statement sees the ledger as it is by then.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn release(&self) -> Result<(), LedgerError> {
        if !self.connection.is_autocommit() {
            self.connection.execute_batch("ROLLBACK")?;
        }
        Ok(())
    }

    /// Waits no longer than this for another program that writes.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn wait_at_most(&self, patience: Duration) -> Result<(), LedgerError> {
        Ok(self.connection.busy_timeout(patience)?)
    }

    /// Breaks statements off as soon as `stop` says so, which is asked now and then; what a statement was
    /// writing is undone. `None` lets all statements come to their end again.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn stop_when(&mut self, stop: Option<Box<dyn FnMut() -> bool + Send>>) -> Result<(), LedgerError> {
        Ok(self.connection.progress_handler(STEPS_BETWEEN, stop)?)
    }

    /// A mark that is another one after each change, whichever program made it. Marks of different open ledgers
    /// cannot be compared, not even of one file.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn mark(&self) -> Result<[i64; 2], LedgerError> {
        // The first tells of changes by others, the second of one's own.
        let others: i64 = self.connection.pragma_query_value(None, "data_version", |row| row.get(0))?;
        Ok([others, self.connection.total_changes() as i64])
    }

    fn prepare(&mut self) -> Result<(), LedgerError> {
        let connection = &self.connection;
        connection.busy_timeout(PATIENCE)?;
        connection.set_prepared_statement_cache_capacity(128);
        // A plan that depends on bound values is made anew for each of them, which costs more than it saves.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        // In WAL mode a crash loses at most the last transactions of a power cut, and never half of one.
        connection.pragma_update(None, "synchronous", "normal")?;
        // What is removed leaves no bytes behind.
        connection.pragma_update(None, "secure_delete", true)?;
        connection.pragma_update(None, "cache_size", -65_536)?;
        connection.pragma_update(None, "temp_store", "memory")?;
        // Pages that change in every batch are copied from the log once in 32 MB, and not in each 4.
        connection.pragma_update(None, "wal_autocheckpoint", 8_000)?;
        if self.version()? as usize == STEPS.len() && self.application()? == APPLICATION {
            return Ok(());
        }
        self.migrate()
    }

    fn version(&self) -> Result<u32, LedgerError> {
        Ok(self.connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
    }

    fn application(&self) -> Result<i64, LedgerError> {
        Ok(self.connection.pragma_query_value(None, "application_id", |row| row.get(0))?)
    }

    /// Takes the steps that the file has not taken, all or none.
    fn migrate(&mut self) -> Result<(), LedgerError> {
        let objects: i64 =
            self.connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        if objects > 0 && self.application()? != APPLICATION {
            return Err(LedgerError::Asked(
                " is a database, and no ledger of verbale; name another file with -l".to_owned(),
            ));
        }
        // Readers go on while one writes, and a crash leaves a whole ledger; not kept inside a transaction.
        write_ahead(&self.connection)?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have been quicker.
        let taken: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if taken as usize > STEPS.len() {
            return Err(LedgerError::Asked(format!(
                " was written by a newer verbale (schema {taken}, this one knows {}); use that one",
                STEPS.len()
            )));
        }
        for step in &STEPS[taken as usize..] {
            transaction.execute_batch(step)?;
        }
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", STEPS.len() as u32)?;
        Ok(transaction.commit()?)
    }
}

/// Whether something can be read in it: a log that cannot be made or opened is only met then. What is no
/// database is told later.
fn is_readable(connection: &Connection) -> bool {
    let read = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
    !read.is_err_and(|error| {
        matches!(
            error.sqlite_error_code(),
            Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::SystemIoFailure)
        )
    })
}

/// Opens a file that nobody changes, without a log and without locks.
fn immutable(path: &Path) -> rusqlite::Result<Connection> {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let Ok(mut address) = url::Url::from_file_path(whole) else {
        return Err(rusqlite::Error::InvalidPath(path.to_owned()));
    };
    address.set_query(Some("immutable=1"));
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(address.as_str(), flags)
}

/// A file that `SQLite` keeps beside the ledger's.
fn beside(path: &Path, ending: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Sets the mode of the journal. `SQLite` does not wait for others here, who may be making the same ledger.
fn write_ahead(connection: &Connection) -> Result<(), LedgerError> {
    let mut left = PATIENCE.as_millis() / PAUSE.as_millis();
    loop {
        match connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(())) {
            Err(error) if left > 0 && error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {
                left -= 1;
                std::thread::sleep(PAUSE);
            }
            done => return Ok(done?),
        }
    }
}
