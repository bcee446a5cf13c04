//! Rows of the listings beside entries: claims, quotes, documents and codings of others.

use serde::{Deserialize, Serialize};
use verbale_model::{Asserter, Channel, Claim, Cue, Modality, Polarity, PublishedMethod, Quote};

use crate::document::Retention;
use crate::foreign::ForeignEvent;

/// A claim with the document it stands in. In JSON the claim's own fields follow those of the ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LedgerClaim {
    /// Key of the document.
    pub document: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// When, as `YYYY-MM-DD` or shorter.
    pub published: Option<String>,
    /// Where.
    pub url: Option<String>,
    /// Id of the entry that the claim's event became part of.
    pub entry: Option<String>,
    /// The words of its content, where the ledger keeps them.
    pub content_text: Option<String>,
    /// The claim; its `event` is the id in the document's own record.
    #[serde(flatten)]
    pub claim: Claim,
}

/// A quotation and who says it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LedgerQuote {
    /// Key of the document.
    pub document: String,
    /// Id of the claim in the document's record.
    pub claim: String,
    /// Id of the entry that the claim tells of.
    pub entry: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// When, as `YYYY-MM-DD` or shorter.
    pub published: Option<String>,
    /// Where.
    pub url: Option<String>,
    /// Who says it; `None` for the outlet.
    pub asserter: Option<Asserter>,
    /// Through whom.
    pub via: Option<Asserter>,
    /// How it was said.
    pub channel: Option<Channel>,
    /// The word of speech.
    pub cue: Option<Cue>,
    /// The quoted words.
    pub quote: Quote,
    /// Affirmed or negated.
    pub polarity: Polarity,
    /// How sure the speaker is.
    pub modality: Modality,
}

impl LedgerQuote {
    /// The quotation of a claim, if it has one.
    pub fn of(row: LedgerClaim) -> Option<Self> {
        let LedgerClaim { document, outlet, published, url, entry, claim, .. } = row;
        let Claim { id, asserter, via, channel, cue, quote, polarity, modality, .. } = claim;
        let quote = quote?;
        let claim = id;
        Some(Self {
            document,
            claim,
            entry,
            outlet,
            published,
            url,
            asserter,
            via,
            channel,
            cue,
            quote,
            polarity,
            modality,
        })
    }
}

/// A document without its text. Names are those of a report's JSONL, so that a line with `text` can
/// be added again and gets the same key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRow {
    /// Key of the document.
    pub document: String,
    /// The name it came with: a path, or the `id` of its line.
    pub id: String,
    /// SHA-256 of its text.
    pub sha256: String,
    /// The text, where the listing is asked for it and the ledger keeps it; in JSONL only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Its title, when given beside the text.
    pub title: Option<String>,
    /// When it was published, as `YYYY-MM-DD` or shorter.
    pub published: Option<String>,
    /// How that became known.
    pub published_method: Option<PublishedMethod>,
    /// Day on which it was fetched.
    pub fetched: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// The address in canonical form.
    pub address: Option<String>,
    /// BCP 47 language.
    pub language: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// The side whose own voice it is.
    pub side: Option<String>,
    /// How much of the text is kept.
    pub retention: Retention,
    /// Length of the text in Unicode scalar values.
    pub chars: u32,
    /// Its family: near-copies and wire copies share one.
    pub family: String,
    /// Its story: reports about the same happening share one.
    pub story: String,
    /// The earlier version of the same address that it replaces.
    pub replaces: Option<String>,
    /// The later version of the same address that has taken its place.
    pub superseded_by: Option<String>,
    /// Events of its record.
    pub events: u32,
    /// Claims of its record.
    pub claims: u32,
}

/// An event that somebody else coded, with where it is from.
#[derive(Debug, Clone, PartialEq)]
pub struct Coding {
    /// What it says.
    pub event: ForeignEvent,
    /// The file that it came in with.
    pub file: String,
    /// A document that tells of it.
    pub address: Option<String>,
}
