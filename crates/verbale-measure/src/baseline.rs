//! The lean towards one partner against what a baseline would let expect.

use serde::{Deserialize, Serialize};
use statrs::function::gamma::digamma;

use crate::draws::{Draws, Facing};
use crate::estimate::{Estimate, TAIL, check_amounts};
use crate::share::Share;

/// What two partners would have in common anyway.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Baseline {
    /// As much of one as of the other.
    Equal,
    /// Known amounts, such as trade or days in office.
    Known([f64; 2]),
    /// Counts that are uncertain themselves: the country's own past, or all other states' meetings with
    /// the same partners.
    Counts([u32; 2]),
}

/// The logarithm of (`n_A`/`B_A`) / (`n_B`/`B_B`): positive where the first partner has more than the baseline gives him.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Lean {
    /// Natural logarithm of the ratio of ratios; `raw` is `None` where one of the four is 0.
    pub log_ratio: Estimate,
    /// P(log ratio > 0).
    pub p_above_zero: f64,
}

/// The lean of two counts against a baseline.
///
/// The share of the first is `Beta(n_A + 1/2, n_B + 1/2)`, so the log odds have mean
/// digamma(`n_A` + 1/2) - digamma(`n_B` + 1/2), and against equal or known amounts their interval is that of
/// the beta. Against counts the baseline has log odds of the same kind, and the interval is read off draws.
///
/// # Errors
///
/// Known amounts are numbers above 0.
pub fn against(counts: [u32; 2], baseline: Baseline, draws: Draws) -> Result<Lean, String> {
    match baseline {
        Baseline::Equal => Ok(exact(counts, 0.0)),
        Baseline::Known(amounts) => {
            check_amounts("baseline of partner", &amounts)?;
            // The smallest normal number: its logarithm is finite, and so is that of a ratio.
            if let Some(at) = amounts.iter().position(|amount| *amount < f64::MIN_POSITIVE) {
                return Err(format!("baseline of partner {} is 0: nothing can be compared with it", at + 1));
            }
            Ok(exact(counts, amounts[0].ln() - amounts[1].ln()))
        }
        Baseline::Counts(before) => Ok(drawn(counts, before, draws)),
    }
}

fn exact(counts: [u32; 2], expected: f64) -> Lean {
    let share = Share::new(counts[0], counts[1]);
    let other = Share::new(counts[1], counts[0]);
    // Each end of the share keeps its digits where it is counted from the nearer side.
    let log_odds = |p: f64| share.quantile(p).ln() - other.quantile(1.0 - p).ln();
    let log_ratio = Estimate {
        raw: log_odds_of(counts).map(|raw| raw - expected),
        mean: mean_log_odds(counts) - expected,
        low: log_odds(TAIL) - expected,
        high: log_odds(1.0 - TAIL) - expected,
    };
    // The log odds are above what is expected where the other's share is below 1 / (1 + e^expected).
    Lean { log_ratio, p_above_zero: other.below(1.0 / (1.0 + expected.exp())) }
}

fn drawn(counts: [u32; 2], before: [u32; 2], draws: Draws) -> Lean {
    // Of the two ways to name the partners one is drawn and the other mirrored.
    let exchanged = [counts, before].map(|[first, second]| [second, first]);
    let facing = Facing::of([counts, before].cmp(&exchanged));
    let [now, then] = if facing == Facing::Back { exchanged } else { [counts, before] };
    let sample = draws.facing(facing, |source| {
        let mut log = |count: u32| source.gamma(f64::from(count) + 0.5).max(f64::MIN_POSITIVE).ln();
        (log(now[0]) - log(now[1])) - (log(then[0]) - log(then[1]))
    });
    let raw = log_odds_of(counts).zip(log_odds_of(before)).map(|(now, before)| now - before);
    let mean = mean_log_odds(counts) - mean_log_odds(before);
    let log_ratio = Estimate { mean, ..sample.estimate(raw) };
    Lean { log_ratio, p_above_zero: sample.share(|value| value > 0.0) }
}

fn log_odds_of([first, second]: [u32; 2]) -> Option<f64> {
    (first > 0 && second > 0).then(|| f64::from(first).ln() - f64::from(second).ln())
}

fn mean_log_odds([first, second]: [u32; 2]) -> f64 {
    digamma(f64::from(first) + 0.5) - digamma(f64::from(second) + 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(counts: [u32; 2], baseline: Baseline) -> Lean {
        against(counts, baseline, Draws::new(40_000, 1).unwrap()).unwrap()
    }

    #[test]
    fn an_equal_baseline_is_the_tilt_in_log_odds() {
        let lean = of([30, 10], Baseline::Equal);
        let ends =
            [0.203_387_911_449_508_f64, 0.727_213_090_905_468].map(|tilt| ((1.0 + tilt) / (1.0 - tilt)).ln());
        assert!((lean.log_ratio.low - ends[0]).abs() < 1e-9 && (lean.log_ratio.high - ends[1]).abs() < 1e-9);
        assert!((lean.log_ratio.raw.unwrap() - 3_f64.ln()).abs() < 1e-12);
        assert!((lean.p_above_zero - (1.0 - Share::new(30, 10).below(0.5))).abs() < 1e-9);
    }

    #[test]
    fn a_known_baseline_shifts_it() {
        let (equal, known) = (of([30, 10], Baseline::Equal), of([30, 10], Baseline::Known([6.0, 2.0])));
        assert!((equal.log_ratio.mean - known.log_ratio.mean - 3_f64.ln()).abs() < 1e-12);
        assert!(known.log_ratio.raw.unwrap().abs() < 1e-12);
        assert!(known.p_above_zero > 0.4 && known.p_above_zero < 0.6);
    }

    #[test]
    fn a_counted_baseline_is_uncertain_too() {
        let known = of([30, 10], Baseline::Known([3.0, 1.0]));
        let few = of([30, 10], Baseline::Counts([6, 2]));
        let many = of([30, 10], Baseline::Counts([6_000_000, 2_000_000]));
        let width = |lean: Lean| lean.log_ratio.high - lean.log_ratio.low;
        assert!(width(few) > 1.5 * width(known));
        assert!((width(many) / width(known) - 1.0).abs() < 0.03, "{many:?} {known:?}");
    }

    #[test]
    fn zero_has_no_raw_ratio() {
        for baseline in [Baseline::Equal, Baseline::Counts([0, 3]), Baseline::Counts([0, 0])] {
            let lean = of([0, 4], baseline);
            assert_eq!(lean.log_ratio.raw, None);
            assert!(lean.log_ratio.low.is_finite() && lean.log_ratio.high.is_finite());
        }
        let nothing = against([1, 1], Baseline::Known([0.0, 1.0]), Draws::default());
        assert!(nothing.unwrap_err().contains("partner 1 is 0"));
        assert!(of([0, u32::MAX], Baseline::Known([1e12, 1e-300])).log_ratio.low.is_finite());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn exchanging_the_partners_mirrors_it(first in 0u32..300, second in 0u32..300, a in 0.1f64..9.0, b in 0.1f64..9.0) {
            let one = of([first, second], Baseline::Known([a, b]));
            let other = of([second, first], Baseline::Known([b, a]));
            prop_assert!((one.log_ratio.low + other.log_ratio.high).abs() < 1e-9);
            prop_assert!((one.log_ratio.mean + other.log_ratio.mean).abs() < 1e-9);
            prop_assert!((one.p_above_zero + other.p_above_zero - 1.0).abs() < 1e-9);
            prop_assert!(one.log_ratio.low < one.log_ratio.high);
            let (one, other) =
                (of([first, second], Baseline::Counts([3, 8])), of([second, first], Baseline::Counts([8, 3])));
            prop_assert!((one.log_ratio.low + other.log_ratio.high).abs() < 1e-9);
        }
    }
}
