//! Tests of reviews: undone, recoded, moved, in conflict.

use super::*;
use crate::entry::{Entry, Verdict};
use crate::link::Ruling;
use crate::sample::{entry_of, event, telling};
use crate::telling::Telling;
use proptest::prelude::*;
use verbale_model::{Days, Engagement};

fn review(minute: u32, who: &str, action: Action) -> Review {
    Review::new(format!("2025-10-24T09:{minute:02}:00Z"), who.to_owned(), None, action)
}

fn meeting() -> Telling {
    telling("aa:e1", event(&["AFG", "USA"], Some("2025-10-22")))
}

fn edit(minute: u32, who: &str, telling: &Telling, text: &str) -> Review {
    let (path, value, was) = parse_edit(&entry_of(telling), text).unwrap();
    review(minute, who, Action::Edit { target: anchor(telling), path, value, was })
}

fn accept(minute: u32, who: &str, telling: &Telling) -> Review {
    review(minute, who, Action::Accept { target: anchor(telling), seen: Seen::of(&telling.event) })
}

fn reject(minute: u32, who: &str, telling: &Telling) -> Review {
    review(minute, who, Action::Reject { target: anchor(telling), seen: Seen::of(&telling.event) })
}

fn undo(minute: u32, of: &Review) -> Review {
    review(minute, "ann", Action::Undo { review: of.id.clone() })
}

fn applied(reviews: &[Review], telling: &Telling) -> Entry {
    let mut entry = entry_of(telling);
    apply(&mut entry, &[telling], &in_force(reviews));
    entry
}

#[test]
fn a_correction_survives_recoding_and_the_conflict_is_told() {
    let edit = edit(1, "ann", &meeting(), "date=2025-10-21");
    let now = |date| telling("aa:e1", event(&["AFG", "USA"], Some(date)));
    let date = |entry: &Entry| entry.event.date.as_ref().unwrap().edtf.clone();
    for (coded, conflicts) in [
        ("2025-10-22", vec![]),
        ("2025-10-21", vec![]),
        ("2025-10", vec!["date: coder said 2025-10-22 when corrected to 2025-10-21, now says 2025-10"]),
    ] {
        let entry = applied(std::slice::from_ref(&edit), &now(coded));
        assert_eq!(
            (date(&entry).as_str(), entry.review.conflicts.clone()),
            ("2025-10-21", to_strings(&conflicts))
        );
        assert_eq!(entry.review.edited, ["date"]);
    }
}

fn to_strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

#[test]
fn participants_are_found_by_their_words_whatever_their_order() {
    let (side, gone) = (
        edit(1, "ann", &meeting(), "participants/1/side=QAT"),
        edit(2, "ann", &meeting(), "participants/0=null"),
    );
    let mut recoded = meeting();
    recoded.event.participants.swap(0, 1);
    recoded.event.participants[0].span.end += 4;
    let entry = applied(&[side, gone], &recoded);
    let sides: Vec<_> = entry.event.participants.iter().map(|who| who.side.as_deref()).collect();
    assert_eq!(sides, [Some("QAT")]);
    assert_eq!(entry.review.edited, ["participants[100-110]", "participants[120-130]/side"]);
}

#[test]
fn the_latest_verdict_holds_and_disagreement_is_told() {
    let entry = applied(&[reject(2, "ann", &meeting()), accept(1, "ben", &meeting())], &meeting());
    assert_eq!(entry.review.verdict, Verdict::Rejected);
    assert_eq!(entry.review.conflicts, ["ben accepted it, ann rejected it later"]);
}

#[test]
fn what_was_accepted_and_has_changed_is_a_conflict() {
    let accept = accept(1, "ann", &meeting());
    let entry =
        applied(std::slice::from_ref(&accept), &telling("aa:e1", event(&["AFG", "RUS"], Some("2025-10-22"))));
    assert_eq!(entry.review.verdict, Verdict::Accepted);
    assert_eq!(entry.review.conflicts, ["participants: accepted with AFG, USA, now AFG, RUS"]);
    let mut other = meeting();
    other.event.event_type = verbale_model::ontology::EventType::Accuse;
    let entry = applied(&[accept], &other);
    assert_eq!(entry.review.verdict, Verdict::None);
    assert_eq!(entry.review.conflicts, ["event_type: accepted with CONSULT, now ACCUSE; judge it again"]);
}

#[test]
fn copies_share_rulings_and_neighbours_do_not() {
    let reject = reject(1, "ann", &meeting());
    let mut copy = telling("bb:e1", meeting().event);
    copy.source.sha256 = "aa".to_owned();
    let mut beside = telling("aa:e2", meeting().event);
    beside.event.participants[1].span.start += 60;
    beside.event.participants[1].span.end += 60;
    let own = meeting();
    let tellings = [&beside, &own, &copy];
    let reviews = [reject];
    let placed = Placed::new(&in_force(&reviews), &tellings);
    let verdict = |telling| {
        let mut entry = entry_of(telling);
        placed.apply(&mut entry);
        entry.review.verdict
    };
    assert_eq!(tellings.map(verdict), [Verdict::None, Verdict::Rejected, Verdict::Rejected]);
}

#[test]
fn what_is_told_no_more_is_an_orphan() {
    let mut moved = meeting();
    moved.event.evidence[0].start = 400;
    moved.event.evidence[0].end = 403;
    let reviews = [accept(1, "ann", &meeting())];
    let found = orphans(&in_force(&reviews), &[&moved]);
    assert_eq!(found[0].0, reviews[0].id);
    assert!(found[0].1.contains("characters 50 to 53"), "{found:?}");
    assert!(orphans(&in_force(&reviews), &[]).iter().all(|(_, why)| why.contains("in the ledger")));
    assert!(orphans(&in_force(&reviews), &[&meeting()]).is_empty());
}

#[test]
fn later_rulings_on_linking_take_back_earlier_ones() {
    let of = |id| telling(id, meeting().event);
    let (a, b, c) = (of("aa:e1"), of("bb:e1"), of("cc:e1"));
    let split =
        review(1, "ann", Action::Split { targets: vec![anchor(&c)], from: vec![anchor(&a), anchor(&b)] });
    let join = review(2, "ann", Action::Join { target: anchor(&c), with: anchor(&a) });
    let given = [&a, &b, &c];
    let apart = |one: &Telling, other: &Telling| Ruling::Apart(one.id.clone(), other.id.clone());
    let together = Ruling::Together(c.id.clone(), a.id.clone());
    assert_eq!(rulings(&[&split], &given), [apart(&c, &a), apart(&c, &b)]);
    assert_eq!(rulings(&[&split, &join], &given), [together]);
    assert_eq!(rulings(&[&join, &split], &given), [apart(&c, &a), apart(&c, &b)]);
}

#[test]
fn what_cannot_be_corrected_says_what_can() {
    let entry = entry_of(&meeting());
    for (text, word) in [
        ("status=helt", "planned"),
        ("mode=drone", "third-party"),
        ("colour=red", "participants/N"),
        ("participants/7/side=AFG", "0 to 1"),
        ("participants/0/side=afg", "three capital letters"),
        ("participants/0/level=12", "from 1"),
        ("date=Tuesday", "EDTF"),
        ("place/country=AFG", "place/name"),
        ("status", "FIELD=VALUE"),
    ] {
        let error = parse_edit(&entry, text).unwrap_err();
        assert!(error.contains(word), "{text}: {error}");
    }
}

#[test]
fn importing_twice_adds_nothing_and_broken_lines_are_named() {
    let reviews = [accept(1, "ann", &meeting()), edit(2, "ann", &meeting(), "participants/0=null")];
    let mut out = Vec::new();
    write(&reviews, &mut out).unwrap();
    assert_eq!(read(&out[..], &[]).unwrap(), (reviews.to_vec(), vec![]));
    assert_eq!(read(&out[..], &reviews).unwrap(), (vec![], vec![]));
    let broken = String::from_utf8(out).unwrap().replacen("\"ann\"", "\"eve\"", 1) + "{\n";
    let (got, refused) = read(broken.as_bytes(), &[]).unwrap();
    assert_eq!((got.len(), refused.iter().map(|it| it.line).collect::<Vec<_>>()), (1, vec![1, 3]));
}

#[test]
fn the_queue_begins_with_what_moves_most() {
    let of = |id: &str, sides: &[&str]| entry_of(&telling(id, event(sides, None)));
    let mut planned = of("dd:e1", &["AFG", "RUS"]);
    planned.event.status = verbale_model::Status::Planned;
    let entries =
        [of("aa:e1", &["AFG", "USA"]), of("bb:e1", &["AFG", "USA"]), of("cc:e1", &["IRN", "QAT"]), planned];
    let counts = |event: &Engagement| {
        let held = event.status == verbale_model::Status::Held && event.side("AFG").is_some();
        ["USA", "RUS"].map(|code| f64::from(u8::from(held && event.side(code).is_some())))
    };
    let measure = |[a, b]: [f64; 2]| (a - b) / (a + b + 1.0);
    let got = order(&entries, &Gauge { counts: &counts, measure: &measure, window: Days::default() });
    let ids: Vec<_> = got.iter().map(|effect| effect.entry.as_str()).collect();
    assert_eq!(ids, ["dd:e1", "aa:e1", "bb:e1", "cc:e1"]);
    assert_eq!((got[3].change > 0.0, got[0].change > got[1].change), (false, true));
}

/// Edits that can be made to the sample.
const EDITS: [&str; 8] = [
    "status=planned",
    "event_type=ACCUSE",
    "mode=visit",
    "date=2025-10",
    "place/name=Doha",
    "participants/0/side=QAT",
    "participants/1=null",
    "participants/1/office=null",
];

proptest! {
    #[test]
    fn undoing_restores_exactly_and_applying_twice_is_applying_once(
        chosen in proptest::collection::vec((0..EDITS.len(), 0usize..2), 1..8),
    ) {
        let telling = meeting();
        let mut reviews: Vec<_> = chosen
            .iter()
            .zip(1..)
            .map(|((at, who), minute)| edit(minute, ["ann", "ben"][*who], &telling, EDITS[*at]))
            .collect();
        let once = applied(&reviews, &telling);
        let mut twice = once.clone();
        apply(&mut twice, &[&telling], &in_force(&reviews));
        prop_assert_eq!(&twice, &once);

        let undos: Vec<_> = reviews.iter().map(|review| undo(30, review)).collect();
        let redos: Vec<_> = undos.iter().map(|review| undo(31, review)).collect();
        reviews.extend(undos);
        prop_assert_eq!(applied(&reviews, &telling), entry_of(&telling));
        apply(&mut twice, &[&telling], &in_force(&reviews));
        prop_assert_eq!(&twice, &entry_of(&telling));
        reviews.extend(redos);
        prop_assert_eq!(applied(&reviews, &telling), once);
    }
}
