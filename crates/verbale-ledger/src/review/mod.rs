//! Reviews: append-only rulings of people on entries, keyed to the words that entries rest on.
#![allow(missing_docs)]
use serde::{Deserialize, Serialize};
use verbale_model::Span;
use verbale_model::ontology::EventType;

use crate::link::Ruling;
use crate::{Entry, Telling};
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
pub struct Anchor {
    pub sha256: String,
    pub span: Span,
    pub event_type: EventType,
}
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Action {
    Accept { target: Anchor },
    Undo { review: String },
}
impl Action {
    pub fn anchors(&self) -> Vec<&Anchor> {
        match self {
            Self::Accept { target } => vec![target],
            Self::Undo { .. } => vec![],
        }
    }
}
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
pub struct Review {
    pub id: String,
    pub at: String,
    pub reviewer: String,
    pub reason: Option<String>,
    #[serde(flatten)]
    pub action: Action,
}
pub fn in_force(r: &[Review]) -> Vec<&Review> {
    r.iter().collect()
}
pub fn rulings(_: &[&Review], _: &[&Telling]) -> Vec<Ruling> {
    vec![]
}
pub fn apply(_: &mut Entry, _: &[&Telling], _: &[&Review]) {}
