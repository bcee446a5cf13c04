//! Codings of others: files come in, and what they say comes out as a table.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_pyarrow::{PyArrowType, Table};
use pyo3::prelude::*;
use serde::{Deserialize, Serialize};
use verbale::import::{
    self, Codes, Filter, Format, Intake, Mapping, Reader, Reject, Taken, Unclear, Written, files, window,
};
use verbale::keep::versions;
use verbale::knowledge::Knowledge;
use verbale::ledger::foreign::Wanted;
use verbale::ledger::list::{line, schema};
use verbale::ledger::store::{Access, OpenRun, RunKind};
use verbale::question::{self, Source};

use crate::errors::{self, input};
use crate::ledger::{LeftOut, Stopped, filled, held, open};
use crate::threads;
use crate::world::{MODEL, interrupted};

/// What came of a file, with the rows of it that could not be read.
#[derive(Serialize)]
struct Told<'t> {
    #[serde(flatten)]
    taken: &'t Taken,
    rejects: &'t [Reject],
}

/// What is wanted of files, with the names of the command's options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    format: String,
    /// A TOML file that says which column is what.
    mapping: Option<PathBuf>,
    country: Vec<String>,
    types: Vec<String>,
    from: Option<String>,
    to: Option<String>,
    /// How many rows that cannot be read are given back with each file.
    rejects: usize,
}

/// Which codings are listed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    state: String,
    source: String,
    partner: Vec<String>,
    from: Option<String>,
    to: Option<String>,
}

/// The imports of a ledger by the path of its file.
#[pyclass(frozen, module = "verbale._engine")]
pub struct Imports {
    path: PathBuf,
}

#[pymethods]
impl Imports {
    #[new]
    fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Takes in files, each whole or not at all; returns what came of each as JSON, and what was refused. `asked` is a
    /// JSON object that says how they are read and what of them is wanted.
    #[pyo3(signature = (paths, asked, *, threads=0, at))]
    fn take(
        &self,
        py: Python<'_>,
        paths: Vec<PathBuf>,
        asked: &str,
        threads: usize,
        at: &str,
    ) -> PyResult<(Vec<String>, LeftOut)> {
        let asked: Asked = serde_json::from_str(asked).map_err(|error| input(error.to_string()))?;
        let (most, reader) = (asked.rejects, reader(&asked)?);
        py.detach(|| {
            let (mut ledger, pool) = (open(&self.path, Access::Create)?, threads::pool(threads)?);
            let run = OpenRun::new(RunKind::Import, at, versions(MODEL, &[]));
            let mut intake = Intake::new(&mut ledger, run, &reader);
            (intake.pool, intake.most) = (Some(&*pool), most);
            let (mut told, mut refused) = (Vec::new(), LeftOut::new());
            for path in paths {
                for file in found(&path) {
                    let taken = match &file {
                        Ok(file) => take(&mut intake, file)?,
                        Err(reason) => Err(reason.clone()),
                    };
                    let name = file.as_ref().unwrap_or(&path).display().to_string();
                    match taken {
                        Ok(line) => told.push(line),
                        Err(reason) => {
                            intake.ledger.refuse(&name, &reason, at).map_err(Stopped::from)?;
                            refused.push((name, reason));
                        }
                    }
                }
            }
            Ok((told, refused))
        })
    }

    /// What others coded, as the table `codings`; by first day, then by id. `listed` is a JSON object that says whose
    /// codings, and of whom.
    fn codings(&self, py: Python<'_>, listed: &str) -> PyResult<PyArrowType<Table>> {
        let listed: Listed = serde_json::from_str(listed).map_err(|error| input(error.to_string()))?;
        let window = window(listed.from.as_deref(), listed.to.as_deref()).map_err(unclear)?;
        py.detach(|| {
            let ledger = held(&self.path)?;
            let failed = |error| errors::ledger(&error);
            let source = Source::of(&ledger, Some(&listed.source)).map_err(failed)?;
            let Source::Import(format) = source else {
                return Err(input("source 'own': Ledger.events has what verbale coded itself"));
            };
            let knowledge = Knowledge::embedded();
            let code = |word: &String| question::state(&knowledge, word).code;
            let partners: Vec<String> = listed.partner.iter().map(code).collect();
            let state = code(&listed.state);
            let wanted = Wanted { state: &state, partners: &partners, window, ..Wanted::default() };
            let found = question::codings(&ledger, &format, wanted, |_| true).map_err(failed)?;
            filled("codings", schema::codings(), Ok(found.into_iter().map(Ok)))
        })
    }
}

/// How files are read, and what of them is wanted.
fn reader(asked: &Asked) -> PyResult<Reader> {
    let codes = Codes::new(Knowledge::embedded());
    let (from, to) = (asked.from.as_deref(), asked.to.as_deref());
    let written = Written { countries: &asked.country, types: &asked.types, from, to };
    let filter = Filter::written(&codes, written).map_err(unclear)?;
    Ok(Reader { format: format(&asked.format, asked.mapping.as_deref())?, codes, filter })
}

/// What is wrong with a filter, under the name that Python has for the part.
fn unclear(Unclear { part, reason }: Unclear) -> PyErr {
    input(format!("{}: {reason}", if part == "from" { "from_" } else { part }))
}

/// The tables that a path stands for.
fn found(path: &Path) -> Vec<Result<PathBuf, String>> {
    match files(path) {
        Ok(found) => found.into_iter().map(Ok).collect(),
        Err(error) => vec![Err(error.to_string())],
    }
}

/// Takes in a file; returns what came of it as JSON, or why nothing did.
fn take(intake: &mut Intake<'_>, file: &Path) -> PyResult<Result<String, String>> {
    let source = match import::Source::new(file) {
        Ok(source) => source,
        Err(error) => return Ok(Err(error.to_string())),
    };
    match intake.take::<Stopped>(&source, |_| Ok(interrupted()?))? {
        Ok(taken) => {
            let told = Told { taken: &taken, rejects: &taken.rejects };
            line(&told).map(Ok).map_err(|error| errors::ledger(&error))
        }
        Err(untaken) => Ok(Err(untaken.to_string())),
    }
}

/// The format of a name, or the one that a mapping describes.
fn format(name: &str, mapping: Option<&Path>) -> PyResult<Format> {
    let Some(path) = mapping else {
        return Format::named(name).ok_or_else(|| {
            input(format!(
                "format '{name}': write gdelt, icews, polecat, plover or un-votes, or csv with a mapping"
            ))
        });
    };
    Mapping::open(path)
        .map(|mapping| Format::Table(Arc::new(mapping)))
        .map_err(|reason| input(format!("mapping {}: {reason}", path.display())))
}
