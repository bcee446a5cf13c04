//! Reading TOML tables field by field, with the line of everything that is wrong.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::{Finding, Severity};
use crate::dates;

/// Byte offsets of the starts of lines.
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        Self(std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect())
    }

    pub(super) fn at(&self, span: &Range<usize>) -> u32 {
        self.0.partition_point(|start| *start <= span.start) as u32
    }
}

/// One table being read: fields asked for are ticked off, and [`Fields::finish`] reports the others.
pub(super) struct Fields<'f, 't> {
    /// What the table is, for messages: `state XWZ`.
    what: String,
    /// Line on which it starts.
    pub(super) line: u32,
    table: &'t DeTable<'t>,
    asked: BTreeSet<&'static str>,
    lines: &'f Lines,
    findings: &'f mut Vec<Finding>,
}

impl<'f, 't> Fields<'f, 't> {
    pub(super) fn new(
        sort: &str,
        line: u32,
        table: &'t DeTable<'t>,
        lines: &'f Lines,
        findings: &'f mut Vec<Finding>,
    ) -> Self {
        let label =
            ["code", "id", "name", "office"].iter().find_map(|key| table.get(*key)?.get_ref().as_str());
        let what = label.map_or_else(|| sort.to_owned(), |label| format!("{sort} {label}"));
        Self { what, line, table, asked: BTreeSet::new(), lines, findings }
    }

    pub(super) fn error(&mut self, line: u32, message: &str) {
        let message = format!("{}: {message}", self.what);
        self.findings.push(Finding { line, severity: Severity::Error, message });
    }

    fn value(&mut self, key: &'static str) -> Option<(&'t DeValue<'t>, u32)> {
        self.asked.insert(key);
        self.table
            .get(key)
            .map(|value: &Spanned<DeValue<'t>>| (value.get_ref(), self.lines.at(&value.span())))
    }

    /// A text that may be left out.
    pub(super) fn text(&mut self, key: &'static str) -> Option<String> {
        let (value, line) = self.value(key)?;
        match value.as_str().map(str::trim) {
            Some("") => {
                self.error(line, &format!("`{key}` is empty; leave it out or fill it in"));
                None
            }
            Some(text) => Some(text.to_owned()),
            None => {
                self.error(line, &format!("`{key}` must be a text in quotation marks"));
                None
            }
        }
    }

    /// A text that must be there; empty after the error is noted.
    pub(super) fn required(&mut self, key: &'static str) -> String {
        let missing = !self.table.contains_key(key);
        let text = self.text(key);
        if missing {
            self.error(self.line, &format!("`{key}` is missing; add it"));
        }
        text.unwrap_or_default()
    }

    /// A text out of a closed list.
    pub(super) fn one_of<T: Copy>(
        &mut self,
        key: &'static str,
        all: &[T],
        word: fn(T) -> &'static str,
    ) -> Option<T> {
        let line = self.table.get(key).map_or(self.line, |value| self.lines.at(&value.span()));
        let text = self.text(key)?;
        let found = all.iter().copied().find(|member| word(*member) == text);
        if found.is_none() {
            let known: Vec<&str> = all.iter().map(|member| word(*member)).collect();
            self.error(line, &format!("`{key}` is {text}, which is none of {}", known.join(", ")));
        }
        found
    }

    /// An EDTF calendar date of any precision.
    pub(super) fn date(&mut self, key: &'static str) -> Option<String> {
        let (value, line) = self.value(key)?;
        // TOML's own dates are read too: from = 2021-08-15.
        let text = match value {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::Integer(year) => year.to_string(),
            _ => self.text(key)?,
        };
        if dates::is_date(&text) {
            return Some(text);
        }
        self.error(line, &format!("`{key}` is {text}, which is no date; write 2021, 2021-08 or 2021-08-15"));
        None
    }

    /// Both ends of a span of time.
    pub(super) fn span(&mut self) -> (Option<String>, Option<String>) {
        let (from, to) = (self.date("from"), self.date("to"));
        if let (Some(from), Some(to)) = (&from, &to)
            && dates::after(from, to)
        {
            self.error(self.line, &format!("`from` ({from}) is later than `to` ({to}); exchange them"));
        }
        (from, to)
    }

    /// Several texts.
    pub(super) fn texts(&mut self, key: &'static str) -> Option<Vec<String>> {
        let (value, line) = self.value(key)?;
        let texts = value.as_array().and_then(|array| {
            array
                .iter()
                .map(|member| member.get_ref().as_str().map(|text| text.trim().to_owned()))
                .collect::<Option<Vec<_>>>()
        });
        if texts.is_none() {
            self.error(line, &format!("`{key}` must be a list of texts: [\"one\", \"two\"]"));
        }
        texts
    }

    /// True or false, false where left out.
    pub(super) fn flag(&mut self, key: &'static str, default: bool) -> bool {
        let Some((value, line)) = self.value(key) else { return default };
        value.as_bool().unwrap_or_else(|| {
            self.error(line, &format!("`{key}` must be true or false"));
            default
        })
    }

    /// A number, within bounds.
    pub(super) fn number(&mut self, key: &'static str, bounds: Range<f64>) -> Option<f64> {
        let (value, line) = self.value(key)?;
        let number: Option<f64> = match value {
            DeValue::Integer(number) => number.to_string().parse().ok(),
            DeValue::Float(number) => number.to_string().parse().ok(),
            _ => None,
        };
        let number = number.filter(|number| bounds.contains(number));
        if number.is_none() {
            self.error(line, &format!("`{key}` must be a number from {} to {}", bounds.start, bounds.end));
        }
        number
    }

    /// Tables within the table, each read by `read`.
    pub(super) fn tables<T>(&mut self, key: &'static str, read: impl Fn(&mut Fields<'_, 't>) -> T) -> Vec<T> {
        let Some((value, line)) = self.value(key) else { return Vec::new() };
        let Some(array) = value.as_array() else {
            self.error(line, &format!("`{key}` must be a list of tables: [{{ … }}, {{ … }}]"));
            return Vec::new();
        };
        tables(&format!("{}, {key}", self.what), line, array, self.lines, self.findings, read)
    }

    /// Reports the fields that nobody asked for.
    pub(super) fn finish(&mut self) {
        let unknown: Vec<(String, u32)> = self
            .table
            .iter()
            .filter(|(key, _)| !self.asked.contains(key.get_ref().as_ref()))
            .map(|(key, _)| (key.get_ref().to_string(), self.lines.at(&key.span())))
            .collect();
        for (key, line) in unknown {
            let known: Vec<&str> = self.asked.iter().copied().collect();
            self.error(line, &format!("unknown key `{key}`; known are {}", known.join(", ")));
        }
    }
}

/// Reads every table of an array.
pub(super) fn tables<'t, T>(
    sort: &str,
    line: u32,
    array: &'t DeArray<'t>,
    lines: &Lines,
    findings: &mut Vec<Finding>,
    read: impl Fn(&mut Fields<'_, 't>) -> T,
) -> Vec<T> {
    let mut found = Vec::new();
    for member in array {
        let Some(table) = member.get_ref().as_table() else {
            let message = format!("{sort}: expected tables; write [[{sort}]] before each entry");
            findings.push(Finding { line, severity: Severity::Error, message });
            continue;
        };
        let line = lines.at(&member.span());
        let mut fields = Fields::new(sort, line, table, lines, findings);
        found.push(read(&mut fields));
        fields.finish();
    }
    found
}
