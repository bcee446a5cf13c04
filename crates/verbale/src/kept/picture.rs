//! A picture of a ledger at one turn: its entries and documents packed, by state; the next turn's shares with it all that
//! did not change.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use verbale_ledger::store::{Changes, Ledger, Paper};
use verbale_ledger::{LedgerError, Retention};
use verbale_measure::Published;
use verbale_model::{Days, Engagement};

use super::packed::Packed;
use super::words::{NONE, Rows, Words};

/// Entries that come into a state's list one by one; more are sorted in together.
const ONE_BY_ONE: usize = 32;

/// What is seen of a ledger at one turn.
#[derive(Debug, Clone, Default)]
pub struct Picture {
    pub(super) turn: i64,
    words: Arc<Words>,
    entries: Rows<Packed>,
    papers: Rows<Filed>,
    states: BTreeMap<u32, Arc<OfState>>,
    /// Entries that are there.
    pub(super) events: u32,
}

/// A document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Filed {
    number: i64,
    gone: bool,
    days: Days,
    pub(super) outlet: u32,
    pub(super) month: u32,
    pub(super) superseded: bool,
    pub(super) retention: Retention,
    pub(super) tellings: u32,
    /// Codes of all that it speaks of, sorted.
    states: Box<[u32]>,
}

/// What there is of a state.
#[derive(Debug, Clone, Default)]
struct OfState {
    /// Places of the entries at which somebody counts for it, in their order.
    entries: Vec<u32>,
    /// Those that are other ones without topics.
    asked: u32,
    /// Places of the documents that speak of it, in their order.
    papers: Vec<u32>,
    /// Numbers that no other lists of entries, and of documents, ever have.
    editions: [u64; 2],
    /// Where among the entries those with each partner are; looked up when they are first asked for.
    with: OnceLock<BTreeMap<u32, Vec<u32>>>,
}

/// What a change does to states.
#[derive(Default)]
struct Touched {
    /// Entries that come to a state.
    new: BTreeMap<u32, Vec<u32>>,
    /// States that lose entries.
    poorer: BTreeSet<u32>,
    /// States whose documents are others.
    papers: BTreeMap<u32, Vec<u32>>,
}

impl Picture {
    /// The picture of a ledger as it is; `None` where it has more entries than are wanted, or more of something than
    /// can be counted.
    pub(super) fn of(
        ledger: &Ledger,
        most: usize,
        tick: &impl Fn() -> u64,
    ) -> Result<Option<Self>, LedgerError> {
        let (entries, turn) = (ledger.all_entries()?, ledger.turn()?);
        if entries.len() > most {
            return Ok(None);
        }
        let all = Changes {
            entries: entries.into_iter().collect(),
            documents: ledger.all_documents()?.into_iter().collect(),
        };
        Self::default().moved(ledger, turn, &all, tick)
    }

    /// The picture after some changes; `None` where these are none that can follow it.
    pub(super) fn moved(
        &self,
        ledger: &Ledger,
        turn: i64,
        changes: &Changes,
        tick: &impl Fn() -> u64,
    ) -> Result<Option<Self>, LedgerError> {
        let mut next = Self { turn, ..self.clone() };
        let (mut touched, mut documents) = (Touched::default(), changes.documents.clone());
        for number in &changes.entries {
            let found = ledger.whole(*number)?;
            match (next.entries.find(*number, |one| one.number), found) {
                (Some(at), None) => {
                    let Some(entry) = next.entries.get_mut(at).filter(|entry| !entry.gone) else { continue };
                    entry.gone = true;
                    next.events -= 1;
                    touched.poorer.extend(entry.codes());
                    documents.extend(entry.documents().iter().map(|number| i64::from(*number)));
                }
                (None, Some(found)) => {
                    let Some(entry) = Packed::of(&found, &mut next.words) else { return Ok(None) };
                    let last = next.entries.len().checked_sub(1).and_then(|at| next.entries.get(at as u32));
                    if last.is_some_and(|last| last.number >= *number) {
                        return Ok(None);
                    }
                    documents.extend(&found.documents);
                    let codes: Vec<u32> = entry.codes().collect();
                    let at = next.entries.push(entry);
                    next.events += 1;
                    for code in codes {
                        touched.new.entry(code).or_default().push(at);
                    }
                }
                _ => {}
            }
        }
        for number in documents {
            if !next.file(number, ledger.paper(number)?, &mut touched) {
                return Ok(None);
            }
        }
        next.settle(touched, tick);
        Ok(Some(next))
    }

    /// Files a document as it is now; false where it cannot be.
    fn file(&mut self, number: i64, paper: Option<Paper>, touched: &mut Touched) -> bool {
        let known = self.papers.find(number, |one| one.number);
        let filed = match (paper, known.and_then(|at| self.papers.get(at))) {
            (Some(paper), _) => self.filed(&paper),
            (None, Some(before)) => Filed { gone: true, states: Box::default(), ..before.clone() },
            (None, None) => return true,
        };
        let mut states: BTreeSet<u32> = filed.states.iter().copied().collect();
        let at = if let Some(at) = known {
            let Some(before) = self.papers.get(at).filter(|before| **before != filed) else { return true };
            states.extend(&before.states);
            if let Some(place) = self.papers.get_mut(at) {
                *place = filed;
            }
            at
        } else {
            let last = self.papers.len().checked_sub(1).and_then(|at| self.papers.get(at as u32));
            if last.is_some_and(|last| last.number >= number) {
                return false;
            }
            self.papers.push(filed)
        };
        for state in states {
            touched.papers.entry(state).or_default().push(at);
        }
        true
    }

    fn filed(&mut self, paper: &Paper) -> Filed {
        let mut states: BTreeSet<u32> =
            paper.countries.iter().map(|country| Words::number(&mut self.words, country)).collect();
        for entry in &paper.entries {
            let known = self.entries.find(*entry, |one| one.number).and_then(|at| self.entries.get(at));
            states.extend(known.into_iter().flat_map(Packed::states));
        }
        Filed {
            number: paper.number,
            gone: false,
            days: paper.days,
            outlet: Words::perhaps(&mut self.words, paper.outlet.as_deref()),
            month: Words::perhaps(&mut self.words, paper.month.as_deref()),
            superseded: paper.superseded,
            retention: paper.retention,
            tellings: paper.tellings,
            states: states.into_iter().collect(),
        }
    }

    /// Brings the lists of all states that something touched up to date.
    fn settle(&mut self, touched: Touched, tick: &impl Fn() -> u64) {
        let Touched { new, poorer, papers } = touched;
        let moved: BTreeSet<u32> = new.keys().copied().chain(poorer.iter().copied()).collect();
        for code in moved {
            let mut state = self.state(code);
            if poorer.contains(&code) {
                state.entries.retain(|at| self.entries.get(*at).is_some_and(|entry| !entry.gone));
            }
            self.sort_in(&mut state.entries, new.get(&code).map(Vec::as_slice).unwrap_or_default());
            let all = state.entries.iter().filter_map(|at| self.entries.get(*at));
            state.asked = all.filter(|entry| entry.is_asked()).count() as u32;
            state.editions[0] = tick();
            state.with = OnceLock::new();
            self.states.insert(code, Arc::new(state));
        }
        for (code, places) in papers {
            let mut state = self.state(code);
            for at in places {
                let speaks =
                    self.papers.get(at).is_some_and(|paper| paper.states.binary_search(&code).is_ok());
                match (state.papers.binary_search(&at), speaks) {
                    (Ok(place), false) => drop(state.papers.remove(place)),
                    (Err(place), true) => state.papers.insert(place, at),
                    _ => {}
                }
            }
            state.editions[1] = tick();
            self.states.insert(code, Arc::new(state));
        }
    }

    /// A copy of what there is of a state, to be changed.
    fn state(&mut self, code: u32) -> OfState {
        self.states.remove(&code).map(Arc::unwrap_or_clone).unwrap_or_default()
    }

    /// Puts entries among others that are in order.
    fn sort_in(&self, entries: &mut Vec<u32>, new: &[u32]) {
        let order = |one: &u32, other: &u32| match (self.entries.get(*one), self.entries.get(*other)) {
            (Some(one), Some(other)) => one.order(other, &self.words),
            _ => one.cmp(other),
        };
        if new.len() > ONE_BY_ONE {
            entries.extend(new);
            entries.sort_by(order);
            return;
        }
        for at in new {
            let place = entries.partition_point(|known| order(known, at).is_lt());
            entries.insert(place, *at);
        }
    }

    fn known(&self, state: &str) -> Option<&OfState> {
        self.states.get(&self.words.known(state)?).map(|found| &**found)
    }

    /// A number that no other entries of a state ever have, as they are with topics or without.
    pub fn edition(&self, state: &str, topics: bool) -> u64 {
        let bare = |state: &OfState| u64::from(!topics && state.asked > 0);
        self.known(state).map_or(0, |state| 2 * state.editions[0] + bare(state))
    }

    /// The same of the documents that speak of it.
    pub fn written(&self, state: &str) -> u64 {
        self.known(state).map_or(0, |state| state.editions[1])
    }

    /// Entries of a state in the order of [`Ledger::engagements`], each with its place in the picture: those with one of
    /// some partners, or all. What is promised is known as it is with topics or without; topics are there anyway.
    pub fn engagements(
        &self,
        state: &str,
        with: Option<&[String]>,
        topics: bool,
    ) -> impl Iterator<Item = (u32, Engagement)> {
        let places = self.known(state).map(|of| match with {
            None => Cow::Borrowed(of.entries.as_slice()),
            Some(with) => Cow::Owned(self.with(of, with)),
        });
        let places = places.unwrap_or_default().into_owned().into_iter();
        places.filter_map(move |at| Some((at, self.entries.get(at)?.unpacked(&self.words, topics))))
    }

    /// Places of the entries of a state with one of some partners, in their order.
    fn with(&self, of: &OfState, partners: &[String]) -> Vec<u32> {
        let by_partner = of.with.get_or_init(|| {
            let mut found: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
            for (nth, at) in (0..).zip(&of.entries) {
                let codes = self.entries.get(*at).into_iter().flat_map(Packed::codes);
                for code in codes {
                    found.entry(code).or_default().push(nth);
                }
            }
            found
        });
        let codes: BTreeSet<u32> = partners.iter().filter_map(|code| self.words.known(code)).collect();
        let mut places: Vec<u32> =
            codes.iter().filter_map(|code| by_partner.get(code)).flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().filter_map(|nth| of.entries.get(nth as usize).copied()).collect()
    }

    /// The newest versions of documents that speak of a state, in the order in which they came.
    pub fn published(&self, state: &str) -> Vec<Published<'_>> {
        let places = self.known(state).map_or(&[][..], |state| &state.papers);
        let papers = places.iter().filter_map(|at| self.papers.get(*at)).filter(|paper| !paper.superseded);
        papers.map(|paper| Published { days: paper.days, source: self.source(paper) }).collect()
    }

    /// The sources of the newest versions of documents that tell of the entry at a place.
    pub fn tellers(&self, at: u32) -> impl Iterator<Item = &str> {
        let documents = self.entries.get(at).into_iter().flat_map(Packed::documents);
        let paper = |number: &u32| self.papers.find(i64::from(*number), |one| one.number);
        let papers = documents.filter_map(paper).filter_map(|at| self.papers.get(at));
        papers.filter(|paper| !paper.superseded && !paper.gone).map(|paper| self.source(paper))
    }

    fn source(&self, paper: &Filed) -> &str {
        self.words.text(paper.outlet).unwrap_or_default()
    }

    /// The codes of all states that count at some event, each with the number of events.
    pub fn sides(&self) -> BTreeMap<String, u32> {
        let of = |(code, state): (&u32, &Arc<OfState>)| {
            let number = state.entries.len() as u32;
            (number > 0).then(|| Some((self.words.text(*code)?.to_owned(), number))).flatten()
        };
        self.states.iter().filter_map(of).collect()
    }

    /// All documents.
    pub(super) fn papers(&self) -> impl Iterator<Item = &Filed> {
        self.papers.iter().filter(|paper| !paper.gone)
    }

    /// The word of a number.
    pub(super) fn word(&self, number: u32) -> Option<&str> {
        if number == NONE { None } else { self.words.text(number) }
    }
}
