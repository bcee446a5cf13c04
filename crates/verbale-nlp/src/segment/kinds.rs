//! The kind of each paragraph, from its layout, its neighbours and its words.

use std::ops::Range;

use super::SentKind;
use super::block::Block;
use super::captions::{Position, is_caption};
use super::chars::is_opener;
use super::credits::{is_credit, is_date_line};
use super::dateline::dateline_len;

/// A title has at most this many tokens, and a heading between paragraphs at most the second.
const LONGEST_TITLE: usize = 40;
const LONGEST_SUBHEAD: usize = 14;
/// Title, subtitle and standfirst; further lines without a stop are a list.
const MOST_TITLES: usize = 3;

/// The kind of every paragraph; `captions` are ranges of bytes that are known to be captions.
pub(super) fn kinds(blocks: &[Block<'_>], captions: &[Range<usize>]) -> Vec<SentKind> {
    // A single paragraph is what was asked about: it is prose, with or without a stop.
    if blocks.len() < 2 {
        return vec![SentKind::Body; blocks.len()];
    }
    let known = |block: &Block<'_>| {
        let after = captions.partition_point(|caption| caption.start <= block.range.start);
        after.checked_sub(1).is_some_and(|at| block.range.end <= captions[at].end)
    };
    let last_prose = blocks.iter().rposition(Block::is_prose);
    let mut kinds = Vec::with_capacity(blocks.len());
    let mut titles = 0;
    let mut prose_seen = false;
    for (at, block) in blocks.iter().enumerate() {
        let next = blocks.get(at + 1);
        let position = Position {
            top: at > 0 && !prose_seen,
            credited: next.is_some_and(|n| !n.is_prose() && is_credit(n, false)),
        };
        let prose_ahead = last_prose.is_some_and(|last| at < last);
        let kind = if is_credit(block, !prose_seen) && (at > 0 || !is_title(block, next)) {
            SentKind::Credit
        } else if known(block) {
            SentKind::Caption
        } else if is_date_line(block) {
            SentKind::Dateline
        } else if is_caption(block, position) && (at > 0 || block.is_stopped()) {
            SentKind::Caption
        } else if !prose_seen && prose_ahead && titles < MOST_TITLES && is_title(block, next) {
            titles += 1;
            SentKind::Headline
        } else if prose_seen && is_subhead(block, blocks.get(at.wrapping_sub(1)), next) {
            SentKind::Headline
        } else {
            prose_seen = true;
            SentKind::Body
        };
        kinds.push(kind);
    }
    kinds
}

/// A line without a full stop before the prose; a question only if prose follows at once.
fn is_title(block: &Block<'_>, next: Option<&Block<'_>>) -> bool {
    if block.len() > LONGEST_TITLE || block.is_item() || block.leans_on() || dateline_len(block, false) > 0 {
        return false;
    }
    if !block.form(0).starts_with(|c: char| c.is_alphanumeric() || is_opener(c)) {
        return false;
    }
    let asks = block.written().ends_with(['?', '!']) && next.is_some_and(Block::is_prose);
    let inner = block.forms().any(|f| f == ".");
    let sentences = block.forms().filter(|f| matches!(*f, "." | "?" | "!")).count();
    (!block.is_stopped() && !inner) || (asks && sentences == 1) || ends_with_initialism(block)
}

/// "Talks with the U.S." has a stop that is no full stop.
fn ends_with_initialism(block: &Block<'_>) -> bool {
    let last = block.forms().next_back().unwrap_or_default();
    last.len() > 2
        && last.ends_with('.')
        && block.len() <= LONGEST_SUBHEAD
        && !block.forms().any(|f| f == ".")
}

/// A short line without a stop between two paragraphs of prose.
fn is_subhead(block: &Block<'_>, before: Option<&Block<'_>>, next: Option<&Block<'_>>) -> bool {
    block.len() <= LONGEST_SUBHEAD
        && !block.is_stopped()
        && !block.leans_on()
        && !block.is_item()
        && block.form(0).starts_with(|c: char| c.is_uppercase() || c.is_numeric())
        && before.is_some_and(Block::is_prose)
        && next.is_some_and(|n| n.is_prose() && n.len() > block.len())
}
