//! Verbs of speech and thought with their subject: "X said that …", "“…,” said X", "X called it a mistake".

use std::ops::Range;

use verbale_model::Channel;
use verbale_nlp::{Dep, Token, Upos, Xpos};

use super::content::{Content, beside, clause, overlap};
use super::source::{self, Source};
use super::speech::Takes;
use super::{Attribution, Finder};
use crate::code::modality::is_negated;
use crate::code::tree::{by_phrase, case_of, is_infinitive, is_passive, is_relative, is_verbal, subject};

/// Farthest gap in tokens between a word of speech with its source and the quotation beside it.
const GAP: usize = 14;

/// One verb of speech with its surroundings.
struct Saying<'s> {
    verb: Token<'s>,
    takes: &'s Takes,
    /// The subject or agent.
    head: Option<Token<'s>>,
    source: Option<Source>,
    /// Verb and source with everything between them.
    frame: Range<usize>,
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
        let named = verb.children().find(|child| child.dep().is_subject() && is_relative(*child)).filter(|_| !passive);
        let source = subject_token.map(|head| source::source(self.resolved, self.speech, head, named.unwrap_or(head), verb.i()));
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
        let rule = if passive { self.passive(&saying, &mut content) } else { self.active(&saying, &mut content) }?;
        let mut attribution = self.made(saying.source.clone(), cue, &content, rule)?;
        attribution.cue = self.governed(verb, attribution.cue, &attribution.content);
        self.circumstances(verb, &mut attribution);
        Some(attribution)
    }

    /// Who speaks: beside a closing quotation mark the noun phrase next to the verb, else the subject.
    fn speaker<'t>(&self, verb: Token<'t>) -> Option<Token<'t>> {
        let own = verb.children().find(|child| child.dep().is_subject()).map(crate::code::tree::antecedent);
        let beside = self.speech.verb(verb.lemma()).filter(|takes| takes.quote).and_then(|_| self.beside_quote(verb));
        if let (Some(beside), Some(subject)) = (beside, own)
            && !subject.subtree_span().contains(&beside.i())
        {
            return Some(beside);
        }
        own.or(beside).or_else(|| subject(verb).filter(|found| found.i() != verb.i() && found.pos() != Upos::Verb))
    }

    /// "“…,” said X" and "“…,” X said": the head of the phrase between the mark and the verb, or after it.
    fn beside_quote<'t>(&self, verb: Token<'t>) -> Option<Token<'t>> {
        let doc = verb.doc();
        let cue = cue(verb);
        let closes = |at: usize| self.resolved.quotes.iter().any(|quote| quote.outer.end == at && quote.outer.end > quote.tokens.end);
        let from = if closes(cue.start) {
            cue.end
        } else {
            let start = (cue.start.saturating_sub(12)..cue.start).rev().find(|at| closes(*at))?;
            let inner = start..cue.start;
            let plain = !doc.span(inner.clone()).any(is_verbal);
            return doc
                .span(inner.clone())
                .find(|token| token.pos().is_nominal() && (token.is_root() || !inner.contains(&token.head().i())))
                .filter(|_| plain);
        };
        let next = doc.token(from);
        if next.sent() != verb.sent() || matches!(next.pos(), Upos::Punct | Upos::Adp | Upos::Adv | Upos::Sconj) {
            return None;
        }
        // The phrase that begins right after the verb.
        let end = next.sent().range().end.min(from + 12);
        doc.span(from..end).find(|token| token.pos().is_nominal() && (token.head() == verb || token.head().i() < from || token.is_root()) && token.subtree_span().start <= from)
    }

    /// A verb told as having been said: not denied, supposed, ordered or asked about.
    ///
    /// What somebody does not think, want or support is still that person's stance.
    fn told(&self, verb: Token<'_>, takes: &Takes) -> bool {
        // A negation among the quoted words is theirs.
        if is_negated(verb) && verb.children().any(|child| self.negates(child)) {
            return takes.attitude && !verb.children().any(|child| matches!(child.dep(), Dep::Mark) && child.lemma() == "if");
        }
        let mut carrier = verb;
        while carrier.dep() == Dep::Xcomp && !carrier.is_root() {
            carrier = carrier.head();
            if is_negated(carrier) {
                return false;
            }
        }
        let supposed = verb.children().any(|child| {
            let word = child.text().to_lowercase();
            match child.dep() {
                Dep::Aux => matches!(word.as_str(), "might" | "should" | "must" | "let" | "may" | "could" | "can"),
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

    /// Words of the one who is quoted, told in the first or second person, are nobody's report.
    fn own_words(&self, verb: Token<'_>) -> bool {
        let quoted = self.resolved.quotes.iter().any(|quote| quote.tokens.contains(&verb.i()));
        quoted
            && subject(verb).is_none_or(|head| {
                matches!(head.text().to_lowercase().as_str(), "i" | "we" | "you" | "it" | "that" | "this" | "who" | "he" | "she" | "they" | "people")
            })
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
            return Some(if content.quotes.is_empty() { "attribution/reported" } else { "attribution/quote" });
        }
        if saying.takes.clause && speaks && self.before(saying, content, &avoid) {
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

    /// A verb of speech put into or after what is said: "…, he said, …"; "as X said".
    fn around(&self, saying: &Saying<'_>, content: &mut Content, avoid: &[Range<usize>]) {
        let verb = saying.verb;
        if self.inserted(saying, content, avoid) || verb.is_root() {
            return;
        }
        let main = verb.head();
        let inserted = verb.dep() == Dep::Parataxis
            || (matches!(verb.dep(), Dep::Advcl | Dep::Ccomp) && verb.children().any(|child| child.lemma() == "as" && child.i() < verb.i()));
        if !inserted || !set_off(verb.doc(), &saying.frame) || self.speech.verb(main.lemma()).is_some_and(|takes| takes.clause) && main.i() > verb.i() {
            return;
        }
        let range = clause(main, &[verb.i()]);
        // Words on both sides belong to what is said when the verb stands in the middle.
        for side in [range.start..range.end.min(saying.frame.start), range.start.max(saying.frame.end)..range.end] {
            if side.start < side.end {
                content.add(self.resolved, side, avoid);
            }
        }
    }

    /// "The plan, a source said, is to …": a short frame between commas, the clause around it.
    fn inserted(&self, saying: &Saying<'_>, content: &mut Content, avoid: &[Range<usize>]) -> bool {
        let (doc, frame) = (self.resolved.doc, &saying.frame);
        let sentence = saying.verb.sent().range();
        let comma = |at: usize| matches!(doc.token(at).text(), "," | "—" | "–");
        let own = saying.source.as_ref().is_some_and(|source| frame.contains(&source.span.start) && source.span.len() + 4 > frame.len());
        let between = own && frame.start > sentence.start + 1 && comma(frame.start - 1) && frame.end + 2 < sentence.end && comma(frame.end);
        let relative = saying.verb.children().any(is_relative) || saying.verb.dep() == Dep::Conj;
        if !between || relative {
            return false;
        }
        let (before, after) = (sentence.start..frame.start - 1, frame.end + 1..sentence.end);
        let whole = doc.span(before.clone()).chain(doc.span(after.clone())).any(|token| is_verbal(token) && has_subject(token));
        if whole {
            content.add(self.resolved, before, avoid);
            content.add(self.resolved, after, avoid);
        }
        whole
    }

    /// Quotations beside the verb and its source.
    fn quoted(&self, saying: &Saying<'_>, content: &mut Content) {
        let verb = saying.verb;
        let sentence = verb.sent().range();
        for (at, quote) in self.resolved.quotes.iter().enumerate() {
            if content.quotes.contains(&at) || quote.outer.contains(&verb.i()) || !self.is_free(saying, &quote.outer) {
                continue;
            }
            let (before, after) = (quote.outer.end <= saying.frame.start, quote.outer.start >= saying.frame.end);
            let gap = if before { quote.outer.end..saying.frame.start } else { saying.frame.end..quote.outer.start };
            let same = (before && quote.outer.end > sentence.start) || (after && quote.outer.start <= sentence.end);
            if !(before || after) || !same || gap.len() > GAP {
                continue;
            }
            let words = verb.doc().span(gap.clone());
            let full = quote.tokens.len() > 3;
            let clear = !words.clone().any(|token| is_verbal(token) || (before && token.pos() == Upos::Noun && !full));
            let after_stop = after && quote.outer.start == sentence.end;
            let colon = after_stop && verb.doc().token(sentence.end - 1).text() == ":";
            // A scare quote in the object of another verb is no speech of this one.
            let reply = before && gap.is_empty() && quote.outer.start == sentence.start;
            if clear && (full || after || reply) && (!after_stop || colon || (gap.len() <= 2 && full)) {
                content.quote(self.resolved, at);
                if before && quote.partial && quote.outer.start > sentence.start {
                    self.led_in(sentence.start..quote.outer.start, content);
                }
            }
        }
    }

    /// "The parties “… have and will …,” X said": the words that lead into a partial quotation.
    fn led_in(&self, words: Range<usize>, content: &mut Content) {
        let told = self.resolved.doc.span(words.clone()).any(|token| {
            is_verbal(token) && self.speech.verb(token.lemma()).is_some_and(|takes| takes.quote) || matches!(token.text(), ";" | ":")
        });
        if !told {
            content.add(self.resolved, words, &[]);
        }
    }

    /// Whether a quotation does not stand inside the source.
    fn is_free(&self, saying: &Saying<'_>, outer: &Range<usize>) -> bool {
        saying.source.as_ref().is_none_or(|source| !overlap(&source.span, outer))
    }

    /// "CLAUSE, X said." where the tree leaves the clause unconnected.
    fn before(&self, saying: &Saying<'_>, content: &mut Content, avoid: &[Range<usize>]) -> bool {
        let sentence = saying.verb.sent().range();
        let start = saying.frame.start;
        if start < sentence.start + 4 || self.resolved.doc.token(start - 1).text() != "," {
            return false;
        }
        let range = sentence.start..start - 1;
        let finite = self.resolved.doc.span(range.clone()).any(|token| is_verbal(token) && has_subject(token));
        if finite {
            content.add(self.resolved, range, avoid);
        }
        finite
    }

    /// Infinitives, predicates, objects and prepositional objects.
    fn judged(&self, saying: &Saying<'_>, content: &mut Content, avoid: &[Range<usize>]) -> Option<&'static str> {
        let (verb, takes) = (saying.verb, saying.takes);
        let object = verb.child(Dep::Obj).filter(|object| Some(*object) != saying.head && object.i() > verb.i());
        let infinitive = verb.children_by(&[Dep::Xcomp, Dep::Advcl, Dep::Ccomp]).find(|child| is_infinitive(*child) && child.i() > verb.i());
        if takes.request && let (Some(asked), Some(infinitive)) = (object.or(verb.child(Dep::Iobj)), infinitive.filter(|child| child.dep() != Dep::Advcl)) {
            if self.left_to_frames(saying) {
                return None;
            }
            content.add(self.resolved, asked.subtree_span().start..clause(infinitive, &[]).end, avoid);
            return Some("attribution/request");
        }
        if takes.infinitive && let Some(infinitive) = infinitive.filter(|child| child.dep() == Dep::Xcomp) {
            content.add(self.resolved, clause(infinitive, &[verb.i()]), avoid);
            return Some("attribution/reported");
        }
        let predicate = verb.child(Dep::Xcomp).or_else(|| as_phrase(verb)).filter(|predicate| predicate.i() > verb.i());
        if takes.predicate && let Some(predicate) = predicate {
            let start = object.map_or(predicate.subtree_span().start, |object| object.subtree_span().start);
            let range = start..predicate.subtree_span().end;
            content.add(self.resolved, beside(range, predicate.i(), &saying.frame), avoid);
            return Some("attribution/judgement");
        }
        if takes.object && let Some(object) = object.filter(|object| !is_relative(*object) && !is_reflexive(*object)) {
            let mut range = object.subtree_span();
            // "accused X of …", "criticised X for …", "praised X as …"
            for child in verb.children().filter(|child| child.i() > object.i() && matches!(child.dep(), Dep::Obl | Dep::Advcl)) {
                let case = case_or_mark(child);
                if matches!(case.as_str(), "of" | "for" | "as" | "over") && child.subtree_span().start <= range.end + 1 {
                    range.end = range.end.max(child.subtree_span().end);
                }
            }
            content.add(self.resolved, beside(range, object.i(), &saying.frame), avoid);
            return Some("attribution/stance");
        }
        let governed = verb.children().find(|child| {
            (child.dep() == Dep::Obl || child.dep() == Dep::Advcl) && child.i() > verb.i() && takes.after.contains(&case_or_mark(*child))
        })?;
        let mut range = governed.subtree_span();
        // The preposition is part of the cue.
        let case = governed.children().find(|child| matches!(child.dep(), Dep::Case | Dep::Mark))?;
        range.start = range.start.max(case.i() + 1);
        if let Some(infinitive) = infinitive.filter(|infinitive| infinitive.i() > governed.i()) {
            range.end = range.end.max(infinitive.subtree_span().end);
        }
        content.add(self.resolved, range, avoid);
        Some("attribution/topic")
    }

    /// A standing appeal by a collective is told by the frames.
    fn left_to_frames(&self, saying: &Saying<'_>) -> bool {
        saying.head.is_some_and(|head| self.speech.is_collective(head.lemma()))
    }

    /// "It was announced that …", "is said to …", "has been described as …".
    fn passive(&self, saying: &Saying<'_>, content: &mut Content) -> Option<&'static str> {
        let (verb, takes) = (saying.verb, saying.takes);
        let avoid = [cue(verb)];
        let subject = verb.children().find(|child| child.dep().is_subject() || child.dep() == Dep::Csubj);
        let spoken = takes.clause || takes.quote;
        let finite = verb.children_by(&[Dep::Ccomp, Dep::Csubj, Dep::CsubjPass]).next();
        if spoken && let Some(finite) = finite {
            content.add(self.resolved, beside(clause(finite, &[verb.i()]), finite.i(), &saying.frame), &avoid);
            return Some("attribution/reported");
        }
        let infinitive = verb.child(Dep::Xcomp).filter(|child| is_infinitive(*child));
        let predicate = as_phrase(verb).or_else(|| verb.child(Dep::Xcomp).filter(|child| !is_infinitive(*child)));
        let said = match (infinitive, predicate) {
            (Some(infinitive), _) if spoken && !takes.request && verb.lemma() != "expect" => infinitive,
            (_, Some(predicate)) if takes.predicate && predicate.i() > verb.i() => predicate,
            _ if takes.object && saying.head.is_some() && subject.is_some() => {
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

    /// The preposition that a verb governs stands in the cue: "called for", "referring to".
    fn governed(&self, verb: Token<'_>, cue: Range<usize>, content: &Range<usize>) -> Range<usize> {
        let next = self.resolved.doc.token(cue.end);
        let leads = cue.end + 1 == content.start || (next.lemma() == "as" && content.contains(&cue.start));
        let preposition = matches!(next.pos(), Upos::Adp | Upos::Sconj) && next.lemma() != "that" && leads && next.sent() == verb.sent();
        if preposition { cue.start..cue.end + 1 } else { cue }
    }

    /// Where and through whom: "in a statement", "by telephone", "told the BBC", "through a spokesman".
    fn circumstances(&self, verb: Token<'_>, attribution: &mut Attribution) {
        let outside = |token: &Token<'_>| !attribution.content.contains(&token.i()) || attribution.content.contains(&verb.i());
        let mut via = None;
        let mut channel = attribution.channel;
        if matches!(verb.lemma(), "tweet" | "post" | "blog") {
            channel = channel.or(Some(Channel::Statement));
        }
        for child in verb.children().filter(outside) {
            let case = case_of(child);
            let direct = matches!(child.dep(), Dep::Obj | Dep::Iobj);
            if !(direct || child.dep().is_oblique()) || attribution.source.as_ref().is_some_and(|source| source.contains(&child.i())) {
                continue;
            }
            let spoken = child.subtree().find(|part| self.speech.is_phone(part.lemma()));
            if channel.is_none() && matches!(case.as_str(), "in" | "on" | "via" | "by" | "over" | "through" | "during") {
                if self.speech.is_statement(child.lemma()) || self.is_platform(child) {
                    channel = Some(Channel::Statement);
                } else if spoken.is_some() {
                    channel = Some(Channel::Phone);
                } else if self.speech.is_letter(child.lemma()) {
                    channel = Some(Channel::Letter);
                }
            }
            let spokesman = matches!(case.as_str(), "through" | "via") && child.pos().is_nominal();
            let listener = direct || matches!(case.as_str(), "to" | "with" | "in" | "on");
            if spokesman && channel != Some(Channel::Statement) {
                via = via.or(Some(source::phrase(self.resolved, child, verb.i())));
            } else if listener {
                let inner = child.children().filter(|inner| matches!(inner.dep(), Dep::Nmod)).find_map(|inner| source::outlet(self.resolved, self.speech, inner, verb.i()));
                let own = source::outlet(self.resolved, self.speech, child, verb.i());
                via = via.or(own.filter(|_| !is_newsman(child))).or(inner.filter(|_| matches!(child.lemma(), "interview" | "comment" | "remark" | "statement")));
            }
        }
        attribution.via = via;
        attribution.channel = channel;
    }

    fn is_platform(&self, token: Token<'_>) -> bool {
        matches!(token.text().to_lowercase().as_str(), "twitter" | "x" | "facebook" | "telegram" | "weibo" | "instagram" | "website" | "media")
    }
}

/// "Reporters", "a news conference": the press at large, and no outlet.
fn is_newsman(token: Token<'_>) -> bool {
    matches!(token.lemma(), "reporter" | "journalist" | "conference" | "briefing" | "correspondent")
}

/// The verb with auxiliaries, adverbs and particles that touch it.
pub(super) fn cue(verb: Token<'_>) -> Range<usize> {
    let (mut start, mut end) = (verb.i(), verb.i() + 1);
    let before: Vec<usize> = verb
        .children()
        .filter(|child| {
            matches!(child.dep(), Dep::Aux | Dep::AuxPass | Dep::Advmod) || (child.dep() == Dep::Mark && child.tag() == Xpos::To)
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
    // A leading adverb sets the scene ("Later said"); the cue begins with the auxiliary or the verb.
    start..end
}

fn wh(token: Token<'_>) -> bool {
    matches!(token.text().to_lowercase().as_str(), "when" | "where" | "how" | "why" | "as")
}

/// Whether punctuation sets the words off from their sentence.
fn set_off(doc: &verbale_nlp::Doc, frame: &Range<usize>) -> bool {
    let mark = |at: usize| matches!(doc.token(at).text(), "," | "”" | "\"" | "’" | "'" | "—" | "–" | "-" | "(" | "»" | "''" | "--" | "?" | "!");
    (frame.start > 0 && mark(frame.start - 1)) || (frame.end < doc.len() && matches!(doc.token(frame.end).text(), "," | "“"))
}

fn has_subject(token: Token<'_>) -> bool {
    token.children().any(|child| child.dep().is_subject() || child.dep() == Dep::Expl || child.dep() == Dep::Csubj)
}

/// "described as useful": the phrase after "as".
fn as_phrase(verb: Token<'_>) -> Option<Token<'_>> {
    verb.children().find(|child| {
        child.i() > verb.i() && matches!(child.dep(), Dep::Obl | Dep::Advcl | Dep::Xcomp | Dep::Ccomp) && case_or_mark(*child) == "as"
    })
}

fn case_or_mark(token: Token<'_>) -> String {
    let case = case_of(token);
    if !case.is_empty() {
        return case;
    }
    token.child(Dep::Mark).map(|mark| mark.text().to_lowercase()).unwrap_or_default()
}

fn is_reflexive(token: Token<'_>) -> bool {
    let text = token.text().to_lowercase();
    text.ends_with("self") || text.ends_with("selves")
}
