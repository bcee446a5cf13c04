//! The pages in process, over real ledgers: every page and link, forms without script, text of others, what may not run.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what is wrong by panicking"
)]

mod crawled;
mod differed;
mod foreign;
#[allow(dead_code, reason = "the tests of the API use all of it")]
#[path = "../api/made.rs"]
mod made;
mod ruled;
mod seen;
#[allow(dead_code, reason = "the tests of the API use all of it")]
#[path = "../api/served.rs"]
mod served;
mod uploaded;

use served::{Answer, Served};

/// The page of an answer that must be one, with the headers that every page has.
pub(crate) fn page(answer: &Answer) -> String {
    let text = answer.text();
    assert!(answer.status.is_success(), "{} {text}", answer.status);
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    assert!(
        answer
            .header("content-security-policy")
            .starts_with("default-src 'none'; script-src 'self'; style-src 'self'")
    );
    text
}

/// Sends a form, as a browser does.
pub(crate) fn send(served: &Served, path: &str, fields: &[(&str, &str)]) -> Answer {
    let mut body = String::new();
    for (name, value) in fields {
        let pair = [name, value].map(|text| {
            text.bytes()
                .map(|byte| {
                    if byte.is_ascii_alphanumeric() {
                        char::from(byte).to_string()
                    } else {
                        format!("%{byte:02X}")
                    }
                })
                .collect::<String>()
        });
        body.extend([pair[0].as_str(), "=", &pair[1], "&"]);
    }
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("accept", "text/html,*/*")];
    served.with("POST", path, &headers, body)
}

/// The sentence of the verdict on a balance page.
pub(crate) fn verdict(text: &str) -> String {
    let from = text.split("<p class=\"verdict").nth(1).expect("a verdict");
    let inside = from.split_once('>').unwrap().1;
    inside.split("</p>").next().unwrap().to_owned()
}
