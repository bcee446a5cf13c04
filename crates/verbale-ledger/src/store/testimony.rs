//! What the documents of an entry say of it: sentences with their offsets, and claims.

use verbale_model::Span;

use super::file::Ledger;
use super::{add, rows};
use crate::{LedgerError, Passage, Testimony, Told};

impl Ledger {
    /// An entry with the sentences and claims it rests on, by its number.
    ///
    /// # Errors
    /// When there is none, or `SQLite` fails.
    pub fn testimony(&self, number: i64) -> Result<Testimony, LedgerError> {
        let entry = self.entry(number)?;
        let mut tellings = self.tellings(number)?;
        let mut told = Vec::with_capacity(entry.tellings.len());
        for cited in &entry.tellings {
            let Some(at) = tellings.iter().position(|telling| telling.id == cited.id) else { continue };
            let telling = tellings.swap_remove(at);
            let document = self.document(&cited.id.document)?;
            let spans: Vec<Span> = telling.event.facets().into_iter().map(|(span, _)| span).collect();
            told.push(Told {
                cited: cited.clone(),
                title: document.report.title,
                retention: document.retention,
                passages: self.passages(&cited.id.document, &spans)?,
                event: telling.event,
                claims: telling.claims,
            });
        }
        Ok(Testimony { entry, told })
    }

    /// The kept sentences of a document that hold one of these spans, in their order, with their places.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn passages(&self, document: &str, spans: &[Span]) -> Result<Vec<Passage>, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT s.start, s.end, s.in_title, s.text, d.retention, d.title, t.text FROM documents d
             JOIN sentences s ON s.document = d.n
             LEFT JOIN texts t ON t.sha256 = d.sha256 AND d.retention = 'full' WHERE d.id = ?1
             ORDER BY s.in_title DESC, s.start",
        )?;
        let mut rows = statement.query([document])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let span = rows::span(row, 0)?;
            if !spans.iter().any(|wanted| span.overlaps(*wanted)) {
                continue;
            }
            let kept: Option<String> = row.get(3)?;
            let whole = if span.in_title { row.get_ref(5)? } else { row.get_ref(6)? };
            let sliced = whole.as_str_or_null().ok().flatten().map(|text| add::slice(text, span).to_owned());
            let text = kept.or(sliced).filter(|text| !text.is_empty());
            found.extend(text.map(|text| Passage { span, text }));
        }
        Ok(found)
    }
}
