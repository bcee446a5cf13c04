//! Which events are behind each figure of a report.

use std::collections::BTreeSet;

use verbale_measure::{Choices, Network, Question, count};
use verbale_model::Engagement;

use super::Answers;
use crate::chart;
use crate::links::Figure;
use crate::names::Names;
use crate::words;

/// A figure and its events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// The figure's key.
    pub key: String,
    /// The figure in words.
    pub label: String,
    /// Ids of its events, in order.
    pub events: Vec<String>,
}

impl Behind {
    fn new(figure: Figure<'_>, label: String, events: Vec<String>) -> Self {
        Self { key: figure.key(), label, events }
    }
}

/// The events behind all figures of the answers to a question.
pub fn behind(
    names: &Names,
    events: &[Engagement],
    question: &Question<'_>,
    answers: &Answers<'_>,
) -> Vec<Behind> {
    let mut found = Vec::new();
    let balance = answers.balance;
    found.push(Behind::new(Figure::Counted, "All that count".to_owned(), balance.events.clone()));
    for code in &balance.head.between {
        let with = answered(events, question, code, |_| true);
        found.push(Behind::new(Figure::With(code), format!("With {}", names.of(code)), with));
    }
    for (reason, ids) in &balance.apart {
        let label = format!("Not counted: {}", words::left_out(*reason));
        found.push(Behind::new(Figure::Apart(*reason), label, ids.clone()));
    }
    periods(&mut found, names, events, question, answers);
    for topic in &answers.subjects.topics {
        for code in &balance.head.between {
            let about = answered(events, question, code, |event| event.topics.contains(&topic.topic));
            let label = format!("About {} with {}", topic.topic.replace('_', " "), names.of(code));
            found.push(Behind::new(Figure::Topic(&topic.topic, code), label, about));
        }
    }
    for partner in &answers.network.partners {
        let label = format!("Partner {}", names.with_code(&partner.code));
        found.push(Behind::new(Figure::Partner(&partner.code), label, partner.events.clone()));
    }
    specifications(&mut found, events, question, answers);
    found
}

/// The events at which two partners of a state were, as the network shows them.
pub fn together(names: &Names, found: &Network) -> Vec<Behind> {
    let pair = |pair: &chart::Pair<'_>| {
        let [one, other] = pair.between;
        let events = pair.events.iter().map(|id| (*id).to_owned()).collect();
        let label = format!("{} and {} together", names.with_code(one), names.with_code(other));
        Behind::new(Figure::Together(one, other), label, events)
    };
    chart::together(found).iter().map(pair).collect()
}

/// The events behind the rows of a ledger's states.
pub fn everywhere(names: &Names, events: &[Engagement]) -> Vec<Behind> {
    let codes: BTreeSet<&str> =
        events.iter().flat_map(|event| &event.sides).map(|side| side.code.as_str()).collect();
    let row = |code: &str| {
        let with = events.iter().filter(|event| event.side(code).is_some());
        Behind::new(
            Figure::Partner(code),
            names.with_code(code),
            with.map(|event| event.id.clone()).collect(),
        )
    };
    codes.into_iter().map(row).collect()
}

/// Ids of the events that count with one power and of which something holds.
fn answered(
    events: &[Engagement],
    question: &Question<'_>,
    code: &str,
    holds: impl Fn(&Engagement) -> bool,
) -> Vec<String> {
    let counted = count(events, question);
    let Some(at) = question.partners.iter().position(|partner| partner == code) else { return Vec::new() };
    let with = counted.events.iter().filter(|event| event.n.get(at).is_some_and(|n| *n > 0.0));
    with.map(|event| &events[event.at]).filter(|event| holds(event)).map(|event| event.id.clone()).collect()
}

fn periods(
    found: &mut Vec<Behind>,
    names: &Names,
    events: &[Engagement],
    question: &Question<'_>,
    answers: &Answers<'_>,
) {
    let trend = answers.trend;
    for period in trend.periods.iter().filter(|period| !period.events.is_empty()) {
        let name = &period.period;
        found.push(Behind::new(Figure::Period(name, None), format!("In {name}"), period.events.clone()));
        let inside: BTreeSet<&String> = period.events.iter().collect();
        for code in &trend.head.between {
            let with = answered(events, question, code, |event| inside.contains(&event.id));
            let label = format!("In {name} with {}", names.of(code));
            found.push(Behind::new(Figure::Period(name, Some(code)), label, with));
        }
    }
    found.push(Behind::new(Figure::Undated, "Not dated to one period".to_owned(), trend.undated.clone()));
}

/// The events are the same with weights and without, and stand once.
fn specifications(
    found: &mut Vec<Behind>,
    events: &[Engagement],
    question: &Question<'_>,
    answers: &Answers<'_>,
) {
    for one in answers.balance.curve.iter().flatten().filter(|one| !one.choices.weighted) {
        let rules = one.choices.apply(question.rules);
        let counted = count(events, &Question { rules: &rules, ..*question });
        let ids: Vec<String> = counted.events.iter().map(|event| events[event.at].id.clone()).collect();
        let label = format!("Counted {}", one.rules.trim_end_matches(", unweighted"));
        found.push(Behind::new(
            Figure::Specification(Choices { weighted: false, ..one.choices }),
            label,
            ids,
        ));
    }
}
