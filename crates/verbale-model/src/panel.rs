//! What a measure sees of an event: sides, date and circumstances, without names and words.

use serde::{Deserialize, Serialize};

use crate::event::{Channel, ConfirmationState, Formality, Part, Setting, Status};
use crate::ontology::{EventType, Mode};

/// One happening, whoever coded it; counted once for each partner, whatever the number of participants.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Engagement {
    /// Id of the entry, or `IMPORT:ID` of a foreign coding.
    pub id: String,
    /// Whose coding it is; `None` for our own.
    pub source: Option<String>,
    /// PLOVER type.
    pub event_type: EventType,
    /// PLOVER mode.
    pub mode: Option<Mode>,
    /// For AGREE and REQUEST: the type of act agreed to or asked for.
    pub of: Option<EventType>,
    /// Whether it happened.
    pub status: Status,
    /// The days it may have been on.
    pub days: Days,
    /// Country of the place, ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// How people spoke.
    pub channel: Option<Channel>,
    /// In what company.
    pub setting: Option<Setting>,
    /// Formal or informal, where somebody said so.
    pub formality: Option<Formality>,
    /// Whose word it rests on; `None` where a foreign coding does not say.
    pub confirmation: Option<ConfirmationState>,
    /// Who took part, one for each state or organisation, by code.
    pub sides: Vec<Side>,
    /// Probability that it was coded right, from 0 to 1.
    pub confidence: f32,
    /// Independent sources that tell of it.
    pub sources: u32,
    /// Goldstein's score, where the coding has one: -10 to 10.
    pub goldstein: Option<f32>,
    /// PLOVER's score: -10 to 10.
    pub plover: Option<f32>,
    /// What it was about, each once, sorted.
    pub topics: Vec<String>,
    /// A reviewer said that it is wrong.
    pub rejected: bool,
    /// Only superseded versions of documents tell of it.
    pub superseded: bool,
}

/// First and last day, both included, counted from 1970-01-01; `None` where that end is open or unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days {
    /// First day.
    pub first: Option<i32>,
    /// Last day.
    pub last: Option<i32>,
}

impl Days {
    /// Both ends, where both are known.
    pub fn both(self) -> Option<(i32, i32)> {
        self.first.zip(self.last)
    }
}

/// What is known of those who took part for one state or organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// The code that they count for.
    pub code: String,
    /// Whether somebody spoke for it.
    pub standing: Standing,
    /// The highest rank among them: 1 is the highest.
    pub level: Option<u8>,
    /// Host, visitor or mediator, where known.
    pub part: Option<Part>,
}

/// Whether anybody at an event spoke for a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The state, a ministry or a serving official.
    Serving,
    /// Nobody but those who have left their office.
    Former,
}

impl Engagement {
    /// The side of this code.
    pub fn side(&self, code: &str) -> Option<&Side> {
        self.sides.iter().find(|side| side.code == code)
    }
}
