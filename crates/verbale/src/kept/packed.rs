//! An entry in little room: what measures see of it, with words by their numbers, and where it hangs.

use std::cmp::Ordering;
use std::sync::Arc;

use verbale_ledger::store::Whole;
use verbale_model::ontology::{EventType, Mode};
use verbale_model::{
    Channel, ConfirmationState, Days, Engagement, Formality, Part, Setting, Side, Standing, Status,
};

use super::words::{NONE, Words};

/// An entry; about 200 bytes with what hangs on it.
#[derive(Debug, Clone)]
pub(super) struct Packed {
    /// Its number in the ledger.
    pub(super) number: i64,
    /// It went.
    pub(super) gone: bool,
    id: Box<str>,
    /// The first day as the ledger sorts by it.
    first_day: u32,
    event_type: EventType,
    mode: Option<Mode>,
    of: Option<EventType>,
    status: Status,
    days: Days,
    country: u32,
    channel: Option<Channel>,
    setting: Option<Setting>,
    formality: Option<Formality>,
    confirmation: Option<ConfirmationState>,
    confidence: f32,
    sources: u32,
    goldstein: Option<f32>,
    plover: Option<f32>,
    rejected: bool,
    superseded: bool,
    sides: Box<[PackedSide]>,
    /// Topics, then codes of all who take part, then numbers of its documents.
    numbers: Box<[u32]>,
    topics: u16,
    states: u16,
}

/// Who took part for a state.
#[derive(Debug, Clone, Copy)]
struct PackedSide {
    code: u32,
    standing: Standing,
    level: Option<u8>,
    part: Option<Part>,
}

impl Packed {
    /// Packs an entry; nothing where it has more of something than there are numbers.
    pub(super) fn of(whole: &Whole, words: &mut Arc<Words>) -> Option<Self> {
        let event = &whole.entry.engagement;
        let side = |side: &Side| PackedSide {
            code: Words::number(words, &side.code),
            standing: side.standing,
            level: side.level,
            part: side.part,
        };
        let sides = event.sides.iter().map(side).collect();
        let mut numbers: Vec<u32> =
            event.topics.iter().chain(&whole.states).map(|word| Words::number(words, word)).collect();
        for document in &whole.documents {
            numbers.push(u32::try_from(*document).ok()?);
        }
        Some(Self {
            number: whole.entry.number,
            gone: false,
            id: event.id.as_str().into(),
            first_day: Words::perhaps(words, whole.entry.first_day.as_deref()),
            event_type: event.event_type,
            mode: event.mode,
            of: event.of,
            status: event.status,
            days: event.days,
            country: Words::perhaps(words, event.country.as_deref()),
            channel: event.channel,
            setting: event.setting,
            formality: event.formality,
            confirmation: event.confirmation,
            confidence: event.confidence,
            sources: event.sources,
            goldstein: event.goldstein,
            plover: event.plover,
            rejected: event.rejected,
            superseded: event.superseded,
            sides,
            numbers: numbers.into(),
            topics: u16::try_from(event.topics.len()).ok()?,
            states: u16::try_from(whole.states.len()).ok()?,
        })
    }

    /// The entry as it was, with what is promised as it is known with topics or without: then nobody has looked that
    /// up but for agreements.
    pub(super) fn unpacked(&self, words: &Words, topics: bool) -> Engagement {
        let text = |word: u32| words.text(word).map(str::to_owned);
        let side = |side: &PackedSide| Side {
            code: text(side.code).unwrap_or_default(),
            standing: side.standing,
            level: side.level,
            part: side.part,
        };
        Engagement {
            id: self.id.to_string(),
            source: None,
            event_type: self.event_type,
            mode: self.mode,
            of: self.of.filter(|_| topics || !self.is_asked()),
            status: self.status,
            days: self.days,
            country: text(self.country),
            channel: self.channel,
            setting: self.setting,
            formality: self.formality,
            confirmation: self.confirmation,
            sides: self.sides.iter().map(side).collect(),
            confidence: self.confidence,
            sources: self.sources,
            goldstein: self.goldstein,
            plover: self.plover,
            topics: self.numbers[..usize::from(self.topics)].iter().filter_map(|word| text(*word)).collect(),
            rejected: self.rejected,
            superseded: self.superseded,
        }
    }

    /// Whether it is another one without topics.
    pub(super) fn is_asked(&self) -> bool {
        self.of.is_some() && self.event_type != EventType::Agree && self.status == Status::Planned
    }

    /// Its place among the entries of a state: by first day, those without one last, then by id.
    pub(super) fn order(&self, other: &Self, words: &Words) -> Ordering {
        let day = |one: &Self| (one.first_day == NONE, words.text(one.first_day));
        let by_day =
            if self.first_day == other.first_day { Ordering::Equal } else { day(self).cmp(&day(other)) };
        by_day.then_with(|| self.id.cmp(&other.id))
    }

    /// Codes that it counts for.
    pub(super) fn codes(&self) -> impl Iterator<Item = u32> {
        self.sides.iter().map(|side| side.code)
    }

    /// Codes of all who take part: sides and nationalities.
    pub(super) fn states(&self) -> &[u32] {
        let from = usize::from(self.topics);
        &self.numbers[from..from + usize::from(self.states)]
    }

    /// Numbers of the documents that tell of it.
    pub(super) fn documents(&self) -> &[u32] {
        &self.numbers[usize::from(self.topics) + usize::from(self.states)..]
    }
}
