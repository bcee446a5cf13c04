//! Mentions: what the report speaks of, word by word.

use serde::{Deserialize, Serialize};

use crate::event::words;
use crate::span::Span;

words! {
    /// Kinds of mention.
    MentionKind {
        /// A person.
        Person = "person",
        /// An organisation or body.
        Organisation = "organisation",
        /// A state, or a word that stands for its government.
        State = "state",
        /// A place.
        Place = "place",
        /// A group without membership lists: "the West".
        Group = "group",
        /// TIMEX3 DATE.
        Date = "date",
        /// TIMEX3 TIME.
        Time = "time",
        /// TIMEX3 DURATION.
        Duration = "duration",
        /// TIMEX3 SET.
        Set = "set",
        /// Somebody by office: "the minister".
        Role = "role",
        /// A quotation.
        Quote = "quote",
    }
}

/// One mention.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// `m1`, `m2`, … in order of position.
    pub id: String,
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// The literal words.
    pub text: String,
    /// What it is.
    pub kind: MentionKind,
    /// Entity id, when known.
    pub entity: Option<String>,
    /// Country of a place or state.
    pub country: Option<String>,
    /// `GeoNames` id of a place.
    pub geonames: Option<u32>,
    /// Degrees north.
    pub lat: Option<f32>,
    /// Degrees east.
    pub lon: Option<f32>,
    /// TIMEX3 value of a time expression.
    pub timex: Option<String>,
    /// The earlier mention of the same thing.
    pub coreferent: Option<String>,
}
