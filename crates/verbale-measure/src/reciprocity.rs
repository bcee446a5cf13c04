//! Who gives and who takes: how far ties are mutual, and who goes to whom.

use serde::{Deserialize, Serialize};

use crate::estimate::{check_amounts, check_lengths};
use crate::tilt::{Tilt, tilt};

/// How far ties are mutual.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Reciprocity {
    /// Sum of min(`w_ij`, `w_ji`) over sum of max, over pairs i < j: from 0, all one-sided, to 1, all
    /// mutual. `None` where there are no ties.
    pub overall: Option<f64>,
    /// Pairs with a tie in either direction.
    pub pairs: usize,
}

/// Reciprocity of a table of weights from each state (row) to each (column); what stands on the diagonal
/// does not count.
///
/// # Errors
///
/// The table is not square, or a weight is no number from 0 on.
pub fn reciprocity(weights: &[Vec<f64>]) -> Result<Reciprocity, String> {
    for (row, cells) in weights.iter().enumerate() {
        check_lengths(["rows of weights", "columns"], [weights.len(), cells.len()])?;
        check_amounts(&format!("row {} of weights: number", row + 1), cells)?;
    }
    let (mut least, mut most, mut pairs) = (0.0, 0.0, 0);
    for (row, cells) in weights.iter().enumerate() {
        for (column, there) in cells.iter().enumerate().skip(row + 1) {
            let back = weights[column][row];
            least += there.min(back);
            most += there.max(back);
            pairs += usize::from(there.max(back) > 0.0);
        }
    }
    Ok(Reciprocity { overall: (most > 0.0).then(|| least / most), pairs })
}

/// Who takes the initiative: (out - in) / (out + in) of visits paid and visits received, 1 when only the
/// country travels. The share of visits paid is `Beta(out + 1/2, in + 1/2)`, as in a tilt.
pub fn initiative(paid: u32, received: u32) -> Tilt {
    tilt([paid, received])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_tie_is_as_mutual_as_its_weaker_half() {
        let weights = [vec![9.0, 4.0, 0.0], vec![2.0, 0.0, 3.0], vec![0.0, 3.0, 0.0]];
        let found = reciprocity(&weights).unwrap();
        assert_eq!((found.overall, found.pairs), (Some(5.0 / 7.0), 2));
    }

    #[test]
    fn no_ties_are_unknown() {
        assert_eq!(reciprocity(&[]).unwrap().overall, None);
        assert_eq!(reciprocity(&[vec![3.0]]).unwrap().overall, None);
        assert!(reciprocity(&[vec![0.0, 1.0]]).unwrap_err().contains("columns"));
        assert!(reciprocity(&[vec![0.0, -1.0], vec![0.0, 0.0]]).unwrap_err().contains("row 1"));
    }

    #[test]
    fn initiative_is_a_tilt_of_visits() {
        let visits = initiative(6, 2);
        assert_eq!(visits.raw, Some(0.5));
        assert!((visits.low + 0.183_247).abs() < 1e-5 && (visits.high - 0.888_066).abs() < 1e-5);
        assert_eq!(initiative(0, 0).raw, None);
    }

    proptest! {
        #[test]
        fn turning_all_ties_round_changes_nothing(w in prop::collection::vec(0.0f64..9.0, 9)) {
            let rows: Vec<Vec<f64>> = w.chunks(3).map(<[f64]>::to_vec).collect();
            let turned: Vec<Vec<f64>> = (0..3).map(|row| (0..3).map(|column| rows[column][row]).collect()).collect();
            let found = reciprocity(&rows).unwrap();
            prop_assert_eq!(found, reciprocity(&turned).unwrap());
            prop_assert!(found.overall.is_none_or(|overall| (0.0..=1.0).contains(&overall)));
        }
    }
}
