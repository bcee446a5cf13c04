//! The users' files laid over the embedded facts: entries by row, names by their folded spelling.

use std::collections::BTreeMap;

use super::Overlay;
use super::entry::{
    AuthorityEntry, BodyEntry, NameEntry, OfficeEntry, OrganisationEntry, PersonEntry, PlaceEntry,
    RecognitionEntry, StateEntry,
};
use crate::embedded::Embedded;
use crate::entity::{
    Authority, AuthorityId, Body, BodyId, Entity, Name, NameKind, Occupancy, Organisation, OrganisationId,
    Person, PersonId, Place, Recognition, State, StateId,
};
use crate::fold;
use crate::knowledge::Knowledge;
use crate::layout::Section;
use crate::people::{slug, spellings, surnames};

/// Entries of one sort by row: an embedded row that they change, or a new one after the embedded ones.
#[derive(Debug)]
pub(crate) struct Layer<T> {
    first: u32,
    rows: BTreeMap<u32, T>,
    keys: BTreeMap<String, u32>,
}

/// Everything that the users' files say.
#[derive(Debug)]
pub(crate) struct Layers {
    pub(crate) states: Layer<StateEntry>,
    pub(crate) authorities: Layer<AuthorityEntry>,
    pub(crate) organisations: Layer<OrganisationEntry>,
    pub(crate) bodies: Layer<BodyEntry>,
    pub(crate) people: Layer<PersonEntry>,
    /// Folded name to its readings, and whether they are the only ones.
    pub(crate) names: BTreeMap<String, (bool, Vec<Name>)>,
    pub(crate) surnames: BTreeMap<String, Vec<PersonId>>,
    places: BTreeMap<String, Vec<PlaceEntry>>,
    recognitions: Vec<RecognitionEntry>,
    profiles: BTreeMap<String, BTreeMap<String, String>>,
}

impl<T> Layer<T> {
    fn over(first: u32) -> Self {
        Self { first, rows: BTreeMap::new(), keys: BTreeMap::new() }
    }

    /// The row of a key that the user's files speak of.
    pub(crate) fn id(&self, key: &str) -> Option<u32> {
        self.keys.get(key).copied()
    }

    /// One past the last row.
    pub(crate) fn end(&self) -> u32 {
        self.rows.last_key_value().map_or(self.first, |(last, _)| self.first.max(last + 1))
    }

    /// Adds an entry under its key: to the row that it changes, or to a new one.
    fn add(&mut self, key: &str, known: Option<u32>, entry: T, merge: impl FnOnce(&mut T, T)) -> u32 {
        let row = self.id(key).or(known).unwrap_or_else(|| self.end());
        self.keys.insert(key.to_owned(), row);
        match self.rows.get_mut(&row) {
            Some(older) => merge(older, entry),
            None => {
                self.rows.insert(row, entry);
            }
        }
        row
    }
}

/// The user's text where there is one, else the embedded one.
fn over<'k>(own: Option<&'k String>, base: &'k str) -> &'k str {
    own.map_or(base, String::as_str)
}

fn over_known<'k>(own: Option<&'k String>, base: Option<&'k str>) -> Option<&'k str> {
    own.map(String::as_str).or(base)
}

impl Layers {
    pub(crate) fn over(base: &Embedded) -> Self {
        Self {
            states: Layer::over(base.count(Section::States)),
            authorities: Layer::over(base.count(Section::Authorities)),
            organisations: Layer::over(base.count(Section::Organisations)),
            bodies: Layer::over(base.count(Section::Bodies)),
            people: Layer::over(base.count(Section::People)),
            names: BTreeMap::new(),
            surnames: BTreeMap::new(),
            places: BTreeMap::new(),
            recognitions: Vec::new(),
            profiles: BTreeMap::new(),
        }
    }

    pub(crate) fn is_prefix(&self, words: &str) -> bool {
        self.names
            .range(words.to_owned()..)
            .take_while(|(name, _)| name.starts_with(words))
            .any(|(name, _)| name[words.len()..].chars().next().is_none_or(|next| !next.is_alphanumeric()))
    }

    pub(crate) fn state<'k>(&'k self, index: u32, base: State<'k>) -> State<'k> {
        let Some(own) = self.states.rows.get(&index) else { return base };
        State {
            code: &own.code,
            iso2: over(own.iso2.as_ref(), base.iso2),
            name: over(own.name.as_ref(), base.name),
            official: over(own.official.as_ref().or(own.name.as_ref()), base.official),
            status: over(own.status.as_ref(), if base.status.is_empty() { "other" } else { base.status }),
            capital: over(own.capital.as_ref(), base.capital),
            seat_of_government: over(
                own.seat_of_government.as_ref().or(own.capital.as_ref()),
                base.seat_of_government,
            ),
            wikidata: over(own.wikidata.as_ref(), base.wikidata),
        }
    }

    pub(crate) fn authority<'k>(&'k self, index: u32, base: Authority<'k>) -> Authority<'k> {
        let Some(own) = self.authorities.rows.get(&index) else { return base };
        Authority {
            id: &own.id,
            state: over(own.state.as_ref(), base.state),
            name: over(own.name.as_ref(), base.name),
            from: over_known(own.from.as_ref(), base.from),
            to: over_known(own.to.as_ref(), base.to),
            sector: own.sector.unwrap_or(base.sector),
        }
    }

    pub(crate) fn organisation<'k>(&'k self, index: u32, base: Organisation<'k>) -> Organisation<'k> {
        let Some(own) = self.organisations.rows.get(&index) else { return base };
        Organisation {
            id: &own.id,
            code: over(own.code.as_ref(), if base.code.is_empty() { "IGO" } else { base.code }),
            name: over(own.name.as_ref(), base.name),
            acronym: over(own.acronym.as_ref(), base.acronym),
            wikidata: over(own.wikidata.as_ref(), base.wikidata),
            members: own
                .members
                .as_ref()
                .map_or(base.members, |own| own.iter().map(String::as_str).collect()),
        }
    }

    pub(crate) fn body<'k>(&'k self, index: u32, base: Body<'k>) -> Body<'k> {
        let Some(own) = self.bodies.rows.get(&index) else { return base };
        Body {
            id: &own.id,
            name: over(own.name.as_ref(), base.name),
            state: over_known(own.state.as_ref(), base.state),
            sector: own.sector.unwrap_or(base.sector),
            kind: over(own.kind.as_ref(), if base.kind.is_empty() { "other" } else { base.kind }),
        }
    }

    pub(crate) fn person<'k>(&'k self, index: u32, base: Person<'k>) -> Person<'k> {
        let Some(own) = self.people.rows.get(&index) else { return base };
        let mut occupancies = base.occupancies;
        occupancies.retain(|old| !own.offices.iter().any(|new| new.same(old.office, old.state, old.from)));
        occupancies.extend(own.offices.iter().map(occupancy));
        occupancies.sort_by_key(|held| (held.from, held.to, held.office));
        Person {
            id: if base.id.is_empty() { own.id.as_deref().unwrap_or_default() } else { base.id },
            name: &own.name,
            wikidata: own.wikidata.as_deref().or(base.wikidata),
            occupancies,
        }
    }

    pub(crate) fn places(&self, folded: &str) -> impl Iterator<Item = Place<'_>> {
        self.places.get(folded).into_iter().flatten().map(|own| Place {
            geonames: own.geonames,
            name: &own.name,
            country: &own.country,
            admin1: &own.admin1,
            lat: own.lat,
            lon: own.lon,
            population: own.population,
            kind: own.kind,
        })
    }

    pub(crate) fn recognitions(&self, recognised: &str) -> impl Iterator<Item = Recognition<'_>> {
        self.recognitions.iter().filter(move |own| own.recognised == recognised).map(|own| Recognition {
            recogniser: &own.recogniser,
            recognised: &own.recognised,
            kind: &own.kind,
            stance: &own.stance,
            from: own.from.as_deref(),
            to: own.to.as_deref(),
            source: &own.source,
        })
    }

    pub(crate) fn profile(&self, profile: &str, entity: &str) -> Option<&str> {
        self.profiles.get(profile)?.get(entity).map(String::as_str)
    }

    pub(crate) fn has_profile(&self, profile: &str) -> bool {
        self.profiles.contains_key(profile)
    }

    fn name(&mut self, spelling: &str, only: bool, name: Name) {
        let (alone, readings) = self.names.entry(fold(spelling)).or_default();
        if only {
            *alone = true;
            readings.clear();
        }
        if !readings.contains(&name) {
            readings.push(name);
        }
    }
}

fn occupancy(own: &OfficeEntry) -> Occupancy<'_> {
    Occupancy {
        office: &own.office,
        state: &own.state,
        from: own.from.as_deref(),
        to: own.to.as_deref(),
        to_known: true,
    }
}

impl Knowledge {
    /// Lays an overlay on top.
    pub(crate) fn lay(&mut self, overlay: Overlay) {
        for entry in overlay.states {
            let (key, known) = (entry.code.clone(), self.base.find(Section::States, &entry.code));
            self.layers.states.add(&key, known, entry, StateEntry::merge);
        }
        for entry in overlay.authorities {
            let (key, known) = (entry.id.clone(), self.base.find(Section::Authorities, &entry.id));
            self.layers.authorities.add(&key, known, entry, AuthorityEntry::merge);
        }
        for entry in overlay.organisations {
            let (key, known) = (entry.id.clone(), self.base.find(Section::Organisations, &entry.id));
            self.layers.organisations.add(&key, known, entry, OrganisationEntry::merge);
        }
        for entry in overlay.bodies {
            let (key, known) = (entry.id.clone(), self.base.find(Section::Bodies, &entry.id));
            self.layers.bodies.add(&key, known, entry, BodyEntry::merge);
        }
        for entry in overlay.people {
            self.lay_person(entry);
        }
        for entry in overlay.names {
            self.lay_name(&entry);
        }
        for entry in overlay.places {
            let spellings: Vec<String> =
                std::iter::once(&entry.name).chain(&entry.aliases).map(|name| fold(name)).collect();
            for spelling in spellings {
                self.layers.places.entry(spelling).or_default().insert(0, entry.clone());
            }
        }
        self.layers.recognitions.extend(overlay.recognitions);
        for (profile, table) in overlay.profiles {
            self.layers.profiles.entry(profile).or_default().extend(table);
        }
    }

    fn lay_person(&mut self, mut entry: PersonEntry) {
        let key = entry.wikidata.clone().or_else(|| entry.id.clone());
        let known = match &key {
            Some(key) => self.base.find(Section::People, key),
            None => self.namesake(&entry),
        };
        let state = entry.offices.first().map(|held| held.state.clone()).unwrap_or_default();
        let key = match (key, known) {
            (Some(key), _) => key,
            (None, Some(row)) => self.base.person(row).id.to_owned(),
            (None, None) => slug(&state, &entry.name),
        };
        entry.id = Some(key.clone());
        let (name, aliases) = (entry.name.clone(), entry.aliases.clone());
        let row = self.layers.people.add(&key, known, entry, PersonEntry::merge);
        let entity = Entity::Person(PersonId(row));
        for (at, written) in std::iter::once(&name).chain(&aliases).enumerate() {
            for (shortened, spelling) in spellings(written, &state).into_iter().enumerate() {
                let kind = if at == 0 && shortened == 0 { NameKind::Name } else { NameKind::Alias };
                self.layers.name(&spelling, false, Name { entity, kind, cased: true });
            }
            for last in surnames(written, &state) {
                self.layers.surnames.entry(last).or_default().push(PersonId(row));
            }
        }
    }

    /// The one embedded person of that name and a state in common.
    fn namesake(&self, entry: &PersonEntry) -> Option<u32> {
        let same = |id: &PersonId| {
            self.base
                .person(id.0)
                .occupancies
                .iter()
                .any(|held| entry.offices.iter().any(|own| own.state == held.state))
        };
        let found: Vec<PersonId> = self.people(&fold(&entry.name)).into_iter().filter(same).collect();
        (found.len() == 1).then(|| found[0].0)
    }

    fn lay_name(&mut self, entry: &NameEntry) {
        if let Some(entity) = self.entity(&entry.entity) {
            self.layers.name(&entry.name, entry.only, Name { entity, kind: entry.kind, cased: entry.cased });
        }
    }

    /// The entity of a code, slug or Wikidata id of a person.
    pub fn entity(&self, key: &str) -> Option<Entity> {
        let find = |own: Option<u32>, section| own.or_else(|| self.base.find(section, key));
        let layers = &self.layers;
        find(layers.states.id(key), Section::States)
            .map(|row| Entity::State(StateId(row)))
            .or_else(|| {
                find(layers.authorities.id(key), Section::Authorities)
                    .map(|row| Entity::Authority(AuthorityId(row)))
            })
            .or_else(|| {
                find(layers.organisations.id(key), Section::Organisations)
                    .map(|row| Entity::Organisation(OrganisationId(row)))
            })
            .or_else(|| find(layers.bodies.id(key), Section::Bodies).map(|row| Entity::Body(BodyId(row))))
            .or_else(|| find(layers.people.id(key), Section::People).map(|row| Entity::Person(PersonId(row))))
    }
}
