//! Reviews as JSON lines, for another ledger and for safe keeping.

use std::io::{BufRead, Write};

use super::Review;
use crate::error::LedgerError;

/// A line that is no review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Its number, from 1.
    pub line: usize,
    /// Why, and what to do.
    pub reason: String,
}

/// Writes reviews, one a line.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write(reviews: &[Review], out: &mut impl Write) -> Result<(), LedgerError> {
    for review in reviews {
        serde_json::to_writer(&mut *out, review)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Reads reviews that `known` does not have yet; what is no review is refused by its line.
///
/// # Errors
/// Where `input` cannot be read.
pub fn read(input: impl BufRead, known: &[Review]) -> Result<(Vec<Review>, Vec<Refused>), LedgerError> {
    let mut seen: std::collections::BTreeSet<String> = known.iter().map(|review| review.id.clone()).collect();
    let (mut reviews, mut refused) = (Vec::new(), Vec::new());
    for (at, line) in input.split(b'\n').enumerate() {
        let line = line?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        match parse(&line) {
            Ok(review) if seen.insert(review.id.clone()) => reviews.push(review),
            Ok(_) => {}
            Err(reason) => refused.push(Refused { line: at + 1, reason }),
        }
    }
    Ok((reviews, refused))
}

fn parse(line: &[u8]) -> Result<Review, String> {
    let review: Review = serde_json::from_slice(line).map_err(|error| format!("no review: {error}"))?;
    if !review.at.ends_with('Z') || review.at.parse::<jiff::Timestamp>().is_err() {
        return Err(format!("'{}' is no time: write UTC, such as 2025-10-24T09:30:00Z", review.at));
    }
    if review.id == review.key() {
        Ok(review)
    } else {
        Err(format!("id {} does not fit the content: export it again", review.id))
    }
}
