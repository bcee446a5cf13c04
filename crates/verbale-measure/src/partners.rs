//! Many partners: their shares, their rates, and how concentrated the whole is.

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
    check_amounts("prior", &[prior.shape, prior.rate])?;
    if prior.shape <= 0.0 {
        return Err("the prior of a rate has shape 0: write a number above 0, such as 0.5".to_owned());
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

/// How concentrated counts or weights are on few partners. All is `None` where nothing was counted.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Concentration {
    /// K: partners asked about, those without events among them.
    pub partners: usize,
    /// Shannon's H, in nats, from 0 to ln K.
    pub entropy: Option<f64>,
    /// H with the correction of Miller and Madow, (partners seen - 1) / 2n; for counts alone.
    pub entropy_corrected: Option<f64>,
    /// Pielou's J = H / ln K, from 0 to 1; `None` for a single partner.
    pub evenness: Option<f64>,
    /// Herfindahl and Hirschman's index: the sum of squared shares, from 1/K to 1.
    pub hhi: Option<f64>,
    /// (HHI - 1/K) / (1 - 1/K), from 0 to 1; `None` for a single partner.
    pub hhi_star: Option<f64>,
    /// e^H: as many partners of equal share have the same entropy.
    pub effective_shannon: Option<f64>,
    /// 1/HHI: as many partners of equal share have the same index.
    pub effective_simpson: Option<f64>,
}

/// How concentrated events are on few partners.
pub fn concentration(counts: &[u32]) -> Concentration {
    let amounts: Vec<f64> = counts.iter().copied().map(f64::from).collect();
    let events: f64 = amounts.iter().sum();
    let seen = counts.iter().filter(|count| **count > 0).count() as f64;
    let mut whole = concentrated(&amounts);
    whole.entropy_corrected = whole.entropy.map(|entropy| entropy + (seen - 1.0) / (2.0 * events));
    whole
}

/// How concentrated weighted sums are on few partners.
///
/// # Errors
///
/// Each weight is a number from 0 on.
pub fn concentration_of_weights(weights: &[f64]) -> Result<Concentration, String> {
    check_amounts("weight of partner", weights)?;
    Ok(concentrated(weights))
}

fn concentrated(amounts: &[f64]) -> Concentration {
    let partners = amounts.len();
    let sum: f64 = amounts.iter().sum();
    let several = |value: f64| (partners > 1).then_some(value);
    let shares: Option<Vec<f64>> = (sum > 0.0).then(|| amounts.iter().map(|amount| amount / sum).collect());
    let entropy = shares.as_deref().map(entropy);
    let hhi = shares.map(|shares| shares.iter().map(|share| share * share).sum::<f64>().min(1.0));
    let each = 1.0 / partners as f64;
    Concentration {
        partners,
        entropy,
        entropy_corrected: None,
        evenness: entropy.and_then(|entropy| several((entropy / (partners as f64).ln()).clamp(0.0, 1.0))),
        hhi,
        hhi_star: hhi.and_then(|hhi| several(((hhi - each) / (1.0 - each)).clamp(0.0, 1.0))),
        effective_shannon: entropy.map(f64::exp),
        effective_simpson: hhi.map(f64::recip),
    }
}

/// Shannon's entropy of shares, in nats.
pub(crate) fn entropy(shares: &[f64]) -> f64 {
    shares.iter().filter(|share| **share > 0.0).map(|share| -share * share.ln()).sum::<f64>().max(0.0)
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
    fn even_shares_are_as_many_partners() {
        let even = concentration(&[7, 7, 7, 7]);
        let near = |got: Option<f64>, wanted: f64| (got.unwrap() - wanted).abs() < 1e-12;
        assert!(near(even.entropy, 4_f64.ln()) && near(even.evenness, 1.0));
        assert!(near(even.hhi, 0.25) && near(even.hhi_star, 0.0));
        assert!(near(even.effective_shannon, 4.0) && near(even.effective_simpson, 4.0));
        assert!(near(even.entropy_corrected, 4_f64.ln() + 3.0 / 56.0));
    }

    #[test]
    fn one_partner_alone_is_all() {
        let one = concentration(&[9, 0, 0]);
        assert_eq!((one.hhi, one.hhi_star, one.evenness), (Some(1.0), Some(1.0), Some(0.0)));
        let single = concentration(&[9]);
        assert_eq!((single.hhi, single.hhi_star, single.evenness), (Some(1.0), None, None));
        assert_eq!(shares(&[9])[0].mean, 1.0);
    }

    #[test]
    fn nothing_counted_is_unknown() {
        for counts in [&[][..], &[0], &[0, 0]] {
            let none = concentration(counts);
            assert_eq!((none.entropy, none.hhi, none.effective_simpson), (None, None, None));
        }
        assert!(shares::<u32>(&[]).is_empty());
        assert_eq!(shares(&[0, 0])[0].raw, None);
    }

    proptest! {
        #[test]
        fn indices_stay_in_their_bounds(counts in prop::collection::vec(0u32..200, 1..12)) {
            let found = concentration(&counts);
            let partners = counts.len() as f64 + 1e-9;
            for value in [found.evenness, found.hhi, found.hhi_star].into_iter().flatten() {
                prop_assert!((0.0..=1.0).contains(&value));
            }
            for value in [found.effective_shannon, found.effective_simpson].into_iter().flatten() {
                prop_assert!(value >= 1.0 - 1e-9 && value <= partners);
            }
            let mean: f64 = shares(&counts).iter().map(|share| share.mean).sum();
            prop_assert!((mean - 1.0).abs() < 1e-9);
        }

        #[test]
        fn the_order_of_partners_does_not_matter(mut counts in prop::collection::vec(0u32..200, 1..12)) {
            let one = concentration(&counts);
            counts.reverse();
            let other = concentration(&counts);
            prop_assert!((one.hhi.unwrap_or(0.0) - other.hhi.unwrap_or(0.0)).abs() < 1e-12);
            prop_assert!((one.entropy.unwrap_or(0.0) - other.entropy.unwrap_or(0.0)).abs() < 1e-9);
        }
    }
}
