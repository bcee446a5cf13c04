//! Material conflict: who can use force, and what can be hit; the rest is a figure of speech.

use verbale_model::Role;
use verbale_model::ontology::{EventType, Sector};
use verbale_nlp::{Token, Upos};

use super::engine::Evoked;
use super::generic;
use crate::code::Coding;
use crate::code::told::Told;
use crate::resolve::{Actor, ActorKind};

/// Drops figures of speech, and finds those who stand behind weapons and in places that were hit.
pub fn weigh(coding: &Coding<'_>, evoked: &Evoked<'_, '_>, told: &mut Told) -> Option<()> {
    let frame = evoked.frame;
    if frame.hard && !is_hard(coding, evoked) {
        return None;
    }
    if frame.armed && !is_armed(coding, evoked, told) {
        return None;
    }
    let open = !told.taking.iter().any(|taking| taking.role == Role::Recipient);
    if open && let Some(object) = evoked.args.patient {
        told.taking.extend(generic::thing(coding, object, Role::Recipient));
    }
    Some(())
}

/// People, places and things that can be hit or held; not plans and ideas.
fn is_hard(coding: &Coding<'_>, evoked: &Evoked<'_, '_>) -> bool {
    if matches!(evoked.token.pos(), Upos::Noun | Upos::Propn) {
        return true;
    }
    let Some(object) = evoked.args.patient else { return false };
    let solid = |token: Token<'_>| {
        ["targets", "territory", "property", "prisoner", "troops", "words"]
            .iter()
            .any(|class| coding.frames.is(class, token.lemma()))
            || token.pos() == Upos::Num
            || token.pos() == Upos::Propn
    };
    evoked.objects.iter().any(|part| solid(*part))
        || solid(object)
        || !crate::code::who::who(coding.resolved, object).is_empty()
}

/// Armed bodies, states, groups and weapons use force; politicians attack with words.
fn is_armed(coding: &Coding<'_>, evoked: &Evoked<'_, '_>, told: &Told) -> bool {
    if evoked.args.agent.is_some_and(|agent| coding.frames.is("attack", agent.lemma())) {
        return true;
    }
    let actors: Vec<Actor> = told
        .taking
        .iter()
        .filter(|taking| taking.role == Role::Actor)
        .map(|taking| coding.actor(taking.actor))
        .collect();
    let bodily = told.event_type == EventType::Assault
        && !evoked.objects.iter().any(|part| coding.frames.is("idea", part.lemma()));
    !actors.is_empty()
        && bodily
        && actors.iter().any(|actor| forceful(actor) || !evoked.frame.object.is_empty())
}

fn forceful(actor: &Actor) -> bool {
    let armed = matches!(
        actor.sector,
        Some(Sector::Mil | Sector::Cop | Sector::Reb | Sector::Prm | Sector::Uaf | Sector::Crm | Sector::Spy)
    );
    armed || !matches!(actor.kind, ActorKind::Person | ActorKind::Role) || actor.generic
}
