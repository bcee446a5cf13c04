//! What there is to know: entities, their names, and the facts about each, borrowed from the knowledge.

use verbale_model::ontology::Sector;

/// Declares an opaque id. Ids are valid for the [`Knowledge`](crate::Knowledge) that gave them; a foreign one
/// reads as an empty record.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(crate) u32);
    };
}

id!(
    /// A state.
    StateId
);
id!(
    /// A governing authority.
    AuthorityId
);
id!(
    /// An international organisation.
    OrganisationId
);
id!(
    /// A body: a ministry, a parliament, an armed group, a party, a news outlet.
    BodyId
);
id!(
    /// A person.
    PersonId
);

/// What a name can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entity {
    /// A state.
    State(StateId),
    /// An authority that governs, governed or claims to govern a state.
    Authority(AuthorityId),
    /// An international organisation.
    Organisation(OrganisationId),
    /// A body.
    Body(BodyId),
    /// A person.
    Person(PersonId),
}

/// How a name stands for its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// The usual or official name.
    Name,
    /// Initials: UN, NATO, US.
    Acronym,
    /// A name of the past: Burma.
    Former,
    /// An adjective: Afghan.
    Adjective,
    /// A word for its people: Afghans.
    Demonym,
    /// Its capital, which may stand for its government: Kabul.
    Capital,
    /// An institution or place that stands for its government: the Kremlin.
    Metonym,
    /// Any other name.
    Alias,
}

impl NameKind {
    /// All kinds, in the order in which readings are listed.
    pub const ALL: &'static [Self] = &[
        Self::Name,
        Self::Acronym,
        Self::Former,
        Self::Adjective,
        Self::Demonym,
        Self::Capital,
        Self::Metonym,
        Self::Alias,
    ];

    /// The word that the sources use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Acronym => "acronym",
            Self::Former => "former",
            Self::Adjective => "adjective",
            Self::Demonym => "demonym",
            Self::Capital => "capital",
            Self::Metonym => "metonym",
            Self::Alias => "alias",
        }
    }

    /// Reads the word of the sources.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == text)
    }
}

/// One reading of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// What it stands for.
    pub entity: Entity,
    /// How it stands for it.
    pub kind: NameKind,
    /// Whether it is this name only with a capital, or as capitals: US, Chad, Turkey.
    pub cased: bool,
}

/// A state or territory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State<'k> {
    /// ISO 3166-1 alpha-3, or a code of the sources' own where ISO has none.
    pub code: &'k str,
    /// ISO 3166-1 alpha-2; empty where there is none.
    pub iso2: &'k str,
    /// Short English name.
    pub name: &'k str,
    /// Official English name.
    pub official: &'k str,
    /// `un_member`, `un_observer` or `other`.
    pub status: &'k str,
    /// The capital that the state itself names.
    pub capital: &'k str,
    /// Where its government sits.
    pub seat_of_government: &'k str,
    /// Wikidata id; empty when unknown.
    pub wikidata: &'k str,
}

/// A government in fact or by claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Authority<'k> {
    /// Slug.
    pub id: &'k str,
    /// Code of the state.
    pub state: &'k str,
    /// English name.
    pub name: &'k str,
    /// EDTF date from which it governs; none when unknown.
    pub from: Option<&'k str>,
    /// EDTF date until which it governs; none while it does or when unknown.
    pub to: Option<&'k str>,
    /// PLOVER sector.
    pub sector: Sector,
}

/// An international organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation<'k> {
    /// Slug.
    pub id: &'k str,
    /// PLOVER code: UNO, EUR, IGO, NGO, IMG, MNC.
    pub code: &'k str,
    /// English name.
    pub name: &'k str,
    /// First of its initials; empty when it has none.
    pub acronym: &'k str,
    /// Wikidata id; empty when unknown.
    pub wikidata: &'k str,
    /// Codes of the member states, where the sources list them.
    pub members: Vec<&'k str>,
}

/// A body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Body<'k> {
    /// Slug.
    pub id: &'k str,
    /// English name.
    pub name: &'k str,
    /// Code of its state, if it belongs to one.
    pub state: Option<&'k str>,
    /// PLOVER sector.
    pub sector: Sector,
    /// `ministry`, `parliament`, `court`, `military`, `police`, `intelligence`, `party`, `armed_group`, `media`,
    /// `company`, `agency`, `seat` or `other`.
    pub kind: &'k str,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person<'k> {
    /// Wikidata id when known, else the slug `iso3-first-last`.
    pub id: &'k str,
    /// Full name.
    pub name: &'k str,
    /// Wikidata id.
    pub wikidata: Option<&'k str>,
    /// Offices held, by start.
    pub occupancies: Vec<Occupancy<'k>>,
}

/// An office held by a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occupancy<'k> {
    /// The office in the source's words: `Minister of Foreign Affairs`.
    pub office: &'k str,
    /// Code of the state, or id of the organisation.
    pub state: &'k str,
    /// EDTF date of the start.
    pub from: Option<&'k str>,
    /// EDTF date of the end; none while it lasts or when unknown.
    pub to: Option<&'k str>,
    /// Whether `to` can be relied on: without it, an absent `to` means unknown, never "still".
    pub to_known: bool,
}

/// One dated act of recognition or its refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recognition<'k> {
    /// Code of who recognises.
    pub recogniser: &'k str,
    /// Code of a state or id of an authority.
    pub recognised: &'k str,
    /// `state` or `government`.
    pub kind: &'k str,
    /// `recognised`, `refused` or `withdrawn`.
    pub stance: &'k str,
    /// EDTF date of the act.
    pub from: Option<&'k str>,
    /// EDTF date until which it held.
    pub to: Option<&'k str>,
    /// What the fact rests on.
    pub source: &'k str,
}

/// What sort of place it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    /// A country, at a point within it.
    Country,
    /// A first-level region.
    Region,
    /// A second-level region: a county, a district.
    County,
    /// The capital of a country.
    Capital,
    /// Any other city or town.
    City,
    /// A part of the world, a sea, a disputed area, a venue.
    Other,
}

impl PlaceKind {
    /// All kinds.
    pub const ALL: &'static [Self] =
        &[Self::Country, Self::Region, Self::County, Self::Capital, Self::City, Self::Other];

    /// The word that the sources use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Region => "region",
            Self::County => "county",
            Self::Capital => "capital",
            Self::City => "city",
            Self::Other => "other",
        }
    }

    /// Reads the word of the sources.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == text)
    }
}

/// A place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place<'k> {
    /// `GeoNames` id; 0 where there is none.
    pub geonames: u32,
    /// English name.
    pub name: &'k str,
    /// Code of the country; empty when it lies in several or none.
    pub country: &'k str,
    /// English name of the first-level region; empty when unknown.
    pub admin1: &'k str,
    /// Degrees north.
    pub lat: f32,
    /// Degrees east.
    pub lon: f32,
    /// People living there; 0 when unknown.
    pub population: u32,
    /// What sort of place it is.
    pub kind: PlaceKind,
}
