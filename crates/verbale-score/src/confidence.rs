//! Confidence: whether events of which the coder is 80 % sure are right four times in five.
//!
//! On PLV an event is right when the most confident event on the pair has the set's type. On the engagements, a
//! meeting is right when it has partners and their countries are all the row's; a former official speaks for no side, so his
//! nationality counts, and of a meeting with organisations alone the set says nothing. Expected calibration error over ten bins
//! (Naeini et al. 2015): the mean distance between confidence and the share that is right, weighted by how many events
//! a bin holds. "Held out": the weights were fitted on the half of the texts that an event is not in.

use std::path::Path;

use anyhow::Result;
use rayon::prelude::*;
use verbale::World;
use verbale::ingest::sha256;
use verbale::model::Event;
use verbale_coder::confidence::Grounds;

use crate::calibration::{Example, chosen, fit};
use crate::reading::Reading;
use crate::{Measure, Scored, engagements, events};

const SET: &str = "confidence";
const BINS: usize = 10;

/// Events of about the same confidence.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Bin {
    /// The set.
    pub set: &'static str,
    /// The least confidence it holds.
    pub from: f64,
    /// The least confidence it does not hold; the last one holds certainty too.
    pub to: f64,
    /// How many events it holds.
    pub events: usize,
    /// Their mean confidence.
    pub confidence: f64,
    /// The share of them that are right.
    pub right: f64,
}

/// Scores PLV and the engagements.
pub(crate) fn run(world: &World, paths: &[&Path]) -> Result<Scored> {
    let examples = examples(world, paths)?;
    let own = chosen(examples.iter(), |example| example.confidence);
    let held_out: Vec<(&Example, f32)> = (0..2).flat_map(|half| held_out(&examples, half)).collect();
    let mut scored = Scored::default();
    for set in ["PLV", "engagements", "both"] {
        let wanted = |example: &Example| set == "both" || example.set == set;
        let sample: Vec<(f32, bool)> =
            own.iter().filter(|one| wanted(one)).map(|one| (one.confidence, one.right)).collect();
        let apart: Vec<(f32, bool)> = held_out
            .iter()
            .filter(|(one, _)| wanted(one))
            .map(|(one, chance)| (*chance, one.right))
            .collect();
        let bins = bins(set, &sample);
        let measure = |name: &str, value| Measure::new(SET, format!("{set}: {name}"), value, sample.len());
        scored.measures.push(measure("calibration error", calibration(&bins)));
        scored.measures.push(measure("calibration error, held out", calibration(&self::bins(set, &apart))));
        scored.measures.push(measure("Brier skill, held out", skill(&apart)));
        scored.remarks.push(table(set, &bins));
        scored.reliability.extend(bins);
    }
    Ok(scored)
}

/// The examples of one half, with their chance by the weights of the other.
fn held_out(examples: &[Example], half: usize) -> Vec<(&Example, f32)> {
    let weights = fit(examples.iter().filter(|example| example.half != half));
    let chance = |example: &Example| weights.chance(&example.grounds);
    let mine = chosen(examples.iter().filter(|example| example.half == half), chance);
    mine.into_iter().map(|example| (example, chance(example))).collect()
}

/// The events of both sets that can be judged, with what they rest on.
///
/// # Errors
/// When a file cannot be read or has not the form of the set; the message names it.
pub fn examples(world: &World, paths: &[&Path]) -> Result<Vec<Example>> {
    let sentences = events::cases(paths[0])?;
    let told: Vec<Vec<Example>> = sentences
        .par_iter()
        .map(|case| {
            let reading = Reading::new(world, case.sentence(), None);
            let judged = events::on_pair(case, &reading.coded.events).into_iter();
            judged.map(|(at, right)| example("PLV", case.sentence(), &reading, at, right)).collect()
        })
        .collect();
    let (rows, _) = engagements::cases(world, paths[1])?;
    let met: Vec<Vec<Example>> = rows
        .par_iter()
        .map(|case| {
            let reading = Reading::new(world, case.text(), Some(case.date()));
            let judged = reading.coded.events.iter().enumerate();
            let judged = judged.filter_map(|(at, event)| Some((at, engagements::right(case, event)?)));
            judged.map(|(at, right)| example("engagements", case.text(), &reading, at, right)).collect()
        })
        .collect();
    let mut all: Vec<Example> = Vec::new();
    for (case, one) in told.into_iter().enumerate() {
        all.extend(one.into_iter().map(|example| Example { case, ..example }));
    }
    // Each meeting of a row is judged for itself.
    let first = sentences.len();
    all.extend(met.into_iter().flatten().enumerate().map(|(at, one)| Example { case: first + at, ..one }));
    Ok(all)
}

fn example(set: &'static str, text: &str, reading: &Reading, at: usize, right: bool) -> Example {
    let (event, grounds): (&Event, &Grounds) = (&reading.coded.events[at], &reading.grounds[at]);
    Example { set, case: 0, half: half(text), grounds: grounds.clone(), confidence: event.confidence, right }
}

/// One of two halves, by the last bit of the first digit of the text's hash.
fn half(text: &str) -> usize {
    let digit = sha256(text).chars().next().and_then(|digit| digit.to_digit(16));
    digit.unwrap_or_default() as usize % 2
}

/// The bins that hold events.
fn bins(set: &'static str, sample: &[(f32, bool)]) -> Vec<Bin> {
    let place = |confidence: f32| ((confidence * BINS as f32 + 1e-4) as usize).min(BINS - 1);
    let bin = |at: usize| {
        let mine: Vec<&(f32, bool)> =
            sample.iter().filter(|(confidence, _)| place(*confidence) == at).collect();
        let n = mine.len().max(1) as f64;
        Bin {
            set,
            from: at as f64 / BINS as f64,
            to: (at + 1) as f64 / BINS as f64,
            events: mine.len(),
            confidence: mine.iter().map(|(confidence, _)| f64::from(*confidence)).sum::<f64>() / n,
            right: mine.iter().filter(|(_, right)| *right).count() as f64 / n,
        }
    };
    (0..BINS).map(bin).filter(|bin| bin.events > 0).collect()
}

fn calibration(bins: &[Bin]) -> f64 {
    let all: usize = bins.iter().map(|bin| bin.events).sum();
    let off = bins.iter().map(|bin| bin.events as f64 * (bin.confidence - bin.right).abs());
    off.sum::<f64>() / all.max(1) as f64
}

/// How much smaller squared errors are than with the share of right ones as everybody's confidence: nothing
/// at 0, everything at 1.
fn skill(sample: &[(f32, bool)]) -> f64 {
    let n = sample.len().max(1) as f64;
    let right = |right: bool| f64::from(u8::from(right));
    let share = sample.iter().map(|one| right(one.1)).sum::<f64>() / n;
    let errors = sample.iter().map(|(chance, was)| (f64::from(*chance) - right(*was)).powi(2));
    1.0 - errors.sum::<f64>() / n / (share * (1.0 - share)).max(f64::MIN_POSITIVE)
}

/// The reliability table for people.
fn table(set: &str, bins: &[Bin]) -> String {
    let lines = bins.iter().map(|bin| {
        format!(
            "  {:.1}-{:.1}  events {:>5}  confidence {:.3}  right {:.3}",
            bin.from, bin.to, bin.events, bin.confidence, bin.right
        )
    });
    format!("confidence, {set}:\n{}", lines.collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_weighted_by_events() {
        let bins = bins("PLV", &[(0.9, true), (0.9, true), (0.9, false), (0.5, true), (1.0, true)]);
        assert_eq!(bins.iter().map(|bin| bin.events).collect::<Vec<_>>(), [1, 4]);
        assert!((bins[1].right - 0.75).abs() < 1e-9 && (bins[1].from - 0.9).abs() < 1e-9);
        assert!((calibration(&bins) - (0.7 + 0.5) / 5.0).abs() < 1e-6);
    }

    #[test]
    fn a_confidence_stands_in_the_bin_that_it_begins() {
        // 0.7 is 0.69999999 in these numbers.
        assert!((bins("PLV", &[(0.7, true)])[0].from - 0.7).abs() < 1e-9);
    }

    #[test]
    fn skill_is_what_telling_apart_adds() {
        let sample = |sure: f32| [(sure, true), (sure, true), (sure, true), (1.0 - sure, false)];
        assert!((skill(&sample(1.0)) - 1.0).abs() < 1e-9);
        assert!(skill(&[(0.75, true), (0.75, true), (0.75, true), (0.75, false)]).abs() < 1e-9);
        assert!(skill(&sample(0.2)) < 0.0);
    }

    #[test]
    fn a_text_is_always_in_the_same_half() {
        let halves: Vec<usize> = (0..100).map(|at| half(&format!("text {at}"))).collect();
        assert_eq!(halves, (0..100).map(|at| half(&format!("text {at}"))).collect::<Vec<_>>());
        assert!((30..70).contains(&halves.iter().sum::<usize>()));
    }
}
