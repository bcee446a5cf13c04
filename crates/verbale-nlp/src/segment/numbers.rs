//! Tokens that begin with a digit: amounts, decimals, dates, times, telephone numbers, ordinals.

use super::abbreviations::is_month;
use super::chars::{is_apostrophe, is_hyphen, is_word};
use super::tokens::Place;

/// Length of the number at `place`, or `None` where no number begins.
pub(super) fn number_len(place: Place<'_>) -> Option<usize> {
    let rest = place.rest;
    let bytes = rest.as_bytes();
    let first = *bytes.first()?;
    let signed = (place.spaced || !place.before.ends_with(is_word))
        && matches!(first, b'.' | b'+')
        && bytes.get(1).is_some_and(u8::is_ascii_digit);
    if !first.is_ascii_digit() && !signed {
        return None;
    }
    let mut at = usize::from(signed);
    at += digits(bytes, at);
    if let Some(length) = named_date_len(rest, at) {
        return Some(length);
    }
    let mut group = at;
    while let Some(&sign) = bytes.get(at) {
        let next = digits(bytes, at + 1);
        let joins = match sign {
            // "May 3,2025" is two numbers.
            b',' => next > 0 && next != 4,
            b'.' | b':' | b'/' => next > 0,
            b'-' => next > 0 && hyphen_joins(bytes, at, group),
            _ => false,
        };
        if !joins {
            break;
        }
        group = next;
        at += 1 + next;
    }
    Some(at + suffix_len(rest.get(at..).unwrap_or_default(), bytes.get(at.saturating_sub(1)) == Some(&b'0')))
}

/// `22-Oct-2025`, whose day ends at `day`.
fn named_date_len(rest: &str, day: usize) -> Option<usize> {
    let tail = rest.get(day..)?.strip_prefix('-')?;
    let name = tail.bytes().take(10).take_while(u8::is_ascii_alphabetic).count();
    let year = digits(tail.as_bytes(), name + 1);
    let joined = tail.get(name..)?.starts_with('-') && matches!(year, 2 | 4);
    (joined && is_month(tail.get(..name)?)).then_some(day + 1 + name + 1 + year)
}

/// Count of ASCII digits from `at`.
fn digits(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..).unwrap_or_default().iter().take_while(|b| b.is_ascii_digit()).count()
}

/// Whether a hyphen binds digits: in dates (2025-10-22) and telephone numbers (555-0100), but
/// not in ranges (2019-2021). `group` counts the digits before the hyphen at `at`.
fn hyphen_joins(bytes: &[u8], at: usize, group: usize) -> bool {
    let next = digits(bytes, at + 1);
    let last = at + 1 + next;
    let third = bytes.get(last) == Some(&b'-') && digits(bytes, last + 1) > 0;
    let earlier = bytes.get(..at).unwrap_or_default().contains(&b'-');
    third || earlier || (next == 4 && matches!(group, 3 | 5))
}

/// Units that English UD splits from their number.
const UNITS: &[&str] = &[
    "am", "b", "bn", "c", "cm", "f", "ft", "g", "gb", "h", "hr", "hrs", "k", "kg", "km", "kph", "kw", "lb",
    "lbs", "m", "mb", "mi", "min", "mins", "ml", "mm", "mn", "mph", "mw", "pm", "tn", "yr", "yrs",
];

/// Length of the letters that belong to a number: `th`, `s` of decades, and the rest of a code
/// (`4G`, `3rd`); units stand alone. `round` says whether the number ends in 0.
fn suffix_len(rest: &str, round: bool) -> usize {
    if round && let Some(sign) = rest.chars().next().filter(|c| is_apostrophe(*c)) {
        let tail = rest.get(sign.len_utf8()..).unwrap_or_default();
        // "the 1990's" is one token; "2024's" has a possessive.
        let decade = tail.starts_with('s') && !tail.chars().nth(1).is_some_and(is_word);
        return if decade { sign.len_utf8() + 1 } else { 0 };
    }
    let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
    let letters = rest.get(..length).unwrap_or_default();
    let dotted = rest.get(length..).is_some_and(|r| r.starts_with(".m"));
    // "5 G" would be grams: of single capitals only the multipliers are units.
    let cased =
        letters.len() > 1 || letters.starts_with(|c: char| c.is_lowercase() || matches!(c, 'K' | 'M' | 'B'));
    let unit = cased && letters.len() <= 4 && UNITS.contains(&letters.to_ascii_lowercase().as_str());
    let code = rest.get(length..).and_then(|r| r.chars().next()).is_some_and(is_hyphen);
    if (unit && !code) || dotted { 0 } else { length }
}
