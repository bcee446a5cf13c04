//! Reads a text of a set as users' reports are read, and keeps the annotated text beside the record.

use verbale::World;
use verbale::model::{Coded, Report, Span};
use verbale::nlp::{self, Doc, Token};
use verbale_coder::confidence::Grounds;
use verbale_coder::spans::Spans;

/// A text with all that was read out of it.
pub struct Reading {
    /// Its characters.
    pub chars: Vec<char>,
    /// Tokens, tree and names.
    pub doc: Doc,
    /// From bytes of the annotated text to characters.
    pub spans: Spans,
    /// What the coder gives.
    pub coded: Coded,
    /// What the confidence of each of its events rests on.
    pub grounds: Vec<Grounds>,
}

impl Reading {
    /// Reads a text as of a day, if one is known.
    pub fn new(world: &World, text: &str, published: Option<&str>) -> Self {
        let report = Report {
            id: "case".to_owned(),
            text: text.to_owned(),
            published: published.map(str::to_owned),
            ..Report::default()
        };
        let (whole, spans) = Spans::new(&report);
        let doc = nlp::annotate_page(&world.language, &whole, &[]);
        let (coded, grounds) =
            verbale_coder::code_with_grounds(&world.rules, &world.knowledge, &report, &doc, &spans);
        Self { chars: text.chars().collect(), doc, spans, coded, grounds }
    }

    /// The words of a stretch.
    pub fn words(&self, span: Span) -> String {
        let end = (span.end as usize).min(self.chars.len());
        self.chars[(span.start as usize).min(end)..end].iter().collect()
    }

    /// The words of a stretch and what stands around them, the stretch in brackets.
    pub fn around(&self, span: Span) -> String {
        let wide = |start: u32, end: u32| self.words(Span { start, end, in_title: false });
        let before = wide(span.start.saturating_sub(60), span.start);
        format!("{before}[[{}]]{}", self.words(span), wide(span.end, span.end + 60))
    }

    /// The tokens that a stretch touches.
    pub fn tokens(&self, span: Span) -> Vec<Token<'_>> {
        let inside = |token: &Token<'_>| self.spans.bytes(token.bytes()).overlaps(span);
        let from = self.doc.sents().position(|sent| {
            sent.tokens().next_back().is_some_and(|last| self.spans.bytes(last.bytes()).end > span.start)
        });
        let sents = self.doc.sents().skip(from.unwrap_or(usize::MAX));
        let near = sents.take_while(|sent| {
            sent.tokens().next().is_some_and(|first| self.spans.bytes(first.bytes()).start < span.end)
        });
        near.flat_map(|sent| sent.tokens().filter(inside).collect::<Vec<_>>()).collect()
    }

    /// The dictionary form of the word that carries a stretch: the one whose head lies outside.
    pub fn lemma(&self, span: Span) -> String {
        let tokens = self.tokens(span);
        let inside = |token: Token<'_>| tokens.iter().any(|other| other.i() == token.i());
        let head = tokens.iter().find(|token| token.is_root() || !inside(token.head()));
        head.map_or_else(|| "(no word)".to_owned(), |token| token.lemma().to_lowercase())
    }
}
