//! `cargo xtask ledger N...`: how fast made reports come into a ledger, and how well they are linked.
//!
//! Coding runs on all cores while one thread stores and links, as `verbale add` does.

mod made;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::time::Instant;

use anyhow::{Context as _, Result};
use rayon::prelude::*;
use verbale::World;
use verbale::keep::{Keeper, versions};
use verbale::ledger::store::{Access, Addition, Ledger, OpenRun, RunKind};
use verbale::ledger::{Document, Retention};

use crate::data::root;
use made::{Made, Maker};

/// Documents in one transaction, as in `verbale add`.
const BATCH: usize = 128;

/// Where runs are noted.
const RUNS: &str = "bench/runs/ledger.csv";

const HEADER: &str = "day,commit,processor,cores,documents,documents/s,store and link ms/document,code ms/document,\
                      peak memory MB,file MB,entries,link precision,link recall,link F1";

/// Measures at each size and prints a line for each; with `keep`, also into `bench/runs/`.
pub fn run(words: &[&str]) -> Result<()> {
    let keep = words.contains(&"--write");
    let sizes: Vec<usize> = words
        .iter()
        .filter(|word| **word != "--write")
        .map(|word| {
            word.replace('_', "").parse().with_context(|| format!("{word:?} is no number of documents"))
        })
        .collect::<Result<_>>()?;
    let world = World::embedded()?;
    println!("{HEADER}");
    for size in if sizes.is_empty() { vec![1_000, 10_000] } else { sizes } {
        let line = measure(&world, size)?;
        println!("{line}");
        if keep {
            note(&line)?;
        }
    }
    Ok(())
}

fn measure(world: &World, size: usize) -> Result<String> {
    let folder = std::env::temp_dir().join(format!("verbale-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let file = folder.join(format!("{size}.db"));
    let made: Vec<Made> = Maker::new(&world.knowledge).reports(size).collect();
    let truth: BTreeMap<String, u32> =
        made.iter().map(|made| (Document::new(made.report.clone(), None).id, made.truth)).collect();
    let mut ledger = Ledger::open(&file, Access::Create)?;
    let began = Instant::now();
    let (storing, coding) = fill(world, &mut ledger, made)?;
    let whole = began.elapsed().as_secs_f64();
    let bytes = std::fs::metadata(&file)?.len();
    let (precision, recall, f1, entries) = quality(&ledger, &truth)?;
    drop(ledger);
    std::fs::remove_dir_all(&folder)?;
    let n = size as f64;
    let mut line = format!("{},{},{}", git("%cs"), git("%h"), crate::score::processor());
    let _ = write!(
        line,
        ",{},{size},{:.1},{:.2},{:.2},{:.0},{:.1},{entries},{precision:.3},{recall:.3},{f1:.3}",
        rayon::current_num_threads(),
        n / whole,
        storing * 1000.0 / n,
        coding * 1000.0 / n,
        crate::score::peak().unwrap_or_default(),
        bytes as f64 / 1e6,
    );
    Ok(line)
}

/// Codes and stores; returns the seconds spent storing and linking, and those spent coding on all cores.
fn fill(world: &World, ledger: &mut Ledger, made: Vec<Made>) -> Result<(f64, f64)> {
    let keeper = Keeper::new(world, Retention::Full);
    let mut run = OpenRun::new(RunKind::Add, "2025-01-01T00:00:00Z", versions("default", &[]));
    let (sender, receiver) = sync_channel::<(Vec<Addition>, f64)>(2);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let sender = sender;
            for batch in made.chunks(BATCH) {
                let began = Instant::now();
                let coded = batch
                    .par_iter()
                    .map(|made| keeper.code("made", keeper.document(made.report.clone())))
                    .collect();
                if sender.send((coded, began.elapsed().as_secs_f64())).is_err() {
                    return;
                }
            }
        });
        let (mut storing, mut coding) = (0.0, 0.0);
        for (batch, seconds) in receiver {
            let began = Instant::now();
            ledger.add(&mut run, &batch)?;
            storing += began.elapsed().as_secs_f64();
            coding += seconds;
        }
        Ok((storing, coding))
    })
}

/// Precision, recall and F1 over pairs of documents that share an entry, and the number of entries.
fn quality(ledger: &Ledger, truth: &BTreeMap<String, u32>) -> Result<(f64, f64, f64, usize)> {
    let mut sizes: BTreeMap<u32, u64> = BTreeMap::new();
    for happening in truth.values() {
        *sizes.entry(*happening).or_default() += 1;
    }
    let expected: u64 = sizes.values().map(|n| n * (n - 1) / 2).sum();
    let (mut found, mut right) = (0_u64, 0_u64);
    let numbers = ledger.entry_numbers()?;
    for number in &numbers {
        let happenings: Vec<u32> = ledger
            .tellings(*number)?
            .iter()
            .filter_map(|telling| truth.get(&telling.id.document).copied())
            .collect();
        for (at, a) in happenings.iter().enumerate() {
            for b in &happenings[at + 1..] {
                found += 1;
                right += u64::from(a == b);
            }
        }
    }
    let share = |part: u64, whole: u64| part as f64 / whole.max(1) as f64;
    let (precision, recall) = (share(right, found), share(right, expected));
    let f1 = if right == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
    Ok((precision, recall, f1, numbers.len()))
}

/// Adds a line to the record of runs.
fn note(line: &str) -> Result<()> {
    let path = root().join(RUNS);
    let mut text = std::fs::read_to_string(&path).unwrap_or_else(|_| format!("{HEADER}\n"));
    let _ = writeln!(text, "{line}");
    std::fs::create_dir_all(path.parent().unwrap_or(Path::new("bench")))?;
    std::fs::write(&path, text).with_context(|| format!("writing {RUNS}"))
}

fn git(format: &str) -> String {
    crate::score::git(&[&format!("--format={format}")])
}
