//! `verbale trend`: a state's engagement period by period, and when it changed.

use anyhow::Result;
use verbale::measure::{Unit, trend};
use verbale_page::chart::{self, Heading, Width};
use verbale_page::{Unlinked, words};

use super::{Asking, Drawing};
use crate::ending::Done;
use crate::show::trend_page;

const EXAMPLES: &str = "\
Examples:
  verbale trend AFG --between USA,RUS -l verbale.db
  verbale trend KAZ --between RUS,CHN -l verbale.db --by month --from 2022 --json

A change is a break in the number of events per period, or in the first power's share of them; each comes with the
probability that it lies exactly there and the periods between which it lies with 95 %.";

/// Show a state's engagement with others over time, and when it changed
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Whose policy: an ISO 3166-1 code, or a name
    #[arg(value_name = "STATE")]
    state: String,
    /// With which powers
    #[arg(long, value_name = "A,B", required = true, value_delimiter = ',')]
    between: Vec<String>,
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    drawing: Drawing,
    /// How long a period is: year, quarter or month
    #[arg(long, value_name = "UNIT", default_value = "year")]
    by: Unit,
}

/// Counts by period and looks for changes.
pub fn run(args: &Args) -> Result<Done> {
    let ready = args.asking.ready(&args.state, &args.between, false)?;
    let mut found = trend(&ready.events, &ready.question(), args.by);
    found.window = ready.window.clone();
    found.remarks = ready.remarks(1);
    args.asking.print(&found, |screen| trend_page(screen, &ready.own, &ready.partners, &found))?;
    let names = ready.names();
    let title =
        format!("Engagement of {} with {}", names.of(&found.state), words::named(&names, &found.between));
    let question = words::counted(&found.window, &found.rules, &found.rules_hash);
    let heading = Heading { title: &title, question: &question, ..Heading::default() };
    args.drawing.write(|| vec![chart::trend(Width::Wide, &names, &found, &Unlinked)], &heading)?;
    Ok(Done::All)
}
