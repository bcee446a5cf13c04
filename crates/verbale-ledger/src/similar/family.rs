//! Families: near-copies and wire copies, told by the runs of words that two texts share.

use super::Likeness;
use super::sketch::Sketch;
use super::story::of_others;
use super::words::{Token, mix};

/// Words of a shingle.
const SPAN: usize = 5;

/// Shingles kept of one text at most; of longer texts a half, a quarter, … is kept, by the hash.
const SAMPLE: usize = 512;

/// Shingles in a row of which one at least becomes a print: a run of `WINDOW + SPAN - 1` words that two
/// texts share gives both the same print.
const WINDOW: usize = 12;

/// Prints kept of one text at most, the rarest.
const PRINTS: usize = 48;

/// Least share of the shorter text's shingles, and of its prints, that stand in the longer one.
const SHARED: f32 = 0.5;

/// The same for two texts that credit the same agency.
const SHARED_WIRE: f32 = 0.4;

/// A text of fewer words is a copy only if all of it is.
const SHORT: u32 = 12;

/// What is kept of the runs of words of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shingles {
    /// How often the sample was halved.
    pub level: u8,
    /// Hashes of shingles, sorted: all whose first `level` bits are 0. Shingling and the resemblance and
    /// containment of samples follow Broder, "On the resemblance and containment of documents" (1997).
    pub sample: Vec<u32>,
    /// Hashes of the rarest shingle of each window, sorted: winnowing as in Schleimer, Wilkerson and
    /// Aiken, "Winnowing: local algorithms for document fingerprinting" (2003), with the rareness of its
    /// words before the hash, so that what stands in every report of its kind makes no print.
    pub prints: Vec<u64>,
}

impl Shingles {
    /// Shingles of a text's words.
    pub fn new(words: &[Token]) -> Self {
        let span = SPAN.min(words.len()).max(1);
        let shingles: Vec<u64> = words.windows(span).map(shingle).collect();
        // The lowest key of a window wins: the rarest, then the one with the lowest hash.
        let keys: Vec<(u32, u64)> = shingles
            .iter()
            .zip(words.windows(span))
            .map(|(shingle, words)| {
                (u32::MAX - words.iter().map(|word| (word.rarity * 16.0) as u32).sum::<u32>(), *shingle)
            })
            .collect();
        let mut prints = lowest(&keys);
        prints.sort_unstable();
        prints.dedup();
        prints.truncate(PRINTS);
        let mut prints: Vec<u64> = prints.into_iter().map(|print| print.1).collect();
        prints.sort_unstable();
        let mut sample: Vec<u32> = shingles.into_iter().map(|shingle| (shingle >> 32) as u32).collect();
        sample.sort_unstable();
        sample.dedup();
        let mut level = 0;
        while sample.len() > SAMPLE {
            level += 1;
            sample.retain(|shingle| kept(*shingle, level));
        }
        Self { level, sample, prints }
    }
}

fn kept(shingle: u32, level: u8) -> bool {
    shingle.leading_zeros() >= u32::from(level)
}

/// The lowest of each window.
fn lowest(keys: &[(u32, u64)]) -> Vec<(u32, u64)> {
    let width = WINDOW.min(keys.len()).max(1);
    let mut found: Vec<(u32, u64)> = Vec::new();
    let mut best: Option<usize> = None;
    for (start, window) in keys.windows(width).enumerate() {
        let last = start + width - 1;
        let now = match best {
            // The lowest is still inside: only the key that came can be lower.
            Some(at) if at >= start => Some(if keys[last] <= keys[at] { last } else { at }),
            _ => (0..window.len()).min_by_key(|at| (window[*at], width - at)).map(|at| start + at),
        };
        if now != best {
            found.extend(now.map(|at| keys[at]));
            best = now;
        }
    }
    found
}

/// One hash of a few words in a row.
fn shingle(words: &[Token]) -> u64 {
    words.iter().fold(0, |hash, token| mix(hash.rotate_left(5) ^ token.word))
}

/// Prints, and the whole text.
pub fn keys(sketch: &Sketch) -> Vec<u64> {
    if sketch.length == 0 {
        return Vec::new();
    }
    let mut keys = sketch.shingles.prints.clone();
    keys.push(sketch.whole);
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Whether one of two documents is a copy of the other, or both of a third: the same text, one text cut,
/// edited, or with paragraphs of the outlet's own around it. The score is the share of the shorter text
/// that stands in the longer one.
///
/// What stands in every report of a kind (the frame of a ministry's readouts) is not enough: the prints,
/// which hold the names, must be shared too, and no two copies name other persons first. Nor is the same
/// credit: it lowers the threshold a little.
pub fn same_family(a: &Sketch, b: &Sketch) -> Option<Likeness> {
    let shorter = a.length.min(b.length);
    if shorter == 0 {
        return None;
    }
    if a.whole == b.whole && a.length == b.length {
        return Some(Likeness { score: 1.0, reason: "the same words".to_owned() });
    }
    if shorter < SHORT {
        return None;
    }
    let level = a.shingles.level.max(b.shingles.level);
    let at = |sample: &[u32]| -> Vec<u32> {
        sample.iter().copied().filter(|shingle| kept(*shingle, level)).collect()
    };
    let text = contained(&at(&a.shingles.sample), &at(&b.shingles.sample));
    let prints = contained(&a.shingles.prints, &b.shingles.prints);
    let wire = a.wire != 0 && a.wire == b.wire;
    let needed = if wire { SHARED_WIRE } else { SHARED };
    if text < needed || prints < needed || of_others(a, b) {
        return None;
    }
    let credit = if wire { ", and both credit the same agency" } else { "" };
    let percent = (text * 100.0).round();
    let reason = format!("{percent:.0} % of the shorter text stands in the longer one{credit}");
    Some(Likeness { score: text.min(1.0), reason })
}

/// Share of the smaller of two sorted lists that stands in the larger.
fn contained<T: Ord>(a: &[T], b: &[T]) -> f32 {
    let (small, large) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let shared = small.iter().filter(|one| large.binary_search(one).is_ok()).count();
    shared as f32 / small.len().max(1) as f32
}

#[cfg(test)]
mod tests {
    use verbale_model::Report;

    use super::*;

    const LINE: &str = "RIGA, May 4 (Reuters) - Latvian Foreign Minister Baiba Ozola told her Danish counterpart \
        Lars Holm on Saturday that work on the undersea cable to Gotland would begin in June, two months \
        earlier than planned, after parliament approved the funds.";

    fn sketch(text: &str) -> Sketch {
        Sketch::new(&Report { text: text.to_owned(), ..Report::default() }, &[])
    }

    fn share_a_key(a: &Sketch, b: &Sketch) -> bool {
        let keys = keys(b);
        super::keys(a).iter().any(|key| keys.binary_search(key).is_ok())
    }

    #[test]
    fn a_copy_inside_a_longer_piece_is_a_copy() {
        let own =
            |n: usize| format!("Paragraph {n} of the paper speaks of harbour {n}, its cranes and crew {n}. ");
        let around: String = (0..45).map(own).collect();
        let (line, piece) = (sketch(LINE), sketch(&format!("{around}\n{LINE}\n{around}")));
        assert!(same_family(&line, &piece).is_some() && share_a_key(&line, &piece));
    }

    #[test]
    fn a_cut_and_edited_copy_is_a_copy() {
        let edited = LINE
            .replace("RIGA, May 4 (Reuters) - ", "")
            .replace("on Saturday ", "")
            .replace(", after parliament approved the funds", "");
        let (line, copy) = (sketch(LINE), sketch(&edited));
        assert!(same_family(&line, &copy).is_some() && share_a_key(&line, &copy));
        assert_eq!(same_family(&line, &sketch(LINE)).map(|likeness| likeness.score), Some(1.0));
    }

    #[test]
    fn the_same_facts_in_other_words_are_no_copy() {
        let rewrite = "RIGA (Reuters) - Construction of a cable under the sea to Gotland is to start in June. Baiba Ozola, \
            Latvia's top diplomat, gave the news to Denmark's Lars Holm at the weekend; lawmakers had released the \
            money, so the date moves forward by two months.";
        assert!(same_family(&sketch(LINE), &sketch(rewrite)).is_none());
    }

    #[test]
    fn the_frame_of_readouts_is_no_copy() {
        let readout = |home: &str, guest: &str, land: &str, topic: &str| {
            sketch(&format!(
                "Minister of Foreign Affairs {home} received {guest}, Ambassador of {land}, at the Ministry of Foreign \
                 Affairs today. The two sides discussed bilateral relations and ways to strengthen them in all \
                 fields, in particular {topic}, and exchanged views on regional and international issues of \
                 common interest."
            ))
        };
        let a = readout("Salim Tall", "Ivo Marinov", "Bulgaria", "visas and ports");
        let b = readout("Salim Tall", "Tomás Rivas", "Chile", "copper and fishing rights");
        assert!(same_family(&a, &b).is_none());
    }

    #[test]
    fn empty_texts_are_no_copies() {
        assert!(same_family(&sketch(""), &sketch("")).is_none() && sketch("").family_keys().is_empty());
    }
}
