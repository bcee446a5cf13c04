//! Tests of reports read from files.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use verbale_model::Report;

use super::{Limits, Options, Refused, Reports, remarks, sources};

mod archives;
mod formats;
mod made;
mod mutations;

/// A file in a folder of its own, which goes with it.
pub struct Temporary(PathBuf);

impl Temporary {
    /// Writes it.
    pub fn new(name: &str, bytes: &[u8]) -> Self {
        static MADE: AtomicUsize = AtomicUsize::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("verbale-ingest-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(name), bytes).unwrap();
        Self(folder.join(name))
    }

    /// Everything that comes of it.
    pub fn read(&self) -> Vec<Result<Report, Refused>> {
        Reports::new(sources(&self.0), Options::default()).collect()
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(self.0.parent().unwrap());
    }
}

/// What bytes under a name come to: texts of reports, and reasons of refusals.
pub fn read(name: &str, bytes: &[u8]) -> (Vec<Report>, Vec<String>) {
    within(name, bytes, Options::default(), Limits::default())
}

/// The same with options and limits.
pub fn within(name: &str, bytes: &[u8], options: Options, limits: Limits) -> (Vec<Report>, Vec<String>) {
    let file = Temporary::new(name, bytes);
    let (mut found, mut refused) = (Vec::new(), Vec::new());
    for item in Reports::within(sources(&file.0), options, limits) {
        match item {
            Ok(report) => found.push(report),
            Err(error) => refused.push(format!("{}: {}", error.input, error.reason)),
        }
    }
    (found, refused)
}

#[test]
fn one_bad_line_leaves_the_others() {
    let file = Temporary::new(
        "a.jsonl",
        b"\xef\xbb\xbf{\"id\":\"a\",\"text\":\"x\"}\n\n{\"id\":\n{\"text\":\"caf\xe9\"}\n{\"text\":\"y\"}",
    );
    let read = file.read();
    let ids: Vec<&str> = read.iter().flatten().map(|report| report.id.as_str()).collect();
    let name = format!("{}:5", file.0.display());
    assert_eq!(ids, ["a", &name]);
    let reasons: Vec<&str> =
        read.iter().filter_map(|read| read.as_ref().err()).map(|error| error.reason.as_str()).collect();
    assert!(reasons[0].starts_with("line 3 is left out: EOF"), "{reasons:?}");
    assert_eq!(reasons[1], "line 4 is left out: its byte 12 is not UTF-8");
}

#[test]
fn jsonl_in_utf16_is_read_and_broken_gzip_is_named() {
    let bytes: Vec<u8> =
        "\u{feff}{\"id\":\"a\",\"text\":\"é\"}\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(Temporary::new("b.jsonl", &bytes).read()[0].as_ref().unwrap().text, "é");
    let refused = Temporary::new("c.jsonl", b"\x1f\x8b\x08\x00").read().remove(0).unwrap_err();
    assert!(refused.reason.contains("cut short"), "{}", refused.reason);
}

#[test]
fn what_is_empty_is_named() {
    for name in ["d.txt", "d.jsonl"] {
        for bytes in [b"".as_slice(), b" \n\n"] {
            let refused = Temporary::new(name, bytes).read();
            assert_eq!(refused.len(), 1);
            assert!(refused[0].as_ref().unwrap_err().reason.contains("empty"));
        }
    }
}

#[test]
fn odd_texts_are_remarked_on() {
    let said = |text: &str| {
        let report = Report { text: text.to_owned(), ..Report::default() };
        remarks(&report).into_iter().map(|remark| remark.message).collect::<String>()
    };
    assert!(said("").contains("empty"));
    assert!(said("He \u{202e}tem\u{202c} her").contains("direction"));
    assert!(said("caf\u{fffd}").contains("replacement"));
    assert!(said("министр иностранных дел прибыл в Москву").contains("not Latin"));
    assert_eq!(said("Ministers met in Oslo."), "");
}
