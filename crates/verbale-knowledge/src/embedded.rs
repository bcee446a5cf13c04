//! The embedded knowledge: rows of the compiled files, turned into borrowed records when asked for.

use verbale_model::ontology::Sector;

use crate::blob::{Blob, Index, Row};
use crate::entity::{
    Authority, AuthorityId, Body, BodyId, Entity, Name, NameKind, Occupancy, Organisation, OrganisationId,
    Person, PersonId, Place, PlaceKind, Recognition, State, StateId,
};
use crate::layout::{AREA_WIDTH, NONE, PLACE_WIDTH, PlaceRow, PlaceSection, Section, width};

static KNOWLEDGE: &[u8] = include_bytes!("data/knowledge.bin");
static PLACES: &[u8] = include_bytes!("data/places.bin");

/// The compiled files, opened. Opening reads headers only.
#[derive(Debug)]
pub(crate) struct Embedded {
    blob: Blob,
    places: Blob,
    names: Index,
    surnames: Index,
    profiles: Index,
    place_names: Index,
}

impl Embedded {
    pub(crate) fn open() -> Self {
        let (blob, places) = (Blob::new(KNOWLEDGE), Blob::new(PLACES));
        Self {
            blob,
            places,
            names: blob.index(Section::Names as usize),
            surnames: blob.index(Section::Surnames as usize),
            profiles: blob.index(Section::Profiles as usize),
            place_names: places.index(PlaceSection::Names as usize),
        }
    }

    pub(crate) fn count(&self, section: Section) -> u32 {
        self.blob.rows(section as usize, width(section))
    }

    fn row(&self, section: Section, index: u32) -> Row {
        self.blob.row(section as usize, width(section), index)
    }

    /// The row whose first cell is this text, in a section sorted by it.
    pub(crate) fn find(&self, section: Section, key: &str) -> Option<u32> {
        let (mut low, mut high) = (0, self.count(section));
        while low < high {
            let middle = low.midpoint(high);
            match self.row(section, middle).text(0).cmp(key) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    pub(crate) fn state(&self, index: u32) -> State<'static> {
        let row = self.row(Section::States, index);
        State {
            code: row.text(0),
            iso2: row.text(1),
            name: row.text(2),
            official: row.text(3),
            status: row.text(4),
            capital: row.text(5),
            seat_of_government: row.text(6),
            wikidata: row.text(7),
        }
    }

    pub(crate) fn authority(&self, index: u32) -> Authority<'static> {
        let row = self.row(Section::Authorities, index);
        Authority {
            id: row.text(0),
            state: row.text(1),
            name: row.text(2),
            from: row.known(3),
            to: row.known(4),
            sector: sector(row.cell(5)),
        }
    }

    pub(crate) fn organisation(&self, index: u32) -> Organisation<'static> {
        let row = self.row(Section::Organisations, index);
        Organisation {
            id: row.text(0),
            code: row.text(1),
            name: row.text(2),
            acronym: row.text(3),
            wikidata: row.text(4),
            members: self.blob.list(row.cell(5)).map(|offset| self.blob.text(offset)).collect(),
        }
    }

    pub(crate) fn body(&self, index: u32) -> Body<'static> {
        let row = self.row(Section::Bodies, index);
        Body {
            id: row.text(0),
            name: row.text(1),
            state: row.known(2),
            sector: sector(row.cell(3)),
            kind: row.text(4),
        }
    }

    pub(crate) fn person(&self, index: u32) -> Person<'static> {
        let row = self.row(Section::People, index);
        let (first, count) = (row.cell(3), row.cell(4));
        let held = if first == NONE { 0..0 } else { first..first.saturating_add(count) };
        Person {
            id: row.text(0),
            name: row.text(1),
            wikidata: row.known(2),
            occupancies: held.map(|at| self.occupancy(at)).collect(),
        }
    }

    fn occupancy(&self, index: u32) -> Occupancy<'static> {
        let row = self.row(Section::Occupancies, index);
        Occupancy {
            office: row.text(0),
            state: row.text(1),
            from: row.known(2),
            to: row.known(3),
            to_known: row.cell(4) == 1,
        }
    }

    pub(crate) fn recognitions(&self) -> impl Iterator<Item = Recognition<'static>> + '_ {
        (0..self.count(Section::Recognitions)).map(|index| {
            let row = self.row(Section::Recognitions, index);
            Recognition {
                recogniser: row.text(0),
                recognised: row.text(1),
                kind: row.text(2),
                stance: row.text(3),
                from: row.known(4),
                to: row.known(5),
                source: row.text(6),
            }
        })
    }

    pub(crate) fn lookup(&self, folded: &str) -> Vec<Name> {
        let Some(offset) = self.names.get(folded) else { return Vec::new() };
        let postings = self.blob.section(Section::Postings as usize);
        let start = offset as usize + 2;
        let count =
            postings.get(offset as usize..start).map_or(0, |b| usize::from(u16::from_le_bytes([b[0], b[1]])));
        let readings = postings.get(start..start + count * 8).unwrap_or_default();
        readings.chunks_exact(8).filter_map(reading).collect()
    }

    pub(crate) fn is_prefix(&self, folded: &str) -> bool {
        self.names.has_prefix(folded)
    }

    pub(crate) fn surname(&self, folded: &str) -> Vec<PersonId> {
        self.surnames
            .get(folded)
            .map_or_else(Vec::new, |offset| self.blob.list(offset).map(PersonId).collect())
    }

    /// The name of an entity in a naming profile.
    pub(crate) fn profile(&self, profile: &str, entity: &str) -> Option<&'static str> {
        self.profiles.get(&format!("{profile}\t{entity}")).map(|offset| self.blob.text(offset))
    }

    pub(crate) fn has_profile(&self, profile: &str) -> bool {
        self.profiles.has_prefix(profile)
    }

    pub(crate) fn places(&self, folded: &str) -> Vec<Place<'static>> {
        match self.place_names.get(folded) {
            Some(value) if value % 2 == 0 => vec![self.place(value / 2)],
            Some(value) => self.places.list(value / 2).map(|index| self.place(index)).collect(),
            None => Vec::new(),
        }
    }

    fn place(&self, index: u32) -> Place<'static> {
        let cells = self.places.row(PlaceSection::Places as usize, PLACE_WIDTH, index);
        let row = PlaceRow::unpack([0, 1, 2, 3].map(|cell| cells.cell(cell)));
        let area = self.places.row(PlaceSection::Areas as usize, AREA_WIDTH, row.area);
        Place {
            name: self.places.text(row.name),
            country: area.text(0),
            admin1: area.text(1),
            lat: row.lat,
            lon: row.lon,
            population: row.population,
            kind: PlaceKind::ALL.get(row.kind as usize).copied().unwrap_or(PlaceKind::Other),
            geonames: row.geonames,
        }
    }
}

fn sector(index: u32) -> Sector {
    Sector::ALL.get(index as usize).copied().unwrap_or(Sector::Unk)
}

/// One posting: entity tag, kind, cased, zero, row.
fn reading(bytes: &[u8]) -> Option<Name> {
    let &[tag, kind, cased, _, a, b, c, d] = bytes else { return None };
    let row = u32::from_le_bytes([a, b, c, d]);
    let entity = match tag {
        0 => Entity::State(StateId(row)),
        1 => Entity::Authority(AuthorityId(row)),
        2 => Entity::Organisation(OrganisationId(row)),
        3 => Entity::Body(BodyId(row)),
        4 => Entity::Person(PersonId(row)),
        _ => return None,
    };
    Some(Name { entity, kind: *NameKind::ALL.get(usize::from(kind))?, cased: cased == 1 })
}
