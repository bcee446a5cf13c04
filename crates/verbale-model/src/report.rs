//! What goes in: one report with what is known about it.

use serde::{Deserialize, Serialize};

use crate::event::words;
use crate::span::Span;

words! {
    /// How a publication date became known, the surest first.
    PublishedMethod {
        /// Given by the user or with the report.
        Given = "given",
        /// Read from what the page, feed, mail or archive says of itself to machines.
        Metadata = "metadata",
        /// Read from words that readers see: a date line beside the byline.
        Visible = "visible",
        /// Read from the address.
        Address = "address",
    }
}

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
    /// How `published` became known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_method: Option<PublishedMethod>,
    /// Day on which it was fetched, as `YYYY-MM-DD`; it was not published later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fetched: Option<String>,
    /// Who wrote it, as printed: "Jane Doe; Reuters".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub byline: Option<String>,
    /// Captions of pictures that stand in the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub captions: Vec<Span>,
    /// What had to be decided when it was read in, for people: a guessed encoding, a date left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
}
