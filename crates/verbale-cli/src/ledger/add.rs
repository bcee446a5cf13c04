//! `verbale add`: reports are coded and come into the ledger, in batches that are stored whole or not at all.

use std::path::PathBuf;

use anyhow::Result;
use clap::ValueEnum;
use verbale::fetch::{Guard, Limits, fetch, is_address};
use verbale::ingest::{Columns, Options, Refused, Reports, Source, sources};
use verbale::keep::Keeper;
use verbale::ledger::store::{Access, Ledger, OpenRun, RunKind};
use verbale::ledger::{LedgerError, Retention};
use verbale::shelving::{self, Shelf, Shelving};

use super::{File, asked, now};
use crate::ending::{Done, refuse, say};
use crate::flow;
use crate::given::{Given, date};
use crate::progress::Progress;

const EXAMPLES: &str = "\
Examples:
  verbale add reports/ -l verbale.db
  verbale add archive.jsonl.gz pages.zip crawl.warc.gz --retain excerpts
  verbale add https://example.org/statement.html --allow-net

Adding the same again adds nothing. When it is interrupted, what is stored is whole; the same command goes on
where it stopped. Several of these commands may write to one ledger at once.";

/// Code reports and add them to a ledger
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Files, folders, archives, - for standard input, or addresses with --allow-net
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    file: File,
    #[command(flatten)]
    given: Given,
    /// How much of each text to keep; only documents kept full can be coded again
    #[arg(long, value_enum, default_value_t = Retain::Full)]
    retain: Retain,
    /// Which column of a table, or field of a JSON dump, is what: text=body,title=headline,…
    #[arg(long, value_name = "FIELD=COLUMN,…", value_parser = Columns::parse)]
    columns: Option<Columns>,
    /// Day on which the inputs were fetched, for those that do not say: YYYY-MM-DD. Nothing was published later
    #[arg(long, value_name = "DATE", value_parser = date)]
    fetched: Option<String>,
    /// Fetch inputs that are addresses
    #[arg(long)]
    allow_net: bool,
    /// Take in documents that were removed earlier
    #[arg(long)]
    restore: bool,
    /// Documents that are stored in one transaction
    #[arg(long, value_name = "N", default_value_t = shelving::BATCH, hide = true)]
    batch: usize,
}

/// How much of a text is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Retain {
    /// All of it
    Full,
    /// The sentences that events and claims rest on
    Excerpts,
    /// None of it: hash, offsets and codes
    Hash,
}

impl From<Retain> for Retention {
    fn from(retain: Retain) -> Self {
        match retain {
            Retain::Full => Self::Full,
            Retain::Excerpts => Self::Excerpts,
            Retain::Hash => Self::Hash,
        }
    }
}

/// Adds all inputs with all cores; what is refused is named and the rest is stored.
pub fn run(args: &Args) -> Result<Done> {
    let world = args.given.world()?;
    let mut ledger = args.file.open(Access::Create)?;
    flow::threads()?;
    let keeper = Keeper::new(&world, args.retain.into());
    let run = OpenRun::new(RunKind::Add, now(), args.given.versions()?);
    let mut writer = Writer { shelving: Shelving::new(run, args.restore, args.batch.max(1)), refused: 0 };
    let mut guard = None;
    for input in &args.inputs {
        let name = input.display().to_string();
        let found = if is_address(&name) { vec![args.fetch(&mut guard, &name)] } else { sources(input) };
        let options = Options { columns: args.columns.clone(), fetched: args.fetched.clone() };
        add(args, &keeper, &mut ledger, &mut writer, &name, Reports::new(found, options))?;
    }
    say(&writer.summary(&args.file.name()));
    Ok(Done::refusing(writer.refused))
}

impl Args {
    /// Fetches an address, when the user allowed that.
    fn fetch(&self, guard: &mut Option<Guard>, address: &str) -> Result<Source, Refused> {
        if !self.allow_net {
            let reason = "addresses are fetched only with --allow-net".to_owned();
            return Err(Refused { input: address.to_owned(), reason });
        }
        let guard = guard.get_or_insert_with(|| Guard::new(Limits::default()));
        let day = now().get(..10).unwrap_or_default().to_owned();
        fetch(guard, address).map(|page| Source::Fetched(Box::new(page), day))
    }
}

/// Adds the reports of one input.
fn add(
    args: &Args,
    keeper: &Keeper<'_>,
    ledger: &mut Ledger,
    writer: &mut Writer,
    input: &str,
    mut reports: Reports,
) -> Result<()> {
    let mut progress = Progress::new();
    let reader = args.file.open(Access::Read)?;
    let mut shelf = Shelf { ledger, reader: &reader, keeper, pool: None, at: &now() };
    let completed = reports.by_ref().map(|report| report.map(|report| args.given.complete(report)));
    let added = shelf.add::<LedgerError>(&mut writer.shelving, input, completed, |refused| {
        if let Some(left_out) = refused {
            progress.aside(|| refuse(left_out));
        }
        progress.step();
        Ok(())
    });
    writer.refused += asked(added)?;
    match reports.skipped() {
        0 => {}
        1 => say(&format!("{input}: 1 file is skipped, for its kind is not read")),
        n => say(&format!("{input}: {n} files are skipped, for their kinds are not read")),
    }
    Ok(())
}

/// What is added, and how much was refused.
struct Writer {
    shelving: Shelving,
    refused: usize,
}

impl Writer {
    fn summary(&self, ledger: &str) -> String {
        let Shelving { stored, known, removed, .. } = self.shelving;
        let mut parts = vec![format!("{stored} added")];
        let more = [
            (known as usize, "known already"),
            (removed, "left out, since they were removed earlier (--restore takes them in)"),
            (self.refused, "refused"),
        ];
        parts.extend(more.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")));
        format!("{ledger}: {}", parts.join(", "))
    }
}
