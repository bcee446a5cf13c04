//! Nouns that carry what somebody says: "the ministry's claim that …", "reports that …".

use verbale_nlp::{Dep, Token, Upos};

use super::content::Content;
use super::source;
use super::{Attribution, Finder};
use crate::code::modality::is_negated;
use crate::code::tree::{case_of, is_infinitive, is_passive, is_relative, is_verbal, subject};

/// Verbs that lend their subject to a noun of speech.
const LEND: &[&str] = &[
    "make",
    "express",
    "voice",
    "issue",
    "have",
    "repeat",
    "raise",
    "give",
    "hold",
    "share",
    "offer",
    "reiterate",
    "deliver",
    "release",
    "publish",
    "put",
    "renew",
    "level",
    "file",
    "post",
    "send",
    "reject",
    "deny",
    "dispute",
    "dismiss",
    "push",
    "spread",
];

impl Finder<'_> {
    /// The attribution that a noun with a clause makes.
    pub(super) fn carried(&self, noun: Token<'_>) -> Option<Attribution> {
        if noun.pos() != Upos::Noun || is_negated(noun) {
            return None;
        }
        let clause = noun
            .children()
            .find(|child| child.i() > noun.i() && is_content(*child))
            .filter(|_| self.speech.carries(noun.lemma()));
        let topic = noun.children().find(|child| {
            child.dep() == Dep::Nmod
                && child.i() > noun.i()
                && self.speech.is_about(noun.lemma(), &case_of(*child))
        });
        let said = clause.or(topic)?;
        let found = self
            .holder(noun, said)
            .map(|holder| source::source(self.resolved, self.speech, holder, holder, noun.i()))
            .filter(|source| source.speaks);
        if found.is_none() && !(clause.is_some() && self.speech.is_hearsay(noun.lemma())) {
            return None;
        }
        let mut cue = noun.i()..noun.i() + 1;
        let mut range = said.subtree_span();
        // The preposition is part of the cue.
        if clause.is_none() && range.start == cue.end && range.len() > 1 {
            range.start += 1;
            cue.end += 1;
        }
        let mut content = Content::default();
        content.add(self.resolved, range, std::slice::from_ref(&cue));
        self.made(found, cue, &content, "attribution/noun")
    }

    /// Whose claim: its possessor, "by" whom, or the subject of the verb that it leans on.
    fn holder<'t>(&self, noun: Token<'t>, said: Token<'t>) -> Option<Token<'t>> {
        if let Some(issuer) = source::issuer(noun).filter(|issuer| {
            *issuer != said && source::source(self.resolved, self.speech, *issuer, *issuer, noun.i()).speaks
        }) {
            return Some(issuer);
        }
        let verb = noun.head();
        let leans = noun.dep() == Dep::Obj
            && is_verbal(verb)
            && LEND.contains(&verb.lemma())
            && !is_passive(verb)
            && !is_negated(verb);
        let disowned = matches!(verb.lemma(), "reject" | "deny" | "dispute" | "dismiss");
        if leans && !disowned { subject(verb).filter(|found| *found != noun) } else { None }
    }
}

/// "that …" or "to …": what the noun contains, not a relative clause about it.
fn is_content(clause: Token<'_>) -> bool {
    let that = clause.children().any(|child| child.dep() == Dep::Mark && child.lemma() == "that");
    let relative = clause.children().any(|child| child.dep().is_subject() && is_relative(child));
    match clause.dep() {
        Dep::Ccomp => true,
        Dep::Acl | Dep::AclRelcl => {
            (that && !relative) || (clause.dep() == Dep::Acl && is_infinitive(clause))
        }
        _ => false,
    }
}
