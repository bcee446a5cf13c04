//! The ledger: documents come in with what the coder read in them, and one entry per happening comes out.
//!
//! ```text
//! Document, Record ──similar──▶ family, story ──tellings──▶ link ──▶ clusters ──merge──▶ Entry
//!                                                            ▲                            │
//!                                                         rulings ◀────── review ◀────────┘
//! ```
//!
//! A *telling* is what one document tells of one happening (an event of its record, with the claims
//! behind it). An *entry* is a happening with all its tellings. Linking is a function of the set of
//! tellings and of the rulings of reviewers: the order in which documents came does not matter.
//! `similar`, `link` and `review` are pure; `store` alone knows `SQLite`; `parts` takes the same steps over documents that
//! lie on many machines.

mod candidates;
mod coverage;
pub mod diff;
mod document;
mod entries;
mod entry;
mod error;
mod fields;
pub mod foreign;
pub mod link;
pub mod list;
pub mod panel;
pub mod parts;
pub mod period;
pub mod review;
#[cfg(test)]
mod sample;
pub mod similar;
pub mod store;
mod telling;
mod testimony;

pub use coverage::{Coverage, Covered, Refusal};
pub use document::{Document, Retention};
pub use entries::entries;
pub use entry::{Cited, Entry, Reviewed, Verdict};
pub use error::LedgerError;
pub use telling::{Source, Telling, TellingId};
pub use testimony::{Passage, Testimony, Told};
