//! The engagement of a state period by period, and when it became another.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use verbale_model::Engagement;

use super::scored::{self, Scored};
use super::{Head, Panel, Unit};
use crate::changes::{Changes, PERIODS_AT_MOST, Series, changes};
use crate::count::{Question, count};
use crate::draws::Draws;
use crate::tilt::{Tilt, tilt};
use crate::volume::Volume;

/// The whole answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trend {
    /// Whose policy, with whom, and how it was counted.
    #[serde(flatten)]
    pub head: Head,
    /// How long a period is.
    pub unit: Unit,
    /// From the first period with an event to the last, those without events among them.
    pub periods: Vec<Period>,
    /// Changes in the number of events per period, by partner.
    pub rates: BTreeMap<String, Turns>,
    /// Changes in the first partner's share of the events with the first two.
    pub share: Option<Turns>,
    /// Ids of events whose date does not say which period they belong to.
    pub undated: Vec<String>,
    /// What stands under the counts: how much was written at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub panel: Option<Panel>,
    /// Changes in the number of events per document of the panel, by partner.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rates_per_document: BTreeMap<String, Turns>,
}

/// One period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Period {
    /// `2025`, `2025-Q1` or `2025-03`.
    pub period: String,
    /// Events with each partner.
    pub counts: BTreeMap<String, u32>,
    /// Between the first two partners.
    pub tilt: Option<Tilt>,
    /// Ids of the events.
    pub events: Vec<String>,
    /// Documents of the panel; `None` where nothing is known of how much was written.
    #[serde(default)]
    pub documents: Option<u32>,
    /// Events that the panel tells of against its documents, by partner.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub volume: BTreeMap<String, Volume>,
    /// Conflict and cooperation with each partner that has an event in the period, over events of all types.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub scores: BTreeMap<String, Scored>,
}

/// The changes of a series, with periods by name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Turns {
    /// Where a new level most probably begins.
    pub breaks: Vec<Turn>,
    /// Probability that there is no change at all.
    pub p_none: f64,
    /// Everything that was found, periods counted from 0.
    pub changes: Changes,
}

/// One break.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// The first period of the new level.
    pub period: String,
    /// 95 % interval of that period.
    pub from: String,
    /// Its other end.
    pub to: String,
    /// Probability of a break exactly there.
    pub probability: f64,
    /// Level before: events per period, or share.
    pub before: f64,
    /// Level after.
    pub after: f64,
}

/// Counts events period by period. Each event with a partner counts one, shares of gatherings aside.
pub fn trend(events: &[Engagement], question: &Question<'_>, unit: Unit) -> Trend {
    let counted = count(events, question);
    let partners = question.partners;
    let mut by_period: BTreeMap<i32, Vec<(usize, Vec<bool>)>> = BTreeMap::new();
    let mut undated = Vec::new();
    for event in &counted.events {
        match unit.of(events[event.at].days) {
            Some(period) => {
                let with = event.n.iter().map(|n| *n > 0.0).collect();
                by_period.entry(period).or_default().push((event.at, with));
            }
            None => undated.push(events[event.at].id.clone()),
        }
    }
    let ends = by_period.keys().next().copied().zip(by_period.keys().next_back().copied());
    let numbers: Vec<i32> = ends.map_or_else(Vec::new, |(first, last)| (first..=last).collect());
    let series: Vec<Vec<u32>> = (0..partners.len())
        .map(|partner| {
            let of = |period: &i32| {
                by_period.get(period).map_or(0, |all| all.iter().filter(|(_, with)| with[partner]).count())
            };
            numbers.iter().map(|period| of(period) as u32).collect()
        })
        .collect();
    let mut scores = scores_of(events, question, unit);
    let period = |(at, number): (usize, &i32)| Period {
        period: unit.name(*number),
        counts: partners.iter().cloned().zip(series.iter().map(|counts| counts[at])).collect(),
        tilt: (partners.len() > 1).then(|| tilt([series[0][at], series[1][at]])),
        events: by_period.get(number).into_iter().flatten().map(|(at, _)| events[*at].id.clone()).collect(),
        documents: None,
        volume: BTreeMap::new(),
        scores: scores.remove(number).unwrap_or_default(),
    };
    let names = |number: usize| numbers.get(number).map_or_else(String::new, |number| unit.name(*number));
    let rate = |counts: &Vec<u32>| {
        turns(&Series::Rate { counts: counts.clone(), exposures: vec![1.0; counts.len()] }, &names)
    };
    Trend {
        head: Head::of(question),
        unit,
        periods: numbers.iter().enumerate().map(period).collect(),
        rates: partners
            .iter()
            .cloned()
            .zip(series.iter().map(rate))
            .filter_map(|(code, turns)| Some((code, turns?)))
            .collect(),
        share: match series.as_slice() {
            [first, second, ..] => {
                turns(&Series::Share { first: first.clone(), second: second.clone() }, &names)
            }
            _ => None,
        },
        undated,
        panel: None,
        rates_per_document: BTreeMap::new(),
    }
}

/// Scores by period and partner, in few draws since there are many.
fn scores_of(
    events: &[Engagement],
    question: &Question<'_>,
    unit: Unit,
) -> BTreeMap<i32, BTreeMap<String, Scored>> {
    let mut places: BTreeMap<(i32, &String), Vec<&Engagement>> = BTreeMap::new();
    for (partner, at) in question.partners.iter().zip(scored::places(events, question)) {
        for event in at.into_iter().map(|at| &events[at]) {
            if let Some(period) = unit.of(event.days) {
                places.entry((period, partner)).or_default().push(event);
            }
        }
    }
    let mut found: BTreeMap<i32, BTreeMap<String, Scored>> = BTreeMap::new();
    for ((period, partner), events) in places {
        found.entry(period).or_default().insert(partner.clone(), Scored::of(events, Draws::FEW));
    }
    found
}

pub(super) fn turns(series: &Series, names: &impl Fn(usize) -> String) -> Option<Turns> {
    let (Series::Rate { counts, .. } | Series::Share { first: counts, .. }) = series;
    if counts.is_empty() || counts.len() > PERIODS_AT_MOST {
        return None;
    }
    let changes = changes(series, None).ok()?;
    let level = |at: usize| changes.segments.get(at).map_or(0.0, |segment| segment.level.mean);
    let breaks = changes
        .breaks
        .iter()
        .enumerate()
        .map(|(at, found)| Turn {
            period: names(found.at),
            from: names(found.low),
            to: names(found.high),
            probability: found.probability,
            before: level(at),
            after: level(at + 1),
        })
        .collect();
    Some(Turns { breaks, p_none: changes.numbers.first().copied().unwrap_or(1.0), changes })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::count::sample::{meeting, side};
    use crate::rules::Rules;
    use verbale_model::Days;

    #[test]
    fn years_are_counted_and_a_change_is_found() {
        let mut events = Vec::new();
        for year in 0..20 {
            for _ in 0..if year < 10 { 1 } else { 9 } {
                let day = Some(20_178 + year * 365);
                events.push(Engagement {
                    days: Days { first: day, last: day },
                    ..meeting(&[side("AFG", 2), side("USA", 2)])
                });
            }
        }
        events.push(Engagement { days: Days::default(), ..events[0].clone() });
        let (partners, rules) = (["USA", "RUS"].map(str::to_owned), Rules::named("officials").unwrap());
        let question = Question { state: "AFG", partners: &partners, rules: &rules, window: Days::default() };
        let found = trend(&events, &question, Unit::Year);
        assert_eq!((found.periods.len(), found.undated.len()), (20, 1));
        assert_eq!((found.periods[0].period.as_str(), found.periods[19].counts["USA"]), ("2025", 9));
        let breaks = &found.rates["USA"].breaks;
        assert_eq!((breaks.len(), breaks[0].period.as_str()), (1, "2035"));
        assert!(breaks[0].before < 2.0 && breaks[0].after > 7.0 && found.rates["USA"].p_none < 0.01);
        assert!(found.rates["RUS"].breaks.is_empty());
        assert!(trend(&[], &question, Unit::Month).periods.is_empty());
    }
}
