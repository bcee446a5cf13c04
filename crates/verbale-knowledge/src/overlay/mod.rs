//! A user's knowledge file: TOML that adds to what is known or overrides it. `docs/knowledge.md` describes it.

mod check;
pub(crate) mod entry;
pub(crate) mod layers;
mod read;
mod reader;

use std::collections::BTreeMap;
use std::fmt;

pub use check::check;
use entry::{
    AuthorityEntry, BodyEntry, NameEntry, OrganisationEntry, PersonEntry, PlaceEntry, RecognitionEntry,
    StateEntry,
};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The file can be used, but probably says something that was not meant.
    Warning,
    /// The file cannot be used.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// Something wrong in a knowledge file: what, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Line of the file, from 1.
    pub line: u32,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence that names the thing and says what to do.
    pub message: String,
}

/// A reason why a knowledge file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnowledgeError {
    /// The file as the user named it.
    pub path: String,
    /// Line, from 1.
    pub line: u32,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for KnowledgeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

impl std::error::Error for KnowledgeError {}

/// What a knowledge file says, ready to be laid over the embedded facts.
#[derive(Debug, Clone, Default)]
pub struct Overlay {
    pub(crate) states: Vec<StateEntry>,
    pub(crate) authorities: Vec<AuthorityEntry>,
    pub(crate) organisations: Vec<OrganisationEntry>,
    pub(crate) bodies: Vec<BodyEntry>,
    pub(crate) people: Vec<PersonEntry>,
    pub(crate) places: Vec<PlaceEntry>,
    pub(crate) recognitions: Vec<RecognitionEntry>,
    pub(crate) names: Vec<NameEntry>,
    pub(crate) profiles: BTreeMap<String, BTreeMap<String, String>>,
}

impl Overlay {
    /// Reads a knowledge file.
    ///
    /// # Errors
    /// Everything that makes the file unusable, each with its line: broken TOML, unknown keys, missing fields,
    /// values of the wrong sort, impossible dates. What merely looks wrong, [`check`] reports.
    pub fn from_toml(path_name: &str, text: &str) -> Result<Self, Vec<KnowledgeError>> {
        let (overlay, findings) = read::read(text);
        let errors: Vec<KnowledgeError> = findings
            .into_iter()
            .filter(|finding| finding.severity == Severity::Error)
            .map(|finding| KnowledgeError {
                path: path_name.to_owned(),
                line: finding.line,
                message: finding.message,
            })
            .collect();
        if errors.is_empty() { Ok(overlay) } else { Err(errors) }
    }
}
