//! What can go wrong with a ledger.

use rusqlite::ErrorCode;

/// Why the ledger could not do what was asked.
#[derive(Debug)]
pub enum LedgerError {
    /// `SQLite` failed: the disk is full, the file is locked or damaged.
    Store(rusqlite::Error),
    /// Reading or writing a file beside the ledger failed.
    Io(std::io::Error),
    /// What was asked for is not there or makes no sense; the message says what to do.
    Asked(String),
    /// A row of the ledger does not read back: the file was changed by something else.
    Corrupt(String),
}

impl LedgerError {
    /// Whether another program was writing for too long; trying again may do.
    pub fn is_busy(&self) -> bool {
        matches!(self.code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
    }

    /// Whether a statement was broken off because it was told to stop.
    pub fn is_stopped(&self) -> bool {
        self.code() == Some(ErrorCode::OperationInterrupted)
    }

    fn code(&self) -> Option<ErrorCode> {
        if let Self::Store(error) = self { error.sqlite_error_code() } else { None }
    }
}

impl std::fmt::Display for LedgerError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Store(error) => write!(f, "the ledger cannot be used: {error}"),
            Self::Io(error) => write!(f, "{error}"),
            Self::Asked(message) => f.write_str(message),
            Self::Corrupt(what) => write!(f, "the ledger is damaged: {what}"),
        }
    }
}

impl std::error::Error for LedgerError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Store(error) => Some(error),
            Self::Io(error) => Some(error),
            Self::Asked(_) | Self::Corrupt(_) => None,
        }
    }
}

impl From<rusqlite::Error> for LedgerError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error)
    }
}

impl From<std::io::Error> for LedgerError {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<serde_json::Error> for LedgerError {
    fn from(error: serde_json::Error) -> Self {
        Self::Corrupt(error.to_string())
    }
}
