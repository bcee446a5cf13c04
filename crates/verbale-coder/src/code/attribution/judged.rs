//! Judgements, stances, vows and requests: objects, predicates, infinitives, prepositions and passives.

use std::ops::Range;

use verbale_nlp::{Dep, Token, Upos, Xpos};

use super::Finder;
use super::content::{Content, beside, clause};
use super::reported::{Saying, cue, has_subject};
use crate::code::tree::{case_of, is_infinitive, is_relative};

impl Finder<'_> {
    /// Infinitives, predicates, objects and prepositional objects.
    pub(super) fn judged(
        &self,
        saying: &Saying<'_>,
        content: &mut Content,
        avoid: &[Range<usize>],
    ) -> Option<&'static str> {
        let (verb, takes) = (saying.verb, saying.takes);
        let object = object_of(saying);
        let infinitive = verb
            .children_by(&[Dep::Xcomp, Dep::Advcl, Dep::Ccomp])
            .find(|child| is_infinitive(*child) && child.i() > verb.i());
        if takes.request
            && let (Some(asked), Some(infinitive)) =
                (object.or(verb.child(Dep::Iobj)), infinitive.filter(|child| child.dep() != Dep::Advcl))
        {
            if self.left_to_frames(saying) {
                return None;
            }
            content.add(self.resolved, asked.subtree_span().start..clause(infinitive, &[]).end, avoid);
            return Some("attribution/request");
        }
        if takes.infinitive
            && let Some(infinitive) = infinitive.filter(|child| child.dep() == Dep::Xcomp)
        {
            content.add(self.resolved, clause(infinitive, &[verb.i()]), avoid);
            return Some("attribution/reported");
        }
        let predicate =
            verb.child(Dep::Xcomp).or_else(|| as_phrase(verb)).filter(|predicate| predicate.i() > verb.i());
        // "Considered leaving": what is weighed is no judgement.
        let predicate =
            predicate.filter(|predicate| predicate.tag() != Xpos::Vbg || verb.lemma() != "consider");
        if takes.predicate
            && let Some(predicate) = predicate
        {
            let start = object.map_or(predicate.subtree_span().start, |object| object.subtree_span().start);
            let range = start..predicate.subtree_span().end;
            content.add(self.resolved, beside(range, predicate.i(), &saying.frame), avoid);
            return Some("attribution/judgement");
        }
        if takes.object
            && !is_restrictive(verb)
            && let Some(object) = object.filter(|object| !is_relative(*object) && !is_reflexive(*object))
        {
            let mut range = object.subtree_span();
            // "accused X of …", "criticised X for …", "praised X as …"
            for child in verb
                .children()
                .filter(|child| child.i() > object.i() && matches!(child.dep(), Dep::Obl | Dep::Advcl))
            {
                let case = case_or_mark(child);
                if matches!(case.as_str(), "of" | "for" | "as" | "over")
                    && child.subtree_span().start <= range.end + 1
                {
                    range.end = range.end.max(child.subtree_span().end);
                }
            }
            content.add(self.resolved, beside(range, object.i(), &saying.frame), avoid);
            return Some("attribution/stance");
        }
        let governed = self.topic(saying)?;
        let mut range = after_case(governed)?;
        if let Some(infinitive) = infinitive.filter(|infinitive| infinitive.i() > governed.i()) {
            range.end = range.end.max(infinitive.subtree_span().end);
        }
        content.add(self.resolved, range, avoid);
        Some("attribution/topic")
    }

    /// What a verb speaks about: the object of a preposition that it governs, and no circumstance.
    fn topic<'t>(&self, saying: &Saying<'t>) -> Option<Token<'t>> {
        let verb = saying.verb;
        verb.children().find(|child| {
            (child.dep() == Dep::Obl || child.dep() == Dep::Advcl)
                && child.i() > verb.i()
                && saying.takes.after.contains(&case_or_mark(*child))
                && self.resolved.time_at(child.i()).is_none()
                && !matches!(
                    child.lemma(),
                    "condition" | "behalf" | "phone" | "telephone" | "record" | "background" | "basis"
                )
        })
    }

    /// "A poll shows X ahead": what a document shows, from its object to the end of the clause.
    pub(super) fn evidence(
        &self,
        saying: &Saying<'_>,
        content: &mut Content,
        avoid: &[Range<usize>],
    ) -> bool {
        let document = saying.head.is_some_and(|head| self.speech.is_document(head.lemma()));
        let object = object_of(saying).filter(|object| !is_relative(*object));
        let Some(object) = object.filter(|_| document && saying.takes.evidence) else {
            return false;
        };
        content.add(self.resolved, object.subtree_span().start..clause(saying.verb, &[]).end, avoid);
        !content.is_empty()
    }

    /// A standing appeal by a collective is told by the frames.
    fn left_to_frames(&self, saying: &Saying<'_>) -> bool {
        saying.head.is_some_and(|head| self.speech.is_collective(head.lemma()))
    }

    /// "It was announced that …", "is said to …", "has been described as …".
    pub(super) fn passive(&self, saying: &Saying<'_>, content: &mut Content) -> Option<&'static str> {
        let (verb, takes) = (saying.verb, saying.takes);
        let avoid = [cue(verb)];
        let subject = verb.children().find(|child| child.dep().is_subject() || child.dep() == Dep::Csubj);
        let spoken = takes.clause || takes.quote;
        let finite = verb
            .children_by(&[Dep::Ccomp, Dep::Csubj, Dep::CsubjPass])
            .next()
            .or_else(|| that_clause(saying.head?));
        if spoken && let Some(finite) = finite {
            content.add(
                self.resolved,
                beside(clause(finite, &[verb.i()]), finite.i(), &saying.frame),
                &avoid,
            );
            return Some("attribution/reported");
        }
        // "As reported by the agency, …".
        if spoken && saying.head.is_some() {
            self.around(saying, content, &avoid);
            if !content.is_empty() {
                return Some("attribution/reported");
            }
        }
        // "Asked about the talks": nobody says who asked.
        if verb.lemma() == "ask"
            && let Some(range) = self.topic(saying).and_then(after_case)
        {
            content.add(self.resolved, range, &avoid);
            return Some("attribution/topic");
        }
        if is_naming(saying) {
            return None;
        }
        let infinitive =
            verb.child(Dep::Xcomp).filter(|child| is_infinitive(*child) && verb.lemma() != "suppose");
        let predicate =
            as_phrase(verb).or_else(|| verb.child(Dep::Xcomp).filter(|child| !is_infinitive(*child)));
        let said = match (infinitive, predicate) {
            (Some(infinitive), _) if spoken => infinitive,
            (_, Some(predicate)) if takes.predicate && predicate.i() > verb.i() => predicate,
            _ if takes.object
                && saying.head.is_some()
                && subject.is_some_and(|subject| subject.pos() != Upos::Pron) =>
            {
                content.add(self.resolved, beside(subject?.subtree_span(), subject?.i(), &avoid[0]), &avoid);
                return Some("attribution/stance");
            }
            _ => return None,
        };
        if let Some(subject) = subject.filter(|subject| !is_relative(*subject) && subject.i() < verb.i()) {
            content.add(self.resolved, beside(subject.subtree_span(), subject.i(), &avoid[0]), &avoid);
        }
        let mut range = said.subtree_span();
        if self.resolved.doc.token(range.start).lemma() == "as" && range.start == verb.i() + 1 {
            range.start += 1;
        }
        content.add(self.resolved, range, &avoid);
        Some("attribution/judgement")
    }
}

fn object_of<'t>(saying: &Saying<'t>) -> Option<Token<'t>> {
    let verb = saying.verb;
    verb.child(Dep::Obj).filter(|object| Some(*object) != saying.head && object.i() > verb.i())
}

/// The words behind the preposition, which is part of the cue.
fn after_case(governed: Token<'_>) -> Option<Range<usize>> {
    let mut range = governed.subtree_span();
    let case = governed.children().find(|child| matches!(child.dep(), Dep::Case | Dep::Mark))?;
    range.start = range.start.max(case.i() + 1);
    Some(range)
}

/// "A place called Hope", "is named Anna": what something is called by everybody is no judgement.
fn is_naming(saying: &Saying<'_>) -> bool {
    let verb = saying.verb;
    let reduced = matches!(verb.dep(), Dep::Acl);
    let name = verb.child(Dep::Xcomp).is_some_and(|name| name.pos() == Upos::Propn);
    saying.head.is_none()
        && matches!(verb.lemma(), "call" | "name" | "dub" | "nickname" | "term" | "know")
        && (reduced || name)
}

/// "described as useful": the phrase after "as". Right behind the verb it is the verb's, wherever
/// the tree hangs it.
fn as_phrase(verb: Token<'_>) -> Option<Token<'_>> {
    let below = verb.children().find(|child| {
        child.i() > verb.i()
            && matches!(child.dep(), Dep::Obl | Dep::Advcl | Dep::Xcomp | Dep::Ccomp)
            && case_or_mark(*child) == "as"
    });
    below.or_else(|| {
        let next = verb.next().filter(|next| next.lemma() == "as" && next.dep() == Dep::Case)?;
        Some(next.head()).filter(|head| head.i() > next.i() && head.sent() == verb.sent())
    })
}

fn case_or_mark(token: Token<'_>) -> String {
    let case = case_of(token);
    if !case.is_empty() {
        return case;
    }
    token.child(Dep::Mark).map(|mark| mark.text().to_lowercase()).unwrap_or_default()
}

/// "Voters who support the plan": words that pick people out report no stance of theirs.
fn is_restrictive(verb: Token<'_>) -> bool {
    verb.dep() == Dep::AclRelcl
        && verb
            .children()
            .find(|child| child.dep().is_subject() && is_relative(*child))
            .and_then(|pronoun| pronoun.i().checked_sub(1))
            .is_some_and(|at| verb.doc().token(at).pos() != Upos::Punct)
}

fn is_reflexive(token: Token<'_>) -> bool {
    let text = token.text().to_lowercase();
    text.ends_with("self") || text.ends_with("selves")
}

/// "It was announced by X that …": the clause that the tree hangs on the agent.
pub(super) fn that_clause(agent: Token<'_>) -> Option<Token<'_>> {
    agent.children_by(&[Dep::Acl, Dep::Ccomp, Dep::AclRelcl]).find(|clause| {
        clause.children().any(|child| child.dep() == Dep::Mark && child.lemma() == "that")
            && has_subject(*clause)
    })
}
