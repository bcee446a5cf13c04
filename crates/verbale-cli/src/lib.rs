//! The command `verbale`: reads reports of diplomacy into a record of who met whom, on whose word.

mod completions;
mod ending;
mod explain;
mod extract;
mod flow;
mod given;
mod knowledge;
mod ledger;
mod man;
mod measure;
mod parse;
mod progress;
mod read;
mod score;
mod serve;
mod show;

use std::ffi::OsString;
use std::sync::LazyLock;

use anyhow::Result;
use clap::{CommandFactory as _, Parser, Subcommand};

use ending::Done;
use verbale::ledger::list::Listing;

const EXAMPLES: &str = "\
Examples:
  verbale read report.txt --published 2025-10-24     what happened, for people
  verbale read reports/ --json > record.jsonl        one line of JSON per report
  curl -s https://example.org/x.txt | verbale read - from standard input
  verbale explain report.txt e1                      why the first event was coded as it was

Exit codes: 0 done; 1 some inputs were refused, each named on stderr, the rest done; 2 wrong usage.";

/// Reads reports of diplomacy into an auditable record of who met whom, on whose word
#[derive(Parser)]
#[command(name = "verbale", version = VERSION.as_str(), after_help = EXAMPLES, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Read(read::Args),
    Parse(parse::Args),
    Explain(explain::Args),
    Balance(measure::balance::Args),
    Trend(measure::trend::Args),
    Topics(measure::topics::Args),
    Compare(measure::compare::Args),
    Network(measure::network::Args),
    Report(measure::report::Args),
    Add(ledger::add::Args),
    Remove(ledger::remove::Args),
    Recode(ledger::recode::Args),
    Runs(ledger::runs::Args),
    /// List the events of a ledger, one entry per happening, or export them
    Events(ledger::list::Args),
    /// List or export what was claimed, and by whom
    Claims(ledger::list::Args),
    /// List or export quotes with their speakers
    Quotes(ledger::list::Args),
    /// List or export the documents of a ledger
    Documents(ledger::list::Args),
    Extract(extract::Args),
    Review(ledger::review::Args),
    Diff(ledger::diff::Args),
    Import(ledger::import::Args),
    Serve(serve::Args),
    Score(score::Args),
    Knowledge(knowledge::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// Coder, data and model: what a record depends on.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    format!("{}\ndata {}\nmodel {}", verbale::VERSION, verbale::knowledge::VERSION, given::MODEL)
});

/// Runs the command with its arguments, the program's name first, and returns the exit code.
pub fn run<I, T>(args: I) -> u8
where
    I: IntoIterator<Item = T>,
    T: Into<OsString> + Clone,
{
    match Cli::try_parse_from(args) {
        Ok(cli) => {
            quieten_readers();
            ending::code(done(cli.command))
        }
        Err(error) => {
            // Help and version come as errors too, and go to standard output; a reader that has gone is no matter.
            let _ = error.print();
            u8::try_from(error.exit_code()).unwrap_or(2)
        }
    }
}

/// Readers of broken files may panic, on threads of their own; that is caught and becomes the reason why
/// the file is refused, and nobody needs to read of it twice.
fn quieten_readers() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |about| {
        if !std::thread::current().name().is_some_and(|name| matches!(name, "pdf" | "intake")) {
            usual(about);
        }
    }));
}

fn done(command: Command) -> Result<Done> {
    match command {
        Command::Read(args) => read::run(&args),
        Command::Parse(args) => parse::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Balance(args) => measure::balance::run(&args),
        Command::Trend(args) => measure::trend::run(&args),
        Command::Topics(args) => measure::topics::run(&args),
        Command::Compare(args) => measure::compare::run(&args),
        Command::Network(args) => measure::network::run(&args),
        Command::Report(args) => measure::report::run(&args),
        Command::Add(args) => ledger::add::run(&args),
        Command::Remove(args) => ledger::remove::run(&args),
        Command::Recode(args) => ledger::recode::run(&args),
        Command::Events(args) => ledger::list::run(Listing::Events, &args),
        Command::Claims(args) => ledger::list::run(Listing::Claims, &args),
        Command::Quotes(args) => ledger::list::run(Listing::Quotes, &args),
        Command::Documents(args) => ledger::list::run(Listing::Documents, &args),
        Command::Runs(args) => ledger::runs::run(&args),
        Command::Extract(args) => extract::run(&args),
        Command::Review(args) => ledger::review::run(&args),
        Command::Diff(args) => ledger::diff::run(&args),
        Command::Import(args) => ledger::import::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Score(args) => score::run(&args),
        Command::Knowledge(args) => knowledge::run(&args),
        Command::Completions(args) => completions::run(&args, Cli::command()),
        Command::Man(args) => man::run(&args, Cli::command()),
    }
}
