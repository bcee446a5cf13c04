//! What a key of a record line looks at in the JSON, and when it matches.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::compare::list;
use crate::expect::Key;

type Outcome = Result<(), String>;

/// Whether an event has one of the key's values; `Err` says what it has.
pub fn event_field(event: &Value, key: &Key) -> Outcome {
    match key.name.as_str() {
        "date" => exact(&event["date"]["edtf"], key),
        "method" | "precision" => exact(&event["date"][&key.name], key),
        "place" => one_of(key, &place(&event["place"]), |value| is_place(&event["place"], value)),
        "confirmation" => {
            let state = word(&event["confirmation"]["state"]);
            let full = format!("{state}:{}", joined(list(&event["confirmation"], "sides").iter().map(word)));
            one_of(key, &full, |value| value == state || value == full)
        }
        "sides" => {
            let found = joined(list(event, "participants").iter().map(|person| word(&person["side"])));
            one_of(key, &found, |value| value == found)
        }
        "summons" => exact(&Value::Bool(event["x_summons"] == true), key),
        "contexts" => {
            let found: BTreeSet<String> = list(event, "contexts").iter().map(word).collect();
            one_of(key, &joined(found.iter().cloned()), |value| {
                value.split(',').all(|context| found.contains(context))
            })
        }
        "topics" => {
            let found: Vec<String> = list(event, "topics")
                .iter()
                .map(|topic| format!("{} {}", word(&topic["text"]), word(&topic["topic"])))
                .collect();
            one_of(key, &found.join("; "), |value| {
                found.iter().any(|topic| lower(topic).contains(&lower(value)))
            })
        }
        "participants" => exact(&Value::from(list(event, "participants").len()), key),
        name => exact(&event[name], key),
    }
}

/// The same for a participant; offices and organisations match loosely.
pub fn person_field(person: &Value, key: &Key) -> Outcome {
    let field = &person[&key.name];
    if matches!(key.name.as_str(), "office" | "organisation") { loose(field, key) } else { exact(field, key) }
}

/// The same for a claim; `text` and `title` are what content spans refer to.
pub fn claim_field(claim: &Value, key: &Key, text: &str, title: &str) -> Outcome {
    let asserter = &claim["asserter"];
    match key.name.as_str() {
        "asserter" if asserter.is_null() => exact(asserter, key),
        "asserter" => loose(&asserter["name"], key),
        "office" | "organisation" => loose(&asserter[&key.name], key),
        "side" | "anonymous" => exact(&asserter[&key.name], key),
        "via" if claim["via"].is_null() => exact(&claim["via"], key),
        "via" => loose(&claim["via"]["name"], key),
        "cue" => loose(&claim["cue"]["text"], key),
        "partial" => exact(&claim["quote"]["partial"], key),
        "quote" => {
            let found = word(&claim["quote"]["text"]);
            one_of(key, &found, |value| bare(value) == bare(&found))
        }
        "content" => {
            let found = slice(&claim["content"], text, title);
            one_of(key, &found, |value| found.contains(value))
        }
        name => exact(&claim[name], key),
    }
}

/// Equal, or one contains the other, whatever the case.
pub fn same_name(found: &str, wanted: &str) -> bool {
    let (found, wanted) = (lower(found), lower(wanted));
    !found.is_empty() && !wanted.is_empty() && (found.contains(&wanted) || wanted.contains(&found))
}

fn exact(found: &Value, key: &Key) -> Outcome {
    let shown = word(found);
    one_of(key, &shown, |value| value == shown || (value == "any" && !found.is_null()))
}

fn loose(found: &Value, key: &Key) -> Outcome {
    let shown = word(found);
    one_of(
        key,
        &shown,
        |value| if value == "-" || shown == "-" { value == shown } else { same_name(&shown, value) },
    )
}

fn one_of(key: &Key, found: &str, matches: impl Fn(&str) -> bool) -> Outcome {
    if key.values.iter().any(|value| matches(value)) { Ok(()) } else { Err(found.to_owned()) }
}

fn is_place(place: &Value, value: &str) -> bool {
    match value.split_once('/') {
        _ if value == "-" || place.is_null() => value == "-" && place.is_null(),
        Some((name, country)) => same_name(&word(&place["name"]), name) && place["country"] == country,
        None => same_name(&word(&place["name"]), value),
    }
}

fn place(place: &Value) -> String {
    if place.is_null() {
        "-".to_owned()
    } else {
        format!("{}/{}", word(&place["name"]), word(&place["country"]))
    }
}

/// A value as record lines write it: `-` for null.
pub fn word(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The set, sorted, without nulls; `-` when empty.
fn joined(words: impl Iterator<Item = String>) -> String {
    let set: BTreeSet<String> = words.filter(|word| word != "-").collect();
    if set.is_empty() { "-".to_owned() } else { set.into_iter().collect::<Vec<_>>().join(",") }
}

fn lower(text: &str) -> String {
    text.to_lowercase().replace('’', "'")
}

/// Without the comma or stop that some styles set inside the marks.
fn bare(quote: &str) -> &str {
    quote.trim().trim_end_matches([',', '.', ';'])
}

fn slice(span: &Value, text: &str, title: &str) -> String {
    let at = |name: &str| span[name].as_u64().and_then(|at| usize::try_from(at).ok()).unwrap_or_default();
    let source = if span["in"] == "title" { title } else { text };
    source.chars().skip(at("start")).take(at("end").saturating_sub(at("start"))).collect()
}
