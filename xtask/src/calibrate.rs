//! `cargo xtask calibrate [GOLD]`: fits the weights of confidence on the public sets and writes `data/confidence/weights.toml`.
//!
//! Weights alone are written, with three decimals; no words of a set. The coder reads them when it is built next, so
//! `cargo score confidence` comes after it, and says how good they are.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use verbale::World;
use verbale_score::SETS;
use verbale_score::calibration::fit;
use verbale_score::confidence::examples;

use crate::data::root;

const FILE: &str = "data/confidence/weights.toml";
const HEAD: &str = "# What raises and lowers the chance that an event is coded right, in log-odds. Written by `cargo xtask calibrate`;
# docs/design/0017-confidence.md says what the terms are. The types come after the terms, drawn to nothing where few are known.
";

/// Fits and writes.
pub fn run(words: &[&str]) -> Result<()> {
    let gold = match words {
        [] => root().join("../shared"),
        [gold] => PathBuf::from(gold),
        _ => bail!("usage: cargo xtask calibrate [GOLD]; GOLD is the folder of the public sets"),
    };
    let set = SETS.iter().find(|set| set.name == "confidence").context("no set is named confidence")?;
    if let Some(file) = set.missing(&gold) {
        bail!("there is no {file} in {}; name the folder of the public sets", gold.display());
    }
    let paths: Vec<PathBuf> = set.files.iter().map(|file| gold.join(file)).collect();
    let paths: Vec<&std::path::Path> = paths.iter().map(PathBuf::as_path).collect();
    let examples = examples(&World::embedded()?, &paths)?;
    let weights = fit(examples.iter());
    let mut text = format!("{HEAD}[terms]\n");
    for (name, weight) in &weights.terms {
        let _ = writeln!(text, "{name} = {weight:.3}");
    }
    text.push_str("\n[types]\n");
    for (name, weight) in &weights.types {
        let _ = writeln!(text, "{name} = {weight:.3}");
    }
    let path = root().join(FILE);
    let same = std::fs::read_to_string(&path).is_ok_and(|before| before == text);
    std::fs::write(&path, text).with_context(|| format!("writing {FILE}"))?;
    let of = if same { "as it was" } else { "changed: build, and run `cargo score confidence --write`" };
    println!("{FILE}, from {} events: {of}", examples.len());
    Ok(())
}
