//! JSON of others: an object, an array of objects, or an object that holds such an array.

use serde_json::{Map, Value};
use verbale_model::{PublishedMethod, Report};

use super::columns::{Columns, Field, listed, places};
use super::intake::{Flow, Intake, Place};
use super::{date, markup};

/// Names under which dumps keep their array.
const ARRAYS: &[&str] = &["articles", "items", "documents", "results", "data", "reports", "entries"];

/// Reads the reports of one JSON text.
pub fn read(intake: &Intake, place: &Place, text: &str) -> Flow {
    let value = match parse(text) {
        Ok(value) => value,
        Err(error) => {
            return intake.refuse(place, format!("it is no JSON: {error}; one object a line is .jsonl"));
        }
    };
    let objects = match value {
        Value::Array(values) => values,
        Value::Object(mut map) => {
            let held = ARRAYS.iter().find(|name| map.get(**name).is_some_and(Value::is_array));
            match held.and_then(|name| map.remove(*name)) {
                Some(Value::Array(values)) => values,
                _ => return give(intake, place, &place.name, &Value::Object(map), "it"),
            }
        }
        other => {
            return intake
                .refuse(place, format!("it is {}, not an object or an array of objects", what(&other)));
        }
    };
    if objects.is_empty() {
        return intake.refuse(place, "it is empty: there is no report in its array");
    }
    for (at, value) in objects.iter().enumerate() {
        give(intake, place, &format!("{}:{}", place.name, at + 1), value, &format!("report {}", at + 1))?;
    }
    Flow::Continue(())
}

fn give(intake: &Intake, place: &Place, id: &str, value: &Value, called: &str) -> Flow {
    match report(value, intake.options.columns.as_ref()) {
        Ok(mut report) => {
            if report.id.is_empty() {
                id.clone_into(&mut report.id);
            }
            intake.report(place, report)
        }
        Err(reason) => intake.refuse(place, format!("{called} is left out: {reason}")),
    }
}

/// Parses JSON; half a surrogate pair, which some programs write, becomes a replacement character, on
/// which the record then remarks.
///
/// # Errors
/// What is wrong, and where.
pub fn parse(text: &str) -> Result<Value, serde_json::Error> {
    serde_json::from_str(text).or_else(|error| {
        let said = error.to_string();
        if said.contains("surrogate") || said.contains("hex escape") {
            serde_json::from_str(&paired(text)).map_err(|_| error)
        } else {
            Err(error)
        }
    })
}

/// A JSON text with `\ufffd` for each surrogate that stands alone.
fn paired(text: &str) -> String {
    let unit = |at: usize| -> Option<u16> {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(next) = text[at..].find('\\') {
        out.push_str(&text[at..at + next]);
        at += next;
        let length = match unit(at) {
            Some(0xd800..=0xdbff) if matches!(unit(at + 6), Some(0xdc00..=0xdfff)) => 12,
            Some(0xd800..=0xdfff) => {
                out.push_str("\\ufffd");
                at += 6;
                continue;
            }
            _ => 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8),
        };
        out.push_str(&text[at..at + length]);
        at += length;
    }
    out.push_str(&text[at..]);
    out
}

/// One object as a report, its fields recognised by the names that others use.
///
/// # Errors
/// Why it is none: no text, or a text that is none.
pub fn report(value: &Value, columns: Option<&Columns>) -> Result<Report, String> {
    let Value::Object(map) = value else {
        return Err(format!("it is {}, not an object", what(value)));
    };
    let found = places(columns, map.keys().map(String::as_str));
    let get = |field: Field| found.get(&field).and_then(|at| map.values().nth(*at));
    let names = || listed(map.keys().map(String::as_str));
    let text = match get(Field::Text) {
        None => return Err(format!("it has no text; its fields are {}", names())),
        Some(Value::Null) => return Err("its text is null".to_owned()),
        Some(value) => {
            words(value, "\n\n").ok_or_else(|| format!("its text is {}, not words", what(value)))?
        }
    };
    let field = |field: Field| get(field).and_then(|value| words(value, "; "));
    Ok(made(|wanted| if wanted == Field::Text { Some(text.clone()) } else { field(wanted) }))
}

/// A report from the fields of a table or a dump: mark-up read, dates normalised or left out with a
/// remark.
pub fn made(field: impl Fn(Field) -> Option<String>) -> Report {
    let plain = |text: String| {
        let text = if markup::is_html(&text) { markup::text(&text) } else { text };
        if text.contains('\0') { text.replace('\0', "") } else { text }
    };
    let short = |wanted: Field| {
        let text = plain(field(wanted)?);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    };
    let text = plain(field(Field::Text).unwrap_or_default());
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    let mut report = Report {
        id: short(Field::Id).unwrap_or_default(),
        text,
        title: short(Field::Title),
        outlet: short(Field::Outlet),
        url: field(Field::Url).map(|url| url.trim().to_owned()).filter(|url| !url.is_empty()),
        byline: short(Field::Byline),
        language: short(Field::Language),
        fetched: field(Field::Fetched).and_then(|fetched| date::normal(&fetched)),
        ..Report::default()
    };
    if let Some(written) = short(Field::Published) {
        report.published = date::normal(&written);
        if report.published.is_some() {
            report.published_method = Some(PublishedMethod::Given);
        } else {
            let written: String = written.chars().take(40).collect();
            report.remarks.push(format!(
                "its publication date, '{written}', cannot be read and is left out; write it as YYYY-MM-DD"
            ));
        }
    }
    report
}

/// A value as words: a text, a number, the name of an object, or several of them.
fn words(value: &Value, between: &str) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => {
            let all: Vec<String> = values.iter().filter_map(|value| words(value, between)).collect();
            (!all.is_empty()).then(|| all.join(between))
        }
        Value::Object(map) => named(map),
        Value::Null | Value::Bool(_) => None,
    }
}

fn named(map: &Map<String, Value>) -> Option<String> {
    ["name", "title", "text", "value", "id"]
        .iter()
        .find_map(|name| map.get(*name)?.as_str().map(str::to_owned))
}

/// What a value is, in words.
pub fn what(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_others_are_known() {
        let value = parse(
            r#"{"headline": "Talks &amp; tea", "articleBody": "<p>They met.</p><p>In Oslo.</p>", "datePublished": "2019-01-04T10:00:00Z",
                "source": {"id": "x", "name": "The Post"}, "author": [{"name": "A. B."}, "C. D."], "link": "https://a.example/1"}"#,
        )
        .unwrap();
        let report = report(&value, None).unwrap();
        assert_eq!(report.text, "They met.\n\nIn Oslo.");
        assert_eq!(report.title.as_deref(), Some("Talks & tea"));
        assert_eq!(report.published.as_deref(), Some("2019-01-04"));
        assert_eq!(report.outlet.as_deref(), Some("The Post"));
        assert_eq!(report.byline.as_deref(), Some("A. B.; C. D."));
    }

    #[test]
    fn half_a_character_is_replaced_and_nothing_else() {
        let value = parse(r#"{"text": "a\ud800b \ud83d\ude00 \\ud800"}"#).unwrap();
        assert_eq!(value["text"], "a\u{fffd}b 😀 \\ud800");
    }

    #[test]
    fn wrong_types_are_named() {
        for (json, said) in [
            (r#"{"text": true}"#, "true or false"),
            (r#"{"text": null}"#, "null"),
            (r#"{"title": "x"}"#, "its fields are title"),
            ("[1]", "a list"),
        ] {
            let error = report(&parse(json).unwrap(), None).unwrap_err();
            assert!(error.contains(said), "{error}");
        }
    }
}
