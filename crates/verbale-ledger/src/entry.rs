//! Entries: one for each happening, with all that tell of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use verbale_model::Event;

use crate::telling::TellingId;

/// One happening, as the ledger lists it. In JSON the event's own fields come first, as in a record.
///
/// The event's spans lie in the text of the telling that `from` names for the field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The event, merged from its tellings; its `id` is that of the first telling, its `claims` are
    /// `DOCUMENT:CLAIM`.
    #[serde(flatten)]
    pub event: Event,
    /// The telling that each field came from, by path: `date`, `place`, `participants/0`.
    pub from: BTreeMap<String, TellingId>,
    /// All tellings, the first one first.
    pub tellings: Vec<Cited>,
    /// How many documents tell of it.
    pub documents: u32,
    /// How many independent sources: families of documents.
    pub sources: u32,
    /// How sure the linker is that these tellings are of one happening: the least of the scores that
    /// hold them together, 1 for a single telling.
    pub link_score: f32,
    /// Why they were linked.
    pub link_reasons: Vec<String>,
    /// What its tellings say differently: `date: 2025-05-13 (NOR), 2025-05-14 (KEN)`.
    #[serde(default)]
    pub differences: Vec<String>,
    /// Only superseded versions of documents tell of it.
    pub superseded: bool,
    /// What reviewers said.
    pub review: Reviewed,
}

/// One telling of an entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cited {
    /// Its name.
    pub id: TellingId,
    /// Who published it.
    pub outlet: Option<String>,
    /// When.
    pub published: Option<String>,
    /// Where.
    pub url: Option<String>,
    /// Its family of copies.
    pub family: String,
    /// The words that tell, where the ledger keeps them.
    pub evidence: Vec<String>,
}

/// What reviewers said of an entry.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Reviewed {
    /// Their verdict.
    pub verdict: Verdict,
    /// Fields that were corrected, by path.
    pub edited: Vec<String>,
    /// Where the coder has changed its mind since, or reviewers disagree; for people.
    pub conflicts: Vec<String>,
    /// The event as coded, where corrections changed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coded: Option<Box<Event>>,
}

/// A reviewer's verdict on an entry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nobody has looked.
    #[default]
    None,
    /// Right.
    Accepted,
    /// Not what happened, or no event at all; it is not counted.
    Rejected,
}

impl Verdict {
    /// The word as the ledger writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
        }
    }
}
