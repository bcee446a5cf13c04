//! What is talked about with whom: topic profiles of partners and how they differ.

use serde::{Deserialize, Serialize};

use crate::concentration::entropy;
use crate::draws::{Draws, Masses};
use crate::estimate::{Estimate, Z, check_amounts, check_lengths};
use crate::partners::shares;

/// P(topic | partner), in the order of the topics, with the margins of `Dirichlet(n + 1/2)` as intervals.
pub fn profile(counts: &[u32]) -> Vec<Estimate> {
    shares(counts)
}

/// Jensen-Shannon divergence between two profiles in bits, from 0, alike, to 1, nothing in common (Lin,
/// *Divergence measures based on the Shannon entropy*, 1991). Counts or weights of the same topics come in;
/// `None` where either has none.
///
/// Small counts differ by chance: two samples of n from one profile of K topics are about
/// (K - 1) / (4 n ln 2) apart.
///
/// # Errors
///
/// The lists differ in length, or hold what is no number from 0 on.
pub fn divergence(one: &[f64], other: &[f64]) -> Result<Option<f64>, String> {
    check_lengths(["topics of the first profile", "of the second"], [one.len(), other.len()])?;
    check_amounts("weight of topic", one)?;
    check_amounts("weight of topic", other)?;
    let Some((one, other)) = shares_of(one).zip(shares_of(other)) else { return Ok(None) };
    Ok(Some(bits(&one, &other)))
}

/// The divergence as it may be behind the counts: over both profiles drawn from their `Dirichlet(n + 1/2)`,
/// beside the raw one. Small counts make profiles that differ by chance: compare the lower end. `None`
/// without topics.
///
/// # Errors
///
/// The lists differ in length.
pub fn divergence_range(one: &[u32], other: &[u32], draws: Draws) -> Result<Option<Estimate>, String> {
    let floats = |counts: &[u32]| counts.iter().copied().map(f64::from).collect::<Vec<_>>();
    let raw = divergence(&floats(one), &floats(other))?;
    if one.is_empty() {
        return Ok(None);
    }
    // Of the two ways to name the partners one is drawn: the figure is the same for both.
    let (one, other) = if one <= other { (one, other) } else { (other, one) };
    let (one, other) = (Masses::of(one), Masses::of(other));
    let sample = draws.of(|source| bits(&source.shares(&one), &source.shares(&other)));
    Ok(Some(sample.estimate(raw)))
}

/// Divergence of two lists of shares, in bits.
fn bits(one: &[f64], other: &[f64]) -> f64 {
    let middle: Vec<f64> = one.iter().zip(other).map(|(one, other)| f64::midpoint(*one, *other)).collect();
    let nats = entropy(&middle) - f64::midpoint(entropy(one), entropy(other));
    (nats / std::f64::consts::LN_2).clamp(0.0, 1.0)
}

fn shares_of(amounts: &[f64]) -> Option<Vec<f64>> {
    let sum: f64 = amounts.iter().sum();
    (sum > 0.0).then(|| amounts.iter().map(|amount| amount / sum).collect())
}

/// How much more one partner talks of a topic than another.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LogOdds {
    /// Difference of the log odds of the topic; positive towards the first partner.
    pub difference: f64,
    /// Its approximate standard deviation.
    pub deviation: f64,
    /// Difference over deviation; beyond 1.96 either way is more than chance, for one topic alone.
    pub z: f64,
    /// Lower end of the 95 % interval of the difference.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Log odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn, *Fightin' words*, Political
/// Analysis 16, 2008), topic by topic, with the paper's approximate variance 1/(y + a) + 1/(y' + a). The prior
/// is in pseudo-counts, one for each topic: see [`informative`]. `None` for the only topic there is.
///
/// # Errors
///
/// The lists differ in length, or a pseudo-count is no number above 0.
pub fn log_odds(one: &[u32], other: &[u32], prior: &[f64]) -> Result<Vec<Option<LogOdds>>, String> {
    check_lengths(["topics of the first profile", "of the second"], [one.len(), other.len()])?;
    check_lengths(["topics", "pseudo-counts"], [one.len(), prior.len()])?;
    check_amounts("pseudo-count", prior)?;
    if let Some(at) = prior.iter().position(|count| *count < LEAST) {
        return Err(format!("pseudo-count {} is {}: write a number from {LEAST} on", at + 1, prior[at]));
    }
    let mass: f64 = prior.iter().sum();
    let sums = [one, other].map(|counts| counts.iter().copied().map(f64::from).sum::<f64>() + mass);
    let of = |at: usize| {
        let mine = [one[at], other[at]].map(|count| f64::from(count) + prior[at]);
        if one.len() < 2 {
            return None;
        }
        let odds = [0, 1].map(|side| mine[side].ln() - rest(sums[side], mine[side], prior).ln());
        let difference = odds[0] - odds[1];
        let deviation = (1.0 / mine[0] + 1.0 / mine[1]).sqrt();
        let ends = [-Z, Z].map(|z| difference + z * deviation);
        Some(LogOdds { difference, deviation, z: difference / deviation, low: ends[0], high: ends[1] })
    };
    Ok((0..one.len()).map(of).collect())
}

/// The least pseudo-count: less would be swallowed by rounding beside other topics.
const LEAST: f64 = 1e-6;

/// What all other topics have; at least what one of them has before counting, which rounding could swallow.
fn rest(sum: f64, mine: f64, prior: &[f64]) -> f64 {
    (sum - mine).max(prior.iter().copied().fold(f64::INFINITY, f64::min))
}

/// Pseudo-counts in the proportions of all partners together, with half a count more for each topic, that
/// weigh as much as `strength` events.
///
/// # Errors
///
/// The strength is no number above 0.
pub fn informative(all: &[u32], strength: f64) -> Result<Vec<f64>, String> {
    check_amounts("strength", &[strength])?;
    if strength <= 0.0 {
        return Err("a prior of strength 0 is none: write how many events it weighs, such as 10".to_owned());
    }
    Ok(shares(all).iter().map(|share| (share.mean * strength).max(LEAST)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn divergence_is_counted_in_bits() {
        assert_eq!(divergence(&[3.0, 0.0], &[0.0, 5.0]), Ok(Some(1.0)));
        assert_eq!(divergence(&[3.0, 1.0], &[6.0, 2.0]), Ok(Some(0.0)));
        // Against scipy.spatial.distance.jensenshannon squared, base 2.
        let got = divergence(&[10.0, 3.0, 1.0], &[2.0, 8.0, 4.0]).unwrap().unwrap();
        assert!((got - JENSEN).abs() < 1e-12, "{got}");
        assert_eq!(divergence(&[0.0, 0.0], &[1.0, 0.0]), Ok(None));
        assert_eq!(divergence(&[], &[]), Ok(None));
        assert!(divergence(&[1.0], &[]).unwrap_err().contains("1 topics of the first"));
    }

    #[test]
    fn divergence_has_a_range() {
        let draws = Draws::default();
        let found = divergence_range(&[10, 3, 1], &[2, 8, 4], draws).unwrap().unwrap();
        assert!((found.raw.unwrap() - JENSEN).abs() < 1e-12);
        assert!(
            found.low > 0.0 && found.low < JENSEN && found.high > JENSEN && found.high < 1.0,
            "{found:?}"
        );
        assert_eq!(divergence_range(&[2, 8, 4], &[10, 3, 1], draws).unwrap().unwrap(), found);
        let alike = divergence_range(&[4000, 1000], &[8000, 2000], draws).unwrap().unwrap();
        assert!(alike.high < 0.001, "{alike:?}");
        assert_eq!(divergence_range(&[], &[], draws), Ok(None));
        assert!(divergence_range(&[1], &[], draws).is_err());
    }

    const JENSEN: f64 = 0.260_401_077_247_719;

    #[test]
    fn log_odds_follow_the_paper() {
        let found = log_odds(&[10, 3, 1], &[2, 8, 4], &[1.2, 1.1, 0.5]).unwrap();
        for (got, (difference, z)) in found.iter().flatten().zip(ODDS) {
            assert!((got.difference - difference).abs() < 1e-12 && (got.z - z).abs() < 1e-12, "{got:?}");
        }
        assert_eq!(found.len(), 3);
    }

    const ODDS: [(f64, f64); 3] = [
        (2.140_066_163_496_271, 3.376_213_910_494_892),
        (-1.297_669_104_417_45, -2.181_672_833_482_93),
        (-1.316_865_854_688_128, -1.396_747_163_644_491),
    ];

    #[test]
    fn a_stronger_prior_says_less() {
        let all = [12, 11, 5];
        let z = |strength| {
            log_odds(&[10, 3, 1], &[2, 8, 4], &informative(&all, strength).unwrap()).unwrap()[0]
                .unwrap()
                .difference
        };
        assert!(z(100.0) < z(10.0) && z(10.0) < z(1.0) && z(100.0) > 0.0);
        let prior: f64 = informative(&all, 7.0).unwrap().iter().sum();
        assert!((prior - 7.0).abs() < 1e-9);
    }

    #[test]
    fn what_cannot_be_compared_is_said() {
        assert_eq!(log_odds(&[3], &[4], &[1.0]), Ok(vec![None]));
        assert!(log_odds(&[3, 1], &[4, 1], &[1.0, 0.0]).unwrap_err().contains("pseudo-count 2 is 0"));
        assert!(informative(&[1], 0.0).unwrap_err().contains("strength 0"));
        assert_eq!(log_odds(&[], &[], &[]), Ok(vec![]));
        let extreme = log_odds(&[u32::MAX, 0], &[0, 0], &[1e12, 1e-6]).unwrap();
        assert!(extreme.iter().flatten().all(|odds| odds.z.is_finite()));
    }

    proptest! {
        #[test]
        fn exchanging_the_partners_mirrors_it(pairs in prop::collection::vec((0u32..60, 0u32..60), 2..10)) {
            let (one, other): (Vec<_>, Vec<_>) = pairs.iter().copied().unzip();
            let prior = vec![0.5; one.len()];
            let (there, back) = (log_odds(&one, &other, &prior).unwrap(), log_odds(&other, &one, &prior).unwrap());
            for (there, back) in there.iter().flatten().zip(back.iter().flatten()) {
                prop_assert!((there.z + back.z).abs() < 1e-9 && there.z.is_finite());
            }
            let floats = |counts: &[u32]| counts.iter().copied().map(f64::from).collect::<Vec<_>>();
            let (there, back) = (divergence(&floats(&one), &floats(&other)).unwrap(), divergence(&floats(&other), &floats(&one)).unwrap());
            prop_assert!((there.unwrap_or(0.0) - back.unwrap_or(0.0)).abs() < 1e-12);
        }
    }
}
