//! Commands that measure, one file each, and what they share: where events come from and how they count.

pub mod balance;
mod chart;
pub mod compare;
pub mod network;
pub mod report;
pub mod topics;
pub mod trend;

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Result;
use verbale::ingest::{Options, Reports, sources};
use verbale::inquiry::{Inquiry, Reading, Wanted};
use verbale::keep::Keeper;
use verbale::knowledge::Knowledge;
use verbale::ledger::Retention;
use verbale::ledger::store::{Access, Addition, Ledger, OpenRun, RunKind};
use verbale::measure::{Delta, Head, Rules, Window};
use verbale::question;
use verbale_page::Names;

use crate::ending::{refuse, say, usage};
use crate::flow::{self, in_order};
use crate::given::Given;
use crate::ledger::{File, asked, now};
use crate::progress::Progress;
use crate::show::{Screen, json_line};

pub use chart::Drawing;

/// How events count, and when they must have been.
#[derive(clap::Args)]
pub struct Counting {
    /// How to count: officials, inclusive, high-level, confirmed, or a TOML file of your own
    #[arg(long, value_name = "NAME|FILE", default_value = "officials")]
    rules: String,
    /// From this day, month or year on
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// To this day, month or year
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// Whose codings: own, or an import's format (gdelt, icews, …). Without it own ones, where there are any
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// How small a tilt counts as none, between 0 and 1
    #[arg(long, value_name = "TILT", default_value = "0.2", value_parser = delta)]
    delta: Delta,
}

fn delta(text: &str) -> Result<Delta, String> {
    let number: f64 = text.parse().map_err(|_| "write a number between 0 and 1, such as 0.2".to_owned())?;
    Delta::try_from(number)
}

impl Counting {
    /// A question, counted like this; what is wrong with rules and window is said before anything else is read.
    pub fn of(&self, state: &str, between: &[String]) -> Result<Wanted> {
        let rules = rules(&self.rules)?;
        question::window(self.from.as_deref(), self.to.as_deref()).or_else(usage)?;
        Ok(Wanted {
            state: state.to_owned(),
            between: between.to_vec(),
            rules,
            window: Window { from: self.from.clone(), to: self.to.clone() },
            source: self.source.clone(),
            delta: self.delta,
        })
    }
}

/// Which ledger is asked, how it is counted, and how the answer is printed.
#[derive(clap::Args)]
pub struct Asking {
    #[command(flatten)]
    file: File,
    #[command(flatten)]
    pub counting: Counting,
    /// As JSON, on one line
    #[arg(long)]
    pub json: bool,
}

/// The names of all states and organisations that are known.
pub fn names() -> Names {
    Knowledge::embedded().states().map(|state| (state.code, state.name)).collect()
}

impl Asking {
    /// The question about a state with its events, and the ledger they are from.
    pub fn put(&self, state: &str, between: &[String], seen: Reading) -> Result<(Ledger, Inquiry)> {
        let wanted = self.counting.of(state, between)?;
        let ledger = self.open()?;
        let inquiry = inquiry(&ledger, wanted, seen)?;
        Ok((ledger, inquiry))
    }

    /// The ledger of the file, as it is now.
    pub fn open(&self) -> Result<Ledger> {
        let ledger = self.file.open(Access::Read)?;
        asked(ledger.hold())?;
        Ok(ledger)
    }

    /// Prints an answer, as JSON or as a page for people.
    pub fn print(&self, answer: &impl serde::Serialize, page: impl FnOnce(&Screen) -> String) -> Result<()> {
        let text = if self.json { json_line(answer) } else { page(&Screen::of_stdout()) };
        Ok(std::io::stdout().lock().write_all(text.as_bytes())?)
    }
}

/// Built-in rules by name, others from a file.
pub fn rules(name: &str) -> Result<Rules> {
    question::rules(name).or_else(|message| usage(format!("--rules {name}: {message}")))
}

/// Says the remarks of an answer on stderr.
pub fn remark(head: &Head) {
    for remark in &head.remarks {
        say(&format!("verbale: {remark}"));
    }
}

/// Reads reports into a ledger in memory, and shows each; the same as adding them to a file.
pub fn read_in(
    inputs: &[PathBuf],
    given: &Given,
    mut show: impl FnMut(&Addition) -> Result<()>,
) -> Result<(Ledger, usize)> {
    let world = given.world()?;
    flow::threads()?;
    let keeper = Keeper::new(&world, Retention::Full);
    let mut ledger = asked(Ledger::in_memory())?;
    let mut run = OpenRun::new(RunKind::Add, now(), given.versions()?);
    let (mut progress, mut refused, mut batch) = (Progress::new(), 0, Vec::new());
    let reports = Reports::new(inputs.iter().flat_map(|input| sources(input)), Options::default());
    in_order(
        reports,
        |report| Ok(keeper.code("", keeper.document(given.complete(report)))),
        |coded| {
            match coded {
                Ok(addition) => {
                    show(&addition)?;
                    batch.push(addition);
                }
                Err(left_out) => {
                    refused += 1;
                    progress.aside(|| refuse(&left_out));
                }
            }
            progress.step();
            Ok(())
        },
    )?;
    asked(ledger.add(&mut run, &batch))?;
    Ok((ledger, refused))
}

/// A question with the events behind it.
pub fn inquiry(ledger: &Ledger, wanted: Wanted, seen: Reading) -> Result<Inquiry> {
    asked(Inquiry::new(ledger, &Knowledge::embedded(), wanted, seen))
}
