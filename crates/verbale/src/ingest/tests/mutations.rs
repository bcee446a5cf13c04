//! Tests that no bytes make intake fail: arbitrary ones, and good files that are cut and changed.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::super::{Limits, Options};
use super::made::{DRAWN, DUMP, FEED, MAIL, PAGE, TABLE, gzip, pdf, record, response, tar, xz, zip};
use super::within;

const LIMITS: Limits =
    Limits { total: 8 << 20, whole: 4 << 20, ratio: 200, ratio_from: 1 << 20, members: 100, depth: 3 };

const NAMES: &[&str] = &[
    "a.txt",
    "a.md",
    "a.html",
    "a.xhtml",
    "a.pdf",
    "a.json",
    "a.jsonl",
    "a.csv",
    "a.tsv",
    "a.rss",
    "a.atom",
    "a.xml",
    "a.eml",
    "a.mbox",
    "a.warc",
    "a.warc.gz",
    "a.zip",
    "a.tar",
    "a.tgz",
    "a.gz",
    "a.xz",
    "a.tar.xz",
    "a",
];

/// Reads it; whatever comes of it, no reader may have failed by its own mistake.
fn survives(name: &str, bytes: &[u8]) {
    let (found, refused) = within(name, bytes, Options::default(), LIMITS);
    assert!(refused.iter().all(|reason| !reason.contains("mistake in verbale")), "{name}: {refused:?}");
    for report in found {
        assert!(report.text.len() < 8 << 20);
        super::super::remarks(&report);
    }
}

const STARTS: &[&[u8]] = &[
    b"",
    b"",
    b"%PDF-1.4\n",
    b"PK\x03\x04",
    b"\x1f\x8b\x08\x00",
    b"\xfd7zXZ\0",
    b"WARC/1.0\r\n",
    b"{\"text\":",
    b"<html>",
    b"<?xml version=\"1.0\"?><rss>",
    b"<feed xmlns=\"http://www.w3.org/2005/Atom\">",
    b"\xff\xfe",
    b"\xfe\xff",
    b"From a@b\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_are_read_or_refused(name in select(NAMES), start in select(STARTS), rest in vec(any::<u8>(), 0..600)) {
        survives(name, &[start, &rest].concat());
    }
}

/// Numbers that look random and are the same on every run (xorshift).
struct Seeded(u64);

impl Seeded {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

#[test]
fn good_files_may_be_cut_and_changed_anywhere() {
    let page =
        record("response", "https://news.example/1", &response("Content-Type: text/html", PAGE.as_bytes()));
    let members: &[(&str, &[u8])] =
        &[("one.txt", b"Ministers met."), ("a.csv", TABLE.as_bytes()), ("b.json", DUMP.as_bytes())];
    let fixtures: Vec<(&str, Vec<u8>)> = vec![
        ("a.html", PAGE.into()),
        ("a.xml", FEED.into()),
        ("a.eml", MAIL.into()),
        ("a.csv", TABLE.into()),
        ("a.json", DUMP.into()),
        ("a.jsonl", b"{\"id\": \"a\", \"text\": \"x\"}\n{\"id\": \"b\", \"text\": \"y\"}\n".to_vec()),
        ("a.pdf", pdf(DRAWN)),
        ("a.zip", zip(members)),
        ("a.tar", tar(members)),
        ("a.tgz", gzip(&tar(members))),
        ("a.tar.xz", xz(&tar(members))),
        ("a.warc", [page.clone(), page.clone()].concat()),
        ("a.warc.gz", [gzip(&page), gzip(&page)].concat()),
    ];
    let mut seeded = Seeded(0x5eed_1234_abcd);
    for (name, bytes) in fixtures {
        for turn in 0..200 {
            let at = seeded.next(bytes.len());
            let mut changed = bytes.clone();
            match turn % 4 {
                0 => changed.truncate(at),
                1 => changed[at] = seeded.next(256) as u8,
                2 => drop(changed.drain(at..(at + 1 + seeded.next(16)).min(bytes.len()))),
                _ => changed[at] ^= 1 << seeded.next(8),
            }
            survives(name, &changed);
        }
    }
}
