//! `cargo xtask imports N... [--gz] [--write] [--keep]`: how fast a made table of GDELT comes into a ledger, how large
//! it lies there, and how long a balance over all of it takes.
//!
//! What is measured is the program itself, run as people run it.

mod child;
mod made;
mod world;

use std::fmt::Write as _;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use verbale::knowledge::Knowledge;

use crate::data::root;
use crate::runs;
use child::Took;
use world::World;

/// Where runs are noted, in `bench/runs`.
const RUNS: &str = "imports.csv";

/// The questions that are timed: a state told of often, and the one told of most.
const ASKED: [[&str; 2]; 2] = [["AFG", "USA,RUS"], ["USA", "RUS,CHN"]];

/// How often a warm question is asked; the median counts.
const ROUNDS: usize = 5;

const HEADER: &str = "day,commit,processor,cores,rows,file,rows/s,wall s,processor s,processor us/row,peak memory MB,\
                      file MB,ledger MB,events,bytes/event,AFG cold s,AFG warm s,AFG peak MB,USA cold s,USA warm s,\
                      USA peak MB";

/// Measures at each size and prints a line for each; with `--gz` the table is packed; with `--write`, lines go into
/// `bench/runs/`; with `--keep`, table and ledger are left where they are.
pub fn run(words: &[&str]) -> Result<()> {
    let flag = |name: &str| words.contains(&name);
    let sizes: Vec<u64> = words
        .iter()
        .filter(|word| !word.starts_with("--"))
        .map(|word| word.replace('_', "").parse().with_context(|| format!("{word:?} is no number of rows")))
        .collect::<Result<_>>()?;
    let program = build()?;
    let world = World::new(&Knowledge::embedded())?;
    println!("{HEADER}");
    for rows in if sizes.is_empty() { vec![1_000_000] } else { sizes } {
        let folder = std::env::temp_dir().join(format!("verbale-imports-{rows}-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let line = measure(&program, &world, rows, &folder, flag("--gz"))?;
        println!("{line}");
        if flag("--write") {
            runs::note(RUNS, HEADER, &line)?;
        }
        if flag("--keep") {
            eprintln!("{} holds the table and the ledger", folder.display());
        } else {
            std::fs::remove_dir_all(&folder)?;
        }
    }
    Ok(())
}

/// Builds the program as people get it; returns where it is.
pub fn build() -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--quiet", "--release", "--package", "verbale-cli"])
        .current_dir(root())
        .status()
        .context("starting cargo")?;
    ensure!(built.success(), "verbale does not build");
    let folder = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    Ok(folder.join("release").join(format!("verbale{}", std::env::consts::EXE_SUFFIX)))
}

fn measure(program: &Path, world: &World, rows: u64, folder: &Path, packed: bool) -> Result<String> {
    let table = folder.join(if packed { "made.export.CSV.gz" } else { "made.export.CSV" });
    let out = BufWriter::with_capacity(1 << 20, File::create(&table)?);
    if packed {
        made::write(world, rows, &mut flate2::write::GzEncoder::new(out, flate2::Compression::fast()))?;
    } else {
        made::write(world, rows, &mut { out })?;
    }
    let ledger = folder.join("ledger.db");
    let [table, ledger] = [&table, &ledger].map(|path| path.to_string_lossy().into_owned());
    let (told, took) = child::run(program, &["import", "gdelt", &table, "-l", &ledger, "--json"])?;
    let told: serde_json::Value = serde_json::from_str(&told).context("what the import says")?;
    let events = told["stored"].as_f64().context("the import says how many events it stored")?;
    let size = |path: &str| std::fs::metadata(path).map(|file| file.len() as f64);
    let bytes = size(&ledger)?;
    let processor = took.processor.unwrap_or(f64::NAN);
    let mut line = format!("{},{rows},{}", runs::stamp(), if packed { "gz" } else { "plain" });
    let _ = write!(
        line,
        ",{:.0},{:.1},{processor:.1},{:.2},{:.0},{:.1},{:.1},{events},{:.1}",
        rows as f64 / took.wall,
        took.wall,
        1e6 * processor / rows as f64,
        took.peak.unwrap_or(f64::NAN),
        size(&table)? / 1e6,
        bytes / 1e6,
        bytes / events.max(1.0),
    );
    for [state, between] in ASKED {
        let ask = || {
            let words = ["balance", state, "--between", between, "-l", &ledger, "--json"];
            child::run(program, &words).map(|(_, took)| took)
        };
        let cold = if forget(&ledger) { ask()?.wall } else { f64::NAN };
        let mut warm = (0..ROUNDS).map(|_| ask()).collect::<Result<Vec<Took>>>()?;
        warm.sort_by(|a, b| a.wall.total_cmp(&b.wall));
        let Took { wall, peak, .. } = warm[ROUNDS / 2];
        let _ = write!(line, ",{cold:.3},{wall:.3},{:.0}", peak.unwrap_or(f64::NAN));
    }
    Ok(line)
}

/// Asks the system to forget what it holds of a file in memory; says whether it could be asked.
fn forget(path: &str) -> bool {
    let of = format!("of={path}");
    let asked = Command::new("dd").args([&of, "oflag=nocache", "conv=notrunc,fdatasync", "count=0"]).output();
    asked.is_ok_and(|asked| asked.status.success())
}
