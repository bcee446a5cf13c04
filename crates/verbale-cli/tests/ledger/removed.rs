//! `remove`: no byte of a document stays, and it does not come back unasked.

use serde_json::json;

use crate::binary::Ran;
use crate::book::{Book, same};
use crate::made;

/// A report whose words are in no other one.
const WORDS: &str = "Norwegian Foreign Minister Ingrid Solheim met Kenyan Foreign Minister Daniel Otieno Mboya in Oslo on 12 March 2025. \
    The ministers spoke about quinquereme moorings.";

fn book() -> Book {
    let mut reports = made::reports(12);
    reports
        .push(json!({"id": "moorings", "text": WORDS, "outlet": "Nordlys Herald", "published": "2025-03-13",
        "title": "Quinquereme talks", "url": "https://nordlys.example/moorings"}));
    reports.push(json!({"id": "twice", "text": "Poland and Chile signed a treaty on 3 May 2025.", "outlet": "Harbour Gazette"}));
    reports.push(json!({"id": "twice", "text": "Poland and Chile signed a treaty on 4 May 2025.", "outlet": "Harbour Gazette"}));
    Book::of(&made::lines(&reports))
}

#[track_caller]
fn gone(book: &Book, ran: &Ran) {
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(book.check(), 14);
    for end in ["", "-wal", "-shm"] {
        let bytes = std::fs::read(format!("{}{end}", book.path)).unwrap_or_default();
        for words in ["quinquereme", "Quinquereme"] {
            let there = bytes.windows(words.len()).any(|window| window == words.as_bytes());
            assert!(!there, "{words} is still in the ledger{end}");
        }
    }
    assert!(!book.exports().iter().any(|export| export.contains("moorings")));
}

#[test]
fn a_document_goes_by_key_address_or_name_and_comes_back_when_asked() {
    let book = book();
    let whole = book.exports();
    let input = book.folder.path("reports.jsonl");
    let documents = book.list(&["documents"]);
    let key = documents.iter().find(|one| one["id"] == "moorings").unwrap()["document"].as_str().unwrap();
    for word in [&key[..10], "https://nordlys.example/moorings", "moorings"] {
        let ran = book.run(&["remove", word, "--reason", "withdrawn"]);
        assert!(ran.err.contains(&format!("removed {key} (moorings)")), "{}", ran.err);
        gone(&book, &ran);
        let again = book.add(&[&input]);
        assert_eq!(again.code, 0, "{}", again.err);
        assert!(again.err.contains("1 left out, since they were removed earlier"), "{}", again.err);
        gone(&book, &again);
        let back = book.add(&[&input, "--restore"]);
        assert!(back.code == 0 && back.err.contains("1 added"), "{}", back.err);
        assert_eq!(book.check(), 15);
        same(&book.exports(), &whole);
    }
}

#[test]
fn who_is_meant_must_be_clear() {
    let book = book();
    let ran = book.run(&["remove", "twice", "nobody", "moorings"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let lines: Vec<&str> = ran.err.lines().collect();
    let keys: Vec<String> = book
        .list(&["documents"])
        .iter()
        .filter(|one| one["id"] == "twice")
        .map(|one| one["document"].as_str().unwrap().to_owned())
        .collect();
    assert!(keys.len() == 2 && keys.iter().all(|key| lines[0].contains(key)), "{}", ran.err);
    assert!(lines[1].contains("nobody: there is no such document"), "{}", ran.err);
    assert!(lines[2].contains("removed"), "{}", ran.err);
    assert_eq!(book.check(), 14);
}

#[test]
fn a_happening_stays_with_those_that_still_tell_of_it() {
    let reports = made::reports(20);
    let mut book = Book::of(&made::lines(&reports));
    for name in ["report-0-0", "report-2-1", "report-3-0"] {
        assert_eq!(book.run(&["remove", name]).code, 0);
    }
    book.check();
    let left = reports
        .iter()
        .filter(|one| !["report-0-0", "report-2-1", "report-3-0"].contains(&one["id"].as_str().unwrap()));
    let without = std::mem::replace(&mut book, Book::of(&made::lines(left)));
    same(&without.exports(), &book.exports());
}
