//! A picture that follows a ledger by its changes is the one that is made of the ledger as it is, whatever was done to it
//! in whichever order, and says what the ledger says.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what is wrong by panicking"
)]

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use verbale::World;
use verbale::keep::{Keeper, versions};
use verbale::kept::{Kept, Picture};
use verbale::ledger::Retention;
use verbale::ledger::store::{Access, Addition, Covering, Ledger, OpenRun, Recoding, RunKind, Seen};
use verbale::model::{Engagement, Report};
use verbale::ruling::{By, Ruling, rule};

const AT: &str = "2025-06-01T00:00:00Z";

/// Reports of which some tell of one happening, one is a newer version of another, and one outlet has no name.
static ADDITIONS: LazyLock<Vec<Addition>> = LazyLock::new(|| {
    let world = World::embedded().unwrap();
    let keeper = Keeper::new(&world, Retention::Full);
    let told = [
        (
            "Norwegian Foreign Minister Ada Berg received her Kenyan counterpart, Joseph Otieno, in Oslo on 3 March 2025",
            0,
        ),
        (
            "Kenyan Foreign Minister Joseph Otieno met Norwegian Foreign Minister Ada Berg in Oslo on 3 March 2025",
            1,
        ),
        (
            "Afghan Foreign Minister Karim Sadat will visit the United States on 9 April 2025 and hold talks on trade",
            2,
        ),
        (
            "US Secretary of State Jane Moore and Afghan Foreign Minister Karim Sadat signed an agreement on transit in \
          Kabul on 11 April 2025",
            0,
        ),
        (
            "Former Kenyan president Peter Mwangi met Norwegian Foreign Minister Ada Berg in Oslo on 4 March 2025",
            1,
        ),
        ("The Russian foreign ministry accused the United States of interference on 2 February 2025", 2),
        (
            "Norwegian Foreign Minister Ada Berg spoke by telephone with Afghan Foreign Minister Karim Sadat on Monday",
            3,
        ),
        (
            "Norwegian Foreign Minister Ada Berg spoke by telephone with Afghan Foreign Minister Karim Sadat on 5 May \
          2025",
            3,
        ),
    ];
    let outlets = [Some("Gazette"), Some("Herald"), None, Some("Courier")];
    let report = |(at, (words, outlet)): (usize, &(&str, usize))| Report {
        id: format!("report-{at}"),
        text: format!("{words}, the foreign ministry said. Nothing else was said of the matter."),
        published: (at != 2).then(|| format!("2025-0{}-12", 3 + at % 3)),
        outlet: outlets[*outlet].map(str::to_owned),
        url: (*outlet == 3).then(|| "https://courier.example/calls/1".to_owned()),
        fetched: (*outlet == 3).then(|| format!("2025-05-0{at}T00:00:00Z")),
        ..Report::default()
    };
    told.iter().enumerate().map(report).map(|report| keeper.code("made", keeper.document(report))).collect()
});

/// What is done to a ledger: with one of its documents or events, by a number.
#[derive(Debug, Clone, Copy)]
enum Step {
    Add(usize),
    Remove(usize),
    Reject(usize),
    Accept(usize),
    Edit(usize),
    Join(usize, usize),
    Undo,
    Recode(usize),
    Nothing,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let one = prop_oneof![
        4 => (0..8_usize).prop_map(Step::Add),
        1 => (0..8_usize).prop_map(Step::Remove),
        1 => (0..8_usize).prop_map(Step::Reject),
        1 => (0..8_usize).prop_map(Step::Accept),
        1 => (0..8_usize).prop_map(Step::Edit),
        1 => (0..8_usize, 0..8_usize).prop_map(|(one, other)| Step::Join(one, other)),
        1 => Just(Step::Undo),
        1 => (0..8_usize).prop_map(Step::Recode),
        1 => Just(Step::Nothing),
    ];
    prop::collection::vec(one, 1..24)
}

/// Does it, as far as there is anything to do it with; rulings that make no sense are refused.
fn done(ledger: &mut Ledger, step: Step, nth: usize) {
    let additions = &*ADDITIONS;
    let event = |ledger: &Ledger, at: usize| {
        let all = ledger.engagements(Seen::default()).unwrap();
        (!all.is_empty()).then(|| all[at % all.len()].id.clone())
    };
    let ruling = match step {
        Step::Add(at) => {
            let mut run = OpenRun::new(RunKind::Add, AT, versions("default", &[]));
            ledger.add(&mut run, std::slice::from_ref(&additions[at])).unwrap();
            None
        }
        Step::Remove(at) => {
            let _ = ledger.remove(&additions[at].document.id, AT, None);
            let _ = ledger.forgive(&additions[at].document.id);
            None
        }
        Step::Recode(at) => {
            let id = &additions[at].document.id;
            if let (Ok(document), Ok(mut record)) = (ledger.document(id), ledger.record(id)) {
                if let Some(who) = record.events.first_mut().and_then(|event| event.participants.last_mut()) {
                    who.side = if nth.is_multiple_of(2) { Some("ISL".to_owned()) } else { None };
                }
                record.mentions = None;
                let mut other = versions("default", &[]);
                other.coder = format!("step {nth}");
                let mut run = OpenRun::new(RunKind::Recode, AT, other);
                ledger.recode(&mut run, &[Recoding { document, record, sentences: Vec::new() }]).unwrap();
            }
            None
        }
        Step::Reject(at) => event(ledger, at).map(|event| Ruling::Reject { event }),
        Step::Accept(at) => event(ledger, at).map(|event| Ruling::Accept { event }),
        Step::Edit(at) => {
            event(ledger, at).map(|event| Ruling::Edit { event, edits: vec!["status=denied".to_owned()] })
        }
        Step::Join(one, other) => {
            event(ledger, one).zip(event(ledger, other)).map(|(event, with)| Ruling::Join { event, with })
        }
        Step::Undo => Some(Ruling::Undo { review: None }),
        Step::Nothing => None,
    };
    if let Some(ruling) = ruling {
        let by =
            By { reviewer: "A. Tester".to_owned(), at: format!("2025-06-02T00:00:{nth:02}Z"), reason: None };
        let _ = rule(ledger, &by, &ruling);
    }
}

const STATES: &[&str] = &["AFG", "USA", "RUS", "NOR", "KEN", "ISL", "XQX"];

/// All that a picture says of a state but for editions.
fn said(picture: &Picture, state: &str) -> String {
    let events: Vec<(Engagement, BTreeSet<&str>)> = picture
        .engagements(state, None, true)
        .map(|(at, event)| (event, picture.tellers(at).collect()))
        .collect();
    let bare: Vec<_> = picture.engagements(state, None, false).map(|(_, event)| event.of).collect();
    format!("{events:?} {bare:?} {:?}", picture.published(state))
}

/// Demands that a picture says what the ledger says.
fn agrees(picture: &Picture, ledger: &Ledger, state: &str) {
    let events =
        |topics| picture.engagements(state, None, topics).map(|(_, event)| event).collect::<Vec<_>>();
    assert_eq!(
        events(true),
        ledger.engagements(Seen { state: Some(state), topics: true }).unwrap(),
        "{state}"
    );
    let bare = ledger.engagements(Seen { state: Some(state), topics: false }).unwrap();
    assert_eq!(
        events(false).iter().map(|event| event.of).collect::<Vec<_>>(),
        bare.iter().map(|event| event.of).collect::<Vec<_>>()
    );
    let covering: Vec<Covering> = ledger.covering(state).unwrap();
    let published = picture.published(state);
    assert_eq!(published.len(), covering.len(), "{state}");
    for (published, covering) in published.iter().zip(&covering) {
        assert_eq!(
            (published.days, published.source),
            (covering.days, covering.outlet.as_deref().unwrap_or(""))
        );
    }
    for (at, event) in picture.engagements(state, None, true) {
        let told = covering.iter().filter(|one| one.events.contains(&event.id));
        let told: BTreeSet<&str> = told.map(|one| one.outlet.as_deref().unwrap_or("")).collect();
        assert_eq!(picture.tellers(at).collect::<BTreeSet<_>>(), told, "{}", event.id);
    }
    let all = events(true);
    for partner in STATES {
        let partners = [(*partner).to_owned()];
        let with = picture.engagements(state, Some(&partners), true);
        let expected = all.iter().filter(|event| event.side(partner).is_some()).cloned();
        assert_eq!(with.map(|(_, event)| event).collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_picture_follows_its_ledger(steps in steps()) {
        let mut ledger = Ledger::in_memory().unwrap();
        let kept = Kept::default();
        let mut before: Option<Arc<Picture>> = None;
        for (nth, step) in steps.into_iter().enumerate() {
            done(&mut ledger, step, nth);
            let followed = kept.picture(&ledger).unwrap().unwrap();
            let anew = Kept::default();
            let made = anew.picture(&ledger).unwrap().unwrap();
            for state in STATES {
                let (now, expected) = (said(&followed, state), said(&made, state));
                prop_assert_eq!(&now, &expected, "{} after {:?}", state, step);
                agrees(&followed, &ledger, state);
                // An edition names one list: where it is the same, so is what is said.
                if let Some(before) = &before {
                    let edition = |of: &Picture| [of.edition(state, true), of.edition(state, false), of.written(state)];
                    if edition(before) == edition(&followed) {
                        prop_assert_eq!(said(before, state), now);
                    }
                }
            }
            prop_assert_eq!(followed.sides(), ledger.sides().unwrap());
            prop_assert_eq!(kept.coverage(&ledger).unwrap(), ledger.coverage().unwrap());
            before = Some(followed);
        }
    }
}

#[test]
fn what_is_larger_than_there_is_room_for_is_not_kept() {
    let mut ledger = Ledger::in_memory().unwrap();
    for (nth, at) in (0..3).enumerate() {
        done(&mut ledger, Step::Add(at), nth);
    }
    let none = Kept::at_most(0);
    assert!(none.picture(&ledger).unwrap().is_none());
    assert_eq!(none.sides(&ledger).unwrap(), ledger.sides().unwrap());
    assert_eq!(none.coverage(&ledger).unwrap(), ledger.coverage().unwrap());
}

#[test]
fn a_reader_who_began_earlier_is_given_what_he_sees() {
    let folder = std::env::temp_dir().join(format!("verbale-kept-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("earlier.db");
    let _ = std::fs::remove_file(&file);
    let mut writer = Ledger::open(&file, Access::Create).unwrap();
    let kept = Kept::default();
    done(&mut writer, Step::Add(0), 0);
    let reader = Ledger::open(&file, Access::Read).unwrap();
    reader.hold().unwrap();
    let first = kept.picture(&reader).unwrap().unwrap();
    done(&mut writer, Step::Add(3), 1);
    let later = kept.picture(&writer).unwrap().unwrap();
    assert!(Arc::ptr_eq(&first, &kept.picture(&reader).unwrap().unwrap()));
    assert_eq!(first.edition("NOR", true), later.edition("NOR", true), "nothing was said of Norway");
    assert_ne!(first.edition("AFG", true), later.edition("AFG", true));
    // Pictures reach back so far; who is behind them reads the ledger.
    for nth in 0..20 {
        done(&mut writer, if nth % 2 == 0 { Step::Remove(3) } else { Step::Add(3) }, nth);
        kept.picture(&writer).unwrap().unwrap();
    }
    assert!(kept.picture(&reader).unwrap().is_none());
    assert_eq!(kept.sides(&reader).unwrap(), reader.sides().unwrap());
    drop((reader, writer));
    std::fs::remove_dir_all(&folder).unwrap();
}
