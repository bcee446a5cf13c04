//! Foreign codings: events that others coded, as they come in and as they are asked for.
//!
//! They do not go through tellings and links. What a file repeats (actors, kinds of events, places, addresses)
//! stands once in a [`Batch`], and rows point at it; the store does the same for a ledger.

mod event;
mod key;
mod row;

pub use event::{ForeignEvent, ForeignParticipant, Wanted};
pub use key::{Code, Pair};
pub use row::{Actor, Batch, Count, Kind, Place, Row, SourceId, Way};
