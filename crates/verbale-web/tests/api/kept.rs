//! What is kept in memory: whatever changed, and whoever changed it, answers are those of a server that has just begun.

use serde_json::json;
use verbale::ledger::store::{OpenRun, Recoding, RunKind, Versions};
use verbale::model::Formality;

use crate::served::{Served, Setting};

const PATHS: &[&str] = &[
    "/",
    "/balance?state=AFG",
    "/balance?state=AFG&between=USA,RUS&curve=true",
    "/balance?state=NOR&between=KEN,USA",
    "/evidence?state=AFG&between=USA,RUS",
    "/compare?states=AFG,NOR&between=USA,RUS&periods=2025,2026",
    "/coverage",
    "/v1/balance?state=AFG&between=USA,RUS&baseline=others",
    "/v1/balance?state=AFG&between=USA,XQX",
    "/v1/balance?state=NOR&between=KEN,USA",
    "/v1/curve?state=AFG&between=USA,RUS",
    "/v1/trend?state=AFG&between=USA,RUS",
    "/v1/trend?state=NOR&between=KEN,USA",
    "/v1/topics?state=AFG&between=USA,RUS",
    "/v1/network?state=AFG",
    "/v1/compare?states=AFG,NOR&between=USA,RUS",
    "/v1/coverage",
];

/// Demands the answers of a server that has just begun, and says which of them are other ones than before.
fn same(served: &Served, step: &str, before: &mut Vec<Vec<u8>>) -> usize {
    let asked = || PATHS.iter().map(|path| served.get(path).body).collect::<Vec<_>>();
    let (first, again) = (asked(), asked());
    let anew = served.anew(PATHS);
    for (at, path) in PATHS.iter().enumerate() {
        assert_eq!(String::from_utf8_lossy(&first[at]), anew[at].text(), "{step}: {path}");
        assert!(first[at] == again[at], "{step}: {path} asked again");
    }
    let moved = before.iter().zip(&first).filter(|(before, now)| before != now).count();
    *before = first;
    moved
}

#[test]
fn kept_answers_are_those_of_a_server_that_has_just_begun() {
    let served = Served::examples(Setting::default());
    let before = &mut Vec::new();
    same(&served, "at first", before);
    let report = "Norwegian Foreign Minister Ada Berg received her Kenyan counterpart, Joseph Otieno, in Oslo on 3 March \
                  2025, the Norwegian foreign ministry said.";
    let added = served.post("/v1/documents?published=2025-03-05&outlet=Gazette", "text/plain", report).fine();
    assert!(same(&served, "a report was added", before) >= 4);
    let by = |mut ruling: serde_json::Value| {
        ruling["reviewer"] = "A. Tester".into();
        ruling["reason"] = "read the statement".into();
        served.rule(&ruling).fine()
    };
    let event = served.get("/v1/balance?state=AFG&between=USA,RUS").fine()["events"][0].clone();
    let rejected = by(json!({"action": "reject", "event": event}));
    assert!(same(&served, "an event was rejected", before) >= 5);
    by(json!({"action": "undo", "review": rejected["reviews"][0]["review"]}));
    assert!(same(&served, "that was undone", before) >= 5);
    by(json!({"action": "edit", "event": event, "edits": ["status=denied"]}));
    assert!(same(&served, "an event was edited", before) >= 5);
    let other = served.get("/v1/events?country=NER").fine()["items"][0]["id"].clone();
    by(json!({"action": "join", "event": event, "with": other}));
    assert!(same(&served, "two events were joined", before) >= 1);
    // What follows is done by another program.
    let (mut ledger, document) = (served.ledger(), added["documents"][0].as_str().unwrap());
    let mut record = ledger.record(document).unwrap();
    record.events[0].formality = Some(Formality::Informal);
    record.events[0].participants[1].side = Some("USA".to_owned());
    let read = ledger.document(document).unwrap();
    let versions = Versions { coder: "another".to_owned(), ..ledger.runs().unwrap()[0].versions.clone() };
    let mut run = OpenRun::new(RunKind::Recode, "2025-06-04T00:00:00Z", versions);
    let recoding = Recoding { document: read, record, sentences: Vec::new() };
    assert_eq!(ledger.recode(&mut run, &[recoding]).unwrap(), 1);
    assert!(same(&served, "a report was read otherwise", before) >= 3);
    ledger.remove(document, "2025-06-05T00:00:00Z", None).unwrap();
    assert!(same(&served, "a report was removed", before) >= 4);
}

#[test]
fn a_code_that_nobody_knows_is_named_at_once() {
    let served = Served::examples(Setting::default());
    let remarks = |path: &str| served.get(path).fine()["remarks"].to_string();
    let unknown = "XQX is no state or organisation that verbale knows";
    assert!(remarks("/v1/balance?state=XQX&between=USA,RUS").contains(unknown));
    assert!(remarks("/v1/balance?state=AFG&between=USA,XQX").contains(unknown));
    assert!(!remarks("/v1/balance?state=AFG&between=USA,RUS").contains(unknown));
}
