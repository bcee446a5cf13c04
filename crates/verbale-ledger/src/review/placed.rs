//! Reviews in force at the tellings they are about, in every copy of a text.

use std::collections::{BTreeMap, BTreeSet};

use super::anchor::{Anchor, Found, find};
use super::{Action, Review};
use crate::link::Ruling;
use crate::telling::{Telling, TellingId};

/// Reviews in force, with the tellings of the texts they speak of. Built once for many entries.
#[derive(Debug)]
pub struct Placed<'a> {
    pub(super) reviews: Vec<&'a Review>,
    /// Indices of reviews by the telling that they change, in order.
    pub(super) by_telling: BTreeMap<TellingId, Vec<usize>>,
    pub(super) tellings: BTreeMap<&'a TellingId, &'a Telling>,
    /// Tellings of one text, document by document.
    texts: BTreeMap<&'a str, BTreeMap<&'a str, Vec<&'a Telling>>>,
}

impl<'a> Placed<'a> {
    /// Places reviews in force among tellings: all those of each text, so that a ruling does not stray
    /// to a neighbour.
    pub fn new(reviews: &[&'a Review], tellings: &[&'a Telling]) -> Self {
        let mut placed = Self {
            reviews: reviews.to_vec(),
            by_telling: BTreeMap::new(),
            tellings: tellings.iter().map(|telling| (&telling.id, *telling)).collect(),
            texts: BTreeMap::new(),
        };
        for telling in tellings {
            let text = placed.texts.entry(&telling.source.sha256).or_default();
            text.entry(&telling.id.document).or_default().push(telling);
        }
        for (at, review) in reviews.iter().enumerate() {
            if let Action::Accept { target, .. }
            | Action::Reject { target, .. }
            | Action::Edit { target, .. } = &review.action
            {
                for id in placed.at(target) {
                    placed.by_telling.entry(id).or_default().push(at);
                }
            }
        }
        placed
    }

    /// Each verdict and correction, in order, with the first telling that it finds.
    pub(crate) fn each(&self) -> impl Iterator<Item = (&'a Review, TellingId)> + '_ {
        self.reviews.iter().filter_map(|review| {
            let (Action::Accept { target, .. } | Action::Reject { target, .. } | Action::Edit { target, .. }) =
                &review.action
            else {
                return None;
            };
            Some((*review, self.at(target).into_iter().next()?))
        })
    }

    /// The tellings that an anchor names: at most one in each copy of its text.
    pub(super) fn at(&self, anchor: &Anchor) -> Vec<TellingId> {
        let copies = self.texts.get(anchor.sha256.as_str());
        copies
            .into_iter()
            .flat_map(BTreeMap::values)
            .filter_map(|tellings| match find(anchor, tellings) {
                Found::Exact(at) | Found::Moved(at) => Some(tellings[at].id.clone()),
                Found::Orphan => None,
            })
            .collect()
    }

    /// What the linker must obey; where rulings contradict each other the later ones hold.
    pub fn rulings(&self) -> Vec<Ruling> {
        let mut held = Held::default();
        for review in self.reviews.iter().rev() {
            match &review.action {
                Action::Join { target, with } => held.together(&[self.at(target), self.at(with)].concat()),
                Action::Split { targets, from } => {
                    let stay: Vec<_> = from.iter().flat_map(|anchor| self.at(anchor)).collect();
                    let gone: Vec<_> = targets.iter().flat_map(|anchor| self.at(anchor)).collect();
                    for id in &gone {
                        held.apart(id, &stay);
                    }
                    held.together(&gone);
                }
                _ => {}
            }
        }
        let mut rulings: Vec<_> = held.rulings.into_iter().collect();
        rulings.sort();
        rulings
    }

    /// Reviews that find nothing to rule on, and why.
    pub fn orphans(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for review in &self.reviews {
            if let Some(lost) = review.action.anchors().into_iter().find(|anchor| self.at(anchor).is_empty())
            {
                let text = lost.sha256.get(..12).unwrap_or(&lost.sha256);
                let why = if self.texts.contains_key(lost.sha256.as_str()) {
                    let (start, end) = (lost.span.start, lost.span.end);
                    format!("the coder sees no event any more at characters {start} to {end} of text {text}")
                } else {
                    format!("no event of text {text} is in the ledger")
                };
                found.push((review.id.clone(), why));
            }
        }
        found
    }
}

/// Rulings without contradiction, gathered from the latest to the earliest.
#[derive(Default)]
struct Held {
    group: BTreeMap<TellingId, TellingId>,
    apart: BTreeSet<(TellingId, TellingId)>,
    rulings: BTreeSet<Ruling>,
}

impl Held {
    fn root(&self, id: &TellingId) -> TellingId {
        let mut at = id;
        while let Some(up) = self.group.get(at) {
            at = up;
        }
        at.clone()
    }

    fn are_apart(&self, one: &TellingId, other: &TellingId) -> bool {
        let pair = BTreeSet::from([one.clone(), other.clone()]);
        self.apart.iter().any(|(a, b)| BTreeSet::from([self.root(a), self.root(b)]) == pair)
    }

    fn together(&mut self, ids: &[TellingId]) {
        let Some((first, rest)) = ids.split_first() else { return };
        for id in rest {
            let (one, other) = (self.root(first), self.root(id));
            if one == other {
                continue;
            }
            if !self.are_apart(&one, &other) {
                self.group.insert(other, one);
                self.rulings.insert(Ruling::Together(first.clone(), id.clone()));
            }
        }
    }

    /// Takes one telling from others; a later joining with any of them takes back the whole of it.
    fn apart(&mut self, id: &TellingId, stay: &[TellingId]) {
        if stay.iter().any(|other| self.root(other) == self.root(id)) {
            return;
        }
        for other in stay {
            self.apart.insert((id.clone(), other.clone()));
            self.rulings.insert(Ruling::Apart(id.clone(), other.clone()));
        }
    }
}

/// What the linker must obey.
pub fn rulings(reviews: &[&Review], tellings: &[&Telling]) -> Vec<Ruling> {
    Placed::new(reviews, tellings).rulings()
}

/// Reviews that find nothing to rule on, with the reason.
pub fn orphans(reviews: &[&Review], tellings: &[&Telling]) -> Vec<(String, String)> {
    Placed::new(reviews, tellings).orphans()
}
