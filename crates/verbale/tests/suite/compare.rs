//! Compares what a case expects with the record's JSON, and says each difference in one line.

use serde_json::Value;

use crate::expect::{EventLine, Expected, Key, WhoLine};
use crate::fields::{claim_field, event_field, person_field, same_name};
use crate::shown;

/// The differences between expectation and record, empty when the case passes.
pub fn compare(expected: &Expected, record: &Value, text: &str, title: &str) -> Vec<String> {
    let mut differences = Vec::new();
    let events = list(record, "events");
    let mut free: Vec<&Value> = events.iter().collect();
    for (line, found) in pair(&expected.events, &mut free) {
        match found {
            Some(event) => differences.extend(event_differences(line, event)),
            None => differences.push(format!("missing  {}", line.raw)),
        }
    }
    for line in expected.events.iter().filter(|line| !line.required) {
        if let Some(at) = free.iter().position(|event| event_differences(line, event).is_empty()) {
            free.remove(at);
        }
    }
    differences.extend(free.iter().map(|event| format!("extra    {}", shown::event(event))));
    let claims = list(record, "claims");
    for line in &expected.claims {
        let found = claims
            .iter()
            .any(|claim| line.keys.iter().all(|key| claim_field(claim, key, text, title).is_ok()));
        if found != line.wanted {
            differences.push(format!("{} {}", if found { "unwanted" } else { "missing " }, line.raw));
            differences.extend(claims.iter().map(|claim| format!("    found {}", shown::claim(claim))));
        }
    }
    differences
}

/// Pairs each required line with the event of its type that differs least; events that are left stay in `free`.
fn pair<'e, 'v>(
    lines: &'e [EventLine],
    free: &mut Vec<&'v Value>,
) -> Vec<(&'e EventLine, Option<&'v Value>)> {
    let mut open: Vec<&EventLine> = lines.iter().filter(|line| line.required).collect();
    let mut pairs = Vec::new();
    loop {
        let cost = |&(line, event): &(usize, usize)| event_differences(open[line], free[event]).len();
        let all = (0..open.len()).flat_map(|line| (0..free.len()).map(move |event| (line, event)));
        let best = all.filter(|&(line, event)| of_type(open[line], free[event])).min_by_key(cost);
        let Some((line, event)) = best else { break };
        pairs.push((open.remove(line), Some(free.remove(event))));
    }
    pairs.extend(open.into_iter().map(|line| (line, None)));
    pairs
}

fn of_type(line: &EventLine, event: &Value) -> bool {
    line.types.iter().any(|word| event["event_type"] == word.as_str())
}

fn event_differences(line: &EventLine, event: &Value) -> Vec<String> {
    let mut differences = Vec::new();
    if !of_type(line, event) {
        differences.push(said("type", &line.types.join(" or "), &event["event_type"].to_string(), event));
    }
    if !line.modes.is_empty() {
        let key = Key { name: "mode".to_owned(), values: line.modes.clone() };
        differences.extend(difference(&key, event_field(event, &key), event));
    }
    for key in &line.keys {
        differences.extend(difference(key, event_field(event, key), event));
    }
    differences.extend(people(&line.who, event));
    differences
}

/// Each `who` line takes a participant of its own; named lines choose first.
fn people(lines: &[WhoLine], event: &Value) -> Vec<String> {
    let mut free: Vec<&Value> = list(event, "participants").iter().collect();
    let mut differences = Vec::new();
    let (any, named): (Vec<&WhoLine>, Vec<&WhoLine>) = lines.iter().partition(|line| line.name == "*");
    for line in named.into_iter().chain(any) {
        let wrong =
            |person: &Value| line.keys.iter().filter(|key| person_field(person, key).is_err()).count();
        let candidates = (0..free.len())
            .filter(|&at| line.name == "*" || same_name(free[at]["name"].as_str().unwrap_or(""), &line.name));
        let Some(best) = candidates.min_by_key(|&at| wrong(free[at])) else {
            let found: Vec<_> = list(event, "participants").iter().map(shown::person).collect();
            differences.push(format!("{}: expected {} / found {}", id(event), line.raw, found.join("; ")));
            continue;
        };
        let person = free.remove(best);
        for key in &line.keys {
            if let Err(found) = person_field(person, key) {
                let name = person["name"].as_str().unwrap_or("?");
                differences.push(said(
                    &format!("{name}: {}", key.name),
                    &key.values.join(" or "),
                    &found,
                    event,
                ));
            }
        }
    }
    differences
}

fn difference(key: &Key, outcome: Result<(), String>, event: &Value) -> Option<String> {
    outcome.err().map(|found| said(&key.name, &key.values.join(" or "), &found, event))
}

fn said(what: &str, expected: &str, found: &str, event: &Value) -> String {
    format!("{}: {what}: expected {expected} / found {found}", id(event))
}

fn id(event: &Value) -> String {
    format!("{} {}", event["id"].as_str().unwrap_or("e?"), event["event_type"].as_str().unwrap_or("?"))
}

/// The array under `name`, empty when there is none.
pub fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::compare;
    use crate::expect::parse;

    fn differences(block: &str, record: &Value) -> Vec<String> {
        let lines: Vec<_> = block.lines().enumerate().collect();
        compare(&parse(&lines).unwrap(), record, "Ana said “yes”.", "")
    }

    fn record() -> Value {
        json!({"events": [
            {"id": "e1", "event_type": "CONSULT", "mode": "visit", "status": "held", "date": {"edtf": "2024-05-06", "method": "relative"},
             "place": {"name": "Nairobi", "country": "KEN"}, "confirmation": {"state": "one_side", "sides": ["KEN"]}, "contexts": ["diplomatic"],
             "participants": [{"name": "Ana Lopes", "side": "PRT", "level": 2, "office": "foreign minister"}, {"name": "Kenya", "side": "KEN", "office": null}]},
            {"id": "e2", "event_type": "CONSULT", "mode": null, "status": "planned", "date": null, "place": null, "participants": [], "x_summons": true}],
          "claims": [{"mode": "quote", "narrator": false, "asserter": {"name": "Ana Lopes", "side": "PRT"}, "cue": {"text": "said"},
             "quote": {"text": "yes", "partial": true}, "content": {"start": 10, "end": 13}, "event": null}]})
    }

    #[test]
    fn a_right_record_passes() {
        let block = "event CONSULT - | summons=true | date=- | place=- | sides=-\n\
            event CONSULT visit | date=2024-05-06 | place=Nairobi/KEN | sides=KEN,PRT | confirmation=one_side:KEN | contexts=diplomatic | participants=2\n\
            who Lopes | level=2 | office=Foreign Minister\nwho * | side=KEN | office=-\n\
            claim quote | asserter=Lopes | cue=said | quote=\"yes\" | content~=\"yes\" | partial=true | event=-\nnot claim | narrator=true";
        assert_eq!(differences(block, &record()), Vec::<String>::new());
    }

    #[test]
    fn each_difference_is_told() {
        let block = "event CONSULT visit | date=2024-05-07 | place=Nairobi/UGA\nwho Ana Lopes | level=1\nwho Omar\nevent AID\nclaim indirect | cue=said";
        let found = differences(block, &record());
        let told =
            |words: &str| assert!(found.iter().any(|line| line.contains(words)), "{words}: {found:#?}");
        told("date: expected 2024-05-07 / found 2024-05-06");
        told("place: expected Nairobi/UGA / found Nairobi/KEN");
        told("Ana Lopes: level: expected 1 / found 2");
        told("expected who Omar");
        told("missing  event AID");
        told("extra    event CONSULT");
        told("missing  claim indirect");
    }

    #[test]
    fn what_may_be_found_need_not_be() {
        let one = json!({"events": [{"id": "e1", "event_type": "AID", "status": "denied"}], "claims": []});
        assert!(differences("maybe AID | status=denied", &one).is_empty());
        assert!(differences("maybe AID | status=denied", &json!({"events": [], "claims": []})).is_empty());
        assert_eq!(differences("maybe AID | status=held", &one).len(), 1);
        assert_eq!(differences("no events", &one).len(), 1);
    }
}
