//! `verbale compare`: the balance of several states, or of one state in several periods, side by side.

use std::io::Write as _;

use anyhow::Result;
use verbale::inquiry::Reading;
use verbale::measure::BalanceAnswer;
use verbale_page::chart::{self, Heading, Width};
use verbale_page::{Unlinked, words};

use super::{Asking, Drawing, inquiry, names, remark};
use crate::ending::{Done, usage};
use crate::show::{Screen, compare_page, json_line};

const EXAMPLES: &str = "\
Examples:
  verbale compare AFG PAK IRN --between USA,RUS -l verbale.db
  verbale compare AFG --between USA,RUS -l verbale.db --periods 2023,2024,2025-01/2025-06";

/// Compare the balance of several states, or of several periods
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Whose policies: ISO 3166-1 codes, or names
    #[arg(value_name = "STATE", required = true)]
    states: Vec<String>,
    /// Between which powers
    #[arg(long, value_name = "A,B", required = true, value_delimiter = ',')]
    between: Vec<String>,
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    drawing: Drawing,
    /// In which periods, EDTF: 2024, 2025-03, 2025-01/2025-06
    #[arg(long, value_name = "PERIOD,…", value_delimiter = ',')]
    periods: Vec<String>,
}

/// A balance for each state in each period.
pub fn run(args: &Args) -> Result<Done> {
    let mut found: Vec<BalanceAnswer> = Vec::new();
    let mut wanted = args.asking.counting.of("", &args.between)?;
    let ledger = args.asking.open()?;
    for state in &args.states {
        wanted.state.clone_from(state);
        let mut inquiry = inquiry(&ledger, wanted.clone(), Reading::default())?;
        if args.periods.is_empty() {
            found.push(inquiry.balance(false));
        }
        for period in &args.periods {
            inquiry.within(period).or_else(|message| usage(format!("--periods: {message}")))?;
            found.push(inquiry.balance(false));
        }
    }
    for one in &found {
        remark(&one.head);
    }
    let mut out = std::io::stdout().lock();
    if args.asking.json {
        for one in &found {
            out.write_all(json_line(one).as_bytes())?;
        }
    } else {
        out.write_all(compare_page(&Screen::of_stdout(), &found).as_bytes())?;
    }
    let Some(first) = found.first() else { return Ok(Done::All) };
    let names = names();
    let title = format!("Balances between {}", words::named(&names, &first.head.between));
    let question = words::counted(&first.head);
    let heading = Heading { title: &title, question: &question, ..Heading::default() };
    args.drawing.write(|| vec![chart::of_comparison(Width::Wide, &names, &found, &Unlinked)], &heading)?;
    Ok(Done::All)
}
