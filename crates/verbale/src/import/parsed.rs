//! What came of a block: rows, what was refused and why, and codes that nobody knows.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use verbale_ledger::foreign::Batch;

/// A row that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reject {
    /// The part of the file: the member of an archive, or the file itself.
    pub part: String,
    /// Line in it, from 1.
    pub line: u64,
    /// What is wrong.
    pub reason: String,
    /// What should be there.
    pub expected: String,
    /// What is there.
    pub got: String,
}

impl fmt::Display for Reject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { part, line, reason, expected, got } = self;
        let within = if part.is_empty() { String::new() } else { format!("{part}, ") };
        write!(f, "{within}line {line}: {reason}; expected {expected}, got '{got}'")
    }
}

/// A code that is not known, and what it should stand for.
pub type Unknown = (&'static str, String);

/// What came of a block.
#[derive(Debug, Default)]
pub struct Parsed {
    /// The rows, with what they point at.
    pub batch: Batch,
    /// Rows that cannot be read.
    pub rejects: Vec<Reject>,
    /// In how many rows each unknown code stands.
    pub unknown: BTreeMap<Unknown, u64>,
    /// Rows read, refused ones among them.
    pub rows: u64,
    /// Rows that were not asked for.
    pub filtered: u64,
    /// Rows that are not UTF-8 and were read as Windows-1252, which holds ISO-8859-1.
    pub latin: u64,
}
