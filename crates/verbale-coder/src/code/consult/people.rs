//! Who takes part in a consultation: the arguments of its word, and people met one after the other.

use verbale_model::{Part, Role};
use verbale_nlp::{Dep, Token, Upos, Xpos};

use super::senses::Evoked;
use crate::code::told::{Taking, Told};
use crate::code::tree::{Args, case_of, is_passive, subject};
use crate::code::who::{Who, announced, before_verb, who};
use crate::code::{Coding, modality};
use crate::resolve::{ActorKind, Resolved};

/// Collects the participants of each sense from the predicate's arguments.
pub(super) fn people(
    coding: &Coding<'_>,
    token: Token<'_>,
    evoked: Evoked,
    args: &Args<'_>,
    told: &mut Told,
) {
    let resolved = coding.resolved;
    let mut add = |token: Option<Token<'_>>, role: Role, part: Option<Part>| {
        for who in token.map(|token| who(resolved, token)).unwrap_or_default() {
            told.take(taking(resolved, &who, role, part));
        }
    };
    let with: Vec<Token<'_>> = args.all_with(&["with", "alongside", "together with"]).collect();
    match evoked {
        Evoked::Meet | Evoked::Discuss | Evoked::Phone | Evoked::Gathering => {
            add(args.agent, Role::Actor, None);
            if evoked != Evoked::Discuss {
                add(args.patient.filter(|patient| *patient != token), Role::Actor, None);
            }
            for other in with {
                add(Some(other), Role::Actor, None);
            }
            let others: &[&str] = match evoked {
                Evoked::Phone | Evoked::Discuss if token.pos() == Upos::Verb => &["to", "between", "among"],
                _ if token.pos() == Upos::Verb => &["between", "among"],
                Evoked::Gathering => &["between", "among", "of"],
                Evoked::Phone => &["between", "among", "to", "from"],
                _ => &["between", "among", "of", "by"],
            };
            for other in args.all_with(others) {
                add(Some(other), Role::Actor, None);
            }
            add(args.indirect, Role::Actor, None);
        }
        Evoked::Letter => {
            add(args.agent, Role::Actor, None);
            for (cases, role) in [(["from", "by"], Role::Actor), (["to", "addressed to"], Role::Recipient)] {
                for other in args.all_with(&cases) {
                    add(Some(other), role, None);
                }
            }
        }
        Evoked::Visit => {
            add(args.agent, Role::Actor, Some(Part::Visitor));
            add(args.patient.filter(|patient| *patient != token), Role::Recipient, Some(Part::Host));
            for other in args.all_with(&["to", "with", "by"]) {
                let role =
                    if args.all_with(&["by"]).any(|by| by == other) { Role::Actor } else { Role::Recipient };
                let part = if role == Role::Actor { Part::Visitor } else { Part::Host };
                add(Some(other), role, Some(part));
            }
            for other in args.all_with(&["of"]) {
                add(Some(other), Role::Actor, Some(Part::Visitor));
            }
        }
        Evoked::Host => {
            add(args.agent, Role::Recipient, Some(Part::Host));
            add(args.patient, Role::Actor, Some(Part::Visitor));
        }
        Evoked::Journey => add(args.agent, Role::Actor, Some(Part::Visitor)),
        Evoked::Mediate => {
            add(args.agent, Role::Actor, Some(Part::Mediator));
            for other in args.all_with(&["between", "among", "with"]) {
                add(Some(other), Role::Recipient, Some(Part::Principal));
            }
            add(args.patient, Role::Recipient, Some(Part::Principal));
        }
        Evoked::Summon => {
            add(args.agent.or_else(|| args.with(&["to", "by", "at"])), Role::Actor, Some(Part::Host));
            add(args.patient, Role::Recipient, Some(Part::Visitor));
        }
    }
    let clause = modality::clause_of(token);
    let led = told.taking.iter().any(|taking| taking.tokens.start < clause.i());
    if !led && matches!(clause.tag(), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp) && !is_passive(clause) {
        let part = matches!(evoked, Evoked::Visit | Evoked::Journey).then_some(Part::Visitor);
        let mut found = if subject(clause).is_none() { before_verb(resolved, clause) } else { Vec::new() };
        if found.is_empty() && clause.dep() == Dep::Conj {
            // A conjunct that the tree hung on the wrong word: the sentence's own subject.
            found = subject(clause.sent().root()).map(|subject| who(resolved, subject)).unwrap_or_default();
        }
        for who in found {
            told.take(taking(resolved, &who, Role::Actor, part));
        }
    }
    if token.pos() != Upos::Verb {
        let listed = announced(resolved, token);
        if !listed.is_empty() {
            "consult/list".clone_into(&mut told.rule);
        }
        for who in listed {
            told.take(taking(resolved, &who, Role::Actor, None));
        }
        named_before(coding, token, told);
        shared_agent(coding, token, evoked, args, told);
    }
}

/// "is in Tashkent on a visit", "before his talks with X, Y visited …": the subject of the clause that
/// the noun hangs on, where the noun has no agent that is known.
pub(super) fn shared_agent(
    coding: &Coding<'_>,
    noun: Token<'_>,
    evoked: Evoked,
    args: &Args<'_>,
    told: &mut Told,
) {
    let known = told.taking.iter().any(|taking| taking.role == Role::Actor && taking.tokens.end <= noun.i());
    let pronoun = args.agent.is_some_and(|agent| agent.pos() == Upos::Pron);
    let hangs = noun.dep().is_oblique()
        && matches!(case_of(noun).as_str(), "on" | "for" | "during" | "before" | "after" | "in" | "ahead of");
    if known
        || !hangs
        || !(pronoun || args.agent.is_none())
        || (args.agent.is_none()
            && !matches!(evoked, Evoked::Visit | Evoked::Meet | Evoked::Phone | Evoked::Letter))
    {
        return;
    }
    let part = (evoked == Evoked::Visit).then_some(Part::Visitor);
    for who in subject(noun.head()).map(|subject| who(coding.resolved, subject)).unwrap_or_default() {
        told.take(taking(coding.resolved, &who, Role::Actor, part));
    }
}

pub(super) fn taking(resolved: &Resolved<'_>, who: &Who, role: Role, part: Option<Part>) -> Taking {
    let actor = &resolved.actors[who.actor];
    let personal = actor.is_personal() || (actor.kind == ActorKind::Group && actor.office.is_some());
    Taking { actor: who.actor, tokens: who.tokens.clone(), role, part: part.filter(|_| personal) }
}

/// "US-China talks", "Afghan-Russian consultations": the sides stand before the noun. One side alone
/// ("the Geneva talks", "Afghan talks") names no participant.
pub(super) fn named_before(coding: &Coding<'_>, noun: Token<'_>, told: &mut Told) {
    let resolved = coding.resolved;
    let mut sides: Vec<Who> = Vec::new();
    for child in noun.subtree().filter(|t| t.i() < noun.i() && noun.i() - t.i() <= 5) {
        let Some(mention) = resolved.mention_at(child).map(|at| &resolved.mentions[at]) else { continue };
        if mention.kind == ActorKind::State
            && matches!(
                child.dep(),
                Dep::Amod | Dep::Compound | Dep::Conj | Dep::Nmod | Dep::NmodDesc | Dep::Flat
            )
        {
            for &actor in &mention.actors {
                if !sides.iter().any(|known| known.actor == actor) {
                    sides.push(Who { actor, tokens: mention.tokens.clone(), indirect: true });
                }
            }
        }
    }
    sides.sort_by_key(|side| side.tokens.start);
    if sides.len() >= 2 && told.taking.len() < 2 {
        for side in sides {
            told.take(taking(resolved, &side, Role::Actor, None));
        }
    }
}

/// "met A, and later B", "met A in Oslo and B in Bergen", a list of appointments: one consultation each.
pub(super) fn in_turn(coding: &Coding<'_>, token: Token<'_>, told: Told) -> Vec<Told> {
    let (subjects, objects): (Vec<Taking>, Vec<Taking>) =
        told.taking.iter().cloned().partition(|taking| taking.tokens.start < token.i());
    let separately = told.rule == "consult/list"
        || token
            .children()
            .any(|child| matches!(child.text().to_lowercase().as_str(), "separately" | "separate"));
    let mut groups: Vec<Vec<Taking>> = Vec::new();
    for taking in objects {
        let breaks = groups
            .last()
            .and_then(|group| group.last())
            .is_some_and(|last| separately || stands_apart(coding, last.tokens.end..taking.tokens.start));
        match groups.last_mut().filter(|_| !breaks) {
            Some(group) => group.push(taking),
            None => groups.push(vec![taking]),
        }
    }
    if groups.len() < 2 {
        return vec![told];
    }
    let mut parts = Vec::with_capacity(groups.len());
    for (at, group) in groups.iter().enumerate() {
        let mut part = told.clone();
        let from = group.last().map_or(token.i(), |taking| taking.tokens.end);
        let to = groups
            .get(at + 1)
            .and_then(|next| next.first())
            .map_or(token.sent().range().end, |next| next.tokens.start);
        part.place = coding.resolved.places.iter().position(|place| (from..to).contains(&place.tokens.start));
        part.time = coding.resolved.times.iter().position(|time| (from..to).contains(&time.tokens.start));
        part.taking = subjects.iter().cloned().chain(group.iter().cloned()).collect();
        parts.push(part);
    }
    parts
}

/// Whether the words between two people put their meetings apart: "later", or a place or day of its own.
pub(super) fn stands_apart(coding: &Coding<'_>, between: std::ops::Range<usize>) -> bool {
    let word = |text: &str| {
        matches!(
            text,
            "later" | "then" | "afterwards" | "separately" | "subsequently" | "thereafter" | "earlier"
        )
    };
    let resolved = coding.resolved;
    resolved.doc.span(between.clone()).any(|token| word(&token.text().to_lowercase()))
        || resolved.times.iter().any(|time| between.contains(&time.tokens.start))
        || resolved.places.iter().any(|place| {
            let start = place.tokens.start;
            between.contains(&start) && matches!(resolved.doc.token(start - 1).text(), "in" | "at")
        })
}
