//! Agreement between reviewers beyond chance: Krippendorff's alpha.

use serde::{Deserialize, Serialize};

use crate::draws::Draws;
use crate::estimate::{Interval, check_lengths};

/// What the differences between two values mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Values are names: the same or not.
    Nominal,
    /// Values are ranks: what matters is how many ratings lie between.
    Ordinal,
    /// Values are numbers: the difference counts, squared.
    Interval,
}

/// Agreement between reviewers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Alpha {
    /// 1 for full agreement, 0 for what chance gives, less for worse. `None` with fewer than two ratings
    /// that can be paired, or where all are the same, so that there was nothing to disagree on.
    pub alpha: Option<f64>,
    /// 95 % interval over units drawn again; `None` where `alpha` is, or with a single unit.
    pub interval: Option<Interval>,
    /// Units that two reviewers rated at least.
    pub units: usize,
    /// Ratings in them.
    pub ratings: usize,
}

/// Krippendorff's alpha (*Computing Krippendorff's alpha-reliability*, 2011) from ratings by reviewer
/// (row) and unit (column); `None` where a reviewer did not rate. Units with fewer than two ratings say
/// nothing.
///
/// The interval is that of units drawn with replacement, its errors and its chance agreement both drawn
/// again; draws in which all ratings are the same are left out.
///
/// # Errors
///
/// Reviewers have lists of different lengths, or a rating is no number.
pub fn alpha(ratings: &[Vec<Option<f64>>], level: Level, draws: Draws) -> Result<Alpha, String> {
    let units = ratings.first().map_or(0, Vec::len);
    for (reviewer, row) in ratings.iter().enumerate() {
        let name = format!("of reviewer {}", reviewer + 1);
        check_lengths(["units of reviewer 1", &name], [units, row.len()])?;
        if let Some(at) = row.iter().position(|value| value.is_some_and(|value| !value.is_finite())) {
            return Err(format!("reviewer {}, unit {}: the rating is no number", reviewer + 1, at + 1));
        }
    }
    let paired: Vec<Vec<f64>> = (0..units)
        .map(|unit| ratings.iter().filter_map(|row| row[unit]).map(|value| value + 0.0).collect::<Vec<f64>>())
        .filter(|values| values.len() > 1)
        .collect();
    let table = Table::new(&paired);
    let all: Vec<usize> = (0..paired.len()).collect();
    let alpha = table.alpha(&all, level);
    let interval = alpha.filter(|_| paired.len() > 1).map(|alpha| table.interval(alpha, level, draws));
    Ok(Alpha { alpha, interval, units: paired.len(), ratings: paired.iter().map(Vec::len).sum() })
}

/// Ratings of each unit, counted by value.
struct Table {
    /// Distinct values in ascending order.
    values: Vec<f64>,
    /// For each unit: index of a value, and how often it was given.
    units: Vec<Vec<(usize, f64)>>,
}

impl Table {
    fn new(paired: &[Vec<f64>]) -> Self {
        let mut values: Vec<f64> = paired.iter().flatten().copied().collect();
        values.sort_by(f64::total_cmp);
        values.dedup_by(|one, other| one.total_cmp(other).is_eq());
        let place = |value: f64| values.partition_point(|other| other.total_cmp(&value).is_lt());
        let counted = |ratings: &Vec<f64>| {
            let mut places: Vec<usize> = ratings.iter().map(|value| place(*value)).collect();
            places.sort_unstable();
            let runs = places.chunk_by(|one, other| one == other);
            runs.map(|run| (run[0], run.len() as f64)).collect::<Vec<_>>()
        };
        let mut units: Vec<Vec<(usize, f64)>> = paired.iter().map(counted).collect();
        // In an order of their own, so that draws do not depend on the order they came in.
        units.sort_by(|one, other| one.partial_cmp(other).unwrap_or(std::cmp::Ordering::Equal));
        Self { values, units }
    }

    /// Over some of the units, each as often as it is named.
    fn alpha(&self, units: &[usize], level: Level) -> Option<f64> {
        let mut margins = vec![0.0; self.values.len()];
        for (place, count) in units.iter().flat_map(|unit| &self.units[*unit]) {
            margins[*place] += count;
        }
        let places = self.places(&margins, level);
        let gap = |one: usize, other: usize| match level {
            Level::Nominal => f64::from(u8::from(one != other)),
            Level::Ordinal | Level::Interval => (places[one] - places[other]).powi(2),
        };
        let counted: f64 = margins.iter().sum();
        let seen: f64 = units.iter().map(|unit| disagreement(&self.units[*unit], gap)).sum::<f64>() / counted;
        let all: Vec<(usize, f64)> =
            margins.iter().copied().enumerate().filter(|(_, count)| *count > 0.0).collect();
        let expected = disagreement(&all, gap) / counted;
        (expected > 0.0 && expected.is_finite()).then(|| 1.0 - seen / expected)
    }

    /// Where each value lies, so that the squared difference of two places is how far they are apart.
    fn places(&self, margins: &[f64], level: Level) -> Vec<f64> {
        match level {
            // A rank: the ratings below, and half of its own.
            Level::Ordinal => margins
                .iter()
                .scan(0.0, |below, count| {
                    let place = *below + count / 2.0;
                    *below += count;
                    Some(place)
                })
                .collect(),
            // Scaled, because squares of large numbers could leave the range.
            Level::Interval | Level::Nominal => {
                let span = self.values.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
                self.values.iter().map(|value| if span > 0.0 { value / span } else { 0.0 }).collect()
            }
        }
    }

    fn interval(&self, alpha: f64, level: Level, draws: Draws) -> Interval {
        let mut again = vec![0; self.units.len()];
        let sample = draws.of(|source| {
            again.fill_with(|| source.index(self.units.len()));
            self.alpha(&again, level).unwrap_or(f64::NAN)
        });
        sample.known().map_or(Interval { low: alpha, high: alpha }, |known| {
            let ends = known.estimate(None);
            Interval { low: ends.low, high: ends.high }
        })
    }
}

/// Sum over ordered pairs of ratings of how far they are apart, over one less than there are ratings.
fn disagreement(counted: &[(usize, f64)], gap: impl Fn(usize, usize) -> f64) -> f64 {
    let ratings: f64 = counted.iter().map(|(_, count)| count).sum();
    let mut sum = 0.0;
    for (at, (one, count)) in counted.iter().enumerate() {
        for (other, others) in &counted[at + 1..] {
            sum += 2.0 * count * others * gap(*one, *other);
        }
    }
    if ratings > 1.0 { sum / (ratings - 1.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The worked example of Krippendorff (2011): four observers, twelve units; `.` is no rating.
    const OBSERVERS: [&str; 4] = ["1233214 12...", "12332241 25.3", ".3332342 251.", "1233244125 1."];

    fn ratings(rows: &[&str]) -> Vec<Vec<Option<f64>>> {
        let of = |row: &&str| {
            row.chars().filter(|c| *c != ' ').map(|c| c.to_digit(10).map(f64::from)).collect::<Vec<_>>()
        };
        rows.iter().map(of).collect()
    }

    fn of(rows: &[&str], level: Level) -> Alpha {
        alpha(&ratings(rows), level, Draws::new(1000, 1).unwrap()).unwrap()
    }

    #[test]
    fn the_worked_example_is_met() {
        for (level, wanted) in [(Level::Nominal, 0.743), (Level::Ordinal, 0.815), (Level::Interval, 0.849)] {
            let found = of(&OBSERVERS, level);
            assert!((found.alpha.unwrap() - wanted).abs() < 5e-4, "{level:?}: {found:?}");
            assert_eq!((found.units, found.ratings), (11, 40));
            let interval = found.interval.unwrap();
            assert!(interval.low < wanted && wanted < interval.high && interval.high <= 1.0, "{found:?}");
        }
    }

    #[test]
    fn two_observers_and_two_values_by_hand() {
        // Krippendorff (2011), part A: 10 units, alpha .095.
        let found = of(&["0100000001", "1110010000"], Level::Nominal);
        assert!((found.alpha.unwrap() - 0.095).abs() < 5e-4, "{found:?}");
    }

    #[test]
    fn nothing_to_disagree_on_is_unknown() {
        for rows in [&[][..], &["123"], &["1.", ".2"], &["111", "111"]] {
            assert_eq!(of(rows, Level::Interval).alpha, None, "{rows:?}");
        }
        assert_eq!(of(&["123", "123"], Level::Nominal).alpha, Some(1.0));
        let one = of(&["1", "2"], Level::Nominal);
        assert_eq!((one.alpha, one.interval), (Some(0.0), None));
    }

    #[test]
    fn bad_ratings_are_named() {
        let short = alpha(&[vec![None; 2], vec![None]], Level::Nominal, Draws::default());
        assert!(short.unwrap_err().contains("of reviewer 2"));
        let wrong = alpha(&[vec![Some(f64::NAN)]], Level::Nominal, Draws::default());
        assert!(wrong.unwrap_err().contains("reviewer 1, unit 1"));
        let huge = alpha(
            &[vec![Some(1e300), Some(-1e300)], vec![Some(1e300), Some(0.0)]],
            Level::Interval,
            Draws::default(),
        );
        assert!(huge.unwrap().alpha.is_some_and(f64::is_finite));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn reviewers_and_units_have_no_order(cells in prop::collection::vec(0u8..5, 24)) {
            let rows: Vec<Vec<Option<f64>>> = cells.chunks(8).map(|row| row.iter().map(|c| (*c > 0).then(|| f64::from(*c))).collect()).collect();
            let turned: Vec<Vec<Option<f64>>> = rows.iter().rev().map(|row| row.iter().rev().copied().collect()).collect();
            for level in [Level::Nominal, Level::Ordinal, Level::Interval] {
                let draws = Draws::new(100, 1).unwrap();
                let (one, other) = (alpha(&rows, level, draws).unwrap(), alpha(&turned, level, draws).unwrap());
                prop_assert_eq!(one.alpha.is_some(), other.alpha.is_some());
                prop_assert!((one.alpha.unwrap_or(0.0) - other.alpha.unwrap_or(0.0)).abs() < 1e-9);
                prop_assert!(one.alpha.is_none_or(|alpha| alpha <= 1.0));
                let low = |found: Alpha| found.interval.map_or(0.0, |interval| interval.low);
                prop_assert!((low(one) - low(other)).abs() < 1e-9);
            }
        }
    }
}
