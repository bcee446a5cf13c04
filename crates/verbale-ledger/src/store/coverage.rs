//! Which sources wrote how much, and when, counted from the documents.

use super::file::Ledger;
use crate::{Coverage, Covered, LedgerError};

impl Ledger {
    /// Documents by source and month.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn coverage(&self) -> Result<Coverage, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT d.outlet, substr(d.published, 1, 7) AS month, count(*),
                    sum((SELECT count(*) FROM tellings t WHERE t.document = d.n AND t.current))
             FROM documents d GROUP BY d.outlet, month
             ORDER BY d.outlet IS NULL, d.outlet, month IS NULL, month",
        )?;
        let covered = statement.query_map([], |row| {
            Ok(Covered {
                source: row.get(0)?,
                month: row.get(1)?,
                documents: row.get(2)?,
                events: row.get(3)?,
            })
        })?;
        let covered = covered.collect::<Result<_, _>>()?;
        let kept = "SELECT (SELECT count(*) FROM refusals), count(*) FILTER (WHERE retention = 'excerpts'),
                    count(*) FILTER (WHERE retention = 'hash') FROM documents";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        let (refused, excerpts, hashes) = self.connection.prepare_cached(kept)?.query_row([], read)?;
        Ok(Coverage { covered, refused, excerpts, hashes })
    }
}
