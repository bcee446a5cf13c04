//! REQUEST: asking, demanding, ordering, and saying that somebody must.

use verbale_model::ontology::EventType;
use verbale_model::{Role, Status};
use verbale_nlp::{Dep, Token};

use super::content::{asked, content};
use super::engine::{Evoked, evoke};
use super::parties;
use crate::code::Coding;
use crate::code::modality::is_negated;
use crate::code::told::Told;
use crate::code::tree::{is_verbal, subject};

/// What is asked for gives mode and code.
pub fn request(coding: &Coding<'_>, evoked: &Evoked<'_, '_>, told: &mut Told) {
    let content = content(coding, evoked);
    told.x_of = content.map(|content| content.event_type);
    told.mode = asked(content);
    told.cameo = Some(code(told, evoked).to_owned());
}

fn code(told: &Told, evoked: &Evoked<'_, '_>) -> &'static str {
    let demands = matches!(
        evoked.token.lemma(),
        "demand" | "order" | "insist" | "require" | "tell" | "instruct" | "command" | "direct"
    );
    match (told.x_of, demands) {
        (Some(EventType::Consult), true) => "106",
        (Some(EventType::Consult), false) => "026",
        (Some(EventType::Aid), true) => "103",
        (Some(EventType::Aid), false) => "023",
        (Some(EventType::Support), true) => "102",
        (Some(EventType::Support), false) => "022",
        (Some(EventType::Cooperate), true) => "101",
        (Some(EventType::Cooperate), false) => "021",
        (Some(EventType::Retreat | EventType::Concede), true) => "105",
        (Some(EventType::Retreat | EventType::Concede), false) => "025",
        (_, true) => "100",
        (_, false) => "020",
    }
}

/// Verbs whose subject says what others must do.
const SPEECH: &[&str] = &[
    "say",
    "tell",
    "declare",
    "state",
    "stress",
    "insist",
    "warn",
    "add",
    "argue",
    "note",
    "announce",
    "reiterate",
    "emphasise",
    "emphasize",
    "write",
    "believe",
];

/// "X said that Y must withdraw": X requests it of Y.
pub fn must(coding: &Coding<'_>, token: Token<'_>) -> Option<Told> {
    if token.dep() != Dep::Ccomp || !is_verbal(token) || !SPEECH.contains(&token.head().lemma()) {
        return None;
    }
    let bound = token.children().any(|child| {
        child.dep() == Dep::Aux && matches!(child.text().to_lowercase().as_str(), "must" | "should" | "ought")
    }) || (matches!(token.lemma(), "need" | "have") && token.child(Dep::Xcomp).is_some());
    let bound_to = token.child(Dep::Xcomp).filter(|_| matches!(token.lemma(), "need" | "have"));
    if !bound || is_negated(token) && bound_to.is_some() {
        return None;
    }
    let speaker = parties::named(coding, subject(token.head())?, Role::Actor);
    let own = token.children().find(|child| child.dep().is_subject())?;
    let mut asked_of = parties::named(coding, own, Role::Recipient);
    if asked_of.is_empty() {
        asked_of = super::content::recipients(coding, token, Role::Recipient);
    }
    asked_of.retain(|taking| !speaker.iter().any(|other| other.actor == taking.actor));
    if speaker.is_empty() || asked_of.is_empty() {
        return None;
    }
    let act = evoke(coding, bound_to.unwrap_or(token));
    let mut told = Told::new(token.i()..token.i() + 1, EventType::Request, "request/must");
    told.entry = format!("must: {}", token.lemma());
    told.x_of = act.as_ref().map(|act| act.frame.event_type);
    told.mode = asked(act.as_ref().map(|act| super::content::Content {
        event_type: act.frame.event_type,
        mode: act.frame.mode,
        negated: false,
    }));
    told.cameo = Some("020".to_owned());
    told.status = Status::Held;
    told.confidence = 0.75;
    for taking in speaker.into_iter().chain(asked_of) {
        told.take(taking);
    }
    told.taking.sort_by_key(|taking| taking.tokens.start);
    Some(told)
}
