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
    each_word(text, |folded, start, capital| {
        found.push(Word { folded: folded.to_owned(), start, capital });
    });
    found
}

/// Calls with each word of a text: folded, its first scalar value, whether it was written with a capital.
fn each_word(text: &str, mut call: impl FnMut(&str, u32, bool)) {
    let mut chars = text.chars().enumerate().peekable();
    let (mut word, mut folded) = (String::new(), String::new());
    // Letters since the last mark inside the word.
    let (mut start, mut run, mut capital) = (0, 0, false);
    let mut end = |word: &mut String, start, capital| {
        fold(word, &mut folded);
        word.clear();
        if !folded.is_empty() {
            call(&folded, start, capital);
        }
    };
    while let Some((at, c)) = chars.next() {
        if c.is_alphanumeric() || is_combining_mark(c) {
            if word.is_empty() {
                (start, run, capital) = (at as u32, 0, c.is_uppercase());
            }
            word.push(c);
            run += 1;
            continue;
        }
        if word.is_empty() {
            continue;
        }
        let next = chars.peek().map_or(' ', |next| next.1);
        let inside = match c {
            '\'' | '’' => next.is_alphabetic(),
            '.' if run == 1 && next.is_alphabetic() => true,
            '.' | ',' => word.ends_with(|last: char| last.is_ascii_digit()) && next.is_ascii_digit(),
            _ => false,
        };
        if inside {
            if matches!(c, '\'' | '’') {
                word.push('\'');
            }
            run = 0;
        } else {
            end(&mut word, start, capital);
        }
    }
    if !word.is_empty() {
        end(&mut word, start, capital);
    }
}

/// Lower case without marks, into `folded`; the genitive's ending and apostrophes go.
fn fold(word: &str, folded: &mut String) {
    folded.clear();
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("'S")).unwrap_or(word);
    if word.is_ascii() {
        folded.extend(word.chars().filter(|c| *c != '\'').map(|c| c.to_ascii_lowercase()));
    } else {
        let letters = word.nfd().filter(|c| !is_combining_mark(*c) && *c != '\'');
        folded.extend(letters.flat_map(char::to_lowercase));
    }
}

/// One word of a text as it is compared.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// Hash of the folded word.
    pub word: u64,
    /// Hash of its stem.
    pub stem: u64,
    /// How much the stem tells, as [`rarity`] has it.
    pub rarity: f32,
    /// First scalar value in the text.
    pub start: u32,
}

/// The words of a text, hashed, and the hash of all of them.
pub fn tokens(text: &str) -> (Vec<Token>, u64) {
    let mut found = Vec::with_capacity(text.len() / 6);
    let mut all = SEED;
    each_word(text, |folded, start, _| {
        let (base, ending) = parts(folded);
        let stem = mix(fnv(fnv(SEED, base.as_bytes()), ending.as_bytes()));
        let rarity = if ending.is_empty() { known_rarity(base, stem) } else { of_hash(stem) };
        all = fnv(fnv(all, folded.as_bytes()), b" ");
        found.push(Token { word: hash(folded.as_bytes()), stem, rarity, start });
    });
    (found, mix(all))
}

/// A folded word without the ending of the plural or of the third person: the "S stemmer" of Harman,
/// "How effective is suffixing?" (1991), which takes the fewest different words for one.
pub fn stem(word: &str) -> String {
    let (base, ending) = parts(word);
    format!("{base}{ending}")
}

/// A stem as the part of the word that stays, and what comes in place of its ending.
fn parts(word: &str) -> (&str, &'static str) {
    let keep = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    if word.len() < 4 || !word.ends_with('s') {
        (word, "")
    } else if word.ends_with("ies") && !keep(&["eies", "aies"]) {
        (&word[..word.len() - 3], "y")
    } else if keep(&["us", "ss", "aes", "ees", "oes"]) {
        (word, "")
    } else {
        (&word[..word.len() - 1], "")
    }
}

/// The table, by the hash of the word.
static RARITIES: LazyLock<Table> = LazyLock::new(|| {
    let mut rows: Vec<(u64, f32)> = TABLE.lines().skip(1).filter_map(row).collect();
    rows.sort_by_key(|row| row.0);
    let starts = (0..=BUCKETS).map(|bucket| rows.partition_point(|row| top(row.0) < bucket) as u32).collect();
    Table { rows, starts }
});

/// Beginnings of hashes by which rows are found at once: more than there are rows.
const BUCKETS: usize = 1 << 14;

/// Words with how much they tell, in order of their hashes.
struct Table {
    rows: Vec<(u64, f32)>,
    /// The first row whose hash begins with each number, and the end.
    starts: Vec<u32>,
}

/// The first 14 bits.
fn top(hash: u64) -> usize {
    (hash >> 50) as usize
}

/// How much a stemmed word tells, in nats: minus the logarithm of the share of passages in which it
/// stands; 0 for words that stand everywhere. Numbers tell less than words of their rarity.
#[cfg(test)]
fn rarity(stem: &str) -> f32 {
    known_rarity(stem, hash(stem.as_bytes()))
}

/// [`rarity`] of a stem whose hash is known.
fn known_rarity(stem: &str, hash: u64) -> f32 {
    if stem.bytes().all(|byte| byte.is_ascii_digit()) {
        return match stem.len() {
            0..=2 => 0.0,
            4 if stem.starts_with("19") || stem.starts_with("20") => 2.0,
            _ => 5.0,
        };
    }
    if stem.len() < 2 { 0.0 } else { of_hash(hash) }
}

/// [`rarity`] by the hash alone, for stems that are neither numbers nor letters.
fn of_hash(hash: u64) -> f32 {
    let Table { rows, starts } = &*RARITIES;
    let bucket = top(hash);
    let among = &rows[starts[bucket] as usize..starts[bucket + 1] as usize];
    among.iter().find(|row| row.0 == hash).map_or(UNKNOWN, |row| row.1)
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
    mix(fnv(SEED, bytes))
}

/// Where FNV-1a begins.
const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, from what it was for the bytes before.
fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
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
