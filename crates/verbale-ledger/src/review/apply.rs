//! What reviewers said, written into an entry; where the coder has moved on since, said in words.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use verbale_model::ontology::EventType;
use verbale_model::{Event, Participant, Status};

use super::anchor::Anchor;
use super::edit::{set, set_of};
use super::placed::Placed;
use super::{Action, Review};
use crate::entry::{Entry, Reviewed, Verdict};
use crate::fields::{self, shown};
use crate::telling::Telling;

/// What an entry said when a verdict was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Its type.
    pub event_type: EventType,
    /// Whether it happened.
    pub status: Status,
    /// When, in EDTF.
    pub date: Option<String>,
    /// The sides that took part, sorted.
    pub sides: Vec<String>,
}

impl Seen {
    /// Of an event as it is shown, corrections included.
    pub fn of(event: &Event) -> Self {
        let sides: BTreeSet<_> = event.participants.iter().filter_map(|who| who.side.clone()).collect();
        Self {
            event_type: event.event_type,
            status: event.status,
            date: event.date.as_ref().map(|date| date.edtf.clone()),
            sides: sides.into_iter().collect(),
        }
    }

    fn fields(&self) -> [(&'static str, Value); 4] {
        [
            ("event_type", json!(self.event_type)),
            ("status", json!(self.status)),
            ("date", json!(self.date)),
            ("participants", json!(self.sides)),
        ]
    }
}

/// Applies the reviews in force to an entry. `tellings` are all those of the texts that tell of it:
/// neighbours among them keep a ruling from straying. Applying twice changes nothing more.
pub fn apply(entry: &mut Entry, tellings: &[&Telling], reviews: &[&Review]) {
    Placed::new(reviews, tellings).apply(entry);
}

impl Placed<'_> {
    /// Corrects an entry and says what reviewers said of it.
    pub fn apply(&self, entry: &mut Entry) {
        if let Some(coded) = entry.review.coded.take() {
            entry.event = *coded;
        }
        entry.review = Reviewed::default();
        let at: BTreeSet<usize> = entry
            .tellings
            .iter()
            .filter_map(|cited| self.by_telling.get(&cited.id))
            .flatten()
            .copied()
            .collect();
        if at.is_empty() {
            return;
        }
        let reviews: Vec<&Review> = at.into_iter().map(|at| self.reviews[at]).collect();
        let coded = entry.event.clone();
        self.correct(entry, &coded, &reviews);
        judge(entry, &coded, &reviews);
        if !entry.review.edited.is_empty() {
            entry.review.coded = Some(Box::new(coded));
        }
    }

    fn correct(&self, entry: &mut Entry, coded: &Event, reviews: &[&Review]) {
        let mut latest: BTreeMap<(Option<usize>, String), (usize, &Review)> = BTreeMap::new();
        let mut conflicts = Vec::new();
        for (order, review) in reviews.iter().enumerate() {
            let Action::Edit { target, path, value, .. } = &review.action else { continue };
            let key = if path.starts_with("participants[") {
                let Some(key) = self.participant(entry, coded, target, path) else {
                    if !value.is_null() || path.contains("]/") {
                        conflicts.push(format!(
                            "{path}: corrected to {}, but the coder sees no participant there now",
                            shown(value)
                        ));
                    }
                    continue;
                };
                key
            } else {
                (None, path.clone())
            };
            if let Some((_, earlier)) = latest.insert(key, (order, review))
                && earlier.reviewer != review.reviewer
                && let Action::Edit { value: other, .. } = &earlier.action
                && other != value
            {
                let (one, two) = (&earlier.reviewer, &review.reviewer);
                conflicts.push(format!("{path}: {one} said {}, {two} says {}", shown(other), shown(value)));
            }
        }
        // In the order they were made: a mode that was given after a new type holds.
        let mut edits: Vec<_> = latest.into_iter().collect();
        edits.sort_by_key(|(_, (order, _))| *order);
        let last_of =
            |at: usize| edits.iter().rfind(|((who, _), _)| *who == Some(at)).map(|(key, _)| key.1.clone());
        let mut gone = BTreeSet::new();
        for ((who, field), (_, review)) in &edits {
            let Action::Edit { path, value, was, .. } = &review.action else { continue };
            let now = match who {
                Some(at) if field.is_empty() => {
                    if last_of(*at).as_deref() == Some("") {
                        gone.insert(*at);
                    }
                    was.clone()
                }
                Some(at) => fields::value_of(&coded.participants[*at], field),
                None => fields::value(coded, path),
            };
            let done = match who {
                Some(_) if field.is_empty() => Ok(()),
                Some(at) => set_of(&mut entry.event.participants[*at], field, value),
                None => set(&mut entry.event, path, value),
            };
            if done.is_err() {
                conflicts.push(format!("{path}: '{}' is no value of this field", shown(value)));
                continue;
            }
            entry.review.edited.push(path.clone());
            if now != *was && now != *value {
                conflicts.push(format!(
                    "{path}: coder said {} when corrected to {}, now says {}",
                    shown(was),
                    shown(value),
                    shown(&now)
                ));
            }
        }
        let mut at = 0;
        entry.event.participants.retain(|_| {
            at += 1;
            !gone.contains(&(at - 1))
        });
        entry.review.edited.sort();
        entry.review.edited.dedup();
        entry.review.conflicts = conflicts;
    }

    /// The participant of the entry that a path means, and the field: by the span where the entry took
    /// them from that text, else by who stands there in the anchored telling.
    fn participant(
        &self,
        entry: &Entry,
        coded: &Event,
        target: &Anchor,
        path: &str,
    ) -> Option<(Option<usize>, String)> {
        let (span, nth, field) = fields::participant_path(path)?;
        let found = |at: usize| Some((Some(at), field.unwrap_or_default().to_owned()));
        let first = entry.tellings.first().map(|cited| &cited.id);
        let taken_here = |at: usize| {
            let from = entry.from.get(&format!("participants/{at}")).or(first);
            let text = from.and_then(|from| self.tellings.get(from)).map(|telling| &telling.source.sha256);
            text == Some(&target.sha256)
        };
        let exact = |at: &usize| coded.participants[*at].span == span && taken_here(*at);
        if let Some(at) = (0..coded.participants.len()).filter(exact).nth(nth.max(1) - 1) {
            return found(at);
        }
        let overlaps = |at: &usize| coded.participants[*at].span.overlaps(span) && taken_here(*at);
        if let Some(at) = (0..coded.participants.len()).find(overlaps) {
            return found(at);
        }
        let cited = entry.tellings.iter().map(|cited| &cited.id);
        let here =
            cited.filter_map(|id| self.tellings.get(id)).filter(|it| it.source.sha256 == target.sha256);
        let mut people = here.flat_map(|telling| &telling.event.participants);
        let meant = people.find(|who| who.span.overlaps(span))?;
        let same = |who: &Participant| match (&who.entity, &meant.entity) {
            (Some(one), Some(other)) => one == other,
            _ => who.name == meant.name,
        };
        found(coded.participants.iter().position(same)?)
    }
}

/// Sets the verdict: the latest holds, and what speaks against it is listed.
fn judge(entry: &mut Entry, coded: &Event, reviews: &[&Review]) {
    let mut verdicts: BTreeMap<&str, (usize, Verdict)> = BTreeMap::new();
    let mut latest = None;
    for (order, review) in reviews.iter().enumerate() {
        let (verdict, seen) = match &review.action {
            Action::Accept { seen, .. } => (Verdict::Accepted, seen),
            Action::Reject { seen, .. } => (Verdict::Rejected, seen),
            _ => continue,
        };
        verdicts.insert(&review.reviewer, (order, verdict));
        latest = Some((order, review.reviewer.as_str(), verdict, seen));
    }
    let Some((order, reviewer, verdict, seen)) = latest else { return };
    let word = |verdict| if verdict == Verdict::Accepted { "accepted" } else { "rejected" };
    for (other, (_, theirs)) in verdicts {
        if theirs != verdict {
            let text = format!("{other} {} it, {reviewer} {} it later", word(theirs), word(verdict));
            entry.review.conflicts.push(text);
        }
    }
    let edited_since = |field: &str| {
        reviews
            .iter()
            .skip(order + 1)
            .any(|review| matches!(&review.action, Action::Edit { path, .. } if path.starts_with(field)))
    };
    entry.review.verdict = verdict;
    let (now, by_coder) = (Seen::of(&entry.event).fields(), Seen::of(coded).fields());
    for (((field, then), (_, now)), (_, by_coder)) in seen.fields().into_iter().zip(now).zip(by_coder) {
        if then == now || then == by_coder || edited_since(field) {
            continue;
        }
        let mut text = format!("{field}: {} with {}, now {}", word(verdict), shown(&then), shown(&now));
        if field == "event_type" {
            // Perhaps another event at the same words: nobody has judged that.
            entry.review.verdict = Verdict::None;
            text.push_str("; judge it again");
        }
        entry.review.conflicts.push(text);
    }
}
