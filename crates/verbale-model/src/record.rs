//! What comes out: the record of one report.

use serde::{Deserialize, Serialize};

use crate::claim::Claim;
use crate::event::{Event, words};
use crate::mention::Mention;
use crate::span::Span;

words! {
    /// How much a diagnostic matters.
    Severity {
        /// Something was left out.
        Error = "error",
        /// Something may be wrong.
        Warning = "warning",
        /// Worth knowing.
        Info = "info",
    }
}

/// Something the reader of a record should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// What, and what to do.
    pub message: String,
    /// Where, if anywhere.
    #[serde(flatten, default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// Everything the coder reads out of one report.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Coded {
    /// Happenings, in order of their first telling.
    pub events: Vec<Event>,
    /// Claims, in order of position.
    pub claims: Vec<Claim>,
    /// Mentions, in order of position.
    pub mentions: Vec<Mention>,
    /// What went wrong or deserves a word.
    pub diagnostics: Vec<Diagnostic>,
}

/// One line of `verbale read --json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Name of the report.
    pub id: String,
    /// SHA-256 of the text in UTF-8, lower-case hexadecimal.
    pub sha256: String,
    /// Publication date as given.
    pub published: Option<String>,
    /// Happenings.
    pub events: Vec<Event>,
    /// Claims.
    pub claims: Vec<Claim>,
    /// Mentions, when asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mentions: Option<Vec<Mention>>,
    /// What went wrong or deserves a word.
    pub diagnostics: Vec<Diagnostic>,
    /// Version of the coder.
    pub coder: String,
    /// Version of the data.
    pub data: String,
}
