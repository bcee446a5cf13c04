//! POLECAT: forty columns by name, several actors in one field, and years in ISO 8859-1.

use crate::desk::{Desk, tabbed};

const HEADER: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

/// A row with these columns filled.
fn row(filled: &[(&str, &str)]) -> String {
    let cell =
        |name: &&str| filled.iter().find(|(known, _)| known == name).map_or("None", |(_, value)| value);
    HEADER.iter().map(cell).collect::<Vec<_>>().join("\t") + "\n"
}

const VISIT: &[(&str, &str)] = &[
    ("Event ID", "20180101-0042-1"),
    ("Event Date", "2018-01-01"),
    ("Event Type", "CONSULT"),
    ("Event Mode", "visit"),
    ("Intensity", "1.5"),
    ("Quad Code", "VERBAL COOPERATION"),
    ("Contexts", "diplomatic;economic"),
    ("Actor Name", "President of Brazil"),
    ("Actor Country", "BRA"),
    ("Primary Actor Sector", "GOV"),
    ("Actor Title", "president"),
    ("Recipient Name", "Uruguay"),
    ("Recipient Country", "URY"),
    ("Placename", "São José"),
    ("Country", "BRA"),
    ("Latitude", "-27.6136"),
    ("Longitude", "-48.6366"),
    ("GeoNames ID", "3448744"),
];

#[test]
fn years_in_utf_8_and_in_iso_8859_1_read_alike() {
    let text = tabbed(&HEADER) + &row(VISIT);
    let latin: Vec<u8> = text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    assert!(std::str::from_utf8(&latin).is_err());
    let expected = "polecat:20180101-0042-1 2018-01-01 CONSULT visit held | BRA President of Brazil > URY Uruguay | \
                    1.5 1 | São José BRA -27.6136 -48.6366 | ";
    for (bytes, said) in [(text.into_bytes(), "1 stored of 1 rows\n"), (latin, "1 read as Windows-1252")] {
        let desk = Desk::new();
        let ran = desk.take("polecat", "ngecEvents.2018.txt", bytes);
        assert!(ran.contains(said), "{ran}");
        assert_eq!(desk.events(), [expected]);
        assert_eq!(desk.sql("SELECT contexts FROM foreign_kinds"), [r#"["diplomatic","economic"]"#]);
        assert_eq!(desk.sql("SELECT geonames FROM foreign_places"), ["3448744"]);
        let office = desk.sql("SELECT office, sectors FROM foreign_actors ORDER BY n");
        assert_eq!(office, ["president | GOV", " | "]);
    }
}

#[test]
fn several_actors_stand_each_for_their_state() {
    let desk = Desk::new();
    let summit = row(&[
        ("Event ID", "20180202-0001-1"),
        ("Event Date", "2018-02-02"),
        ("Event Type", "CONSULT"),
        ("Actor Name", "Brazil;Argentina"),
        ("Actor Country", "BRA;ARG"),
        ("Recipient Name", "Uruguay"),
        ("Recipient Country", "URY"),
    ]);
    // Three countries and two names: whose is whose is not guessed.
    let uneven = row(&[
        ("Event ID", "20180202-0002-1"),
        ("Event Date", "2018-02-02"),
        ("Event Type", "AGREE"),
        ("Actor Name", "Mercosur states;Chile"),
        ("Actor Country", "BRA;ARG;CHL"),
        ("Recipient Name", "None"),
        ("Recipient Country", "None"),
    ]);
    desk.take("polecat", "ngecEvents.2018.txt", tabbed(&HEADER) + &summit + &uneven);
    let parties = "SELECT p.n, a.state, a.name, p.acts FROM foreign_parties p JOIN foreign_actors a ON a.n = p.actor ORDER BY 1, position";
    assert_eq!(
        desk.sql(parties),
        [
            "2 | BRA | Brazil | 1",
            "2 | URY | Uruguay | 0",
            "2 | ARG | Argentina | 1",
            "3 | BRA | Mercosur states;Chile | 1",
            "3 | ARG | Mercosur states;Chile | 1",
            "3 | CHL | Mercosur states;Chile | 1",
        ]
    );
    let found = desk.json(&["network", "ARG"]);
    let partners: Vec<_> = found["partners"].as_array().unwrap().iter().map(|one| &one["code"]).collect();
    assert!(partners.contains(&&"BRA".into()) && partners.contains(&&"URY".into()), "{found}");
}

#[test]
fn a_header_without_a_needed_column_is_named() {
    let desk = Desk::new();
    let header = tabbed(&HEADER).replace("Actor Country", "Land");
    let ran = desk.try_take("polecat", "ngecEvents.txt", header + &row(VISIT), &[]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("the header lacks a column; expected Actor Country"), "{}", ran.err);
    assert_eq!(desk.sql("SELECT count(*) FROM imports"), ["0"]);
}
