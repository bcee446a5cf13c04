//! The fifteen PLOVER types besides CONSULT, read from dependency trees with a frame lexicon.
//!
//! ```text
//! token ──engine──▶ frame (lemma, particle, gates) ──slots──▶ participants
//!       ──family (agree, reject, request, threaten, …)──▶ type, mode, status ──▶ Told
//! ```
//!
//! The lexicon is `data/lexicon/frames.toml`; a family has a file of its own where an act is about
//! another act, or where tense and negation change what it is.

mod accuse;
mod agree;
mod conflict;
mod content;
mod engine;
mod entry;
mod gates;
mod generic;
mod parties;
mod reject;
mod request;
mod slots;
mod threaten;
mod word;

#[cfg(test)]
mod tests;

use verbale_model::ontology::EventType;
use verbale_model::{Polarity, Role, Status};
use verbale_nlp::{Dep, Token};

pub use entry::Frames;

use super::Coding;
use super::circumstances;
use super::consult::apply;
use super::modality::{self, Reading};
use super::told::Told;
use super::who::is_public;
use crate::resolve::{Actor, ActorKind};
use engine::{Evoked, evoke};
use entry::Sense;

/// Reads an event other than a consultation off a token, if the token evokes one.
pub fn read(coding: &Coding<'_>, token: Token<'_>) -> Option<Told> {
    let by_shape = request::must(coding, token)
        .or_else(|| accuse::blamed(coding, token))
        .or_else(|| accuse::in_protest(coding, token));
    if let Some(told) = by_shape {
        return finish(coding, token, told);
    }
    let evoked = evoke(coding, token)?;
    if evoked.frame.sense == Some(Sense::Inside) || content::is_content(coding, token) {
        return None;
    }
    let told = draft(coding, &evoked)?;
    finish(coding, token, told)
}

/// The telling of a frame before its surroundings are weighed.
fn draft(coding: &Coding<'_>, evoked: &Evoked<'_, '_>) -> Option<Told> {
    let frame = evoked.frame;
    let at = evoked.token.i();
    let mut told = Told::new(at..at + 1, frame.event_type, &frame.id);
    told.mode = frame.mode;
    told.cameo.clone_from(&frame.cameo);
    told.entry = format!("frames.toml: {}", evoked.token.lemma());
    told.confidence = frame.confidence;
    let reading = reading(evoked.token);
    apply(&mut told, reading);
    participants(coding, evoked, &mut told);
    match frame.sense {
        Some(Sense::Promise) => agree::promise(coding, evoked, &mut told)?,
        Some(Sense::Request) => request::request(coding, evoked, &mut told),
        Some(Sense::Refuse) => reject::refuse(coding, evoked, &mut told)?,
        Some(Sense::Threat) => threaten::threat(coding, evoked, &mut told)?,
        Some(Sense::Inside) | None => {}
    }
    accuse::complaint(coding, evoked, &mut told);
    conflict::weigh(coding, evoked, &mut told)?;
    if !told.taking.iter().any(|taking| taking.role == Role::Recipient) {
        told.taking.extend(slots::last_resort(coding, evoked, &told.taking));
    }
    settle_status(coding, evoked, &mut told)?;
    Some(told)
}

fn participants(coding: &Coding<'_>, evoked: &Evoked<'_, '_>, told: &mut Told) {
    let frame = evoked.frame;
    let mut actors = slots::first(coding, evoked, &frame.actor, Role::Actor, &[]);
    let mut recipients = slots::first(coding, evoked, &frame.recipient, Role::Recipient, &actors);
    // "A and B signed": they act on each other, unless it says with whom.
    if frame.mutual && actors.len() > 1 {
        let with = ["with".to_owned()];
        recipients = slots::first(coding, evoked, &with, Role::Recipient, &actors);
        recipients.retain(|taking| !coding.actor(taking.actor).generic);
    }
    if frame.mutual && recipients.is_empty() {
        for other in actors.iter_mut().skip(1) {
            other.role = Role::Recipient;
        }
    }
    for taking in actors.into_iter().chain(recipients) {
        told.take(taking);
    }
    told.taking.sort_by_key(|taking| taking.tokens.start);
}

/// How a predicate stands, where "would" below a verb of speech in the past is a future.
fn reading(token: Token<'_>) -> Reading {
    let mut reading = modality::reading(token);
    let clause = modality::clause_of(token);
    if reading.status == Status::Hypothetical && future_in_past(clause) {
        reading.status = Status::Planned;
        reading.modality = verbale_model::Modality::Planned;
        reading.tense = verbale_model::Tense::Future;
    }
    reading
}

fn future_in_past(clause: Token<'_>) -> bool {
    let would =
        clause.children().any(|child| child.dep() == Dep::Aux && child.text().eq_ignore_ascii_case("would"));
    let condition = clause.children().any(|child| {
        child.dep() == Dep::Advcl
            && child.children().any(|mark| mark.dep() == Dep::Mark && mark.text().eq_ignore_ascii_case("if"))
    });
    let embedded =
        clause.dep() == Dep::Ccomp || (clause.dep() == Dep::Conj && clause.head().dep() == Dep::Ccomp);
    would
        && !condition
        && embedded
        && !clause.children().any(|mark| mark.dep() == Dep::Mark && mark.text().eq_ignore_ascii_case("if"))
}

/// What tense, negation and doubt make of an act.
fn settle_status(coding: &Coding<'_>, evoked: &Evoked<'_, '_>, told: &mut Told) -> Option<()> {
    if told.polarity == Polarity::Negated {
        return reject::negated(coding, evoked, told);
    }
    match told.status {
        Status::Planned if content::is_cooperative(told.event_type) => agree::planned(evoked, told),
        Status::Planned => threaten::planned(evoked, told),
        Status::Held => {}
        Status::Cancelled | Status::Denied | Status::Hypothetical => return None,
    }
    Some(())
}

/// Circumstances, veto and confidence.
fn finish(coding: &Coding<'_>, token: Token<'_>, mut told: Told) -> Option<Told> {
    if coding.is_veto(token) {
        return None;
    }
    told.place = circumstances::place_of(coding.resolved, token);
    told.time = circumstances::time_of(coding.resolved, token);
    let actors: Vec<_> = told.actors().map(|at| coding.actor(at)).collect();
    let public = actors.iter().filter(|actor| is_public(actor)).count();
    let unrest = is_unrest(told.x_of.unwrap_or(told.event_type));
    // "Apple released a phone": neither a person in office nor a group that the lists know.
    let known = |actor: &Actor| actor.kind != ActorKind::Person && (!actor.generic || actor.sector.is_some());
    let private = !actors.iter().any(known);
    if actors.is_empty() || (public == 0 && !unrest && (private || actors.len() < 2)) {
        return None;
    }
    let has = |role: Role| told.taking.iter().any(|taking| taking.role == role);
    if !has(Role::Actor) {
        told.confidence -= 0.25;
    }
    if !has(Role::Recipient) {
        told.confidence -= 0.2;
    }
    if public == 0 {
        told.confidence -= 0.2;
    }
    told.confidence += prominence(token);
    told.confidence = told.confidence.clamp(0.05, 0.95);
    Some(told)
}

/// Acts that people without office do: their actors need no public standing.
fn is_unrest(event_type: EventType) -> bool {
    matches!(
        event_type,
        EventType::Protest
            | EventType::Assault
            | EventType::Coerce
            | EventType::Retreat
            | EventType::Mobilize
    )
}

/// The main clause tells the news; what stands in relative clauses and attributes is background.
fn prominence(token: Token<'_>) -> f32 {
    let clause = modality::clause_of(token);
    if clause.is_root() {
        return 0.05;
    }
    match clause.dep() {
        Dep::Ccomp | Dep::Conj | Dep::Xcomp | Dep::Parataxis => 0.0,
        Dep::AclRelcl | Dep::Acl | Dep::Amod => -0.1,
        _ => -0.05,
    }
}
