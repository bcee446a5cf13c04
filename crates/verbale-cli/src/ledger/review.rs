//! `verbale review`: people accept, reject and correct what the coder read; nothing they said is ever changed.

use std::io::{BufReader, Write as _};
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use verbale::ledger::list::{Filter, ReviewedFilter};
use verbale::ledger::review::{self, Action, Anchor, Review, Seen};
use verbale::ledger::store::{Access, Ledger};
use verbale::ledger::{Entry, Telling, Verdict};
use verbale::measure::{Draws, Question, Rules, count, mean_tilt};
use verbale::model::{Days, Engagement};
use verbale::reliability::reliability;

use super::list::events;
use super::{File, asked};
use crate::ending::{Done, refuse, say, usage};
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

/// A state and two partners.
#[derive(Debug, Clone)]
pub struct Between {
    /// Whose policy.
    pub state: String,
    /// Between whom.
    pub partners: Vec<String>,
}

impl Between {
    /// Reads `AFG:USA,RUS`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || "write a state and two partners, as in AFG:USA,RUS".to_owned();
        let (state, partners) = text.split_once(':').ok_or_else(wrong)?;
        let partners: Vec<String> = partners.split(',').map(|code| code.trim().to_uppercase()).collect();
        let state = state.trim().to_uppercase();
        let well = partners.len() == 2 && partners.iter().chain([&state]).all(|code| code.len() >= 3);
        if well { Ok(Self { state, partners }) } else { Err(wrong()) }
    }

    /// What events count with each of the two, at any time.
    pub fn count(&self, events: &[Engagement], rules: &Rules) -> [f64; 2] {
        let window = Days::default();
        let found = count(events, &Question { state: &self.state, partners: &self.partners, rules, window });
        [0, 1].map(|at| found.n.get(at).copied().unwrap_or(0.0))
    }
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
        Command::List(queue) => list(queue, queue.limit),
        Command::Next(queue) => list(queue, 1),
        Command::Accept(one) => verdict(one, |target, seen| Action::Accept { target, seen }),
        Command::Reject(one) => verdict(one, |target, seen| Action::Reject { target, seen }),
        Command::Edit(edit) => correct(edit),
        Command::Split(split) => part(split),
        Command::Join(join) => unite(join),
        Command::Undo(undo) => take_back(undo),
        Command::Agreement(measure) => agreement(measure),
        Command::Export(export) => {
            let ledger = export.file.open(Access::Read)?;
            review::write(&asked(ledger.reviews())?, &mut std::io::stdout().lock())?;
            Ok(Done::All)
        }
        Command::Import(import) => take_in(import),
    }
}

fn list(queue: &Queue, limit: usize) -> Result<Done> {
    let ledger = queue.file.open(Access::Read)?;
    asked(ledger.hold())?;
    let filter = Filter::default();
    let entries: Vec<Entry> = asked(asked(events(&ledger, &filter))?.collect())?;
    let screen = Screen::of_stdout();
    let mut out = std::io::stdout().lock();
    for (entry, change) in ordered(queue, &entries)?.into_iter().take(limit) {
        if queue.json {
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

/// Entries that wait for a person: conflicts first, then what moves the balance, then what is least sure.
fn ordered<'e>(queue: &Queue, entries: &'e [Entry]) -> Result<Vec<(&'e Entry, Option<f64>)>> {
    let conflicts = entries.iter().filter(|entry| !entry.review.conflicts.is_empty());
    let mut found: Vec<(&Entry, Option<f64>)> = conflicts.map(|entry| (entry, None)).collect();
    let waiting = |entry: &&Entry| entry.review.verdict == Verdict::None && entry.review.conflicts.is_empty();
    if let Some(between) = &queue.balance {
        let rules = rules(&queue.rules)?;
        let counts = |event: &Engagement| between.count(std::slice::from_ref(event), &rules);
        let gauge = review::Gauge { counts: &counts, measure: &mean_tilt, window: Days::default() };
        let effects = review::order(entries, &gauge);
        let by_id: std::collections::BTreeMap<&str, &Entry> =
            entries.iter().filter(waiting).map(|entry| (entry.event.id.as_str(), entry)).collect();
        let known = |effect: &review::Effect| Some((*by_id.get(effect.entry.as_str())?, Some(effect.change)));
        found.extend(effects.iter().filter_map(known));
        return Ok(found);
    }
    let mut rest: Vec<&Entry> = entries.iter().filter(waiting).collect();
    rest.sort_by(|a, b| {
        a.event.confidence.total_cmp(&b.event.confidence).then_with(|| a.event.id.cmp(&b.event.id))
    });
    found.extend(rest.into_iter().map(|entry| (entry, None)));
    Ok(found)
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

/// An event that a user names, with its tellings.
fn named(ledger: &Ledger, word: &str) -> Result<(Entry, Vec<Telling>)> {
    let number = asked(ledger.find_entry(word))?;
    Ok((asked(ledger.entry(number))?, asked(ledger.tellings(number))?))
}

/// The anchor of the telling that a name stands for, or of the entry's first.
fn anchor_at(entry: &Entry, tellings: &[Telling], word: Option<&str>) -> Result<Anchor> {
    let id = word.map_or_else(|| entry.event.id.clone(), str::to_owned);
    match tellings.iter().find(|telling| telling.id.to_string() == id) {
        Some(telling) => Ok(review::anchor(telling)),
        None => usage(format!(
            "{id} is no telling of {}; it has {}",
            entry.event.id,
            tellings.iter().map(|telling| telling.id.to_string()).collect::<Vec<_>>().join(", ")
        )),
    }
}

/// Keeps a review and says so.
fn keep(ledger: &mut Ledger, by: &By, action: Action, what: &str) -> Result<()> {
    let login = || std::env::var("USER").or_else(|_| std::env::var("USERNAME"));
    let reviewer = by.reviewer.clone().or_else(|| login().ok()).unwrap_or_else(|| "unknown".to_owned());
    let at = jiff::Timestamp::now().round(jiff::Unit::Millisecond)?.to_string();
    let review = Review::new(at, reviewer, by.reason.clone(), action);
    asked(ledger.review(std::slice::from_ref(&review)))?;
    say(&format!("review {}: {what}", review.id));
    Ok(())
}

fn verdict(one: &One, action: impl Fn(Anchor, Seen) -> Action) -> Result<Done> {
    let mut ledger = one.by.file.open(Access::Write)?;
    let (entry, tellings) = named(&ledger, &one.event)?;
    let target = anchor_at(&entry, &tellings, None)?;
    let action = action(target, Seen::of(&entry.event));
    let what = if matches!(action, Action::Accept { .. }) { "accepted" } else { "rejected" };
    keep(&mut ledger, &one.by, action, &format!("{} {what}", entry.event.id))?;
    Ok(Done::All)
}

fn correct(edit: &Edit) -> Result<Done> {
    let mut ledger = edit.by.file.open(Access::Write)?;
    for text in &edit.edits {
        // Each correction sees what the ones before it have made of the event.
        let (entry, tellings) = named(&ledger, &edit.event)?;
        let (path, value, was) = match review::parse_edit(&entry, text) {
            Ok(parsed) => parsed,
            Err(message) => return usage(message),
        };
        let from = review::telling_of(&entry, &path).map(ToString::to_string);
        let target = anchor_at(&entry, &tellings, from.as_deref())?;
        let what = format!("{} {text} (was {was})", entry.event.id);
        keep(&mut ledger, &edit.by, Action::Edit { target, path, value, was }, &what)?;
    }
    Ok(Done::All)
}

fn part(split: &Split) -> Result<Done> {
    let mut ledger = split.by.file.open(Access::Write)?;
    let (entry, tellings) = named(&ledger, &split.event)?;
    let targets: Vec<Anchor> =
        split.tellings.iter().map(|word| anchor_at(&entry, &tellings, Some(word))).collect::<Result<_>>()?;
    let goes = |telling: &&Telling| split.tellings.contains(&telling.id.to_string());
    let from: Vec<Anchor> = tellings.iter().filter(|one| !goes(one)).map(review::anchor).collect();
    if from.is_empty() {
        return usage("these are all tellings of the event; leave one at least");
    }
    let what = format!("{} split off {}", split.tellings.join(", "), entry.event.id);
    keep(&mut ledger, &split.by, Action::Split { targets, from }, &what)?;
    Ok(Done::All)
}

fn unite(join: &Join) -> Result<Done> {
    let mut ledger = join.by.file.open(Access::Write)?;
    let (one, ones) = named(&ledger, &join.one)?;
    let (other, others) = named(&ledger, &join.other)?;
    if one.event.id == other.event.id {
        return usage(format!("{} and {} are one event already", join.one, join.other));
    }
    let (target, with) = (anchor_at(&one, &ones, None)?, anchor_at(&other, &others, None)?);
    let what = format!("{} and {} joined", one.event.id, other.event.id);
    keep(&mut ledger, &join.by, Action::Join { target, with }, &what)?;
    Ok(Done::All)
}

fn take_back(undo: &Undo) -> Result<Done> {
    let mut ledger = undo.by.file.open(Access::Write)?;
    let reviews = asked(ledger.reviews())?;
    let force = review::in_force(&reviews);
    let last = || {
        force.iter().rev().find(|one| !matches!(one.action, Action::Undo { .. })).map(|one| one.id.clone())
    };
    let id = match &undo.review {
        Some(id) if reviews.iter().any(|one| one.id == *id) => id.clone(),
        Some(id) => return usage(format!("there is no review {id}; `verbale review export` lists them")),
        None => match last() {
            Some(id) => id,
            None => return usage("there is no review to take back"),
        },
    };
    let what = format!("{id} taken back");
    keep(&mut ledger, &undo.by, Action::Undo { review: id }, &what)?;
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
