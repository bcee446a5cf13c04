//! The tilt between two partners when events weigh differently and may be coded wrong.
//!
//! ```text
//! events ──by cluster──▶ clusters, one order ──largest one by one, the rest as one──▶ draws of T ──▶ interval, verdict
//! ```
//!
//! Bayesian bootstrap (Rubin, *The Bayesian bootstrap*, 1981) over clusters of events that are one happening
//! or one story: in each draw a cluster gets an exponential weight, which is a Dirichlet weight but for the
//! scale that cancels in T, and each of its events is kept with the probability that it was coded right.
//!
//! One prior pseudo-cluster per partner of weight 1/2: a mass of `Gamma(1/2)` (an exponential weight is a
//! `Gamma(1)`, so this is half a cluster), times the mean weight with which a cluster speaks for a partner.
//! With unit weights and certainty T is then `2 Beta(n_A + 1/2, n_B + 1/2) - 1`, as for counts, and the
//! unit in which weights are written does not matter.

use serde::{Deserialize, Serialize};

use crate::bulk::total;
use crate::draws::{Draws, Sample};
use crate::estimate::check_amounts;
use crate::sums::{Sums, values};
use crate::tilt::{Chances, Delta, Tilt, Verdict};

/// How many clusters get a draw of their own.
const ONE_BY_ONE: usize = 2048;

/// An event as the weighted tilt sees it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct WeightedEvent {
    /// Events of one cluster are reweighted together; what the number is does not matter.
    pub cluster: u64,
    /// Weight towards the first and towards the second partner; 0 for one who took no part.
    pub weights: [f64; 2],
    /// Probability that the event was coded right.
    pub right: f64,
}

/// Tilt, interval and verdict from weighted events.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WeightedTilt {
    /// `raw` is (`W_A` - `W_B`) / (`W_A` + `W_B`) of the weights as they are; mean and interval are those
    /// of the draws.
    pub tilt: Tilt,
    /// P(|T| < delta).
    pub p_within_delta: f64,
    /// P(T > delta): towards the first partner.
    pub p_above_delta: f64,
    /// P(T < -delta): towards the second.
    pub p_below_delta: f64,
    /// The threshold.
    pub delta: Delta,
    /// What the events allow to say.
    pub verdict: Verdict,
    /// Towards whom it is tilted: 0 for the first partner, 1 for the second.
    pub toward: Option<usize>,
    /// Weighted sums towards both partners.
    pub sums: [f64; 2],
    /// Events that carry weight.
    pub events: usize,
    /// Their clusters.
    pub clusters: usize,
    /// How many draws, from which seed.
    pub draws: Draws,
}

/// Tilt, interval and verdict from weighted events; the order of events and the names of clusters do not
/// matter, and exchanging the partners mirrors every figure.
///
/// Up to 2,048 clusters, with up to 16 doubtful events each, are drawn one by one. Beyond that the sum of
/// the rest, which vary least, is drawn as one bivariate normal of exactly their mean and covariance.
///
/// # Errors
///
/// Weights are numbers from 0 on, probabilities lie between 0 and 1; the message names the event.
pub fn weighted_tilt(events: &[WeightedEvent], delta: Delta, draws: Draws) -> Result<WeightedTilt, String> {
    let mut found = weighted_tilts(&[events], delta, draws)?;
    found.pop().ok_or_else(|| "no events were given".to_owned())
}

/// The same for several lists of events, each as if it were by itself; those whose draws take the same numbers from
/// the seed share them.
///
/// # Errors
///
/// As [`weighted_tilt`].
pub(crate) fn weighted_tilts<E: AsRef<[WeightedEvent]>>(
    lists: &[E],
    delta: Delta,
    draws: Draws,
) -> Result<Vec<WeightedTilt>, String> {
    let lists: Vec<&[WeightedEvent]> = lists.iter().map(AsRef::as_ref).collect();
    for events in &lists {
        for (at, event) in events.iter().enumerate() {
            check_amounts(&format!("event {}: weight", at + 1), &event.weights)?;
            if !(0.0..=1.0).contains(&event.right) {
                let right = event.right;
                return Err(format!("event {}: {right} is no probability of being coded right", at + 1));
            }
        }
    }
    Ok(drawn(&lists, delta, draws, ONE_BY_ONE))
}

fn drawn(lists: &[&[WeightedEvent]], delta: Delta, draws: Draws, one_by_one: usize) -> Vec<WeightedTilt> {
    let sums: Vec<Sums> = lists.iter().map(|events| Sums::of(events, one_by_one)).collect();
    let drawn = lists.iter().zip(&sums).zip(values(&sums, draws));
    drawn.map(|((events, sums), values)| tilt_of(events, sums, values, delta, draws)).collect()
}

fn tilt_of(
    events: &[WeightedEvent],
    of: &Sums,
    values: Vec<f64>,
    delta: Delta,
    draws: Draws,
) -> WeightedTilt {
    let sample = Sample::facing(of.facing, values);
    let sums = total(events.iter().map(|event| event.weights));
    let raw = (sums[0] + sums[1] > 0.0).then(|| (sums[0] - sums[1]) / (sums[0] + sums[1]));
    let limit = f64::from(delta);
    let above = sample.share(|tilt| tilt > limit);
    let below = sample.share(|tilt| tilt < -limit);
    let chances = Chances { within: sample.share(|tilt| tilt.abs() < limit), above, below };
    let verdict = chances.verdict();
    let tilt = sample.estimate(raw);
    WeightedTilt {
        tilt: Tilt { raw, mean: tilt.mean, low: tilt.low, high: tilt.high },
        p_within_delta: chances.within,
        p_above_delta: above,
        p_below_delta: below,
        delta,
        verdict,
        toward: (verdict == Verdict::Tilted).then_some(usize::from(above < below)),
        sums,
        events: of.events,
        clusters: of.clusters,
        draws,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::share::Share;
    use proptest::prelude::*;

    fn event(cluster: u64, weights: [f64; 2], right: f64) -> WeightedEvent {
        WeightedEvent { cluster, weights, right }
    }

    fn plain(first: u64, second: u64) -> Vec<WeightedEvent> {
        let sides = std::iter::repeat_n([1.0, 0.0], first as usize)
            .chain(std::iter::repeat_n([0.0, 1.0], second as usize));
        sides.enumerate().map(|(at, weights)| event(at as u64, weights, 1.0)).collect()
    }

    fn of(events: &[WeightedEvent]) -> WeightedTilt {
        weighted_tilt(events, Delta::default(), Draws::default()).unwrap()
    }

    /// Few draws are enough for what holds whatever is drawn.
    fn few(events: &[WeightedEvent]) -> WeightedTilt {
        weighted_tilt(events, Delta::default(), Draws::new(300, 1).unwrap()).unwrap()
    }

    #[test]
    fn unit_weights_and_certainty_are_counts() {
        let draws = Draws::new(40_000, 5).unwrap();
        for (first, second) in [(0, 0), (0, 1), (1, 1), (6, 2), (30, 10)] {
            let got = weighted_tilt(&plain(first, second), Delta::default(), draws).unwrap();
            let share = Share::new(first as u32, second as u32);
            for (end, p) in [(got.tilt.low, 0.025), (got.tilt.high, 0.975)] {
                // Five standard errors of a share of draws.
                let off = share.below(f64::midpoint(end, 1.0)) - p;
                assert!(off.abs() < 5.0 * (0.025 * 0.975 / 40_000_f64).sqrt(), "{first}, {second}: {got:?}");
            }
            assert!((got.tilt.mean - (2.0 * share.mean() - 1.0)).abs() < 0.02, "{first}, {second}: {got:?}");
        }
    }

    #[test]
    fn the_unit_of_weights_does_not_matter() {
        let heavy: Vec<_> = plain(6, 2)
            .into_iter()
            .map(|e| WeightedEvent { weights: e.weights.map(|w| w * 8.0), ..e })
            .collect();
        let (one, other) = (of(&plain(6, 2)), of(&heavy));
        assert!(
            (one.tilt.low - other.tilt.low).abs() < 1e-12 && (one.tilt.high - other.tilt.high).abs() < 1e-12
        );
    }

    #[test]
    fn a_cluster_is_one_witness() {
        let one: Vec<_> = (0..20).map(|_| event(1, [1.0, 0.0], 1.0)).collect();
        assert_eq!(of(&one).verdict, Verdict::NotEnoughEvidence);
        assert_eq!((of(&plain(20, 0)).verdict, of(&plain(20, 0)).toward), (Verdict::Tilted, Some(0)));
        assert_eq!(of(&plain(0, 20)).toward, Some(1));
    }

    #[test]
    fn a_single_event_is_never_certain() {
        for weight in [1e-9, 1.0, 1e9] {
            let one = of(&[event(1, [weight, 0.0], 1.0)]);
            assert_eq!(one.verdict, Verdict::NotEnoughEvidence, "{one:?}");
            assert!(one.tilt.low < -0.6 && one.tilt.high > 0.99, "{one:?}");
        }
        let [mut heavy, light] = [plain(1, 0), plain(2, 3)];
        heavy[0].weights = [100.0, 0.0];
        let light = light.into_iter().map(|e| WeightedEvent { cluster: e.cluster + 10, ..e });
        heavy.extend(light);
        assert_eq!(of(&heavy).verdict, Verdict::NotEnoughEvidence);
    }

    #[test]
    fn doubt_widens() {
        let doubtful =
            |right| plain(12, 3).into_iter().map(|e| WeightedEvent { right, ..e }).collect::<Vec<_>>();
        let width = |right| {
            let tilt = of(&doubtful(right)).tilt;
            tilt.high - tilt.low
        };
        assert!(width(0.5) > width(0.9) && width(0.9) > width(1.0));
        assert_eq!(of(&doubtful(0.0)).events, 0);
    }

    #[test]
    fn no_events_are_no_evidence() {
        let none = of(&[]);
        assert_eq!((none.tilt.raw, none.verdict, none.clusters), (None, Verdict::NotEnoughEvidence, 0));
        assert!(none.tilt.low < -0.9 && none.tilt.high > 0.9);
        assert_eq!(of(&[event(1, [0.0, 0.0], 1.0)]).tilt, none.tilt);
    }

    #[test]
    fn the_rest_as_one_is_as_good_as_one_by_one() {
        let events: Vec<_> = (0..1500_u32)
            .map(|at| {
                let weight = 0.2 + f64::from(at % 7) / 7.0;
                let weights = if at % 5 < 3 { [weight, 0.0] } else { [weight * f64::from(at % 2), weight] };
                event(u64::from(at / 2), weights, 0.6 + 0.4 * f64::from(at % 3) / 2.0)
            })
            .collect();
        let draws = Draws::new(40_000, 1).unwrap();
        let [exact, quick] =
            [10_000, 100].map(|most| drawn(&[&events], Delta::default(), draws, most).remove(0));
        let width = exact.tilt.high - exact.tilt.low;
        assert!((exact.tilt.low - quick.tilt.low).abs() < 0.02 * width, "{exact:?} {quick:?}");
        assert!((exact.tilt.high - quick.tilt.high).abs() < 0.02 * width, "{exact:?} {quick:?}");
        assert!((exact.tilt.mean - quick.tilt.mean).abs() < 0.02 * width, "{exact:?} {quick:?}");
    }

    #[test]
    fn lists_that_share_draws_are_as_if_each_were_alone() {
        let scaled = |of: &[WeightedEvent], by: f64| {
            let scaled =
                |e: &WeightedEvent| WeightedEvent { weights: [e.weights[0] * by, e.weights[1]], ..*e };
            of.iter().map(scaled).collect::<Vec<_>>()
        };
        let sure = plain(40, 17);
        let doubtful: Vec<_> =
            sure.iter().zip(1..).map(|(e, at)| WeightedEvent { right: f64::from(at) / 60.0, ..*e }).collect();
        let mixed: Vec<_> =
            sure.iter().zip(&doubtful).map(|(a, b)| if b.cluster % 3 == 0 { *a } else { *b }).collect();
        let together: Vec<_> =
            doubtful.iter().map(|e| WeightedEvent { cluster: e.cluster / 2, ..*e }).collect();
        let many =
            plain(2000, 900).into_iter().map(|e| WeightedEvent { right: 0.9, ..e }).collect::<Vec<_>>();
        let lists = [
            scaled(&doubtful, 3.0),
            sure.clone(),
            mixed,
            Vec::new(),
            scaled(&many, 0.5),
            doubtful,
            together,
            scaled(&sure, 0.1),
            many,
        ];
        let draws = Draws::new(300, 2).unwrap();
        let shared = weighted_tilts(&lists, Delta::default(), draws).unwrap();
        for (alone, shared) in lists.iter().zip(shared) {
            assert_eq!(weighted_tilt(alone, Delta::default(), draws).unwrap(), shared);
        }
    }

    #[test]
    fn bad_events_are_named() {
        let refused = |event| weighted_tilt(&[event], Delta::default(), Draws::default()).unwrap_err();
        assert!(refused(event(1, [-1.0, 0.0], 1.0)).contains("event 1: weight 1 is -1"));
        assert!(refused(event(1, [1.0, f64::NAN], 1.0)).contains("event 1: weight 2 is NaN"));
        assert!(refused(event(1, [1.0, 0.0], 1.5)).contains("event 1: 1.5"));
    }

    fn events() -> impl Strategy<Value = Vec<WeightedEvent>> {
        let one = (0u64..12, 0.0f64..2.0, 0.0f64..2.0, 0.0f64..=1.0);
        prop::collection::vec(
            one.prop_map(|(cluster, first, second, right)| event(cluster, [first, second], right)),
            0..40,
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn order_and_names_do_not_matter(events in events()) {
            let renamed: Vec<_> = events.iter().rev().map(|e| WeightedEvent { cluster: 99 - e.cluster, ..*e }).collect();
            prop_assert_eq!(few(&events).tilt.low, few(&renamed).tilt.low);
            prop_assert_eq!(few(&events).p_above_delta, few(&renamed).p_above_delta);
        }

        #[test]
        fn exchanging_the_partners_mirrors_everything(events in events()) {
            let other: Vec<_> = events.iter().map(|e| WeightedEvent { weights: [e.weights[1], e.weights[0]], ..*e }).collect();
            let (one, other) = (few(&events), few(&other));
            prop_assert!((one.tilt.low + other.tilt.high).abs() < 1e-9);
            prop_assert!((one.tilt.mean + other.tilt.mean).abs() < 1e-9);
            prop_assert_eq!((one.p_above_delta, one.verdict), (other.p_below_delta, other.verdict));
        }

        #[test]
        fn everything_stays_in_its_bounds(events in events()) {
            let got = few(&events);
            prop_assert!(-1.0 <= got.tilt.low && got.tilt.low <= got.tilt.mean && got.tilt.mean <= got.tilt.high && got.tilt.high <= 1.0);
            prop_assert!(got.p_within_delta + got.p_above_delta + got.p_below_delta <= 1.0 + 1e-12);
        }
    }
}
