//! A paragraph with its tokens, and the plain questions that the judges of its kind ask.

use std::ops::Range;

use super::abbreviations::is_month;
use super::chars::{extends, is_bullet, is_closer, is_stop};

/// A paragraph of the text, cut into tokens.
#[derive(Debug, Clone)]
pub(super) struct Block<'a> {
    pub text: &'a str,
    pub range: Range<usize>,
    pub tokens: Vec<Range<usize>>,
}

impl<'a> Block<'a> {
    /// The token at `at` as written, without invisible characters around it; empty beyond the end.
    pub fn form(&self, at: usize) -> &'a str {
        self.tokens.get(at).and_then(|t| self.text.get(t.clone())).unwrap_or_default().trim_matches(extends)
    }

    /// All tokens as written.
    pub fn forms(&self) -> impl DoubleEndedIterator<Item = &'a str> {
        (0..self.tokens.len()).map(|at| self.form(at))
    }

    /// The paragraph as written.
    pub fn written(&self) -> &'a str {
        self.text.get(self.range.clone()).unwrap_or_default().trim_matches(extends)
    }

    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether no white space stands before token `at`.
    pub fn touches(&self, at: usize) -> bool {
        let end = at.checked_sub(1).and_then(|b| self.tokens.get(b)).map(|t| t.end);
        end.is_some() && end == self.tokens.get(at).map(|t| t.start)
    }

    /// Whether the last token but for closing marks is a stop, as prose ends.
    pub fn is_stopped(&self) -> bool {
        self.last_mark().is_some_and(is_stop)
    }

    /// Whether a comma, colon or semicolon ends the paragraph: it leans on the next.
    pub fn leans_on(&self) -> bool {
        self.last_mark().is_some_and(|c| matches!(c, ',' | ':' | ';'))
    }

    fn last_mark(&self) -> Option<char> {
        self.written().trim_end_matches(|c: char| is_closer(c) || c.is_whitespace()).chars().next_back()
    }

    /// Whether it reads as running prose: a stop and some words before it, or a stop inside and
    /// many words, as when an agency signs after the last sentence.
    pub fn is_prose(&self) -> bool {
        (self.len() >= 6 && self.is_stopped()) || (self.len() >= 15 && self.forms().any(|f| f == "."))
    }

    /// Whether it opens with a bullet or a number of a list.
    pub fn is_item(&self) -> bool {
        let first = self.form(0);
        let bullet = first.chars().all(is_bullet) && !self.touches(1) && !first.is_empty();
        let number = first.bytes().all(|b| b.is_ascii_digit()) && matches!(self.form(1), "." | ")");
        bullet || number || (first == "(" && self.form(2) == ")")
    }

    /// Whether there is nothing to read: rules, asterisks, stray marks.
    pub fn is_wordless(&self) -> bool {
        !self.written().contains(char::is_alphanumeric)
    }

    /// Whether a month stands next to a number, or a date in figures somewhere.
    pub fn has_date(&self) -> bool {
        (0..self.len()).any(|at| self.is_date_at(at))
    }

    /// Whether token `at` belongs to a date.
    pub fn is_date_at(&self, at: usize) -> bool {
        let form = self.form(at);
        let number = |i: usize| self.form(i).starts_with(|c: char| c.is_ascii_digit());
        let month = is_month(form) && form.starts_with(char::is_uppercase);
        (month && (number(at + 1) || at.checked_sub(1).is_some_and(number))) || is_figure_date(form)
    }
}

/// `2025-10-22`, `22/10/2025`, `22.10.2025`.
fn is_figure_date(form: &str) -> bool {
    (8..=10).contains(&form.len())
        && form.bytes().all(|b| b.is_ascii_digit() || b"-/.".contains(&b))
        && form.split(['-', '/', '.']).filter(|p| !p.is_empty()).count() == 3
}
