//! `verbale network`: all partners of a state, how many there are in effect, and who travels to whom.

use std::path::{Path, PathBuf};

use anyhow::Result;
use verbale::distances::{self, Table};
use verbale::inquiry::Reading;
use verbale::knowledge::Knowledge;
use verbale::ledger::store::Ledger;
use verbale_page::chart::{self, Heading, Width};
use verbale_page::{Unlinked, words};

use super::{Asking, Drawing, names, remark};
use crate::ending::{Done, usage};
use crate::ledger::asked;
use crate::show::network_page;

const EXAMPLES: &str = "\
Examples:
  verbale network AFG -l verbale.db
  verbale network AFG -l verbale.db --rules inclusive --from 2024 --json
  verbale network AFG -l verbale.db --distances distances.csv

Effective partners are the number of equally important partners that would be as concentrated: e^H after Shannon,
1/HHI after Herfindahl and Hirschman. Rao's Q is the distance expected between the partners of two events. What to
expect of a partner is drawn towards what all have, the more the less was seen of it.";

/// Show all partners of a state
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Whose partners: an ISO 3166-1 code, or a name
    #[arg(value_name = "STATE")]
    state: String,
    #[command(flatten)]
    asking: Asking,
    /// How far apart states stand: a CSV file with the columns a, b and distance. Without it votes in the General
    /// Assembly are used, where some were imported
    #[arg(long, value_name = "FILE")]
    distances: Option<PathBuf>,
    #[command(flatten)]
    drawing: Drawing,
}

/// Counts all partners.
pub fn run(args: &Args) -> Result<Done> {
    let (ledger, inquiry) = args.asking.put(&args.state, &[], Reading::default())?;
    let knowledge = Knowledge::embedded();
    let table = args.distances.as_deref().map(|file| table(file, &ledger, &knowledge)).transpose()?;
    let mut found = inquiry.network();
    asked(inquiry.relate(&ledger, &knowledge, &mut found, table))?;
    remark(&found.head);
    args.asking.print(&found, |screen| network_page(screen, &inquiry.own, &found))?;
    let names = names();
    let title = format!(
        "Partners of {}: {} events with {}",
        names.of(&found.head.state),
        found.events,
        found.partners.len()
    );
    let question = words::counted(&found.head);
    let heading = Heading { title: &title, question: &question, ..Heading::default() };
    args.drawing.write(|| vec![chart::partners(Width::Wide, &names, &found, &Unlinked)], &heading)?;
    Ok(Done::All)
}

/// A table of distances with its name.
fn table(file: &Path, ledger: &Ledger, knowledge: &Knowledge) -> Result<(String, Table)> {
    let name = file.display().to_string();
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => return usage(format!("--distances {name}: the file cannot be read: {error}")),
    };
    match distances::table(&text, knowledge, &asked(ledger.sides())?) {
        Ok(table) => Ok((name, table)),
        Err(error) => usage(format!("--distances {name}: {error}")),
    }
}
