//! Reviews: append-only rulings of people on entries, keyed to the words that entries rest on.
//!
//! ```text
//! reviews ──in_force──▶ Placed::new(reviews, tellings) ──▶ rulings (link) · apply (entries) · orphans
//! ```
//!
//! Nothing is ever changed or taken away: an undo is one review more. See `docs/design/0009-reviews.md`.

mod anchor;
mod apply;
mod edit;
mod exchange;
mod order;
mod placed;
mod rated;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

pub use anchor::{Anchor, Found, anchor, find};
pub use apply::{Seen, apply};
pub use edit::{parse_edit, telling_of};
pub use exchange::{Refused, read, write};
pub use order::{Effect, Gauge, order};
pub use placed::{Placed, orphans, rulings};
pub(crate) use rated::ratings;
pub use rated::{Checked, Rating, checked};

/// One ruling of one person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Review {
    /// 16 hexadecimal digits of the hash of all else, so that importing twice adds nothing.
    pub id: String,
    /// When: `2025-10-24T09:30:00.125Z`, in UTC.
    pub at: String,
    /// Who.
    pub reviewer: String,
    /// Why.
    pub reason: Option<String>,
    /// What was ruled.
    #[serde(flatten)]
    pub action: Action,
}

/// What was ruled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Action {
    /// It happened as the entry says.
    Accept {
        /// The telling that was looked at.
        target: Anchor,
        /// What the entry said.
        seen: Seen,
    },
    /// It is no event, or not this one.
    Reject {
        /// The telling that was looked at.
        target: Anchor,
        /// What the entry said.
        seen: Seen,
    },
    /// One field is another.
    Edit {
        /// The telling that the field came from.
        target: Anchor,
        /// The field, as [`parse_edit`] stores it.
        path: String,
        /// What it is.
        value: Value,
        /// What the coder said.
        was: Value,
    },
    /// These tellings are of a happening of their own.
    Split {
        /// Those that go, together.
        targets: Vec<Anchor>,
        /// Those that stay.
        from: Vec<Anchor>,
    },
    /// Two tellings are of one happening.
    Join {
        /// One.
        target: Anchor,
        /// The other.
        with: Anchor,
    },
    /// An earlier review does not hold, an undo included.
    Undo {
        /// Its id.
        review: String,
    },
}

impl Action {
    /// The tellings that it speaks of; an undo speaks of a review.
    pub fn anchors(&self) -> Vec<&Anchor> {
        match self {
            Self::Accept { target, .. } | Self::Reject { target, .. } | Self::Edit { target, .. } => {
                vec![target]
            }
            Self::Split { targets, from } => targets.iter().chain(from).collect(),
            Self::Join { target, with } => vec![target, with],
            Self::Undo { .. } => Vec::new(),
        }
    }
}

impl Review {
    /// A review with its id.
    pub fn new(at: String, reviewer: String, reason: Option<String>, action: Action) -> Self {
        let mut review = Self { id: String::new(), at, reviewer, reason, action };
        review.id = review.key();
        review
    }

    /// The id that its content has.
    pub(crate) fn key(&self) -> String {
        let content = (&self.at, &self.reviewer, &self.reason, &self.action);
        let bytes = serde_json::to_vec(&content).unwrap_or_default();
        crate::document::hex(&Sha256::digest(&bytes)[..8])
    }
}

/// The reviews that hold: without undos and what they undid, by time, those of one moment as given.
pub fn in_force(reviews: &[Review]) -> Vec<&Review> {
    let mut undoings: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let by_id: BTreeMap<&str, &Review> = reviews.iter().map(|review| (review.id.as_str(), review)).collect();
    for (id, review) in &by_id {
        if let Action::Undo { review } = &review.action {
            undoings.entry(review).or_default().insert(id);
        }
    }
    // From undos that nothing undoes to what they undo; a circle, which hashes rule out, holds nothing.
    let mut ready: VecDeque<&str> = by_id.keys().copied().filter(|id| !undoings.contains_key(id)).collect();
    let mut holds: BTreeMap<&str, bool> = ready.iter().map(|id| (*id, true)).collect();
    while let Some(id) = ready.pop_front() {
        let held = holds.get(id) == Some(&true);
        let Some(Action::Undo { review: target }) = by_id.get(id).map(|review| &review.action) else {
            continue;
        };
        let Some(open) = undoings.get_mut(target.as_str()) else { continue };
        open.remove(id);
        if holds.contains_key(target.as_str()) || !(held || open.is_empty()) {
            continue;
        }
        holds.insert(target, !held);
        ready.push_back(target);
    }
    let mut found: Vec<&Review> = by_id
        .values()
        .copied()
        .filter(|review| holds.get(review.id.as_str()) == Some(&true))
        .filter(|review| !matches!(review.action, Action::Undo { .. }))
        .collect();
    let given: BTreeMap<&str, usize> =
        reviews.iter().enumerate().rev().map(|(at, review)| (review.id.as_str(), at)).collect();
    found.sort_by_key(|review| (&review.at, given.get(review.id.as_str())));
    found
}
