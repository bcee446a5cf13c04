//! Measures beside the balance, as a user asks for them: distances, votes, scores, volume, families and reviews.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what is wrong by panicking"
)]

mod binary;

use binary::{Folder, Ran, verbale};
use serde_json::Value;

/// Journeys of an invented state's ministers, by year and country.
const TABLE: &str = "id,day,from,to\n\
    1,2001-02-03,Norland,France\n2,2001-05-06,Norland,France\n3,2002-01-02,Norland,Kenya\n\
    4,2003-03-04,Norland,France\n5,2003-09-09,Norland,Brazil\n6,2003-10-10,France,Norland\n";

const MAPPING: &str = r#"
name = "journeys"
[fields]
id = { column = "id" }
first = { column = "day" }
event_type = { value = "CONSULT" }
mode = { value = "visit" }
cameo = { value = "042" }
actor_state = { column = "from", values = { Norland = "NOR", France = "FRA" } }
recipient_state = { column = "to", values = { Norland = "NOR", France = "FRA", Kenya = "KEN", Brazil = "BRA" } }
"#;

const VOTES: &str = "roll_call,date,country_iso2,vote\n\
    1,2001-10-01,NO,yes\n1,2001-10-01,FR,yes\n1,2001-10-01,KE,no\n1,2001-10-01,BR,abstain\n\
    2,2002-10-01,NO,no\n2,2002-10-01,FR,abstain\n2,2002-10-01,KE,yes\n2,2002-10-01,BR,yes\n";

/// A ledger with what others coded.
struct Desk(Folder);

impl Desk {
    fn new() -> Self {
        let folder = Folder::new();
        let (table, mapping) = (folder.file("journeys.csv", TABLE), folder.file("journeys.toml", MAPPING));
        let desk = Self(folder);
        let ran = desk.run(&["import", "csv", &table, "--mapping", &mapping]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        desk
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        verbale(&[arguments, &["-l", &self.0.path("ledger.db")]].concat())
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let ran = self.run(&[arguments, &["--json"]].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        serde_json::from_str(&ran.out).unwrap()
    }
}

fn near(value: &Value, wanted: f64) -> bool {
    value.as_f64().is_some_and(|value| (value - wanted).abs() < 1e-6)
}

fn partner<'v>(network: &'v Value, code: &str) -> &'v Value {
    network["partners"].as_array().unwrap().iter().find(|one| one["code"] == code).unwrap()
}

#[test]
fn votes_say_how_far_apart_partners_stand() {
    let desk = Desk::new();
    let without = desk.json(&["network", "NOR"]);
    assert_eq!(without["multi_vector"], Value::Null);
    assert!(without["remarks"].to_string().contains("import un-votes"), "{without}");
    let votes = desk.0.file("votes.csv", VOTES);
    assert_eq!(desk.run(&["import", "un-votes", &votes]).code, 0);
    let found = desk.json(&["network", "NOR"]);
    // With France one gap of 1/2 in two votes, with Kenya two of 1.
    assert!(near(&partner(&found, "FRA")["votes"]["agreement"], 0.75), "{found}");
    assert!(near(&partner(&found, "KEN")["votes"]["agreement"], 0.0));
    assert!(near(&partner(&found, "KEN")["votes"]["s"], -1.0));
    // Shares 4/6, 1/6, 1/6; distances FRA-KEN 3/4, FRA-BRA 1/2, KEN-BRA 1/4.
    let q = 2.0 * (4.0 * 0.75 + 4.0 * 0.5 + 0.25) / 36.0;
    assert!(near(&found["multi_vector"]["rao_q"]["raw"], q), "{}", found["multi_vector"]);
    assert_eq!(found["multi_vector"]["distances"], "un-votes");
    let early = desk.json(&["network", "NOR", "--to", "2001"]);
    assert_eq!(partner(&early, "FRA")["votes"]["votes"], 1, "votes of the window");
    assert_eq!(early["multi_vector"], Value::Null, "one partner is no spread");
}

#[test]
fn a_table_of_distances_takes_the_place_of_votes() {
    let desk = Desk::new();
    let table = desk.0.file("distances.csv", "a,b,distance\nFRA,Kenya,1\nBRA,FRA,0.5\n");
    let found = desk.json(&["network", "NOR", "--distances", &table]);
    // Kenya and Brazil are as often unknown; of the two the one that comes last goes.
    assert_eq!(found["multi_vector"]["left_out"], serde_json::json!(["KEN"]));
    assert!(near(&found["multi_vector"]["rao_q"]["raw"], 2.0 * 0.8 * 0.2 * 0.5), "{found}");
    for (text, words) in [
        ("a,b,distance\nFRA,Atlantis,1\n", "line 2: 'Atlantis' is no state"),
        ("a,b,distance\nFRA,KEN,-1\n", "write a number from 0 on"),
        ("one,two\nFRA,KEN\n", "no column 'a'"),
    ] {
        let file = desk.0.file("bad.csv", text);
        let ran = desk.run(&["network", "NOR", "--distances", &file]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{text}");
        assert!(ran.err.contains(words), "{}", ran.err);
    }
    let ran = desk.run(&["network", "NOR", "--distances", "no/such.csv"]);
    assert!(ran.code == 2 && ran.err.contains("cannot be read"), "{}", ran.err);
}

#[test]
fn a_network_says_who_travels_and_what_to_expect() {
    let desk = Desk::new();
    let found = desk.json(&["network", "NOR"]);
    let france = partner(&found, "FRA");
    assert_eq!((&france["paid"], &france["received"]), (&Value::from(3), &Value::from(1)));
    assert!(near(&france["reciprocity"], 1.0 / 3.0) && near(&france["initiative"]["raw"], 0.5));
    assert!(near(&found["reciprocity"]["overall"], 0.2) && near(&found["initiative"]["raw"], 4.0 / 6.0));
    let prior = &found["shrinkage"]["prior"];
    let mean = (prior["shape"].as_f64().unwrap() + 4.0) / (prior["rate"].as_f64().unwrap() + 1.0);
    assert!(near(&france["expected"]["mean"], mean) && mean < 4.0, "{france}");
    assert!(found["shrinkage"]["dyads"].as_u64().unwrap() > 150, "states without an event are dyads, too");
    let page = desk.run(&["network", "Norway"]).out;
    assert!(page.contains("reciprocity 0.20") && page.contains("HHI*"), "{page}");
    let none = desk.json(&["network", "JPN"]);
    assert_eq!(
        (&none["events"], &none["shrinkage"], &none["initiative"]),
        (&0.into(), &Value::Null, &Value::Null)
    );
}

#[test]
fn an_import_has_scores_a_volume_and_words_of_its_own() {
    let desk = Desk::new();
    let balance = desk.json(&["balance", "NOR", "--between", "FRA,KEN"]);
    let scores = &balance["scores"]["FRA"];
    assert_eq!(scores["events"], 4);
    assert!(near(&scores["goldstein"]["mean"], f64::from(1.9_f32)), "{scores}");
    assert!(near(&scores["plover"]["sum"], 16.0) && scores["quads"] == serde_json::json!([4, 0, 0, 0]));
    assert_eq!(balance["weighted"]["taken_for_sure"], serde_json::json!(["journeys"]));
    assert!(balance["remarks"].to_string().contains("journeys comes without a confidence"), "{balance}");
    let rules = "name = 'j'\nabout = 'J.'\nextends = 'officials'\n[weights.imports]\njourneys = 0.5\n";
    let rules = desk.0.file("rules.toml", rules);
    let doubted = desk.json(&["balance", "NOR", "--between", "FRA,KEN", "--rules", &rules]);
    assert_eq!(doubted.get("remarks"), None);
    let weight = |found: &Value| found["weighted"]["counts"]["FRA"].as_f64().unwrap();
    assert!((weight(&doubted) - weight(&balance) / 2.0).abs() < 1e-9);
    let explained = desk.run(&["balance", "NOR", "--between", "FRA,KEN", "--explain"]).out;
    for words in ["journeys:3", "CAMEO 042", "2002-01-02", "KEN, recipient", "journeys.csv"] {
        assert!(explained.contains(words), "{words}: {explained}");
    }
    assert!(!explained.contains("journeys:5"), "Brazil was not asked about");
    let trend = desk.json(&["trend", "NOR", "--between", "FRA,KEN"]);
    assert_eq!(trend["panel"]["of"], "codings");
    assert_eq!(trend["periods"][2]["documents"], 3);
    assert!(near(&trend["periods"][2]["volume"]["FRA"]["per_document"]["raw"], 2.0 / 3.0), "{trend}");
    assert!(near(&trend["periods"][1]["scores"]["KEN"]["goldstein"]["sum"], f64::from(1.9_f32)));
    assert_eq!(trend["source"], "journeys");
    let refused = desk.run(&["balance", "NOR", "--between", "FRA,KEN", "--families", "NOR,others"]);
    assert!(refused.code == 2 && refused.err.contains("own codings only"), "{}", refused.err);
}

#[test]
fn documents_stand_under_the_counts_and_families_meet() {
    let folder = Folder::new();
    let report = |id: &str, outlet: &str, published: &str, text: &str| {
        serde_json::json!({"id": id, "outlet": outlet, "published": published, "text": text}).to_string()
    };
    let visit = "Norwegian Foreign Minister Kari Holm met her French counterpart in Oslo on 5 March 2024.";
    let other = "Fishing rights were on the table on 5 March 2024 when the foreign minister of France visited Oslo and held \
                 talks with Kari Holm, the foreign minister of Norway.";
    let lines = [
        report("a", "Gazette", "2024-03-06", visit),
        report("b", "Herald", "2024-03-07", other),
        report("c", "Gazette", "2024-09-01", "Norway exports fish to many countries of the world."),
    ];
    let file = folder.file("reports.jsonl", lines.join("\n"));
    let ledger = folder.path("ledger.db");
    assert_eq!(verbale(&["add", &file, "-l", &ledger]).code, 0);
    let ask = |arguments: &[&str]| verbale(&[arguments, &["-l", &ledger, "--json"]].concat());
    let json = |arguments: &[&str]| -> Value { serde_json::from_str(&ask(arguments).out).unwrap() };
    let trend = json(&["trend", "NOR", "--between", "FRA,KEN"]);
    assert_eq!(
        trend["panel"],
        serde_json::json!({"of": "documents", "sources": ["Gazette", "Herald"], "fixed": true})
    );
    assert_eq!(
        (&trend["periods"][0]["documents"], &trend["periods"][0]["counts"]["FRA"]),
        (&3.into(), &1.into())
    );
    let one = json(&["trend", "NOR", "--between", "FRA,KEN", "--panel", "Herald"]);
    assert_eq!(one["periods"][0]["documents"], 1);
    let unknown = ask(&["trend", "NOR", "--between", "FRA,KEN", "--panel", "Times"]);
    assert!(unknown.code == 2 && unknown.err.contains("Gazette, Herald"), "{}", unknown.err);
    let families = json(&["balance", "NOR", "--between", "FRA,KEN", "--families", "gazette,herald"]);
    assert_eq!(families["unseen"]["partners"]["FRA"]["both"], 1, "{}", families["unseen"]);
    assert_eq!(families["unseen"]["partners"]["KEN"]["all"], Value::Null);
    let nobody = ask(&["balance", "NOR", "--between", "FRA,KEN", "--families", "CHN,others"]);
    assert!(nobody.code == 2 && nobody.err.contains("no source of an event is of 'CHN'"), "{}", nobody.err);
}

#[test]
fn reviews_say_how_right_the_coder_was() {
    let folder = Folder::new();
    let ledger = folder.path("ledger.db");
    let run = |arguments: &[&str]| {
        let ran = verbale(&[arguments, &["-l", &ledger]].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.out
    };
    run(&["add", "examples/reports"]);
    let agreement = || -> Value { serde_json::from_str(&run(&["review", "agreement", "--json"])).unwrap() };
    assert_eq!(agreement()["fields"], serde_json::json!({}));
    let events: Vec<String> = run(&["events", "-o", "jsonl"])
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned())
        .collect();
    for (reviewer, verdicts) in
        [("ann", ["accept", "accept", "reject"]), ("ben", ["accept", "reject", "reject"])]
    {
        for (id, verdict) in events.iter().zip(verdicts) {
            run(&["review", verdict, id, "--reviewer", reviewer]);
        }
    }
    run(&["review", "edit", &events[0], "formality=formal", "--reviewer", "ann"]);
    let found = agreement();
    assert_eq!(found["reviewers"], serde_json::json!(["ann", "ben"]));
    let verdict = &found["alpha"]["verdict"];
    assert_eq!((&verdict["units"], &verdict["ratings"]), (&3.into(), &6.into()));
    // One disagreement in three entries, three of six ratings right: 1 - (2/6) / (18/30).
    assert!(near(&verdict["alpha"], 1.0 - (1.0 / 3.0) / 0.6), "{verdict}");
    assert_eq!(found["fields"]["event"]["recall"], Value::Null, "nobody knows what was missed");
    assert_eq!(found["fields"]["event_type"]["wrong"], 0);
    let page = run(&["review", "agreement"]);
    assert!(page.contains("Krippendorff") && page.contains("no random"), "{page}");
}
