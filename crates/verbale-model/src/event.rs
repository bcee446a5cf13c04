//! Events: what happened, as far as claims say so. Field names are those of the record.

use serde::{Deserialize, Serialize};

use crate::ontology::{Context, EventType, Mode, Sector};
use crate::span::Span;

/// Declares a closed vocabulary whose JSON spelling is snake case.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $text)] $variant,)*
        }

        impl $name {
            /// The word as the record writes it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}
pub(crate) use words;

words! {
    /// PLOVER's roles. In CONSULT the visitor is actor and the host recipient; with neither, all are actors.
    Role {
        /// Who acts.
        Actor = "actor",
        /// Whom it is done to or with.
        Recipient = "recipient",
    }
}

words! {
    /// What somebody was at a meeting.
    Part {
        /// One of those who met, with no host known.
        Principal = "principal",
        /// At home.
        Host = "host",
        /// Away from home.
        Visitor = "visitor",
        /// Between the sides.
        Mediator = "mediator",
        /// Present, and not a principal.
        Attendee = "attendee",
    }
}

words! {
    /// How people consulted.
    Channel {
        /// Face to face.
        InPerson = "in_person",
        /// By telephone.
        Phone = "phone",
        /// By video.
        Video = "video",
        /// In writing to each other.
        Letter = "letter",
        /// By a statement to everybody.
        Statement = "statement",
    }
}

words! {
    /// The company in which people consulted.
    Setting {
        /// Two sides.
        Bilateral = "bilateral",
        /// Three sides or more, or an organisation's gathering.
        Multilateral = "multilateral",
        /// Two sides, beside a gathering.
        Sideline = "sideline",
        /// With a mediator.
        ThirdParty = "third_party",
    }
}

words! {
    /// Whether somebody called the engagement formal or informal.
    Formality {
        /// Said to be formal or official.
        Formal = "formal",
        /// Said to be informal, private or unofficial.
        Informal = "informal",
    }
}

words! {
    /// Whether it happened.
    Status {
        /// It happened.
        Held = "held",
        /// It is to happen.
        Planned = "planned",
        /// It was to happen and will not.
        Cancelled = "cancelled",
        /// Somebody says that it did not happen.
        Denied = "denied",
        /// It is spoken of as possible.
        Hypothetical = "hypothetical",
    }
}

words! {
    /// Whose word an event rests on.
    ConfirmationState {
        /// Each side's own source asserts it.
        BothSides = "both_sides",
        /// One side's source asserts it.
        OneSide = "one_side",
        /// Somebody who is no side of it asserts it.
        ThirdParty = "third_party",
        /// A side denies it.
        Denied = "denied",
        /// Sides tell it differently.
        Conflicting = "conflicting",
        /// The outlet alone tells it.
        Unattributed = "unattributed",
    }
}

words! {
    /// How an event's date came about.
    DateMethod {
        /// Written out in full.
        Stated = "stated",
        /// Relative to the publication date: yesterday, Tuesday.
        Relative = "relative",
        /// A day or month without a year, which publication supplied.
        YearInferred = "year_inferred",
        /// The publication date itself.
        Publication = "publication",
        /// No date; perhaps bounded by publication.
        None = "none",
    }
}

words! {
    /// How exact a date is.
    Precision {
        /// One day.
        Day = "day",
        /// One week.
        Week = "week",
        /// One month.
        Month = "month",
        /// A quarter or season.
        Season = "season",
        /// One year.
        Year = "year",
        /// From one day to another.
        Interval = "interval",
        /// Unknown.
        None = "none",
    }
}

/// One happening.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// `e1`, `e2`, … in order of the first words that tell of it.
    pub id: String,
    /// PLOVER type.
    pub event_type: EventType,
    /// PLOVER mode, if any.
    pub mode: Option<Mode>,
    /// CAMEO code, coded from the actor.
    pub cameo: Option<String>,
    /// PLOVER contexts, in the ontology's order.
    pub contexts: Vec<Context>,
    /// What it was about, in the text's words.
    pub topics: Vec<Topic>,
    /// When; `None` when not even publication bounds it.
    pub date: Option<EventDate>,
    /// Where.
    pub place: Option<EventPlace>,
    /// How people spoke; only for CONSULT and what is said or written.
    pub channel: Option<Channel>,
    /// In what company; only for CONSULT.
    pub setting: Option<Setting>,
    /// Formal or informal, where somebody said so.
    pub formality: Option<Formality>,
    /// Whether it happened.
    pub status: Status,
    /// Whose word it rests on.
    pub confirmation: Confirmation,
    /// Who took part.
    pub participants: Vec<Participant>,
    /// Ids of the claims it rests on.
    pub claims: Vec<String>,
    /// From 0 to 1.
    pub confidence: f32,
    /// The rule that made the first claim.
    pub rule: String,
    /// For AGREE and REQUEST: the type of act agreed to or asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x_of: Option<EventType>,
    /// An envoy was called in.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub x_summons: bool,
    /// The dictionary entry behind the rule: `frames.toml: condemn`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x_entry: Option<String>,
    /// The words that evoke the event, one per telling.
    pub evidence: Vec<Span>,
}

/// What an event was about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Topic {
    /// The literal words.
    pub text: String,
    /// A normalised name: lower case, underscores.
    pub topic: String,
    /// Where the words stand.
    #[serde(flatten)]
    pub span: Span,
}

/// When it happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventDate {
    /// Extended Date/Time Format (ISO 8601-2).
    pub edtf: String,
    /// How exact.
    pub precision: Precision,
    /// How known.
    pub method: DateMethod,
    /// The words it rests on.
    #[serde(flatten, default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// Where it happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventPlace {
    /// As the text has it.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// `GeoNames` id.
    pub geonames: Option<u32>,
    /// Degrees north.
    pub lat: Option<f32>,
    /// Degrees east.
    pub lon: Option<f32>,
    /// The words it rests on.
    #[serde(flatten, default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// Whose word the event rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// How confirmed.
    pub state: ConfirmationState,
    /// The sides that assert it, sorted.
    pub sides: Vec<String>,
}

/// One participant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Participant {
    /// The fullest name the report gives, or the naming profile's.
    pub name: String,
    /// Wikidata id, the project's slug or a user's id, when known.
    pub entity: Option<String>,
    /// PLOVER role.
    pub role: Role,
    /// Part in a meeting; `None` outside meetings and for countries and ministries.
    pub part: Option<Part>,
    /// Office as of the event, in the text's words; `None` for countries and ministries.
    pub office: Option<String>,
    /// The organisation of that office.
    pub organisation: Option<String>,
    /// State or authority spoken for.
    pub side: Option<String>,
    /// The authority when rivals share a state's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
    /// Nationality, when told or known.
    pub nationality: Option<String>,
    /// PLOVER sector.
    pub sector: Option<Sector>,
    /// In office at the event; `None` for countries and ministries.
    pub serving: Option<bool>,
    /// Rank: 1 heads of state and government, 2 their deputies and foreign ministers, 3 other ministers, 4 deputy
    /// ministers and special envoys, 5 ambassadors, 6 chargés d'affaires and consuls, 7 working level, 8 former or
    /// semi-official, 9 private.
    pub level: Option<u8>,
    /// The mention in the sentence of the trigger.
    #[serde(flatten)]
    pub span: Span,
}
