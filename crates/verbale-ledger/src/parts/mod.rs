//! Linking in parts: the ledger's own steps over documents and tellings that lie on many machines.
//!
//! ```text
//! Sketch ──ask──▶ postings ──meet──▶ pairs ──choose──▶ pairs ──compare──▶ edges ──label──▶ components ──group──▶ families, stories
//! Sheet, families, stories ──tell──▶ tellings ──ask, meet, choose, compare, label──▶ components ──link──▶ entries
//! ```
//!
//! Each step is pure and wants only rows that share something: a key, a document, a component. What comes out is what a
//! ledger holds to which all documents were added at once, in the order of [`Node`]; and where no limit on keys is
//! reached, in any order. Decision 0016 says why.

mod columns;
mod component;
mod count;
mod meet;
mod node;
mod sheet;
mod step;
mod tell;

pub use component::{Group, Label, forest, group, label};
pub use count::{Counting, counting, engagements};
pub use meet::{Chosen, Edge, Pair, Posting, ask, choose, compare, meet};
pub use node::{Matter, Node, when};
pub use sheet::{Sheet, Told};
pub use step::{Step, schema};
pub use tell::{ask_tellings, compare_tellings, link, tell};
