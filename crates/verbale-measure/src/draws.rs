//! Random draws from a fixed seed, and what is read off them.
//!
//! The generator is PCG XSL-RR 128/64 (O'Neill, *PCG*, 2014), whose stream is the same on every platform.
//! What is made of its bits goes through the logarithm and the power of the platform, so the last digit of
//! a figure may differ between platforms, and the third one between versions of `rand_distr`.

use std::cmp::Ordering;

use rand_distr::{Distribution, Exp1, Gamma, StandardNormal, StandardUniform};
use rand_pcg::Pcg64;
use rand_pcg::rand_core::SeedableRng;
use serde::{Deserialize, Serialize};

use crate::estimate::{Estimate, TAIL};

/// How many draws, and from which seed; 4,000 from seed 1 unless told otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct Draws {
    count: u32,
    seed: u64,
}

/// Draws as they are written down, before they are checked.
#[derive(Deserialize)]
struct Written {
    count: u32,
    seed: u64,
}

impl Default for Draws {
    fn default() -> Self {
        Self { count: 4000, seed: 1 }
    }
}

impl TryFrom<Written> for Draws {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        Self::new(written.count, written.seed)
    }
}

impl Draws {
    /// For figures of which there are many, each beside others like it: 1,000 draws, so that the ends of an interval
    /// have a standard error of about 2 % of its width.
    pub const FEW: Self = Self { count: 1000, seed: 1 };

    /// # Errors
    ///
    /// Fewer than 100 draws give no interval, and more than a million no better one.
    pub fn new(count: u32, seed: u64) -> Result<Self, String> {
        if (100..=1_000_000).contains(&count) {
            Ok(Self { count, seed })
        } else {
            Err(format!("{count} draws: write a number from 100 to 1000000, such as 4000"))
        }
    }

    /// How many.
    pub fn count(self) -> u32 {
        self.count
    }

    /// Where the generator starts.
    pub fn seed(self) -> u64 {
        self.seed
    }

    /// Draws one after the other.
    pub(crate) fn each(self, mut draw: impl FnMut(&mut Source)) {
        let mut source = self.source();
        (0..self.count).for_each(|_| draw(&mut source));
    }

    /// The value of `draw` for each draw, one after the other.
    pub(crate) fn of(self, draw: impl FnMut(&mut Source) -> f64) -> Sample {
        self.facing(Facing::There, draw)
    }

    /// The same of a figure that changes its sign with the partners.
    pub(crate) fn facing(self, facing: Facing, mut draw: impl FnMut(&mut Source) -> f64) -> Sample {
        let mut source = self.source();
        Sample::facing(facing, (0..self.count).map(|_| draw(&mut source)).collect())
    }

    /// Where the draws come from, one after the other.
    pub(crate) fn source(self) -> Source {
        Source(Pcg64::seed_from_u64(self.seed))
    }
}

/// Which way the partners were named for a draw. Of the two ways one is drawn, so that exchanging the
/// partners mirrors what is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Facing {
    /// As they were given.
    There,
    /// Exchanged: each value is turned back.
    Back,
    /// Both ways are the same: each value counts either way.
    Both,
}

impl Facing {
    /// Of a way to write something down that compares like this with the exchanged one.
    pub(crate) fn of(order: Ordering) -> Self {
        match order {
            Ordering::Less => Self::There,
            Ordering::Greater => Self::Back,
            Ordering::Equal => Self::Both,
        }
    }
}

/// Where draws come from.
pub(crate) struct Source(Pcg64);

impl Source {
    /// Exponential with mean 1.
    #[inline]
    pub(crate) fn exponential(&mut self) -> f64 {
        Exp1.sample(&mut self.0)
    }

    /// Standard normal.
    #[inline]
    pub(crate) fn normal(&mut self) -> f64 {
        StandardNormal.sample(&mut self.0)
    }

    /// `Gamma(1/2, 1)`: half the square of a standard normal.
    pub(crate) fn half(&mut self) -> f64 {
        self.normal().powi(2) / 2.0
    }

    /// `Gamma(shape, 1)`; nothing where the shape is none.
    pub(crate) fn gamma(&mut self, shape: f64) -> f64 {
        Gamma::new(shape, 1.0).map_or(0.0, |gamma| gamma.sample(&mut self.0))
    }

    /// Shares of these masses; nothing where nobody shares.
    pub(crate) fn shares(&mut self, of: &Masses) -> Vec<f64> {
        let mut shares: Vec<f64> = of.0.iter().map(|gamma| gamma.sample(&mut self.0)).collect();
        let sum: f64 = shares.iter().sum();
        for mass in &mut shares {
            *mass = if sum > 0.0 { *mass / sum } else { 0.0 };
        }
        shares
    }

    /// Whether something of this probability happens.
    #[inline]
    pub(crate) fn happens(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// A number from 0 to 1.
    #[inline]
    pub(crate) fn uniform(&mut self) -> f64 {
        StandardUniform.sample(&mut self.0)
    }

    /// A number below `bound`; 0 when the bound is 0.
    pub(crate) fn index(&mut self, bound: usize) -> usize {
        ((self.uniform() * bound as f64) as usize).min(bound.saturating_sub(1))
    }
}

/// Masses after some counts, whose shares are `Dirichlet(n + 1/2)`.
pub(crate) struct Masses(Vec<Gamma<f64>>);

impl Masses {
    pub(crate) fn of(counts: &[u32]) -> Self {
        Self(counts.iter().filter_map(|count| Gamma::new(f64::from(*count) + 0.5, 1.0).ok()).collect())
    }
}

/// Drawn values in ascending order; never empty.
pub(crate) struct Sample(Vec<f64>);

impl Sample {
    /// Of values in any order.
    pub(crate) fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        Self(values)
    }

    /// Of values of a figure that changes its sign with the partners.
    pub(crate) fn facing(facing: Facing, mut values: Vec<f64>) -> Self {
        let turned: Vec<f64> = values.iter().map(|value| -value).collect();
        match facing {
            Facing::There => {}
            Facing::Back => values = turned,
            Facing::Both => values.extend(turned),
        }
        Self::of(values)
    }

    pub(crate) fn mean(&self) -> f64 {
        self.0.iter().sum::<f64>() / self.0.len() as f64
    }

    /// The value below which a share `p` of the draws lies, interpolated (type 7 of Hyndman and Fan,
    /// *Sample quantiles in statistical packages*, 1996).
    pub(crate) fn quantile(&self, p: f64) -> f64 {
        let last = self.0.len() - 1;
        let place = p * last as f64;
        let under = (place as usize).min(last);
        let (low, high) = (self.0[under], self.0[(under + 1).min(last)]);
        low + (high - low) * (place - under as f64)
    }

    /// The draws that gave a number; `None` where none did.
    pub(crate) fn known(self) -> Option<Self> {
        let known: Vec<f64> = self.0.into_iter().filter(|value| !value.is_nan()).collect();
        (!known.is_empty()).then_some(Self(known))
    }

    /// Share of draws for which something holds.
    pub(crate) fn share(&self, holds: impl Fn(f64) -> bool) -> f64 {
        self.0.iter().filter(|value| holds(**value)).count() as f64 / self.0.len() as f64
    }

    /// Mean and percentile interval, beside what was seen.
    pub(crate) fn estimate(&self, raw: Option<f64>) -> Estimate {
        Estimate { raw, mean: self.mean(), low: self.quantile(TAIL), high: self.quantile(1.0 - TAIL) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_stream_everywhere() {
        let sample = Draws::new(100, 7).unwrap().of(|source| source.index(1 << 30) as f64);
        assert_eq!(sample.0[..3], PINNED);
    }

    /// What the generator gave when it was chosen.
    const PINNED: [f64; 3] = [544_345.0, 8_541_937.0, 16_198_006.0];

    #[test]
    fn half_a_squared_normal_is_half_a_gamma() {
        let draws = Draws::new(100_000, 3).unwrap();
        let (half, gamma) = (draws.of(Source::half), draws.of(|source| source.gamma(0.5)));
        for p in [0.1, 0.5, 0.9] {
            assert!((half.quantile(p) - gamma.quantile(p)).abs() < 0.02);
        }
        assert!((half.mean() - 0.5).abs() < 0.01);
    }

    #[test]
    fn quantiles_interpolate() {
        let sample = Sample(vec![1.0, 2.0, 4.0]);
        assert_eq!([0.0, 0.25, 0.5, 0.75, 1.0].map(|p| sample.quantile(p)), [1.0, 1.5, 2.0, 3.0, 4.0]);
    }

    #[test]
    fn too_few_draws_are_refused() {
        assert!(Draws::new(99, 1).unwrap_err().contains("from 100"));
        assert!(serde_json::from_str::<Draws>(r#"{"count": 1, "seed": 1}"#).is_err());
        assert!(serde_json::from_str::<Draws>(r#"{"count": 200, "seed": 1}"#).is_ok());
    }
}
