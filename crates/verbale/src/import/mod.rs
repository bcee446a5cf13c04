//! Codings of others: from files of their formats to rows of the ledger, one file for each format.
//!
//! ```text
//! file ──parts──▶ stream ──blocks──▶ Block ──parse──▶ Parsed { Batch, rejects, unknown codes } ──Intake──▶ ledger
//! ```
//!
//! A block is a few megabytes of whole lines; blocks are parsed on any thread and taken in order, so that
//! memory does not depend on the size of a file. A row that cannot be read becomes a [`Reject`] that says what was
//! expected and what was found. Codes that are not known are kept as given and counted, never guessed.

mod blocks;
mod codes;
mod field;
mod filter;
mod gdelt;
mod icews;
mod intake;
mod mapping;
mod parsed;
mod parts;
mod plover;
mod polecat;
mod scales;
mod shelf;
mod sums;
mod table;
mod votes;

use std::sync::Arc;

pub use blocks::{Block, Blocks};
pub use codes::{Codes, Country};
pub use filter::{Filter, Unclear, Written, window};
pub use intake::{Intake, Odd, Source, Taken, Untaken};
pub use mapping::Mapping;
pub use parsed::{Parsed, Reject, Unknown};
pub use parts::{ImportError, Part, files};
pub use scales::{Score, scales};
pub use sums::Sums;

/// A format of others' codings.
#[derive(Debug, Clone)]
pub enum Format {
    /// GDELT 1.0 and 2.0 events and 2.0 mentions: told apart row by row, by the number of columns.
    Gdelt,
    /// ICEWS.
    Icews,
    /// POLECAT.
    Polecat,
    /// PLOVER as lines of JSON: our own export, and the layout of NGEC.
    Plover,
    /// Votes in the General Assembly.
    UnVotes,
    /// Any table, read as a mapping says.
    Table(Arc<Mapping>),
}

impl Format {
    /// Its name, which begins the ids of its events.
    pub fn name(&self) -> &str {
        match self {
            Self::Gdelt => "gdelt",
            Self::Icews => "icews",
            Self::Polecat => "polecat",
            Self::Plover => "plover",
            Self::UnVotes => "un-votes",
            Self::Table(mapping) => &mapping.name,
        }
    }

    /// The built-in format of a name.
    pub fn named(name: &str) -> Option<Self> {
        let all = [Self::Gdelt, Self::Icews, Self::Polecat, Self::Plover, Self::UnVotes];
        all.into_iter().find(|format| format.name() == name)
    }

    /// How rows are told apart in its files.
    fn shape(&self) -> blocks::Shape {
        match self {
            Self::Gdelt | Self::Plover => blocks::Shape::Lines,
            Self::Icews | Self::Polecat => blocks::Shape::Header,
            Self::UnVotes => blocks::Shape::Quoted(b','),
            Self::Table(mapping) => blocks::Shape::Quoted(mapping.delimiter),
        }
    }
}

/// Reads blocks of one format.
#[derive(Debug)]
pub struct Reader {
    /// The format.
    pub format: Format,
    /// Countries and event codes.
    pub codes: Codes,
    /// What is asked for.
    pub filter: Filter,
}

impl Reader {
    /// What a file is read with, as the ledger keeps it beside the file.
    pub fn settings(&self) -> String {
        let settings = match &self.format {
            Format::Table(mapping) => {
                serde_json::json!({ "filter": self.filter, "mapping": mapping.as_ref() })
            }
            _ => serde_json::json!({ "filter": self.filter }),
        };
        settings.to_string()
    }

    /// The rows of a block.
    pub fn parse(&self, block: &Block) -> Parsed {
        match &self.format {
            Format::Gdelt => gdelt::parse(self, block),
            Format::Icews => icews::parse(self, block),
            Format::Polecat => polecat::parse(self, block),
            Format::Plover => plover::parse(self, block),
            Format::UnVotes => votes::parse(self, block),
            Format::Table(mapping) => table::parse(self, mapping, block),
        }
    }

    /// Cuts a stream of the format into blocks; `before` is how many lines of the import went before it.
    pub fn blocks<'r>(&self, part: Part<'r>, before: u64) -> Blocks<'r> {
        Blocks::new(part, self.format.shape(), before)
    }
}
