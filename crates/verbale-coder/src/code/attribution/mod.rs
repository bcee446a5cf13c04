//! Who says what: sources, cues and contents of direct, mixed and indirect speech.
//!
//! `reported` starts from verbs, `according` from "according to" and its kind, `nouns` from "the claim
//! that"; `turns` from transcripts and credited quotations; `continued` carries a speaker over to the quotations that follow without a word of speech.

mod according;
mod beside;
mod circumstances;
mod content;
mod continued;
mod judged;
mod nouns;
mod reported;
mod source;
mod speech;
#[cfg(test)]
mod tests;
mod turns;

use std::ops::Range;

use verbale_model::{Anonymous, Channel};
use verbale_nlp::{Sent, SentKind};

use crate::resolve::Resolved;
use content::Content;
use source::Source;
pub use speech::Speech;
pub use turns::TURN;

/// Most tokens of a credit or dateline.
const LONGEST_CREDIT: usize = 16;

/// One attribution: a source, a word of speech, and what is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// The source's noun phrase with its apposition; `None` when nobody is named ("it is said").
    pub source: Option<Range<usize>>,
    /// Index of the source's actor, when a mention covers it.
    pub actor: Option<usize>,
    /// Unnamed officials, analysts or sources.
    pub anonymous: Option<Anonymous>,
    /// Through whom: "X said through a spokesman", "told the agency": the noun phrase.
    pub via: Option<Range<usize>>,
    /// The word of speech with its auxiliaries, adverbs, particles and governed preposition.
    pub cue: Range<usize>,
    /// What is said, from its first token to its last.
    pub content: Range<usize>,
    /// The head of the content's clause, where the tree gives one.
    pub content_head: Option<usize>,
    /// Indices into `Resolved::quotes` that lie in the content.
    pub quotes: Vec<usize>,
    /// Said in a statement, a post, by telephone, …
    pub channel: Option<Channel>,
    /// Name of the rule.
    pub rule: &'static str,
}

/// All attributions in text order.
pub fn attributions(resolved: &Resolved<'_>) -> Vec<Attribution> {
    let speech = Speech::shared();
    let finder = Finder { resolved, speech };
    let mut found: Vec<Attribution> = Vec::new();
    for sent in resolved.doc.sents().filter(|sent| is_prose(*sent)) {
        found.extend(finder.announced(sent).or_else(|| finder.turn(sent)));
        for token in sent.tokens() {
            let attribution =
                finder.reported(token).or_else(|| finder.according(token)).or_else(|| finder.carried(token));
            found.extend(attribution.or_else(|| finder.made_clear(token)));
        }
    }
    found.sort_by_key(|attribution| (attribution.cue.start, attribution.content.start));
    found.dedup_by(|later, first| later.cue == first.cue);
    finder.credited(&mut found);
    finder.statements(&mut found);
    finder.continued(&mut found);
    found.sort_by_key(|attribution| (attribution.content.start, attribution.cue.start));
    found
}

/// Datelines and credits say nothing, unless they are long enough to be sentences taken for one.
fn is_prose(sent: Sent<'_>) -> bool {
    !matches!(sent.kind(), SentKind::Dateline | SentKind::Credit) || sent.range().len() > LONGEST_CREDIT
}

/// Looks for attributions in one resolved report.
struct Finder<'f> {
    resolved: &'f Resolved<'f>,
    speech: &'f Speech,
}

impl Finder<'_> {
    /// Puts the parts together.
    fn made(
        &self,
        source: Option<Source>,
        cue: Range<usize>,
        content: &Content,
        rule: &'static str,
    ) -> Option<Attribution> {
        let span = content.span()?;
        Some(Attribution {
            actor: source.as_ref().and_then(|source| source.actor),
            anonymous: source.as_ref().and_then(|source| source.anonymous),
            channel: source.as_ref().and_then(|source| source.channel),
            source: source.map(|source| source.span),
            via: None,
            cue,
            content: span,
            content_head: content.head(self.resolved),
            quotes: content.quotes.clone(),
            rule,
        })
    }

    fn is_statement(&self, source: Option<&Range<usize>>) -> bool {
        source.is_some_and(|span| {
            self.resolved.doc.span(span.clone()).any(|token| self.speech.is_statement(token.lemma()))
        })
    }

    /// "The statement added": the statement is that of whoever issued the last one.
    fn statements(&self, found: &mut [Attribution]) {
        let mut issuer: Option<usize> = None;
        for attribution in found {
            if attribution.channel != Some(Channel::Statement) {
                continue;
            }
            match attribution.actor {
                Some(actor) => issuer = Some(actor),
                None if self.is_statement(attribution.source.as_ref()) => attribution.actor = issuer,
                None => {}
            }
        }
    }
}
