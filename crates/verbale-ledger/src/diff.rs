//! What changed between two codings of the same documents: tellings added, removed and changed by field.
//!
//! Spans, ids of claims, confidence and rules are no changes: they say how it was read, not what.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use verbale_model::{Event, Participant, Span};

use crate::fields::{self, shown};
use crate::telling::{Telling, TellingId};

/// Fields that codings are compared by, apart from participants.
pub const FIELDS: [&str; 15] = [
    "event_type",
    "mode",
    "cameo",
    "contexts",
    "topics",
    "date",
    "place/name",
    "place/country",
    "channel",
    "setting",
    "formality",
    "status",
    "confirmation",
    "x_of",
    "x_summons",
];

/// One telling that is not as it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Key of the document.
    pub document: String,
    /// The words that evoke it, in the new coding where it is there.
    pub evidence: Option<Span>,
    /// Its name before, where it was there.
    pub before: Option<TellingId>,
    /// Its name after, where it is there.
    pub after: Option<TellingId>,
    /// What became of it.
    #[serde(flatten)]
    pub kind: Kind,
}

/// What became of a telling.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Kind {
    /// It is new.
    Added {
        /// What it tells.
        what: String,
    },
    /// It is gone.
    Removed {
        /// What it told.
        what: String,
    },
    /// It says something else.
    Changed {
        /// Field by field.
        fields: Vec<FieldChange>,
    },
}

/// One field that is not as it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The field; a participant is named by the span before, or by the new one where there was none.
    pub path: String,
    /// Its value before; for a participant who is new, null.
    pub before: Value,
    /// Its value after; for a participant who is gone, null.
    pub after: Value,
}

/// Compares two codings; changes come by document, then by place in the text.
pub fn diff(before: &[Telling], after: &[Telling]) -> Vec<Change> {
    let mut documents: BTreeMap<&str, (Vec<&Telling>, Vec<&Telling>)> = BTreeMap::new();
    for telling in before {
        documents.entry(&telling.id.document).or_default().0.push(telling);
    }
    for telling in after {
        documents.entry(&telling.id.document).or_default().1.push(telling);
    }
    let mut changes: Vec<_> =
        documents.values_mut().flat_map(|(before, after)| of_document(before, after)).collect();
    let name = |id: &Option<TellingId>| id.as_ref().map(|id| (id.event.len(), id.event.clone()));
    changes.sort_by_cached_key(|it| (it.document.clone(), it.evidence, name(&it.before), name(&it.after)));
    changes
}

fn of_document(before: &mut [&Telling], after: &mut [&Telling]) -> Vec<Change> {
    let name = |telling: &&Telling| (telling.id.event.len(), telling.id.event.clone());
    before.sort_by_cached_key(name);
    after.sort_by_cached_key(name);
    let pairs =
        matched(before.len(), after.len(), |one, other| alike(&before[one].event, &after[other].event));
    let mut changes = Vec::new();
    for (one, other) in &pairs {
        let (one, other) = (before[*one], after[*other]);
        let fields = fields_changed(&one.event, &other.event);
        if !fields.is_empty() {
            changes.push(change(Some(one), Some(other), Kind::Changed { fields }));
        }
    }
    let (left, right): (BTreeSet<_>, BTreeSet<_>) = pairs.into_iter().unzip();
    for (_, gone) in before.iter().enumerate().filter(|(at, _)| !left.contains(at)) {
        changes.push(change(Some(gone), None, Kind::Removed { what: told(&gone.event) }));
    }
    for (_, new) in after.iter().enumerate().filter(|(at, _)| !right.contains(at)) {
        changes.push(change(None, Some(new), Kind::Added { what: told(&new.event) }));
    }
    changes
}

fn change(before: Option<&Telling>, after: Option<&Telling>, kind: Kind) -> Change {
    let any = after.or(before);
    Change {
        document: any.map(|telling| telling.id.document.clone()).unwrap_or_default(),
        evidence: any.and_then(|telling| telling.event.evidence.first().copied()),
        before: before.map(|telling| telling.id.clone()),
        after: after.map(|telling| telling.id.clone()),
        kind,
    }
}

/// Pairs by likeness, the likeliest first, each used once; among equals the first ones.
fn matched<T: Ord>(
    left: usize,
    right: usize,
    alike: impl Fn(usize, usize) -> Option<T>,
) -> Vec<(usize, usize)> {
    let pairs = (0..left).flat_map(|one| (0..right).map(move |other| (one, other)));
    let mut scored: Vec<_> =
        pairs.filter_map(|(one, other)| Some((alike(one, other)?, one, other))).collect();
    scored.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut used, mut found) = ((BTreeSet::new(), BTreeSet::new()), Vec::new());
    for (_, one, other) in scored {
        if !used.0.contains(&one) && !used.1.contains(&other) {
            used.0.insert(one);
            used.1.insert(other);
            found.push((one, other));
        }
    }
    found.sort_unstable();
    found
}

/// How alike two events of one text are, none where their evidence does not meet: type first, then the
/// characters shared, then whether anything differs at all, then what distinguishes events that one word evokes.
fn alike(one: &Event, other: &Event) -> Option<(bool, u32, bool, usize, usize)> {
    let shared = |a: &Span, b: &Span| {
        if a == b && a.is_empty() {
            1
        } else if a.overlaps(*b) {
            a.end.min(b.end) - a.start.max(b.start)
        } else {
            0
        }
    };
    let length: u32 =
        one.evidence.iter().flat_map(|a| other.evidence.iter().map(move |b| shared(a, b))).sum();
    let empty = one.evidence.is_empty() && other.evidence.is_empty();
    let who = one.participants.iter().filter(|a| other.participants.iter().any(|b| a.span == b.span)).count();
    let same = FIELDS.iter().filter(|path| fields::value(one, path) == fields::value(other, path)).count();
    (length > 0 || empty).then(|| {
        let unchanged = fields_changed(one, other).is_empty();
        (one.event_type == other.event_type, length, unchanged, who, same)
    })
}

/// The fields in which two events differ, participants matched by span, then entity, then name.
fn fields_changed(one: &Event, other: &Event) -> Vec<FieldChange> {
    let mut found = Vec::new();
    let mut differ = |path: String, before: Value, after: Value| {
        if before != after {
            found.push(FieldChange { path, before, after });
        }
    };
    for path in FIELDS {
        differ(path.to_owned(), fields::value(one, path), fields::value(other, path));
    }
    let (old, new) = (&one.participants, &other.participants);
    let pairs = matched(old.len(), new.len(), |a, b| same_person(&old[a], &new[b]));
    let (left, right): (BTreeMap<_, _>, BTreeSet<_>) =
        (pairs.iter().copied().collect(), pairs.iter().map(|(_, other)| *other).collect());
    for at in 0..old.len() {
        let key = fields::key(old, at);
        match left.get(&at) {
            Some(other) => fields::OF_PARTICIPANT.iter().for_each(|field| {
                let (before, after) = (&old[at], &new[*other]);
                let path = format!("{key}/{field}");
                differ(path, fields::value_of(before, field), fields::value_of(after, field));
            }),
            None => differ(key, person(&old[at]), Value::Null),
        }
    }
    for at in (0..new.len()).filter(|at| !right.contains(at)) {
        differ(fields::key(new, at), Value::Null, person(&new[at]));
    }
    found
}

fn same_person(one: &Participant, other: &Participant) -> Option<(u8, bool, bool)> {
    let entity = one.entity.is_some() && one.entity == other.entity;
    let name = one.name == other.name;
    let strength = match () {
        () if one.span == other.span => 4,
        () if entity => 3,
        () if one.span.overlaps(other.span) => 2,
        () if name => 1,
        () => return None,
    };
    Some((strength, entity, name))
}

/// A participant's fields as a value.
fn person(who: &Participant) -> Value {
    json!(
        fields::OF_PARTICIPANT
            .iter()
            .map(|field| (*field, fields::value_of(who, field)))
            .collect::<BTreeMap<_, _>>()
    )
}

/// An event in a few words.
fn told(event: &Event) -> String {
    let names: Vec<_> =
        event.participants.iter().map(|who| who.side.as_deref().unwrap_or(&who.name)).collect();
    let date = event.date.as_ref().map_or("undated", |date| &date.edtf);
    format!("{} {} {date}: {}", event.event_type, event.status, names.join(", "))
}

/// How many tellings were added, removed and changed, and how often each field changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// New ones.
    pub added: u32,
    /// Those that are gone.
    pub removed: u32,
    /// Those that say something else.
    pub changed: u32,
    /// Changes by field, participants' fields as `participants/side`.
    pub fields: BTreeMap<String, u32>,
}

impl Summary {
    /// Counts changes.
    pub fn of(changes: &[Change]) -> Self {
        let mut summary = Self::default();
        for change in changes {
            match &change.kind {
                Kind::Added { .. } => summary.added += 1,
                Kind::Removed { .. } => summary.removed += 1,
                Kind::Changed { fields } => {
                    summary.changed += 1;
                    for field in fields {
                        let path = match fields::participant_path(&field.path) {
                            Some((_, _, Some(field))) => format!("participants/{field}"),
                            Some((_, _, None)) => "participants".to_owned(),
                            None => field.path.clone(),
                        };
                        *summary.fields.entry(path).or_default() += 1;
                    }
                }
            }
        }
        summary
    }
}

impl std::fmt::Display for Summary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} added, {} removed, {} changed", self.added, self.removed, self.changed)?;
        let fields: Vec<String> = self.fields.iter().map(|(field, n)| format!("{field} {n}")).collect();
        if fields.is_empty() { Ok(()) } else { write!(f, " ({})", fields.join(", ")) }
    }
}

/// Changes for people, a line each; the fields of a changed telling are indented.
pub fn lines(changes: &[Change]) -> Vec<String> {
    let mut lines = Vec::new();
    for change in changes {
        let name =
            change.after.as_ref().or(change.before.as_ref()).map(ToString::to_string).unwrap_or_default();
        match &change.kind {
            Kind::Added { what } => lines.push(format!("+ {name} {what}")),
            Kind::Removed { what } => lines.push(format!("- {name} {what}")),
            Kind::Changed { fields } => {
                lines.push(format!("~ {name}"));
                for FieldChange { path, before, after } in fields {
                    let value = |value: &Value| value.get("name").map_or_else(|| shown(value), shown);
                    lines.push(format!("    {path}: {} → {}", value(before), value(after)));
                }
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests;
