//! What a name can be the name of: the gazetteer's readings and those of states, looked up once a report.

use std::collections::BTreeMap;
use std::rc::Rc;

use verbale_knowledge::{Entity, Knowledge, NameKind, Place, PlaceKind, fold};

/// Words that are written short or in full.
const SHORTENED: &[(&str, &str)] =
    &[("st ", "saint "), ("ste ", "sainte "), ("mt ", "mount "), ("ft ", "fort ")];

/// Readings of a name, the likeliest first, and what the states' names add.
#[derive(Debug, Clone)]
pub(super) struct Readings<'k> {
    /// Places of this name.
    pub places: Rc<[Place<'k>]>,
    /// The name is a state's own.
    pub state: bool,
    /// A building or place that stands for the government of this country.
    pub seat: Option<&'k str>,
}

/// A view of the knowledge that remembers what it was asked.
pub(super) struct Gazetteer<'k> {
    pub knowledge: &'k Knowledge,
    known: BTreeMap<String, Readings<'k>>,
}

impl<'k> Gazetteer<'k> {
    pub(super) fn new(knowledge: &'k Knowledge) -> Self {
        Self { knowledge, known: BTreeMap::new() }
    }

    /// All readings of a folded name.
    pub(super) fn readings(&mut self, folded: &str) -> Readings<'k> {
        if let Some(known) = self.known.get(folded) {
            return known.clone();
        }
        let made = self.look_up(folded);
        self.known.insert(folded.to_owned(), made.clone());
        made
    }

    fn look_up(&self, folded: &str) -> Readings<'k> {
        let mut places = self.knowledge.places(folded);
        let other = SHORTENED.iter().find_map(|(short, full)| {
            let swap = |from: &str, to: &str| folded.strip_prefix(from).map(|rest| format!("{to}{rest}"));
            swap(short, full).or_else(|| swap(full, short))
        });
        for place in other.map(|name| self.knowledge.places(&name)).unwrap_or_default() {
            if !places.contains(&place) {
                places.push(place);
            }
        }
        let (mut is_state, mut seat) = (false, None);
        for name in self.knowledge.lookup(folded) {
            match (name.entity, name.kind) {
                (Entity::State(id), kind) => {
                    let state = self.knowledge.state_by_id(id);
                    match kind {
                        NameKind::Name | NameKind::Acronym | NameKind::Former | NameKind::Alias => {
                            is_state = true;
                            self.add(&mut places, state.name, state.code, PlaceKind::Country);
                        }
                        NameKind::Capital => {
                            self.add(&mut places, state.seat_of_government, state.code, PlaceKind::Capital);
                        }
                        NameKind::Metonym => seat = seat.or(Some(state.code)),
                        NameKind::Adjective | NameKind::Demonym => {}
                    }
                }
                (Entity::Body(id), _) => {
                    let body = self.knowledge.body(id);
                    seat = seat.or(body.state.filter(|_| body.kind == "seat"));
                }
                _ => {}
            }
        }
        Readings { places: places.into(), state: is_state, seat }
    }

    /// Adds the country or capital that a state's name stands for, unless it is among the readings.
    fn add(&self, places: &mut Vec<Place<'k>>, name: &str, code: &str, kind: PlaceKind) {
        if places.iter().any(|place| place.kind == kind && place.country == code) {
            return;
        }
        let found = self
            .knowledge
            .places(&fold(name))
            .into_iter()
            .find(|place| place.kind == kind && place.country == code);
        if let Some(place) = found {
            places.insert(0, place);
        }
    }

    /// The first-level region of a country.
    pub(super) fn region(&self, name: &str, country: &str) -> Option<Place<'k>> {
        self.knowledge
            .places(&fold(name))
            .into_iter()
            .find(|place| place.kind == PlaceKind::Region && place.country == country)
    }
}
