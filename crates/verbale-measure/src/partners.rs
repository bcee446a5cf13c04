//! Many partners: their shares and their rates.

use serde::{Deserialize, Serialize};

use crate::estimate::{Estimate, check_amounts};
use crate::posterior::{Beta, Gamma};

/// Share of each partner in the events: the margins of `Dirichlet(n + 1/2)`, in the order of the counts.
///
/// Each interval stands alone: two that overlap can still belong to partners that differ.
pub fn shares<N: Into<f64> + Copy>(counts: &[N]) -> Vec<Estimate> {
    let events: f64 = counts.iter().copied().map(Into::into).sum();
    let mass = events + 0.5 * counts.len() as f64;
    let share = |count: f64| {
        let a = count + 0.5;
        let raw = (events > 0.0).then(|| count / events);
        if counts.len() == 1 {
            return Estimate { raw, mean: 1.0, low: 1.0, high: 1.0 };
        }
        Beta { a, b: mass - a }.estimate(raw)
    };
    counts.iter().copied().map(Into::into).map(share).collect()
}

/// What is known of a rate before counting: `Gamma(shape, rate)`, in the unit of the exposure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct GammaPrior {
    /// As if so many events had been counted before.
    pub shape: f64,
    /// In so much exposure.
    pub rate: f64,
}

impl Default for GammaPrior {
    /// Jeffreys' prior of a Poisson rate: half an event in no exposure.
    fn default() -> Self {
        Self { shape: 0.5, rate: 0.0 }
    }
}

/// Events per unit of exposure: `Gamma(a + n, b + E)`; `None` without any exposure.
///
/// # Errors
///
/// The exposure is a number from 0 on, the prior's shape is above 0, and what has no exposure has no events.
pub fn rate(count: u32, exposure: f64, prior: GammaPrior) -> Result<Option<Estimate>, String> {
    check_amounts("exposure", &[exposure])?;
    check_amounts("shape of the prior", &[prior.shape])?;
    if prior.shape <= 0.0 || !(prior.rate >= 0.0 && prior.rate.is_finite()) {
        let GammaPrior { shape, rate } = prior;
        return Err(format!(
            "a prior of shape {shape} and rate {rate}: write a shape above 0 and a rate from 0 on"
        ));
    }
    if exposure <= 0.0 && count > 0 {
        return Err(format!("{count} events without exposure: say in how much time or how many documents"));
    }
    let posterior = Gamma { shape: prior.shape + f64::from(count), rate: prior.rate + exposure };
    if posterior.rate <= 0.0 {
        return Ok(None);
    }
    let raw = (exposure > 0.0).then(|| f64::from(count) / exposure);
    Ok(Some(posterior.estimate(raw).bounded()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::share::Share;
    use proptest::prelude::*;

    #[test]
    fn two_partners_share_as_the_beta_says() {
        let two = shares(&[6, 2]);
        let share = Share::new(6, 2);
        assert!((two[0].mean - share.mean()).abs() < 1e-12);
        assert!((two[0].low - share.quantile(0.025)).abs() < 1e-12);
        assert!((two[0].low + two[1].high - 1.0).abs() < 1e-9);
    }

    #[test]
    fn three_partners_share_as_the_dirichlet_says() {
        // Margins Beta(10.5, 6), Beta(4.5, 12) and Beta(1.5, 15), computed with 16 digits.
        let three = shares(&[10, 4, 1]);
        for (got, low, high) in SHARES.map(|(at, low, high)| (three[at], low, high)) {
            assert!((got.low - low).abs() < 1e-9 && (got.high - high).abs() < 1e-9, "{got:?}");
        }
        assert_eq!(three[0].raw, Some(10.0 / 15.0));
    }

    const SHARES: [(usize, f64, f64); 3] = [
        (0, 0.398_927_514_577_042, 0.842_533_437_243_820),
        (1, 0.094_003_910_658_395, 0.503_356_449_375_244),
        (2, 0.007_051_925_896_370, 0.264_130_124_795_681),
    ];

    #[test]
    fn a_rate_is_a_gamma() {
        let rate = rate(10, 4.0, GammaPrior::default()).unwrap().unwrap();
        assert_eq!((rate.raw, rate.mean), (Some(2.5), 10.5 / 4.0));
        assert!((rate.low * 4.0 - 5.141_448_891_261).abs() < 1e-6);
    }

    #[test]
    fn no_exposure_is_no_rate() {
        assert_eq!(rate(0, 0.0, GammaPrior::default()), Ok(None));
        let known = GammaPrior { shape: 2.0, rate: 4.0 };
        assert_eq!(rate(0, 0.0, known).unwrap().map(|rate| (rate.raw, rate.mean)), Some((None, 0.5)));
        assert!(rate(1, 0.0, known).unwrap_err().contains("without exposure"));
        assert!(rate(1, f64::NAN, known).unwrap_err().contains("exposure 1 is NaN"));
        assert!(rate(1, 1.0, GammaPrior { shape: 0.0, rate: 1.0 }).unwrap_err().contains("shape 0"));
        assert!(rate(9, 1e-300, known).unwrap().is_some_and(|rate| rate.high.is_finite()));
    }

    #[test]
    fn one_partner_has_all_and_none_has_none() {
        assert_eq!((shares(&[9])[0].mean, shares(&[9])[0].low), (1.0, 1.0));
        assert!(shares::<u32>(&[]).is_empty());
        assert_eq!(shares(&[0, 0])[0].raw, None);
    }

    proptest! {
        #[test]
        fn mean_shares_make_a_whole(counts in prop::collection::vec(0u32..200, 1..12)) {
            let mean: f64 = shares(&counts).iter().map(|share| share.mean).sum();
            prop_assert!((mean - 1.0).abs() < 1e-9);
        }
    }
}
