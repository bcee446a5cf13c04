//! Sites to look at: the example reports, or an empty ledger, served until the test ends; and which pages there are.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::mpsc::channel;

use verbale::World;
use verbale::keep::versions;
use verbale::ledger::store::Ledger;
use verbale_web::{Audit, Guard, Ledgers, Limits, Site, demo, serve};

use crate::page::Page;

/// A question that the example reports say something about.
pub const BALANCE: &str = "/balance?state=AFG&between=USA,RUS&curve=true";

/// All pages that are found without knowing an id.
const PAGES: &[&str] = &[
    BALANCE,
    "/balance",
    "/balance?state=AFG",
    "/balance?state=AFG&between=USA,RUS&partners=map",
    "/balance?state=AFG&between=USA,RUS&partners=network",
    "/balance?state=AFG&between=USA,RUS,CHN&rules=inclusive&by=month",
    "/evidence?state=AFG&between=USA,RUS&figure=with-RUS",
    "/compare?states=AFG,KAZ&between=USA,RUS",
    "/compare",
    "/events",
    "/claims",
    "/quotes",
    "/documents",
    "/entities",
    "/review?state=AFG&between=USA,RUS",
    "/coverage",
    "/runs",
    "/diff?before=1&after=1",
    "/methods",
    "/about",
    "/problems",
    "/add",
];

/// The example reports; the address.
pub fn examples() -> String {
    let world = World::embedded().unwrap();
    let ledger = demo(&world, versions("default", &[]), "2025-06-03T00:00:00Z").unwrap();
    served(world, ledger)
}

/// A ledger that nothing was added to; the address.
pub fn empty() -> String {
    served(World::embedded().unwrap(), Ledger::in_memory().unwrap())
}

fn served(world: World, ledger: Ledger) -> String {
    let (guard, limits) = (Guard::new(Vec::new(), None), Limits::default());
    let ledgers = Ledgers::memory(ledger, false);
    let site =
        Site::new(ledgers, world, versions("default", &[]), guard, Audit::on_stderr(), limits).unwrap();
    let (sender, address) = channel();
    std::thread::spawn(move || {
        serve(site, IpAddr::V4(Ipv4Addr::LOCALHOST), 0, |serving| sender.send(serving.address).unwrap())
            .unwrap();
    });
    format!("http://{}", address.recv().unwrap())
}

/// The addresses of all kinds of pages of the examples; the page ends on one of them.
pub fn pages(page: &mut Page) -> Vec<String> {
    let mut found: Vec<String> = PAGES.iter().map(|path| (*path).to_owned()).collect();
    for (list, one) in [("/events", "a[href^='/events/']"), ("/documents", "a[href^='/documents/']")] {
        page.open(list);
        found.push(first(page, one));
    }
    let places =
        page.run("[...document.querySelectorAll('.bar nav a')].map((one) => one.getAttribute('href'))");
    for place in places.as_array().unwrap() {
        let known = found.iter().any(|path| path.split('?').next() == place.as_str());
        assert!(
            known,
            "expected {place} of the navigation among the pages that are looked at: add it to PAGES"
        );
    }
    found
}

/// Where the first link of a kind leads.
pub fn first(page: &mut Page, link: &str) -> String {
    page.text(&format!("main {link}"));
    let to = page.run(&format!("document.querySelector({:?}).getAttribute('href')", format!("main {link}")));
    to.as_str().unwrap().to_owned()
}
