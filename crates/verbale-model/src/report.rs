//! What goes in: one report with what is known about it.

use serde::{Deserialize, Serialize};

/// One report. `text` is decoded and otherwise as it was found; offsets refer to it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// A name for the report: the file's path, or the `id` it came with.
    pub id: String,
    /// The text that offsets refer to.
    pub text: String,
    /// A title given beside the text, never part of it.
    #[serde(default)]
    pub title: Option<String>,
    /// Publication date as `YYYY-MM-DD` (or `YYYY-MM`, `YYYY`); the only "today" there is.
    #[serde(default)]
    pub published: Option<String>,
    /// Who published it.
    #[serde(default)]
    pub outlet: Option<String>,
    /// Where it was found.
    #[serde(default)]
    pub url: Option<String>,
    /// BCP 47 language, if known.
    #[serde(default)]
    pub language: Option<String>,
}
