//! Coverage: how much each source wrote in each month, so that silence can be told from absence.

use serde::{Deserialize, Serialize};

/// What a ledger was given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// Documents by source and month: by source, those without one last, then by month.
    pub covered: Vec<Covered>,
    /// Inputs that could not be read.
    pub refused: u32,
    /// Documents of which only the sentences that something rests on are kept.
    pub excerpts: u32,
    /// Documents of which no word is kept.
    pub hashes: u32,
}

/// One source in one month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covered {
    /// The outlet; `None` where it is not known.
    pub source: Option<String>,
    /// `2025-10`; a year where no more is known; `None` without a date of publication.
    pub month: Option<String>,
    /// Documents.
    pub documents: u32,
    /// Events that they tell of.
    pub events: u32,
}

impl Coverage {
    /// All documents.
    pub fn documents(&self) -> u32 {
        self.covered.iter().map(|one| one.documents).sum()
    }
}
