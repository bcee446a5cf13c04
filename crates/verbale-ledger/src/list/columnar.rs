//! Parquet: the schema's columns in row groups of bounded memory.

use std::io::Write;
use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, ListArray, RecordBatch, StructArray};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{ArrowError, DataType, Field as ArrowField, Fields, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

use super::schema::{Column, Field, Kind, SCHEMA_VERSION, Value, fields};
use crate::LedgerError;
use crate::period::days;

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

/// The fields of these columns as Arrow has them.
pub(super) fn typed<T>(columns: &[Column<T>]) -> Fields {
    arrow_fields(&fields(columns))
}

/// One array for each column.
pub(super) fn arrays_of<T>(columns: &[Column<T>], rows: &[T]) -> Result<Vec<ArrayRef>, LedgerError> {
    let cells: Vec<Vec<Value>> =
        rows.iter().map(|row| columns.iter().map(|column| (column.read)(row)).collect()).collect();
    let cells: Vec<_> = cells.iter().map(|row| Some(row.as_slice())).collect();
    arrays(&fields(columns), &cells).map_err(ParquetError::from).map_err(failed)
}

fn properties(listing: &str) -> WriterProperties {
    let metadata = [
        ("verbale.listing", listing.to_owned()),
        ("verbale.schema", SCHEMA_VERSION.to_string()),
        ("verbale.version", env!("CARGO_PKG_VERSION").to_owned()),
    ];
    let metadata = metadata.map(|(key, value)| KeyValue::new(key.to_owned(), value));
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

fn arrow_fields(fields: &[Field]) -> Fields {
    fields.iter().map(|field| ArrowField::new(field.name, arrow_type(field.kind), true)).collect()
}

fn arrow_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text => DataType::Utf8,
        Kind::Whole => DataType::Int64,
        Kind::Real => DataType::Float64,
        Kind::Flag => DataType::Boolean,
        Kind::Day => DataType::Date32,
        Kind::Texts => DataType::List(element(DataType::Utf8)),
        Kind::Rows(inner) => DataType::List(element(DataType::Struct(arrow_fields(&inner())))),
    }
}

/// What a list holds; `element` is the name that the Parquet format asks for.
fn element(of: DataType) -> Arc<ArrowField> {
    Arc::new(ArrowField::new("element", of, true))
}

/// One array for each field; a row is nothing only where a list holds none.
fn arrays(fields: &[Field], rows: &[Option<&[Value]>]) -> Result<Vec<ArrayRef>, ArrowError> {
    let array = |(at, field): (usize, &Field)| {
        let cells: Vec<&Value> =
            rows.iter().map(|row| row.and_then(|row| row.get(at)).unwrap_or(&Value::Null)).collect();
        array(field.kind, &cells)
    };
    fields.iter().enumerate().map(array).collect()
}

/// Builds one column of primitive values: the builder, and which value it takes.
macro_rules! built {
    ($builder:expr, $cells:expr, $value:pat => $take:expr) => {{
        let mut builder = $builder;
        for cell in $cells {
            match cell {
                $value => builder.append_value($take),
                _ => builder.append_null(),
            }
        }
        Ok(Arc::new(builder.finish()) as ArrayRef)
    }};
}

fn array(kind: Kind, cells: &[&Value]) -> Result<ArrayRef, ArrowError> {
    match kind {
        Kind::Text => built!(StringBuilder::new(), cells, Value::Text(text) => text),
        Kind::Whole => built!(Int64Builder::new(), cells, Value::Whole(number) => *number),
        Kind::Real => built!(Float64Builder::new(), cells, Value::Real(number) => *number),
        Kind::Flag => built!(BooleanBuilder::new(), cells, Value::Flag(flag) => *flag),
        Kind::Day => built!(Date32Builder::new(), cells, Value::Day(day) => days(*day)),
        Kind::Texts => {
            let lists: Vec<&[String]> = cells.iter().map(|cell| texts(cell)).collect();
            let mut values = StringBuilder::new();
            lists.iter().copied().flatten().for_each(|text| values.append_value(text));
            let offsets = OffsetBuffer::from_lengths(lists.iter().map(|list| list.len()));
            let list = ListArray::try_new(element(DataType::Utf8), offsets, Arc::new(values.finish()), None)?;
            Ok(Arc::new(list))
        }
        Kind::Rows(inner) => {
            let inner = inner();
            let lists: Vec<&[Vec<Value>]> = cells.iter().map(|cell| structs(cell)).collect();
            let rows: Vec<_> = lists.iter().copied().flatten().map(|row| Some(row.as_slice())).collect();
            let of = arrow_fields(&inner);
            let values =
                StructArray::try_new_with_length(of.clone(), arrays(&inner, &rows)?, None, rows.len())?;
            let offsets = OffsetBuffer::from_lengths(lists.iter().map(|list| list.len()));
            let list = ListArray::try_new(element(DataType::Struct(of)), offsets, Arc::new(values), None)?;
            Ok(Arc::new(list))
        }
    }
}

fn texts(cell: &Value) -> &[String] {
    if let Value::Texts(texts) = cell { texts } else { &[] }
}

fn structs(cell: &Value) -> &[Vec<Value>] {
    if let Value::Rows(rows) = cell { rows } else { &[] }
}
