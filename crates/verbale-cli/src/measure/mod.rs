//! Commands that measure, one file each, and what they share: where events come from and how they count.

pub mod balance;

use std::path::{Path, PathBuf};

use anyhow::Result;
use verbale::ingest::{Options, Reports, sources};
use verbale::keep::Keeper;
use verbale::ledger::Retention;
use verbale::ledger::store::{Access, Addition, Ledger, OpenRun, RunKind};
use verbale::measure::{Delta, Rules, Window};
use verbale::model::Days;
use verbale::question;

use crate::ending::{refuse, usage};
use crate::flow::{self, in_order};
use crate::given::Given;
use crate::ledger::{File, asked, now};
use crate::progress::Progress;

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
    /// How small a tilt counts as none, between 0 and 1
    #[arg(long, value_name = "TILT", default_value = "0.2", value_parser = delta)]
    pub delta: Delta,
}

fn delta(text: &str) -> Result<Delta, String> {
    let number: f64 = text.parse().map_err(|_| "write a number between 0 and 1, such as 0.2".to_owned())?;
    Delta::try_from(number)
}

impl Counting {
    /// The rules of this name, or of this file.
    pub fn rules(&self) -> Result<Rules> {
        rules(&self.rules)
    }

    /// The window, in days and as it was written.
    pub fn window(&self) -> Result<(Days, Window)> {
        match question::window(self.from.as_deref(), self.to.as_deref()) {
            Ok(days) => Ok((days, Window { from: self.from.clone(), to: self.to.clone() })),
            Err(message) => usage(message),
        }
    }
}

/// Built-in rules by name, others from a file.
pub fn rules(name: &str) -> Result<Rules> {
    let is_file = Path::new(name).extension().is_some_and(|end| end == "toml") || name.contains('/');
    let found = if is_file {
        let text = match std::fs::read_to_string(name) {
            Ok(text) => text,
            Err(error) => return usage(format!("--rules {name}: the file cannot be read: {error}")),
        };
        Rules::parse(&text)
    } else {
        Rules::named(name)
    };
    found.or_else(|message| usage(format!("--rules {name}: {message}")))
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

/// The ledger of a file.
pub fn open(file: &File) -> Result<Ledger> {
    let ledger = file.open(Access::Read)?;
    asked(ledger.hold())?;
    Ok(ledger)
}
