//! From bytes to reports: one file per input format.

mod archive;
mod columns;
mod date;
mod decode;
mod feed;
mod files;
mod html;
mod intake;
mod json;
pub mod jsonl;
mod kind;
mod language;
pub(crate) mod limits;
mod mail;
mod markup;
mod pdf;
mod reports;
mod response;
mod table;
#[cfg(test)]
mod tests;
mod visit;
mod warc;

use std::fmt::Write as _;

use sha2::{Digest, Sha256};
use verbale_model::{Diagnostic, Report, Severity};

pub use columns::Columns;
pub use date::{is_date, normal};
pub use decode::{DecodeError, Decoded, decode, decode_page};
pub use files::{Refused, Source, sources};
pub use html::{host, page};
pub use language::detect;
pub use limits::Limits;
pub use reports::{Options, Reports};

/// SHA-256 of a text's UTF-8, in lower-case hexadecimal.
pub fn sha256(text: &str) -> String {
    let mut out = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// What the reader of a record should know of the text itself.
pub fn remarks(report: &Report) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut remark = |severity: Severity, message: &str| {
        found.push(Diagnostic { severity, message: message.to_owned(), span: None });
    };
    if report.text.trim().is_empty() {
        remark(Severity::Warning, "the report is empty: there is nothing to code");
    }
    if report.text.contains('\u{fffd}') {
        remark(
            Severity::Warning,
            "the text holds replacement characters: it was decoded with the wrong encoding somewhere before",
        );
    }
    if report.text.chars().any(is_bidi_control) {
        remark(
            Severity::Warning,
            "the text holds invisible direction controls, which can make it look different from what it says",
        );
    }
    for said in &report.remarks {
        remark(Severity::Warning, said);
    }
    if mostly_not_latin(&report.text) {
        remark(Severity::Warning, "most letters are not Latin; this version reads English");
    } else if let Some(language) =
        report.language.as_deref().filter(|language| !language.to_lowercase().starts_with("en"))
    {
        remark(Severity::Warning, &format!("the report is in '{language}'; this version reads English"));
    }
    found
}

/// Controls that reorder text on the screen (Unicode Bidirectional Algorithm, explicit formatting).
fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn mostly_not_latin(text: &str) -> bool {
    let (mut latin, mut other) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        if (c as u32) < 0x250 || ('\u{1e00}'..='\u{1eff}').contains(&c) {
            latin += 1;
        } else {
            other += 1;
        }
    }
    other > latin && other > 20
}
