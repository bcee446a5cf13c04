//! `verbale explain`: the rule, the spans and the dictionary lines behind an event or a claim.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Result;
use verbale::World;
use verbale::ingest::{Options, Reports, sources};
use verbale::model::{Record, Report};

use crate::ending::{Done, refuse, usage};
use crate::flow::{self, in_order};
use crate::given::Given;
use crate::show::{Page, Paper, Screen, why_claim, why_event};

const EXAMPLES: &str = "\
Examples:
  verbale explain report.txt e1 --published 2025-10-24
  verbale explain archive.jsonl 'report-17#c3'       one report of several: its id, #, event or claim";

/// Show the rule, the words and the dictionary line behind an event or a claim
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A file, a folder, or - for standard input
    #[arg(value_name = "INPUT")]
    input: PathBuf,
    /// e1, c1, …, as `verbale read` names them
    #[arg(value_name = "EVENT-OR-CLAIM-ID")]
    id: String,
    #[command(flatten)]
    given: Given,
}

/// Codes the input again and explains one event or claim of it.
pub fn run(args: &Args) -> Result<Done> {
    let world = args.given.world()?;
    let (report, id) = match args.id.rsplit_once('#') {
        Some((report, id)) => (Some(report), id),
        None => (None, args.id.as_str()),
    };
    let mut refused = 0;
    let mut found: Vec<Report> = Vec::new();
    for read in Reports::new(sources(&args.input), Options::default()) {
        match read {
            Ok(one) if report.is_none_or(|report| one.id == report) => found.push(args.given.complete(one)),
            Ok(_) => {}
            Err(left_out) => {
                refused += 1;
                refuse(&left_out);
            }
        }
        if found.len() > 1 {
            return usage(format!(
                "{}: there are several reports in it; name one with its id, as in '{}#{id}'",
                args.input.display(),
                found[0].id
            ));
        }
    }
    let Some(found) = found.pop() else {
        return match report {
            Some(report) => usage(format!("{}: there is no report '{report}' in it", args.input.display())),
            None => Ok(Done::refusing(refused)),
        };
    };
    flow::threads()?;
    let mut out = std::io::stdout().lock();
    let explain = |report: Report| Ok(explain(args, &world, &report, id));
    in_order(std::iter::once(Ok(found)), explain, |page| {
        match page {
            Ok(page) => out.write_all(page?.as_bytes())?,
            Err(left_out) => {
                refused += 1;
                refuse(&left_out);
            }
        }
        Ok(())
    })?;
    Ok(Done::refusing(refused))
}

fn explain(args: &Args, world: &World, report: &Report, id: &str) -> Result<String> {
    let record = args.given.read(world, report);
    let page = Page::new(report);
    let mut paper = Paper::new(Screen::of_stdout());
    if let Some(event) = record.events.iter().find(|event| event.id == id) {
        why_event(&mut paper, &page, &world.knowledge, &record, event);
    } else if let Some(claim) = record.claims.iter().find(|claim| claim.id == id) {
        why_claim(&mut paper, &page, claim);
    } else {
        return usage(format!("{}: there is no '{id}' in it; there are {}", report.id, ids(&record)));
    }
    Ok(paper.finish())
}

/// The ids of a record, in words.
fn ids(record: &Record) -> String {
    let range = |ids: Vec<&str>, what: &str| match ids.as_slice() {
        [] => format!("no {what}s"),
        [one] => format!("the {what} {one}"),
        [first, .., last] => format!("the {what}s {first} to {last}"),
    };
    let events = record.events.iter().map(|event| event.id.as_str()).collect();
    let claims = record.claims.iter().map(|claim| claim.id.as_str()).collect();
    format!("{} and {}", range(events, "event"), range(claims, "claim"))
}
