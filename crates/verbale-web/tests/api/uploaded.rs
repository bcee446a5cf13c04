//! Forms of files: several at once, fields beside them, and everything that may be wrong with one.

use serde_json::json;
use verbale_web::Limits;

use crate::served::{Part, Served, Setting};

const TALKS: &str = "Norwegian Foreign Minister Ada Berg received her Kenyan counterpart, Joseph Otieno, in Oslo on 3 March \
                     2025, the Norwegian foreign ministry said.";

/// A file without a media type of its own.
fn file<'p>(name: &'p str, content: &'p [u8]) -> Part<'p> {
    ("file", Some(name), "application/octet-stream", content)
}

#[test]
fn files_of_several_kinds_come_in_at_once() {
    let served = Served::made(|_| ());
    let page = format!(
        "<!doctype html><html><head><title>Talks</title></head><body><article><h1>Talks</h1><p>{TALKS}</p><p>{TALKS}</p></article></body></html>"
    );
    let mail = format!(
        "From: press@example.org\r\nSubject: Talks\r\nDate: Wed, 5 Mar 2025 09:00:00 +0000\r\nMessage-ID: <1@example.org>\r\n\r\n{TALKS}\r\n"
    );
    let lines = format!(
        "{}\n{{broken\n{}\n",
        json!({"id": "a", "text": "The talks ended."}),
        json!({"id": "b", "text": TALKS})
    );
    let parts = [
        file("talks.html", page.as_bytes()),
        file("talks.eml", mail.as_bytes()),
        file("talks.jsonl", lines.as_bytes()),
        (
            "file",
            Some("notes"),
            "text/markdown; charset=utf-8",
            b"# Talks\n\nThe talks ended well.\n".as_slice(),
        ),
        ("outlet", None, "", b"Gazette"),
        ("published", None, "", b"2025-03-05"),
        ("retain", None, "", b"excerpts"),
    ];
    let added = served.form("/v1/documents", &[], &parts);
    assert_eq!(added.status.as_u16(), 201, "{}", added.text());
    let added = added.fine();
    let names: Vec<_> =
        added["files"].as_array().unwrap().iter().map(|file| file["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["talks.html", "talks.eml", "talks.jsonl", "notes.md"]);
    assert_eq!((&added["stored"], &added["run"]), (&json!(5), &json!(1)), "all are of one run: {added}");
    assert_eq!(added["documents"].as_array().unwrap().len(), 5);
    let third = &added["files"][2];
    assert_eq!(
        (third["documents"].as_array().unwrap().len(), third["refused"].as_array().unwrap().len()),
        (2, 1)
    );
    assert_eq!(added["refused"], third["refused"]);
    let key = added["files"][3]["documents"][0]["document"].as_str().unwrap();
    let note = served.get(&format!("/v1/documents/{key}")).fine();
    assert_eq!(
        [&note["outlet"], &note["published"], &note["retention"], &note["id"]],
        [&json!("Gazette"), &json!("2025-03-05"), &json!("excerpts"), &json!("notes.md")]
    );
    let again = served.form("/v1/documents", &[], &parts).fine();
    assert_eq!((&again["stored"], &again["known"], &again["run"]), (&json!(0), &json!(5), &json!(null)));
    assert_eq!(again["files"][0]["documents"][0]["became"], "known");
}

#[test]
fn what_is_wrong_with_one_file_does_not_lose_the_others() {
    let served = Served::made(|_| ());
    let program = [b"\x7fELF".as_slice(), &[0; 64]].concat();
    let added = served.form(
        "/v1/documents",
        &[],
        &[
            file("empty.pdf", b""),
            file("program.bin", &program),
            file("../../etc/talks.txt", TALKS.as_bytes()),
            file("again.txt", TALKS.as_bytes()),
            file("C:\\reports\\broken.zip", b"PK\x03\x04 and no more"),
            // No file was chosen here.
            file("", b""),
        ],
    );
    let added = added.fine();
    let of = |at: usize| {
        let file = &added["files"][at];
        let became: Vec<_> =
            file["documents"].as_array().unwrap().iter().map(|one| one["became"].as_str().unwrap()).collect();
        (file["name"].as_str().unwrap().to_owned(), became, file["refused"].as_array().unwrap().len())
    };
    assert_eq!(of(0), ("empty.pdf".to_owned(), vec![], 1));
    assert_eq!(of(1), ("program.bin".to_owned(), vec![], 1));
    assert_eq!(of(2), ("talks.txt".to_owned(), vec!["new"], 0));
    assert_eq!(of(3), ("again.txt".to_owned(), vec!["known"], 0), "the same words twice are one document");
    assert_eq!(of(4), ("broken.zip".to_owned(), vec![], 1));
    assert_eq!(added["files"].as_array().unwrap().len(), 5);
    assert!(
        added["refused"].as_array().unwrap().iter().all(|one| !one["reason"].as_str().unwrap().is_empty())
    );
    assert_eq!(served.get("/v1/coverage").fine()["documents"], 1);
}

#[test]
fn a_form_that_cannot_be_used_is_refused() {
    let limits = Limits { body: 64 << 10, reports: 3, ..Limits::default() };
    let served = Served::examples(Setting { limits, ..Setting::default() });
    let before = served.get("/v1/coverage").fine()["documents"].clone();
    let talks = file("talks.txt", TALKS.as_bytes());
    let large = vec![b'x'; 80 << 10];
    assert!(
        served
            .form("/v1/documents", &[], &[file("large.txt", &large), talks])
            .problem(413)
            .contains("in parts")
    );
    let four = [TALKS; 4].iter().enumerate().map(|(at, text)| format!("{text} {at}")).collect::<Vec<_>>();
    let four: Vec<Part<'_>> = four.iter().map(|text| file("talks.txt", text.as_bytes())).collect();
    assert!(served.form("/v1/documents", &[], &four).problem(413).contains("more than 3 reports"));
    assert!(
        served
            .form("/v1/documents", &[], &[talks, ("colour", None, "", b"red")])
            .problem(400)
            .contains("colour")
    );
    assert!(
        served
            .form("/v1/documents", &[], &[talks, ("outlet", None, "", b"\xff\xfe")])
            .problem(400)
            .contains("outlet")
    );
    assert!(
        served
            .form("/v1/documents", &[], &[talks, ("retain", None, "", b"some")])
            .problem(400)
            .contains("excerpts")
    );
    assert!(
        served
            .form("/v1/documents", &[], &[talks, ("published", None, "", b"soon")])
            .problem(400)
            .contains("soon")
    );
    served.form("/v1/documents", &[], &[]).problem(400);
    served.form("/v1/documents", &[], &[file("empty.txt", b"")]).problem(400);
    served.form("/v1/reviews", &[], &[talks]).problem(415);
    for (media, body) in [
        ("multipart/form-data", "--MARK--\r\n"),
        ("multipart/form-data; boundary=MARK", ""),
        (
            "multipart/form-data; boundary=MARK",
            "--MARK\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhalf",
        ),
        ("multipart/form-data; boundary=OTHER", "--MARK--\r\n"),
    ] {
        served.post("/v1/documents", media, body).problem(400);
    }
    served.form("/v1/documents", &[("origin", "https://evil.example")], &[talks]).problem(403);
    assert_eq!(served.get("/v1/coverage").fine()["documents"], before, "nothing came in");
    let coded = served.form("/v1/code", &[], &[talks]).fine();
    assert_eq!(coded["records"][0]["events"][0]["event_type"], "CONSULT");
    let shut =
        Served::examples(Setting { token: Some("0123456789abcdef0123456789abcdef"), ..Setting::default() });
    shut.form("/v1/documents", &[], &[talks]).problem(401);
}
