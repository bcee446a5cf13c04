//! Tests of differences: nothing is made up, and nothing is left out.

use super::*;
use crate::sample::{event, participant, telling};
use proptest::prelude::*;
use verbale_model::ontology::EventType;
use verbale_model::{Formality, Status};

/// Events with random values and places.
fn events() -> impl Strategy<Value = Event> {
    let people = proptest::collection::vec((0u32..4, 0usize..3, any::<bool>()), 0..4);
    (0usize..3, 0usize..2, 0u32..3, people, any::<bool>()).prop_map(|(date, kind, at, people, formal)| {
        let mut one = event(&[], [None, Some("2025-10-22"), Some("2025")][date]);
        one.event_type = [EventType::Consult, EventType::Accuse][kind];
        one.status = [Status::Held, Status::Planned][usize::from(formal)];
        one.formality = formal.then_some(Formality::Formal);
        one.evidence = vec![Span { start: at * 2, end: at * 2 + 3, in_title: false }];
        one.participants = people
            .into_iter()
            .map(|(nth, side, known)| Participant {
                entity: known.then(|| format!("Q{nth}")),
                ..participant(["AFG", "USA", "RUS"][side], nth)
            })
            .collect();
        one
    })
}

fn codings() -> impl Strategy<Value = Vec<Telling>> {
    proptest::collection::vec(events(), 0..5).prop_map(|events| {
        events.into_iter().zip(1..).map(|(event, nth)| telling(&format!("aa:e{nth}"), event)).collect()
    })
}

/// What counts as a telling's content, people in no order.
type Content = (BTreeMap<String, Value>, Vec<String>);

fn content(event: &Event) -> Content {
    let plain = FIELDS.iter().map(|path| ((*path).to_owned(), fields::value(event, path))).collect();
    let mut people: Vec<_> = event.participants.iter().map(|who| person(who).to_string()).collect();
    people.sort();
    (plain, people)
}

/// Writes the changes of fields into what was there before.
fn changed(event: &Event, changes: &[FieldChange]) -> Content {
    let (mut plain, _) = content(event);
    let mut people: BTreeMap<String, Value> = (0..event.participants.len())
        .map(|at| (fields::key(&event.participants, at), person(&event.participants[at])))
        .collect();
    let mut new = Vec::new();
    for change in changes {
        match fields::participant_path(&change.path) {
            None => assert_eq!(
                plain.insert(change.path.clone(), change.after.clone()),
                Some(change.before.clone())
            ),
            Some((_, _, None)) if change.before.is_null() => new.push(change.after.to_string()),
            Some((_, _, None)) => assert_eq!(people.remove(&change.path), Some(change.before.clone())),
            Some((_, _, Some(field))) => {
                let key = change.path.split('/').next().unwrap();
                assert_eq!(people[key][field], change.before);
                people.get_mut(key).unwrap()[field] = change.after.clone();
            }
        }
    }
    let mut people: Vec<_> = people.values().map(Value::to_string).chain(new).collect();
    people.sort();
    (plain, people)
}

proptest! {
    #[test]
    fn nothing_differs_from_itself(coding in codings()) {
        prop_assert_eq!(diff(&coding, &coding), vec![]);
    }

    #[test]
    fn changes_lead_from_one_to_the_other(before in codings(), after in codings()) {
        let changes = diff(&before, &after);
        let mut got: BTreeMap<_, _> = before.iter().map(|it| (it.id.clone(), content(&it.event))).collect();
        let mut made = Vec::new();
        let mut touched = BTreeSet::new();
        for change in &changes {
            let old = change.before.as_ref().map(|id| before.iter().find(|it| it.id == *id).unwrap());
            let new = change.after.as_ref().map(|id| after.iter().find(|it| it.id == *id).unwrap());
            if let Some(old) = old {
                prop_assert!(touched.insert(old.id.clone()));
                got.remove(&old.id);
            }
            match (&change.kind, old, new) {
                (Kind::Changed { fields }, Some(old), Some(new)) => {
                    let result = changed(&old.event, fields);
                    prop_assert_eq!(&result, &content(&new.event));
                    made.push(result);
                }
                (Kind::Added { .. }, None, Some(new)) => made.push(content(&new.event)),
                (Kind::Removed { .. }, Some(_), None) => {}
                other => prop_assert!(false, "{:?}", other),
            }
        }
        let sorted = |all: Vec<Content>| {
            let mut all: Vec<_> = all.iter().map(|it| format!("{it:?}")).collect();
            all.sort();
            all
        };
        made.extend(got.into_values());
        prop_assert_eq!(sorted(made), sorted(after.iter().map(|it| content(&it.event)).collect()));
    }

    #[test]
    fn the_order_of_tellings_does_not_matter(before in codings(), after in codings()) {
        let mut turned = (before.clone(), after.clone());
        turned.0.reverse();
        turned.1.reverse();
        prop_assert_eq!(diff(&before, &after), diff(&turned.0, &turned.1));
    }
}

#[test]
fn changes_are_told_by_field() {
    let before = telling("aa:e1", event(&["AFG", "USA"], Some("2025-10-22")));
    let mut after = telling("aa:e4", event(&["AFG", "RUS"], Some("2025-10")));
    after.event.evidence[0].end += 2;
    after.event.participants[0].span.end += 1;
    after.event.confidence = 0.2;
    let gone = telling("bb:e1", event(&["AFG"], None));
    let changes = diff(&[before, gone.clone()], &[after]);
    assert_eq!(
        lines(&changes),
        [
            "~ aa:e4",
            "    date: 2025-10-22 → 2025-10",
            "    participants[120-130]/side: USA → RUS",
            "    participants[120-130]/nationality: USA → RUS",
            "- bb:e1 CONSULT held undated: AFG",
        ]
    );
    let summary = Summary::of(&changes);
    assert_eq!((summary.added, summary.removed, summary.changed), (0, 1, 1));
    assert_eq!(summary.fields["participants/side"], 1);
    let json = serde_json::to_value(&changes).unwrap();
    assert_eq!(json[0]["change"], "changed");
    assert_eq!(json[1]["before"], "bb:e1");
    assert_eq!(serde_json::from_value::<Vec<Change>>(json).unwrap(), changes);
}
