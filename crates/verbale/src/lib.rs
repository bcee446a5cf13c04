//! Reads reports of diplomacy into an auditable record of who met whom, on whose word.
//!
//! ```text
//! Report ──annotate──▶ Doc ──resolve──▶ Resolved ──tellings──▶ Claims ──fuse──▶ Events
//!  ingest               nlp              coder                 coder            coder
//! ```
//!
//! [`World`] holds everything that is not the report: language model, knowledge, rules. It has no
//! clock and no network; "today" is the report's publication date.

pub mod coverage;
pub mod difference;
pub mod distances;
pub mod evidence;
pub mod fetch;
pub mod flow;
pub mod given;
pub mod import;
pub mod ingest;
pub mod inquiry;
pub mod keep;
pub mod kept;
pub mod question;
pub mod queue;
pub mod reliability;
pub mod ruling;
pub mod shelving;

use verbale_coder::Rules;
use verbale_coder::spans::Spans;
pub use verbale_knowledge as knowledge;
use verbale_knowledge::Knowledge;
pub use verbale_ledger as ledger;
pub use verbale_measure as measure;
pub use verbale_model as model;
use verbale_model::{Coded, Diagnostic, Record, Report, Severity};
pub use verbale_nlp as nlp;
use verbale_nlp::Language;

/// Version of the coder, as records state it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Longest text that is coded, in bytes; what lies beyond is left out with a diagnostic.
pub const LONGEST: usize = 1 << 19;

/// Everything the coder needs beside the report. Immutable, and shared by all threads.
pub struct World {
    /// The language model.
    pub language: Language,
    /// Facts.
    pub knowledge: Knowledge,
    /// Word lists and rules.
    pub rules: Rules,
}

/// Data that is built in and cannot be read: the build is broken.
#[derive(Debug)]
pub struct WorldError(String);

impl std::fmt::Display for WorldError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the built-in data cannot be read: {}", self.0)
    }
}

impl std::error::Error for WorldError {}

impl World {
    /// The world that is built into the binary.
    ///
    /// # Errors
    /// [`WorldError`] when the embedded model, knowledge or rules do not fit the code.
    pub fn embedded() -> Result<Self, WorldError> {
        Ok(Self {
            language: Language::embedded().map_err(|error| WorldError(error.to_string()))?,
            knowledge: Knowledge::embedded(),
            rules: Rules::embedded().map_err(WorldError)?,
        })
    }
}

/// The whole engine. Pure: same world and report, same claims, on every machine.
pub fn code(world: &World, report: &Report) -> Coded {
    let (text, spans) = Spans::new(report);
    let doc = nlp::annotate_page(&world.language, &text, &spans.captions(report));
    verbale_coder::code(&world.rules, &world.knowledge, report, &doc, &spans)
}

/// Codes a report and signs the record: hash of the text, versions, what was left out.
pub fn read(world: &World, report: &Report) -> Record {
    let mut short = None;
    if report.text.len() > LONGEST {
        let mut cut = report.clone();
        cut.text.truncate(report.text.floor_char_boundary(LONGEST));
        short = Some(cut);
    }
    let mut coded = code(world, short.as_ref().unwrap_or(report));
    if short.is_some() {
        coded.diagnostics.push(Diagnostic {
            severity: Severity::Error,
            message: format!(
                "the text is {} kB long and only its first {} kB were coded; split it into its reports",
                report.text.len() >> 10,
                LONGEST >> 10
            ),
            span: None,
        });
    }
    coded.diagnostics.extend(ingest::remarks(report));
    Record {
        id: report.id.clone(),
        sha256: ingest::sha256(&report.text),
        published: report.published.clone(),
        events: coded.events,
        claims: coded.claims,
        mentions: Some(coded.mentions),
        diagnostics: coded.diagnostics,
        coder: VERSION.to_owned(),
        data: verbale_knowledge::VERSION.to_owned(),
    }
}
