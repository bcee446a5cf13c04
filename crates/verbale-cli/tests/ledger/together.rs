//! Two processes write to one ledger at once, and others read meanwhile.

use std::process::Child;

use crate::book::{Book, same};
use crate::made;

const REPORTS: usize = 48;

/// A ledger filled by one process, last report first.
fn alone() -> [String; 3] {
    let reports = made::reports(REPORTS);
    Book::of(&made::lines(reports.iter().rev())).exports()
}

#[track_caller]
fn ended(child: Child) -> String {
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    said
}

/// The number before " added".
fn added(said: &str) -> usize {
    let (before, _) = said.split_once(" added").unwrap();
    before.rsplit(' ').next().unwrap().parse().unwrap()
}

#[test]
fn two_writers_at_once_lose_and_double_nothing() {
    let reports = made::reports(REPORTS);
    let expected = alone();
    for round in 0..4 {
        let book = Book::new();
        // The first two thirds, and the last two thirds in some other order.
        let (one, mut other) = (made::lines(&reports[..32]), reports[16..].to_vec());
        other.rotate_left(7 * round);
        let one = book.folder.file("one.jsonl", one);
        let other = book.folder.file("other.jsonl", made::lines(&other));
        let children = [book.start(&one), book.start(&other)];
        let sum: usize = children.into_iter().map(|child| added(&ended(child))).sum();
        assert_eq!(sum, REPORTS);
        assert_eq!(book.check(), REPORTS);
        same(&book.exports(), &expected);
    }
}

#[test]
fn a_reader_sees_a_whole_ledger_while_another_writes() {
    let reports = made::reports(REPORTS);
    let book = Book::of(&made::lines(&reports[..8]));
    let rest = book.folder.file("rest.jsonl", made::lines(&reports));
    let mut writer = book.start(&rest);
    let (mut reads, mut least) = (0, 0);
    while writer.try_wait().unwrap().is_none() || reads == 0 {
        let events = book.list(&["events"]);
        let mut tellings: Vec<String> = events
            .iter()
            .flat_map(|event| event["tellings"].as_array().unwrap())
            .map(|telling| telling["id"].to_string())
            .collect();
        let all = tellings.len();
        tellings.sort();
        tellings.dedup();
        assert_eq!(tellings.len(), all, "each telling is in one entry");
        assert!(all >= least, "{all} tellings after {least}");
        (reads, least) = (reads + 1, all);
    }
    ended(writer);
    assert!(least >= 8 && reads > 1, "{reads} reads, {least} tellings");
    assert_eq!(book.check(), REPORTS);
    same(&book.exports(), &alone());
}
