//! `verbale diff`: what a run reads otherwise than another, and what that does to a balance.

use std::fmt::Write as _;
use std::io::Write as _;

use anyhow::Result;
use verbale::difference::{Between, Difference, Figure, Moved, Shifted};
use verbale::ledger::diff::lines;
use verbale::ledger::store::Access;

use super::{File, asked};
use crate::ending::Done;
use crate::measure::rules;
use crate::show::{harmless, json_line};

const EXAMPLES: &str = "\
Examples:
  verbale diff -l verbale.db 1 2
  verbale diff -l verbale.db 1 2 --balance AFG:USA,RUS --json

A run stands for what was known after it: the newest reading of each document at that time. `verbale runs` lists
them. Documents that came later are left out of the comparison, and counted.";

/// Show what changed between two runs
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    file: File,
    /// The earlier run
    #[arg(value_name = "RUN")]
    before: i64,
    /// The later run
    #[arg(value_name = "RUN")]
    after: i64,
    /// And what it does to a balance: a state and two partners, as in AFG:USA,RUS
    #[arg(long, value_name = "STATE:A,B", value_parser = Between::parse)]
    balance: Option<Between>,
    /// How to count: officials, inclusive, high-level, confirmed, or a TOML file of your own
    #[arg(long, value_name = "NAME|FILE", default_value = "officials")]
    rules: String,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

/// Prints changes by document, their summary, and the balance before and after.
pub fn run(args: &Args) -> Result<Done> {
    let ledger = args.file.open(Access::Read)?;
    asked(ledger.hold())?;
    let rules = args.balance.as_ref().map(|_| rules(&args.rules)).transpose()?;
    let balance = args.balance.as_ref().zip(rules.as_ref());
    let found = asked(Difference::new(&ledger, [args.before, args.after], balance))?;
    let mut out = std::io::stdout().lock();
    if args.json {
        out.write_all(json_line(&found).as_bytes())?;
        return Ok(Done::All);
    }
    for line in lines(&found.changes) {
        writeln!(out, "{}", harmless(&line))?;
    }
    writeln!(out, "{}", harmless(&found.summary.to_string()))?;
    if found.new_documents > 0 {
        writeln!(out, "{} documents came in between and are not compared", found.new_documents)?;
    }
    if let (Some(moved), Some(between)) = (&found.balance, &args.balance) {
        writeln!(out, "{}", words(between, moved))?;
    }
    Ok(Done::All)
}

fn words(between: &Between, moved: &Moved) -> String {
    let line = |label: &str, figure: &Figure| {
        let tilt = &figure.balance.tilt;
        format!(
            "  {label:<7}{} {}, {} {}; tilt {:+.2} [{:+.2}, {:+.2}]: {}",
            between.partners[0],
            figure.counts[0],
            between.partners[1],
            figure.counts[1],
            tilt.mean,
            tilt.low,
            tilt.high,
            figure.balance.verdict
        )
    };
    let partners = between.partners.join(" and ");
    let mut out = format!(
        "balance of {} between {partners}\n{}\n{}",
        between.state,
        line("before", &moved.before),
        line("after", &moved.after)
    );
    let [one, other] = &between.partners;
    for Shifted { event, before, after } in &moved.events {
        let _ = write!(
            out,
            "\n  {event} counted with {one} {}, {other} {}; now {}, {}",
            before[0], before[1], after[0], after[1]
        );
    }
    out
}
