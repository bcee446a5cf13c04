//! Sums over many clusters of events: what can move them is drawn one by one, the rest as one normal.

use crate::draws::Source;

/// How many doubtful events of a cluster are kept or dropped one by one.
const DOUBTS: usize = 16;

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

    fn moments(self) -> Moments {
        let [first, second] = self.weights;
        let doubt = self.right * (1.0 - self.right);
        Moments {
            mean: [self.right * first, self.right * second],
            covariance: [doubt * first * first, doubt * first * second, doubt * second * second],
        }
    }
}

/// Mean and covariance (first, both, second) of what is added towards two partners.
#[derive(Debug, Clone, Copy, Default)]
struct Moments {
    mean: [f64; 2],
    covariance: [f64; 3],
}

impl Moments {
    fn plus(self, other: Self) -> Self {
        Self {
            mean: [0, 1].map(|at| self.mean[at] + other.mean[at]),
            covariance: [0, 1, 2].map(|at| self.covariance[at] + other.covariance[at]),
        }
    }

    /// Of a sum with these moments times an exponential weight, whose square has mean 2.
    fn weighted(self) -> Self {
        let [first, second] = self.mean;
        let square = [first * first, first * second, second * second];
        Self { mean: self.mean, covariance: [0, 1, 2].map(|at| 2.0 * self.covariance[at] + square[at]) }
    }

    fn size(self) -> f64 {
        self.covariance[0] + self.covariance[2]
    }
}

/// A sum of much that is small, as a bivariate normal.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Bulk {
    mean: [f64; 2],
    /// The covariance's lower triangular root.
    root: [f64; 3],
    empty: bool,
}

impl Bulk {
    fn new(moments: Moments) -> Self {
        let [first, both, second] = moments.covariance;
        let top = first.max(0.0).sqrt();
        let across = if top > 0.0 { both / top } else { 0.0 };
        let bottom = (second - across * across).max(0.0).sqrt();
        let root = [top, across, bottom];
        Self { mean: moments.mean, root, empty: moments.mean == [0.0, 0.0] }
    }

    /// The clusters that vary most, at most so many and in their order, and the sum of all others.
    pub(crate) fn apart(clusters: &[Vec<Part>], most: usize) -> (Vec<Cluster>, Self) {
        let moments: Vec<Moments> = clusters
            .iter()
            .map(|parts| {
                parts.iter().fold(Moments::default(), |sum, part| sum.plus(part.moments())).weighted()
            })
            .collect();
        let mut order: Vec<usize> = (0..clusters.len()).collect();
        order.sort_by(|one, other| moments[*other].size().total_cmp(&moments[*one].size()));
        let (largest, rest) = order.split_at(most.min(order.len()));
        let rest = rest.iter().fold(Moments::default(), |sum, at| sum.plus(moments[*at]));
        let mut largest = largest.to_vec();
        largest.sort_unstable();
        (largest.into_iter().map(|at| Cluster::new(&clusters[at])).collect(), Self::new(rest))
    }

    /// A draw; a sum of weights is never below nothing.
    pub(crate) fn draw(&self, source: &mut Source) -> [f64; 2] {
        if self.empty {
            return [0.0; 2];
        }
        let (one, other) = (source.normal(), source.normal());
        let [top, across, bottom] = self.root;
        [self.mean[0] + top * one, self.mean[1] + across * one + bottom * other].map(|sum| sum.max(0.0))
    }
}

/// A cluster that is drawn by itself.
#[derive(Debug, Clone)]
pub(crate) struct Cluster {
    sure: [f64; 2],
    doubtful: Vec<Part>,
    rest: Bulk,
}

impl Cluster {
    fn new(parts: &[Part]) -> Self {
        let (sure, mut doubtful): (Vec<Part>, Vec<Part>) = parts.iter().partition(|part| part.right >= 1.0);
        doubtful.sort_by(|one, other| other.moments().size().total_cmp(&one.moments().size()));
        let rest = doubtful.split_off(DOUBTS.min(doubtful.len()));
        let rest = rest.iter().fold(Moments::default(), |sum, part| sum.plus(part.moments()));
        Self { sure: total(sure.iter().map(|part| part.weights)), doubtful, rest: Bulk::new(rest) }
    }

    /// What its events that were coded right add up to, in one draw.
    pub(crate) fn draw(&self, source: &mut Source) -> [f64; 2] {
        let rest = self.rest.draw(source);
        let sums = [self.sure[0] + rest[0], self.sure[1] + rest[1]];
        self.doubtful.iter().fold(sums, |sums, part| {
            let right = source.happens(part.right);
            if right { [sums[0] + part.weights[0], sums[1] + part.weights[1]] } else { sums }
        })
    }
}

/// Sums towards both partners.
pub(crate) fn total(weights: impl Iterator<Item = [f64; 2]>) -> [f64; 2] {
    weights.fold([0.0; 2], |sums, weights| [sums[0] + weights[0], sums[1] + weights[1]])
}
