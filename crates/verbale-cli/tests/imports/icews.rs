//! ICEWS: twenty columns under a header, and talks that come in mirrored pairs.

use crate::desk::{Desk, tabbed};

const HEADER: [&str; 20] = [
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
];

/// A row: id, source and target with their countries, code, story.
fn row(id: &str, from: [&str; 2], to: [&str; 2], code: &str, story: &str) -> String {
    tabbed(&[
        id,
        "2015-03-02",
        from[0],
        "Executive,Foreign Ministry",
        from[1],
        "Consult",
        code,
        "1.0",
        to[0],
        "",
        to[1],
        story,
        "2",
        "The Meridian",
        "Moscow",
        "",
        "Moskva",
        "Russian Federation",
        "55.7522",
        "37.6156",
    ])
}

const KABUL: [&str; 2] = ["Foreign Minister (Afghanistan)", "Afghanistan"];
const MOSCOW: [&str; 2] = ["Foreign Minister (Russia)", "Russian Federation"];

#[test]
fn mirrored_pairs_are_one_event() {
    let rows = [
        row("20718170", KABUL, MOSCOW, "040", "34190675"),
        row("20718171", MOSCOW, KABUL, "040", "34190675"),
        row("20718172", MOSCOW, KABUL, "043", "34190676"),
        row("20718173", KABUL, MOSCOW, "042", "34190676"),
        // The same talks in another story are another telling, and a demand is no meeting.
        row("20718174", KABUL, MOSCOW, "040", "34190677"),
        row("20718175", KABUL, MOSCOW, "100", "34190677"),
        row("20718176", MOSCOW, KABUL, "100", "34190677"),
    ];
    let talks = "AFG Foreign Minister (Afghanistan) = RUS Foreign Minister (Russia) | 1.0 | Moscow RUS 55.7522 37.6156 | ";
    let visit = talks.replace(" = ", " > ");
    let back = talks.replace(" = ", " < ");
    let expected = [
        format!("icews:20718170 2015-03-02 CONSULT 040 held | {talks}"),
        format!("icews:20718172 2015-03-02 CONSULT visit 042 held | {visit}"),
        format!("icews:20718174 2015-03-02 CONSULT 040 held | {visit}"),
        format!("icews:20718175 2015-03-02 REQUEST 100 held | {visit}"),
        format!("icews:20718176 2015-03-02 REQUEST 100 held | {back}"),
    ];
    let mut turned = rows.clone();
    turned.reverse();
    for rows in [rows, turned] {
        let desk = Desk::new();
        let said = desk.take("icews", "events.2015.tab", tabbed(&HEADER) + &rows.concat());
        assert_eq!(desk.events(), expected);
        assert!(said.contains("5 stored of 7 rows, 2 told of what another row had told"), "{said}");
        assert_eq!(
            desk.sql("SELECT DISTINCT sectors FROM foreign_actors ORDER BY 1"),
            ["", "Executive;Foreign Ministry"]
        );
    }
}

#[test]
fn bad_rows_are_named_by_line_and_column() {
    let desk = Desk::new();
    let good = row("1", KABUL, MOSCOW, "040", "1");
    let short = good.trim_end().rsplit_once('\t').unwrap().0.to_owned() + "\n";
    let table = tabbed(&HEADER)
        + &good
        + &short
        + &good.replace("2015-03-02", "02.03.2015")
        + &good.replace("040", "forty");
    let ran = desk.try_take("icews", "events.tab", table, &["--rejects", &desk.folder.path("rejects")]);
    assert_eq!(ran.code, 1);
    let found = desk.refused();
    assert_eq!(
        found,
        [
            r#"3 "20" "19""#,
            r#"4 "a day as YYYY-MM-DD" "02.03.2015""#,
            r#"5 "a CAMEO code of two to four digits" "forty""#
        ]
    );
}
