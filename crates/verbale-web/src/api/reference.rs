//! What an answer can be looked up in: the codebook, from the live tables, and how accurate the coder was measured.

use serde_json::{Value, json};
use verbale::measure::Rules;
use verbale::model::ontology::{CAMEO, Context, EventType, Mode, QuadClass, Sector, scale};

use super::read;
use crate::call::{Call, Endpoint, Run};
use crate::problem::Problem;
use crate::reply::Reply;

/// What the coder was measured at, as `cargo score` writes it.
const SCORES: &str = include_str!("../../../../tests/gold/scores.csv");
/// How often events of each confidence were right, as `cargo score confidence` writes it.
const RELIABILITY: &str = include_str!("../../../../tests/gold/reliability.csv");

/// The endpoints of this file.
pub const ENDPOINTS: &[Endpoint] = &[
    read(
        "/v1/codebook",
        "codebook",
        "Types of events with modes and scales, CAMEO codes, contexts, sectors, rules of counting",
        "Any",
        Run::Still(codebook),
    ),
    read(
        "/v1/accuracy",
        "accuracy",
        "How accurate the coder is, on which public sets, with the floor that each version must reach",
        "Accuracy",
        Run::Still(accuracy),
    ),
];

fn codebook(_: &Call) -> Result<Reply, Problem> {
    let kinds = EventType::ALL.iter().map(|of| {
        let modes = of.modes().iter().map(|mode| json!({"mode": mode, "scale": scale(*of, Some(*mode))}));
        json!({"event_type": of, "quad": of.quad(), "scale": scale(*of, None), "recipient": of.requires_recipient(),
            "modes": modes.collect::<Vec<_>>()})
    });
    let quads = QuadClass::ALL.iter().map(|quad| json!({"quad": quad, "number": quad.number()}));
    let cameo = CAMEO.iter().map(|row| {
        json!({"code": row.code, "name": row.name, "goldstein": row.goldstein, "event_type": row.event_type,
            "mode": row.mode, "contexts": row.contexts})
    });
    let rules = Rules::built_in().filter_map(|name| Rules::named(name).ok()).map(|rules| {
        let mut whole = serde_json::to_value(&rules).unwrap_or(Value::Null);
        whole["hash"] = rules.hash().into();
        whole
    });
    Reply::json(&json!({
        "event_types": kinds.collect::<Vec<_>>(),
        "quads": quads.collect::<Vec<_>>(),
        "modes": Mode::ALL,
        "contexts": Context::ALL,
        "sectors": Sector::ALL,
        "cameo": cameo.collect::<Vec<_>>(),
        "rules": rules.collect::<Vec<_>>(),
    }))
}

/// Rows of what the coder was measured at: set, measure, value, floor, cases.
pub fn scores() -> impl Iterator<Item = csv::StringRecord> {
    csv::Reader::from_reader(SCORES.as_bytes()).into_records().filter_map(Result::ok)
}

/// Rows of how reliable confidence is: set, from, to, events, mean confidence, share right.
pub fn reliability() -> impl Iterator<Item = csv::StringRecord> {
    csv::Reader::from_reader(RELIABILITY.as_bytes()).into_records().filter_map(Result::ok)
}

fn accuracy(_: &Call) -> Result<Reply, Problem> {
    let scores = scores().map(|row| {
        let cell = |at: usize| row.get(at).filter(|cell| !cell.is_empty());
        let number = |at: usize| cell(at).and_then(|cell| cell.parse::<f64>().ok());
        json!({"set": cell(0), "measure": cell(1), "value": number(2), "floor": cell(3), "n": number(4)})
    });
    let reliability = reliability().map(|row| {
        let number = |at: usize| row.get(at).and_then(|cell| cell.parse::<f64>().ok());
        let events = row.get(3).and_then(|cell| cell.parse::<u64>().ok());
        json!({"set": row.get(0), "from": number(1), "to": number(2), "events": events, "confidence": number(4),
            "right": number(5)})
    });
    Reply::json(&json!({"coder": verbale::VERSION, "scores": scores.collect::<Vec<_>>(),
        "reliability": reliability.collect::<Vec<_>>()}))
}
