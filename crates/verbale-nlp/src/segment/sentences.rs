//! A paragraph's tokens to sentences: which stop ends one, judged by the words around it.

use std::ops::Range;

use super::abbreviations::{Abbreviation, abbreviation, follows_time, is_starter};
use super::chars::{is_closer, is_dash, is_foreign_stop, is_hyphen, is_opener, is_stop};

/// Cuts the tokens of one paragraph into sentences, given as ranges of token indices.
pub(super) fn sentences(text: &str, tokens: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let paragraph = Paragraph { text, tokens };
    let mut start = 0;
    let mut at = 0;
    while at < tokens.len() {
        if let Some(end) = paragraph.end_after(at, start) {
            found.push(start..end);
            start = end;
            at = end;
        } else {
            at += 1;
        }
    }
    if start < tokens.len() {
        found.push(start..tokens.len());
    }
    found
}

/// What ends with a stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// `.`
    Full,
    /// `!`, `?` and runs with them.
    Marked,
    /// `...`, `…`
    Ellipsis,
    /// A sentence end of a script without capitals.
    Foreign,
    /// A word that keeps its stop.
    Word(Abbreviation),
}

/// How the word after a stop begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next<'a> {
    Upper(&'a str),
    Lower(&'a str),
    Digit,
    /// Letters of a script without case.
    Plain,
    /// A dash, a bullet, an emoji.
    Symbol,
    /// A comma or another mark that cannot open a sentence.
    Mark,
}

struct Paragraph<'a> {
    text: &'a str,
    tokens: &'a [Range<usize>],
}

impl<'a> Paragraph<'a> {
    fn form(&self, at: usize) -> &'a str {
        self.tokens.get(at).and_then(|t| self.text.get(t.clone())).unwrap_or_default()
    }

    /// Whether no white space stands between a token and the one before it.
    fn touches(&self, at: usize) -> bool {
        let end = at.checked_sub(1).and_then(|b| self.tokens.get(b)).map(|t| t.end);
        end.is_some() && end == self.tokens.get(at).map(|t| t.start)
    }

    /// The end of the sentence if token `at` ends one: the index after its closing marks.
    fn end_after(&self, at: usize, start: usize) -> Option<usize> {
        let stop = self.stop(at)?;
        let closers = self.after_closers(at + 1);
        let closed = closers > at + 1;
        let end = self.after_notes(closers);
        if end >= self.tokens.len() || stop == Stop::Foreign {
            return Some(end);
        }
        if self.is_enumerator(at, start) {
            return None;
        }
        let (next, opened) = self.next(end);
        let quoted = opened && !self.form(end).starts_with(['(', '[']);
        let splits = match stop {
            Stop::Full => match next {
                Next::Upper(_) | Next::Digit | Next::Plain => true,
                Next::Symbol => self.starts_item(end),
                Next::Lower(word) => !closed && (quoted || word.len() == 1 || self.lower_start(at, end)),
                Next::Mark => false,
            },
            Stop::Marked => match next {
                Next::Upper(_) | Next::Digit | Next::Plain => !(closed && self.reports(end)),
                Next::Symbol => self.starts_item(end),
                Next::Lower(_) => !closed,
                Next::Mark => false,
            },
            Stop::Ellipsis => {
                matches!(next, Next::Upper(_)) && !self.touches(end) && !(closed && self.reports(end))
            }
            Stop::Word(class) => splits_after_word(class, next, closed || quoted) && (quoted || !opened),
            Stop::Foreign => true,
        };
        splits.then_some(end)
    }

    fn stop(&self, at: usize) -> Option<Stop> {
        let form = self.form(at);
        let last = form.chars().next_back().filter(|c| is_stop(*c))?;
        if is_foreign_stop(last) {
            return Some(Stop::Foreign);
        }
        if form.starts_with(|c: char| c.is_alphanumeric()) {
            let word = form.strip_suffix('.')?;
            return Some(Stop::Word(abbreviation(word).unwrap_or(Abbreviation::Title)));
        }
        if !form.starts_with(is_stop) {
            return None;
        }
        Some(match form {
            "." => Stop::Full,
            _ if form.chars().all(|c| matches!(c, '.' | '…')) => Stop::Ellipsis,
            _ => Stop::Marked,
        })
    }

    /// Skips the quotation marks and brackets that close after a stop.
    fn after_closers(&self, mut at: usize) -> usize {
        loop {
            let form = self.form(at);
            let closes = form.starts_with(is_closer) && form.chars().all(is_closer);
            // A sign that also opens closes here if it touches the stop and not the next word.
            let both = form.starts_with(is_opener) || form.starts_with(['“', '«', '‹']);
            let fits = if both {
                self.touches(at)
                    && !(self.touches(at + 1) && self.form(at + 1).starts_with(char::is_alphanumeric))
            } else {
                closes
            };
            if !(closes && fits) {
                return at;
            }
            at += 1;
        }
    }

    /// Skips the note marks of encyclopedias: `[3]`, `[citation needed]`.
    fn after_notes(&self, mut at: usize) -> usize {
        while self.form(at) == "[" {
            let number =
                self.form(at + 1).bytes().all(|b| b.is_ascii_digit()) && !self.form(at + 1).is_empty();
            let close = (at + 2..at + 6).find(|i| self.form(*i) == "]");
            let Some(close) = close.filter(|c| (number && *c == at + 2) || self.form(c - 1) == "needed")
            else {
                break;
            };
            at = close + 1;
        }
        at
    }

    /// Whether a bullet or another sign with space around it opens an item.
    fn starts_item(&self, at: usize) -> bool {
        let dash = self.form(at).starts_with(|c| is_dash(c) || is_hyphen(c));
        !dash && !self.touches(at)
    }

    /// The word that begins what follows, and whether a quotation or a bracket opens before it.
    fn next(&self, mut at: usize) -> (Next<'a>, bool) {
        let from = at;
        while at < from + 3 && self.form(at).starts_with(|c| is_opener(c) || matches!(c, '¿' | '¡')) {
            at += 1;
        }
        let form = self.form(at);
        let next = match form.chars().next() {
            Some(c) if c.is_uppercase() => Next::Upper(form),
            Some(c) if c.is_lowercase() => Next::Lower(form),
            Some(c) if c.is_numeric() => Next::Digit,
            Some(c) if c.is_alphabetic() => Next::Plain,
            Some(',' | ';' | ':' | '/' | '%' | ')' | ']' | '}' | '.' | '?' | '!' | '’' | '”') | None => {
                Next::Mark
            }
            Some(_) => Next::Symbol,
        };
        (next, at > from)
    }

    /// `1.`, `a.`, `IV.` at the start of a sentence number it.
    fn is_enumerator(&self, at: usize, start: usize) -> bool {
        let listed = at == start + 1 || at.checked_sub(2).is_some_and(|b| self.form(b) == ":");
        let mark = at.checked_sub(1).map_or("", |b| self.form(b));
        let roman = || mark.len() <= 4 && mark.bytes().all(|b| b"IVX".contains(&b));
        let number = || mark.len() <= 3 && mark.bytes().all(|b| b.is_ascii_digit());
        listed && self.form(at) == "." && (number() || roman() || mark.len() == 1)
    }

    /// A full stop before a small letter ends a sentence only in careless text; an unknown
    /// abbreviation is short and the text goes on.
    fn lower_start(&self, at: usize, end: usize) -> bool {
        let before = at.checked_sub(1).map_or("", |b| self.form(b));
        before.len() > 4 && !self.touches(end)
    }

    /// Whether words of reporting follow a quotation that ends with its own stop: "…?" X asked.
    fn reports(&self, end: usize) -> bool {
        (end..end + 6)
            .map(|at| self.form(at))
            .take_while(|f| !f.starts_with([',', '.', ';', ':']))
            .any(is_reporting)
    }
}

/// Whether a sentence ends with an abbreviation; `closed` if a quotation closes or opens there.
fn splits_after_word(class: Abbreviation, next: Next<'_>, closed: bool) -> bool {
    let Next::Upper(word) = next else { return false };
    match class {
        Abbreviation::Title | Abbreviation::Numbered => false,
        Abbreviation::Plain => closed || is_starter(word),
        Abbreviation::Tail => !follows_time(word),
    }
}

/// Verbs that follow a quotation with a stop of its own.
fn is_reporting(word: &str) -> bool {
    matches!(
        word,
        "said"
            | "says"
            | "asked"
            | "asks"
            | "added"
            | "wrote"
            | "told"
            | "replied"
            | "answered"
            | "declared"
            | "exclaimed"
            | "tweeted"
            | "posted"
            | "shouted"
            | "remarked"
            | "wondered"
            | "noted"
            | "insisted"
            | "warned"
            | "quipped"
    )
}
