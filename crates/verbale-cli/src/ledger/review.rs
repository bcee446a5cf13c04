//! `verbale review`: people accept, reject and correct what the coder read; nothing they said is ever changed.

use std::io::{BufReader, Write as _};
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use verbale::difference::Between;
use verbale::ledger::Entry;
use verbale::ledger::list::select::events;
use verbale::ledger::list::{Filter, ReviewedFilter};
use verbale::ledger::review;
use verbale::ledger::store::Access;
use verbale::measure::Draws;
use verbale::queue::queue;
use verbale::reliability::reliability;
use verbale::ruling::{self, Ruling, rule};

use super::{File, asked};
use crate::ending::{Done, refuse, say};
use crate::measure::rules;
use crate::show::{Screen, entry_page, json_line, reliability_page};

const EXAMPLES: &str = "\
Examples:
  verbale review list -l verbale.db --balance AFG:USA,RUS     what would move that balance most comes first
  verbale review next -l verbale.db
  verbale review accept 3f9a0c1d2e4b5a67:e1 --reason \"read the statement\"
  verbale review edit 3f9a0c1d2e4b5a67:e1 date=2025-10-22 participants/0/side=AFG
  verbale review split 3f9a0c1d2e4b5a67:e1 77b01c22aa90d3f4:e2     the telling becomes an event of its own
  verbale review undo
  verbale review agreement                 precision and recall by field, agreement between reviewers

Reviews are keyed to the hash of the text, the words and the field, so that they survive `verbale recode`.
Where the coder has changed its mind since, both are shown and the correction stays in force.";

/// Accept, reject and correct events
#[derive(clap::Args)]
#[command(after_help = EXAMPLES, arg_required_else_help = true)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// List what nobody has reviewed, what would change a balance most first
    List(Queue),
    /// Show the first of the list
    Next(Queue),
    /// Say that an event is right
    Accept(One),
    /// Say that an event is none, or not what happened; it is not counted
    Reject(One),
    /// Correct fields of an event
    Edit(Edit),
    /// Say that tellings of an event are of a happening of their own
    Split(Split),
    /// Say that two events are one happening
    Join(Join),
    /// Take back a review: the last one, or one by its id
    Undo(Undo),
    /// Measure how right the coder was, by field, and how far reviewers agree
    Agreement(Measure),
    /// Write all reviews as JSON lines
    Export(Export),
    /// Take in reviews from JSON lines; those that are there are left out
    Import(Import),
}

/// What to look at first.
#[derive(clap::Args)]
struct Queue {
    #[command(flatten)]
    file: File,
    /// Order by what a balance would change by: a state and two partners, as in AFG:USA,RUS
    #[arg(long, value_name = "STATE:A,B", value_parser = Between::parse)]
    balance: Option<Between>,
    /// How the balance counts: officials, inclusive, high-level, confirmed, or a TOML file of your own
    #[arg(long, value_name = "NAME|FILE", default_value = "officials")]
    rules: String,
    /// At most so many
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// One line of JSON per event
    #[arg(long)]
    json: bool,
}

/// Who reviews, and why.
#[derive(clap::Args)]
struct By {
    #[command(flatten)]
    file: File,
    /// Who you are; without it the name you are logged in with
    #[arg(long, value_name = "NAME")]
    reviewer: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

#[derive(clap::Args)]
struct One {
    /// The event, as `verbale events` names it; DOCUMENT:EVENT of any of its tellings
    #[arg(value_name = "EVENT")]
    event: String,
    #[command(flatten)]
    by: By,
}

#[derive(clap::Args)]
struct Edit {
    /// The event
    #[arg(value_name = "EVENT")]
    event: String,
    /// What it is: date=2025-10-22, status=denied, participants/0/side=AFG, formality=null, …
    #[arg(required = true, value_name = "FIELD=VALUE")]
    edits: Vec<String>,
    #[command(flatten)]
    by: By,
}

#[derive(clap::Args)]
struct Split {
    /// The event
    #[arg(value_name = "EVENT")]
    event: String,
    /// The tellings that go, as the event lists them
    #[arg(required = true, value_name = "TELLING")]
    tellings: Vec<String>,
    #[command(flatten)]
    by: By,
}

#[derive(clap::Args)]
struct Join {
    /// One event
    #[arg(value_name = "EVENT")]
    one: String,
    /// The other
    #[arg(value_name = "EVENT")]
    other: String,
    #[command(flatten)]
    by: By,
}

#[derive(clap::Args)]
struct Undo {
    /// Id of the review; without it the last one that is no undo
    #[arg(value_name = "REVIEW")]
    review: Option<String>,
    #[command(flatten)]
    by: By,
}

#[derive(clap::Args)]
struct Measure {
    #[command(flatten)]
    file: File,
    /// As JSON, on one line
    #[arg(long)]
    json: bool,
}

#[derive(clap::Args)]
struct Export {
    #[command(flatten)]
    file: File,
}

#[derive(clap::Args)]
struct Import {
    /// Files of JSON lines, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    file: File,
}

/// Lists, or appends to the log of reviews.
pub fn run(args: &Args) -> Result<Done> {
    match &args.command {
        Command::List(wanted) => list(wanted, wanted.limit),
        Command::Next(wanted) => list(wanted, 1),
        Command::Accept(one) => keep(&one.by, &Ruling::Accept { event: one.event.clone() }),
        Command::Reject(one) => keep(&one.by, &Ruling::Reject { event: one.event.clone() }),
        Command::Edit(edit) => {
            keep(&edit.by, &Ruling::Edit { event: edit.event.clone(), edits: edit.edits.clone() })
        }
        Command::Split(split) => {
            keep(&split.by, &Ruling::Split { event: split.event.clone(), tellings: split.tellings.clone() })
        }
        Command::Join(join) => {
            keep(&join.by, &Ruling::Join { event: join.one.clone(), with: join.other.clone() })
        }
        Command::Undo(undo) => keep(&undo.by, &Ruling::Undo { review: undo.review.clone() }),
        Command::Agreement(measure) => agreement(measure),
        Command::Export(export) => {
            let ledger = export.file.open(Access::Read)?;
            review::write(&asked(ledger.reviews())?, &mut std::io::stdout().lock())?;
            Ok(Done::All)
        }
        Command::Import(import) => take_in(import),
    }
}

fn list(wanted: &Queue, limit: usize) -> Result<Done> {
    let ledger = wanted.file.open(Access::Read)?;
    asked(ledger.hold())?;
    let filter = Filter::default();
    let entries: Vec<Entry> = asked(asked(events(&ledger, &filter))?.collect())?;
    let screen = Screen::of_stdout();
    let mut out = std::io::stdout().lock();
    for (entry, change) in ordered(wanted, &entries)?.into_iter().take(limit) {
        if wanted.json {
            let mut line = serde_json::to_value(entry)?;
            line["change"] = change.into();
            writeln!(out, "{line}")?;
            continue;
        }
        out.write_all(entry_page(&screen, entry).as_bytes())?;
        if let Some(change) = change.filter(|change| *change > 0.0) {
            writeln!(out, "  if it were wrong, the tilt would move by {change:.2}\n")?;
        }
    }
    for (id, why) in asked(ledger.orphans())? {
        say(&format!("review {id}: {why}"));
    }
    Ok(Done::All)
}

/// The queue, by what a balance would change by where one is named.
fn ordered<'e>(wanted: &Queue, entries: &'e [Entry]) -> Result<Vec<(&'e Entry, Option<f64>)>> {
    let Some(between) = &wanted.balance else { return Ok(queue(entries, None)) };
    Ok(queue(entries, Some((between, &rules(&wanted.rules)?))))
}

fn agreement(measure: &Measure) -> Result<Done> {
    let ledger = measure.file.open(Access::Read)?;
    asked(ledger.hold())?;
    let filter = Filter { reviewed: Some(ReviewedFilter::Any), superseded: true, ..Filter::default() };
    let entries: Vec<Entry> = asked(asked(events(&ledger, &filter))?.collect())?;
    let ratings = asked(ledger.ratings())?;
    let found = reliability(&entries, &ratings, Draws::default()).map_err(anyhow::Error::msg)?;
    let page = || reliability_page(&Screen::of_stdout(), &found);
    let text = if measure.json { json_line(&found) } else { page() };
    std::io::stdout().lock().write_all(text.as_bytes())?;
    Ok(Done::All)
}

/// Writes a ruling into the log and says so.
fn keep(by: &By, ruling: &Ruling) -> Result<Done> {
    let mut ledger = by.file.open(Access::Write)?;
    let login = || std::env::var("USER").or_else(|_| std::env::var("USERNAME"));
    let reviewer = by.reviewer.clone().or_else(|| login().ok()).unwrap_or_else(|| "unknown".to_owned());
    let at = jiff::Timestamp::now().round(jiff::Unit::Millisecond)?.to_string();
    let by = ruling::By { reviewer, at, reason: by.reason.clone() };
    for kept in asked(rule(&mut ledger, &by, ruling))? {
        say(&format!("review {}: {}", kept.review, kept.what));
    }
    Ok(Done::All)
}

fn take_in(import: &Import) -> Result<Done> {
    let mut ledger = import.file.open(Access::Write)?;
    let mut refused = 0;
    for path in &import.files {
        let name = path.display().to_string();
        let known = asked(ledger.reviews())?;
        let read = if name == "-" {
            review::read(std::io::stdin().lock(), &known)
        } else {
            let file = std::fs::File::open(path).with_context(|| format!("reading {name}"))?;
            review::read(BufReader::new(file), &known)
        };
        let (reviews, broken) = asked(read)?;
        let new = asked(ledger.review(&reviews))?;
        for line in &broken {
            refuse(&verbale::ingest::Refused {
                input: name.clone(),
                reason: format!("line {} is left out: {}", line.line, line.reason),
            });
        }
        refused += broken.len();
        say(&format!("{name}: {new} reviews taken in"));
    }
    Ok(Done::refusing(refused))
}
