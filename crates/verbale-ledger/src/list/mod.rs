//! Listings of entries, claims, quotes and documents, and of what a ledger tells of itself, and their formats.
//!
//! Rows come from the store, are kept or not by a [`Filter`], and are written one after the other:
//! memory does not grow with the ledger. Writers keep the order they are given, which for entries is
//! [`order`]. `docs/exports.md` describes every column of every format.

mod account_columns;
pub mod arrow;
mod cells;
mod claim_columns;
mod coding_columns;
mod columnar;
mod entry_columns;
mod filter;
mod flat;
mod gdelt;
mod lines;
mod plover;
mod reading;
mod reading_columns;
mod rows;
pub mod schema;
pub mod select;
#[cfg(test)]
mod tests;

use std::io::Write;

pub use crate::period::{Period, bounds};
pub use filter::{Filter, ReviewedFilter};
pub use gdelt::COLUMNS as GDELT_COLUMNS;
pub use lines::{line, read, read_entries};
pub use reading::{ReadMention, Reading};
pub use rows::{Coding, DocumentRow, LedgerClaim, LedgerQuote};

use crate::review::Review;
use crate::store::{Entity, Imported, Run};
use crate::{Covered, Entry, LedgerError};

/// What is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// Entries: one for each happening.
    Events,
    /// Claims of all documents.
    Claims,
    /// The claims that quote.
    Quotes,
    /// Documents, without their text.
    Documents,
}

impl Listing {
    /// The command's name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Claims => "claims",
            Self::Quotes => "quotes",
            Self::Documents => "documents",
        }
    }

    /// The formats that it is written in.
    pub const fn formats(self) -> &'static [Format] {
        match self {
            Self::Events => &Format::ALL,
            Self::Claims | Self::Quotes | Self::Documents => &[Format::Csv, Format::Jsonl, Format::Parquet],
        }
    }
}

/// How a listing is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Flat columns, for spreadsheets and statistics.
    Csv,
    /// One JSON object a line, in the record's names; reads back without loss.
    Jsonl,
    /// Typed and nested columns.
    Parquet,
    /// PLOVER events as JSON, one object a line; events alone.
    Plover,
    /// The 61 columns of GDELT 2.0 events, tab-separated; events alone.
    Gdelt,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Csv, Self::Jsonl, Self::Parquet, Self::Plover, Self::Gdelt];

    /// The word on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Parquet => "parquet",
            Self::Plover => "plover",
            Self::Gdelt => "gdelt",
        }
    }

    /// Whether the bytes are for programs only, and would garble a terminal.
    pub const fn is_binary(self) -> bool {
        matches!(self, Self::Parquet)
    }

    /// An error that says what to use instead, when the listing is not written in this format.
    ///
    /// # Errors
    ///
    /// When it is not among [`Listing::formats`].
    pub fn check(self, listing: Listing) -> Result<(), LedgerError> {
        if listing.formats().contains(&self) {
            return Ok(());
        }
        let (of, listing) = (words(listing.formats()), listing.as_str());
        Err(LedgerError::Asked(format!(
            "{listing} are not written as {}, which holds events alone: use {of}, or list events",
            self.as_str()
        )))
    }
}

impl std::str::FromStr for Format {
    type Err = LedgerError;

    fn from_str(text: &str) -> Result<Self, LedgerError> {
        Self::ALL
            .into_iter()
            .find(|format| format.as_str() == text)
            .ok_or_else(|| LedgerError::Asked(format!("'{text}' is no format: write {}", words(&Self::ALL))))
    }
}

/// `csv, jsonl or parquet`.
fn words(formats: &[Format]) -> String {
    let words: Vec<&str> = formats.iter().map(|format| format.as_str()).collect();
    match words.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// Where an entry stands in a listing: by the first day it may have happened on, undated ones last,
/// then by id.
pub fn order(entry: &Entry) -> (String, String) {
    let bounds = entry.event.date.as_ref().and_then(|date| bounds(&date.edtf));
    let day = bounds.and_then(|bounds| bounds.first).map_or_else(|| "~".to_owned(), |day| day.to_string());
    (day, entry.event.id.clone())
}

/// Writes entries; returns how many rows were written.
///
/// # Errors
///
/// The first error of the rows or of `out`.
pub fn events(
    out: &mut dyn Write,
    format: Format,
    entries: impl Iterator<Item = Result<Entry, LedgerError>>,
) -> Result<u64, LedgerError> {
    match format {
        Format::Csv => cells::write(out, &schema::events_flat(), entries),
        Format::Jsonl => lines::write(out, entries),
        Format::Parquet => columnar::write(out, Listing::Events.as_str(), &schema::events(), entries),
        Format::Plover => plover::write(out, entries),
        Format::Gdelt => gdelt::write(out, entries),
    }
}

/// Writes claims; returns how many rows were written.
///
/// # Errors
///
/// The first error of the rows or of `out`, or when claims are not written in this format.
pub fn claims(
    out: &mut dyn Write,
    format: Format,
    claims: impl Iterator<Item = Result<LedgerClaim, LedgerError>>,
) -> Result<u64, LedgerError> {
    table(out, Listing::Claims, format, &schema::claims(), claims)
}

/// Writes the quotes among the claims; returns how many rows were written.
///
/// # Errors
///
/// The first error of the rows or of `out`, or when quotes are not written in this format.
pub fn quotes(
    out: &mut dyn Write,
    format: Format,
    claims: impl Iterator<Item = Result<LedgerClaim, LedgerError>>,
) -> Result<u64, LedgerError> {
    let quotes = claims.filter_map(|claim| claim.map(LedgerQuote::of).transpose());
    table(out, Listing::Quotes, format, &schema::quotes(), quotes)
}

/// Writes documents; returns how many rows were written.
///
/// # Errors
///
/// The first error of the rows or of `out`, or when documents are not written in this format.
pub fn documents(
    out: &mut dyn Write,
    format: Format,
    documents: impl Iterator<Item = Result<DocumentRow, LedgerError>>,
) -> Result<u64, LedgerError> {
    table(out, Listing::Documents, format, &schema::documents(), documents)
}

/// Writes rows in one of the formats that every listing has.
fn table<T: serde::Serialize>(
    out: &mut dyn Write,
    listing: Listing,
    format: Format,
    columns: &[schema::Column<T>],
    rows: impl Iterator<Item = Result<T, LedgerError>>,
) -> Result<u64, LedgerError> {
    format.check(listing)?;
    written(out, listing.as_str(), format, columns, rows)
}

/// Writes rows of what a ledger tells of itself.
fn account<T: serde::Serialize>(
    out: &mut dyn Write,
    name: &str,
    format: Format,
    columns: &[schema::Column<T>],
    rows: impl Iterator<Item = Result<T, LedgerError>>,
) -> Result<u64, LedgerError> {
    if matches!(format, Format::Plover | Format::Gdelt) {
        let message = format!("{name} are not written as {}, which holds events alone", format.as_str());
        return Err(LedgerError::Asked(message));
    }
    written(out, name, format, columns, rows)
}

fn written<T: serde::Serialize>(
    out: &mut dyn Write,
    name: &str,
    format: Format,
    columns: &[schema::Column<T>],
    rows: impl Iterator<Item = Result<T, LedgerError>>,
) -> Result<u64, LedgerError> {
    match format {
        Format::Csv => cells::write(out, columns, rows),
        Format::Jsonl => lines::write(out, rows),
        Format::Parquet | Format::Plover | Format::Gdelt => columnar::write(out, name, columns, rows),
    }
}

/// Writes those who take part in events; returns how many rows were written.
///
/// # Errors
///
/// The first error of the rows or of `out`, or when they are not written in this format.
pub fn entities(
    out: &mut dyn Write,
    format: Format,
    rows: impl Iterator<Item = Result<Entity, LedgerError>>,
) -> Result<u64, LedgerError> {
    account(out, "entities", format, &schema::entities(), rows)
}

/// Writes runs; returns how many rows were written.
///
/// # Errors
///
/// The first error of the rows or of `out`, or when they are not written in this format.
pub fn runs(
    out: &mut dyn Write,
    format: Format,
    rows: impl Iterator<Item = Result<Run, LedgerError>>,
) -> Result<u64, LedgerError> {
    account(out, "runs", format, &schema::runs(), rows)
}

/// Writes what documents cover, by outlet and month; returns how many rows were written.
///
/// # Errors
///
/// The first error of the rows or of `out`, or when they are not written in this format.
pub fn coverage(
    out: &mut dyn Write,
    format: Format,
    rows: impl Iterator<Item = Result<Covered, LedgerError>>,
) -> Result<u64, LedgerError> {
    account(out, "coverage", format, &schema::coverage(), rows)
}

/// Writes imports; returns how many rows were written.
///
/// # Errors
///
/// The first error of the rows or of `out`, or when they are not written in this format.
pub fn imports(
    out: &mut dyn Write,
    format: Format,
    rows: impl Iterator<Item = Result<Imported, LedgerError>>,
) -> Result<u64, LedgerError> {
    account(out, "imports", format, &schema::imports(), rows)
}

/// Writes reviews; returns how many rows were written.
///
/// # Errors
///
/// The first error of the rows or of `out`, or when they are not written in this format.
pub fn reviews(
    out: &mut dyn Write,
    format: Format,
    rows: impl Iterator<Item = Result<Review, LedgerError>>,
) -> Result<u64, LedgerError> {
    account(out, "reviews", format, &schema::reviews(), rows)
}
