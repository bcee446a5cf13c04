//! The `SQLite` file: schema, migrations, and every statement that reads or writes it.
//!
//! | file | what |
//! |---|---|
//! | `file.rs` | opening, creating, migrating |
//! | `add.rs` | documents and their codings come in |
//! | `alike.rs` | families and stories of documents |
//! | `relink.rs` | tellings to entries, only where something changed |
//! | `read.rs`, `rows.rs` | entries, claims and documents come out |
//! | `pages.rs` | the same page by page, for ledgers of any size |
//! | `census.rs` | who takes part |
//! | `panel.rs` | what measures see of entries |
//! | `whole.rs` | what a server keeps in memory, and what changed of it |
//! | `code.rs` | runs; texts to be coded again; what a run read |
//! | `dump.rs` | documents with all that was read in them, for another ledger |
//! | `coverage.rs` | what came from whom and when, who wrote of a state, who tells of an event, what reviewers said |
//! | `rulings.rs` | reviews |
//! | `foreign.rs`, `foreign_names.rs`, `foreign_row.rs`, `foreign_sort.rs` | what others coded comes in |
//! | `foreign_read.rs`, `foreign_votes.rs`, `imports.rs` | it comes out; its files |
//! | `testimony.rs` | what the documents of an entry say |
//! | `remove.rs` | a document and all that came from it go |

mod add;
mod alike;
mod census;
mod code;
mod coverage;
mod dump;
mod file;
mod foreign;
mod foreign_names;
mod foreign_read;
mod foreign_row;
mod foreign_sort;
mod foreign_votes;
mod imports;
mod pages;
mod panel;
mod read;
mod relink;
mod remove;
mod rows;
mod rulings;
mod runs;
mod testimony;
mod whole;

pub(crate) use add::slice;
pub use add::{Added, Addition, OpenRun, Sentence, Standing};
pub use census::Entity;
pub use code::Recoding;
pub use coverage::{Covering, Teller};
pub use dump::Dump;
pub use file::{Access, Ledger};
pub use foreign::Import;
pub use foreign_names::Dictionaries;
pub use foreign_votes::{Agreement, Votes};
pub use imports::{About, Imported, Tally};
pub use pages::{ClaimKey, Doubt, EntryKey, Page, Turn};
pub use panel::{Numbered, Seen};
pub use remove::Removed;
pub use runs::{Input, Run, RunKind, Versions};
pub use whole::{Changes, Paper, Whole};
