//! Character offsets of a report, and the table that turns byte offsets into them.

use serde::{Deserialize, Serialize};

/// A stretch of the report: Unicode scalar values, `start` inclusive, `end` exclusive.
///
/// Spans in a title that was given beside the text carry `"in": "title"` and count from the
/// title's own start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// First scalar value.
    pub start: u32,
    /// Scalar value after the last.
    pub end: u32,
    /// Whether it lies in the title given beside the text.
    #[serde(rename = "in", default, skip_serializing_if = "is_body", with = "title_flag")]
    pub in_title: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_body(in_title: &bool) -> bool {
    !in_title
}

/// Writes the flag as the word `title`.
mod title_flag {
    use serde::{Deserialize, Deserializer, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    pub fn serialize<S: Serializer>(_: &bool, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("title")
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
        Ok(String::deserialize(deserializer)? == "title")
    }
}

impl Span {
    /// Whether the two share at least one character.
    pub fn overlaps(self, other: Self) -> bool {
        self.in_title == other.in_title && self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies inside this one.
    pub fn contains(self, other: Self) -> bool {
        self.in_title == other.in_title && self.start <= other.start && other.end <= self.end
    }

    /// Number of scalar values.
    pub fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether it holds nothing.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
}

/// Byte offsets to scalar offsets, in constant time each: a count every 64 bytes.
#[derive(Debug, Clone)]
pub struct Offsets {
    text: String,
    every: Vec<u32>,
}

const STRIDE: usize = 64;

impl Offsets {
    /// Builds the table for `text` in one pass.
    pub fn new(text: &str) -> Self {
        let mut every = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut chars = 0;
        for (at, byte) in text.bytes().enumerate() {
            if at.is_multiple_of(STRIDE) {
                every.push(chars);
            }
            chars += u32::from(starts_char(byte));
        }
        if text.len().is_multiple_of(STRIDE) {
            every.push(chars);
        }
        Self { text: text.to_owned(), every }
    }

    /// Scalar values before byte `at`; `at` past the end counts all of them.
    pub fn chars(&self, at: usize) -> u32 {
        let at = at.min(self.text.len());
        let block = at / STRIDE;
        let before = self.every.get(block).copied().unwrap_or_default();
        let rest = &self.text.as_bytes()[block * STRIDE..at];
        before + rest.iter().filter(|byte| starts_char(**byte)).count() as u32
    }

    /// The byte at which scalar value `at` begins; past the last one, the length of the text.
    pub fn byte(&self, at: u32) -> usize {
        let block = self.every.partition_point(|chars| *chars <= at).saturating_sub(1);
        let from = block * STRIDE;
        let left = at - self.every.get(block).copied().unwrap_or_default();
        let mut starts = (from..self.text.len()).filter(|byte| self.text.is_char_boundary(*byte));
        starts.nth(left as usize).unwrap_or(self.text.len())
    }
}

fn starts_char(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_scalars() {
        let text = "«Élysée» ".repeat(40);
        let offsets = Offsets::new(&text);
        for (chars, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(offsets.chars(byte), chars as u32);
            assert_eq!(offsets.byte(chars as u32), byte);
        }
        assert_eq!(offsets.chars(text.len() + 9), text.chars().count() as u32);
        assert_eq!(offsets.byte(u32::MAX), text.len());
    }

    #[test]
    fn a_title_span_says_so() {
        let span = Span { start: 1, end: 2, in_title: true };
        let json = serde_json::to_string(&span).unwrap();
        assert_eq!(json, r#"{"start":1,"end":2,"in":"title"}"#);
        assert_eq!(serde_json::from_str::<Span>(&json).unwrap(), span);
    }
}
