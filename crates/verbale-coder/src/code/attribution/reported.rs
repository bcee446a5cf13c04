//! Verbs of speech and thought with their subject: "X said that …", "“…,” said X", "X called it a mistake".

use std::ops::Range;

use verbale_nlp::{Dep, Token, Upos, Xpos};

use super::content::{Content, beside, clause};
use super::judged::that_clause;
use super::source::{self, Source};
use super::speech::Takes;
use super::{Attribution, Finder};
use crate::code::modality::is_negated;
use crate::code::tree::{by_phrase, is_infinitive, is_passive, is_relative, is_verbal, own_subject, subject};

/// Farthest gap in tokens between a word of speech with its source and the quotation beside it.
pub(super) const GAP: usize = 14;

/// One verb of speech with its surroundings.
pub(super) struct Saying<'s> {
    pub(super) verb: Token<'s>,
    pub(super) takes: &'s Takes,
    /// The subject or agent.
    pub(super) head: Option<Token<'s>>,
    pub(super) source: Option<Source>,
    /// Verb and source with everything between them.
    pub(super) frame: Range<usize>,
}

impl Finder<'_> {
    /// The attribution that a verb makes.
    pub(super) fn reported(&self, verb: Token<'_>) -> Option<Attribution> {
        if !matches!(verb.pos(), Upos::Verb | Upos::Aux) {
            return None;
        }
        let takes = self.speech.verb(verb.lemma())?;
        if !self.told(verb, takes) || self.own_words(verb) {
            return None;
        }
        let passive = is_passive(verb);
        let subject_token = if passive { by_phrase(verb) } else { self.speaker(verb) };
        let named = verb
            .children()
            .find(|child| child.dep().is_subject() && is_relative(*child))
            .filter(|_| !passive);
        let mut source = subject_token
            .map(|head| source::source(self.resolved, self.speech, head, named.unwrap_or(head), verb.i()));
        if passive
            && let (Some(head), Some(source)) = (subject_token, source.as_mut())
            && let Some(clause) = that_clause(head)
        {
            source.span.end = source.span.end.min(clause.subtree_span().start).max(source.span.start + 1);
        }
        let cue = cue(verb);
        let mut frame = cue.clone();
        if let Some(source) = &source {
            let near = source.span.end + GAP > cue.start && source.span.start < cue.end + GAP;
            if near && self.resolved.doc.token(source.span.start).sent() == verb.sent() {
                frame = frame.start.min(source.span.start)..frame.end.max(source.span.end);
            }
        }
        let saying = Saying { verb, takes, head: subject_token, source, frame };
        let mut content = Content::default();
        let rule =
            if passive { self.passive(&saying, &mut content) } else { self.active(&saying, &mut content) }?;
        let mut attribution = self.made(saying.source.clone(), cue, &content, rule)?;
        attribution.cue = self.governed(verb, attribution.cue, &attribution.content);
        self.circumstances(verb, &mut attribution);
        Some(attribution)
    }

    /// Who speaks: beside a closing quotation mark the noun phrase next to the verb, else the subject.
    fn speaker<'t>(&self, verb: Token<'t>) -> Option<Token<'t>> {
        let own = own_subject(verb).map(crate::code::tree::antecedent);
        let beside =
            self.speech.verb(verb.lemma()).filter(|takes| takes.quote).and_then(|_| self.beside_quote(verb));
        if let (Some(beside), Some(subject)) = (beside, own)
            && !subject.subtree_span().contains(&beside.i())
        {
            return Some(beside);
        }
        own.or(beside)
            .or_else(|| lost(verb))
            .or_else(|| subject(verb).filter(|found| found.i() != verb.i() && found.pos() != Upos::Verb))
    }

    /// A verb told as having been said: not denied, supposed, ordered or asked about.
    ///
    /// What somebody does not think, want or support is still that person's stance.
    fn told(&self, verb: Token<'_>, takes: &Takes) -> bool {
        // A negation among the quoted words is theirs.
        if is_negated(verb) && verb.children().any(|child| self.negates(child)) {
            return takes.attitude
                && !verb.children().any(|child| matches!(child.dep(), Dep::Mark) && child.lemma() == "if");
        }
        if is_unspoken(verb, takes) {
            return false;
        }
        let supposed = verb.children().any(|child| {
            let word = child.text().to_lowercase();
            match child.dep() {
                Dep::Aux => {
                    matches!(
                        word.as_str(),
                        "might" | "should" | "must" | "let" | "may" | "could" | "can" | "would"
                    )
                }
                Dep::Mark => matches!(word.as_str(), "if" | "unless" | "whether"),
                _ => false,
            }
        });
        let imperative = verb.is_root() && verb.tag() == Xpos::Vb && subject(verb).is_none();
        let let_us = !verb.is_root() && verb.head().lemma() == "let";
        !supposed && !imperative && !let_us
    }

    fn negates(&self, child: Token<'_>) -> bool {
        let word = child.text().to_lowercase();
        matches!(word.as_str(), "not" | "n't" | "n’t" | "never" | "no" | "neither" | "nor" | "without")
            && !self.resolved.quotes.iter().any(|quote| quote.outer.contains(&child.i()))
    }

    /// What somebody quoted says of others' words is on that one's word alone, and a reader is no source.
    fn own_words(&self, verb: Token<'_>) -> bool {
        self.resolved.quotes.iter().any(|quote| quote.tokens.contains(&verb.i()))
            || own_subject(verb).is_some_and(|head| head.text().eq_ignore_ascii_case("you"))
    }

    fn active(&self, saying: &Saying<'_>, content: &mut Content) -> Option<&'static str> {
        let source = saying.source.as_ref()?;
        let verb = saying.verb;
        let speaks = source.speaks || saying.takes.things;
        let avoid = [cue(verb), source.span.clone()];
        if saying.takes.clause && speaks {
            self.complement(saying, content, &avoid);
        }
        if content.is_empty() && saying.takes.quote && speaks {
            self.around(saying, content, &avoid);
        }
        if saying.takes.quote && speaks {
            self.quoted(saying, content);
        }
        if !content.is_empty() {
            return Some(if content.quotes.is_empty() {
                "attribution/reported"
            } else {
                "attribution/quote"
            });
        }
        if saying.takes.clause
            && speaks
            && (self.relative(saying, content, &avoid) || self.before(saying, content, &avoid))
        {
            return Some("attribution/reported");
        }
        if self.evidence(saying, content, &avoid) {
            return Some("attribution/reported");
        }
        if !source.speaks || source.channel.is_some() {
            return None;
        }
        self.judged(saying, content, &avoid)
    }

    /// The clause that is the verb's complement.
    fn complement(&self, saying: &Saying<'_>, content: &mut Content, avoid: &[Range<usize>]) {
        let verb = saying.verb;
        let is_subject = |child: Token<'_>| Some(child) == saying.head;
        for child in verb.children().filter(|child| !is_subject(*child)) {
            let after = child.i() > verb.i();
            let fits = match child.dep() {
                Dep::Ccomp => true,
                Dep::Csubj => !after,
                Dep::Parataxis | Dep::Obj | Dep::Dep => after && is_verbal(child) && has_subject(child),
                Dep::Xcomp => !is_infinitive(child) && is_verbal(child) && has_subject(child),
                _ => false,
            };
            if fits {
                let range = clause(child, &[verb.i()]);
                content.add(self.resolved, beside(range, child.i(), &saying.frame), avoid);
            }
        }
    }

    /// The preposition that a verb governs stands in the cue: "called for", "referring to".
    fn governed(&self, verb: Token<'_>, cue: Range<usize>, content: &Range<usize>) -> Range<usize> {
        let next = self.resolved.doc.token(cue.end);
        let leads = cue.end + 1 == content.start || (next.lemma() == "as" && content.contains(&cue.start));
        let preposition = matches!(next.pos(), Upos::Adp | Upos::Sconj)
            && next.lemma() != "that"
            && leads
            && next.sent() == verb.sent();
        if preposition { cue.start..cue.end + 1 } else { cue }
    }
}

/// The subject that the tree gave to the participle behind it: "members hoping to delay it say".
fn lost(verb: Token<'_>) -> Option<Token<'_>> {
    let participle = verb.children().find(|child| {
        child.dep() == Dep::Advcl && child.i() < verb.i() && matches!(child.tag(), Xpos::Vbg | Xpos::Vbn)
    })?;
    let commas = verb.doc().span(participle.i()..verb.i()).any(|token| token.text() == ",");
    own_subject(participle).filter(|found| found.i() < participle.i() && !commas)
}

/// Verbs after which an infinitive tells what is done all the same: "went on to say", "refused to endorse".
const DONE: &[&str] = &[
    "appear", "begin", "come", "continue", "decline", "go", "happen", "proceed", "refuse", "return", "rise",
    "seem", "stand", "start", "step", "tend", "use",
];

/// An infinitive that is somebody's aim, chance or order, and no act: "a chance to condemn", "wants to announce".
fn is_unspoken(verb: Token<'_>, takes: &Takes) -> bool {
    let mut act = verb;
    while !act.is_root() && is_infinitive(act) {
        let above = act.head();
        let aim = match act.dep() {
            Dep::Xcomp => is_negated(above) || !DONE.contains(&above.lemma()),
            // "Took to Twitter to say": a purpose that was served, where words were said.
            Dep::Advcl => !takes.quote,
            Dep::Acl | Dep::AclRelcl | Dep::Csubj | Dep::Ccomp => true,
            _ => false,
        };
        if aim {
            return true;
        }
        act = above;
    }
    false
}

/// The verb with auxiliaries, adverbs and particles that touch it.
pub(super) fn cue(verb: Token<'_>) -> Range<usize> {
    let (mut start, mut end) = (verb.i(), verb.i() + 1);
    let before: Vec<usize> = verb
        .children()
        .filter(|child| {
            matches!(child.dep(), Dep::Aux | Dep::AuxPass | Dep::Advmod)
                || (child.dep() == Dep::Mark && child.tag() == Xpos::To)
        })
        .filter(|child| child.children().next().is_none())
        .map(Token::i)
        .collect();
    while start > 0 && before.contains(&(start - 1)) && !wh(verb.doc().token(start - 1)) {
        start -= 1;
    }
    while verb.children().any(|child| child.i() == end && child.dep() == Dep::CompoundPrt) {
        end += 1;
    }
    // "Said repeatedly", "noted wryly".
    let manner = |child: &Token<'_>| {
        child.i() == end
            && child.dep() == Dep::Advmod
            && child.text().ends_with("ly")
            && child.children().next().is_none()
    };
    end += usize::from(verb.children().any(|child| manner(&child)));
    // "Went on to say", "refused to endorse": what leads to the infinitive right before it.
    if is_infinitive(verb) && verb.dep() == Dep::Xcomp && DONE.contains(&verb.head().lemma()) {
        let lead = cue(verb.head());
        if lead.end == start && lead.len() < 5 {
            start = lead.start;
        }
    }
    start..end
}

fn wh(token: Token<'_>) -> bool {
    matches!(token.text().to_lowercase().as_str(), "when" | "where" | "how" | "why" | "as")
}

pub(super) fn has_subject(token: Token<'_>) -> bool {
    token
        .children()
        .any(|child| child.dep().is_subject() || child.dep() == Dep::Expl || child.dep() == Dep::Csubj)
}
