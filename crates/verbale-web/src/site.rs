//! A site: everything that answers share.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use verbale::World;
use verbale::kept::Kept;
use verbale::ledger::store::Versions;

use crate::answers::Answers;
use crate::audit::Audit;
use crate::guard::Guard;
use crate::ledgers::Ledgers;

/// How much of everything a request may use.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of a body.
    pub body: usize,
    /// Bytes of a body that is to be imported.
    pub import: usize,
    /// Time until a body is there.
    pub arriving: Duration,
    /// Time until an answer to a question begins.
    pub asking: Duration,
    /// Time until an answer to a change is there; reading reports takes its time.
    pub changing: Duration,
    /// Time that a client may leave a piece of a long answer unread.
    pub unread: Duration,
    /// Time that a long answer may take as a whole.
    pub pouring: Duration,
    /// Reports in one body.
    pub reports: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 8 << 20,
            import: 256 << 20,
            arriving: Duration::from_secs(30),
            asking: Duration::from_secs(20),
            changing: Duration::from_mins(2),
            unread: Duration::from_secs(30),
            pouring: Duration::from_mins(30),
            reports: 1000,
        }
    }
}

/// Everything that answers share.
pub struct Site {
    /// The open ledgers.
    pub ledgers: Ledgers,
    /// What of the ledger is kept in memory between questions.
    pub kept: Arc<Kept>,
    /// Answers that were worked out.
    pub(crate) answers: Answers,
    /// What reports are read with.
    pub world: World,
    /// The versions that readings depend on.
    pub versions: Versions,
    /// Who may ask.
    pub guard: Guard,
    /// Where changes are noted.
    pub audit: Audit,
    /// How much a request may use.
    pub limits: Limits,
    /// The page to begin with, as an address from the root; the states of the ledger where there is none.
    pub home: Option<String>,
    /// A word that no other run of a server has: marks of answers are good for one run.
    pub(crate) run: String,
    /// Threads that may read the ledger.
    pub(crate) reading: Semaphore,
    /// Threads that may write long answers.
    pub(crate) pouring: Semaphore,
    /// Threads that may read reports or change the ledger.
    pub(crate) working: Semaphore,
}

impl Site {
    /// A site with as many threads as the machine has use for.
    ///
    /// # Errors
    /// When the system has no random numbers.
    pub fn new(
        ledgers: Ledgers,
        world: World,
        versions: Versions,
        guard: Guard,
        audit: Audit,
        limits: Limits,
    ) -> Result<Self, getrandom::Error> {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Ok(Self {
            ledgers,
            kept: Arc::default(),
            answers: Answers::default(),
            world,
            versions,
            guard,
            audit,
            limits,
            home: None,
            run: crate::guard::new_token()?,
            reading: Semaphore::new((2 * cores).clamp(4, 16)),
            pouring: Semaphore::new(4),
            working: Semaphore::new(cores),
        })
    }
}
