//! Nouns that carry what somebody says: "the ministry's claim that …", "reports that …".

use verbale_nlp::{Dep, Token, Upos};

use super::content::Content;
use super::source;
use super::{Attribution, Finder};
use crate::code::modality::is_negated;
use crate::code::tree::{is_infinitive, is_passive, is_relative, is_verbal, subject};

/// Verbs that lend their subject to a noun of speech.
const LEND: &[&str] = &[
    "make", "express", "voice", "issue", "have", "repeat", "raise", "give", "hold", "share", "offer", "reiterate", "deliver", "release",
    "publish", "put", "renew", "level", "file", "post", "send", "reject", "deny", "dispute", "dismiss", "push", "spread",
];

impl Finder<'_> {
    /// The attribution that a noun with a clause makes.
    pub(super) fn carried(&self, noun: Token<'_>) -> Option<Attribution> {
        if noun.pos() != Upos::Noun || !self.speech.carries(noun.lemma()) || is_negated(noun) {
            return None;
        }
        let clause = noun.children().find(|child| child.i() > noun.i() && is_content(*child))?;
        let holder = self.holder(noun);
        if holder.is_none() && !self.speech.is_hearsay(noun.lemma()) {
            return None;
        }
        let found = holder.map(|holder| source::source(self.resolved, self.speech, holder, holder, noun.i()));
        let found = found.filter(|source| source.speaks);
        if found.is_none() && !self.speech.is_hearsay(noun.lemma()) {
            return None;
        }
        let cue = noun.i()..noun.i() + 1;
        let mut content = Content::default();
        content.add(self.resolved, clause.subtree_span(), std::slice::from_ref(&cue));
        self.made(found, cue, &content, "attribution/noun")
    }

    /// Whose claim: its possessor, "by" whom, or the subject of the verb that it leans on.
    fn holder<'t>(&self, noun: Token<'t>) -> Option<Token<'t>> {
        if let Some(issuer) = source::issuer(noun).filter(|issuer| source::source(self.resolved, self.speech, *issuer, *issuer, noun.i()).speaks) {
            return Some(issuer);
        }
        let verb = noun.head();
        let leans = noun.dep() == Dep::Obj && is_verbal(verb) && LEND.contains(&verb.lemma()) && !is_passive(verb) && !is_negated(verb);
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
        Dep::Acl | Dep::AclRelcl => (that && !relative) || (clause.dep() == Dep::Acl && is_infinitive(clause)),
        _ => false,
    }
}
