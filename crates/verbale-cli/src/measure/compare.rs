//! `verbale compare`: the balance of several states, or of one state in several periods, side by side.

use std::io::Write as _;
use std::rc::Rc;

use anyhow::Result;
use verbale::measure::{Asked, BalanceAnswer, Window};
use verbale::question;
use verbale_page::chart::{self, Heading, Width};
use verbale_page::{Names, Unlinked, words};

use super::{Asking, Drawing, Reading, Ready, remark};
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
    let wanted = Asked { delta: args.asking.counting.delta, ..Asked::default() };
    let (mut found, mut names): (Vec<BalanceAnswer>, _) = (Vec::new(), Names::default());
    let chosen = args.asking.counting.read()?;
    let ledger = Rc::new(args.asking.open()?);
    for state in &args.states {
        let mut ready = Ready::new(&ledger, chosen.clone(), state, &args.between, Reading::default())?;
        for named in std::iter::once(&ready.own).chain(&ready.partners) {
            names.insert(&named.code, named.shown());
        }
        let windows: Vec<Option<&String>> =
            if args.periods.is_empty() { vec![None] } else { args.periods.iter().map(Some).collect() };
        for period in windows {
            if let Some(period) = period {
                ready.days = match question::window(Some(period), Some(period)) {
                    Ok(days) => days,
                    Err(message) => return usage(format!("--periods: {message}")),
                };
                let end = period.split_once('/').map_or((period.as_str(), period.as_str()), |ends| ends);
                ready.window = Window { from: Some(end.0.to_owned()), to: Some(end.1.to_owned()) };
            }
            let one = ready.balance(wanted);
            remark(&one.head);
            found.push(one);
        }
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
    let title = format!("Balances between {}", words::named(&names, &first.head.between));
    let question = words::counted(&first.head);
    let heading = Heading { title: &title, question: &question, ..Heading::default() };
    args.drawing.write(|| vec![chart::of_comparison(Width::Wide, &names, &found, &Unlinked)], &heading)?;
    Ok(Done::All)
}
