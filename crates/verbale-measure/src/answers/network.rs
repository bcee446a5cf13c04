//! All the partners of a state: how many there are in effect, who travels to whom, and how much they matter.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use verbale_model::{Engagement, Part};

use super::{Head, MultiVector, Number};
use crate::concentration::{
    Concentration, ConcentrationRange, concentration_of_weights, concentration_range,
};
use crate::count::{Question, judge_with};
use crate::draws::Draws;
use crate::estimate::Estimate;
use crate::partners::{GammaPrior, shares};
use crate::reciprocity::{Reciprocity, initiative, reciprocity};
use crate::shrink::{Shrunk, shrink};
use crate::tilt::Tilt;
use crate::votes::Agreement;

/// The whole answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Network {
    /// Whose partners, and how they were counted.
    #[serde(flatten)]
    pub head: Head,
    /// Events that count.
    pub events: u32,
    /// All partners, those with most events first.
    pub partners: Vec<Partner>,
    /// How concentrated the events are; after Shannon, Pielou, Herfindahl and Hirschman.
    pub concentration: Option<Concentration>,
    /// The same with intervals.
    pub range: Option<ConcentrationRange>,
    /// (paid - received) / (paid + received) over all partners, where there was a visit.
    #[serde(default)]
    pub initiative: Option<Tilt>,
    /// How mutual visits are: the sum of the fewer of paid and received over that of the more.
    #[serde(default)]
    pub reciprocity: Option<Reciprocity>,
    /// How `expected` of each partner was drawn towards the others; `None` before [`Network::shrink`] or without events.
    #[serde(default)]
    pub shrinkage: Option<Shrinkage>,
    /// How far apart the partners stand, by the shares of events; `None` where no distances are known.
    #[serde(default)]
    pub multi_vector: Option<MultiVector>,
}

/// Empirical-Bayes shrinkage of the events with each partner (`Gamma(a + n, b + 1)`, in events per window as long as
/// the one asked about).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Shrinkage {
    /// `Gamma(a, b)` of the rates, found from all dyads.
    pub prior: GammaPrior,
    /// The counts do not show that rates differ; intervals are then too narrow for rates that do.
    pub pooled: bool,
    /// Dyads that it was found from: the partners, and states with which no event is known.
    pub dyads: usize,
    /// Events to expect with a state with which none is known; `None` where there is no such state.
    pub unreported: Option<Estimate>,
}

/// One partner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Partner {
    /// Its code.
    pub code: String,
    /// Events with it.
    pub count: Number,
    /// Their weights summed.
    pub weighted: f64,
    /// Its share of all.
    pub share: Estimate,
    /// Visits that the state paid to it.
    pub paid: u32,
    /// Visits that it received from it.
    pub received: u32,
    /// (paid - received) / (paid + received), where there was a visit.
    pub initiative: Option<Tilt>,
    /// The fewer of visits paid and received over the more, where there was a visit.
    #[serde(default)]
    pub reciprocity: Option<f64>,
    /// Events to expect in another window as long, drawn towards what all partners have: the more, the fewer there are.
    #[serde(default)]
    pub expected: Option<Estimate>,
    /// How alike both vote in the General Assembly, in the window; `None` where no votes are known.
    #[serde(default)]
    pub votes: Option<Agreement>,
    /// The highest rank at which both sides met.
    pub level: Option<u8>,
    /// Ids of the events.
    pub events: Vec<String>,
}

/// Counts the events of a state with everybody; the partners of the question do not matter.
pub fn network<E: Borrow<Engagement>>(
    events: impl IntoIterator<Item = E>,
    question: &Question<'_>,
    draws: Draws,
) -> Network {
    let question = Question { partners: &[], ..*question };
    let mut partners: BTreeMap<String, Partner> = BTreeMap::new();
    let (mut number, mut imports) = (0, BTreeSet::new());
    for event in events {
        let seen = event.borrow();
        if let Some(import) = seen.source.as_ref().filter(|import| !imports.contains(*import)) {
            imports.insert(import.clone());
        }
        let others = || seen.sides.iter().filter(|side| side.code != question.state);
        let Some(Ok(counted)) = judge_with(seen, &question, || others().map(Some).collect()) else {
            continue;
        };
        number += 1;
        let own = seen.side(question.state);
        for (other, n) in others().zip(&counted.n).filter(|(_, n)| **n > 0.0) {
            if !partners.contains_key(&other.code) {
                partners.insert(other.code.clone(), empty(&other.code));
            }
            let Some(partner) = partners.get_mut(&other.code) else { continue };
            partner.count.0 += n;
            partner.weighted += n * counted.weighs(question.rules);
            let own_part = own.and_then(|side| side.part);
            partner.paid += u32::from(own_part == Some(Part::Visitor) && other.part == Some(Part::Host));
            partner.received += u32::from(own_part == Some(Part::Host) && other.part == Some(Part::Visitor));
            let level = own.and_then(|side| side.level).zip(other.level).map(|(a, b)| a.max(b));
            partner.level = partner.level.into_iter().chain(level).min();
            partner.events.push(seen.id.clone());
        }
    }
    let mut partners: Vec<Partner> = partners.into_values().collect();
    let counts: Vec<f64> = partners.iter().map(|partner| partner.count.0).collect();
    for (partner, share) in partners.iter_mut().zip(shares(&counts)) {
        partner.share = share;
        let visits = partner.paid + partner.received;
        partner.initiative = (visits > 0).then(|| initiative(partner.paid, partner.received));
        let both = [partner.paid, partner.received].map(f64::from);
        partner.reciprocity = mutual(&[both]).and_then(|found| found.overall);
    }
    partners.sort_by(|a, b| b.count.0.total_cmp(&a.count.0).then_with(|| a.code.cmp(&b.code)));
    let whole: Vec<u32> = partners.iter().map(|partner| partner.events.len() as u32).collect();
    let visits: Vec<[f64; 2]> =
        partners.iter().map(|partner| [partner.paid, partner.received].map(f64::from)).collect();
    let [paid, received] = [
        partners.iter().map(|partner| partner.paid).sum::<u32>(),
        partners.iter().map(|partner| partner.received).sum::<u32>(),
    ];
    let mut head = Head { between: Vec::new(), ..Head::of(&question) };
    head.remark_on(imports.iter().map(String::as_str), question.rules);
    Network {
        head,
        events: number,
        concentration: concentration_of_weights(&counts).ok().filter(|_| !partners.is_empty()),
        range: concentration_range(&whole, draws),
        partners,
        initiative: (paid + received > 0).then(|| initiative(paid, received)),
        reciprocity: mutual(&visits),
        shrinkage: None,
        multi_vector: None,
    }
}

/// Reciprocity of visits between a state and each of its partners, who are not asked about among themselves.
fn mutual(visits: &[[f64; 2]]) -> Option<Reciprocity> {
    let mut table = vec![vec![0.0; visits.len() + 1]; visits.len() + 1];
    for (at, [paid, received]) in visits.iter().enumerate() {
        table[0][at + 1] = *paid;
        table[at + 1][0] = *received;
    }
    reciprocity(&table).ok().filter(|found| found.pairs > 0)
}

impl Network {
    /// Draws the events with each partner towards what all dyads have. `states` are all with which there could have
    /// been an event: those with none say how common that is.
    pub fn shrink(&mut self, states: &[String]) {
        let others = |code: &&String| {
            **code != self.head.state && !self.partners.iter().any(|partner| partner.code == **code)
        };
        let unreported: BTreeSet<&String> = states.iter().filter(others).collect();
        let mut counts: Vec<u32> = self.partners.iter().map(|partner| partner.events.len() as u32).collect();
        counts.resize(counts.len() + unreported.len(), 0);
        let found = shrink(&counts, &vec![1.0; counts.len()]).ok().flatten();
        let Some(Shrunk { prior, pooled, rates }) = found else { return };
        for (partner, rate) in self.partners.iter_mut().zip(&rates) {
            partner.expected = Some(*rate);
        }
        let unreported = rates.get(self.partners.len()).copied();
        self.shrinkage = Some(Shrinkage { prior, pooled, dyads: counts.len(), unreported });
    }
}

fn empty(code: &str) -> Partner {
    Partner {
        code: code.to_owned(),
        count: Number(0.0),
        weighted: 0.0,
        share: Estimate { raw: None, mean: 0.0, low: 0.0, high: 0.0 },
        paid: 0,
        received: 0,
        initiative: None,
        reciprocity: None,
        expected: None,
        votes: None,
        level: None,
        events: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::count::sample::{meeting, side};
    use crate::rules::Rules;
    use verbale_model::{Days, Side};

    #[test]
    fn partners_are_ranked_and_journeys_have_a_direction() {
        let there = |code: &str, part| Side { part: Some(part), ..side(code, 2) };
        let events = [
            meeting(&[there("AFG", Part::Visitor), there("RUS", Part::Host)]),
            meeting(&[there("AFG", Part::Host), there("RUS", Part::Visitor)]),
            meeting(&[there("AFG", Part::Visitor), there("RUS", Part::Host)]),
            meeting(&[side("AFG", 2), side("IRN", 4)]),
        ];
        let rules = Rules::named("officials").unwrap();
        let question = Question { state: "AFG", partners: &[], rules: &rules, window: Days::default() };
        let found = network(&events, &question, Draws::default());
        let codes: Vec<_> =
            found.partners.iter().map(|partner| (partner.code.as_str(), partner.events.len())).collect();
        assert_eq!((found.events, codes), (4, vec![("RUS", 3), ("IRN", 1)]));
        assert_eq!((found.partners[0].paid, found.partners[0].received), (2, 1));
        assert_eq!((found.partners[0].reciprocity, found.partners[1].reciprocity), (Some(0.5), None));
        assert_eq!(found.reciprocity.map(|all| (all.overall, all.pairs)), Some((Some(0.5), 1)));
        assert_eq!(found.initiative.and_then(|all| all.raw), Some(1.0 / 3.0));
        assert_eq!((found.partners[1].initiative, found.partners[1].level), (None, Some(4)));
        let hhi = found.concentration.unwrap().hhi.unwrap();
        assert!((hhi - 10.0 / 16.0).abs() < 1e-12);
        let none = network(&[], &question, Draws::default());
        assert_eq!((none.events, none.concentration, none.range), (0, None, None));
        assert_eq!((none.initiative, none.reciprocity), (None, None));
    }

    #[test]
    fn rare_partners_are_drawn_towards_the_rest() {
        let with = |code: &str, times: usize| vec![meeting(&[side("AFG", 2), side(code, 2)]); times];
        let events = [with("IRN", 20), with("RUS", 9), with("CHN", 1)].concat();
        let rules = Rules::named("officials").unwrap();
        let question = Question { state: "AFG", partners: &[], rules: &rules, window: Days::default() };
        let mut found = network(&events, &question, Draws::default());
        assert_eq!(found.partners[0].expected, None);
        let states = ["AFG", "IRN", "RUS", "CHN", "FRA", "BRA", "FRA"].map(str::to_owned);
        found.shrink(&states);
        let shrinkage = found.shrinkage.unwrap();
        assert_eq!(shrinkage.dyads, 5, "the state itself is none, and each counts once");
        let GammaPrior { shape, rate } = shrinkage.prior;
        for partner in &found.partners {
            let expected = partner.expected.unwrap();
            assert!((expected.mean - (shape + partner.count.0) / (rate + 1.0)).abs() < 1e-9, "{partner:?}");
            assert!(expected.low < expected.mean && expected.mean < expected.high);
        }
        let none = shrinkage.unreported.unwrap();
        assert!(none.raw == Some(0.0) && none.mean > 0.0 && none.mean < 1.0, "{none:?}");
        let mut nothing = network(&[], &question, Draws::default());
        nothing.shrink(&states);
        assert_eq!(nothing.shrinkage, None);
    }
}
