//! Commands that work on a ledger, one file each, and what they share.

pub mod add;
pub mod diff;
pub mod import;
pub mod list;
pub mod recode;
pub mod remove;
pub mod review;
pub mod runs;

use std::path::PathBuf;

use anyhow::Result;
use verbale::ledger::LedgerError;
use verbale::ledger::store::{Access, Ledger};

use crate::ending::usage;

/// Which ledger.
#[derive(clap::Args)]
pub struct File {
    /// The ledger, a file of its own
    #[arg(short, long, value_name = "LEDGER", default_value = "verbale.db")]
    ledger: PathBuf,
}

impl File {
    /// Opens it; a ledger that is not there or is none is wrong usage.
    pub fn open(&self, access: Access) -> Result<Ledger> {
        asked(Ledger::open(&self.ledger, access))
    }

    /// Its name, as given.
    pub fn name(&self) -> String {
        self.ledger.display().to_string()
    }
}

/// What was asked for and is not there is wrong usage; all else is a failure.
pub fn asked<T>(result: Result<T, LedgerError>) -> Result<T> {
    match result {
        Err(LedgerError::Asked(what)) => usage(what),
        other => Ok(other?),
    }
}

/// The time, as a run or a review notes it: RFC 3339, in seconds.
pub fn now() -> String {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_second(now.as_second()).unwrap_or(now).to_string()
}
