//! The article's own paragraphs and captions, taken from the page where the extractor found its words.

use super::align::{align, words};
use super::block::{Block, Kind};
use super::calendar::dates;
use super::published::Place;

/// Part of the extractor's words that must be found in the page's blocks; else its own text is taken.
const COVERAGE: f64 = 0.5;

/// Longest block that may be a byline or a date line, in words.
const LINE: usize = 20;

/// Least links in a row that make a menu.
const MENU: usize = 6;

/// Longest entry of a menu, in words.
const ENTRY: usize = 8;

/// A paragraph of the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Its text.
    pub text: String,
    /// Whether it is the caption of a picture.
    pub caption: bool,
}

/// The article of a page.
#[derive(Debug, Default)]
pub struct Body {
    /// In reading order.
    pub paragraphs: Vec<Paragraph>,
    /// Where it stands among the blocks.
    pub place: Option<Place>,
}

/// Finds the article: `chosen` is what the extractor took for it, `titles` what the headline may be.
pub fn body(chosen: &str, blocks: &[Block], titles: &[&str], authors: &[String]) -> Body {
    let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
    let mut alignment = align(chosen, &texts);
    without_menus(&mut alignment.blocks, blocks);
    let is_title = |block: &Block| titles.iter().any(|title| same(title, &block.text));
    let prose = |at: &usize| blocks[*at].kind == Kind::Paragraph && !is_title(&blocks[*at]);
    let first = alignment.blocks.iter().copied().find(|at| prose(at) && blocks[*at].words() >= LINE);
    let first = first.or_else(|| alignment.blocks.iter().copied().find(prose));
    let (Some(first), Some(last)) = (first, alignment.blocks.iter().copied().rfind(prose)) else {
        return plain(chosen, titles);
    };
    if alignment.coverage < COVERAGE {
        return plain(chosen, titles);
    }
    let title = (0..first).rev().find(|at| is_title(&blocks[*at]));
    let title = title.or_else(|| (0..first).rev().find(|at| blocks[*at].kind == Kind::Title));
    let mut picked: Vec<usize> = alignment
        .blocks
        .into_iter()
        .filter(|at| blocks[*at].kind != Kind::Caption)
        .filter(|at| !is_title(&blocks[*at]) && !is_furniture(&blocks[*at], *at < first, authors))
        .collect();
    let captions = captions(blocks, title.unwrap_or(first), last);
    picked.extend(captions);
    picked.sort_unstable();
    let paragraph =
        |at: usize| Paragraph { text: blocks[at].text.clone(), caption: blocks[at].kind == Kind::Caption };
    let mut paragraphs: Vec<Paragraph> = picked.into_iter().map(paragraph).collect();
    // A heading that nothing follows headed what was left out.
    while paragraphs
        .last()
        .is_some_and(|last| blocks.iter().any(|block| block.kind == Kind::Heading && block.text == last.text))
    {
        paragraphs.pop();
    }
    Body { paragraphs, place: Some(Place { title, first, last }) }
}

/// Leaves out menus: many short links in a row, as no article has them.
fn without_menus(picked: &mut Vec<usize>, blocks: &[Block]) {
    let entry = |at: &usize| {
        let block = &blocks[*at];
        block.is_link() && block.words() <= ENTRY && block.kind != Kind::Title
    };
    let mut kept = Vec::with_capacity(picked.len());
    for run in picked.chunk_by(|one, other| entry(one) == entry(other)) {
        if run.len() < MENU || !entry(&run[0]) {
            kept.extend_from_slice(run);
        }
    }
    *picked = kept;
}

/// Captions between the headline and the end of the article, each once; none that belongs to another page.
fn captions(blocks: &[Block], start: usize, end: usize) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    for at in start..=end {
        let block = &blocks[at];
        let own = block.kind == Kind::Caption && !block.apart && !block.is_link() && block.words() > 2;
        if own && !found.iter().any(|other| same(&blocks[*other].text, &block.text)) {
            found.push(at);
        }
    }
    found
}

/// The extractor's text as it is, for pages that hold it elsewhere than in their blocks.
fn plain(chosen: &str, titles: &[&str]) -> Body {
    let paragraphs = chosen
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !titles.iter().any(|title| same(title, line)))
        .map(|line| Paragraph { text: line.to_owned(), caption: false })
        .collect();
    Body { paragraphs, place: None }
}

/// Whether two texts have the same words.
pub fn same(one: &str, other: &str) -> bool {
    words(one) == words(other)
}

/// Whether a block is no part of the report: byline, date line, invitation to read, share or subscribe.
fn is_furniture(block: &Block, before_prose: bool, authors: &[String]) -> bool {
    /// Beginnings of blocks that lead elsewhere.
    const LEADS: &[&str] = &[
        "read more",
        "read also",
        "also read",
        "related:",
        "related stories",
        "related articles",
        "more on this",
        "see also",
        "more from",
        "more:",
        "recommended",
        "sign up",
        "subscribe",
        "follow us",
        "share this",
        "click here",
        "download our",
        "get the latest",
        "join our",
        "advertisement",
        "story continues",
        "continue reading",
        "copyright ©",
        "© ",
        "all rights reserved",
        "tags:",
        "filed under",
        "topics:",
        "view comments",
        "print this",
    ];
    let length = block.words();
    let lower = block.text.to_lowercase();
    if length <= 2 * LINE && LEADS.iter().any(|lead| lower.starts_with(lead)) {
        return true;
    }
    if block.apart && block.is_link() {
        return true;
    }
    let by = ["by ", "von ", "par ", "por ", "di "].iter().any(|by| lower.starts_with(by))
        || authors.iter().any(|author| same(author, &block.text));
    let dated = !dates(&block.text, None).is_empty();
    before_prose && length <= LINE && !block.text.ends_with(['.', '!', '?', '”', '"']) && (by || dated)
}
