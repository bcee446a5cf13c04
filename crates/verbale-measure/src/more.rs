//! How many further events would settle a balance, either way.

use serde::{Deserialize, Serialize};

use crate::tilt::{Chances, Delta, Verdict};

/// Where the search ends: nobody waits for more events than this.
pub const MORE_AT_MOST: u32 = 1_000_000;

/// The least numbers of further events that would give a verdict; `None` when no number up to
/// [`MORE_AT_MOST`] would.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoreNeeded {
    /// Whose most even split would give `balanced`.
    pub balanced: Option<u32>,
    /// That, all with the partner in the lead, would give `tilted`; with no lead, all with one partner.
    pub tilted: Option<u32>,
}

impl MoreNeeded {
    /// Searches from these counts on.
    pub fn new(counts: [impl Into<f64>; 2], delta: Delta) -> Self {
        let counts = counts.map(Into::into);
        let gives = |counts: [f64; 2], wanted| Chances::new(counts, delta).verdict() == wanted;
        let balances = |more: u32| gives(evened(counts, more), Verdict::Balanced);
        let tilts = |more: u32| gives(led(counts, more), Verdict::Tilted);
        // Once the counts have met, each second event leaves them one apart: even and odd numbers
        // rise one by one, but not together, so each is searched by itself.
        let gap = (counts[0] - counts[1]).abs().min(f64::from(MORE_AT_MOST)) as u32;
        let balanced = least(0, gap, 1, balances).or_else(|| {
            let odd = least(gap.saturating_add(1), MORE_AT_MOST, 2, balances);
            let even = least(gap.saturating_add(2), MORE_AT_MOST, 2, balances);
            odd.into_iter().chain(even).min()
        });
        Self { balanced, tilted: least(0, MORE_AT_MOST, 1, tilts) }
    }
}

/// The counts after `more` events, split so that they come as close as they can.
fn evened([first, second]: [f64; 2], more: u32) -> [f64; 2] {
    let all = f64::from(more);
    let to_first = f64::midpoint(all, second - first).floor().clamp(0.0, all);
    let gap = |to_first: f64| (first + to_first - second - (all - to_first)).abs();
    let to_first =
        if to_first < all && gap(to_first + 1.0) < gap(to_first) { to_first + 1.0 } else { to_first };
    [first + to_first, second + (all - to_first)]
}

/// The counts after `more` events, all with the partner in the lead.
fn led([first, second]: [f64; 2], more: u32) -> [f64; 2] {
    [first.max(second) + f64::from(more), first.min(second)]
}

/// The least of `from`, `from + step`, ... up to `to` that holds, where all after it hold too: doubled
/// until one holds, then halved.
fn least(from: u32, to: u32, step: u32, holds: impl Fn(u32) -> bool) -> Option<u32> {
    if from > to {
        return None;
    }
    let at = |index: u32| from + index * step;
    let last = (to - from) / step;
    let (mut low, mut high) = (0, 0);
    while !holds(at(high)) {
        if high == last {
            return None;
        }
        low = high + 1;
        high = (high * 2 + 1).min(last);
    }
    while low < high {
        let middle = u32::midpoint(low, high);
        if holds(at(middle)) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(at(high))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn more(first: u32, second: u32) -> MoreNeeded {
        MoreNeeded::new([f64::from(first), f64::from(second)], Delta::default())
    }

    /// The definition, one number after the other.
    fn counted(counts: [f64; 2], delta: Delta, to: u32) -> MoreNeeded {
        let gives = |counts, wanted| Chances::new(counts, delta).verdict() == wanted;
        MoreNeeded {
            balanced: (0..=to).find(|more| gives(evened(counts, *more), Verdict::Balanced)),
            tilted: (0..=to).find(|more| gives(led(counts, *more), Verdict::Tilted)),
        }
    }

    #[test]
    fn what_is_settled_needs_no_more() {
        assert_eq!(more(48, 48).balanced, Some(0));
        assert_eq!(more(30, 10).tilted, Some(0));
    }

    #[test]
    fn few_events_of_one_kind_tilt_and_many_balance() {
        assert_eq!(more(0, 0), counted([0.0, 0.0], Delta::default(), 500));
        assert!(more(0, 0).balanced.is_some_and(|more| (90..=96).contains(&more)));
        assert_eq!(more(0, 0).tilted, more(1, 0).tilted.map(|more| more + 1));
    }

    #[test]
    fn what_is_out_of_reach_is_none() {
        let fine = Delta::try_from(0.0001).unwrap();
        assert_eq!(MoreNeeded::new([0.0, 0.0], fine).balanced, None);
        assert!(MoreNeeded::new([0.0, 0.0], fine).tilted.is_some());
        assert_eq!(MoreNeeded::new([3e6, 0.0], Delta::default()).balanced, None);
    }

    #[test]
    fn an_even_split_is_the_most_even_one() {
        for (counts, more, even) in [
            ([7.0, 3.0], 2, [7.0, 5.0]),
            ([7.0, 3.0], 4, [7.0, 7.0]),
            ([3.0, 7.0], 7, [8.0, 9.0]),
            ([1.5, 1.0], 1, [1.5, 2.0]),
        ] {
            let got = evened(counts, more);
            assert!(
                got.iter().zip(even).all(|(got, even)| (got - even).abs() < 1e-12),
                "{counts:?}: {got:?}"
            );
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn the_search_finds_what_counting_finds(first in 0u32..160, second in 0u32..160, halves in any::<bool>(), delta in 0.1f64..0.6) {
            let delta = Delta::try_from(delta).unwrap();
            let to = 600;
            let counts = [first, second].map(|n| if halves { f64::from(n) / 2.0 } else { f64::from(n / 2) });
            let (found, counted) = (MoreNeeded::new(counts, delta), counted(counts, delta, to));
            prop_assert_eq!(found.balanced.filter(|more| *more <= to), counted.balanced);
            prop_assert_eq!(found.tilted.filter(|more| *more <= to), counted.tilted);
        }
    }
}
