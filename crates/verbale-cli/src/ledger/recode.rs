//! `verbale recode`: the stored texts are read again with this version, and both readings are kept.

use anyhow::Result;
use verbale::keep::Keeper;
use verbale::ledger::Retention;
use verbale::ledger::store::{Access, OpenRun, RunKind};
use verbale::shelving::{Recoded, Text};

use super::{File, asked, now};
use crate::ending::{Done, refuse, say};
use crate::flow::{self, in_order};
use crate::given::Given;
use crate::progress::Progress;

const EXAMPLES: &str = "\
Examples:
  verbale recode -l verbale.db
  verbale recode -l verbale.db --knowledge offices.toml
  verbale diff -l verbale.db 1 2       what changed

Documents that were last read with the same program, data, rules, model and knowledge files are left as they are.
Reviews stay in force; where the coder has changed its mind about what somebody corrected, `verbale review list`
shows both. Documents of which only excerpts or hashes are kept cannot be read again, and are named.";

/// Code the stored texts again
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    file: File,
    #[command(flatten)]
    given: Given,
    /// Read those too that were read with the same versions
    #[arg(long)]
    all: bool,
}

/// Reads all that can be read again, with all cores.
pub fn run(args: &Args) -> Result<Done> {
    let world = args.given.world()?;
    let versions = args.given.versions()?;
    let mut ledger = args.file.open(Access::Write)?;
    flow::threads()?;
    let wanted = asked(ledger.to_recode(&versions, args.all))?;
    let kept = asked(ledger.not_recodable())?;
    let keeper = Keeper::new(&world, Retention::Full);
    let reader = args.file.open(Access::Read)?;
    let texts =
        wanted.iter().map(|id| Ok(Text(asked(reader.document(id)).map_err(|error| named(id, &error))?)));
    let mut progress = Progress::new();
    let mut recoded = Recoded::new(OpenRun::new(RunKind::Recode, now(), versions));
    let mut refused = 0;
    in_order(
        texts,
        |text: Text| Ok(keeper.recode(text.0)),
        |done| {
            match done {
                Ok(recoding) => asked(recoded.take(&mut ledger, recoding))?,
                Err(left_out) => {
                    refused += 1;
                    progress.aside(|| refuse(&left_out));
                }
            }
            progress.step();
            Ok(())
        },
    )?;
    asked(recoded.flush(&mut ledger))?;
    let Recoded { run, read, changed, .. } = recoded;
    for document in &kept {
        say(&format!("not read again: {document}"));
    }
    say(&match run.number() {
        Some(number) => format!(
            "{}: run {number}, {read} documents read again, {changed} of them changed",
            args.file.name()
        ),
        None => format!("{}: nothing to read again; --all reads everything", args.file.name()),
    });
    Ok(Done::refusing(refused))
}

fn named(id: &str, error: &anyhow::Error) -> verbale::ingest::Refused {
    verbale::ingest::Refused { input: id.to_owned(), reason: error.to_string() }
}
