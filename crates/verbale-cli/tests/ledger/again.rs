//! The same again adds nothing, and neither order nor threads change a byte.

use crate::book::{Book, same};
use crate::made;

#[test]
fn the_same_again_adds_nothing() {
    let book = Book::of(&made::lines(&made::reports(24)));
    let before = book.exports();
    let again = book.add(&[&book.folder.path("reports.jsonl")]);
    assert_eq!(again.code, 0, "{}", again.err);
    assert!(again.err.contains(": 0 added, 24 known already"), "{}", again.err);
    assert_eq!(book.list(&["documents"]).len(), 24);
    same(&book.exports(), &before);
    assert_eq!(book.run(&["runs", "--json"]).out.lines().count(), 1, "a run that codes nothing is none");
}

#[test]
fn order_batches_and_threads_change_no_byte() {
    let reports = made::reports(40);
    let expected = Book::of(&made::lines(&reports)).exports();
    let mut mixed = reports.clone();
    mixed.rotate_left(17);
    mixed.swap(3, 30);
    for (order, batch, threads) in [
        (made::lines(&mixed), "3", "1"),
        (made::lines(reports.iter().rev()), "7", "2"),
        (made::lines(&reports), "1", "2"),
    ] {
        let book = Book::new();
        let input = book.folder.file("reports.jsonl", order);
        let ran = book.run_with(&["add", &input, "--batch", batch], &[("RAYON_NUM_THREADS", threads)]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert_eq!(book.check(), 40);
        same(&book.exports(), &expected);
    }
}

#[test]
fn versions_of_an_address_are_linked_in_any_order() {
    let version = |day: u32, text: &str| {
        serde_json::json!({"id": format!("v{day}"), "text": text, "published": format!("2025-03-{day:02}"),
            "outlet": "Nordlys Herald", "url": "https://nordlys.example/talks"})
    };
    let versions = [
        version(
            3,
            "Norwegian Foreign Minister Ingrid Solheim met Kenyan Foreign Minister Daniel Otieno Mboya in Oslo on 2 March.",
        ),
        version(
            4,
            "Norwegian Foreign Minister Ingrid Solheim met Kenyan Foreign Minister Daniel Otieno Mboya in Bergen on 2 March.",
        ),
        version(
            5,
            "Norwegian Foreign Minister Ingrid Solheim met Kenyan Foreign Minister Daniel Otieno Mboya in Tromsø on 2 March.",
        ),
    ];
    let book = Book::of(&made::lines(&versions));
    let documents = book.list(&["documents"]);
    let key = |at: usize| documents[at]["document"].clone();
    let linked = |of: &str| documents.iter().map(|document| document[of].clone()).collect::<Vec<_>>();
    assert_eq!(linked("superseded_by"), [key(2), key(2), serde_json::Value::Null]);
    assert_eq!(linked("replaces"), [serde_json::Value::Null, key(0), key(1)]);
    for order in [[2, 1, 0], [1, 2, 0], [0, 2, 1]] {
        let other = Book::of(&made::lines(order.iter().map(|at| &versions[*at])));
        other.check();
        same(&other.exports(), &book.exports());
    }
    let events = book.list(&["events"]);
    assert_eq!(events.len(), 1, "{events:?}");
    assert_eq!(events[0]["place"]["name"], "Tromsø", "only the newest version counts");
}
