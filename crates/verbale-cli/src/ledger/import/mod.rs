//! `verbale import`: what was coded elsewhere comes in, as it is.

mod foreign;
mod jsonl;
mod rejects;

use std::io::Write as _;

use anyhow::Result;
use verbale::ledger::store::Access;

use super::{File, asked};
use crate::ending::{Done, say};
use crate::show::harmless;

const EXAMPLES: &str = "\
Examples:
  verbale documents -l one.db --with-records -o jsonl > all.jsonl
  verbale import jsonl all.jsonl -l two.db
  verbale import gdelt 20251022.export.CSV.zip -l verbale.db --country AFG
  verbale import icews events.2015.tab.zip -l verbale.db --types CONSULT,AGREE --from 2015-03
  verbale import csv journeys.csv --mapping journeys.toml -l verbale.db --rejects rejects/
  verbale import list -l verbale.db

Nothing is coded: readings and events are taken in as they are. Files may be plain, .gz, .bz2 or .zip; a folder
stands for the tables in it. A file that is known by its hash adds nothing.";

/// Take in what was coded elsewhere
#[derive(clap::Args)]
#[command(after_help = EXAMPLES, arg_required_else_help = true)]
pub struct Args {
    #[command(subcommand)]
    format: Format,
}

#[derive(clap::Subcommand)]
enum Format {
    /// Lines of `verbale documents --with-records -o jsonl`
    Jsonl(jsonl::Files),
    /// GDELT events 1.0 and 2.0, and mentions 2.0
    Gdelt(foreign::Files),
    /// ICEWS events
    Icews(foreign::Files),
    /// POLECAT events
    Polecat(foreign::Files),
    /// PLOVER as lines of JSON, as `verbale events -o plover` and NGEC write it
    Plover(foreign::Files),
    /// Votes in the General Assembly: columns `roll_call`, `date`, `country` and `vote`
    UnVotes(foreign::Files),
    /// Any table of events, with a file that says which column is what
    Csv(foreign::Mapped),
    /// List the files of others' codings that were taken in
    List(Listed),
    /// Remove all events that came with a file
    Remove(Removed),
}

#[derive(clap::Args)]
struct Listed {
    #[command(flatten)]
    file: File,
    /// One line of JSON per file
    #[arg(long)]
    json: bool,
}

#[derive(clap::Args)]
struct Removed {
    /// Numbers of imports, as `verbale import list` shows them
    #[arg(required = true, value_name = "IMPORT")]
    imports: Vec<i64>,
    #[command(flatten)]
    file: File,
}

/// Takes in every input; those that cannot be read are named, and the others go on.
pub fn run(args: &Args) -> Result<Done> {
    use verbale::import::Format as Read;
    match &args.format {
        Format::Jsonl(files) => jsonl::run(files),
        Format::Gdelt(files) => foreign::run(files, Read::Gdelt),
        Format::Icews(files) => foreign::run(files, Read::Icews),
        Format::Polecat(files) => foreign::run(files, Read::Polecat),
        Format::Plover(files) => foreign::run(files, Read::Plover),
        Format::UnVotes(files) => foreign::run(files, Read::UnVotes),
        Format::Csv(mapped) => foreign::run(&mapped.files, mapped.format()?),
        Format::List(listed) => list(listed),
        Format::Remove(removed) => remove(removed),
    }
}

fn list(args: &Listed) -> Result<Done> {
    let ledger = args.file.open(Access::Read)?;
    let mut out = std::io::stdout().lock();
    for one in asked(ledger.imports())? {
        if args.json {
            writeln!(out, "{}", serde_json::to_string(&one)?)?;
            continue;
        }
        let tally = &one.tally;
        let line = format!(
            "{:>4}  run {:>3}  {:<9}  {:>10} rows, {:>10} stored, {:>8} told again, {:>8} not asked for, {:>6} refused  {}",
            one.import,
            one.run,
            one.format,
            tally.rows,
            tally.stored,
            tally.merged,
            tally.filtered,
            tally.refused,
            one.name,
        );
        writeln!(out, "{}", harmless(&line))?;
    }
    Ok(Done::All)
}

fn remove(args: &Removed) -> Result<Done> {
    let mut ledger = args.file.open(Access::Write)?;
    for import in &args.imports {
        asked(ledger.remove_import(*import))?;
        say(&format!("{}: import {import} removed", args.file.name()));
    }
    Ok(Done::All)
}
