//! JSONL: one report a line, as `{"id", "text", "title"?, "published"?, "outlet"?, "url"?, "language"?}`.

use serde::Deserialize;
use verbale_model::Report;

use super::date::{day_of, is_date};

#[derive(Deserialize)]
struct Line {
    id: Option<serde_json::Value>,
    text: String,
    title: Option<String>,
    published: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
    language: Option<String>,
}

/// Reads one line; `name` and `number` (from 1) name the report when it has no id.
///
/// # Errors
/// A message that names the line, what is wrong with it and what it should be.
pub fn line(name: &str, number: usize, text: &str) -> Result<Report, String> {
    let line: Line = serde_json::from_str(text).map_err(|error| {
        let error = error.to_string();
        // The line number inside one line is always 1, and misleads.
        let what = error.replace(" at line 1 column", ", column").replace(" at line 1,", ",");
        format!(r#"line {number} is left out: {what}; a line is an object like {{"id": "…", "text": "…"}}"#)
    })?;
    let id = match line.id {
        Some(serde_json::Value::String(id)) => id,
        Some(serde_json::Value::Null) | None => format!("{name}:{number}"),
        Some(other) => other.to_string(),
    };
    let published = line.published.as_deref().map(day_of).filter(|date| !date.is_empty());
    if let Some(date) = published.filter(|date| !is_date(date)) {
        return Err(format!(
            "line {number} is left out: published is '{date}'; write it as YYYY-MM-DD, YYYY-MM or YYYY"
        ));
    }
    let published = published.map(str::to_owned);
    let text = match line.text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => line.text,
    };
    Ok(Report {
        id,
        text,
        title: line.title,
        published,
        outlet: line.outlet,
        url: line.url,
        language: line.language,
        ..Report::default()
    })
}

/// Whether a line looks like a report of this format; how standard input is recognised.
pub fn is_report(line: &str) -> bool {
    line.starts_with('{') && serde_json::from_str::<Line>(line).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_kept_or_made() {
        assert_eq!(line("a.jsonl", 3, r#"{"id": 7, "text": "x"}"#).unwrap().id, "7");
        assert_eq!(line("a.jsonl", 3, r#"{"text": "x"}"#).unwrap().id, "a.jsonl:3");
    }

    #[test]
    fn a_bad_line_is_named() {
        assert!(
            line("a", 2, "{}").unwrap_err().starts_with("line 2 is left out: missing field `text`, column 2")
        );
        assert!(line("a", 2, r#"{"text": "", "published": "May"}"#).unwrap_err().contains("YYYY-MM-DD"));
    }

    #[test]
    fn the_day_of_a_timestamp_is_enough() {
        let report = line("a", 1, r#"{"text": "x", "published": "2025-10-24T08:00:00Z"}"#).unwrap();
        assert_eq!(report.published.as_deref(), Some("2025-10-24"));
    }
}
