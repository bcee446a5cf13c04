//! Reports: every link leads somewhere, nothing of a document is markup, and tools for reading aloud find their way.

use std::collections::BTreeSet;

use verbale_ledger::Retention;

use crate::made::{HOSTILE, page};
use crate::markup::{Tag, check_nesting, drawings, tags};

fn ids<'a>(tags: &[Tag<'a>]) -> Vec<&'a str> {
    tags.iter().filter_map(|tag| tag.get("id")).collect()
}

#[test]
fn every_link_leads_to_something_on_the_page() {
    for (number, between) in
        [(0, &["USA", "RUS"][..]), (1, &["USA", "RUS"]), (90, &["USA", "RUS", "CHN"]), (500, &["USA", "RUS"])]
    {
        let page = page(number, between, "plain words", Retention::Full);
        let tags = tags(&page);
        check_nesting(&tags);
        let known: BTreeSet<&str> = ids(&tags).into_iter().collect();
        assert_eq!(known.len(), ids(&tags).len(), "an id stands twice");
        let links: Vec<&str> =
            tags.iter().filter(|tag| tag.name == "a").filter_map(|tag| tag.get("href")).collect();
        assert!(links.len() > 8);
        for link in links {
            let target = link.strip_prefix('#').unwrap_or_else(|| panic!("{link} leads out of the page"));
            assert!(known.contains(target), "{link} leads nowhere");
        }
        for drawing in drawings(&page) {
            roxmltree::Document::parse(drawing).unwrap_or_else(|error| panic!("{error}: {drawing}"));
        }
    }
}

#[test]
fn each_number_of_the_verdict_is_a_link_to_its_events() {
    let page = page(60, &["USA", "RUS"], "plain words", Retention::Full);
    for figure in [
        "f-counted",
        "f-with-USA",
        "f-with-RUS",
        "f-apart-Planned",
        "f-partner-CHN",
        "f-about-trade-with-USA",
    ] {
        assert!(page.contains(&format!("href=\"#{figure}\"")), "{figure}");
        let (_, list) =
            page.split_once(&format!("<dt id=\"{figure}\">")).unwrap_or_else(|| panic!("{figure}"));
        let (list, _) = list.split_once("</dd>").unwrap();
        assert!(list.contains("href=\"#e"), "{list}");
    }
    assert!(page.contains("class=\"mark\" tabindex=\"-1\""));
}

#[test]
fn words_of_documents_stay_words() {
    let page = page(30, &["USA", "RUS"], HOSTILE, Retention::Full);
    let tags = tags(&page);
    check_nesting(&tags);
    for tag in &tags {
        assert!(!matches!(tag.name, "script" | "img" | "iframe" | "object" | "form"), "{}", tag.name);
        for (name, value) in &tag.attributes {
            assert!(!name.starts_with("on") && *name != "style", "{name}={value}");
            assert!(*name != "href" || value.starts_with('#'), "{value}");
        }
    }
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    for hidden in ['\u{202e}', '\u{2066}', '\u{0}', '\u{1b}'] {
        assert!(!page.contains(hidden), "{hidden:?}");
    }
    assert!(page.contains("&lt;U+202E&gt;desrever"));
}

#[test]
fn what_is_not_kept_or_not_shown_is_said() {
    let hashed = page(3, &["USA", "RUS"], "plain words", Retention::Hash);
    assert!(hashed.contains("retention is hash") && !hashed.contains("<blockquote"));
    let many = page(500, &["USA", "RUS"], "plain words", Retention::Full);
    assert!(many.contains("380 further events are counted in the figures and not shown here"));
    let none = page(0, &["USA", "RUS"], "plain words", Retention::Full);
    assert!(none.contains("No event counts.") && none.contains("Not enough evidence"));
    let several = page(90, &["USA", "RUS", "CHN"], "plain words", Retention::Full);
    assert!(several.contains("Each pair by itself") && !several.contains("id=\"curve\""));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let write = || page(200, &["USA", "RUS"], "أهلا", Retention::Full);
    assert_eq!(write(), write());
}

#[test]
fn tools_that_read_aloud_find_their_way() {
    let page = page(90, &["USA", "RUS"], "أهلا وسهلا", Retention::Full);
    let tags = tags(&page);
    let html = tags.iter().find(|tag| tag.name == "html").unwrap();
    assert_eq!(html.get("lang"), Some("en"));
    let levels: Vec<u32> = tags
        .iter()
        .filter(|tag| !tag.end && tag.name.len() == 2 && tag.name.starts_with('h'))
        .filter_map(|tag| tag.name[1..].parse().ok())
        .collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    for tag in tags.iter().filter(|tag| !tag.end) {
        match tag.name {
            "th" => assert!(matches!(tag.get("scope"), Some("col" | "row"))),
            "svg" => assert_eq!(tag.get("role"), Some("group")),
            "blockquote" => assert_eq!(tag.get("dir"), Some("auto")),
            _ => {}
        }
    }
    let count = |name: &str| tags.iter().filter(|tag| !tag.end && tag.name == name).count();
    assert_eq!(count("table"), count("caption"));
    assert_eq!(count("main"), 1);
    assert_eq!(count("svg"), 2 * count("figcaption"));
    assert!(page.contains("<bdi>أهلا وسهلا</bdi>"));
}
