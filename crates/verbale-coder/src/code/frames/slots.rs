//! From slots to participants: who stands where a frame looks for its actor and its recipient.

use verbale_model::Role;
use verbale_nlp::{Dep, Token, Upos};

use super::engine::Evoked;
use super::generic;
use crate::code::Coding;
use crate::code::told::{Taking, Told};
use crate::code::tree::{antecedent, arguments, conjuncts, is_infinitive, is_verbal, obliques, subject};
use crate::code::who::{Who, who, who_or_whose};
use crate::resolve::ActorKind;

/// How far a phrase is searched for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// The head of the phrase alone.
    Head,
    /// Its possessor and modifiers, too.
    Owner,
}

/// Participants in the first slot that names somebody.
pub fn first(coding: &Coding<'_>, evoked: &Evoked<'_, '_>, slots: &[String], role: Role, not: &[Taking]) -> Vec<Taking> {
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
    let first = evoked.frame.recipient.first().map_or("object", String::as_str);
    let object = (first == "object" || first == "owner").then_some(evoked.args.patient).flatten();
    let phrase = object.or_else(|| {
        evoked.frame.recipient.iter().filter(|slot| !matches!(slot.as_str(), "object" | "owner" | "clause" | "clause.agent" | "indirect")).find_map(|slot| evoked.phrases(slot).find(|phrase| coding.resolved.time_at(phrase.i()).is_none() && !evoked.is_gate(*phrase)))
    })?;
    let found = generic::any(coding, phrase, Role::Recipient)?;
    (!not.iter().any(|other| overlap(other, &found))).then_some(found)
}

fn overlap(one: &Taking, other: &Taking) -> bool {
    one.tokens.start < other.tokens.end && other.tokens.start < one.tokens.end
}

fn in_slot(coding: &Coding<'_>, evoked: &Evoked<'_, '_>, slot: &str, role: Role) -> Vec<Taking> {
    let args = &evoked.args;
    match slot {
        "agent" => agent(coding, evoked, role),
        "object" => args.patient.map(|token| people(coding, token, role, Reach::Head)).unwrap_or_default(),
        "owner" => args.patient.map(|token| people(coding, token, role, Reach::Owner)).unwrap_or_default(),
        "indirect" => args.indirect.map(|token| people(coding, token, role, Reach::Owner)).unwrap_or_default(),
        "purpose" => purpose(evoked).map(|clause| super::content::recipients(coding, clause, role)).unwrap_or_default(),
        "in.state" => states_in(coding, evoked, role),
        "clause" => evoked.complement().map(|clause| super::content::recipients(coding, clause, role)).unwrap_or_default(),
        "clause.agent" => evoked.complement().and_then(clause_subject).map(|token| people(coding, token, role, Reach::Owner)).unwrap_or_default(),
        case => {
            let mut phrases: Vec<Token<'_>> = evoked.phrases(case).collect();
            phrases.dedup();
            phrases.retain(|phrase| coding.resolved.time_at(phrase.i()).is_none() && !evoked.is_gate(*phrase));
            let found = phrases.iter().flat_map(|phrase| people(coding, *phrase, role, Reach::Owner)).collect::<Vec<_>>();
            if found.is_empty() { phrases.iter().filter_map(|phrase| generic::thing(coding, *phrase, role)).take(1).collect() } else { found }
        }
    }
}

/// "to help the victims": what an act is for.
fn purpose<'d>(evoked: &Evoked<'_, 'd>) -> Option<Token<'d>> {
    evoked.token.children().find(|child| matches!(child.dep(), Dep::Advcl | Dep::Xcomp | Dep::Acl) && is_infinitive(*child))
}

/// "until the government pays", "unless they leave": the clause that says what is wanted.
fn condition<'d>(evoked: &Evoked<'_, 'd>) -> Option<Token<'d>> {
    let verb = evoked.carrier.unwrap_or(evoked.token);
    let marks = |clause: &Token<'d>| clause.children().any(|mark| mark.dep() == Dep::Mark && matches!(mark.text().to_lowercase().as_str(), "until" | "unless" | "till" | "before" | "if"));
    let clauses = std::iter::once(verb).chain(evoked.complement()).flat_map(|above| above.children().filter(|child| child.dep() == Dep::Advcl).collect::<Vec<_>>());
    clauses.into_iter().find(marks)
}

/// "will not end the strike until the authorities …": without a recipient, or with a mere thing,
/// those whose move it is are addressed.
pub fn whose_move(coding: &Coding<'_>, evoked: &Evoked<'_, '_>, told: &mut Told) {
    let real = |taking: &Taking| taking.role == Role::Recipient && !coding.actor(taking.actor).generic;
    if told.taking.iter().any(real) {
        return;
    }
    for taking in condition(evoked).map(|clause| condition_people(coding, clause, Role::Recipient)).unwrap_or_default() {
        told.take(taking);
    }
}

fn condition_people(coding: &Coding<'_>, clause: Token<'_>, role: Role) -> Vec<Taking> {
    let args = arguments(clause);
    let agent = args.agent.map(|agent| people(coding, agent, role, Reach::Owner)).unwrap_or_default();
    if agent.is_empty() { args.patient.map(|patient| people(coding, patient, role, Reach::Owner)).unwrap_or_default() } else { agent }
}

/// The state where it happened, when the act is one of its authorities: "was arrested in".
fn states_in(coding: &Coding<'_>, evoked: &Evoked<'_, '_>, role: Role) -> Vec<Taking> {
    let found: Vec<Taking> = evoked.phrases("in").flat_map(|phrase| people(coding, phrase, role, Reach::Head)).collect();
    found.into_iter().filter(|taking| coding.actor(taking.actor).kind == ActorKind::State).collect()
}

fn clause_subject(clause: Token<'_>) -> Option<Token<'_>> {
    clause.children().find(|child| child.dep().is_subject())
}

/// Who acts. An unresolved pronoun below a verb of speech is the speaker.
fn agent(coding: &Coding<'_>, evoked: &Evoked<'_, '_>, role: Role) -> Vec<Taking> {
    let Some(token) = evoked.args.agent else {
        return named_before(coding, evoked.token).map(|who| vec![taking(coding, evoked.token, &who, role)]).unwrap_or_default();
    };
    let token = author(coding, token);
    // "the attack on the embassy killed": those attacked do not act.
    if coding.frames.is("attack", token.lemma()) && !coding.frames.is("words", token.lemma()) && who(coding.resolved, token).is_empty() {
        let clause = token.children().find(|child| child.dep() == Dep::Acl).and_then(|clause| clause.child(Dep::OblAgent));
        if let Some(by) = clause {
            return people(coding, by, role, Reach::Owner);
        }
        let by = obliques(token).into_iter().find(|(case, _)| case == "by").map(|(_, by)| people(coding, by, role, Reach::Owner));
        return by.filter(|by| !by.is_empty()).or_else(|| named_before(coding, token).map(|who| vec![taking(coding, token, &who, role)])).unwrap_or_default();
    }
    let found = people(coding, token, role, Reach::Owner);
    if !found.is_empty() {
        return found;
    }
    if token.pos() == Upos::Pron
        && let Some(speaker) = speaker(evoked.carrier.unwrap_or(evoked.token))
    {
        return people(coding, speaker, role, Reach::Owner);
    }
    generic::proper(coding, token, role).into_iter().collect()
}

/// Who speaks through a text: "issued a report accusing", "the senate's resolution condemning".
fn author<'d>(coding: &Coding<'_>, token: Token<'d>) -> Token<'d> {
    if !coding.frames.is("document", token.lemma()) || !who(coding.resolved, token).is_empty() {
        return token;
    }
    let owner = token.child(Dep::NmodPoss);
    let verb = (matches!(token.dep(), Dep::Obj | Dep::Obl) && is_verbal(token.head())).then(|| subject(token.head())).flatten();
    let by = || obliques(token).into_iter().find(|(case, _)| matches!(case.as_str(), "by" | "of" | "from")).map(|(_, by)| by);
    owner.or(verb).or_else(by).unwrap_or(token)
}

/// The subject of the verb of speech above a clause.
fn speaker(clause: Token<'_>) -> Option<Token<'_>> {
    let mut at = clause;
    for _ in 0..4 {
        if at.is_root() {
            return None;
        }
        if at.dep() == Dep::Ccomp && is_verbal(at.head()) {
            return subject(at.head());
        }
        at = at.head();
    }
    None
}

/// Participants that a phrase names.
fn people(coding: &Coding<'_>, token: Token<'_>, role: Role, reach: Reach) -> Vec<Taking> {
    let direct = who(coding.resolved, token);
    if !direct.is_empty() {
        let mut found: Vec<Taking> = direct.iter().map(|who| taking(coding, token, who, role)).collect();
        // "Kuwait and its allies": those without a name stand beside those with one.
        for other in conjuncts(antecedent(token)).into_iter().filter(|part| coding.resolved.mention_at(*part).is_none()) {
            found.extend(generic::group(coding, other, role));
        }
        return found;
    }
    // "his country", "their government" speak as those they belong to.
    if matches!(token.lemma(), "country" | "nation" | "government" | "administration" | "side" | "party" | "state" | "organization" | "organisation" | "office")
        && token.child(Dep::NmodPoss).is_some()
        && reach == Reach::Owner
    {
        let owner: Vec<Taking> = who_or_whose(coding.resolved, token).iter().map(|who| taking(coding, token, who, role)).collect();
        if !owner.is_empty() {
            return owner;
        }
    }
    let group = generic::people(coding, token, role);
    if !group.is_empty() || reach == Reach::Head {
        return group;
    }
    who_or_whose(coding.resolved, token).iter().map(|who| taking(coding, token, who, role)).collect()
}

/// Like [`people`], for callers that have a phrase and no frame.
pub fn named(coding: &Coding<'_>, token: Token<'_>, role: Role) -> Vec<Taking> {
    people(coding, token, role, Reach::Owner)
}

/// A participant, told by its name where the sentence names it besides a pronoun.
fn taking(coding: &Coding<'_>, token: Token<'_>, who: &Who, role: Role) -> Taking {
    let resolved = coding.resolved;
    let sentence = token.sent().range();
    let covers = resolved.mentions.iter().find(|mention| mention.tokens == who.tokens);
    let named = covers.filter(|mention| mention.anaphoric).and_then(|_| {
        resolved
            .mentions
            .iter()
            .filter(|other| !other.anaphoric && !other.adjectival && sentence.contains(&other.tokens.start))
            .rfind(|other| other.actors.contains(&who.actor) && other.tokens.start < who.tokens.start)
    });
    Taking { actor: who.actor, tokens: named.map_or_else(|| who.tokens.clone(), |mention| mention.tokens.clone()), role, part: None }
}

/// "Israeli airstrikes", "the Taliban attack": the side stands before the noun.
pub fn named_before(coding: &Coding<'_>, noun: Token<'_>) -> Option<Who> {
    let before = |child: &Token<'_>| child.i() < noun.i() && matches!(child.dep(), Dep::Amod | Dep::Compound | Dep::NmodPoss | Dep::NmodDesc | Dep::Nmod);
    noun.children().filter(before).find_map(|child| {
        let at = child.subtree().find_map(|token| coding.resolved.mention_at(token))?;
        let mention = &coding.resolved.mentions[at];
        let actor = *mention.actors.first()?;
        Some(Who { actor, tokens: mention.tokens.clone(), indirect: true })
    })
}

/// The phrases of a clause that may name whom it is done to, best first.
pub fn phrases_of(clause: Token<'_>) -> Vec<Token<'_>> {
    let mut found: Vec<Token<'_>> = Vec::new();
    found.extend(clause.child(Dep::Iobj));
    found.extend(clause.child(Dep::Obj));
    let heads: Vec<Token<'_>> = std::iter::once(clause).chain(clause.child(Dep::Obj)).collect();
    for cases in [["with", "to", "against"], ["on", "from", "for"], ["of", "into", "in"], ["at", "by", "between"]] {
        for head in &heads {
            found.extend(obliques(*head).into_iter().filter(|(case, _)| cases.contains(&case.as_str())).map(|(_, token)| token));
        }
    }
    found
}
