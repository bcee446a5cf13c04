//! One sentence as the patterns read it: lower-case words, numbers and the ends of phrases.

use std::ops::Range;

use verbale_nlp::{Doc, Sent, Token};

use super::lexicon;

/// A sentence's words in lower case, addressed by their place in the sentence.
pub(super) struct Words<'d> {
    doc: &'d Doc,
    base: usize,
    lower: Vec<String>,
}

/// How many: a number, or an amount that nobody counted ("several").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Count {
    /// Told.
    Exact(u32),
    /// "several", "a few".
    Vague,
}

impl Count {
    /// The number as TIMEX3 writes it.
    pub(super) fn timex(self) -> String {
        match self {
            Self::Exact(count) => count.to_string(),
            Self::Vague => "X".to_owned(),
        }
    }
}

impl<'d> Words<'d> {
    /// Reads one sentence.
    pub(super) fn new(doc: &'d Doc, sent: Sent<'d>) -> Self {
        let range = sent.range();
        let lower =
            doc.span(range.clone()).map(|token| token.text().replace('’', "'").to_lowercase()).collect();
        Self { doc, base: range.start, lower }
    }

    /// Number of words.
    pub(super) fn len(&self) -> usize {
        self.lower.len()
    }

    /// The word in lower case; empty past either end.
    pub(super) fn at(&self, at: usize) -> &str {
        self.lower.get(at).map_or("", String::as_str)
    }

    /// The word before, empty at the start.
    pub(super) fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |before| self.at(before))
    }

    /// Whether the word is one of these.
    pub(super) fn is(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.at(at))
    }

    /// The place after `word`, where it stands at `at`.
    pub(super) fn eat(&self, at: usize, word: &str) -> Option<usize> {
        (self.at(at) == word).then_some(at + 1)
    }

    /// The place after these words in this order.
    pub(super) fn eat_all(&self, at: usize, words: &[&str]) -> Option<usize> {
        words.iter().enumerate().all(|(step, word)| self.at(at + step) == *word).then_some(at + words.len())
    }

    /// The place after an optional word.
    pub(super) fn skip(&self, at: usize, words: &[&str]) -> usize {
        at + usize::from(self.is(at, words))
    }

    /// Whether a hyphen or dash stands there.
    pub(super) fn dash(&self, at: usize) -> bool {
        self.is(at, &["-", "–", "—", "‐", "‑"])
    }

    /// The place after an optional hyphen.
    pub(super) fn skip_dash(&self, at: usize) -> usize {
        at + usize::from(self.dash(at))
    }

    /// The token, if the sentence has one there.
    pub(super) fn token(&self, at: usize) -> Option<Token<'d>> {
        (at < self.len()).then(|| self.doc.token(self.base + at))
    }

    /// Whether the word begins with a capital.
    pub(super) fn capital(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.text().chars().next().is_some_and(char::is_uppercase))
    }

    /// Token indices of the document for places of the sentence.
    pub(super) fn tokens(&self, places: Range<usize>) -> Range<usize> {
        self.base + places.start..self.base + places.end
    }

    /// Digits alone, at most four of them.
    pub(super) fn digits(&self, at: usize) -> Option<u32> {
        let word = self.at(at);
        (word.len() <= 4 && !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| word.parse().ok())?
    }

    /// A cardinal in digits or words, and the place after it.
    pub(super) fn cardinal(&self, at: usize) -> Option<(u32, usize)> {
        if let Some(number) = self.digits(at) {
            return Some((number, at + 1));
        }
        if self.at(at) == "hundred" {
            return Some((100, at + 1));
        }
        if let Some(tens) = lexicon::tens(self.at(at)) {
            let next = self.skip_dash(at + 1);
            let joined = lexicon::small(self.at(next)).filter(|units| (1..10).contains(units));
            return Some(joined.map_or((tens, at + 1), |units| (tens + units, next + 1)));
        }
        let small = lexicon::small(self.at(at))?;
        match self.at(at + 1) {
            "hundred" if small < 10 => Some((small * 100, at + 2)),
            _ => Some((small, at + 1)),
        }
    }

    /// An ordinal in digits or words, and the place after it.
    pub(super) fn ordinal(&self, at: usize) -> Option<(u32, usize)> {
        let word = self.at(at);
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            let fits = digits <= 3 && matches!(word.get(digits..)?, "st" | "nd" | "rd" | "th");
            return fits.then(|| word.get(..digits)?.parse().ok()).flatten().map(|number| (number, at + 1));
        }
        if let Some(tens) = lexicon::tens(word) {
            let next = self.skip_dash(at + 1);
            let units = lexicon::ordinal(self.at(next)).filter(|units| *units < 10)?;
            return Some((tens + units, next + 1));
        }
        lexicon::ordinal(word).map(|number| (number, at + 1))
    }

    /// A quantity: a number, "a", "a couple of", "several"; and the place after it.
    pub(super) fn count(&self, at: usize) -> Option<(Count, usize)> {
        if self.is(at, &["several", "few", "many"]) {
            return Some((Count::Vague, at + 1));
        }
        if self.is(at, &["a", "an"]) {
            return match self.at(at + 1) {
                "few" => Some((Count::Vague, at + 2)),
                "couple" => Some((Count::Exact(2), self.skip(at + 2, &["of"]))),
                "dozen" => Some((Count::Exact(12), at + 2)),
                "hundred" => Some((Count::Exact(100), at + 2)),
                "full" | "single" | "whole" | "further" => Some((Count::Exact(1), at + 2)),
                _ => Some((Count::Exact(1), at + 1)),
            };
        }
        if self.at(at) == "couple" && self.at(at + 1) == "of" {
            return Some((Count::Exact(2), at + 2));
        }
        self.cardinal(at).map(|(count, next)| (Count::Exact(count), next))
    }
}
