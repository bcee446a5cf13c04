//! What verbale writes for other coders' tools comes back as a coding of others.

use std::collections::BTreeSet;

use crate::desk::Desk;

/// A ledger with the examples, and one of their listings.
fn written(format: &str) -> (Desk, String) {
    let desk = Desk::new();
    let ran = desk.run(&["add", "examples/reports", "--published", "2025-10-24"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let ran = desk.run(&["events", "-o", format]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    (desk, ran.out)
}

/// A ledger into which a listing came, and how many of its rows were refused: all of them for want of a day.
fn read(format: &str, text: &str) -> (Desk, usize) {
    let desk = Desk::new();
    let ran = desk.try_take(format, "ours", text, &["--rejects", &desk.folder.path("rejects")]);
    assert_eq!(ran.code, 1, "some days are not known: {}", ran.err);
    let rejects = desk.rejects();
    for one in &rejects {
        let reason = one["reason"].as_str().unwrap();
        assert!(["date_resolved cannot be read", "SQLDATE cannot be read"].contains(&reason), "{one}");
    }
    assert!(!ran.err.contains("unknown codes"), "{}", ran.err);
    (desk, rejects.len())
}

#[test]
fn our_plover_comes_back_as_it_was() {
    let (ours, text) = written("plover");
    let (desk, refused) = read("plover", &text);
    let expected = ours.sql(
        "SELECT 'plover:' || id, edtf, event_type, coalesce(mode, ''), cameo, status FROM events
         WHERE status IN ('held', 'planned') AND edtf GLOB '????-??-??' AND edtf NOT GLOB '*X*' ORDER BY 1",
    );
    let found = desk.sql(
        "SELECT id, first_day, event_type, coalesce(mode, ''), cameo, status FROM foreign_listing
         WHERE first_day = last_day ORDER BY 1",
    );
    assert!(expected.len() >= 10, "{expected:#?}");
    assert_eq!(found, expected);
    assert_eq!(desk.events().len() + refused, text.lines().count());
    let sides = "SELECT DISTINCT state FROM foreign_actors WHERE state IS NOT NULL";
    let known: BTreeSet<String> = ours.sql("SELECT DISTINCT side FROM participants").into_iter().collect();
    assert!(desk.sql(sides).into_iter().all(|side| known.contains(&side)));
}

#[test]
fn our_gdelt_comes_back_with_its_pairs() {
    let (_, text) = written("gdelt");
    let (desk, refused) = read("gdelt", &text);
    let mut expected = BTreeSet::new();
    for line in text.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        if cells[1].is_empty() {
            continue;
        }
        let code = if cells[26] == "043" { "042" } else { cells[26] };
        let side = |at: usize| match cells[at + 3] {
            "EEC" => "EUR",
            "" if matches!(cells[at + 7], "IGO" | "NGO") => cells[at + 7],
            "" => cells[at + 2],
            group => group,
        };
        let mut pair = [side(5), side(15)];
        pair.sort_unstable();
        expected.insert(format!("{} {code} {}", cells[1], pair.join(" ")));
    }
    let found = desk.sql(
        "SELECT DISTINCT strftime('%Y%m%d', first_day) || ' ' || cameo || ' ' ||
           min(coalesce(state, ''), coalesce(other_state, '')) || ' ' || max(coalesce(state, ''), coalesce(other_state, ''))
         FROM foreign_listing",
    );
    assert!(expected.len() > 10, "{expected:#?}");
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected);
    let tally = &desk.sql("SELECT stored + merged, refused FROM imports")[0];
    assert_eq!(*tally, format!("{} | {refused}", text.lines().count() - refused));
}
