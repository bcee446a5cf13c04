//! Documents and tellings that share keys meet, the most sharing of them are compared.
//!
//! The ledger asks its index for each document in turn, and sees those that came before. Here the holders of a key are
//! walked through in the same order, so that each sees the same.

use std::collections::BTreeMap;

use super::node::{Matter, Node};
use crate::candidates::{HOT, OF_HOT, led_to, most_shared};
use crate::link::COMPARED;
use crate::similar::{Kind, Sketch};

/// Pairs that are counted at a time.
const COUNTED: usize = 1 << 21;

/// Somebody at a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Posting {
    /// What is compared.
    pub matter: Matter,
    /// The key.
    pub key: u64,
    /// Who.
    pub node: Node,
    /// Whether others find him there; if not, he only looks for them.
    pub holds: bool,
    /// Keys that somebody must share with him to be compared with him.
    pub least: u32,
}

/// Two who share keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// What is compared.
    pub matter: Matter,
    /// Who looks.
    pub later: Node,
    /// Who was there.
    pub earlier: Node,
    /// How many keys they share, of those that were looked at.
    pub keys: u32,
    /// How many the later one asks for.
    pub least: u32,
}

/// Two who are to be compared, and how many keys they share.
pub type Chosen = Pair;

/// Two who belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Edge {
    /// In what.
    pub matter: Matter,
    /// One of them.
    pub a: Node,
    /// The other.
    pub b: Node,
    /// How surely, from 0 to 1.
    pub score: f32,
    /// Why, of tellings.
    pub reasons: Vec<String>,
}

/// Where a document is to be found, and where it looks for others.
pub fn ask(node: Node, sketch: &Sketch) -> Vec<Posting> {
    let mut found = Vec::new();
    for kind in Kind::ALL {
        let held = kind.keys(sketch);
        let least = kind.least_shared(sketch) as u32;
        found.extend(kind.probes(sketch).into_iter().map(|key| Posting {
            matter: kind.into(),
            key,
            node,
            holds: held.binary_search(&key).is_ok(),
            least,
        }));
    }
    found
}

/// The pairs of those who share keys; wants all postings of each key. Calls with as many pairs as are counted at a time.
pub fn meet(mut postings: Vec<Posting>, mut each: impl FnMut(Vec<Pair>)) {
    postings.sort_unstable();
    let mut pairs = Vec::new();
    for at_key in postings.chunk_by(|a, b| (a.matter, a.key) == (b.matter, b.key)) {
        let of_hot = at_key[0].matter.kind().map_or(OF_HOT, Kind::of_hot);
        let mut holders: Vec<Node> = Vec::new();
        for one in at_key {
            let newest: Vec<Node> = holders.iter().rev().take(HOT + 1).copied().collect();
            let Some(found) = led_to(newest, of_hot) else { break };
            pairs.extend(found.into_iter().map(|earlier| Pair {
                matter: one.matter,
                later: one.node,
                earlier,
                keys: 1,
                least: one.least,
            }));
            if one.holds {
                holders.push(one.node);
            }
        }
        if pairs.len() >= COUNTED {
            each(counted(std::mem::take(&mut pairs)));
        }
    }
    each(counted(pairs));
}

/// Each pair once, with its keys added up.
fn counted(mut pairs: Vec<Pair>) -> Vec<Pair> {
    pairs.sort_unstable();
    pairs.dedup_by(|next, kept| {
        let same = (next.matter, next.later, next.earlier) == (kept.matter, kept.later, kept.earlier);
        if same {
            kept.keys += next.keys;
        }
        same
    });
    pairs
}

/// Of those who share keys with somebody, those that he is compared with; wants all pairs of each later one.
pub fn choose(pairs: Vec<Pair>) -> Vec<Chosen> {
    let pairs = counted(pairs);
    let mut chosen = Vec::new();
    for of_one in pairs.chunk_by(|a, b| (a.matter, a.later) == (b.matter, b.later)) {
        let Pair { matter, later, least, .. } = of_one[0];
        let most = matter.kind().map_or(COMPARED, Kind::compared);
        let found = of_one.iter().map(|pair| (pair.keys as usize, pair.earlier)).collect();
        chosen.extend(most_shared(found, least as usize, most).into_iter().map(|(keys, earlier)| Pair {
            matter,
            later,
            earlier,
            keys: keys as u32,
            least,
        }));
    }
    chosen
}

/// Compares documents; pairs of which a sketch is missing are left out.
pub fn compare(sketches: &BTreeMap<u64, Sketch>, pairs: &[Chosen]) -> Vec<Edge> {
    let compared = pairs.iter().filter_map(|pair| {
        let kind = pair.matter.kind()?;
        let (one, other) = (sketches.get(&pair.later.document)?, sketches.get(&pair.earlier.document)?);
        if (pair.keys as usize) < kind.least_shared(other) {
            return None;
        }
        let score = kind.compare(one, other)?.score;
        Some(Edge { matter: pair.matter, a: pair.earlier, b: pair.later, score, reasons: Vec::new() })
    });
    compared.collect()
}
