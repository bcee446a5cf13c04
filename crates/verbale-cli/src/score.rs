//! `verbale score`: how good this program is on public sets, beside what was kept and the floors.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Result;
use verbale_score::{Measure, SETS, Set, judge, kept, listing};

use crate::ending::{Done, say, usage};

const EXAMPLES: &str = "\
Examples:
  verbale score places shared                 toponyms of LGL and TR-News, on sets in the folder shared
  verbale score dates shared --errors 5       errors by kind, five examples of each
  verbale score all shared --json             one object with all figures

Exit codes: 0 done; 1 a figure lies below its floor, or a set could not be read; 2 wrong usage.";

/// Measure how good the program is on public sets
///
/// The sets are not part of the program: GOLD is the folder that holds them, and a set that is not there is skipped.
/// Beside each figure stands the one that this version was released with, and the floor it must not fall below.
#[derive(clap::Args)]
#[command(arg_required_else_help = true, after_help = EXAMPLES)]
pub struct Args {
    /// The set, or all: parser, entities, dates, places, attribution, events, engagements, confidence, extraction,
    /// duplicates
    #[arg(value_name = "NAME|all")]
    name: String,

    /// The folder of the public sets
    #[arg(value_name = "GOLD", default_value = "../shared")]
    gold: PathBuf,

    /// List errors by kind, with N examples of each; they are text of the sets
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "3", conflicts_with = "json")]
    errors: Option<usize>,

    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Scores the sets that are asked for and there.
pub fn run(args: &Args) -> Result<Done> {
    let sets: Vec<&Set> = SETS.iter().filter(|set| args.name == "all" || args.name == set.name).collect();
    if sets.is_empty() {
        let names: Vec<&str> = SETS.iter().map(|set| set.name).collect();
        return usage(format!(
            "there is no set named {}; write one of {}, or all",
            args.name,
            names.join(", ")
        ));
    }
    let mut out = std::io::stdout().lock();
    let mut measures = Vec::new();
    let mut skipped = Vec::new();
    let world = verbale::World::embedded()?;
    for set in sets {
        match figures(set, &world, &args.gold, args, &mut out)? {
            Some(found) => measures.extend(found),
            None => skipped.push(set.name),
        }
    }
    let judged = judge(kept(), &measures)?;
    if args.json {
        let whole = serde_json::json!({"coder": verbale::VERSION, "scores": judged, "skipped": skipped});
        writeln!(out, "{whole}")?;
    } else if !judged.is_empty() {
        write!(out, "{}", listing(&judged))?;
    }
    Ok(Done::refusing(judged.iter().filter(|one| !one.holds).count()))
}

/// The figures of a set; `None` with a word on stderr, when it is not there.
fn figures(
    set: &Set,
    world: &verbale::World,
    gold: &Path,
    args: &Args,
    out: &mut impl std::io::Write,
) -> Result<Option<Vec<Measure>>> {
    if let Some(file) = set.missing(gold) {
        say(&format!(
            "{}: skipped, for there is no {file} in {}; name the folder that holds it",
            set.name,
            gold.display()
        ));
        return Ok(None);
    }
    let scored = set.score(world, gold)?;
    scored.remarks.iter().for_each(|remark| say(remark));
    if let Some(examples) = args.errors {
        writeln!(out, "{}: errors by kind\n{}", set.name, scored.errors.listing(examples))?;
    }
    Ok(Some(scored.measures))
}
