//! Nouns that carry what somebody says: "the ministry's claim that …", "reports that …".

use verbale_nlp::{Dep, Token, Upos};

use super::content::Content;
use super::reported::cue;
use super::source;
use super::{Attribution, Finder};
use crate::code::modality::is_negated;
use crate::code::tree::{case_of, is_infinitive, is_passive, is_relative, is_verbal, subject};

/// Most tokens between a verb and the noun of speech that it carries.
const FARTHEST: usize = 5;

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
        let about = |child: Token<'_>| self.speech.about(noun.lemma(), &case_of(child));
        let topic = noun
            .children()
            .find(|child| child.dep() == Dep::Nmod && child.i() > noun.i() && about(*child).is_some());
        let said = clause.or(topic)?;
        let act = clause.is_none() && about(said) == Some(true);
        let found = self
            .holder(noun, said, act)
            .map(|holder| source::source(self.resolved, self.speech, holder, holder, noun.i()))
            .filter(|source| source.speaks);
        if found.is_none() && !(clause.is_some() && self.speech.is_hearsay(noun.lemma())) {
            return None;
        }
        let mut cue = self.carrier(noun).unwrap_or(noun.i())..noun.i() + 1;
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

    /// Where the cue begins when a verb that says little of itself carries the noun: "made the claim that".
    fn carrier(&self, noun: Token<'_>) -> Option<usize> {
        let verb = noun.head();
        let light = noun.dep() == Dep::Obj
            && LEND.contains(&verb.lemma())
            && self.speech.verb(verb.lemma()).is_none()
            && verb.i() < noun.i()
            && noun.i() - verb.i() <= FARTHEST;
        light.then(|| cue(verb).start)
    }

    /// "Made clear that …".
    pub(super) fn made_clear(&self, verb: Token<'_>) -> Option<Attribution> {
        if verb.lemma() != "make" || is_negated(verb) || is_passive(verb) {
            return None;
        }
        let clear = verb.children().find(|child| child.lemma() == "clear" && child.i() > verb.i())?;
        let said = verb
            .children()
            .chain(clear.children())
            .find(|child| child.dep() == Dep::Ccomp && child.i() > clear.i())?;
        let head = subject(verb)?;
        let found = source::source(self.resolved, self.speech, head, head, verb.i());
        let cue = cue(verb).start..clear.i() + 1;
        let mut content = Content::default();
        content.add(self.resolved, said.subtree_span(), std::slice::from_ref(&cue));
        self.made(Some(found).filter(|found| found.speaks), cue, &content, "attribution/reported")
    }

    /// Whose claim: its possessor, "by" whom, or the subject of the verb that it leans on.
    /// For an act, the subject alone.
    fn holder<'t>(&self, noun: Token<'t>, said: Token<'t>, act: bool) -> Option<Token<'t>> {
        if let Some(issuer) = source::issuer(noun).filter(|issuer| {
            !act && *issuer != said
                && source::source(self.resolved, self.speech, *issuer, *issuer, noun.i()).speaks
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
