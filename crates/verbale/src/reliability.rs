//! How far coder and reviewers can be relied on: precision and recall by field, and agreement between reviewers.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use verbale_ledger::Entry;
use verbale_ledger::review::{Checked, Rating, checked};
use verbale_measure::{Accuracy, Alpha, Draws, Level, accuracy, alpha};

/// What reviews say of the coder and of each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reliability {
    /// Who reviewed, sorted.
    pub reviewers: Vec<String>,
    /// The coder against the reviewers, by field; `event` is whether it was one at all, of which nobody can say how
    /// many were missed.
    pub fields: BTreeMap<String, Field>,
    /// Krippendorff's alpha between reviewers, by field; `verdict` is whether an entry is right. Fields that no two
    /// reviewers spoke of are not there.
    pub alpha: BTreeMap<String, Alpha>,
    /// What the figures do not say.
    pub remarks: Vec<String>,
}

/// One field of the coder's.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Coded as a reviewer has it.
    pub right: u32,
    /// Coded otherwise.
    pub wrong: u32,
    /// Not coded, or otherwise, where a reviewer has something.
    pub missed: u32,
    /// Precision, recall and F1 with Wilson's intervals.
    #[serde(flatten)]
    pub accuracy: Accuracy,
}

/// Measures reviewed entries and ratings; the order of either does not matter.
///
/// # Errors
/// When a rating is none.
pub fn reliability(entries: &[Entry], ratings: &[Rating], draws: Draws) -> Result<Reliability, String> {
    let reviewers: BTreeSet<&str> = ratings.iter().map(|rating| rating.reviewer.as_str()).collect();
    let mut by_field: BTreeMap<&str, Vec<&Rating>> = BTreeMap::new();
    for rating in ratings {
        by_field.entry(&rating.field).or_default().push(rating);
    }
    let mut agreed = BTreeMap::new();
    for (field, ratings) in by_field {
        let found = alpha(&matrix(&ratings), Level::Nominal, draws)?;
        if found.units > 0 {
            agreed.insert(field.to_owned(), found);
        }
    }
    let field = |(name, Checked { right, wrong, missed }): (String, Checked)| {
        let mut accuracy = accuracy(right, wrong, missed);
        if name == "event" {
            (accuracy.recall, accuracy.f1) = (None, None);
        }
        (name, Field { right, wrong, missed, accuracy })
    };
    let fields: BTreeMap<String, Field> = checked(entries).into_iter().map(field).collect();
    let mut remarks = vec![
        "They hold for the entries that were reviewed: those that `review list` puts first are no random sample."
            .to_owned(),
    ];
    if agreed.is_empty() {
        remarks.push(
            "No two reviewers spoke of the same entry, so nothing is known of their agreement.".to_owned(),
        );
    }
    let reviewers = reviewers.into_iter().map(str::to_owned).collect();
    Ok(Reliability { reviewers, fields, alpha: agreed, remarks })
}

/// Ratings by reviewer (row) and unit (column), values as numbers in their order.
fn matrix(ratings: &[&Rating]) -> Vec<Vec<Option<f64>>> {
    let places = |of: fn(&Rating) -> &str| -> BTreeMap<&str, usize> {
        let all: BTreeSet<&str> = ratings.iter().map(|rating| of(rating)).collect();
        all.into_iter().enumerate().map(|(at, word)| (word, at)).collect()
    };
    let reviewers = places(|rating| &rating.reviewer);
    let units = places(|rating| &rating.unit);
    let values = places(|rating| &rating.value);
    let mut found = vec![vec![None; units.len()]; reviewers.len()];
    for rating in ratings {
        let place = |of: &BTreeMap<&str, usize>, word: &str| of.get(word).copied().unwrap_or_default();
        found[place(&reviewers, &rating.reviewer)][place(&units, &rating.unit)] =
            Some(place(&values, &rating.value) as f64);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rating(field: &str, unit: &str, reviewer: &str, value: &str) -> Rating {
        let [field, unit, reviewer, value] = [field, unit, reviewer, value].map(str::to_owned);
        Rating { field, unit, reviewer, value }
    }

    #[test]
    fn agreement_is_that_of_krippendorff() {
        // Two reviewers, four entries, one disagreement: 1 - (2/8) / (2 * 3 * 5 / 56) = 0.5333.
        let mut ratings = Vec::new();
        for (unit, ann, ben) in [
            ("1", "right", "right"),
            ("2", "right", "right"),
            ("3", "wrong", "wrong"),
            ("4", "right", "wrong"),
        ] {
            ratings.push(rating("verdict", unit, "ann", ann));
            ratings.push(rating("verdict", unit, "ben", ben));
        }
        ratings.push(rating("date", "1", "ann", "2025-10-22"));
        let found = reliability(&[], &ratings, Draws::default()).unwrap();
        let verdict = found.alpha["verdict"];
        assert!((verdict.alpha.unwrap() - (1.0 - 0.25 / (30.0 / 56.0))).abs() < 1e-12, "{verdict:?}");
        assert_eq!((verdict.units, found.alpha.get("date"), found.remarks.len()), (4, None, 1));
        ratings.reverse();
        assert_eq!(reliability(&[], &ratings, Draws::default()).unwrap(), found);
    }

    #[test]
    fn nobody_agrees_with_nobody() {
        let found = reliability(&[], &[], Draws::default()).unwrap();
        assert!(found.reviewers.is_empty() && found.fields.is_empty() && found.alpha.is_empty());
        assert_eq!(found.remarks.len(), 2);
    }
}
