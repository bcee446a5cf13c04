//! The vocabulary that every other crate speaks: reports, spans, claims, events, mentions.
//!
//! These types are the public contract of `docs/record.md` as Rust; their serde names are the JSON
//! names. No I/O and no logic beyond what a value says of itself.

mod claim;
mod event;
mod facet;
mod mention;
pub mod ontology;
mod panel;
mod record;
mod report;
mod span;

pub use claim::{Anonymous, Asserter, Claim, ClaimKind, ClaimMode, Cue, Modality, Polarity, Quote, Tense};
pub use event::{
    Channel, Confirmation, ConfirmationState, DateMethod, Event, EventDate, EventPlace, Formality, Part,
    Participant, Precision, Role, Setting, Status, Topic,
};
pub use facet::Facet;
pub use mention::{Mention, MentionKind};
pub use panel::{Days, Engagement, Side, Standing};
pub use record::{Coded, Diagnostic, Record, Severity};
pub use report::{PublishedMethod, Report};
pub use span::{Offsets, Span};
