//! Input that is no report: named with its reason, the others done, the exit code right, no panic.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what is wrong by panicking"
)]

mod binary;

use binary::{Folder, verbale, with};
use serde_json::Value;

/// Reads one bad file between two good ones: it is named with this reason, and they are done.
#[track_caller]
fn refused(name: &str, bytes: &[u8], reason: &str) {
    let folder = Folder::new();
    let good = folder.file("good.txt", "Ministers met in Oslo.\n");
    let bad = folder.file(name, bytes);
    let ran = verbale(&["read", &good, &bad, &good, "--json"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert_eq!(ran.out.lines().count(), 2, "{}", ran.out);
    assert!(ran.err.contains(name) && ran.err.contains(reason), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
}

/// Reads text that is odd and still a report.
#[track_caller]
fn read(bytes: &[u8]) -> Value {
    let ran = with(&["read", "-", "--json"], bytes, &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

fn remarks(record: &Value) -> String {
    record["diagnostics"].as_array().unwrap().iter().map(|note| note["message"].as_str().unwrap()).collect()
}

fn units(text: &str, write: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(write).collect()
}

#[test]
fn what_is_no_text_is_named() {
    refused("empty.txt", b"", "empty");
    refused("blank.txt", b" \n\n\t", "empty");
    refused("a.pdf", b"%PDF-1.7\n%\xe2\xe3", "the PDF is broken");
    refused("a.docx", b"PK\x03\x04\x14\x00", "the ZIP archive is broken");
    refused("a.png", b"\x89PNG\r\n\x1a\n", "a PNG picture");
    refused("a.bin", b"\x00\x01\x02\x03abc\x00\x00", "binary data");
    refused("broken.txt", b"\xc3\xa9t\xc3\xa9 in Orl\xe9ans.", "byte 12 (line 1) is not UTF-8");
    refused("half.txt", b"\xff\xfeA", "UTF-16");
}

#[test]
fn what_is_not_there_is_named() {
    let folder = Folder::new();
    let good = folder.file("good.txt", "Ministers met in Oslo.\n");
    std::fs::create_dir_all(folder.path("void")).unwrap();
    let ran = verbale(&["read", &folder.path("none.txt"), &folder.path("void"), &good, "--json"]);
    assert_eq!((ran.code, ran.out.lines().count()), (1, 1), "{}", ran.err);
    assert!(ran.err.contains("none.txt: there is no such file or folder"), "{}", ran.err);
    assert!(ran.err.contains("void: the folder holds no file ending in .txt"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new();
    let closed = folder.file("closed.txt", "Ministers met in Oslo.\n");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&closed).is_ok() {
        return; // Somebody who may read everything runs this test.
    }
    let ran = verbale(&["read", &closed, "--json"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("closed.txt: it may not be read"), "{}", ran.err);
}

#[test]
fn a_bad_line_leaves_the_others() {
    let folder = Folder::new();
    let lines = "{\"id\": \"a\", \"text\": \"He left.\"}\n{\"id\": \"b\"}\n{oops\n{\"id\": \"c\", \"text\": \"x\", \"published\": \"May\"}\n{\"id\": \"d\", \"text\": \"\"}\n";
    let ran = verbale(&["read", &folder.file("a.jsonl", lines), "--json"]);
    assert_eq!(ran.code, 1);
    let ids: Vec<Value> =
        ran.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].clone()).collect();
    assert_eq!(ids, ["a", "d"]);
    for reason in [
        "line 2 is left out: missing field `text`",
        "line 3 is left out",
        "line 4 is left out: published is 'May'",
    ] {
        assert!(ran.err.contains(reason), "{reason}: {}", ran.err);
    }
}

#[test]
fn other_encodings_are_read() {
    let text = "Ministers met in Tromsø on Tuesday.\n";
    let plain = read(text.as_bytes());
    let marked = format!("\u{feff}{text}");
    for bytes in [
        marked.clone().into_bytes(),
        units(&marked, u16::to_le_bytes),
        units(&marked, u16::to_be_bytes),
        units(text, u16::to_le_bytes),
        units(text, u16::to_be_bytes),
    ] {
        assert_eq!(read(&bytes), plain);
    }
}

#[test]
fn odd_text_is_read_with_a_remark() {
    assert!(
        remarks(&read("Kenya \u{202e}met\u{202c} Norway in Oslo.".as_bytes())).contains("direction controls")
    );
    let mixed = "Министр иностранных дел Норвегии прибыл в Осло. 外交部长会见了挪威外长。 وزير الخارجية The minister met him.";
    assert!(remarks(&read(mixed.as_bytes())).contains("not Latin"));
    read("e\u{301}".repeat(3000).as_bytes());
    read("((((\"“‘".repeat(500).as_bytes());
}

#[test]
fn long_lines_are_read() {
    let words = "The minister met the ambassador in Oslo. ".repeat(500);
    assert!(!read(words.as_bytes())["events"].as_array().unwrap().is_empty());
    read("a".repeat(1 << 20).as_bytes());
}

#[test]
fn wrong_usage_is_exit_code_2() {
    let folder = Folder::new();
    let good = folder.file("good.txt", "Ministers met in Oslo.\n");
    for (arguments, said) in [
        (&["read", &good, "--published", "2025-02-30"][..], "YYYY-MM-DD"),
        (&["read", &good, "--published", "yesterday"], "YYYY-MM-DD"),
        (&["read", &good, "--model", "large"], "[possible values: default]"),
        (&["parse", &good, "--model", "large"], "[possible values: default]"),
        (&["read"], "INPUT"),
        (&["frobnicate"], "unrecognized subcommand"),
        (&["read", &good, "--knowledge", "/no/such.toml"], "cannot be read"),
        (&["explain", &good, "e99"], "there is no 'e99' in it"),
    ] {
        let ran = verbale(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains(said), "{arguments:?}: {}", ran.err);
        assert_eq!(ran.out, "", "{arguments:?}");
    }
}
