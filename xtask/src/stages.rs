//! `cargo xtask stages [--write]`: reports a second on one core and on two, and the share of each stage, on `examples/reports`.
//!
//! Shares are of the processor's time of one thread. `cargo bench` times each stage by itself.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use rayon::prelude::*;
use verbale::World;
use verbale::ingest::{Options, Reports, Source};
use verbale::model::Report;
use verbale::nlp::annotate_page;
use verbale::nlp::segment::segment_page;
use verbale_coder::code::frames::Frames;
use verbale_coder::code::lexicon::Lexicon;
use verbale_coder::code::tellings;
use verbale_coder::fuse::fuse;
use verbale_coder::resolve::resolve;
use verbale_coder::resolve::words::Words;
use verbale_coder::spans::Spans;

use crate::data::root;
use crate::runs;
use crate::score::on_processor;

/// How often all examples are read for the shares, and for reports a second.
const ROUNDS: usize = 20;
const COPIES: usize = 40;
const NAMES: [&str; 6] = ["segment", "network", "resolve", "tellings", "fuse", "claims and record"];

/// Measures and prints; with `--write`, adds a line to `bench/runs/stages.csv`.
pub fn run(words: &[&str]) -> Result<()> {
    if !matches!(words, [] | ["--write"]) {
        bail!("usage: cargo xtask stages [--write]");
    }
    let world = World::embedded()?;
    let reports = examples()?;
    let count: usize = reports.iter().map(|report| report.text.split_whitespace().count()).sum();
    let shares = shares(&world, &reports)?;
    let many: Vec<&Report> = (0..COPIES).flat_map(|_| &reports).collect();
    let before = clock()?;
    for report in &many {
        black_box(verbale::read(&world, report));
    }
    let alone = many.len() as f64 / (clock()? - before);
    let header = format!(
        "day,commit,processor,cores,reports,words,reports/s of processor time,reports/s 1 core,reports/s 2 cores,{}",
        NAMES.map(|name| format!("{name} %")).join(",")
    );
    let mut line = format!(
        "{},{},{count},{alone:.1},{:.1},{:.1}",
        runs::stamp(),
        reports.len(),
        on_cores(1, &world, &many)?,
        on_cores(2, &world, &many)?
    );
    let all: f64 = shares.iter().sum();
    for share in shares {
        let _ = write!(line, ",{:.1}", 100.0 * share / all);
    }
    println!("{header}\n{line}");
    if words.is_empty() { Ok(()) } else { runs::note("stages.csv", &header, &line) }
}

/// The reports of `examples/reports`.
fn examples() -> Result<Vec<Report>> {
    let folder = root().join("examples/reports");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&folder).context("reading examples/reports")? {
        files.push(entry?.path());
    }
    files.retain(|file| file.extension().is_some_and(|kind| kind == "txt" || kind == "jsonl"));
    files.sort();
    let reports = Reports::new(files.into_iter().map(|file| Ok(Source::File(file))), Options::default());
    reports.map(|report| report.map_err(|left_out| anyhow::anyhow!("{left_out:?}"))).collect()
}

fn clock() -> Result<f64> {
    on_processor().context("this system does not tell a thread's time on the processor")
}

/// Seconds of the processor in each stage, in the order of [`NAMES`].
fn shares(world: &World, reports: &[Report]) -> Result<[f64; NAMES.len()]> {
    let lists = "the lists are built in";
    let words = Words::embedded().map_err(anyhow::Error::msg).context(lists)?;
    let lexicon = Lexicon::embedded().map_err(anyhow::Error::msg).context(lists)?;
    let frames = Frames::embedded().map_err(anyhow::Error::msg).context(lists)?;
    let mut spent = [0.0; NAMES.len()];
    for report in (0..ROUNDS).flat_map(|_| reports) {
        let (text, spans) = Spans::new(report);
        let captions = spans.captions(report);
        let day = report.published.as_deref().and_then(verbale_coder::published);
        let mut laps = vec![clock()?];
        let segments = black_box(segment_page(&text, &captions));
        laps.push(clock()?);
        let doc = annotate_page(&world.language, &text, &captions);
        laps.push(clock()?);
        let resolved = resolve(&world.knowledge, &words, &doc, day);
        laps.push(clock()?);
        let told = tellings(&resolved, &lexicon, &frames);
        laps.push(clock()?);
        black_box(fuse(&resolved, &told.actors, &told.told));
        laps.push(clock()?);
        black_box(verbale_coder::code(&world.rules, &world.knowledge, report, &doc, &spans));
        laps.push(clock()?);
        drop((segments, told));
        let took: Vec<f64> = laps.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let [segment, annotate, resolve, tellings, fuse, code] = took[..] else { continue };
        // The last two contain those before them: annotating segments anew, and coding resolves anew.
        let own = [segment, annotate - segment, resolve, tellings, fuse, code - resolve - tellings - fuse];
        spent.iter_mut().zip(own).for_each(|(sum, own)| *sum += own);
    }
    Ok(spent)
}

/// Reports a second by the clock, on this many threads.
fn on_cores(threads: usize, world: &World, reports: &[&Report]) -> Result<f64> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    let start = Instant::now();
    pool.install(|| reports.par_iter().for_each(|report| drop(black_box(verbale::read(world, report)))));
    Ok(reports.len() as f64 / start.elapsed().as_secs_f64())
}
