//! Tables: CSV and TSV, a report a row.

use std::io::{BufRead, Cursor, Read as _};

use csv::ByteRecord;

use super::columns::{Field, listed, places};
use super::files::explain;
use super::intake::{Flow, Intake, Place};
use super::{decode, json};

/// Reads a table. As long as it fits it is decoded as a whole; a longer one is UTF-8, row by row.
pub fn read(intake: &Intake, place: &Place, mut reader: Box<dyn BufRead + '_>) -> Flow {
    let mut bytes = Vec::new();
    if let Err(error) = (&mut reader).take(intake.limits.whole).read_to_end(&mut bytes) {
        return intake.refuse(place, explain(&error));
    }
    if bytes.len() as u64 == intake.limits.whole {
        let first = bytes.split(|byte| *byte == b'\n').next().map(String::from_utf8_lossy);
        let between = between(&first.unwrap_or_default(), &place.ending());
        return rows(intake, place, Cursor::new(bytes).chain(reader), between, None);
    }
    let decoded = match decode(bytes) {
        Ok(decoded) => decoded,
        Err(error) => return intake.refuse(place, error.to_string()),
    };
    if decoded.text.trim().is_empty() {
        return intake.refuse(place, "it is empty: there is nothing to read");
    }
    let between = between(decoded.text.lines().next().unwrap_or_default(), &place.ending());
    let remark = decoded.remark();
    rows(intake, place, Cursor::new(decoded.text.into_bytes()), between, remark.as_deref())
}

/// What stands between cells: what is most frequent in the header outside quotes.
fn between(header: &str, ending: &str) -> u8 {
    if ending == "tsv" {
        return b'\t';
    }
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    for byte in header.bytes() {
        quoted ^= byte == b'"';
        for (sign, count) in &mut counts {
            *count += usize::from(*sign == byte && !quoted);
        }
    }
    // Of equals the first, which is the comma.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| *sign)
}

fn rows(
    intake: &Intake,
    place: &Place,
    input: impl std::io::Read,
    between: u8,
    remark: Option<&str>,
) -> Flow {
    let mut table = csv::ReaderBuilder::new().delimiter(between).flexible(true).from_reader(input);
    let header: Vec<String> = match table.byte_headers() {
        Ok(header) => header.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect(),
        Err(error) => return intake.refuse(place, said(intake, &error)),
    };
    let names = || header.iter().map(String::as_str);
    if let Some(Err(reason)) = intake.options.columns.as_ref().map(|columns| columns.check(names())) {
        return intake.refuse(place, reason);
    }
    let found = places(intake.options.columns.as_ref(), names());
    if !found.contains_key(&Field::Text) {
        return intake.refuse(
            place,
            format!(
                "no column is known to be the text; say which with --columns text=NAME; the columns are {}",
                listed(names())
            ),
        );
    }
    let (mut row, mut number, mut any) = (ByteRecord::new(), 1, false);
    loop {
        match table.read_byte_record(&mut row) {
            Ok(true) => number += 1,
            Ok(false) if any => return Flow::Continue(()),
            Ok(false) => return intake.refuse(place, "it is empty: there is no row below its header"),
            Err(error) => return intake.refuse(place, said(intake, &error)),
        }
        any = true;
        let line = row.position().map_or(0, csv::Position::line);
        let left_out = |what: &str| format!("row {number} (line {line}) is left out: {what}");
        if row.len() != header.len() {
            let what = format!("it has {} cells and the header {}", row.len(), header.len());
            intake.refuse(place, left_out(&what))?;
            continue;
        }
        if row.iter().any(|cell| std::str::from_utf8(cell).is_err()) {
            intake.refuse(place, left_out("it is not UTF-8"))?;
            continue;
        }
        let cell = |field: Field| {
            let cell = std::str::from_utf8(row.get(*found.get(&field)?)?).ok()?;
            (!cell.is_empty()).then(|| cell.to_owned())
        };
        let mut report = json::made(cell);
        if report.text.trim().is_empty() {
            intake.refuse(place, left_out("its text is empty"))?;
            continue;
        }
        if report.id.is_empty() {
            report.id = format!("{}:{number}", place.name);
        }
        report.remarks.extend(remark.map(str::to_owned));
        intake.report(place, report)?;
    }
}

fn said(intake: &Intake, error: &csv::Error) -> String {
    intake.used.reason().unwrap_or_else(|| format!("the table cannot be read: {error}"))
}
