//! How good verbale is: one scorer for each stage, on public sets, each with the metric of its field.
//!
//! The sets stay outside the project, in a folder that the caller names. What the project keeps is
//! `tests/gold/scores.csv`: value, floor and count of every measure.

mod attribution;
pub mod calibration;
pub mod confidence;
mod counts;
mod dates;
mod duplicates;
mod engagements;
pub mod entities;
mod errors;
mod events;
mod extraction;
mod floors;
mod parser;
mod people;
mod places;
mod reading;
mod recasts;
mod recognizers;
mod sets;
pub mod table;
mod timeml;
mod tokens;
mod toponyms;
pub mod written;

pub use errors::Errors;
pub use floors::{Judged, judge, keep, kept, listing};
pub use sets::{SETS, Set};

/// One figure of one set.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// The set: `parser`, `engagements`, ...
    pub set: &'static str,
    /// What is measured.
    pub name: String,
    /// The figure; a percentage or a share, as the name says.
    pub value: f64,
    /// Over how many cases.
    pub n: usize,
}

impl Measure {
    /// A figure of a set.
    pub fn new(set: &'static str, name: impl Into<String>, value: f64, n: usize) -> Self {
        Self { set, name: name.into(), value, n }
    }

    /// Part of a whole, as a share between 0 and 1.
    pub fn share(set: &'static str, name: impl Into<String>, part: usize, whole: usize) -> Self {
        Self::new(set, name, part as f64 / whole.max(1) as f64, whole)
    }
}

/// What came of one set.
#[derive(Debug, Default)]
pub struct Scored {
    /// The figures.
    pub measures: Vec<Measure>,
    /// What went wrong, by kind.
    pub errors: Errors,
    /// What a reader of the figures should know: rows that could not be scored, tables beside the figures.
    pub remarks: Vec<String>,
    /// How reliable confidence is, where that is what the set measures.
    pub reliability: Vec<confidence::Bin>,
}

impl From<Vec<Measure>> for Scored {
    fn from(measures: Vec<Measure>) -> Self {
        Self { measures, ..Self::default() }
    }
}
