//! Properties that hold for every report: spans, quotes, threads, the record read back, any text at all.
//!
//! Reports are put together from pieces of diplomatic prose, so that there is something to code, and
//! from what files are full of otherwise. Cases are few: the language model runs on each.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what is wrong by panicking"
)]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;
use verbale::World;
use verbale::model::{Record, Report};

static WORLD: LazyLock<World> = LazyLock::new(|| World::embedded().unwrap_or_else(|error| panic!("{error}")));

const WHO: &[&str] = &[
    "Foreign Minister Ana Lopes",
    "the Kenyan president",
    "Norway's special envoy for Sudan, Nils Brandvold,",
    "“Minister” Gül Özdemir",
    "the Élysée",
    "Beijing",
    "a spokesman for the ministry",
    "he",
    "former ambassador José Ñandú",
];

const DID: &[&str] = &[
    "met",
    "will hold talks with",
    "did not visit",
    "condemned",
    "signed an agreement with",
    "spoke by telephone with",
    "threatened to expel",
    "recognised",
    "reportedly asked for help from",
];

const WHOM: &[&str] = &[
    "her Portuguese counterpart",
    "the Turkish delegation",
    "Prime Minister 王伟",
    "Chad",
    "the United Nations",
    "both sides",
    "the people of Quito",
];

const WHEN: &[&str] =
    &["on Tuesday", "in Nairobi on 3 May", "last week", "on 22 October 2019", "at the airport", ""];

const SAID: &[&str] = &[
    ", the ministry said.",
    ", according to two officials.",
    ". “We agreed on nothing,” she added.",
    " and called the talks \"frank and useful\".",
    ". Analysts say it seems to be a new course.",
    ".",
    "",
];

/// Publication dates, some of them wrong.
const DATES: &[&str] =
    &["2019-10-24", "2020-02-29", "2024-05", "1999", "", "yesterday", "2023-02-31", "-1-1-1", "２０２４"];

/// What files are full of otherwise.
const ODD: &[&str] = &[
    "\u{202e}",
    "\u{2066}abc\u{2069}",
    "\u{200f}",
    "\u{feff}",
    "\0",
    "\u{7}",
    "\u{301}",
    "e\u{301}",
    "👩‍👩‍👧",
    "🇰🇪",
    "“““",
    "\"",
    "’s",
    "U.S.",
    "St. ",
    "\r\n",
    "\n\n\n",
    "\t",
    "\u{a0}",
    "\u{2028}",
    "وزير الخارجية",
    "外交部长",
    "http://a.b/c?d=e",
    "(Photo: X)",
    "NAIROBI, May 3 (ABC) --",
    "<b>",
    "&amp;",
    "-",
    "—",
    "1/2/2020",
    "31 February",
    "9999999999999999",
];

fn sentence() -> impl Strategy<Value = String> {
    (select(WHO), select(DID), select(WHOM), select(WHEN), select(SAID))
        .prop_map(|(who, did, whom, when, said)| format!("{who} {did} {whom} {when}{said}"))
}

fn prose() -> impl Strategy<Value = String> {
    let gap = select(vec![" ", "\n\n", "\r\n", "  "]);
    prop::collection::vec((sentence(), gap), 1..6)
        .prop_map(|parts| parts.into_iter().map(|(sentence, gap)| sentence + gap).collect())
}

/// Prose with odd things dropped in anywhere.
fn spoilt() -> impl Strategy<Value = String> {
    let drops = prop::collection::vec((any::<prop::sample::Index>(), select(ODD)), 0..8);
    (prose(), drops).prop_map(|(mut text, drops)| {
        for (at, odd) in drops {
            text.insert_str(text.floor_char_boundary(at.index(text.len() + 1)), odd);
        }
        text
    })
}

fn odd() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(select([ODD, WHO, DID].concat()), 0..30);
    prop_oneof![pieces.prop_map(|pieces| pieces.concat()), any::<String>()]
}

fn published() -> impl Strategy<Value = Option<String>> {
    prop_oneof![Just(None), select(DATES).prop_map(|date| Some(date.to_owned()))]
}

fn report() -> impl Strategy<Value = Report> {
    let title = prop_oneof![Just(None), sentence().prop_map(Some), odd().prop_map(Some)];
    let text = prop_oneof![3 => spoilt(), 1 => odd()];
    (text, title, published()).prop_map(|(text, title, published)| Report {
        id: "a".to_owned(),
        text,
        title,
        published,
        ..Report::default()
    })
}

fn read(report: &Report) -> Record {
    verbale::read(&WORLD, report)
}

fn json(record: &Record) -> String {
    serde_json::to_string(record).unwrap()
}

/// Every object of a value, outermost first.
fn objects(value: &Value) -> Vec<&serde_json::Map<String, Value>> {
    match value {
        Value::Object(map) => std::iter::once(map).chain(map.values().flat_map(objects)).collect(),
        Value::Array(items) => items.iter().flat_map(objects).collect(),
        _ => Vec::new(),
    }
}

/// The public contract of spans: whatever has a `start` lies in the text, or in the title when it
/// says so, and its `text` is the literal slice.
fn assert_spans(report: &Report, record: &Record) {
    let value = serde_json::to_value(record).unwrap();
    let body: Vec<char> = report.text.chars().collect();
    let title: Vec<char> = report.title.as_deref().unwrap_or_default().chars().collect();
    for object in objects(&value) {
        let Some(start) = object.get("start") else { continue };
        let range = start.as_u64().unwrap() as usize..object["end"].as_u64().unwrap() as usize;
        let chars = match object.get("in") {
            Some(place) => {
                assert_eq!(place, "title");
                &title
            }
            None => &body,
        };
        assert!(range.start < range.end, "an empty span in {object:?}");
        let Some(slice) = chars.get(range) else { panic!("outside its text: {object:?}") };
        if let Some(text) = object.get("text") {
            assert_eq!(text.as_str().unwrap(), slice.iter().collect::<String>(), "not the literal slice");
        }
    }
}

/// Claims and events name each other, and every id once.
fn assert_ids(record: &Record) {
    let events: BTreeSet<_> = record.events.iter().map(|event| &event.id).collect();
    let claims: BTreeSet<_> = record.claims.iter().map(|claim| &claim.id).collect();
    assert_eq!((events.len(), claims.len()), (record.events.len(), record.claims.len()), "an id twice");
    for event in &record.events {
        assert!(!event.claims.is_empty(), "{} rests on no claim", event.id);
        assert!(
            event.claims.iter().all(|claim| claims.contains(claim)),
            "{} names a claim that is not there",
            event.id
        );
    }
    for claim in &record.claims {
        let known = claim.event.as_ref().is_none_or(|event| events.contains(event));
        assert!(known, "{} names an event that is not there", claim.id);
    }
}

fn assert_quotes(report: &Report, record: &Record) {
    for quote in record.claims.iter().filter_map(|claim| claim.quote.as_ref()) {
        let source =
            if quote.span.in_title { report.title.as_deref().unwrap_or_default() } else { &report.text };
        assert!(source.contains(&quote.text), "not in the report: {:?}", quote.text);
    }
}

fn assert_read_back(record: &Record) {
    let text = json(record);
    let again: Record = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(&again, record);
    assert_eq!(json(&again), text);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_record_keeps_the_contract(report in report()) {
        let record = read(&report);
        assert_spans(&report, &record);
        assert_ids(&record);
        assert_quotes(&report, &record);
        assert_read_back(&record);
    }

    #[test]
    fn tokens_tile_the_text(text in prop_oneof![spoilt(), odd()]) {
        let doc = verbale::nlp::annotate(&WORLD.language, &text);
        let mut end = 0;
        for token in doc.tokens() {
            let bytes = token.bytes();
            prop_assert!(bytes.start >= end && bytes.end > bytes.start, "{bytes:?} after {end}");
            prop_assert!(text[end..bytes.start].chars().all(char::is_whitespace), "a gap before {bytes:?}");
            prop_assert_eq!(&text[bytes.clone()], token.text());
            end = bytes.end;
        }
        prop_assert!(text[end..].chars().all(char::is_whitespace), "a gap at the end");
    }

    #[test]
    fn each_sentence_is_one_tree(text in spoilt()) {
        let doc = verbale::nlp::annotate(&WORLD.language, &text);
        for sent in doc.sents() {
            let roots = sent.tokens().filter(|token| token.is_root()).count();
            prop_assert_eq!(roots, 1);
            for token in sent.tokens() {
                prop_assert!(token.ancestors().take(doc.len() + 1).count() <= doc.len(), "a cycle");
            }
        }
    }
}

/// Reports that are the same on every run.
fn samples() -> Vec<Report> {
    let mut texts = vec![String::new(), "\n".to_owned()];
    for (at, who) in WHO.iter().enumerate() {
        let pick = |words: &[&'static str], step: usize| words[(at * step + 1) % words.len()];
        texts.push(format!("{who} {} {} {}{}", pick(DID, 1), pick(WHOM, 2), pick(WHEN, 3), pick(SAID, 2)));
    }
    let whole = texts.join("\n\n");
    texts.push(whole);
    let report = |text| Report { text, published: Some("2024-05-07".to_owned()), ..Report::default() };
    texts.into_iter().map(report).collect()
}

#[test]
fn one_thread_and_four_give_the_same_bytes() {
    let reports = samples();
    let alone: Vec<String> = reports.iter().map(|report| json(&read(report))).collect();
    let (reports, alone) = (&reports, &alone);
    std::thread::scope(|scope| {
        for first in 0..4 {
            scope.spawn(move || {
                // Each thread begins elsewhere, so that different reports are read side by side.
                for step in 0..reports.len() {
                    let at = (first * 3 + step) % reports.len();
                    assert_eq!(json(&read(&reports[at])), alone[at]);
                }
            });
        }
    });
}

#[test]
fn titles_have_spans_of_their_own() {
    let title = "Kenya’s president meets Portuguese foreign minister";
    let text = "The talks in Nairobi on Monday turned on fisheries.";
    let report = |title: Option<&str>| Report {
        text: text.to_owned(),
        title: title.map(str::to_owned),
        ..Report::default()
    };
    let with = report(Some(title));
    let record = read(&with);
    assert_spans(&with, &record);
    let mentions = record.mentions.as_deref().unwrap_or_default();
    assert!(mentions.iter().any(|mention| mention.span.in_title), "no mention in the title");
    assert!(mentions.iter().any(|mention| !mention.span.in_title), "no mention in the text");
    assert_eq!(record.sha256, read(&report(None)).sha256, "the hash is of the text alone");
}

#[test]
fn any_text_is_read() {
    let long = "Minister Lopes met envoys in Quito and ".repeat(300);
    let nested = "“(".repeat(400);
    let word = "a".repeat(100_000);
    let quotes = "\"No,\" he said. ".repeat(60);
    let lists = "Kenya, Chad, Peru, ".repeat(120);
    let bidi = "\u{202e}\u{2067}met\u{2069}\u{202c} ".repeat(50);
    for text in [long, nested, word, quotes, lists, bidi, "\0".repeat(1000), "\n".repeat(50_000)] {
        let report = Report { text, published: Some("2024-05-07".to_owned()), ..Report::default() };
        let record = read(&report);
        assert_spans(&report, &record);
        assert_ids(&record);
    }
}
