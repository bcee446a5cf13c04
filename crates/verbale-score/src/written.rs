//! Sets of named entities as texts: newswire in columns, put together again, and re3d.

use std::collections::BTreeMap;

use serde_json::Value;
use verbale::model::Span;

/// A text and its named entities, each with the set's label.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The words.
    pub text: String,
    /// Names, in the set's order.
    pub names: Vec<(Span, String)>,
}

/// A column of words with a column of labels (`B-Person`, `I-Person`, `O`), sentences apart, as a text: one paragraph
/// for each sentence, no space where English writes none.
pub fn columns(table: &str) -> Written {
    let mut written = Written::default();
    let (mut length, mut glue, mut quoted) = (0, true, false);
    let mut open: Option<(Span, String)> = None;
    for line in table.lines() {
        let Some((word, label)) = line.split_once('\t').filter(|(word, _)| !word.is_empty()) else {
            written.names.extend(open.take());
            if !written.text.is_empty() && !written.text.ends_with('\n') {
                written.text.push_str("\n\n");
                length += 2;
            }
            (glue, quoted) = (true, false);
            continue;
        };
        let closing = word == "\"" && quoted;
        if !glue && !closing && !leans_back(word) {
            written.text.push(' ');
            length += 1;
        }
        let start = length;
        written.text.push_str(word);
        length += word.chars().count() as u32;
        quoted ^= word == "\"";
        glue = matches!(word, "(" | "[" | "$" | "“" | "‘" | "``") || (word == "\"" && quoted);
        match label.trim().split_once('-') {
            Some(("I", name)) if open.as_ref().is_some_and(|(_, known)| known == name) => {
                open = open.map(|(span, name)| (Span { end: length, ..span }, name));
            }
            Some((_, name)) => {
                written
                    .names
                    .extend(open.replace((Span { start, end: length, in_title: false }, name.to_owned())));
            }
            None => written.names.extend(open.take()),
        }
    }
    written.names.extend(open);
    written
}

/// Whether a word is written to the one before it without a space.
fn leans_back(word: &str) -> bool {
    matches!(
        word,
        "." | "," | ";" | ":" | "!" | "?" | ")" | "]" | "%" | "”" | "’" | "'" | "''" | "…" | "n't" | "n’t"
    ) || (word.starts_with(['\'', '’']) && word.chars().count() <= 3)
}

/// Documents of re3d: files `FOLDER/documents.json` and `FOLDER/entities.json`, one object a line.
pub fn re3d(files: &[(String, String)]) -> Vec<Written> {
    let rows = |ending: &str| -> Vec<Value> {
        let named = files.iter().filter(|(name, _)| name.ends_with(ending));
        named.flat_map(|(_, text)| text.lines()).filter_map(|line| serde_json::from_str(line).ok()).collect()
    };
    let mut documents: BTreeMap<String, Written> = BTreeMap::new();
    for row in rows("/documents.json") {
        if let (Some(id), Some(text)) = (row["_id"].as_str(), row["text"].as_str()) {
            documents.insert(id.to_owned(), Written { text: text.to_owned(), names: Vec::new() });
        }
    }
    for row in rows("/entities.json") {
        let place = |key: &str| u32::try_from(row[key].as_u64()?).ok();
        let document = row["documentId"].as_str().and_then(|id| documents.get_mut(id));
        let (Some(document), Some(start), Some(end), Some(label)) =
            (document, place("begin"), place("end"), row["type"].as_str())
        else {
            continue;
        };
        document.names.push((Span { start, end, in_title: false }, label.to_owned()));
    }
    documents.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_become_running_text() {
        let table = "Hong\tB-Location\nKong\tI-Location\n's\tO\nJane\tB-Person\nDoe\tI-Person\n\nShe\tO\nsaid\tO\n:\tO\n\"\tO\nNo\tO\n.\tO\n\"\tO\n";
        let written = columns(table);
        assert_eq!(written.text, "Hong Kong's Jane Doe\n\nShe said: \"No.\"");
        let spans: Vec<_> =
            written.names.iter().map(|(span, name)| (span.start, span.end, name.as_str())).collect();
        assert_eq!(spans, [(0, 9, "Location"), (12, 20, "Person")]);
    }
}
