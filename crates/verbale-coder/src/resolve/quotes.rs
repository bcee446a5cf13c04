//! Quotations: paired quotation marks of every style, nested ones left inside, over sentence ends
//! within a paragraph.

use std::ops::Range;

use verbale_nlp::{Doc, Token, Upos};

/// One quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteSpan {
    /// Tokens inside the marks, without the comma that only joins a partial quotation to its sentence.
    pub tokens: Range<usize>,
    /// Bytes of these tokens: always a literal slice of the text.
    pub bytes: Range<usize>,
    /// Tokens with the marks.
    pub outer: Range<usize>,
    /// Less than a sentence.
    pub partial: bool,
}

/// All quotations in text order, without overlaps: the outermost marks count.
pub fn quotes(doc: &Doc) -> Vec<QuoteSpan> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < doc.len() {
        let end = paragraph_end(doc, at);
        paragraph(doc, at..end, &mut found);
        at = end;
    }
    found
}

/// Where the paragraph of a token ends.
pub fn paragraph_end(doc: &Doc, at: usize) -> usize {
    let number = doc.token(at).sent().paragraph();
    let mut end = doc.token(at).sent().range().end.max(at + 1);
    while end < doc.len() && doc.token(end).sent().paragraph() == number {
        end = doc.token(end).sent().range().end.max(end + 1);
    }
    end
}

fn paragraph(doc: &Doc, range: Range<usize>, found: &mut Vec<QuoteSpan>) {
    let mut at = range.start;
    while at < range.end {
        let Some(style) = opened(doc, at, &range) else {
            at += 1;
            continue;
        };
        match closed(doc, at, style, &range) {
            Some(close) => {
                push(doc, found, at, close, close + 1);
                at = close + 1;
            }
            // Nothing closes it: a quotation over several paragraphs, or one whose end got lost. An
            // apostrophe that was none is skipped.
            None if style.double => {
                let end = reopened(doc, at, style, &range).unwrap_or(range.end);
                push(doc, found, at, end, end);
                at = end;
            }
            None => at += 1,
        }
    }
}

/// One way to mark quotations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Style {
    /// Marks that close it.
    close: &'static [&'static str],
    /// The mark that opens it, where another one closes it.
    open: Option<&'static str>,
    /// Not also an apostrophe.
    double: bool,
}

/// The style of the mark that opens at a token, if one does.
fn opened(doc: &Doc, at: usize, range: &Range<usize>) -> Option<Style> {
    let style = match doc.token(at).text() {
        "\"" | "＂" => Style { close: &["\"", "”", "“", "＂"], open: None, double: true },
        "''" => Style { close: &["''", "\""], open: None, double: true },
        "``" => Style { close: &["''", "``", "\""], open: Some("``"), double: true },
        "“" | "‟" => Style { close: &["”", "\""], open: Some("“"), double: true },
        "„" => Style { close: &["“", "”", "\""], open: Some("„"), double: true },
        // Swedish opens with the closing mark.
        "”" => Style { close: &["”"], open: None, double: true },
        "«" => Style { close: &["»"], open: Some("«"), double: true },
        "»" => Style { close: &["«", "»"], open: None, double: true },
        "‹" => Style { close: &["›"], open: Some("‹"), double: true },
        "「" => Style { close: &["」"], open: Some("「"), double: true },
        "『" => Style { close: &["』"], open: Some("『"), double: true },
        "‘" => Style { close: &["’", "'"], open: Some("‘"), double: false },
        "‚" => Style { close: &["‘", "’"], open: Some("‚"), double: false },
        "'" => Style { close: &["'", "’"], open: None, double: false },
        _ => return None,
    };
    let ambiguous = style.open.is_none();
    let inside = at + 1 < range.end && !matches!(doc.token(at).text(), "‚") || tight_after(doc, at, range);
    // 6'2" and 19" are measures; a mark that also closes opens only at the start of a word.
    let measure = at > range.start && tight_before(doc, at, range) && doc.token(at - 1).pos() == Upos::Num;
    let loose =
        !tight_before(doc, at, range) || at.checked_sub(1).is_some_and(|before| is_opener(doc.token(before)));
    (inside
        && !measure
        && (!ambiguous || (loose && tight_after(doc, at, range)))
        && (style.double || (loose && tight_after(doc, at, range))))
    .then_some(style)
}

/// Where the quotation that opens at `at` is closed.
fn closed(doc: &Doc, at: usize, style: Style, range: &Range<usize>) -> Option<usize> {
    let mut depth = 0usize;
    for next in at + 1..range.end {
        let text = doc.token(next).text();
        if style.open == Some(text) && text != "``" && tight_after(doc, next, range) {
            // A second opening mark: nested when both are closed, else the first was never closed.
            depth += 1;
            continue;
        }
        if !style.close.contains(&text) {
            continue;
        }
        let ends = tight_before(doc, next, range) || !tight_after(doc, next, range);
        let measure = doc.token(next - 1).pos() == Upos::Num && style.open.is_some();
        if style.double {
            // A straight mark before a word, after a space, opens another quotation.
            let reopens =
                style.open.is_none() && !tight_before(doc, next, range) && tight_after(doc, next, range);
            if reopens {
                return None;
            }
            if measure && text == "\"" || !ends {
                continue;
            }
        } else if !(tight_before(doc, next, range) && apostrophe_ends(doc, next, range)) {
            continue;
        }
        if depth == 0 {
            return Some(next);
        }
        depth -= 1;
    }
    None
}

/// The next opening mark of the same style, before which a quotation that nothing closes must have ended.
fn reopened(doc: &Doc, at: usize, style: Style, range: &Range<usize>) -> Option<usize> {
    (at + 1..range.end).find(|next| {
        let text = doc.token(*next).text();
        let same = style.open.map_or_else(|| style.close.contains(&text), |open| open == text);
        same && tight_after(doc, *next, range) && !tight_before(doc, *next, range)
    })
}

/// Whether a single mark can close: no letter follows, and it is no possessive of a plural that goes
/// on ("the ministers' plan").
fn apostrophe_ends(doc: &Doc, at: usize, range: &Range<usize>) -> bool {
    if tight_after(doc, at, range) && !matches!(doc.token(at + 1).pos(), Upos::Punct) {
        return false;
    }
    let before = doc.token(at - 1);
    let possessive = before.text().ends_with('s') && at + 1 < range.end && doc.token(at).pos() == Upos::Part;
    !possessive || !(at + 1..range.end).any(|later| doc.token(later).text() == doc.token(at).text())
}

fn is_opener(token: Token<'_>) -> bool {
    matches!(
        token.text(),
        "(" | "[" | "—" | "–" | "-" | "--" | "“" | "\"" | "‘" | "'" | "«" | "„" | "/" | ":" | "…"
    )
}

fn tight_before(doc: &Doc, at: usize, range: &Range<usize>) -> bool {
    at > range.start && doc.token(at - 1).bytes().end == doc.token(at).bytes().start
}

fn tight_after(doc: &Doc, at: usize, range: &Range<usize>) -> bool {
    at + 1 < range.end && doc.token(at).bytes().end == doc.token(at + 1).bytes().start
}

/// Adds the quotation between an opening mark and `close`; `end` is where its marks end.
fn push(doc: &Doc, found: &mut Vec<QuoteSpan>, open: usize, close: usize, end: usize) {
    let mut tokens = open + 1..close;
    let worded = doc.span(tokens.clone()).any(|token| token.text().chars().any(char::is_alphanumeric));
    if !worded {
        return;
    }
    let partial = is_partial(doc, &tokens);
    while partial && tokens.len() > 1 && doc.token(tokens.end - 1).text() == "," {
        tokens.end -= 1;
    }
    found.push(QuoteSpan { bytes: doc.bytes(tokens.clone()), tokens, outer: open..end, partial });
}

/// Whether words are less than a sentence: no verb with a subject among them, or no capital to begin with.
fn is_partial(doc: &Doc, tokens: &Range<usize>) -> bool {
    let finite = doc.span(tokens.clone()).any(|token| {
        crate::code::tree::is_verbal(token)
            && token.children().any(|child| child.dep().is_subject() && tokens.contains(&child.i()))
    });
    let capital = doc
        .token(tokens.start)
        .text()
        .chars()
        .next()
        .is_some_and(|first| first.is_uppercase() || !first.is_alphabetic());
    !(finite && capital)
}
