//! The act inside an act: what was agreed to, asked for, refused or threatened, and whom it would befall.

use verbale_model::Role;
use verbale_model::ontology::{EventType, Mode};
use verbale_nlp::{Dep, Token, Upos};

use super::engine::{Evoked, evoke};
use super::entry::Sense;
use super::{parties, slots};
use crate::code::Coding;
use crate::code::modality::is_negated;
use crate::code::told::Taking;
use crate::code::tree::is_infinitive;

/// What an inner act is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Content {
    /// Its type.
    pub event_type: EventType,
    /// Its mode.
    pub mode: Option<Mode>,
    /// The act is to stop or not to begin.
    pub negated: bool,
}

/// The act that a complement clause or an object speaks of.
pub fn content(coding: &Coding<'_>, evoked: &Evoked<'_, '_>) -> Option<Content> {
    let clause = evoked.complement();
    let clause = clause.map(inner);
    let found = clause.and_then(|clause| of(coding, clause));
    found
        .or_else(|| {
            evoked
                .objects
                .iter()
                .filter(|object| **object != evoked.token)
                .find_map(|object| of_noun(coding, *object))
        })
        .or_else(|| {
            evoked
                .args
                .obliques
                .iter()
                .filter(|(case, _)| matches!(case.as_str(), "for" | "to" | "with" | "on"))
                .find_map(|(_, phrase)| of_noun(coding, *phrase))
        })
}

fn of(coding: &Coding<'_>, clause: Token<'_>) -> Option<Content> {
    let evoked = evoke(coding, clause)?;
    Some(Content {
        event_type: evoked.frame.event_type,
        mode: evoked.frame.mode,
        negated: is_negated(clause),
    })
}

/// The act that a noun names, whether or not it has an agent: "a meeting", "the release of".
fn of_noun(coding: &Coding<'_>, noun: Token<'_>) -> Option<Content> {
    let frame = coding.frames.of_noun(&noun.lemma().to_lowercase()).next()?;
    Some(Content { event_type: frame.event_type, mode: frame.mode, negated: false })
}

/// Verbs that only say how far an act has come: their complement is the act.
fn inner(clause: Token<'_>) -> Token<'_> {
    let aspectual = matches!(
        clause.lemma(),
        "begin"
            | "start"
            | "continue"
            | "try"
            | "help"
            | "work"
            | "consider"
            | "seek"
            | "resume"
            | "be"
            | "have"
            | "let"
            | "do"
    );
    let below = clause.children().find(|child| child.dep() == Dep::Xcomp && child.pos() == Upos::Verb);
    below.filter(|_| aspectual).unwrap_or(clause)
}

/// Whom the act of a clause would befall.
pub fn recipients(coding: &Coding<'_>, clause: Token<'_>, role: Role) -> Vec<Taking> {
    let clause = inner(clause);
    let mut phrases = slots::phrases_of(clause);
    if let Some(evoked) = evoke(coding, clause) {
        if !evoked.frame.object.is_empty() {
            phrases.retain(|phrase| !evoked.objects.contains(phrase));
        }
        let agent = slots::first(coding, &evoked, &evoked.frame.actor, Role::Actor, &[]);
        let found = slots::first(coding, &evoked, &evoked.frame.recipient, role, &agent);
        if !found.is_empty() {
            return found;
        }
    }
    let named =
        phrases.iter().map(|phrase| parties::named(coding, *phrase, role)).find(|found| !found.is_empty());
    let purpose = || {
        clause
            .children()
            .find(|child| child.dep() == Dep::Advcl && is_infinitive(*child))
            .map(|purpose| slots::phrases_of(purpose))
            .and_then(|phrases| {
                phrases
                    .into_iter()
                    .map(|phrase| parties::named(coding, phrase, role))
                    .find(|found| !found.is_empty())
            })
    };
    named
        .or_else(purpose)
        .or_else(|| {
            phrases
                .iter()
                .find_map(|phrase| super::generic::thing(coding, *phrase, role))
                .map(|taking| vec![taking])
        })
        .unwrap_or_default()
}

/// Whether an act is the content of another that is told: "agreed to release", "demanded the withdrawal".
pub fn is_content(coding: &Coding<'_>, token: Token<'_>) -> bool {
    let mut at = token;
    for _ in 0..3 {
        if at.is_root() {
            return false;
        }
        let head = at.head();
        let below = matches!(
            at.dep(),
            Dep::Xcomp
                | Dep::Ccomp
                | Dep::Acl
                | Dep::Advcl
                | Dep::Obj
                | Dep::Obl
                | Dep::Conj
                | Dep::Nmod
                | Dep::NsubjPass
        );
        if !below {
            return false;
        }
        if at.dep() != Dep::Conj
            && let Some(outer) = evoke(coding, head)
            && matches!(
                outer.frame.sense,
                Some(Sense::Promise | Sense::Request | Sense::Refuse | Sense::Threat)
            )
        {
            let complement = outer.complement().is_some_and(|clause| clause == at || inner(clause) == at);
            return complement
                || outer.objects.contains(&at)
                || (at.dep() == Dep::Obl && at.pos() == Upos::Noun);
        }
        at = head;
    }
    false
}

/// Whether doing this is cooperation, with words or deeds.
pub fn is_cooperative(event_type: EventType) -> bool {
    use EventType::{Agree, Aid, Concede, Consult, Cooperate, Retreat, Support};
    matches!(event_type, Agree | Aid | Concede | Consult | Cooperate | Retreat | Support)
}

/// REQUEST and REJECT share their modes: what was asked for.
pub fn asked(content: Option<Content>) -> Option<Mode> {
    Some(match content?.event_type {
        EventType::Consult => Mode::Meet,
        EventType::Aid | EventType::Cooperate | EventType::Support => Mode::Assist,
        EventType::Retreat | EventType::Concede => Mode::Yield,
        _ => Mode::Change,
    })
}
