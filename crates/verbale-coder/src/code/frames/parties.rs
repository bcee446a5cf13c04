//! Who a phrase names: mentions, groups without a name, owners, those who speak through a text.

use verbale_model::Role;
use verbale_nlp::{Dep, Token, Upos};

use super::engine::Evoked;
use super::generic;
use crate::code::Coding;
use crate::code::told::Taking;
use crate::code::tree::{antecedent, conjuncts, is_verbal, obliques, subject};
use crate::code::who::{Who, who, who_or_whose};

/// How far a phrase is searched for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The head of the phrase alone.
    Head,
    /// Its possessor and modifiers, too.
    Owner,
}

/// Who acts. An unresolved pronoun below a verb of speech is the speaker.
pub fn agent(coding: &Coding<'_>, evoked: &Evoked<'_, '_>, role: Role) -> Vec<Taking> {
    let Some(token) = evoked.args.agent else {
        return named_before(coding, evoked.token)
            .map(|who| vec![taking(coding, evoked.token, &who, role)])
            .unwrap_or_default();
    };
    let token = author(coding, token);
    // "the attack on the embassy killed": those attacked do not act.
    if coding.frames.is("attack", token.lemma())
        && !generic::is_people(coding, token)
        && who(coding.resolved, token).is_empty()
    {
        let clause = token
            .children()
            .find(|child| child.dep() == Dep::Acl)
            .and_then(|clause| clause.child(Dep::OblAgent));
        if let Some(by) = clause {
            return people(coding, by, role, Reach::Owner);
        }
        return doers(coding, token, role);
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
    conjuncts(token).into_iter().filter_map(|part| generic::proper(coding, part, role)).collect()
}

/// Who speaks through a text: "issued a report accusing", "the senate's resolution condemning".
fn author<'d>(coding: &Coding<'_>, token: Token<'d>) -> Token<'d> {
    if !coding.frames.is("document", token.lemma()) || !who(coding.resolved, token).is_empty() {
        return token;
    }
    let owner = token.child(Dep::NmodPoss);
    let verb = (matches!(token.dep(), Dep::Obj | Dep::Obl) && is_verbal(token.head()))
        .then(|| subject(token.head()))
        .flatten();
    let by = || {
        obliques(token)
            .into_iter()
            .find(|(case, _)| matches!(case.as_str(), "by" | "of" | "from"))
            .map(|(_, by)| by)
    };
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

/// Whether a phrase speaks of a harm done and names nobody by its head.
pub fn is_harm(coding: &Coding<'_>, token: Token<'_>) -> bool {
    coding.frames.is("attack", token.lemma()) && who(coding.resolved, token).is_empty()
}

/// Participants that a phrase names.
pub fn people(coding: &Coding<'_>, token: Token<'_>, role: Role, reach: Reach) -> Vec<Taking> {
    let direct = who(coding.resolved, token);
    if !direct.is_empty() {
        let mut found: Vec<Taking> = direct.iter().map(|who| taking(coding, token, who, role)).collect();
        // "Kuwait and its allies": those without a name stand beside those with one.
        for other in conjuncts(antecedent(token))
            .into_iter()
            .filter(|part| coding.resolved.mention_at(*part).is_none())
        {
            found
                .extend(generic::group(coding, other, role).or_else(|| generic::proper(coding, other, role)));
        }
        return found;
    }
    // "his country", "their government" speak as those they belong to.
    if matches!(
        token.lemma(),
        "country"
            | "nation"
            | "government"
            | "administration"
            | "side"
            | "party"
            | "state"
            | "organization"
            | "organisation"
            | "office"
    ) && token.child(Dep::NmodPoss).is_some()
        && reach == Reach::Owner
    {
        let owner: Vec<Taking> =
            who_or_whose(coding.resolved, token).iter().map(|who| taking(coding, token, who, role)).collect();
        if !owner.is_empty() {
            return owner;
        }
    }
    let group = generic::people(coding, token, role);
    if !group.is_empty() || reach == Reach::Head {
        return group;
    }
    let owners: Vec<Taking> =
        who_or_whose(coding.resolved, token).iter().map(|who| taking(coding, token, who, role)).collect();
    if owners.is_empty() { generic::owners(coding, token, role) } else { owners }
}

/// Who did a harm that is spoken of: "the Israeli attack on", not those it befell.
pub fn doers(coding: &Coding<'_>, harm: Token<'_>, role: Role) -> Vec<Taking> {
    let by = obliques(harm)
        .into_iter()
        .find(|(case, _)| case == "by")
        .map(|(_, by)| people(coding, by, role, Reach::Owner));
    by.filter(|by| !by.is_empty())
        .or_else(|| named_before(coding, harm).map(|who| vec![taking(coding, harm, &who, role)]))
        .unwrap_or_default()
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
    Taking {
        actor: who.actor,
        tokens: named.map_or_else(|| who.tokens.clone(), |mention| mention.tokens.clone()),
        role,
        part: None,
    }
}

/// "Israeli airstrikes", "the Taliban attack": the side stands before the noun.
pub fn named_before(coding: &Coding<'_>, noun: Token<'_>) -> Option<Who> {
    let before = |child: &Token<'_>| {
        child.i() < noun.i()
            && matches!(child.dep(), Dep::Amod | Dep::Compound | Dep::NmodPoss | Dep::NmodDesc | Dep::Nmod)
    };
    noun.children().filter(before).find_map(|child| {
        let at = child.subtree().find_map(|token| coding.resolved.mention_at(token))?;
        let mention = &coding.resolved.mentions[at];
        let actor = *mention.actors.first()?;
        Some(Who { actor, tokens: mention.tokens.clone(), indirect: true })
    })
}
