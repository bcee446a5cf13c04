//! Tellings: what one document tells of one happening.

use serde::{Deserialize, Serialize};
use verbale_model::{Claim, Event};

use crate::document::Document;

/// A telling's name: `DOCUMENT:EVENT`, as in `3f9a0c1d2e4b5a67:e1`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct TellingId {
    /// Key of the document.
    pub document: String,
    /// Id of the event in the document's record: `e1`.
    pub event: String,
}

impl std::fmt::Display for TellingId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.document, self.event)
    }
}

impl From<TellingId> for String {
    fn from(id: TellingId) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for TellingId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match text.split_once(':') {
            Some((document, event)) if !document.is_empty() && !event.is_empty() => {
                Ok(Self { document: document.to_owned(), event: event.to_owned() })
            }
            _ => Err(format!("'{text}' names no telling: write DOCUMENT:EVENT, as in 3f9a0c1d2e4b5a67:e1")),
        }
    }
}

/// What the linker knows of the document that tells.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// SHA-256 of its text.
    pub sha256: String,
    /// Publication date, `YYYY-MM-DD` or shorter.
    pub published: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The side whose own voice it is.
    pub side: Option<String>,
    /// Its family: near-copies and wire copies share one. Key of the family's first document.
    pub family: String,
    /// Its story: reports about the same happening share one. Key of the story's first document.
    pub story: String,
    /// A later version of the same address has taken its place.
    pub superseded: bool,
}

impl Source {
    /// What the document itself says; which family and story it is of is not known from it.
    pub fn of(document: &Document) -> Self {
        let report = &document.report;
        Self {
            sha256: document.sha256.clone(),
            published: report.published.clone(),
            outlet: report.outlet.clone(),
            url: report.url.clone(),
            side: document.side.clone(),
            ..Self::default()
        }
    }
}

/// What one document tells of one happening.
#[derive(Debug, Clone, PartialEq)]
pub struct Telling {
    /// Its name.
    pub id: TellingId,
    /// The document that tells.
    pub source: Source,
    /// The event as coded in that document.
    pub event: Event,
    /// The claims of that document which tell of the event.
    pub claims: Vec<Claim>,
}

impl AsRef<Self> for Telling {
    fn as_ref(&self) -> &Self {
        self
    }
}
