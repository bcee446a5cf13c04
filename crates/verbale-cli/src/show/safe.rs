//! Text of others, made harmless for a terminal: what moves the cursor, hides or reorders is spelled out.

use std::fmt::Write as _;

/// Whether a character must not reach a terminal as it is: controls, direction controls, invisible
/// characters that hide text, line separators, tags. Joiners stay, because scripts need them.
pub fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{061c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A line with its harmful characters as `<U+202E>`.
pub fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\t' {
            out.push(' ');
        } else if is_harmful(c) {
            let _ = write!(out, "<U+{:04X}>", c as u32);
        } else {
            out.push(c);
        }
    }
    out
}

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
    fn escapes_are_spelled_out() {
        assert_eq!(harmless("a\u{1b}[2J\u{202e}b\tc"), "a<U+001B>[2J<U+202E>b c");
        assert_eq!(harmless("Élysée 中 می‌رود"), "Élysée 中 می‌رود");
    }

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
