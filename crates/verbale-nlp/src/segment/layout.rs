//! Lines to paragraphs: blank lines part them always, single line ends only where they are no
//! mere wrapping at a fixed width.

use std::ops::Range;

use super::chars::{is_bullet, is_stop};

/// Wrapped text is set in lines between these widths; longer lines are paragraphs.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=110;
/// With fewer line ends than this a width cannot be told, and the words alone decide.
const FEWEST_ENDS: usize = 3;
/// Slack in characters for uneven wrapping.
const SLACK: usize = 8;

/// Byte ranges of the paragraphs of a text, in order, trimmed, none empty.
pub(super) fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let width = wrap_width(text);
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut previous: Option<Line<'_>> = None;
    for line in lines(text) {
        if line.words.is_empty() {
            previous = None;
            continue;
        }
        let joined = previous.is_some_and(|p| joins(p, line, width));
        match found.last_mut() {
            Some(last) if joined => last.end = line.end(),
            _ => found.push(line.start..line.end()),
        }
        previous = Some(line);
    }
    found
}

/// A line without the white space around it.
#[derive(Debug, Clone, Copy)]
struct Line<'a> {
    start: usize,
    indent: usize,
    words: &'a str,
}

impl Line<'_> {
    fn end(self) -> usize {
        self.start + self.words.len()
    }

    /// Length in characters, counted no further than matters.
    fn width(self) -> usize {
        self.indent + self.words.chars().take(*WIDTHS.end() + 1).count()
    }
}

/// The lines of a text under every convention for line ends.
fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let is_end = |c: char| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let mut at = 0;
    let mut after_return = false;
    text.split(is_end).filter_map(move |raw| {
        let begin = at;
        let ending = text.get(begin + raw.len()..).and_then(|r| r.chars().next());
        at += raw.len() + ending.map_or(0, char::len_utf8);
        // The empty piece inside "\r\n" is no blank line.
        let hollow = raw.is_empty() && after_return && ending == Some('\n');
        after_return = ending == Some('\r');
        let lead = raw.len() - raw.trim_start().len();
        (!hollow).then(|| Line { start: begin + lead, indent: lead.min(*WIDTHS.end()), words: raw.trim() })
    })
}

/// The width a text is wrapped at, or `None` where line ends are paragraph ends.
fn wrap_width(text: &str) -> Option<usize> {
    let mut counts = [0_usize; 256];
    let mut ends = 0;
    each_end(text, |line, _| {
        if let Some(count) = counts.get_mut(line.width().min(255)) {
            *count += 1;
            ends += 1;
        }
    });
    if ends < FEWEST_ENDS {
        return None;
    }
    // The widest lines but for one in twenty, which may hold an address that does not break.
    let mut wider = 0;
    let width = (0..counts.len()).rev().find(|w| {
        wider += counts.get(*w).copied().unwrap_or(0);
        wider * 20 > ends
    })?;
    if !WIDTHS.contains(&width) {
        return None;
    }
    // Only line ends inside a sentence can tell wrapping from paragraphs.
    let (mut full, mut open, mut stopped) = (0, 0, 0);
    each_end(text, |line, next| {
        if is_stopped(line) {
            stopped += 1;
        } else if !starts_item(next) && next.indent <= line.indent + 1 {
            open += 1;
            full += usize::from(is_full(line, next, width));
        }
    });
    (open >= FEWEST_ENDS && full * 10 >= open * 8 && open * 3 >= stopped).then_some(width)
}

/// Calls `visit` for every line that another follows directly.
fn each_end<'a>(text: &'a str, mut visit: impl FnMut(Line<'a>, Line<'a>)) {
    let mut previous: Option<Line<'a>> = None;
    for line in lines(text) {
        if line.words.is_empty() {
            previous = None;
            continue;
        }
        if let Some(before) = previous {
            visit(before, line);
        }
        previous = Some(line);
    }
}

/// Whether the next line's first word would not have fitted.
fn is_full(line: Line<'_>, next: Line<'_>, width: usize) -> bool {
    let word = next.words.chars().take_while(|c| !c.is_whitespace()).take(width).count();
    line.width() + 1 + word + SLACK > width + 1
}

/// Whether a line ends as a sentence does.
fn is_stopped(line: Line<'_>) -> bool {
    line.words.trim_end_matches(['"', '”', '’', ')', ']', '»']).ends_with(|c| is_stop(c) || c == ':')
}

/// Whether `next` goes on with the paragraph of `line`.
fn joins(line: Line<'_>, next: Line<'_>, width: Option<usize>) -> bool {
    let stopped = is_stopped(line);
    let small = next.words.starts_with(char::is_lowercase);
    if let Some(width) = width {
        let full = is_full(line, next, width);
        // A number or a dash may come first in a line by chance.
        let item = starts_item(next) && (stopped || !full || next.words.starts_with('•'));
        // A first line is indented; so are all lines of an item but its first.
        let indented = next.indent > line.indent + 1 && !starts_item(line);
        return !item && !indented && (full || (small && !stopped));
    }
    if starts_item(next) {
        return false;
    }
    // No known width: only words that cannot end a paragraph join lines.
    let length = line.width();
    let open = line.words.ends_with(',') || line.words.rsplit(char::is_whitespace).next().is_some_and(leans);
    !stopped && WIDTHS.contains(&length) && ((small && !line.words.ends_with(';')) || open)
}

/// Function words after which a line cannot end for good.
fn leans(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "of"
            | "in"
            | "on"
            | "at"
            | "to"
            | "for"
            | "from"
            | "by"
            | "with"
            | "and"
            | "or"
            | "that"
            | "his"
            | "her"
            | "its"
            | "their"
            | "as"
            | "was"
            | "is"
            | "has"
            | "had"
            | "have"
            | "will"
            | "between"
    )
}

/// Whether a line opens a list item: a bullet, `1.`, `(a)`.
fn starts_item(line: Line<'_>) -> bool {
    let first = line.words.split(char::is_whitespace).next().unwrap_or_default();
    if first.len() == line.words.len() || first.len() > 5 {
        return false;
    }
    let mut chars = first.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return is_bullet(c);
    }
    let core = first.trim_start_matches('(').trim_end_matches([')', '.']);
    let marked = core.len() < first.len() && first.ends_with([')', '.']);
    marked
        && (core.len() <= 2 && core.bytes().all(|b| b.is_ascii_digit())
            || core.len() == 1 && first.ends_with(')'))
}
