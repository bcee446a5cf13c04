//! The commands that measure, as a user runs them: verdicts, other ways of counting, and questions that make no sense.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what is wrong by panicking"
)]

mod binary;

use binary::verbale;
use serde_json::Value;

const REPORT: &str = "examples/reports/kabul-two-doors.txt";

fn json(arguments: &[&str]) -> Value {
    let ran = verbale(&[arguments, &["--json"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

fn asked(arguments: &[&str]) -> Value {
    json(&[&["balance", "AFG", "--between", "USA,RUS", REPORT], arguments].concat())
}

#[test]
fn a_former_envoy_counts_where_the_rules_say_so() {
    let officials = asked(&[]);
    assert_eq!(officials["counts"], serde_json::json!({"USA": 0, "RUS": 1}));
    assert_eq!(officials["tilt"]["raw"], -1.0);
    assert_eq!(officials["tilt"]["mean"], -0.5);
    assert_eq!(officials["verdict"], "not_enough_evidence");
    assert_eq!(officials["apart"]["former"].as_array().unwrap().len(), 1);
    let inclusive = asked(&["--rules", "inclusive"]);
    assert_eq!(inclusive["counts"], serde_json::json!({"USA": 1, "RUS": 1}));
    assert_eq!(inclusive["tilt"]["mean"], 0.0);
    assert!((90..=96).contains(&inclusive["more_needed"]["balanced"].as_u64().unwrap()));
    let curve = asked(&["--curve"]);
    assert_eq!(curve["curve"].as_array().unwrap().len(), 64);
    assert_eq!(curve["curve_summary"]["verdicts"]["not_enough_evidence"], 1.0);
    assert_eq!(asked(&["--baseline", "others"])["baseline"]["name"], "others");
}

#[test]
fn people_read_the_cards_and_then_the_verdict() {
    let ran = verbale(&["balance", "Afghanistan", "--between", "USA,Russia", REPORT, "--explain"]);
    let (card, verdict) = (ran.out.find("CONSULT").unwrap(), ran.out.find("Not enough evidence").unwrap());
    assert!(card < verdict);
    assert!(ran.out.contains("RUS |") && ran.out.contains("| USA"), "{}", ran.out);
    assert!(ran.out.contains("more events"), "{}", ran.out);
    assert!(ran.out[verdict..].contains("Viktor Lapin"), "{}", ran.out);
}

#[test]
fn a_ledger_answers_as_the_reports_do() {
    let folder = std::env::temp_dir().join(format!("verbale-balance-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("ledger.db");
    let ledger = ["-l", file.to_str().unwrap()];
    assert_eq!(verbale(&[&["add", REPORT], &ledger[..]].concat()).code, 0);
    let from_ledger = json(&[&["balance", "AFG", "--between", "USA,RUS"], &ledger[..]].concat());
    assert_eq!(from_ledger, asked(&[]));
    let trend = json(&[&["trend", "AFG", "--between", "USA,RUS"], &ledger[..]].concat());
    assert_eq!(trend["periods"][0]["period"], "2025");
    assert_eq!(trend["periods"][0]["counts"]["RUS"], 1);
    let network = json(&[&["network", "AFG"], &ledger[..]].concat());
    assert_eq!(network["partners"][0]["code"], "RUS");
    let topics = json(&[&["topics", "AFG", "--between", "USA,RUS"], &ledger[..]].concat());
    assert!(!topics["topics"].as_array().unwrap().is_empty());
    let compare = verbale(&[&["compare", "AFG", "RUS", "--between", "USA,CHN"], &ledger[..]].concat());
    assert!(compare.out.contains("AFG") && compare.out.contains("not enough evidence"), "{}", compare.out);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_question_that_makes_no_sense_gets_a_sentence_and_no_conclusion() {
    for (arguments, words) in [
        (&["balance", "Atlantis", "--between", "USA,RUS", REPORT][..], "ATLANTIS is no state"),
        (&["balance", "AFG", "--between", "USA,USA", REPORT], "named twice"),
        (&["balance", "AFG", "--between", "AFG,USA", REPORT], "the state itself"),
        (&["balance", "AFG", "--between", "USA", REPORT], "2 powers at least"),
        (
            &["balance", "AFG", "--between", "USA,RUS", REPORT, "--from", "2026", "--to", "2025"],
            "window is empty",
        ),
        (&["balance", "AFG", "--between", "CHN,IRN", REPORT], ""),
    ] {
        let found = json(arguments);
        assert_eq!(found["verdict"], "not_enough_evidence", "{arguments:?}");
        let remarks = found["remarks"].to_string();
        assert!(remarks.contains(words) || words.is_empty() && found.get("remarks").is_none(), "{remarks}");
    }
}

#[test]
fn wrong_rules_and_windows_are_named_before_anything_is_read() {
    for (arguments, words) in [
        (["--rules", "official"], "high-level"),
        (["--rules", "no/such.toml"], "cannot be read"),
        (["--from", "yesterday"], "EDTF"),
        (["--delta", "2"], "between 0 and 1"),
        (["--baseline", "trade"], "equal, past or others"),
    ] {
        let ran = verbale(&[&["balance", "AFG", "--between", "USA,RUS", REPORT], &arguments[..]].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.err.contains(words), "{}", ran.err);
    }
}
