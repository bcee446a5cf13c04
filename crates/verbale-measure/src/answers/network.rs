//! All the partners of a state: how many there are in effect, who travels to whom, and how much they matter.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use verbale_model::{Engagement, Part};

use super::{Number, Window};
use crate::concentration::{
    Concentration, ConcentrationRange, concentration_of_weights, concentration_range,
};
use crate::count::{Question, count};
use crate::draws::Draws;
use crate::estimate::Estimate;
use crate::partners::shares;
use crate::reciprocity::initiative;
use crate::tilt::Tilt;

/// The whole answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Network {
    /// Whose partners.
    pub state: String,
    /// Name of the rules.
    pub rules: String,
    /// Hash of what they say.
    pub rules_hash: String,
    /// The days asked about.
    pub window: Window,
    /// Events that count.
    pub events: u32,
    /// All partners, those with most events first.
    pub partners: Vec<Partner>,
    /// How concentrated the events are; after Shannon, Pielou, Herfindahl and Hirschman.
    pub concentration: Option<Concentration>,
    /// The same with intervals.
    pub range: Option<ConcentrationRange>,
    /// Sentences about the question itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
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
    /// The highest rank at which both sides met.
    pub level: Option<u8>,
    /// Ids of the events.
    pub events: Vec<String>,
}

/// Counts the events of a state with everybody; the partners of the question do not matter.
pub fn network(events: &[Engagement], question: &Question<'_>, draws: Draws) -> Network {
    let codes: BTreeSet<&str> =
        events.iter().flat_map(|event| &event.sides).map(|side| side.code.as_str()).collect();
    let codes: Vec<String> =
        codes.into_iter().filter(|code| *code != question.state).map(str::to_owned).collect();
    let question = Question { partners: &codes, ..*question };
    let counted = count(events, &question);
    let mut partners: BTreeMap<usize, Partner> = BTreeMap::new();
    for event in &counted.events {
        let seen = &events[event.at];
        let own = seen.side(question.state);
        for (at, n) in event.n.iter().enumerate().filter(|(_, n)| **n > 0.0) {
            let partner = partners.entry(at).or_insert_with(|| empty(&codes[at]));
            let other = seen.side(&codes[at]);
            partner.count.0 += n;
            partner.weighted += n * event.weighs(question.rules);
            let part = |side: Option<&verbale_model::Side>| side.and_then(|side| side.part);
            partner.paid += u32::from(part(own) == Some(Part::Visitor) && part(other) == Some(Part::Host));
            partner.received +=
                u32::from(part(own) == Some(Part::Host) && part(other) == Some(Part::Visitor));
            let level =
                own.and_then(|side| side.level).zip(other.and_then(|side| side.level)).map(|(a, b)| a.max(b));
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
    }
    partners.sort_by(|a, b| b.count.0.total_cmp(&a.count.0).then_with(|| a.code.cmp(&b.code)));
    let whole: Vec<u32> = partners.iter().map(|partner| partner.events.len() as u32).collect();
    Network {
        state: question.state.to_owned(),
        rules: question.rules.name.clone(),
        rules_hash: question.rules.hash(),
        window: Window::default(),
        events: counted.events.len() as u32,
        concentration: concentration_of_weights(&counts).ok().filter(|_| !partners.is_empty()),
        range: concentration_range(&whole, draws),
        partners,
        remarks: Vec::new(),
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
        assert_eq!((found.partners[1].initiative, found.partners[1].level), (None, Some(4)));
        let hhi = found.concentration.unwrap().hhi.unwrap();
        assert!((hhi - 10.0 / 16.0).abs() < 1e-12);
        let none = network(&[], &question, Draws::default());
        assert_eq!((none.events, none.concentration, none.range), (0, None, None));
    }
}
