//! `verbale topics`: what a state talks about with each power, and how differently.

use anyhow::Result;
use verbale::inquiry::Reading;
use verbale_page::chart::{self, Heading, Width};
use verbale_page::{Unlinked, words};

use super::{Asking, Drawing, names, remark};
use crate::ending::Done;
use crate::show::topics_page;

const EXAMPLES: &str = "\
Examples:
  verbale topics AFG --between USA,RUS -l verbale.db
  verbale topics AFG --between USA,RUS,CHN -l verbale.db --from 2024 --json

Shares are of all that was talked about with a power, with 95 % intervals. The divergence is 0 where both profiles
are alike and 1 bit where they have nothing in common.";

/// Show what a state talks about with each power
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
}

/// Counts topics by partner.
pub fn run(args: &Args) -> Result<Done> {
    let about = Reading { topics: true, ..Reading::default() };
    let (_, inquiry) = args.asking.put(&args.state, &args.between, about)?;
    let found = inquiry.topics();
    remark(&found.head);
    args.asking.print(&found, |screen| topics_page(screen, &inquiry.own, &inquiry.partners, &found))?;
    let names = names();
    let title = format!(
        "What {} talks about with {}",
        names.of(&found.head.state),
        words::named(&names, &found.head.between)
    );
    let question = words::counted(&found.head);
    let heading = Heading { title: &title, question: &question, ..Heading::default() };
    args.drawing.write(|| vec![chart::matrix(Width::Wide, &names, &found, &Unlinked)], &heading)?;
    Ok(Done::All)
}
