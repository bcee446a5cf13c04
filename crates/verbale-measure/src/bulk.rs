//! Sums over many clusters of events: what can move them is drawn one by one, the rest as one normal.

use crate::clusters::Part;
use crate::draws::Source;

/// How many doubtful events of a cluster are kept or dropped one by one.
const DOUBTS: usize = 16;

/// Mean and covariance (first, both, second) of what is added towards two partners.
#[derive(Debug, Clone, Copy, Default)]
struct Moments {
    mean: [f64; 2],
    covariance: [f64; 3],
}

impl Moments {
    /// Of what one event adds, if it was coded right.
    fn of(part: Part) -> Self {
        let [first, second] = part.weights;
        let doubt = part.right * (1.0 - part.right);
        Self {
            mean: [part.right * first, part.right * second],
            covariance: [doubt * first * first, doubt * first * second, doubt * second * second],
        }
    }

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
    pub(crate) fn apart<C: AsRef<[Part]>>(clusters: &[C], most: usize) -> (Vec<Cluster>, Self) {
        let moments: Vec<Moments> = clusters
            .iter()
            .map(|parts| {
                let parts = parts.as_ref().iter();
                parts.fold(Moments::default(), |sum, part| sum.plus(Moments::of(*part))).weighted()
            })
            .collect();
        let mut order: Vec<usize> = (0..clusters.len()).collect();
        order.sort_by(|one, other| moments[*other].size().total_cmp(&moments[*one].size()));
        let (largest, rest) = order.split_at(most.min(order.len()));
        let rest = rest.iter().fold(Moments::default(), |sum, at| sum.plus(moments[*at]));
        let mut largest = largest.to_vec();
        largest.sort_unstable();
        (largest.into_iter().map(|at| Cluster::new(clusters[at].as_ref())).collect(), Self::new(rest))
    }

    /// A draw; a sum of weights is never below nothing.
    pub(crate) fn draw(&self, source: &mut Source) -> [f64; 2] {
        if self.empty {
            return [0.0; 2];
        }
        self.at([source.normal(), source.normal()])
    }

    /// Whether nothing is drawn.
    pub(crate) fn is_empty(&self) -> bool {
        self.empty
    }

    /// The draw that two standard normals make; of nothing that is nothing.
    pub(crate) fn at(&self, [one, other]: [f64; 2]) -> [f64; 2] {
        if self.empty {
            return [0.0; 2];
        }
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
        doubtful.sort_by(|one, other| Moments::of(*other).size().total_cmp(&Moments::of(*one).size()));
        let rest = doubtful.split_off(DOUBTS.min(doubtful.len()));
        let rest = rest.iter().fold(Moments::default(), |sum, part| sum.plus(Moments::of(*part)));
        Self { sure: total(sure.iter().map(|part| part.weights)), doubtful, rest: Bulk::new(rest) }
    }

    /// What it brings and how probably, where it brings all of that or nothing; `None` for the probability where it
    /// is sure.
    pub(crate) fn plain(&self) -> Option<([f64; 2], Option<f64>)> {
        match self.doubtful.as_slice() {
            _ if !self.rest.empty => None,
            [] => Some((self.sure, None)),
            [one] if self.sure == [0.0, 0.0] => Some((one.weights, Some(one.right))),
            _ => None,
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::Draws;

    /// Mean and variance of draws.
    fn moments(draw: impl FnMut(&mut Source) -> f64) -> [f64; 2] {
        let draws = Draws::new(200_000, 9).unwrap();
        let mut values = Vec::new();
        let mut draw = draw;
        draws.of(|source| {
            values.push(draw(source));
            0.0
        });
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        [mean, values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / values.len() as f64]
    }

    #[test]
    fn a_cluster_of_many_doubtful_events_keeps_mean_and_variance() {
        let part = |at: u32| Part { weights: [f64::from(at % 4), 1.0], right: 0.7 };
        let parts: Vec<Part> = (0..40).map(part).collect();
        let cluster = Cluster::new(&parts);
        assert_eq!(cluster.doubtful.len(), DOUBTS);
        let wanted = parts.iter().fold(Moments::default(), |sum, part| sum.plus(Moments::of(*part)));
        for side in 0..2 {
            let [mean, variance] = moments(|source| cluster.draw(source)[side]);
            assert!((mean / wanted.mean[side] - 1.0).abs() < 0.01, "{mean} {wanted:?}");
            assert!((variance / wanted.covariance[2 * side] - 1.0).abs() < 0.03, "{variance} {wanted:?}");
        }
    }

    #[test]
    fn the_rest_keeps_mean_variance_and_covariance() {
        let part = |at: u32| Part { weights: [1.0 + f64::from(at % 3), f64::from(at % 2)], right: 0.8 };
        let clusters: Vec<Vec<Part>> = (0..300).map(|at| vec![part(at), part(at + 1)]).collect();
        let (largest, rest) = Bulk::apart(&clusters, 0);
        assert!(largest.is_empty());
        let (all, _) = Bulk::apart(&clusters, 300);
        let one_by_one = |source: &mut Source| {
            all.iter().fold([0.0; 2], |sums, cluster| {
                let (weight, parts) = (source.exponential(), cluster.draw(source));
                [sums[0] + weight * parts[0], sums[1] + weight * parts[1]]
            })
        };
        for direction in [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]] {
            let along = |sums: [f64; 2]| sums[0] * direction[0] + sums[1] * direction[1];
            let draws = Draws::new(20_000, 2).unwrap();
            let (exact, quick) =
                (draws.of(|source| along(one_by_one(source))), draws.of(|source| along(rest.draw(source))));
            for p in [0.025, 0.5, 0.975] {
                let (exact, quick) = (exact.quantile(p), quick.quantile(p));
                assert!((exact / quick - 1.0).abs() < 0.02, "{direction:?} {p}: {exact} {quick}");
            }
        }
    }
}
