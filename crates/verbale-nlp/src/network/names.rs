//! Named entities: the best sequence of begin, inside and outside tags in which no inside tag stands alone.

use crate::tags::EntLabel;

/// The kind of entity a token is in, and whether the entity begins there.
pub(super) type Ent = Option<(EntLabel, bool)>;

/// The best sequence for scores of `labels.len()` numbers a token (Viterbi 1967; a tag that continues
/// an entity follows one of the same kind).
pub(super) fn decode(scores: &[f32], labels: &[Ent]) -> Vec<Ent> {
    let kinds = labels.len();
    if kinds == 0 {
        return Vec::new();
    }
    let mut before = vec![0.0; kinds];
    let mut steps: Vec<usize> = Vec::with_capacity(scores.len());
    for (i, row) in scores.chunks_exact(kinds).enumerate() {
        let mut sums = vec![f32::NEG_INFINITY; kinds];
        for (to, sum) in sums.iter_mut().enumerate() {
            let mut from = 0;
            for (at, &score) in before.iter().enumerate() {
                let value = if may_follow(labels[to], (i > 0).then(|| labels[at])) {
                    score
                } else {
                    f32::NEG_INFINITY
                };
                if value > *sum {
                    (*sum, from) = (value, at);
                }
            }
            *sum += row[to];
            steps.push(from);
        }
        before = sums;
    }
    let mut at = 0;
    for (i, score) in before.iter().enumerate() {
        if *score > before[at] {
            at = i;
        }
    }
    let mut out = Vec::with_capacity(steps.len() / kinds);
    for step in steps.chunks_exact(kinds).rev() {
        out.push(labels[at]);
        at = step[at];
    }
    out.reverse();
    out
}

/// Whether a tag may follow another, or begin the sentence.
fn may_follow(tag: Ent, before: Option<Ent>) -> bool {
    match tag {
        Some((kind, false)) => matches!(before, Some(Some((other, _))) if other == kind),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::{Ent, decode};
    use crate::tags::EntLabel::{Org, Place};

    const LABELS: [Ent; 5] =
        [None, Some((Org, true)), Some((Org, false)), Some((Place, true)), Some((Place, false))];

    #[test]
    fn an_inside_tag_never_stands_alone() {
        // Alone, the second token would be inside an organisation; after a place it must give way.
        let scores = [0.0, 1.0, 0.0, 3.0, 0.0, 0.0, 0.0, 4.0, 0.0, 3.5];
        let place = [Some((Place, true)), Some((Place, false))];
        assert_eq!(decode(&scores, &LABELS), place);
        assert_eq!(decode(&[0.0, 0.0, 9.0, 0.5, 0.0], &LABELS), [Some((Place, true))]);
        assert!(decode(&[], &LABELS).is_empty() && decode(&[], &[]).is_empty());
    }
}
