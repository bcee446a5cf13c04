//! `verbale remove`: a document and everything that came from it leave the ledger.

use anyhow::Result;
use verbale::ingest::Refused;
use verbale::ledger::store::Access;

use super::{File, asked, now};
use crate::ending::{Done, refuse, say};

const EXAMPLES: &str = "\
Examples:
  verbale remove 3f9a0c1d2e4b5a67 -l verbale.db --reason \"withdrawn by the outlet\"
  verbale remove https://example.org/statement.html -l verbale.db

The text, its spans and all that was coded from it in every run are purged, and so are the reviews of a text that
no other document has. A tombstone with the document's key stays, so that `verbale add` does not bring it back
(--restore does). Events that other documents tell of stay, without this one.";

/// Purge documents from a ledger, with all that came from them
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Keys of documents (the beginning is enough), their addresses, or the names they came with
    #[arg(required = true, value_name = "DOCUMENT")]
    documents: Vec<String>,
    #[command(flatten)]
    file: File,
    /// Why; kept with the tombstone
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// Removes each document that is named without doubt; the others are named on stderr.
pub fn run(args: &Args) -> Result<Done> {
    let mut ledger = args.file.open(Access::Write)?;
    let mut refused = 0;
    for word in &args.documents {
        let reason = match asked(ledger.named(word))?.as_slice() {
            [id] => {
                let gone = asked(ledger.remove(id, &now(), args.reason.as_deref()))?;
                let reviews = match gone.reviews {
                    0 => String::new(),
                    n => format!(", and {n} reviews of it"),
                };
                say(&format!("removed {} ({}){reviews}", gone.id, gone.name));
                if gone.lingers {
                    say(
                        "its words still stand in the log beside the ledger, for another program is reading it; \
                         they go when that one ends",
                    );
                }
                continue;
            }
            [] => "there is no such document; `verbale documents` lists them".to_owned(),
            several => format!("it names several documents: {}; name one by its key", several.join(", ")),
        };
        refused += 1;
        refuse(&Refused { input: word.clone(), reason });
    }
    Ok(Done::refusing(refused))
}
