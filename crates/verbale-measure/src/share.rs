//! The share of one partner in the events with two: its beta distribution and quantiles.

use crate::posterior::Beta;

/// What two counts say of the share of the first: `Beta(n_A + 1/2, n_B + 1/2)`, the posterior under
/// Jeffreys' prior.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share(Beta);

impl Share {
    /// The posterior after `first` events with the first partner and `second` with the other; a gathering
    /// that several partners share counts less than one with each.
    pub fn new(first: impl Into<f64>, second: impl Into<f64>) -> Self {
        Self(Beta { a: first.into() + 0.5, b: second.into() + 0.5 })
    }

    /// Its mean, in (0, 1).
    pub fn mean(self) -> f64 {
        self.0.mean()
    }

    /// Probability that the share is below `x`; exact to 1e-8 for counts up to 20,000, and to 1e-7 in
    /// the tails (below .05, above .95) for counts up to a million.
    pub fn below(self, x: f64) -> f64 {
        self.0.below(x)
    }

    /// The share below which it lies with probability `p`.
    pub fn quantile(self, p: f64) -> f64 {
        self.0.quantile(p)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Counts, and the 2.5 % and 97.5 % points of the tilt 2 share - 1, computed with 30 digits.
    const QUANTILES: [(u32, u32, f64, f64); 7] = [
        (0, 0, -0.996_917_333_733_128, 0.996_917_333_733_128),
        (0, 1, -0.999_228_838_038_488, 0.706_507_367_380_85),
        (1, 1, -0.878_339_448_159_805, 0.878_339_448_159_805),
        (6, 2, -0.183_247_021_146_675, 0.888_066_220_550_683),
        (30, 10, 0.203_387_911_449_508, 0.727_213_090_905_468),
        (0, 1000, -0.999_999_018_176_61, -0.994_983_671_317_155),
        (3, 500, -0.996_634_876_211_212, -0.968_339_281_515_621),
    ];

    #[test]
    fn quantiles_are_exact_in_the_tails_of_small_and_lopsided_counts() {
        for (first, second, low, high) in QUANTILES {
            let share = Share::new(first, second);
            for (p, wanted) in [(0.025, low), (0.975, high)] {
                let got = 2.0 * share.quantile(p) - 1.0;
                assert!((got - wanted).abs() < 1e-11, "{first}, {second} at {p}: {got}, not {wanted}");
            }
        }
    }

    #[test]
    fn the_arcsine_law_stands_for_no_events() {
        let share = Share::new(0, 0);
        for x in [0.01_f64, 0.3, 0.5, 0.9] {
            let wanted = x.sqrt().asin() * 2.0 / std::f64::consts::PI;
            assert!((share.below(x) - wanted).abs() < 1e-12);
        }
    }

    #[test]
    fn large_counts_keep_their_tails() {
        // Two standard deviations below and above an even share of two million events.
        let share = Share::new(1_000_000, 1_000_000);
        let deviation = 0.5 / f64::from(2_000_001).sqrt();
        assert!((share.below(0.5 - 2.0 * deviation) - 0.022_750_1).abs() < 1e-6);
        assert!((share.below(0.5 + 2.0 * deviation) - 0.977_249_9).abs() < 1e-6);
    }

    proptest! {
        #[test]
        fn a_quantile_undoes_the_distribution(first in 0u32..3000, second in 0u32..3000, p in 0.001f64..0.999) {
            let share = Share::new(first, second);
            prop_assert!((share.below(share.quantile(p)) - p).abs() < 1e-6);
        }

        #[test]
        fn the_other_partner_has_the_rest(first in 0u32..3000, second in 0u32..3000, x in 0.0f64..1.0) {
            let sum = Share::new(first, second).below(x) + Share::new(second, first).below(1.0 - x);
            prop_assert!((sum - 1.0).abs() < 1e-9);
        }
    }
}
