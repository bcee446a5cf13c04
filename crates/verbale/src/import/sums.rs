//! Sums over the blocks of a file, and whether the file was one of its format at all.

use std::collections::BTreeMap;

use verbale_ledger::store::Tally;

use super::parsed::{Parsed, Reject, Unknown};

/// What all blocks came to.
#[derive(Debug, Default)]
pub struct Sums {
    /// Rows read, not asked for, and refused.
    pub tally: Tally,
    /// In how many rows each unknown code stands.
    pub unknown: BTreeMap<Unknown, u64>,
    /// Rows that were no UTF-8 and were read as Windows-1252.
    pub latin: u64,
    /// The first rows that cannot be read, as many as are wanted.
    pub rejects: Vec<Reject>,
}

impl Sums {
    /// Adds up a block; keeps so many rejects in all.
    pub fn take(&mut self, parsed: &Parsed, most: usize) {
        self.tally.rows += parsed.rows;
        self.tally.filtered += parsed.filtered;
        self.tally.refused += parsed.rejects.len() as u64;
        self.latin += parsed.latin;
        let room = most.saturating_sub(self.rejects.len());
        self.rejects.extend(parsed.rejects.iter().take(room).cloned());
        for (code, rows) in &parsed.unknown {
            *self.unknown.entry(code.clone()).or_default() += rows;
        }
    }

    /// Whether anything could be read.
    ///
    /// # Errors
    /// When the file has no rows, or none that is of the format.
    pub fn check(&self, format: &str) -> Result<(), String> {
        let Tally { rows, refused, .. } = self.tally;
        if rows == 0 {
            return Err("it has no rows".to_owned());
        }
        if rows == refused {
            let example = self.rejects.first().map(Reject::to_string).unwrap_or_default();
            return Err(format!("none of its {rows} rows can be read as {format}: {example}"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(rows: u64, refused: u64) -> Parsed {
        let reject = |line| Reject {
            part: String::new(),
            line,
            reason: "vote".to_owned(),
            expected: "yes".to_owned(),
            got: "7".to_owned(),
        };
        let unknown = BTreeMap::from([(("country", "DD".to_owned()), refused)]);
        Parsed { rows, rejects: (1..=refused).map(reject).collect(), unknown, ..Parsed::default() }
    }

    #[test]
    fn a_file_without_a_row_that_can_be_read_is_none() {
        let mut sums = Sums::default();
        assert_eq!(sums.check("un-votes").unwrap_err(), "it has no rows");
        sums.take(&block(3, 3), 2);
        let error = sums.check("un-votes").unwrap_err();
        assert_eq!(error, "none of its 3 rows can be read as un-votes: line 1: vote; expected yes, got '7'");
        sums.take(&block(2, 1), 2);
        assert_eq!(sums.check("un-votes"), Ok(()));
        assert_eq!((sums.tally.rows, sums.tally.refused, sums.rejects.len()), (5, 4, 2));
        assert_eq!(sums.unknown[&("country", "DD".to_owned())], 4);
    }
}
