//! A figure as it is printed: what was seen, the posterior mean, and the interval.

use serde::{Deserialize, Serialize};

/// What is left out at each end of an interval.
pub(crate) const TAIL: f64 = 0.025;

/// The 97.5 % point of the standard normal distribution.
pub(crate) const Z: f64 = 1.959_963_984_540_054;

/// A figure with its equal-tailed 95 % interval; raw figure, mean and interval are always shown together.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// As counted; `None` where there was nothing to count.
    pub raw: Option<f64>,
    /// Posterior mean.
    pub mean: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Estimate {
    /// The same figure with numbers that can be written: what is beyond them is their largest.
    pub(crate) fn bounded(self) -> Self {
        let bound = |value: f64| value.clamp(f64::MIN, f64::MAX);
        Self {
            raw: self.raw.map(bound),
            mean: bound(self.mean),
            low: bound(self.low),
            high: bound(self.high),
        }
    }
}

/// An interval beside a figure that has no posterior mean.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Refuses what is no number from 0 on, naming it.
pub(crate) fn check_amounts(name: &str, amounts: &[f64]) -> Result<(), String> {
    match amounts.iter().position(|amount| !(*amount >= 0.0 && *amount <= LARGEST)) {
        None => Ok(()),
        Some(at) => {
            Err(format!("{name} {} is {}: write a number from 0 to {LARGEST:e}", at + 1, amounts[at]))
        }
    }
}

/// Refuses two lists that should speak of the same things and differ in length.
pub(crate) fn check_lengths(names: [&str; 2], lengths: [usize; 2]) -> Result<(), String> {
    if lengths[0] == lengths[1] {
        return Ok(());
    }
    Err(format!(
        "{} {} and {} {}: give as many of one as of the other",
        lengths[0], names[0], lengths[1], names[1]
    ))
}

/// The largest amount that is taken, so that sums and squares of amounts stay finite.
const LARGEST: f64 = 1e12;
