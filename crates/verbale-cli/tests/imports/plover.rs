//! PLOVER as lines of JSON, in NGEC's layout.

use crate::desk::Desk;

const NGEC: &str = r#"{"id":"20240507-0001-3","event_type":"CONSULT","event_mode":"visit","contexts":["diplomatic"],"date_resolved":{"resolved_date":"2024-05-07"},"attributes":{"ACTOR":[{"text":"Foreign Minister","wiki":"","country":"AFG","code_1":"GOV","code_2":"","actor_wiki_job":"foreign minister"}],"RECIP":[{"text":"Russia","country":"RUS","code_1":"","code_2":""}]},"event_geolocation":{"resolved_placename":"Moscow","country_code3":"RUS","lat":55.75222,"lon":37.61556,"geonameid":"524901"},"url":"https://news.example/visit"}"#;

#[test]
fn what_ngec_writes_is_read() {
    let desk = Desk::new();
    desk.take("plover", "events.jsonl", format!("{NGEC}\n\n"));
    assert_eq!(
        desk.events(),
        ["plover:20240507-0001-3 2024-05-07 CONSULT visit held | AFG Foreign Minister > RUS Russia |  | \
          Moscow RUS 55.75222 37.61556 | https://news.example/visit"]
    );
    let office = desk.sql("SELECT office, sectors FROM foreign_actors WHERE state = 'AFG'");
    assert_eq!(office, ["foreign minister | GOV"]);
    assert_eq!(desk.sql("SELECT geonames FROM foreign_places"), ["524901"]);
}

#[test]
fn lines_that_are_no_event_are_named() {
    let desk = Desk::new();
    let undated =
        NGEC.replace(r#""resolved_date":"2024-05-07""#, r#""resolved_date":"","reason":"no date found""#);
    let lines = [NGEC, "{\"id\":", "[1]", &undated, &NGEC.replace("CONSULT", "")].join("\n");
    let ran = desk.try_take("plover", "events.jsonl", lines, &["--rejects", &desk.folder.path("rejects")]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let found = desk.refused();
    assert_eq!(
        found,
        [
            r#"2 "an object of JSON" "{\"id\":""#,
            r#"3 "an object of JSON" "[1]""#,
            r#"4 "the day of the event" "no date found""#,
            r#"5 "a type of PLOVER" """#,
        ]
    );
    assert_eq!(desk.events().len(), 1);
}
