//! What is handed in as reports: files, and rows of an Arrow table with `id`, `text` and what is known beside it, all of it text, and `problem` where
//! Python's side has found that a row cannot be read.

use std::path::PathBuf;

use arrow_array::cast::AsArray as _;
use arrow_array::ffi_stream::RecordBatchStreamReader;
use arrow_array::{Array as _, ArrayRef, RecordBatch};
use arrow_pyarrow::PyArrowType;
use arrow_schema::DataType;
use pyo3::FromPyObject;
use verbale::given::complete;
use verbale::ingest::{Options, Refused, Reports, is_date, sources};
use verbale::model::{PublishedMethod, Report};

/// Reports as Python hands them in.
#[derive(FromPyObject)]
pub enum Given {
    /// Files, folders and archives, by their paths.
    Files(Vec<PathBuf>),
    /// Rows of a table.
    Rows(PyArrowType<RecordBatchStreamReader>),
}

impl Given {
    /// The reports in their order, each completed with what is said of all of them.
    pub fn reports(
        self,
        published: Option<&str>,
        outlet: Option<&str>,
    ) -> impl Iterator<Item = Result<Report, Refused>> {
        let found: Box<dyn Iterator<Item = Result<Report, Refused>>> = match self {
            Self::Files(paths) => {
                let found = paths.into_iter().flat_map(|path| sources(&path));
                Box::new(Reports::new(found, Options::default()))
            }
            Self::Rows(rows) => Box::new(rows.0.flat_map(|batch| match batch {
                Ok(batch) => rows_of(&batch).collect::<Vec<_>>(),
                Err(error) => {
                    vec![Err(Refused { input: "table".to_owned(), reason: error.to_string() })]
                }
            })),
        };
        found.map(move |report| report.map(|report| complete(report, published, outlet)))
    }
}

/// The reports of a batch, in order.
pub fn rows_of(batch: &RecordBatch) -> impl Iterator<Item = Result<Report, Refused>> {
    let columns = Columns::of(batch);
    (0..batch.num_rows()).map(move |row| columns.report(row))
}

/// Columns by what they hold; a table need not have them all.
struct Columns {
    id: Option<ArrayRef>,
    text: Option<ArrayRef>,
    title: Option<ArrayRef>,
    published: Option<ArrayRef>,
    outlet: Option<ArrayRef>,
    url: Option<ArrayRef>,
    language: Option<ArrayRef>,
    byline: Option<ArrayRef>,
    fetched: Option<ArrayRef>,
    problem: Option<ArrayRef>,
}

impl Columns {
    fn of(batch: &RecordBatch) -> Self {
        let column = |name: &str| batch.column_by_name(name).cloned();
        Self {
            id: column("id"),
            text: column("text"),
            title: column("title"),
            published: column("published"),
            outlet: column("outlet"),
            url: column("url"),
            language: column("language"),
            byline: column("byline"),
            fetched: column("fetched"),
            problem: column("problem"),
        }
    }

    fn report(&self, row: usize) -> Result<Report, Refused> {
        let owned = |column: &Option<ArrayRef>| cell(column.as_ref(), row).map(str::to_owned);
        let id = owned(&self.id).unwrap_or_default();
        if let Some(reason) = owned(&self.problem) {
            return Err(Refused { input: id, reason });
        }
        let report = Report {
            text: owned(&self.text).unwrap_or_default(),
            title: owned(&self.title),
            published: owned(&self.published),
            outlet: owned(&self.outlet),
            url: owned(&self.url),
            language: owned(&self.language),
            byline: owned(&self.byline),
            fetched: owned(&self.fetched),
            id,
            ..Report::default()
        };
        checked(report)
    }
}

/// A report whose dates are dates; its text is without the byte-order mark that files begin with.
pub fn checked(mut report: Report) -> Result<Report, Refused> {
    for (name, date) in [("published", &report.published), ("fetched", &report.fetched)] {
        if let Some(date) = date.as_deref().filter(|date| !is_date(date)) {
            let reason = format!("{name} is '{date}'; write it as YYYY-MM-DD, YYYY-MM or YYYY");
            return Err(Refused { input: report.id, reason });
        }
    }
    report.published_method = report.published.as_ref().map(|_| PublishedMethod::Given);
    if report.text.starts_with('\u{feff}') {
        report.text.remove(0);
    }
    Ok(report)
}

/// The text of a cell in any of Arrow's ways to hold text.
fn cell(column: Option<&ArrayRef>, row: usize) -> Option<&str> {
    let column = column.filter(|column| column.is_valid(row))?;
    match column.data_type() {
        DataType::Utf8 => column.as_string_opt::<i32>().map(|texts| texts.value(row)),
        DataType::LargeUtf8 => column.as_string_opt::<i64>().map(|texts| texts.value(row)),
        DataType::Utf8View => column.as_string_view_opt().map(|texts| texts.value(row)),
        _ => None,
    }
}
