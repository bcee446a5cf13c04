//! Events that are one happening or one story, in an order that depends on nothing but what they hold.

use std::collections::BTreeMap;

use crate::draws::Facing;
use crate::weighted::WeightedEvent;

/// What one event brings towards each partner, if it was coded right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Part {
    pub(crate) weights: [f64; 2],
    pub(crate) right: f64,
}

impl Part {
    /// The same event with the partners exchanged.
    pub(crate) fn exchanged(self) -> Self {
        Self { weights: [self.weights[1], self.weights[0]], right: self.right }
    }

    /// What it is sorted by; numbers from 0 on sort as their bits.
    pub(crate) fn key(self) -> [u64; 3] {
        [self.weights[0].to_bits(), self.weights[1].to_bits(), self.right.to_bits()]
    }
}

/// The events that carry weight, by cluster, without the clusters' names, in an order of their own.
pub(crate) fn clusters(events: &[WeightedEvent]) -> Vec<Vec<Part>> {
    let mut named: BTreeMap<u64, Vec<Part>> = BTreeMap::new();
    for event in events {
        if event.right > 0.0 && event.weights != [0.0, 0.0] {
            // Adding 0 turns -0 into 0, which sorts alike.
            let weights = event.weights.map(|weight| weight + 0.0);
            named.entry(event.cluster).or_default().push(Part { weights, right: event.right });
        }
    }
    named.into_values().collect()
}

/// Clusters in one order whatever the order of events and partners: of the two ways to name the partners,
/// the one that sorts first.
pub(crate) fn oriented(clusters: Vec<Vec<Part>>) -> (Vec<Vec<Part>>, Facing) {
    let exchanged =
        sorted(clusters.iter().map(|parts| parts.iter().map(|part| part.exchanged()).collect()).collect());
    let clusters = sorted(clusters);
    let facing =
        Facing::of(clusters.iter().map(|parts| keys(parts)).cmp(exchanged.iter().map(|parts| keys(parts))));
    (if facing == Facing::Back { exchanged } else { clusters }, facing)
}

fn keys(parts: &[Part]) -> Vec<[u64; 3]> {
    parts.iter().map(|part| part.key()).collect()
}

fn sorted(mut clusters: Vec<Vec<Part>>) -> Vec<Vec<Part>> {
    for parts in &mut clusters {
        parts.sort_unstable_by_key(|part| part.key());
    }
    clusters.sort_unstable_by(|one, other| {
        one.iter().map(|part| part.key()).cmp(other.iter().map(|part| part.key()))
    });
    clusters
}

/// The mean weight with which a cluster speaks for a partner, given that it does; 1 without clusters.
pub(crate) fn scale(clusters: &[Vec<Part>]) -> f64 {
    let (mut weight, mut spoken) = (0.0, 0.0);
    for parts in clusters {
        for side in 0..2 {
            let speaking = parts.iter().filter(|part| part.weights[side] > 0.0);
            let (sum, silent) = speaking.fold((0.0, 1.0), |(sum, silent), part| {
                (sum + part.right * part.weights[side], silent * (1.0 - part.right))
            });
            weight += sum;
            spoken += 1.0 - silent;
        }
    }
    if spoken > 0.0 && weight > 0.0 { weight / spoken } else { 1.0 }
}
