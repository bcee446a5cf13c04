//! Which events are behind each figure of a report.

use std::collections::BTreeSet;

use verbale_measure::{
    BalanceAnswer, Choices, Network, Partner, Question, Specification, Subjects, Trend, count,
};
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

/// A figure whose events are looked up when they are wanted.
pub struct Figured<'a> {
    /// The figure's key.
    pub key: String,
    label: String,
    events: Box<dyn Fn() -> Vec<String> + 'a>,
}

impl<'a> Figured<'a> {
    fn new(figure: Figure<'_>, label: String, events: impl Fn() -> Vec<String> + 'a) -> Self {
        Self { key: figure.key(), label, events: Box::new(events) }
    }

    /// The figure with its events.
    pub fn looked_up(self) -> Behind {
        Behind { key: self.key, label: self.label, events: (self.events)() }
    }
}

/// The figures of the answers to a question, answer by answer.
#[derive(Clone, Copy)]
pub struct Figures<'a> {
    /// What codes are called.
    pub names: &'a Names,
    /// The events that the question is about.
    pub events: &'a dyn Fn() -> &'a [Engagement],
    /// The question.
    pub question: Question<'a>,
}

impl<'a> Figures<'a> {
    /// Figures of the balance but for its curve.
    pub fn of_balance(self, balance: &'a BalanceAnswer) -> Vec<Figured<'a>> {
        let mut found =
            vec![Figured::new(Figure::Counted, "All that count".to_owned(), || balance.events.clone())];
        for code in &balance.head.between {
            let label = format!("With {}", self.names.of(code));
            found.push(Figured::new(Figure::With(code), label, move || self.answered(code, |_| true)));
        }
        for (reason, ids) in &balance.apart {
            let label = format!("Not counted: {}", words::left_out(*reason));
            found.push(Figured::new(Figure::Apart(*reason), label, || ids.clone()));
        }
        found
    }

    /// Figures of the trend.
    pub fn of_trend(self, trend: &'a Trend) -> Vec<Figured<'a>> {
        let mut found = Vec::new();
        for period in trend.periods.iter().filter(|period| !period.events.is_empty()) {
            let name = &period.period;
            found.push(Figured::new(Figure::Period(name, None), format!("In {name}"), || {
                period.events.clone()
            }));
            for code in &trend.head.between {
                let label = format!("In {name} with {}", self.names.of(code));
                let inside = move || {
                    let inside: BTreeSet<&String> = period.events.iter().collect();
                    self.answered(code, |event| inside.contains(&event.id))
                };
                found.push(Figured::new(Figure::Period(name, Some(code)), label, inside));
            }
        }
        let undated = "Not dated to one period".to_owned();
        found.push(Figured::new(Figure::Undated, undated, || trend.undated.clone()));
        found
    }

    /// Figures of the topics.
    pub fn of_topics(self, subjects: &'a Subjects) -> Vec<Figured<'a>> {
        let mut found = Vec::new();
        for topic in &subjects.topics {
            for code in self.question.partners {
                let about = move || self.answered(code, |event| event.topics.contains(&topic.topic));
                let label = format!("About {} with {}", topic.topic.replace('_', " "), self.names.of(code));
                found.push(Figured::new(Figure::Topic(&topic.topic, code), label, about));
            }
        }
        found
    }

    /// Figures of the partners.
    pub fn of_partners(self, network: &'a Network) -> Vec<Figured<'a>> {
        let of = |partner: &'a Partner| {
            let label = format!("Partner {}", self.names.with_code(&partner.code));
            Figured::new(Figure::Partner(&partner.code), label, || partner.events.clone())
        };
        network.partners.iter().map(of).collect()
    }

    /// Figures of the curve; the events are the same with weights and without, and stand once.
    pub fn of_curve(self, balance: &'a BalanceAnswer) -> Vec<Figured<'a>> {
        let unweighted = balance.curve.iter().flatten().filter(|one| !one.choices.weighted);
        let of = |one: &'a Specification| {
            let label = format!("Counted {}", one.rules.trim_end_matches(", unweighted"));
            let events = move || {
                let rules = one.choices.apply(self.question.rules);
                let events = (self.events)();
                let counted = count(events, &Question { rules: &rules, ..self.question });
                counted.events.iter().map(|event| events[event.at].id.clone()).collect()
            };
            Figured::new(Figure::Specification(Choices { weighted: false, ..one.choices }), label, events)
        };
        unweighted.map(of).collect()
    }

    /// Ids of the events that count with one power and of which something holds.
    fn answered(&self, code: &str, holds: impl Fn(&Engagement) -> bool) -> Vec<String> {
        let events = (self.events)();
        let counted = count(events, &self.question);
        let partners = self.question.partners;
        let Some(at) = partners.iter().position(|partner| partner == code) else { return Vec::new() };
        let with = counted.events.iter().filter(|event| event.n.get(at).is_some_and(|n| *n > 0.0));
        with.map(|event| &events[event.at])
            .filter(|event| holds(event))
            .map(|event| event.id.clone())
            .collect()
    }
}

/// The events behind all figures of the answers to a question.
pub fn behind(
    names: &Names,
    events: &[Engagement],
    question: &Question<'_>,
    answers: &Answers<'_>,
) -> Vec<Behind> {
    let figures = Figures { names, events: &|| events, question: *question };
    let balance = answers.balance;
    let mut found = figures.of_balance(balance);
    found.extend(figures.of_trend(answers.trend));
    found.extend(figures.of_topics(answers.subjects));
    found.extend(figures.of_partners(answers.network));
    found.extend(figures.of_curve(balance));
    found.into_iter().map(Figured::looked_up).collect()
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
