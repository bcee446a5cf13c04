//! From tokens and bytes of the annotated text to the record's character spans, title apart.

use std::ops::Range;

use verbale_model::{Offsets, Report, Span};
use verbale_nlp::Doc;

/// Between a title that was given beside the text and the text.
const GAP: &str = "\n\n";

/// Knows where title and text lie in the text that was annotated.
pub struct Spans {
    offsets: Offsets,
    /// Characters of title and gap before the text.
    before: u32,
    title: u32,
}

impl Spans {
    /// The text to annotate (title, gap, text) and the table for its offsets.
    pub fn new(report: &Report) -> (String, Self) {
        let title = report.title.as_deref().filter(|title| !title.trim().is_empty());
        let joined = match title {
            Some(title) => format!("{title}{GAP}{}", report.text),
            None => report.text.clone(),
        };
        let chars = title.map_or(0, |title| title.chars().count() as u32);
        let before = if title.is_some() { chars + GAP.len() as u32 } else { 0 };
        let offsets = Offsets::new(&joined);
        (joined, Self { offsets, before, title: chars })
    }

    /// The bytes of the report's captions in the text that was annotated, in order.
    pub fn captions(&self, report: &Report) -> Vec<Range<usize>> {
        let mut captions = report.captions.clone();
        captions.retain(|span| !span.in_title);
        captions.sort_unstable();
        let byte = |at: u32| self.offsets.byte(at + self.before);
        captions.into_iter().map(|span| byte(span.start)..byte(span.end)).collect()
    }

    /// The characters of a byte range.
    pub fn bytes(&self, range: Range<usize>) -> Span {
        let (start, end) = (self.offsets.chars(range.start), self.offsets.chars(range.end));
        if start < self.before {
            return Span { start, end: end.min(self.title), in_title: true };
        }
        Span { start: start - self.before, end: end - self.before, in_title: false }
    }

    /// The characters of a token range.
    pub fn tokens(&self, doc: &Doc, range: Range<usize>) -> Span {
        self.bytes(doc.bytes(range))
    }
}
