//! How concentrated events are on few of many partners.

use serde::{Deserialize, Serialize};

use crate::draws::{Draws, Masses, Sample};
use crate::estimate::{Estimate, check_amounts};

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
    let hhi = shares.as_deref().map(herfindahl);
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

/// Concentration as it may be behind the counts; each with its raw figure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ConcentrationRange {
    /// Shannon's H, in nats.
    pub entropy: Estimate,
    /// Herfindahl and Hirschman's index.
    pub hhi: Estimate,
    /// e^H.
    pub effective_shannon: Estimate,
    /// 1/HHI.
    pub effective_simpson: Estimate,
}

/// Means and intervals of the indices over shares drawn from `Dirichlet(n + 1/2)`; `None` without partners.
///
/// With few events for each partner the prior speaks loudly, and the raw figure, which takes the partners
/// that were seen for all there are, can lie outside.
pub fn concentration_range(counts: &[u32], draws: Draws) -> Option<ConcentrationRange> {
    if counts.is_empty() {
        return None;
    }
    // In one order, so that draws do not depend on which partner comes first.
    let mut sorted = counts.to_vec();
    sorted.sort_unstable();
    let raw = concentration(counts);
    // Each index reads the same draws.
    let (mut drawn, masses): ([Vec<f64>; 2], _) = (Default::default(), Masses::of(&sorted));
    draws.each(|source| {
        let shares = source.shares(&masses);
        drawn[0].push(entropy(&shares));
        drawn[1].push(herfindahl(&shares));
    });
    let of = |raw: Option<f64>, drawn: &[f64], index: fn(f64) -> f64| {
        Sample::of(drawn.iter().copied().map(index).collect()).estimate(raw)
    };
    Some(ConcentrationRange {
        entropy: of(raw.entropy, &drawn[0], |entropy| entropy),
        hhi: of(raw.hhi, &drawn[1], |hhi| hhi),
        effective_shannon: of(raw.effective_shannon, &drawn[0], f64::exp),
        effective_simpson: of(raw.effective_simpson, &drawn[1], f64::recip),
    })
}

/// Sum of squared shares, not less than it can be.
fn herfindahl(shares: &[f64]) -> f64 {
    let sum: f64 = shares.iter().map(|share| share * share).sum();
    sum.clamp(1.0 / shares.len() as f64, 1.0)
}

/// Shannon's entropy of shares, in nats.
pub(crate) fn entropy(shares: &[f64]) -> f64 {
    shares.iter().filter(|share| **share > 0.0).map(|share| -share * share.ln()).sum::<f64>().max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
    fn the_range_closes_in_on_what_many_events_show() {
        let wide = concentration_range(&[6, 3, 1], Draws::default()).unwrap().effective_simpson;
        let close = concentration_range(&[6000, 3000, 1000], Draws::default()).unwrap().effective_simpson;
        let truth = 1.0 / (0.36 + 0.09 + 0.01);
        assert!(wide.low < truth && truth < wide.high && wide.high <= 3.0 && wide.low >= 1.0, "{wide:?}");
        assert!((close.mean - truth).abs() < 0.01 && close.high - close.low < 0.1, "{close:?}");
        let turned = concentration_range(&[1, 6, 3], Draws::default()).unwrap();
        assert_eq!(turned.effective_simpson, wide);
        assert_eq!(concentration_range(&[], Draws::default()), None);
        let one = concentration_range(&[0], Draws::default()).unwrap();
        assert_eq!((one.hhi.low, one.hhi.high, one.hhi.raw), (1.0, 1.0, None));
    }

    #[test]
    fn one_partner_alone_is_all() {
        let one = concentration(&[9, 0, 0]);
        assert_eq!((one.hhi, one.hhi_star, one.evenness), (Some(1.0), Some(1.0), Some(0.0)));
        let single = concentration(&[9]);
        assert_eq!((single.hhi, single.hhi_star, single.evenness), (Some(1.0), None, None));
    }

    #[test]
    fn nothing_counted_is_unknown() {
        for counts in [&[][..], &[0], &[0, 0]] {
            let none = concentration(counts);
            assert_eq!((none.entropy, none.hhi, none.effective_simpson), (None, None, None));
        }
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
