//! Words to word pieces: folding of case, accents, quotes and dashes, then the longest known piece first.

use super::weights::{ModelError, Store};

/// Pieces kept of one word; the tail of a longer word is dropped.
const MAX_PIECES: usize = 4;

/// The vocabulary of pieces (Devlin et al. 2019, uncased), sorted by bytes.
pub(super) struct WordPiece {
    text: &'static str,
    ends: Vec<u32>,
    /// Characters above ASCII that folding changes, sorted; 0 deletes one.
    fold: Vec<(char, char)>,
    unknown: u32,
    cls: u32,
    sep: u32,
}

/// The pieces of some words of one sentence, between `[CLS]` and `[SEP]`.
#[derive(Default)]
pub(super) struct Pieces {
    /// Numbers of the pieces.
    pub(super) ids: Vec<u32>,
    /// The casing class at each word's first piece, 0 elsewhere.
    pub(super) shapes: Vec<u32>,
    /// Where each word begins among the pieces.
    pub(super) firsts: Vec<usize>,
}

impl WordPiece {
    pub(super) fn new(store: &Store) -> Result<Self, ModelError> {
        let wrong = |name: &str| ModelError::Tensor(name.to_owned());
        let text = store.text("vocab.text")?;
        let ends = store.numbers("vocab.ends")?;
        let mut start = 0;
        for &end in &ends {
            if text.get(start..end as usize).is_none() {
                return Err(wrong("vocab.ends"));
            }
            start = end as usize;
        }
        let fold = store
            .numbers("fold")?
            .as_chunks::<2>()
            .0
            .iter()
            .map(|&[from, to]| Some((char::from_u32(from)?, char::from_u32(to)?)))
            .collect::<Option<Vec<_>>>()
            .ok_or_else(|| wrong("fold"))?;
        let mut pieces = Self { text, ends, fold, unknown: 0, cls: 0, sep: 0 };
        let special = |name: &str| pieces.find("", name).ok_or_else(|| wrong("vocab.text"));
        let (unknown, cls, sep) = (special("[UNK]")?, special("[CLS]")?, special("[SEP]")?);
        (pieces.unknown, pieces.cls, pieces.sep) = (unknown, cls, sep);
        Ok(pieces)
    }

    /// The pieces of the first words, at least one word and as many as fit. `first` says that the
    /// words begin a sentence.
    pub(super) fn window(
        &self,
        words: &[&str],
        first: bool,
        most_words: usize,
        most_pieces: usize,
    ) -> Pieces {
        let mut out = Pieces { ids: vec![self.cls], shapes: vec![0], firsts: Vec::new() };
        let mut seen = !first;
        let mut folded = String::new();
        let mut ids = Vec::new();
        for word in words.iter().take(most_words) {
            self.word(word, &mut folded, &mut ids);
            if !out.firsts.is_empty() && out.ids.len() - 1 + ids.len() > most_pieces {
                break;
            }
            let starts = !seen && word.chars().any(char::is_alphanumeric);
            seen |= starts;
            out.firsts.push(out.ids.len());
            out.ids.extend_from_slice(&ids);
            out.shapes.push(shape(word) + if starts { 12 } else { 0 });
            out.shapes.resize(out.ids.len(), 0);
        }
        out.ids.push(self.sep);
        out.shapes.push(0);
        out
    }

    /// The pieces of one word into `ids`; `folded` is scratch.
    fn word(&self, word: &str, folded: &mut String, ids: &mut Vec<u32>) {
        ids.clear();
        folded.clear();
        // A word as long as a page cannot matter beyond its beginning.
        folded.extend(word.chars().take(64).filter_map(|c| self.fold(c)));
        let mut rest = folded.as_str();
        while ids.len() < MAX_PIECES {
            rest = rest.trim_start();
            let Some(c) = rest.chars().next() else { break };
            let end = if c.is_alphanumeric() {
                rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())
            } else {
                c.len_utf8()
            };
            let (chunk, tail) = rest.split_at(end);
            self.chunk(chunk, ids);
            rest = tail;
        }
        ids.truncate(MAX_PIECES);
        if ids.is_empty() {
            ids.push(self.unknown);
        }
    }

    /// The pieces of one run of letters and digits; the unknown piece where there are none.
    fn chunk(&self, chunk: &str, ids: &mut Vec<u32>) {
        let begun = ids.len();
        let mut rest = chunk;
        while !rest.is_empty() && ids.len() - begun < MAX_PIECES {
            let mark = if ids.len() > begun { "##" } else { "" };
            let found = rest
                .char_indices()
                .rev()
                .map(|(at, c)| at + c.len_utf8())
                .find_map(|end| Some((self.find(mark, &rest[..end])?, end)));
            let Some((id, end)) = found else {
                ids.truncate(begun);
                ids.push(self.unknown);
                return;
            };
            ids.push(id);
            rest = &rest[end..];
        }
    }

    /// Whether a word is one piece.
    pub(super) fn is_word(&self, word: &str) -> bool {
        self.find("", word).is_some()
    }

    /// The number of the piece `mark` + `text`.
    fn find(&self, mark: &str, text: &str) -> Option<u32> {
        let wanted = || mark.bytes().chain(text.bytes());
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.piece(middle).bytes().cmp(wanted()) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(middle as u32),
            }
        }
        None
    }

    fn piece(&self, id: usize) -> &'static str {
        let start = if id == 0 { 0 } else { self.ends[id - 1] as usize };
        &self.text[start..self.ends[id] as usize]
    }

    /// One character as the encoder sees it; `None` deletes it.
    fn fold(&self, c: char) -> Option<char> {
        match c {
            '`' => Some('\''),
            _ if c.is_ascii() => Some(c.to_ascii_lowercase()),
            _ => match self.fold.binary_search_by_key(&c, |&(from, _)| from) {
                Ok(at) => Some(self.fold[at].1).filter(|&to| to != '\0'),
                Err(_) => Some(c),
            },
        }
    }
}

/// The casing class of a word, 1 to 11; the encoder itself sees no case.
fn shape(word: &str) -> u32 {
    let (mut letters, mut upper, mut digits, mut first_upper) = (0, 0, false, false);
    for c in word.chars() {
        digits |= c.is_numeric();
        if c.is_alphabetic() {
            first_upper |= letters == 0 && c.is_uppercase();
            letters += 1;
            upper += u32::from(c.is_uppercase());
        }
    }
    match () {
        () if letters == 0 => 2 - u32::from(digits),
        () if digits => 3,
        () if upper == 0 => 5 - u32::from(word.starts_with(char::is_alphabetic)),
        () if upper == letters && upper == 1 => 6,
        () if upper == letters => 8 - u32::from(word.contains('.')),
        () if upper == 1 && first_upper => 9 + u32::from(word.contains('-')),
        () => 11,
    }
}
