//! Raw text to sentences of tokens: paragraphs, kinds of paragraph, tokens, sentence ends.
//!
//! ```text
//! text ──layout──▶ paragraphs ──tokens──▶ tokens ──kinds──▶ headline, caption, … ──sentences──▶ Segments
//! ```
//!
//! Tokens follow the English UD treebanks (EWT, GUM): contractions, possessives and most hyphens
//! come apart, abbreviations keep their stop. Everything is linear in the text and nothing fails.

mod abbreviations;
mod block;
mod captions;
mod chars;
mod credits;
mod cues;
mod dateline;
mod kinds;
mod layout;
mod numbers;
mod sentences;
#[cfg(test)]
mod tests;
mod tokens;
mod webs;
mod words;

use std::ops::Range;

use block::Block;

/// What a stretch of the report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SentKind {
    /// The report's own prose.
    Body,
    /// The title, a line under it, or a heading between paragraphs.
    Headline,
    /// What stands under a picture.
    Caption,
    /// Place, date and agency before the first sentence (`KABUL, Oct 24 (Xinhua) --`), or a line
    /// that is a date.
    Dateline,
    /// Photo credit, byline, tags and other furniture.
    Credit,
}

/// One sentence, or one line that is none, with its tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// What the sentence is part of.
    pub kind: SentKind,
    /// Byte ranges of the tokens in the text: non-empty, in order, without overlap. Those of all
    /// segments together cover everything but white space.
    pub tokens: Vec<Range<usize>>,
    /// Number of the paragraph, from 0.
    pub paragraph: u32,
}

/// Cuts a text into sentences of tokens. Any text will do; one of white space alone gives none.
pub fn segment(text: &str) -> Vec<Segment> {
    segment_page(text, &[])
}

/// Cuts a text of which somebody knows what stands under its pictures: byte ranges in order, such as a web
/// page's markup gives. Paragraphs in them are captions, whatever their words look like.
pub fn segment_page(text: &str, captions: &[Range<usize>]) -> Vec<Segment> {
    let blocks: Vec<Block<'_>> = layout::paragraphs(text)
        .into_iter()
        .map(|range| Block { text, tokens: tokens::tokenize(text, range.clone()), range })
        .collect();
    let kinds = kinds::kinds(&blocks, captions);
    let mut segments = Vec::new();
    let mut first = true;
    for (number, (block, kind)) in blocks.into_iter().zip(kinds).enumerate() {
        let paragraph = u32::try_from(number).unwrap_or(u32::MAX);
        let mut push = |kind, tokens: Vec<Range<usize>>| {
            if !tokens.is_empty() {
                segments.push(Segment { kind, tokens, paragraph });
            }
        };
        let body = kind == SentKind::Body;
        let lead = if body { dateline::dateline_len(&block, first) } else { 0 };
        first &= !body;
        let (dateline, prose) = block.tokens.split_at_checked(lead).unwrap_or((&[], &block.tokens));
        push(SentKind::Dateline, dateline.to_vec());
        for sentence in sentences::sentences(text, prose) {
            let tokens = prose.get(sentence).unwrap_or_default();
            let start = tokens.first().map_or(0, |t| t.start);
            let end = tokens.last().map_or(start, |t| t.end);
            let part = Block { text, range: start..end, tokens: tokens.to_vec() };
            // The bylines of an agency may close the last paragraph, and a photographer's name a
            // caption, instead of standing alone.
            let follows = prose.first().is_some_and(|t| t.start < start);
            let caption = kind == SentKind::Caption;
            let credit = follows
                && (credits::is_closing_note(part.written())
                    || (caption && credits::is_credit(&part, false)));
            push(if credit { SentKind::Credit } else { kind }, part.tokens);
        }
    }
    segments
}
