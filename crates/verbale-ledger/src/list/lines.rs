//! JSONL: one object a line in the record's names, written and read back.

use std::fmt::Write as _;
use std::io::{BufRead, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Entry, LedgerError};

/// Writes each row as a line.
pub(super) fn write<T: Serialize>(
    out: &mut dyn Write,
    rows: impl Iterator<Item = Result<T, LedgerError>>,
) -> Result<u64, LedgerError> {
    let mut written = 0;
    for row in rows {
        out.write_all(line(&row?)?.as_bytes())?;
        written += 1;
    }
    Ok(written)
}

/// A line of JSON. Control characters, and those that hide or reorder text, are `\u` escapes: the same
/// JSON, safe to show.
///
/// # Errors
/// When a value cannot be written as JSON.
pub fn line<T: Serialize>(row: &T) -> Result<String, LedgerError> {
    let json = serde_json::to_string(row)?;
    let mut out = String::with_capacity(json.len() + 1);
    for c in json.chars() {
        if is_harmful(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out.push('\n');
    Ok(out)
}

/// The characters that records escape; JSON's own escapes have dealt with line ends and tabs.
fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{061c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Reads the lines of an `events` listing. A line that cannot be read is an error by itself, named by
/// its number; the next ones are read. Empty lines are left out.
pub fn read_entries(lines: impl BufRead) -> impl Iterator<Item = Result<Entry, LedgerError>> {
    read(lines)
}

/// Reads the lines of any listing, as [`read_entries`] does.
pub fn read<T: DeserializeOwned>(lines: impl BufRead) -> impl Iterator<Item = Result<T, LedgerError>> {
    lines.split(b'\n').zip(1_u64..).filter_map(|(line, number)| {
        let line = match line {
            Ok(line) => line,
            Err(error) => return Some(Err(LedgerError::Io(error))),
        };
        // A byte-order mark is what some editors leave.
        let line = line.strip_prefix(b"\xef\xbb\xbf").filter(|_| number == 1).unwrap_or(&line);
        (!line.trim_ascii().is_empty()).then(|| {
            serde_json::from_slice(line).map_err(|error| {
                LedgerError::Asked(format!(
                    "line {number} is no row of this listing ({error}): give the file as `-o jsonl` wrote it"
                ))
            })
        })
    })
}
