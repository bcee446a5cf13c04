//! The columns of every listing: name, type and meaning, and how each is read off a row.
//!
//! One table serves CSV, Parquet, Arrow in Rust and Python, and `docs/exports.md`, which a test holds to it.

use std::fmt::Write as _;

use jiff::civil::Date;
use verbale_model::Span;

use super::reading::{ReadMention, Reading};
use super::rows::{Coding, DocumentRow, LedgerClaim, LedgerQuote};
use super::{account_columns, claim_columns, coding_columns, entry_columns, flat, reading_columns};
use crate::period::bounds;
use crate::review::Review;
use crate::store::{Entity, Imported, Run};
use crate::{Covered, Entry};

/// Version of the columns, in the metadata of Parquet files and Arrow schemas as `verbale.schema`. It grows when a column is
/// added; names and types of columns do not change.
pub const SCHEMA_VERSION: u32 = 1;

/// A column of a listing, for rows of type `T`.
pub struct Column<T> {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub kind: Kind,
    /// What it holds, with units.
    pub about: &'static str,
    /// How it is read off a row.
    pub(super) read: Box<dyn Fn(&T) -> Value + Send + Sync>,
}

/// Type of a column. All but lists may be null.
#[derive(Clone, Copy)]
pub enum Kind {
    /// UTF-8.
    Text,
    /// A list of UTF-8.
    Texts,
    /// 64-bit whole number.
    Whole,
    /// 64-bit real number.
    Real,
    /// True or false.
    Flag,
    /// A calendar day.
    Day,
    /// A list of structures with these fields.
    Rows(fn() -> Vec<Field>),
}

/// A column without its rows.
#[derive(Clone, Copy)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub kind: Kind,
    /// What it holds, with units.
    pub about: &'static str,
}

/// What a column holds in one row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Null,
    Text(String),
    Texts(Vec<String>),
    Whole(i64),
    Real(f64),
    Flag(bool),
    Day(Date),
    Rows(Vec<Vec<Value>>),
}

/// Columns of `events` in Parquet.
pub fn events() -> Vec<Column<Entry>> {
    entry_columns::columns()
}

/// Columns of `events` in CSV: one row for an event, lists joined.
pub fn events_flat() -> Vec<Column<Entry>> {
    flat::columns()
}

/// Columns of `claims` in CSV and Parquet.
pub fn claims() -> Vec<Column<LedgerClaim>> {
    claim_columns::claims()
}

/// Columns of `quotes` in CSV and Parquet.
pub fn quotes() -> Vec<Column<LedgerQuote>> {
    claim_columns::quotes()
}

/// Columns of `documents` in CSV and Parquet.
pub fn documents() -> Vec<Column<DocumentRow>> {
    claim_columns::documents()
}

/// Columns of `mentions` in Arrow.
pub fn mentions() -> Vec<Column<ReadMention>> {
    reading_columns::mentions()
}

/// Columns of `records` in Arrow: one row for a report, with all that was read in it.
pub fn records() -> Vec<Column<Reading>> {
    reading_columns::records()
}

/// Columns of `entities` in CSV and Parquet.
pub fn entities() -> Vec<Column<Entity>> {
    account_columns::entities()
}

/// Columns of `runs` in CSV and Parquet.
pub fn runs() -> Vec<Column<Run>> {
    account_columns::runs()
}

/// Columns of `coverage` in CSV and Parquet.
pub fn coverage() -> Vec<Column<Covered>> {
    account_columns::coverage()
}

/// Columns of `imports` in CSV and Parquet.
pub fn imports() -> Vec<Column<Imported>> {
    account_columns::imports()
}

/// Columns of `codings` in Arrow: what others coded.
pub fn codings() -> Vec<Column<Coding>> {
    coding_columns::columns()
}

/// Columns of `reviews` in CSV and Parquet.
pub fn reviews() -> Vec<Column<Review>> {
    account_columns::reviews()
}

/// What the columns are, without how they are read.
pub fn fields<T>(columns: &[Column<T>]) -> Vec<Field> {
    columns.iter().map(|column| Field { name: column.name, kind: column.kind, about: column.about }).collect()
}

/// Describes the fields as a Markdown table; those of structures follow theirs as `participants.name`.
pub fn markdown(fields: &[Field]) -> String {
    let mut out = String::from("| column | type | what it holds |\n|---|---|---|\n");
    describe(&mut out, "", fields);
    out
}

fn describe(out: &mut String, prefix: &str, fields: &[Field]) {
    for Field { name, kind, about } in fields {
        let _ = writeln!(out, "| `{prefix}{name}` | {} | {about} |", kind.as_str());
        if let Kind::Rows(inner) = kind {
            describe(out, &format!("{prefix}{name}."), &inner());
        }
    }
}

impl Kind {
    /// The word in the documentation.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Texts => "list of text",
            Self::Whole => "int64",
            Self::Real => "float64",
            Self::Flag => "boolean",
            Self::Day => "date",
            Self::Rows(_) => "list of struct",
        }
    }
}

/// A column; written as a function so that a table is one line for each.
pub(super) fn column<T: 'static>(
    name: &'static str,
    kind: Kind,
    about: &'static str,
    read: fn(&T) -> Value,
) -> Column<T> {
    Column { name, kind, about, read: Box::new(read) }
}

/// A column of what a row may hold; null where it holds none.
pub(super) fn within<T: 'static, U: 'static>(of: fn(&U) -> Option<&T>, column: Column<T>) -> Column<U> {
    let Column { name, kind, about, read } = column;
    Column { name, kind, about, read: Box::new(move |row| of(row).map_or(Value::Null, &read)) }
}

/// A list of structures: each item read by the columns in their order.
pub(super) fn rows<T>(columns: &[Column<T>], items: &[T]) -> Value {
    let row = |item| columns.iter().map(|column| (column.read)(item)).collect();
    Value::Rows(items.iter().map(row).collect())
}

/// A word that is empty where nobody knows it: a report that is in no ledger has no family.
pub(super) fn known(word: &str) -> Value {
    if word.is_empty() { Value::Null } else { word.into() }
}

/// First day of an EDTF date.
pub(super) fn first_day(edtf: Option<&str>) -> Value {
    edtf.and_then(bounds).and_then(|bounds| bounds.first).map_or(Value::Null, Value::Day)
}

/// Last day of an EDTF date.
pub(super) fn last_day(edtf: Option<&str>) -> Value {
    edtf.and_then(bounds).and_then(|bounds| bounds.last).map_or(Value::Null, Value::Day)
}

/// Where a span starts, where it ends, and `title` when it lies there.
pub(super) fn span_start(span: Option<&Span>) -> Value {
    span.map(|span| span.start).into()
}

/// See [`span_start`].
pub(super) fn span_end(span: Option<&Span>) -> Value {
    span.map(|span| span.end).into()
}

/// See [`span_start`].
pub(super) fn span_in(span: Option<&Span>) -> Value {
    span.filter(|span| span.in_title).map(|_| "title").into()
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<&Vec<String>> for Value {
    fn from(texts: &Vec<String>) -> Self {
        Self::Texts(texts.clone())
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Whole(number.into())
    }
}

impl From<u8> for Value {
    fn from(number: u8) -> Self {
        Self::Whole(number.into())
    }
}

impl From<f32> for Value {
    /// As the shortest decimals say it: 34.53 stays 34.53 in 64 bits, as in the JSON.
    fn from(number: f32) -> Self {
        let decimals = number.to_string().parse().ok();
        decimals.filter(|number: &f64| number.is_finite()).map_or(Self::Null, Self::Real)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        if number.is_finite() { Self::Real(number) } else { Self::Null }
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
