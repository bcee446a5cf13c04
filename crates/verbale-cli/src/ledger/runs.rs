//! `verbale runs`: what was done to a ledger, when, and with which versions.

use std::io::Write as _;

use anyhow::Result;
use verbale::ledger::store::{Access, RunKind};

use super::{File, asked};
use crate::ending::Done;
use crate::show::harmless;

/// List the runs of a ledger with their versions
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    file: File,
    /// One line of JSON per run
    #[arg(long)]
    json: bool,
}

/// Prints a line per run.
pub fn run(args: &Args) -> Result<Done> {
    let ledger = args.file.open(Access::Read)?;
    let mut out = std::io::stdout().lock();
    for run in asked(ledger.runs())? {
        if args.json {
            writeln!(out, "{}", serde_json::to_string(&run)?)?;
            continue;
        }
        let versions = &run.versions;
        let kind = serde_json::to_value(run.kind)?;
        let knowledge: Vec<&str> = versions.knowledge.iter().map(|(name, _)| name.as_str()).collect();
        let did = if run.kind == RunKind::Import && run.documents == 0 {
            format!("{:>9} rows, {:>10} events ", run.rows, run.events)
        } else {
            format!("{:>7} documents, {:>7} changed", run.documents, run.changed)
        };
        let line = format!(
            "{:>4}  {}  {:<6}  {did}  coder {}, data {}, rules {}, model {}{}{}",
            run.run,
            run.at,
            kind.as_str().unwrap_or_default(),
            versions.coder,
            versions.data,
            versions.rules,
            versions.model,
            if knowledge.is_empty() { "" } else { ", knowledge " },
            knowledge.join(" "),
        );
        writeln!(out, "{}", harmless(&line))?;
    }
    Ok(Done::All)
}
