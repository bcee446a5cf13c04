//! PLV: one sentence, a source, a target and the PLOVER type of what the one did to the other.
//!
//! Of the events on the pair only the most confident counts. The source must be actor and the target recipient,
//! or either way round where the act is mutual. Where the set has a stand-in for a party the sentence does not
//! name, the other party alone decides.

use std::ops::Range;

use anyhow::Result;
use rayon::prelude::*;
use verbale::World;
use verbale::model::ontology::EventType;
use verbale::model::{Event, Participant, Report, Role};

use super::Measure;
use super::table::cells;

/// A sentence with its gold.
struct Case {
    sentence: String,
    source: String,
    target: String,
    gold: String,
}

/// What came of a sentence.
struct Outcome {
    /// Whether the most confident event on the pair has the gold type; `None` without an event on the pair.
    right: Option<bool>,
    events: usize,
}

/// Scores the table of sentences.
pub fn run(world: &World, text: &str) -> Result<Vec<Measure>> {
    let cases: Vec<Case> = cells(text, '\t').into_iter().skip(1).filter_map(case).collect();
    anyhow::ensure!(!cases.is_empty(), "the table of events holds no row of five cells");
    let outcomes: Vec<Outcome> = cases.par_iter().map(|case| judge(world, case)).collect();
    let count = |right: bool| outcomes.iter().filter(|outcome| outcome.right == Some(right)).count();
    let events: usize = outcomes.iter().map(|outcome| outcome.events).sum();
    let n = cases.len();
    Ok(vec![
        Measure::share("events", "right", count(true), n),
        Measure::share("events", "wrong type on the pair", count(false), n),
        Measure { n, ..Measure::share("events", "events per sentence", events, n) },
    ])
}

fn case(row: Vec<String>) -> Option<Case> {
    let [_, sentence, source, target, gold] = <[String; 5]>::try_from(row).ok()?;
    Some(Case { sentence, source, target, gold })
}

fn judge(world: &World, case: &Case) -> Outcome {
    let report = Report { id: "case".to_owned(), text: case.sentence.clone(), ..Report::default() };
    let record = verbale::read(world, &report);
    let (source, target) = (place(&case.sentence, &case.source), place(&case.sentence, &case.target));
    let mut best: Option<&Event> = None;
    for event in &record.events {
        let surer = best.is_none_or(|best| best.confidence < event.confidence);
        if surer && is_on_pair(event, source.as_ref(), target.as_ref()) {
            best = Some(event);
        }
    }
    Outcome { right: best.map(|event| agrees(event.event_type, &case.gold)), events: record.events.len() }
}

/// Where a party stands in the sentence, in characters.
fn place(sentence: &str, party: &str) -> Option<Range<u32>> {
    let start = sentence[..sentence.find(party)?].chars().count() as u32;
    Some(start..start + party.chars().count() as u32)
}

fn is_on_pair(event: &Event, source: Option<&Range<u32>>, target: Option<&Range<u32>>) -> bool {
    let mutual = matches!(event.event_type, EventType::Consult | EventType::Agree | EventType::Cooperate);
    let fits = |who: &Participant, place: &Range<u32>, role: Role| {
        (mutual || who.role == role) && who.span.start < place.end && place.start < who.span.end
    };
    let who = &event.participants;
    match (source, target) {
        (None, None) => false,
        (Some(source), None) => who.iter().any(|one| fits(one, source, Role::Actor)),
        (None, Some(target)) => who.iter().any(|one| fits(one, target, Role::Recipient)),
        (Some(source), Some(target)) => who.iter().enumerate().any(|(at, one)| {
            let mut others = who.iter().enumerate().filter(|(other, _)| *other != at);
            fits(one, source, Role::Actor) && others.any(|(_, other)| fits(other, target, Role::Recipient))
        }),
    }
}

/// The set's `YIELD` is PLOVER's CONCEDE or RETREAT.
fn agrees(found: EventType, gold: &str) -> bool {
    found.as_str() == gold || (gold == "YIELD" && matches!(found, EventType::Concede | EventType::Retreat))
}
