//! Words as sketches see them: folded, with their place in the text, and how rare they are in English.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Shares of passages in which words stand, by the word; made by `cargo xtask words`.
const TABLE: &str = include_str!("../../../../data/words/english.tsv");

/// Weight of a word that the table does not know: as if it stood in one passage of 20,000.
const UNKNOWN: f32 = 9.9;

/// Words in more than this share of passages say nothing.
const EVERYWHERE: f32 = 0.12;

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Lower case, without diacritics, apostrophes, dots and a genitive's ending.
    pub folded: String,
    /// First scalar value in the text.
    pub start: u32,
    /// Whether it was written with a capital.
    pub capital: bool,
}

/// The words of a text: runs of letters and digits. `U.S.`, `12,500` and `minister's` are one word each.
pub fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::with_capacity(text.len() / 6);
    let mut chars = text.chars().enumerate().peekable();
    let mut word = String::new();
    // Letters since the last mark inside the word.
    let (mut start, mut run, mut capital) = (0, 0, false);
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |next| next.1);
        if c.is_alphanumeric() || is_combining_mark(c) {
            if word.is_empty() {
                (start, run, capital) = (at as u32, 0, c.is_uppercase());
            }
            word.push(c);
            run += 1;
            continue;
        }
        let inside = match c {
            '\'' | '’' => next.is_alphabetic(),
            '.' if run == 1 && next.is_alphabetic() => true,
            '.' | ',' => word.ends_with(|last: char| last.is_ascii_digit()) && next.is_ascii_digit(),
            _ => false,
        };
        if word.is_empty() {
            continue;
        }
        if inside {
            if matches!(c, '\'' | '’') {
                word.push('\'');
            }
            run = 0;
        } else {
            found.push(Word { folded: fold(&word), start, capital });
            word.clear();
        }
    }
    if !word.is_empty() {
        found.push(Word { folded: fold(&word), start, capital });
    }
    found.retain(|word| !word.folded.is_empty());
    found
}

/// Lower case without marks; the genitive's ending and apostrophes go.
fn fold(word: &str) -> String {
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("'S")).unwrap_or(word);
    if word.is_ascii() {
        let mut word = word.to_ascii_lowercase();
        word.retain(|c| c != '\'');
        return word;
    }
    word.nfd().filter(|c| !is_combining_mark(*c) && *c != '\'').flat_map(char::to_lowercase).collect()
}

/// A folded word without the ending of the plural or of the third person: the "S stemmer" of Harman,
/// "How effective is suffixing?" (1991), which takes the fewest different words for one.
pub fn stem(word: &str) -> String {
    let keep = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    if word.len() < 4 || !word.ends_with('s') {
        word.to_owned()
    } else if word.ends_with("ies") && !keep(&["eies", "aies"]) {
        format!("{}y", &word[..word.len() - 3])
    } else if keep(&["us", "ss", "aes", "ees", "oes"]) {
        word.to_owned()
    } else {
        word[..word.len() - 1].to_owned()
    }
}

/// The table, by the hash of the word.
static RARITIES: LazyLock<Vec<(u64, f32)>> = LazyLock::new(|| {
    let mut rows: Vec<(u64, f32)> = TABLE.lines().skip(1).filter_map(row).collect();
    rows.sort_by_key(|row| row.0);
    rows
});

/// How much a stemmed word tells, in nats: minus the logarithm of the share of passages in which it
/// stands; 0 for words that stand everywhere. Numbers tell less than words of their rarity.
pub fn rarity(stem: &str) -> f32 {
    if stem.bytes().all(|byte| byte.is_ascii_digit()) {
        return match stem.len() {
            0..=2 => 0.0,
            4 if stem.starts_with("19") || stem.starts_with("20") => 2.0,
            _ => 5.0,
        };
    }
    if stem.len() < 2 {
        return 0.0;
    }
    let key = hash(stem.as_bytes());
    RARITIES.binary_search_by_key(&key, |row| row.0).map_or(UNKNOWN, |at| RARITIES[at].1)
}

/// One line of the table: the word, and in how many of a million passages it stands.
fn row(line: &str) -> Option<(u64, f32)> {
    let (word, share) = line.split_once('\t')?;
    let share = share.parse::<f32>().ok()? / 1e6;
    Some((hash(word.as_bytes()), if share > EVERYWHERE { 0.0 } else { -share.ln() }))
}

/// A hash that is the same on every machine and in every version: FNV-1a, its bits mixed as in
/// `SplitMix64` so that a part of them is as good as all.
pub fn hash(bytes: &[u8]) -> u64 {
    mix(bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)))
}

/// The end of `SplitMix64`.
pub fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn words_are_folded_and_keep_their_place() {
        assert_eq!(
            folded("The U.S. minister’s 12,500 Élysée-Palace don't."),
            ["the", "us", "minister", "12500", "elysee", "palace", "dont"]
        );
        assert_eq!(words("«Élysée» Paris")[1].start, 9);
        assert_eq!(folded("O'Neill said. He"), ["oneill", "said", "he"]);
        assert_eq!(folded("…'"), Vec::<String>::new());
    }

    #[test]
    fn plurals_become_one_with_their_singulars() {
        assert_eq!(
            ["talks", "parties", "crises", "gas", "congress", "corpus"].map(stem),
            ["talk", "party", "crise", "gas", "congress", "corpus"]
        );
    }

    #[test]
    fn what_stands_in_every_report_tells_less_than_a_name() {
        assert!(rarity("the") < 0.1);
        assert!(rarity("minister") < 4.0 && rarity("bilateral") < 8.0);
        assert!(rarity("zwyxolak") > 9.0 && rarity("12") < 0.1);
    }
}
