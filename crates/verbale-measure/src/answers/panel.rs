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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// When it was published.
    pub days: Days,
    /// By whom; empty where nobody says.
    pub source: String,
    /// Ids of the events that it tells of.
    pub events: Vec<String>,
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
        (of, documents): (&str, &[Published]),
        given: &[String],
    ) {
        let numbers: BTreeMap<String, usize> =
            self.periods.iter().enumerate().map(|(at, period)| (period.period.clone(), at)).collect();
        let unit = self.unit;
        let place = |days: Days| numbers.get(&unit.name(unit.of(days)?)).copied();
        let dated: Vec<(usize, &Published)> =
            documents.iter().filter_map(|document| Some((place(document.days)?, document))).collect();
        let (sources, fixed) = panel(&dated, self.periods.len(), given);
        let among = |document: &Published| sources.contains(document.source.as_str());
        let mut volumes = vec![0_u32; self.periods.len()];
        for (at, _) in dated.iter().filter(|(_, document)| among(document)) {
            volumes[*at] += 1;
        }
        let panel = documents.iter().filter(|document| among(document));
        let told: BTreeSet<&str> =
            panel.flat_map(|document| document.events.iter().map(String::as_str)).collect();
        let mut counts = vec![vec![0_u32; self.periods.len()]; question.partners.len()];
        for event in count(events, question).events {
            let seen = &events[event.at];
            // A period without documents says nothing of its events.
            let Some(at) = place(seen.days).filter(|at| volumes[*at] > 0) else { continue };
            for (counts, _) in counts.iter_mut().zip(&event.n).filter(|(_, n)| **n > 0.0) {
                counts[at] += u32::from(told.contains(seen.id.as_str()));
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
        self.panel = Some(Panel { of: of.to_owned(), sources, fixed });
    }
}

/// The sources of the panel, and whether they are the same in all periods.
fn panel<'d>(
    dated: &[(usize, &'d Published)],
    periods: usize,
    given: &'d [String],
) -> (BTreeSet<&'d str>, bool) {
    let mut seen: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (at, document) in dated {
        seen.entry(&document.source).or_default().insert(*at);
    }
    if !given.is_empty() {
        let fixed = given.iter().all(|source| seen.get(source.as_str()).map_or(0, BTreeSet::len) == periods);
        return (given.iter().map(String::as_str).collect(), fixed);
    }
    let all: BTreeSet<&str> = seen.keys().copied().collect();
    let always: BTreeSet<&str> = seen
        .into_iter()
        .filter(|(source, at)| at.len() == periods && !source.is_empty())
        .map(|one| one.0)
        .collect();
    if always.is_empty() { (all, periods <= 1) } else { (always, true) }
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
    fn ten_years(steady: bool) -> (Vec<Engagement>, Vec<Published>) {
        let (mut events, mut documents) = (Vec::new(), Vec::new());
        for year in 0..10 {
            let many = if year < 5 { 8 } else { 24 };
            for at in 0..many {
                let days = on(10_957 + year * 365 + 5 + at);
                let id = format!("{year}:{at}");
                let sides = [side("AFG", 2), side("USA", 2)];
                events.push(Engagement { id: id.clone(), days, ..meeting(&sides) });
                for _ in 0..5 {
                    let source = if steady || year < 5 { "gazette" } else { "herald" }.to_owned();
                    documents.push(Published { days, source, events: vec![id.clone()] });
                }
            }
        }
        (events, documents)
    }

    fn under(events: &[Engagement], documents: &[Published], given: &[String]) -> Trend {
        let (partners, rules) = (["USA", "RUS"].map(str::to_owned), Rules::named("officials").unwrap());
        let question = Question { state: "AFG", partners: &partners, rules: &rules, window: Days::default() };
        let mut found = trend(events, &question, Unit::Year);
        found.put_volume(events, &question, ("documents", documents), given);
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
