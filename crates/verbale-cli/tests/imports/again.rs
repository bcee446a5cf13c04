//! A file that came in stays once, and goes whole.

use crate::desk::Desk;
use crate::gdelt::Row;

/// What a ledger holds of others' codings.
fn whole(desk: &Desk) -> Vec<Vec<String>> {
    ["foreign_events", "foreign_parties", "foreign_many", "foreign_mentions", "votes", "imports"]
        .map(|table| desk.sql(&format!("SELECT * FROM {table}")))
        .into()
}

#[test]
fn the_same_file_adds_nothing() {
    let desk = Desk::new();
    let table = Row::default().line(61) + &Row { id: 2, from: "USA", code: "040", ..Row::default() }.line(61);
    desk.take("gdelt", "made.CSV", &table);
    let before = whole(&desk);
    for name in ["made.CSV", "renamed.CSV"] {
        let said = desk.take("gdelt", name, &table);
        assert!(said.contains("known already as import 1; nothing was added"), "{said}");
        assert_eq!(whole(&desk), before);
    }
    let ran = desk.try_take("gdelt", "made.CSV", &table, &["--country", "USA"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains(
            "it came in as import 1 with other filters or another mapping; `verbale import remove 1`"
        ),
        "{}",
        ran.err
    );
    assert_eq!(whole(&desk), before);
    let more = desk.take("gdelt", "more.CSV", Row { id: 3, ..Row::default() }.line(61));
    assert!(more.contains("1 stored of 1 rows"), "{more}");
    assert_eq!(desk.events().len(), 3);
}

#[test]
fn what_is_removed_leaves_the_ledger_as_it_was() {
    let desk = Desk::new();
    let keep = Row { id: 7, url: "https://kept.example/", ..Row::default() }.line(61);
    desk.take("gdelt", "kept.CSV", keep);
    let before = whole(&desk);
    let mention =
        "9\t20240507113000\t20240507113000\t1\tnews.example\thttps://x.example\t1\t\t\t\t\t50\t\t\t\t\n";
    let table = Row { id: 8, ..Row::default() }.line(61)
        + &Row { id: 9, from: "USA", url: "", ..Row::default() }.line(58)
        + mention;
    desk.take("gdelt", "made.CSV", &table);
    let with = whole(&desk);
    assert_eq!(with[0].len(), 3);
    assert_eq!(desk.run(&["import", "remove", "2"]).code, 0);
    assert_eq!(whole(&desk), before);
    let gone = desk.run(&["import", "remove", "2"]);
    assert_eq!(gone.code, 2);
    assert!(gone.err.contains("there is no import 2; `verbale import list` lists them"), "{}", gone.err);
    desk.take("gdelt", "made.CSV", &table);
    let lines = |all: &[Vec<String>]| all.iter().map(Vec::len).collect::<Vec<_>>();
    assert_eq!(lines(&whole(&desk)), lines(&with));
}

#[test]
fn imports_and_runs_say_what_came_in() {
    let desk = Desk::new();
    let table = Row::default().line(61)
        + &Row { id: 2, from: "RUS", to: "AFG", code: "043", ..Row::default() }.line(61)
        + "short\n";
    assert_eq!(desk.try_take("gdelt", "made.CSV", &table, &[]).code, 1);
    let listed = desk.json(&["import", "list"]);
    let tally: Vec<_> =
        ["rows", "stored", "merged", "filtered", "refused"].map(|key| listed[key].as_u64().unwrap()).into();
    assert_eq!(tally, [3, 1, 1, 0, 1]);
    assert_eq!(listed["format"], "gdelt");
    let run = desk.json(&["runs"]);
    assert_eq!(
        (&run["kind"], &run["rows"], &run["events"]),
        (&"import".into(), &3.into(), &1.into()),
        "{run}"
    );
    let shown = desk.run(&["runs"]);
    assert!(
        shown.out.contains("3 rows") && shown.out.contains("1 events") && !shown.out.contains("documents"),
        "{}",
        shown.out
    );
}
