//! Cursors: the end of a page as an opaque word, good for the same question only.

use std::fmt::Write as _;

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::problem::Problem;

/// Digits that tell which question a cursor belongs to.
const MARK: usize = 8;

/// The word for a place in the answer to a question.
pub fn word(question: &str, place: &impl Serialize) -> String {
    let json = serde_json::to_vec(place).unwrap_or_default();
    format!("{}{}", mark(question), hex(&json))
}

/// The place that a word stands for.
///
/// # Errors
/// When it is no cursor, or that of another question.
pub fn place<P: DeserializeOwned>(question: &str, word: &str) -> Result<P, Problem> {
    let wrong = || {
        Problem::query(
            "cursor: this is no cursor of this question; take `next` of the page before with all other parameters \
             as they were, or leave it out to begin anew",
        )
    };
    let digits = word.strip_prefix(&mark(question)).ok_or_else(wrong)?;
    let bytes = bytes(digits).ok_or_else(wrong)?;
    serde_json::from_slice(&bytes).map_err(|_| wrong())
}

fn mark(question: &str) -> String {
    let mut digits = hex(&Sha256::digest(question.as_bytes())[..MARK / 2]);
    digits.truncate(MARK);
    digits
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
    let digits = digits.as_bytes();
    let nibble = |digit: u8| (digit as char).to_digit(16).map(|value| value as u8);
    digits.len().is_multiple_of(2).then_some(())?;
    digits.chunks(2).map(|pair| Some((nibble(pair[0])? << 4) | nibble(pair[1])?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_for_its_own_question_only() {
        let one = word("/v1/events?country=AFG", &("2025-05-14", "a:e1"));
        let place: (String, String) = super::place("/v1/events?country=AFG", &one).unwrap();
        assert_eq!(place, ("2025-05-14".to_owned(), "a:e1".to_owned()));
        for (question, word) in [("/v1/events?", one.as_str()), ("/v1/events?country=AFG", "zz"), ("", "é")]
        {
            assert!(super::place::<(String, String)>(question, word).is_err(), "{word}");
        }
        let cut = &one[..one.len() - 1];
        assert!(super::place::<(String, String)>("/v1/events?country=AFG", cut).is_err());
    }
}
