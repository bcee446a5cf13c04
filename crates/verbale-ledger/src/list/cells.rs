//! CSV: flat cells, quoted as RFC 4180 has it and guarded against spreadsheets that run what they read.

use std::io::Write;

use crate::LedgerError;

use super::schema::{Column, Value};
use crate::period::bounds;

/// Writes a header and a row for each value. UTF-8 without a byte-order mark, lines end in LF.
pub(super) fn write<T>(
    out: &mut dyn Write,
    columns: &[Column<T>],
    rows: impl Iterator<Item = Result<T, LedgerError>>,
) -> Result<u64, LedgerError> {
    let mut csv = csv::WriterBuilder::new().from_writer(out);
    csv.write_record(columns.iter().map(|column| column.name)).map_err(std::io::Error::from)?;
    let mut written = 0;
    for row in rows {
        let row = row?;
        let cells = columns.iter().map(|column| cell(&(column.read)(&row)));
        csv.write_record(cells).map_err(std::io::Error::from)?;
        written += 1;
    }
    csv.flush()?;
    Ok(written)
}

/// What stands in the cell: nothing for null, lists joined by `; `, lists of structures as JSON.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Text(text) => guarded(text),
        Value::Texts(texts) => guarded(&texts.join("; ")),
        Value::Whole(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::Day(day) => day.to_string(),
        Value::Rows(rows) => guarded(&format!("{} rows", rows.len())),
    }
}

/// Text that a spreadsheet would take for a formula gets an apostrophe in front; dates do not. So that
/// it can be taken off again, text that already begins with apostrophes before such a sign gets one more.
fn guarded(text: &str) -> String {
    let is_formula = text.trim_start_matches('\'').starts_with(is_sign);
    if is_formula && bounds(text).is_none() { format!("'{text}") } else { text.to_owned() }
}

/// The signs that begin a formula, and their full-width forms.
fn is_sign(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        assert_eq!(cell(&Value::from("=HYPERLINK(A1)")), "'=HYPERLINK(A1)");
        assert_eq!(cell(&Value::from("-12.5")), "'-12.5");
        assert_eq!(cell(&Value::from(-12.5_f32)), "-12.5");
        assert_eq!(cell(&Value::Texts(vec!["@a".into(), "b".into()])), "'@a; b");
        assert_eq!(cell(&Value::from("'=1")), "''=1");
        assert_eq!(cell(&Value::from("'tis the minister's word")), "'tis the minister's word");
        assert_eq!(cell(&Value::from("..")), "..");
        assert_eq!(cell(&Value::from("010")), "010");
    }
}
