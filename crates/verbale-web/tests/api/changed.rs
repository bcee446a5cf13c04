//! Changes: reports that are added, rulings, imports, and what is noted of them.

use serde_json::json;

use crate::served::{Served, Setting};

const REPORT: &str = "Norwegian Foreign Minister Ada Berg received her Kenyan counterpart, Joseph Otieno, in Oslo on 3 March \
                      2025, the Norwegian foreign ministry said.";

#[test]
fn reports_are_read_and_kept() {
    let served = Served::made(|_| ());
    assert!(
        served.get("/v1/events").fine()["items"].as_array().unwrap().is_empty(),
        "an empty ledger answers"
    );
    let coded = served.post("/v1/code?published=2025-03-05", "text/plain", REPORT).fine();
    assert_eq!(coded["records"][0]["events"][0]["event_type"], "CONSULT");
    let lines = served.with(
        "POST",
        "/v1/code",
        &[("content-type", "text/plain"), ("accept", "application/x-ndjson")],
        REPORT,
    );
    assert_eq!(lines.text().lines().count(), 1);
    assert_eq!(served.get("/v1/coverage").fine()["documents"], 0, "nothing is kept");
    let added = served.post("/v1/documents?published=2025-03-05&outlet=Gazette", "text/plain", REPORT);
    assert_eq!((added.status.as_u16(), added.fine()["stored"].clone()), (201, json!(1)));
    let document = served.get(added.header("location")).fine();
    assert_eq!((&document["outlet"], &document["text"]), (&json!("Gazette"), &json!(REPORT)));
    let again = served.post("/v1/documents?published=2025-03-05&outlet=Gazette", "text/plain", REPORT);
    assert_eq!((again.status.as_u16(), again.fine()["known"].clone()), (200, json!(1)));
    assert_eq!(served.get("/v1/events?country=NOR&partner=KEN").fine()["items"].as_array().unwrap().len(), 1);
    let two = format!(
        "{}\n{{broken\n{}\n",
        json!({"id": "a", "text": "The talks ended."}),
        json!({"id": "b", "text": REPORT})
    );
    let added = served.post("/v1/documents", "application/x-ndjson", two).fine();
    assert_eq!((&added["stored"], added["refused"].as_array().unwrap().len()), (&json!(2), 1));
    let page = format!(
        "<!doctype html><html><head><title>Talks in Oslo</title></head><body><article><h1>Talks in Oslo</h1><p>{REPORT}</p><p>{REPORT}</p></article></body></html>"
    );
    assert_eq!(
        served.post("/v1/code", "text/html; charset=utf-8", page).fine()["records"].as_array().unwrap().len(),
        1
    );
    let hash = served.post("/v1/documents?retain=hash&outlet=Other", "text/plain", REPORT).fine();
    let key = hash["documents"][0].as_str().unwrap();
    assert!(served.get(&format!("/v1/documents/{key}")).fine()["text"].is_null());
}

#[test]
fn rulings_move_figures_and_are_noted() {
    let served = Served::examples(Setting::default());
    let counts = || served.get("/v1/balance?state=AFG&between=USA,RUS").fine()["counts"]["RUS"].clone();
    let event = served.get("/v1/balance?state=AFG&between=USA,RUS").fine()["events"][0].clone();
    assert_eq!(counts(), 1);
    let by = |mut ruling: serde_json::Value| {
        ruling["reviewer"] = "A. Tester".into();
        ruling["reason"] = "read the statement".into();
        served.rule(&ruling)
    };
    let rejected = by(json!({"action": "reject", "event": event}));
    assert_eq!(
        (rejected.status.as_u16(), &rejected.fine()["event"]["review"]["verdict"]),
        (201, &json!("rejected"))
    );
    assert_eq!(counts(), 0);
    let review = rejected.json()["reviews"][0]["review"].clone();
    by(json!({"action": "undo", "review": review})).fine();
    assert_eq!(counts(), 1);
    let edited =
        by(json!({"action": "edit", "event": event, "edits": ["status=denied", "formality=formal"]}));
    assert_eq!(edited.fine()["event"]["review"]["edited"].as_array().unwrap().len(), 2);
    assert_eq!(counts(), 0);
    let other = served.get("/v1/events?country=NER").fine()["items"][0]["id"].clone();
    by(json!({"action": "join", "event": event, "with": other})).fine();
    let tellings = served.get(&format!("/v1/events/{}", event.as_str().unwrap())).fine()["tellings"].clone();
    assert_eq!(tellings.as_array().unwrap().len(), 2);
    by(json!({"action": "split", "event": event, "tellings": [other]})).fine();
    assert_eq!(served.get("/v1/reviews").fine()["items"].as_array().unwrap().len(), 6);
    for (ruling, status) in [
        (json!({"action": "accept", "event": "none:e1"}), 422),
        (json!({"action": "edit", "event": event, "edits": ["colour=red"]}), 422),
        (json!({"action": "edit", "event": event, "edits": []}), 400),
        (json!({"action": "undo", "review": "none"}), 422),
        (json!({"action": "delete", "event": event}), 400),
        (json!({"action": "join", "event": event, "with": event}), 422),
    ] {
        by(ruling.clone()).problem(status);
    }
    served.rule(&json!({"action": "accept", "event": event, "reviewer": " "})).problem(400);
    served.rule(&json!({"action": "accept", "event": event})).problem(400);
    let audit = std::fs::read_to_string(served.path("audit.jsonl")).unwrap();
    assert_eq!(audit.lines().count(), 6, "{audit}");
    assert!(audit.lines().all(|line| line.contains("\"by\":\"A. Tester\"")));
}

#[test]
fn codings_of_others_come_in() {
    let served = Served::made(|_| ());
    let votes = "rcid,country,ccode,vote,session,date\n";
    served.post("/v1/imports?coding=un-votes", "text/csv", votes).problem(400);
    let own = Served::examples(Setting::default()).get("/v1/events?format=plover").text();
    let taken = served.post("/v1/imports?coding=plover&name=own.jsonl", "application/x-ndjson", own.clone());
    let taken = taken.fine();
    // What has no day is told of as refused.
    let [stored, refused] = ["stored", "refused"].map(|name| taken["import"][name].as_u64().unwrap());
    assert!(stored > 0 && stored + refused == own.lines().count() as u64, "{taken}");
    assert_eq!(taken["rejects"].as_array().unwrap().len(), 20);
    assert_eq!(served.post("/v1/imports?coding=plover", "text/plain", own.clone()).fine()["known"], true);
    served.post("/v1/imports?coding=plover&country=AFG", "text/plain", own).problem(422);
    let listed = served.get("/v1/imports").fine();
    assert!(listed["items"].as_array().unwrap().iter().any(|one| one["name"] == "own.jsonl"));
    let balance = served.get("/v1/balance?state=AFG&between=USA,RUS&source=plover").fine();
    assert_eq!(balance["source"], "plover");
}
