//! A foreign coding as it is read from the ledger, and what is asked for.

use std::sync::Arc;

use jiff::civil::Date;
use verbale_model::Role;
use verbale_model::ontology::EventType;

use super::row::{Actor, Kind, Place};
use crate::period::Period;

/// An event that somebody else coded.
#[derive(Debug, Clone, PartialEq)]
pub struct ForeignEvent {
    /// Format and the source's own id: `gdelt:410412347`. Sources may give one id to several events.
    pub id: String,
    /// Number of the import it is from.
    pub import: i64,
    /// First day.
    pub first: Date,
    /// Last day; the first one, where it lasted no longer.
    pub last: Date,
    /// What happened.
    pub kind: Arc<Kind>,
    /// Who took part: each once.
    pub participants: Vec<ForeignParticipant>,
    /// Goldstein's score, as given.
    pub goldstein: Option<f64>,
    /// Score on another scale, as given.
    pub score: Option<f64>,
    /// Times it was mentioned.
    pub mentions: Option<u32>,
    /// Sources that mention it.
    pub sources: Option<u32>,
    /// Documents that mention it.
    pub articles: Option<u32>,
    /// Where.
    pub place: Option<Arc<Place>>,
    /// Number of the address of a document that tells of it; [`crate::store::Ledger::foreign_address`] has its
    /// words. Events of one import, day and address are told by one document.
    pub address: Option<i64>,
    /// Rows that told of it.
    pub rows: u32,
}

/// Somebody who took part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignParticipant {
    /// Who, in the source's words.
    pub actor: Arc<Actor>,
    /// Actor or recipient. In a visit the visitor is actor and the host recipient; where nobody is known to travel,
    /// both who consult are actors.
    pub role: Role,
}

impl ForeignEvent {
    /// Whether somebody stands for a state.
    pub fn with(&self, state: &str) -> bool {
        self.participants
            .iter()
            .any(|who| who.actor.state.as_ref().is_some_and(|code| code.as_slice() == state.as_bytes()))
    }

    /// Whether it is a visit of one state to another one, and it is known who travelled.
    pub fn visit(&self, from: &str, to: &str) -> bool {
        let there = |role: Role, state: &str| {
            self.participants.iter().any(|who| {
                who.role == role
                    && who.actor.state.as_ref().is_some_and(|code| code.as_slice() == state.as_bytes())
            })
        };
        self.kind.mode.as_deref() == Some("visit") && there(Role::Actor, from) && there(Role::Recipient, to)
    }
}

/// Which foreign codings are asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// The state that takes part.
    pub state: &'a str,
    /// One of these takes part, too; anybody, where the list is empty.
    pub partners: &'a [String],
    /// Days that the event shares; all days, where it is open.
    pub window: Period,
    /// Types of events; all, where the list is empty.
    pub types: &'a [EventType],
    /// Numbers of imports; all, where the list is empty.
    pub imports: &'a [i64],
}
