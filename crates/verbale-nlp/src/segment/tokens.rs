//! Text to tokens: white space first, then one lexeme after another inside each chunk.
//!
//! Every look ahead is bounded, so the scan takes linear time on any text.

use std::ops::Range;

use super::chars::{extends, is_apostrophe, is_stop, is_word};
use super::numbers::number_len;
use super::webs::web_len;
use super::words::{push_word, word_len};

/// Where a lexeme stands: what a decision about a full stop or an apostrophe may look at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    /// From the lexeme to the end of its chunk.
    pub rest: &'a str,
    /// What follows the chunk, without the white space between.
    pub after: &'a str,
    /// The token before; empty at the start of a paragraph.
    pub before: &'a str,
    /// Whether white space or the start of the paragraph stands before.
    pub spaced: bool,
}

/// Cuts a paragraph of `text` into tokens: non-empty, ordered, and all of it but the white space.
pub(super) fn tokenize(text: &str, paragraph: Range<usize>) -> Vec<Range<usize>> {
    let body = text.get(paragraph.clone()).unwrap_or_default();
    let mut tokens = Vec::with_capacity(body.len() / 5 + 1);
    let mut start = paragraph.start + (body.len() - body.trim_start().len());
    let mut rest = body.trim_start();
    while !rest.is_empty() {
        let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (chunk, tail) = rest.split_at(length);
        rest = tail.trim_start();
        scan_chunk(text, start, chunk, rest, &mut tokens);
        start += length + (tail.len() - rest.len());
    }
    tokens
}

/// Cuts one chunk without white space, which starts at byte `start` of `text`.
fn scan_chunk(text: &str, start: usize, chunk: &str, after: &str, tokens: &mut Vec<Range<usize>>) {
    let mut at = 0;
    while at < chunk.len() {
        let rest = chunk.get(at..).unwrap_or_default();
        let before = tokens.last().and_then(|t| text.get(t.clone())).unwrap_or_default();
        let place = Place { rest, after, before, spaced: at == 0 };
        // Invisible characters in front of a lexeme become part of its first token.
        let lead = rest.find(|c| !extends(c)).unwrap_or(rest.len());
        let body = Place { rest: rest.get(lead..).unwrap_or_default(), ..place };
        let first = tokens.len();
        let mut length = lead + lexeme(body, start + at + lead, tokens);
        if let Some(token) = tokens.get_mut(first) {
            token.start = start + at;
        } else {
            tokens.push(start + at..start + at + length);
        }
        length += trailing(chunk.get(at + length..).unwrap_or_default());
        at += length;
        if let Some(token) = tokens.last_mut() {
            token.end = start + at;
        }
    }
}

/// Length of the marks, selectors and joined emoji that belong to the character before.
fn trailing(rest: &str) -> usize {
    let mut joined = false;
    rest.find(|c: char| {
        let keep = extends(c) || (joined && !c.is_ascii() && !is_word(c));
        joined = c == '\u{200d}';
        !keep
    })
    .unwrap_or(rest.len())
}

/// Pushes the tokens of the lexeme that `place.rest` begins with and returns its length, which
/// is 0 only for an empty rest.
fn lexeme(place: Place<'_>, start: usize, tokens: &mut Vec<Range<usize>>) -> usize {
    let Some(c) = place.rest.chars().next() else { return 0 };
    if let Some(length) = web_len(place) {
        tokens.push(start..start + length);
        return length;
    }
    if let Some(length) = number_len(place) {
        tokens.push(start..start + length);
        return length;
    }
    if is_word(c) {
        let length = word_len(place);
        push_word(place.rest.get(..length).unwrap_or_default(), start, tokens);
        return length;
    }
    let length = clitic_len(place).unwrap_or_else(|| punctuation_len(place, c));
    tokens.push(start..start + length);
    length
}

/// An apostrophe with the letters after it that make one token: `'s` after a token that could
/// not take it (`U.S.'s`), `'90s`, `'em`.
fn clitic_len(place: Place<'_>) -> Option<usize> {
    let first = place.rest.chars().next().filter(|c| is_apostrophe(*c))?;
    let tail = place.rest.get(first.len_utf8()..)?;
    let length = tail.find(|c| !is_word(c)).unwrap_or(tail.len());
    let word = tail.get(..length).filter(|w| w.len() <= 5)?.to_ascii_lowercase();
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let decade = digits == 2 && (word.len() == 2 && first != '‘' || word.ends_with('s') && word.len() == 3);
    // A possessive needs a word before it: "'s" elsewhere opens a quotation.
    let clitic = matches!(word.as_str(), "s" | "m" | "d" | "re" | "ve" | "ll") && !place.before.is_empty();
    let short = matches!(word.as_str(), "em" | "til" | "till" | "cause" | "cuz" | "n" | "bout");
    (decade || clitic || short).then_some(first.len_utf8() + length)
}

/// Length of a punctuation token: runs of stops and of rules stay together, the rest stands alone.
fn punctuation_len(place: Place<'_>, first: char) -> usize {
    let rest = place.rest;
    for whole in ["[...]", "[…]", "''", "’’", "‘‘", "``"] {
        if rest.starts_with(whole) {
            return whole.len();
        }
    }
    if place.spaced
        && let Some(length) = emoticon_len(rest)
    {
        return length;
    }
    let run = |same: fn(char, char) -> bool| rest.find(|c| !same(c, first)).unwrap_or(rest.len());
    if is_stop(first) {
        run(|c, _| is_stop(c))
    } else if matches!(
        first,
        '-' | '=' | '*' | '_' | '~' | '#' | '+' | '<' | '>' | '$' | '^' | '—' | '–' | '|'
    ) {
        run(|c, first| c == first)
    } else {
        first.len_utf8()
    }
}

/// `:)`, `;-)`, `:(` when nothing but punctuation follows.
fn emoticon_len(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let nose = usize::from(bytes.get(1) == Some(&b'-'));
    let mouth = bytes.get(1 + nose)?;
    let eyes = matches!(bytes.first()?, b':' | b';' | b'=');
    let ends = bytes.get(2 + nose).is_none_or(u8::is_ascii_punctuation);
    (eyes && ends && matches!(mouth, b')' | b'(' | b'D' | b'P' | b'p')).then_some(2 + nose)
}
