//! Commands that measure, one file each, and what they share: where events come from and how they count.

pub mod balance;
mod chart;
pub mod compare;
pub mod network;
pub mod report;
pub mod topics;
pub mod trend;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::Result;
use verbale::ingest::{Options, Reports, sources};
use verbale::keep::Keeper;
use verbale::knowledge::Knowledge;
use verbale::ledger::Retention;
use verbale::ledger::store::{Access, Addition, Ledger, OpenRun, RunKind};
use verbale::measure::{Asked, BalanceAnswer, Delta, Head, Question, Rules, Window, answer};
use verbale::model::{Days, Engagement};
use verbale::question::{self, Named, Source};
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
    pub delta: Delta,
}

fn delta(text: &str) -> Result<Delta, String> {
    let number: f64 = text.parse().map_err(|_| "write a number between 0 and 1, such as 0.2".to_owned())?;
    Delta::try_from(number)
}

impl Counting {
    /// Reads rules and window; what is wrong with them is said before anything else is read.
    pub fn read(&self) -> Result<Chosen> {
        let rules = rules(&self.rules)?;
        match question::window(self.from.as_deref(), self.to.as_deref()) {
            Ok(days) => {
                let window = Window { from: self.from.clone(), to: self.to.clone() };
                Ok(Chosen { rules, days, window, source: self.source.clone() })
            }
            Err(message) => usage(message),
        }
    }
}

/// How events count, read.
#[derive(Clone)]
pub struct Chosen {
    rules: Rules,
    days: Days,
    window: Window,
    source: Option<String>,
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

/// How much of a state's events is read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reading {
    /// What they are about, too.
    pub topics: bool,
    /// Events with everybody, and not only those with the powers asked about; of imports these are many.
    pub everybody: bool,
}

/// The names of states and organisations that have one, by their codes.
pub fn names<'a>(codes: impl Iterator<Item = &'a str>) -> Names {
    let knowledge = Knowledge::embedded();
    codes.filter_map(|code| Some((code, knowledge.state(code)?.name.to_owned()))).collect()
}

impl Asking {
    /// Reads the events of a state from the ledger.
    pub fn ready(&self, state: &str, between: &[String], seen: Reading) -> Result<Ready> {
        let chosen = self.counting.read()?;
        Ready::new(&Rc::new(open(&self.file)?), chosen, state, between, seen)
    }

    /// The ledger of the file.
    pub fn open(&self) -> Result<Ledger> {
        open(&self.file)
    }

    /// Prints an answer, as JSON or as a page for people.
    pub fn print(&self, answer: &impl serde::Serialize, page: impl FnOnce(&Screen) -> String) -> Result<()> {
        let text = if self.json { json_line(answer) } else { page(&Screen::of_stdout()) };
        Ok(std::io::stdout().lock().write_all(text.as_bytes())?)
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

fn open(file: &File) -> Result<Ledger> {
    let ledger = file.open(Access::Read)?;
    asked(ledger.hold())?;
    Ok(ledger)
}

/// A question, ready to be asked: the events of a state, its partners, rules and window.
pub struct Ready {
    ledger: Rc<Ledger>,
    /// Whose codings.
    pub source: Source,
    rules: Rules,
    codes: Vec<String>,
    /// The codes that events speak of.
    known: BTreeMap<String, u32>,
    /// Whose policy.
    pub own: Named,
    /// With whom.
    pub partners: Vec<Named>,
    /// The days asked about.
    pub days: Days,
    /// The same as it was written.
    pub window: Window,
    /// The events of the state.
    pub events: Vec<Engagement>,
}

impl Ready {
    /// Reads the events of a state from a ledger.
    pub fn new(
        ledger: &Rc<Ledger>,
        chosen: Chosen,
        state: &str,
        between: &[String],
        seen: Reading,
    ) -> Result<Self> {
        let Chosen { rules, days, window, source } = chosen;
        let knowledge = Knowledge::embedded();
        let own = question::state(&knowledge, state);
        let partners: Vec<Named> = between.iter().map(|word| question::state(&knowledge, word)).collect();
        let codes: Vec<String> = partners.iter().map(|named| named.code.clone()).collect();
        let source = asked(Source::of(ledger, source.as_deref()))?;
        let only: &[String] = if seen.everybody { &[] } else { &codes };
        let events = asked(question::engagements(ledger, &source, &own.code, only, seen.topics))?;
        let known = asked(ledger.sides())?;
        let ledger = Rc::clone(ledger);
        Ok(Self { ledger, source, rules, codes, known, own, partners, days, window, events })
    }

    /// The question itself.
    pub fn question(&self) -> Question<'_> {
        Question { state: &self.own.code, partners: &self.codes, rules: &self.rules, window: self.days }
    }

    /// What is wrong with it, in sentences; it needs so many powers at least.
    fn wrong(&self, least: usize) -> Vec<String> {
        question::remarks(&self.own, &self.partners, self.days, &self.known, least)
    }

    /// Writes down in an answer's head when and whose codings were counted, and what is wrong with the question, which
    /// needs so many powers at least.
    pub fn complete(&self, head: &mut Head, least: usize) {
        self.sign(head);
        head.remarks.extend(self.wrong(least));
    }

    fn sign(&self, head: &mut Head) {
        head.window = self.window.clone();
        self.source.name().clone_into(&mut head.source);
    }

    /// The balance, which concludes nothing from a question that makes no sense.
    pub fn balance(&self, wanted: Asked) -> BalanceAnswer {
        let mut found = answer(&self.events, &self.question(), wanted);
        self.sign(&mut found.head);
        self.wrong(2).into_iter().fold(found, BalanceAnswer::refused)
    }

    /// The codes that events speak of, each with their number.
    pub fn known(&self) -> &BTreeMap<String, u32> {
        &self.known
    }

    /// What all codes are called that the events speak of.
    pub fn names(&self) -> Names {
        let known = self.known.keys().map(String::as_str);
        let sides = self.events.iter().flat_map(|event| &event.sides).map(|side| side.code.as_str());
        let mut all = names(known.chain(sides));
        for named in std::iter::once(&self.own).chain(&self.partners) {
            all.insert(&named.code, named.shown());
        }
        all
    }

    /// The ledger behind it.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }
}
