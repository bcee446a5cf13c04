//! Coverage: how much each outlet wrote in each month, so that silence can be told from absence.

use serde::{Deserialize, Serialize};

/// What a ledger was given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// Documents in all.
    pub documents: u32,
    /// Entries in all.
    pub events: u32,
    /// Documents of which only the sentences that something rests on are kept.
    pub excerpts: u32,
    /// Documents of which no word is kept.
    pub hashes: u32,
    /// By outlet, those without one last, then by month.
    pub months: Vec<Covered>,
    /// Inputs that could not be read.
    pub refused: u32,
    /// What they were, the newest first; a thousand at most.
    pub refusals: Vec<Refusal>,
}

/// One outlet in one month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covered {
    /// The outlet; `None` where it is not known.
    pub outlet: Option<String>,
    /// `2025-10`; a year where no more is known; `None` without a date of publication.
    pub month: Option<String>,
    /// Documents.
    pub documents: u32,
    /// Those of which there is a newer version.
    pub superseded: u32,
    /// Events as these documents tell of them, each time.
    pub tellings: u32,
}

/// An input that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// What it is called.
    pub input: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: String,
}
