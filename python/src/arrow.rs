//! Schemas and tables of the listings, as pyarrow has them.

use arrow_array::RecordBatch;
use arrow_pyarrow::{PyArrowType, Table};
use arrow_schema::{ArrowError, Schema};
use pyo3::{PyErr, PyResult, pyfunction};
use verbale::ledger::list::arrow::{self, batch};
use verbale::ledger::list::schema::{self as listed, Column, Field, fields};

use crate::errors::{VerbaleError, input};

/// Rows of a batch: a batch of records then stays far below the 2 GB that a column of text may have.
const BATCH: usize = 1024;

/// Tables that there are.
const TABLES: &str =
    "records, events, claims, mentions, documents, quotes, entities, codings, runs, imports and reviews";

/// The columns of a table by its name.
fn columns(table: &str) -> PyResult<Vec<Field>> {
    Ok(match table {
        "records" => fields(&listed::records()),
        "events" => fields(&listed::events()),
        "claims" => fields(&listed::claims()),
        "mentions" => fields(&listed::mentions()),
        "documents" => fields(&listed::documents()),
        "quotes" => fields(&listed::quotes()),
        "entities" => fields(&listed::entities()),
        "codings" => fields(&listed::codings()),
        "imports" => fields(&listed::imports()),
        "runs" => fields(&listed::runs()),
        "reviews" => fields(&listed::reviews()),
        _ => return Err(input(format!("there is no table '{table}'; there are {TABLES}"))),
    })
}

/// The Arrow schema of a table: `records`, `events`, `claims`, `mentions`, `documents`, `quotes`, `entities`, `codings`,
/// `runs`, `imports` or `reviews`.
#[pyfunction]
pub fn schema(table: &str) -> PyResult<PyArrowType<Schema>> {
    Ok(PyArrowType(arrow::schema(table, &columns(table)?)))
}

/// Rows on their way into a table, batch after batch.
pub struct Filling<T> {
    name: &'static str,
    columns: Vec<Column<T>>,
    rows: Vec<T>,
    batches: Vec<RecordBatch>,
}

impl<T> Filling<T> {
    /// An empty table of a listing.
    pub fn new(name: &'static str, columns: Vec<Column<T>>) -> Self {
        Self { name, columns, rows: Vec::new(), batches: Vec::new() }
    }

    /// Takes in a row.
    pub fn push(&mut self, row: T) -> PyResult<()> {
        self.rows.push(row);
        if self.rows.len() < BATCH { Ok(()) } else { self.flush() }
    }

    fn flush(&mut self) -> PyResult<()> {
        self.batches.push(batch(self.name, &self.columns, &self.rows).map_err(failed)?);
        self.rows.clear();
        Ok(())
    }

    /// The table.
    pub fn finish(mut self) -> PyResult<PyArrowType<Table>> {
        if !self.rows.is_empty() {
            self.flush()?;
        }
        let schema = arrow::schema(self.name, &fields(&self.columns));
        Ok(PyArrowType(Table::try_new(self.batches, schema.into()).map_err(failed)?))
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is given to map_err")]
pub fn failed(error: ArrowError) -> PyErr {
    VerbaleError::new_err(error.to_string())
}
