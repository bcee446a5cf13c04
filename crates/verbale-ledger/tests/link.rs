//! The corpus of linking, `tests/linking/*.md`, and properties of the linker on random tellings.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what is wrong by panicking"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};
use verbale_ledger::link::{Cluster, Edge, Profile, Ruling, cluster, compare, keys, merge};
use verbale_ledger::{Entry, Source, Telling, TellingId};

/// One line: `name | published | TYPE[/OF] [mode] [status] | people | date | place | more`.
fn telling(line: &str) -> Telling {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
    let (mut source, mut extra) = (Source { family: cell(0).to_owned(), ..Source::default() }, json!({}));
    source.published = Some(cell(1)).filter(|date| *date != "-").map(str::to_owned);
    let (mut document, mut event, mut said) = (cell(0).to_owned(), "e1".to_owned(), Vec::new());
    for word in cell(6).split_whitespace() {
        match word.split_once('=').unwrap_or((word, "")) {
            ("story", value) => value.clone_into(&mut source.story),
            ("family", value) => value.clone_into(&mut source.family),
            ("doc", value) => (document, event) = (value.to_owned(), cell(0).to_owned()),
            ("own", value) => source.side = Some(value.to_owned()),
            ("by", value) => said.push((value.to_owned(), "affirmed")),
            ("denier", value) => said.push((value.to_owned(), "negated")),
            ("superseded", _) => source.superseded = true,
            ("topic", value) => {
                extra["topics"] = json!([{"text": value, "topic": value, "start": 0, "end": 1}]);
            }
            (key, value) => extra[key] = json!(value),
        }
    }
    let mut kind = cell(2).split_whitespace();
    let (event_type, of) = kind
        .next()
        .unwrap()
        .split_once('/')
        .map_or((cell(2).split(' ').next().unwrap(), None), |(a, b)| (a, Some(b)));
    let (mut mode, mut status) = (Value::Null, "held");
    for word in kind {
        if ["held", "planned", "cancelled", "denied", "hypothetical"].contains(&word) {
            status = word;
        } else {
            mode = json!(word);
        }
    }
    let people: Vec<Value> = cell(3).split('+').filter(|one| !one.trim().is_empty()).map(person).collect();
    let date = match cell(4).split_once(' ').unwrap_or((cell(4), "stated")) {
        ("-", _) => source.published.as_ref().filter(|_| status == "held").map_or(
            Value::Null,
            |published| json!({"edtf": format!("[..{published}]"), "precision": "none", "method": "none"}),
        ),
        (edtf, method) => json!({"edtf": edtf, "precision": precision(edtf), "method": method}),
    };
    let claims: Vec<Value> = if said.is_empty() {
        vec![claim(1, None, "affirmed", &event)]
    } else {
        said.iter().enumerate().map(|(at, (side, how))| claim(at + 1, Some(side), how, &event)).collect()
    };
    let ids: Vec<Value> = claims.iter().map(|claim| claim["id"].clone()).collect();
    let mut made = json!({
        "id": event, "event_type": event_type, "mode": mode, "cameo": null, "contexts": [], "topics": [],
        "date": date, "place": place(cell(5)), "channel": null, "setting": null, "formality": null,
        "status": status, "confirmation": {"state": "unattributed", "sides": []}, "participants": people,
        "claims": ids, "confidence": 0.8, "rule": "consult/meet", "evidence": [],
    });
    if let Some(of) = of {
        made["x_of"] = json!(of);
    }
    made.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    Telling {
        id: TellingId { document, event },
        source,
        event: serde_json::from_value(made).unwrap_or_else(|error| panic!("{line}: {error}")),
        claims: claims.into_iter().map(|claim| serde_json::from_value(claim).unwrap()).collect(),
    }
}

fn precision(edtf: &str) -> &'static str {
    match edtf.len() {
        4 => "year",
        7 => "month",
        10 => "day",
        _ => "interval",
    }
}

/// `Name, office, SIDE`; `>` before it makes a recipient; an office without a name is `-, office, SIDE`.
fn person(text: &str) -> Value {
    let (role, text) =
        text.trim().strip_prefix('>').map_or(("actor", text.trim()), |rest| ("recipient", rest.trim()));
    let cells: Vec<&str> = text.split(',').map(str::trim).collect();
    let side = Some(*cells.last().unwrap()).filter(|side| *side != "-");
    let (name, office) = match cells.len() {
        1 => (cells[0], None),
        2 => (cells[0], None),
        _ => (cells[0], Some(cells[1]).filter(|office| !office.is_empty())),
    };
    let personal = cells.len() > 2;
    let name = if name == "-" { office.unwrap() } else { name };
    json!({"name": name, "entity": null, "role": role, "part": null, "office": office, "organisation": null,
        "side": side, "nationality": side, "sector": "GOV", "serving": personal.then_some(true),
        "level": personal.then_some(2), "start": 0, "end": 1})
}

/// `Town/STA`, or a country: `STA`.
fn place(text: &str) -> Value {
    match text.split_once('/') {
        _ if text.is_empty() || text == "-" => Value::Null,
        Some((town, country)) => {
            let id = town
                .bytes()
                .fold(20_000_000_u32, |id, byte| id.wrapping_mul(31) % 1_000_000_007 + u32::from(byte));
            json!({"name": town, "country": country, "geonames": id, "lat": null, "lon": null})
        }
        None => json!({"name": text, "country": text, "geonames": null, "lat": null, "lon": null}),
    }
}

fn claim(at: usize, side: Option<&str>, polarity: &str, event: &str) -> Value {
    let asserter = side.map(|side| {
        json!({"name": "spokesman", "office": "spokesman", "organisation": null, "side": side, "anonymous": null, "start": 0, "end": 1})
    });
    json!({"id": format!("c{at}"), "event": event, "kind": "event", "asserter": asserter, "via": null, "channel": null,
        "cue": null, "content": {"start": 0, "end": 1}, "mode": "narration", "quote": null, "polarity": polarity,
        "modality": "certain", "tense": "past", "narrator": false, "rule": "x"})
}

fn edges(tellings: &[&Telling]) -> Vec<Edge> {
    let profiles: Vec<Profile<'_>> = tellings.iter().map(|telling| Profile::of(telling)).collect();
    let mut out = Vec::new();
    for a in 0..tellings.len() {
        for b in a + 1..tellings.len() {
            if let Some(found) = profiles[a].compare(&profiles[b]) {
                out.push(Edge { a, b, score: found.score, reasons: found.reasons });
            }
        }
    }
    out
}

fn name(telling: &Telling) -> String {
    if telling.id.event == "e1" { telling.id.document.clone() } else { telling.id.event.clone() }
}

struct Case {
    title: String,
    tellings: Vec<Telling>,
    rulings: Vec<(bool, String, String)>,
    expected: Vec<(String, String)>,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/linking");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let mut cases: Vec<Case> = Vec::new();
    for file in files.iter().filter(|file| !file.ends_with("README.md")) {
        for line in fs::read_to_string(file).unwrap().lines() {
            if let Some(title) = line.strip_prefix("## ") {
                let (title, empty) = (title.to_owned(), Vec::new());
                cases.push(Case { title, tellings: empty, rulings: Vec::new(), expected: Vec::new() });
            } else if let Some((key, value)) = line.split_once(": ").filter(|(key, _)| !key.contains('|')) {
                let case = cases.last_mut().unwrap();
                let (one, other) = value.split_once(' ').unwrap_or((value, ""));
                match key {
                    "ruled together" => case.rulings.push((true, one.to_owned(), other.to_owned())),
                    "ruled apart" => case.rulings.push((false, one.to_owned(), other.to_owned())),
                    _ => case.expected.push((key.to_owned(), value.to_owned())),
                }
            } else if line.contains(" | ") {
                cases.last_mut().unwrap().tellings.push(telling(line));
            }
        }
    }
    cases
}

fn shown(tellings: &[&Telling], clusters: &[Cluster]) -> String {
    let mut groups: Vec<String> = clusters
        .iter()
        .map(|cluster| {
            let mut names: Vec<String> = cluster.members.iter().map(|at| name(tellings[*at])).collect();
            names.sort();
            names.join(" ")
        })
        .collect();
    groups.sort();
    groups.join(", ")
}

fn field(entry: &Entry, key: &str) -> String {
    let event = &entry.event;
    match key {
        "confirmation" => {
            format!("{} {}", event.confirmation.state, event.confirmation.sides.join(" ")).trim().to_owned()
        }
        "date" => event.date.as_ref().unwrap().edtf.clone(),
        "place" => event.place.as_ref().unwrap().name.clone(),
        "status" => format!("{} {}", event.event_type, event.status),
        "who" => event.participants.iter().map(|one| one.name.clone()).collect::<Vec<_>>().join(", "),
        "sources" => entry.sources.to_string(),
        "confidence" => event.confidence.to_string(),
        "first" => name_of(&event.id),
        "differences" => entry.differences.join("; "),
        other => panic!("nothing is called {other}"),
    }
}

fn name_of(id: &str) -> String {
    id.trim_end_matches(":e1").to_owned()
}

#[test]
fn the_corpus_links_as_it_says() {
    let mut wrong = String::new();
    let cases = cases();
    assert!(cases.len() >= 60, "{} cases", cases.len());
    for case in &cases {
        let tellings: Vec<&Telling> = case.tellings.iter().collect();
        let id = |wanted: &str| {
            tellings.iter().find(|one| name(one) == wanted).expect("a telling of that name").id.clone()
        };
        let rulings: Vec<Ruling> = case
            .rulings
            .iter()
            .map(
                |(together, a, b)| {
                    if *together { Ruling::Together(id(a), id(b)) } else { Ruling::Apart(id(a), id(b)) }
                },
            )
            .collect();
        let edges = edges(&tellings);
        let clusters = cluster(&tellings, &edges, &rulings);
        for (key, expected) in &case.expected {
            let found = if key == "entries" {
                shown(&tellings, &clusters)
            } else {
                field(&merge(&tellings, &clusters[0]), key)
            };
            if found != *expected {
                let links: Vec<_> = edges
                    .iter()
                    .map(|edge| {
                        format!(
                            "{}-{} {:.2} {:?}",
                            name(tellings[edge.a]),
                            name(tellings[edge.b]),
                            edge.score,
                            edge.reasons
                        )
                    })
                    .collect();
                let _ = writeln!(
                    wrong,
                    "{}\n  {key}: {expected}\n  found: {found}\n  links: {links:?}",
                    case.title
                );
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Random tellings whose parts come from few values, so that many of them agree.
fn random() -> impl Strategy<Value = Telling> {
    let people = vec![
        "Ingrid Solheim, foreign minister, NOR",
        "Solheim, foreign minister, NOR",
        "-, foreign minister, NOR",
        "Norway, NOR",
        "Daniel Mboya, foreign minister, KEN",
        "> Kenya, KEN",
        "Ana Ruiz, president, ESP",
        "Nobody Known, , -",
        "African Union, IGO",
    ];
    let dates = vec![
        "-",
        "2025-05-13",
        "2025-05-14 relative",
        "2025-05-15",
        "2025-05",
        "2025",
        "XXXX-05-14",
        "2025-05-12/2025-05-18",
        "junk",
        "2025-02-31",
        "9999-12-31",
        "[..]",
        "/",
    ];
    let kinds = vec![
        "CONSULT",
        "CONSULT visit",
        "CONSULT phone",
        "CONSULT multilateral",
        "AGREE/CONSULT planned",
        "ACCUSE",
        "SANCTION",
        "CONSULT cancelled",
    ];
    let more =
        vec!["", "story=s", "family=f", "setting=bilateral", "topic=fisheries", "by=NOR", "denier=KEN"];
    (
        0..40_u32,
        select(vec!["-", "2025-05-13", "2025-05-15", "2025", "odd"]),
        select(kinds),
        subsequence(people, 1..5),
        select(dates),
        select(vec!["-", "Oslo/NOR", "Bergen/NOR", "NOR", "Nairobi/KEN"]),
        select(more),
        0..3_u32,
    )
        .prop_map(|(document, published, kind, people, date, place, more, event)| {
            telling(&format!(
                "x{event} | {published} | {kind} | {} | {date} | {place} | {more} doc=d{document}",
                people.join(" + ")
            ))
        })
}

fn many() -> impl Strategy<Value = Vec<Telling>> {
    prop::collection::vec(random(), 2..14).prop_map(|mut all| {
        all.sort_by(|a, b| a.id.cmp(&b.id));
        all.dedup_by(|a, b| a.id == b.id);
        all
    })
}

fn entries(tellings: &[&Telling], rulings: &[Ruling]) -> String {
    let clusters = cluster(tellings, &edges(tellings), rulings);
    let entries: Vec<Entry> = clusters.iter().map(|cluster| merge(tellings, cluster)).collect();
    serde_json::to_string(&entries).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn comparison_is_symmetric_and_found_by_keys(a in random(), b in random()) {
        let found = compare(&a, &b);
        prop_assert_eq!(&found, &compare(&b, &a));
        if found.is_some() {
            let (x, y): (BTreeSet<_>, BTreeSet<_>) = (keys(&a).into_iter().collect(), keys(&b).into_iter().collect());
            prop_assert!(!x.is_disjoint(&y), "{:?} and {:?}", x, y);
        }
    }

    #[test]
    fn the_order_of_tellings_does_not_matter(
        (tellings, shuffled) in many().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle()))
    ) {
        let (one, other): (Vec<&Telling>, Vec<&Telling>) = (tellings.iter().collect(), shuffled.iter().collect());
        prop_assert_eq!(entries(&one, &[]), entries(&other, &[]));
    }

    #[test]
    fn what_is_ruled_apart_stays_apart(
        (tellings, rulings) in many().prop_flat_map(|all| {
            let rulings = prop::collection::vec((any::<bool>(), 0..all.len(), 0..all.len()), 0..8);
            (Just(all), rulings)
        })
    ) {
        let all: Vec<&Telling> = tellings.iter().collect();
        let made: Vec<Ruling> = rulings.iter().map(|(together, a, b)| {
            let (a, b) = (all[*a].id.clone(), all[*b].id.clone());
            if *together { Ruling::Together(a, b) } else { Ruling::Apart(a, b) }
        }).collect();
        let clusters = cluster(&all, &edges(&all), &made);
        let places: usize = clusters.iter().map(|cluster| cluster.members.len()).sum();
        prop_assert_eq!(places, all.len());
        for (at, (together, a, b)) in rulings.iter().enumerate() {
            let same = |x: &(bool, usize, usize)| (x.1, x.2) == (*a, *b) || (x.2, x.1) == (*a, *b);
            let overruled = rulings[at + 1..].iter().any(same);
            let joined = clusters.iter().any(|cluster| cluster.members.contains(a) && cluster.members.contains(b));
            prop_assert!(*together || overruled || a == b || !joined);
        }
    }
}
