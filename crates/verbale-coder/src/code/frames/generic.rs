//! Participants without a name: "residents", "a charity", "an army camp", "the port of …".

use std::ops::Range;

use verbale_model::Role;
use verbale_nlp::{Dep, Token, Upos};

use crate::code::Coding;
use crate::code::circumstances::noun_group;
use crate::code::told::Taking;
use crate::code::tree::{case_of, conjuncts};
use crate::resolve::mentions::root_of;
use crate::resolve::{Actor, ActorKind};

/// Groups that a phrase names by a noun for people or organisations.
pub fn people(coding: &Coding<'_>, token: Token<'_>, role: Role) -> Vec<Taking> {
    conjuncts(token).into_iter().filter_map(|part| group(coding, part, role)).collect()
}

/// Whether a noun is one for people or organisations, by its lemma or, where the model made one up, by its form.
pub fn is_people(coding: &Coding<'_>, noun: Token<'_>) -> bool {
    let form = noun.text().to_lowercase();
    coding.frames.is("words", noun.lemma())
        || coding.frames.is("words", form.strip_suffix('s').unwrap_or(&form))
}

/// The group that one noun names.
pub fn group(coding: &Coding<'_>, head: Token<'_>, role: Role) -> Option<Taking> {
    counted(coding, head, role, 0)
}

fn counted(coding: &Coding<'_>, head: Token<'_>, role: Role, depth: usize) -> Option<Taking> {
    if depth > 2 || coding.resolved.time_at(head.i()).is_some() {
        return None;
    }
    let partitive =
        coding.frames.is("partitive", head.lemma()) || matches!(head.pos(), Upos::Num | Upos::Det);
    if partitive {
        let inner = head.children().find(|child| {
            child.dep() == Dep::Nmod && matches!(case_of(*child).as_str(), "of" | "from" | "among")
        });
        if let Some(found) = inner.and_then(|inner| counted(coding, inner, role, depth + 1)) {
            return Some(found);
        }
        if let Some(found) = inner.and_then(|inner| named(coding, inner, role)) {
            return Some(found);
        }
    }
    let people = matches!(head.pos(), Upos::Noun | Upos::Propn | Upos::Adj) && is_people(coding, head);
    (people && head.dep() != Dep::Compound).then(|| add(coding, head, role))
}

/// The people of a thing, where the resolver knows none: "the needs of thousands of people", "Okafor's decision".
pub fn owners(coding: &Coding<'_>, thing: Token<'_>, role: Role) -> Vec<Taking> {
    let belongs = |child: &Token<'_>| {
        child.dep() == Dep::NmodPoss
            || (child.dep() == Dep::Nmod && matches!(case_of(*child).as_str(), "of" | "by"))
    };
    thing
        .children()
        .filter(belongs)
        .find_map(|child| group(coding, child, role).or_else(|| proper(coding, child, role)))
        .into_iter()
        .collect()
}

/// A place of the resolver's, by the state that it names or else by itself.
pub fn place(coding: &Coding<'_>, at: usize, role: Role) -> Option<Taking> {
    let tokens = coding.resolved.places.get(at)?.tokens.clone();
    let head = coding.resolved.doc.token(root_of(coding.resolved.doc, &tokens));
    named(coding, head, role).or_else(|| Some(add(coding, head, role)))
}

/// The mention at a token, as a participant.
fn named(coding: &Coding<'_>, token: Token<'_>, role: Role) -> Option<Taking> {
    let mention = &coding.resolved.mentions[coding.resolved.mention_at(token)?];
    let actor = *mention.actors.first().filter(|_| !mention.adjectival)?;
    Some(Taking { actor, tokens: mention.tokens.clone(), role, part: None })
}

/// A thing or place that is hit, held or closed, where nobody is named: its phrase stands for those there.
pub fn thing(coding: &Coding<'_>, token: Token<'_>, role: Role) -> Option<Taking> {
    if coding.resolved.time_at(token.i()).is_some() {
        return None;
    }
    let place = coding.resolved.place_at(token.i()).is_some();
    let target = coding.frames.is("targets", token.lemma()) && token.pos() == Upos::Noun;
    (place || target).then(|| add(coding, token, role)).or_else(|| proper(coding, token, role))
}

/// Any noun phrase: the last resort.
pub fn any(coding: &Coding<'_>, token: Token<'_>, role: Role) -> Option<Taking> {
    let noun =
        matches!(token.pos(), Upos::Noun | Upos::Propn) && coding.resolved.time_at(token.i()).is_none();
    noun.then(|| add(coding, token, role))
}

/// A proper name that the resolver knows nothing of.
pub fn proper(coding: &Coding<'_>, token: Token<'_>, role: Role) -> Option<Taking> {
    let unknown = token.pos() == Upos::Propn
        && coding.resolved.mention_at(token).is_none()
        && coding.resolved.time_at(token.i()).is_none();
    unknown.then(|| add(coding, token, role))
}

fn add(coding: &Coding<'_>, head: Token<'_>, role: Role) -> Taking {
    let tokens = phrase(head);
    let mut actor = Actor::new(ActorKind::Group, coding.resolved.doc.slice(tokens.clone()));
    actor.generic = true;
    Taking { actor: coding.add_actor(actor), tokens, role, part: None }
}

/// A noun with its modifiers before it and the prepositional phrases after it, without clauses:
/// "at least 48 people in two provinces".
fn phrase(head: Token<'_>) -> Range<usize> {
    let mut tokens = noun_group(head);
    for child in head.children() {
        let span = child.subtree_span();
        let after = child.dep() == Dep::Nmod
            && span.start == tokens.end
            && !child.subtree().any(|below| below.dep() == Dep::AclRelcl || below.pos() == Upos::Punct);
        if after {
            tokens.end = span.end;
        }
    }
    tokens
}
