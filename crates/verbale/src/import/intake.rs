//! A file into the ledger, whole or not at all: one thread reads it, others make rows of it, and one writes them.

use std::fmt;
use std::path::Path;
use std::sync::mpsc::{SyncSender, sync_channel};

use rayon::ThreadPool;
use serde::Serialize;
use verbale_ledger::LedgerError;
use verbale_ledger::store::{About, Dictionaries, Import, Imported, Ledger, OpenRun};

use super::parsed::{Parsed, Reject};
use super::parts::{ImportError, parts, sha256_of};
use super::sums::Sums;
use super::{Block, Reader};
use crate::flow::{Input, in_order};
use crate::ingest::Refused;

/// Blocks that wait for a thread.
const AHEAD: usize = 4;

/// A file on its way in.
#[derive(Debug)]
pub struct Source<'p> {
    /// Where it is.
    pub path: &'p Path,
    /// How the ledger calls it.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

impl<'p> Source<'p> {
    /// A file that is called by its path.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn new(path: &'p Path) -> Result<Self, ImportError> {
        Ok(Self { path, name: path.display().to_string(), sha256: sha256_of(path)? })
    }
}

/// What came of a file.
#[derive(Debug, Serialize)]
pub struct Taken {
    /// What the ledger keeps of it.
    #[serde(flatten)]
    pub imported: Imported,
    /// It had come in before, and added nothing.
    pub known: bool,
    /// In how many rows each unknown code stands, by system and code.
    pub unknown: Vec<Odd>,
    /// Rows that were no UTF-8 and were read as Windows-1252.
    pub windows_1252: u64,
    /// The first rows that could not be read, as many as were wanted.
    #[serde(skip)]
    pub rejects: Vec<Reject>,
}

/// Why a file was not taken in.
#[derive(Debug)]
pub enum Untaken {
    /// It came in before with other filters or another mapping, as this import.
    Otherwise(i64),
    /// It breaks off, or is none of its format.
    Unreadable(String),
}

impl fmt::Display for Untaken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Otherwise(import) => write!(
                f,
                "it came in as import {import} with other filters or another mapping; `verbale import remove {import}` makes room for it"
            ),
            Self::Unreadable(reason) => f.write_str(reason),
        }
    }
}

/// A code that is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Odd {
    /// What it should stand for: a country, an event.
    pub system: &'static str,
    /// As it is written.
    pub code: String,
    /// In how many rows.
    pub rows: u64,
}

impl Taken {
    fn known(imported: Imported) -> Self {
        Self { imported, known: true, unknown: Vec::new(), windows_1252: 0, rejects: Vec::new() }
    }

    fn new(imported: Imported, sums: Sums) -> Self {
        let odd = |((system, code), rows)| Odd { system, code, rows };
        let unknown = sums.unknown.into_iter().map(odd).collect();
        Self { imported, known: false, unknown, windows_1252: sums.latin, rejects: sums.rejects }
    }

    /// The codes that stand in most rows come first.
    pub fn worst(&self) -> Vec<&Odd> {
        let mut worst: Vec<&Odd> = self.unknown.iter().collect();
        worst.sort_by_key(|odd| std::cmp::Reverse(odd.rows));
        worst
    }
}

/// Takes in files of one format, one after the other.
pub struct Intake<'l> {
    /// Where they go.
    pub ledger: &'l mut Ledger,
    /// The run they are part of.
    pub run: OpenRun,
    /// How they are read, and what of them is wanted.
    pub reader: &'l Reader,
    /// Threads to work on; without it those of the process.
    pub pool: Option<&'l ThreadPool>,
    /// How many rows that cannot be read are given back with a file.
    pub most: usize,
    known: Dictionaries,
}

impl<'l> Intake<'l> {
    /// Nothing is taken in yet.
    pub fn new(ledger: &'l mut Ledger, run: OpenRun, reader: &'l Reader) -> Self {
        Self { ledger, run, reader, pool: None, most: 1, known: Dictionaries::default() }
    }

    /// Takes in a file, unless it is known or cannot be read to its end; then it says why. `seen` is told of
    /// each block, in order.
    ///
    /// # Errors
    /// The ledger's, and those of `seen`; the file then left nothing.
    pub fn take<E: From<LedgerError>>(
        &mut self,
        source: &Source<'_>,
        seen: impl FnMut(&Parsed) -> Result<(), E>,
    ) -> Result<Result<Taken, Untaken>, E> {
        let Source { name, sha256, .. } = source;
        let (format, settings) = (self.reader.format.name().to_owned(), self.reader.settings());
        if let Some(imported) = self.ledger.imported(sha256, &format)? {
            let same = imported.settings == settings;
            return Ok(if same {
                Ok(Taken::known(imported))
            } else {
                Err(Untaken::Otherwise(imported.import))
            });
        }
        let about = About { format, name: name.clone(), sha256: sha256.clone(), settings };
        let mut import = self.ledger.import(&mut self.run, &mut self.known, about)?;
        let mut sums = Sums::default();
        let read = Reading { reader: self.reader, source, pool: self.pool, most: self.most };
        if let Err(reason) = read.to_end::<E>(&mut import, &mut sums, seen)? {
            return Ok(Err(Untaken::Unreadable(reason)));
        }
        Ok(match sums.check(self.reader.format.name()) {
            Ok(()) => Ok(Taken::new(import.finish(sums.tally)?, sums)),
            Err(reason) => Err(Untaken::Unreadable(reason)),
        })
    }
}

/// One file, as it is read.
struct Reading<'r> {
    reader: &'r Reader,
    source: &'r Source<'r>,
    pool: Option<&'r ThreadPool>,
    most: usize,
}

impl Reading<'_> {
    /// Reads to the end, or to where it breaks off, and says why it does.
    fn to_end<E: From<LedgerError>>(
        &self,
        import: &mut Import<'_>,
        sums: &mut Sums,
        mut seen: impl FnMut(&Parsed) -> Result<(), E>,
    ) -> Result<Result<(), String>, E> {
        let mut whole = Ok(());
        std::thread::scope(|scope| {
            let (sender, receiver) = sync_channel(AHEAD);
            scope.spawn(|| self.cut(sender));
            in_order(
                self.pool,
                receiver.into_iter(),
                |Cut(block, _)| Ok(self.reader.parse(&block)),
                |parsed| {
                    match parsed {
                        Ok(parsed) if whole.is_ok() => {
                            import.take(&parsed.batch)?;
                            seen(&parsed)?;
                            sums.take(&parsed, self.most);
                        }
                        Err(Refused { reason, .. }) if whole.is_ok() => whole = Err(reason),
                        _ => {}
                    }
                    Ok::<(), E>(())
                },
            )
        })?;
        Ok(whole)
    }

    /// Cuts the file into blocks and sends them; ends early when nobody takes them any more.
    #[expect(clippy::needless_pass_by_value, reason = "the channel closes when the reader is done")]
    fn cut(&self, sender: SyncSender<Result<Cut, Refused>>) {
        let mut before = 0;
        let gone = || ImportError("nobody takes it".to_owned());
        let read = parts(self.source.path, &mut |part| {
            let mut blocks = self.reader.blocks(part, before);
            for block in blocks.by_ref() {
                sender.send(Ok(Cut(block?, self.source.name.clone()))).map_err(|_| gone())?;
            }
            before = blocks.lines();
            Ok(())
        });
        if let Err(error) = read {
            let input = self.source.name.clone();
            let _ = sender.send(Err(Refused { input, reason: error.to_string() }));
        }
    }
}

/// A block on its way to a thread.
struct Cut(Block, String);

impl Input for Cut {
    fn name(&self) -> String {
        self.1.clone()
    }

    fn size(&self) -> usize {
        self.0.size()
    }
}
