//! Conflict and cooperation: scores of events on a scale, and the four quad classes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::draws::Draws;
use crate::estimate::{Estimate, Interval};
use crate::partners::shares;

/// The largest score either way; the scales in use end at 10.
const LARGEST: f64 = 1e6;

/// Scores of the events with one partner on one scale, such as Goldstein's or PLOVER's. The sum says how
/// much there was, the mean of what kind; a sum of good and bad says nothing of size, so both are shown.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    /// Events with a score.
    pub events: usize,
    /// Sum of the scores.
    pub sum: f64,
    /// Their mean; `None` without any.
    pub mean: Option<f64>,
    /// Standard error of the mean; `None` with fewer than two.
    pub standard_error: Option<f64>,
    /// 95 % interval of the mean from the Bayesian bootstrap; `None` with fewer than two events. Scores
    /// that are all alike give an interval without width, which says that nothing else was seen, not that
    /// nothing else can be.
    pub interval: Option<Interval>,
}

/// Mean, sum and their uncertainty; the order of scores does not matter.
///
/// # Errors
///
/// A score is no number.
pub fn scores(values: &[f64], draws: Draws) -> Result<Scores, String> {
    if let Some(at) = values.iter().position(|value| value.is_nan() || value.abs() > LARGEST) {
        return Err(format!("score {} is {}: write a number such as -3.5", at + 1, values[at]));
    }
    let mut values: Vec<f64> = values.iter().map(|value| value + 0.0).collect();
    values.sort_by(f64::total_cmp);
    let events = values.len();
    let sum: f64 = values.iter().sum();
    let mean = (events > 0).then(|| sum / events as f64);
    let several = mean.filter(|_| events > 1);
    Ok(Scores {
        events,
        sum,
        mean,
        standard_error: several.map(|mean| standard_error(&values, mean)),
        interval: several.map(|_| interval(&values, draws)),
    })
}

fn standard_error(values: &[f64], mean: f64) -> f64 {
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (squares / (values.len() - 1) as f64 / values.len() as f64).sqrt()
}

/// Exponential weights on events; those of equal events together are a gamma weight on their score.
fn interval(sorted: &[f64], draws: Draws) -> Interval {
    let mut distinct: Vec<(f64, f64)> = Vec::new();
    for value in sorted {
        match distinct.last_mut() {
            Some((last, count)) if last.total_cmp(value).is_eq() => *count += 1.0,
            _ => distinct.push((*value, 1.0)),
        }
    }
    let (least, most) = (sorted[0], sorted[sorted.len() - 1]);
    let sample = draws.of(|source| {
        let (sum, weight) = distinct.iter().fold((0.0, 0.0), |(sum, weight), (value, count)| {
            let drawn = if *count > 1.0 { source.gamma(*count) } else { source.exponential() };
            (sum + drawn * value, weight + drawn)
        });
        if weight > 0.0 { (sum / weight).clamp(least, most) } else { least }
    });
    let ends = sample.estimate(None);
    Interval { low: ends.low, high: ends.high }
}

/// Shares of the four quad classes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct QuadShares {
    /// Words for each other.
    pub verbal_cooperation: Estimate,
    /// Deeds for each other.
    pub material_cooperation: Estimate,
    /// Words against each other.
    pub verbal_conflict: Estimate,
    /// Deeds against each other.
    pub material_conflict: Estimate,
}

/// Shares of the quad classes, in the order of their numbers 1 to 4, with Dirichlet intervals.
pub fn quad_shares(counts: [u32; 4]) -> QuadShares {
    let shares = shares(&counts);
    let [verbal_cooperation, material_cooperation, verbal_conflict, material_conflict] =
        [0, 1, 2, 3].map(|at| shares[at]);
    QuadShares { verbal_cooperation, material_cooperation, verbal_conflict, material_conflict }
}

/// Scores by partner.
///
/// # Errors
///
/// A score is no number; the message names the partner.
pub fn scores_by_partner<'a>(
    scored: impl IntoIterator<Item = (&'a str, f64)>,
    draws: Draws,
) -> Result<BTreeMap<String, Scores>, String> {
    let mut by_partner: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (partner, score) in scored {
        by_partner.entry(partner).or_default().push(score);
    }
    let of = |(partner, values): (&str, Vec<f64>)| {
        let scores = scores(&values, draws).map_err(|error| format!("{partner}: {error}"))?;
        Ok((partner.to_owned(), scores))
    };
    by_partner.into_iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(values: &[f64]) -> Scores {
        scores(values, Draws::default()).unwrap()
    }

    #[test]
    fn mean_and_sum_are_told_apart() {
        let found = of(&[1.0, 2.0, 3.0, 6.0]);
        assert_eq!((found.events, found.sum, found.mean), (4, 12.0, Some(3.0)));
        assert!((found.standard_error.unwrap() - (14.0_f64 / 3.0 / 4.0).sqrt()).abs() < 1e-12);
        let interval = found.interval.unwrap();
        assert!(interval.low > 1.0 && interval.low < 3.0 && interval.high > 3.0 && interval.high < 6.0);
    }

    #[test]
    fn the_bootstrap_agrees_with_the_standard_error_of_many() {
        let values: Vec<f64> = (0..2000_u32).map(|at| f64::from(at % 21) - 10.0).collect();
        let found = of(&values);
        let interval = found.interval.unwrap();
        let half = 1.96 * found.standard_error.unwrap();
        assert!(((interval.high - interval.low) / 2.0 / half - 1.0).abs() < 0.05, "{found:?}");
    }

    #[test]
    fn little_is_said_of_little() {
        assert_eq!((of(&[]).mean, of(&[]).interval, of(&[]).sum), (None, None, 0.0));
        assert_eq!(
            (of(&[4.0]).mean, of(&[4.0]).standard_error, of(&[4.0]).interval),
            (Some(4.0), None, None)
        );
        assert_eq!(of(&[4.0, 4.0]).interval, Some(Interval { low: 4.0, high: 4.0 }));
        assert!(scores(&[1.0, f64::NAN], Draws::default()).unwrap_err().contains("score 2 is NaN"));
    }

    #[test]
    fn partners_are_told_apart() {
        let found = scores_by_partner([("RUS", 1.0), ("USA", -2.0), ("RUS", 3.0)], Draws::default()).unwrap();
        assert_eq!((found["RUS"].mean, found["USA"].sum), (Some(2.0), -2.0));
        let error = scores_by_partner([("RUS", f64::INFINITY)], Draws::default()).unwrap_err();
        assert!(error.starts_with("RUS: score 1"));
    }

    #[test]
    fn quad_classes_share_as_the_dirichlet_says() {
        let quads = quad_shares([5, 1, 2, 0]);
        assert_eq!((quads.verbal_cooperation.mean, quads.material_conflict.raw), (0.55, Some(0.0)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn order_does_not_matter(mut values in prop::collection::vec(-10.0f64..10.0, 0..30)) {
            let one = of(&values);
            values.reverse();
            prop_assert_eq!(one, of(&values));
        }
    }
}
