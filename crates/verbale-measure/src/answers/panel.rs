//! How much was written at all: the series of documents about a state that stands under every series of counts.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use verbale_model::{Days, Engagement};

use super::Trend;
use super::trend::turns;
use crate::changes::Series;
use crate::count::{Question, count};
use crate::volume::volume;

/// A document about the state, or, in an import, a coding of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published<'d> {
    /// When it was published.
    pub days: Days,
    /// By whom; empty where nobody says.
    pub source: &'d str,
}

/// Whether a document by one of some sources tells of the event at a place.
pub type Told<'d> = dyn Fn(usize, &dyn Fn(&str) -> bool) -> bool + 'd;

/// How much was written of a state.
pub struct Written<'d> {
    /// What the documents are: `documents` of a ledger, or `codings` in an import.
    pub of: &'d str,
    /// The documents.
    pub documents: &'d [Published<'d>],
    /// Whether a document by one of some sources tells of the event at this place among the events.
    pub told: &'d Told<'d>,
}

/// Whose documents were counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panel {
    /// What was counted: `documents` of a ledger that speak of the state, or `codings` of it in an import.
    pub of: String,
    /// The sources, sorted.
    pub sources: Vec<String>,
    /// They are the same in all periods. Else growth of volume and new sources can look like behaviour.
    pub fixed: bool,
}

impl Trend {
    /// Puts the volume under the counts: documents in each period and events per document, by a panel that is given
    /// or, where none is, by the sources that have a document in every period; where there are none of these, by all.
    /// An event counts where a document of the panel tells of it, whenever that was published.
    pub fn put_volume(
        &mut self,
        events: &[Engagement],
        question: &Question<'_>,
        written: &Written<'_>,
        given: &[String],
    ) {
        let names: BTreeMap<&str, usize> =
            self.periods.iter().enumerate().map(|(at, period)| (period.period.as_str(), at)).collect();
        let unit = self.unit;
        // A period has one name, and thousands of documents.
        let mut numbers: BTreeMap<i32, Option<usize>> = BTreeMap::new();
        let mut place = |days: Days| {
            let number = unit.of(days)?;
            *numbers.entry(number).or_insert_with(|| names.get(unit.name(number).as_str()).copied())
        };
        let dated: Vec<(usize, &str)> = written
            .documents
            .iter()
            .filter_map(|document| Some((place(document.days)?, document.source)))
            .collect();
        let by_source = by_source(&dated, self.periods.len());
        let (sources, fixed) = panel(&by_source, self.periods.len(), given);
        let among = |source: &str| sources.contains(source);
        let mut volumes = vec![0_u32; self.periods.len()];
        for (_, numbers) in by_source.iter().filter(|(source, _)| among(source)) {
            for (all, number) in volumes.iter_mut().zip(numbers) {
                *all += number;
            }
        }
        let mut counts = vec![vec![0_u32; self.periods.len()]; question.partners.len()];
        for event in count(events, question).events {
            let seen = &events[event.at];
            // A period without documents says nothing of its events.
            let Some(at) = place(seen.days).filter(|at| volumes[*at] > 0) else { continue };
            let told = (written.told)(event.at, &among);
            for (counts, _) in counts.iter_mut().zip(&event.n).filter(|(_, n)| **n > 0.0) {
                counts[at] += u32::from(told);
            }
        }
        for (code, counts) in question.partners.iter().zip(counts) {
            let found = volume(&counts, &volumes).unwrap_or_default();
            for (period, volume) in self.periods.iter_mut().zip(found) {
                period.volume.insert(code.clone(), volume);
            }
            let names = |at: usize| self.periods.get(at).map_or_else(String::new, |one| one.period.clone());
            let exposures = volumes.iter().copied().map(f64::from).collect();
            if let Some(turns) = turns(&Series::Rate { counts, exposures }, &names) {
                self.rates_per_document.insert(code.clone(), turns);
            }
        }
        for (period, documents) in self.periods.iter_mut().zip(&volumes) {
            period.documents = Some(*documents);
        }
        let sources = sources.iter().map(|source| (*source).to_owned()).collect();
        self.panel = Some(Panel { of: written.of.to_owned(), sources, fixed });
    }
}

/// Documents of each source in each period.
fn by_source<'d>(dated: &[(usize, &'d str)], periods: usize) -> BTreeMap<&'d str, Vec<u32>> {
    let mut found: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (at, source) in dated {
        found.entry(source).or_insert_with(|| vec![0; periods])[*at] += 1;
    }
    found
}

/// The sources of the panel, and whether they are the same in all periods.
fn panel<'d>(
    seen: &BTreeMap<&'d str, Vec<u32>>,
    periods: usize,
    given: &'d [String],
) -> (BTreeSet<&'d str>, bool) {
    let always = |numbers: &[u32]| numbers.iter().all(|number| *number > 0);
    if !given.is_empty() {
        let fixed = |source: &String| {
            periods == 0 || seen.get(source.as_str()).is_some_and(|numbers| always(numbers))
        };
        return (given.iter().map(String::as_str).collect(), given.iter().all(fixed));
    }
    let all: BTreeSet<&str> = seen.keys().copied().collect();
    let constant = seen.iter().filter(|(source, numbers)| always(numbers) && !source.is_empty());
    let constant: BTreeSet<&str> = constant.map(|(source, _)| *source).collect();
    if constant.is_empty() { (all, periods <= 1) } else { (constant, true) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::{Unit, trend};
    use crate::count::sample::{meeting, side};
    use crate::rules::Rules;

    fn on(day: i32) -> Days {
        Days { first: Some(day), last: Some(day) }
    }

    /// Ten years in which the number of events and of documents double together half way.
    fn ten_years(steady: bool) -> (Vec<Engagement>, Vec<Published<'static>>) {
        let (mut events, mut documents) = (Vec::new(), Vec::new());
        for year in 0..10 {
            let many = if year < 5 { 8 } else { 24 };
            for at in 0..many {
                let days = on(10_957 + year * 365 + 5 + at);
                let id = format!("{year}:{at}");
                let sides = [side("AFG", 2), side("USA", 2)];
                events.push(Engagement { id: id.clone(), days, ..meeting(&sides) });
                for _ in 0..5 {
                    let source = if steady || year < 5 { "gazette" } else { "herald" };
                    documents.push(Published { days, source });
                }
            }
        }
        (events, documents)
    }

    fn under(events: &[Engagement], documents: &[Published<'_>], given: &[String]) -> Trend {
        // Each event has a day of its own, on which the documents that tell of it appear.
        let told = |at: usize, by: &dyn Fn(&str) -> bool| {
            documents.iter().any(|document| document.days == events[at].days && by(document.source))
        };
        let (partners, rules) = (["USA", "RUS"].map(str::to_owned), Rules::named("officials").unwrap());
        let question = Question { state: "AFG", partners: &partners, rules: &rules, window: Days::default() };
        let mut found = trend(events, &question, Unit::Year);
        found.put_volume(events, &question, &Written { of: "documents", documents, told: &told }, given);
        found
    }

    #[test]
    fn growth_of_volume_is_no_change_of_behaviour() {
        let (events, documents) = ten_years(true);
        let found = under(&events, &documents, &[]);
        assert_eq!(found.rates["USA"].breaks.len(), 1, "the count doubles");
        assert!(found.rates_per_document["USA"].breaks.is_empty(), "and so do the documents");
        let panel = found.panel.unwrap();
        assert_eq!((panel.sources, panel.fixed), (vec!["gazette".to_owned()], true));
        assert_eq!(found.periods[0].documents, Some(40));
        let volume = found.periods[9].volume["USA"];
        assert_eq!((volume.events, volume.documents), (24, 120));
        assert_eq!(volume.per_document.unwrap().raw, Some(0.2));
    }

    #[test]
    fn a_panel_that_changes_is_said_to() {
        let (events, documents) = ten_years(false);
        let found = under(&events, &documents, &[]);
        let panel = found.panel.unwrap();
        assert_eq!((panel.sources.len(), panel.fixed), (2, false));
        let one = under(&events, &documents, &["gazette".to_owned()]);
        assert!(!one.panel.unwrap().fixed);
        let late = one.periods[9].volume["USA"];
        assert_eq!((late.documents, late.per_document), (0, None), "nothing is known without documents");
        assert_eq!(one.periods[9].counts["USA"], 24);
    }

    #[test]
    fn no_documents_and_no_periods_do_no_harm() {
        let (events, _) = ten_years(true);
        let found = under(&events, &[], &[]);
        assert_eq!(found.periods[0].documents, Some(0));
        assert!(found.periods.iter().all(|period| period.volume["USA"].per_document.is_none()));
        assert!(under(&[], &[], &[]).periods.is_empty());
    }
}
