//! The tilt between two partners: figure, interval and verdict from two counts.

use serde::{Deserialize, Serialize};

use crate::estimate::TAIL;
use crate::more::MoreNeeded;
use crate::share::Share;

/// How sure a verdict must be.
pub(crate) const SURE: f64 = 0.95;

/// How small a tilt counts as none: strictly between 0 and 1, .2 unless told otherwise.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(into = "f64", try_from = "f64")]
pub struct Delta(f64);

impl Default for Delta {
    fn default() -> Self {
        Self(0.2)
    }
}

impl From<Delta> for f64 {
    fn from(delta: Delta) -> Self {
        delta.0
    }
}

impl TryFrom<f64> for Delta {
    type Error = String;

    fn try_from(delta: f64) -> Result<Self, String> {
        if delta > 0.0 && delta < 1.0 {
            Ok(Self(delta))
        } else {
            Err(format!(
                "delta {delta} is no threshold of a tilt: write a number between 0 and 1, such as 0.2"
            ))
        }
    }
}

/// The tilt T = 2 share - 1, in [-1, 1]; positive towards the first partner.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Tilt {
    /// `(n_A - n_B) / (n_A + n_B)`; `None` without events.
    pub raw: Option<f64>,
    /// Posterior mean.
    pub mean: f64,
    /// Lower end of the equal-tailed 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// What the counts allow to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// P(|T| < delta) is at least .95.
    Balanced,
    /// P(T > delta) or P(T < -delta) is at least .95.
    Tilted,
    /// Neither.
    NotEnoughEvidence,
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Balanced => "balanced",
            Self::Tilted => "tilted",
            Self::NotEnoughEvidence => "not enough evidence",
        })
    }
}

/// Everything that two counts say, as `balance --json` prints it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Balance {
    /// Raw figure, posterior mean and interval; always shown together.
    pub tilt: Tilt,
    /// P(|T| < delta).
    pub p_within_delta: f64,
    /// P(T > delta): towards the first partner.
    pub p_above_delta: f64,
    /// P(T < -delta): towards the second.
    pub p_below_delta: f64,
    /// The threshold.
    pub delta: Delta,
    /// What the counts allow to say.
    pub verdict: Verdict,
    /// The partner towards whom it is tilted.
    pub toward: Option<String>,
    /// How many further events would settle it.
    pub more_needed: MoreNeeded,
}

/// Tilt, interval and verdict from the counts of events with each of two partners.
///
/// The share of the first is `Beta(n_A + 1/2, n_B + 1/2)` (Jeffreys' prior), T = 2 share - 1.
pub fn balance(between: [&str; 2], counts: [impl Into<f64>; 2], delta: Delta) -> Balance {
    let counts = counts.map(Into::into);
    let chances = Chances::new(counts, delta);
    let verdict = chances.verdict();
    let toward = (verdict == Verdict::Tilted).then(|| between[usize::from(chances.above < chances.below)]);
    Balance {
        tilt: tilt(counts),
        p_within_delta: chances.within,
        p_above_delta: chances.above,
        p_below_delta: chances.below,
        delta,
        verdict,
        toward: toward.map(str::to_owned),
        more_needed: MoreNeeded::new(counts, delta),
    }
}

/// Posterior mean of the tilt: `(n_A - n_B) / (n_A + n_B + 1)`.
pub fn mean_tilt([first, second]: [f64; 2]) -> f64 {
    2.0 * Share::new(first, second).mean() - 1.0
}

/// A tilt on the scale from 0 to 100, on which 50 is even: 50 (1 + T).
pub fn on_hundred(tilt: f64) -> f64 {
    50.0 * (1.0 + tilt)
}

/// Raw tilt, posterior mean and interval from two counts.
pub(crate) fn tilt(counts: [impl Into<f64>; 2]) -> Tilt {
    let [a, b] = counts.map(Into::into);
    let share = Share::new(a, b);
    Tilt {
        raw: (a + b > 0.0).then(|| (a - b) / (a + b)),
        mean: mean_tilt([a, b]),
        low: 2.0 * share.quantile(TAIL) - 1.0,
        high: 2.0 * share.quantile(1.0 - TAIL) - 1.0,
    }
}

/// Where the tilt lies, in probabilities that sum to 1.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chances {
    pub(crate) within: f64,
    pub(crate) above: f64,
    pub(crate) below: f64,
}

impl Chances {
    pub(crate) fn new([first, second]: [f64; 2], delta: Delta) -> Self {
        // The upper tail is the other partner's lower one, which keeps its digits.
        let edge = f64::midpoint(1.0, -delta.0);
        let below = Share::new(first, second).below(edge);
        let above = Share::new(second, first).below(edge);
        Self { within: (1.0 - below - above).max(0.0), above, below }
    }

    pub(crate) fn verdict(self) -> Verdict {
        if self.within >= SURE {
            Verdict::Balanced
        } else if self.above >= SURE || self.below >= SURE {
            Verdict::Tilted
        } else {
            Verdict::NotEnoughEvidence
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both counts, the posterior mean, low, high, P(|T| < .2); what is not told is none.
    type Worked = (u32, u32, Option<f64>, f64, f64, Option<f64>);

    const WORKED: [Worked; 7] = [
        (1, 1, Some(0.0), -0.88, 0.88, Some(0.25)),
        (0, 1, Some(-0.50), -1.00, 0.71, None),
        (5, 5, None, -0.55, 0.55, Some(0.49)),
        (12, 12, None, -0.38, 0.38, None),
        (48, 48, None, -0.20, 0.20, Some(0.95)),
        (30, 10, Some(0.49), 0.20, 0.73, None),
        (6, 2, Some(0.44), -0.18, 0.89, None),
    ];

    fn of(first: u32, second: u32) -> Balance {
        balance(["AAA", "BBB"], [first, second], Delta::default())
    }

    #[test]
    fn worked_values_are_those_of_the_measures() {
        let same = |got: f64, wanted: f64| (got - wanted).abs() <= 0.005;
        for (first, second, mean, low, high, within) in WORKED {
            let got = of(first, second);
            assert!(mean.is_none_or(|mean| same(got.tilt.mean, mean)), "{first}, {second}: {got:?}");
            assert!(same(got.tilt.low, low) && same(got.tilt.high, high), "{first}, {second}: {got:?}");
            assert!(
                within.is_none_or(|within| same(got.p_within_delta, within)),
                "{first}, {second}: {got:?}"
            );
        }
    }

    #[test]
    fn verdicts_need_ninety_five_per_cent() {
        assert_eq!((of(48, 48).verdict, of(48, 48).toward), (Verdict::Balanced, None));
        assert_eq!((of(30, 10).verdict, of(30, 10).toward.as_deref()), (Verdict::Tilted, Some("AAA")));
        assert_eq!((of(10, 30).verdict, of(10, 30).toward.as_deref()), (Verdict::Tilted, Some("BBB")));
        for (first, second) in [(0, 0), (1, 0), (5, 5), (12, 12), (6, 2)] {
            assert_eq!(of(first, second).verdict, Verdict::NotEnoughEvidence, "{first}, {second}");
        }
    }

    #[test]
    fn swapping_the_partners_mirrors_everything() {
        for (first, second) in [(0, 0), (0, 1), (3, 9), (40, 12), (100, 101)] {
            let (one, other) = (of(first, second), of(second, first));
            assert!((one.tilt.mean + other.tilt.mean).abs() < 1e-12);
            assert!((one.tilt.low + other.tilt.high).abs() < 1e-9);
            assert!((one.p_within_delta - other.p_within_delta).abs() < 1e-12);
            assert_eq!((one.verdict, one.more_needed), (other.verdict, other.more_needed));
        }
    }

    #[test]
    fn no_events_have_no_raw_tilt() {
        let none = of(0, 0).tilt;
        assert_eq!((none.raw, none.mean), (None, 0.0));
        assert_eq!(of(3, 1).tilt.raw, Some(0.5));
        assert_eq!([-1.0, 0.0, 0.5].map(on_hundred), [0.0, 50.0, 75.0]);
    }

    #[test]
    fn it_is_written_as_the_record_says() {
        let json = serde_json::to_value(of(30, 10)).unwrap();
        assert_eq!(json["verdict"], "tilted");
        assert_eq!(json["toward"], "AAA");
        assert_eq!(json["delta"], 0.2);
        assert_eq!(json["more_needed"]["tilted"], 0);
        for name in ["raw", "mean", "low", "high"] {
            assert!(json["tilt"][name].is_f64(), "{name}");
        }
        assert_eq!(serde_json::to_value(of(5, 5)).unwrap()["verdict"], "not_enough_evidence");
    }

    #[test]
    fn a_threshold_lies_between_nothing_and_everything() {
        for wrong in [0.0, 1.0, -0.2, f64::NAN, f64::INFINITY] {
            assert!(Delta::try_from(wrong).unwrap_err().contains("between 0 and 1"));
        }
        assert!(Delta::try_from(0.1).is_ok());
    }
}
