//! `verbale completions`: what a shell needs to complete the command line.

use std::io::Write as _;

use anyhow::Result;
use clap_complete::Shell;

use crate::ending::Done;

const EXAMPLES: &str = "\
Examples:
  verbale completions bash > ~/.local/share/bash-completion/completions/verbale
  verbale completions zsh > ~/.zfunc/_verbale
  verbale completions fish > ~/.config/fish/completions/verbale.fish";

/// Write the completion script for a shell
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The shell
    shell: Shell,
}

/// Prints the script.
pub fn run(args: &Args, mut command: clap::Command) -> Result<Done> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "verbale", &mut script);
    std::io::stdout().lock().write_all(&script)?;
    Ok(Done::All)
}
