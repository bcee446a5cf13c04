//! `verbale balance`: whether a state's engagement with two powers or more is balanced, and how sure that is.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Result;
use verbale::coverage::Families;
use verbale::inquiry::{Inquiry, Reading};
use verbale::knowledge::Knowledge;
use verbale::ledger::foreign::{ForeignEvent, Wanted};
use verbale::ledger::store::Ledger;
use verbale::measure::{BalanceAnswer, Held};
use verbale::question::{Source, codings};
use verbale_page::chart::answered;

use super::{Asking, Drawing, inquiry, names, read_in, remark};
use crate::ending::Done;
use crate::given::Given;
use crate::ledger::asked;
use crate::show::{LEGEND, Screen, balance_page, coding_page, entry_page, json_line, report_page};

const EXAMPLES: &str = "\
Examples:
  verbale balance AFG --between USA,RUS -l verbale.db
  verbale balance AFG --between USA,RUS reports/ --published 2025-10-24
  verbale balance Kazakhstan --between RUS,CHN,USA -l verbale.db --from 2022 --rules high-level
  verbale balance AFG --between USA,RUS -l verbale.db --curve --explain
  verbale balance AFG --between USA,RUS -l verbale.db --families AFG,others
  verbale balance AFG --between USA,RUS -l verbale.db --json | jq .verdict
  verbale balance AFG --between USA,RUS -l verbale.db --curve -o afghanistan.svg

The tilt T is -1 when all events are with the second power, +1 when all are with the first, 0 when there are as
many with each. The verdict is balanced when P(|T| < delta) is at least 95 %, tilted when T is beyond delta on one
side with at least 95 %, and otherwise not enough evidence, with how many more events would settle it.";

/// Measure whether a foreign policy is balanced between powers
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Whose policy: an ISO 3166-1 code, or a name
    #[arg(value_name = "STATE")]
    state: String,
    /// Reports to read: files, folders, archives, or - for standard input. Without them, a ledger is asked
    #[arg(value_name = "INPUT", conflicts_with = "ledger")]
    inputs: Vec<PathBuf>,
    /// Between which powers: two codes or names, or more
    #[arg(long, value_name = "A,B", required = true, value_delimiter = ',')]
    between: Vec<String>,
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    drawing: Drawing,
    #[command(flatten)]
    given: Given,
    /// Hold the figure against equal shares, the state's own past before --from, or all other states
    #[arg(long, value_name = "equal|past|others")]
    baseline: Option<Held>,
    /// Two families of sources, to estimate how many meetings neither reported: outlets, a code for those that speak
    /// for a state, or others for the rest
    #[arg(long, value_name = "A,B", value_parser = Families::parse)]
    families: Option<Families>,
    /// Also the figure under every reasonable way of counting
    #[arg(long)]
    curve: bool,
    /// Also every event that was counted, with its sentences or what an import says of it
    #[arg(long)]
    explain: bool,
}

/// Counts, measures, and says what the counts allow to say.
pub fn run(args: &Args) -> Result<Done> {
    let wanted = args.asking.counting.of(&args.state, &args.between)?;
    let json = args.asking.json;
    let screen = Screen::of_stdout();
    let mut out = std::io::stdout().lock();
    let (ledger, refused) = if args.inputs.is_empty() {
        (args.asking.open()?, 0)
    } else {
        let mut legend = if json || screen.colour { "" } else { LEGEND };
        read_in(&args.inputs, &args.given, |addition| {
            if !json {
                out.write_all(std::mem::take(&mut legend).as_bytes())?;
                let page = report_page(&screen, &addition.document.report, &addition.record);
                out.write_all(page.as_bytes())?;
            }
            Ok(())
        })?
    };
    let inquiry = inquiry(&ledger, wanted, Reading::default())?;
    let mut found = inquiry.balance(args.curve);
    if let Some(against) = args.baseline {
        asked(inquiry.hold(&ledger, &mut found, against))?;
    }
    if let Some(families) = &args.families {
        asked(inquiry.put_unseen(&ledger, &Knowledge::embedded(), &mut found, families))?;
    }
    remark(&found.head);
    if json {
        out.write_all(json_line(&found).as_bytes())?;
    } else {
        out.write_all(balance_page(&screen, &inquiry.own, &inquiry.partners, &found).as_bytes())?;
    }
    if args.drawing.is_wanted() {
        answered(&names(), &found, |charts, heading| args.drawing.write(|| charts.to_vec(), heading))?;
    }
    if args.explain && !json {
        explain(&mut out, &screen, (&ledger, &inquiry), &found)?;
    }
    Ok(Done::refusing(refused))
}

/// Every event that was counted: with its sentences, or, where others coded it, with what their coding says.
fn explain(
    out: &mut impl std::io::Write,
    screen: &Screen,
    (ledger, inquiry): (&Ledger, &Inquiry),
    found: &BalanceAnswer,
) -> Result<()> {
    if let Source::Import(format) = &inquiry.source {
        let counted: BTreeSet<&str> = found.events.iter().map(String::as_str).collect();
        let wanted = Wanted { state: &inquiry.own.code, ..Wanted::default() };
        let keep = |event: &ForeignEvent| counted.contains(event.id.as_str());
        for coding in asked(codings(ledger, format, wanted, keep))? {
            out.write_all(coding_page(screen, &coding).as_bytes())?;
        }
        return Ok(());
    }
    for id in &found.events {
        let entry = asked(ledger.find_entry(id).and_then(|number| ledger.entry(number)))?;
        out.write_all(entry_page(screen, &entry).as_bytes())?;
    }
    Ok(())
}
