//! `verbale network`: all partners of a state, how many there are in effect, and who travels to whom.

use anyhow::Result;
use verbale::measure::{Draws, network};
use verbale_page::chart::{self, Heading, Width};
use verbale_page::{Unlinked, words};

use super::{Asking, Drawing};
use crate::ending::Done;
use crate::show::network_page;

const EXAMPLES: &str = "\
Examples:
  verbale network AFG -l verbale.db
  verbale network AFG -l verbale.db --rules inclusive --from 2024 --json

Effective partners are the number of equally important partners that would be as concentrated: e^H after Shannon,
1/HHI after Herfindahl and Hirschman.";

/// Show all partners of a state
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Whose partners: an ISO 3166-1 code, or a name
    #[arg(value_name = "STATE")]
    state: String,
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    drawing: Drawing,
}

/// Counts all partners.
pub fn run(args: &Args) -> Result<Done> {
    let ready = args.asking.ready(&args.state, &[], false)?;
    let mut found = network(&ready.events, &ready.question(), Draws::default());
    found.window = ready.window.clone();
    found.remarks = ready.remarks(0);
    args.asking.print(&found, |screen| network_page(screen, &ready.own, &found))?;
    let names = ready.names();
    let title = format!(
        "Partners of {}: {} events with {}",
        names.of(&found.state),
        found.events,
        found.partners.len()
    );
    let question = words::counted(&found.window, &found.rules, &found.rules_hash);
    let heading = Heading { title: &title, question: &question, ..Heading::default() };
    args.drawing.write(|| vec![chart::partners(Width::Wide, &names, &found, &Unlinked)], &heading)?;
    Ok(Done::All)
}
