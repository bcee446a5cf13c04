//! Documents: reports as the ledger keeps them.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use verbale_model::Report;

/// How much of a document's text is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Retention {
    /// The whole text; only such documents can be coded again.
    #[default]
    Full,
    /// The sentences that events and claims rest on.
    Excerpts,
    /// No word of it: hash, offsets and codes.
    Hash,
}

impl Retention {
    /// The word as the ledger and the command line write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Excerpts => "excerpts",
            Self::Hash => "hash",
        }
    }
}

/// A document: a report with its key. Immutable; a correction is another document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Key: 16 hexadecimal digits of the hash of text, title, publication date, outlet and address.
    pub id: String,
    /// SHA-256 of the text in UTF-8, lower-case hexadecimal.
    pub sha256: String,
    /// Length of the text in characters.
    pub chars: u32,
    /// The report itself; its `text` is empty where retention is not full.
    pub report: Report,
    /// The side whose own voice it is (a ministry's site), by its code.
    pub side: Option<String>,
    /// The address in canonical form.
    pub address: Option<String>,
    /// How much of the text is kept.
    pub retention: Retention,
}

impl Document {
    /// A document of this report, with its whole text; `side` is whose own voice the outlet is.
    pub fn new(report: Report, side: Option<String>) -> Self {
        let sha256 = hex(&Sha256::digest(report.text.as_bytes()));
        let address = report.url.as_deref().map(crate::similar::canonical);
        let key = (&sha256, &report.title, &report.published, &report.outlet, &address);
        let key = serde_json::to_vec(&key).unwrap_or_default();
        let id = hex(&Sha256::digest(&key)[..8]);
        let chars = report.text.chars().count() as u32;
        Self { id, sha256, chars, report, side, address, retention: Retention::Full }
    }
}

/// Bytes in lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_depends_on_what_is_said_and_not_on_the_file() {
        let report = |id: &str, outlet: Option<&str>| Report {
            id: id.to_owned(),
            text: "The ministers met.".to_owned(),
            outlet: outlet.map(str::to_owned),
            ..Report::default()
        };
        let key = |report| Document::new(report, None).id;
        assert_eq!(key(report("a.txt", None)), key(report("b.txt", None)));
        assert_ne!(key(report("a.txt", None)), key(report("a.txt", Some("Gazette"))));
        assert_eq!(key(report("a.txt", None)).len(), 16);
    }
}
