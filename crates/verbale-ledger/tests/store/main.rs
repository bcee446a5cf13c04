//! The ledger's file as users meet it: what is added is there once, in any order; what is removed is gone.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "a test says what is wrong by panicking"
)]

mod made;

use std::path::PathBuf;

use made::{Made, entries, ledger, run, versions};
use verbale_ledger::foreign::Wanted;
use verbale_ledger::panel::engagement;
use verbale_ledger::store::{Access, Ledger, Recoding, RunKind, Seen, Standing};
use verbale_ledger::{Document, LedgerError, Retention};
use verbale_model::Formality;

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("verbale-store-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self) -> PathBuf {
        self.0.join("ledger.db")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Five documents: three tell of one visit (one of them a copy), one of another, one is a corrected version.
fn five() -> Vec<Made<'static>> {
    vec![
        Made::default(),
        Made { outlet: "Courier", ..Made::default() },
        Made { outlet: "Daily", opening: "After a week of talks at home. ", ..Made::default() },
        Made {
            visitor: ("Sven Aalto", "FIN"),
            url: Some("https://example.org/a?utm_source=x"),
            ..Made::default()
        },
        Made {
            visitor: ("Sven Aalto", "FIN"),
            url: Some("https://example.org/a"),
            opening: "Corrected. ",
            published: "2024-05-16",
            ..Made::default()
        },
    ]
}

#[test]
fn adding_again_adds_nothing() {
    let mut ledger = ledger(&five());
    let before = entries(&ledger);
    let mut again = run(RunKind::Add, "1");
    let batch: Vec<_> = five().iter().map(Made::addition).collect();
    let added = ledger.add(&mut again, &batch).unwrap();
    assert_eq!((added.stored, added.known, again.number()), (0, 5, None));
    assert_eq!(ledger.runs().unwrap().len(), 1);
    assert_eq!(entries(&ledger), before);
}

#[test]
fn measures_see_the_same_in_columns_as_in_entries() {
    let ledger = ledger(&five());
    let seen = ledger.engagements(Seen::default()).unwrap();
    let whole: Vec<_> = entries(&ledger).iter().map(engagement).collect();
    assert_eq!(seen, whole);
    let of = |state| ledger.engagements(Seen { state: Some(state), topics: true }).unwrap();
    assert_eq!(of("FIN"), whole.into_iter().filter(|it| it.side("FIN").is_some()).collect::<Vec<_>>());
    assert_eq!((of("FIN").len(), of("XXX").len()), (1, 0));
    assert_eq!(ledger.sides().unwrap().get("FIN"), Some(&1));
}

#[test]
fn one_entry_per_happening_in_any_order_and_any_batch() {
    let expected = entries(&ledger(&five()));
    assert_eq!(expected.len(), 2, "{expected:#?}");
    let visit =
        expected.iter().find(|entry| entry.documents == 3).expect("three documents tell of one visit");
    assert_eq!(visit.sources, 1, "a copy and a copy with an opening are one source");
    assert_eq!(visit.tellings.len(), 3);
    assert!(visit.tellings.iter().all(|cited| cited.evidence.len() == 1));
    for turn in 1..5 {
        let mut made = five();
        made.rotate_left(turn);
        assert_eq!(entries(&ledger(&made)), expected, "rotated by {turn}");
        made.reverse();
        let mut batched = Ledger::in_memory().unwrap();
        let additions: Vec<_> = made.iter().map(Made::addition).collect();
        batched.add(&mut run(RunKind::Add, "1"), &additions).unwrap();
        assert_eq!(entries(&batched), expected, "in one batch, reversed, rotated by {turn}");
    }
}

#[test]
fn a_corrected_version_takes_the_place_of_the_one_before() {
    let ledger = ledger(&five());
    let corrected = Document::new(five()[4].report(), None).id;
    let first = Document::new(five()[3].report(), None).id;
    let row = |id| ledger.document_row(id, false).unwrap();
    assert_eq!(row(&first).superseded_by.as_ref(), Some(&corrected));
    assert_eq!((row(&corrected).superseded_by, row(&corrected).replaces), (None, Some(first)));
    let entry = entries(&ledger).into_iter().find(|entry| entry.documents == 2).unwrap();
    assert_eq!((entry.sources, entry.superseded), (1, false));
}

#[test]
fn what_is_removed_leaves_no_byte_and_does_not_come_back() {
    let folder = Folder::new("remove");
    let secret = Made { outlet: "Herald", opening: "Xylophonic marginalia. ", ..Made::default() };
    let id = Document::new(secret.report(), None).id;
    let mut ledger = Ledger::open(&folder.file(), Access::Create).unwrap();
    let mut adding = run(RunKind::Add, "1");
    ledger.add(&mut adding, &[secret.addition(), Made::default().addition()]).unwrap();
    assert_eq!(entries(&ledger)[0].documents, 2);
    assert_eq!(ledger.named(&id[..8]).unwrap(), [id.as_str()]);
    ledger.remove(&id, "2024-06-02T00:00:00Z", Some("asked for")).unwrap();
    assert_eq!(ledger.standing(&id).unwrap(), Standing::Removed);
    assert_eq!(ledger.add(&mut adding, &[secret.addition()]).unwrap().removed, std::slice::from_ref(&id));
    let left = entries(&ledger);
    assert_eq!((left.len(), left[0].documents), (1, 1));
    drop(ledger);
    for file in std::fs::read_dir(&folder.0).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(10).any(|window| window == b"Xylophonic"));
        assert!(!bytes.windows(6).any(|window| window == b"Herald"));
    }
    let mut ledger = Ledger::open(&folder.file(), Access::Write).unwrap();
    ledger.forgive(&id).unwrap();
    assert_eq!(ledger.add(&mut adding, &[secret.addition()]).unwrap().stored, 1);
}

#[test]
fn what_very_many_documents_share_is_no_longer_looked_for() {
    let folder = Folder::new("hot");
    let mut ledger = Ledger::open(&folder.file(), Access::Create).unwrap();
    let openings: Vec<String> = (0..230).map(|number| format!("Item {number} of the day. ")).collect();
    let made = |opening| Made { opening, ..Made::default() }.addition();
    let batch: Vec<_> = openings.iter().map(|opening| made(opening)).collect();
    ledger.add(&mut run(RunKind::Add, "1"), &batch).unwrap();
    // They are copies of one text, and one entry, all the same.
    assert_eq!(
        entries(&ledger).iter().map(|entry| (entry.documents, entry.sources)).collect::<Vec<_>>(),
        [(230, 1)]
    );
    drop(ledger);
    let sql = rusqlite::Connection::open(folder.file()).unwrap();
    let ask = |what: &str| sql.query_row(what, [], |row| row.get::<_, u32>(0)).unwrap();
    assert!(ask("SELECT count(*) FROM story_keys WHERE document = 0") > 0, "a key of all is marked");
    let longest = "SELECT max(n) FROM (SELECT count(*) AS n FROM story_keys GROUP BY key)";
    assert!(ask(longest) <= 201, "and keeps nothing but the mark");
    let both = "SELECT count(*) FROM story_keys WHERE document > 0
                AND key IN (SELECT key FROM story_keys WHERE document = 0)";
    assert_eq!(ask(both), 0);
}

#[test]
fn a_hash_keeps_no_words_and_excerpts_keep_sentences() {
    let folder = Folder::new("retention");
    let mut ledger = Ledger::open(&folder.file(), Access::Create).unwrap();
    for (retention, opening) in [(Retention::Hash, "Zephyrous. "), (Retention::Excerpts, "Quixotic. ")] {
        let mut addition = Made { opening, ..Made::default() }.addition();
        addition.document.retention = retention;
        let text = addition.document.report.text.split_once(". ").unwrap().1.to_owned();
        addition.sentences[0].span.start = opening.len() as u32;
        addition.sentences[0].text = Some(text);
        ledger.add(&mut run(RunKind::Add, "1"), &[addition]).unwrap();
    }
    let cited: Vec<_> = entries(&ledger).into_iter().flat_map(|entry| entry.tellings).collect();
    let mut evidence: Vec<_> = cited.iter().map(|cited| cited.evidence.concat()).collect();
    evidence.sort();
    assert_eq!(evidence[0], "");
    assert!(evidence[1].starts_with("Foreign Minister"), "{evidence:?}");
    assert_eq!(ledger.not_recodable().unwrap().len(), 2);
    assert!(ledger.to_recode(&versions("2"), true).unwrap().is_empty());
    drop(ledger);
    let bytes = std::fs::read(folder.file()).unwrap();
    assert!(!bytes.windows(8).any(|window| window == b"Zephyrou" || window == b"Quixotic"));
}

#[test]
fn recoding_keeps_both_runs_and_takes_no_room_where_nothing_changed() {
    let mut ledger = ledger(&five());
    let before = ledger.tellings_as_of(1).unwrap();
    let wanted = ledger.to_recode(&versions("2"), false).unwrap();
    assert_eq!(wanted.len(), 5);
    assert!(ledger.to_recode(&versions("1"), false).unwrap().is_empty());
    let recodings: Vec<Recoding> = five()
        .iter()
        .enumerate()
        .map(|(at, made)| {
            let addition = made.addition();
            let mut record = addition.record;
            if at == 0 {
                record.events[0].formality = Some(Formality::Informal);
            }
            Recoding { document: addition.document, record, sentences: addition.sentences }
        })
        .collect();
    let mut again = run(RunKind::Recode, "2");
    assert_eq!(ledger.recode(&mut again, &recodings).unwrap(), 1);
    assert_eq!(again.number(), Some(2));
    assert_eq!(ledger.tellings_as_of(1).unwrap(), before);
    let after = ledger.tellings_as_of(2).unwrap();
    assert_eq!(after.iter().filter(|telling| telling.event.formality.is_some()).count(), 1);
    let visit = entries(&ledger).into_iter().find(|entry| entry.documents == 3).unwrap();
    assert_eq!(visit.event.formality, Some(Formality::Informal));
    assert!(matches!(ledger.tellings_as_of(9), Err(LedgerError::Asked(_))));
    let runs = ledger.runs().unwrap();
    assert_eq!((runs[1].documents, runs[1].changed), (5, 1));
}

#[test]
fn a_record_reads_back_as_it_was_stored() {
    let made = Made::default();
    let ledger = ledger(&[made]);
    let made = Made::default();
    let record = ledger.record(&made.addition().document.id).unwrap();
    let expected = made.record();
    assert_eq!(
        (record.events, record.claims, record.mentions),
        (expected.events, expected.claims, expected.mentions)
    );
    assert_eq!(ledger.document(&made.addition().document.id).unwrap(), made.addition().document);
}

#[test]
fn what_is_no_ledger_is_named() {
    let folder = Folder::new("foreign");
    let missing = Ledger::open(&folder.file(), Access::Read).unwrap_err().to_string();
    assert!(missing.contains("there is no ledger") && missing.contains("verbale add"), "{missing}");
    std::fs::write(
        folder.file(),
        "a plain text, longer than the header of a database, and no ledger at all; ".repeat(20),
    )
    .unwrap();
    let text = Ledger::open(&folder.file(), Access::Create).unwrap_err().to_string();
    assert!(text.contains("is no ledger"), "{text}");
    std::fs::remove_file(folder.file()).unwrap();
    let other = rusqlite::Connection::open(folder.file()).unwrap();
    other.execute_batch("CREATE TABLE t (x)").unwrap();
    drop(other);
    let database = Ledger::open(&folder.file(), Access::Create).unwrap_err().to_string();
    assert!(database.contains("no ledger of verbale"), "{database}");
    std::fs::remove_file(folder.file()).unwrap();
    drop(Ledger::open(&folder.file(), Access::Create).unwrap());
    let newer = rusqlite::Connection::open(folder.file()).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    drop(newer);
    let newer = Ledger::open(&folder.file(), Access::Read).unwrap_err().to_string();
    assert!(newer.contains("newer verbale"), "{newer}");
}

#[test]
fn readers_read_while_one_writes() {
    let folder = Folder::new("readers");
    let mut writer = Ledger::open(&folder.file(), Access::Create).unwrap();
    writer.add(&mut run(RunKind::Add, "1"), &[Made::default().addition()]).unwrap();
    let blocked = rusqlite::Connection::open(folder.file()).unwrap();
    blocked.execute_batch("BEGIN IMMEDIATE; DELETE FROM participants;").unwrap();
    let reader = Ledger::open(&folder.file(), Access::Read).unwrap();
    assert_eq!(entries(&reader)[0].event.participants.len(), 2);
    blocked.execute_batch("ROLLBACK").unwrap();
}

#[test]
fn a_ledger_whose_folder_cannot_be_written_to_is_read() {
    let folder = Folder::new("read only? #1");
    let mut writer = Ledger::open(&folder.file(), Access::Create).unwrap();
    writer.add(&mut run(RunKind::Add, "1"), &[Made::default().addition()]).unwrap();
    drop(writer);
    // Nothing can be made beside it: folders stand where the log would.
    for ending in ["-shm", "-wal"] {
        std::fs::create_dir(folder.0.join(format!("ledger.db{ending}"))).unwrap();
    }
    std::fs::remove_dir(folder.0.join("ledger.db-wal")).unwrap();
    let reader = Ledger::open(&folder.file(), Access::Read).unwrap();
    assert_eq!(entries(&reader).len(), 1);
}

#[test]
fn what_is_removed_while_somebody_reads_is_told() {
    let folder = Folder::new("lingers");
    let mut writer = Ledger::open(&folder.file(), Access::Create).unwrap();
    let made = Made::default();
    writer.add(&mut run(RunKind::Add, "1"), &[made.addition()]).unwrap();
    let id = Document::new(made.report(), None).id;
    let reader = Ledger::open(&folder.file(), Access::Read).unwrap();
    reader.hold().unwrap();
    assert_eq!(entries(&reader).len(), 1);
    assert!(writer.remove(&id, "2024-06-02T00:00:00Z", None).unwrap().lingers);
}

#[test]
fn ledgers_of_earlier_versions_open() {
    let kept = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/compat");
    let mut opened = 0;
    for file in std::fs::read_dir(kept).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "db") {
            continue;
        }
        let folder = Folder::new("compat");
        std::fs::copy(&path, folder.file()).unwrap();
        let mut ledger = Ledger::open(&folder.file(), Access::Write).unwrap();
        let (before, runs) = (entries(&ledger).len(), ledger.runs().unwrap().len());
        assert!(before > 30, "{} holds the examples", path.display());
        ledger.add(&mut run(RunKind::Add, "2"), &[Made::default().addition()]).unwrap();
        assert_eq!(entries(&ledger).len(), before + 1);
        assert_eq!(ledger.runs().unwrap().len(), runs + 1);
        // Imports came with the second version.
        let first = path.ends_with("ledger-1.db");
        let partners = ["RUS".to_owned(), "USA".to_owned(), "PAK".to_owned()];
        let wanted = Wanted { state: "AFG", partners: &partners, ..Wanted::default() };
        let foreign: Vec<String> = ledger.foreign(&wanted).unwrap().into_iter().map(|one| one.id).collect();
        let expected: &[&str] = if first { &[] } else { &["gdelt:5", "gdelt:1", "gdelt:3"] };
        assert_eq!(foreign, expected);
        assert_eq!(ledger.imports().unwrap().len(), usize::from(!first));
        if !first {
            ledger.remove_import(1).unwrap();
            assert!(ledger.foreign(&wanted).unwrap().is_empty());
        }
        opened += 1;
    }
    assert!(opened > 1, "tests/compat holds a ledger of every version");
}
