//! Counts and weighted sums by partner and period, which can be merged in any order.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::estimate::check_amounts;

/// Parts of one in which weights are added up. Whole numbers add up to the same sum in any order; numbers
/// with a floating point do not.
const PARTS: f64 = 16_777_216.0;

/// What was counted in one cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Events.
    pub count: u64,
    /// Their weights, in 2^-24.
    weight: u64,
}

impl Cell {
    /// Sum of the weights, to 2^-24 for each event, up to 10^12.
    pub fn weight(self) -> f64 {
        self.weight as f64 / PARTS
    }

    fn plus(self, other: Self) -> Self {
        Self {
            count: self.count.saturating_add(other.count),
            weight: self.weight.saturating_add(other.weight),
        }
    }
}

/// Counts and weighted sums by partner and period. Merging commutes and associates to the last bit, so
/// parts of a ledger can be tallied apart.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    cells: BTreeMap<String, BTreeMap<i32, Cell>>,
}

impl Tally {
    /// Counts one event with a partner in a period, which is numbered by the caller.
    ///
    /// # Errors
    ///
    /// The weight is no number from 0 on.
    pub fn add(&mut self, partner: &str, period: i32, weight: f64) -> Result<(), String> {
        check_amounts(&format!("event with {partner}: weight"), &[weight])?;
        self.put(partner, period, Cell { count: 1, weight: (weight * PARTS).round() as u64 });
        Ok(())
    }

    /// Both together.
    #[must_use]
    pub fn merge(mut self, other: &Self) -> Self {
        for (partner, periods) in &other.cells {
            for (period, cell) in periods {
                self.put(partner, *period, *cell);
            }
        }
        self
    }

    fn put(&mut self, partner: &str, period: i32, cell: Cell) {
        if !self.cells.contains_key(partner) {
            self.cells.insert(partner.to_owned(), BTreeMap::new());
        }
        if let Some(periods) = self.cells.get_mut(partner) {
            let sum = periods.entry(period).or_default();
            *sum = sum.plus(cell);
        }
    }

    /// Partners with an event, in the order of their codes.
    pub fn partners(&self) -> impl Iterator<Item = &str> {
        self.cells.keys().map(String::as_str)
    }

    /// First and last period with an event.
    pub fn span(&self) -> Option<(i32, i32)> {
        let periods = || self.cells.values().flat_map(BTreeMap::keys).copied();
        periods().min().zip(periods().max())
    }

    /// One partner's cell of a period.
    pub fn cell(&self, partner: &str, period: i32) -> Cell {
        self.cells.get(partner).and_then(|periods| periods.get(&period)).copied().unwrap_or_default()
    }

    /// One partner's cells of all periods together.
    pub fn total(&self, partner: &str) -> Cell {
        let periods = self.cells.get(partner).into_iter().flat_map(BTreeMap::values);
        periods.fold(Cell::default(), |sum, cell| sum.plus(*cell))
    }

    /// One partner's events in each period from `first` to `last`, those without any among them.
    pub fn series(&self, partner: &str, first: i32, last: i32) -> Vec<Cell> {
        (first..=last).map(|period| self.cell(partner, period)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(events: &[(u8, i32, f64)]) -> Tally {
        let mut tally = Tally::default();
        for (partner, period, weight) in events {
            tally.add(["CHN", "RUS", "USA"][usize::from(*partner % 3)], *period, *weight).unwrap();
        }
        tally
    }

    #[test]
    fn cells_are_counted_and_summed() {
        let tally = of(&[(0, 1, 0.5), (0, 1, 0.25), (2, 3, 1.0)]);
        assert_eq!((tally.cell("CHN", 1).count, tally.cell("CHN", 1).weight()), (2, 0.75));
        assert_eq!((tally.total("USA").count, tally.total("RUS").count), (1, 0));
        assert_eq!((tally.span(), tally.partners().collect::<Vec<_>>()), (Some((1, 3)), vec!["CHN", "USA"]));
        assert_eq!(tally.series("CHN", 0, 2).iter().map(|cell| cell.count).collect::<Vec<_>>(), [0, 2, 0]);
        assert_eq!(Tally::default().span(), None);
        assert!(Tally::default().add("USA", 1, f64::NAN).unwrap_err().contains("event with USA"));
    }

    #[test]
    fn it_is_written_and_read() {
        let tally = of(&[(0, 1, 0.1), (1, -4, 0.7)]);
        let written = serde_json::to_string(&tally).unwrap();
        assert_eq!(serde_json::from_str::<Tally>(&written).unwrap(), tally);
    }

    fn events() -> impl Strategy<Value = Vec<(u8, i32, f64)>> {
        prop::collection::vec((0u8..3, -3i32..4, 0.0f64..1.0), 0..30)
    }

    proptest! {
        #[test]
        fn merging_commutes_and_associates(a in events(), b in events(), c in events()) {
            let (a, b, c) = (of(&a), of(&b), of(&c));
            prop_assert_eq!(a.clone().merge(&b), b.clone().merge(&a));
            prop_assert_eq!(a.clone().merge(&b).merge(&c), a.clone().merge(&b.clone().merge(&c)));
            prop_assert_eq!(a.clone().merge(&Tally::default()), a);
        }

        #[test]
        fn parts_make_the_whole(all in events(), at in 0usize..30) {
            let (one, other) = all.split_at(at.min(all.len()));
            prop_assert_eq!(of(one).merge(&of(other)), of(&all));
        }
    }
}
