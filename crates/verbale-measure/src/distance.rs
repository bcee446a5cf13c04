//! How far a country's partners stand apart: Rao's Q over a table of distances.

use crate::draws::{Draws, Masses};
use crate::estimate::{Estimate, check_amounts, check_lengths};

/// Distances between partners, row by row; `None` where unknown.
pub type Distances = Vec<Vec<Option<f64>>>;

/// Rao's quadratic entropy (*Diversity and dissimilarity coefficients*, 1982): the sum over A < B of
/// `2 p_A p_B d_AB`, which is the distance expected between the partners of two events. Counts or weighted
/// sums come in, shares are made of them. `None` without any, or where a distance that counts is unknown.
///
/// # Errors
///
/// Distances are a square table over the same partners, symmetric, 0 from each to itself, and from 0 on.
pub fn rao_q(weights: &[f64], distances: &[Vec<Option<f64>>]) -> Result<Option<f64>, String> {
    check_amounts("weight of partner", weights)?;
    check_distances(distances)?;
    check_lengths(["partners", "rows of distances"], [weights.len(), distances.len()])?;
    let sum: f64 = weights.iter().sum();
    if sum <= 0.0 {
        return Ok(None);
    }
    let mut q = 0.0;
    for (row, first) in weights.iter().enumerate() {
        for (column, second) in weights.iter().enumerate().skip(row + 1) {
            if *first > 0.0 && *second > 0.0 {
                let Some(distance) = distances[row][column] else { return Ok(None) };
                q += 2.0 * (first / sum) * (second / sum) * distance;
            }
        }
    }
    Ok(Some(q))
}

/// Rao's Q as it may be behind the counts: over shares drawn from `Dirichlet(n + 1/2)`, beside the raw one.
/// `None` without partners, or where any distance is unknown, since every partner may have a share.
///
/// # Errors
///
/// Those of [`rao_q`].
pub fn rao_q_range(
    counts: &[u32],
    distances: &[Vec<Option<f64>>],
    draws: Draws,
) -> Result<Option<Estimate>, String> {
    let amounts: Vec<f64> = counts.iter().copied().map(f64::from).collect();
    let raw = rao_q(&amounts, distances)?;
    let known = (0..counts.len()).all(|row| (0..row).all(|column| distances[row][column].is_some()));
    if counts.is_empty() || !known {
        return Ok(None);
    }
    let masses = Masses::of(counts);
    let sample = draws.of(|source| {
        let shares = source.shares(&masses);
        let row = |row: usize| -> f64 {
            (0..row).map(|column| shares[column] * distances[row][column].unwrap_or_default()).sum()
        };
        (0..shares.len()).map(|at| 2.0 * shares[at] * row(at)).sum()
    });
    Ok(Some(sample.estimate(raw)))
}

/// How far the two halves of a table may differ, for tables that were rounded.
const ROUNDING: f64 = 1e-6;

fn check_distances(distances: &[Vec<Option<f64>>]) -> Result<(), String> {
    for (row, cells) in distances.iter().enumerate() {
        check_lengths(["rows of distances", "columns"], [distances.len(), cells.len()])?;
        let known: Vec<f64> = cells.iter().copied().flatten().collect();
        check_amounts(&format!("row {} of distances: number", row + 1), &known)?;
        if cells[row].is_some_and(|own| own > 0.0) {
            return Err(format!("row {} of distances: partner {0} is not at 0 from itself", row + 1));
        }
        for (column, cell) in cells.iter().enumerate().take(row) {
            let differ = match (cell, distances[column][row]) {
                (Some(one), Some(other)) => (one - other).abs() > ROUNDING,
                (one, other) => one.is_some() != other.is_some(),
            };
            if differ {
                return Err(format!(
                    "distances of partners {} and {} differ by direction: give one for both",
                    column + 1,
                    row + 1
                ));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn table(rows: &[&[f64]]) -> Distances {
        rows.iter().map(|row| row.iter().copied().map(Some).collect()).collect()
    }

    #[test]
    fn q_is_the_distance_expected_between_two_events() {
        let all_apart = table(&[&[0.0, 1.0, 1.0], &[1.0, 0.0, 1.0], &[1.0, 1.0, 0.0]]);
        // With all at distance 1, Q = 1 - HHI.
        let q = rao_q(&[5.0, 3.0, 2.0], &all_apart).unwrap().unwrap();
        assert!((q - (1.0 - 0.38)).abs() < 1e-12);
        let near = table(&[&[0.0, 0.2, 1.0], &[0.2, 0.0, 1.0], &[1.0, 1.0, 0.0]]);
        let q = rao_q(&[5.0, 3.0, 2.0], &near).unwrap().unwrap();
        assert!((q - 2.0 * (0.15 * 0.2 + 0.1 + 0.06)).abs() < 1e-12);
    }

    #[test]
    fn what_is_unknown_matters_only_where_it_counts() {
        let mut some = table(&[&[0.0, 0.5, 0.5], &[0.5, 0.0, 0.5], &[0.5, 0.5, 0.0]]);
        (some[0][2], some[2][0]) = (None, None);
        assert_eq!(rao_q(&[1.0, 1.0, 1.0], &some), Ok(None));
        assert_eq!(rao_q(&[1.0, 1.0, 0.0], &some), Ok(Some(0.25)));
        assert_eq!(rao_q(&[0.0, 0.0, 0.0], &some), Ok(None));
    }

    #[test]
    fn q_has_a_range() {
        let table = table(&[&[0.0, 0.2, 1.0], &[0.2, 0.0, 1.0], &[1.0, 1.0, 0.0]]);
        let found = rao_q_range(&[5, 3, 2], &table, Draws::default()).unwrap().unwrap();
        assert_eq!(found.raw, rao_q(&[5.0, 3.0, 2.0], &table).unwrap());
        assert!(found.low < found.mean && found.mean < found.high && found.high <= 1.0, "{found:?}");
        let many = rao_q_range(&[50_000, 30_000, 20_000], &table, Draws::default()).unwrap().unwrap();
        assert!((many.mean - found.raw.unwrap()).abs() < 0.01 && many.high - many.low < 0.01);
        let mut some = table.clone();
        (some[0][2], some[2][0]) = (None, None);
        assert_eq!(rao_q_range(&[5, 3, 0], &some, Draws::default()), Ok(None));
        assert_eq!(rao_q_range(&[], &[], Draws::default()), Ok(None));
        assert!(rao_q_range(&[1], &[], Draws::default()).is_err());
    }

    #[test]
    fn tables_that_are_none_are_refused() {
        let refused = |rows: &[&[f64]]| rao_q(&[1.0, 1.0], &table(rows)).unwrap_err();
        assert!(refused(&[&[0.0, 1.0], &[0.5, 0.0]]).contains("differ by direction"));
        assert!(refused(&[&[0.5, 1.0], &[1.0, 0.0]]).contains("not at 0"));
        assert!(refused(&[&[0.0, -1.0], &[-1.0, 0.0]]).contains("-1"));
        assert!(refused(&[&[0.0, 1.0]]).contains("columns"));
        assert!(refused(&[]).contains("2 partners and 0 rows"));
    }

    proptest! {
        #[test]
        fn q_lies_between_nothing_and_the_largest_distance(weights in prop::collection::vec(0.0f64..9.0, 3), d in prop::collection::vec(0.0f64..1.0, 3)) {
            let distances = table(&[&[0.0, d[0], d[1]], &[d[0], 0.0, d[2]], &[d[1], d[2], 0.0]]);
            let q = rao_q(&weights, &distances).unwrap().unwrap_or(0.0);
            prop_assert!(q >= 0.0 && q <= d.iter().copied().fold(0.0, f64::max));
        }
    }
}
