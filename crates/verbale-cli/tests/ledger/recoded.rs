//! `recode`: stored texts are read again, both readings are kept, and what stayed the same takes no room.

use serde_json::{Value, json};

use crate::book::{Book, same};
use crate::made;

const KNOWLEDGE: &str = r#"
[[person]]
name = "Ada Lindqvist"
offices = [{ office = "Foreign Minister", state = "NOR", from = "2024-03-12" }]
"#;

/// Ten reports, one of them about somebody whose office is not told.
fn book() -> Book {
    let mut reports = made::reports(9);
    reports.push(json!({"id": "unknown", "outlet": "Harbour Gazette", "published": "2025-03-13",
        "text": "Ada Lindqvist met Kenyan Foreign Minister Daniel Otieno Mboya in Nairobi on 12 March 2025, the Kenyan \
            foreign ministry said."}));
    Book::of(&made::lines(&reports))
}

/// Sides of the meeting that only a knowledge file explains.
fn sides(book: &Book) -> Vec<Value> {
    let key =
        book.list(&["documents"]).iter().find(|one| one["id"] == "unknown").unwrap()["document"].clone();
    let events = book.list(&["events"]);
    let first = format!("{}:e1", key.as_str().unwrap());
    let of = |event: &&Value| {
        event["tellings"].as_array().unwrap().iter().any(|told| told["id"] == first.as_str())
    };
    let event = events.iter().find(of).unwrap();
    event["participants"].as_array().unwrap().iter().map(|who| who["side"].clone()).collect()
}

fn rows(book: &Book, table: &str) -> i64 {
    book.sql().query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
}

fn runs(book: &Book) -> Vec<Value> {
    let ran = book.run(&["runs", "--json"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_same_versions_read_nothing_again() {
    let book = book();
    let before = book.exports();
    let ran = book.run(&["recode"]);
    assert!(ran.code == 0 && ran.err.contains("nothing to read again"), "{}", ran.err);
    assert_eq!(runs(&book).len(), 1);
    let ran = book.run(&["recode", "--all"]);
    assert!(
        ran.code == 0 && ran.err.contains("run 2, 10 documents read again, 0 of them changed"),
        "{}",
        ran.err
    );
    book.check();
    same(&book.exports(), &before);
}

#[test]
fn a_knowledge_file_changes_what_it_speaks_of_and_nothing_else() {
    let book = book();
    let before = book.exports();
    assert_eq!(sides(&book), [Value::Null, json!("KEN")]);
    let [tellings, mentions, claims] = ["tellings", "mentions", "claims"].map(|table| rows(&book, table));
    let file = book.folder.file("offices.toml", KNOWLEDGE);
    let ran = book.run(&["recode", "--knowledge", &file]);
    assert!(
        ran.code == 0 && ran.err.contains("run 2, 10 documents read again, 1 of them changed"),
        "{}",
        ran.err
    );
    assert_eq!(book.check(), 10);
    assert_eq!(sides(&book), ["NOR", "KEN"]);

    let listed = runs(&book);
    let fields = |field: &str| listed.iter().map(|run| run[field].clone()).collect::<Vec<_>>();
    assert_eq!(fields("kind"), ["add", "recode"]);
    assert_eq!(fields("documents"), [10, 10]);
    assert_eq!(fields("changed"), [10, 1]);
    assert_eq!(fields("knowledge")[0], json!([]));
    assert_eq!(fields("knowledge")[1][0][0], json!(file));
    let page = book.run(&["runs"]).out;
    assert!(page.lines().count() == 2 && page.contains("recode") && page.contains("offices.toml"), "{page}");

    // Both readings of the one document are there; the others are stored once.
    let other =
        book.sql().query_row("SELECT count(*) FROM tellings WHERE run = 2", [], |row| row.get::<_, i64>(0));
    assert_eq!((rows(&book, "tellings"), other.unwrap()), (tellings + 1, 1));
    assert_eq!(rows(&book, "claims"), claims + 1);
    assert!(rows(&book, "mentions") < mentions + 20);

    let again = book.run(&["recode", "--knowledge", &file]);
    assert!(again.err.contains("nothing to read again"), "{}", again.err);
    let back = book.run(&["recode"]);
    assert!(
        back.code == 0 && back.err.contains("run 3, 10 documents read again, 1 of them changed"),
        "{}",
        back.err
    );
    book.check();
    same(&book.exports(), &before);
}

#[test]
fn what_is_read_again_equals_what_is_added_with_the_same_knowledge() {
    let book = book();
    let file = book.folder.file("offices.toml", KNOWLEDGE);
    assert_eq!(book.run(&["recode", "--knowledge", &file]).code, 0);
    let fresh = Book::new();
    let ran = fresh.add(&[&book.folder.path("reports.jsonl"), "--knowledge", &file]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    same(&book.exports(), &fresh.exports());
}
