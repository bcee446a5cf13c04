//! Words that the layout gives to a speaker: the turns of a transcript ("MS LOPES: We agreed …"), and the name
//! behind a quotation ("“…” — Ana Lopes").

use std::ops::Range;

use verbale_nlp::{Sent, SentKind, Token, Upos};

use super::content::{Content, trimmed};
use super::source;
use super::{Attribution, Finder};
use crate::code::tree::is_verbal;
use crate::resolve::ActorKind;
use crate::resolve::quotes::paragraph_end;

/// The rule of a turn in a transcript: all its words are the speaker's own.
pub const TURN: &str = "attribution/turn";

/// Longest name of a speaker before a colon or behind a dash, in tokens.
const LONGEST_SPEAKER: usize = 12;

/// Labels in capitals that name nobody.
const LABELS: &[&str] = &[
    "question",
    "q",
    "a",
    "photo",
    "photos",
    "image",
    "video",
    "watch",
    "listen",
    "note",
    "notes",
    "update",
    "updates",
    "updated",
    "breaking",
    "source",
    "sources",
    "related",
    "read",
    "more",
    "editor",
    "correction",
    "clarification",
    "date",
    "place",
    "time",
    "subject",
    "to",
    "from",
    "cc",
    "re",
    "tel",
    "fax",
    "email",
    "contact",
    "press",
    "media",
    "caption",
    "moderator",
    "participants",
    "agenda",
    "background",
    "summary",
    "abstract",
    "text",
    "fact",
    "verdict",
];

impl Finder<'_> {
    /// A paragraph that begins with its speaker and a colon.
    pub(super) fn turn(&self, sent: Sent<'_>) -> Option<Attribution> {
        let doc = self.resolved.doc;
        let range = sent.range();
        let first = range.start == 0 || doc.token(range.start - 1).sent().paragraph() != sent.paragraph();
        if sent.kind() != SentKind::Body || !first {
            return None;
        }
        let colon = range.clone().take(LONGEST_SPEAKER).find(|at| doc.token(*at).text() == ":")?;
        let speaker = range.start..colon;
        if speaker.is_empty() || !(self.in_capitals(&speaker) || self.is_one_person(&speaker)) {
            return None;
        }
        let said = trimmed(self.resolved, colon + 1..paragraph_end(doc, range.start));
        if said.len() < 3 || !doc.span(said.clone()).any(is_verbal) {
            return None;
        }
        let outside = |token: &Token<'_>| token.is_root() || !speaker.contains(&token.head().i());
        let head = doc.span(speaker.clone()).find(outside)?;
        let mut source = source::source(self.resolved, self.speech, head, head, colon);
        source.span = speaker;
        let mut content = Content::default();
        content.add(self.resolved, said, &[]);
        self.made(Some(source), colon..colon + 1, &content, TURN)
    }

    /// "MR. LOPES", "FOREIGN MINISTER": capitals alone, and not the label of a photograph.
    fn in_capitals(&self, range: &Range<usize>) -> bool {
        let words = || {
            self.resolved
                .doc
                .span(range.clone())
                .filter(|token| token.text().chars().any(char::is_alphabetic))
        };
        let capital = |token: Token<'_>| !token.text().chars().any(char::is_lowercase);
        let label = |token: Token<'_>| LABELS.contains(&token.text().to_lowercase().as_str());
        words().next().is_some()
            && words().all(capital)
            && !words().any(label)
            && words().all(|token| !is_verbal(token))
    }

    /// Whether a mention of a person, with the office, is all that a range holds.
    fn is_one_person(&self, range: &Range<usize>) -> bool {
        self.resolved.mentions.iter().any(|mention| {
            mention.kind == ActorKind::Person
                && mention.tokens.start.min(mention.phrase.start) == range.start
                && mention.tokens.end.max(mention.phrase.end) == range.end
        })
    }

    /// Quotations that nobody was found to say, with a dash and a name behind them.
    pub(super) fn credited(&self, found: &mut Vec<Attribution>) {
        let doc = self.resolved.doc;
        for (at, quote) in self.resolved.quotes.iter().enumerate() {
            let dash = quote.outer.end;
            let taken = found.iter().any(|other| other.quotes.contains(&at));
            if taken
                || dash + 1 >= doc.len()
                || !matches!(doc.token(dash).text(), "—" | "–" | "―" | "--" | "-")
            {
                continue;
            }
            let end = paragraph_end(doc, quote.outer.start);
            let name = trimmed(self.resolved, dash + 1..end.max(dash + 1));
            let known = doc.token(dash + 1).pos() == Upos::Propn
                && name.len() <= LONGEST_SPEAKER
                && !doc.span(name.clone()).any(is_verbal);
            if name.is_empty() || !known {
                continue;
            }
            let head = doc.token(name.start);
            let mut source = source::source(self.resolved, self.speech, head, head, dash);
            source.span = name;
            let mut content = Content::default();
            content.quote(self.resolved, at);
            found.extend(self.made(Some(source), dash..dash + 1, &content, "attribution/credit"));
        }
    }
}
