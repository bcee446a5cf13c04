//! Tokens that sets and we can agree on, and the tokens of a span.

use std::collections::BTreeSet;

use verbale::model::Span;

/// Tokens of a text, in characters: runs of letters and digits, and every other mark by itself.
pub fn tokens(chars: &[char]) -> Vec<(Span, bool)> {
    let mut found: Vec<(Span, bool)> = Vec::new();
    for (at, c) in chars.iter().enumerate().filter(|(_, c)| !c.is_whitespace()) {
        let (at, word) = (at as u32, c.is_alphanumeric());
        match found.last_mut() {
            Some((last, true)) if word && last.end == at => last.end += 1,
            _ => found.push((Span { start: at, end: at + 1, in_title: false }, word)),
        }
    }
    found
}

/// The tokens that the parts of a span touch.
pub fn touched(tokens: &[(Span, bool)], parts: &[Span]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for part in parts {
        let first = tokens.partition_point(|(token, _)| token.end <= part.start);
        found.extend((first..tokens.len()).take_while(|at| tokens[*at].0.start < part.end));
    }
    found
}

/// The words of a span; its marks, where it has no word.
pub fn without_marks(tokens: &[(Span, bool)], span: &BTreeSet<usize>) -> BTreeSet<usize> {
    let words: BTreeSet<usize> = span.iter().copied().filter(|at| tokens[*at].1).collect();
    if words.is_empty() { span.clone() } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_tokens_of_their_own() {
        let text: Vec<char> = "“We agree,” he said.".chars().collect();
        let tokens = tokens(&text);
        assert_eq!(tokens.iter().filter(|(_, word)| *word).count(), 4);
        let parts = [Span { start: 0, end: 11, in_title: false }];
        let content = touched(&tokens, &parts);
        assert_eq!((content.len(), without_marks(&tokens, &content).len()), (5, 2));
    }
}
