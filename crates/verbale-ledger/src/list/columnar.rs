//! Parquet: the schema's columns in row groups of bounded memory.

use std::io::Write;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::Schema;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

use super::arrow::{arrays, arrow_fields, metadata};
use super::schema::{Column, fields};
use crate::LedgerError;

/// Rows held in memory, and rows of a row group.
const GROUP: usize = 8192;

/// Writes all rows. The same rows give the same bytes.
pub(super) fn write<T>(
    out: &mut dyn Write,
    listing: &str,
    columns: &[Column<T>],
    rows: impl Iterator<Item = Result<T, LedgerError>>,
) -> Result<u64, LedgerError> {
    let fields = fields(columns);
    let schema = Arc::new(Schema::new(arrow_fields(&fields)));
    // The writer wants to own what it writes to: it gets a buffer, which is emptied after each group.
    let mut writer =
        ArrowWriter::try_new(Vec::new(), schema.clone(), Some(properties(listing))).map_err(failed)?;
    let (mut group, mut written) = (Vec::with_capacity(GROUP), 0);
    let mut rows = rows.fuse();
    loop {
        for row in rows.by_ref().take(GROUP) {
            let row = row?;
            group.push(columns.iter().map(|column| (column.read)(&row)).collect::<Vec<_>>());
        }
        if group.is_empty() {
            break;
        }
        written += group.len() as u64;
        let cells: Vec<_> = group.iter().map(|row| Some(row.as_slice())).collect();
        let arrays = arrays(&fields, &cells).map_err(ParquetError::from).map_err(failed)?;
        let batch =
            RecordBatch::try_new(schema.clone(), arrays).map_err(ParquetError::from).map_err(failed)?;
        writer.write(&batch).and_then(|()| writer.flush()).map_err(failed)?;
        group.clear();
        out.write_all(writer.inner())?;
        writer.inner_mut().clear();
    }
    out.write_all(&writer.into_inner().map_err(failed)?)?;
    out.flush()?;
    Ok(written)
}

fn properties(listing: &str) -> WriterProperties {
    let metadata = metadata(listing).map(|(key, value)| KeyValue::new(key.to_owned(), value));
    WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_max_row_group_row_count(Some(GROUP))
        .set_key_value_metadata(Some(metadata.into()))
        .build()
}

/// Writing fails as `out` does, a closed pipe among it; the rest is named as it is.
fn failed(error: ParquetError) -> LedgerError {
    match error {
        ParquetError::External(inner) => match inner.downcast::<std::io::Error>() {
            Ok(inner) => LedgerError::Io(*inner),
            Err(inner) => LedgerError::Io(std::io::Error::other(inner)),
        },
        error => LedgerError::Io(std::io::Error::other(error)),
    }
}
