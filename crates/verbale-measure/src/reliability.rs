//! How right a coding is: precision, recall and F1 with their intervals.

use serde::{Deserialize, Serialize};

use crate::estimate::Z;

/// A share of trials with Wilson's 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Proportion {
    /// The share.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// `hits` of `trials` with Wilson's score interval (*Probable inference*, 1927), which stays between 0 and 1
/// and is not of width 0 when all trials hit; `None` without trials.
///
/// # Errors
///
/// More hits than trials.
pub fn wilson(hits: u32, trials: u32) -> Result<Option<Proportion>, String> {
    if hits > trials {
        return Err(format!("{hits} hits in {trials} trials: give at most as many hits as trials"));
    }
    Ok((trials > 0).then(|| scored(f64::from(hits), f64::from(trials))))
}

fn scored(hits: f64, trials: f64) -> Proportion {
    let value = hits / trials;
    let square = Z * Z / trials;
    let centre = (value + square / 2.0) / (1.0 + square);
    let half = (square * value * (1.0 - value) + square * square / 4.0).sqrt() / (1.0 + square);
    // The ends of 0 and of 1 are exact, whatever is rounded on the way.
    let low = if hits > 0.0 { (centre - half).clamp(0.0, value) } else { 0.0 };
    let high = if hits < trials { (centre + half).clamp(value, 1.0) } else { 1.0 };
    Proportion { value, low, high }
}

/// Precision, recall and F1 of one field; each `None` where its denominator is 0.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Accuracy {
    /// Right of what was coded.
    pub precision: Option<Proportion>,
    /// Right of what there was.
    pub recall: Option<Proportion>,
    /// 2 right / (coded + there). F1 = 2 J / (1 + J) rises with Jaccard's J = right / (right + wrong +
    /// missed), a plain share of the items in either list; its interval is Wilson's of J on the scale of F1.
    pub f1: Option<Proportion>,
}

/// Precision, recall and F1 from items coded right, coded wrong (in the coding alone) and missed.
pub fn accuracy(right: u32, wrong: u32, missed: u32) -> Accuracy {
    let [right, wrong, missed] = [right, wrong, missed].map(f64::from);
    let of = |trials: f64| (trials > 0.0).then(|| scored(right, trials));
    let f1 = |jaccard: f64| 2.0 * jaccard / (1.0 + jaccard);
    Accuracy {
        precision: of(right + wrong),
        recall: of(right + missed),
        f1: of(right + wrong + missed).map(|jaccard| Proportion {
            value: f1(jaccard.value),
            low: f1(jaccard.low),
            high: f1(jaccard.high),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn wilson_is_that_of_tables() {
        // Newcombe, Two-sided confidence intervals for the single proportion (1998), table I, score method.
        let cases = [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ];
        for (hits, trials, low, high) in cases {
            let got = wilson(hits, trials).unwrap().unwrap();
            assert!((got.low - low).abs() < 5e-5 && (got.high - high).abs() < 5e-5, "{got:?}");
        }
        assert_eq!(wilson(20, 20).unwrap().map(|all| all.high), Some(1.0));
        assert_eq!(wilson(0, 0), Ok(None));
        assert!(wilson(2, 1).unwrap_err().contains("2 hits in 1 trials"));
    }

    #[test]
    fn accuracy_by_hand() {
        let found = accuracy(80, 20, 10);
        assert_eq!(found.precision.unwrap().value, 0.8);
        assert!((found.recall.unwrap().value - 80.0 / 90.0).abs() < 1e-12);
        assert!((found.f1.unwrap().value - 160.0 / 190.0).abs() < 1e-12);
        let none = accuracy(0, 0, 0);
        assert_eq!((none.precision, none.recall, none.f1), (None, None, None));
        assert_eq!(accuracy(0, 0, 5).precision, None);
        assert_eq!(accuracy(0, 0, 5).f1.map(|f1| f1.value), Some(0.0));
    }

    proptest! {
        #[test]
        fn intervals_hold_their_figure(right in 0u32..300, wrong in 0u32..300, missed in 0u32..300) {
            let (one, other) = (accuracy(right, wrong, missed), accuracy(right, missed, wrong));
            prop_assert_eq!((one.precision, one.f1), (other.recall, other.f1));
            for found in [one.precision, one.recall, one.f1].into_iter().flatten() {
                prop_assert!(0.0 <= found.low && found.low <= found.value && found.value <= found.high && found.high <= 1.0);
            }
        }
    }
}
