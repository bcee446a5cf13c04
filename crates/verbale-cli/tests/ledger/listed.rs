//! `events`, `claims`, `quotes` and `documents`: formats, filters, and words that mean nothing.

use serde_json::Value;

use crate::book::{Book, same};
use crate::made;

fn book() -> Book {
    Book::of(&made::lines(&made::reports(30)))
}

#[test]
fn each_format_of_each_listing_writes_something() {
    let book = book();
    for listing in ["events", "claims", "quotes", "documents"] {
        let rows = book.list(&[listing]).len();
        assert!(rows > 3, "{listing}: {rows}");
        let json = book.run(&[listing, "--json"]);
        assert_eq!(json.out.lines().count(), rows, "{listing}");
        let page = book.run(&[listing]);
        assert!(
            page.code == 0 && page.out.lines().count() >= rows && !page.out.contains('\x1b'),
            "{}",
            page.out
        );
        let csv = book.run(&[listing, "-o", "csv"]);
        assert_eq!((csv.code, csv.err.as_str()), (0, ""), "{listing}");
        assert!(
            csv.out.lines().count() > rows && csv.out.lines().next().unwrap().contains(','),
            "{}",
            csv.out
        );
        let to = book.folder.path("rows.parquet");
        let ran = book.run(&[listing, "-o", "parquet", "--to-file", &to]);
        assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""), "{listing}");
        let bytes = std::fs::read(&to).unwrap();
        assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"), "{listing}");
    }
    let events = book.list(&["events"]).len();
    let plover = book.run(&["events", "-o", "plover"]);
    assert_eq!(plover.code, 0, "{}", plover.err);
    assert!(plover.out.contains("CONSULT") && plover.out.contains("NOR"), "{}", plover.out);
    let gdelt = book.run(&["events", "-o", "gdelt"]);
    assert_eq!(gdelt.code, 0, "{}", gdelt.err);
    assert!(gdelt.out.lines().count() >= events, "{}", gdelt.out);
    assert!(gdelt.out.lines().all(|line| line.split('\t').count() == 61), "{}", gdelt.out);
}

/// Rows that filters keep; all of them have what was asked for, and some do not stand there without.
#[track_caller]
fn filtered(book: &Book, arguments: &[&str], fits: impl Fn(&Value) -> bool) {
    let all = book.list(&arguments[..1]);
    let kept = book.list(arguments);
    assert!(!kept.is_empty() && kept.len() < all.len(), "{arguments:?}: {} of {}", kept.len(), all.len());
    assert!(kept.iter().all(&fits), "{arguments:?}: {kept:?}");
    assert_eq!(kept.len(), all.iter().filter(|row| fits(row)).count(), "{arguments:?}");
}

fn has_side(event: &Value, side: &str) -> bool {
    event["participants"].as_array().unwrap().iter().any(|who| who["side"] == side)
}

#[test]
fn filters_keep_what_they_say() {
    let book = book();
    filtered(&book, &["events", "--country", "NOR"], |event| has_side(event, "NOR"));
    filtered(&book, &["events", "--country", "NOR", "--partner", "KEN"], |event| {
        has_side(event, "NOR") && has_side(event, "KEN")
    });
    filtered(&book, &["events", "--type", "consult"], |event| event["event_type"] == "CONSULT");
    let day = |event: &Value| event["date"]["edtf"].as_str().unwrap().to_owned();
    filtered(&book, &["events", "--from", "2025-01-10", "--to", "2025-01"], |event| {
        ("2025-01-10".."2025-02").contains(&day(event).as_str())
    });
    let told_by = |event: &Value, outlet: &str| {
        event["tellings"].as_array().unwrap().iter().any(|telling| telling["outlet"] == outlet)
    };
    filtered(&book, &["events", "--outlet", "nordlys herald"], |event| told_by(event, "Nordlys Herald"));
    filtered(&book, &["claims", "--country", "KEN"], |claim| claim["asserter"]["side"] == "KEN");
    filtered(&book, &["quotes", "--outlet", "Harbour Gazette"], |quote| quote["outlet"] == "Harbour Gazette");
    filtered(&book, &["documents", "--from", "2025-01-20"], |one| {
        one["published"].as_str() >= Some("2025-01-20")
    });
    assert_eq!(book.list(&["events", "--status", "held"]).len(), book.list(&["events"]).len());
    assert_eq!(book.list(&["events", "--status", "denied"]).len(), 0);
    assert_eq!(book.list(&["events", "--reviewed", "accepted"]).len(), 0);
}

#[test]
fn words_that_mean_nothing_are_wrong_usage() {
    let book = Book::of(&made::lines(&made::reports(1)));
    for (arguments, said) in [
        (&["events", "-o", "xlsx"][..], "parquet"),
        (&["claims", "-o", "gdelt"], "jsonl"),
        (&["documents", "-o", "plover"], "jsonl"),
        (&["events", "--type", "MEETING"], "CONSULT"),
        (&["events", "--status", "done"], "cancelled"),
        (&["events", "--country", "Norway"], "NOR"),
        (&["events", "--from", "yesterday"], "YYYY-MM-DD"),
        (&["events", "--from", "2025-05", "--to", "2025-01"], "ends before it begins"),
        (&["events", "--reviewed", "perhaps"], "accepted"),
        (&["documents", "--type", "CONSULT"], "documents are filtered by"),
        (&["events", "--json", "-o", "csv"], "cannot be used with"),
    ] {
        let ran = book.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains(said), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn documents_with_their_texts_can_be_added_again() {
    let book = book();
    let out = book.run(&["documents", "--with-text", "-o", "jsonl"]).out;
    same(&Book::of(&out).exports(), &book.exports());
}
