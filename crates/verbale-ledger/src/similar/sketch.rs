//! Sketches: what is kept of a document to compare it with others later, in one or two kilobytes.

use jiff::civil::Date;
use verbale_model::{Mention, Report};

use super::family::{self, Shingles};
use super::story::{self, Term};
use super::wire::wire;
use super::words::{hash, tokens};

/// First byte of every sketch; another one means that it was made by other rules.
const VERSION: u8 = 1;

/// Everything needed to compare a document with another later; same report and mentions, same bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    /// Publication date, in days since 1970-01-01; the middle of a month or year alone.
    pub(super) day: Option<i32>,
    /// Number of words of the text.
    pub(super) length: u32,
    /// Hash of all words of the text.
    pub(super) whole: u64,
    /// Hash of the agency it credits, 0 if none.
    pub(super) wire: u32,
    /// For families.
    pub(super) shingles: Shingles,
    /// For stories: words with their weights, by hash.
    pub(super) terms: Vec<Term>,
}

impl Sketch {
    /// The sketch of a report with the mentions found in it.
    pub fn new(report: &Report, mentions: &[Mention]) -> Self {
        let (body, whole) = tokens(&report.text);
        let title = report.title.as_deref().map(tokens).unwrap_or_default().0;
        Self {
            day: report.published.as_deref().and_then(day),
            length: body.len() as u32,
            whole,
            wire: wire(report).map_or(0, |name| hash(name.as_bytes()) as u32 | 1),
            shingles: rightless(&report.text)
                .map_or_else(|| Shingles::new(&body), |text| Shingles::new(&tokens(&text).0)),
            terms: story::terms(&title, &body, mentions),
        }
    }

    /// Keys of which copies of one text share at least one, nearly always.
    pub fn family_keys(&self) -> Vec<u64> {
        family::keys(self)
    }

    /// Keys of which reports about the same happening hold one that the other [asks](Self::story_probes)
    /// for, mostly.
    pub fn story_keys(&self) -> Vec<u64> {
        story::keys(self)
    }

    /// The keys by which others are looked for: those of this document, and those it would have two weeks
    /// earlier or later.
    pub fn story_probes(&self) -> Vec<u64> {
        story::probes(self)
    }

    /// Keys that a report about the same happening shares with this one, at the least.
    pub fn story_shared(&self) -> usize {
        story::least_shared(self)
    }

    /// The sketch as bytes, little end first.
    pub fn to_bytes(&self) -> Vec<u8> {
        let Shingles { level, sample, prints } = &self.shingles;
        let mut out = vec![VERSION];
        out.extend(self.day.unwrap_or(i32::MIN).to_le_bytes());
        out.extend(self.length.to_le_bytes());
        out.extend(self.whole.to_le_bytes());
        out.extend(self.wire.to_le_bytes());
        out.push(*level);
        out.extend((sample.len() as u16).to_le_bytes());
        out.extend(sample.iter().flat_map(|shingle| shingle.to_le_bytes()));
        out.extend((prints.len() as u16).to_le_bytes());
        out.extend(prints.iter().flat_map(|print| print.to_le_bytes()));
        out.extend((self.terms.len() as u16).to_le_bytes());
        for term in &self.terms {
            out.extend(term.word.to_le_bytes());
            out.extend(term.weight.to_le_bytes());
            out.push(term.marks);
        }
        out
    }

    /// Reads what [`Sketch::to_bytes`] wrote; none for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut bytes = Bytes(bytes);
        if bytes.take::<1>()? != [VERSION] {
            return None;
        }
        let day = i32::from_le_bytes(bytes.take()?);
        let length = u32::from_le_bytes(bytes.take()?);
        let whole = u64::from_le_bytes(bytes.take()?);
        let wire = u32::from_le_bytes(bytes.take()?);
        let [level] = bytes.take()?;
        let sample = bytes.list(|bytes| bytes.take().map(u32::from_le_bytes))?;
        let prints = bytes.list(|bytes| bytes.take().map(u64::from_le_bytes))?;
        let terms = bytes.list(|bytes| {
            let word = u32::from_le_bytes(bytes.take()?);
            let weight = u16::from_le_bytes(bytes.take()?);
            let [marks] = bytes.take()?;
            Some(Term { word, weight, marks })
        })?;
        let shingles = Shingles { level, sample, prints };
        let day = (day != i32::MIN).then_some(day);
        bytes.0.is_empty().then_some(Self { day, length, whole, wire, shingles, terms })
    }
}

/// Bytes still to be read.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*first)
    }

    fn list<T>(&mut self, one: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = u16::from_le_bytes(self.take()?);
        (0..length).map(|_| one(self)).collect()
    }
}

/// The text without the lines that reserve rights, which stand under all that an agency sends out; none
/// where there are no such lines.
fn rightless(text: &str) -> Option<String> {
    let reserves = |line: &&str| line.contains("ights reserved") || line.contains("may not be published");
    let found = text.lines().any(|line| reserves(&line));
    found.then(|| text.lines().filter(|line| !reserves(line)).collect::<Vec<_>>().join("\n"))
}

/// Days since 1970 of `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
fn day(published: &str) -> Option<i32> {
    let whole = match published.len() {
        4 => format!("{published}-07-01"),
        7 => format!("{published}-15"),
        _ => published.get(..10)?.to_owned(),
    };
    let date: Date = whole.parse().ok()?;
    Some(date.since(Date::constant(1970, 1, 1)).ok()?.get_days())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dates_of_any_precision_become_days() {
        assert_eq!(day("1970-01-02"), Some(1));
        assert_eq!(day("2024-02"), day("2024-02-15"));
        assert_eq!(day("2024"), day("2024-07-01"));
        assert_eq!(["", "soon", "2024-13-01", "20240101"].map(day), [None; 4]);
    }

    #[test]
    fn lines_that_reserve_rights_make_no_shingles() {
        let text = "The ministers met.\nAll rights reserved. This may not be published again.\nThey left.";
        assert_eq!(rightless(text).as_deref(), Some("The ministers met.\nThey left."));
        assert_eq!(rightless("The ministers met."), None);
    }

    proptest! {
        #[test]
        fn a_sketch_reads_back(text in "([a-zéA-Z]{1,6}[ .,]){0,90}", title in "([a-zA-Z]{1,6} ){0,5}") {
            let report = Report { text, title: Some(title), published: Some("2024-05-06".to_owned()), ..Report::default() };
            let sketch = Sketch::new(&report, &[]);
            let bytes = sketch.to_bytes();
            prop_assert_eq!(Sketch::from_bytes(&bytes), Some(sketch));
            prop_assert_eq!(Sketch::from_bytes(&bytes[..bytes.len() - 1]), None);
        }

        #[test]
        fn bytes_of_anything_else_are_no_sketch(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Some(sketch) = Sketch::from_bytes(&bytes) {
                prop_assert_eq!(sketch.to_bytes(), bytes);
            }
        }
    }
}
