//! Which blocks of a page hold the words that the extractor chose: the heaviest chain of matches in order.
//!
//! The extractor says which words belong to the article; the page says where they stand, what is a paragraph and
//! what is a caption. Both run in the same order, so matching blocks form an increasing chain, found as for longest
//! increasing subsequences, with a Fenwick tree of best scores (`O(n log n)`).

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// Words of a run that identify a place.
const RUN: usize = 3;

/// Most places at which one run is looked for.
const MOST_PLACES: usize = 24;

/// Most chains that are looked for: parts of the page that the extractor put in another order.
const MOST_CHAINS: usize = 4;

/// Least part of the chosen words that a chain holds.
const LEAST_CHAIN: f64 = 0.1;

/// A match of a block with a stretch of the chosen words.
#[derive(Debug, Clone, Copy)]
struct Match {
    block: usize,
    start: usize,
    end: usize,
    weight: usize,
    score: usize,
    before: Option<usize>,
}

/// The chosen blocks, and how many of the chosen words they hold.
#[derive(Debug, Default)]
pub struct Alignment {
    /// Indices into the blocks, increasing.
    pub blocks: Vec<usize>,
    /// Part of the chosen words that the blocks hold, 0 to 1.
    pub coverage: f64,
}

/// Hashes of the words of a text, in lower case, without punctuation.
pub fn words(text: &str) -> Vec<u64> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            let mut hasher = DefaultHasher::new();
            word.to_lowercase().hash(&mut hasher);
            hasher.finish()
        })
        .collect()
}

/// Finds the blocks that make up the chosen text.
///
/// The extractor may put parts of a page in another order than the page's. So a chain is looked for again among the
/// words that none has yet, as long as it holds a good part of the text.
pub fn align(chosen: &str, blocks: &[&str]) -> Alignment {
    let chosen = words(chosen);
    let index = Index::new(&chosen);
    let mut matches: Vec<Match> = Vec::new();
    for (block, text) in blocks.iter().enumerate() {
        let found = index.places(&chosen, &words(text)).into_iter();
        matches.extend(found.map(|(start, end, weight)| Match {
            block,
            start,
            end,
            weight,
            score: 0,
            before: None,
        }));
    }
    let (mut picked, mut covered) = (Vec::new(), 0);
    let mut taken = vec![false; chosen.len()];
    for _ in 0..MOST_CHAINS {
        let chain = chain(&mut matches, chosen.len());
        let weight: usize = chain.iter().map(|one| one.weight).sum();
        if weight == 0 || (weight as f64) < LEAST_CHAIN * chosen.len() as f64 {
            break;
        }
        covered += weight;
        for one in &chain {
            taken[one.start..one.end].fill(true);
            picked.push(one.block);
        }
        matches.retain(|one| !taken[one.start] && !taken[one.end - 1] && !picked.contains(&one.block));
    }
    picked.sort_unstable();
    Alignment { blocks: picked, coverage: covered as f64 / chosen.len().max(1) as f64 }
}

/// The heaviest chain of matches, each after the one before in the page and in the chosen words.
fn chain(matches: &mut [Match], words: usize) -> Vec<Match> {
    let mut tree = Fenwick { best: vec![None; words + 2] };
    let mut first = 0;
    while let Some(block) = matches.get(first).map(|one| one.block) {
        let length = matches[first..].partition_point(|one| one.block == block);
        // Matches of one block see each other only after all of them have looked back.
        for one in &mut matches[first..first + length] {
            let before = tree.best_to(one.start);
            one.score = one.weight + before.map_or(0, |(score, _)| score);
            one.before = before.map(|(_, at)| at);
        }
        for (at, one) in matches.iter().enumerate().skip(first).take(length) {
            tree.put(one.end, (one.score, at));
        }
        first += length;
    }
    let mut found = Vec::new();
    let mut next = tree.best_to(words).map(|(_, at)| at);
    while let Some(at) = next {
        found.push(matches[at]);
        next = matches[at].before;
    }
    found.reverse();
    found
}

/// Where each word and each run of words stands.
struct Index {
    runs: BTreeMap<Vec<u64>, Vec<usize>>,
    words: BTreeMap<u64, Vec<usize>>,
}

impl Index {
    fn new(chosen: &[u64]) -> Self {
        let mut index = Self { runs: BTreeMap::new(), words: BTreeMap::new() };
        let put = |places: &mut Vec<usize>, at| {
            if places.len() < MOST_PLACES {
                places.push(at);
            }
        };
        for (at, word) in chosen.iter().enumerate() {
            put(index.words.entry(*word).or_default(), at);
        }
        for (at, run) in chosen.windows(RUN).enumerate() {
            put(index.runs.entry(run.to_vec()).or_default(), at);
        }
        index
    }

    /// Stretches of the chosen words that a block may be: start, end, words in common.
    fn places(&self, chosen: &[u64], block: &[u64]) -> Vec<(usize, usize, usize)> {
        if block.len() <= RUN {
            let starts = block.first().and_then(|word| self.words.get(word)).map_or(&[][..], Vec::as_slice);
            return starts
                .iter()
                .filter(|start| chosen[**start..].starts_with(block))
                .map(|start| (*start, start + block.len(), block.len()))
                .collect();
        }
        self.near(block)
    }

    /// As `places`, for a block that may lack words or have some more: runs in common lie on about one diagonal.
    fn near(&self, block: &[u64]) -> Vec<(usize, usize, usize)> {
        let slack = (block.len() / 4).max(4);
        let mut hits: Vec<(isize, usize)> = Vec::new();
        for (at, run) in block.windows(RUN).enumerate() {
            for place in self.runs.get(run).into_iter().flatten() {
                hits.push((*place as isize - at as isize, *place));
            }
        }
        hits.sort_unstable();
        let mut found = Vec::new();
        let mut rest = hits.as_slice();
        while let Some((diagonal, _)) = rest.first() {
            let together = rest.partition_point(|(other, _)| *other <= diagonal + slack as isize);
            let group = &rest[..together];
            let mut places: Vec<usize> = group.iter().map(|(_, place)| *place).collect();
            places.sort_unstable();
            places.dedup();
            let runs = places.len();
            if runs * 2 > block.len() - RUN
                && let (Some(first), Some(last)) = (places.first(), places.last())
            {
                found.push((*first, last + RUN, (runs + RUN - 1).min(block.len())));
            }
            rest = &rest[together..];
        }
        found
    }
}

/// Best score up to each end, with the match that has it.
struct Fenwick {
    best: Vec<Option<(usize, usize)>>,
}

impl Fenwick {
    fn put(&mut self, end: usize, value: (usize, usize)) {
        let mut at = end + 1;
        while at < self.best.len() {
            // Of equal scores the earlier match stays: the result depends on nothing else.
            if self.best[at].is_none_or(|(score, _)| score < value.0) {
                self.best[at] = Some(value);
            }
            at += at & at.wrapping_neg();
        }
    }

    fn best_to(&self, end: usize) -> Option<(usize, usize)> {
        let mut at = end + 1;
        let mut best: Option<(usize, usize)> = None;
        while at > 0 {
            if let Some(value) = self.best[at]
                && best.is_none_or(|(score, _)| score < value.0)
            {
                best = Some(value);
            }
            at -= at & at.wrapping_neg();
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chain_leaves_out_what_is_named_elsewhere() {
        let blocks = [
            "World",
            "Ministers meet in Oslo",
            "The ministers of both states met in Oslo on Monday and spoke about fish.",
            "Share",
            "The world, they said, was watching what the two of them would do next.",
            "The ministers of both states met",
        ];
        let chosen = format!("{}\n{}", blocks[2], blocks[4]);
        let alignment = align(&chosen, &blocks);
        assert_eq!(alignment.blocks, [2, 4]);
        assert!(alignment.coverage > 0.99);
    }

    #[test]
    fn parts_in_another_order_are_found_too() {
        let blocks = [
            "The envoy said on Tuesday that talks on the border would go on next week in Geneva.",
            "Her colleague told reporters in Bern that nothing had been agreed so far about the crossing.",
        ];
        let chosen = format!("{}\n{}", blocks[1], blocks[0]);
        assert_eq!(align(&chosen, &blocks).blocks, [0, 1]);
    }

    #[test]
    fn a_block_with_a_few_words_more_is_still_found() {
        let block =
            "The envoy (pictured left) said that talks on the border would go on next week in Geneva.";
        let chosen = "The envoy said that talks on the border would go on next week in Geneva.";
        assert_eq!(align(chosen, &["Geneva", block]).blocks, [1]);
        assert!(align(chosen, &["nothing of it stands here at all"]).blocks.is_empty());
    }
}
