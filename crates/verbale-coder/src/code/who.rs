//! Who is in a noun phrase: the actors that an argument of a predicate speaks of.

use std::ops::Range;

use verbale_nlp::{Dep, Token, Upos};

use crate::code::tree::{antecedent, case_of, conjuncts};
use crate::resolve::{Actor, ActorKind, Mentioned, Resolved};

/// How many tokens what stands in brackets behind a name may have.
const LONGEST_BRACKET: usize = 40;

/// One actor found in a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// Index of the actor.
    pub actor: usize,
    /// The tokens that mention it.
    pub tokens: Range<usize>,
    /// Named by possessor or adjective ("Russia's decision"), not by the head of the phrase.
    pub indirect: bool,
}

/// The actors whom a phrase names by its head, coordination spread out: "A, B and C".
pub fn who(resolved: &Resolved<'_>, token: Token<'_>) -> Vec<Who> {
    let mut found: Vec<Who> = Vec::new();
    for part in members(resolved, antecedent(token)) {
        if let Some(mention) = direct_mention(resolved, part) {
            add(&mut found, &resolved.mentions[mention], false);
            led_by(resolved, part, &mut found);
        }
    }
    if found.is_empty() {
        found = announced(resolved, antecedent(token));
    }
    // Brackets and list marks after a name often hide the names that follow from the tree.
    if let Some(first) = found.iter().map(|who| who.tokens.end).min() {
        listed_after(resolved, first, token, &mut found);
    }
    found
}

/// Like [`who`], and where the head names nobody, the possessor, adjective or modifier that does:
/// Iran in "Iran's missile test", Israel in "Israeli airstrikes", Syria in "the army of Syria".
pub fn who_or_whose(resolved: &Resolved<'_>, token: Token<'_>) -> Vec<Who> {
    let direct = who(resolved, token);
    if !direct.is_empty() {
        return direct;
    }
    let mut found = Vec::new();
    for part in conjuncts(antecedent(token)) {
        whose(resolved, part, &mut found, 0);
    }
    found
}

/// A phrase's head and what is coordinated with it, also where the tree hangs the next member on
/// another word of the name or title before: "the ministers of A and B, X and Y" often has Y beside A.
fn members<'d>(resolved: &Resolved<'_>, token: Token<'d>) -> Vec<Token<'d>> {
    let mut all = vec![token];
    let mut at = 0;
    while at < all.len() && all.len() < 64 {
        let here = all[at].i();
        let mention = resolved.mention_at(all[at]).map(|mention| &resolved.mentions[mention]);
        let range = mention.map_or(here..here + 1, |mention| mention.tokens.clone());
        let phrase = mention.map_or(range.clone(), |mention| mention.phrase.clone());
        let own = std::iter::once(here).filter(|own| !range.contains(own));
        let title = phrase.clone().filter(|word| !range.contains(word) && *word != here);
        for word in own.chain(range.clone()).chain(title) {
            let in_name = word == here || range.contains(&word);
            for child in token.doc().token(word).children().filter(|child| child.dep() == Dep::Conj) {
                let outside = if in_name { &range } else { &phrase };
                if !outside.contains(&child.i())
                    && (in_name || is_named_person(resolved, child))
                    && !all.contains(&child)
                {
                    all.push(child);
                }
            }
        }
        at += 1;
    }
    all.sort_by_key(|token| token.i());
    all
}

fn is_named_person(resolved: &Resolved<'_>, token: Token<'_>) -> bool {
    resolved.mention_at(token).is_some_and(|mention| {
        let mention = &resolved.mentions[mention];
        mention.kind == ActorKind::Person && mention.name.is_some()
    })
}

fn whose(resolved: &Resolved<'_>, head: Token<'_>, found: &mut Vec<Who>, depth: usize) {
    if depth > 3 {
        return;
    }
    let modifiers = |child: &Token<'_>| {
        matches!(child.dep(), Dep::NmodPoss | Dep::Amod | Dep::Compound | Dep::Appos | Dep::NmodDesc)
            || (child.dep() == Dep::Nmod
                && matches!(
                    case_of(*child).as_str(),
                    "of" | "by"
                        | "from"
                        | "against"
                        | "in"
                        | "on"
                        | "to"
                        | "for"
                        | "between"
                        | "within"
                        | "inside"
                ))
            || (child.dep() == Dep::Acl && child.children().any(|by| by.dep() == Dep::OblAgent))
    };
    for child in head.children().filter(modifiers) {
        let target =
            if child.dep() == Dep::Acl { child.child(Dep::OblAgent).unwrap_or(child) } else { child };
        for part in conjuncts(target) {
            match resolved.mention_at(part) {
                Some(mention) => add(found, &resolved.mentions[mention], true),
                None => whose(resolved, part, found, depth + 1),
            }
        }
        if !found.is_empty() && child.dep() == Dep::NmodPoss {
            return;
        }
    }
}

/// The mention that a token is the name or the head of; adjectives name nobody here.
fn direct_mention(resolved: &Resolved<'_>, token: Token<'_>) -> Option<usize> {
    let at = resolved.mention_at(token)?;
    let mention = &resolved.mentions[at];
    (!mention.adjectival && !mention.actors.is_empty()).then_some(at)
}

fn add(found: &mut Vec<Who>, mention: &Mentioned, indirect: bool) {
    for &actor in &mention.actors {
        if !found.iter().any(|who| who.actor == actor) {
            found.push(Who { actor, tokens: mention.tokens.clone(), indirect });
        }
    }
}

/// "A delegation led by X" brings X along.
fn led_by(resolved: &Resolved<'_>, head: Token<'_>, found: &mut Vec<Who>) {
    for clause in head.children().filter(|child| matches!(child.dep(), Dep::Acl | Dep::AclRelcl)) {
        if !matches!(clause.lemma(), "lead" | "head" | "chair") {
            continue;
        }
        let leader = clause.children().find(|child| child.dep() == Dep::OblAgent || case_of(*child) == "by");
        if let Some(mention) = leader.and_then(|leader| direct_mention(resolved, leader)) {
            add(found, &resolved.mentions[mention], false);
        }
    }
}

/// "the following: A, B and C", "meetings in Oslo: A; B": a colon after the phrase announces people.
pub fn announced(resolved: &Resolved<'_>, head: Token<'_>) -> Vec<Who> {
    let mut found = Vec::new();
    let sentence = head.sent().range();
    let near = head.subtree_span().end.clamp(head.i() + 1, sentence.end).min(head.i() + 10);
    let Some(colon) =
        (head.i() + 1..sentence.end.min(near + 1)).find(|at| resolved.doc.token(*at).text() == ":")
    else {
        return found;
    };
    let mut next = colon + 1;
    for mention in resolved.mentions.iter().filter(|mention| sentence.contains(&mention.tokens.start)) {
        if mention.tokens.start < next {
            continue;
        }
        let gap = resolved.doc.span(next..mention.tokens.start);
        let joins = |token: Token<'_>| {
            matches!(
                token.text().to_lowercase().as_str(),
                "," | ";" | "and" | "&" | "•" | "-" | "the" | "with"
            )
        };
        if !gap.clone().all(joins) || !matches!(mention.kind, ActorKind::Person | ActorKind::Role) {
            break;
        }
        add(&mut found, mention, false);
        next = mention.phrase.end.max(mention.tokens.end);
    }
    found
}

/// People named one after the other: "A (minister of X) B (minister of Y)", "President A of X, President B of
/// Y and President C of Z", where the tree often loses the later ones.
fn listed_after(resolved: &Resolved<'_>, from: usize, token: Token<'_>, found: &mut Vec<Who>) {
    let limit = token.sent().range().end;
    let by_end = |end: usize| resolved.mentions.iter().position(|mention| mention.tokens.end == end);
    let Some(mut mention) = by_end(from).filter(|at| resolved.mentions[*at].kind == ActorKind::Person) else {
        return;
    };
    while let Some(following) = next_listed(resolved, mention, limit) {
        add(found, &resolved.mentions[following], false);
        mention = following;
    }
}

/// The mention that follows another one in a list of people, if it is in that list.
fn next_listed(resolved: &Resolved<'_>, mention: usize, limit: usize) -> Option<usize> {
    let text = |at: usize| resolved.doc.token(at).text();
    let current = &resolved.mentions[mention];
    let end = after_bracket(resolved, current.tokens.end, limit)
        .unwrap_or_else(|| current.phrase.end.max(current.tokens.end));
    let bracketed = end > current.tokens.end && text(end - 1) == ")";
    let mut next = end;
    while next < limit && matches!(text(next), "," | ";" | "and" | "&" | "•" | "-") {
        next += 1;
    }
    let starts = |at: usize| {
        let at = resolved.mentions.iter().position(|other| other.tokens.start == at && at < limit)?;
        (resolved.mentions[at].kind == ActorKind::Person).then_some(at)
    };
    // The first word of a name may be no name to the tagger: "Per Holm".
    let capital = next < limit && text(next).starts_with(char::is_uppercase);
    let following = starts(next).or_else(|| starts(next + 1).filter(|_| bracketed && capital))?;
    let other = &resolved.mentions[following];
    let titled = other.name.as_ref().is_some_and(|name| name.start > other.tokens.start);
    let after = resolved.doc.token(other.phrase.end.min(limit - 1));
    let acts = matches!(after.pos(), Upos::Verb | Upos::Aux);
    (bracketed || !(next == end || !titled || acts)).then_some(following)
}

/// Where a bracket that opens at `at` ends, its closing mark included.
fn after_bracket(resolved: &Resolved<'_>, at: usize, limit: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for at in (at..limit).take(LONGEST_BRACKET) {
        match resolved.doc.token(at).text() {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return (resolved.doc.token(at).text() == ")").then_some(at + 1);
        }
    }
    None
}

/// Whom a finite verb without a subject in the tree has right before it: long appositions and fronted
/// participles draw the subject away.
pub fn before_verb(resolved: &Resolved<'_>, verb: Token<'_>) -> Vec<Who> {
    let first = verb
        .children()
        .filter(|child| matches!(child.dep(), Dep::Aux | Dep::AuxPass) && child.i() < verb.i())
        .map(Token::i)
        .min();
    let mut at = first.unwrap_or(verb.i());
    let start = verb.sent().range().start;
    if at > start && resolved.doc.token(at - 1).text() == "," {
        at -= 1;
    }
    let mention = resolved.mentions.iter().find(|mention| {
        mention.tokens.start >= start
            && (mention.tokens.end == at || mention.phrase.end == at)
            && !mention.adjectival
    });
    let mut found = Vec::new();
    if let Some(mention) = mention {
        add(&mut found, mention, false);
    }
    found
}

/// Whether an actor is a public one: a state, an organisation, somebody in or out of office, a
/// party, an army, an armed group.
pub fn is_public(actor: &Actor) -> bool {
    use verbale_model::ontology::Sector;
    let private = matches!(
        actor.sector,
        Some(
            Sector::Bus
                | Sector::Cvl
                | Sector::Jrn
                | Sector::Edu
                | Sector::Med
                | Sector::Unk
                | Sector::Crm
                | Sector::Agr
                | Sector::Lab
        )
    );
    match actor.kind {
        ActorKind::State | ActorKind::Organisation => true,
        _ => {
            actor.side.is_some()
                || (actor.sector.is_some() && !private)
                || (actor.office.is_some() && !private)
        }
    }
}

/// Whether a token could name people at all: not a thing, a number or a time.
pub fn is_nominal(token: Token<'_>) -> bool {
    matches!(token.pos(), Upos::Noun | Upos::Propn | Upos::Pron)
}
