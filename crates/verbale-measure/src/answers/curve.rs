//! The specification curve: the same figure under every reasonable way of counting.
//!
//! After Simonsohn, Simmons and Nelson, *Specification curve analysis* (2020): each choice that a
//! researcher could defend either way is made both ways, and all figures are shown in order.

use serde::{Deserialize, Serialize};
use verbale_model::{ConfirmationState, Engagement};

use super::Number;
use crate::count::{Count, Counted, Question, count};
use crate::draws::Draws;
use crate::rules::{Confirmed, Gatherings, Rules, Who};
use crate::tilt::{Balance, Delta, Tilt, Verdict, balance};
use crate::weighted::{WeightedEvent, weighted_tilts};

/// One way of counting and what it gives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Specification {
    /// The choices, in words: `former too, gatherings shared, with calls, one-sided too, weighted`.
    pub rules: String,
    /// The same, each by itself.
    pub choices: Choices,
    /// Events with both partners; weights summed where they are on.
    pub n: Number,
    /// With each partner.
    pub counts: [Number; 2],
    /// Figure and interval.
    pub tilt: Tilt,
    /// What it allows to say.
    pub verdict: Verdict,
    /// Towards whom it is tilted: 0 for the first partner, 1 for the second.
    #[serde(default)]
    pub toward: Option<usize>,
}

/// The choices behind a specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// Former officials count for the state of their nationality.
    pub former: bool,
    /// A gathering of many counts one in all, and not one with each partner.
    pub shared: bool,
    /// Calls count.
    pub calls: bool,
    /// What one side alone asserts counts.
    pub one_sided: bool,
    /// Events weigh by something.
    pub weighted: bool,
    /// By what.
    #[serde(default)]
    pub weighing: Weighing,
}

/// What an event weighs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weighing {
    /// Each event counts 1.
    #[default]
    Counts,
    /// As the rules weigh it: by type, level, formality and confidence.
    Rules,
    /// Its score on Goldstein's scale.
    Goldstein,
    /// Its score on PLOVER's scale.
    Plover,
}

impl Weighing {
    /// What it is called in a specification.
    fn words(self) -> &'static str {
        match self {
            Self::Counts => "unweighted",
            Self::Rules => "weighted",
            Self::Goldstein => "by Goldstein's scale",
            Self::Plover => "by PLOVER's scale",
        }
    }

    /// An event's weight, and the chance that it was coded right; `None` where it has no score from 0 on.
    fn of(self, event: &Counted, events: &[Engagement], rules: &Rules) -> Option<(f64, f64)> {
        let score = |score: Option<f32>| score.map(f64::from).filter(|score| *score >= 0.0);
        let weight = match self {
            Self::Counts => 1.0,
            Self::Rules => event.weight,
            Self::Goldstein => score(events[event.at].goldstein)?,
            Self::Plover => score(events[event.at].plover)?,
        };
        let doubted = self != Self::Counts && rules.weights.confidence;
        Some((weight, if doubted { event.chance } else { 1.0 }))
    }
}

/// All ways of choosing which events count: 16, each of which can be taken with every weighing.
fn choices() -> impl Iterator<Item = Choices> {
    (0..16_u32).map(|bits| {
        let on = |bit: u32| bits & (1 << bit) != 0;
        Choices {
            former: on(0),
            shared: on(1),
            calls: !on(2),
            one_sided: !on(3),
            weighted: false,
            weighing: Weighing::Counts,
        }
    })
}

impl Choices {
    /// These choices laid over other rules; weights are left as they are.
    #[must_use]
    pub fn apply(self, base: &Rules) -> Rules {
        let mut rules = base.clone();
        rules.who = if self.former { Who::Former } else { Who::Serving };
        rules.gatherings = if self.shared { Gatherings::Shared } else { Gatherings::Each };
        rules.calls = self.calls;
        let one_side = Confirmed(Some(ConfirmationState::OneSide));
        if self.one_sided {
            rules.confirmations.insert(one_side);
        } else {
            rules.confirmations.remove(&one_side);
        }
        rules
    }

    /// Each choice by itself: what it is about, and which way it was made.
    fn each(self) -> [(&'static str, &'static str); 5] {
        let pick = |on: bool, yes: &'static str, no: &'static str| if on { yes } else { no };
        [
            ("officials", pick(self.former, "former too", "serving only")),
            ("gatherings", pick(self.shared, "gatherings shared", "gatherings with each")),
            ("calls", pick(self.calls, "with calls", "no calls")),
            ("word", pick(self.one_sided, "one-sided too", "not one-sided")),
            ("weights", self.weighing.words()),
        ]
    }
}

/// One set of rules: its choices, what they make of the rules, and what these count.
type Set = (Choices, Rules, Count);

/// Figures of all specifications for two partners, the least first.
///
/// With weights, figure and interval come from the Bayesian bootstrap, as beside any weighted figure, in
/// [`Draws::FEW`]. The two scales are among the weights where every event that counts has a score from 0 on, so
/// that a share of the scores is one of something.
pub fn curve(events: &[Engagement], question: &Question<'_>, delta: Delta) -> Vec<Specification> {
    let sets: Vec<Set> = choices()
        .map(|choices| {
            let rules = choices.apply(question.rules);
            let counted = count(events, &Question { rules: &rules, ..*question });
            (choices, rules, counted)
        })
        .collect();
    let (mut found, mut drawn) = (Vec::new(), Vec::new());
    for weighing in [Weighing::Counts, Weighing::Rules, Weighing::Goldstein, Weighing::Plover] {
        let weighed = |(_, rules, counted): &Set| -> Option<Vec<WeightedEvent>> {
            (0..)
                .zip(&counted.events)
                .map(|(cluster, event)| {
                    let (weight, right) = weighing.of(event, events, rules)?;
                    let weights = [0, 1].map(|at| event.n.get(at).map_or(0.0, |n| n * weight));
                    Some(WeightedEvent { cluster, weights, right })
                })
                .collect()
        };
        let Some(weights) = sets.iter().map(weighed).collect::<Option<Vec<_>>>() else { continue };
        for ((choices, _, counted), weights) in sets.iter().zip(weights) {
            let choices = Choices { weighted: weighing != Weighing::Counts, weighing, ..*choices };
            if choices.weighted {
                drawn.push((choices, weights));
            } else {
                found.push(plain(choices, counted, delta));
            }
        }
    }
    found.extend(weighted(drawn, delta));
    found.sort_by(|a, b| a.tilt.mean.total_cmp(&b.tilt.mean).then_with(|| a.rules.cmp(&b.rules)));
    found
}

fn plain(choices: Choices, counted: &Count, delta: Delta) -> Specification {
    let counts = [0, 1].map(|at| counted.n.get(at).copied().unwrap_or(0.0));
    let Balance { tilt, verdict, toward, .. } = balance(["0", "1"], counts, delta);
    let toward = toward.map(|name| usize::from(name == "1"));
    specification(choices, counts, tilt, verdict, toward)
}

fn specification(
    choices: Choices,
    counts: [f64; 2],
    tilt: Tilt,
    verdict: Verdict,
    toward: Option<usize>,
) -> Specification {
    let rules = choices.each().map(|(_, way)| way).join(", ");
    let n = Number(counts[0] + counts[1]);
    Specification { rules, choices, n, counts: counts.map(Number), tilt, verdict, toward }
}

/// Weighted figures; sets of rules that come to the same events share one.
fn weighted(sets: Vec<(Choices, Vec<WeightedEvent>)>, delta: Delta) -> Vec<Specification> {
    let mut lists: Vec<Vec<WeightedEvent>> = Vec::new();
    let mut places = Vec::with_capacity(sets.len());
    for (choices, events) in sets {
        let at = lists.iter().position(|known| *known == events).unwrap_or(lists.len());
        if at == lists.len() {
            lists.push(events);
        }
        places.push((choices, at));
    }
    let Ok(found) = weighted_tilts(&lists, delta, Draws::FEW) else { return Vec::new() };
    let of = |(choices, at): (Choices, usize)| {
        let (events, found) = (&lists[at], &found[at]);
        let sum = |at: usize| events.iter().map(|event| event.weights[at] * event.right).sum::<f64>();
        specification(choices, [sum(0), sum(1)], found.tilt, found.verdict, found.toward)
    };
    places.into_iter().map(of).collect()
}

/// What a curve says as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CurveSummary {
    /// Ways of counting.
    pub ways: usize,
    /// The lowest posterior mean.
    pub low: f64,
    /// Median of the posterior means.
    pub median: f64,
    /// The highest one.
    pub high: f64,
    /// How many ways come to which verdict.
    pub verdicts: VerdictShares,
    /// What each choice moves.
    pub choices: Vec<Effect>,
}

/// Share of the ways of counting that come to each verdict; together 1. They count many of the same events, so these
/// are no probabilities.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct VerdictShares {
    /// Balanced.
    pub balanced: f64,
    /// Tilted towards the first partner, and towards the second.
    pub tilted: [f64; 2],
    /// Not enough evidence.
    pub not_enough_evidence: f64,
}

/// What a choice moves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// What it is about: officials, gatherings, calls, word or weights.
    pub choice: String,
    /// The ways to make it.
    pub ways: Vec<Way>,
}

/// One way to make a choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Way {
    /// In words.
    pub way: String,
    /// Mean of the posterior means over all specifications that make it so; the other choices are made every way
    /// in each, so that ways differ by this choice alone.
    pub tilt: f64,
}

/// Sums a curve up; `None` without specifications.
pub fn summary(curve: &[Specification]) -> Option<CurveSummary> {
    let (first, last) = (curve.first()?, curve.last()?);
    let share = |holds: &dyn Fn(&Specification) -> bool| {
        curve.iter().filter(|one| holds(one)).count() as f64 / curve.len() as f64
    };
    let upper = curve.len() / 2;
    let lower = if curve.len().is_multiple_of(2) { upper - 1 } else { upper };
    Some(CurveSummary {
        ways: curve.len(),
        low: first.tilt.mean,
        median: f64::midpoint(curve[lower].tilt.mean, curve[upper].tilt.mean),
        high: last.tilt.mean,
        verdicts: VerdictShares {
            balanced: share(&|one| one.verdict == Verdict::Balanced),
            tilted: [0, 1].map(|side| share(&|one| one.toward == Some(side))),
            not_enough_evidence: share(&|one| one.verdict == Verdict::NotEnoughEvidence),
        },
        choices: (0..first.choices.each().len()).map(|at| effect(curve, at)).collect(),
    })
}

fn effect(curve: &[Specification], at: usize) -> Effect {
    let mut ways: Vec<(&'static str, f64, f64)> = Vec::new();
    for one in curve {
        let (_, way) = one.choices.each()[at];
        match ways.iter_mut().find(|(known, ..)| *known == way) {
            Some((_, sum, count)) => (*sum, *count) = (*sum + one.tilt.mean, *count + 1.0),
            None => ways.push((way, one.tilt.mean, 1.0)),
        }
    }
    ways.sort_by_key(|(way, ..)| *way);
    let choice = curve.first().map_or("", |one| one.choices.each()[at].0).to_owned();
    let way = |(way, sum, count): (&str, f64, f64)| Way { way: way.to_owned(), tilt: sum / count };
    Effect { choice, ways: ways.into_iter().map(way).collect() }
}

#[cfg(test)]
mod tests;
