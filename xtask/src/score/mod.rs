//! `cargo score [NAME|all] [GOLD]`: how good and how fast, and whether a figure fell below its floor.
//!
//! The scorers are those of `verbale score` (`crates/verbale-score`); what is measured here alone is speed, and what
//! is written here alone is `tests/gold/scores.csv`.

mod speed;

pub use speed::{git, on_processor, peak, processor};

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use verbale::World;
use verbale_score::confidence::Bin;
use verbale_score::{SETS, Scored};

use crate::data::root;

const USAGE: &str = "usage: cargo score [NAME|all] [GOLD] [--write] [--errors [N]]
  NAME         parser, entities, dates, places, attribution, events, engagements, confidence, extraction, duplicates or speed
  GOLD         the folder of the public sets (default: ../shared beside the repository)
  --write      put the values into tests/gold/scores.csv (floors stay) and the speed into bench/runs/
  --errors N   list errors by kind, with N examples of each
  cargo score speed TEXT...  measures on texts of yours";
const TABLE: &str = "tests/gold/scores.csv";
const RELIABILITY: &str = "tests/gold/reliability.csv";

/// What the words ask for.
struct Asked<'w> {
    name: &'w str,
    rest: Vec<&'w str>,
    write: bool,
    /// How many examples of each kind of error to list.
    errors: Option<usize>,
}

impl<'w> Asked<'w> {
    fn read(words: &[&'w str]) -> Self {
        let mut asked = Self { name: "all", rest: Vec::new(), write: false, errors: None };
        let mut named = false;
        let mut words = words.iter().copied().peekable();
        while let Some(word) = words.next() {
            match word {
                "--write" => asked.write = true,
                "--errors" => {
                    let number = words.peek().and_then(|word| word.parse().ok());
                    asked.errors = Some(number.unwrap_or_default());
                    words.next_if(|_| number.is_some());
                }
                _ if named => asked.rest.push(word),
                _ => (asked.name, named) = (word, true),
            }
        }
        asked
    }
}

/// Scores what the words ask for, prints the table, and fails when a value lies below its floor.
pub fn run(words: &[&str]) -> Result<()> {
    let asked = Asked::read(words);
    let wanted = |name: &str| asked.name == "all" || asked.name == name;
    let known = wanted("speed") || SETS.iter().any(|set| wanted(set.name));
    if !known || (asked.name != "speed" && asked.rest.len() > 1) {
        bail!(USAGE);
    }
    let mut measures = Vec::new();
    // Speed comes first, so that its peak memory is its own.
    if wanted("speed") {
        let texts = if asked.name == "speed" { asked.rest.as_slice() } else { &[] };
        measures.extend(speed::run(&texts.iter().map(PathBuf::from).collect::<Vec<_>>(), asked.write)?);
    }
    let gold = asked.rest.first().map_or_else(|| root().join("../shared"), PathBuf::from);
    let mut bins = Vec::new();
    for scored in sets(&asked, &gold)? {
        measures.extend(scored.measures);
        bins.extend(scored.reliability);
    }
    let path = root().join(TABLE);
    let table = std::fs::read_to_string(&path).with_context(|| format!("reading {TABLE}"))?;
    let judged = verbale_score::judge(&table, &measures)?;
    print!("{}", verbale_score::listing(&judged));
    if asked.write {
        let kept: Vec<_> = judged.iter().filter(|one| one.set != "speed").cloned().collect();
        std::fs::write(&path, verbale_score::keep(&table, &kept)?)
            .with_context(|| format!("writing {TABLE}"))?;
        if !bins.is_empty() {
            std::fs::write(root().join(RELIABILITY), reliability(&bins))
                .with_context(|| format!("writing {RELIABILITY}"))?;
        }
    }
    match judged.iter().filter(|one| !one.holds).count() {
        0 => Ok(()),
        below => bail!("{below} of the measures lie below their floor"),
    }
}

/// Scores the sets that are asked for and there.
fn sets(asked: &Asked<'_>, gold: &Path) -> Result<Vec<Scored>> {
    let world = World::embedded()?;
    let mut all = Vec::new();
    for set in SETS.iter().filter(|set| asked.name == "all" || asked.name == set.name) {
        if let Some(file) = set.missing(gold) {
            println!(
                "{}: skipped, for there is no {file} in the folder of public sets; name the folder that holds it",
                set.name
            );
            continue;
        }
        let scored = set.score(&world, gold)?;
        scored.remarks.iter().for_each(|remark| println!("{remark}"));
        if let Some(examples) = asked.errors {
            println!("{}: errors by kind\n{}", set.name, scored.errors.listing(examples));
        }
        all.push(scored);
    }
    Ok(all)
}

/// The table of reliability, one line for each bin of confidence.
fn reliability(bins: &[Bin]) -> String {
    let mut out = "set,from,to,events,confidence,right\n".to_owned();
    for bin in bins {
        let Bin { set, from, to, events, confidence, right } = bin;
        let _ = writeln!(out, "{set},{from:.1},{to:.1},{events},{confidence:.3},{right:.3}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart() {
        let asked = Asked::read(&["places", "--errors", "3", "sets", "--write"]);
        assert_eq!((asked.name, asked.errors, asked.write), ("places", Some(3), true));
        assert_eq!(asked.rest, ["sets"]);
        let asked = Asked::read(&["--errors", "dates"]);
        assert_eq!((asked.name, asked.errors), ("dates", Some(0)));
    }
}
