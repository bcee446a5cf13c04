//! What verbale writes for other coders' tools comes back as a coding of others.

use crate::desk::Desk;

/// A ledger with the examples, and one of their listings.
fn written(format: &str) -> (Desk, String) {
    let desk = Desk::new();
    let ran = desk.run(&["add", "examples/reports"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let ran = desk.run(&["events", "-o", format]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    (desk, ran.out)
}

#[test]
fn our_plover_is_read_whole() {
    let (ours, text) = written("plover");
    let desk = Desk::new();
    let ran = desk.try_take("plover", "events.jsonl", &text, &[]);
    println!("{}", ran.err);
    assert_eq!(ran.code, 0);
    let _ = ours;
}

#[test]
fn our_gdelt_is_read_whole() {
    let (ours, text) = written("gdelt");
    let desk = Desk::new();
    let ran = desk.try_take("gdelt", "events.CSV", &text, &[]);
    println!("{}", ran.err);
    assert_eq!(ran.code, 0);
    let _ = ours;
}
