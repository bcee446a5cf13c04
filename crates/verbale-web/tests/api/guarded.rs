//! Safety: names, origins, tokens, sizes, times, and texts that would like to be more than texts.

use std::time::Duration;

use axum::body::Body;
use serde_json::json;
use verbale_web::Limits;

use crate::served::{Served, Setting};

const TOKEN: &str = "0123456789abcdef0123456789abcdef";

#[test]
fn only_its_own_names_are_answered_to() {
    let served =
        Served::examples(Setting { hosts: vec!["Ledger.example.org".to_owned()], ..Setting::default() });
    for host in
        ["localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080", "192.0.2.7", "ledger.example.org:443"]
    {
        assert!(served.with("GET", "/v1", &[("host", host)], "").status.is_success(), "{host}");
    }
    for host in [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example:8080",
        "",
        "localhost@evil.example",
    ] {
        assert!(served.with("GET", "/v1", &[("host", host)], "").problem(400).contains("--host"), "{host}");
    }
    let absolute = served.with("GET", "http://evil.example/v1", &[("host", "localhost")], "");
    absolute.problem(400);
}

#[test]
fn other_sites_change_nothing() {
    let served = Served::examples(Setting::default());
    let event = served.get("/v1/events").fine()["items"][0]["id"].clone();
    let body = json!({"action": "accept", "event": event, "reviewer": "A. Tester"}).to_string();
    let post = |headers: &[(&str, &str)]| {
        let mut all = vec![("content-type", "application/json")];
        all.extend(headers);
        served.with("POST", "/v1/reviews", &all, body.clone())
    };
    for headers in [
        &[("origin", "https://evil.example")][..],
        &[("origin", "null")],
        &[("origin", "http://localhost:9999")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site"), ("origin", "http://localhost:8080")],
    ] {
        assert!(post(headers).problem(403).contains("localhost:8080"), "{headers:?}");
    }
    assert!(served.get("/v1/reviews").fine()["items"].as_array().unwrap().is_empty());
    assert_eq!(
        post(&[("origin", "http://localhost:8080"), ("sec-fetch-site", "same-origin")]).status.as_u16(),
        201
    );
    let answer = served.with("GET", "/v1", &[("origin", "https://evil.example")], "");
    assert!(answer.headers.get("access-control-allow-origin").is_none());
}

#[test]
fn a_token_is_asked_for_and_kept_by_browsers() {
    let served = Served::examples(Setting { token: Some(TOKEN), ..Setting::default() });
    let none = served.get("/v1");
    assert!(none.problem(401).contains("Bearer") && none.header("www-authenticate").starts_with("Bearer"));
    let bearer = format!("Bearer {TOKEN}");
    assert!(served.with("GET", "/v1", &[("authorization", &bearer)], "").status.is_success());
    for wrong in ["Bearer x", "Bearer ", "Basic 0123", &format!("{bearer}0")] {
        served.with("GET", "/v1", &[("authorization", wrong)], "").problem(401);
    }
    let shown = served.get(&format!("/?a=1&token={TOKEN}"));
    assert_eq!((shown.status.as_u16(), shown.header("location")), (303, "/?a=1"));
    let crumb = shown.header("set-cookie");
    assert!(crumb.contains("HttpOnly") && crumb.contains("SameSite=Strict"), "{crumb}");
    let crumb = crumb.split(';').next().unwrap();
    assert!(served.with("GET", "/", &[("cookie", &format!("a=b; {crumb}"))], "").status.is_success());
    served.get("/?token=wrong").problem(401);
    let twice = served.get(&format!("//evil.example/?token={TOKEN}"));
    assert_eq!(twice.header("location"), "/evil.example/");
}

#[test]
fn read_only_changes_nothing() {
    let served = Served::examples(Setting { read_only: true, ..Setting::default() });
    let event = served.get("/v1/events").fine()["items"][0]["id"].clone();
    let ruling = json!({"action": "accept", "event": event, "reviewer": "A. Tester"});
    assert!(served.rule(&ruling).problem(403).contains("--read-only"));
    served.post("/v1/documents", "text/plain", "The ministers met.").problem(403);
    served.post("/v1/imports?coding=gdelt", "text/plain", "x").problem(403);
    assert!(
        !served.post("/v1/code", "text/plain", "The ministers met.").fine()["records"]
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[test]
fn what_is_too_large_or_too_slow_is_refused() {
    let limits = Limits { body: 1000, arriving: Duration::from_millis(200), ..Limits::default() };
    let served = Served::examples(Setting { limits, ..Setting::default() });
    let large = "The ministers met. ".repeat(100);
    served.post("/v1/code", "text/plain", large.clone()).problem(413);
    let told =
        served.with("POST", "/v1/code", &[("content-type", "text/plain"), ("content-length", "2000")], "x");
    told.problem(413);
    let (sender, receiver) = std::sync::mpsc::channel::<()>();
    let never = Body::new(Never(receiver));
    served.post("/v1/code", "text/plain", never).problem(503);
    drop(sender);
    let limits = Limits { asking: Duration::ZERO, ..Limits::default() };
    let served = Served::examples(Setting { limits, ..Setting::default() });
    let slow = served.get("/v1/events");
    assert!(slow.problem(503).contains("try again") || slow.text().contains("in time"));
    assert_eq!(slow.header("retry-after"), "5");
}

/// A body of which nothing ever arrives.
struct Never(#[expect(dead_code, reason = "it is only held")] std::sync::mpsc::Receiver<()>);

impl hyper::body::Body for Never {
    type Data = axum::body::Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<hyper::body::Frame<Self::Data>, Self::Error>>> {
        std::task::Poll::Pending
    }
}

#[test]
fn bodies_that_are_none_are_refused() {
    let served = Served::examples(Setting::default());
    served.post("/v1/code", "image/png", "x").problem(415);
    served.with("POST", "/v1/code", &[], "x").problem(415);
    served.post("/v1/code", "application/json", "{").problem(400);
    served.post("/v1/code", "text/plain", "").problem(400);
    served.post("/v1/reviews", "application/json", "{").problem(400);
    served.post("/v1/reviews", "application/json", "[]").problem(400);
    served.post("/v1/reviews", "text/plain", "{}").problem(415);
    served.post("/v1/imports?coding=gdelt", "text/plain", "").problem(400);
    served.post("/v1/imports?coding=gdelt", "text/plain", "no\trow\n").problem(400);
    served.post("/v1/imports", "text/plain", "x").problem(400);
    served.post("/v1/code", "application/pdf", "%PDF-1.4 broken").problem(400);
    served.post("/v1/code", "application/zip", "PK\u{3}\u{4}broken").problem(400);
    served.post("/v1/code?published=tomorrow", "text/plain", "x").problem(400);
}

#[test]
fn texts_come_out_as_texts() {
    let served = Served::examples(Setting::default());
    let evil = [
        "=HYPERLINK(\"http://evil.example\")",
        "<script>alert(1)</script>",
        "\u{202e}desrever",
        "a\nb\r\n\"quoted\"",
    ];
    for (at, words) in evil.iter().enumerate() {
        let report = json!({"id": format!("{at}"), "title": words, "outlet": words,
            "text": "Norway's foreign minister, Ada Berg, met her Kenyan counterpart, Joseph Otieno, in Oslo on 3 March 2025.", "published": "2025-03-05"});
        let added = served.post("/v1/documents", "application/json", report.to_string()).fine();
        let key = added["documents"][0].as_str().unwrap();
        let answer = served.get(&format!("/v1/documents/{key}"));
        assert_eq!(answer.fine()["outlet"], *words);
        assert!(!answer.text().contains('\u{202e}'), "direction is escaped");
        assert_eq!(answer.header("content-type"), "application/json");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
    let csv = served.get("/v1/documents?format=csv").text();
    assert!(csv.contains("\"'=HYPERLINK(") && !csv.contains(",=HYPERLINK("), "{csv}");
    for path in ["/", "/problems", "/v1/%3Cscript%3E", "/v1/events/%3Cscript%3E", "/v1/events?%3Cscript%3E=1"]
    {
        let answer = served.get(path);
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        let is_page = answer.header("content-type").starts_with("text/html");
        assert!(!is_page || !answer.text().contains("<script>"), "{path}");
    }
    let page = served.get("/").text();
    let style =
        page.split("href=\"").find(|part| part.starts_with("/assets/")).unwrap().split('"').next().unwrap();
    let style = served.with("GET", style, &[("accept", "text/css")], "");
    assert!(
        style.header("cache-control").contains("immutable")
            && style.header("content-type").starts_with("text/css")
    );
}

#[test]
fn no_cell_is_a_formula() {
    for words in ["=HYPERLINK(\"http://evil.example\")", "+1", "-1+2", "@SUM(1)", "\t=1", "＝1+1", "\n=1"] {
        let served = Served::made(|ledger| crate::made::add_told_in(ledger, words));
        let event = served.get("/v1/events").fine()["items"][0]["id"].clone();
        let ruling =
            json!({"action": "accept", "event": event, "reviewer": format!("=1 {words}"), "reason": words});
        served.rule(&ruling).fine();
        let name: String = url::form_urlencoded::byte_serialize(words.as_bytes()).collect();
        let votes = "roll_call,date,country,vote\n1,2021-12-06,AFG,yes\n1,2021-12-06,USA,no\n";
        served.post(&format!("/v1/imports?coding=un-votes&name={name}"), "text/csv", votes).fine();
        let mut guarded = 0;
        for listing in
            ["events", "claims", "quotes", "documents", "entities", "reviews", "imports", "coverage", "runs"]
        {
            let text = served.get(&format!("/v1/{listing}?format=csv")).text();
            let mut rows = csv::Reader::from_reader(text.as_bytes());
            let head = rows.headers().unwrap().clone();
            for row in rows.records() {
                for (name, cell) in head.iter().zip(&row.unwrap()) {
                    let runs =
                        cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
                    assert!(!runs || cell.parse::<f64>().is_ok(), "{listing} {name}: {cell:?} of {words:?}");
                    guarded += usize::from(cell.starts_with('\''));
                }
            }
        }
        assert!(guarded > 12, "{words:?} was put in and comes out in {guarded} cells");
    }
}
