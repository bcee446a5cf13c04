//! One telling of one happening, before tellings are fused into events.

use std::ops::Range;

use verbale_model::ontology::{Context, EventType, Mode};
use verbale_model::{Channel, Formality, Modality, Part, Polarity, Role, Setting, Status, Tense};

/// One participant of a telling.
#[derive(Debug, Clone, PartialEq)]
pub struct Taking {
    /// Index of the actor.
    pub actor: usize,
    /// The tokens that mention it in the sentence of the trigger.
    pub tokens: Range<usize>,
    /// PLOVER role.
    pub role: Role,
    /// Part in a meeting.
    pub part: Option<Part>,
}

/// What an event was about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicSpan {
    /// The words.
    pub tokens: Range<usize>,
    /// Normalised name.
    pub topic: String,
}

/// One telling of one happening.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The words that evoke it; the first is the trigger itself.
    pub trigger: Range<usize>,
    /// PLOVER type.
    pub event_type: EventType,
    /// PLOVER mode.
    pub mode: Option<Mode>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// Contexts that the words give.
    pub contexts: Vec<Context>,
    /// Who takes part, in text order.
    pub taking: Vec<Taking>,
    /// Index into `Resolved::times`.
    pub time: Option<usize>,
    /// Index into `Resolved::places`.
    pub place: Option<usize>,
    /// What it is about.
    pub topics: Vec<TopicSpan>,
    /// How people spoke.
    pub channel: Option<Channel>,
    /// In what company.
    pub setting: Option<Setting>,
    /// Called formal or informal.
    pub formality: Option<Formality>,
    /// Whether it happened.
    pub status: Status,
    /// Affirmed or negated.
    pub polarity: Polarity,
    /// How sure the teller is.
    pub modality: Modality,
    /// Tense.
    pub tense: Tense,
    /// For AGREE and REQUEST: the act agreed to or asked for.
    pub x_of: Option<EventType>,
    /// An envoy was called in.
    pub summons: bool,
    /// "The meeting", "the talks": tells of one that the report has told before.
    pub anaphoric: bool,
    /// A move to a place that lends a visit to the meetings there.
    pub journey: bool,
    /// How sure the rule is, from 0 to 1; [`crate::confidence`] says what that is worth.
    pub confidence: f32,
    /// Name of the rule: `consult/meet`.
    pub rule: String,
    /// The dictionary entry behind it: `frames.toml: condemn`.
    pub entry: String,
}

impl Told {
    /// A held event of this type at this trigger, with everything else unknown.
    pub fn new(trigger: Range<usize>, event_type: EventType, rule: &str) -> Self {
        Self {
            trigger,
            event_type,
            mode: None,
            cameo: None,
            contexts: Vec::new(),
            taking: Vec::new(),
            time: None,
            place: None,
            topics: Vec::new(),
            channel: None,
            setting: None,
            formality: None,
            status: Status::Held,
            polarity: Polarity::Affirmed,
            modality: Modality::Certain,
            tense: Tense::None,
            x_of: None,
            summons: false,
            anaphoric: false,
            journey: false,
            confidence: 0.8,
            rule: rule.to_owned(),
            entry: String::new(),
        }
    }

    /// Adds a participant once.
    pub fn take(&mut self, taking: Taking) {
        if !self.taking.iter().any(|known| known.actor == taking.actor) {
            self.taking.push(taking);
        }
    }

    /// The actors that take part.
    pub fn actors(&self) -> impl Iterator<Item = usize> + '_ {
        self.taking.iter().map(|taking| taking.actor)
    }
}
