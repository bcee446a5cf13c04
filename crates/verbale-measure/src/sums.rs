//! Draws of weighted sums towards two partners: what one list of events comes to, and several lists at once.
//!
//! A draw takes a number for each cluster and one for each doubt from the seed. Lists with the same clusters and doubts
//! take the same numbers, whatever their weights, and these are drawn once; each value is what it would be by itself.

use crate::bulk::{Bulk, Cluster};
use crate::clusters::{Part, clusters, oriented, scale, singles};
use crate::draws::{Draws, Facing, Source};
use crate::weighted::WeightedEvent;

/// Draws that are summed side by side.
const BESIDE: usize = 8;

/// What is drawn of a list of events.
pub(crate) struct Sums {
    /// Which way the partners were named.
    pub(crate) facing: Facing,
    /// Events that carry weight.
    pub(crate) events: usize,
    /// Their clusters.
    pub(crate) clusters: usize,
    /// The weight of the prior.
    scale: f64,
    rest: Bulk,
    largest: Largest,
}

/// The clusters that are drawn one by one.
enum Largest {
    /// Each brings all or nothing.
    Plain(Vec<Chance>),
    /// Some bring something between.
    Mixed(Vec<Cluster>),
}

/// What is brought with some probability.
struct Chance {
    weights: [f64; 2],
    /// More than 1 where it is sure.
    right: f64,
    doubtful: bool,
}

impl Sums {
    /// Of events; so many clusters one by one.
    pub(crate) fn of(events: &[WeightedEvent], one_by_one: usize) -> Self {
        singles(events).map_or_else(
            || Self::apart(oriented(clusters(events)), one_by_one),
            |singles| Self::apart(oriented(singles), one_by_one),
        )
    }

    fn apart<C: AsRef<[Part]>>((clusters, facing): (Vec<C>, Facing), one_by_one: usize) -> Self {
        let (largest, rest) = Bulk::apart(&clusters, one_by_one);
        let plain = |cluster: &Cluster| {
            let (weights, right) = cluster.plain()?;
            Some(Chance { weights, right: right.unwrap_or(2.0), doubtful: right.is_some() })
        };
        let plain = largest.iter().map(plain).collect::<Option<Vec<_>>>();
        Self {
            facing,
            events: clusters.iter().map(|parts| parts.as_ref().len()).sum(),
            clusters: clusters.len(),
            scale: scale(&clusters),
            rest,
            largest: plain.map_or(Largest::Mixed(largest), Largest::Plain),
        }
    }

    /// The figure of one draw.
    fn value(&self, prior: [f64; 2], sums: [f64; 2]) -> f64 {
        let [first, second] = [sums[0] + prior[0] * self.scale, sums[1] + prior[1] * self.scale];
        if first + second > 0.0 { (first - second) / (first + second) } else { 0.0 }
    }

    /// Whether draws of both take the same numbers.
    fn is_like(&self, other: &Self) -> bool {
        match (&self.largest, &other.largest) {
            (Largest::Plain(one), Largest::Plain(other_one)) => {
                self.rest.is_empty() == other.rest.is_empty()
                    && one.len() == other_one.len()
                    && one.iter().zip(other_one).all(|(one, other)| one.doubtful == other.doubtful)
            }
            _ => false,
        }
    }
}

/// The figure of each list in each draw.
pub(crate) fn values(lists: &[Sums], draws: Draws) -> Vec<Vec<f64>> {
    let mut found = vec![Vec::new(); lists.len()];
    for (at, sums) in lists.iter().enumerate() {
        match &sums.largest {
            // An earlier one drew for it.
            _ if !found[at].is_empty() => {}
            Largest::Mixed(clusters) => found[at] = one_by_one(sums, clusters, draws),
            Largest::Plain(shape) => {
                let like: Vec<usize> =
                    (at..lists.len()).filter(|other| lists[*other].is_like(sums)).collect();
                let group: Vec<(&Sums, &[Chance])> =
                    like.iter().filter_map(|at| Some((&lists[*at], lists[*at].chances()?))).collect();
                for (at, values) in like.into_iter().zip(side_by_side(&group, shape, draws)) {
                    found[at] = values;
                }
            }
        }
    }
    found
}

impl Sums {
    fn chances(&self) -> Option<&[Chance]> {
        match &self.largest {
            Largest::Plain(chances) => Some(chances),
            Largest::Mixed(_) => None,
        }
    }
}

fn one_by_one(of: &Sums, clusters: &[Cluster], draws: Draws) -> Vec<f64> {
    let mut values = Vec::with_capacity(draws.count() as usize);
    draws.each(|source| {
        let prior = [source.half(), source.half()];
        let sums = clusters.iter().fold(of.rest.draw(source), |sums, cluster| {
            let weight = source.exponential();
            let parts = cluster.draw(source);
            [sums[0] + weight * parts[0], sums[1] + weight * parts[1]]
        });
        values.push(of.value(prior, sums));
    });
    values
}

/// The numbers that some draws take: of the prior and the rest for each draw, and for each cluster those of all draws.
struct Numbers {
    prior: [[f64; 2]; BESIDE],
    rest: [[f64; 2]; BESIDE],
    weights: Vec<[f64; BESIDE]>,
    doubts: Vec<[f64; BESIDE]>,
}

impl Numbers {
    /// Takes the numbers of one draw.
    fn take(&mut self, beside: usize, shape: &[Chance], with_rest: bool, source: &mut Source) {
        self.prior[beside] = [source.half(), source.half()];
        if with_rest {
            self.rest[beside] = [source.normal(), source.normal()];
        }
        for ((chance, weights), doubts) in shape.iter().zip(&mut self.weights).zip(&mut self.doubts) {
            weights[beside] = source.exponential();
            if chance.doubtful {
                doubts[beside] = source.uniform();
            }
        }
    }

    /// The sums of some chances in each draw.
    fn sums(&self, rest: &Bulk, chances: &[Chance]) -> [[f64; BESIDE]; 2] {
        let begin = self.rest.map(|normals| rest.at(normals));
        let (mut first, mut second) = (begin.map(|sums| sums[0]), begin.map(|sums| sums[1]));
        for ((chance, weights), doubts) in chances.iter().zip(&self.weights).zip(&self.doubts) {
            for beside in 0..BESIDE {
                let weight = if doubts[beside] < chance.right { weights[beside] } else { 0.0 };
                first[beside] += weight * chance.weights[0];
                second[beside] += weight * chance.weights[1];
            }
        }
        [first, second]
    }
}

/// The figures of lists that take the same numbers.
fn side_by_side(lists: &[(&Sums, &[Chance])], shape: &[Chance], draws: Draws) -> Vec<Vec<f64>> {
    let none = || vec![[0.0; BESIDE]; shape.len()];
    let nothing = [[0.0; 2]; BESIDE];
    let mut numbers = Numbers { prior: nothing, rest: nothing, weights: none(), doubts: none() };
    let with_rest = lists.first().is_some_and(|(sums, _)| !sums.rest.is_empty());
    let count = draws.count() as usize;
    let (mut source, mut found) = (draws.source(), vec![Vec::with_capacity(count); lists.len()]);
    for start in (0..count).step_by(BESIDE) {
        let several = BESIDE.min(count - start);
        for beside in 0..several {
            numbers.take(beside, shape, with_rest, &mut source);
        }
        for ((of, chances), values) in lists.iter().zip(&mut found) {
            let [first, second] = numbers.sums(&of.rest, chances);
            let value = |beside: usize| of.value(numbers.prior[beside], [first[beside], second[beside]]);
            values.extend((0..several).map(value));
        }
    }
    found
}
