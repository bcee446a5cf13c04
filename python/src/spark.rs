//! Parts of a job on many machines: rows and whole files read, steps of linking taken, a balance asked; all of it on
//! the rows that one task holds.

use std::collections::BTreeSet;
use std::sync::Arc;

use arrow_array::builder::{BinaryBuilder, Int32Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_pyarrow::PyArrowType;
use arrow_schema::{DataType, Field, Schema};
use pyo3::prelude::*;
use verbale::flow::in_order;
use verbale::given::complete;
use verbale::ingest::{Options, Refused, Reports, Source};
use verbale::inquiry::{Inquiry, Wanted};
use verbale::keep::Keeper;
use verbale::ledger::Retention;
use verbale::ledger::list::{Reading, arrow, line, schema};
use verbale::ledger::parts::{self, Node, Sheet, Step, engagements};
use verbale::measure::{Delta, Rules, Window};
use verbale::model::Report;

use crate::arrow::failed;
use crate::errors::{input, ledger};
use crate::reports::rows_of;
use crate::threads;
use crate::world::{World, interrupted};

/// Rows of a batch that comes out.
const BATCH: usize = 256;

/// A table as Python hands it over.
type Handed = PyArrowType<RecordBatch>;

/// The Arrow schema of what is kept of reports: the columns of `records`, and what linking needs.
#[pyfunction]
pub fn kept_schema() -> PyArrowType<Schema> {
    PyArrowType(Schema::new(kept_fields()))
}

/// The Arrow schema of what a step of linking gives.
#[pyfunction]
pub fn step_schema(name: &str) -> PyResult<PyArrowType<Schema>> {
    Ok(PyArrowType(Schema::new(parts::schema(named(name)?))))
}

/// Takes a step of linking on the tables of a part.
#[pyfunction]
pub fn step(py: Python<'_>, name: &str, tables: Vec<Handed>) -> PyResult<Vec<Handed>> {
    let step = named(name)?;
    let tables: Vec<RecordBatch> = tables.into_iter().map(|table| table.0).collect();
    let found = py.detach(|| step.run(&tables)).map_err(|error| ledger(&error))?;
    Ok(found.into_iter().map(PyArrowType).collect())
}

fn named(name: &str) -> PyResult<Step> {
    Step::named(name).ok_or_else(|| input(format!("there is no step '{name}'")))
}

/// Reads the rows of tables for a ledger in parts, in their order; a row that cannot be read says so in its diagnostics.
#[pyfunction]
#[pyo3(signature = (world, tables, *, published=None, outlet=None))]
pub fn keep_rows(
    py: Python<'_>,
    world: &World,
    tables: Vec<Handed>,
    published: Option<&str>,
    outlet: Option<&str>,
) -> PyResult<Vec<Handed>> {
    let found = tables.into_iter().flat_map(|table| rows_of(&table.0).collect::<Vec<_>>());
    py.detach(|| keep(world, found, published, outlet))
}

/// Reads all reports of a file, of any kind that `verbale add` reads; its name tells the kind.
#[pyfunction]
#[pyo3(signature = (world, name, content, *, published=None, outlet=None))]
pub fn keep_file(
    py: Python<'_>,
    world: &World,
    name: String,
    content: Vec<u8>,
    published: Option<&str>,
    outlet: Option<&str>,
) -> PyResult<Vec<Handed>> {
    let found = Reports::new([Ok(Source::Given(name, content))], Options::default());
    py.detach(|| keep(world, found, published, outlet))
}

fn keep(
    world: &World,
    found: impl Iterator<Item = Result<Report, Refused>>,
    published: Option<&str>,
    outlet: Option<&str>,
) -> PyResult<Vec<Handed>> {
    // A task has one core; the thread is for its deep stack.
    let pool = threads::pool(1)?;
    let keeper = Keeper::new(world.of(), Retention::Full);
    let work = |report: Report| {
        let document = keeper.document(complete(report, published, outlet));
        let addition = keeper.code("", document);
        let linking = Linking {
            node: Node::of(&addition.document.id, addition.document.report.published.as_deref()),
            sketch: addition.sketch().to_bytes(),
            sheet: serde_json::to_string(&Sheet::of(&addition)),
        };
        Ok((Reading::new(&addition.document, addition.record, &addition.sentences), Some(linking)))
    };
    let mut kept = Kept::default();
    in_order(Some(&pool), found, work, |read| {
        interrupted()?;
        let (reading, linking) =
            read.unwrap_or_else(|Refused { input, reason }| (Reading::refused(input, reason), None));
        kept.push(reading, linking)
    })?;
    kept.finish()
}

/// What linking needs of a report.
struct Linking {
    node: Option<Node>,
    sketch: Vec<u8>,
    sheet: serde_json::Result<String>,
}

fn kept_fields() -> Vec<Field> {
    let records = arrow::schema("records", &schema::fields(&schema::records()));
    let mut fields: Vec<Field> = records.fields().iter().map(|field| field.as_ref().clone()).collect();
    let linking = [
        ("key", DataType::Int64),
        ("when", DataType::Int32),
        ("sketch", DataType::Binary),
        ("sheet", DataType::Utf8),
    ];
    fields.extend(linking.map(|(name, of)| Field::new(name, of, true)));
    fields
}

/// Readings on their way into tables.
#[derive(Default)]
struct Kept {
    readings: Vec<Reading>,
    key: Int64Builder,
    when: Int32Builder,
    sketch: BinaryBuilder,
    sheet: StringBuilder,
    tables: Vec<Handed>,
}

impl Kept {
    fn push(&mut self, reading: Reading, linking: Option<Linking>) -> PyResult<()> {
        let node = linking.as_ref().and_then(|linking| linking.node);
        self.key.append_option(node.map(|node| node.document.cast_signed()));
        self.when.append_option(node.map(|node| node.when.cast_signed()));
        self.sketch.append_option(linking.as_ref().map(|linking| &linking.sketch));
        let sheet =
            linking.map(|linking| linking.sheet).transpose().map_err(|error| ledger(&error.into()))?;
        self.sheet.append_option(sheet);
        self.readings.push(reading);
        if self.readings.len() < BATCH { Ok(()) } else { self.flush() }
    }

    fn flush(&mut self) -> PyResult<()> {
        let records = arrow::batch("records", &schema::records(), &self.readings).map_err(failed)?;
        self.readings.clear();
        let mut columns = records.columns().to_vec();
        let linking: [ArrayRef; 4] = [
            Arc::new(self.key.finish()),
            Arc::new(self.when.finish()),
            Arc::new(self.sketch.finish()),
            Arc::new(self.sheet.finish()),
        ];
        columns.extend(linking);
        let table = RecordBatch::try_new(Arc::new(Schema::new(kept_fields())), columns).map_err(failed)?;
        self.tables.push(PyArrowType(table));
        Ok(())
    }

    fn finish(mut self) -> PyResult<Vec<Handed>> {
        if !self.readings.is_empty() {
            self.flush()?;
        }
        Ok(self.tables)
    }
}

/// The balance of a state between powers, of rows of a panel: first day and what the measure sees, as JSON. The answer
/// is a line of JSON, as `verbale balance --json` prints it.
#[pyfunction]
#[pyo3(signature = (world, rows, state, between, *, rules, start, end, delta, curve, spoken_of))]
#[expect(clippy::too_many_arguments, reason = "they are the parts of a question")]
pub fn balance_of(
    py: Python<'_>,
    world: &World,
    rows: Vec<(Option<String>, String)>,
    state: String,
    between: Vec<String>,
    rules: &str,
    start: Option<String>,
    end: Option<String>,
    delta: f64,
    curve: bool,
    spoken_of: BTreeSet<String>,
) -> PyResult<String> {
    let rules = Rules::named(rules).map_err(|message| input(format!("rules: {message}")))?;
    let delta = Delta::try_from(delta).map_err(|message| input(format!("delta: {message}")))?;
    py.detach(|| {
        let events = engagements(rows).map_err(|error| ledger(&error))?;
        let wanted =
            Wanted { state, between, rules, window: Window { from: start, to: end }, source: None, delta };
        let asked = Inquiry::of_events(&world.of().knowledge, wanted, events, spoken_of);
        let found = asked.map_err(|error| ledger(&error))?.balance(curve);
        line(&found).map_err(|error| ledger(&error))
    })
}

/// The code of the state or organisation that a word means.
#[pyfunction]
pub fn code_of(world: &World, word: &str) -> String {
    verbale::question::state(&world.of().knowledge, word).code
}
