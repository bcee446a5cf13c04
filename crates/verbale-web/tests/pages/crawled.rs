//! Every page of the example reports, followed link by link.

use std::collections::{BTreeSet, VecDeque};

use crate::page;
use crate::served::{Served, Setting};

/// Pages to begin with, beside those that they lead to.
const BEGINNINGS: [&str; 10] = [
    "/",
    "/balance?state=AFG&between=USA,RUS&curve=true&by=month",
    "/balance?state=AFG",
    "/compare?states=AFG,KAZ&between=USA,RUS&periods=2024,2025",
    "/review?state=AFG&between=USA,RUS",
    "/diff?before=1&after=1",
    "/balance?state=AFG&between=USA,RUS,CHN&rules=inclusive&baseline=others",
    "/entities?q=a",
    "/balance?state=AFG&between=USA,RUS&rules=inclusive&partners=network",
    "/balance?state=AFG&partners=map",
];

fn unescaped(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// The values of an attribute, in order.
fn values<'t>(text: &'t str, name: &str) -> Vec<&'t str> {
    let begin = format!(" {name}=\"");
    text.split(&begin).skip(1).map(|rest| rest.split('"').next().unwrap_or_default()).collect()
}

/// What holds for every page, whatever it is of.
fn check(path: &str, text: &str) {
    let tags: Vec<&str> =
        text.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default()).collect();
    let ranks: Vec<u32> =
        tags.iter().filter_map(|tag| tag.strip_prefix('h')?.get(..1)?.parse().ok()).collect();
    assert_eq!(ranks.first(), Some(&1), "{path}: the first heading");
    assert_eq!(ranks.iter().filter(|rank| **rank == 1).count(), 1, "{path}: one heading of the first rank");
    assert!(ranks.windows(2).all(|two| two[1] <= two[0] + 1), "{path}: headings in order: {ranks:?}");
    assert!(!text.split("<title>").nth(1).unwrap().starts_with(" ·"), "{path}: a title");
    for tag in &tags {
        assert!(!tag.contains(" style="), "{path}: {tag}");
        let handler = tag.split(' ').skip(1).any(|word| word.starts_with("on") && word.contains("=\""));
        assert!(!handler, "{path}: {tag}");
        assert!(*tag != "style" && (!tag.starts_with("script") || tag.contains(" src=")), "{path}: {tag}");
    }
    for place in values(text, "href").into_iter().filter_map(|to| to.strip_prefix('#')) {
        assert!(text.contains(&format!("id=\"{place}\"")), "{path}: #{place} leads nowhere");
    }
    let mut ids = BTreeSet::new();
    for id in values(text, "id") {
        assert!(ids.insert(id), "{path}: two elements are called {id}");
    }
}

#[test]
fn every_link_of_every_page_leads_somewhere() {
    let served = Served::examples(Setting::default());
    let mut waiting: VecDeque<String> = BEGINNINGS.map(str::to_owned).into();
    let mut known: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut pages = 0;
    // Addresses that differ only in the question they come from show the same; some of each kind are enough.
    let mut kinds: std::collections::BTreeMap<String, u32> = std::collections::BTreeMap::new();
    while let Some(path) = waiting.pop_front() {
        let kind = path.split(['?', '=']).next().unwrap().split('/').take(2).collect::<Vec<_>>().join("/");
        let seen = kinds.entry(kind).or_default();
        *seen += 1;
        if *seen > 40 {
            continue;
        }
        let answer = served.get(&path);
        assert!(answer.status.is_success(), "{path}: {} {}", answer.status, answer.text());
        if !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        pages += 1;
        let text = page(&answer);
        check(&path, &text);
        for link in values(&text, "href").into_iter().chain(values(&text, "src")) {
            let link = unescaped(link.split('#').next().unwrap_or_default());
            if link.starts_with('/') && known.insert(link.clone()) {
                waiting.push_back(link);
            }
        }
    }
    assert!(pages > 100, "only {pages} pages were met");
    for kind in [
        "/balance",
        "/evidence",
        "/events",
        "/documents",
        "/claims",
        "/quotes",
        "/entities",
        "/compare",
        "/review",
        "/runs",
        "/coverage",
        "/methods",
        "/about",
        "/add",
    ] {
        assert!(kinds.contains_key(kind), "{kind} is linked from nowhere: {kinds:?}");
    }
}

#[test]
fn a_fragment_is_the_inside_alone() {
    let served = Served::examples(Setting::default());
    let text = page(&served.get("/evidence?state=AFG&between=USA,RUS&fragment=1"));
    assert!(
        text.starts_with("<div class=\"fragment\">") && !text.contains("<h1") && text.contains("<mark"),
        "{text}"
    );
}

#[test]
fn what_is_wrong_is_said_on_a_page() {
    let served = Served::examples(Setting::default());
    for (path, status, word) in [
        ("/events/none:e1", 404, "none:e1"),
        ("/documents/none", 404, "none"),
        ("/balance?state=AFG&between=USA,RUS&from=yesterday", 400, "yesterday"),
        ("/balance?state=AFG&colour=red", 400, "colour"),
        ("/evidence?state=AFG&between=USA,RUS&figure=none", 404, "none"),
        ("/diff?before=7&after=9", 404, "7"),
    ] {
        let answer = served.with("GET", path, &[("accept", "text/html,*/*")], "");
        let text = answer.text();
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (status, "text/html; charset=utf-8"),
            "{path}"
        );
        assert!(text.contains(word) && text.contains("<h1>"), "{text}");
        check(path, &text);
    }
    served.get("/events/none:e1").problem(404);
    let nowhere = served.with("GET", "/nowhere", &[("accept", "text/html,*/*")], "");
    assert!(nowhere.text().contains("<h1>"));
    served.get("/nowhere").problem(404);
}
