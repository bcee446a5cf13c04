//! Groups: documents that belong together, from the likenesses of pairs.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// Likenesses are added up in whole millionths, so that no order of adding matters.
const ONE: f32 = 1_000_000.0;

/// Two groups are joined while the likenesses between their members are this high on average.
const JOIN: u64 = 500_000;

/// Two groups that may be joined: their average likeness, their numbers, the sum and number of pairs.
type Pair = (u64, Reverse<usize>, Reverse<usize>, u64, u64);

/// Groups of `n` documents from the likenesses of pairs, the most alike joined first.
///
/// Agglomerative clustering with average linkage (Sokal and Michener 1958): a pair without a likeness
/// counts as 0, so that a chain of likenesses does not join what has little in common. The result does
/// not depend on the order of the edges, and on the numbering only where averages are equal; groups and
/// their members are in ascending order. Of two edges for one pair the stronger counts; edges that name
/// no document are left out.
pub fn groups(n: usize, edges: &[(usize, usize, f32)]) -> Vec<Vec<usize>> {
    let mut sums = sums(n, edges);
    let mut members: Vec<Vec<usize>> = (0..n).map(|one| vec![one]).collect();
    let mut queue: BinaryHeap<Pair> = BinaryHeap::new();
    for (a, linked) in sums.iter().enumerate() {
        queue.extend(linked.range(a + 1..).filter_map(|(b, sum)| pair(a, *b, *sum, &members)));
    }
    while let Some(best) = queue.pop() {
        let (_, Reverse(a), Reverse(b), _, _) = best;
        // A group that has grown since is in the queue again, with what is true now.
        if sums[a].get(&b).and_then(|sum| pair(a, b, *sum, &members)) != Some(best) {
            continue;
        }
        // The joined group keeps the number of its first member.
        let joined = std::mem::take(&mut members[b]);
        members[a].extend(joined);
        for (other, sum) in std::mem::take(&mut sums[b]) {
            sums[other].remove(&b);
            if other != a {
                *sums[a].entry(other).or_default() += sum;
            }
        }
        for (other, sum) in sums[a].clone() {
            sums[other].insert(a, sum);
            queue.extend(pair(a.min(other), a.max(other), sum, &members));
        }
    }
    tidy(members)
}

/// For each document the likenesses to others.
fn sums(n: usize, edges: &[(usize, usize, f32)]) -> Vec<BTreeMap<usize, u64>> {
    let mut sums: Vec<BTreeMap<usize, u64>> = vec![BTreeMap::new(); n];
    for &(a, b, score) in edges {
        if a != b && a < n && b < n && score > 0.0 {
            let score = (score.min(1.0) * ONE) as u64;
            let score = score.max(sums[a].get(&b).copied().unwrap_or_default());
            sums[a].insert(b, score);
            sums[b].insert(a, score);
        }
    }
    sums
}

/// Two groups, if they are alike enough to be joined.
fn pair(a: usize, b: usize, sum: u64, members: &[Vec<usize>]) -> Option<Pair> {
    let pairs = (members[a].len() * members[b].len()) as u64;
    let average = sum / pairs.max(1);
    (average >= JOIN).then_some((average, Reverse(a), Reverse(b), sum, pairs))
}

/// Groups of `n` documents, each with all that it is linked to, through others too (for copies, of
/// which each is a copy of the same text). Only who is linked counts, not how strongly.
pub fn unions(n: usize, edges: &[(usize, usize, f32)]) -> Vec<Vec<usize>> {
    let mut above: Vec<usize> = (0..n).collect();
    let first = |above: &mut [usize], mut one: usize| {
        while above[one] != one {
            above[one] = above[above[one]];
            one = above[one];
        }
        one
    };
    for &(a, b, _) in edges.iter().filter(|edge| edge.0 < n && edge.1 < n) {
        let (a, b) = (first(&mut above, a), first(&mut above, b));
        above[a.max(b)] = a.min(b);
    }
    let mut members = vec![Vec::new(); n];
    for one in 0..n {
        members[first(&mut above, one)].push(one);
    }
    tidy(members)
}

/// Groups that hold anything, in order.
fn tidy(mut members: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    members.retain(|group| !group.is_empty());
    for group in &mut members {
        group.sort_unstable();
    }
    members.sort_unstable();
    members
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_chain_of_likenesses_is_not_one_group() {
        let chain = [(0, 1, 0.9), (1, 2, 0.6), (2, 3, 0.9)];
        assert_eq!(groups(5, &chain), [vec![0, 1], vec![2, 3], vec![4]]);
        assert_eq!(unions(5, &chain), [vec![0, 1, 2, 3], vec![4]]);
    }

    #[test]
    fn one_missing_likeness_does_not_part_a_group() {
        let near = [(0, 1, 0.9), (1, 2, 0.8), (0, 2, 0.7), (0, 3, 0.8), (1, 3, 0.9)];
        assert_eq!(groups(4, &near), [vec![0, 1, 2, 3]]);
        assert_eq!(groups(0, &near), Vec::<Vec<usize>>::new());
        assert_eq!(groups(2, &[(0, 1, 0.49)]), [vec![0], vec![1]]);
    }

    proptest! {
        #[test]
        fn the_order_of_the_edges_does_not_matter(
            (mut edges, shuffled) in proptest::collection::vec((0..9_usize, 0..9_usize, 0.0..1.0_f32), 0..30)
                .prop_flat_map(|edges| (Just(edges.clone()), Just(edges).prop_shuffle()))
        ) {
            let found = groups(8, &edges);
            prop_assert_eq!(&found, &groups(8, &shuffled));
            prop_assert_eq!(unions(8, &edges), unions(8, &shuffled));
            let mut all: Vec<usize> = found.concat();
            all.sort_unstable();
            prop_assert_eq!(all, (0..8).collect::<Vec<_>>());
            for edge in &mut edges {
                std::mem::swap(&mut edge.0, &mut edge.1);
            }
            prop_assert_eq!(found, groups(8, &edges));
        }
    }
}
