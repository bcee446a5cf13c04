//! Codings of others come into a ledger: mirrored rows are one meeting, bad rows are named, measures count them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what is wrong by panicking"
)]

mod binary;

use std::fmt::Write as _;
use std::path::PathBuf;

use binary::{Ran, verbale};
use serde_json::Value;

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("verbale-imports-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let ledger = self.0.join("ledger.db");
        verbale(&[arguments, &["-l", ledger.to_str().unwrap()]].concat())
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let ran = self.run(&[arguments, &["--json"]].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        serde_json::from_str(&ran.out).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A row of GDELT 2.0's event table: 61 columns.
fn gdelt(id: u32, day: &str, from: &str, to: &str, code: &str) -> String {
    let mut row = vec![String::new(); 61];
    let mut set = |at: usize, text: &str| text.clone_into(&mut row[at]);
    set(0, &id.to_string());
    set(1, day);
    set(2, &day[..6]);
    set(3, &day[..4]);
    for (at, state) in [(5, from), (15, to)] {
        set(at, &format!("{state}GOV"));
        set(at + 1, state);
        set(at + 2, state);
        set(at + 7, "GOV");
    }
    set(25, "1");
    set(26, code);
    set(27, code);
    set(28, &code[..2]);
    set(29, "1");
    set(30, "1.9");
    set(31, "4");
    set(32, "1");
    set(33, "4");
    set(34, "0.5");
    set(59, &format!("{day}000000"));
    set(60, "https://example.org/visit");
    row.join("\t") + "\n"
}

#[test]
fn a_visit_and_its_mirror_are_one_event_in_either_order() {
    let visit = gdelt(1, "20240507", "AFG", "RUS", "042");
    let host = gdelt(2, "20240507", "RUS", "AFG", "043");
    let other = gdelt(3, "20240601", "AFG", "USA", "040");
    for (name, rows) in [("one", [&visit, &host, &other]), ("two", [&host, &visit, &other])] {
        let folder = Folder::new(name);
        let file = folder.file("20240507.export.CSV", &rows.map(String::as_str).concat());
        let ran = folder.run(&["import", "gdelt", &file]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let found = folder.json(&["balance", "AFG", "--between", "USA,RUS"]);
        assert_eq!(found["counts"], serde_json::json!({"USA": 1, "RUS": 1}));
        assert_eq!(found["source"], "gdelt");
        let network = folder.json(&["network", "AFG"]);
        let russia =
            &network["partners"].as_array().unwrap().iter().find(|one| one["code"] == "RUS").unwrap();
        assert_eq!((&russia["paid"], &russia["received"]), (&Value::from(1), &Value::from(0)));
        let again = folder.run(&["import", "gdelt", &file]);
        assert_eq!(again.code, 0, "{}", again.err);
        assert_eq!(folder.json(&["balance", "AFG", "--between", "USA,RUS"]), found);
        assert_eq!(folder.run(&["import", "remove", "1"]).code, 0);
        let gone = folder.json(&["balance", "AFG", "--between", "USA,RUS"]);
        assert_eq!(gone["counts"], serde_json::json!({"USA": 0, "RUS": 0}));
    }
}

#[test]
fn a_short_row_is_named_and_the_rest_is_stored() {
    let folder = Folder::new("short");
    let rows = gdelt(1, "20240507", "AFG", "RUS", "040") + "7\t20240507\tshort\n";
    let file = folder.file("short.export.CSV", &rows);
    let rejects = folder.0.join("rejects");
    let ran = folder.run(&["import", "gdelt", &file, "--rejects", rejects.to_str().unwrap()]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let kept: Vec<_> = std::fs::read_dir(&rejects).unwrap().collect();
    let text = std::fs::read_to_string(kept[0].as_ref().unwrap().path()).unwrap();
    let reject: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    assert_eq!(reject["line"], 2, "{text}");
    assert!(text.contains("61") && text.contains('3'), "{text}");
    assert_eq!(folder.json(&["balance", "AFG", "--between", "USA,RUS"])["counts"]["RUS"], 1);
    let broken = folder.file("broken.export.CSV.gz", "\u{1f}no gzip");
    assert_eq!(folder.run(&["import", "gdelt", &broken]).code, 1);
}

#[test]
fn a_table_of_journeys_has_a_trend() {
    let folder = Folder::new("journeys");
    let mut table = "event_id,visit_type,name,country,locale,remarks,date_start,date_end\n".to_owned();
    for year in 2000..2012 {
        for visit in 0..if year < 2006 { 1 } else { 6 } {
            let id = year * 10 + visit;
            let row = "president,A. President,China,Beijing,Talks.";
            writeln!(table, "{id},{row},{year}-03-0{},{year}-03-09", visit + 1).unwrap();
        }
    }
    table += "99999,secretary,A. Secretary,Russia,Moscow,\"Talks, and a dinner.\",2003-05-01,2003-05-02\n";
    let file = folder.file("journeys.csv", &table);
    let ran = folder.run(&["import", "csv", &file, "--mapping", "data/imports/us-officials-travel.toml"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let trend = folder.json(&["trend", "USA", "--between", "RUS,CHN"]);
    assert_eq!(trend["periods"].as_array().unwrap().len(), 12);
    assert_eq!(trend["periods"][11]["counts"]["CHN"], 6);
    assert_eq!(trend["rates"]["CHN"]["breaks"][0]["period"], "2006");
    let high = folder.json(&["balance", "USA", "--between", "RUS,CHN", "--to", "2005"]);
    assert_eq!(high["counts"], serde_json::json!({"RUS": 1, "CHN": 6}));
    assert_eq!(folder.run(&["balance", "USA", "--between", "RUS,CHN", "--source", "icews"]).code, 2);
}
