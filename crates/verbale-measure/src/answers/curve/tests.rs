//! The curve: which ways there are, that weights are drawn, and what the whole says.

use super::*;
use crate::count::sample::{former, meeting, side};
use crate::rules::Rules;
use crate::weighted::weighted_tilt;
use verbale_model::{Channel, Days};

fn with(code: &str, goldstein: f32, plover: f32) -> Engagement {
    let event = meeting(&[side("AFG", 2), side(code, 2)]);
    Engagement { goldstein: Some(goldstein), plover: Some(plover), ..event }
}

fn of(events: &[Engagement], partners: [&str; 2]) -> Vec<Specification> {
    let (partners, rules) = (partners.map(str::to_owned), Rules::named("officials").unwrap());
    let question = Question { state: "AFG", partners: &partners, rules: &rules, window: Days::default() };
    curve(events, &question, Delta::default())
}

fn mixed() -> Vec<Engagement> {
    let mut events: Vec<Engagement> = (0..12).map(|_| with("USA", 1.9, 4.0)).collect();
    events.extend((0..6).map(|_| with("RUS", 1.0, 2.5)));
    events.extend((0..5).map(|_| Engagement { channel: Some(Channel::Phone), ..with("RUS", 1.0, 2.5) }));
    let sides = [side("AFG", 2), former("USA")];
    events.push(Engagement { sides: sides.to_vec(), ..with("USA", 1.0, 2.5) });
    events
}

#[test]
fn scales_are_weights_where_no_score_is_below_nothing() {
    assert_eq!(of(&mixed(), ["USA", "RUS"]).len(), 64);
    let mut hostile = mixed();
    hostile[0].goldstein = Some(-1.0);
    assert_eq!(of(&hostile, ["USA", "RUS"]).len(), 48, "PLOVER's scale is left");
    hostile[1].plover = None;
    assert_eq!(of(&hostile, ["USA", "RUS"]).len(), 32);
}

#[test]
fn a_deeper_tie_weighs_more_by_scale() {
    let curve = of(&mixed(), ["USA", "RUS"]);
    let raw = |weighing: Weighing| {
        let wanted = |one: &&Specification| {
            let choices = one.choices;
            choices.weighing == weighing
                && !choices.former
                && !choices.shared
                && choices.calls
                && choices.one_sided
        };
        curve.iter().find(wanted).unwrap().tilt.raw.unwrap()
    };
    assert!((raw(Weighing::Counts) - 1.0 / 23.0).abs() < 1e-12);
    assert!((raw(Weighing::Goldstein) - (22.8 - 11.0) / 33.8).abs() < 1e-6);
    assert!((raw(Weighing::Plover) - (48.0 - 27.5) / 75.5).abs() < 1e-6);
}

#[test]
fn weighted_ways_have_the_interval_of_the_bootstrap() {
    let events = mixed();
    let weights: Vec<WeightedEvent> = (0..)
        .zip(&events[..23])
        .map(|(cluster, event)| {
            let first = f64::from(u8::from(event.side("USA").is_some()));
            // Level 2 weighs 0.8.
            let weights = [0.8 * first, 0.8 * (1.0 - first)];
            WeightedEvent { cluster, weights, right: f64::from(0.8_f32) }
        })
        .collect();
    let drawn = weighted_tilt(&weights, Delta::default(), Draws::FEW).unwrap();
    let curve = of(&events, ["USA", "RUS"]);
    let found = curve
        .iter()
        .find(|one| one.rules == "serving only, gatherings with each, with calls, one-sided too, weighted");
    assert_eq!(found.unwrap().tilt, drawn.tilt);
    assert!((found.unwrap().counts[0].0 - 12.0 * 0.8 * f64::from(0.8_f32)).abs() < 1e-9);
}

#[test]
fn the_whole_is_summed_up() {
    let curve = of(&mixed(), ["USA", "RUS"]);
    let whole = summary(&curve).unwrap();
    assert_eq!(whole.ways, 64);
    assert!(whole.low <= whole.median && whole.median <= whole.high);
    let VerdictShares { balanced, tilted, not_enough_evidence } = whole.verdicts;
    assert!((balanced + tilted[0] + tilted[1] + not_enough_evidence - 1.0).abs() < 1e-12);
    let calls = whole.choices.iter().find(|one| one.choice == "calls").unwrap();
    let tilt = |way: &str| calls.ways.iter().find(|one| one.way == way).unwrap().tilt;
    assert!(tilt("no calls") > tilt("with calls") + 0.1, "{calls:?}");
    let weights = &whole.choices.iter().find(|one| one.choice == "weights").unwrap().ways;
    assert_eq!(weights.len(), 4);
    assert_eq!(summary(&[]), None);
}

#[test]
fn exchanging_the_partners_mirrors_the_curve() {
    let (one, other) = (of(&mixed(), ["USA", "RUS"]), of(&mixed(), ["RUS", "USA"]));
    for spec in &one {
        let mirrored = other.iter().find(|mirrored| mirrored.choices == spec.choices).unwrap();
        assert!((spec.tilt.mean + mirrored.tilt.mean).abs() < 1e-9, "{spec:?} {mirrored:?}");
        assert!((spec.tilt.low + mirrored.tilt.high).abs() < 1e-9 && spec.verdict == mirrored.verdict);
    }
}

#[test]
fn no_events_give_a_curve_that_says_nothing() {
    let curve = of(&[], ["USA", "RUS"]);
    assert!(curve.iter().all(|one| one.tilt.raw.is_none() && one.verdict == Verdict::NotEnoughEvidence));
    assert_eq!(summary(&curve).unwrap().verdicts.not_enough_evidence, 1.0);
}
