//! `verbale add`: reports are coded and come into the ledger, in batches that are stored whole or not at all.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::Result;
use clap::ValueEnum;
use verbale::fetch::{Guard, Limits, fetch, is_address};
use verbale::ingest::{Columns, Options, Refused, Reports, Source, sources};
use verbale::keep::Keeper;
use verbale::ledger::store::{Access, Addition, Input, Ledger, OpenRun, RunKind, Standing};
use verbale::ledger::{Document, Retention};

use super::{File, asked, now};
use crate::ending::{Done, refuse, say};
use crate::flow::{self, in_order};
use crate::given::{Given, date};
use crate::progress::Progress;

/// Documents that are stored in one transaction, unless said otherwise.
const BATCH: &str = "128";

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
    #[arg(long, value_name = "N", default_value = BATCH, hide = true)]
    batch: std::num::NonZeroUsize,
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
    let mut writer = Writer {
        run: OpenRun::new(RunKind::Add, now(), args.given.versions()?),
        restore: args.restore,
        batch: args.batch.get(),
        waiting: Vec::new(),
        stored: 0,
        known: 0,
        removed: 0,
        refused: 0,
    };
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
    let mut refused = BTreeSet::new();
    let mut count = 0;
    // What is known needs no coding; who else may have stored it meanwhile is seen when it is written.
    let reader = args.file.open(Access::Read)?;
    let documents = reports.by_ref().map(|report| {
        let document = Document::new(args.given.complete(report?), None);
        let standing = match reader.standing(&document.id).unwrap_or(Standing::New) {
            Standing::Removed if args.restore => Standing::New,
            other => other,
        };
        Ok(Offer { document, standing })
    });
    let work = |offer: Offer| {
        if offer.standing != Standing::New {
            return Ok(Err(offer.standing));
        }
        Ok(Ok(keeper.code(input, keeper.document(offer.document.report))))
    };
    in_order(documents, work, |done| {
        match done {
            Ok(coded) => writer.take(ledger, coded)?,
            Err(left_out) => {
                count += 1;
                asked(ledger.refuse(&left_out.input, &left_out.reason, &now()))?;
                refused.insert(left_out.input.clone());
                progress.aside(|| refuse(&left_out));
            }
        }
        progress.step();
        Ok(())
    })?;
    writer.flush(ledger)?;
    asked(ledger.forget_refusals(input, &refused))?;
    match reports.skipped() {
        0 => {}
        1 => say(&format!("{input}: 1 file is skipped, for its kind is not read")),
        n => say(&format!("{input}: {n} files are skipped, for their kinds are not read")),
    }
    writer.refused += count;
    if let (Some(run), true) = (writer.run.number(), count > 0) {
        let refused = count as u32;
        asked(ledger.cover(run, &Input { name: input.to_owned(), documents: 0, stored: 0, refused }))?;
    }
    Ok(())
}

/// A document on its way to be coded.
struct Offer {
    document: Document,
    standing: Standing,
}

impl flow::Input for Offer {
    fn name(&self) -> String {
        self.document.report.id.clone()
    }

    fn size(&self) -> usize {
        self.document.report.text.len()
    }
}

/// Collects what was coded into batches and stores them.
struct Writer {
    run: OpenRun,
    restore: bool,
    batch: usize,
    waiting: Vec<Addition>,
    stored: u32,
    known: u32,
    removed: usize,
    refused: usize,
}

impl Writer {
    fn take(&mut self, ledger: &mut Ledger, coded: Result<Addition, Standing>) -> Result<()> {
        match coded {
            Ok(addition) => self.waiting.push(addition),
            Err(Standing::Removed) => self.removed += 1,
            Err(_) => self.known += 1,
        }
        if self.waiting.len() >= self.batch { self.flush(ledger) } else { Ok(()) }
    }

    fn flush(&mut self, ledger: &mut Ledger) -> Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        if self.restore {
            for addition in &self.waiting {
                asked(ledger.forgive(&addition.document.id))?;
            }
        }
        let added = asked(ledger.add(&mut self.run, &self.waiting))?;
        self.waiting.clear();
        self.stored += added.stored;
        self.known += added.known;
        self.removed += added.removed.len();
        Ok(())
    }

    fn summary(&self, ledger: &str) -> String {
        let mut parts = vec![format!("{} added", self.stored)];
        let more = [
            (self.known as usize, "known already"),
            (self.removed, "left out, since they were removed earlier (--restore takes them in)"),
            (self.refused, "refused"),
        ];
        parts.extend(more.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")));
        format!("{ledger}: {}", parts.join(", "))
    }
}
