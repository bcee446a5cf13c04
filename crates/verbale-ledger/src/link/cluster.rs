//! From links between pairs to clusters: the surest links first, no contradiction inside, rulings above all.

use std::collections::{BTreeMap, BTreeSet};

use super::compare::Apart;
use super::profile::Profile;
use crate::{Telling, TellingId};

/// What a reviewer ruled on two tellings. A later ruling on the same two beats an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ruling {
    /// They are of one happening.
    Together(TellingId, TellingId),
    /// They are of two.
    Apart(TellingId, TellingId),
}

/// A link between two tellings, by their places in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Edge {
    /// One telling.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// How sure, from 0 to 1.
    pub score: f32,
    /// Why.
    pub reasons: Vec<String>,
}

/// Tellings of one happening.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// Their places in the list, the first telling first.
    pub members: Vec<usize>,
    /// The least of the scores that hold them together; 1 for a single telling.
    pub score: f32,
    /// Why they are together, the surest link's reasons first.
    pub reasons: Vec<String>,
}

/// Part of the pairs between two clusters that must be linked: one in so many.
const LINKED_ONE_IN: usize = 3;

/// Reasons kept for a cluster.
const REASONS: usize = 12;

/// Clusters of tellings, every telling in exactly one, ordered by their first tellings.
///
/// Links are taken in order of score, ties by the tellings' ids, so the order of the lists does not matter
/// (that of the rulings does). Two clusters become one when nothing in them contradicts, no ruling keeps
/// them apart, they share no document, and at least a third of the pairs between them are linked: one link
/// alone does not chain two happenings. Links to tellings that are not in the list are ignored.
pub fn cluster(tellings: &[&Telling], edges: &[Edge], rulings: &[Ruling]) -> Vec<Cluster> {
    let mut state = State::new(tellings, edges, rulings);
    state.rule();
    state.link();
    state.clusters()
}

/// The order of tellings in an entry: superseded ones last, then by publication, document and event.
pub(super) fn order(a: &Telling, b: &Telling) -> std::cmp::Ordering {
    let published =
        |telling: &Telling| (telling.source.published.is_none(), telling.source.published.clone());
    a.source
        .superseded
        .cmp(&b.source.superseded)
        .then_with(|| published(a).cmp(&published(b)))
        .then_with(|| a.id.document.cmp(&b.id.document))
        .then_with(|| a.id.event.len().cmp(&b.id.event.len()))
        .then_with(|| a.id.event.cmp(&b.id.event))
}

struct State<'t> {
    tellings: &'t [&'t Telling],
    edges: Vec<&'t Edge>,
    linked: BTreeSet<(usize, usize)>,
    profiles: BTreeMap<usize, Profile<'t>>,
    /// Pairs ruled together, the latest ruling first.
    together: Vec<(usize, usize)>,
    apart: BTreeSet<(usize, usize)>,
    /// Cluster of each telling, and the members of each cluster.
    of: Vec<usize>,
    members: Vec<Vec<usize>>,
    /// Tellings that rulings have made one.
    ruled: Vec<usize>,
    score: Vec<f32>,
    reasons: Vec<Vec<String>>,
}

fn pair(a: usize, b: usize) -> (usize, usize) {
    (a.min(b), a.max(b))
}

impl<'t> State<'t> {
    fn new(tellings: &'t [&'t Telling], edges: &'t [Edge], rulings: &[Ruling]) -> Self {
        let count = tellings.len();
        let id = |at: usize| &tellings[at].id;
        let mut sorted: Vec<&Edge> =
            edges.iter().filter(|edge| edge.a < count && edge.b < count && edge.a != edge.b).collect();
        let ends = |edge: &Edge| (id(edge.a).min(id(edge.b)).clone(), id(edge.a).max(id(edge.b)).clone());
        sorted.sort_by(|x, y| y.score.total_cmp(&x.score).then_with(|| ends(x).cmp(&ends(y))));
        let (together, apart) = verdicts(tellings, rulings);
        let touched: BTreeSet<usize> = sorted.iter().flat_map(|edge| [edge.a, edge.b]).collect();
        let touched = touched.into_iter().chain(together.iter().flat_map(|(a, b)| [*a, *b]));
        Self {
            tellings,
            linked: sorted.iter().map(|edge| pair(edge.a, edge.b)).collect(),
            profiles: touched.map(|at| (at, Profile::of(tellings[at]))).collect(),
            edges: sorted,
            together,
            apart,
            of: (0..count).collect(),
            members: (0..count).map(|at| vec![at]).collect(),
            ruled: (0..count).collect(),
            score: vec![1.0; count],
            reasons: vec![Vec::new(); count],
        }
    }

    /// Joins what reviewers ruled together, unless they also ruled it apart.
    fn rule(&mut self) {
        for (a, b) in self.together.clone() {
            let (one, other) = (self.of[a], self.of[b]);
            if one != other && !self.ruled_apart(one, other) {
                self.join(one, other, 1.0, &["a reviewer's ruling".to_owned()]);
            }
        }
        self.ruled = self.of.clone();
    }

    /// Takes the links in order, again until no refused one has become possible.
    fn link(&mut self) {
        loop {
            let mut joined = false;
            for edge in self.edges.clone() {
                let (one, other) = (self.of[edge.a], self.of[edge.b]);
                if one != other && self.may_join(one, other) {
                    self.join(one, other, edge.score, &edge.reasons);
                    joined = true;
                }
            }
            if !joined {
                return;
            }
        }
    }

    fn may_join(&self, one: usize, other: usize) -> bool {
        let pairs =
            || self.members[one].iter().flat_map(|a| self.members[other].iter().map(move |b| (*a, *b)));
        let needed = (self.members[one].len() * self.members[other].len()).div_ceil(LINKED_ONE_IN);
        let noted = |(a, b): &(usize, usize)| self.linked.contains(&pair(*a, *b));
        !self.ruled_apart(one, other)
            // Of very many tellings not all pairs were compared when links were looked for.
            && (pairs().filter(noted).take(needed).count() == needed
                || pairs().filter(|two| noted(two) || self.would_link(*two)).take(needed).count() == needed)
            && pairs().all(|(a, b)| self.bear(a, b))
    }

    fn would_link(&self, (a, b): (usize, usize)) -> bool {
        let two = self.profiles.get(&a).zip(self.profiles.get(&b));
        two.is_some_and(|(one, other)| one.compare(other).is_some())
    }

    fn ruled_apart(&self, one: usize, other: usize) -> bool {
        !self.apart.is_empty()
            && self.members[one]
                .iter()
                .any(|a| self.members[other].iter().any(|b| self.apart.contains(&pair(*a, *b))))
    }

    /// Whether two tellings may be of one happening. Those that rulings have made one speak together: a link
    /// to one of them outweighs a contradiction with another, since a reviewer has settled that.
    fn bear(&self, a: usize, b: usize) -> bool {
        if self.linked.contains(&pair(a, b)) {
            return true;
        }
        if self.tellings[a].id.document == self.tellings[b].id.document {
            return false;
        }
        let (Some(x), Some(y)) = (self.profiles.get(&a), self.profiles.get(&b)) else { return true };
        if x.weigh(y).err() != Some(Apart::Contradiction) {
            return true;
        }
        let same = |at: usize| {
            self.members[self.of[at]]
                .iter()
                .copied()
                .filter(move |other| self.ruled[*other] == self.ruled[at])
        };
        same(a).any(|a| same(b).any(|b| self.linked.contains(&pair(a, b))))
    }

    fn join(&mut self, one: usize, other: usize, score: f32, reasons: &[String]) {
        let (keep, gone) = pair(one, other);
        let moved = std::mem::take(&mut self.members[gone]);
        for at in &moved {
            self.of[*at] = keep;
        }
        self.members[keep].extend(moved);
        self.score[keep] = self.score[keep].min(self.score[gone]).min(score);
        let theirs = std::mem::take(&mut self.reasons[gone]);
        self.reasons[keep].extend(theirs);
        self.reasons[keep].extend(reasons.iter().cloned());
    }

    fn clusters(self) -> Vec<Cluster> {
        let mut out: Vec<Cluster> = Vec::new();
        for (at, mut members) in
            self.members.into_iter().enumerate().filter(|(_, members)| !members.is_empty())
        {
            members.sort_by(|a, b| order(self.tellings[*a], self.tellings[*b]));
            let mut reasons = self.reasons[at].clone();
            // How reasons were gathered depends on numbers of clusters; their order must not.
            reasons.sort();
            reasons.dedup();
            reasons.truncate(REASONS);
            out.push(Cluster { members, score: self.score[at], reasons });
        }
        out.sort_by(|x, y| order(self.tellings[x.members[0]], self.tellings[y.members[0]]));
        out
    }
}

type Pairs = (Vec<(usize, usize)>, BTreeSet<(usize, usize)>);

/// The ruling in force on each pair.
fn verdicts(tellings: &[&Telling], rulings: &[Ruling]) -> Pairs {
    if rulings.is_empty() {
        return Pairs::default();
    }
    let at: BTreeMap<&TellingId, usize> =
        tellings.iter().enumerate().map(|(at, one)| (&one.id, at)).collect();
    let mut settled = BTreeSet::new();
    let (mut together, mut apart) = Pairs::default();
    for ruling in rulings.iter().rev() {
        let (Ruling::Together(a, b) | Ruling::Apart(a, b)) = ruling;
        let (Some(a), Some(b)) = (at.get(a), at.get(b)) else { continue };
        if a == b || !settled.insert(pair(*a, *b)) {
            continue;
        }
        match ruling {
            Ruling::Together(..) => together.push(pair(*a, *b)),
            Ruling::Apart(..) => {
                apart.insert(pair(*a, *b));
            }
        }
    }
    (together, apart)
}
