//! Tests of archives: members in order, bombs refused, broken parts left out.

use super::super::{Limits, Options};
use super::made::{PAGE, TABLE, gzip, record, response, tar, xz, zip};
use super::{read, within};

const TALKS: &[u8] = b"Ministers met in Oslo.\n";

fn members() -> Vec<(&'static str, &'static [u8])> {
    vec![
        ("README.md", b"about"),
        ("a/one.txt", TALKS),
        ("a/logo.png", b"\x89PNG\r\n"),
        ("scrape.R", b"x <- 1"),
        ("../b/two.html", PAGE.as_bytes()),
        ("table.csv", TABLE.as_bytes()),
    ]
}

#[test]
fn members_are_read_in_every_packing() {
    let one = tar(&members()[..4]);
    let whole = zip(&members());
    let (found, refused) = read("a.zip", &whole);
    assert!(refused.is_empty(), "{refused:?}");
    let ids: Vec<&str> = found.iter().map(|report| report.id.rsplit_once("a.zip").unwrap().1).collect();
    assert_eq!(ids, ["!a/one.txt", "!../b/two.html", "!table.csv:2", "!table.csv:3"]);
    for (name, bytes) in [
        ("a.tar", one.clone()),
        ("a.tar.gz", gzip(&one)),
        ("a.tgz", gzip(&one)),
        ("a.tar.xz", xz(&one)),
        ("without", xz(&one)),
    ] {
        let (found, refused) = read(name, &bytes);
        assert!(found.len() == 1 && refused.is_empty(), "{name}: {refused:?}");
        assert!(found[0].id.ends_with(&format!("{name}!a/one.txt")), "{}", found[0].id);
    }
    let (found, _) = read("page.html.gz", &gzip(PAGE.as_bytes()));
    assert!(found[0].id.ends_with("page.html.gz") && found[0].text.contains("Solheim"));
    assert_eq!(read("a.jsonl.gz", &gzip(b"{\"text\":\"x\"}\n{\"text\":\"y\"}\n")).0.len(), 2);
}

#[test]
fn archives_in_archives_end_somewhere() {
    let mut bytes = zip(&[("one.txt", TALKS)]);
    for depth in 1..5 {
        let (found, refused) = read("a.zip", &bytes);
        assert_eq!(
            (found.len(), refused.len()),
            if depth <= 3 { (1, 0) } else { (0, 1) },
            "{depth}: {refused:?}"
        );
        bytes = zip(&[("inner.zip", &bytes)]);
    }
    let mut bytes = TALKS.to_vec();
    for _ in 0..12 {
        bytes = gzip(&bytes);
    }
    assert!(read("a.txt.gz.gz.gz.gz.gz.gz.gz.gz.gz.gz.gz.gz", &bytes).1[0].contains("packed more than"));
}

#[test]
fn bombs_are_refused_by_name() {
    let limits =
        Limits { total: 40 << 20, whole: 32 << 20, ratio: 100, ratio_from: 1 << 20, members: 10, depth: 3 };
    let zeros = vec![b' '; 8 << 20];
    for (name, bytes) in [
        ("bomb.zip", zip(&[("good.txt", TALKS), ("b.txt", &zeros), ("after.txt", TALKS)])),
        ("bomb.tar.gz", gzip(&tar(&[("good.txt", TALKS), ("b.txt", &zeros), ("after.txt", TALKS)]))),
        ("bomb.txt.xz", xz(&zeros)),
        ("bomb.warc.gz", gzip(&record("response", "http://a.example/", &zeros))),
    ] {
        let (found, refused) = within(name, &bytes, Options::default(), limits);
        assert!(found.len() <= 1, "{name}: {} were read", found.len());
        assert!(
            refused.len() == 1 && refused[0].contains(name) && refused[0].contains("100 times"),
            "{name}: {refused:?}"
        );
    }
    let loose = Limits { ratio: 1_000_000, whole: 4 << 20, ..limits };
    let (found, refused) =
        within("long.zip", &zip(&[("b.txt", &zeros), ("c.txt", TALKS)]), Options::default(), loose);
    assert!(found.len() == 1 && refused[0].contains("longer than 4 MB"), "{refused:?}");
    let short = Limits { total: 4 << 20, ratio: 1_000_000, ..limits };
    let (_, refused) =
        within("big.tar.gz", &gzip(&tar(&[("b.png", &zeros), ("c.txt", TALKS)])), Options::default(), short);
    assert!(refused.len() == 1 && refused[0].contains("more than 4 MB"), "{refused:?}");
    let many: Vec<(String, &[u8])> = (0..12).map(|n| (format!("{n}.txt"), TALKS)).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    for (name, bytes) in [("many.zip", zip(&many)), ("many.tar", tar(&many))] {
        let (found, refused) = within(name, &bytes, Options::default(), limits);
        assert!(found.len() == 10 && refused[0].contains("more than 10 files"), "{name}: {refused:?}");
    }
}

#[test]
fn what_is_cut_short_gives_what_there_is() {
    let bytes = gzip(&tar(&[("one.txt", TALKS), ("two.txt", &b"Envoys left. ".repeat(5000))]));
    let (found, refused) = read("a.tar.gz", &bytes[..bytes.len() / 2]);
    assert!(found.len() == 1 && refused.len() == 1 || found.is_empty() && refused.len() == 1, "{refused:?}");
    assert!(read("a.txt.gz", &gzip(TALKS)[..20]).1[0].contains("cut short"));
    assert!(read("a.zip", &zip(&members())[..200]).1[0].contains("broken"));
}

#[test]
fn office_documents_are_named() {
    let document = zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")]);
    assert!(read("a.docx", &document).1[0].contains("office document"));
    assert!(read("a.png", b"\x89PNG\r\n\x1a\n").1[0].contains("a PNG picture"));
}

fn archive(pack: impl Fn(&[u8]) -> Vec<u8>, broken: impl Fn(Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let html = "Content-Type: text/html; charset=utf-8";
    let page = |n: usize, header: &str, body: &[u8]| {
        pack(&record("response", &format!("https://news.example/{n}"), &response(header, body)))
    };
    let packed = format!("{html}\r\nContent-Encoding: gzip");
    [
        pack(&record("warcinfo", "", b"software: x")),
        page(1, html, PAGE.as_bytes()),
        pack(&record("request", "https://news.example/1", b"GET / HTTP/1.1\r\n\r\n")),
        broken(page(2, html, PAGE.as_bytes())),
        pack(&record("revisit", "https://news.example/1", b"HTTP/1.1 200 OK\r\n\r\n")),
        page(3, &packed, &gzip(PAGE.as_bytes())),
        pack(&record(
            "response",
            "https://news.example/robots.txt",
            &response("Content-Type: text/html", b"x"),
        )),
        page(4, "Content-Type: image/png", b"\x89PNG"),
        page(5, html, PAGE.as_bytes()),
    ]
    .concat()
}

#[test]
fn web_archives_give_their_pages() {
    let same = |bytes: &[u8]| bytes.to_vec();
    for (name, bytes) in [
        ("a.warc", archive(same, |record| record)),
        ("a.warc.gz", archive(gzip, |record| record)),
        ("b.warc.gz", gzip(&archive(same, |record| record))),
    ] {
        let (found, refused) = read(name, &bytes);
        assert!(refused.is_empty(), "{name}: {refused:?}");
        let urls: Vec<&str> = found.iter().filter_map(|report| report.url.as_deref()).collect();
        assert_eq!(urls, [1, 2, 3, 5].map(|n| format!("https://news.example/{n}")), "{name}");
        assert!(found.iter().all(|report| report.text.contains("Solheim")), "{name}");
        assert_eq!(found[0].fetched.as_deref(), Some("2019-01-05"));
    }
}

#[test]
fn a_broken_record_does_not_lose_the_rest() {
    let same = |bytes: &[u8]| bytes.to_vec();
    let flipped = |mut record: Vec<u8>| {
        let at = record.len() / 2;
        record[at] ^= 0xff;
        record
    };
    let headless = |record: Vec<u8>| [b"rubbish\r\n".to_vec(), record[6..].to_vec()].concat();
    let lengthless = |record: Vec<u8>| {
        String::from_utf8(record).unwrap().replacen("Content-Length", "Content-Width", 1).into_bytes()
    };
    for (name, bytes) in [
        ("a.warc", archive(same, headless)),
        ("b.warc", archive(same, lengthless)),
        ("a.warc.gz", archive(gzip, flipped)),
    ] {
        let (found, refused) = read(name, &bytes);
        let urls: Vec<&str> = found.iter().filter_map(|report| report.url.as_deref()).collect();
        for kept in [1, 3, 5] {
            assert!(
                urls.contains(&format!("https://news.example/{kept}").as_str()),
                "{name}: {urls:?} {refused:?}"
            );
        }
        assert!(!urls.contains(&"https://news.example/2"), "{name}");
        assert!(
            !refused.is_empty() && refused.iter().all(|reason| reason.contains("record")),
            "{name}: {refused:?}"
        );
    }
}
