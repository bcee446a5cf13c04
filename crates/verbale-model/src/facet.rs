//! What the words of an event are evidence of: what happened, who, when, where, about what.

use crate::event::Event;
use crate::span::Span;

/// What a word of a report is evidence of. Later ones win where spans overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// What it was about.
    About,
    /// Where.
    Where,
    /// When.
    When,
    /// Who.
    Who,
    /// That it happened.
    What,
}

impl Event {
    /// The spans that the event rests on, each with what it is evidence of.
    pub fn facets(&self) -> Vec<(Span, Facet)> {
        let mut spans: Vec<(Span, Facet)> = self.evidence.iter().map(|span| (*span, Facet::What)).collect();
        spans.extend(self.participants.iter().map(|participant| (participant.span, Facet::Who)));
        spans.extend(self.date.iter().filter_map(|date| date.span).map(|span| (span, Facet::When)));
        spans.extend(self.place.iter().filter_map(|place| place.span).map(|span| (span, Facet::Where)));
        spans.extend(self.topics.iter().map(|topic| (topic.span, Facet::About)));
        spans
    }
}
