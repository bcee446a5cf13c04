//! Anchors: the words that a ruling is keyed to, and how they are found again.

use serde::{Deserialize, Serialize};
use verbale_model::Span;
use verbale_model::ontology::EventType;

use crate::telling::Telling;

/// The place in a text at which an event is told; texts are never searched for likeness.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Anchor {
    /// Hash of the text, so that a ruling holds for exact copies.
    pub sha256: String,
    /// The trigger: the first words of evidence.
    #[serde(flatten)]
    pub span: Span,
    /// What the coder took it for.
    pub event_type: EventType,
    /// Its participants, which tell apart events that one word evokes ("met them separately").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub who: Vec<Span>,
}

/// Where an anchor is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// The telling of this index has the same trigger and type.
    Exact(usize),
    /// The telling of this index has evidence that overlaps; its type may be another.
    Moved(usize),
    /// Nothing is told there.
    Orphan,
}

/// The anchor of a telling.
pub fn anchor(telling: &Telling) -> Anchor {
    Anchor {
        sha256: telling.source.sha256.clone(),
        span: telling.event.evidence.first().copied().unwrap_or_default(),
        event_type: telling.event.event_type,
        who: telling.event.participants.iter().map(|who| who.span).collect(),
    }
}

/// Finds the telling that an anchor names: the same trigger and type first, then overlapping evidence.
pub fn find(anchor: &Anchor, tellings: &[&Telling]) -> Found {
    let fit = |telling: &Telling| {
        if telling.source.sha256 != anchor.sha256 {
            return None;
        }
        let event = &telling.event;
        let same_type = event.event_type == anchor.event_type;
        let first = event.evidence.first().copied().unwrap_or_default() == anchor.span;
        let overlap = event
            .evidence
            .iter()
            .filter(|span| span.overlaps(anchor.span))
            .map(|span| span.end.min(anchor.span.end) - span.start.max(anchor.span.start))
            .max();
        let shared = event.participants.iter().filter(|who| anchor.who.contains(&who.span)).count();
        (first || overlap.is_some()).then_some((first && same_type, same_type, overlap, shared))
    };
    let best = tellings
        .iter()
        .enumerate()
        .filter_map(|(at, telling)| Some((fit(telling)?, at)))
        // Among equals the first by name, whatever the order they came in.
        .max_by(|(one, a), (other, b)| {
            let name =
                |at: usize| (&tellings[at].id.document, tellings[at].id.event.len(), &tellings[at].id.event);
            one.cmp(other).then_with(|| name(*b).cmp(&name(*a)))
        });
    match best {
        Some(((true, ..), at)) => Found::Exact(at),
        Some((_, at)) => Found::Moved(at),
        None => Found::Orphan,
    }
}
