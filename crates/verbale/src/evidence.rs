//! Evidence of codings of others: what an import says of the events of a state, with the addresses it cites.

use std::collections::BTreeMap;

use verbale_ledger::LedgerError;
use verbale_ledger::foreign::{ForeignEvent, Wanted};
use verbale_ledger::store::Ledger;

/// An event of an import with the address of a document it cites.
#[derive(Debug, Clone)]
pub struct Cited {
    /// The event.
    pub event: ForeignEvent,
    /// The address, where one is given.
    pub address: Option<String>,
}

/// A state's events as others coded them, by id; `format` is that of the imports.
///
/// # Errors
/// When `SQLite` fails.
pub fn foreign(ledger: &Ledger, format: &str, state: &str) -> Result<BTreeMap<String, Cited>, LedgerError> {
    let imports: Vec<i64> =
        ledger.imports()?.into_iter().filter(|one| one.format == format).map(|one| one.import).collect();
    let mut found = BTreeMap::new();
    ledger.each_foreign(&Wanted { state, imports: &imports, ..Wanted::default() }, |event| {
        found.entry(event.id.clone()).or_insert(event);
        Ok(())
    })?;
    let cited = found.into_iter().map(|(id, event)| {
        let address = event.address.map(|number| ledger.foreign_address(number)).transpose()?;
        Ok((id, Cited { event, address }))
    });
    cited.collect()
}
