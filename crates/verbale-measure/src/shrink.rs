//! Rare dyads: rates drawn towards what all dyads together suggest.

use serde::{Deserialize, Serialize};
use statrs::function::gamma::ln_gamma;

use crate::estimate::{Estimate, check_amounts, check_lengths};
use crate::partners::{GammaPrior, rate};

/// Shapes that are tried, as powers of e: from rates that have nothing to do with each other to rates that
/// cannot be told apart.
const SHAPES: [f64; 2] = [-5.0, 10.0];

/// Steps between them, before the best is refined.
const STEPS: u32 = 60;

/// Halvings of the stretch around the best step.
const REFINEMENTS: u32 = 40;

/// Rates of all dyads, each drawn towards the common one the more the less was seen of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shrunk {
    /// `Gamma(a, b)` that the rates are taken to come from.
    pub prior: GammaPrior,
    /// The counts do not show that rates differ: all are drawn to the common one almost wholly, and the
    /// intervals are too narrow for rates that do.
    pub pooled: bool,
    /// `Gamma(a + n, b + E)` of each dyad, in their order.
    pub rates: Vec<Estimate>,
}

/// Empirical-Bayes gamma-Poisson shrinkage: a and b by maximum marginal (negative binomial) likelihood,
/// then the posterior of each rate. `None` with fewer than two dyads that have exposure, or no events.
///
/// For each shape a the best mean a/b is found by bisection, because there the score falls; the shape is
/// searched over a grid and refined, so no start can lead astray. The intervals take a and b as known.
///
/// # Errors
///
/// As many exposures as counts, each from 0 on; what has no exposure has no events.
pub fn shrink(counts: &[u32], exposures: &[f64]) -> Result<Option<Shrunk>, String> {
    check_lengths(["counts", "exposures"], [counts.len(), exposures.len()])?;
    check_amounts("exposure", exposures)?;
    let seen: Vec<(f64, f64)> = counts
        .iter()
        .copied()
        .map(f64::from)
        .zip(exposures.iter().copied())
        .filter(|(_, e)| *e > 0.0)
        .collect();
    if let Some(at) = counts.iter().zip(exposures).position(|(count, e)| *count > 0 && *e <= 0.0) {
        return Err(format!("dyad {}: {} events without exposure", at + 1, counts[at]));
    }
    if seen.len() < 2 || counts.iter().all(|count| *count == 0) {
        return Ok(None);
    }
    let (log_shape, pooled) = best_shape(&seen);
    let shape = log_shape.exp();
    let prior = GammaPrior { shape, rate: shape / best_mean(&seen, shape) };
    let rates = counts.iter().zip(exposures).map(|(count, exposure)| rate(*count, *exposure, prior));
    Ok(Some(Shrunk {
        prior,
        pooled,
        rates: rates.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect(),
    }))
}

/// The most likely shape, as a power of e, and whether it is the largest tried.
fn best_shape(seen: &[(f64, f64)]) -> (f64, bool) {
    let [from, to] = SHAPES;
    let step = (to - from) / f64::from(STEPS);
    let likelihood = |log_shape: f64| {
        let shape = log_shape.exp();
        log_likelihood(seen, shape, best_mean(seen, shape))
    };
    let grid = (0..=STEPS).map(|at| from + step * f64::from(at));
    let best = grid
        .map(|at| (at, likelihood(at)))
        .fold((to, f64::NEG_INFINITY), |best, next| if next.1 > best.1 { next } else { best });
    let (mut low, mut high) = ((best.0 - step).max(from), (best.0 + step).min(to));
    for _ in 0..REFINEMENTS {
        let third = (high - low) / 3.0;
        if likelihood(low + third) < likelihood(high - third) { low += third } else { high -= third }
    }
    let found = f64::midpoint(low, high);
    (found, to - found < step / 2.0)
}

/// The most likely mean rate for a shape: where the score, which falls in the mean, is 0.
fn best_mean(seen: &[(f64, f64)], shape: f64) -> f64 {
    let rates = seen.iter().map(|(count, exposure)| count / exposure);
    let (mut low, mut high) = (0.0, rates.fold(0.0, f64::max).clamp(f64::MIN_POSITIVE, f64::MAX));
    for _ in 0..80 {
        let mean = f64::midpoint(low, high);
        let score: f64 =
            seen.iter().map(|(count, exposure)| (count - mean * exposure) / (shape + mean * exposure)).sum();
        if score > 0.0 { low = mean } else { high = mean }
    }
    high
}

/// Of the counts, but for what depends on neither.
fn log_likelihood(seen: &[(f64, f64)], shape: f64, mean: f64) -> f64 {
    let of = |(count, exposure): &(f64, f64)| {
        let expected = mean * exposure;
        ln_gamma(shape + count) - ln_gamma(shape) - shape * (expected / shape).ln_1p()
            + if *count > 0.0 { count * (expected / (shape + expected)).ln() } else { 0.0 }
    };
    seen.iter().map(of).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_was_seen_little_is_drawn_most() {
        let counts = [40, 35, 2, 1, 0, 3, 25, 0];
        let exposures = [10.0, 10.0, 0.2, 1.0, 0.1, 10.0, 10.0, 5.0];
        let found = shrink(&counts, &exposures).unwrap().unwrap();
        let common = found.prior.shape / found.prior.rate;
        let kept = |at: usize| {
            let raw = found.rates[at].raw.unwrap();
            (found.rates[at].mean - common) / (raw - common)
        };
        assert!(kept(0) > 0.9 && kept(2) < 0.6 && kept(4) < 0.4, "{found:?}");
        assert!(found.rates.iter().all(|rate| rate.low < rate.mean && rate.mean < rate.high));
        assert!(!found.pooled);
    }

    #[test]
    fn the_fit_is_the_most_likely_one() {
        // Maximum found with scipy's Nelder-Mead on the same likelihood.
        let found = shrink(&FITTED.0, &FITTED.1).unwrap().unwrap();
        assert!((found.prior.shape / FITTED.2 - 1.0).abs() < 1e-3, "{found:?}");
        assert!((found.prior.rate / FITTED.3 - 1.0).abs() < 1e-3, "{found:?}");
    }

    const FITTED: ([u32; 8], [f64; 8], f64, f64) =
        ([40, 35, 2, 1, 0, 3, 25, 0], [10.0, 10.0, 0.2, 1.0, 0.1, 10.0, 10.0, 5.0], 0.833_245, 0.356_704);

    #[test]
    fn equal_rates_are_pooled() {
        let found = shrink(&[10, 10, 11, 9], &[1.0; 4]).unwrap().unwrap();
        assert!(found.pooled);
        assert!(found.rates.iter().all(|rate| (rate.mean - 10.0).abs() < 0.1));
    }

    #[test]
    fn too_little_is_no_fit() {
        assert_eq!(shrink(&[], &[]), Ok(None));
        assert_eq!(shrink(&[3], &[1.0]), Ok(None));
        assert_eq!(shrink(&[0, 0, 0], &[1.0; 3]), Ok(None));
        assert_eq!(shrink(&[3, 0], &[1.0, 0.0]), Ok(None));
        let extreme = shrink(&[1, 2, u32::MAX], &[1e12, 1e12, 1e-300]).unwrap().unwrap();
        assert!(
            extreme.rates.iter().all(|rate| rate.mean.is_finite() && rate.high.is_finite()),
            "{extreme:?}"
        );
        assert!(shrink(&[1, 2, 1], &[1e12, 1e12, 1e12]).unwrap().is_some());
        assert!(shrink(&[3, 1], &[1.0, 0.0]).unwrap_err().contains("dyad 2: 1 events"));
        assert!(shrink(&[3, 1], &[1.0]).unwrap_err().contains("2 counts and 1 exposures"));
        let unseen = shrink(&[3, 9, 0], &[1.0, 1.0, 0.0]).unwrap().unwrap();
        assert_eq!(unseen.rates[2].raw, None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn shrunk_rates_lie_between_their_own_and_the_common_one(
            dyads in prop::collection::vec((0u32..50, 0.01f64..20.0), 2..15),
        ) {
            let (counts, exposures): (Vec<_>, Vec<_>) = dyads.into_iter().unzip();
            if let Some(found) = shrink(&counts, &exposures).unwrap() {
                let common = found.prior.shape / found.prior.rate;
                prop_assert!(common.is_finite() && common > 0.0);
                for rate in found.rates {
                    let raw = rate.raw.unwrap();
                    let slack = 1e-9 * (1.0 + rate.mean);
                    prop_assert!(rate.mean >= raw.min(common) - slack && rate.mean <= raw.max(common) + slack);
                }
            }
        }
    }
}
