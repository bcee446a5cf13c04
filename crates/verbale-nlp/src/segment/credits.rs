//! Furniture of a page: picture credits, bylines, tags, rules; and lines that are a date.

use super::block::Block;
use super::chars::is_word;
use super::cues::{CREDIT_FILLERS, CREDIT_WORDS, FURNITURE, FURNITURE_LINE};

/// Furniture is short; anything longer in tokens is prose.
const LONGEST: usize = 45;

/// Whether a paragraph is furniture; `top` until the first prose has been seen.
pub(super) fn is_credit(block: &Block<'_>, top: bool) -> bool {
    if block.is_wordless() {
        return true;
    }
    if block.len() > LONGEST {
        return false;
    }
    let signed = block.form(0).starts_with(['—', '―']) && !block.is_stopped() && block.len() <= 16;
    signed
        || opens_furniture(block.written(), !block.is_stopped())
        || is_byline(block, top)
        || is_source_line(block)
}

/// Whether a sentence is the closing note of an agency: `Reporting by …; Editing by …`.
pub(super) fn is_closing_note(written: &str) -> bool {
    let bare = written.trim_start_matches('(');
    ["Reporting by ", "Additional reporting by ", "Editing by ", "Writing by ", "Compiled by "]
        .iter()
        .any(|c| bare.starts_with(c))
}

/// Whether `written` begins with words of furniture; `open` if it has no full stop at its end.
pub(super) fn opens_furniture(written: &str, open: bool) -> bool {
    let opens = |cue: &&'static str| {
        let head = written.get(..cue.len()).is_some_and(|h| h.eq_ignore_ascii_case(cue));
        let tail = written.get(cue.len()..).unwrap_or_default();
        // "Tags" opens "Tags: x" and, with the space lost, nothing else.
        head && (cue.ends_with([':', '0', '©']) || !tail.starts_with(is_word))
    };
    FURNITURE.iter().any(opens) || (open && is_short_label(written) && FURNITURE_LINE.iter().any(opens))
}

/// A label with little after it, or a label before a colon or a bar.
fn is_short_label(written: &str) -> bool {
    let words = written.split_whitespace().take(9).count();
    let divided = written.contains(|c: char| matches!(c, ':' | '|' | '/' | '@') || c.is_numeric());
    words <= 3 || (words <= 8 && divided)
}

/// `By JANE DOE and John Roe, Kabul`: names after "By" and nothing else.
fn is_byline(block: &Block<'_>, top: bool) -> bool {
    let opens = block.form(0).eq_ignore_ascii_case("by");
    let named = |form: &str| {
        form.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || !c.is_alphanumeric())
            || matches!(form, "and" | "in" | "for" | "with" | "de" | "al" | "von" | "van" | "bin")
    };
    top && opens && !block.is_stopped() && (2..=16).contains(&block.len()) && block.forms().skip(1).all(named)
}

/// A line that names an account, an agency or a photographer and says nothing about them.
fn is_source_line(block: &Block<'_>) -> bool {
    if block.len() > 14 || block.leans_on() {
        return false;
    }
    let is_in = |table: &[&str], form: &str| table.contains(&form.to_lowercase().as_str());
    let fits = |form: &str| {
        !form.starts_with(char::is_lowercase) || is_in(CREDIT_WORDS, form) || is_in(CREDIT_FILLERS, form)
    };
    let words = || block.forms().filter(|f| f.starts_with(char::is_alphanumeric));
    let last = words().next_back().unwrap_or_default();
    let platform = matches!(last, "X" | "YouTube" | "TikTok" | "VK") && block.len() > 1;
    // Names in capitals may be a headline about an agency, so the source stands first or last.
    let edge = words().rev().take(2).chain(words().take(1)).any(|f| is_in(CREDIT_WORDS, f)) || platform;
    let small = block.forms().filter(|f| f.starts_with(char::is_lowercase)).all(fits);
    edge && small && !block.is_stopped()
}

/// Whether a line is a date and perhaps a place and an hour: `Kabul, 24 October 2025`.
pub(super) fn is_date_line(block: &Block<'_>) -> bool {
    if block.len() > 14 || block.is_stopped() || block.leans_on() || !block.has_date() {
        return false;
    }
    let names = block.forms().enumerate().filter(|(at, form)| {
        form.starts_with(char::is_uppercase)
            && !block.is_date_at(*at)
            && !form.ends_with("day")
            && form.len() > 3
    });
    let others = block.forms().any(|f| {
        f.starts_with(char::is_lowercase)
            && !matches!(f, "at" | "on" | "of" | "the" | "am" | "pm" | "a.m." | "p.m.")
    });
    !others && names.count() <= 2
}
