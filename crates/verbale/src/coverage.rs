//! What was written about a state at all, and which families of sources tell of an event.

use std::collections::{BTreeMap, BTreeSet};

use verbale_knowledge::Knowledge;
use verbale_ledger::LedgerError;
use verbale_ledger::store::{Ledger, Teller};
use verbale_measure::Published;
use verbale_model::{Days, Engagement};

use crate::question::{Source, state};

/// The word for all sources that are not of the other family.
const OTHERS: &str = "others";

/// What stands under a series of counts of a state: the documents of a ledger that speak of it or, in an import,
/// which has no documents, all its codings of the state.
pub(crate) struct Volume {
    /// The word for which of the two it is.
    pub(crate) of: &'static str,
    /// When each was published, and by whom.
    documents: Vec<(Days, String)>,
    /// Places of the documents that tell of each event, by its id; of codings each is its own.
    told: Option<BTreeMap<String, Vec<usize>>>,
}

impl Volume {
    /// Reads it.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub(crate) fn of(
        ledger: &Ledger,
        source: &Source,
        code: &str,
        events: &[Engagement],
    ) -> Result<Self, LedgerError> {
        if let Source::Import(format) = source {
            let documents = events.iter().map(|event| (event.days, format.clone())).collect();
            return Ok(Self { of: "codings", documents, told: None });
        }
        let (mut documents, mut told) = (Vec::new(), BTreeMap::<String, Vec<usize>>::new());
        for (at, one) in ledger.covering(code)?.into_iter().enumerate() {
            documents.push((one.days, one.outlet.unwrap_or_default()));
            for event in one.events {
                told.entry(event).or_default().push(at);
            }
        }
        Ok(Self { of: "documents", documents, told: Some(told) })
    }

    /// The documents.
    pub(crate) fn published(&self) -> Vec<Published<'_>> {
        self.documents.iter().map(|(days, source)| Published { days: *days, source }).collect()
    }

    /// Whether a document by one of some sources tells of an event.
    pub(crate) fn is_told(&self, event: &Engagement, by: &dyn Fn(&str) -> bool) -> bool {
        match &self.told {
            None => event.source.as_deref().is_some_and(by),
            Some(told) => {
                told.get(&event.id).is_some_and(|at| at.iter().any(|at| by(&self.documents[*at].1)))
            }
        }
    }
}

/// Two families of sources: outlets by name, those that speak for a state by its code or name, or the `others`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Families([String; 2]);

impl Families {
    /// Reads `AFG,others` or `Outlet One,Outlet Two`.
    ///
    /// # Errors
    /// When there are not two, or both are the same.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || "write two families of sources, as in AFG,others or AFG,USA or two outlets".to_owned();
        let (one, two) = text.split_once(',').ok_or_else(wrong)?;
        let (one, two) = (one.trim(), two.trim());
        if one.is_empty() || two.is_empty() || two.contains(',') || one.eq_ignore_ascii_case(two) {
            return Err(wrong());
        }
        Ok(Self([one.to_owned(), two.to_owned()]))
    }

    /// What they are called.
    pub fn names(&self) -> [String; 2] {
        self.0.clone()
    }

    /// Which of the two tell of each event. A source that would be of both is of the first.
    ///
    /// # Errors
    /// When no source is of one of them; the message lists those there are.
    pub fn told(
        &self,
        knowledge: &Knowledge,
        tellers: &[Teller],
    ) -> Result<BTreeMap<String, [bool; 2]>, String> {
        let named = self.0.clone().map(|word| {
            let code = state(knowledge, &word).code;
            (word, code)
        });
        let is = |teller: &Teller, (word, code): &(String, String)| {
            teller.side.as_ref() == Some(code)
                || teller.outlet.as_ref().is_some_and(|outlet| outlet.to_lowercase() == word.to_lowercase())
        };
        let others = |at: usize| named[at].0.eq_ignore_ascii_case(OTHERS);
        let mut told: BTreeMap<String, [bool; 2]> = BTreeMap::new();
        let mut seen = [false; 2];
        for teller in tellers {
            let first = if others(0) { !is(teller, &named[1]) } else { is(teller, &named[0]) };
            let of = [first, !first && (others(1) || is(teller, &named[1]))];
            let told = told.entry(teller.event.clone()).or_default();
            for at in [0, 1] {
                told[at] |= of[at];
                seen[at] |= of[at];
            }
        }
        match (0..2).find(|at| !seen[*at]) {
            None => Ok(told),
            Some(at) => Err(format!("no source of an event is of '{}': {}", self.0[at], there_are(tellers))),
        }
    }
}

fn there_are(tellers: &[Teller]) -> String {
    let name = |teller: &Teller| match (&teller.outlet, &teller.side) {
        (Some(outlet), Some(side)) => Some(format!("{outlet} ({side})")),
        (Some(outlet), None) => Some(outlet.clone()),
        (None, side) => side.clone(),
    };
    let names: BTreeSet<String> = tellers.iter().filter_map(name).collect();
    if names.is_empty() {
        return "nothing says who published the documents (--outlet, when they are added)".to_owned();
    }
    let shown: Vec<&str> = names.iter().take(8).map(String::as_str).collect();
    let more = if names.len() > shown.len() { ", …" } else { "" };
    format!("there are {}{more}", shown.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn teller(event: &str, outlet: &str, side: Option<&str>) -> Teller {
        let (event, side) = (event.to_owned(), side.map(str::to_owned));
        Teller { event, outlet: Some(outlet.to_owned()), side }
    }

    fn told(families: &str) -> Result<BTreeMap<String, [bool; 2]>, String> {
        let tellers = [
            teller("1", "Foreign ministry", Some("AFG")),
            teller("1", "Herald", None),
            teller("2", "Herald", None),
            teller("3", "Gazette", None),
        ];
        Families::parse(families)?.told(&Knowledge::embedded(), &tellers)
    }

    #[test]
    fn families_are_sides_outlets_or_the_rest() {
        let of = |families: &str| told(families).unwrap().into_values().collect::<Vec<_>>();
        assert_eq!(of("AFG,others"), [[true, true], [false, true], [false, true]]);
        assert_eq!(of("others, Afghanistan"), [[true, true], [true, false], [true, false]]);
        assert_eq!(of("herald,gazette"), [[true, false], [true, false], [false, true]]);
    }

    #[test]
    fn families_that_are_none_are_named() {
        for (families, words) in [
            ("AFG", "two families"),
            ("AFG,afg", "two families"),
            ("a,b,c", "two families"),
            ("RUS,others", "no source of an event is of 'RUS': there are Foreign ministry (AFG), Gazette"),
        ] {
            let error = told(families).unwrap_err();
            assert!(error.contains(words), "{families}: {error}");
        }
        let nobody = Families::parse("AFG,others").unwrap().told(&Knowledge::embedded(), &[]).unwrap_err();
        assert!(nobody.contains("nothing says who published"), "{nobody}");
    }
}
