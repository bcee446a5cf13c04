//! The balance of a state between powers, as `balance --json` prints it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use verbale_model::Engagement;

use super::{
    CurveSummary, Head, Number, Scored, Several, Specification, UnseenAnswer, curve, scored, summary,
};
use crate::count::{Count, LeftOut, Question, count};
use crate::draws::Draws;
use crate::estimate::Estimate;
use crate::more::MoreNeeded;
use crate::partners::shares;
use crate::tilt::{Balance, Delta, Tilt, Verdict, balance};
use crate::weighted::{WeightedEvent, weighted_tilt};

/// What is asked beside the question itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked {
    /// How small a tilt counts as none.
    pub delta: Delta,
    /// Draws of the weighted figure.
    pub draws: Draws,
    /// Whether the figure is wanted under every way of counting.
    pub curve: bool,
}

/// The whole answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BalanceAnswer {
    /// Whose policy, between whom, and how it was counted.
    #[serde(flatten)]
    pub head: Head,
    /// Events with each partner.
    pub counts: BTreeMap<String, Number>,
    /// The figure with weights, beside the one without; between two partners.
    pub weighted: Option<WeightedAnswer>,
    /// Raw figure, posterior mean and interval, between two partners.
    pub tilt: Option<Tilt>,
    /// P(|T| < delta), between every two where there are more.
    pub p_within_delta: f64,
    /// The threshold.
    pub delta: Delta,
    /// What the counts allow to say.
    pub verdict: Verdict,
    /// The partner towards whom it is tilted.
    pub toward: Option<String>,
    /// How many further events would settle it, between two partners.
    pub more_needed: Option<MoreNeeded>,
    /// Each partner's share of the events, with intervals.
    pub shares: BTreeMap<String, Estimate>,
    /// Each pair by itself, where there are more than two partners.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pairs: Vec<Pair>,
    /// Against a baseline, where one was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Baselined>,
    /// Ids of the events that count, in order of date.
    pub events: Vec<String>,
    /// Ids of those that do not, by reason.
    pub apart: BTreeMap<LeftOut, Vec<String>>,
    /// The figure under every way of counting, where it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub curve: Option<Vec<Specification>>,
    /// What the curve says as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub curve_summary: Option<CurveSummary>,
    /// Conflict and cooperation with each partner, over events of all types.
    #[serde(default)]
    pub scores: BTreeMap<String, Scored>,
    /// How many meetings nobody reported, where two families of sources were named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unseen: Option<UnseenAnswer>,
}

/// The figure with weights.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WeightedAnswer {
    /// Weights summed, by partner.
    pub counts: BTreeMap<String, f64>,
    /// Figure and interval of the Bayesian bootstrap, coding error included.
    pub tilt: Tilt,
    /// P(|T| < delta).
    pub p_within_delta: f64,
    /// What it allows to say.
    pub verdict: Verdict,
    /// How many draws, from which seed.
    pub draws: Draws,
    /// Imports whose codings were taken for sure, because nobody said how often they are right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken_for_sure: Vec<String>,
}

/// Two of several partners.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// Which two.
    pub between: [String; 2],
    /// Their balance.
    #[serde(flatten)]
    pub balance: Balance,
}

/// The figure against a baseline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Baselined {
    /// Its name: `equal`, `past` or `others`.
    pub name: String,
    /// Events that the baseline has with each partner.
    pub exposures: BTreeMap<String, Number>,
    /// `ln[(n_A/B_A)/(n_B/B_B)]`: 0 is as the baseline, positive more towards the first partner.
    pub log_ratio: Estimate,
}

/// Counts events and says what they allow to say.
pub fn answer(events: &[Engagement], question: &Question<'_>, asked: Asked) -> BalanceAnswer {
    let counted = count(events, question);
    let partners = question.partners;
    let by_partner = |values: &[f64]| -> BTreeMap<String, Number> {
        partners.iter().cloned().zip(values.iter().copied().map(Number)).collect()
    };
    let ids = |places: &mut dyn Iterator<Item = usize>| places.map(|at| events[at].id.clone()).collect();
    let mut apart: BTreeMap<LeftOut, Vec<String>> =
        counted.left_out.iter().map(|(reason, at)| (*reason, ids(&mut at.iter().copied()))).collect();
    apart.entry(LeftOut::Undated).or_default();
    let mut answer = BalanceAnswer {
        head: Head::of(question),
        counts: by_partner(&counted.n),
        weighted: None,
        tilt: None,
        p_within_delta: 0.0,
        delta: asked.delta,
        verdict: Verdict::NotEnoughEvidence,
        toward: None,
        more_needed: None,
        shares: partners.iter().cloned().zip(shares(&counted.n)).collect(),
        pairs: Vec::new(),
        baseline: None,
        events: ids(&mut counted.events.iter().map(|event| event.at)),
        apart,
        curve: None,
        curve_summary: None,
        scores: scored(events, question, asked.draws),
        unseen: None,
    };
    let sure = answer.head.remark_on_imports(events, question.rules);
    match partners {
        [first, second] if first != second => {
            answer.between_two([first, second], [counted.n[0], counted.n[1]]);
            let weighted = weighted(&counted, partners, asked, question.rules.weights.confidence);
            answer.weighted = weighted.map(|found| WeightedAnswer { taken_for_sure: sure, ..found });
            if asked.curve {
                answer.put_curve(curve(events, question, asked.delta));
            }
        }
        [_, _, _, ..] => answer.between_several(&counted, asked),
        _ => {}
    }
    answer
}

impl BalanceAnswer {
    fn between_two(&mut self, names: [&str; 2], counts: [f64; 2]) {
        let found = balance(names, counts, self.delta);
        self.tilt = Some(found.tilt);
        self.p_within_delta = found.p_within_delta;
        self.verdict = found.verdict;
        self.toward = found.toward;
        self.more_needed = Some(found.more_needed);
    }

    fn between_several(&mut self, counted: &Count, asked: Asked) {
        let several = Several::new(&counted.n, asked.delta, asked.draws);
        self.p_within_delta = several.within;
        self.verdict = several.verdict;
        self.toward = several.toward.map(|at| self.head.between[at].clone());
        for (at, first) in self.head.between.iter().enumerate() {
            for (to, second) in self.head.between.iter().enumerate().skip(at + 1) {
                let balance = balance([first, second], [counted.n[at], counted.n[to]], asked.delta);
                self.pairs.push(Pair { between: [first.clone(), second.clone()], balance });
            }
        }
    }

    /// Puts the figure under every way of counting beside it.
    pub fn put_curve(&mut self, curve: Vec<Specification>) {
        self.curve_summary = summary(&curve);
        self.curve = Some(curve);
    }

    /// The same answer where the question makes no sense: what is wrong is said, and nothing is concluded.
    #[must_use]
    pub fn refused(mut self, remark: String) -> Self {
        self.verdict = Verdict::NotEnoughEvidence;
        self.toward = None;
        self.head.remarks.push(remark);
        self
    }
}

fn weighted(counted: &Count, partners: &[String], asked: Asked, confidence: bool) -> Option<WeightedAnswer> {
    let event = |(cluster, event): (u64, &crate::count::Counted)| WeightedEvent {
        cluster,
        weights: [event.n[0] * event.weight, event.n[1] * event.weight],
        right: if confidence { event.chance } else { 1.0 },
    };
    let events: Vec<WeightedEvent> = (0..).zip(&counted.events).map(event).collect();
    let found = weighted_tilt(&events, asked.delta, asked.draws).ok()?;
    Some(WeightedAnswer {
        counts: partners.iter().cloned().zip(counted.weighted.iter().copied()).collect(),
        tilt: found.tilt,
        p_within_delta: found.p_within_delta,
        verdict: found.verdict,
        draws: found.draws,
        taken_for_sure: Vec::new(),
    })
}

#[cfg(test)]
mod tests;
