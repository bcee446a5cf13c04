//! Reading reports: one as the JSON of its record, many as a table, in a world of the user's choice.

use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use arrow_pyarrow::{PyArrowType, Table};
use pyo3::prelude::*;
use verbale::flow::in_order;
use verbale::given::{GivenError, complete, rename, world};
use verbale::ingest::Refused;
use verbale::keep::{Keeper, versions};
use verbale::ledger::Retention;
use verbale::ledger::list::{Reading, line, schema};
use verbale::ledger::store::{self, OpenRun, RunKind, Versions};
use verbale::model::{Record, Report};

use crate::arrow::Filling;
use crate::balance::Question;
use crate::reports::{Given, checked};
use crate::{errors, threads};

/// The world that is built in, made once.
static EMBEDDED: LazyLock<Result<Arc<verbale::World>, GivenError>> =
    LazyLock::new(|| world(&[], AS_WRITTEN).map(Arc::new));

/// The naming profile that leaves names as reports have them.
const AS_WRITTEN: &str = "as-written";

/// The only language model there is.
pub const MODEL: &str = "default";

/// Everything that reports are read with: language model, knowledge, rules. It never changes, and all threads share it.
#[pyclass(frozen, module = "verbale._engine")]
pub struct World {
    world: Arc<verbale::World>,
    names: String,
    files: Vec<PathBuf>,
}

#[pymethods]
impl World {
    #[new]
    #[pyo3(signature = (knowledge=Vec::new(), names="as-written"))]
    fn new(py: Python<'_>, knowledge: Vec<PathBuf>, names: &str) -> PyResult<Self> {
        let made = py.detach(|| {
            if knowledge.is_empty() && names == AS_WRITTEN {
                return EMBEDDED.as_ref().map(Arc::clone).map_err(errors::given);
            }
            world(&knowledge, names).map(Arc::new).map_err(|error| errors::given(&error))
        });
        Ok(Self { world: made?, names: names.to_owned(), files: knowledge })
    }

    /// The files of knowledge it was made with.
    #[getter]
    fn knowledge(&self) -> Vec<PathBuf> {
        self.files.clone()
    }

    /// Its naming profile.
    #[getter]
    fn names(&self) -> &str {
        &self.names
    }

    /// Reads a report and returns its record as a line of JSON, as `verbale read --json --mentions` prints it.
    #[pyo3(signature = (text, *, id, title=None, published=None, outlet=None, url=None, language=None))]
    #[expect(clippy::too_many_arguments, reason = "they are the fields of a report")]
    fn read(
        &self,
        py: Python<'_>,
        text: String,
        id: String,
        title: Option<String>,
        published: Option<String>,
        outlet: Option<String>,
        url: Option<String>,
        language: Option<String>,
    ) -> PyResult<String> {
        let report = Report { id, text, title, published, outlet, url, language, ..Report::default() };
        py.detach(|| {
            let report = checked(report).map_err(|refused| errors::input(refused.reason))?;
            let record = self.record(&complete(report, None, None));
            line(&record).map_err(|error| errors::ledger(&error))
        })
    }

    /// Reads files or the rows of a table, on so many threads, and returns the table `records` with a row for each
    /// report, in their order.
    #[pyo3(signature = (reports, *, published=None, outlet=None, threads=0))]
    fn read_many(
        &self,
        py: Python<'_>,
        reports: Given,
        published: Option<&str>,
        outlet: Option<&str>,
        threads: usize,
    ) -> PyResult<PyArrowType<Table>> {
        let keeper = Keeper::new(&self.world, Retention::Full);
        py.detach(|| {
            let mut table = Filling::new("records", schema::records());
            let pool = threads::pool(threads)?;
            let work = |report: Report| {
                let document = keeper.document(report);
                let record = self.record(&document.report);
                Ok(Keeper::reading(&document, record))
            };
            let reports = reports.reports(published, outlet);
            in_order(Some(&pool), reports, work, |read| {
                interrupted()?;
                let refused = |Refused { input, reason }| Reading::refused(input, reason);
                table.push(read.unwrap_or_else(refused))
            })?;
            table.finish()
        })
    }

    /// The balance of a state between powers, straight of files or of the rows of a table, as
    /// `verbale balance --json` prints it.
    #[pyo3(signature = (question, reports, *, published=None, outlet=None, threads=0, at))]
    #[expect(clippy::too_many_arguments, reason = "they are what the command is given")]
    fn balance(
        &self,
        py: Python<'_>,
        question: &Question,
        reports: Given,
        published: Option<&str>,
        outlet: Option<&str>,
        threads: usize,
        at: &str,
    ) -> PyResult<(String, Vec<(String, String)>)> {
        py.detach(|| {
            let mut ledger = store::Ledger::in_memory().map_err(|error| errors::ledger(&error))?;
            let keeper = Keeper::new(&self.world, Retention::Full);
            let pool = threads::pool(threads)?;
            let (mut batch, mut refused) = (Vec::new(), Vec::new());
            let work = |report: Report| Ok(keeper.code("", keeper.document(report)));
            let reports = reports.reports(published, outlet);
            in_order(Some(&pool), reports, work, |coded| {
                match coded {
                    Ok(addition) => batch.push(addition),
                    Err(left_out) => refused.push((left_out.input, left_out.reason)),
                }
                interrupted()
            })?;
            let mut run = OpenRun::new(RunKind::Add, at, self.versions()?);
            ledger.add(&mut run, &batch).map_err(|error| errors::ledger(&error))?;
            Ok((question.answer(&ledger)?, refused))
        })
    }
}

/// Stops when somebody has pressed Ctrl-C.
#[expect(clippy::redundant_closure_for_method_calls, reason = "the method itself is not general enough")]
pub fn interrupted() -> PyResult<()> {
    Python::attach(|py| py.check_signals())
}

impl World {
    /// The world itself.
    pub fn of(&self) -> &verbale::World {
        &self.world
    }

    /// The versions that readings in this world depend on.
    pub fn versions(&self) -> PyResult<Versions> {
        let read = |path: &PathBuf| {
            let text = std::fs::read_to_string(path);
            text.map(|text| (path.display().to_string(), text))
                .map_err(|error| errors::input(format!("{}: it cannot be read: {error}", path.display())))
        };
        Ok(versions(MODEL, &self.files.iter().map(read).collect::<PyResult<Vec<_>>>()?))
    }

    /// Codes a report and names everybody as the profile does.
    fn record(&self, report: &Report) -> Record {
        let mut record = verbale::read(&self.world, report);
        rename(&self.world.knowledge, &self.names, &mut record);
        record
    }
}
