//! Where toponyms stand: listed names, abbreviations of regions, seats of government, and what the language
//! model marks as a place; never inside the names of people and organisations.

use std::ops::Range;
use std::rc::Rc;

use verbale_knowledge::{Place, PlaceKind, fold};
use verbale_nlp::{Doc, Token, Upos};

use super::covers::{Cover, covers};
use super::gazetteer::{Gazetteer, Readings};
use super::readings::TOWN;
use super::regions;
use super::words::{BEFORE, GENERIC, JOINING, TERRITORY, THING};
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
}

/// All toponyms in text order, without overlaps.
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
            abbreviation(gazetteer, doc, at, behind).or_else(|| listed(gazetteer, doc, at, &covers))
        });
        let made = made.flatten().or_else(|| marked(doc, at, &covers));
        at = made.as_ref().map_or(at + 1, |toponym| toponym.tokens.end);
        found.extend(made);
    }
    found
}

fn capital(token: Token<'_>) -> bool {
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
fn abbreviation<'k>(gazetteer: &Gazetteer<'k>, doc: &Doc, at: usize, behind: bool) -> Option<Toponym<'k>> {
    let (region, country) = regions::expand(doc.token(at).text(), behind)?;
    let place = gazetteer.region(region, country)?;
    Some(Toponym {
        tokens: at..at + 1,
        key: format!("{}, {country}", fold(region)),
        readings: Rc::from([place]),
        sort: Sort::Listed,

        region_told: true,
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
        let key = fold(doc.slice(at..end));
        let readings = gazetteer.readings(&key);
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
            });
        }
        if readings.places.is_empty() || !stands(doc, &(at..end), &key, &readings, covers) {
            continue;
        }
        return territory(gazetteer, doc, at..end, covers).or_else(|| {
            let region_told = region_told(doc, end);
            Some(Toponym { tokens: at..end, key, readings: readings.places, sort: Sort::Listed, region_told })
        });
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

/// "Washington state", "New York Gov. Smith".
fn region_told(doc: &Doc, end: usize) -> bool {
    end < doc.len()
        && matches!(
            doc.token(end).text(),
            "state"
                | "State"
                | "Gov."
                | "governor"
                | "Governor"
                | "province"
                | "Province"
                | "region"
                | "lawmakers"
                | "senator"
                | "Sen."
        )
}

/// Whether a listed name stands for a place here.
fn stands(doc: &Doc, tokens: &Range<usize>, key: &str, readings: &Readings<'_>, covers: &[Cover]) -> bool {
    let first = doc.token(tokens.start);
    let single = tokens.len() == 1;
    let cover = &covers[tokens.start];
    let letters = || first.text().chars().filter(|c| c.is_alphabetic());
    if tokens.clone().any(|at| covers[at].person)
        || single && key.len() <= 3 && !letters().all(char::is_uppercase) && !readings.state
    {
        return false;
    }
    if readings.state && single && key.len() <= 3 && !letters().all(char::is_uppercase) {
        return false;
    }
    let next = (tokens.end < doc.len()).then(|| doc.token(tokens.end));
    let possessive = next.is_some_and(|next| matches!(next.text(), "'s" | "\u{2019}s" | "'" | "\u{2019}"));
    if next.is_some_and(|next| THING.contains(&next.text())) {
        return false;
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
            return false;
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
        return false;
    }
    if !single {
        return doc.span(tokens.clone()).filter(|token| token.pos() == Upos::Propn).count() > 0 || marked;
    }
    let propn = first.pos() == Upos::Propn;
    if readings.state && key.len() <= 3 {
        return true;
    }
    let people = readings.places.iter().map(|place| place.population).max().unwrap_or(0);
    let opening = prev.is_none();
    // Another proper noun beside it makes it part of a longer name.
    let glued = |other: Option<Token<'_>>| {
        other.is_some_and(|other| other.pos() == Upos::Propn && capital(other)) && !marked
    };
    if glued(next) && !sure && !possessive || glued(prev) && !sure {
        return false;
    }
    match (marked, propn) {
        (true, _) => true,
        (false, false) => false,
        (false, true) if sure => true,
        (false, true) => (people >= TOWN && !opening) || before && people >= TOWN / 4 || people >= 5 * TOWN,
    }
}

/// "Aleppo Governorate", "Laurel County": the territory, never the town.
fn territory<'k>(
    gazetteer: &mut Gazetteer<'k>,
    doc: &Doc,
    tokens: Range<usize>,
    covers: &[Cover],
) -> Option<Toponym<'k>> {
    let next = (tokens.end < doc.len()).then(|| doc.token(tokens.end))?;
    let kept = |place: &Place<'k>| place.kind == PlaceKind::Region;
    if TERRITORY.contains(&next.text()) {
        let whole = tokens.start..tokens.end + 1;
        let full = gazetteer.readings(&fold(doc.slice(whole.clone()))).places;
        let base = gazetteer.readings(&fold(doc.slice(tokens))).places;
        let regions: Vec<Place<'k>> =
            full.iter().chain(base.iter()).filter(|place| kept(place)).copied().collect();
        let regions = if matches!(next.text(), "County" | "Parish") { Vec::new() } else { regions };
        return Some(unlisted(doc, whole, regions));
    }
    // "Aleppo International Airport": marked as one place, longer than what is listed.
    let ent = covers[tokens.start].place.clone()?;
    let end = (tokens.end..ent.end).find(|at| !capital(doc.token(*at))).unwrap_or(ent.end);
    let longer = ent.start == tokens.start && end > tokens.end;
    (longer && doc.token(tokens.end).pos() != Upos::Punct)
        .then(|| unlisted(doc, tokens.start..end, Vec::new()))
}

fn unlisted<'k>(doc: &Doc, tokens: Range<usize>, regions: Vec<Place<'k>>) -> Toponym<'k> {
    let sort = if regions.is_empty() { Sort::Marked } else { Sort::Listed };
    Toponym {
        key: fold(doc.slice(tokens.clone())),
        tokens,
        readings: regions.into(),
        sort,
        region_told: true,
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
