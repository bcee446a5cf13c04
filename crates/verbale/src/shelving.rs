//! What was coded on its way into a ledger: in batches that are stored whole or not at all.

use std::collections::BTreeSet;

use rayon::ThreadPool;
use verbale_ledger::store::{Addition, Input, Ledger, OpenRun, Recoding, Standing};
use verbale_ledger::{Document, LedgerError};
use verbale_model::Report;

use crate::flow::{self, in_order};
use crate::ingest::Refused;
use crate::keep::Keeper;

/// Documents that are stored in one transaction, unless said otherwise.
pub const BATCH: usize = 128;

/// Collects coded reports into batches, stores them, and counts what became of them.
pub struct Shelving {
    /// The run that they are part of; it begins with the first one that is stored.
    pub run: OpenRun,
    /// How many were new.
    pub stored: u32,
    /// How many were there.
    pub known: u32,
    /// How many were removed earlier, and stay away.
    pub removed: usize,
    restore: bool,
    batch: usize,
    waiting: Vec<Addition>,
}

impl Shelving {
    /// Stores so many in one transaction; those that were removed earlier come back when `restore` says so.
    pub fn new(run: OpenRun, restore: bool, batch: usize) -> Self {
        Self { run, stored: 0, known: 0, removed: 0, restore, batch, waiting: Vec::new() }
    }

    fn take(&mut self, ledger: &mut Ledger, coded: Result<Addition, Standing>) -> Result<(), LedgerError> {
        match coded {
            Ok(addition) => self.waiting.push(addition),
            Err(Standing::Removed) => self.removed += 1,
            Err(_) => self.known += 1,
        }
        if self.waiting.len() >= self.batch { self.flush(ledger) } else { Ok(()) }
    }

    fn flush(&mut self, ledger: &mut Ledger) -> Result<(), LedgerError> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        if self.restore {
            for addition in &self.waiting {
                ledger.forgive(&addition.document.id)?;
            }
        }
        let added = ledger.add(&mut self.run, &self.waiting)?;
        self.waiting.clear();
        self.stored += added.stored;
        self.known += added.known;
        self.removed += added.removed.len();
        Ok(())
    }
}

/// A ledger that takes in reports, and what they are coded with.
pub struct Shelf<'a> {
    /// The ledger.
    pub ledger: &'a mut Ledger,
    /// The same ledger, for looking up what is in it while others may write.
    pub reader: &'a Ledger,
    /// Codes reports.
    pub keeper: &'a Keeper<'a>,
    /// The threads to work on; those of the process where there is none.
    pub pool: Option<&'a ThreadPool>,
    /// The time, as RFC 3339.
    pub at: &'a str,
}

impl Shelf<'_> {
    /// Codes the reports of an input and stores them; what is known needs no coding. `seen` is told of every report,
    /// and why one was refused. Returns how many were.
    ///
    /// # Errors
    /// When `SQLite` fails, or the first of `seen`; whole batches stay stored.
    pub fn add<E: From<LedgerError>>(
        &mut self,
        shelving: &mut Shelving,
        input: &str,
        reports: impl Iterator<Item = Result<Report, Refused>>,
        mut seen: impl FnMut(Option<&Refused>) -> Result<(), E>,
    ) -> Result<usize, E> {
        let Self { ledger, reader, keeper, pool, at } = self;
        let (mut again, mut count, restore) = (BTreeSet::new(), 0, shelving.restore);
        // Who else may have stored it meanwhile is seen when it is written.
        let offers = reports.map(|report| {
            let document = Document::new(report?, None);
            let standing = match reader.standing(&document.id).unwrap_or(Standing::New) {
                Standing::Removed if restore => Standing::New,
                other => other,
            };
            Ok(Offer { document, standing })
        });
        let work = |offer: Offer| {
            if offer.standing != Standing::New {
                return Ok(Err(offer.standing));
            }
            Ok(Ok(keeper.code(input, keeper.document(offer.document.report))))
        };
        in_order(*pool, offers, work, |done| match done {
            Ok(coded) => {
                shelving.take(ledger, coded)?;
                seen(None)
            }
            Err(refused) => {
                count += 1;
                ledger.refuse(&refused.input, &refused.reason, at)?;
                again.insert(refused.input.clone());
                seen(Some(&refused))
            }
        })?;
        shelving.flush(ledger)?;
        ledger.forget_refusals(input, &again)?;
        if let (Some(run), true) = (shelving.run.number(), count > 0) {
            let refused = count as u32;
            ledger.cover(run, &Input { name: input.to_owned(), documents: 0, stored: 0, refused })?;
        }
        Ok(count)
    }
}

/// A document on its way to be coded.
struct Offer {
    document: Document,
    standing: Standing,
}

impl flow::Input for Offer {
    fn name(&self) -> String {
        self.document.report.id.clone()
    }

    fn size(&self) -> usize {
        self.document.report.text.len()
    }
}

/// A stored text on its way to be read again.
pub struct Text(pub Document);

impl flow::Input for Text {
    fn name(&self) -> String {
        self.0.id.clone()
    }

    fn size(&self) -> usize {
        self.0.report.text.len()
    }
}

/// Collects documents that were read again into batches, and stores them.
pub struct Recoded {
    /// The run that they are part of.
    pub run: OpenRun,
    /// How many were read again.
    pub read: usize,
    /// In how many of them something changed.
    pub changed: u32,
    waiting: Vec<Recoding>,
}

impl Recoded {
    /// Nothing yet.
    pub fn new(run: OpenRun) -> Self {
        Self { run, read: 0, changed: 0, waiting: Vec::new() }
    }

    /// Takes in a document that was read again.
    ///
    /// # Errors
    /// When `SQLite` fails; then nothing of the batch is stored.
    pub fn take(&mut self, ledger: &mut Ledger, recoding: Recoding) -> Result<(), LedgerError> {
        self.waiting.push(recoding);
        if self.waiting.len() >= BATCH { self.flush(ledger) } else { Ok(()) }
    }

    /// Stores what waits.
    ///
    /// # Errors
    /// When `SQLite` fails; then nothing of the batch is stored.
    pub fn flush(&mut self, ledger: &mut Ledger) -> Result<(), LedgerError> {
        self.changed += ledger.recode(&mut self.run, &self.waiting)?;
        self.read += self.waiting.len();
        self.waiting.clear();
        Ok(())
    }
}
