//! A report cut into sentences by the record's own offsets, so that spans can be shown where they stand.

use verbale::model::{Offsets, Report, Span};
use verbale::nlp::SentKind;
use verbale::nlp::segment::segment;

/// A sentence of the report or its title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands.
    pub span: Span,
    /// What it is part of.
    pub kind: SentKind,
}

/// The text that spans point into.
pub struct Page {
    text: Vec<char>,
    title: Vec<char>,
    sentences: Vec<Sentence>,
}

impl Page {
    /// Cuts a report.
    pub fn new(report: &Report) -> Self {
        let title: Vec<char> = report.title.as_deref().unwrap_or_default().chars().collect();
        let mut sentences = Vec::new();
        if !title.is_empty() {
            let span = Span { start: 0, end: title.len() as u32, in_title: true };
            sentences.push(Sentence { span, kind: SentKind::Headline });
        }
        let text = &report.text[..report.text.floor_char_boundary(verbale::LONGEST)];
        let offsets = Offsets::new(text);
        for part in segment(text) {
            let (Some(first), Some(last)) = (part.tokens.first(), part.tokens.last()) else { continue };
            let span =
                Span { start: offsets.chars(first.start), end: offsets.chars(last.end), in_title: false };
            sentences.push(Sentence { span, kind: part.kind });
        }
        Self { text: text.chars().collect(), title, sentences }
    }

    /// The characters of a span, cut off where the text ends.
    pub fn chars(&self, span: Span) -> &[char] {
        let whole = if span.in_title { &self.title } else { &self.text };
        let end = (span.end as usize).min(whole.len());
        &whole[(span.start as usize).min(end)..end]
    }

    /// The words of a span.
    pub fn words(&self, span: Span) -> String {
        self.chars(span).iter().collect()
    }

    /// The words of a span, shortened at the end to about `most` characters.
    pub fn excerpt(&self, span: Span, most: usize) -> String {
        let words = self.words(span).split_whitespace().collect::<Vec<_>>().join(" ");
        let words = words.trim_start_matches([',', ';', ' ']);
        let chars: Vec<char> = words.chars().collect();
        if chars.len() <= most {
            return words.to_owned();
        }
        let cut = chars[..most].iter().rposition(|c| *c == ' ').unwrap_or(most);
        chars[..cut].iter().collect::<String>() + " …"
    }

    /// The headline that stands at the top of the text.
    pub fn headline(&self) -> Option<Span> {
        let first = self.sentences.iter().find(|sentence| !sentence.span.in_title)?;
        (first.kind == SentKind::Headline).then_some(first.span)
    }

    /// The sentences that share a character with one of these spans, in order.
    pub fn sentences_of(&self, spans: &[Span]) -> Vec<Sentence> {
        let touched = |sentence: &&Sentence| spans.iter().any(|span| span.overlaps(sentence.span));
        self.sentences.iter().filter(touched).copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_found_by_their_characters() {
        let text = "Élysée talks\n\nHe met her in Nîmes. They talked. He left.".to_owned();
        let page = Page::new(&Report { text, title: Some("Été".to_owned()), ..Report::default() });
        let at = |start, end, in_title| Span { start, end, in_title };
        assert_eq!(page.words(page.headline().unwrap()), "Élysée talks");
        let found = page.sentences_of(&[at(17, 20, false), at(0, 1, true)]);
        let shown: Vec<String> = found.iter().map(|sentence| page.words(sentence.span)).collect();
        assert_eq!(shown, ["Été", "He met her in Nîmes."]);
        assert_eq!(page.words(at(51, 9000, false)), "left.");
        assert_eq!(page.excerpt(at(14, 34, false), 12), "He met her …");
    }
}
