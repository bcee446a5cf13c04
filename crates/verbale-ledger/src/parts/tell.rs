//! Tellings of many documents: where they are to be found, which belong together, and the entries they make.

use std::collections::BTreeMap;

use super::meet::{Chosen, Edge, Posting};
use super::node::{Matter, Node, id};
use super::sheet::{Sheet, Told};
use crate::entries::linked;
use crate::link::{self, Profile};
use crate::review::Placed;
use crate::{Entry, Source, Telling};

/// The tellings of a document, with their places in its record, by the family and the story that it is in (its own
/// where none is given).
pub fn tell(
    node: Node,
    sheet: Sheet,
    family: Option<u64>,
    story: Option<u64>,
    superseded: bool,
) -> Vec<(Node, Told)> {
    let name = |group: Option<u64>| id(group.unwrap_or(node.document));
    let source = Source { family: name(family), story: name(story), superseded, ..sheet.source.clone() };
    let numbered = sheet.tellings(&source).into_iter().zip(1..);
    numbered.map(|(told, event)| (Node { event, ..node }, told)).collect()
}

/// Where a telling is to be found.
pub fn ask_tellings(node: Node, telling: &Telling) -> Vec<Posting> {
    let posting =
        |key: i64| Posting { matter: Matter::Telling, key: key.cast_unsigned(), node, holds: true, least: 1 };
    Profile::of(telling).short_keys().into_iter().map(posting).collect()
}

/// Compares tellings; pairs of which one is missing are left out.
pub fn compare_tellings(tellings: &BTreeMap<Node, Telling>, pairs: &[Chosen]) -> Vec<Edge> {
    let profiles: BTreeMap<Node, Profile<'_>> =
        tellings.iter().map(|(node, telling)| (*node, Profile::of(telling))).collect();
    let compared = pairs.iter().filter_map(|pair| {
        let (one, other) = (profiles.get(&pair.earlier)?, profiles.get(&pair.later)?);
        let found = one.compare(other)?;
        Some(Edge {
            matter: Matter::Telling,
            a: pair.earlier,
            b: pair.later,
            score: found.score,
            reasons: found.reasons,
        })
    });
    compared.collect()
}

/// The entries of tellings, with their sentences; wants whole components and all edges in them.
pub fn link(told: Vec<(Node, Told)>, edges: &[Edge]) -> Vec<Entry> {
    let mut told: Vec<(Node, Told)> = told;
    told.sort_by(|(_, a), (_, b)| a.id.cmp(&b.id));
    let places: BTreeMap<Node, usize> = told.iter().enumerate().map(|(at, (node, _))| (*node, at)).collect();
    let (tellings, evidence): (Vec<Telling>, Vec<Vec<String>>) =
        told.into_iter().map(|(_, told)| told.parted()).unzip();
    let links: Vec<link::Edge> = edges
        .iter()
        .filter_map(|edge| {
            let (a, b) = (*places.get(&edge.a)?, *places.get(&edge.b)?);
            Some(link::Edge { a: a.min(b), b: a.max(b), score: edge.score, reasons: edge.reasons.clone() })
        })
        .collect();
    let tellings: Vec<&Telling> = tellings.iter().collect();
    let words: BTreeMap<_, _> = tellings.iter().map(|one| &one.id).zip(evidence).collect();
    let quoted = |(_, mut entry): (link::Cluster, Entry)| {
        for cited in &mut entry.tellings {
            cited.evidence = words.get(&cited.id).cloned().unwrap_or_default();
        }
        entry
    };
    linked(&tellings, &links, &Placed::new(&[], &tellings)).into_iter().map(quoted).collect()
}
