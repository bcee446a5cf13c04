//! How two states vote: agreement, with and without that of chance, and distances made of it.

use serde::{Deserialize, Serialize};

use crate::distance::Distances;
use crate::estimate::check_lengths;

/// A vote on a roll call. Absence is no vote: pass `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vote {
    /// In favour.
    Yes,
    /// Abstention, half way between the others.
    Abstain,
    /// Against.
    No,
}

impl Vote {
    /// From the codes of the United Nations' roll-call data (Voeten): 1 yes, 2 abstain, 3 no; anything else
    /// (8 absent, 9 not a member) is no vote.
    pub fn from_code(code: u8) -> Option<Self> {
        match code {
            1 => Some(Self::Yes),
            2 => Some(Self::Abstain),
            3 => Some(Self::No),
            _ => None,
        }
    }

    /// Place on the scale from yes to no.
    fn place(self) -> usize {
        self as usize
    }
}

/// How disagreement grows from yes over abstention to no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gap {
    /// An abstention is half as far as a contrary vote (Signorino and Ritter 1999).
    #[default]
    Absolute,
    /// A quarter as far (Häge 2011).
    Squared,
}

impl Gap {
    fn between(self, one: usize, other: usize) -> f64 {
        let steps = one.abs_diff(other) as f64 / 2.0;
        match self {
            Self::Absolute => steps,
            Self::Squared => steps * steps,
        }
    }
}

/// How two states voted on the roll calls in which both did. All is `None` without any.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// Roll calls in which both voted.
    pub votes: u32,
    /// 1 - mean gap, from 0 to 1; an abstention beside a yes or a no is half an agreement with
    /// [`Gap::Absolute`]. No ideal points are estimated.
    pub agreement: Option<f64>,
    /// Signorino and Ritter's S = 1 - 2 mean gap, from -1 to 1 (*Tau-b or not tau-b*, 1999).
    pub s: Option<f64>,
    /// Cohen's weighted kappa: the gap against that of independent votes at each state's own rates. `None`
    /// where chance leaves nothing to disagree on.
    pub kappa: Option<f64>,
    /// Scott's pi, weighted: against votes at the rates of both together, so that states which differ in how
    /// often they say no disagree by that alone (Häge, *Choice or circumstance?*, Political Analysis 19, 2011).
    pub pi: Option<f64>,
}

/// How two states voted; one entry per roll call, the same ones in both lists.
///
/// # Errors
///
/// The lists differ in length.
pub fn agreement(one: &[Option<Vote>], other: &[Option<Vote>], gap: Gap) -> Result<Agreement, String> {
    check_lengths(["votes of the first state", "votes of the second"], [one.len(), other.len()])?;
    let mut table = [[0.0_f64; 3]; 3];
    for (first, second) in one.iter().zip(other).filter_map(|(first, second)| Some(((*first)?, (*second)?))) {
        table[first.place()][second.place()] += 1.0;
    }
    let votes: f64 = table.iter().flatten().sum();
    if votes <= 0.0 {
        return Ok(Agreement { votes: 0, agreement: None, s: None, kappa: None, pi: None });
    }
    let rows = [0, 1, 2].map(|row| table[row].iter().sum::<f64>() / votes);
    let columns = [0, 1, 2].map(|column| table.iter().map(|row| row[column]).sum::<f64>() / votes);
    let both = [0, 1, 2].map(|place| f64::midpoint(rows[place], columns[place]));
    let seen = mean_gap(gap, |row, column| table[row][column] / votes);
    let beyond = |expected: f64| (expected > 0.0).then(|| 1.0 - seen / expected);
    Ok(Agreement {
        votes: votes as u32,
        agreement: Some(1.0 - seen),
        s: Some(1.0 - 2.0 * seen),
        kappa: beyond(mean_gap(gap, |row, column| rows[row] * columns[column])),
        pi: beyond(mean_gap(gap, |row, column| both[row] * both[column])),
    })
}

fn mean_gap(gap: Gap, share: impl Fn(usize, usize) -> f64) -> f64 {
    let cells = (0..3).flat_map(|row| (0..3).map(move |column| (row, column)));
    cells.map(|(row, column)| share(row, column) * gap.between(row, column)).sum::<f64>().clamp(0.0, 1.0)
}

/// What a distance is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Index {
    /// 1 - agreement.
    #[default]
    Agreement,
    /// (1 - kappa) / 2, at most 1.
    Kappa,
    /// (1 - pi) / 2, at most 1.
    Pi,
}

/// Distances, from 0 to 1, between all states from their votes, one list per state; as [`crate::rao_q`] takes them.
///
/// # Errors
///
/// The lists differ in length.
pub fn vote_distances(votes: &[Vec<Option<Vote>>], gap: Gap, index: Index) -> Result<Distances, String> {
    let half = |value: f64| f64::midpoint(1.0, -value).clamp(0.0, 1.0);
    let mut distances = vec![vec![None; votes.len()]; votes.len()];
    for (row, one) in votes.iter().enumerate() {
        distances[row][row] = Some(0.0);
        for (column, other) in votes.iter().enumerate().skip(row + 1) {
            let found = agreement(one, other, gap)?;
            let distance = match index {
                Index::Agreement => found.agreement.map(|agreement| 1.0 - agreement),
                Index::Kappa => found.kappa.map(half),
                Index::Pi => found.pi.map(half),
            };
            distances[row][column] = distance;
            distances[column][row] = distance;
        }
    }
    Ok(distances)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distance::rao_q;
    use proptest::prelude::*;

    fn votes(codes: &str) -> Vec<Option<Vote>> {
        codes.bytes().map(|code| Vote::from_code(code - b'0')).collect()
    }

    #[test]
    fn votes_agree_by_half_over_an_abstention() {
        let found = agreement(&votes("111233"), &votes("112331"), Gap::Absolute).unwrap();
        // Gaps 0, 0, 1/2, 1/2, 0, 1 over six votes.
        assert_eq!((found.votes, found.agreement.unwrap()), (6, 1.0 - 2.0 / 6.0));
        assert!((found.s.unwrap() - 1.0 / 3.0).abs() < 1e-12);
        // Rates 3/6, 1/6, 2/6 on both sides: gap by chance 2 (3/36 (1/2) + 6/36 + 2/36 (1/2)) = 17/36.
        let chance = 2.0 * (1.5 + 6.0 + 1.0) / 36.0;
        assert!((found.kappa.unwrap() - (1.0 - (2.0 / 6.0) / chance)).abs() < 1e-12);
        assert_eq!(found.kappa, found.pi);
    }

    #[test]
    fn absence_is_no_vote_and_unanimity_says_nothing_beyond_chance() {
        let found = agreement(&votes("1189"), &votes("1811"), Gap::Squared).unwrap();
        assert_eq!((found.votes, found.agreement, found.kappa), (1, Some(1.0), None));
        let none = agreement(&votes("8"), &votes("1"), Gap::Squared).unwrap();
        assert_eq!((none.votes, none.agreement), (0, None));
        assert!(agreement(&votes("1"), &votes("11"), Gap::Squared).unwrap_err().contains("as many"));
    }

    #[test]
    fn votes_make_a_table_for_q() {
        let states = [votes("1113"), votes("1113"), votes("3331")];
        let distances = vote_distances(&states, Gap::Absolute, Index::Pi).unwrap();
        assert_eq!((distances[0][1], distances[2][1]), (Some(0.0), Some(1.0)));
        let q = rao_q(&[1.0, 1.0, 2.0], &distances).unwrap().unwrap();
        assert!((q - 0.5).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn indices_stay_in_their_bounds(pairs in prop::collection::vec((1u8..5, 1u8..5), 0..60), squared: bool) {
            let gap = if squared { Gap::Squared } else { Gap::Absolute };
            let (one, other): (Vec<_>, Vec<_>) =
                pairs.iter().map(|(one, other)| (Vote::from_code(*one), Vote::from_code(*other))).unzip();
            let (found, mirrored) = (agreement(&one, &other, gap).unwrap(), agreement(&other, &one, gap).unwrap());
            let near = |one: Option<f64>, other: Option<f64>| match (one, other) {
                (Some(one), Some(other)) => (one - other).abs() < 1e-9,
                (one, other) => one == other,
            };
            prop_assert!(near(found.agreement, mirrored.agreement) && near(found.kappa, mirrored.kappa) && near(found.pi, mirrored.pi));
            prop_assert!(found.agreement.is_none_or(|value| (0.0..=1.0).contains(&value)));
            prop_assert!(found.kappa.is_none_or(|value| (-1.0 - 1e-9..=1.0).contains(&value)), "{found:?}");
            prop_assert!(found.pi.is_none_or(|value| (-1.0 - 1e-9..=1.0).contains(&value)), "{found:?}");
        }
    }
}
