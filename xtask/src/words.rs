//! `cargo xtask words DIR...`: how rare English words are, from texts whose licence allows it.
//!
//! Each folder is one kind of text: treebanks (`.conllu`, `.conllu.gz`), reports in Markdown quotes (`.md`),
//! archives of articles (`.tar.xz` with tables that have a column `text`). A word's share is that of the
//! kind of text in which it is most common, so that the words of the trade ("bilateral", "counterpart")
//! do not pass for rare because general English has few of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use verbale_ledger::similar::{stem, words};

use crate::data::root;
use verbale_score::table;

/// Words of a passage.
const PASSAGE: usize = 100;
/// Passages in which a word must stand to be counted.
const LEAST: usize = 3;
const FILE: &str = "data/words/english.tsv";

/// Counts the words of the folders and writes the table.
pub fn run(folders: &[&str]) -> Result<()> {
    let mut shares: BTreeMap<String, f64> = BTreeMap::new();
    for folder in folders {
        let mut files = Vec::new();
        walk(Path::new(folder), &mut files).with_context(|| format!("reading {folder}"))?;
        files.sort();
        let mut texts = Vec::new();
        for file in &files {
            texts.extend(read(file).with_context(|| format!("reading {}", file.display()))?);
        }
        let (counts, passages) = count(&texts);
        println!("{folder}: {} texts, {passages} passages, {} words", texts.len(), counts.len());
        for (word, times) in counts.into_iter().filter(|count| count.1 >= LEAST) {
            let share = times as f64 / passages.max(1) as f64;
            let known = shares.entry(word).or_default();
            *known = known.max(share);
        }
    }
    let mut out = String::from("word\tpassages_per_million\n");
    for (word, share) in shares {
        let _ = writeln!(out, "{word}\t{:.0}", share * 1e6);
    }
    std::fs::write(root().join(FILE), out).with_context(|| format!("writing {FILE}"))
}

/// In how many passages each word stands, and how many there are.
fn count(texts: &[String]) -> (BTreeMap<String, usize>, usize) {
    let mut counts = BTreeMap::new();
    let mut passages = 0;
    for text in texts {
        let stems: Vec<String> = words(text).iter().map(|word| stem(&word.folded)).collect();
        for passage in stems.chunks(PASSAGE) {
            passages += 1;
            let numberless = passage.iter().filter(|stem| !stem.bytes().all(|byte| byte.is_ascii_digit()));
            for stem in numberless.collect::<BTreeSet<_>>() {
                *counts.entry(stem.clone()).or_default() += 1;
            }
        }
    }
    (counts, passages)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// The texts of a file; none of a file of another kind.
fn read(path: &Path) -> Result<Vec<String>> {
    let name = path.to_string_lossy();
    Ok(if name.ends_with(".conllu.gz") {
        conllu(&table::gunzip(path)?)
    } else if name.ends_with(".conllu") {
        conllu(&std::fs::read_to_string(path)?)
    } else if name.ends_with(".md") {
        quotes(&std::fs::read_to_string(path)?)
    } else if name.ends_with("wikinews.tar.xz") {
        let tables = table::untar(path)?.into_iter().filter(|file| table::ends_with(&file.0, "csv"));
        tables.flat_map(|file| articles(&file.1)).collect()
    } else {
        Vec::new()
    })
}

/// Documents of a treebank; without marks of documents, all of it.
fn conllu(text: &str) -> Vec<String> {
    let mut texts = vec![String::new()];
    for line in text.lines() {
        if line.starts_with("# newdoc") {
            texts.push(String::new());
        } else if let (Some(sentence), Some(last)) = (line.strip_prefix("# text = "), texts.last_mut()) {
            last.push_str(sentence);
            last.push('\n');
        }
    }
    texts
}

/// Quoted blocks of Markdown.
fn quotes(text: &str) -> Vec<String> {
    let blocks = text.split("\n\n").map(|block| {
        block
            .lines()
            .filter_map(|line| line.strip_prefix('>'))
            .fold(String::new(), |all, line| all + line + "\n")
    });
    blocks.filter(|block| !block.is_empty()).collect()
}

/// The column `text` of a table, with the `title` before it.
fn articles(text: &str) -> Vec<String> {
    let rows = table::cells(text, ',');
    let Some(head) = rows.first() else { return Vec::new() };
    let at = |name: &str| head.iter().position(|cell| cell == name);
    let (title, text) = (at("title"), at("text"));
    let cell = |row: &[String], at: Option<usize>| at.and_then(|at| row.get(at).cloned()).unwrap_or_default();
    rows[1..].iter().map(|row| cell(row, title) + "\n" + &cell(row, text)).collect()
}
