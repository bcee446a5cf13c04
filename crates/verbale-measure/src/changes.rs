//! Change points of a series: when a rate or a share became another, and how sure that is.
//!
//! ```text
//! periods ──evidence of each segment──▶ forward, backward ──▶ P(break) of each boundary, P(k breaks), best segments
//! ```
//!
//! Exact, after Fearnhead (*Exact and efficient Bayesian inference for multiple changepoint problems*, 2006):
//! each boundary between two periods is a break with the same probability, independently, so that segments
//! have geometric lengths; a segment's evidence is its marginal likelihood. Sums over all segmentations take
//! time and memory that grow with the square of the number of periods.

use serde::{Deserialize, Serialize};

use crate::estimate::Estimate;
use crate::segments::{Evidence, Model, Passes};

/// The most periods that are taken; 2,000 need 16 MB.
pub const PERIODS_AT_MOST: usize = 4000;

/// Numbers of breaks whose probability is given; what is beyond is given together.
pub const BREAKS_COUNTED: usize = 12;

/// A series whose changes are looked for, one entry per period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Series {
    /// Events in so much exposure (1 for each period, or its documents). A period without exposure says nothing.
    Rate {
        /// Events of each period.
        counts: Vec<u32>,
        /// Exposure of each period, from 0 on.
        exposures: Vec<f64>,
    },
    /// Events with the first of two partners among those with both. A period without events says nothing.
    Share {
        /// Events with the first partner.
        first: Vec<u32>,
        /// Events with the second.
        second: Vec<u32>,
    },
}

/// A stretch of periods with one rate or share.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Segment {
    /// Its first period, counted from 0.
    pub start: usize,
    /// The first period after it.
    pub end: usize,
    /// Its rate or share, given that it is one segment.
    pub level: Estimate,
}

/// Where the most probable segmentation breaks.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Break {
    /// The first period of the new segment.
    pub at: usize,
    /// Probability of a break exactly here, over all segmentations.
    pub probability: f64,
    /// 95 % interval of the period at which it lies, both ends included, given the neighbouring breaks.
    pub low: usize,
    /// Its upper end.
    pub high: usize,
}

/// What a series says of its changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Changes {
    /// The most probable segmentation; empty for a series without periods.
    pub segments: Vec<Segment>,
    /// Its breaks.
    pub breaks: Vec<Break>,
    /// For each period from the second on, the probability that a new segment starts with it.
    pub boundaries: Vec<f64>,
    /// Probability of 0, 1, 2, ... breaks, up to [`BREAKS_COUNTED`].
    pub numbers: Vec<f64>,
    /// Probability of more breaks than those.
    pub more: f64,
    /// The prior probability that was used for each boundary.
    pub prior: f64,
}

/// Finds the changes of a series. `prior` is the probability of a break at each boundary; unless it is
/// given, 1/(2(T - 1)) for T periods: half a break expected, which gives no break at all about .6.
///
/// A rate has the prior `Gamma(1, E/N)`, which weighs as one event at the overall rate; a share has Jeffreys'.
///
/// # Errors
///
/// Lists that differ in length, more than [`PERIODS_AT_MOST`] periods, a prior that is no probability, or
/// events without exposure.
pub fn changes(series: &Series, prior: Option<f64>) -> Result<Changes, String> {
    let model = Model::new(series)?;
    let periods = model.periods();
    if periods > PERIODS_AT_MOST {
        return Err(format!("{periods} periods, at most {PERIODS_AT_MOST} are taken: use longer periods"));
    }
    let prior = prior.unwrap_or(0.5 / periods.saturating_sub(1).max(1) as f64);
    if !(prior > 0.0 && prior < 1.0) {
        return Err(format!("{prior} is no prior probability of a break: write a number between 0 and 1"));
    }
    if periods == 0 {
        let (segments, breaks, boundaries, numbers) = (vec![], vec![], vec![], vec![1.0]);
        return Ok(Changes { segments, breaks, boundaries, numbers, more: 0.0, prior });
    }
    let evidence = Evidence::new(&model);
    let passes = Passes::new(&evidence, prior);
    let boundaries = passes.boundaries();
    let starts = passes.best();
    let numbers = passes.numbers(BREAKS_COUNTED);
    let more = (1.0 - numbers.iter().sum::<f64>()).max(0.0);
    let ends = || starts[1..].iter().copied().chain([periods]);
    let segments = starts.iter().zip(ends()).map(|(start, end)| Segment {
        start: *start,
        end,
        level: model.level(*start, end),
    });
    let found = |(at, after): (usize, usize)| {
        let [low, high] = evidence.whereabouts(starts[at], after);
        Break { at: starts[at + 1], probability: boundaries[starts[at + 1] - 1], low, high }
    };
    let breaks = ends().skip(1).enumerate().map(found).collect();
    Ok(Changes { segments: segments.collect(), breaks, boundaries, numbers, more, prior })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rates(counts: &[u32]) -> Series {
        Series::Rate { counts: counts.to_vec(), exposures: vec![1.0; counts.len()] }
    }

    fn of(series: &Series) -> Changes {
        changes(series, None).unwrap()
    }

    #[test]
    fn a_plain_change_is_found() {
        let found = of(&rates(&[2, 1, 3, 2, 1, 2, 9, 11, 8, 12, 10, 9]));
        assert_eq!(found.breaks.len(), 1);
        let change = found.breaks[0];
        assert_eq!((change.at, change.low, change.high), (6, 6, 6));
        assert!(change.probability > 0.95 && found.numbers[1] > 0.8, "{found:?}");
        assert!(found.segments[0].level.high < found.segments[1].level.low);
    }

    #[test]
    fn a_flat_series_has_no_change() {
        let found = of(&rates(&[4, 6, 5, 3, 5, 4, 6, 5, 4, 5]));
        assert!(found.breaks.is_empty() && found.numbers[0] > 0.7, "{found:?}");
        assert_eq!((found.segments.len(), found.segments[0].end), (1, 10));
    }

    #[test]
    fn exposure_explains_counts() {
        let counts = vec![2, 2, 2, 2, 20, 20, 20, 20];
        let exposures = vec![1.0, 1.0, 1.0, 1.0, 10.0, 10.0, 10.0, 10.0];
        let found = of(&Series::Rate { counts: counts.clone(), exposures });
        assert!(found.numbers[0] > 0.7, "{found:?}");
        assert!(of(&rates(&counts)).numbers[0] < 0.01);
    }

    #[test]
    fn a_share_can_turn_while_the_sum_stays() {
        let found = of(&Series::Share {
            first: vec![9, 8, 9, 10, 2, 1, 3, 0],
            second: vec![1, 2, 1, 0, 8, 9, 7, 10],
        });
        assert_eq!(found.breaks.iter().map(|change| change.at).collect::<Vec<_>>(), [4]);
        assert!(found.segments[1].level.raw.is_some_and(|share| (share - 0.15).abs() < 1e-12));
    }

    #[test]
    fn sums_are_those_of_all_segmentations() {
        let series = rates(&[1, 0, 6, 7, 2, 9]);
        let (prior, found) = (0.2_f64, changes(&series, Some(0.2)).unwrap());
        let model = Model::new(&series).unwrap();
        let (mut total, mut boundaries, mut numbers) = (0.0, [0.0; 5], [0.0; 6]);
        let mut best = (f64::NEG_INFINITY, 0);
        for set in 0_u32..32 {
            let breaks: Vec<usize> = (1..6).filter(|at| set & (1 << (at - 1)) != 0).collect();
            let edges: Vec<usize> = std::iter::once(0).chain(breaks.iter().copied()).chain([6]).collect();
            let evidence: f64 = edges.windows(2).map(|edge| model.evidence(edge[0], edge[1])).sum();
            let count = breaks.len() as i32;
            let mass = evidence.exp() * prior.powi(count) * (1.0 - prior).powi(5 - count);
            total += mass;
            numbers[breaks.len()] += mass;
            for at in &breaks {
                boundaries[at - 1] += mass;
            }
            if mass > best.0 {
                best = (mass, set);
            }
        }
        for (at, boundary) in boundaries.iter().enumerate() {
            assert!((found.boundaries[at] - boundary / total).abs() < 1e-9);
        }
        for (at, number) in numbers.iter().enumerate() {
            assert!((found.numbers[at] - number / total).abs() < 1e-9);
        }
        let wanted: Vec<usize> = (1..6).filter(|at| best.1 & (1 << (at - 1)) != 0).collect();
        assert_eq!(found.breaks.iter().map(|change| change.at).collect::<Vec<_>>(), wanted);
    }

    #[test]
    fn short_and_empty_series_are_no_trouble() {
        assert_eq!(of(&rates(&[])).segments, []);
        let one = of(&rates(&[3]));
        assert_eq!((one.segments.len(), one.boundaries.len(), one.numbers[0]), (1, 0, 1.0));
        let silent = of(&rates(&[0, 0, 0]));
        assert!(silent.segments[0].level.high.is_finite());
        let unknown = of(&Series::Rate { counts: vec![0, 0], exposures: vec![0.0, 0.0] });
        assert_eq!(unknown.segments[0].level.raw, None);
        let none = of(&Series::Share { first: vec![0, 0], second: vec![0, 0] });
        assert!((none.boundaries[0] - none.prior).abs() < 1e-12);
    }

    #[test]
    fn bad_series_are_refused() {
        let refused = |series: &Series| changes(series, None).unwrap_err();
        assert!(refused(&Series::Rate { counts: vec![1], exposures: vec![] }).contains("1 periods"));
        assert!(refused(&Series::Rate { counts: vec![1], exposures: vec![0.0] }).contains("period 1"));
        assert!(refused(&rates(&[1; PERIODS_AT_MOST + 1])).contains("longer periods"));
        for prior in [0.0, 1.0, f64::NAN] {
            assert!(changes(&rates(&[1, 2]), Some(prior)).unwrap_err().contains("no prior probability"));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn time_can_be_turned_and_partners_exchanged(periods in prop::collection::vec((0u32..12, 0u32..12), 1..24)) {
            let (first, second): (Vec<_>, Vec<_>) = periods.iter().copied().unzip();
            let found = of(&Series::Share { first: first.clone(), second: second.clone() });
            let exchanged = of(&Series::Share { first: second.clone(), second: first.clone() });
            let turned = of(&Series::Share { first: first.into_iter().rev().collect(), second: second.into_iter().rev().collect() });
            let sum: f64 = found.numbers.iter().sum::<f64>() + found.more;
            prop_assert!((sum - 1.0).abs() < 1e-9);
            let expected: f64 = found.boundaries.iter().sum();
            let counted: f64 = found.numbers.iter().enumerate().map(|(breaks, p)| breaks as f64 * p).sum();
            prop_assert!(found.more > 1e-9 || (expected - counted).abs() < 1e-6);
            for (at, p) in found.boundaries.iter().enumerate() {
                prop_assert!((0.0..=1.0).contains(p));
                prop_assert!((p - exchanged.boundaries[at]).abs() < 1e-9);
                prop_assert!((p - turned.boundaries[found.boundaries.len() - 1 - at]).abs() < 1e-9);
            }
            prop_assert!(found.segments.windows(2).all(|pair| pair[0].end == pair[1].start));
            prop_assert!(found.breaks.iter().all(|change| change.low <= change.at && change.at <= change.high));
        }
    }
}
