//! The annotated text: immutable columns, and `Copy` views of tokens, sentences and entities.

use std::ops::Range;

use crate::network::TokenTags;
use crate::segment::SentKind;
use crate::tags::{Dep, EntLabel, Upos, Xpos};

/// One annotated text. Token indices count through the whole text; offsets are bytes of it.
#[derive(Debug, Clone)]
pub struct Doc {
    text: String,
    rows: Vec<TokenRow>,
    sents: Vec<SentRow>,
    ents: Vec<EntRow>,
    /// Children of every token, in text order: `child_ids[child_at[i]..child_at[i + 1]]`.
    child_at: Vec<u32>,
    child_ids: Vec<u32>,
}

/// The columns of one token.
#[derive(Debug, Clone)]
pub struct TokenRow {
    /// First byte in the text.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn tag.
    pub xpos: Xpos,
    /// Dictionary form.
    pub lemma: String,
    /// Token index of the head; the token itself when it is the root of its sentence.
    pub head: u32,
    /// Relation to the head.
    pub dep: Dep,
}

#[derive(Debug, Clone)]
struct SentRow {
    tokens: Range<u32>,
    kind: SentKind,
    paragraph: u32,
}

#[derive(Debug, Clone)]
struct EntRow {
    tokens: Range<u32>,
    label: EntLabel,
}

/// Collects sentences into a [`Doc`].
#[derive(Debug)]
pub struct DocBuilder {
    text: String,
    rows: Vec<TokenRow>,
    sents: Vec<SentRow>,
    ents: Vec<EntRow>,
}

impl DocBuilder {
    /// Starts a document over `text`.
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), rows: Vec::new(), sents: Vec::new(), ents: Vec::new() }
    }

    /// Adds a sentence: byte ranges of its tokens and what the network says of each. Rows beyond
    /// the shorter of the two are left out; a head outside the sentence makes its token a root.
    pub fn sentence(
        &mut self,
        kind: SentKind,
        paragraph: u32,
        tokens: Vec<Range<usize>>,
        tags: Vec<TokenTags>,
    ) {
        let first = self.rows.len() as u32;
        let count = tokens.len().min(tags.len()) as u32;
        for (at, (range, tag)) in tokens.into_iter().zip(tags).enumerate() {
            let own = first + at as u32;
            let head = match tag.head {
                0 => own,
                head if head <= count => first + head - 1,
                _ => own,
            };
            self.entity(own, tag.ent, first);
            self.rows.push(TokenRow {
                start: range.start as u32,
                end: range.end as u32,
                upos: tag.upos,
                xpos: tag.xpos,
                lemma: tag.lemma,
                head,
                dep: tag.dep,
            });
        }
        let end = self.rows.len() as u32;
        if end > first {
            self.sents.push(SentRow { tokens: first..end, kind, paragraph });
        }
    }

    /// Opens an entity at `token`, or lengthens the one that ends there.
    fn entity(&mut self, token: u32, tag: Option<(EntLabel, bool)>, sentence: u32) {
        let Some((label, begins)) = tag else { return };
        if let Some(last) = self.ents.last_mut()
            && !begins
            && last.label == label
            && last.tokens.end == token
            && last.tokens.start >= sentence
        {
            last.tokens.end = token + 1;
            return;
        }
        self.ents.push(EntRow { tokens: token..token + 1, label });
    }

    /// The finished document.
    pub fn finish(self) -> Doc {
        let mut child_at = vec![0u32; self.rows.len() + 1];
        let is_child = |at: usize, row: &TokenRow| row.head as usize != at;
        for (at, row) in self.rows.iter().enumerate() {
            if is_child(at, row) {
                child_at[row.head as usize + 1] += 1;
            }
        }
        for at in 1..child_at.len() {
            child_at[at] += child_at[at - 1];
        }
        let mut next = child_at.clone();
        let mut child_ids = vec![0u32; *child_at.last().unwrap_or(&0) as usize];
        for (at, row) in self.rows.iter().enumerate() {
            if is_child(at, row) {
                let slot = &mut next[row.head as usize];
                child_ids[*slot as usize] = at as u32;
                *slot += 1;
            }
        }
        let Self { text, rows, sents, ents } = self;
        Doc { text, rows, sents, ents, child_at, child_ids }
    }
}

impl Doc {
    /// The text that was annotated.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether the text held no token at all.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The token at `index`; an index past the end gives the last token.
    ///
    /// Only ask a document that is not empty.
    pub fn token(&self, index: usize) -> Token<'_> {
        Token { doc: self, index: index.min(self.rows.len().saturating_sub(1)) as u32 }
    }

    /// All tokens in order.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = Token<'_>> + ExactSizeIterator + Clone {
        (0..self.rows.len() as u32).map(|index| Token { doc: self, index })
    }

    /// The tokens of a range of indices, cut to the document.
    pub fn span(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = Token<'_>> + Clone {
        let end = range.end.min(self.rows.len());
        (range.start.min(end)..end).map(|index| Token { doc: self, index: index as u32 })
    }

    /// The literal text from the first token of `range` to its last; empty for an empty range.
    pub fn slice(&self, range: Range<usize>) -> &str {
        let bytes = self.bytes(range);
        self.text.get(bytes).unwrap_or_default()
    }

    /// The bytes from the first token of `range` to the end of its last.
    pub fn bytes(&self, range: Range<usize>) -> Range<usize> {
        let end = range.end.min(self.rows.len());
        if range.start >= end {
            return 0..0;
        }
        self.rows[range.start].start as usize..self.rows[end - 1].end as usize
    }

    /// All sentences in order.
    pub fn sents(&self) -> impl DoubleEndedIterator<Item = Sent<'_>> + ExactSizeIterator + Clone {
        (0..self.sents.len()).map(|index| Sent { doc: self, index: index as u32 })
    }

    /// All named entities in order.
    pub fn ents(&self) -> impl DoubleEndedIterator<Item = Ent<'_>> + ExactSizeIterator + Clone {
        (0..self.ents.len()).map(|index| Ent { doc: self, index: index as u32 })
    }

    /// The token that covers or follows byte `offset`, if any.
    pub fn token_at(&self, offset: usize) -> Option<Token<'_>> {
        let index = self.rows.partition_point(|row| row.end as usize <= offset);
        (index < self.rows.len()).then(|| self.token(index))
    }
}

/// A view of one token.
#[derive(Clone, Copy)]
pub struct Token<'d> {
    doc: &'d Doc,
    index: u32,
}

impl<'d> Token<'d> {
    fn row(self) -> &'d TokenRow {
        &self.doc.rows[self.index as usize]
    }

    /// Index in the document.
    pub fn i(self) -> usize {
        self.index as usize
    }

    /// The document it belongs to.
    pub fn doc(self) -> &'d Doc {
        self.doc
    }

    /// The literal word.
    pub fn text(self) -> &'d str {
        let row = self.row();
        &self.doc.text[row.start as usize..row.end as usize]
    }

    /// Bytes in the text.
    pub fn bytes(self) -> Range<usize> {
        let row = self.row();
        row.start as usize..row.end as usize
    }

    /// Dictionary form, as UD writes it.
    pub fn lemma(self) -> &'d str {
        &self.row().lemma
    }

    /// Universal part of speech.
    pub fn pos(self) -> Upos {
        self.row().upos
    }

    /// Penn tag.
    pub fn tag(self) -> Xpos {
        self.row().xpos
    }

    /// Relation to the head.
    pub fn dep(self) -> Dep {
        self.row().dep
    }

    /// Whether this is the root of its sentence.
    pub fn is_root(self) -> bool {
        self.row().head == self.index
    }

    /// The head; the token itself at the root (as in spaCy).
    #[must_use]
    pub fn head(self) -> Token<'d> {
        Token { doc: self.doc, index: self.row().head }
    }

    /// Direct dependents in text order.
    pub fn children(self) -> Children<'d> {
        let at = self.index as usize;
        let (from, to) = (self.doc.child_at[at] as usize, self.doc.child_at[at + 1] as usize);
        Children { doc: self.doc, ids: self.doc.child_ids[from..to].iter() }
    }

    /// The first dependent with this relation.
    pub fn child(self, dep: Dep) -> Option<Token<'d>> {
        self.children().find(|child| child.dep() == dep)
    }

    /// All dependents with one of these relations, in text order.
    pub fn children_by(self, deps: &'static [Dep]) -> impl Iterator<Item = Token<'d>> + Clone {
        self.children().filter(move |child| deps.contains(&child.dep()))
    }

    /// Head, head's head, and so on, without the token itself.
    pub fn ancestors(self) -> impl Iterator<Item = Token<'d>> {
        let step = |token: Token<'d>| (!token.is_root()).then(|| token.head());
        std::iter::successors(step(self), move |token| step(*token))
    }

    /// The token and everything below it, in no particular order.
    pub fn subtree(self) -> Subtree<'d> {
        Subtree { stack: vec![self] }
    }

    /// First and last token index (exclusive end) of the subtree.
    pub fn subtree_span(self) -> Range<usize> {
        let (mut start, mut end) = (self.i(), self.i() + 1);
        for token in self.subtree() {
            start = start.min(token.i());
            end = end.max(token.i() + 1);
        }
        start..end
    }

    /// The sentence it stands in.
    pub fn sent(self) -> Sent<'d> {
        let at = self.doc.sents.partition_point(|sent| sent.tokens.end <= self.index);
        Sent { doc: self.doc, index: at.min(self.doc.sents.len().saturating_sub(1)) as u32 }
    }

    /// The token before, also across a sentence end.
    pub fn prev(self) -> Option<Token<'d>> {
        self.index.checked_sub(1).map(|index| Token { doc: self.doc, index })
    }

    /// The token after, also across a sentence end.
    #[must_use]
    pub fn next(self) -> Option<Token<'d>> {
        let index = self.index + 1;
        ((index as usize) < self.doc.rows.len()).then_some(Token { doc: self.doc, index })
    }
}

impl PartialEq for Token<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && std::ptr::eq(self.doc, other.doc)
    }
}

impl Eq for Token<'_> {}

impl std::fmt::Debug for Token<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}/{}/{}", self.index, self.text(), self.pos(), self.dep())
    }
}

/// Direct dependents of a token.
#[derive(Clone)]
pub struct Children<'d> {
    doc: &'d Doc,
    ids: std::slice::Iter<'d, u32>,
}

impl<'d> Iterator for Children<'d> {
    type Item = Token<'d>;

    fn next(&mut self) -> Option<Token<'d>> {
        self.ids.next().map(|&index| Token { doc: self.doc, index })
    }
}

impl DoubleEndedIterator for Children<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.ids.next_back().map(|&index| Token { doc: self.doc, index })
    }
}

/// A token and everything below it.
pub struct Subtree<'d> {
    stack: Vec<Token<'d>>,
}

impl<'d> Iterator for Subtree<'d> {
    type Item = Token<'d>;

    fn next(&mut self) -> Option<Token<'d>> {
        let token = self.stack.pop()?;
        self.stack.extend(token.children().rev());
        Some(token)
    }
}

/// A view of one sentence.
#[derive(Clone, Copy)]
pub struct Sent<'d> {
    doc: &'d Doc,
    index: u32,
}

impl<'d> Sent<'d> {
    /// Index among the document's sentences.
    pub fn i(self) -> usize {
        self.index as usize
    }

    /// Token indices.
    pub fn range(self) -> Range<usize> {
        let tokens = &self.doc.sents[self.index as usize].tokens;
        tokens.start as usize..tokens.end as usize
    }

    /// Its tokens in order.
    pub fn tokens(self) -> impl DoubleEndedIterator<Item = Token<'d>> + Clone {
        self.doc.span(self.range())
    }

    /// Body, headline, caption, dateline or credit.
    pub fn kind(self) -> SentKind {
        self.doc.sents[self.index as usize].kind
    }

    /// Number of the paragraph it stands in, from 0.
    pub fn paragraph(self) -> u32 {
        self.doc.sents[self.index as usize].paragraph
    }

    /// The first root of the sentence.
    pub fn root(self) -> Token<'d> {
        self.tokens().find(|token| token.is_root()).unwrap_or_else(|| self.doc.token(self.range().start))
    }

    /// The literal text.
    pub fn text(self) -> &'d str {
        self.doc.slice(self.range())
    }
}

impl PartialEq for Sent<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}

impl Eq for Sent<'_> {}

/// A view of one named entity.
#[derive(Clone, Copy)]
pub struct Ent<'d> {
    doc: &'d Doc,
    index: u32,
}

impl<'d> Ent<'d> {
    /// Token indices.
    pub fn range(self) -> Range<usize> {
        let tokens = &self.doc.ents[self.index as usize].tokens;
        tokens.start as usize..tokens.end as usize
    }

    /// Its kind.
    pub fn label(self) -> EntLabel {
        self.doc.ents[self.index as usize].label
    }

    /// The literal text.
    pub fn text(self) -> &'d str {
        self.doc.slice(self.range())
    }

    /// The token of the span whose head lies outside it.
    pub fn root(self) -> Token<'d> {
        let range = self.range();
        let outside = |token: &Token<'d>| token.is_root() || !range.contains(&token.head().i());
        self.doc.span(range.clone()).find(outside).unwrap_or_else(|| self.doc.token(range.start))
    }
}
