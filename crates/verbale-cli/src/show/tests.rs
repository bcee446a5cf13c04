//! What people see of a record that is written out here, so that it does not move with the coder.

use verbale::model::{Record, Report};

use super::{Paper, Screen, report_page, why_claim, why_event};

const TEXT: &str = "Envoy in Niamey\n\nFormer French envoy Hélène Vasseur met Moussa Garba in Niamey on 14 May, the ministry said.";

const RECORD: &str = r#"{"id": "a.txt", "sha256": "", "published": null, "coder": "", "data": "",
 "events": [{"id": "e1", "event_type": "CONSULT", "mode": "visit", "cameo": "042", "contexts": ["diplomatic"], "topics": [],
  "date": {"edtf": "XXXX-05-14", "precision": "day", "method": "stated", "start": 78, "end": 84},
  "place": {"name": "Niamey", "country": "NER", "geonames": 2440485, "lat": 13.51, "lon": 2.11, "start": 68, "end": 74},
  "channel": "in_person", "setting": "bilateral", "formality": "informal", "status": "held",
  "confirmation": {"state": "one_side", "sides": ["NER"]},
  "participants": [
   {"name": "Hélène Vasseur", "entity": null, "role": "actor", "part": "visitor", "office": "envoy", "organisation": null, "side": null,
    "nationality": "FRA", "sector": "ELI", "serving": false, "level": 8, "start": 17, "end": 51},
   {"name": "Moussa Garba", "entity": null, "role": "recipient", "part": "host", "office": null, "organisation": null, "side": null,
    "nationality": null, "sector": null, "serving": null, "level": null, "start": 52, "end": 64}],
  "claims": ["c1"], "confidence": 0.9, "rule": "consult/meet", "x_entry": "consult: meet", "evidence": [{"start": 52, "end": 55}]}],
 "claims": [
  {"id": "c1", "event": "e1", "kind": "event", "asserter": {"name": "the ministry", "office": null, "organisation": "Foreign Ministry",
    "side": "NER", "anonymous": null, "start": 86, "end": 98}, "via": null, "channel": "statement",
   "cue": {"text": "said", "start": 99, "end": 103}, "content": {"start": 17, "end": 84}, "mode": "indirect", "quote": null,
   "polarity": "affirmed", "modality": "certain", "tense": "past", "narrator": false, "rule": "attribution/speech"},
  {"id": "c2", "event": null, "kind": "attribute", "asserter": null, "via": null, "channel": null, "cue": null,
   "content": {"start": 0, "end": 15}, "mode": "headline", "quote": null, "polarity": "affirmed", "modality": "hedged",
   "tense": "none", "narrator": true, "rule": "narrator/headline"}],
 "diagnostics": [{"severity": "warning", "message": "two places are called Niamey", "start": 68, "end": 74}]}"#;

const PLAIN: &str = "\
a.txt
Envoy in Niamey
publication date unknown, The Gazette; 1 event, 2 claims

e1  CONSULT · visit · held · CAMEO 042 · confidence 90 %
  when       14 May, year unknown
  where      Niamey, NER
  about      [diplomatic]
  how        in person; between two sides; called informal
  word       told by one side: NER
  who        name            office  side                                part
";

fn report() -> (Report, Record) {
    // Offsets in the text above are found, not counted by hand.
    let at = |words: &str| {
        let byte = TEXT.find(words).unwrap();
        let start = TEXT[..byte].chars().count();
        (start, start + words.chars().count())
    };
    let mut record: serde_json::Value = serde_json::from_str(RECORD).unwrap();
    let mut set = |pointer: &str, words: &str| {
        let (start, end) = at(words);
        let span = record.pointer_mut(pointer).unwrap();
        span["start"] = start.into();
        span["end"] = end.into();
    };
    set("/events/0/date", "14 May");
    set("/events/0/place", "Niamey on");
    set("/events/0/participants/0", "Former French envoy Hélène Vasseur");
    set("/events/0/participants/1", "Moussa Garba");
    set("/events/0/evidence/0", "met");
    set("/claims/0/asserter", "the ministry");
    set("/claims/0/cue", "said");
    set("/claims/0/content", "Former French envoy Hélène Vasseur met Moussa Garba in Niamey on 14 May");
    let report = Report {
        id: "a.txt".into(),
        text: TEXT.into(),
        outlet: Some("The Gazette".into()),
        ..Report::default()
    };
    (report, serde_json::from_value(record).unwrap())
}

fn page(width: usize, colour: bool) -> String {
    let (report, record) = report();
    report_page(&Screen { width, colour }, &report, &record)
}

#[test]
fn a_card_without_colour() {
    let shown = page(100, false);
    for (line, expected) in shown.lines().zip(PLAIN.lines()).take(11) {
        assert_eq!(line, expected, "\n{shown}");
    }
    for words in [
        "Hélène Vasseur  envoy   former, speaks for nobody (of FRA)  visitor",
        "Moussa Garba            unknown                             host",
        "  evidence   Former French envoy Hélène Vasseur met Moussa Garba in Niamey on 14 May, the",
        "\n             ---------------------------------- ^^^ ------------    ~~~~~~~~~ ======\n",
        "(“said”)",
        "  missing    year: unknown, give --published",
        "             side of Moussa Garba: not told",
        "Claims that tell of no event\n  c2 Envoy in Niamey — the headline (the outlet's own inference; in a headline; hedged)",
        "Notes\n  warning: two places are called Niamey (“",
    ] {
        assert!(shown.contains(words), "no {words:?} in\n{shown}");
    }
}

#[test]
fn colour_underlines_and_a_narrow_page_holds() {
    let coloured = page(100, true);
    assert!(
        coloured.contains("\x1b[1;4;33mmet\x1b[0m") && coloured.contains("\x1b[4;32m14 May\x1b[0m"),
        "{coloured}"
    );
    assert!(!coloured.contains("^^^"));
    let narrow = page(60, false);
    assert!(narrow.lines().all(|line| line.chars().count() <= 60), "\n{narrow}");
}

#[test]
fn reasons_are_given_for_every_field() {
    let (report, record) = report();
    let mut paper = Paper::new(Screen { width: 100, colour: false });
    let sheet = super::Page::new(&report);
    why_event(&mut paper, &sheet, &verbale::knowledge::Knowledge::embedded(), &record, &record.events[0]);
    why_claim(&mut paper, &sheet, &record.claims[0]);
    let shown = paper.finish();
    for words in [
        "rule       consult/meet",
        "dictionary consult: meet",
        "“met” (characters 52 to 55)",
        "XXXX-05-14 = 14 May, year unknown, method stated",
        "GeoNames 2440485, at 13.51, 2.11",
        "former envoy: speaks for nobody",
        "side unknown: no office is told",
        "because c1 rests on the ministry [NER]",
        "rule       attribution/speech",
        "manner     affirmed, certain, past tense",
    ] {
        assert!(shown.contains(words), "no {words:?} in\n{shown}");
    }
}
