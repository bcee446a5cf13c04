//! Direct speech: quotations and clauses beside a verb and its speaker, before, around or after them.

use std::ops::Range;

use verbale_nlp::{Dep, Token, Upos};

use super::Finder;
use super::content::{Content, clause, overlap};
use super::reported::{GAP, Saying, cue, has_subject};
use crate::code::tree::{is_relative, is_verbal, own_subject};

impl Finder<'_> {
    /// A verb of speech put into or after what is said: "…, he said, …"; "as X said".
    pub(super) fn around(&self, saying: &Saying<'_>, content: &mut Content, avoid: &[Range<usize>]) {
        let verb = saying.verb;
        if self.inserted(saying, content, avoid) || verb.is_root() {
            return;
        }
        let main = verb.head();
        let inserted = verb.dep() == Dep::Parataxis
            || (matches!(verb.dep(), Dep::Advcl | Dep::Ccomp)
                && verb.children().any(|child| child.lemma() == "as" && child.i() < verb.i()));
        if !inserted
            || !set_off(verb.doc(), &saying.frame)
            || self.speech.verb(main.lemma()).is_some_and(|takes| takes.clause) && main.i() > verb.i()
        {
            return;
        }
        let range = clause(main, &[verb.i()]);
        // "as X reported on Saturday": when it was reported is none of it.
        let led = verb.children().find(|child| child.lemma() == "as" && child.i() < saying.frame.start);
        let frame =
            led.map_or(saying.frame.clone(), |led| led.i()..saying.frame.end.max(verb.subtree_span().end));
        // Words on both sides belong to what is said when the verb stands in the middle.
        for side in [range.start..range.end.min(frame.start), range.start.max(frame.end)..range.end] {
            if side.start < side.end {
                content.add(self.resolved, side, avoid);
            }
        }
    }

    /// "The plan, a source said, is to …": a short frame between commas, the clause around it.
    pub(super) fn inserted(
        &self,
        saying: &Saying<'_>,
        content: &mut Content,
        avoid: &[Range<usize>],
    ) -> bool {
        let (doc, frame) = (self.resolved.doc, &saying.frame);
        let sentence = saying.verb.sent().range();
        let comma = |at: usize| matches!(doc.token(at).text(), "," | "—" | "–");
        let own = saying
            .source
            .as_ref()
            .is_some_and(|source| frame.contains(&source.span.start) && source.span.len() + 4 > frame.len());
        let between = own
            && frame.start > sentence.start + 1
            && comma(frame.start - 1)
            && frame.end + 2 < sentence.end
            && comma(frame.end);
        let relative = saying.verb.children().any(is_relative) || saying.verb.dep() == Dep::Conj;
        if !between || relative {
            return false;
        }
        let (before, after) = (sentence.start..frame.start - 1, frame.end + 1..sentence.end);
        let whole = doc
            .span(before.clone())
            .chain(doc.span(after.clone()))
            .any(|token| is_verbal(token) && has_subject(token));
        if whole {
            content.add(self.resolved, before, avoid);
            content.add(self.resolved, after, avoid);
        }
        whole
    }

    /// Quotations beside the verb and its source.
    pub(super) fn quoted(&self, saying: &Saying<'_>, content: &mut Content) {
        let verb = saying.verb;
        let sentence = verb.sent().range();
        for (at, quote) in self.resolved.quotes.iter().enumerate() {
            if content.quotes.contains(&at)
                || quote.outer.contains(&verb.i())
                || !is_free(saying, &quote.outer)
            {
                continue;
            }
            let (before, after) =
                (quote.outer.end <= saying.frame.start, quote.outer.start >= saying.frame.end);
            let gap = if before {
                quote.outer.end..saying.frame.start
            } else {
                saying.frame.end..quote.outer.start
            };
            let same =
                (before && quote.outer.end > sentence.start) || (after && quote.outer.start <= sentence.end);
            if !(before || after) || !same || gap.len() > GAP {
                continue;
            }
            let words = verb.doc().span(gap.clone());
            let full = quote.tokens.len() > 3;
            let clear = !words
                .clone()
                .any(|token| is_verbal(token) || (before && token.pos() == Upos::Noun && !full));
            let after_stop = after && quote.outer.start == sentence.end;
            let paragraph = |at: usize| verb.doc().token(at).sent().paragraph();
            let next_paragraph = after_stop && paragraph(quote.outer.start) != paragraph(verb.i());
            let colon = after_stop && verb.doc().token(sentence.end - 1).text() == ":";
            // A scare quote in the object of another verb is no speech of this one.
            let reply = before && gap.is_empty() && quote.outer.start == sentence.start;
            if clear
                && (full || after || reply)
                && (!after_stop || colon || (gap.len() <= 2 && full && !next_paragraph))
            {
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
            is_verbal(token) && self.speech.verb(token.lemma()).is_some_and(|takes| takes.quote)
                || matches!(token.text(), ";" | ":")
        });
        if !told {
            content.add(self.resolved, words, &[]);
        }
    }

    /// "Which X said was …": where the tree hangs the pronoun's clause beside the verb of speech.
    pub(super) fn relative(
        &self,
        saying: &Saying<'_>,
        content: &mut Content,
        avoid: &[Range<usize>],
    ) -> bool {
        let verb = saying.verb;
        let pronoun = saying.frame.start.checked_sub(1).map(|at| self.resolved.doc.token(at));
        let clause = pronoun.filter(|word| is_relative(*word) && word.sent() == verb.sent()).map(Token::head);
        let Some(clause) =
            clause.filter(|clause| clause.i() > verb.i() && !verb.subtree_span().contains(&clause.i()))
        else {
            return false;
        };
        content.add(self.resolved, cue(verb).end..clause.subtree_span().end, avoid);
        !content.is_empty()
    }

    /// "CLAUSE, X said." where the tree leaves the clause unconnected.
    pub(super) fn before(&self, saying: &Saying<'_>, content: &mut Content, avoid: &[Range<usize>]) -> bool {
        let sentence = saying.verb.sent().range();
        let start = saying.frame.start;
        if start < sentence.start + 4 || self.resolved.doc.token(start - 1).text() != "," {
            return false;
        }
        let range = sentence.start..start - 1;
        let finite =
            self.resolved.doc.span(range.clone()).any(|token| is_verbal(token) && has_subject(token));
        if finite {
            content.add(self.resolved, range, avoid);
        }
        finite
    }

    /// "“…,” said X" and "“…,” X said": the head of the phrase between the mark and the verb, or after it.
    pub(super) fn beside_quote<'t>(&self, verb: Token<'t>) -> Option<Token<'t>> {
        let doc = verb.doc();
        let cue = cue(verb);
        let closes = |at: usize| {
            self.resolved
                .quotes
                .iter()
                .any(|quote| quote.outer.end == at && quote.outer.end > quote.tokens.end)
        };
        // "…, said X": after a comma, where the tree gives the verb no subject.
        let inverted = cue.start > 0
            && doc.token(cue.start - 1).text() == ","
            && verb.dep() == Dep::Parataxis
            && matches!(doc.token(cue.end).pos(), Upos::Propn)
            && own_subject(verb).is_none();
        let from = if closes(cue.start) || inverted {
            cue.end
        } else {
            let start = (cue.start.saturating_sub(12)..cue.start).rev().find(|at| closes(*at))?;
            let inner = start..cue.start;
            let plain = !doc.span(inner.clone()).any(is_verbal);
            return doc
                .span(inner.clone())
                .find(|token| {
                    token.pos().is_nominal() && (token.is_root() || !inner.contains(&token.head().i()))
                })
                .filter(|_| plain);
        };
        let next = doc.token(from);
        if next.sent() != verb.sent()
            || matches!(next.pos(), Upos::Punct | Upos::Adp | Upos::Adv | Upos::Sconj)
        {
            return None;
        }
        // The phrase that begins right after the verb.
        let end = next.sent().range().end.min(from + 12);
        doc.span(from..end).find(|token| {
            token.pos().is_nominal()
                && (token.head() == verb || token.head().i() < from || token.is_root())
                && token.subtree_span().start <= from
        })
    }
}

/// Whether punctuation sets the words off from their sentence.
fn set_off(doc: &verbale_nlp::Doc, frame: &Range<usize>) -> bool {
    let mark = |at: usize| {
        matches!(
            doc.token(at).text(),
            "," | "”" | "\"" | "’" | "'" | "—" | "–" | "-" | "(" | "»" | "''" | "--" | "?" | "!"
        )
    };
    // "As the agency reported, …": what counts stands before the conjunction.
    let led = frame.start > 0 && doc.token(frame.start - 1).lemma() == "as";
    let start = if led { frame.start - 1 } else { frame.start };
    let opens = led && doc.token(start).sent().range().start == start;
    opens
        || (start > 0 && mark(start - 1))
        || (frame.end < doc.len() && matches!(doc.token(frame.end).text(), "," | "“"))
}

/// Whether a quotation does not stand inside the source.
fn is_free(saying: &Saying<'_>, outer: &Range<usize>) -> bool {
    saying.source.as_ref().is_none_or(|source| !overlap(&source.span, outer))
}
