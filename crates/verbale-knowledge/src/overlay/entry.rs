//! What a knowledge file says, entry by entry. A field left out leaves what is known as it is.

use verbale_model::ontology::Sector;

use crate::entity::{NameKind, PlaceKind};

/// Fields of `newer` where it has them, else those of `self`.
macro_rules! merge {
    ($older:ident, $newer:ident, $($field:ident),*) => {
        $(if $newer.$field.is_some() { $older.$field = $newer.$field; })*
    };
}

/// `[[state]]`
#[derive(Debug, Clone, Default)]
pub(crate) struct StateEntry {
    pub code: String,
    pub iso2: Option<String>,
    pub name: Option<String>,
    pub official: Option<String>,
    pub status: Option<String>,
    pub capital: Option<String>,
    pub seat_of_government: Option<String>,
    pub wikidata: Option<String>,
    pub line: u32,
}

/// `[[authority]]`
#[derive(Debug, Clone, Default)]
pub(crate) struct AuthorityEntry {
    pub id: String,
    pub state: Option<String>,
    pub name: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub sector: Option<Sector>,
    pub line: u32,
}

/// `[[organisation]]`
#[derive(Debug, Clone, Default)]
pub(crate) struct OrganisationEntry {
    pub id: String,
    pub code: Option<String>,
    pub name: Option<String>,
    pub acronym: Option<String>,
    pub wikidata: Option<String>,
    pub members: Option<Vec<String>>,
    pub line: u32,
}

/// `[[body]]`
#[derive(Debug, Clone, Default)]
pub(crate) struct BodyEntry {
    pub id: String,
    pub name: Option<String>,
    pub state: Option<String>,
    pub sector: Option<Sector>,
    pub kind: Option<String>,
    pub line: u32,
}

/// `[[person]]`
#[derive(Debug, Clone, Default)]
pub(crate) struct PersonEntry {
    pub id: Option<String>,
    pub name: String,
    pub aliases: Vec<String>,
    pub wikidata: Option<String>,
    pub offices: Vec<OfficeEntry>,
    pub line: u32,
}

/// An office within `[[person]]`.
#[derive(Debug, Clone, Default)]
pub(crate) struct OfficeEntry {
    pub office: String,
    pub state: String,
    pub from: Option<String>,
    pub to: Option<String>,
    pub line: u32,
}

/// `[[place]]`
#[derive(Debug, Clone)]
pub(crate) struct PlaceEntry {
    pub name: String,
    pub aliases: Vec<String>,
    pub country: String,
    pub admin1: String,
    pub lat: f32,
    pub lon: f32,
    pub population: u32,
    pub kind: PlaceKind,
    pub geonames: u32,
    pub line: u32,
}

/// `[[recognition]]`
#[derive(Debug, Clone, Default)]
pub(crate) struct RecognitionEntry {
    pub recogniser: String,
    pub recognised: String,
    pub kind: String,
    pub stance: String,
    pub from: Option<String>,
    pub to: Option<String>,
    pub source: String,
    pub line: u32,
}

/// `[[name]]`, and the names within other entries.
#[derive(Debug, Clone)]
pub(crate) struct NameEntry {
    pub name: String,
    /// Code, slug or Wikidata id.
    pub entity: String,
    pub kind: NameKind,
    pub cased: bool,
    /// Whether the name means nothing else any more.
    pub only: bool,
    pub line: u32,
}

impl StateEntry {
    pub(crate) fn merge(&mut self, newer: Self) {
        merge!(self, newer, iso2, name, official, status, capital, seat_of_government, wikidata);
    }
}

impl AuthorityEntry {
    pub(crate) fn merge(&mut self, newer: Self) {
        merge!(self, newer, state, name, from, to, sector);
    }
}

impl OrganisationEntry {
    pub(crate) fn merge(&mut self, newer: Self) {
        merge!(self, newer, code, name, acronym, wikidata, members);
    }
}

impl BodyEntry {
    pub(crate) fn merge(&mut self, newer: Self) {
        merge!(self, newer, name, state, sector, kind);
    }
}

impl PersonEntry {
    /// Offices add up; one with the same words, state and start gives way.
    pub(crate) fn merge(&mut self, newer: Self) {
        self.name = newer.name;
        merge!(self, newer, id, wikidata);
        self.offices.retain(|old| {
            !newer.offices.iter().any(|new| new.same(&old.office, &old.state, old.from.as_deref()))
        });
        self.offices.extend(newer.offices);
    }
}

impl OfficeEntry {
    /// Whether it speaks of the same tenure.
    pub(crate) fn same(&self, office: &str, state: &str, from: Option<&str>) -> bool {
        self.state == state
            && self.from.as_deref() == from
            && crate::fold(&self.office) == crate::fold(office)
    }
}
