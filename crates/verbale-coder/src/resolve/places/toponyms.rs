//! Where toponyms stand: listed names, abbreviations of regions, seats of government, and what the language
//! model marks as a place; never inside the names of people and organisations.

use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;

use verbale_knowledge::{Place, fold};
use verbale_nlp::{Doc, Token, Upos};

use super::covers::{Cover, covers};
use super::gazetteer::Gazetteer;
use super::regions;
use super::standing::{Standing, stands, within_name};
use super::territories::{in_list_of_counties, narrowed, region_told, territory};
use super::words::{GENERIC, JOINING, PREMISES, STREET, THING};
use crate::resolve::Mentioned;

/// The longest listed name, in tokens.
const LONGEST: usize = 8;

/// What sort of toponym it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Sort<'k> {
    /// A name with readings in the gazetteer.
    Listed,
    /// Marked by the language model and listed nowhere.
    Marked,
    /// A seat of the government of this country.
    Seat(&'k str),
}

/// One toponym with what it may be.
#[derive(Debug, Clone)]
pub(super) struct Toponym<'k> {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its folded name: equal keys have one sense.
    pub key: String,
    /// What it may be, the likeliest first.
    pub readings: Rc<[Place<'k>]>,
    /// What sort it is.
    pub sort: Sort<'k>,
    /// The word behind it says that a region is meant ("Washington state", "New York Gov.").
    pub region_told: bool,
    /// It stands in the name of something else ("the Kansas Department of Health"): nothing happens there.
    pub inner: bool,
    /// Its readings are towns of the territory that is meant ("Haidian District").
    pub stand_in: bool,
    /// It counts only if the report names the same place more clearly elsewhere.
    pub weak: bool,
}

/// All toponyms in text order. Only those in the name of a longer one overlap others.
pub(super) fn toponyms<'k>(
    gazetteer: &mut Gazetteer<'k>,
    doc: &Doc,
    mentions: &[Mentioned],
) -> Vec<Toponym<'k>> {
    let covers = covers(doc, mentions);
    let mut found: Vec<Toponym<'k>> = Vec::new();
    let mut at = 0;
    while at < doc.len() {
        let behind = behind_name(doc, at, found.last());
        let made = (!covers[at].person).then(|| {
            abbreviation(gazetteer, doc, at, behind, &covers).or_else(|| listed(gazetteer, doc, at, &covers))
        });
        let made = made.flatten().or_else(|| marked(doc, at, &covers));
        at = made.as_ref().map_or(at + 1, |toponym| toponym.tokens.end);
        let outer = made.as_ref().filter(|made| made.sort == Sort::Marked).map(|made| made.tokens.clone());
        found.extend(made);
        if let Some(outer) = outer {
            inside(gazetteer, doc, &outer, &covers, &mut found);
        }
    }
    let clear: BTreeSet<String> =
        found.iter().filter(|toponym| !toponym.weak).map(|toponym| toponym.key.clone()).collect();
    found.retain(|toponym| !toponym.weak || clear.contains(&toponym.key));
    found
}

/// Listed names in the name of something marked as one place: "Aleppo" in "Aleppo International Airport".
fn inside<'k>(
    gazetteer: &mut Gazetteer<'k>,
    doc: &Doc,
    outer: &Range<usize>,
    covers: &[Cover],
    found: &mut Vec<Toponym<'k>>,
) {
    if STREET.contains(&doc.token(outer.end - 1).text()) {
        return;
    }
    let there = PREMISES.contains(&doc.token(outer.end - 1).text());
    let mut at = outer.start;
    while at < outer.end {
        let ends = ends(doc, at).into_iter().rev().filter(|end| *end <= outer.end);
        let made = ends.filter(|end| (at..*end) != *outer).find_map(|end| {
            let key = fold(doc.slice(at..end));
            let readings = gazetteer.readings(&key);
            let standing = match within_name(doc, &(at..end), &key, &readings, covers) {
                Standing::WeakInner if there && at == outer.start => Standing::Inner,
                standing => standing,
            };
            let known = !readings.places.is_empty() && standing != Standing::None;
            known.then(|| named(doc, at..end, key, readings.places, standing))
        });
        at = made.as_ref().map_or(at + 1, |toponym| toponym.tokens.end);
        found.extend(made);
    }
}

/// A listed name with its readings, narrowed by the words beside it.
fn named<'k>(
    doc: &Doc,
    tokens: Range<usize>,
    key: String,
    readings: Rc<[Place<'k>]>,
    standing: Standing,
) -> Toponym<'k> {
    let region_told = region_told(doc, &tokens);
    let readings = narrowed(doc, &tokens, readings);
    Toponym {
        tokens,
        key,
        readings,
        sort: Sort::Listed,
        region_told,
        inner: matches!(standing, Standing::Inner | Standing::WeakInner),
        stand_in: false,
        weak: matches!(standing, Standing::Weak | Standing::WeakInner),
    }
}

pub(super) fn capital(token: Token<'_>) -> bool {
    token.text().chars().next().is_some_and(char::is_uppercase)
}

/// Whether `at` follows a comma right behind a capitalised name.
fn behind_name(doc: &Doc, at: usize, last: Option<&Toponym<'_>>) -> bool {
    let comma = at >= 2 && doc.token(at - 1).text() == ",";
    comma
        && (last.is_some_and(|last| last.tokens.end + 1 == at)
            || capital(doc.token(at - 2)) && doc.token(at - 2).pos() == Upos::Propn)
}

/// "Calif.", "D.C.", "Ga." behind a name.
fn abbreviation<'k>(
    gazetteer: &Gazetteer<'k>,
    doc: &Doc,
    at: usize,
    behind: bool,
    covers: &[Cover],
) -> Option<Toponym<'k>> {
    let marked = covers[at].place.is_some();
    let word = doc.token(at);
    let next = (at + 1 < doc.len()).then(|| doc.token(at + 1));
    let joined = next.filter(|next| next.text() == "." && next.bytes().start == word.bytes().end);
    let written = format!("{}{}", word.text(), joined.map_or("", |_| "."));
    // "W. Va.", "N. Y."
    let two = next.filter(|next| word.text().len() == 2 && word.text().ends_with('.') && capital(*next));
    let two =
        two.and_then(|next| regions::expand(&format!("{}{}", word.text(), next.text()), behind, marked));
    let end = if two.is_some() { at + 2 } else { at + 1 };
    let (region, country) = two.or_else(|| regions::expand(&written, behind, marked))?;
    let place = gazetteer.region(region, country)?;
    Some(Toponym {
        tokens: at..end,
        key: format!("{}, {country}", fold(region)),
        readings: Rc::from([place]),
        sort: Sort::Listed,
        region_told: true,
        inner: false,
        stand_in: false,
        weak: false,
    })
}

/// The longest listed name that starts here and stands for a place.
fn listed<'k>(gazetteer: &mut Gazetteer<'k>, doc: &Doc, at: usize, covers: &[Cover]) -> Option<Toponym<'k>> {
    let first = doc.token(at);
    let article = matches!(first.text(), "al" | "Al" | "el" | "El" | "as" | "ash") && at + 1 < doc.len();
    if !(capital(first) || article) || matches!(first.text(), "The" | "THE") {
        return None;
    }
    for end in ends(doc, at).into_iter().rev() {
        let mut key = fold(doc.slice(at..end));
        let mut readings = gazetteer.readings(&key);
        if readings.places.is_empty() && in_list_of_counties(doc, end) {
            // "Clay" alone is an everyday word.
            key.push_str(" county");
            readings = gazetteer.readings(&key);
        }
        if readings.places.is_empty() && readings.seat.is_none() {
            continue;
        }
        if let Some(country) = readings.seat.filter(|_| !readings.state && is_at(doc, at)) {
            return Some(Toponym {
                tokens: at..end,
                key,
                readings: Rc::from([]),
                sort: Sort::Seat(country),
                region_told: false,
                inner: false,
                stand_in: false,
                weak: false,
            });
        }
        if readings.places.is_empty() {
            continue;
        }
        let standing = stands(doc, &(at..end), &key, &readings, covers);
        match standing {
            Standing::None => continue,
            Standing::Place => {
                if let Some(territory) = territory(gazetteer, doc, at..end, covers) {
                    return Some(territory);
                }
            }
            _ => {}
        }
        return Some(named(doc, at..end, key, readings.places, standing));
    }
    None
}

/// Ends of names that may start at a token: behind capitalised words, joined by small ones.
fn ends(doc: &Doc, at: usize) -> Vec<usize> {
    let limit = doc.token(at).sent().range().end.min(at + LONGEST);
    let mut found = Vec::new();
    for end in at + 1..=limit {
        let last = doc.token(end - 1);
        let joining = JOINING.contains(&last.text()) && end - 1 > at;
        if capital(last) || last.text().starts_with(|c: char| c.is_ascii_digit()) {
            found.push(end);
        } else if !joining && end - 1 > at {
            // "Sana" + "'a", "Port-au-Prince" in pieces.
            if doc.token(end - 2).bytes().end == last.bytes().start
                && last.text().chars().any(char::is_alphabetic)
                && !matches!(last.text(), "'s" | "\u{2019}s")
            {
                found.push(end);
                continue;
            }
            break;
        }
    }
    found
}

/// "At the Kremlin", "in Camp David".
fn is_at(doc: &Doc, at: usize) -> bool {
    let start = doc.token(at).sent().range().start;
    doc.span(start..at).rev().find(|token| !token.text().eq_ignore_ascii_case("the")).is_some_and(|token| {
        matches!(token.text().to_lowercase().as_str(), "at" | "in" | "inside" | "outside" | "near" | "to")
    })
}

pub(super) fn unlisted<'k>(doc: &Doc, tokens: Range<usize>, regions: Vec<Place<'k>>) -> Toponym<'k> {
    let sort = if regions.is_empty() { Sort::Marked } else { Sort::Listed };
    Toponym {
        key: fold(doc.slice(tokens.clone())),
        tokens,
        readings: regions.into(),
        sort,
        region_told: true,
        inner: false,
        stand_in: false,
        weak: false,
    }
}

/// A stretch that only the language model knows as a place.
fn marked<'k>(doc: &Doc, at: usize, covers: &[Cover]) -> Option<Toponym<'k>> {
    let ent = covers[at].place.clone()?;
    let token = doc.token(at);
    if !capital(token) || token.pos() != Upos::Propn || covers[at].person || covers[at].surname {
        return None;
    }
    let end = (at + 1..ent.end)
        .find(|end| !capital(doc.token(*end)) && !JOINING.contains(&doc.token(*end).text()))
        .unwrap_or(ent.end);
    let end = (at + 1..=end).rev().find(|end| capital(doc.token(end - 1))).unwrap_or(at + 1);
    let next = (end < doc.len()).then(|| doc.token(end));
    if end == at + 1 && GENERIC.contains(&fold(token.text()).as_str()) {
        return None;
    }
    if next.is_some_and(|next| THING.contains(&next.text())) || THING.contains(&doc.token(end - 1).text()) {
        return None;
    }
    Some(unlisted(doc, at..end, Vec::new()))
}
