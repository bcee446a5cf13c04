//! Words: how far one goes, which full stops it keeps, and where contractions come apart.

use std::ops::Range;

use super::abbreviations::{Abbreviation, abbreviation, is_month, is_prefix, is_starter};
use super::chars::{is_apostrophe, is_hyphen, is_opener, is_word};
use super::tokens::Place;

/// Length of the word at `place`, with the stops, apostrophes and hyphens that belong to it.
pub(super) fn word_len(place: Place<'_>) -> usize {
    let rest = place.rest;
    let mut chars = rest.char_indices().peekable();
    let mut previous = ' ';
    while let Some((at, c)) = chars.next() {
        if is_word(c) {
            previous = c;
            continue;
        }
        let next = chars.peek().map(|(_, n)| *n);
        let word = rest.get(..at).unwrap_or_default();
        let inside = next.is_some_and(is_word);
        let goes_on = match c {
            '.' if inside => match stop_inside(word, next) {
                Inner::Joins => true,
                Inner::Ends => return at,
                Inner::Closes => return at + 1,
            },
            '.' => return at + usize::from(next != Some('.') && keeps_stop(word, place, at + 1)),
            '&' => inside && previous.is_uppercase() && next.is_some_and(char::is_uppercase),
            '_' => inside,
            '/' => word.len() == 1 && short_slash(word, rest.get(at + 1..).unwrap_or_default()),
            '$' => at <= 3 && word.bytes().all(|b| b.is_ascii_uppercase()),
            _ if is_apostrophe(c) => {
                inside && previous.is_alphabetic() && next.is_some_and(char::is_alphabetic)
            }
            _ if is_hyphen(c) => inside && is_prefix(word),
            _ => false,
        };
        if !goes_on {
            return at;
        }
        if c == '$' {
            return at + 1;
        }
        previous = c;
    }
    rest.len()
}

/// What a full stop between two word characters does.
enum Inner {
    /// Part of the word: `U.S`, `Ph.D`.
    Joins,
    /// Not part of the word, which ends before it: a space was forgotten after a sentence.
    Ends,
    /// Last character of the word: `Gen.Asim`.
    Closes,
}

fn stop_inside(word: &str, next: Option<char>) -> Inner {
    let last = word.rsplit(['.', '/', '-']).next().unwrap_or(word);
    let digit = next.is_some_and(|c| c.is_ascii_digit());
    let known = matches!(word, "Ph" | "M" | "B" | "D" | "Ed" | "LL") && !digit;
    if known || (last.chars().nth(1).is_none() && !digit) {
        return Inner::Joins;
    }
    if last.ends_with(|c: char| c.is_ascii_digit()) && digit {
        return Inner::Joins;
    }
    match abbreviation(word) {
        Some(Abbreviation::Title) => Inner::Closes,
        Some(Abbreviation::Numbered) if digit => Inner::Closes,
        _ => Inner::Ends,
    }
}

/// Whether the word before a full stop keeps it; `end` is the length with the stop.
fn keeps_stop(word: &str, place: Place<'_>, end: usize) -> bool {
    let after_stop = place.rest.get(end..).unwrap_or_default();
    let following = if after_stop.is_empty() { place.after } else { after_stop };
    let next = following.trim_start_matches(is_opener).chars().next();
    match abbreviation(word) {
        Some(Abbreviation::Numbered) => {
            let comma = after_stop.starts_with(',') && word.starts_with(char::is_uppercase);
            // "Wed. Oct. 22"
            let dated = following.split(|c| !is_word(c)).next().is_some_and(is_month);
            if next.is_some_and(|c| c.is_ascii_digit()) || comma || dated {
                return true;
            }
            // "R. Anand" and "Ivan V. Orlov" are initials, though "r." and "v." also count.
        }
        Some(_) => return true,
        None => {}
    }
    if word == "al" {
        return place.before == "et";
    }
    is_initial(word, place, following)
}

/// Whether a capital before a full stop abbreviates a name: `George W. Bush`, but `plan B. The`.
fn is_initial(word: &str, place: Place<'_>, following: &str) -> bool {
    let mut letters = word.chars();
    let single = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    // Russian and Greek given names also shorten to two letters.
    let double = matches!(word, "Yu" | "Ya" | "Zh" | "Kh" | "Th" | "Ch");
    if !single && !double {
        return false;
    }
    if following.starts_with(',') {
        return true;
    }
    let length = following.find(|c| !is_word(c)).unwrap_or(following.len()).min(32);
    let next = following.get(..following.floor_char_boundary(length)).unwrap_or_default();
    let named = next.starts_with(char::is_uppercase) && !(is_starter(next) && next.len() > 1);
    let first = place.before.is_empty() || !place.before.starts_with(char::is_alphanumeric);
    let after_name = place.before.starts_with(char::is_uppercase);
    named && (word != "I" || after_name || first)
}

/// `w/`, `w/o`, `c/o`, `n/a`, `s/he`: one letter, a slash and little more.
fn short_slash(word: &str, tail: &str) -> bool {
    let length = tail.find(|c| !is_word(c)).unwrap_or(tail.len());
    let right = tail.get(..length).unwrap_or_default();
    match word {
        "w" | "W" => matches!(right, "" | "o" | "out" | "in"),
        "s" => right == "he",
        "c" | "n" | "l" | "b" | "C" | "N" | "L" => right.len() == 1,
        _ => false,
    }
}

/// Pushes the tokens of one written word: contractions and possessives come apart as in UD.
pub(super) fn push_word(word: &str, start: usize, tokens: &mut Vec<Range<usize>>) {
    let mut cuts = [0_usize; 4];
    let mut count = 0;
    let mut end = word.len();
    while let (Some(cut), Some(slot)) =
        (clitic_start(word.get(..end).unwrap_or_default()), cuts.get_mut(count))
    {
        *slot = cut;
        count += 1;
        end = cut;
    }
    if let (Some(cut), Some(slot)) = (fused_cut(word.get(..end).unwrap_or_default()), cuts.get_mut(count)) {
        *slot = cut;
        count += 1;
    }
    let mut from = start;
    for cut in cuts.iter().take(count).rev() {
        tokens.push(from..start + cut);
        from = start + cut;
    }
    tokens.push(from..start + word.len());
}

/// Where the last clitic of a word begins: `'s`, `'ll`, `n't`.
fn clitic_start(word: &str) -> Option<usize> {
    let tail = word.get(word.floor_char_boundary(word.len().saturating_sub(6))..)?;
    let (offset, sign) = tail.char_indices().rev().find(|(_, c)| is_apostrophe(*c))?;
    let at = word.len() - tail.len() + offset;
    let suffix = word.get(at + sign.len_utf8()..)?;
    let negated = suffix.eq_ignore_ascii_case("t") && word.get(..at)?.ends_with(['n', 'N']);
    if negated {
        return (at > 1).then_some(at - 1);
    }
    let clitic = ["s", "m", "d", "re", "ve", "ll"].iter().any(|c| suffix.eq_ignore_ascii_case(c));
    (clitic && at > 0).then_some(at)
}

/// Where a word written together comes apart: `can|not`, `gon|na`, `do|nt`.
fn fused_cut(word: &str) -> Option<usize> {
    if !(4..=7).contains(&word.len()) || !word.is_ascii() {
        return None;
    }
    match word.to_ascii_lowercase().as_str() {
        "cannot" | "gonna" | "gotta" | "wanna" | "gimme" | "lemme" | "didnt" | "isnt" => Some(3),
        "dont" | "cant" | "wont" => Some(2),
        "doesnt" | "hasnt" | "wasnt" | "havent" | "arent" | "werent" | "wouldnt" | "couldnt" => {
            Some(word.len() - 2)
        }
        _ => None,
    }
}
