//! Glyphs on pages to paragraphs: lines joined, hyphens mended, running heads and page numbers out.

use std::collections::BTreeMap;

/// One piece of text where it stands, in points from the lower left corner.
#[derive(Debug, Clone)]
pub struct Glyph {
    /// Left edge.
    pub x: f64,
    /// Base line.
    pub y: f64,
    /// Right edge.
    pub end: f64,
    /// Height of the font.
    pub size: f64,
    /// What it says.
    pub text: String,
}

/// One page.
#[derive(Debug, Clone)]
pub struct Page {
    /// Upper edge.
    pub top: f64,
    /// Lower edge.
    pub bottom: f64,
    /// In the order in which the file draws them.
    pub glyphs: Vec<Glyph>,
}

/// One line of text.
#[derive(Debug, Clone)]
struct Line {
    x: f64,
    y: f64,
    end: f64,
    size: f64,
    text: String,
}

/// The text of some pages, paragraphs two line ends apart.
pub fn text(pages: Vec<Page>) -> String {
    let pages: Vec<(Page, Vec<Line>)> = pages
        .into_iter()
        .map(|mut page| {
            let lines = lines(&std::mem::take(&mut page.glyphs));
            (page, lines)
        })
        .collect();
    let running = running(&pages);
    let kept: Vec<Vec<Line>> = pages
        .into_iter()
        .map(|(page, lines)| {
            let stays = |line: &Line| {
                let edge = at_edge(&page, line);
                !(edge && (is_page_number(&line.text) || running.contains(&shape(&line.text))))
            };
            lines.into_iter().filter(stays).collect()
        })
        .collect();
    paragraphs(&kept)
}

/// Lines in the order of the file: a new one where the base line changes or the pen goes back.
fn lines(glyphs: &[Glyph]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for glyph in glyphs {
        let text = unligated(&glyph.text);
        if text.is_empty() {
            continue;
        }
        let same = lines.last().is_some_and(|line| {
            let size = line.size.max(glyph.size).max(1.0);
            let near = (line.y - glyph.y).abs() < 0.4 * size;
            near && glyph.x > line.end - 0.5 * size && glyph.x < line.end + 30.0 * size
        });
        match lines.last_mut().filter(|_| same) {
            Some(line) => {
                let gap = glyph.x - line.end;
                if gap > 0.17 * line.size && !line.text.ends_with(' ') && !text.starts_with(' ') {
                    line.text.push(' ');
                }
                line.text.push_str(&text);
                line.end = line.end.max(glyph.end);
                line.size = line.size.max(glyph.size);
            }
            None => lines.push(Line { x: glyph.x, y: glyph.y, end: glyph.end, size: glyph.size, text }),
        }
    }
    for line in &mut lines {
        line.text = line.text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    lines.retain(|line| !line.text.is_empty());
    lines
}

/// Letters that are drawn as one, apart; controls out.
fn unligated(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'ﬀ' => "ff".to_owned(),
            'ﬁ' => "fi".to_owned(),
            'ﬂ' => "fl".to_owned(),
            'ﬃ' => "ffi".to_owned(),
            'ﬄ' => "ffl".to_owned(),
            '\u{a0}' | '\t' | '\n' | '\r' => " ".to_owned(),
            c if c.is_control() => String::new(),
            c => c.to_string(),
        })
        .collect()
}

/// Whether a line stands in the upper or lower tenth of its page.
fn at_edge(page: &Page, line: &Line) -> bool {
    let height = (page.top - page.bottom).max(1.0);
    let at = (line.y - page.bottom) / height;
    !(0.1..=0.9).contains(&at)
}

/// A line with its numbers made equal, so that "Page 2" is "Page 3".
fn shape(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        let c = if c.is_ascii_digit() { '#' } else { c };
        if c != '#' || !out.ends_with('#') {
            out.push(c);
        }
    }
    out
}

/// Lines at the edges of at least three pages and a third of all.
fn running(pages: &[(Page, Vec<Line>)]) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (page, lines) in pages {
        let mut here: Vec<String> =
            lines.iter().filter(|line| at_edge(page, line)).map(|line| shape(&line.text)).collect();
        here.sort();
        here.dedup();
        for shape in here {
            *seen.entry(shape).or_default() += 1;
        }
    }
    let least = (pages.len() / 3).max(if pages.len() == 2 { 2 } else { 3 });
    seen.into_iter().filter(|(_, count)| *count >= least).map(|(shape, _)| shape).collect()
}

fn is_page_number(text: &str) -> bool {
    let word = |word: &str| {
        matches!(word.to_ascii_lowercase().as_str(), "page" | "of" | "p." | "-" | "–" | "—" | "/" | "|")
    };
    let number = |word: &str| {
        let word = word.trim_matches(['-', '–', '—', '.', '[', ']', '(', ')']);
        word.split('/').all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
    };
    text.split(' ').all(|part| word(part) || number(part)) && text.bytes().any(|b| b.is_ascii_digit())
}

/// Lines joined where the text runs on.
fn paragraphs(pages: &[Vec<Line>]) -> String {
    let usual = usual_gap(pages);
    let right = |lines: &[Line]| lines.iter().map(|line| line.end).fold(0.0, f64::max);
    let mut out = String::new();
    let mut before: Option<(Line, f64)> = None;
    for lines in pages {
        let edge = right(lines);
        for (at, line) in lines.iter().enumerate() {
            if let Some((last, last_edge)) = &before {
                // On a new page the distance says nothing; the sentence does.
                let apart = if at == 0 {
                    ends(&last.text) || starts_anew(&line.text)
                } else {
                    breaks(last, line, usual, *last_edge)
                };
                join(&mut out, apart, &line.text);
            }
            out.push_str(&line.text);
            before = Some((line.clone(), edge));
        }
    }
    out
}

/// The distance between lines that is most frequent, in tenths of the font's height.
fn usual_gap(pages: &[Vec<Line>]) -> f64 {
    let mut seen: BTreeMap<i64, usize> = BTreeMap::new();
    for pair in pages.iter().flat_map(|lines| lines.windows(2)) {
        let gap = (pair[0].y - pair[1].y) / pair[0].size.max(1.0);
        if (0.5..4.0).contains(&gap) {
            *seen.entry((gap * 10.0).round() as i64).or_default() += 1;
        }
    }
    let most = seen.values().max().copied().unwrap_or_default();
    // Of equals the narrowest: paragraphs of one line are all far apart.
    seen.iter().find(|(_, count)| **count == most).map_or(1.3, |(gap, _)| *gap as f64 / 10.0)
}

/// Whether a paragraph ends between two lines of a page.
fn breaks(last: &Line, line: &Line, usual: f64, edge: f64) -> bool {
    let size = last.size.max(1.0);
    let gap = (last.y - line.y) / size;
    if gap < 0.0 {
        return ends(&last.text); // the next column
    }
    if gap > usual + 0.35 || (last.size - line.size).abs() > 0.15 * size {
        return true;
    }
    let indented = line.x > last.x + 0.8 * size && line.x < last.x + 6.0 * size;
    let short = last.end < edge - 0.15 * (edge - last.x).max(1.0);
    (indented && ends(&last.text)) || (short && ends(&last.text))
}

fn ends(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', ')', '\'']).ends_with(['.', '!', '?', ':'])
}

fn starts_anew(text: &str) -> bool {
    text.starts_with(['•', '■', '–'])
}

/// Puts what belongs between two lines: nothing where a word was divided, a blank, or a paragraph's end.
fn join(out: &mut String, apart: bool, next: &str) {
    if apart {
        out.push_str("\n\n");
        return;
    }
    let lower = next.starts_with(char::is_lowercase);
    let divided = out.ends_with(['-', '\u{ad}', '‐'])
        && out.chars().rev().nth(1).is_some_and(char::is_lowercase)
        && lower;
    if divided {
        out.pop();
    } else if !out.ends_with(['-', '‐', '\u{ad}']) {
        out.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lines: &[(f64, f64, &str)]) -> Page {
        let glyph = |(x, y, text): &(f64, f64, &str)| Glyph {
            x: *x,
            y: *y,
            end: x + 5.0 * text.len() as f64,
            size: 10.0,
            text: (*text).to_owned(),
        };
        Page { top: 800.0, bottom: 0.0, glyphs: lines.iter().map(glyph).collect() }
    }

    #[test]
    fn lines_become_paragraphs() {
        let one = page(&[
            (50.0, 780.0, "Ministry of Foreign Affairs"),
            (50.0, 700.0, "The minister met the ambas-"),
            (50.0, 688.0, "sador in Oslo on Tuesday at"),
            (50.0, 676.0, "noon."),
            (50.0, 650.0, "They spoke of trade and of"),
            (280.0, 20.0, "1"),
        ]);
        let two = page(&[
            (50.0, 780.0, "Ministry of Foreign Affairs"),
            (50.0, 700.0, "fisheries."),
            (280.0, 20.0, "2"),
        ]);
        assert_eq!(
            text(vec![one, two]),
            "The minister met the ambassador in Oslo on Tuesday at noon.\n\nThey spoke of trade and of fisheries."
        );
    }

    #[test]
    fn page_numbers_are_told() {
        assert!(
            is_page_number("3")
                && is_page_number("Page 3 of 12")
                && is_page_number("- 3 -")
                && is_page_number("3/12")
        );
        assert!(!is_page_number("In 2019") && !is_page_number("page"));
    }
}
