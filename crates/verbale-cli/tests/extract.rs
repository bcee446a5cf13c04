//! `extract`: the article of saved pages.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what is wrong by panicking"
)]

mod binary;

use binary::{Folder, verbale};

const PAGE: &str = r#"<html lang="en"><head><title>Envoys meet in Bergen | Nordlys Herald</title></head><body><article><h1>Envoys meet in Bergen</h1>
<p>By Ann Lee</p><p>Published 7 May 2024</p>
<p>The envoys of Norway and Kenya met in Bergen on Monday and spoke for two hours about trade, fish and the harbour.</p>
<figure><img src="a.jpg"><figcaption>The envoys before their talks.</figcaption></figure>
<p>Neither side gave a date for the next meeting, but both said that it would be held before the end of the year.</p></article></body></html>"#;

#[test]
fn a_page_as_json_and_for_people() {
    let folder = Folder::new();
    let page = folder.file("page.html", PAGE);
    let ran = verbale(&["extract", &page, "--url", "https://nordlys.example/a", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["title"], "Envoys meet in Bergen");
    assert_eq!(json["published"], "2024-05-07");
    assert_eq!(json["published_method"], "visible");
    assert_eq!(json["outlet"], "nordlys.example");
    assert_eq!(json["captions"][0]["text"], "The envoys before their talks.");
    let ran = verbale(&["extract", &page]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.starts_with("Envoys meet in Bergen\n"), "{}", ran.out);
    assert!(ran.out.contains("\n[caption] The envoys before their talks.\n"), "{}", ran.out);
}

#[test]
fn a_bad_page_is_named_and_the_others_are_done() {
    let folder = Folder::new();
    let (good, empty) = (folder.file("good.html", PAGE), folder.file("empty.html", "<html></html>"));
    let ran = verbale(&["extract", &empty, &good, "--json"]);
    assert_eq!((ran.code, ran.out.lines().count()), (1, 1), "{}", ran.out);
    assert!(ran.err.contains("empty.html") && ran.err.contains("no article"), "{}", ran.err);
    assert_eq!(verbale(&["extract", &good, &empty, "--url", "https://nordlys.example/a"]).code, 2);
}
