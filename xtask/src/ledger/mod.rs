//! `cargo xtask ledger N... [--write] [--show] [--coded FILE] [--reports FILE]`: how fast made reports come into a ledger,
//! and how well they are linked.
//!
//! Coding runs on all cores while one thread stores and links, as `verbale add` does.

mod coded;
mod made;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::time::Instant;

use anyhow::{Context as _, Result};
use rayon::prelude::*;
use serde_json::json;
use verbale::World;
use verbale::keep::{Keeper, versions};
use verbale::ledger::store::{Access, Addition, Ledger, OpenRun, RunKind};
use verbale::ledger::{Document, Retention};
use verbale::model::Report;

use crate::runs;
use crate::score::on_processor;
use coded::Shelf;
pub use made::{Made, Maker};

/// Documents in one transaction, as in `verbale add`.
const BATCH: usize = 128;

/// Where runs are noted, in `bench/runs`.
const RUNS: &str = "ledger.csv";

/// Pairs shown of a kind.
const SHOWN: usize = 25;

const HEADER: &str = "day,commit,processor,cores,documents,documents/s,store and link processor ms/document,code ms/document,\
                      peak memory MB,file MB,entries,link precision,link recall,link F1";

/// Measures at each size and prints a line for each; with `--write`, also into
/// `bench/runs/`; with `--show`, pairs that were linked wrongly or missed, to be read; with `--coded`, the
/// coder's readings are kept in a file and taken from it, and what a whole run takes is left empty; with `--reports`, the
/// reports are written into a file as JSONL, and that is all.
pub fn run(words: &[&str]) -> Result<()> {
    let (mut keep, mut show, mut coded, mut reports, mut sizes) = (false, false, None, None, Vec::new());
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--write" => keep = true,
            "--show" => show = true,
            "--coded" => coded = Some(Path::new(words.next().context("--coded needs a file")?)),
            "--reports" => reports = Some(words.next().context("--reports needs a file")?),
            number => sizes.push(
                number
                    .replace('_', "")
                    .parse()
                    .with_context(|| format!("{word:?} is no number of documents"))?,
            ),
        }
    }
    let world = World::embedded()?;
    if let (Some(file), [size]) = (reports, sizes.as_slice()) {
        return write_reports(Path::new(file), &Maker::new(&world.knowledge).reports(*size));
    }
    println!("{HEADER}");
    for size in if sizes.is_empty() { vec![1_000, 10_000] } else { sizes } {
        let line = measure(&world, size, show, coded)?;
        println!("{line}");
        if keep {
            runs::note(RUNS, HEADER, &line)?;
        }
    }
    Ok(())
}

/// Writes the reports alone, as `verbale add` and others read them.
fn write_reports(file: &Path, made: &[Made]) -> Result<()> {
    let out = File::create(file).with_context(|| format!("writing {}", file.display()))?;
    let mut out = BufWriter::new(out);
    for Made { report, .. } in made {
        let Report { id, text, published, outlet, .. } = report;
        let line = json!({"id": id, "text": text, "published": published, "outlet": outlet});
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}

fn measure(world: &World, size: usize, show: bool, coded: Option<&Path>) -> Result<String> {
    let folder = std::env::temp_dir().join(format!("verbale-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let file = folder.join(format!("{size}.db"));
    let made = Maker::new(&world.knowledge).reports(size);
    let truth: BTreeMap<String, u32> =
        made.iter().map(|made| (Document::new(made.report.clone(), None).id, made.truth)).collect();
    let mut ledger = Ledger::open(&file, Access::Create)?;
    let keeper = Keeper::new(world, Retention::Full);
    let shelf = coded.map(|file| coded::shelf(file, &keeper, &made)).transpose()?.unwrap_or_default();
    let began = Instant::now();
    let (storing, coding) = fill(&keeper, &mut ledger, &made, &shelf)?;
    let whole = began.elapsed().as_secs_f64();
    let bytes = std::fs::metadata(&file)?.len();
    let (precision, recall, f1, entries) = quality(&ledger, &truth, show)?;
    drop(ledger);
    std::fs::remove_dir_all(&folder)?;
    let n = size as f64;
    // Without the coder these would say little: what it takes, and the readings that lie in memory instead.
    let whole_run = |value: String| if coded.is_some() { String::new() } else { value };
    let mut line = runs::stamp();
    let _ = write!(
        line,
        ",{size},{},{:.2},{},{},{:.1},{entries},{precision:.3},{recall:.3},{f1:.3}",
        whole_run(format!("{:.1}", n / whole)),
        storing * 1000.0 / n,
        whole_run(format!("{:.2}", coding * 1000.0 / n)),
        whole_run(format!("{:.0}", crate::score::peak("self").unwrap_or_default())),
        bytes as f64 / 1e6,
    );
    Ok(line)
}

/// Codes and stores; returns the seconds spent storing and linking, and those spent coding on all cores.
fn fill(keeper: &Keeper<'_>, ledger: &mut Ledger, made: &[Made], shelf: &Shelf) -> Result<(f64, f64)> {
    let mut run = OpenRun::new(RunKind::Add, "2025-01-01T00:00:00Z", versions("default", &[]));
    let (sender, receiver) = sync_channel::<(Vec<Addition>, f64)>(2);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let sender = sender;
            for batch in made.chunks(BATCH) {
                let began = Instant::now();
                let coded = batch
                    .par_iter()
                    .map(|made| match shelf.get(&made.report.id) {
                        Some(coded) => coded.of(keeper, made),
                        None => keeper.code("made", keeper.document(made.report.clone())),
                    })
                    .collect();
                if sender.send((coded, began.elapsed().as_secs_f64())).is_err() {
                    return;
                }
            }
        });
        let (mut storing, mut coding) = (0.0, 0.0);
        for (batch, seconds) in receiver {
            let (began, busy) = (Instant::now(), on_processor());
            ledger.add(&mut run, &batch)?;
            // What the processor did for it, where that is known: the other threads are busy coding.
            let spent = on_processor().zip(busy).map(|(now, then)| now - then);
            storing += spent.unwrap_or_else(|| began.elapsed().as_secs_f64());
            coding += seconds;
        }
        Ok((storing, coding))
    })
}

/// Precision, recall and F1 over pairs of documents that share an entry, and the number of entries.
fn quality(ledger: &Ledger, truth: &BTreeMap<String, u32>, show: bool) -> Result<(f64, f64, f64, usize)> {
    let mut sizes: BTreeMap<u32, u64> = BTreeMap::new();
    for happening in truth.values() {
        *sizes.entry(*happening).or_default() += 1;
    }
    let expected: u64 = sizes.values().map(|n| n * (n - 1) / 2).sum();
    let mut pairs: BTreeSet<(String, String)> = BTreeSet::new();
    let numbers = ledger.entry_numbers()?;
    for number in &numbers {
        let mut documents: Vec<String> =
            ledger.tellings(*number)?.into_iter().map(|telling| telling.id.document).collect();
        documents.sort_unstable();
        for (at, a) in documents.iter().enumerate() {
            pairs.extend(documents[at + 1..].iter().map(|b| (a.clone(), b.clone())));
        }
    }
    let found = pairs.len() as u64;
    let wrong: Vec<_> = pairs.iter().filter(|(a, b)| truth.get(a) != truth.get(b)).collect();
    let right = found - wrong.len() as u64;
    if show {
        let all: Vec<&String> = truth.keys().collect();
        let mut by_truth: BTreeMap<u32, Vec<&String>> = BTreeMap::new();
        for document in all {
            by_truth.entry(truth[document]).or_default().push(document);
        }
        let missed = by_truth.values().flat_map(|same| {
            same.iter().enumerate().flat_map(|(at, a)| same[at + 1..].iter().map(|b| (*a, *b)))
        });
        let missed = missed.filter(|(a, b)| !pairs.contains(&((*a).clone(), (*b).clone())));
        let wrong = wrong.iter().map(|(a, b)| (a, b));
        for (what, a, b) in wrong
            .take(SHOWN)
            .map(|(a, b)| ("wrong", a, b))
            .chain(missed.step_by(7).take(SHOWN).map(|(a, b)| ("missed", a, b)))
        {
            println!("{what}");
            for document in [a, b] {
                let report = ledger.document(document)?.report;
                println!("  {} {:?}", report.published.unwrap_or_default(), report.text);
            }
        }
    }
    let share = |part: u64, whole: u64| part as f64 / whole.max(1) as f64;
    let (precision, recall) = (share(right, found), share(right, expected));
    let f1 = if right == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
    Ok((precision, recall, f1, numbers.len()))
}
