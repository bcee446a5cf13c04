//! In what company and on whose ground; and whether a consultation is worth telling.

use verbale_model::ontology::Mode;
use verbale_model::{Channel, Part, Role, Setting, Status};
use verbale_nlp::{Dep, Token, Upos, Xpos};

use super::senses::Evoked;
use crate::code::Coding;
use crate::code::circumstances::{self, MOTION};
use crate::code::told::Told;
use crate::code::tree::{is_passive, is_verbal, subject, support_verb};
use crate::code::who::{is_public, who};
use crate::resolve::{Actor, ActorKind, Resolved};

/// Setting, mode and who is host and visitor, from the place, the sides and the words around.
pub(super) fn setting(coding: &Coding<'_>, token: Token<'_>, evoked: Evoked, told: &mut Told) {
    let resolved = coding.resolved;
    let sides = sides(resolved, told);
    let around: Vec<String> = token.sent().tokens().map(|t| t.lemma().to_lowercase()).collect();
    let sideline = around.windows(2).any(|pair| {
        matches!(pair[0].as_str(), "sideline" | "sidelines" | "margin" | "margins") && pair[1] == "of"
    });
    told.setting = match evoked {
        Evoked::Mediate => Some(Setting::ThirdParty),
        _ if sideline => Some(Setting::Sideline),
        _ if sides.len() > 2 => Some(Setting::Multilateral),
        _ if sides.len() == 2 || told.taking.len() == 2 => Some(Setting::Bilateral),
        Evoked::Gathering => Some(Setting::Multilateral),
        _ => None,
    };
    if told.channel == Some(Channel::Phone) || told.channel == Some(Channel::Video) {
        told.mode = Some(Mode::Phone);
    } else if evoked == Evoked::Mediate {
        told.mode = Some(Mode::ThirdParty);
    } else if told.setting == Some(Setting::Multilateral) {
        told.mode = Some(Mode::Multilateral);
    }
    travelled(resolved, token, told);
}

/// The distinct sides of a telling's participants, sorted.
pub fn sides(resolved: &Resolved<'_>, told: &Told) -> Vec<String> {
    let mut sides: Vec<String> = told.actors().filter_map(|at| resolved.actors[at].side.clone()).collect();
    sides.sort();
    sides.dedup();
    sides
}

/// Whether the clause before, or a phrase beside, says that somebody travelled to the place.
pub(super) fn travelled(resolved: &Resolved<'_>, token: Token<'_>, told: &mut Told) {
    let travels = |clause: Token<'_>| {
        let verb = MOTION.contains(&clause.lemma())
            && !matches!(clause.lemma(), "be" | "make" | "pay" | "attend" | "stay" | "stop");
        verb && clause != token
            && is_verbal(clause)
            && (circumstances::place_of(resolved, clause).is_some() || clause.child(Dep::Obj).is_some())
    };
    let mover = circumstances::clauses(token).into_iter().find(|clause| travels(*clause));
    let Some(mover) = mover.and_then(subject) else { return };
    for who in who(resolved, mover) {
        for taking in told.taking.iter_mut().filter(|taking| taking.actor == who.actor) {
            taking.part = resolved.actors[who.actor].is_personal().then_some(Part::Visitor);
            taking.role = Role::Actor;
            told.journey = true;
        }
    }
}

pub(super) fn plausible(coding: &Coding<'_>, token: Token<'_>, evoked: Evoked, told: &Told) -> bool {
    let actors: Vec<_> = told.actors().map(|at| &coding.resolved.actors[at]).collect();
    let public = actors.iter().filter(|actor| is_public(actor) && !actor.generic).count();
    if told.anaphoric {
        return !is_plural_demonstrative(token);
    }
    if told.status == Status::Hypothetical {
        return false;
    }
    match evoked {
        // "visited the museum", "received the report": somebody public must be on both ends, or a place.
        Evoked::Visit => visits_somebody(coding, told),
        Evoked::Host => public >= 2 && actors.iter().any(|actor| actor.is_personal()) && hosts(told),
        Evoked::Journey => public >= 1 && told.place.is_some() && !is_passive(token),
        Evoked::Phone | Evoked::Mediate => public >= 1 && actors.len() >= 2,
        Evoked::Letter => public >= 2,
        Evoked::Summon => actors.len() >= 2 && actors.iter().any(|actor| is_diplomat(actor)),
        Evoked::Discuss => public >= 1 && actors.len() >= 2 && actors.iter().any(|actor| !actor.generic),
        Evoked::Gathering => public >= 2,
        Evoked::Meet => public >= 1 && (actors.len() >= 2 || (token.pos() != Upos::Verb && supported(token))),
    }
}

/// Somebody public goes to a state, a public person or body, or to a place abroad.
pub(super) fn visits_somebody(coding: &Coding<'_>, told: &Told) -> bool {
    let of = |role: Role| {
        told.taking
            .iter()
            .filter(move |taking| taking.role == role)
            .map(|taking| &coding.resolved.actors[taking.actor])
    };
    let Some(visitor) = of(Role::Actor).find(|actor| is_public(actor) && !actor.generic) else {
        return false;
    };
    let home = visitor.side.as_ref().or(visitor.nationality.as_ref());
    let other = |actor: &Actor| {
        is_public(actor) && (actor.kind == ActorKind::State || actor.is_personal() || actor.side.is_some())
    };
    let foreign = |country: Option<&String>| country.is_some() && home.is_some() && country != home;
    of(Role::Recipient).any(|actor| other(actor) && (actor.is_personal() || actor.side.as_ref() != home))
        || foreign(told.place.and_then(|at| coding.resolved.places[at].country.as_ref()))
}

/// Envoys are summoned; witnesses and generals are another matter.
pub(super) fn is_diplomat(actor: &Actor) -> bool {
    matches!(
        actor.office_kind.as_deref(),
        Some("ambassador" | "charge" | "diplomat" | "consul" | "envoy" | "embassy" | "representative")
    )
}

/// A meeting with one known side counts when a verb says that it took place.
pub(super) fn supported(noun: Token<'_>) -> bool {
    support_verb(noun).is_some()
}

/// "China welcomed Japan's decision" hosts nobody: the guest must be a person or a delegation.
pub(super) fn hosts(told: &Told) -> bool {
    told.taking.iter().any(|taking| taking.role == Role::Actor && taking.part.is_some())
        || told.taking.iter().filter(|taking| taking.role == Role::Actor).count() > 0
}

/// "the meeting", "these talks": definite, and without participants of its own.
pub(super) fn is_anaphoric(token: Token<'_>) -> bool {
    token.pos() != Upos::Verb
        && token.children().any(|child| {
            child.dep() == Dep::Det
                && matches!(child.text().to_lowercase().as_str(), "the" | "this" | "that" | "these" | "those")
        })
}

/// "these two meetings" sums up what was told already.
pub(super) fn is_plural_demonstrative(token: Token<'_>) -> bool {
    token.children().any(|child| matches!(child.text().to_lowercase().as_str(), "these" | "those" | "both"))
        && token.tag() == Xpos::Nns
        && token.lemma() != "talk"
}

/// Certain when both ends are known and public; less so for every doubt.
pub(super) fn confidence(coding: &Coding<'_>, told: &Told) -> f32 {
    let actors: Vec<_> = told.actors().map(|at| &coding.resolved.actors[at]).collect();
    let known = actors.iter().filter(|actor| actor.side.is_some()).count();
    let personal = actors.iter().filter(|actor| actor.is_personal()).count();
    let mut score: f32 = 0.55 + 0.15 * known.min(2) as f32 + 0.05 * personal.min(2) as f32;
    if told.status != Status::Held {
        score -= 0.1;
    }
    if told.taking.len() < 2 {
        score -= 0.25;
    }
    score.clamp(0.05, 0.97)
}
