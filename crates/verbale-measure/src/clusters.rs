//! Events that are one happening or one story, in an order that depends on nothing but what they hold.

use std::cmp::Ordering;
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

impl WeightedEvent {
    /// What it brings, where it carries weight.
    fn part(&self) -> Option<Part> {
        // Adding 0 turns -0 into 0, which sorts alike.
        let weights = self.weights.map(|weight| weight + 0.0);
        (self.right > 0.0 && self.weights != [0.0, 0.0]).then_some(Part { weights, right: self.right })
    }
}

/// The events that carry weight, where each is a cluster of its own: their clusters ascend.
pub(crate) fn singles(events: &[WeightedEvent]) -> Option<Vec<[Part; 1]>> {
    let ascend = events.is_sorted_by(|one, other| one.cluster < other.cluster);
    ascend.then(|| events.iter().filter_map(WeightedEvent::part).map(|part| [part]).collect())
}

/// The events that carry weight, by cluster, without the clusters' names, in an order of their own.
pub(crate) fn clusters(events: &[WeightedEvent]) -> Vec<Vec<Part>> {
    let mut named: BTreeMap<u64, Vec<Part>> = BTreeMap::new();
    for event in events {
        if let Some(part) = event.part() {
            named.entry(event.cluster).or_default().push(part);
        }
    }
    named.into_values().collect()
}

/// Clusters in one order whatever the order of events and partners: of the two ways to name the partners,
/// the one that sorts first.
pub(crate) fn oriented<C: AsRef<[Part]> + AsMut<[Part]> + Clone>(mut clusters: Vec<C>) -> (Vec<C>, Facing) {
    let mut exchanged = clusters.clone();
    for part in exchanged.iter_mut().flat_map(AsMut::as_mut) {
        *part = part.exchanged();
    }
    sort(&mut exchanged);
    sort(&mut clusters);
    let differ = clusters.iter().zip(&exchanged).map(|(one, other)| keys(one).cmp(keys(other)));
    let facing = Facing::of(differ.fold(Ordering::Equal, Ordering::then));
    (if facing == Facing::Back { exchanged } else { clusters }, facing)
}

fn keys<C: AsRef<[Part]>>(parts: &C) -> impl Iterator<Item = [u64; 3]> {
    parts.as_ref().iter().map(|part| part.key())
}

fn sort<C: AsRef<[Part]> + AsMut<[Part]>>(clusters: &mut [C]) {
    for parts in &mut *clusters {
        parts.as_mut().sort_unstable_by_key(|part| part.key());
    }
    clusters.sort_unstable_by(|one, other| keys(one).cmp(keys(other)));
}

/// The mean weight with which a cluster speaks for a partner, given that it does; 1 without clusters.
pub(crate) fn scale<C: AsRef<[Part]>>(clusters: &[C]) -> f64 {
    let (mut weight, mut spoken) = (0.0, 0.0);
    for parts in clusters {
        for side in 0..2 {
            let speaking = parts.as_ref().iter().filter(|part| part.weights[side] > 0.0);
            let (sum, silent) = speaking.fold((0.0, 1.0), |(sum, silent), part| {
                (sum + part.right * part.weights[side], silent * (1.0 - part.right))
            });
            weight += sum;
            spoken += 1.0 - silent;
        }
    }
    if spoken > 0.0 && weight > 0.0 { weight / spoken } else { 1.0 }
}
