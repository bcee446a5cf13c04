//! Writes found events, participants and claims as record lines, for people who compare.

use serde_json::Value;

use crate::compare::list;
use crate::fields::word;

/// An event as `event TYPE mode | …`, with its participants after a dash.
pub fn event(event: &Value) -> String {
    let people: Vec<String> = list(event, "participants").iter().map(person).collect();
    format!(
        "event {} {} | status={} | date={} | place={}/{} | rule={} – {}",
        word(&event["event_type"]),
        word(&event["mode"]),
        word(&event["status"]),
        word(&event["date"]["edtf"]),
        word(&event["place"]["name"]),
        word(&event["place"]["country"]),
        word(&event["rule"]),
        people.join("; "),
    )
}

/// A participant as `Name (actor visitor PRT, foreign minister)`.
pub fn person(person: &Value) -> String {
    let [name, role, part, side, office] =
        ["name", "role", "part", "side", "office"].map(|field| word(&person[field]));
    format!("{name} ({role} {part} {side}, {office})")
}

/// A claim as `claim mode | …`.
pub fn claim(claim: &Value) -> String {
    format!(
        "claim {} | kind={} | asserter={} | side={} | anonymous={} | cue={} | modality={} | polarity={} | narrator={} | quote={:?} | partial={} | event={}",
        word(&claim["mode"]),
        word(&claim["kind"]),
        word(&claim["asserter"]["name"]),
        word(&claim["asserter"]["side"]),
        word(&claim["asserter"]["anonymous"]),
        word(&claim["cue"]["text"]),
        word(&claim["modality"]),
        word(&claim["polarity"]),
        word(&claim["narrator"]),
        word(&claim["quote"]["text"]),
        word(&claim["quote"]["partial"]),
        word(&claim["event"]),
    )
}
