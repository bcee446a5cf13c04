//! The two distributions that exact intervals are read off: beta and gamma.

use statrs::function::beta::beta_reg;
use statrs::function::gamma::gamma_lr;

use crate::estimate::{Estimate, TAIL, Z};

/// Halvings that bring a quantile to the last bit of a share in [0, 1].
const HALVINGS: u32 = 60;

/// From this shape on, a gamma quantile is read off Wilson and Hilferty's cube (*The distribution of
/// chi-square*, 1931), which is then right to a millionth of a standard deviation.
const MANY: f64 = 1e5;

/// `Beta(a, b)`; both parameters are positive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Beta {
    pub(crate) a: f64,
    pub(crate) b: f64,
}

impl Beta {
    pub(crate) fn mean(self) -> f64 {
        self.a / (self.a + self.b)
    }

    /// Probability of less than `x`.
    pub(crate) fn below(self, x: f64) -> f64 {
        if x <= 0.0 {
            0.0
        } else if x >= 1.0 {
            1.0
        } else {
            beta_reg(self.a, self.b, x).clamp(0.0, 1.0)
        }
    }

    /// What it lies below with probability `p`: bisection on [`Beta::below`], because Newton's method in
    /// libraries gives up in the tails of small counts.
    pub(crate) fn quantile(self, p: f64) -> f64 {
        bisected(0.0, 1.0, |x| self.below(x) < p)
    }

    /// Mean and equal-tailed interval, beside what was seen.
    pub(crate) fn estimate(self, raw: Option<f64>) -> Estimate {
        Estimate { raw, mean: self.mean(), low: self.quantile(TAIL), high: self.quantile(1.0 - TAIL) }
    }
}

/// `Gamma(shape, rate)`; both parameters are positive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Gamma {
    pub(crate) shape: f64,
    pub(crate) rate: f64,
}

impl Gamma {
    pub(crate) fn mean(self) -> f64 {
        self.shape / self.rate
    }

    /// What it lies below with probability .025 and .975.
    fn ends(self) -> [f64; 2] {
        if self.shape > MANY {
            let spread = 1.0 / (9.0 * self.shape);
            return [-Z, Z].map(|z| (1.0 - spread + z * spread.sqrt()).powi(3) * self.mean());
        }
        let below = |x: f64| if x > 0.0 { gamma_lr(self.shape, x) } else { 0.0 };
        // Ten standard deviations above the mean, and enough where the mean is small.
        let top = self.shape + 10.0 * self.shape.sqrt() + 10.0;
        [TAIL, 1.0 - TAIL].map(|p| bisected(0.0, top, |x| below(x) < p) / self.rate)
    }

    /// Mean and equal-tailed interval, beside what was seen.
    pub(crate) fn estimate(self, raw: Option<f64>) -> Estimate {
        let [low, high] = self.ends();
        Estimate { raw, mean: self.mean(), low, high }
    }
}

/// Where `less` turns from true to false between two numbers.
fn bisected(mut low: f64, mut high: f64, less: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if less(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shape, and the 2.5 % and 97.5 % points at rate 1, computed with 30 digits.
    const GAMMA: [(f64, f64, f64); 5] = [
        (0.5, 0.000_491_034_558_587_628, 2.511_943_093_657_445),
        (1.5, 0.107_897_641_311_949, 4.674_201_802_248_074),
        (10.5, 5.141_448_891_261_431, 17.739_437_952_863_63),
        (100.5, 81.815_014_088_483_92, 121.077_931_740_192_6),
        (5000.5, 4_862.852_259_228_797, 5_140.042_019_412_621),
    ];

    #[test]
    fn gamma_quantiles_are_those_of_tables() {
        for (shape, low, high) in GAMMA {
            let got = Gamma { shape, rate: 2.0 }.estimate(None);
            assert!((got.low * 2.0 / low - 1.0).abs() < 1e-7, "{shape}: {got:?}");
            assert!((got.high * 2.0 / high - 1.0).abs() < 1e-7, "{shape}: {got:?}");
        }
    }

    #[test]
    fn both_ways_to_a_gamma_quantile_meet() {
        let (under, over) =
            (Gamma { shape: MANY, rate: 1.0 }, Gamma { shape: MANY * (1.0 + 1e-12), rate: 1.0 });
        let spread = MANY.sqrt();
        let (under, over) = (under.ends(), over.ends());
        for end in 0..2 {
            assert!((under[end] - over[end]).abs() < 1e-5 * spread, "{under:?} {over:?}");
        }
    }
}
