//! Lemmas: scripts, learnt from the treebanks, that make a dictionary form of a word form, and a lexicon
//! of inflected forms that checks and overrides them.

use super::weights::{ModelError, Store};
use super::wordpiece::WordPiece;
use crate::tags::{Upos, Xpos};

/// Best scripts that the lexicon chooses from.
const SCRIPTS: usize = 8;

/// Inflected forms with their lemmas, and words that are not among the word pieces.
pub(super) struct Lexicon {
    /// Rows `form TAB Penn tag TAB lemma`, sorted; a row without a tag only says that the form is a word.
    rows: Vec<&'static str>,
}

impl Lexicon {
    pub(super) fn new(store: &Store) -> Result<Self, ModelError> {
        let rows: Vec<&str> = store.text("lexicon")?.split('\n').collect();
        if rows.is_sorted() { Ok(Self { rows }) } else { Err(ModelError::Tensor("lexicon".to_owned())) }
    }

    /// The lemma of a form: for an inflected one that of the lexicon, else what the first script makes
    /// that gives a word, else what the best script makes.
    pub(super) fn lemma(
        &self,
        form: &str,
        tags: (Upos, Xpos),
        ranked: &Ranked,
        pieces: &WordPiece,
    ) -> String {
        let (upos, xpos) = tags;
        let verb = matches!(xpos, Xpos::Vbd | Xpos::Vbn | Xpos::Vbg | Xpos::Vbz);
        let other = matches!(xpos, Xpos::Nns | Xpos::Jjr | Xpos::Jjs | Xpos::Rbr | Xpos::Rbs);
        if !(verb || other) || matches!(upos, Upos::Propn | Upos::Aux | Upos::X) {
            return ranked.best().apply(form);
        }
        let lower = form.to_lowercase();
        let key = format!("{lower}\t{xpos}\t");
        if let Some(lemma) = self.at(&key).and_then(|row| row.strip_prefix(&key)) {
            return lemma.to_owned();
        }
        for (rank, script) in ranked.first(SCRIPTS).into_iter().enumerate() {
            let lemma = script.apply(form);
            let same = lemma == lower && (rank > 0 || verb);
            if !same && (pieces.is_word(&lemma) || self.is_word(&lemma)) {
                return lemma;
            }
        }
        ranked.best().apply(form)
    }

    fn is_word(&self, word: &str) -> bool {
        let key = format!("{word}\t");
        self.at(&key).is_some_and(|row| row.starts_with(&key))
    }

    /// The first row that is not less than a key.
    fn at(&self, key: &str) -> Option<&'static str> {
        self.rows.get(self.rows.partition_point(|row| *row < key)).copied()
    }
}

/// Scripts with their scores.
pub(super) struct Ranked<'a> {
    pub(super) scripts: &'a [Script],
    pub(super) scores: &'a [f32],
}

impl Ranked<'_> {
    fn best(&self) -> Script {
        self.first(1).first().copied().unwrap_or(Script::KEEP)
    }

    /// The best scripts, best first.
    fn first(&self, count: usize) -> Vec<Script> {
        let mut taken: Vec<usize> = Vec::with_capacity(count);
        while taken.len() < count.min(self.scripts.len()) {
            let mut best: Option<usize> = None;
            for (i, score) in self.scores.iter().enumerate() {
                if !taken.contains(&i) && best.is_none_or(|best| *score > self.scores[best]) {
                    best = Some(i);
                }
            }
            let Some(best) = best else { break };
            taken.push(best);
        }
        taken.into_iter().filter_map(|i| self.scripts.get(i).copied()).collect()
    }
}

/// One rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// Cut some characters off the end and append a suffix, on the lower-cased form or the form itself.
    Edit { lower: bool, cut: usize, suffix: &'static str },
    /// Forms without a common stem ("was"): the lemma itself.
    Whole(&'static str),
}

impl Script {
    /// The form itself.
    pub(super) const KEEP: Self = Self::Edit { lower: false, cut: 0, suffix: "" };

    /// Reads a script: `keep:` or `lower:`, then nothing or `-CUT+SUFFIX`; or `=LEMMA`.
    pub(super) fn parse(text: &'static str) -> Option<Self> {
        if let Some(lemma) = text.strip_prefix('=') {
            return Some(Self::Whole(lemma));
        }
        let (case, edit) = text.split_once(':')?;
        let lower = match case {
            "lower" => true,
            "keep" => false,
            _ => return None,
        };
        if edit.is_empty() {
            return Some(Self::Edit { lower, cut: 0, suffix: "" });
        }
        let (cut, suffix) = edit.strip_prefix('-')?.split_once('+')?;
        Some(Self::Edit { lower, cut: cut.parse().ok()?, suffix })
    }

    /// The lemma of a form; a script that does not fit leaves the form (in the script's case).
    pub(super) fn apply(self, form: &str) -> String {
        match self {
            Self::Whole(lemma) => lemma.to_owned(),
            Self::Edit { lower, cut, suffix } => {
                let mut lemma = if lower { form.to_lowercase() } else { form.to_owned() };
                let end = lemma.char_indices().rev().nth(cut.wrapping_sub(1)).map_or(0, |(at, _)| at);
                if cut == 0 {
                    lemma.push_str(suffix);
                } else if end > 0 {
                    lemma.truncate(end);
                    lemma.push_str(suffix);
                }
                lemma
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Script;

    #[test]
    fn scripts_make_lemmas() {
        let lemma = |script, form| Script::parse(script).map(|script| script.apply(form));
        assert_eq!(lemma("keep:", "Kabul").as_deref(), Some("Kabul"));
        assert_eq!(lemma("lower:-3+", "Meeting").as_deref(), Some("meet"));
        assert_eq!(lemma("keep:-1+", "Americans").as_deref(), Some("American"));
        assert_eq!(lemma("lower:-3+y", "é").as_deref(), Some("é"));
        assert_eq!(lemma("=be", "was").as_deref(), Some("be"));
        assert_eq!(lemma("lower:+e", "hav").as_deref(), None);
        assert_eq!(lemma("shout:", "x"), None);
    }
}
