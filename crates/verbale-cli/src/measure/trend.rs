//! `verbale trend`: a state's engagement period by period, and when it changed.

use anyhow::Result;
use verbale::inquiry::Reading;
use verbale::measure::Unit;
use verbale_page::chart::{self, Heading, Width};
use verbale_page::{Unlinked, words};

use super::{Asking, Drawing, names, remark};
use crate::ending::Done;
use crate::ledger::asked;
use crate::show::trend_page;

const EXAMPLES: &str = "\
Examples:
  verbale trend AFG --between USA,RUS -l verbale.db
  verbale trend KAZ --between RUS,CHN -l verbale.db --by month --from 2022 --json

A change is a break in the number of events per period, or in the first power's share of them; each comes with the
probability that it lies exactly there and the periods between which it lies with 95 %. Beside the counts stands how
many documents speak of the state, and a change in the counts that is none in events per document is one of how much
was written.";

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
    /// Outlets whose documents stand under the counts. Without it those that have some in every period
    #[arg(long, value_name = "OUTLET,…", value_delimiter = ',')]
    panel: Vec<String>,
}

/// Counts by period and looks for changes.
pub fn run(args: &Args) -> Result<Done> {
    // How much was written of the state is read off its events with everybody, where there are no documents.
    let everybody = Reading { everybody: true, ..Reading::default() };
    let (ledger, inquiry) = args.asking.put(&args.state, &args.between, everybody)?;
    let mut found = inquiry.trend(args.by);
    asked(inquiry.put_volume(&ledger, &mut found, &args.panel))?;
    remark(&found.head);
    args.asking.print(&found, |screen| trend_page(screen, &inquiry.own, &inquiry.partners, &found))?;
    let names = names();
    let title = format!(
        "Engagement of {} with {}",
        names.of(&found.head.state),
        words::named(&names, &found.head.between)
    );
    let question = words::counted(&found.head);
    let heading = Heading { title: &title, question: &question, ..Heading::default() };
    args.drawing.write(|| vec![chart::trend(Width::Wide, &names, &found, &Unlinked)], &heading)?;
    Ok(Done::All)
}
