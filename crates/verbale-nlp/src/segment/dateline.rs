//! Datelines before a report's first words: `KABUL, Oct 24 (Xinhua) --`, `BEIJING —`.

use super::abbreviations::is_starter;
use super::block::Block;
use super::chars::{is_dash, is_hyphen};
use super::cues::LABELS;

/// A dateline has its dash within this many tokens.
const LONGEST: usize = 20;
/// The place, with its country or state, has at most this many tokens.
const LONGEST_PLACE: usize = 7;

/// Number of tokens of the dateline that a paragraph begins with, dash included; 0 without one.
/// In the `first` paragraph of prose a place and a dash will do; later ones need more.
pub(super) fn dateline_len(block: &Block<'_>, first: bool) -> usize {
    if LABELS.contains(&block.form(0).to_uppercase().as_str()) {
        return 0;
    }
    for at in 0..block.len().min(LONGEST) {
        let form = block.form(at);
        if at > 0 && is_separator(block, at) {
            return if is_prefix(block, at, first) && opens_sentence(block, at + 1) { at + 1 } else { 0 };
        }
        if ends_slashed(block, at) && is_shouted(block.form(0)) {
            return if opens_sentence(block, at + 1) { at + 1 } else { 0 };
        }
        if first && form == ")" && follows_agency(block, at) {
            return at + 1;
        }
        if !may_stand(form) {
            return 0;
        }
    }
    0
}

/// A dash, or a colon after capitals or a bracket.
fn is_separator(block: &Block<'_>, at: usize) -> bool {
    let form = block.form(at);
    let long = form.chars().all(is_dash) || (form.len() > 1 && form.chars().all(is_hyphen));
    let short = form.chars().all(is_hyphen)
        && !(block.touches(at) && block.form(at - 1) != ")")
        && !block.touches(at + 1);
    let colon = form == ":" && (block.form(at - 1) == ")" || (at <= 2 && is_shouted(block.form(0))));
    !form.is_empty() && (long || short || colon)
}

/// Whether the tokens before the separator at `end` are a place, with agency or date as needed.
fn is_prefix(block: &Block<'_>, end: usize, first: bool) -> bool {
    let count = |mark: &str| (0..end).filter(|at| block.form(*at) == mark).count();
    let agency = count("(") > 0;
    let dated = (0..end).any(|at| block.is_date_at(at));
    let place = (0..end).take_while(|at| block.form(*at) != "(" && !block.is_date_at(*at)).count();
    let shouted = is_shouted(block.form(0));
    let comma = count(",") > 0;
    // "Jane Doe (3 May 1950 – …" is a life.
    if count("(") != count(")") {
        return false;
    }
    if block.form(end) == ":" && !(first && (agency || shouted)) {
        return false;
    }
    if place > LONGEST_PLACE {
        return false;
    }
    let bare = first
        && end <= 3
        && !(end + 1..end + 20).any(|at| is_separator(block, at))
        && !block.form(0).contains('.');
    agency
        || (dated && (shouted || first))
        || (shouted && (first || comma))
        || (bare && !is_starter(block.form(0)))
}

/// Whether prose begins at `at`.
fn opens_sentence(block: &Block<'_>, at: usize) -> bool {
    block.form(at).starts_with(|c: char| {
        c.is_uppercase() || c.is_numeric() || matches!(c, '"' | '“' | '\'' | '‘' | '«')
    })
}

/// `MOSCOW, October 24. /TASS/.` ends here.
fn ends_slashed(block: &Block<'_>, at: usize) -> bool {
    at > 3 && block.form(at) == "." && block.form(at - 1) == "/" && block.form(at - 3) == "/"
}

/// `Kabul (BNA) The minister …`: an agency's capitals in brackets right before a sentence.
fn follows_agency(block: &Block<'_>, at: usize) -> bool {
    let Some(agency) = at.checked_sub(1).map(|a| block.form(a)) else { return false };
    (3..=5).contains(&at)
        && block.form(at - 2) == "("
        && is_shouted(agency)
        && is_starter(block.form(at + 1))
        && (0..at - 2).all(|i| block.form(i).starts_with(char::is_uppercase) || block.form(i) == ",")
}

/// At least three letters and all of them capitals.
fn is_shouted(form: &str) -> bool {
    form.chars().filter(|c| c.is_alphabetic()).take(3).count() == 3 && !form.contains(char::is_lowercase)
}

/// Whether a token can stand in a dateline: names, numbers and their punctuation.
fn may_stand(form: &str) -> bool {
    let name = form.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    name || matches!(
        form,
        "," | "." | "(" | ")" | "/" | "|" | "-" | "de" | "la" | "of" | "al" | "el" | "and" | "'s" | "’s"
    )
}
