//! Claims: who says what, how, and on which words it rests.

use serde::{Deserialize, Serialize};

use crate::event::{Channel, words};
use crate::span::Span;

words! {
    /// What a claim is about.
    ClaimKind {
        /// An event.
        Event = "event",
        /// A standing relation, such as recognition.
        Relation = "relation",
        /// A property of something.
        Attribute = "attribute",
        /// A view, judgement or call.
        Stance = "stance",
    }
}

words! {
    /// In what form it stands in the report.
    ClaimMode {
        /// With quoted words.
        Quote = "quote",
        /// In reported speech.
        Indirect = "indirect",
        /// Told by the outlet.
        Narration = "narration",
        /// In a caption.
        Caption = "caption",
        /// In a headline.
        Headline = "headline",
    }
}

words! {
    /// Affirmed or negated.
    Polarity {
        /// Said to be so.
        Affirmed = "affirmed",
        /// Said not to be so.
        Negated = "negated",
    }
}

words! {
    /// How sure the asserter is.
    Modality {
        /// Plainly.
        Certain = "certain",
        /// With a hedge: seems, may, reportedly.
        Hedged = "hedged",
        /// As still to come.
        Planned = "planned",
        /// As possible or conditional.
        Hypothetical = "hypothetical",
        /// As not so.
        Denied = "denied",
    }
}

words! {
    /// Grammatical time of the content.
    Tense {
        /// Before.
        Past = "past",
        /// Now.
        Present = "present",
        /// To come.
        Future = "future",
        /// No finite verb.
        None = "none",
    }
}

words! {
    /// Asserters without a name.
    Anonymous {
        /// "officials say".
        Officials = "officials",
        /// "analysts say".
        Analysts = "analysts",
        /// "sources say", "reports say", "critics say" and other unnamed people.
        Sources = "sources",
    }
}

/// One claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// `c1`, `c2`, … in order of position.
    pub id: String,
    /// The event it tells of, if any.
    pub event: Option<String>,
    /// What it is about.
    pub kind: ClaimKind,
    /// Who says so; `None` for the outlet.
    pub asserter: Option<Asserter>,
    /// Through whom: the spokesperson of a principal, the outlet that was spoken to.
    pub via: Option<Asserter>,
    /// How it was said.
    pub channel: Option<Channel>,
    /// The word of speech.
    pub cue: Option<Cue>,
    /// What is said.
    pub content: Span,
    /// Form.
    pub mode: ClaimMode,
    /// Quoted words, literally.
    pub quote: Option<Quote>,
    /// Affirmed or negated.
    pub polarity: Polarity,
    /// How sure.
    pub modality: Modality,
    /// Tense of the content.
    pub tense: Tense,
    /// The outlet's own inference or judgement.
    pub narrator: bool,
    /// The rule that made it.
    pub rule: String,
}

/// Who asserts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asserter {
    /// The fullest name the report gives.
    pub name: String,
    /// Entity id, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// Office in the text's words.
    pub office: Option<String>,
    /// Organisation of that office, or the organisation itself.
    pub organisation: Option<String>,
    /// Side spoken for.
    pub side: Option<String>,
    /// What kind of unnamed asserter.
    pub anonymous: Option<Anonymous>,
    /// The full noun phrase.
    #[serde(flatten)]
    pub span: Span,
}

/// A word of speech.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cue {
    /// The literal words.
    pub text: String,
    /// Where they stand.
    #[serde(flatten)]
    pub span: Span,
}

/// Literal quoted words, without the quotation marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// A literal substring of the report.
    pub text: String,
    /// Less than a sentence.
    pub partial: bool,
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
}
