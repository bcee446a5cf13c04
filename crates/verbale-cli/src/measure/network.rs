//! `verbale network`: all partners of a state, how many there are in effect, and who travels to whom.

use std::path::PathBuf;

use anyhow::Result;
use verbale::distances::{self, Table};
use verbale::knowledge::Knowledge;
use verbale::measure::{Draws, network};
use verbale_page::chart::{self, Heading, Width};
use verbale_page::{Unlinked, words};

use super::{Asking, Drawing, Reading, remark};
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
    let ready = args.asking.ready(&args.state, &[], Reading::default())?;
    let mut found = network(&ready.events, &ready.question(), Draws::default());
    let knowledge = Knowledge::embedded();
    found.shrink(&knowledge.states().map(|state| state.code.to_owned()).collect::<Vec<_>>());
    let states = found.partners.iter().map(|partner| partner.code.clone()).chain([ready.own.code.clone()]);
    let votes = asked(distances::votes(ready.ledger(), &states.collect(), ready.days))?;
    found.put_votes(&votes).map_err(anyhow::Error::msg)?;
    let (name, table) = match &args.distances {
        None => {
            let rows = votes.distances().map_err(anyhow::Error::msg)?;
            ("un-votes".to_owned(), Table { states: votes.states, rows })
        }
        Some(file) => {
            let name = file.display().to_string();
            let text = match std::fs::read_to_string(file) {
                Ok(text) => text,
                Err(error) => return usage(format!("--distances {name}: the file cannot be read: {error}")),
            };
            match distances::table(&text, &knowledge, ready.known()) {
                Ok(table) => (name, table),
                Err(error) => return usage(format!("--distances {name}: {error}")),
            }
        }
    };
    found.put_distances(&name, &table.states, &table.rows, Draws::default()).map_err(anyhow::Error::msg)?;
    if found.multi_vector.is_none() && found.partners.len() > 1 {
        found.head.remarks.push(if table.states.is_empty() {
            "how far apart the partners stand (Rao's Q) is not known: import votes in the General Assembly (verbale \
             import un-votes FILE), or give a table (--distances FILE)"
                .to_owned()
        } else {
            format!("how far apart the partners stand (Rao's Q) is not known: {name} has distances of no two of them")
        });
    }
    ready.complete(&mut found.head, 0);
    remark(&found.head);
    args.asking.print(&found, |screen| network_page(screen, &ready.own, &found))?;
    let names = ready.names();
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
