//! Web archives: a report for each page that was answered with text (ISO 28500, WARC 1.1).

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read as _};

use flate2::bufread::GzDecoder;

use super::files::explain;
use super::intake::{Flow, Intake, Place, guarded};
use super::limits::{Packed, Unpacked};
use super::{date, decode_page, html, response};

/// Longest header of a record, in bytes.
const LONGEST_HEAD: u64 = 1 << 20;

/// One record.
struct Record {
    fields: BTreeMap<String, String>,
    content: Vec<u8>,
}

/// Reads the records of an archive that is not packed. A broken record loses what lies before the next
/// one that begins as records do.
pub fn plain(intake: &Intake, place: &Place, mut reader: Box<dyn BufRead + '_>) -> Flow {
    let mut number = 0;
    records(intake, place, &mut reader, &mut number)
}

/// Reads the records of an archive whose records are packed one by one, as they should be, or together.
/// A broken one loses what lies before the next beginning of packed data.
pub fn gzip(intake: &Intake, place: &Place, reader: Box<dyn BufRead + '_>) -> Flow {
    let (packed, count) = Packed::new(reader);
    let mut packed = BufReader::new(packed);
    let mut number = 0;
    loop {
        match packed.fill_buf() {
            Ok([]) => return Flow::Continue(()),
            Ok(start) if start.starts_with(&[0x1f, 0x8b]) || start == [0x1f] => {
                let unpacked = GzDecoder::new(&mut packed);
                let unpacked = Unpacked::new(unpacked, count.clone(), intake.used.clone(), intake.limits);
                records(intake, place, &mut BufReader::new(unpacked), &mut number)?;
                if intake.used.reason().is_some() {
                    return Flow::Continue(());
                }
            }
            Ok(_) => {}
            Err(error) => return intake.refuse(place, explain(&error)),
        }
        // After a whole record the next begins at once; after a broken one it is looked for.
        if !matches!(next_member(&mut packed), Ok(true)) {
            return Flow::Continue(());
        }
    }
}

/// Goes to the next bytes that begin packed data, if there are any.
fn next_member(reader: &mut impl BufRead) -> std::io::Result<bool> {
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(false);
        }
        let found = (0..buffer.len()).find(|at| {
            let rest = &buffer[*at..];
            rest.iter().zip([0x1f, 0x8b, 0x08]).all(|(byte, magic)| *byte == magic)
        });
        let (skip, done) = found.map_or((buffer.len(), false), |at| (at, true));
        reader.consume(skip);
        if done {
            return Ok(true);
        }
    }
}

fn records(intake: &Intake, place: &Place, reader: &mut impl BufRead, number: &mut usize) -> Flow {
    let broken = |number: usize, reason: &str| {
        intake.refuse(place, format!("record {number} is broken and left out: {reason}"))
    };
    let mut begun = false;
    loop {
        *number += 1;
        match record(intake, reader, &mut begun) {
            Ok(None) => {
                *number -= 1;
                return Flow::Continue(());
            }
            Ok(Some(record)) => page(intake, place, *number, record)?,
            Err(Broken::Input(reason)) => return broken(*number, &reason),
            Err(Broken::Record(reason)) => broken(*number, &reason)?,
        }
    }
}

/// What is wrong: the record alone, or whatever follows too.
enum Broken {
    Record(String),
    Input(String),
}

impl From<std::io::Error> for Broken {
    fn from(error: std::io::Error) -> Self {
        Self::Input(explain(&error))
    }
}

/// The next record, and all of its packed data checked. `begun` says that its first line was read
/// already, when what was broken before it was reported.
fn record(intake: &Intake, reader: &mut impl BufRead, begun: &mut bool) -> Result<Option<Record>, Broken> {
    let mut line = Vec::new();
    let mut lost = false;
    while !std::mem::take(begun) {
        line.clear();
        if reader.take(LONGEST_HEAD).read_until(b'\n', &mut line)? == 0 {
            return if lost {
                Err(Broken::Input("it does not begin with WARC/".to_owned()))
            } else {
                Ok(None)
            };
        }
        if line.starts_with(b"WARC/1.") || line.starts_with(b"WARC/0.") {
            if lost {
                *begun = true;
                return Err(Broken::Record("it does not begin with WARC/".to_owned()));
            }
            break;
        }
        lost |= !line.iter().all(u8::is_ascii_whitespace);
    }
    let mut fields = BTreeMap::new();
    loop {
        line.clear();
        if reader.take(LONGEST_HEAD).read_until(b'\n', &mut line)? == 0 {
            return Err(Broken::Input("it ends within its header".to_owned()));
        }
        let text = String::from_utf8_lossy(&line);
        match text.trim_end().split_once(':') {
            Some((name, value)) if fields.len() < 1000 => {
                fields.insert(name.trim().to_ascii_lowercase(), value.trim().to_owned());
            }
            _ if text.trim().is_empty() => break,
            _ => {}
        }
    }
    let Some(length) = fields.get("content-length").and_then(|length| length.parse::<u64>().ok()) else {
        return Err(Broken::Record("it does not say how long it is".to_owned()));
    };
    let mut content = Vec::new();
    let wanted = if is_page(&fields) { length.min(intake.limits.whole) } else { 0 };
    reader.take(wanted).read_to_end(&mut content)?;
    let rest = length - wanted;
    let skipped = std::io::copy(&mut reader.take(rest), &mut std::io::sink())?;
    if content.len() as u64 + skipped < length {
        return Err(Broken::Input(format!(
            "it ends after {} of {length} bytes",
            content.len() as u64 + skipped
        )));
    }
    if wanted < length && is_page(&fields) {
        return Err(Broken::Record(format!("it is longer than {} MB", intake.limits.whole >> 20)));
    }
    // The blank lines after it: reading them checks the sum over what was packed.
    let after = reader.fill_buf()?;
    if !after.is_empty() && !after.starts_with(b"\r") && !after.starts_with(b"\n") {
        return Err(Broken::Record("its length is wrong".to_owned()));
    }
    Ok(Some(Record { fields, content }))
}

/// Whether a record may hold a page: revisits, requests, metadata and robots files do not.
fn is_page(fields: &BTreeMap<String, String>) -> bool {
    let kind = fields.get("warc-type").map_or("", String::as_str);
    let address = fields.get("warc-target-uri").map_or("", String::as_str);
    (kind == "response" || kind == "resource")
        && !address.contains("robots.txt")
        && address.starts_with("http")
}

fn page(intake: &Intake, place: &Place, number: usize, record: Record) -> Flow {
    if !is_page(&record.fields) {
        return Flow::Continue(());
    }
    let url = record.fields.get("warc-target-uri").map(|url| url.trim_matches(['<', '>']).to_owned());
    let mut here = place.clone();
    here.name = format!("{}:{number}", place.name);
    here.fetched = record.fields.get("warc-date").and_then(|written| date::normal(written));
    here.url = url;
    let read = guarded(|| {
        if record.fields.get("warc-type").is_some_and(|kind| kind == "resource") {
            let media = record.fields.get("content-type").cloned().unwrap_or_default();
            return Ok(response::Response { status: 200, media, body: record.content, ..Default::default() });
        }
        response::read(&record.content, intake.limits.whole)
    });
    let response = match read {
        Ok(response) if response.status == 200 => response,
        Ok(_) => return Flow::Continue(()),
        Err(reason) => return intake.refuse(&here, reason),
    };
    match response.media.as_str() {
        "text/html" | "application/xhtml+xml" | "" => intake.one(&here, || {
            let decoded =
                decode_page(response.body, response.charset.as_deref()).map_err(|error| error.to_string())?;
            let mut report = html::page(&decoded.text, here.url.as_deref(), here.fetched.as_deref())?;
            report.remarks.extend(decoded.remark());
            report.url = report.url.or_else(|| here.url.clone());
            Ok(report)
        }),
        "application/pdf" => intake.one(&here, || super::pdf::read(response.body)),
        _ => intake.skip(),
    }
}
