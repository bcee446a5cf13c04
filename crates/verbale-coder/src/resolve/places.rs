//! Places in the text, with coordinates: country first, then the reading that fits it.

use std::ops::Range;

use verbale_knowledge::{Knowledge, PlaceKind, fold};
use verbale_nlp::Doc;

use super::{Actor, ActorKind, Mentioned};

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

/// All places in text order.
pub fn places(knowledge: &Knowledge, doc: &Doc, mentions: &[Mentioned], actors: &[Actor]) -> Vec<PlaceMention> {
    let mut found = Vec::new();
    let persons = |at: usize| mentions.iter().any(|m| m.tokens.contains(&at) && m.kind == ActorKind::Person);
    let mut at = 0;
    while at < doc.len() {
        let capital = doc.token(at).text().chars().next().is_some_and(char::is_uppercase);
        if !capital || persons(at) {
            at += 1;
            continue;
        }
        let end = (at + 1..=(at + 4).min(doc.token(at).sent().range().end)).rev().find(|end| {
            !knowledge.places(&fold(doc.slice(at..*end))).is_empty()
        });
        let Some(end) = end else {
            at += 1;
            continue;
        };
        let readings = knowledge.places(&fold(doc.slice(at..end)));
        if let Some(best) = readings.first() {
            found.push(PlaceMention {
                tokens: at..end,
                name: doc.slice(at..end).to_owned(),
                country: Some(best.country.to_owned()),
                geonames: Some(best.geonames),
                lat: Some(best.lat),
                lon: Some(best.lon),
                capital_or_country: matches!(best.kind, PlaceKind::Capital | PlaceKind::Country),
                country_itself: best.kind == PlaceKind::Country,
            });
        }
        at = end;
    }
    let _ = actors;
    found
}
