//! Likeness of documents: canonical addresses, near-copies and wire copies, stories.
//!
//! ```text
//! Report, mentions ──Sketch::new──▶ Sketch ──keys──▶ candidates ──same_family, same_story──▶ likenesses ──groups──▶ families, stories
//! ```
//!
//! A *family* is one source: copies of a text, cut, edited or with paragraphs of the outlet's own. A *story*
//! is a set of reports about the same happening, in whatever words. Both are judged from two sketches
//! alone: no word's weight depends on what else is in the ledger, so the order in which documents came
//! does not matter. Only documents that share a key need be compared.

mod address;
mod company;
mod family;
mod groups;
mod kind;
mod sketch;
mod story;
mod wire;
mod words;

pub use address::canonical;
pub use company::{Company, regroup};
pub use family::same_family;
pub use groups::{groups, unions};
pub use kind::{Kind, TELLING};
pub use sketch::Sketch;
pub use story::{Common, common, same_story};
pub use wire::wire;
pub use words::{Word, stem, words};

/// How alike two documents are.
#[derive(Debug, Clone, PartialEq)]
pub struct Likeness {
    /// Between 0 and 1; [`groups`] joins at an average of one half.
    pub score: f32,
    /// What they have in common, for people.
    pub reason: String,
}
