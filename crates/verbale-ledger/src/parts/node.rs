//! Names of documents and tellings that are short and sort as the ledger adds them.

use crate::similar::Kind;

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Matter {
    /// Documents: copies of one text.
    Family,
    /// Documents: reports about the same happening.
    Story,
    /// Tellings.
    Telling,
}

impl Matter {
    /// The number that stands for it in tables.
    pub const fn number(self) -> i32 {
        match self {
            Self::Family => 0,
            Self::Story => 1,
            Self::Telling => 2,
        }
    }

    /// The matter of a number.
    pub const fn of(number: i32) -> Option<Self> {
        match number {
            0 => Some(Self::Family),
            1 => Some(Self::Story),
            2 => Some(Self::Telling),
            _ => None,
        }
    }

    /// The kind of likeness, of documents.
    pub const fn kind(self) -> Option<Kind> {
        match self {
            Self::Family => Some(Kind::Family),
            Self::Story => Some(Kind::Story),
            Self::Telling => None,
        }
    }
}

impl From<Kind> for Matter {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Family => Self::Family,
            Kind::Story => Self::Story,
        }
    }
}

/// A document or a telling. Sorted: by publication, those without a date last, by key, by place in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    /// The publication date, as [`when`] has it.
    pub when: u32,
    /// The document's key as a number.
    pub document: u64,
    /// The place of the event in the record, from 1; 0 for the document itself.
    pub event: u32,
}

/// Bits of a date that tell days; what comes above them tells weeks, about.
const WEEK: u32 = 3;

/// Blocks of what has no date.
const UNDATED: u64 = 64;

impl Node {
    /// The node of a document.
    ///
    /// None where the key is not 16 hexadecimal digits.
    pub fn of(id: &str, published: Option<&str>) -> Option<Self> {
        let document = (id.len() == 16).then(|| u64::from_str_radix(id, 16).ok())??;
        Some(Self { when: published.map_or(u32::MAX, when), document, event: 0 })
    }

    /// The key of the document.
    pub fn id(self) -> String {
        id(self.document)
    }

    /// The block that is compared in one place: about a week of publications, for mostly these share keys.
    pub fn block(self) -> i32 {
        if self.when == u32::MAX {
            return -1 - (self.document % UNDATED) as i32;
        }
        (self.when >> WEEK).cast_signed()
    }
}

/// A document's key from its number.
pub fn id(document: u64) -> String {
    format!("{document:016x}")
}

/// A publication date as a number that sorts as the text does: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. What is none of
/// these comes last.
pub fn when(published: &str) -> u32 {
    let digits = |from: usize, to: usize| -> Option<u32> { published.get(from..to)?.parse().ok() };
    let found = match published.len() {
        4 => digits(0, 4).map(|year| [year, 0, 0]),
        7 => digits(0, 4).zip(digits(5, 7)).map(|(year, month)| [year, month, 0]),
        10 => {
            digits(0, 4).zip(digits(5, 7)).zip(digits(8, 10)).map(|((year, month), day)| [year, month, day])
        }
        _ => None,
    };
    found.map_or(u32::MAX, |[year, month, day]| year << 9 | month.min(15) << 5 | day.min(31))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_sort_as_publication_and_key_do() {
        let dates = ["1999-12-31", "2025", "2025-01", "2025-01-01", "2025-01-31", "2025-02", "2026-01-01"];
        assert!(dates.map(when).is_sorted());
        let node = |id: &str, published| Node::of(id, published).unwrap();
        let (late, early) = (node("00000000000000ff", None), node("ffffffffffffffff", Some("2025-01-01")));
        assert!(early < late && node("0000000000000001", Some("2025-01-01")) < early);
        assert_eq!((late.id().as_str(), late.block()), ("00000000000000ff", -64));
        assert_eq!(Node::of("0xff", None), None);
        assert_eq!([when("soon"), when("20250101")], [u32::MAX; 2]);
    }
}
