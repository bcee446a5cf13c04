//! Documents with everything that was read in them, as lines of JSON: out of one ledger and into another.

use rusqlite::params;
use serde::{Deserialize, Serialize};
use verbale_model::{Record, Report, Span};

use super::add::{Addition, Sentence};
use super::file::Ledger;
use super::rows;
use super::runs::{Versions, versions_of};
use crate::list::DocumentRow;
use crate::{Document, LedgerError};

/// A document with its newest reading. In JSON the columns of the document come first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dump {
    /// The document, with its text where that is kept.
    #[serde(flatten)]
    pub row: DocumentRow,
    /// Captions of pictures in its text.
    pub captions: Vec<Span>,
    /// What intake had to guess or leave out.
    pub remarks: Vec<String>,
    /// The sentences that claims and events rest on.
    pub sentences: Vec<Sentence>,
    /// What the coder read in it.
    pub record: Record,
    /// What that depends on.
    pub versions: Versions,
}

impl Dump {
    /// The document as another ledger takes it in.
    ///
    /// # Errors
    /// When the text is not the one that the keys belong to; the message says so.
    pub fn addition(self, input: &str) -> Result<(Addition, Versions), String> {
        let row = self.row;
        let report = Report {
            id: row.id,
            text: row.text.unwrap_or_default(),
            title: row.title,
            published: row.published,
            outlet: row.outlet,
            url: row.url,
            language: row.language,
            published_method: row.published_method,
            fetched: row.fetched,
            byline: row.byline,
            captions: self.captions,
            remarks: self.remarks,
        };
        let fresh = Document::new(report.clone(), row.side.clone());
        let whole = row.retention == crate::Retention::Full;
        if whole && (fresh.sha256 != row.sha256 || fresh.id != row.document) {
            return Err(format!(
                "document {} is not what its key says: its text or what is known of it was changed; add it anew",
                row.document
            ));
        }
        let document = Document {
            id: row.document,
            sha256: row.sha256,
            chars: row.chars,
            report,
            side: row.side,
            address: fresh.address,
            retention: row.retention,
        };
        let addition = Addition::new(input, document, self.record, self.sentences);
        Ok((addition, self.versions))
    }
}

impl Ledger {
    /// A document with its newest reading.
    ///
    /// # Errors
    /// When there is no such document, or `SQLite` fails.
    pub fn dump(&self, id: &str) -> Result<Dump, LedgerError> {
        let document = self.document(id)?;
        let mut statement = self.connection.prepare_cached(
            "SELECT s.start, s.end, s.in_title, s.text FROM sentences s JOIN documents d ON d.n = s.document
             WHERE d.id = ?1 ORDER BY s.in_title DESC, s.start",
        )?;
        let sentences = statement
            .query_map([id], |row| Ok(Sentence { span: rows::span(row, 0)?, text: row.get(3)? }))?
            .collect::<Result<_, _>>()?;
        let run: i64 = self
            .connection
            .prepare_cached(
                "SELECT max(run) FROM codings WHERE document = (SELECT n FROM documents WHERE id = ?1)",
            )?
            .query_row(params![id], |row| row.get(0))?;
        Ok(Dump {
            row: self.document_row(id, true)?,
            captions: document.report.captions,
            remarks: document.report.remarks,
            sentences,
            record: self.record(id)?,
            versions: versions_of(&self.connection, run)?,
        })
    }
}
