//! Made documents: two sides meet on a day, told as a coder would tell it.

use serde_json::json;
use verbale::keep::versions;
use verbale::ledger::Document;
use verbale::ledger::store::{Addition, Ledger, OpenRun, RunKind, Sentence};
use verbale::model::{Record, Report, Span};

use crate::served::Served;

/// States that meet.
const SIDES: [&str; 8] = ["AFG", "USA", "RUS", "CHN", "FRA", "IRN", "KAZ", "QAT"];

/// A meeting that is unlike any other: other people, on another day.
pub fn addition(number: u32) -> Addition {
    let [host, visitor] = [format!("Host{number} Aran"), format!("Guest{number} Belo")];
    let text = format!("Report {number}. {host} received {visitor}, the ministry said.");
    let span = |words: &str| {
        let start = text.find(words).unwrap() as u32;
        Span { start, end: start + words.len() as u32, in_title: false }
    };
    let at = |words: &str| json!(span(words));
    let one = SIDES[number as usize % 8];
    let other = SIDES[(number as usize % 8 + 1 + number as usize / 8 % 7) % 8];
    let day = (number % 5 != 4)
        .then(|| format!("20{:02}-{:02}-{:02}", 10 + number / 336, 1 + number / 28 % 12, 1 + number % 28));
    let who = |name: &str, side: &str, role: &str, part: &str| {
        let mut who = json!({"name": name, "entity": null, "role": role, "part": part, "office": "minister",
            "organisation": null, "side": side, "nationality": side, "sector": "GOV", "serving": true, "level": 2});
        who.as_object_mut().unwrap().extend(at(name).as_object().unwrap().clone());
        who
    };
    let date = day.as_ref().map(|day| json!({"edtf": day, "precision": "day", "method": "stated"}));
    let event = json!({"id": "e1", "event_type": "CONSULT", "mode": "visit", "cameo": "042", "contexts": ["diplomatic"],
        "topics": [], "date": date, "place": null, "channel": "in_person", "setting": "bilateral", "formality": null,
        "status": "held", "confirmation": {"state": "one_side", "sides": [one]},
        "participants": [who(&host, one, "recipient", "host"), who(&visitor, other, "actor", "visitor")],
        "claims": ["c1"], "confidence": 0.9, "rule": "consult/host", "evidence": [at("received")]});
    let mut claim = json!({"id": "c1", "event": "e1", "kind": "event", "asserter": null, "via": null, "channel": null,
        "cue": null, "content": at("received"), "mode": "narration", "quote": null, "polarity": "affirmed",
        "modality": "certain", "tense": "past", "narrator": false, "rule": "told"});
    if number.is_multiple_of(2) {
        claim["quote"] = json!({"text": "the ministry", "partial": true});
        claim["quote"].as_object_mut().unwrap().extend(at("the ministry").as_object().unwrap().clone());
    }
    let record: Record =
        serde_json::from_value(json!({"id": "made", "sha256": "", "published": null, "events": [event],
        "claims": [claim], "mentions": [], "diagnostics": [], "coder": "1", "data": "1"}))
        .unwrap();
    let whole = Span { start: 0, end: text.len() as u32, in_title: false };
    let outlet = Some(format!("Outlet {}", number % 3));
    let report = Report { id: format!("{number}.txt"), text, outlet, published: day, ..Report::default() };
    let document = Document::new(report, None);
    Addition::new("made", document, record, vec![Sentence { span: whole, text: None }])
}

/// A meeting told in these words wherever a report, or whoever codes it, has a say.
pub fn told_in(words: &str) -> Addition {
    let Addition { mut document, mut record, sentences, .. } = addition(0);
    let given = || Some(words.to_owned());
    let report = &mut document.report;
    (report.title, report.outlet, report.url, report.byline) = (given(), given(), given(), given());
    for who in &mut record.events[0].participants {
        (who.name, who.office, who.organisation) = (words.to_owned(), given(), given());
    }
    record.events[0].topics =
        serde_json::from_value(json!([{"text": words, "topic": words, "start": 0, "end": 6}])).unwrap();
    record.events[0].place = serde_json::from_value(
        json!({"name": words, "country": null, "geonames": null, "lat": null, "lon": null,
        "start": 0, "end": 6}),
    )
    .unwrap();
    let claim = &mut record.claims[0];
    words.clone_into(&mut claim.quote.as_mut().unwrap().text);
    claim.asserter =
        serde_json::from_value(json!({"name": words, "office": words, "organisation": words, "side": "AFG",
        "anonymous": null, "start": 0, "end": 6}))
        .unwrap();
    let whole = Span { start: 0, end: document.report.text.chars().count() as u32, in_title: false };
    let sentence = Sentence { span: whole, text: Some(words.to_owned()) };
    Addition::new(
        words,
        Document::new(document.report, None),
        record,
        sentences.into_iter().chain([sentence]).collect(),
    )
}

/// Adds a meeting that is told in these words.
pub fn add_told_in(ledger: &mut Ledger, words: &str) {
    let mut run = OpenRun::new(RunKind::Add, "2025-06-03T00:00:00Z", versions("default", &[]));
    assert_eq!(ledger.add(&mut run, &[told_in(words)]).unwrap().stored, 1);
}

/// Adds made documents of these numbers.
pub fn add(ledger: &mut Ledger, numbers: impl IntoIterator<Item = u32>) {
    let mut run = OpenRun::new(RunKind::Add, "2025-06-03T00:00:00Z", versions("default", &[]));
    let batch: Vec<Addition> = numbers.into_iter().map(addition).collect();
    ledger.add(&mut run, &batch).unwrap();
}

/// Lets states vote: the last one against the others.
pub fn vote(served: &Served, states: &[&str]) {
    let vote = |(at, state): (usize, &&str)| {
        let vote = if at + 1 == states.len() { "no" } else { "yes" };
        format!("1,2021-12-06,{state},{vote}\n")
    };
    let votes: String = states.iter().enumerate().map(vote).collect();
    let table = format!("roll_call,date,country,vote\n{votes}");
    served.post("/v1/imports?coding=un-votes", "text/csv", table).fine();
}
