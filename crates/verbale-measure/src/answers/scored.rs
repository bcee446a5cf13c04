//! Conflict and cooperation with a partner: scores of all its events on both scales, and their quad classes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use verbale_model::Engagement;

use crate::count::{Question, count};
use crate::draws::Draws;
use crate::scales::{QuadShares, Scores, quad_shares, scores};

/// Events of all types with one partner, words and deeds, for and against each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scored {
    /// How many.
    pub events: u32,
    /// On Goldstein's scale, by CAMEO code; `None` where no event has a score on it.
    pub goldstein: Option<Scores>,
    /// On PLOVER's scale, by type and mode.
    pub plover: Option<Scores>,
    /// Events in each quad class, from 1 (verbal cooperation) to 4 (material conflict).
    pub quads: [u32; 4],
    /// Their shares.
    pub shares: QuadShares,
}

impl Scored {
    /// Scores some events.
    pub fn of<'a>(events: impl IntoIterator<Item = &'a Engagement>, draws: Draws) -> Self {
        let (mut number, mut quads) = (0, [0; 4]);
        let (mut goldstein, mut plover) = (Vec::new(), Vec::new());
        for event in events {
            number += 1;
            quads[usize::from(event.event_type.quad().number()) - 1] += 1;
            goldstein.extend(event.goldstein.filter(|score| score.is_finite()).map(f64::from));
            plover.extend(event.plover.filter(|score| score.is_finite()).map(f64::from));
        }
        let on = |values: Vec<f64>| scores(&values, draws).ok().filter(|scores| scores.events > 0);
        Self {
            events: number,
            goldstein: on(goldstein),
            plover: on(plover),
            quads,
            shares: quad_shares(quads),
        }
    }
}

/// Places of the events with each partner, whatever their type: the other rules of counting hold, and a promise
/// counts as the word that it is.
pub(super) fn places(events: &[Engagement], question: &Question<'_>) -> Vec<Vec<usize>> {
    let rules = question.rules.of_all_types();
    let counted = count(events, &Question { rules: &rules, ..*question });
    let with = |partner: usize| {
        counted.events.iter().filter(move |event| event.n[partner] > 0.0).map(|event| event.at)
    };
    (0..question.partners.len()).map(|partner| with(partner).collect()).collect()
}

/// Scores of the events with each partner.
pub fn scored(events: &[Engagement], question: &Question<'_>, draws: Draws) -> BTreeMap<String, Scored> {
    let places = places(events, question);
    let of = |places: Vec<usize>| Scored::of(places.into_iter().map(|at| &events[at]), draws);
    question.partners.iter().cloned().zip(places.into_iter().map(of)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::count::sample::{meeting, side};
    use crate::rules::Rules;
    use verbale_model::ontology::EventType;
    use verbale_model::{Days, Status};

    fn event(code: &str, event_type: EventType, goldstein: Option<f32>, plover: f32) -> Engagement {
        let sides = [side("AFG", 2), side(code, 2)];
        Engagement { event_type, goldstein, plover: Some(plover), ..meeting(&sides) }
    }

    fn events() -> Vec<Engagement> {
        let promise = event("USA", EventType::Agree, Some(4.0), 2.5);
        vec![
            event("USA", EventType::Consult, Some(1.9), 4.0),
            event("USA", EventType::Accuse, Some(-2.0), -3.0),
            Engagement { status: Status::Planned, of: Some(EventType::Consult), ..promise },
            event("RUS", EventType::Aid, None, 7.0),
            Engagement { status: Status::Denied, ..event("RUS", EventType::Accuse, Some(-9.0), -9.0) },
        ]
    }

    #[test]
    fn all_types_are_scored_whatever_the_rules_count() {
        let (partners, rules) = (["USA", "RUS"].map(str::to_owned), Rules::named("officials").unwrap());
        let question = Question { state: "AFG", partners: &partners, rules: &rules, window: Days::default() };
        let found = scored(&events(), &question, Draws::default());
        let usa = &found["USA"];
        assert_eq!((usa.events, usa.quads), (3, [2, 0, 1, 0]));
        assert!(
            (usa.goldstein.unwrap().sum - 3.9).abs() < 1e-6 && (usa.plover.unwrap().sum - 3.5).abs() < 1e-6
        );
        assert!((usa.goldstein.unwrap().mean.unwrap() - 1.3).abs() < 1e-6);
        let russia = &found["RUS"];
        assert_eq!((russia.events, russia.goldstein), (1, None));
        assert_eq!((russia.quads, russia.shares.material_cooperation.raw), ([0, 1, 0, 0], Some(1.0)));
    }

    #[test]
    fn nothing_scored_is_unknown_and_never_nan() {
        let none = Scored::of(&[], Draws::default());
        assert_eq!((none.events, none.goldstein, none.plover), (0, None, None));
        let odd = Engagement { goldstein: Some(f32::NAN), ..events().remove(0) };
        assert_eq!(Scored::of([&odd], Draws::default()).goldstein, None);
    }

    #[test]
    fn exchanging_the_partners_exchanges_their_scores() {
        let rules = Rules::named("officials").unwrap();
        let ask = |partners: [&str; 2]| {
            let partners = partners.map(str::to_owned);
            let question =
                Question { state: "AFG", partners: &partners, rules: &rules, window: Days::default() };
            scored(&events(), &question, Draws::default())
        };
        assert_eq!(ask(["USA", "RUS"]), ask(["RUS", "USA"]));
    }
}
