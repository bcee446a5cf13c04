//! `verbale read`: reports in, records out, for people or as JSON lines.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Result;
use verbale::World;
use verbale::ingest::{Columns, Options, Reports, sources};
use verbale::model::Report;

use crate::ending::{Done, refuse};
use crate::flow::{self, in_order};
use crate::given::Given;
use crate::progress::Progress;
use crate::show::{LEGEND, Screen, json_line, report_page};

const EXAMPLES: &str = "\
Examples:
  verbale read report.txt --published 2025-10-24
  verbale read reports/ archive.jsonl --json > record.jsonl
  verbale read - --json --mentions < report.txt

  verbale read news.csv --columns text=body,published=day

An input may be text, Markdown, HTML, PDF, JSON, JSONL, CSV, TSV, RSS, Atom, mail or WARC, a ZIP or tar
archive of these, gzip or xz of these. A folder stands for such files in it and in its folders; links,
hidden files and README files are left out. A line of a .jsonl file is {\"id\", \"text\", \"title\"?, \"published\"?, \"outlet\"?,
\"url\"?, \"language\"?}. Without --published, days without a year keep an unknown year.
Colour is off when the output is no terminal, when NO_COLOR is set and when TERM is dumb; the words
are then marked on the line below: ^ what happened, - who, = when, ~ where, . about what.";

/// Read reports into events, claims and what they rest on
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    given: Given,
    /// Which column of a table, or field of a JSON dump, is what: text=body,title=headline,…
    #[arg(long, value_name = "FIELD=COLUMN,…", value_parser = Columns::parse)]
    columns: Option<Columns>,
    /// One line of JSON per report, in input order
    #[arg(long)]
    json: bool,
    /// With --json: also what the report speaks of, word by word
    #[arg(long, requires = "json")]
    mentions: bool,
}

/// Reads all inputs with all cores; what is refused is named and the rest is done.
pub fn run(args: &Args) -> Result<Done> {
    let world = args.given.world()?;
    flow::threads()?;
    let screen = Screen::of_stdout();
    let mut out = std::io::stdout().lock();
    let mut progress = Progress::new();
    let mut refused = 0;
    let mut legend = if args.json || screen.colour { "" } else { LEGEND };
    let options = Options { columns: args.columns.clone(), fetched: None };
    let reports = Reports::new(args.inputs.iter().flat_map(|input| sources(input)), options);
    in_order(
        reports,
        |report| Ok(page(args, &world, &screen, report)),
        |page| {
            match page {
                Ok(page) => {
                    out.write_all(std::mem::take(&mut legend).as_bytes())?;
                    out.write_all(page.as_bytes())?;
                    out.flush()?;
                }
                Err(left_out) => {
                    refused += 1;
                    progress.aside(|| refuse(&left_out));
                }
            }
            progress.step();
            Ok(())
        },
    )?;
    Ok(Done::refusing(refused))
}

fn page(args: &Args, world: &World, screen: &Screen, report: Report) -> String {
    let report = args.given.complete(report);
    let mut record = args.given.read(world, &report);
    if !args.json {
        return report_page(screen, &report, &record);
    }
    if !args.mentions {
        record.mentions = None;
    }
    json_line(&record)
}
