//! The rows of a ledger that a filter keeps, one after the other.

use super::filter::Filter;
use super::rows::{DocumentRow, LedgerClaim};
use crate::store::Ledger;
use crate::{Entry, LedgerError};

/// The entries that a filter keeps, in their order.
///
/// # Errors
/// When `SQLite` fails.
pub fn events<'l>(
    ledger: &'l Ledger,
    filter: &'l Filter,
) -> Result<impl Iterator<Item = Result<Entry, LedgerError>> + 'l, LedgerError> {
    let kept = |entry: &Result<Entry, LedgerError>| entry.as_ref().map_or(true, |entry| filter.keeps(entry));
    Ok(ledger.entry_numbers()?.into_iter().map(|number| ledger.entry(number)).filter(kept))
}

/// The claims that a filter keeps, document after document; what the filter says of events is asked of
/// the entry that a claim tells of.
///
/// # Errors
/// When `SQLite` fails.
pub fn claims<'l>(
    ledger: &'l Ledger,
    filter: &'l Filter,
) -> Result<impl Iterator<Item = Result<LedgerClaim, LedgerError>> + 'l, LedgerError> {
    let rows = ledger.document_ids()?.into_iter().flat_map(|id| match ledger.claim_rows(&id) {
        Ok(rows) => rows.into_iter().map(Ok).collect(),
        Err(error) => vec![Err(error)],
    });
    Ok(rows.filter_map(|row| {
        let row = match row {
            Ok(row) => row,
            Err(error) => return Some(Err(error)),
        };
        let entry = match &row.entry {
            // Merging an entry costs more than reading a claim.
            Some(id) if filter.asks_for_events() => {
                match ledger.find_entry(id).and_then(|number| ledger.entry(number)) {
                    Ok(entry) => Some(entry),
                    Err(error) => return Some(Err(error)),
                }
            }
            _ => None,
        };
        filter.keeps_claim(&row, entry.as_ref()).then_some(Ok(row))
    }))
}

/// The documents that a filter keeps, by publication date; with their texts when that is asked for and they are kept.
///
/// # Errors
/// When `SQLite` fails.
pub fn documents<'l>(
    ledger: &'l Ledger,
    filter: &'l Filter,
    with_text: bool,
) -> Result<impl Iterator<Item = Result<DocumentRow, LedgerError>> + 'l, LedgerError> {
    let kept =
        |row: &Result<DocumentRow, LedgerError>| row.as_ref().map_or(true, |row| filter.keeps_document(row));
    Ok(ledger.document_ids()?.into_iter().map(move |id| ledger.document_row(&id, with_text)).filter(kept))
}
