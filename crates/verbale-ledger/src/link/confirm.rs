//! Whose word an entry rests on, across documents, and where the sides' accounts differ.

use std::collections::{BTreeMap, BTreeSet};

use verbale_model::{Confirmation, ConfirmationState, Polarity, Precision, Status};

use super::place::is_country;
use super::when::{Times, When};
use crate::Telling;

/// Confirmation of a happening between `sides`, by the same rules as in one document: a side's own source
/// is its asserter, or its own outlet's narration. With it, what the accounts differ in.
pub(super) fn confirm(tellings: &[&Telling], sides: &BTreeSet<String>) -> (Confirmation, Vec<String>) {
    let voices: Vec<Voices> = tellings.iter().map(|telling| Voices::of(telling)).collect();
    let union = |pick: fn(&Voices) -> &BTreeSet<String>| -> BTreeSet<String> {
        voices.iter().flat_map(|voice| pick(voice).iter().cloned()).collect()
    };
    let (affirmed, denied) = (union(|voice| &voice.affirm), union(|voice| &voice.deny));
    let mine: BTreeSet<String> = affirmed.intersection(sides).cloned().collect();
    let against: BTreeSet<String> = denied.intersection(sides).cloned().collect();
    let narrated = voices.iter().any(|voice| voice.narrated);
    let spoken = voices.iter().any(|voice| voice.spoken);
    let all_denied = tellings.iter().all(|telling| telling.event.status == Status::Denied);
    let (mut differences, opposed) = differences(tellings, &voices, &mine);
    for side in &against {
        differences.insert(0, format!("denied by {side}"));
    }
    let list = |set: BTreeSet<String>| set.into_iter().collect();
    let (state, sides) = match (mine.len(), against.len()) {
        (0, 0) if all_denied => (ConfirmationState::Denied, list(denied)),
        (0, 0) if !affirmed.is_empty() || spoken && !narrated => {
            (ConfirmationState::ThirdParty, list(affirmed))
        }
        (0, 0) => (ConfirmationState::Unattributed, Vec::new()),
        (0, _) if narrated || !affirmed.is_empty() => (ConfirmationState::Conflicting, list(against)),
        (0, _) => (ConfirmationState::Denied, list(against)),
        (_, 1..) => (ConfirmationState::Conflicting, mine.union(&against).cloned().collect()),
        (2.., 0) if opposed => (ConfirmationState::Conflicting, list(mine)),
        (2.., 0) if mine == *sides => (ConfirmationState::BothSides, list(mine)),
        // Of three sides or more, two words are more than one and less than all.
        (_, 0) => (ConfirmationState::OneSide, list(mine)),
    };
    (Confirmation { state, sides }, differences)
}

/// Who asserts a happening in one document, and who denies it.
struct Voices {
    affirm: BTreeSet<String>,
    deny: BTreeSet<String>,
    /// The outlet tells it in its own voice.
    narrated: bool,
    /// Somebody is said to have told it.
    spoken: bool,
}

impl Voices {
    fn of(telling: &Telling) -> Self {
        let mut voices =
            Self { affirm: BTreeSet::new(), deny: BTreeSet::new(), narrated: false, spoken: false };
        for claim in &telling.claims {
            let side = match &claim.asserter {
                Some(asserter) => asserter.side.clone(),
                None => telling.source.side.clone(),
            };
            let held = claim.polarity == Polarity::Affirmed;
            voices.spoken |= claim.asserter.is_some();
            voices.narrated |= claim.asserter.is_none() && held;
            let set = if held { &mut voices.affirm } else { &mut voices.deny };
            set.extend(side);
        }
        voices
    }
}

/// A field's name, and its value in a telling.
type Field = (&'static str, fn(&Telling) -> Option<String>);

/// Fields in which tellings differ, and whether the own accounts of two sides do.
fn differences(tellings: &[&Telling], voices: &[Voices], mine: &BTreeSet<String>) -> (Vec<String>, bool) {
    let mut found = Vec::new();
    let mut opposed = false;
    let fields: [Field; 4] = [
        ("status", |telling| Some(telling.event.status.to_string())),
        ("date", |telling| {
            telling
                .event
                .date
                .as_ref()
                .filter(|date| date.precision != Precision::None)
                .map(|d| d.edtf.clone())
        }),
        ("place", |telling| telling.event.place.as_ref()?.country.clone()),
        ("formality", |telling| Some(telling.event.formality?.to_string())),
    ];
    for (name, value) in fields {
        let mut told: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, telling) in tellings.iter().enumerate() {
            if let Some(value) = value(telling) {
                told.entry(value).or_default().push(at);
            }
        }
        if told.len() < 2 || !clash(name, tellings, &told) {
            continue;
        }
        let by: Vec<String> = told
            .iter()
            .map(|(value, at)| {
                let sides: BTreeSet<&str> = at
                    .iter()
                    .flat_map(|at| voices[*at].affirm.iter().filter(|side| mine.contains(*side)))
                    .map(String::as_str)
                    .collect();
                if sides.is_empty() {
                    value.clone()
                } else {
                    format!("{value} ({})", sides.into_iter().collect::<Vec<_>>().join(", "))
                }
            })
            .collect();
        found.push(format!("{name}: {}", by.join(", ")));
        opposed |= owners_clash(&told, tellings, voices, mine, name);
    }
    (found, opposed)
}

/// Whether values that differ as words differ in fact.
fn clash(name: &str, tellings: &[&Telling], told: &BTreeMap<String, Vec<usize>>) -> bool {
    let all: Vec<usize> = told.values().flatten().copied().collect();
    all.iter().any(|a| all.iter().any(|b| a < b && differ(name, tellings[*a], tellings[*b])))
}

fn differ(name: &str, a: &Telling, b: &Telling) -> bool {
    match name {
        "date" => {
            let (x, y) = (When::of(a), When::of(b));
            x.is_said()
                && y.is_said()
                && (x.against(y) == Times::Apart || x.is_day() && y.is_day() && x.lo != y.lo)
        }
        // A plan that came true is no disagreement.
        "status" => {
            let told_after =
                |status: Status| matches!(status, Status::Held | Status::Denied | Status::Cancelled);
            told_after(a.event.status) && told_after(b.event.status) && a.event.status != b.event.status
        }
        "place" => {
            let country =
                |telling: &Telling| telling.event.place.as_ref().and_then(|place| place.country.clone());
            country(a).is_some() && country(b).is_some() && country(a) != country(b)
        }
        _ => a.event.formality != b.event.formality,
    }
}

/// Whether the own sources of two sides give values that differ.
fn owners_clash(
    told: &BTreeMap<String, Vec<usize>>,
    tellings: &[&Telling],
    voices: &[Voices],
    mine: &BTreeSet<String>,
    name: &str,
) -> bool {
    let owned: Vec<(usize, &String)> = told
        .values()
        .flatten()
        .flat_map(|at| voices[*at].affirm.intersection(mine).map(move |side| (*at, side)))
        .collect();
    owned.iter().any(|(a, one)| {
        owned.iter().any(|(b, other)| one != other && a != b && differ(name, tellings[*a], tellings[*b]))
    })
}

/// Whether a place says more than its country.
pub(super) fn is_town(telling: &Telling) -> bool {
    telling.event.place.as_ref().is_some_and(|place| !is_country(place))
}
