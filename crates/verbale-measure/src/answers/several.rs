//! A balance between more than two partners: each pair by itself, and a verdict on all of them.

use serde::{Deserialize, Serialize};

use crate::draws::Draws;
use crate::tilt::{Delta, SURE, Verdict};

/// What the counts with several partners allow to say of all of them together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Several {
    /// P(|T| < delta between every two).
    pub within: f64,
    /// For each partner, P(T > delta towards it against every other).
    pub ahead: Vec<f64>,
    /// Balanced when `within` is at least .95, tilted when one of `ahead` is.
    pub verdict: Verdict,
    /// Towards whom it is tilted: a place among the partners.
    pub toward: Option<usize>,
}

impl Several {
    /// Draws shares from `Dirichlet(n + 1/2)`; between two partners this is the verdict on two counts but
    /// for the error of the draws.
    pub fn new(counts: &[f64], delta: Delta, draws: Draws) -> Self {
        let delta = f64::from(delta);
        let shapes: Vec<f64> = counts.iter().map(|n| n + 0.5).collect();
        let mut within = 0_u32;
        let mut ahead = vec![0_u32; counts.len()];
        draws.each(|source| {
            let mut masses: Vec<f64> = shapes.iter().map(|shape| source.gamma(*shape)).collect();
            let tilt = |a: f64, b: f64| if a + b > 0.0 { (a - b) / (a + b) } else { 0.0 };
            let top = masses
                .iter()
                .copied()
                .enumerate()
                .fold(0, |top, (at, mass)| if mass > masses[top] { at } else { top });
            let most = masses.swap_remove(top);
            let least = masses.iter().copied().fold(f64::INFINITY, f64::min);
            let second = masses.iter().copied().fold(0.0, f64::max);
            within += u32::from(tilt(most, least) < delta);
            ahead[top] += u32::from(tilt(most, second) > delta);
        });
        let share = |n: u32| f64::from(n) / f64::from(draws.count());
        let (within, ahead) = (share(within), ahead.into_iter().map(share).collect::<Vec<_>>());
        let toward = ahead.iter().position(|chance| *chance >= SURE);
        let verdict = if within >= SURE {
            Verdict::Balanced
        } else if toward.is_some() {
            Verdict::Tilted
        } else {
            Verdict::NotEnoughEvidence
        };
        Self { within, ahead, verdict, toward: toward.filter(|_| verdict == Verdict::Tilted) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tilt::balance;

    fn several(counts: &[f64]) -> Several {
        Several::new(counts, Delta::default(), Draws::default())
    }

    #[test]
    fn between_two_it_is_the_balance_of_two() {
        for counts in [[0.0, 0.0], [1.0, 1.0], [12.0, 12.0], [30.0, 10.0], [48.0, 48.0]] {
            let (got, exact) = (several(&counts), balance(["A", "B"], counts, Delta::default()));
            assert!((got.within - exact.p_within_delta).abs() < 0.03, "{counts:?} {got:?} {exact:?}");
            assert!((got.ahead[0] - exact.p_above_delta).abs() < 0.03, "{counts:?} {got:?} {exact:?}");
        }
    }

    #[test]
    fn one_far_ahead_of_all_others_tilts_it() {
        assert_eq!(
            (several(&[60.0, 10.0, 8.0]).verdict, several(&[60.0, 10.0, 8.0]).toward),
            (Verdict::Tilted, Some(0))
        );
        assert_eq!(several(&[3.0, 3.0, 40.0]).toward, Some(2));
        assert_eq!(several(&[30.0, 30.0, 2.0]).verdict, Verdict::NotEnoughEvidence);
        assert_eq!(several(&[300.0, 305.0, 295.0]).verdict, Verdict::Balanced);
        assert_eq!(several(&[0.0, 0.0, 0.0]).verdict, Verdict::NotEnoughEvidence);
    }
}
