//! The columns of entries in CSV: one row for an event, with everybody of a role in one cell.

use std::collections::BTreeSet;

use verbale_model::{Participant, Role};

use super::entry_columns::{circumstances, coded, dated, kind, linked, placed};
use super::schema::{Column, Kind, Value, column};
use crate::{Cited, Entry};

use Kind::{Text, Texts, Whole};

/// All of them.
pub(super) fn columns() -> Vec<Column<Entry>> {
    let mut all: Vec<_> = kind().into_iter().filter(|column| column.name != "topics").collect();
    all.push(column(
        "quad_class",
        Whole,
        "1 verbal and 2 material cooperation, 3 verbal and 4 material conflict",
        |e| e.event.event_type.quad().number().into(),
    ));
    all.push(column("topics", Texts, "what it was about, normalised names", |e| {
        Value::Texts(e.event.topics.iter().map(|topic| topic.topic.clone()).collect())
    }));
    all.extend(dated());
    all.extend(placed());
    all.extend(circumstances());
    all.extend(who());
    all.extend(coded());
    all.extend(told());
    all.extend(linked());
    all
}

fn who() -> Vec<Column<Entry>> {
    vec![
        column("actor_sides", Texts, "sides of the actors, each once", |e| sides(e, Some(Role::Actor))),
        column("actor_names", Texts, "names of the actors", |e| names(e, Role::Actor)),
        column("actor_offices", Texts, "their offices in the same order, `?` where none is known", |e| {
            offices(e, Role::Actor)
        }),
        column("recipient_sides", Texts, "sides of the recipients, each once", |e| {
            sides(e, Some(Role::Recipient))
        }),
        column("recipient_names", Texts, "names of the recipients", |e| names(e, Role::Recipient)),
        column("recipient_offices", Texts, "their offices in the same order, `?` where none is known", |e| {
            offices(e, Role::Recipient)
        }),
        column("sides", Texts, "all sides, each once, sorted", |e| sides(e, None)),
        column(
            "participants",
            Texts,
            "everybody by side, as `AFG: NAME (OFFICE), NAME`; `?` without a side",
            |e| Value::Texts(by_side(e)),
        ),
        column("participants_json", Text, "everybody with all fields, as the record's JSON", |e| {
            serde_json::to_string(&e.event.participants).ok().map_or(Value::Null, Value::Text)
        }),
    ]
}

fn told() -> Vec<Column<Entry>> {
    fn first(entry: &Entry) -> Option<&Cited> {
        entry.tellings.first()
    }
    vec![
        column("outlets", Texts, "who tells of it, each once, sorted", |e| {
            let outlets: BTreeSet<_> =
                e.tellings.iter().filter_map(|telling| telling.outlet.clone()).collect();
            Value::Texts(outlets.into_iter().collect())
        }),
        column("published", Text, "publication date of the first telling", |e| {
            first(e).and_then(|telling| telling.published.as_ref()).into()
        }),
        column("url", Text, "address of the first telling", |e| {
            first(e).and_then(|telling| telling.url.as_ref()).into()
        }),
        column("evidence", Texts, "the words of the first telling, where the ledger keeps them", |e| {
            first(e).map(|telling| &telling.evidence).into()
        }),
        column("tellings", Texts, "all tellings, as `DOCUMENT:EVENT`", |e| {
            Value::Texts(e.tellings.iter().map(|telling| telling.id.to_string()).collect())
        }),
    ]
}

fn of_role(entry: &Entry, role: Role) -> impl Iterator<Item = &Participant> {
    entry.event.participants.iter().filter(move |participant| participant.role == role)
}

fn sides(entry: &Entry, role: Option<Role>) -> Value {
    let participants = entry.event.participants.iter();
    let of_role = participants.filter(|participant| role.is_none_or(|role| participant.role == role));
    let sides: BTreeSet<_> = of_role.filter_map(|participant| participant.side.clone()).collect();
    Value::Texts(sides.into_iter().collect())
}

fn names(entry: &Entry, role: Role) -> Value {
    Value::Texts(of_role(entry, role).map(|participant| participant.name.clone()).collect())
}

/// As many as names, so that the two lists can be split and paired.
fn offices(entry: &Entry, role: Role) -> Value {
    let office = |participant: &Participant| participant.office.clone().unwrap_or_else(|| "?".to_owned());
    Value::Texts(of_role(entry, role).map(office).collect())
}

/// `AFG: NAME (OFFICE), NAME` for each side, in the order in which sides appear.
fn by_side(entry: &Entry) -> Vec<String> {
    let mut groups: Vec<(&str, Vec<String>)> = Vec::new();
    for participant in &entry.event.participants {
        let side = participant.side.as_deref().unwrap_or("?");
        let shown = match &participant.office {
            Some(office) => format!("{} ({office})", participant.name),
            None => participant.name.clone(),
        };
        match groups.iter_mut().find(|(of, _)| *of == side) {
            Some((_, members)) => members.push(shown),
            None => groups.push((side, vec![shown])),
        }
    }
    groups.into_iter().map(|(side, members)| format!("{side}: {}", members.join(", "))).collect()
}
