//! From slots to participants: where a frame looks for its actor and its recipient.

use verbale_model::Role;
use verbale_model::ontology::EventType;
use verbale_nlp::{Dep, Token};

use super::engine::Evoked;
use super::generic;
use super::parties::{Reach, agent, doers, is_harm, people};
use crate::code::Coding;
use crate::code::circumstances::place_of;
use crate::code::told::{Taking, Told};
use crate::code::tree::{arguments, is_infinitive, obliques};
use crate::resolve::ActorKind;

/// Participants in the first slot that names somebody.
pub fn first(
    coding: &Coding<'_>,
    evoked: &Evoked<'_, '_>,
    slots: &[String],
    role: Role,
    not: &[Taking],
) -> Vec<Taking> {
    for slot in slots {
        let mut found = in_slot(coding, evoked, slot, role);
        found.retain(|taking| !not.iter().any(|other| other.actor == taking.actor || overlap(other, taking)));
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// What was done to, where nobody is named: the thing condemned, lifted or investigated. It stands in
/// the record as a generic group without a side.
pub fn last_resort(coding: &Coding<'_>, evoked: &Evoked<'_, '_>, not: &[Taking]) -> Option<Taking> {
    let free = |found: Taking| not.iter().all(|other| !overlap(other, &found)).then_some(found);
    if evoked.frame.recipient.iter().any(|slot| slot == "in")
        && let Some(place) = place_of(coding.resolved, evoked.token)
        && let Some(found) = generic::place(coding, place, Role::Recipient).and_then(free)
    {
        return Some(found);
    }
    if evoked.frame.recipient.iter().any(|slot| slot == "clause")
        && let Some(clause) = evoked.complement()
        && let Some(found) = phrases_of(clause)
            .into_iter()
            .rev()
            .find_map(|phrase| generic::any(coding, phrase, Role::Recipient))
            .and_then(free)
    {
        return Some(found);
    }
    let first = evoked.frame.recipient.first().map_or("object", String::as_str);
    let object = (first == "object" || first == "owner").then_some(evoked.args.patient).flatten();
    let phrase = object.or_else(|| {
        evoked
            .frame
            .recipient
            .iter()
            .filter(|slot| {
                !matches!(slot.as_str(), "object" | "owner" | "clause" | "clause.agent" | "indirect")
            })
            .find_map(|slot| {
                evoked
                    .phrases(slot)
                    .find(|phrase| coding.resolved.time_at(phrase.i()).is_none() && !evoked.is_gate(*phrase))
            })
    })?;
    generic::any(coding, phrase, Role::Recipient).and_then(free)
}

fn overlap(one: &Taking, other: &Taking) -> bool {
    one.tokens.start < other.tokens.end && other.tokens.start < one.tokens.end
}

fn in_slot(coding: &Coding<'_>, evoked: &Evoked<'_, '_>, slot: &str, role: Role) -> Vec<Taking> {
    let args = &evoked.args;
    match slot {
        "agent" => agent(coding, evoked, role),
        "object" => args.patient.map(|token| people(coding, token, role, Reach::Head)).unwrap_or_default(),
        "owner"
            if evoked.frame.event_type == EventType::Accuse
                && args.patient.is_some_and(|harm| is_harm(coding, harm)) =>
        {
            args.patient.map(|harm| doers(coding, harm, role)).unwrap_or_default()
        }
        "owner" => args.patient.map(|token| people(coding, token, role, Reach::Owner)).unwrap_or_default(),
        "indirect" => {
            args.indirect.map(|token| people(coding, token, role, Reach::Owner)).unwrap_or_default()
        }
        "purpose" => {
            purpose(evoked).map(|clause| super::content::recipients(coding, clause, role)).unwrap_or_default()
        }
        "in.state" => states(coding, evoked, "in", role),
        "from.state" => states(coding, evoked, "from", role),
        "clause" => evoked
            .complement()
            .map(|clause| super::content::recipients(coding, clause, role))
            .unwrap_or_default(),
        "clause.agent" => evoked
            .complement()
            .and_then(clause_subject)
            .map(|token| people(coding, token, role, Reach::Owner))
            .unwrap_or_default(),
        case => {
            let mut phrases: Vec<Token<'_>> = evoked.phrases(case).collect();
            phrases.dedup();
            phrases
                .retain(|phrase| coding.resolved.time_at(phrase.i()).is_none() && !evoked.is_gate(*phrase));
            let found = phrases
                .iter()
                .flat_map(|phrase| people(coding, *phrase, role, Reach::Owner))
                .collect::<Vec<_>>();
            if found.is_empty() {
                phrases.iter().filter_map(|phrase| generic::thing(coding, *phrase, role)).take(1).collect()
            } else {
                found
            }
        }
    }
}

/// "to help the victims": what an act is for.
fn purpose<'d>(evoked: &Evoked<'_, 'd>) -> Option<Token<'d>> {
    evoked
        .token
        .children()
        .find(|child| matches!(child.dep(), Dep::Advcl | Dep::Xcomp | Dep::Acl) && is_infinitive(*child))
}

/// "until the government pays", "unless they leave": the clause that says what is wanted.
fn condition<'d>(evoked: &Evoked<'_, 'd>) -> Option<Token<'d>> {
    let verb = evoked.carrier.unwrap_or(evoked.token);
    let marks = |clause: &Token<'d>| {
        clause.children().any(|mark| {
            mark.dep() == Dep::Mark
                && matches!(
                    mark.text().to_lowercase().as_str(),
                    "until" | "unless" | "till" | "before" | "if"
                )
        })
    };
    let clauses = std::iter::once(verb)
        .chain(evoked.complement())
        .flat_map(|above| above.children().filter(|child| child.dep() == Dep::Advcl).collect::<Vec<_>>());
    clauses.into_iter().find(marks)
}

/// "will not end the strike until the authorities …": without a recipient, or with a mere thing,
/// those whose move it is are addressed.
pub fn whose_move(coding: &Coding<'_>, evoked: &Evoked<'_, '_>, told: &mut Told) {
    let real = |taking: &Taking| taking.role == Role::Recipient && !coding.actor(taking.actor).generic;
    if told.taking.iter().any(real) {
        return;
    }
    for taking in
        condition(evoked).map(|clause| condition_people(coding, clause, Role::Recipient)).unwrap_or_default()
    {
        told.take(taking);
    }
}

fn condition_people(coding: &Coding<'_>, clause: Token<'_>, role: Role) -> Vec<Taking> {
    let args = arguments(clause);
    let agent = args.agent.map(|agent| people(coding, agent, role, Reach::Owner)).unwrap_or_default();
    if agent.is_empty() {
        args.patient.map(|patient| people(coding, patient, role, Reach::Owner)).unwrap_or_default()
    } else {
        agent
    }
}

/// The state where it happened, when the act is one of its authorities: "was arrested in".
fn states(coding: &Coding<'_>, evoked: &Evoked<'_, '_>, case: &str, role: Role) -> Vec<Taking> {
    let found: Vec<Taking> =
        evoked.phrases(case).flat_map(|phrase| people(coding, phrase, role, Reach::Head)).collect();
    found.into_iter().filter(|taking| coding.actor(taking.actor).kind == ActorKind::State).collect()
}

fn clause_subject(clause: Token<'_>) -> Option<Token<'_>> {
    clause.children().find(|child| child.dep().is_subject())
}

/// The phrases of a clause that may name whom it is done to, best first.
pub fn phrases_of(clause: Token<'_>) -> Vec<Token<'_>> {
    let mut found: Vec<Token<'_>> = Vec::new();
    found.extend(clause.child(Dep::Iobj));
    found.extend(clause.child(Dep::Obj));
    let heads: Vec<Token<'_>> = std::iter::once(clause).chain(clause.child(Dep::Obj)).collect();
    for cases in
        [["with", "to", "against"], ["on", "from", "for"], ["of", "into", "in"], ["at", "by", "between"]]
    {
        for head in &heads {
            found.extend(
                obliques(*head)
                    .into_iter()
                    .filter(|(case, _)| cases.contains(&case.as_str()))
                    .map(|(_, token)| token),
            );
        }
    }
    found
}
