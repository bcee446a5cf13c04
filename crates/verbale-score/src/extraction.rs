//! Article pages and their body text: shingles of four words in common, and publication dates read by hand.
//!
//! As in the article-extraction-benchmark the pages come from: per page, true and false positives are counted over
//! the multisets of shingles; precision and recall are means over pages, and F1 is that of the means. The text that is
//! scored holds the captions, as the program gives it; a second F1 is of the text without them.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use rayon::prelude::*;
use verbale::World;
use verbale::ingest::page;
use verbale::model::Report;

use crate::table::cells;
use crate::{Measure, Scored};

/// Words of a shingle.
const SHINGLE: usize = 4;

/// Publication dates by hand, kept with the project.
const DATES: &str = include_str!("../../../tests/gold/extraction-dates.tsv");

/// A page with its gold.
struct Page {
    hash: String,
    html: String,
    url: String,
    body: String,
}

/// Scores the archive of pages beside its `ground-truth.json`.
pub fn run(_: &World, paths: &[&Path]) -> Result<Scored> {
    let pages = pages(paths[0], paths[1])?;
    let read: Vec<Report> =
        pages.par_iter().map(|one| page(&one.html, Some(&one.url), None).unwrap_or_default()).collect();
    let mut measures = Vec::new();
    for (name, captions) in [("", true), (", without captions", false)] {
        let scores: Vec<(f64, f64)> =
            pages.iter().zip(&read).map(|(one, report)| score(&one.body, &text(report, captions))).collect();
        let mean =
            |of: fn(&(f64, f64)) -> f64| scores.iter().map(of).sum::<f64>() / scores.len().max(1) as f64;
        let (precision, recall) = (mean(|score| score.0), mean(|score| score.1));
        let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
        for (what, value) in [("F1", f1), ("precision", precision), ("recall", recall)] {
            measures.push(Measure {
                set: "extraction",
                name: format!("{what}{name}"),
                value,
                n: pages.len(),
            });
        }
    }
    measures.push(dates(&pages, &read));
    Ok(measures.into())
}

fn dates(pages: &[Page], read: &[Report]) -> Measure {
    let (mut right, mut rows) = (0, 0);
    for row in cells(DATES, '\t').into_iter().skip(1) {
        let [hash, by_hand, ..] = row.as_slice() else { continue };
        let at = pages.iter().position(|one| one.hash == *hash);
        let found = at.and_then(|at| read[at].published.as_deref()).unwrap_or_default();
        rows += 1;
        right += usize::from(found == by_hand);
    }
    Measure::share("extraction", "publication dates right", right, rows)
}

fn pages(archive: &Path, gold: &Path) -> Result<Vec<Page>> {
    let gold = std::fs::read_to_string(gold).with_context(|| format!("reading {}", gold.display()))?;
    let gold: BTreeMap<String, BTreeMap<String, String>> = serde_json::from_str(&gold)?;
    let file = std::fs::File::open(archive)?;
    let mut pages = Vec::new();
    for entry in
        tar::Archive::new(lzma_rust2::XzReader::new(std::io::BufReader::new(file), true)).entries()?
    {
        let mut entry = entry?;
        let path = entry.path()?.into_owned();
        let hash = path.file_name().and_then(|name| name.to_str()?.split('.').next()).unwrap_or_default();
        let Some(truth) = gold.get(hash) else { continue };
        let mut packed = Vec::new();
        entry.read_to_end(&mut packed)?;
        let mut html = Vec::new();
        flate2::read::MultiGzDecoder::new(packed.as_slice()).read_to_end(&mut html)?;
        let of = |key: &str| truth.get(key).cloned().unwrap_or_default();
        pages.push(Page {
            hash: hash.to_owned(),
            html: String::from_utf8_lossy(&html).into_owned(),
            url: of("url"),
            body: of("articleBody"),
        });
    }
    anyhow::ensure!(!pages.is_empty(), "the archive of pages holds none that the ground truth names");
    Ok(pages)
}

/// The text of a report, with or without its captions.
fn text(report: &Report, captions: bool) -> String {
    let inside = |at: u32| report.captions.iter().any(|span| span.start <= at && at < span.end);
    report
        .text
        .chars()
        .enumerate()
        .filter(|(at, _)| captions || !inside(*at as u32))
        .map(|(_, c)| c)
        .collect()
}

/// Precision and recall of one page.
fn score(gold: &str, found: &str) -> (f64, f64) {
    let (gold, found) = (shingles(gold), shingles(found));
    let common: usize = gold.iter().map(|(run, n)| *n.min(found.get(run).unwrap_or(&0))).sum();
    let share = |of: &BTreeMap<Vec<&str>, usize>| match of.values().sum::<usize>() {
        0 => f64::from(u8::from(gold.is_empty() && found.is_empty())),
        all => common as f64 / all as f64,
    };
    (share(&found), share(&gold))
}

fn shingles(text: &str) -> BTreeMap<Vec<&str>, usize> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    let mut counts = BTreeMap::new();
    for run in words.windows(SHINGLE.min(words.len()).max(1)) {
        *counts.entry(run.to_vec()).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shingles_in_common() {
        let half = score("one two three four five", "two three four five six");
        assert!((half.0 - 0.5).abs() < 1e-9 && (half.1 - 0.5).abs() < 1e-9);
        assert_eq!(score("one two", "one, two!"), (1.0, 1.0));
        assert_eq!(score("one two", ""), (0.0, 0.0));
        assert_eq!(score("", ""), (1.0, 1.0));
    }
}
