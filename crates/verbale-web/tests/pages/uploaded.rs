//! Files that are chosen on the page and sent by a plain form: of each is said what became of it.

use crate::page;
use crate::served::{Answer, Part, Served, Setting};

const TALKS: &str = "Norwegian Foreign Minister Ada Berg received her Kenyan counterpart, Joseph Otieno, in Oslo on 3 March 2025.";

/// Sends files with the fields that the form has, as a browser does.
fn choose(served: &Served, files: &[(&str, &str)]) -> Answer {
    let mut parts: Vec<Part<'_>> = files
        .iter()
        .map(|(name, text)| ("file", Some(*name), "application/octet-stream", text.as_bytes()))
        .collect();
    parts.extend([
        ("outlet", None, "", b"Gazette".as_slice()),
        ("published", None, "", b""),
        ("url", None, "", b""),
    ]);
    let headers =
        [("accept", "text/html,*/*"), ("origin", "http://localhost:8080"), ("sec-fetch-site", "same-origin")];
    served.form("/add", &headers, &parts)
}

#[test]
fn one_file_leads_to_its_document() {
    let served = Served::made(|_| ());
    let form = page(&served.get("/add"));
    assert!(
        form.contains("enctype=\"multipart/form-data\"")
            && form.contains("type=\"file\" name=\"file\" multiple")
    );
    let answer = choose(&served, &[("talks.txt", TALKS)]);
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text());
    let shown = page(&served.get(answer.header("location")));
    assert!(
        shown.contains("Ada Berg") && shown.contains("Gazette") && shown.contains("talks.txt"),
        "{shown}"
    );
}

#[test]
fn of_each_file_is_said_what_became_of_it() {
    let served = Served::made(|_| ());
    let bad = "<img src=x onerror=alert(1)>\u{202e}.pdf";
    let other = format!("{TALKS} They will meet again.");
    let answer = choose(
        &served,
        &[("talks.txt", TALKS), ("../../../other.md", &other), (bad, "no PDF"), ("again.txt", TALKS)],
    );
    let text = page(&answer);
    assert!(text.contains("2 new documents") && text.contains("there already"), "{text}");
    let links: Vec<&str> =
        text.split("href=\"/documents/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(links.len(), 3, "{text}");
    for key in links {
        page(&served.get(&format!("/documents/{key}")));
    }
    assert!(
        text.contains("without PDF in it") && text.contains("other.md") && !text.contains(".."),
        "{text}"
    );
    assert!(text.contains("&lt;img") && !text.contains("<img") && !text.contains('\u{202e}'), "{text}");
    let none = choose(&served, &[("a.pdf", "no PDF"), ("b.txt", "")]);
    assert_eq!((none.status.as_u16(), none.header("content-type")), (400, "text/html; charset=utf-8"));
    assert!(none.text().contains("a.pdf") && none.text().contains("b.txt"), "{}", none.text());
    let nothing = choose(&served, &[("", "")]);
    assert_eq!(nothing.status.as_u16(), 400);
    assert!(nothing.text().contains("choose a file"), "{}", nothing.text());
}

#[test]
fn files_come_from_the_own_page_alone_and_where_changes_are_allowed() {
    let file: [Part<'_>; 1] = [("file", Some("talks.txt"), "text/plain", TALKS.as_bytes())];
    let served = Served::made(|_| ());
    for headers in [[("origin", "https://evil.example")], [("sec-fetch-site", "cross-site")]] {
        assert_eq!(served.form("/add", &headers, &file).status.as_u16(), 403, "{headers:?}");
    }
    assert_eq!(served.get("/v1/coverage").fine()["documents"], 0);
    let reading = Served::examples(Setting { read_only: true, ..Setting::default() });
    assert_eq!(reading.form("/add", &[], &file).status.as_u16(), 403);
    assert!(!page(&reading.get("/add")).contains("type=\"file\""));
}
