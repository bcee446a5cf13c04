//! Retention: a ledger, and what it exports, hold no more of a text than they may.

use crate::book::Book;
use crate::made;

/// Words of a sentence that nothing rests on, of one that an event rests on, of a title, and of a quotation.
const IDLE: &str = "cinnamon";
const RESTED_ON: &str = "wintertime";
const TITLE: &str = "Headwater";
const QUOTED: &str = "tidewater";

fn book(retain: &str) -> Book {
    let book = Book::new();
    let text = format!(
        "It was a {IDLE} afternoon. Norwegian Foreign Minister Ingrid Solheim met Kenyan Foreign Minister Daniel Otieno \
         Mboya in Oslo on 12 March 2025 for talks on {RESTED_ON} fisheries. \"We agreed on the {QUOTED} rules,\" Solheim said."
    );
    let report = serde_json::json!({"id": "a", "text": text, "title": format!("{TITLE} talks in Oslo"),
        "published": "2025-03-13", "outlet": "Nordlys Herald"});
    let input = book.folder.file("reports.jsonl", made::lines([&report]));
    let ran = book.add(&[&input, "--retain", retain]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    book.check();
    book
}

/// Whether a word stands in the file, and in any export.
fn holds(book: &Book, word: &str) -> (bool, bool) {
    let bytes =
        ["", "-wal"].map(|end| std::fs::read(format!("{}{end}", book.path)).unwrap_or_default()).concat();
    let mut out = String::new();
    for listing in ["events", "claims", "quotes", "documents"] {
        for format in ["jsonl", "csv"] {
            out += &book.run(&[listing, "-o", format]).out;
        }
        out += &book.run(&[listing]).out;
    }
    out += &book.run(&["documents", "--with-text", "-o", "jsonl"]).out;
    (bytes.windows(word.len()).any(|window| window == word.as_bytes()), out.contains(word))
}

#[test]
fn a_full_text_is_all_there() {
    let book = book("full");
    for word in [IDLE, RESTED_ON, TITLE, QUOTED] {
        assert_eq!(holds(&book, word), (true, true), "{word}");
    }
    assert!(book.run(&["recode"]).err.contains("nothing to read again"));
}

#[test]
fn excerpts_are_the_sentences_that_something_rests_on() {
    let book = book("excerpts");
    assert_eq!(holds(&book, IDLE), (false, false));
    for word in [RESTED_ON, QUOTED] {
        assert_eq!(holds(&book, word), (true, true), "{word}");
    }
    not_recodable(&book, "kept as excerpts");
}

#[test]
fn of_a_hash_no_word_is_there() {
    let book = book("hash");
    for word in [IDLE, RESTED_ON, TITLE, QUOTED] {
        assert_eq!(holds(&book, word), (false, false), "{word}");
    }
    assert_eq!(book.list(&["events", "--country", "NOR", "--partner", "KEN"]).len(), 1, "codes are kept");
    not_recodable(&book, "kept as hash");
}

#[track_caller]
fn not_recodable(book: &Book, how: &str) {
    let before = book.exports();
    let key = book.list(&["documents"])[0]["document"].as_str().unwrap().to_owned();
    for arguments in [&["recode"][..], &["recode", "--all"]] {
        let ran = book.run(arguments);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let named = ran
            .err
            .lines()
            .any(|line| line.contains("not read again") && line.contains(&key) && line.contains(how));
        assert!(named, "{}", ran.err);
    }
    assert_eq!(book.exports(), before);
}
