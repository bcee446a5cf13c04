//! PLV: one sentence, a source, a target and the PLOVER type of what the one did to the other.
//!
//! Of the events on the pair only the most confident counts. The source must be actor and the target recipient,
//! or either way round where the act is mutual. Where the set has a stand-in for a party the sentence does not
//! name, the other party alone decides. The set has one pair for each sentence, so an event on another pair counts as
//! spurious though it may well be told.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

use anyhow::{Context as _, Result};
use rayon::prelude::*;
use verbale::World;
use verbale::model::ontology::EventType;
use verbale::model::{Event, Participant, Report, Role};

use crate::counts::Counts;
use crate::table::cells;
use crate::{Errors, Measure, Scored};

const SET: &str = "events";

/// A sentence with its gold.
pub struct Case {
    sentence: String,
    source: String,
    target: String,
    gold: String,
}

impl Case {
    /// The sentence.
    pub fn sentence(&self) -> &str {
        &self.sentence
    }
}

/// What came of a sentence.
struct Outcome {
    /// The type of the most confident event on the pair, in the set's words.
    best: Option<String>,
    /// Whether that type is the set's.
    right: bool,
    events: usize,
    /// Events with two parties.
    pairs: usize,
    /// Of these, those on the pair, and those of the right type too.
    on_pair: usize,
    right_on_pair: usize,
    /// Types of the events on other pairs.
    elsewhere: Vec<String>,
}

/// Scores the table of sentences.
pub fn run(world: &World, paths: &[&Path]) -> Result<Scored> {
    let cases = cases(paths[0])?;
    let outcomes: Vec<Outcome> = cases.par_iter().map(|case| judge(world, case)).collect();
    let sum = |of: fn(&Outcome) -> usize| outcomes.iter().map(of).sum::<usize>();
    let right = sum(|one| usize::from(one.right));
    let found = sum(|one| usize::from(one.best.is_some()));
    let (pairs, on_pair) = (sum(|one| one.pairs), sum(|one| one.on_pair));
    let n = cases.len();
    let types = by_type(&cases, &outcomes);
    let macro_f1 = types.values().map(|counts| counts.f1()).sum::<f64>() / types.len().max(1) as f64;
    let pair = Counts { right: on_pair as f64, found: pairs, hit: found as f64, gold: n };
    let mut measures = vec![
        Measure::share(SET, "right", right, n),
        Measure::share(SET, "wrong type on the pair", found - right, n),
        Measure::share(SET, "events per sentence", sum(|one| one.events), n),
        Measure::share(SET, "type, of pairs found", right, found),
        Measure::new(SET, "types, macro-F1", macro_f1, types.len()),
    ];
    measures.extend(pair.measures(SET, "pair"));
    measures.push(Measure::share(SET, "spurious pairs", pairs - sum(|one| one.right_on_pair), pairs));
    let each = types.iter().map(|(name, counts)| {
        format!("{name} {:.2}/{:.2} of {}", counts.precision(), counts.recall(), counts.gold)
    });
    let remarks = vec![format!("events: precision/recall by type: {}", each.collect::<Vec<_>>().join(", "))];
    Ok(Scored { measures, errors: errors(&cases, &outcomes), remarks, ..Scored::default() })
}

/// The rows of the table.
pub fn cases(path: &Path) -> Result<Vec<Case>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let case = |row: Vec<String>| {
        let [_, sentence, source, target, gold] = <[String; 5]>::try_from(row).ok()?;
        Some(Case { sentence, source, target, gold })
    };
    let cases: Vec<Case> = cells(&text, '\t').into_iter().skip(1).filter_map(case).collect();
    anyhow::ensure!(!cases.is_empty(), "{}: no row of five cells", path.display());
    Ok(cases)
}

/// The events on the pair, and whether the type of each is the set's.
pub fn on_pair(case: &Case, events: &[Event]) -> Vec<(usize, bool)> {
    let (source, target) = (place(&case.sentence, &case.source), place(&case.sentence, &case.target));
    let found = events.iter().enumerate();
    let found = found.filter(|(_, event)| is_on_pair(event, source.as_ref(), target.as_ref()));
    found.map(|(at, event)| (at, agrees(event.event_type, &case.gold))).collect()
}

/// Reads one sentence.
fn judge(world: &World, case: &Case) -> Outcome {
    let report = Report { id: "case".to_owned(), text: case.sentence.clone(), ..Report::default() };
    let record = verbale::read(world, &report);
    let found = on_pair(case, &record.events);
    let mut outcome = Outcome {
        best: None,
        right: false,
        events: record.events.len(),
        pairs: 0,
        on_pair: 0,
        right_on_pair: 0,
        elsewhere: Vec::new(),
    };
    let mut surest = f32::NEG_INFINITY;
    for (at, event) in record.events.iter().enumerate() {
        let on_pair = found.iter().any(|(other, _)| *other == at);
        let right = agrees(event.event_type, &case.gold);
        if on_pair && surest < event.confidence {
            surest = event.confidence;
            outcome.best = Some(spelt(event.event_type, &case.gold));
            outcome.right = right;
        }
        if on_pair || event.participants.len() > 1 {
            outcome.pairs += 1;
            outcome.on_pair += usize::from(on_pair);
            outcome.right_on_pair += usize::from(on_pair && right);
            if !on_pair {
                outcome.elsewhere.push(event.event_type.as_str().to_owned());
            }
        }
    }
    outcome
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
    spelt(found, gold) == gold
}

/// A type in the set's words.
fn spelt(found: EventType, gold: &str) -> String {
    let yields = gold == "YIELD" && matches!(found, EventType::Concede | EventType::Retreat);
    if yields { gold.to_owned() } else { found.as_str().to_owned() }
}

/// Precision and recall of every type of the set.
fn by_type(cases: &[Case], outcomes: &[Outcome]) -> BTreeMap<String, Counts> {
    let names: BTreeSet<&str> = cases.iter().map(|case| case.gold.as_str()).collect();
    let counts = |name: &str| {
        let both = || cases.iter().zip(outcomes);
        let right = both().filter(|(case, outcome)| case.gold == name && outcome.right).count();
        let given = |outcome: &Outcome| {
            outcome.best.as_ref().is_some_and(|found| {
                found == name || (name == "YIELD" && matches!(found.as_str(), "CONCEDE" | "RETREAT"))
            })
        };
        let found = both().filter(|(_, outcome)| given(outcome)).count();
        Counts::whole(right, found, cases.iter().filter(|case| case.gold == name).count())
    };
    names.into_iter().map(|name| (name.to_owned(), counts(name))).collect()
}

fn errors(cases: &[Case], outcomes: &[Outcome]) -> Errors {
    let mut errors = Errors::default();
    for (case, outcome) in cases.iter().zip(outcomes) {
        let example = || format!("{} | {} → {}", case.sentence, case.source, case.target);
        match &outcome.best {
            None if outcome.events == 0 => errors.add("no event at all", &case.gold, example()),
            None => {
                let other = outcome.elsewhere.first().map_or("one party", String::as_str);
                errors.add("no event on the pair", format!("{}; elsewhere {other}", case.gold), example());
            }
            Some(found) if !outcome.right => {
                errors.add("wrong type on the pair", format!("{} coded {found}", case.gold), example());
            }
            Some(_) => {}
        }
        for found in &outcome.elsewhere {
            let detail = format!("{found} beside {}", case.gold);
            errors.add("event on another pair", detail, example());
        }
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn to_yield_is_to_concede_or_to_retreat() {
        assert!(agrees(EventType::Concede, "YIELD") && agrees(EventType::Retreat, "YIELD"));
        assert!(agrees(EventType::Aid, "AID") && !agrees(EventType::Aid, "YIELD"));
    }

    #[test]
    fn types_have_precision_and_recall() {
        let case = |gold: &str| Case {
            sentence: String::new(),
            source: String::new(),
            target: String::new(),
            gold: gold.to_owned(),
        };
        let outcome = |found: &str, right: bool| Outcome {
            best: Some(found.to_owned()),
            right,
            events: 1,
            pairs: 1,
            on_pair: 1,
            right_on_pair: usize::from(right),
            elsewhere: Vec::new(),
        };
        let cases = [case("AID"), case("YIELD"), case("AID")];
        let outcomes = [outcome("AID", true), outcome("YIELD", true), outcome("RETREAT", false)];
        let types = by_type(&cases, &outcomes);
        assert_eq!(types["AID"], Counts::whole(1, 1, 2));
        assert_eq!(types["YIELD"], Counts::whole(1, 2, 1));
    }
}
