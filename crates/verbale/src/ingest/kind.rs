//! What kind of input something is: by its first bytes, then by its ending.

use super::columns::{Field, places};
use super::jsonl;

/// The kinds that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Plain text or Markdown.
    Text,
    /// An HTML page.
    Html,
    /// A PDF file.
    Pdf,
    /// One JSON value.
    Json,
    /// A JSON object a line.
    Jsonl,
    /// A table, and what stands between its cells where the ending says so.
    Table,
    /// RSS, Atom or RDF.
    Feed,
    /// One mail.
    Mail,
    /// A mailbox.
    Mailbox,
    /// A web archive.
    Warc,
    /// A ZIP archive.
    Zip,
    /// A tar archive.
    Tar,
    /// Gzip.
    Gzip,
    /// xz.
    Xz,
    /// Nothing that is read here.
    Other(&'static str),
}

/// Endings that are read, with the kind they promise.
const ENDINGS: &[(&str, Kind)] = &[
    ("txt", Kind::Text),
    ("text", Kind::Text),
    ("md", Kind::Text),
    ("markdown", Kind::Text),
    ("html", Kind::Html),
    ("htm", Kind::Html),
    ("xhtml", Kind::Html),
    ("pdf", Kind::Pdf),
    ("json", Kind::Json),
    ("jsonl", Kind::Jsonl),
    ("ndjson", Kind::Jsonl),
    ("csv", Kind::Table),
    ("tsv", Kind::Table),
    ("rss", Kind::Feed),
    ("atom", Kind::Feed),
    ("xml", Kind::Feed),
    ("rdf", Kind::Feed),
    ("eml", Kind::Mail),
    ("mbox", Kind::Mailbox),
    ("warc", Kind::Warc),
    ("zip", Kind::Zip),
    ("tar", Kind::Tar),
    ("tgz", Kind::Gzip),
    ("gz", Kind::Gzip),
    ("xz", Kind::Xz),
    ("txz", Kind::Xz),
];

/// Formats that people hand in and that are not read.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"BZh", "a bzip2 archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a sound, film or picture"),
    (b"PAR1", "a Parquet table"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a SQLite database"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
];

/// The kind that an ending in lower case promises.
pub fn of_ending(ending: &str) -> Option<Kind> {
    ENDINGS.iter().find(|(known, _)| *known == ending).map(|(_, kind)| *kind)
}

/// The endings that are read, for messages.
pub fn endings() -> String {
    ENDINGS.iter().map(|(ending, _)| *ending).collect::<Vec<_>>().join(", .")
}

/// The kind by the first bytes; where they say nothing, by the ending; else plain text.
pub fn tell(head: &[u8], ending: &str) -> Kind {
    let promised = of_ending(ending);
    if let Some(kind) = magic(head) {
        return kind;
    }
    if promised == Some(Kind::Tar) {
        return Kind::Tar;
    }
    let start = opening(head);
    let start = start.trim_start();
    if let Some(kind) = by_mark_up(start) {
        return kind;
    }
    match promised {
        Some(Kind::Text) => {
            if is_jsonl(start) && !matches!(ending, "md" | "markdown") {
                Kind::Jsonl
            } else {
                Kind::Text
            }
        }
        Some(Kind::Json) if is_jsonl(start) => Kind::Jsonl,
        Some(kind @ (Kind::Html | Kind::Json | Kind::Jsonl | Kind::Table | Kind::Mail | Kind::Mailbox)) => {
            kind
        }
        Some(Kind::Feed) => Kind::Other("XML of a kind that is no feed"),
        Some(Kind::Pdf) => Kind::Other("a .pdf file without PDF in it"),
        Some(Kind::Warc) => Kind::Other("a .warc file without WARC in it"),
        Some(Kind::Zip) => Kind::Other("a .zip file without ZIP in it"),
        _ => by_look(start),
    }
}

/// Kinds whose first bytes are a signature.
fn magic(head: &[u8]) -> Option<Kind> {
    let starts = |magic: &[u8]| head.starts_with(magic);
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        return Some(Kind::Zip);
    }
    if starts(b"\x1f\x8b") {
        return Some(Kind::Gzip);
    }
    if starts(b"\xfd7zXZ\0") {
        return Some(Kind::Xz);
    }
    if starts(b"WARC/") {
        return Some(Kind::Warc);
    }
    if head.get(257..262) == Some(b"ustar") {
        return Some(Kind::Tar);
    }
    // Readers of PDF forgive rubbish before the header.
    let early = &head[..head.len().min(1024)];
    if starts(b"%PDF-")
        || early.windows(5).any(|five| five == b"%PDF-") && early.iter().any(|byte| *byte >= 0x80)
    {
        return Some(Kind::Pdf);
    }
    SIGNATURES.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, name)| Kind::Other(name))
}

/// The first characters, good enough to be recognised.
fn opening(head: &[u8]) -> String {
    if let Ok(decoded) = super::decode(head[..head.len() & !1].to_vec()) {
        return decoded.text;
    }
    let head = head.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(head);
    String::from_utf8_lossy(head).into_owned()
}

fn by_mark_up(start: &str) -> Option<Kind> {
    let mut rest = start;
    while let Some(comment) = rest.strip_prefix("<!--") {
        rest = comment.split_once("-->")?.1.trim_start();
    }
    let lower = rest.get(..rest.floor_char_boundary(4096))?.to_ascii_lowercase();
    let opens = |tags: &[&str]| tags.iter().any(|tag| lower.starts_with(tag));
    if opens(&["<!doctype html", "<html", "<head", "<body", "<title"]) {
        return Some(Kind::Html);
    }
    if opens(&["<?xml", "<rss", "<feed", "<rdf:rdf", "<!doctype", "<atom:feed"]) {
        let holds = |tags: &[&str]| tags.iter().any(|tag| lower.contains(tag));
        return Some(if holds(&["<rss", "<feed", "<rdf:rdf", "<atom:feed"]) {
            Kind::Feed
        } else if holds(&["<html", "xhtml"]) {
            Kind::Html
        } else {
            Kind::Other("XML of a kind that is no feed")
        });
    }
    None
}

/// Whether the first line is a whole object.
fn is_jsonl(start: &str) -> bool {
    start.starts_with('{') && start.lines().next().is_some_and(jsonl::is_report)
}

/// What nothing but its look tells: standard input, files with endings of their own.
fn by_look(start: &str) -> Kind {
    if is_jsonl(start) {
        return Kind::Jsonl;
    }
    let dense: String = start.chars().filter(|c| !c.is_whitespace()).take(4).collect();
    if dense.starts_with("{\"") || dense.starts_with("[{\"") {
        return Kind::Json;
    }
    let mut lines = start.lines();
    let first = lines.next().unwrap_or_default();
    let header = |line: &str| {
        let name = line.split(':').next().unwrap_or_default();
        line.contains(':') && !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    if first.starts_with("From ") && first.contains('@') && lines.next().is_some_and(header) {
        return Kind::Mailbox;
    }
    let sure = ["received:", "mime-version:", "message-id:", "return-path:", "delivered-to:"];
    let is_sure = |line: &str| {
        let lower = line.to_ascii_lowercase();
        sure.iter().any(|name| lower.starts_with(name))
    };
    let heads: Vec<&str> = start.lines().take_while(|line| !line.is_empty()).collect();
    if header(first) && heads.iter().any(|line| is_sure(line)) {
        return Kind::Mail;
    }
    let cells =
        [',', '\t', ';'].map(|between| places(None, first.split(between).map(|cell| cell.trim_matches('"'))));
    if cells.iter().any(|found| found.contains_key(&Field::Text) && found.len() > 1) {
        return Kind::Table;
    }
    Kind::Text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_goes_before_the_ending() {
        assert_eq!(tell(b"%PDF-1.7", "txt"), Kind::Pdf);
        assert_eq!(tell(b"\n<!-- x --><!DOCTYPE html><p>", "txt"), Kind::Html);
        assert_eq!(tell(b"<?xml version='1.0'?>\n<rss>", "html"), Kind::Feed);
        assert_eq!(tell(b"<?xml version='1.0'?><note>", "xml"), Kind::Other("XML of a kind that is no feed"));
        assert_eq!(tell(b"[Oslo] Ministers met.", ""), Kind::Text);
        assert_eq!(tell(b"{\"text\": \"x\"}\n", ""), Kind::Jsonl);
        assert_eq!(tell(b"[\n {\"text\"", ""), Kind::Json);
        assert_eq!(tell(b"Received: from x\nFrom: a@b.example\n\nHi", ""), Kind::Mail);
        assert_eq!(tell(b"From: Oslo\nSubject: x\n\nHi", "txt"), Kind::Text);
        assert_eq!(tell(b"url,date,title,text\n", ""), Kind::Table);
        assert_eq!(tell(b"In a text, the title counts.\n", ""), Kind::Text);
        assert_eq!(tell(b"", "jsonl"), Kind::Jsonl);
    }
}
