//! Adjectives and names of peoples ("Tunisian", "Russians"), and where the country of each stands.

use verbale_knowledge::{Entity, Knowledge, NameKind, Place, PlaceKind, fold};
use verbale_nlp::{Doc, Upos};

use super::{PlaceMention, Places};

/// The longest such word, in tokens: "Saudi Arabian", "North Korean".
const LONGEST: usize = 3;

/// All of them in text order, but for those in the name of a place.
pub(super) fn peoples(knowledge: &Knowledge, doc: &Doc, places: &Places) -> Vec<PlaceMention> {
    let mut free = vec![true; doc.len()];
    for place in places.standing.iter().chain(&places.inner) {
        free[place.tokens.clone()].fill(false);
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < doc.len() {
        let token = doc.token(at);
        let word = matches!(token.pos(), Upos::Adj | Upos::Propn | Upos::Noun);
        let capital = token.text().chars().next().is_some_and(char::is_uppercase);
        let limit = token.sent().range().end.min(at + LONGEST);
        let longest = (at + 1..=limit).rev().filter(|_| word && capital).find_map(|end| {
            let place = country_of(knowledge, doc.slice(at..end))
                .filter(|_| free[at..end].iter().all(|free| *free))?;
            Some((end, place))
        });
        let Some((end, place)) = longest else {
            at += 1;
            continue;
        };
        found.push(PlaceMention {
            tokens: at..end,
            name: doc.slice(at..end).to_owned(),
            country: Some(place.country.to_owned()),
            geonames: Some(place.geonames).filter(|id| *id != 0),
            lat: Some(place.lat),
            lon: Some(place.lon),
            capital_or_country: true,
            country_itself: true,
        });
        at = end;
    }
    found
}

/// The country that an adjective or the name of a people speaks of.
fn country_of<'k>(knowledge: &'k Knowledge, words: &str) -> Option<Place<'k>> {
    let names = knowledge.lookup(&fold(words));
    let state = names.iter().find_map(|name| match (name.entity, name.kind) {
        (Entity::State(id), NameKind::Adjective | NameKind::Demonym) => Some(knowledge.state_by_id(id)),
        _ => None,
    })?;
    state_itself(knowledge, state.name, state.code)
}

/// A country as a whole, by its English name and code.
fn state_itself<'k>(knowledge: &'k Knowledge, name: &str, code: &str) -> Option<Place<'k>> {
    let places = knowledge.places(&fold(name));
    places.into_iter().find(|place| place.kind == PlaceKind::Country && place.country == code)
}

/// Where a state stands that some words name: not one that its capital or seat of government stands for.
pub(crate) fn state_named<'k>(knowledge: &'k Knowledge, words: &str, code: &str) -> Option<Place<'k>> {
    let names = knowledge.lookup(&fold(words));
    let state = names.iter().find_map(|name| match (name.entity, name.kind) {
        (_, NameKind::Capital | NameKind::Metonym) => None,
        (Entity::State(id), _) => Some(knowledge.state_by_id(id)).filter(|state| state.code == code),
        _ => None,
    })?;
    state_itself(knowledge, state.name, code)
}
