//! How a listed name stands in the text: as a place, in the name of something else, or as none.

use std::ops::Range;

use verbale_knowledge::PlaceKind;
use verbale_nlp::{Doc, Token, Upos};

use super::covers::Cover;
use super::gazetteer::Readings;
use super::readings::TOWN;
use super::toponyms::capital;
use super::words::{BEFORE, GENERIC, INSTITUTION, STREET, THING};

/// How a listed name stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// As a place.
    Place,
    /// As one, if the report has it elsewhere.
    Weak,
    /// In the name of something.
    Inner,
    /// In the name of something, and only if the report has it elsewhere.
    WeakInner,
    /// As no place.
    None,
}

/// How a listed name stands here.
pub(super) fn stands(
    doc: &Doc,
    tokens: &Range<usize>,
    key: &str,
    readings: &Readings<'_>,
    covers: &[Cover],
) -> Standing {
    let first = doc.token(tokens.start);
    let single = tokens.len() == 1;
    let cover = &covers[tokens.start];
    let letters = || first.text().chars().filter(|c| c.is_alphabetic());
    if tokens.clone().any(|at| covers[at].person)
        || single && key.len() <= 3 && !letters().all(char::is_uppercase) && !readings.state
    {
        return Standing::None;
    }
    if readings.state && single && key.len() <= 3 && !letters().all(char::is_uppercase) {
        return Standing::None;
    }
    let next = (tokens.end < doc.len()).then(|| doc.token(tokens.end));
    let possessive = next.is_some_and(|next| matches!(next.text(), "'s" | "\u{2019}s" | "'" | "\u{2019}"));
    if let Some(thing) = next.filter(|next| THING.contains(&next.text())) {
        let there = INSTITUTION.contains(&thing.text());
        return if there { within_name(doc, tokens, key, readings, covers) } else { Standing::None };
    }
    let prev = tokens
        .start
        .checked_sub(1)
        .map(|at| doc.token(at))
        .filter(|prev| first.sent().range().contains(&prev.i()));
    let before = prev.is_some_and(|prev| BEFORE.contains(&prev.text().to_lowercase().as_str()));
    let container = next.is_some_and(|next| next.text() == ",");
    if let Some(thing) = cover.thing.as_ref().filter(|thing| thing.len() > tokens.len()) {
        // "Turkey's Foreign Ministry", "the embassy in Ankara" name a place; "Bank of China" does not.
        let placed = thing.end == tokens.end && prev.is_some_and(|prev| prev.text() == "in");
        let leads = thing.start == tokens.start && possessive;
        if !placed && !leads {
            return within_name(doc, tokens, key, readings, covers);
        }
    }
    let marked = cover.place.is_some();
    let sure = readings.state
        || readings
            .places
            .iter()
            .any(|place| matches!(place.kind, PlaceKind::Country | PlaceKind::Capital | PlaceKind::Region));
    let inside = prev.is_some_and(|prev| matches!(prev.text(), "in" | "In" | "at" | "near" | "outside"));
    if single && GENERIC.contains(&key)
        || cover.surname && !(inside || container && marked) && !readings.state
    {
        return Standing::None;
    }
    if !single {
        let proper = doc.span(tokens.clone()).any(|token| token.pos() == Upos::Propn);
        return if proper || marked { Standing::Place } else { Standing::None };
    }
    let propn = first.pos() == Upos::Propn;
    if readings.state && key.len() <= 3 {
        return Standing::Place;
    }
    let towns = readings.places.iter().filter(|place| place.kind != PlaceKind::County);
    let people = towns.map(|place| place.population).max().unwrap_or(0);
    let opening = prev.is_none();
    // Another proper noun beside it makes it part of a longer name.
    let glued = |other: Option<Token<'_>>| {
        other.is_some_and(|other| other.pos() == Upos::Propn && capital(other)) && !marked
    };
    if glued(next) && !sure && !possessive || glued(prev) && !sure {
        let here = propn && next.is_some_and(|next| INSTITUTION.contains(&next.text()));
        return match here {
            true if people >= TOWN / 4 => Standing::Place,
            true => Standing::Weak,
            false => Standing::None,
        };
    }
    match (marked, propn) {
        (true, _) => Standing::Place,
        (false, false) => Standing::None,
        (false, true) if sure => Standing::Place,
        (false, true) if people >= TOWN && !opening => Standing::Place,
        (false, true) if before && people >= TOWN / 4 || people >= 5 * TOWN => Standing::Place,
        (false, true) => Standing::Weak,
    }
}

/// How a listed name stands in the name of something else.
pub(super) fn within_name(
    doc: &Doc,
    tokens: &Range<usize>,
    key: &str,
    readings: &Readings<'_>,
    covers: &[Cover],
) -> Standing {
    let first = doc.token(tokens.start);
    let short = key.len() <= 3 && !first.text().chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    if !capital(first)
        || short
        || GENERIC.contains(&key)
        || tokens.clone().any(|at| covers[at].person || covers[at].surname)
    {
        return Standing::None;
    }
    let next = (tokens.end < doc.len()).then(|| doc.token(tokens.end).text());
    // "St. Michael's Hospital" is named after somebody.
    let saint = key.starts_with("st ") && next.is_some_and(|next| matches!(next, "'s" | "\u{2019}s"));
    if saint || next.is_some_and(|next| STREET.contains(&next)) {
        return Standing::None;
    }
    let wide = readings.state
        || readings
            .places
            .iter()
            .any(|place| matches!(place.kind, PlaceKind::Country | PlaceKind::Region | PlaceKind::Capital));
    let whole = tokens.end == doc.len() || !capital(doc.token(tokens.end));
    let of = whole && tokens.start > 0 && doc.token(tokens.start - 1).text() == "of";
    let county = key.ends_with(" county") || key.ends_with(" parish");
    if wide || of || county || next.is_some_and(|next| INSTITUTION.contains(&next)) {
        Standing::Inner
    } else {
        Standing::WeakInner
    }
}
