//! Reviews on the command line: corrections change what is listed, survive recoding, and go to other ledgers.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "a test says what is wrong by panicking"
)]

mod binary;

use binary::{Folder, Ran, verbale};
use serde_json::Value;

/// Two outlets tell of one visit in their own words; a third report tells of another.
const REPORTS: &str = concat!(
    r#"{"id": "one", "outlet": "Gazette", "published": "2024-05-15", "text": "Latvian Foreign Minister Anna Vikmane received the special envoy Keita Murano in Riga on 14 May 2024. The talks dealt with trade, the Latvian foreign ministry said."}"#,
    "\n",
    r#"{"id": "two", "outlet": "Courier", "published": "2024-05-16", "text": "Special envoy Keita Murano held talks with Anna Vikmane, the foreign minister of Latvia, in Riga on 14 May 2024, officials said. A dinner followed in the old town."}"#,
    "\n",
    r#"{"id": "three", "outlet": "Gazette", "published": "2024-06-03", "text": "Latvian Foreign Minister Anna Vikmane met Finnish Foreign Minister Sven Aaltonen in Helsinki on 2 June 2024, the ministry said."}"#,
    "\n",
);

/// What the second reading knows and the first did not.
const KNOWLEDGE: &str = r#"
[[person]]
id = "keita-murano"
name = "Keita Murano"
offices = [{ office = "Special Envoy", state = "JPN", from = "2023-01" }]
"#;

struct Desk {
    folder: Folder,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: Folder::new() };
        let reports = desk.folder.file("reports.jsonl", REPORTS);
        let added = verbale(&["add", &reports, "-l", &desk.ledger()]);
        assert_eq!((added.code, added.err.contains("3 added")), (0, true), "{added:?}");
        desk
    }

    fn ledger(&self) -> String {
        self.folder.path("ledger.db")
    }

    fn run(&self, words: &[&str]) -> Ran {
        let ledger = self.ledger();
        verbale(&[words, &["-l", &ledger]].concat())
    }

    /// Runs and demands success.
    fn ok(&self, words: &[&str]) -> String {
        let ran = self.run(words);
        assert_eq!(ran.code, 0, "{words:?}: {ran:?}");
        ran.out
    }

    fn events(&self) -> Vec<Value> {
        self.ok(&["events", "-o", "jsonl", "--reviewed", "any"])
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// The entry about the visit of May.
    fn visit(&self) -> Value {
        let of_may =
            |event: &Value| event["event_type"] == "CONSULT" && event["date"]["edtf"] != "2024-06-02";
        self.events().into_iter().find(of_may).expect("the visit is an entry")
    }
}

/// The place of somebody among the participants.
fn place_of(event: &Value, name: &str) -> usize {
    let people = event["participants"].as_array().unwrap();
    people.iter().position(|who| who["name"] == name).unwrap_or_else(|| panic!("{name} in {event}"))
}

fn id(event: &Value) -> String {
    event["id"].as_str().unwrap().to_owned()
}

#[test]
fn two_outlets_make_one_entry_that_can_be_split_and_joined() {
    let desk = Desk::new();
    let visit = desk.visit();
    assert_eq!((&visit["documents"], &visit["sources"]), (&2.into(), &2.into()), "{visit}");
    let (first, second) = (id(&visit), visit["tellings"][1]["id"].as_str().unwrap().to_owned());
    let before = desk.events();
    desk.ok(&["review", "split", &first, &second, "--reviewer", "ann"]);
    assert_eq!(desk.events().len(), before.len() + 1);
    desk.ok(&["review", "join", &first, &second, "--reviewer", "ann"]);
    assert_eq!(desk.events().len(), before.len());
    desk.ok(&["review", "undo", "--reviewer", "ann"]);
    desk.ok(&["review", "undo", "--reviewer", "ann"]);
    assert_eq!(desk.events(), before);
}

#[test]
fn a_verdict_counts_and_can_be_taken_back() {
    let desk = Desk::new();
    let before = desk.events();
    let visit = id(&desk.visit());
    desk.ok(&["review", "reject", &visit, "--reviewer", "ann", "--reason", "another person"]);
    assert_eq!(desk.visit()["review"]["verdict"], "rejected");
    assert!(!desk.ok(&["events", "-o", "jsonl"]).contains(&visit), "rejected ones are not listed unasked");
    let log = desk.ok(&["review", "export"]);
    assert!(log.contains(r#""reviewer":"ann""#) && log.contains("another person"), "{log}");
    desk.ok(&["review", "undo", "--reviewer", "ann"]);
    assert_eq!(desk.events(), before);
    let nothing = desk.run(&["review", "undo", "--reviewer", "ann"]);
    assert_eq!((nothing.code, nothing.err.contains("no review to take back")), (2, true), "{nothing:?}");
}

#[test]
fn corrections_survive_recoding_and_conflicts_are_shown() {
    let desk = Desk::new();
    let (before, visit) = (desk.events(), desk.visit());
    let visitor = place_of(&visit, "Keita Murano");
    assert_eq!(visit["participants"][visitor]["side"], Value::Null, "nobody says whom he speaks for");
    let side = format!("participants/{visitor}/side=KOR");
    desk.ok(&["review", "edit", &id(&visit), &side, "formality=informal", "--reviewer", "ann"]);
    let corrected = desk.visit();
    let at = place_of(&corrected, "Keita Murano");
    assert_eq!(corrected["participants"][at]["side"], "KOR");
    assert_eq!(corrected["formality"], "informal");

    let knowledge = desk.folder.file("knowledge.toml", KNOWLEDGE);
    let recoded = desk.run(&["recode", "--knowledge", &knowledge]);
    assert!(recoded.err.contains("run 2, 3 documents read again, 2 of them changed"), "{recoded:?}");
    assert_eq!(desk.events().len(), before.len(), "what was read before makes no entry any more");
    let after = desk.visit();
    let at = place_of(&after, "Keita Murano");
    assert_eq!(after["participants"][at]["entity"], "keita-murano", "{after}");
    assert_eq!(after["participants"][at]["side"], "KOR", "the correction stays in force");
    assert_eq!(after["formality"], "informal");
    let conflicts = after["review"]["conflicts"].to_string();
    assert!(conflicts.contains("JPN") && conflicts.contains("KOR"), "{conflicts}");
    assert!(desk.ok(&["review", "next"]).contains("conflict"), "a conflict comes first");

    let runs = desk.ok(&["runs", "--json"]);
    assert_eq!(runs.lines().count(), 2, "{runs}");
    let diff = desk.ok(&["diff", "1", "2", "--balance", "LVA:JPN,FIN"]);
    assert!(diff.contains("JPN") && diff.contains("0 added, 0 removed, 2 changed"), "{diff}");
    let json: Value =
        serde_json::from_str(&desk.ok(&["diff", "1", "2", "--balance", "LVA:KOR,FIN", "--json"])).unwrap();
    assert_eq!(json["balance"]["after"]["counts"], serde_json::json!([1, 1]), "{json}");
    assert_eq!(desk.run(&["diff", "1", "9"]).code, 2);

    desk.ok(&["review", "undo", "--reviewer", "ann"]);
    desk.ok(&["review", "undo", "--reviewer", "ann"]);
    let free = desk.visit();
    let at = place_of(&free, "Keita Murano");
    assert_eq!(free["participants"][at]["side"], "JPN", "without the correction the coder is heard");
    assert_eq!(free["review"]["conflicts"], serde_json::json!([]));
}

#[test]
fn another_ledger_takes_everything_in() {
    let desk = Desk::new();
    let visit = id(&desk.visit());
    desk.ok(&["review", "edit", &visit, "formality=formal", "--reviewer", "ann"]);
    let (all, log) =
        (desk.ok(&["documents", "--with-records", "-o", "jsonl"]), desk.ok(&["review", "export"]));
    let (all, log) = (desk.folder.file("all.jsonl", &all), desk.folder.file("reviews.jsonl", log));
    let other = desk.folder.path("other.db");
    for expected in ["3 documents taken in, 0 known", "0 documents taken in, 3 known"] {
        let ran = verbale(&["import", "jsonl", &all, "-l", &other]);
        assert!(ran.code == 0 && ran.err.contains(expected), "{ran:?}");
        assert_eq!(verbale(&["review", "import", &log, "-l", &other]).code, 0);
    }
    for listing in ["events", "claims", "quotes", "documents"] {
        let from = desk.ok(&[listing, "-o", "jsonl"]);
        assert_eq!(verbale(&[listing, "-o", "jsonl", "-l", &other]).out, from, "{listing}");
    }
    let changed = std::fs::read_to_string(&all).unwrap().replace("in Riga", "in Oslo");
    let changed = desk.folder.file("changed.jsonl", changed + "{\"id\": 1}\n");
    let refused = verbale(&["import", "jsonl", &changed, "-l", &desk.folder.path("third.db")]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("not what its key says") && refused.err.contains("line 4"), "{refused:?}");
}

#[test]
fn what_cannot_be_done_says_what_can() {
    let desk = Desk::new();
    let visit = id(&desk.visit());
    for (words, said) in [
        (vec!["review", "accept", "ffffffffffffffff:e1"], "there is no event"),
        (vec!["review", "edit", &visit, "formality=secret"], "informal"),
        (vec!["review", "edit", &visit, "colour=red"], "participants"),
        (vec!["review", "edit", &visit, "date=yesterday"], "EDTF"),
        (vec!["review", "split", &visit, "x:e1"], "no telling"),
        (vec!["review", "undo", "abc"], "there is no review"),
        (vec!["review", "list", "--balance", "AFG"], "AFG:USA,RUS"),
    ] {
        let ran = desk.run(&words);
        assert_eq!((ran.code, ran.err.contains(said)), (2, true), "{words:?}: {ran:?}");
    }
}
