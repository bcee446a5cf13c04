//! What a question counts: the events of a state with its partners under some rules, and what is left out, and why.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use verbale_model::{Channel, Days, Engagement, Setting, Side, Standing, Status};

use crate::rules::{Confirmed, Gatherings, Rules, Who};

/// Whose engagement with whom is counted, how, and when.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// Code of the state.
    pub state: &'a str,
    /// Codes of the partners.
    pub partners: &'a [String],
    /// What counts.
    pub rules: &'a Rules,
    /// The days asked about; open ends where none are.
    pub window: Days,
}

/// Why an event between the state and a partner does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// It has no date, and a window is asked for or the rules want one.
    Undated,
    /// Its date reaches over an edge of the window.
    Across,
    /// One side was there with nobody but former officials.
    Former,
    /// It is still to come.
    Planned,
    /// It was called off, denied, or only spoken of.
    NotHeld,
    /// It was a call.
    Call,
    /// It was a letter.
    Letter,
    /// Three sides or more took part.
    Gathering,
    /// It rests on nobody's word that the rules accept.
    Confirmation,
    /// Too few sources tell of it.
    Sources,
    /// A side's rank is too low, or not known.
    Level,
    /// The coding is not sure enough.
    Confidence,
    /// A reviewer rejected it.
    Rejected,
    /// Only superseded versions of documents tell of it.
    Superseded,
}

/// An event that counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// Its place among the events.
    pub at: usize,
    /// What it counts with each partner: 1, a share of a gathering, or 0.
    pub n: Vec<f64>,
    /// What one of it weighs by type, level and formality.
    pub weight: f64,
    /// The chance that it was coded right.
    pub chance: f64,
}

/// Counts and what is behind them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Count {
    /// Events with each partner, in the order of the partners.
    pub n: Vec<f64>,
    /// Their weights summed, the chance of each that it was coded right among them if the rules say so.
    pub weighted: Vec<f64>,
    /// The events that count, in their order.
    pub events: Vec<Counted>,
    /// Those with a partner that do not count: places among the events, by reason.
    pub left_out: BTreeMap<LeftOut, Vec<usize>>,
}

/// Counts events.
pub fn count(events: &[Engagement], question: &Question<'_>) -> Count {
    let zero = vec![0.0; question.partners.len()];
    let mut count = Count { n: zero.clone(), weighted: zero, ..Count::default() };
    for (at, event) in events.iter().enumerate() {
        match judge(event, question) {
            None => {}
            Some(Err(reason)) => count.left_out.entry(reason).or_default().push(at),
            Some(Ok(counted)) => {
                let counted = Counted { at, ..counted };
                let weight = counted.weighs(question.rules);
                for (partner, n) in counted.n.iter().enumerate() {
                    count.n[partner] += n;
                    count.weighted[partner] += n * weight;
                }
                count.events.push(counted);
            }
        }
    }
    count
}

impl Counted {
    /// What one of it weighs in a weighted sum.
    pub fn weighs(&self, rules: &Rules) -> f64 {
        if rules.weights.confidence { self.weight * self.chance } else { self.weight }
    }
}

/// What an event counts, or why it does not; `None` where it is of another type or time, or has no partner.
pub fn judge(event: &Engagement, question: &Question<'_>) -> Option<Result<Counted, LeftOut>> {
    let partner = |code: &String| event.side(code).filter(|_| code != question.state);
    judge_with(event, question, || question.partners.iter().map(partner).collect())
}

/// The same with the sides at the event that are partners; the partners of the question do not matter.
pub(crate) fn judge_with<'e>(
    event: &'e Engagement,
    question: &Question<'_>,
    partners: impl FnOnce() -> Vec<Option<&'e Side>>,
) -> Option<Result<Counted, LeftOut>> {
    let rules = question.rules;
    let planned = event.status == Status::Planned;
    let of = event.of.filter(|_| planned && !rules.types.contains_key(&event.event_type));
    let event_type = of.unwrap_or(event.event_type);
    rules.types.get(&event_type).filter(|weight| **weight > 0.0)?;
    let own = event.side(question.state)?;
    let partners = partners();
    if partners.iter().all(Option::is_none) || outside(event.days, question.window) {
        return None;
    }
    let serves = |side: &Side| counts_for(side, rules);
    let high = |side: &Side| rules.level_at_most.is_none_or(|most| side.level.is_some_and(|it| it <= most));
    let counted = |side: Option<&Side>| side.is_some_and(|side| serves(side) && high(side));
    let left_out = kind(event, rules).or_else(|| {
        if !serves(own) || !partners.iter().flatten().any(|side| serves(side)) {
            Some(LeftOut::Former)
        } else if !high(own) || !partners.iter().copied().any(counted) {
            Some(LeftOut::Level)
        } else {
            when(event.days, question)
        }
    });
    if let Some(reason) = left_out {
        return Some(Err(reason));
    }
    let others = event.sides.iter().filter(|side| side.code != question.state && serves(side)).count();
    let share = if rules.gatherings == Gatherings::Shared { 1.0 / others.max(1) as f64 } else { 1.0 };
    // The lower-ranking side says at what level two sides met.
    let with =
        partners.iter().copied().filter(|side| counted(*side)).flatten().filter_map(|side| side.level).min();
    let level = own.level.into_iter().chain(with).max();
    Some(Ok(Counted {
        at: 0,
        n: partners.iter().map(|side| if counted(*side) { share } else { 0.0 }).collect(),
        weight: rules.weight(event_type, level, event.formality),
        chance: chance(event, rules),
    }))
}

/// The chance that an event was coded right: our own confidence, or what the rules say of an import. An import
/// that they do not name counts as sure, which answers remark on.
fn chance(event: &Engagement, rules: &Rules) -> f64 {
    match &event.source {
        Some(import) => rules.weights.imports.get(import).copied().unwrap_or(1.0),
        None => f64::from(event.confidence).clamp(0.0, 1.0),
    }
}

/// Whether those who were there for a side count for it.
fn counts_for(side: &Side, rules: &Rules) -> bool {
    rules.who == Who::Former || side.standing == Standing::Serving
}

/// Why events of this kind do not count, whoever took part and when.
fn kind(event: &Engagement, rules: &Rules) -> Option<LeftOut> {
    let gathering = event.setting == Some(Setting::Multilateral)
        || event.sides.iter().filter(|side| counts_for(side, rules)).count() > 2;
    let reasons = [
        (event.rejected, LeftOut::Rejected),
        (event.superseded, LeftOut::Superseded),
        (event.status == Status::Planned && !rules.planned, LeftOut::Planned),
        (!matches!(event.status, Status::Held | Status::Planned), LeftOut::NotHeld),
        (matches!(event.channel, Some(Channel::Phone | Channel::Video)) && !rules.calls, LeftOut::Call),
        (event.channel == Some(Channel::Letter) && !rules.letters, LeftOut::Letter),
        (gathering && rules.gatherings == Gatherings::None, LeftOut::Gathering),
        (!rules.confirmations.contains(&Confirmed(event.confirmation)), LeftOut::Confirmation),
        (event.sources < rules.sources_at_least, LeftOut::Sources),
        (rules.confidence_at_least.is_some_and(|least| event.confidence < least), LeftOut::Confidence),
    ];
    reasons.into_iter().find_map(|(holds, reason)| holds.then_some(reason))
}

/// Whether none of the days an event may have been on lies in the window.
fn outside(days: Days, window: Days) -> bool {
    let before =
        |last: Option<i32>, first: Option<i32>| last.zip(first).is_some_and(|(last, first)| last < first);
    before(days.last, window.first) || before(window.last, days.first)
}

/// Why an event that may lie in the window does not count there.
fn when(days: Days, question: &Question<'_>) -> Option<LeftOut> {
    let window = question.window;
    if window == Days::default() {
        return (days.both().is_none() && !question.rules.undated).then_some(LeftOut::Undated);
    }
    let Some(first) = days.first else { return Some(LeftOut::Undated) };
    let inside = window.first.is_none_or(|start| start <= first)
        && window.last.is_none_or(|end| days.last.is_some_and(|last| last <= end));
    (!inside).then_some(LeftOut::Across)
}

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
