//! Arrow: the schema's columns as types and arrays, for Parquet and for whoever reads tables in memory.

use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, ListArray, RecordBatch, StructArray};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{ArrowError, DataType, Field as ArrowField, Fields, Schema};

use super::schema::{Column, Field, Kind, SCHEMA_VERSION, Value, fields};
use crate::period::days;

/// The Arrow schema of a listing, with its name and the version of the columns in the metadata.
pub fn schema(listing: &str, fields: &[Field]) -> Schema {
    let metadata = metadata(listing).map(|(key, value)| (key.to_owned(), value));
    Schema::new(arrow_fields(fields)).with_metadata(metadata)
}

/// Rows of a listing as one batch.
///
/// # Errors
/// When they are too large for one: a column holds 2 GB of text at most.
pub fn batch<T>(listing: &str, columns: &[Column<T>], rows: &[T]) -> Result<RecordBatch, ArrowError> {
    let cells: Vec<Vec<Value>> =
        rows.iter().map(|row| columns.iter().map(|column| (column.read)(row)).collect()).collect();
    let cells: Vec<Option<&[Value]>> = cells.iter().map(|row| Some(row.as_slice())).collect();
    let fields = fields(columns);
    RecordBatch::try_new(Arc::new(schema(listing, &fields)), arrays(&fields, &cells)?)
}

/// What files and tables say of themselves.
pub(super) fn metadata(listing: &str) -> [(&'static str, String); 3] {
    [
        ("verbale.listing", listing.to_owned()),
        ("verbale.schema", SCHEMA_VERSION.to_string()),
        ("verbale.version", env!("CARGO_PKG_VERSION").to_owned()),
    ]
}

pub(super) fn arrow_fields(fields: &[Field]) -> Fields {
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
pub(super) fn arrays(fields: &[Field], rows: &[Option<&[Value]>]) -> Result<Vec<ArrayRef>, ArrowError> {
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
