//! The pages in a browser: the verdict, the drawer, a rejection and its undo; nothing on the console. Left out without Chromium.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test says what is wrong by panicking"
)]

mod brushed;
mod chromium;

use std::net::{IpAddr, Ipv4Addr};
use std::sync::mpsc::channel;

use chromium::Chromium;
use verbale::World;
use verbale::keep::versions;
use verbale_web::{Audit, Guard, Ledgers, Limits, Site, demo, serve};

/// Serves the example reports until the test ends; the address.
fn served() -> String {
    let world = World::embedded().unwrap();
    let ledger = demo(&world, versions("default", &[]), "2025-06-03T00:00:00Z").unwrap();
    let ledgers = Ledgers::memory(ledger, false);
    let guard = Guard::new(Vec::new(), None);
    let site =
        Site::new(ledgers, world, versions("default", &[]), guard, Audit::on_stderr(), Limits::default())
            .unwrap();
    let (sender, address) = channel();
    std::thread::spawn(move || {
        serve(site, IpAddr::V4(Ipv4Addr::LOCALHOST), 0, |serving| sender.send(serving.address).unwrap())
            .unwrap();
    });
    format!("http://{}", address.recv().unwrap())
}

const COUNTED: &str = "document.querySelector('#verdict p a[href*=\"figure=counted\"]').textContent";

#[test]
fn a_reviewer_reads_rejects_and_undoes() {
    let Some(mut browser) = Chromium::start() else {
        eprintln!(
            "left out: there is no chromium on this machine; install it to test the pages in a browser"
        );
        return;
    };
    let address = served();
    browser.size(1600, 1000);
    browser.open(&format!("{address}/balance?state=AFG&between=USA,RUS&curve=true"));
    assert!(browser.text("document.querySelector('.verdict').textContent").contains("Not enough evidence"));
    assert_eq!(browser.text(COUNTED), "1 event");

    // From a number into the drawer, by keyboard, and back to the number.
    browser.run("document.querySelector('td a[href*=\"figure=with-RUS\"]').focus()");
    browser.key("Enter", "\r");
    browser.until("document.querySelector('.drawer mark.what') !== null");
    assert_eq!(browser.text("document.activeElement.className"), "drawer");
    assert!(browser.text("document.querySelector('.drawer').innerText").contains("Viktor Lapin"));
    browser.key("Escape", "");
    browser.until("document.querySelector('.drawer') === null");
    assert!(browser.text("document.activeElement.getAttribute('href')").contains("figure=with-RUS"));

    // From a mark of the timeline into the drawer; j takes up the event, r rejects it.
    let click = "new MouseEvent('click', {bubbles: true, cancelable: true})";
    browser.run(&format!("document.querySelector('#timeline svg.wide a').dispatchEvent({click})"));
    browser.until("document.querySelector('.drawer mark.what') !== null");
    browser.key("j", "j");
    browser.until("document.querySelector('.drawer .one.at') !== null");
    browser.run("document.querySelector('.drawer form.ruling [name=reviewer]').value = 'A. Tester'");
    browser.run("document.querySelector('.drawer form.ruling [value=reject]').click()");
    browser.until("document.querySelector('.notice') !== null && document.readyState === 'complete'");
    assert!(
        browser.text("document.querySelector('.notice').innerText").contains("A. Tester rejected an event")
    );
    assert_eq!(browser.text(COUNTED), "0 events");

    browser.run("document.querySelector('.notice form.undo button').click()");
    browser.until("document.querySelector('.notice form') === null && document.readyState === 'complete'");
    assert_eq!(browser.text(COUNTED), "1 event");

    // The name is remembered, and nothing is wider than a telephone.
    browser.open(&format!("{address}/review?state=AFG&between=USA,RUS"));
    assert_eq!(browser.text("document.querySelector('.queue [name=reviewer]').value"), "A. Tester");
    browser.size(400, 900);
    for path in [
        "/balance?state=AFG&between=USA,RUS&curve=true",
        "/events",
        "/documents",
        "/claims",
        "/review",
        "/methods",
        "/about",
        "/add",
    ] {
        browser.open(&format!("{address}{path}"));
        assert_eq!(browser.text("String(document.documentElement.scrollWidth)"), "400", "{path}");
    }
    assert_eq!(browser.complaints(), Vec::<String>::new(), "what the console says");
}
