//! Lemma scripts: the rules, learnt from the treebanks, that make a dictionary form of a word form.

/// One rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// Cut some characters off the end and append a suffix, on the lower-cased form or the form itself.
    Edit { lower: bool, cut: usize, suffix: &'static str },
    /// Forms without a common stem ("was"): the lemma itself.
    Whole(&'static str),
}

impl Script {
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
