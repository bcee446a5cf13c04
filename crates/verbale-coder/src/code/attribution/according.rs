//! "According to X", "in X's words", and headlines that put a speaker before a colon.

use std::ops::Range;

use verbale_model::Channel;
use verbale_nlp::{Dep, Sent, SentKind, Token, Upos};

use super::content::{Content, trimmed};
use super::source;
use super::{Attribution, Finder};
use crate::code::tree::{case_of, is_verbal};

impl Finder<'_> {
    /// "According to X", "in the words of X", "in X's view": the sentence around is what X says.
    pub(super) fn according(&self, token: Token<'_>) -> Option<Attribution> {
        let (cue, holder, rule) = according_to(token).or_else(|| self.in_words_of(token))?;
        let mut source = source::source(self.resolved, self.speech, holder, holder, cue.start);
        // "According to X, who …" and "according to X's statement": the phrase begins after the cue.
        source.span.start =
            source.span.start.max(if rule == "attribution/according-to" { cue.end } else { 0 });
        if source.span.is_empty() {
            return None;
        }
        if source.channel == Some(Channel::Letter) {
            source.channel = None;
        }
        let phrase = if rule == "attribution/according-to" {
            cue.start..holder.subtree_span().end.max(source.span.end)
        } else {
            let whole = token.subtree_span();
            whole.start.min(cue.start)..whole.end.max(cue.end)
        };
        let content = self.rest(token, &phrase);
        self.made(Some(source), cue, &content, rule)
    }

    /// "In the words of X", "in X's view".
    fn in_words_of<'t>(&self, token: Token<'t>) -> Option<(Range<usize>, Token<'t>, &'static str)> {
        if !matches!(
            token.lemma(),
            "word" | "view" | "opinion" | "eye" | "telling" | "account" | "judgement" | "judgment"
        ) || !token.dep().is_oblique()
        {
            return None;
        }
        if !matches!(case_of(token).as_str(), "in" | "by") {
            return None;
        }
        let holder = source::issuer(token).filter(|holder| !matches!(holder.lemma(), "other" | "law"))?;
        let somebody = source::source(self.resolved, self.speech, holder, holder, token.i()).speaks;
        somebody.then_some((token.i()..token.i() + 1, holder, "attribution/according-to"))
    }

    /// What stands around a phrase: the rest of the sentence when a comma sets the phrase off or it
    /// stands first, else the clause that it modifies.
    fn rest(&self, token: Token<'_>, phrase: &Range<usize>) -> Content {
        let doc = self.resolved.doc;
        let mut content = Content::default();
        let avoid = [phrase.clone()];
        let sentence = token.sent().range();
        let before = trimmed(self.resolved, sentence.start..phrase.start);
        let after = trimmed(self.resolved, phrase.end..sentence.end);
        let comma =
            phrase.start > 0 && matches!(doc.token(phrase.start - 1).text(), "," | "”" | "\"" | "—" | "–");
        if before.is_empty() {
            content.add(self.resolved, after, &avoid);
            return content;
        }
        let finite = |range: &Range<usize>| doc.span(range.clone()).any(is_verbal);
        if after.is_empty() || !finite(&after) {
            content.add(self.resolved, before, &avoid);
            return content;
        }
        if comma && doc.token(phrase.end).text() == "," && finite(&before) {
            content.add(self.resolved, before, &avoid);
            content.add(self.resolved, after, &avoid);
            return content;
        }
        content.add(self.resolved, if finite(&before) && before.len() > 3 { before } else { after }, &avoid);
        content
    }

    /// "Minister: talks went well": a headline that names its speaker before a colon.
    pub(super) fn announced(&self, sent: Sent<'_>) -> Option<Attribution> {
        if sent.kind() != SentKind::Headline && sent.i() > 0 {
            return None;
        }
        let doc = self.resolved.doc;
        let range = sent.range();
        let colon = range.clone().find(|at| doc.token(*at).text() == ":")?;
        let speaker = range.start..colon;
        if speaker.is_empty() || speaker.len() > 8 || doc.span(speaker.clone()).any(is_verbal) {
            return None;
        }
        let head = doc
            .span(speaker.clone())
            .find(|token| token.is_root() || !speaker.contains(&token.head().i()))?;
        let mention = self.resolved.mention_at(head).map(|at| &self.resolved.mentions[at]);
        let whole = mention.is_some_and(|mention| {
            mention.tokens.start == speaker.start && mention.phrase.end == speaker.end
        });
        let mut source = source::source(self.resolved, self.speech, head, head, colon);
        let named = doc.span(speaker.clone()).all(|token| token.pos() == Upos::Propn);
        if !(whole
            || named
            || source.anonymous.is_some()
            || matches!(head.lemma(), "report" | "poll" | "study" | "survey" | "spokesman" | "spokeswoman"))
        {
            return None;
        }
        source.span = speaker;
        let said = trimmed(self.resolved, colon + 1..range.end);
        if said.len() < 3
            || !(doc.span(said.clone()).any(is_verbal)
                || doc.token(said.start).text().starts_with(['“', '"', '‘', '\'']))
        {
            return None;
        }
        let cue = colon..colon + 1;
        let mut content = Content::default();
        content.add(self.resolved, said, std::slice::from_ref(&cue));
        self.made(Some(source), cue, &content, "attribution/headline")
    }
}

/// "According to": the cue and the noun that it governs.
fn according_to(token: Token<'_>) -> Option<(Range<usize>, Token<'_>, &'static str)> {
    if !token.text().eq_ignore_ascii_case("according") {
        return None;
    }
    let to =
        token.next().filter(|next| next.text().eq_ignore_ascii_case("to") && next.sent() == token.sent())?;
    let holder = match token.dep() {
        Dep::Case | Dep::Mark => Some(token.head()),
        _ => token
            .children()
            .find(|child| child.dep().is_oblique() || child.dep() == Dep::Obj)
            .or(Some(to.head())),
    }?;
    (holder.i() > to.i()).then_some((token.i()..to.i() + 1, holder, "attribution/according-to"))
}
