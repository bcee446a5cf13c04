//! Inputs that cannot be read are named and the others stored; what is no ledger is wrong usage.

use std::path::Path;

use rusqlite::Connection;

use crate::binary::{Folder, verbale};
use crate::book::Book;

const GOOD: &str = "Norwegian Foreign Minister Ingrid Solheim met Kenyan Foreign Minister Daniel Otieno Mboya in Oslo on 12 March 2025.\n";

#[test]
fn bad_inputs_are_named_and_the_others_stored() {
    let book = Book::new();
    std::fs::create_dir(book.folder.path("in")).unwrap();
    let lines = format!(
        "{}\n{{oops\n{}\n",
        serde_json::json!({"id": "a", "text": GOOD, "outlet": "Nordlys Herald"}),
        serde_json::json!({"id": "b", "text": GOOD, "outlet": "Harbour Gazette"}),
    );
    for (name, bytes) in [
        ("in/good.txt", GOOD.as_bytes()),
        ("in/empty.txt", b""),
        ("in/broken.pdf", b"%PDF-1.7\n%\xe2\xe3"),
        ("in/lines.jsonl", lines.as_bytes()),
        ("in/picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
    ] {
        book.folder.file(name, bytes);
    }
    let ran = book.add(&[&book.folder.path("in"), &book.folder.path("none.txt")]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{}", ran.err);
    let reasons = [
        ("empty.txt", "empty"),
        ("broken.pdf", "broken"),
        ("lines.jsonl", "line 2 is left out"),
        ("picture.txt", "PNG"),
        ("none.txt", "there is no such file"),
    ];
    for (name, reason) in reasons {
        let named = ran.err.lines().filter(|line| line.contains(name)).collect::<Vec<_>>();
        assert!(named.len() == 1 && named[0].contains(reason), "{name}: {}", ran.err);
    }
    assert!(ran.err.contains("3 added, 5 refused"), "{}", ran.err);
    assert_eq!(book.check(), 3);
    let kept: i64 = book.sql().query_row("SELECT count(*) FROM refusals", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 5);
    let refused: i64 = book
        .sql()
        .query_row("SELECT total(refused) FROM inputs", [], |row| row.get::<_, f64>(0).map(|n| n as i64))
        .unwrap();
    assert_eq!(refused, 5);

    // What can be read the next time is no longer noted as refused; what cannot still is.
    book.folder.file("in/empty.txt", b"The envoys met in Oslo on 14 March 2025.");
    assert_eq!(book.add(&[&book.folder.path("in")]).code, 1);
    let kept: Vec<String> = {
        let sql = book.sql();
        let mut names = sql.prepare("SELECT input FROM refusals ORDER BY input").unwrap();
        names.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    assert_eq!(kept.len(), 4, "{kept:?}");
    assert!(!kept.iter().any(|name| name.contains("empty.txt")), "{kept:?}");
}

#[test]
fn an_address_needs_leave() {
    let book = Book::new();
    let good = book.folder.file("good.txt", GOOD);
    let ran = book.add(&["https://nordlys.example/a.html", &good]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(
        ran.err.contains("https://nordlys.example/a.html: ") && ran.err.contains("--allow-net"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("1 added, 1 refused"), "{}", ran.err);
}

#[test]
fn what_is_no_ledger_is_wrong_usage() {
    let folder = Folder::new();
    let good = folder.file("good.txt", GOOD);
    let text = folder.file("text.db", GOOD.repeat(30));
    let other = folder.path("other.db");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE songs (name TEXT)").unwrap();
    std::fs::create_dir(folder.path("folder")).unwrap();
    for (ledger, said) in [
        (text.clone(), "is no ledger of verbale"),
        (other.clone(), "is a database, and no ledger of verbale"),
        (folder.path("folder"), "is a folder"),
        (folder.path("no/such/ledger.db"), "there is no folder"),
    ] {
        let ran = verbale(&["add", &good, "-l", &ledger]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ledger}: {}", ran.err);
        assert!(ran.err.contains(&ledger) && ran.err.contains(said), "{ledger}: {}", ran.err);
        let ran = verbale(&["events", "-l", &ledger]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ledger}: {}", ran.err);
        assert!(ran.err.contains(&ledger), "{ledger}: {}", ran.err);
    }
    let none = folder.path("none.db");
    for command in [&["events"][..], &["runs"], &["recode"], &["remove", "abcdef"]] {
        let ran = verbale(&[command, &["-l", &none]].concat());
        assert_eq!(ran.code, 2, "{command:?}: {}", ran.err);
        assert!(ran.err.contains("there is no ledger") && ran.err.contains("verbale add"), "{}", ran.err);
        assert!(!Path::new(&none).exists(), "{command:?} makes no ledger");
    }
    assert_eq!(std::fs::read_to_string(&text).unwrap(), GOOD.repeat(30), "left as it was");
}

#[cfg(unix)]
#[test]
fn a_ledger_that_may_not_be_written_can_be_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let book = Book::new();
    let good = book.folder.file("good.txt", GOOD);
    assert_eq!(book.add(&[&good]).code, 0);
    let expected = book.exports();
    std::fs::set_permissions(&book.path, std::fs::Permissions::from_mode(0o444)).unwrap();
    if std::fs::OpenOptions::new().append(true).open(&book.path).is_ok() {
        return; // Somebody who may write everything runs this test.
    }
    let ran = book.add(&[&book.folder.file("other.txt", GOOD.replace("Oslo", "Bergen"))]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains(&book.path) && ran.err.contains("may not be written"), "{}", ran.err);
    assert_eq!(book.exports(), expected);
}
