//! From an annotated report to claims and events.
//!
//! ```text
//! Doc ──resolve──▶ Resolved ──tellings──▶ Told, Attribution ──fuse──▶ events ──claims──▶ Coded
//! ```
//!
//! Pure: the same report and knowledge give the same record on every machine. Text never makes it
//! fail; what deserves a word becomes a diagnostic.

pub mod claims;
pub mod code;
pub mod confidence;
pub mod fuse;
mod narrator;
mod output;
pub mod resolve;
pub mod spans;

use jiff::civil::Date;
use verbale_knowledge::Knowledge;
use verbale_model::{Coded, Report};
use verbale_nlp::Doc;

use code::frames::Frames;
use code::lexicon::Lexicon;
use confidence::{Grounds, Weights};
use resolve::words::Words;
use spans::Spans;

/// SHA-256 of the rules, code and word lists alike: two readings with the same hash, knowledge and model are the
/// same.
pub const RULES: &str = env!("VERBALE_RULES");

/// The coder's own word lists.
pub struct Rules {
    words: Words,
    lexicon: Lexicon,
    frames: Frames,
    weights: Weights,
}

impl Rules {
    /// The lists that are built in.
    ///
    /// # Errors
    /// A message that names the list and the place in it that cannot be read.
    pub fn embedded() -> Result<Self, String> {
        Ok(Self {
            words: Words::embedded()?,
            lexicon: Lexicon::embedded()?,
            frames: Frames::embedded()?,
            weights: Weights::embedded()?,
        })
    }
}

/// Codes an annotated report: who, when and where; what is told and on whose word; which tellings
/// are one event.
pub fn code(rules: &Rules, knowledge: &Knowledge, report: &Report, doc: &Doc, spans: &Spans) -> Coded {
    code_with_grounds(rules, knowledge, report, doc, spans).0
}

/// The same, with what each event's confidence rests on, in the order of events.
pub fn code_with_grounds(
    rules: &Rules,
    knowledge: &Knowledge,
    report: &Report,
    doc: &Doc,
    spans: &Spans,
) -> (Coded, Vec<Grounds>) {
    let published = report.published.as_deref().and_then(published);
    let resolved = resolve::resolve(knowledge, &rules.words, doc, published);
    let tellings = code::tellings(&resolved, &rules.lexicon, &rules.frames);
    let events = fuse::fuse(&resolved, &tellings.actors, &tellings.told);
    let claims = claims::claims(&resolved, spans, &tellings, &events);
    let grounds: Vec<Grounds> =
        events.iter().map(|event| Grounds::of(&event.told, &tellings.actors)).collect();
    let chances: Vec<f32> = grounds.iter().map(|grounds| rules.weights.chance(grounds)).collect();
    (output::record(&resolved, spans, &tellings, &events, claims, &chances), grounds)
}

/// The day a publication date stands for: a month or a year for its last day.
pub fn published(text: &str) -> Option<Date> {
    let part = |at: usize| text.split('-').nth(at);
    let year: i16 = part(0)?.parse().ok()?;
    let Some(month) = part(1) else { return Date::new(year, 12, 31).ok() };
    let month: i8 = month.parse().ok()?;
    match part(2) {
        Some(day) => Date::new(year, month, day.get(..2)?.parse().ok()?).ok(),
        None => Date::new(year, month, 1).ok().map(Date::last_of_month),
    }
}
