//! `verbale diff`: what a run reads otherwise than another, and what that does to a balance.

use std::io::Write as _;

use anyhow::Result;
use serde_json::json;
use verbale::ledger::diff::{Summary, diff, lines};
use verbale::ledger::panel::engagement;
use verbale::ledger::store::{Access, Ledger};
use verbale::ledger::{Telling, entries};
use verbale::measure::{Balance, Delta, Number, Rules, balance};

use super::review::Between;
use super::{File, asked};
use crate::ending::Done;
use crate::measure::rules;
use crate::show::harmless;

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
    let (before, after) =
        (asked(ledger.tellings_as_of(args.before))?, asked(ledger.tellings_as_of(args.after))?);
    let new = asked(ledger.added_between(args.before, args.after))?;
    let old: Vec<Telling> = after.iter().filter(|one| !new.contains(&one.id.document)).cloned().collect();
    let changes = diff(&before, &old);
    let summary = Summary::of(&changes);
    let figures = match &args.balance {
        Some(between) => {
            let rules = rules(&args.rules)?;
            let of = |tellings: &[Telling]| figure(&ledger, tellings, between, &rules);
            Some((of(&before)?, of(&after)?))
        }
        None => None,
    };
    let mut out = std::io::stdout().lock();
    if args.json {
        let balance = figures.map(|(before, after)| json!({"before": before, "after": after}));
        let all = json!({"before": args.before, "after": args.after, "changes": changes, "summary": summary,
            "new_documents": new.len(), "balance": balance});
        writeln!(out, "{all}")?;
        return Ok(Done::All);
    }
    for line in lines(&changes) {
        writeln!(out, "{}", harmless(&line))?;
    }
    writeln!(out, "{}", harmless(&summary.to_string()))?;
    if !new.is_empty() {
        writeln!(out, "{} documents came in between and are not compared", new.len())?;
    }
    if let (Some((before, after)), Some(between)) = (figures, &args.balance) {
        writeln!(out, "{}", words(between, &before, &after))?;
    }
    Ok(Done::All)
}

/// A balance with the counts behind it.
#[derive(serde::Serialize)]
struct Figure {
    counts: [Number; 2],
    #[serde(flatten)]
    balance: Balance,
}

fn figure(ledger: &Ledger, tellings: &[Telling], between: &Between, rules: &Rules) -> Result<Figure> {
    let events: Vec<_> = entries(tellings, &asked(ledger.reviews())?).iter().map(engagement).collect();
    let counts = between.count(&events, rules);
    let names = [between.partners[0].as_str(), between.partners[1].as_str()];
    Ok(Figure { counts: counts.map(Number), balance: balance(names, counts, Delta::default()) })
}

fn words(between: &Between, before: &Figure, after: &Figure) -> String {
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
    format!(
        "balance of {} between {partners}\n{}\n{}",
        between.state,
        line("before", before),
        line("after", after)
    )
}
