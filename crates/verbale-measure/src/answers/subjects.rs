//! What a state talks about with each partner, and how differently.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use verbale_model::Engagement;

use super::Head;
use crate::count::{Question, count};
use crate::draws::Draws;
use crate::estimate::Estimate;
use crate::topics::{LogOdds, divergence_range, informative, log_odds, profile};

/// Events that the informative prior of the log odds weighs.
const STRENGTH: f64 = 10.0;

/// The whole answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Subjects {
    /// Whose policy, with whom, and how it was counted.
    #[serde(flatten)]
    pub head: Head,
    /// Topics, the most frequent ones first.
    pub topics: Vec<Subject>,
    /// Events that name a topic, by partner.
    pub with_topics: BTreeMap<String, u32>,
    /// How far the profiles of the first two partners are apart: Jensen-Shannon divergence in bits.
    pub divergence: Option<Estimate>,
}

/// One topic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Subject {
    /// Its name.
    pub topic: String,
    /// Events about it with each partner.
    pub counts: BTreeMap<String, u32>,
    /// Its share of all that is talked about with each partner.
    pub shares: BTreeMap<String, Estimate>,
    /// How much more it is a topic with the first partner than with the second.
    pub log_odds: Option<LogOdds>,
    /// Ids of the events.
    pub events: Vec<String>,
}

/// A topic with its counts by partner and the places of its events.
type Row<'a> = (&'a str, (Vec<u32>, BTreeSet<usize>));

/// Counts topics; an event about several counts for each.
pub fn subjects(events: &[Engagement], question: &Question<'_>, draws: Draws) -> Subjects {
    let counted = count(events, question);
    let partners = question.partners;
    let mut found: BTreeMap<&str, (Vec<u32>, BTreeSet<usize>)> = BTreeMap::new();
    let mut with_topics = vec![0_u32; partners.len()];
    for event in &counted.events {
        let topics = &events[event.at].topics;
        for (partner, _) in event.n.iter().enumerate().filter(|(_, n)| **n > 0.0) {
            with_topics[partner] += u32::from(!topics.is_empty());
            for topic in topics {
                let (counts, places) =
                    found.entry(topic).or_insert_with(|| (vec![0; partners.len()], BTreeSet::new()));
                counts[partner] += 1;
                places.insert(event.at);
            }
        }
    }
    let mut rows: Vec<Row<'_>> = found.into_iter().collect();
    rows.sort_by_key(|(topic, (counts, _))| (std::cmp::Reverse(counts.iter().sum::<u32>()), *topic));
    let column = |partner: usize| rows.iter().map(|(_, (counts, _))| counts[partner]).collect::<Vec<u32>>();
    let columns: Vec<Vec<u32>> = (0..partners.len()).map(column).collect();
    let profiles: Vec<Vec<Estimate>> = columns.iter().map(|counts| profile(counts)).collect();
    let all: Vec<u32> = rows.iter().map(|(_, (counts, _))| counts.iter().sum()).collect();
    let odds = match columns.as_slice() {
        [one, other, ..] => {
            informative(&all, STRENGTH).and_then(|prior| log_odds(one, other, &prior)).unwrap_or_default()
        }
        _ => Vec::new(),
    };
    let subject = |(at, (topic, (counts, places))): (usize, &Row<'_>)| Subject {
        topic: (*topic).to_owned(),
        counts: partners.iter().cloned().zip(counts.iter().copied()).collect(),
        shares: partners.iter().cloned().zip(profiles.iter().map(|profile| profile[at])).collect(),
        log_odds: odds.get(at).copied().flatten(),
        events: places.iter().map(|at| events[*at].id.clone()).collect(),
    };
    Subjects {
        head: Head::of(question),
        topics: rows.iter().enumerate().map(subject).collect(),
        with_topics: partners.iter().cloned().zip(with_topics).collect(),
        divergence: match columns.as_slice() {
            [one, other, ..] => divergence_range(one, other, draws).ok().flatten(),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::count::sample::{meeting, side};
    use crate::rules::Rules;
    use verbale_model::Days;

    #[test]
    fn topics_are_counted_by_partner() {
        let about = |code: &str, topics: &[&str]| Engagement {
            topics: topics.iter().map(|topic| (*topic).to_owned()).collect(),
            ..meeting(&[side("AFG", 2), side(code, 2)])
        };
        let events = [
            about("RUS", &["trade", "transit"]),
            about("RUS", &["trade"]),
            about("USA", &["human_rights"]),
            about("USA", &[]),
        ];
        let (partners, rules) = (["USA", "RUS"].map(str::to_owned), Rules::named("officials").unwrap());
        let question = Question { state: "AFG", partners: &partners, rules: &rules, window: Days::default() };
        let found = subjects(&events, &question, Draws::default());
        assert_eq!(
            found.topics.iter().map(|one| one.topic.as_str()).collect::<Vec<_>>(),
            ["trade", "human_rights", "transit"]
        );
        assert_eq!((found.topics[0].counts["RUS"], found.with_topics["USA"]), (2, 1));
        assert!(found.topics[0].log_odds.unwrap().difference < 0.0);
        assert!((found.divergence.unwrap().raw.unwrap() - 1.0).abs() < 1e-9);
        let none = subjects(&[], &question, Draws::default());
        assert_eq!((none.topics.len(), none.divergence), (0, None));
    }
}
