//! Any table, with a file that says which column is what.

use crate::desk::Desk;

const MAPPING: &str = r#"
name = "journeys"
delimiter = ";"
[fields]
id = { column = "no" }
first = { column = "from" }
last = { column = "to" }
event_type = { value = "CONSULT" }
mode = { value = "visit" }
actor_name = { column = "who" }
actor_state = { value = "USA" }
actor_level = { column = "office", values = { president = "1", secretary = "2" } }
recipient_state = { column = "country" }
place = { column = "town" }
"#;

const TABLE: &str = "no;from;to;who;office;country;town\n\
    1;2001-02-01;2001-02-03;A. President;president;Mexico;San Cristobal\n\
    1;2001-02-01;2001-02-04;A. President;president;Mexico;\"Mexico City;\nthe old town\"\n\
    2;2001-05-01;2001-05-01;B. Secretary;secretary;China;Beijing\n";

fn take(desk: &Desk, mapping: &str, table: &str) -> crate::binary::Ran {
    let mapping = desk.folder.file("journeys.toml", mapping);
    desk.try_take(
        "csv",
        "journeys.csv",
        table,
        &["--mapping", &mapping, "--rejects", &desk.folder.path("rejects")],
    )
}

#[test]
fn rows_of_one_journey_are_one_event() {
    let desk = Desk::new();
    let ran = take(&desk, MAPPING, TABLE);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("2 stored of 3 rows, 1 told of what another row had told"), "{}", ran.err);
    assert_eq!(
        desk.events(),
        [
            "journeys:1 2001-02-01/2001-02-04 CONSULT visit held | MEX  < USA A. President |  | San Cristobal | ",
            "journeys:2 2001-05-01 CONSULT visit held | CHN  < USA B. Secretary |  | Beijing | ",
        ]
    );
}

#[test]
fn what_the_mapping_does_not_list_is_refused() {
    let desk = Desk::new();
    let ran = take(
        &desk,
        MAPPING,
        &(TABLE.to_owned()
            + "3;2001-06-01;;C. Envoy;envoy;Peru;Lima\n4;2001-07-02;2001-07-01;A. President;president;Peru;Lima\n5;2001\n"),
    );
    assert_eq!(ran.code, 1, "{}", ran.err);
    let found = desk.refused();
    assert_eq!(
        found,
        [
            r#"6 "a value that the mapping lists" "envoy""#,
            r#"7 "a day that is not before the first one" "2001-07-01""#,
            r#"8 "as many as the header has" "2""#,
        ]
    );
}

#[test]
fn a_mapping_that_is_none_is_wrong_usage() {
    let desk = Desk::new();
    for (mapping, said) in [
        (MAPPING.replace("first =", "begin ="), "there is no field 'begin'"),
        (MAPPING.replace("journeys", "gdelt"), "'gdelt' cannot be the name of a mapping"),
        (MAPPING.replace("event_type", "status"), "one of the fields 'event_type' and 'cameo' is needed"),
    ] {
        let ran = take(&desk, &mapping, TABLE);
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains(said), "{}", ran.err);
    }
    let ran = take(&desk, &MAPPING.replace("\"town\"", "\"city\""), TABLE);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("the header lacks the column 'city' that the mapping names"), "{}", ran.err);
}
