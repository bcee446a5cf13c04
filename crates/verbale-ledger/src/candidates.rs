//! Candidates: which of those that share a key with somebody are compared with him.
//!
//! The limits keep cost near-linear; below them, who is compared does not depend on who came first.

/// A key that more documents or tellings hold is no evidence that they are about the same happening.
pub const HOT: usize = 200;

/// What a hot key of copies or of tellings leads to: of what is told that often, the newest few are enough.
pub const OF_HOT: usize = 8;

/// Whom a key leads to, of its holders, the newest first and one more than [`HOT`] at most; nobody ever again where
/// the key is hot and leads to none then.
pub fn led_to<T>(mut newest: Vec<T>, of_hot: usize) -> Option<Vec<T>> {
    if newest.len() > HOT {
        newest.truncate(of_hot);
        if newest.is_empty() {
            return None;
        }
    }
    Some(newest)
}

/// Those that share most keys, from a list in which each stands once for each key that it shares, with the number
/// of these keys: no more than `most`, each sharing `least` keys or more, the newest of equals first.
pub fn sharing_most<T: Ord + Copy>(mut sharing: Vec<T>, least: usize, most: usize) -> Vec<(usize, T)> {
    sharing.sort_unstable();
    let counted = sharing.chunk_by(|one, other| one == other).map(|same| (same.len(), same[0])).collect();
    most_shared(counted, least, most)
}

/// [`sharing_most`] of those whose shared keys were counted.
pub fn most_shared<T: Ord>(mut counted: Vec<(usize, T)>, least: usize, most: usize) -> Vec<(usize, T)> {
    counted.retain(|(keys, _)| *keys >= least);
    counted.sort_unstable_by(|a, b| b.cmp(a));
    counted.truncate(most);
    counted
}
