//! `verbale man`: the manual page.

use std::io::Write as _;

use anyhow::Result;
use clap_mangen::Man;

use crate::ending::Done;

/// Write the manual page, with a section per command; read it with `verbale man | man -l -`
#[derive(clap::Args)]
pub struct Args {}

/// Prints the page in roff.
pub fn run(_: &Args, mut command: clap::Command) -> Result<Done> {
    command.build();
    let mut page = Vec::new();
    let man = Man::new(command.clone());
    man.render(&mut page)?;
    section(&mut page, &command)?;
    std::io::stdout().lock().write_all(&page)?;
    Ok(Done::All)
}

/// Appends the pages of all subcommands, without the title that each would begin with.
fn section(page: &mut Vec<u8>, command: &clap::Command) -> Result<()> {
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        let man = Man::new(sub.clone());
        let name = sub.get_bin_name().unwrap_or(sub.get_name()).to_uppercase();
        writeln!(page, ".SH \"{name}\"")?;
        let mut body = Vec::new();
        man.render_synopsis_section(&mut body)?;
        man.render_description_section(&mut body)?;
        man.render_options_section(&mut body)?;
        if sub.get_after_help().is_some() {
            man.render_extra_section(&mut body)?;
        }
        let body = String::from_utf8_lossy(&body).replace(".SH ", ".SS ");
        page.extend_from_slice(body.as_bytes());
        section(page, sub)?;
    }
    Ok(())
}
