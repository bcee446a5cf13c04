//! Meetings that nobody reported: how many there are likely to be, from two families of sources.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use verbale_model::Engagement;

use crate::count::{Question, count};
use crate::unseen::{Unseen, unseen};

/// What two families of sources say of the meetings with each partner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnseenAnswer {
    /// What the families are called.
    pub families: [String; 2],
    /// By partner.
    pub partners: BTreeMap<String, Reported>,
}

/// Meetings with one partner by who reported them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Reported {
    /// By the first family.
    pub first: u32,
    /// By the second.
    pub second: u32,
    /// By both.
    pub both: u32,
    /// What that lets expect.
    #[serde(flatten)]
    pub unseen: Unseen,
}

/// Counts who reported what; `told` says of an event's id which of the two families tell of it. What neither tells of
/// is left aside.
pub fn unseen_meetings(
    events: &[Engagement],
    question: &Question<'_>,
    families: [String; 2],
    told: impl Fn(&str) -> [bool; 2],
) -> UnseenAnswer {
    let counted = count(events, question);
    let by: Vec<[bool; 2]> = counted.events.iter().map(|event| told(&events[event.at].id)).collect();
    let reported = |partner: usize| -> Option<Reported> {
        let with = counted.events.iter().zip(&by).filter(|(event, _)| event.n[partner] > 0.0);
        let [first, second, both] = with.fold([0; 3], |[first, second, both], (_, by)| {
            [first + u32::from(by[0]), second + u32::from(by[1]), both + u32::from(by[0] && by[1])]
        });
        Some(Reported { first, second, both, unseen: unseen(first, second, both).ok()? })
    };
    let partners = question.partners.iter().enumerate();
    let partners = partners.filter_map(|(at, code)| Some((code.clone(), reported(at)?))).collect();
    UnseenAnswer { families, partners }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::count::sample::{meeting, side};
    use crate::rules::Rules;
    use verbale_model::Days;

    #[test]
    fn meetings_are_counted_by_family_and_partner() {
        let event = |id: usize, code: &str| Engagement {
            id: id.to_string(),
            ..meeting(&[side("AFG", 2), side(code, 2)])
        };
        let events: Vec<_> = (0..40).map(|id| event(id, if id < 30 { "RUS" } else { "USA" })).collect();
        let (partners, rules) = (["USA", "RUS"].map(str::to_owned), Rules::named("officials").unwrap());
        let question = Question { state: "AFG", partners: &partners, rules: &rules, window: Days::default() };
        // Of the thirty with RUS the first twenty, the last fifteen, and five by both; one by neither.
        let told = |id: &str| {
            let id: usize = id.parse().unwrap();
            [(1..20).contains(&id), (15..30).contains(&id)]
        };
        let found = unseen_meetings(&events, &question, ["A", "B"].map(str::to_owned), told);
        let russia = found.partners["RUS"];
        assert_eq!((russia.first, russia.second, russia.both, russia.unseen.seen), (19, 15, 5, 29));
        assert!((russia.unseen.all.unwrap() - (20.0 * 16.0 / 6.0 - 1.0)).abs() < 1e-9);
        let usa = found.partners["USA"];
        assert_eq!((usa.both, usa.unseen.all), (0, None), "without overlap nothing is known");
    }
}
