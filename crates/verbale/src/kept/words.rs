//! Words that many entries and documents share, each kept once under a number; and rows in pieces that versions share.

use std::collections::BTreeMap;
use std::sync::Arc;

/// The number that no word has.
pub(super) const NONE: u32 = u32::MAX;

/// Rows of one piece.
const PIECE: usize = 1024;

/// Words by number, and numbers by word.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    texts: Vec<Arc<str>>,
    numbers: BTreeMap<Arc<str>, u32>,
}

impl Words {
    /// The number of a word, if it has one.
    pub(super) fn known(&self, word: &str) -> Option<u32> {
        self.numbers.get(word).copied()
    }

    /// The number of a word, which gets one where it has none.
    pub(super) fn number(words: &mut Arc<Self>, word: &str) -> u32 {
        if let Some(known) = words.known(word) {
            return known;
        }
        // Earlier versions keep the words that they know.
        let words = Arc::make_mut(words);
        let number = words.texts.len() as u32;
        let word: Arc<str> = word.into();
        words.texts.push(Arc::clone(&word));
        words.numbers.insert(word, number);
        number
    }

    /// The same where there may be no word.
    pub(super) fn perhaps(words: &mut Arc<Self>, word: Option<&str>) -> u32 {
        word.map_or(NONE, |word| Self::number(words, word))
    }

    /// The word of a number.
    pub(super) fn text(&self, number: u32) -> Option<&str> {
        self.texts.get(number as usize).map(|word| &**word)
    }
}

/// Rows in order; a version that changes few of them shares all other pieces with the one before.
#[derive(Debug, Clone)]
pub(super) struct Rows<T>(Vec<Arc<Vec<T>>>);

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Clone> Rows<T> {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.last().map_or(0, |last| (self.0.len() - 1) * PIECE + last.len())
    }

    pub(super) fn get(&self, at: u32) -> Option<&T> {
        self.0.get(at as usize / PIECE)?.get(at as usize % PIECE)
    }

    pub(super) fn get_mut(&mut self, at: u32) -> Option<&mut T> {
        Arc::make_mut(self.0.get_mut(at as usize / PIECE)?).get_mut(at as usize % PIECE)
    }

    /// Adds a row at the end, and gives its place.
    pub(super) fn push(&mut self, row: T) -> u32 {
        let at = self.len() as u32;
        if let Some(last) = self.0.last_mut().filter(|last| last.len() < PIECE) {
            Arc::make_mut(last).push(row);
        } else {
            let mut piece = Vec::with_capacity(PIECE);
            piece.push(row);
            self.0.push(Arc::new(piece));
        }
        at
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter().flat_map(|piece| piece.iter())
    }

    /// Where a row is, in rows that are sorted by a number.
    pub(super) fn find(&self, number: i64, of: impl Fn(&T) -> i64) -> Option<u32> {
        let before = self.0.partition_point(|piece| piece.first().is_some_and(|first| of(first) <= number));
        let piece = before.checked_sub(1)?;
        let at = self.0[piece].binary_search_by_key(&number, &of).ok()?;
        Some((piece * PIECE + at) as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_share_what_neither_changes() {
        let mut rows: Rows<i64> = Rows::default();
        for number in 0..3000 {
            assert_eq!(rows.push(number * 2), number as u32);
        }
        let before = rows.clone();
        *rows.get_mut(2).unwrap() = 5;
        assert_eq!((before.get(2), rows.get(2), rows.len()), (Some(&4), Some(&5), 3000));
        assert!(!Arc::ptr_eq(&before.0[0], &rows.0[0]) && Arc::ptr_eq(&before.0[1], &rows.0[1]));
        let found = |number| before.find(number, |row| *row);
        assert_eq!(
            [found(0), found(4096), found(5998), found(3), found(-1), found(6000)],
            [Some(0), Some(2048), Some(2999), None, None, None]
        );
        assert_eq!((before.iter().sum::<i64>(), rows.get(3000)), (2999 * 3000, None));
    }

    #[test]
    fn a_word_keeps_its_number() {
        let mut words = Arc::default();
        let one = Words::number(&mut words, "AFG");
        let before = Arc::clone(&words);
        let other = Words::number(&mut words, "USA");
        assert_eq!((Words::number(&mut words, "AFG"), Words::perhaps(&mut words, None)), (one, NONE));
        assert_eq!((words.text(other), before.text(other), before.known("USA")), (Some("USA"), None, None));
    }
}
