//! What reviews say of the coder and of each other: ratings by reviewer and entry, and which fields were right.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Action, Review};
use crate::entry::{Entry, Verdict};
use crate::fields::{self, shown};

/// Fields of an event that are checked where a reviewer accepts it.
const OF_EVENT: [&str; 9] = [
    "event_type",
    "mode",
    "status",
    "date",
    "place/name",
    "place/country",
    "channel",
    "setting",
    "formality",
];

/// Fields of a participant that are.
const OF_PARTICIPANT: [&str; 6] = ["side", "office", "nationality", "serving", "role", "part"];

/// What one reviewer said of one field of one entry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rating {
    /// `verdict` (right or wrong), or the field.
    pub field: String,
    /// The entry, and in it the participant.
    pub unit: String,
    /// Who.
    pub reviewer: String,
    /// The value, as people read it.
    pub value: String,
}

/// What a review says of the fields that it speaks of. Who corrects a field takes the event for one; who accepts an
/// entry takes its type, status, date and sides as he saw them.
pub(crate) fn ratings(review: &Review, entry: &str) -> Vec<Rating> {
    let rating = |field: &str, within: &str, value: &Value| Rating {
        field: field.to_owned(),
        unit: format!("{entry}{within}"),
        reviewer: review.reviewer.clone(),
        value: shown(value),
    };
    match &review.action {
        Action::Accept { seen, .. } => vec![
            rating("verdict", "", &json!("right")),
            rating("event_type", "", &json!(seen.event_type)),
            rating("status", "", &json!(seen.status)),
            rating("date", "", &json!(seen.date)),
            rating("sides", "", &json!(seen.sides)),
        ],
        Action::Reject { .. } => vec![rating("verdict", "", &json!("wrong"))],
        Action::Edit { path, value, .. } => {
            let (within, field) = match path.split_once("]/") {
                Some((who, field)) => (format!("/{who}]"), field),
                None => (String::new(), path.as_str()),
            };
            vec![rating("verdict", "", &json!("right")), rating(field, &within, value)]
        }
        Action::Split { .. } | Action::Join { .. } | Action::Undo { .. } => Vec::new(),
    }
}

/// How often a field was coded right, coded wrong, and left empty where there was something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Checked {
    /// As a reviewer has it.
    pub right: u32,
    /// Something else than a reviewer has.
    pub wrong: u32,
    /// Nothing, or something else, where a reviewer has something.
    pub missed: u32,
}

impl Checked {
    fn add(&mut self, coded: &Value, corrected: &Value) {
        let same = coded == corrected;
        self.right += u32::from(same && !coded.is_null());
        self.wrong += u32::from(!same && !coded.is_null());
        self.missed += u32::from(!same && !corrected.is_null());
    }
}

/// What reviewers found in entries: `event` says how many were events at all, the fields are those of the entries that
/// a reviewer accepted, corrections included. An entry that was corrected and not accepted says nothing of the fields
/// that nobody touched, and is left out.
pub fn checked<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> BTreeMap<String, Checked> {
    let mut found: BTreeMap<String, Checked> = BTreeMap::new();
    for entry in entries {
        let event = found.entry("event".to_owned()).or_default();
        match entry.review.verdict {
            Verdict::None => {
                event.right += u32::from(!entry.review.edited.is_empty());
                continue;
            }
            Verdict::Rejected => {
                event.wrong += 1;
                continue;
            }
            Verdict::Accepted => event.right += 1,
        }
        let (corrected, coded) = (&entry.event, entry.review.coded.as_deref().unwrap_or(&entry.event));
        for field in OF_EVENT {
            let (one, other) = (fields::value(coded, field), fields::value(corrected, field));
            found.entry(field.to_owned()).or_default().add(&one, &other);
        }
        for (at, who) in coded.participants.iter().enumerate() {
            let key = fields::key(&coded.participants, at);
            let mut people = corrected.participants.iter().enumerate();
            let same = people.find(|(at, _)| fields::key(&corrected.participants, *at) == key);
            for field in OF_PARTICIPANT {
                let now = same.map_or(Value::Null, |(_, who)| fields::value_of(who, field));
                found.entry(field.to_owned()).or_default().add(&fields::value_of(who, field), &now);
            }
        }
    }
    found.retain(|_, checked| *checked != Checked::default());
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::entry;

    #[test]
    fn accepted_entries_are_checked_field_by_field() {
        let mut right = entry("a:e1", &["AFG", "USA"], Some("2025-10-22"));
        right.review.verdict = Verdict::Accepted;
        let mut corrected = right.clone();
        corrected.review.coded = Some(Box::new(corrected.event.clone()));
        corrected.event.participants[1].side = Some("RUS".to_owned());
        corrected.event.participants.remove(0);
        corrected.event.date = None;
        let mut wrong = right.clone();
        wrong.review.verdict = Verdict::Rejected;
        let mut untouched = right.clone();
        untouched.review.verdict = Verdict::None;
        let found = checked([&right, &corrected, &wrong, &untouched]);
        let of = |field: &str| found[field];
        assert_eq!(of("event"), Checked { right: 2, wrong: 1, missed: 0 });
        assert_eq!(of("date"), Checked { right: 1, wrong: 1, missed: 0 });
        // Of four sides two are right, one is another one, and one is of somebody who was not there.
        assert_eq!(of("side"), Checked { right: 2, wrong: 2, missed: 1 });
        assert!(!found.contains_key("formality"), "nobody coded or corrected one");
        assert!(checked([&untouched]).is_empty());
    }
}
