//! `cargo xtask peers`: the same newswire read by verbale and by another program, for `bench/peers/run`.
//!
//! ```text
//! texts GOLD FILE          the texts, one JSON object on each line
//! language|whole TEXTS OUT verbale's language model alone, or all of it, on these texts: times, memory, names
//! report GOLD RUN...       medians of runs of each program, and how good the names are, by the scorer of `cargo score entities`
//! ```

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use serde::{Deserialize, Serialize};
use verbale::World;
use verbale::model::{Report, Span};
use verbale::nlp::EntLabel;
use verbale_score::SETS;
use verbale_score::entities::{Found, found_in, judged, newswire};

use crate::runs;
use crate::score::{on_processor, peak};

const HEADER: &str =
    "day,commit,processor,cores,program,words,words/s,start ms,peak memory MB,precision,recall,F1";

/// What a program made of the texts: the form that each of them writes.
#[derive(Debug, Serialize, Deserialize)]
struct Ran {
    program: String,
    start_seconds: f64,
    seconds: f64,
    words: usize,
    peak_mb: f64,
    /// Of each text: first character, end, label.
    names: Vec<Vec<(u32, u32, String)>>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    text: String,
}

/// One of the commands above.
pub fn run(words: &[&str]) -> Result<()> {
    match words {
        ["texts", gold, file] => texts(gold.as_ref(), file),
        ["language", texts, out] => read(texts, out, false),
        ["whole", texts, out] => read(texts, out, true),
        ["report", gold, "--write", runs @ ..] => report(gold.as_ref(), runs, true),
        ["report", gold, runs @ ..] => report(gold.as_ref(), runs, false),
        _ => bail!(
            "usage: cargo xtask peers texts GOLD FILE | language|whole TEXTS OUT | report GOLD [--write] RUN..."
        ),
    }
}

/// The set of newswire in the folder of public sets.
fn set(gold: &Path) -> Result<std::path::PathBuf> {
    let set = SETS.iter().find(|set| set.name == "entities").context("no set is named entities")?;
    if let Some(file) = set.missing(gold) {
        bail!("there is no {file} in {}; name the folder of the public sets", gold.display());
    }
    Ok(gold.join(set.files[0]))
}

fn texts(gold: &Path, file: &str) -> Result<()> {
    let mut out = String::new();
    for written in newswire(&set(gold)?)? {
        out.push_str(&serde_json::to_string(&Line { text: written.text })?);
        out.push('\n');
    }
    std::fs::write(file, out).with_context(|| format!("writing {file}"))
}

fn read(texts: &str, out: &str, whole: bool) -> Result<()> {
    let clock = || on_processor().context("this system does not tell a thread's time on the processor");
    let before = clock()?;
    let world = World::embedded()?;
    let start = clock()? - before;
    let lines = std::fs::read_to_string(texts).with_context(|| format!("reading {texts}"))?;
    let lines: Vec<Line> = lines
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()
        .with_context(|| texts.to_owned())?;
    let mut names = Vec::new();
    let before = clock()?;
    for Line { text } in &lines {
        if whole {
            let report = Report { id: "text".to_owned(), text: text.clone(), ..Report::default() };
            std::hint::black_box(verbale::read(&world, &report));
        } else {
            let found = found_in(&world, text).into_iter();
            names
                .push(found.map(|(span, label)| (span.start, span.end, label.as_str().to_owned())).collect());
        }
    }
    let part = if whole { "claims and events" } else { "language model" };
    let ran = Ran {
        program: format!("verbale {} {part}", verbale::VERSION),
        start_seconds: start,
        seconds: clock()? - before,
        words: lines.iter().map(|line| line.text.split_whitespace().count()).sum(),
        peak_mb: peak("self").unwrap_or(f64::NAN),
        names,
    };
    std::fs::write(out, serde_json::to_string(&ran)?).with_context(|| format!("writing {out}"))
}

fn report(gold: &Path, files: &[&str], keep: bool) -> Result<()> {
    let written = newswire(&set(gold)?)?;
    let mut programs: BTreeMap<String, Vec<Ran>> = BTreeMap::new();
    for file in files {
        let text = std::fs::read_to_string(file).with_context(|| format!("reading {file}"))?;
        let ran: Ran = serde_json::from_str(&text).with_context(|| format!("{file} is no run"))?;
        programs.entry(ran.program.clone()).or_default().push(ran);
    }
    println!("{HEADER}");
    for (program, ran) in programs {
        let median = |of: &dyn Fn(&Ran) -> f64| {
            let mut all: Vec<f64> = ran.iter().map(of).collect();
            all.sort_by(f64::total_cmp);
            all[all.len() / 2]
        };
        let speed = median(&|ran| ran.words as f64 / ran.seconds);
        let mut line = format!(
            "{},{program},{},{speed:.0},{:.0},{:.0}",
            runs::stamp(),
            ran[0].words,
            1000.0 * median(&|ran| ran.start_seconds),
            median(&|ran| ran.peak_mb)
        );
        if ran[0].names.is_empty() {
            line.push_str(",,,");
        } else {
            let found: Vec<Found> =
                ran[0].names.iter().map(|names| labelled(names)).collect::<Result<_>>()?;
            let scores = judged(&written, &found)?;
            for score in scores {
                let _ = write!(line, ",{score:.3}");
            }
        }
        println!("{line}");
        if keep {
            runs::note("peers.csv", HEADER, &line)?;
        }
    }
    Ok(())
}

fn labelled(names: &[(u32, u32, String)]) -> Result<Found> {
    let one = |(start, end, label): &(u32, u32, String)| {
        let label = EntLabel::parse(label).with_context(|| format!("{label} is no label of names"))?;
        Ok((Span { start: *start, end: *end, in_title: false }, label))
    };
    names.iter().map(one).collect()
}
