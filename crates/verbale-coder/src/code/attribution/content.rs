//! What is said: clauses and quotations as token ranges.

use std::ops::Range;

use verbale_nlp::{Token, Upos};

use crate::code::tree::is_verbal;
use crate::resolve::Resolved;

/// The parts of a content, each without loose punctuation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    /// Token ranges in any order.
    pub parts: Vec<Range<usize>>,
    /// Indices into `Resolved::quotes`.
    pub quotes: Vec<usize>,
}

impl Content {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Adds a range of words and the quotations that it touches, whole.
    pub fn add(&mut self, resolved: &Resolved<'_>, mut range: Range<usize>, avoid: &[Range<usize>]) {
        range = trimmed(resolved, range);
        for (at, quote) in resolved.quotes.iter().enumerate() {
            let touches = quote.outer.start < range.end && range.start < quote.outer.end;
            if touches && !avoid.iter().any(|other| overlap(other, &quote.outer)) {
                range.start = range.start.min(quote.outer.start);
                range.end = range.end.max(quote.outer.end);
                self.note(at);
            }
        }
        if !range.is_empty() {
            self.parts.push(range);
        }
    }

    /// Adds a quotation.
    pub fn quote(&mut self, resolved: &Resolved<'_>, at: usize) {
        self.parts.push(resolved.quotes[at].outer.clone());
        self.note(at);
    }

    fn note(&mut self, quote: usize) {
        if !self.quotes.contains(&quote) {
            self.quotes.push(quote);
            self.quotes.sort_unstable();
        }
    }

    /// From the first token to the last.
    pub fn span(&self) -> Option<Range<usize>> {
        let start = self.parts.iter().map(|part| part.start).min()?;
        let end = self.parts.iter().map(|part| part.end).max()?;
        Some(start..end)
    }

    /// The head of the clause in the longest part.
    pub fn head(&self, resolved: &Resolved<'_>) -> Option<usize> {
        let part = self.parts.iter().max_by_key(|part| part.len())?;
        let outside = |token: &Token<'_>| token.is_root() || !part.contains(&token.head().i());
        let mut heads = resolved.doc.span(part.clone()).filter(outside);
        let first = heads.clone().next();
        heads.find(|token| is_verbal(*token)).or(first).map(Token::i)
    }
}

/// The words of a clause: everything below its head but the subtrees of `without`, from first to last.
pub fn clause(head: Token<'_>, without: &[usize]) -> Range<usize> {
    let mut span = head.i()..head.i() + 1;
    let mut stack = vec![head];
    while let Some(token) = stack.pop() {
        span.start = span.start.min(token.i());
        span.end = span.end.max(token.i() + 1);
        stack.extend(token.children().filter(|child| !without.contains(&child.i())));
    }
    span
}

/// The part of `range` on the side of `keep` when it runs over `cut`.
pub fn beside(range: Range<usize>, keep: usize, cut: &Range<usize>) -> Range<usize> {
    if !overlap(&range, cut) {
        return range;
    }
    if keep < cut.start { range.start..cut.start } else { cut.end.max(range.start)..range.end }
}

/// Whether two ranges share a token.
pub fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// A range without punctuation at its ends; quotation marks and brackets stay with their quotation.
pub fn trimmed(resolved: &Resolved<'_>, mut range: Range<usize>) -> Range<usize> {
    let mark =
        |at: usize| resolved.quotes.iter().any(|quote| quote.outer.start == at || quote.outer.end == at + 1);
    let loose = |at: usize| {
        let token = resolved.doc.token(at);
        token.pos() == Upos::Punct && !mark(at) && !matches!(token.text(), ")" | "(" | "]" | "[" | "%")
    };
    while !range.is_empty() && loose(range.end - 1) {
        range.end -= 1;
    }
    while !range.is_empty() && loose(range.start) {
        range.start += 1;
    }
    range
}
