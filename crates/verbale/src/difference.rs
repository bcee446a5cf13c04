//! What a run reads otherwise than another, and what that does to a balance between two powers.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use verbale_ledger::diff::{Change, Summary, diff};
use verbale_ledger::panel::engagement;
use verbale_ledger::review::Review;
use verbale_ledger::store::Ledger;
use verbale_ledger::{LedgerError, Telling, entries};
use verbale_measure::{Balance, Count, Delta, Number, Question, Rules, balance, count};
use verbale_model::{Days, Engagement};

/// A state and the two powers that its balance lies between, by their codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Between {
    /// Whose policy.
    pub state: String,
    /// Between whom.
    pub partners: [String; 2],
}

impl Between {
    /// Reads `AFG:USA,RUS`.
    ///
    /// # Errors
    /// When it is not so written.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || "write a state and two partners, as in AFG:USA,RUS".to_owned();
        let code = |text: &str| text.trim().to_uppercase();
        let (state, partners) = text.split_once(':').ok_or_else(wrong)?;
        let partners = partners.split(',').map(code).collect::<Vec<_>>().try_into().map_err(|_| wrong())?;
        let found = Self { state: code(state), partners };
        let well = found.partners.iter().chain([&found.state]).all(|code| code.len() >= 3);
        if well { Ok(found) } else { Err(wrong()) }
    }

    /// What events count with each of the two, at any time.
    pub fn count(&self, events: &[Engagement], rules: &Rules) -> [f64; 2] {
        two(&self.counted(events, rules).n)
    }

    fn counted(&self, events: &[Engagement], rules: &Rules) -> Count {
        let window = Days::default();
        count(events, &Question { state: &self.state, partners: &self.partners, rules, window })
    }

    /// The balance of what was told, with these reviews, and what each event counts in it with either of the two.
    fn figure(&self, tellings: &[Telling], reviews: &[Review], rules: &Rules) -> (Figure, Shares) {
        let events: Vec<_> = entries(tellings, reviews).iter().map(engagement).collect();
        let found = self.counted(&events, rules);
        let counts = two(&found.n);
        let names = self.partners.each_ref().map(String::as_str);
        let figure = Figure { counts: counts.map(Number), balance: balance(names, counts, Delta::default()) };
        let shares = found.events.iter().map(|event| (events[event.at].id.clone(), two(&event.n)));
        (figure, shares.collect())
    }
}

fn two(n: &[f64]) -> [f64; 2] {
    [0, 1].map(|at| n.get(at).copied().unwrap_or(0.0))
}

/// What events count with either of two powers, by their ids.
type Shares = BTreeMap<String, [f64; 2]>;

/// A balance with the counts behind it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// Events with each of the two.
    pub counts: [Number; 2],
    /// What they say.
    #[serde(flatten)]
    pub balance: Balance,
}

/// A balance as of both runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Moved {
    /// As of the earlier run.
    pub before: Figure,
    /// As of the later one.
    pub after: Figure,
    /// The events that count in one otherwise than in the other, by id.
    pub events: Vec<Shifted>,
}

/// An event that counts otherwise than before; with neither power where it does not count, or is not there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shifted {
    /// Its id.
    pub event: String,
    /// What it counted with each of the two.
    pub before: [Number; 2],
    /// What it counts now.
    pub after: [Number; 2],
}

impl Moved {
    fn new((before, old): (Figure, Shares), (after, new): (Figure, Shares)) -> Self {
        let ids: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        let of = |shares: &Shares, id: &String| shares.get(id).copied().unwrap_or_default().map(Number);
        let shifted = ids.into_iter().map(|id| Shifted {
            event: id.clone(),
            before: of(&old, id),
            after: of(&new, id),
        });
        let events = shifted.filter(|one| one.before != one.after);
        Self { before, after, events: events.collect() }
    }
}

/// What changed from one run to another; a run stands for what was known after it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// The earlier run.
    pub before: i64,
    /// The later one.
    pub after: i64,
    /// Field by field, for documents that both know.
    pub changes: Vec<Change>,
    /// How many of which kind.
    pub summary: Summary,
    /// Documents that came in between, and are not compared.
    pub new_documents: usize,
    /// What all that does to a balance, where one was asked about.
    pub balance: Option<Moved>,
}

impl Difference {
    /// Compares two runs, and a balance under the rules.
    ///
    /// # Errors
    /// [`LedgerError::Asked`] when there is no such run.
    pub fn new(
        ledger: &Ledger,
        [before, after]: [i64; 2],
        balance: Option<(&Between, &Rules)>,
    ) -> Result<Self, LedgerError> {
        let new = ledger.added_between(before, after)?;
        // Without a balance only what was read again need be looked at, which is little of a large ledger.
        if balance.is_none() && before <= after {
            let [old, kept] = ledger.reread_between(before, after)?;
            let changes = diff(&old, &kept);
            let summary = Summary::of(&changes);
            return Ok(Self { before, after, summary, changes, new_documents: new.len(), balance: None });
        }
        let (old, all) = (ledger.tellings_as_of(before)?, ledger.tellings_as_of(after)?);
        let kept: Vec<Telling> = all.iter().filter(|one| !new.contains(&one.id.document)).cloned().collect();
        let changes = diff(&old, &kept);
        let balance = match balance {
            Some((between, rules)) => {
                let reviews = ledger.reviews()?;
                let of = |tellings: &[Telling]| between.figure(tellings, &reviews, rules);
                Some(Moved::new(of(&old), of(&all)))
            }
            None => None,
        };
        Ok(Self { before, after, summary: Summary::of(&changes), changes, new_documents: new.len(), balance })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_that_count_otherwise_are_named() {
        let figure = |counts: [f64; 2]| Figure {
            counts: counts.map(Number),
            balance: balance(["USA", "RUS"], counts, Delta::default()),
        };
        let shares = |all: &[(&str, [f64; 2])]| all.iter().map(|(id, n)| ((*id).to_owned(), *n)).collect();
        let before = (figure([2.0, 1.0]), shares(&[("a:e1", [1.0, 0.0]), ("b:e1", [1.0, 1.0])]));
        let after = (figure([1.0, 2.0]), shares(&[("b:e1", [1.0, 1.0]), ("c:e1", [0.0, 1.0])]));
        let moved = serde_json::to_value(Moved::new(before, after).events).unwrap();
        assert_eq!(
            moved,
            serde_json::json!([{"event": "a:e1", "before": [1, 0], "after": [0, 0]},
                {"event": "c:e1", "before": [0, 0], "after": [0, 1]}])
        );
    }

    #[test]
    fn a_state_and_two_powers_are_read() {
        let found = Between::parse(" afg : usa, rus").unwrap();
        assert_eq!((found.state.as_str(), found.partners), ("AFG", ["USA", "RUS"].map(str::to_owned)));
        for wrong in ["AFG", "AFG:USA", "AFG:USA,RUS,CHN", ":USA,RUS", "AFG:USA,"] {
            assert!(Between::parse(wrong).unwrap_err().contains("AFG:USA,RUS"), "{wrong}");
        }
    }
}
