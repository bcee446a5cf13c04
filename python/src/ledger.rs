//! A ledger: reports come in, tables come out, texts are read again. The file is opened for each call, so that objects
//! can be shared by threads, pickled, and used after a fork.

use std::path::{Path, PathBuf};

use arrow_pyarrow::{PyArrowType, Table};
use pyo3::prelude::*;
use verbale::difference::{Between, Difference};
use verbale::flow::in_order;
use verbale::ingest::Refused;
use verbale::keep::Keeper;
use verbale::ledger::list::{LedgerQuote, Listing, line, schema, select};
use verbale::ledger::store::{self, Access, OpenRun, RunKind};
use verbale::ledger::{LedgerError, Retention};
use verbale::question::rules;
use verbale::shelving::{BATCH, Recoded, Shelf, Shelving, Text};

use crate::arrow::Filling;
use crate::balance::Question;
use crate::errors::{self, input};
use crate::filter::filter;
use crate::reports::Given;
use crate::threads;
use crate::world::{World, interrupted};

/// A ledger by the path of its file.
#[pyclass(frozen, module = "verbale._engine")]
pub struct Ledger {
    path: PathBuf,
}

/// Why something was broken off.
pub enum Stopped {
    Ledger(LedgerError),
    Python(PyErr),
}

impl From<LedgerError> for Stopped {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl From<PyErr> for Stopped {
    fn from(error: PyErr) -> Self {
        Self::Python(error)
    }
}

impl From<Stopped> for PyErr {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Ledger(error) => errors::ledger(&error),
            Stopped::Python(error) => error,
        }
    }
}

/// Opens a ledger.
pub fn open(path: &Path, access: Access) -> PyResult<store::Ledger> {
    store::Ledger::open(path, access).map_err(|error| errors::ledger(&error))
}

/// Opens a ledger as it is now, whoever writes to it meanwhile.
pub fn held(path: &Path) -> PyResult<store::Ledger> {
    let ledger = open(path, Access::Read)?;
    ledger.hold().map_err(|error| errors::ledger(&error))?;
    Ok(ledger)
}

/// What was refused: the input, and why.
pub type LeftOut = Vec<(String, String)>;

/// A run that read texts again: its number, documents read and changed, what was refused, what cannot be read again.
type Again = (Option<i64>, usize, u32, LeftOut, Vec<String>);

#[pymethods]
impl Ledger {
    #[new]
    #[pyo3(signature = (path, create=true))]
    fn new(py: Python<'_>, path: PathBuf, create: bool) -> PyResult<Self> {
        py.detach(|| open(&path, if create { Access::Create } else { Access::Read }))?;
        Ok(Self { path })
    }

    /// Codes reports and adds them; returns the numbers of those added, known and removed earlier, and what was refused.
    #[pyo3(signature = (world, input, reports, *, published=None, outlet=None, retain="full", restore=false, threads=0, at))]
    #[expect(clippy::too_many_arguments, reason = "they are what the command is given")]
    fn add(
        &self,
        py: Python<'_>,
        world: &World,
        input: &str,
        reports: Given,
        published: Option<&str>,
        outlet: Option<&str>,
        retain: &str,
        restore: bool,
        threads: usize,
        at: &str,
    ) -> PyResult<(u32, u32, usize, LeftOut)> {
        let retention = retention(retain)?;
        py.detach(|| {
            let mut refused = LeftOut::new();
            let (mut ledger, reader) = (open(&self.path, Access::Create)?, open(&self.path, Access::Read)?);
            let (pool, keeper) = (threads::pool(threads)?, Keeper::new(world.of(), retention));
            let mut shelving =
                Shelving::new(OpenRun::new(RunKind::Add, at, world.versions()?), restore, BATCH);
            let mut shelf =
                Shelf { ledger: &mut ledger, reader: &reader, keeper: &keeper, pool: Some(&pool), at };
            let reports = reports.reports(published, outlet);
            shelf.add::<Stopped>(&mut shelving, input, reports, |left_out| {
                if let Some(Refused { input, reason }) = left_out {
                    refused.push((input.clone(), reason.clone()));
                }
                Ok(interrupted()?)
            })?;
            Ok((shelving.stored, shelving.known, shelving.removed, refused))
        })
    }

    /// Removes a document with all that came from it, by its key or the name it came with; returns the keys.
    #[pyo3(signature = (document, *, at, reason=None))]
    fn remove(
        &self,
        py: Python<'_>,
        document: &str,
        at: &str,
        reason: Option<&str>,
    ) -> PyResult<Vec<String>> {
        let failed = |error: LedgerError| errors::ledger(&error);
        py.detach(|| {
            let mut ledger = open(&self.path, Access::Write)?;
            let found = ledger.named(document).map_err(failed)?;
            for id in &found {
                ledger.remove(id, at, reason).map_err(failed)?;
            }
            Ok(found)
        })
    }

    /// A table of the ledger; `wanted` is a JSON object that says which rows.
    #[pyo3(signature = (table, wanted="{}"))]
    fn table(&self, py: Python<'_>, table: &str, wanted: &str) -> PyResult<PyArrowType<Table>> {
        py.detach(|| {
            let ledger = held(&self.path)?;
            match table {
                "events" => {
                    let filter = filter(Listing::Events, wanted)?;
                    filled("events", schema::events(), select::events(&ledger, &filter))
                }
                "claims" => {
                    let filter = filter(Listing::Claims, wanted)?;
                    filled("claims", schema::claims(), select::claims(&ledger, &filter))
                }
                "quotes" => {
                    let filter = filter(Listing::Quotes, wanted)?;
                    let claims = select::claims(&ledger, &filter);
                    let quotes = claims.map(|rows| {
                        rows.filter_map(|row| row.map(LedgerQuote::of).transpose())
                    });
                    filled("quotes", schema::quotes(), quotes)
                }
                "documents" => {
                    let filter = filter(Listing::Documents, wanted)?;
                    filled("documents", schema::documents(), select::documents(&ledger, &filter, false))
                }
                "entities" => filled("entities", schema::entities(), ledger.entities().map(all)),
                "runs" => filled("runs", schema::runs(), ledger.runs().map(all)),
                "imports" => filled("imports", schema::imports(), ledger.imports().map(all)),
                "reviews" => filled("reviews", schema::reviews(), ledger.reviews().map(all)),
                other => Err(input(format!(
                    "a ledger has no table '{other}'; it has events, claims, quotes, documents, entities, runs, imports and reviews"
                ))),
            }
        })
    }

    /// The record of a document's newest coding, as a line of JSON.
    fn record(&self, py: Python<'_>, document: &str) -> PyResult<String> {
        let failed = |error: LedgerError| errors::ledger(&error);
        py.detach(|| {
            let ledger = held(&self.path)?;
            line(&ledger.record(document).map_err(failed)?).map_err(failed)
        })
    }

    /// Reads the stored texts again; returns the number of the run, if there was anything to read, of documents read
    /// and changed, what was refused, and the documents that cannot be read again.
    #[pyo3(signature = (world, *, all=false, threads=0, at))]
    fn recode(&self, py: Python<'_>, world: &World, all: bool, threads: usize, at: &str) -> PyResult<Again> {
        py.detach(|| {
            let versions = world.versions()?;
            let (mut ledger, reader) = (open(&self.path, Access::Write)?, open(&self.path, Access::Read)?);
            let wanted = ledger.to_recode(&versions, all).map_err(Stopped::from)?;
            let kept = ledger.not_recodable().map_err(Stopped::from)?;
            let (pool, keeper) = (threads::pool(threads)?, Keeper::new(world.of(), Retention::Full));
            let mut refused = LeftOut::new();
            let mut recoded = Recoded::new(OpenRun::new(RunKind::Recode, at, versions));
            let texts = wanted.iter().map(|id| match reader.document(id) {
                Ok(document) => Ok(Text(document)),
                Err(error) => Err(Refused { input: id.clone(), reason: error.to_string() }),
            });
            in_order(
                Some(&pool),
                texts,
                |text: Text| Ok(keeper.recode(text.0)),
                |done| {
                    match done {
                        Ok(recoding) => recoded.take(&mut ledger, recoding)?,
                        Err(Refused { input, reason }) => refused.push((input, reason)),
                    }
                    Ok::<(), Stopped>(interrupted()?)
                },
            )?;
            recoded.flush(&mut ledger).map_err(Stopped::from)?;
            Ok((recoded.run.number(), recoded.read, recoded.changed, refused, kept))
        })
    }

    /// What changed from one run to another, and what that does to a balance, as `verbale diff --json` prints it.
    #[pyo3(signature = (before, after, *, balance=None, rules="officials"))]
    fn diff(
        &self,
        py: Python<'_>,
        before: i64,
        after: i64,
        balance: Option<&str>,
        rules: &str,
    ) -> PyResult<String> {
        let between = balance.map(Between::parse).transpose().map_err(input)?;
        let counted = self::rules(rules).map_err(|message| input(format!("rules '{rules}': {message}")))?;
        let failed = |error: LedgerError| errors::ledger(&error);
        py.detach(|| {
            let ledger = held(&self.path)?;
            let balance = between.as_ref().map(|between| (between, &counted));
            line(&Difference::new(&ledger, [before, after], balance).map_err(failed)?).map_err(failed)
        })
    }

    /// The balance of a state between powers, as `verbale balance --json` prints it.
    fn balance(&self, py: Python<'_>, question: &Question) -> PyResult<String> {
        py.detach(|| question.answer(&held(&self.path)?))
    }
}

fn retention(word: &str) -> PyResult<Retention> {
    [Retention::Full, Retention::Excerpts, Retention::Hash]
        .into_iter()
        .find(|one| one.as_str() == word)
        .ok_or_else(|| input(format!("retain '{word}': write full, excerpts or hash")))
}

fn all<T>(rows: Vec<T>) -> impl Iterator<Item = Result<T, LedgerError>> {
    rows.into_iter().map(Ok)
}

/// A table of rows.
pub fn filled<T>(
    name: &'static str,
    columns: Vec<schema::Column<T>>,
    rows: Result<impl Iterator<Item = Result<T, LedgerError>>, LedgerError>,
) -> PyResult<PyArrowType<Table>> {
    let failed = |error: LedgerError| errors::ledger(&error);
    let mut table = Filling::new(name, columns);
    for row in rows.map_err(failed)? {
        table.push(row.map_err(failed)?)?;
    }
    table.finish()
}
