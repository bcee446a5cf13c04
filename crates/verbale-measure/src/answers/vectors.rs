//! How far apart a state's partners stand: Rao's Q of its events, and how alike it votes with each of them.

use serde::{Deserialize, Serialize};

use super::Network;
use crate::distance::{Distances, rao_q_range};
use crate::draws::Draws;
use crate::estimate::Estimate;
use crate::votes::{Gap, Index, Vote, agreement, vote_distances};

/// How far apart the partners stand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MultiVector {
    /// Rao's Q: the distance expected between the partners of two events, 0 where all events are with one partner or
    /// all partners stand together.
    pub rao_q: Estimate,
    /// Where the distances are from: `un-votes`, or the name of a file.
    pub distances: String,
    /// Partners that it was made of.
    pub partners: usize,
    /// Their share of all events.
    pub covered: f64,
    /// Partners left out, because nothing says how far they are from others.
    pub left_out: Vec<String>,
}

/// Votes of states in the General Assembly.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VotesOf {
    /// Codes of the states.
    pub states: Vec<String>,
    /// One list for each state, over the same roll calls.
    pub votes: Vec<Vec<Option<Vote>>>,
}

impl VotesOf {
    fn of(&self, code: &str) -> Option<&[Option<Vote>]> {
        let at = self.states.iter().position(|state| state == code)?;
        self.votes.get(at).map(Vec::as_slice)
    }

    /// How far states stand apart in these votes: 1 - agreement, unknown where two never voted together.
    ///
    /// # Errors
    /// When the lists differ in length.
    pub fn distances(&self) -> Result<Distances, String> {
        vote_distances(&self.votes, Gap::Absolute, Index::Agreement)
    }
}

impl Network {
    /// Says how alike the state and each partner vote.
    ///
    /// # Errors
    /// When the lists of votes differ in length.
    pub fn put_votes(&mut self, votes: &VotesOf) -> Result<(), String> {
        let Some(own) = votes.of(&self.head.state) else { return Ok(()) };
        for partner in &mut self.partners {
            if let Some(other) = votes.of(&partner.code) {
                partner.votes = Some(agreement(own, other, Gap::Absolute)?).filter(|found| found.votes > 0);
            }
        }
        Ok(())
    }

    /// Says how far apart the partners stand, by a table of distances between `states`. Partners of which too little is
    /// known are left out, those with most unknown distances first.
    ///
    /// # Errors
    /// When the table is none of distances.
    pub fn put_distances(
        &mut self,
        name: &str,
        states: &[String],
        table: &[Vec<Option<f64>>],
        draws: Draws,
    ) -> Result<(), String> {
        let row = |code: &String| states.iter().position(|state| state == code);
        let mut known: Vec<(usize, usize)> =
            self.partners.iter().enumerate().filter_map(|(at, one)| Some((at, row(&one.code)?))).collect();
        let cell =
            |one: usize, other: usize| table.get(one).and_then(|row| row.get(other)).copied().flatten();
        loop {
            let unknown = |(_, one): &(usize, usize)| {
                known.iter().filter(|(_, other)| one != other && cell(*one, *other).is_none()).count()
            };
            // Of those with equally many the one with fewest events goes: partners stand in order of events.
            let worst = (0..known.len()).max_by_key(|at| (unknown(&known[*at]), *at));
            match worst.filter(|at| unknown(&known[*at]) > 0) {
                Some(at) => known.remove(at),
                None => break,
            };
        }
        if known.len() < 2 {
            return Ok(());
        }
        let distances: Distances = known
            .iter()
            .map(|(_, one)| {
                let to =
                    |(_, other): &(usize, usize)| if one == other { Some(0.0) } else { cell(*one, *other) };
                known.iter().map(to).collect()
            })
            .collect();
        let counts: Vec<u32> = known.iter().map(|(at, _)| self.partners[*at].events.len() as u32).collect();
        let Some(rao_q) = rao_q_range(&counts, &distances, draws)? else { return Ok(()) };
        let all: f64 = self.partners.iter().map(|partner| partner.events.len() as f64).sum();
        let covered = counts.iter().copied().map(f64::from).sum::<f64>() / all;
        let kept = |at: usize| known.iter().any(|(one, _)| *one == at);
        let left_out = self.partners.iter().enumerate().filter(|(at, _)| !kept(*at));
        let left_out = left_out.map(|(_, partner)| partner.code.clone()).collect();
        let partners = known.len();
        self.multi_vector =
            Some(MultiVector { rao_q, distances: name.to_owned(), partners, covered, left_out });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::network;
    use crate::count::Question;
    use crate::count::sample::{meeting, side};
    use crate::rules::Rules;
    use verbale_model::Days;

    fn partners(with: &[(&str, usize)]) -> Network {
        let meetings =
            |(code, times): &(&str, usize)| vec![meeting(&[side("AFG", 2), side(code, 2)]); *times];
        let events: Vec<_> = with.iter().flat_map(meetings).collect();
        let rules = Rules::named("officials").unwrap();
        let question = Question { state: "AFG", partners: &[], rules: &rules, window: Days::default() };
        network(&events, &question, Draws::default())
    }

    fn votes() -> VotesOf {
        let list = |codes: &str| codes.bytes().map(|code| Vote::from_code(code - b'0')).collect();
        VotesOf {
            states: ["AFG", "RUS", "USA", "XXA"].map(str::to_owned).to_vec(),
            votes: ["11138", "11138", "33318", "88881"].map(list).to_vec(),
        }
    }

    #[test]
    fn agreement_and_distance_come_from_votes() {
        let mut found = partners(&[("RUS", 3), ("USA", 3), ("XXA", 1), ("EUR", 2)]);
        let votes = votes();
        found.put_votes(&votes).unwrap();
        let agreement = |code: &str| {
            found
                .partners
                .iter()
                .find(|one| one.code == code)
                .unwrap()
                .votes
                .and_then(|votes| votes.agreement)
        };
        assert_eq!((agreement("RUS"), agreement("USA")), (Some(1.0), Some(0.0)));
        assert_eq!((agreement("XXA"), agreement("EUR")), (None, None));
        found
            .put_distances("un-votes", &votes.states, &votes.distances().unwrap(), Draws::default())
            .unwrap();
        let apart = found.multi_vector.unwrap();
        // RUS and USA at distance 1, half the events each.
        assert_eq!((apart.rao_q.raw, apart.partners), (Some(0.5), 2));
        assert_eq!(apart.left_out, ["EUR", "XXA"]);
        assert!((apart.covered - 6.0 / 9.0).abs() < 1e-12);
    }

    #[test]
    fn nothing_known_is_null_and_a_bad_table_is_refused() {
        let mut found = partners(&[("RUS", 3), ("USA", 3)]);
        found.put_votes(&VotesOf::default()).unwrap();
        found.put_distances("file", &[], &[], Draws::default()).unwrap();
        assert_eq!((found.multi_vector.clone(), found.partners[0].votes), (None, None));
        let states = ["RUS", "USA"].map(str::to_owned);
        let table = vec![vec![Some(0.0), Some(-1.0)], vec![Some(-1.0), Some(0.0)]];
        assert!(found.put_distances("file", &states, &table, Draws::default()).unwrap_err().contains("-1"));
        partners(&[]).put_distances("file", &states, &table, Draws::default()).unwrap();
    }

    #[test]
    fn the_order_of_a_table_does_not_matter() {
        let table = |d: [f64; 3]| {
            vec![
                vec![Some(0.0), Some(d[0]), Some(d[1])],
                vec![Some(d[0]), Some(0.0), Some(d[2])],
                vec![Some(d[1]), Some(d[2]), Some(0.0)],
            ]
        };
        let of = |states: [&str; 3], d: [f64; 3]| {
            let mut found = partners(&[("RUS", 5), ("USA", 3), ("CHN", 2)]);
            found.put_distances("x", &states.map(str::to_owned), &table(d), Draws::default()).unwrap();
            found.multi_vector.unwrap()
        };
        let one = of(["RUS", "USA", "CHN"], [0.9, 0.2, 0.8]);
        assert_eq!(one, of(["CHN", "USA", "RUS"], [0.8, 0.2, 0.9]));
        // 2 (.5 .3 .9 + .5 .2 .2 + .3 .2 .8)
        assert!((one.rao_q.raw.unwrap() - 2.0 * (0.135 + 0.02 + 0.048)).abs() < 1e-12);
    }
}
