//! The best tree with one root: each word's best head where that is a tree already, Chu-Liu/Edmonds else.

/// What a second root costs: more than any score can bring.
const SECOND_ROOT: f64 = 1e9;

/// Heads of `words` words (0 = root, else 1-based) from scores `[word][head]` of shape words × (words + 1).
/// The result has exactly one root and no cycle, whatever the scores.
pub(super) fn decode(scores: &[f32], words: usize) -> Vec<usize> {
    let score = |word: usize, head: usize| scores.get(word * (words + 1) + head).copied().unwrap_or(0.0);
    let mut table = vec![vec![f64::NEG_INFINITY; words + 1]; words + 1];
    for word in 0..words {
        for head in (0..=words).filter(|&head| head != word + 1) {
            let score = f64::from(score(word, head));
            table[word + 1][head] = if score.is_finite() { score.clamp(-1e6, 1e6) } else { -1e6 };
        }
    }
    let heads: Vec<usize> = table[1..].iter().map(|row| best(row)).collect();
    if heads.iter().filter(|&&head| head == 0).count() == 1 && is_tree(&heads) {
        return heads;
    }
    for row in &mut table[1..] {
        row[0] -= SECOND_ROOT;
    }
    let mut heads = arborescence(&table);
    heads.drain(..1.min(heads.len()));
    heads
}

/// The first of the greatest numbers.
fn best(row: &[f64]) -> usize {
    let mut at = 0;
    for (i, &value) in row.iter().enumerate() {
        if value > row[at] {
            at = i;
        }
    }
    at
}

/// Whether every word reaches the root.
pub(super) fn is_tree(heads: &[usize]) -> bool {
    (1..=heads.len()).all(|word| {
        let mut node = word;
        (0..=heads.len()).any(|_| {
            node = if node == 0 { 0 } else { heads[node - 1] };
            node == 0
        })
    })
}

/// The best arborescence from node 0 for scores `[dependent][head]` (Chu & Liu 1965, Edmonds 1967). Entry 0
/// of the result means nothing.
fn arborescence(scores: &[Vec<f64>]) -> Vec<usize> {
    let mut heads: Vec<usize> = scores.iter().map(|row| best(row)).collect();
    let Some(cycle) = find_cycle(&heads) else { return heads };
    let outside: Vec<usize> = (0..scores.len()).filter(|node| !cycle.contains(node)).collect();
    // The cycle becomes one node, the last of a smaller graph.
    let joint = outside.len();
    let mut small = vec![vec![f64::NEG_INFINITY; joint + 1]; joint + 1];
    let (mut enter, mut leave) = (vec![0; joint], vec![0; joint]);
    for (a, &node) in outside.iter().enumerate() {
        if a > 0 {
            for (b, &head) in outside.iter().enumerate().filter(|&(b, _)| b != a) {
                small[a][b] = scores[node][head];
            }
            let from = greatest(&cycle, |head| scores[node][head]);
            small[a][joint] = scores[node][from];
            leave[a] = from;
        }
        let gain = |word: usize| scores[word][node] - scores[word][heads[word]];
        let to = greatest(&cycle, gain);
        small[joint][a] = gain(to);
        enter[a] = to;
    }
    let inner = arborescence(&small);
    for (a, &node) in outside.iter().enumerate().skip(1) {
        heads[node] = if inner[a] == joint { leave[a] } else { outside[inner[a]] };
    }
    let a = inner[joint];
    heads[enter[a]] = outside[a];
    heads
}

/// The node of `cycle` with the greatest value.
fn greatest(cycle: &[usize], value: impl Fn(usize) -> f64) -> usize {
    let values: Vec<f64> = cycle.iter().map(|&node| value(node)).collect();
    cycle[best(&values)]
}

/// The nodes of some cycle among the heads of nodes 1 and up.
fn find_cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0; heads.len()];
    for start in 1..heads.len() {
        let mut node = start;
        while node != 0 && seen[node] == 0 {
            seen[node] = start;
            node = heads[node];
        }
        if node != 0 && seen[node] == start {
            let mut cycle = vec![node];
            let mut next = heads[node];
            while next != node {
                cycle.push(next);
                next = heads[next];
            }
            return Some(cycle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{decode, is_tree};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_scores_give_one_root_and_no_cycle(words in 1usize..24, seed in proptest::collection::vec(-9f32..9.0, 1..600)) {
            let scores: Vec<f32> = (0..words * (words + 1)).map(|i| seed[i % seed.len()]).collect();
            let heads = decode(&scores, words);
            prop_assert_eq!(heads.len(), words);
            prop_assert_eq!(heads.iter().filter(|&&head| head == 0).count(), 1);
            prop_assert!(is_tree(&heads));
        }
    }

    #[test]
    fn a_cycle_is_broken_where_it_costs_least() {
        // Words 1 and 2 prefer each other; word 2 minds the root least.
        let scores = [1.0, 0.0, 9.0, 3.0, 9.0, 0.0];
        assert_eq!(decode(&scores, 2), [2, 0]);
    }

    #[test]
    fn bad_scores_still_give_a_tree() {
        assert_eq!(decode(&[], 0), Vec::<usize>::new());
        assert!(is_tree(&decode(&[f32::NAN; 12], 3)));
    }
}
