//! `verbale knowledge check`: what is wrong in a user's knowledge file.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Result;
use verbale::knowledge::{Severity, check};

use crate::ending::{Done, refuse};
use crate::show::harmless;

/// Work with files that add to what verbale knows
#[derive(clap::Args)]
#[command(arg_required_else_help = true)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Look a knowledge file over: duplicates, overlapping offices, unknown codes
    ///
    /// Prints a line per finding: file, line, and what is wrong. The exit code is 1 when the file cannot be used,
    /// and 0 when there are warnings only.
    Check {
        /// The file, in TOML
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// Prints the findings of the linter.
pub fn run(args: &Args) -> Result<Done> {
    let Command::Check { file } = &args.command;
    let name = file.display().to_string();
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => {
            let reason = format!("it cannot be read: {error}");
            refuse(&verbale::ingest::Refused { input: name, reason });
            return Ok(Done::Some);
        }
    };
    let findings = check(&text);
    let mut out = std::io::stdout().lock();
    for finding in &findings {
        let line = format!("{name}:{}: {}: {}", finding.line, finding.severity, finding.message);
        writeln!(out, "{}", harmless(&line))?;
    }
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    crate::ending::say(&match (errors, findings.len()) {
        (0, 0) => format!("{name}: nothing found"),
        (0, warnings) => format!("{name}: can be used; warnings: {warnings}"),
        (errors, all) => format!("{name}: cannot be used; errors: {errors}, warnings: {}", all - errors),
    });
    Ok(Done::refusing(errors))
}
