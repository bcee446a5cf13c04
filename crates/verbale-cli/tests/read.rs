//! `verbale read` on good input: cards, JSON lines, order, offsets, names.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what is wrong by panicking"
)]

mod binary;

use binary::{Folder, root, verbale, with};
use serde_json::Value;

/// One meeting, told by one side, without a year.
const MEETING: &str = "Kenyan Foreign Minister Daniel Otieno met his Norwegian counterpart, Ingrid Solheim, in Oslo on 12 March, the Kenyan foreign ministry said.\n";

#[test]
fn a_meeting_becomes_a_card() {
    let folder = Folder::new();
    let ran = verbale(&["read", &folder.file("meeting.txt", MEETING)]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let card: Vec<&str> = ran.out.lines().collect();
    let has =
        |words: &str| assert!(card.iter().any(|line| line.contains(words)), "no {words:?} in\n{}", ran.out);
    assert!(!ran.out.contains('\x1b'), "no colour without a terminal");
    assert!(card[0].starts_with("The marks below the words"));
    has("publication date unknown; 1 event,");
    has("e1  CONSULT");
    has(" · held");
    has("when       12 March, year unknown");
    has("where      Oslo, NOR");
    has("word       told by one side: KEN");
    has("year: unknown, give --published");
    let at = card.iter().position(|line| line.contains("evidence")).unwrap();
    assert!(card[at].contains("Kenyan Foreign Minister Daniel Otieno met his"), "{}", card[at]);
    let met = card[at].find(" met ").unwrap() + 1;
    assert_eq!(card[at + 1].get(met..met + 3), Some("^^^"), "\n{}\n{}", card[at], card[at + 1]);
    assert!(card.iter().all(|line| line.chars().count() <= 100), "no line is longer than the page");
    let dated = verbale(&["read", &folder.path("meeting.txt"), "--published", "2025-03-14"]).out;
    assert!(dated.contains("12 March 2025 (year taken from the day of publication)"), "{dated}");
    assert!(!dated.contains("year: unknown"), "{dated}");
}

#[test]
fn spans_are_literal_slices() {
    let ran = verbale(&["read", "examples/reports", "--json", "--mentions", "--published", "2025-09-20"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let records: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ids: Vec<&str> = records.iter().map(|record| record["id"].as_str().unwrap()).collect();
    let expected = [
        "expulsion-vilnius.txt",
        "kabul-two-doors.txt",
        "readout-oslo.txt",
        "summit-montevideo.txt",
        "two-capitals.txt",
    ];
    let expected: Vec<String> = expected.iter().map(|name| format!("examples/reports/{name}")).collect();
    assert_eq!(ids[..5], expected);
    assert_eq!(ids[5..], ["call-tokyo-hanoi", "mediation-doha"]);
    let mut seen = 0;
    for record in &records[..5] {
        let text = std::fs::read_to_string(root().join(record["id"].as_str().unwrap())).unwrap();
        let text: Vec<char> = text.chars().collect();
        seen += slices(record, &text, record);
        assert!(record["events"].as_array().unwrap().iter().all(|event| event["confidence"].is_number()));
        assert_eq!(record["sha256"].as_str().unwrap().len(), 64);
    }
    assert!(seen > 100, "{seen} spans with a text");
}

/// Checks every object that has `text`, `start` and `end`, and counts them.
fn slices(value: &Value, text: &[char], record: &Value) -> usize {
    let below: usize = match value {
        Value::Array(values) => values.iter().map(|value| slices(value, text, record)).sum(),
        Value::Object(fields) => fields.values().map(|value| slices(value, text, record)).sum(),
        _ => 0,
    };
    let offset = |name: &str| value.get(name)?.as_u64().map(|at| usize::try_from(at).unwrap());
    let (Some(start), Some(end)) = (offset("start"), offset("end")) else { return below };
    assert!(start <= end && end <= text.len(), "{value} of {}", record["id"]);
    let Some(words) = value.get("text").and_then(Value::as_str) else { return below };
    assert_eq!(words, text[start..end].iter().collect::<String>(), "{value} of {}", record["id"]);
    below + 1
}

#[test]
fn mentions_come_when_asked_for() {
    let read = |arguments: &[&str]| -> Value {
        serde_json::from_str(&with(arguments, MEETING.as_bytes(), &[]).out).unwrap()
    };
    assert!(read(&["read", "-", "--json"]).get("mentions").is_none());
    assert!(read(&["read", "-", "--json", "--mentions"])["mentions"].is_array());
    assert_eq!(verbale(&["read", "-", "--mentions"]).code, 2);
}

#[test]
fn threads_change_nothing() {
    let folder = Folder::new();
    let line = |n: usize| {
        let text = MEETING.repeat(n % 4 + 1).replace("Oslo", ["Oslo", "Bergen", "Nairobi"][n % 3]);
        serde_json::json!({"id": n, "text": text, "published": "2025-03-14"}).to_string() + "\n"
    };
    let many = folder.file("many.jsonl", (0..60).map(line).collect::<String>());
    for format in [&["read", &many, "--json", "--mentions"][..], &["read", &many]] {
        let one = with(format, b"", &[("RAYON_NUM_THREADS", "1")]);
        let four = with(format, b"", &[("RAYON_NUM_THREADS", "4")]);
        assert_eq!(one.code, 0);
        assert!(one.out == four.out, "the same bytes for any number of threads");
    }
    let ids = verbale(&["read", &many, "--json"]).out;
    let ids: Vec<String> = ids
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids, (0..60).map(|n: usize| n.to_string()).collect::<Vec<_>>());
}

#[test]
fn standard_input_may_be_jsonl() {
    let lines = "{\"id\": \"a\", \"text\": \"He left.\", \"published\": \"2024\"}\n{\"id\": \"b\", \"text\": \"She came.\"}\n";
    let ran = with(&["read", "-", "--json", "--published", "2025-01-02"], lines.as_bytes(), &[]);
    let records: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(records[0]["published"], "2024");
    assert_eq!(records[1]["published"], "2025-01-02");
}

#[test]
fn a_knowledge_file_names_and_adds() {
    let folder = Folder::new();
    let broken = folder.file("broken.toml", "[[state]]\nname = 3\n");
    let ran = with(&["read", "-", "--knowledge", &broken], MEETING.as_bytes(), &[]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("broken.toml:"), "{}", ran.err);
    let ran = with(&["read", "-", "--names", "nobody"], MEETING.as_bytes(), &[]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("as-written and un"), "{}", ran.err);
    assert_eq!(with(&["read", "-", "--names", "un"], MEETING.as_bytes(), &[]).code, 0);
}

#[test]
fn text_cannot_move_the_cursor() {
    let text =
        "Kenya\u{1b}[2J\u{7} met \u{202e}Norway\u{202c} in Oslo\u{9b} on 12 March, the ministry said.\n";
    for arguments in [&["read", "-"][..], &["read", "-", "--json", "--mentions"], &["parse", "-"]] {
        let ran = with(arguments, text.as_bytes(), &[]);
        assert_eq!(ran.code, 0);
        let raw =
            |c: char| (c.is_control() && c != '\n' && c != '\t') || ('\u{202a}'..='\u{202e}').contains(&c);
        if arguments[0] == "read" {
            assert!(!ran.out.chars().any(raw), "{arguments:?}: {:?}", ran.out);
        } else {
            assert!(!ran.out.contains('\x1b'), "{:?}", ran.out);
        }
    }
}
