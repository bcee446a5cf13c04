//! `verbale events | claims | quotes | documents`: what a ledger holds, filtered, for people and for other tools.

use std::io::{BufWriter, IsTerminal as _, Write};
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use verbale::ledger::LedgerError;
use verbale::ledger::list::select::{claims, documents, events};
use verbale::ledger::list::{self, Filter, Format, LedgerQuote, Listing};
use verbale::ledger::store::{Access, Ledger};
use verbale::model::Status;
use verbale::model::ontology::EventType;

use super::{File, asked};
use crate::ending::{Done, usage};
use crate::show::{Screen, claim_page, document_page, entry_page, quote_page};

const EXAMPLES: &str = "\
Examples:
  verbale events -l verbale.db --country AFG --partner USA --partner RUS --from 2024
  verbale events -l verbale.db -o parquet --to-file events.parquet
  verbale claims -l verbale.db --country AFG -o csv > claims.csv
  verbale documents -l verbale.db --with-text -o jsonl > documents.jsonl     (can be added again)

Formats: csv, jsonl and parquet; for events plover (JSON) and gdelt (61 columns) too. Text cells of CSV that a
spreadsheet would run as a formula begin with an apostrophe. Columns: docs/exports.md.";

/// What to list, and how.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    file: File,
    #[command(flatten)]
    which: Which,
    /// csv, jsonl, parquet; for events plover and gdelt too. Without it, for people
    #[arg(short, long, value_name = "FORMAT")]
    output: Option<String>,
    /// The same as -o jsonl
    #[arg(long, conflicts_with = "output")]
    json: bool,
    /// Write here instead of to standard output
    #[arg(long, value_name = "FILE")]
    to_file: Option<PathBuf>,
    /// For documents as jsonl: with their texts, where they are kept
    #[arg(long)]
    with_text: bool,
    /// For documents as jsonl: with texts and all that was read in them, for `verbale import jsonl`
    #[arg(long)]
    with_records: bool,
}

/// Which rows.
#[derive(clap::Args)]
struct Which {
    /// Somebody took part for this state or authority; may be given several times
    #[arg(long, value_name = "CODE")]
    country: Vec<String>,
    /// Somebody else took part for this one; may be given several times
    #[arg(long, value_name = "CODE")]
    partner: Vec<String>,
    /// Of this PLOVER type: CONSULT, ACCUSE, ...
    #[arg(long = "type", value_name = "TYPE", value_parser = event_type)]
    event_type: Vec<EventType>,
    /// From this day, month or year on
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// To this day, month or year
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// Told by this outlet
    #[arg(long, value_name = "NAME")]
    outlet: Vec<String>,
    /// held, planned, cancelled, denied or hypothetical
    #[arg(long, value_name = "STATUS", value_parser = status)]
    status: Vec<Status>,
    /// What reviewers said: any, none, accepted, rejected, edited or conflict. Without it all but rejected ones
    #[arg(long, value_name = "WHAT")]
    reviewed: Option<String>,
    /// Former officials count for their country, too
    #[arg(long)]
    inclusive: bool,
    /// With --from or --to: undated events as well
    #[arg(long)]
    undated: bool,
    /// What only superseded versions of documents tell, as well
    #[arg(long)]
    superseded: bool,
}

/// A PLOVER type on the command line.
pub fn event_type(word: &str) -> Result<EventType, String> {
    EventType::parse(&word.to_uppercase()).ok_or_else(|| {
        let all: Vec<&str> = EventType::ALL.iter().map(|one| one.as_str()).collect();
        format!("there are {}", all.join(", "))
    })
}

fn status(word: &str) -> Result<Status, String> {
    serde_json::from_value(word.into())
        .map_err(|_| "there are held, planned, cancelled, denied and hypothetical".to_owned())
}

impl Which {
    fn filter(&self) -> Result<Filter> {
        let reviewed = self.reviewed.as_deref().map(str::parse).transpose();
        Ok(Filter {
            country: self.country.clone(),
            partner: self.partner.clone(),
            event_type: self.event_type.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
            outlet: self.outlet.clone(),
            status: self.status.clone(),
            reviewed: asked(reviewed)?,
            inclusive: self.inclusive,
            undated: self.undated,
            superseded: self.superseded,
        })
    }
}

/// Writes a listing.
pub fn run(listing: Listing, args: &Args) -> Result<Done> {
    let filter = args.which.filter()?;
    asked(filter.check(listing))?;
    let format = match (&args.output, args.json) {
        (Some(word), _) => Some(asked(word.parse::<Format>())?),
        (None, json) => json.then_some(Format::Jsonl),
    };
    if let Some(format) = format {
        asked(format.check(listing))?;
        if format.is_binary() && args.to_file.is_none() && std::io::stdout().is_terminal() {
            return usage("parquet is not for terminals: name a file with --to-file, or redirect the output");
        }
    }
    let ledger = args.file.open(Access::Read)?;
    // A listing is read row by row, while others may write.
    asked(ledger.hold())?;
    let mut out: Box<dyn Write> = match &args.to_file {
        Some(path) => {
            let file = std::fs::File::create(path).with_context(|| format!("writing {}", path.display()))?;
            Box::new(BufWriter::new(file))
        }
        None => Box::new(BufWriter::new(std::io::stdout().lock())),
    };
    if args.with_records {
        if listing != Listing::Documents || format != Some(Format::Jsonl) {
            return usage("--with-records goes with `verbale documents -o jsonl`");
        }
        dump(&ledger, &filter, &mut out)?;
        out.flush()?;
        return Ok(Done::All);
    }
    match format {
        Some(format) => asked(export(listing, &ledger, &filter, format, args.with_text, &mut out))?,
        None => page(listing, &ledger, &filter, &mut out)?,
    }
    out.flush()?;
    Ok(Done::All)
}

fn export(
    listing: Listing,
    ledger: &Ledger,
    filter: &Filter,
    format: Format,
    with_text: bool,
    out: &mut dyn Write,
) -> Result<(), LedgerError> {
    match listing {
        Listing::Events => list::events(out, format, events(ledger, filter)?)?,
        Listing::Claims => list::claims(out, format, claims(ledger, filter)?)?,
        Listing::Quotes => list::quotes(out, format, claims(ledger, filter)?)?,
        Listing::Documents => list::documents(out, format, documents(ledger, filter, with_text)?)?,
    };
    Ok(())
}

/// Documents with all that was read in them.
fn dump(ledger: &Ledger, filter: &Filter, out: &mut dyn Write) -> Result<()> {
    for row in asked(documents(ledger, filter, false))? {
        let dump = asked(ledger.dump(&asked(row)?.document))?;
        writeln!(out, "{}", serde_json::to_string(&dump)?)?;
    }
    Ok(())
}

/// The same for people, one block for each row.
fn page(listing: Listing, ledger: &Ledger, filter: &Filter, out: &mut dyn Write) -> Result<()> {
    let screen = Screen::of_stdout();
    match listing {
        Listing::Events => {
            for entry in asked(events(ledger, filter))? {
                out.write_all(entry_page(&screen, &asked(entry)?).as_bytes())?;
            }
        }
        Listing::Claims => {
            for row in asked(claims(ledger, filter))? {
                out.write_all(claim_page(&screen, &asked(row)?).as_bytes())?;
            }
        }
        Listing::Quotes => {
            for row in asked(claims(ledger, filter))? {
                if let Some(quote) = LedgerQuote::of(asked(row)?) {
                    out.write_all(quote_page(&screen, &quote).as_bytes())?;
                }
            }
        }
        Listing::Documents => {
            for row in asked(documents(ledger, filter, false))? {
                out.write_all(document_page(&screen, &asked(row)?).as_bytes())?;
            }
        }
    }
    Ok(())
}
