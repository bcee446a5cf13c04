//! Speed on one core: words a second, milliseconds per 500-word report, start-up, peak memory.
//!
//! Time is the thread's own time on the processor where the system tells it, so that other work on the machine
//! counts less. No floors: machines differ.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, Result};
use verbale::World;
use verbale::model::Report;

use verbale_score::Measure;

use crate::data::root;

/// Words of the report that is timed.
const WORDS: usize = 500;
/// How often each thing is timed; the median counts.
const ROUNDS: usize = 15;
const RUNS: &str = "bench/runs/speed.csv";

/// Measures on the given texts, or on the reports of `examples/reports`; `keep` adds a line to `bench/runs/`.
pub fn run(texts: &[PathBuf], keep: bool) -> Result<Vec<Measure>> {
    let start = median(5, || World::embedded().map(drop))?;
    let world = World::embedded()?;
    let text = report_text(texts)?;
    let words = text.split_whitespace().count();
    let report = Report {
        id: "speed".to_owned(),
        text: text.clone(),
        published: Some("2025-01-15".to_owned()),
        ..Report::default()
    };
    let annotate = median(ROUNDS, || {
        std::hint::black_box(verbale::nlp::annotate(&world.language, &text));
        Ok::<_, anyhow::Error>(())
    })?;
    let whole = median(ROUNDS, || {
        std::hint::black_box(verbale::read(&world, &report));
        Ok::<_, anyhow::Error>(())
    })?;
    let measure =
        |name: &str, value: f64, n: usize| Measure { set: "speed", name: name.to_owned(), value, n };
    let measures = vec![
        measure("start, ms", 1000.0 * start, 5),
        measure("annotate, words/s", words as f64 / annotate, words),
        measure("read, words/s", words as f64 / whole, words),
        measure("read 500 words, ms", 1000.0 * whole * WORDS as f64 / words.max(1) as f64, ROUNDS),
        measure("peak memory, MB", peak("self").unwrap_or(f64::NAN), 1),
    ];
    if keep {
        note(&measures)?;
    }
    Ok(measures)
}

/// The texts one after the other, as often as 500 words need; whole texts only, then cut at the last word.
fn report_text(texts: &[PathBuf]) -> Result<String> {
    let mut files = texts.to_vec();
    if files.is_empty() {
        let folder = root().join("examples/reports");
        for entry in std::fs::read_dir(&folder).context("reading examples/reports")? {
            files.push(entry?.path());
        }
        files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
        files.sort();
    }
    let read =
        |path: &PathBuf| std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()));
    let all = files.iter().map(read).collect::<Result<Vec<_>>>()?.join("\n\n");
    let words = all.split_whitespace().count();
    anyhow::ensure!(words > 0, "the texts to measure on hold no words");
    let repeated = vec![all; WORDS.div_ceil(words)].join("\n\n");
    Ok(first_words(&repeated, WORDS).to_owned())
}

/// A text up to the end of its n-th word.
fn first_words(text: &str, n: usize) -> &str {
    let last = text.split_whitespace().nth(n.saturating_sub(1));
    last.map_or(text, |word| &text[..word.as_ptr() as usize - text.as_ptr() as usize + word.len()])
}

/// The median time of some rounds, in seconds.
fn median<E>(rounds: usize, mut act: impl FnMut() -> Result<(), E>) -> Result<f64, E> {
    let mut times = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        let (wall, own) = (Instant::now(), on_processor());
        act()?;
        let own = own.zip(on_processor()).map(|(before, after)| after - before);
        times.push(own.filter(|time| *time > 0.0).unwrap_or_else(|| wall.elapsed().as_secs_f64()));
    }
    times.sort_by(f64::total_cmp);
    Ok(times[rounds / 2])
}

/// Seconds this thread has spent on a processor, on Linux.
pub fn on_processor() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(text.split_whitespace().next()?.parse::<f64>().ok()? / 1e9)
}

/// Most memory that a process has held so far, in MB, on Linux: `self`, or its number.
pub fn peak(process: &str) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<f64>().ok()? / 1024.0)
}

/// Adds a line to the record of runs.
fn note(measures: &[Measure]) -> Result<()> {
    let path = root().join(RUNS);
    let mut text = std::fs::read_to_string(&path).unwrap_or_else(|_| {
        let names: Vec<String> = measures.iter().map(|measure| measure.name.replace(", ", " ")).collect();
        format!("day,commit,processor,{}\n", names.join(","))
    });
    let _ = write!(text, "{},{},{}", git(&["--format=%cs"]), git(&["--format=%h"]), processor());
    for measure in measures {
        let _ = write!(text, ",{:.1}", measure.value);
    }
    text.push('\n');
    std::fs::create_dir_all(path.parent().unwrap_or(Path::new("bench"))).context("making bench/runs")?;
    std::fs::write(&path, text).with_context(|| format!("writing {RUNS}"))
}

/// What git says of the last commit, or a dash.
pub fn git(words: &[&str]) -> String {
    let output =
        std::process::Command::new("git").arg("log").arg("-1").args(words).current_dir(root()).output();
    let said = output.ok().filter(|output| output.status.success());
    let said = said.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    said.filter(|text| !text.is_empty()).unwrap_or_else(|| "-".to_owned())
}

pub fn processor() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = info.lines().find_map(|line| line.strip_prefix("model name")?.split(": ").nth(1));
    name.unwrap_or(std::env::consts::ARCH).replace(',', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_a_word() {
        assert_eq!(first_words("one  two\nthree", 2), "one  two");
        assert_eq!(first_words("one", 5), "one");
    }
}
