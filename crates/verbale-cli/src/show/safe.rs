//! Records as JSON that is harmless on a terminal: what moves the cursor, hides or reorders is spelled out.

use std::fmt::Write as _;

use verbale_page::safe::is_harmful;

/// A record as one line of JSON, harmful characters as `\u` escapes: the same JSON, safe to show.
pub fn json_line(record: &impl serde::Serialize) -> String {
    let json = serde_json::to_string(record).unwrap_or_default();
    let mut out = String::with_capacity(json.len() + 1);
    for c in json.chars() {
        if is_harmful(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use verbale::model::Record;

    #[test]
    fn json_stays_the_same_json() {
        let mut record: Record = serde_json::from_str(
            r#"{"id": "x", "sha256": "", "published": null, "events": [], "claims": [], "diagnostics": [], "coder": "", "data": ""}"#,
        )
        .unwrap();
        record.id = "a\u{202e}\u{7f}\u{e0041}\n".to_owned();
        let line = json_line(&record);
        assert!(line.contains(r"\u202e") && !line.trim_end().chars().any(is_harmful));
        assert_eq!(serde_json::from_str::<Record>(&line).unwrap(), record);
    }
}
