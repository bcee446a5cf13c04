//! Pages: everything once while somebody writes, forwards and backwards, in the order of listings.

use std::collections::BTreeSet;

use verbale::ledger::list::Filter;
use verbale::ledger::store::Ledger;

use crate::made::add;
use crate::served::Served;

/// Ids of all items, page by page; `between` runs after each page.
fn walk(served: &Served, path: &str, key: &str, mut between: impl FnMut()) -> Vec<String> {
    let mut found = Vec::new();
    let mut address = path.to_owned();
    loop {
        let answer = served.get(&address);
        let page = answer.fine();
        let items = page["items"].as_array().unwrap();
        found.extend(items.iter().map(|item| item[key].as_str().unwrap().to_owned()));
        let link = answer.header("link");
        match page["next"].as_str() {
            None => {
                assert_eq!(link, "");
                return found;
            }
            Some(next) => {
                let told = link.strip_prefix('<').unwrap().split('>').next().unwrap();
                assert!(told.ends_with(&format!("cursor={next}")), "{link}");
                told.clone_into(&mut address);
            }
        }
        between();
    }
}

fn kept(ledger: &Ledger, filter: &Filter) -> Vec<String> {
    let entries = ledger.entry_numbers().unwrap().into_iter().map(|number| ledger.entry(number).unwrap());
    entries.filter(|entry| filter.keeps(entry)).map(|entry| entry.event.id).collect()
}

#[test]
fn a_walk_meets_everything_once_while_others_write() {
    let served = Served::made(|ledger| add(ledger, 0..60));
    let mut writer = served.ledger();
    let old: BTreeSet<String> = kept(&writer, &Filter::default()).into_iter().collect();
    for path in [
        "/v1/events?limit=7",
        "/v1/events?limit=7&sort=-date",
        "/v1/documents?limit=7",
        "/v1/claims?limit=7",
        "/v1/claims?limit=7&sort=-added",
    ] {
        let mut next = 100 + 1000 * path.len() as u32;
        let key = if path.contains("events") {
            "id"
        } else if path.contains("documents") {
            "document"
        } else {
            "entry"
        };
        let found = walk(&served, path, key, || {
            add(&mut writer, next..next + 3);
            next += 3;
        });
        let once: BTreeSet<String> = found.iter().cloned().collect();
        assert_eq!(once.len(), found.len(), "{path}: nothing comes twice");
        let missing: Vec<_> = if key == "document" {
            let documents: BTreeSet<&str> = old.iter().map(|id| id.split(':').next().unwrap()).collect();
            documents.into_iter().filter(|id| !once.contains(*id)).map(str::to_owned).collect()
        } else {
            old.iter().filter(|id| !once.contains(*id)).cloned().collect()
        };
        assert!(missing.is_empty(), "{path}: {missing:?}");
    }
}

#[test]
fn pages_are_what_the_filter_keeps_in_the_order_of_listings() {
    let served = Served::made(|ledger| add(ledger, 0..160));
    let ledger = served.ledger();
    let code = |code: &str| vec![code.to_owned()];
    let filters: Vec<(&str, Filter)> = vec![
        ("", Filter::default()),
        ("country=AFG", Filter { country: code("AFG"), ..Filter::default() }),
        (
            "country=AFG&partner=USA",
            Filter { country: code("AFG"), partner: code("USA"), ..Filter::default() },
        ),
        (
            "from=2010-02&to=2010-03",
            Filter { from: Some("2010-02".into()), to: Some("2010-03".into()), ..Filter::default() },
        ),
        (
            "from=2010-02&undated=true",
            Filter { from: Some("2010-02".into()), undated: true, ..Filter::default() },
        ),
        ("outlet=outlet%201", Filter { outlet: vec!["outlet 1".to_owned()], ..Filter::default() }),
        (
            "type=ACCUSE",
            Filter { event_type: vec![verbale::model::ontology::EventType::Accuse], ..Filter::default() },
        ),
        ("status=held&country=RUS", Filter { country: code("RUS"), ..Filter::default() }),
    ];
    for (query, filter) in filters {
        let expected = kept(&ledger, &filter);
        assert_eq!(walk(&served, &format!("/v1/events?limit=9&{query}"), "id", || ()), expected, "{query}");
        let back = walk(&served, &format!("/v1/events?limit=9&sort=-date&{query}"), "id", || ());
        let all = |ids: &[String]| ids.iter().cloned().collect::<BTreeSet<_>>();
        assert_eq!((back.len(), all(&back)), (expected.len(), all(&expected)), "{query}");
    }
    let forth = walk(&served, "/v1/events?limit=9&from=2010", "id", || ());
    let mut back = walk(&served, "/v1/events?limit=9&from=2010&sort=-date", "id", || ());
    back.reverse();
    assert_eq!(forth, back);
    let quotes = walk(&served, "/v1/quotes?limit=9", "entry", || ());
    assert_eq!(quotes.len(), 80);
}

#[test]
fn cursors_belong_to_their_question() {
    let served = Served::made(|ledger| add(ledger, 0..30));
    let next = served.get("/v1/events?limit=5").fine()["next"].as_str().unwrap().to_owned();
    assert!(
        served.get(&format!("/v1/events?limit=5&country=AFG&cursor={next}")).problem(400).contains("cursor")
    );
    assert!(served.get(&format!("/v1/documents?cursor={next}")).problem(400).contains("cursor"));
    for broken in ["x", "ff", "%00", "00000000zz"] {
        assert!(served.get(&format!("/v1/events?cursor={broken}")).problem(400).contains("cursor"));
    }
    // Another length of page is the same question.
    served.get(&format!("/v1/events?limit=20&cursor={next}")).fine();
}

#[test]
fn whole_listings_and_pages_of_them_hold_the_same_rows() {
    let served = Served::made(|ledger| add(ledger, 0..60));
    let all = served.get("/v1/events?format=jsonl").text();
    assert_eq!(all.lines().count(), 60);
    let first = served.with("GET", "/v1/events?limit=25", &[("accept", "application/x-ndjson")], "");
    assert_eq!(first.text().lines().count(), 25);
    assert!(all.starts_with(&first.text()));
    assert!(first.header("link").contains("rel=\"next\""));
    let entities = walk(&served, "/v1/entities?limit=11", "id", || ());
    assert_eq!(entities.len(), 120);
    let mut sorted = entities.clone();
    sorted.sort_unstable();
    assert_eq!(entities, sorted);
    assert_eq!(walk(&served, "/v1/entities?limit=4&q=guest7", "id", || ()), ["Guest7 Belo"]);
}
