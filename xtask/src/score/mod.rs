//! `cargo score [NAME|all] [GOLD]`: how good and how fast, and whether a figure fell below its floor.
//!
//! The public sets stay outside the project; GOLD is the folder that holds them. What the project keeps is
//! `tests/gold/scores.csv`: the measured value, the floor and the count of every measure.

mod duplicates;
mod engagements;
mod events;
mod extraction;
mod floors;
mod parser;
mod recasts;
mod speed;
pub mod table;

pub use speed::{git, on_processor, peak, processor};

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use verbale::World;

use crate::data::root;

/// What can be scored; `speed` comes first, so that its peak memory is its own.
const SETS: &[&str] = &["speed", "parser", "events", "engagements", "extraction", "duplicates"];

const USAGE: &str =
    "usage: cargo score [parser|engagements|events|extraction|duplicates|speed|all] [GOLD] [--write]
  GOLD     the folder of the public sets (default: ../shared beside the repository)
  --write  put the values into tests/gold/scores.csv (floors stay) and the speed into bench/runs/
  cargo score speed TEXT...  measures on texts of yours";

/// One figure of one set.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// The set: `parser`, `engagements`, ...
    pub set: &'static str,
    /// What is measured.
    pub name: String,
    /// The figure; a percentage or a share, as the name says.
    pub value: f64,
    /// Over how many cases.
    pub n: usize,
}

impl Measure {
    /// Part of a whole, as a share between 0 and 1.
    fn share(set: &'static str, name: impl Into<String>, part: usize, whole: usize) -> Self {
        Self { set, name: name.into(), value: part as f64 / whole.max(1) as f64, n: whole }
    }
}

/// Scores what the words ask for, prints the table, and fails when a value lies below its floor.
pub fn run(words: &[&str]) -> Result<()> {
    let write = words.contains(&"--write");
    let words: Vec<&str> = words.iter().copied().filter(|word| *word != "--write").collect();
    let (name, rest) = words.split_first().map_or(("all", &[][..]), |(name, rest)| (*name, rest));
    let sets: Vec<&str> = SETS.iter().copied().filter(|set| name == "all" || name == *set).collect();
    if sets.is_empty() || (name != "speed" && rest.len() > 1) {
        bail!(USAGE);
    }
    let texts: Vec<PathBuf> =
        if name == "speed" { rest.iter().map(PathBuf::from).collect() } else { Vec::new() };
    let gold = match rest.first() {
        Some(folder) if name != "speed" => PathBuf::from(folder),
        _ => root().join("../shared"),
    };
    let mut world = None;
    let mut measures = Vec::new();
    for set in sets {
        if set == "speed" {
            measures.extend(speed::run(&texts, write)?);
            continue;
        }
        let Some(path) = present(&gold, set) else { continue };
        if set == "extraction" {
            measures.extend(extraction::run(&path)?);
            continue;
        }
        let world = match &mut world {
            Some(world) => &*world,
            empty => empty.insert(World::embedded()?),
        };
        measures.extend(score(set, world, &path)?);
    }
    let below = floors::report(&root().join("tests/gold/scores.csv"), &measures, write)?;
    if below > 0 {
        bail!("{below} of the measures lie below their floor");
    }
    Ok(())
}

fn score(set: &str, world: &World, path: &Path) -> Result<Vec<Measure>> {
    let context = || format!("reading {}", path.display());
    match set {
        "parser" => parser::run(world, &table::gunzip(path).with_context(context)?),
        "engagements" => engagements::run(world, &std::fs::read_to_string(path).with_context(context)?),
        "duplicates" => duplicates::run(world, path).with_context(context),
        _ => events::run(world, &std::fs::read_to_string(path).with_context(context)?),
    }
}

/// The file of a set, or a word that it is not there.
fn present(gold: &Path, set: &str) -> Option<PathBuf> {
    let file = match set {
        "parser" => "train/ud/en_ewt-ud-test.conllu.gz",
        "engagements" => "gold/engagements/engagements-2003-2010.csv",
        "extraction" => "gold/extraction/html.tar.xz",
        "duplicates" => "gold/duplicates/news-cluster-half.tar.xz",
        _ => "gold/events/plv.tsv",
    };
    let path = gold.join(file);
    if path.is_file() {
        return Some(path);
    }
    println!(
        "{set}: skipped, for there is no {file} in the folder of public sets; name the folder that holds it"
    );
    None
}
