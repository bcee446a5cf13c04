//! Quotations: paired quotation marks of every style, over sentence ends within a paragraph.

use std::ops::Range;

use verbale_nlp::Doc;

/// One quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteSpan {
    /// Tokens inside the marks.
    pub tokens: Range<usize>,
    /// Bytes inside the marks.
    pub bytes: Range<usize>,
    /// Tokens with the marks.
    pub outer: Range<usize>,
}

/// All quotations in text order, without overlaps.
pub fn quotes(doc: &Doc) -> Vec<QuoteSpan> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for token in doc.tokens() {
        let paragraph = token.sent().paragraph();
        // A quotation that is never closed ends with its paragraph.
        if let Some((start, _)) = open
            && doc.token(start).sent().paragraph() != paragraph
        {
            push(doc, &mut found, start, token.i());
            open = None;
        }
        let Some(mark) = token.text().chars().next().filter(|_| is_mark(token.text())) else { continue };
        match open {
            None => {
                if let Some(close) = closing(mark, doc, token.i()) {
                    open = Some((token.i(), close));
                }
            }
            Some((start, close)) if mark == close || (close == '"' && mark == '”') || (close == '”' && mark == '"') => {
                push(doc, &mut found, start, token.i());
                open = None;
            }
            Some(_) => {}
        }
    }
    if let Some((start, _)) = open {
        push(doc, &mut found, start, doc.len());
    }
    found
}

fn is_mark(text: &str) -> bool {
    matches!(text, "\"" | "“" | "”" | "„" | "«" | "»" | "‹" | "›" | "‘" | "’" | "'" | "``" | "''" | "‟" | "「" | "」")
}

/// The mark that closes a quotation opened by this one; single marks open only before a word.
fn closing(mark: char, doc: &Doc, at: usize) -> Option<char> {
    let next = (at + 1 < doc.len()).then(|| doc.token(at + 1));
    let tight = next.is_some_and(|next| next.bytes().start == doc.token(at).bytes().end);
    let loose_before = at == 0 || doc.token(at - 1).bytes().end < doc.token(at).bytes().start;
    match mark {
        '"' | '`' => Some(if mark == '`' { '\'' } else { '"' }),
        '“' | '„' | '‟' => Some('”'),
        '«' => Some('»'),
        '‹' => Some('›'),
        '「' => Some('」'),
        '‘' if tight => Some('’'),
        '\'' if tight && loose_before => Some('\''),
        _ => None,
    }
}

fn push(doc: &Doc, found: &mut Vec<QuoteSpan>, open: usize, close: usize) {
    let tokens = open + 1..close;
    if tokens.is_empty() {
        return;
    }
    let outer = open..(close + 1).min(doc.len());
    found.push(QuoteSpan { bytes: doc.bytes(tokens.clone()), tokens, outer });
}
