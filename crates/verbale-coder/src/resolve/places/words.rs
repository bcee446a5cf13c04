//! Words that stand in, before and behind toponyms.

/// Lower-case words that stand inside a name.
#[rustfmt::skip]
pub(super) const JOINING: &[&str] = &[
    "of", "and", "the", "de", "del", "la", "le", "les", "el", "al", "du", "da", "do", "dos", "das", "der", "am", "an", "sur",
    "upon", "on", "en", "es", "ash", "as", "ad", "ed", "az", "ar", "bin", "-", "\u{2010}", "\u{2011}", "\u{2013}", "'", "\u{2019}", ".",
];
/// Behind a name these make it the name of a territory.
#[rustfmt::skip]
pub(super) const TERRITORY: &[&str] = &[
    "County", "Parish", "Province", "Region", "Governorate", "District", "Oblast", "Prefecture", "Department", "Krai", "Shire",
    "Municipality", "City", "Borough", "Township", "Voivodeship", "Canton",
];
/// In front of a name, with "of", these say which of its readings is meant: a territory, or a town.
pub(super) const TERRITORY_OF: &[&str] =
    &["state", "province", "region", "governorate", "county", "district", "oblast", "commonwealth"];
pub(super) const TOWN_OF: &[&str] = &["city", "town", "village", "municipality", "borough", "suburb", "port"];
/// Behind a name these make it the name of a street.
#[rustfmt::skip]
pub(super) const STREET: &[&str] = &[
    "Street", "St.", "Avenue", "Ave.", "Ave", "Road", "Rd.", "Rd", "Drive", "Dr.", "Boulevard", "Blvd.", "Blvd", "Lane", "Highway", "Turnpike", "Court",
    "Circle", "Pike", "Parkway", "Terrace", "Close", "Crescent",
];
/// What is named after the place it stands in, as a rule.
#[rustfmt::skip]
pub(super) const PREMISES: &[&str] = &[
    "Center", "Centre", "Library", "Court", "Courthouse", "School", "Schools", "Hospital", "Airport", "University", "College", "Jail", "Museum",
    "Recreation", "Station", "Church", "Mall", "Stadium", "Hall",
];
/// Behind a name these make it the name of something that is there, as a rule.
#[rustfmt::skip]
pub(super) const INSTITUTION: &[&str] = &[
    "Police", "police", "County", "City", "Council", "Department", "School", "Schools", "High", "Elementary", "Middle", "University", "College",
    "Hospital", "Medical", "Community", "Regional", "Fire", "Sheriff", "Chamber", "Public", "Library", "Mayor", "Board", "Village", "Township",
    "Area", "Municipal", "Superior", "District", "Correctional", "Airport", "International", "State", "Town", "Parks", "Port", "Courthouse", "Jail",
    "Circuit", "Magistrates", "Crown", "Civic", "General", "Memorial",
];
/// Behind a name these make it the name of something that is no place to be in.
#[rustfmt::skip]
pub(super) const THING: &[&str] = &[
    "University", "College", "School", "Hospital", "Street", "St.", "Avenue", "Ave.", "Road", "Rd.", "Drive", "Boulevard", "Blvd.",
    "Times", "Post", "Herald", "Tribune", "Journal", "News", "Agreement", "Accord", "Accords", "Convention", "Protocol", "Treaty",
    "Declaration", "Process", "Bank", "Club", "United", "Airlines", "Airways", "Inc.", "Inc", "Corp.", "Ltd", "Ltd.", "Lane", "Court",
];
/// Words that alone name no place, however they are written.
#[rustfmt::skip]
pub(super) const GENERIC: &[&str] = &[
    "district", "state", "city", "county", "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "central",
    "center", "centre", "house", "highway", "interstate", "way", "lot", "room", "loop", "continent", "region", "province", "capital", "town",
    "village", "street", "avenue", "road", "statewide", "downtown", "riverside", "department", "court", "church", "cathedral", "airport",
    "embassy", "parliament", "palace", "university", "hotel", "border", "republic", "union", "kingdom", "sunday", "monday", "tuesday",
    "wednesday", "thursday", "friday", "saturday", "march", "may", "date", "bar", "of", "media", "police", "man", "best", "young", "university",
];
/// Before a name these say that it is a place.
#[rustfmt::skip]
pub(super) const BEFORE: &[&str] = &["in", "at", "near", "from", "to", "outside", "around", "of", "inside", "into", "toward", "towards", "across", "through", "via", "between", "for"];
