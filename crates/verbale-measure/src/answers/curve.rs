//! The specification curve: the same figure under every reasonable way of counting.
//!
//! After Simonsohn, Simmons and Nelson, *Specification curve analysis* (2020): each choice that a
//! researcher could defend either way is made both ways, and all figures are shown in order.

use serde::{Deserialize, Serialize};
use verbale_model::{ConfirmationState, Engagement};

use super::Number;
use crate::count::{Count, Question, count};
use crate::rules::{Confirmed, Gatherings, Rules, Who};
use crate::tilt::{Balance, Delta, Tilt, Verdict, balance};

/// One way of counting and what it gives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Specification {
    /// The choices, in words: `former, calls, one-sided, shared, weighted`.
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
    /// Events weigh by type, level, formality and confidence.
    pub weighted: bool,
}

/// All ways of choosing which events count: 16, each of which can be taken without weights and with them.
fn choices() -> impl Iterator<Item = Choices> {
    (0..16_u32).map(|bits| {
        let on = |bit: u32| bits & (1 << bit) != 0;
        Choices { former: on(0), shared: on(1), calls: !on(2), one_sided: !on(3), weighted: false }
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

    fn words(self) -> String {
        let pick = |on: bool, yes: &'static str, no: &'static str| if on { yes } else { no };
        [
            pick(self.former, "former too", "serving only"),
            pick(self.shared, "gatherings shared", "gatherings with each"),
            pick(self.calls, "with calls", "no calls"),
            pick(self.one_sided, "one-sided too", "not one-sided"),
            pick(self.weighted, "weighted", "unweighted"),
        ]
        .join(", ")
    }
}

/// Figures of all specifications for two partners, the least first.
///
/// With weights, the counts are the weights summed, in units that make all of them together the effective
/// number of events (Kish, *Survey sampling*, 1965: the sum of weights squared over the sum of their
/// squares), so that a few heavy events do not look like many.
pub fn curve(events: &[Engagement], question: &Question<'_>, delta: Delta) -> Vec<Specification> {
    let counted: Vec<(Choices, Rules, Count)> = choices()
        .map(|choices| {
            let rules = choices.apply(question.rules);
            let counted = count(events, &Question { rules: &rules, ..*question });
            (choices, rules, counted)
        })
        .collect();
    let with = |weighted: bool| {
        counted.iter().map(move |(choices, rules, counted)| {
            specification(Choices { weighted, ..*choices }, rules, counted, delta)
        })
    };
    let mut found: Vec<Specification> = with(false).chain(with(true)).collect();
    found.sort_by(|a, b| a.tilt.mean.total_cmp(&b.tilt.mean));
    found
}

fn specification(choices: Choices, rules: &Rules, counted: &Count, delta: Delta) -> Specification {
    let pair = |values: &[f64]| [0, 1].map(|at| values.get(at).copied().unwrap_or(0.0));
    let shown = pair(if choices.weighted { &counted.weighted } else { &counted.n });
    let scale = if choices.weighted { unit(counted, rules) } else { 1.0 };
    let Balance { tilt, verdict, .. } = balance(["", ""], shown.map(|n| n * scale), delta);
    Specification {
        rules: choices.words(),
        choices,
        n: Number(shown[0] + shown[1]),
        counts: shown.map(Number),
        tilt,
        verdict,
    }
}

/// What one unit of weight stands for: effective events over weights summed.
fn unit(counted: &Count, rules: &Rules) -> f64 {
    let weights = counted.events.iter().map(|event| event.weighs(rules) * event.n.iter().sum::<f64>());
    let (sum, squares) =
        weights.fold((0.0, 0.0), |(sum, squares), weight| (sum + weight, squares + weight * weight));
    if squares > 0.0 { sum / squares } else { 0.0 }
}
