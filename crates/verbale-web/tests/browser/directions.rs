//! Text from right to left inside an English report: each piece in its own direction, and what would turn text spelled out.

use serde_json::json;

use crate::page::Page;
use crate::site;

/// “The Norwegian minister received her Kenyan counterpart”, in Persian.
const TITLE: &str = "وزیر خارجه نروژ همتای کنیایی خود را پذیرفت";
/// “The Harbour Newspaper”, in Arabic.
const OUTLET: &str = "صحيفة المرفأ";
/// “We will go on working together”, in Arabic.
const QUOTE: &str = "سنواصل العمل معا";
/// “The two ministers spoke about fishing”, in Arabic.
const PARAGRAPH: &str = "تحدث الوزيران عن صيد الأسماك.";

fn added(page: &mut Page) {
    let text = format!(
        "Norwegian Foreign Minister Ada Berg received her Kenyan counterpart, Joseph Otieno, in Oslo on 3 March 2025. \
         “{QUOTE},” Berg said.\n\n{PARAGRAPH}\n\nThe note was marked \u{202e}terces\u{202c} in the archive."
    );
    let report =
        json!({"text": text, "title": TITLE, "outlet": OUTLET, "published": "2025-03-05"}).to_string();
    page.open("/add");
    let sent = format!(
        "fetch('/v1/documents', {{method: 'POST', headers: {{'content-type': 'application/json'}}, body: {}}})
           .then((answer) => answer.ok ? answer.json().then((told) => told.documents[0]) : answer.text())",
        json!(report)
    );
    let document = page.run(&sent);
    page.open(&format!("/documents/{}", document.as_str().unwrap()));
}

/// Says in which direction an element with these words runs.
fn runs(page: &mut Page, direction: &str, selector: &str, words: &str) {
    page.see(selector, words);
    let found = format!(
        "[...document.querySelectorAll({})].filter((one) => one.textContent.includes({}))
           .every((one) => getComputedStyle(one).direction === '{direction}')",
        json!(selector),
        json!(words)
    );
    page.holds(&format!("{words} in {selector} to run {direction}"), &found);
}

#[test]
fn each_text_runs_in_its_own_direction() {
    let Some(mut page) = Page::over(site::empty) else { return };
    added(&mut page);
    runs(&mut page, "rtl", "h1 bdi", TITLE);
    runs(&mut page, "rtl", ".facts bdi", OUTLET);
    runs(&mut page, "rtl", "main p[dir=auto]", PARAGRAPH);
    runs(&mut page, "ltr", "main p[dir=auto]", "Ada Berg received");
    page.holds(
        "the page itself to run from left to right",
        "getComputedStyle(document.body).direction === 'ltr'",
    );
    // A quotation inside an English sentence stands apart, so that it does not pull the words around it.
    runs(&mut page, "rtl", ".claims bdi", QUOTE);

    // Characters that turn text are shown, not obeyed.
    page.see("main p", "marked <U+202E>terces<U+202C> in the archive");
    page.holds(
        "no character that turns text",
        "!/[\\u202a-\\u202e\\u2066-\\u2069]/.test(document.documentElement.outerHTML)",
    );

    let document = page.run("location.pathname");
    let event = site::first(&mut page, "a[href^='/events/']");
    for (path, selector, words) in [
        ("/documents", "td bdi, th bdi", OUTLET),
        ("/documents", "td bdi, th bdi", TITLE),
        ("/quotes", "td [dir=auto]", QUOTE),
        ("/coverage", "main bdi", OUTLET),
        (&event, ".told bdi", OUTLET),
        (document.as_str().unwrap(), "h1 bdi", TITLE),
    ] {
        page.open(path);
        runs(&mut page, "rtl", selector, words);
        for width in [1600, 400] {
            page.window(width, 900);
            page.fits(path, width);
        }
    }
    page.quiet("pages with text from right to left");
}
