//! JSONL: one report a line, as `{"id", "text", "title"?, "published"?, "outlet"?, "url"?, "language"?}`.

use std::io::{BufRead, Cursor, Read as _};

use serde::Deserialize;
use serde_json::Value;
use verbale_model::{PublishedMethod, Report};

use super::columns::Columns;
use super::date::{day_of, is_date};
use super::files::explain;
use super::intake::{Flow, Intake, Place};
use super::json;

/// Longest line, in bytes.
const LONGEST_LINE: u64 = 64 << 20;

/// A line in our own names; what else stands in it is let be.
#[derive(Deserialize)]
struct Line {
    text: String,
    title: Option<String>,
    published: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
    language: Option<String>,
    byline: Option<String>,
    fetched: Option<String>,
}

/// Reads one line; `name` and `number` (from 1) name the report when it has no id. A line with our
/// `text` is taken as it is written; one in the names of others as `json::report` takes it.
///
/// # Errors
/// A message that names the line, what is wrong with it and what it should be.
pub fn line(name: &str, number: usize, text: &str, columns: Option<&Columns>) -> Result<Report, String> {
    let left_out = |what: String| format!("line {number} is left out: {what}");
    let shape = r#"a line is an object like {"id": "…", "text": "…"}"#;
    // The line number inside one line is always 1, and misleads.
    let reason = |error: serde_json::Error| {
        let error = error.to_string().replace(" at line 1 column", ", column").replace(" at line 1,", ",");
        left_out(format!("{error}; {shape}"))
    };
    let value = json::parse(text).map_err(reason)?;
    let id = match value.get("id") {
        Some(Value::String(id)) => id.clone(),
        Some(Value::Null) | None => format!("{name}:{number}"),
        Some(other) => other.to_string(),
    };
    if value.get("text").is_some() && columns.is_none() {
        let line: Line = serde_json::from_value(value.clone()).map_err(reason)?;
        let mut report = ours(line).map_err(left_out)?;
        report.id = id;
        if report.published.is_none() && value.get("published").is_none() {
            // A dump that calls its text "text" has its own names for the rest.
            let rest = json::report(&value, None).unwrap_or_default();
            report.published = rest.published;
            report.published_method = rest.published_method;
            report.remarks = rest.remarks;
            report.title = report.title.or(rest.title);
            report.outlet = report.outlet.or(rest.outlet);
            report.url = report.url.or(rest.url);
            report.byline = report.byline.or(rest.byline);
            report.language = report.language.or(rest.language);
        }
        return Ok(report);
    }
    if !value.is_object() {
        return Err(left_out(format!("it is {}; {shape}", json::what(&value))));
    }
    let mut report = json::report(&value, columns)
        .map_err(|what| left_out(format!("missing field `text`: {what}; {shape}")))?;
    report.id = id;
    Ok(report)
}

fn ours(line: Line) -> Result<Report, String> {
    let published = line.published.as_deref().map(day_of).filter(|date| !date.is_empty());
    if let Some(date) = published.filter(|date| !is_date(date)) {
        return Err(format!("published is '{date}'; write it as YYYY-MM-DD, YYYY-MM or YYYY"));
    }
    let published = published.map(str::to_owned);
    let text = match line.text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => line.text,
    };
    Ok(Report {
        text,
        title: line.title,
        published_method: published.as_ref().map(|_| PublishedMethod::Given),
        published,
        outlet: line.outlet,
        url: line.url,
        language: line.language,
        byline: line.byline,
        fetched: line.fetched.filter(|day| is_date(day)),
        ..Report::default()
    })
}

/// Whether a line is a whole object with a text; how input without an ending is recognised.
pub fn is_report(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('{') && json::parse(line).is_ok_and(|value| json::report(&value, None).is_ok())
}

/// Reads all lines, one after the other.
pub fn read(intake: &Intake, place: &Place, mut reader: Box<dyn BufRead + '_>) -> Flow {
    if !reader.fill_buf().is_ok_and(is_plain) {
        let mut bytes = Vec::new();
        let limit = intake.limits.whole;
        if let Err(error) = reader.take(limit).read_to_end(&mut bytes) {
            return intake.refuse(place, explain(&error));
        }
        match super::decode(bytes) {
            Ok(decoded) => reader = Box::new(Cursor::new(decoded.text.into_bytes())),
            Err(error) => return intake.refuse(place, error.to_string()),
        }
    }
    let (mut number, mut any) = (0, false);
    loop {
        let mut line = Vec::new();
        match (&mut reader).take(LONGEST_LINE).read_until(b'\n', &mut line) {
            Ok(0) if any => return Flow::Continue(()),
            Ok(0) => return intake.refuse(place, "it is empty: there is nothing to read"),
            Ok(_) => number += 1,
            // Whatever follows cannot be trusted to be the next line.
            Err(error) => return intake.refuse(place, format!("line {}: {}", number + 1, explain(&error))),
        }
        let too_long = line.len() as u64 == LONGEST_LINE && line.last() != Some(&b'\n');
        let line = line.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(&line);
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        any = true;
        if too_long {
            let _ = reader.skip_until(b'\n');
            let most = LONGEST_LINE >> 20;
            intake.refuse(place, format!("line {number} is left out: it is longer than {most} MB"))?;
            continue;
        }
        let text = match std::str::from_utf8(line) {
            Ok(text) => text.trim(),
            Err(error) => {
                let at = error.valid_up_to();
                intake.refuse(place, format!("line {number} is left out: its byte {at} is not UTF-8"))?;
                continue;
            }
        };
        match self::line(&place.name, number, text, intake.options.columns.as_ref()) {
            Ok(report) => intake.report(place, report)?,
            Err(reason) => intake.refuse(place, reason)?,
        }
    }
}

/// Whether the first bytes can be read line by line, without decoding the whole.
fn is_plain(first: &[u8]) -> bool {
    let first = first.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(first);
    first.is_empty()
        || first.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{') && !first.contains(&0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_kept_or_made() {
        assert_eq!(line("a.jsonl", 3, r#"{"id": 7, "text": "x"}"#, None).unwrap().id, "7");
        assert_eq!(line("a.jsonl", 3, r#"{"text": "x"}"#, None).unwrap().id, "a.jsonl:3");
    }

    #[test]
    fn a_bad_line_is_named() {
        assert!(
            line("a", 2, "{}", None).unwrap_err().starts_with("line 2 is left out: missing field `text`")
        );
        assert!(
            line("a", 2, r#"{"text": "", "published": "May"}"#, None).unwrap_err().contains("YYYY-MM-DD")
        );
        assert!(line("a", 2, r#"{"text": 5}"#, None).unwrap_err().contains("invalid type"));
    }

    #[test]
    fn the_day_of_a_timestamp_is_enough() {
        let report = line("a", 1, r#"{"text": "x", "published": "2025-10-24T08:00:00Z"}"#, None).unwrap();
        assert_eq!(report.published.as_deref(), Some("2025-10-24"));
    }

    #[test]
    fn our_text_is_taken_as_written_and_that_of_others_is_read() {
        assert_eq!(line("a", 1, r#"{"text": "a<br>b"}"#, None).unwrap().text, "a<br>b");
        let other = line("a", 1, r#"{"maintext": "a<br>b", "date_publish": "long ago"}"#, None).unwrap();
        assert_eq!((other.text.as_str(), other.published), ("a\nb", None));
        assert!(other.remarks[0].contains("long ago"));
    }
}
