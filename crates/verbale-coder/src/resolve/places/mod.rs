//! Places in the text, with coordinates: every toponym, country first, then the reading that fits it.
//!
//! ```text
//! toponyms (spans, standing, readings) ──▶ containers ("Paris, Texas") ──▶ context (the report's countries) ──▶ places
//! ```
//!
//! A name keeps one sense through a report unless the text says otherwise. What the gazetteer does not list
//! keeps a country only where the text names one.

mod containers;
mod context;
mod covers;
mod gazetteer;
mod peoples;
mod readings;
mod regions;
mod standing;
mod territories;
mod toponyms;
mod words;

#[cfg(test)]
mod tests;

use std::ops::Range;

use verbale_knowledge::{Knowledge, Place, PlaceKind};
use verbale_nlp::Doc;

use super::{Actor, Mentioned};
use gazetteer::Gazetteer;
pub(crate) use peoples::state_named;
use toponyms::{Sort, Toponym};

/// One place in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceMention {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The literal words.
    pub name: String,
    /// ISO 3166-1 alpha-3, where known.
    pub country: Option<String>,
    /// `GeoNames` id.
    pub geonames: Option<u32>,
    /// Degrees north.
    pub lat: Option<f32>,
    /// Degrees east.
    pub lon: Option<f32>,
    /// A country or its capital: a visit there is a visit to its government.
    pub capital_or_country: bool,
    /// A country as a whole.
    pub country_itself: bool,
}

/// What a report names of places.
#[derive(Debug, Clone, PartialEq)]
pub struct Places {
    /// Those that something may happen in, in text order.
    pub standing: Vec<PlaceMention>,
    /// Those in the names of other things ("the Kansas Department of Health"), in text order.
    pub inner: Vec<PlaceMention>,
    /// Adjectives and names of peoples ("Tunisian"), each with its country, in text order.
    pub peoples: Vec<PlaceMention>,
}

/// All places of a report.
pub fn places(knowledge: &Knowledge, doc: &Doc, mentions: &[Mentioned], actors: &[Actor]) -> Places {
    let mut gazetteer = Gazetteer::new(knowledge);
    let toponyms = toponyms::toponyms(&mut gazetteer, doc, mentions);
    let containers = containers::containers(knowledge, doc, &toponyms);
    let told = context::told(mentions, actors, &toponyms);
    let chosen = context::choose(&toponyms, &containers, &told);
    let mut places = Places { standing: Vec::new(), inner: Vec::new(), peoples: Vec::new() };
    for (toponym, chosen) in toponyms.iter().zip(chosen) {
        let place = match (&toponym.sort, chosen) {
            (Sort::Seat(country), _) => seat(doc, toponym, country),
            (_, context::Choice::Place(at)) => located(doc, toponym, &toponym.readings[at]),
            (_, context::Choice::Within(country)) => PlaceMention { country, ..unknown(doc, toponym) },
        };
        if toponym.inner { places.inner.push(place) } else { places.standing.push(place) }
    }
    places.peoples = peoples::peoples(knowledge, doc, &places);
    places
}

/// A place of which only the words are known.
fn unknown(doc: &Doc, toponym: &Toponym<'_>) -> PlaceMention {
    PlaceMention {
        tokens: toponym.tokens.clone(),
        name: doc.slice(toponym.tokens.clone()).to_owned(),
        country: None,
        geonames: None,
        lat: None,
        lon: None,
        capital_or_country: false,
        country_itself: false,
    }
}

/// "The Kremlin", "Camp David": somewhere in the country whose government sits there.
fn seat(doc: &Doc, toponym: &Toponym<'_>, country: &str) -> PlaceMention {
    PlaceMention { country: Some(country.to_owned()), capital_or_country: true, ..unknown(doc, toponym) }
}

fn located(doc: &Doc, toponym: &Toponym<'_>, place: &Place<'_>) -> PlaceMention {
    PlaceMention {
        country: Some(place.country.to_owned()).filter(|country| !country.is_empty()),
        geonames: Some(place.geonames).filter(|id| *id != 0 && !toponym.stand_in),
        lat: Some(place.lat),
        lon: Some(place.lon),
        capital_or_country: matches!(place.kind, PlaceKind::Capital | PlaceKind::Country)
            && !toponym.stand_in,
        country_itself: place.kind == PlaceKind::Country,
        ..unknown(doc, toponym)
    }
}
