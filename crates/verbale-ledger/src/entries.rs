//! The entries of tellings that hang together, and those of any tellings without a file.

use std::collections::{BTreeMap, BTreeSet};

use crate::link::{self, Cluster, Edge, Profile};
use crate::review::{Placed, Review, in_force};
use crate::{Entry, Telling};

/// Links tellings and makes their entries, as reviewers left them; in the order of their first tellings.
pub fn entries(tellings: &[Telling], reviews: &[Review]) -> Vec<Entry> {
    let mut tellings: Vec<&Telling> = tellings.iter().collect();
    tellings.sort_by(|a, b| a.id.cmp(&b.id));
    let force = in_force(reviews);
    let placed = Placed::new(&force, &tellings);
    linked(&tellings, &edges(&tellings), &placed).into_iter().map(|(_, entry)| entry).collect()
}

/// The clusters that tellings make by the links between them, which lead to no others, each with its entry as
/// reviewers left it. Tellings come in the order of their names.
pub(crate) fn linked(tellings: &[&Telling], edges: &[Edge], placed: &Placed<'_>) -> Vec<(Cluster, Entry)> {
    let entry = |cluster: Cluster| {
        // Members' places are in the whole list, which `merge` takes them from.
        let mut entry = link::merge(tellings, &cluster);
        placed.apply(&mut entry);
        (cluster, entry)
    };
    link::cluster(tellings, edges, &placed.rulings()).into_iter().map(entry).collect()
}

/// Compares all tellings that share a key.
fn edges(tellings: &[&Telling]) -> Vec<Edge> {
    let profiles: Vec<Profile<'_>> = tellings.iter().map(|telling| Profile::of(telling)).collect();
    let mut sharing: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, profile) in profiles.iter().enumerate() {
        for key in profile.keys() {
            sharing.entry(key).or_default().push(at);
        }
    }
    let mut pairs = BTreeSet::new();
    for together in sharing.values() {
        for (n, a) in together.iter().enumerate() {
            pairs.extend(together[n + 1..].iter().map(|b| (*a, *b)));
        }
    }
    let compared = pairs.into_iter().filter_map(|(a, b)| {
        let found = profiles[a].compare(&profiles[b])?;
        Some(Edge { a, b, score: found.score, reasons: found.reasons })
    });
    compared.collect()
}
