//! Events that others coded: which files, what of them, and what is said of each.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use serde::Serialize;
use verbale::import::{
    Codes, Filter, Format, Intake, Mapping, Reader, Source, Taken, Unclear, Written, files,
};
use verbale::ingest::Refused;
use verbale::keep::versions;
use verbale::knowledge::Knowledge;
use verbale::ledger::store::{Access, OpenRun, RunKind};
use verbale::model::ontology::EventType;

use super::rejects::Rejects;
use crate::ending::{Done, refuse, say, usage};
use crate::flow;
use crate::given::MODEL;
use crate::ledger::list::event_type;
use crate::ledger::{File, asked, now};
use crate::progress::Progress;

/// Unknown codes that are named to people.
const NAMED: usize = 5;

/// Which files, what of them, and into which ledger.
#[derive(clap::Args)]
pub struct Files {
    /// Files or folders
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    file: File,
    /// Only what these states take part in: AFG, or a name. Can be given several times
    #[arg(long, value_name = "STATE", value_delimiter = ',')]
    country: Vec<String>,
    /// Only events of these PLOVER types: CONSULT,AGREE
    #[arg(long, value_name = "TYPE", value_delimiter = ',', value_parser = event_type)]
    types: Vec<EventType>,
    /// Only from this day, month or year on
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Only up to this day, month or year
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// Write rows that cannot be read to this folder, with what was expected and what stood there
    #[arg(long, value_name = "FOLDER")]
    rejects: Option<PathBuf>,
    /// One line of JSON per file on standard output
    #[arg(long)]
    json: bool,
}

/// A table with its mapping.
#[derive(clap::Args)]
pub struct Mapped {
    #[command(flatten)]
    pub files: Files,
    /// Which column is what, as TOML
    #[arg(long, value_name = "FILE")]
    mapping: PathBuf,
}

impl Mapped {
    /// The format that the mapping describes; a mapping that is none is wrong usage.
    pub fn format(&self) -> Result<Format> {
        match Mapping::open(&self.mapping) {
            Ok(mapping) => Ok(Format::Table(Arc::new(mapping))),
            Err(reason) => usage(format!("--mapping {}: {reason}", self.mapping.display())),
        }
    }
}

/// Takes in all files, each whole or not at all.
pub fn run(args: &Files, format: Format) -> Result<Done> {
    let codes = Codes::new(Knowledge::embedded());
    let filter = args.filter(&codes, &format)?;
    let reader = Reader { format, codes, filter };
    let mut ledger = args.file.open(Access::Create)?;
    let run = OpenRun::new(RunKind::Import, now(), versions(MODEL, &[]));
    let mut intake = Intake::new(&mut ledger, run, &reader);
    let mut progress = Progress::of_rows();
    flow::threads()?;
    let mut incomplete = 0;
    for path in &args.files {
        let found = files(path).unwrap_or_else(|error| {
            incomplete += 1;
            refuse(&Refused { input: path.display().to_string(), reason: error.to_string() });
            Vec::new()
        });
        for file in found {
            match take(&mut intake, &file, args.rejects.as_deref(), &mut progress)? {
                Ok(told) => {
                    incomplete += usize::from(told.taken.imported.tally.refused > 0 && !told.taken.known);
                    progress.aside(|| told.say());
                    if args.json {
                        writeln!(std::io::stdout().lock(), "{}", serde_json::to_string(&told)?)?;
                    }
                }
                Err(refused) => {
                    incomplete += 1;
                    asked(intake.ledger.refuse(&refused.input, &refused.reason, &now()))?;
                    progress.aside(|| refuse(&refused));
                }
            }
        }
    }
    Ok(Done::refusing(incomplete))
}

/// Takes in a file, and writes down the rows that cannot be read.
fn take(
    intake: &mut Intake<'_>,
    path: &Path,
    folder: Option<&Path>,
    progress: &mut Progress,
) -> Result<Result<Told, Refused>> {
    let refused = |reason: String| Ok(Err(Refused { input: path.display().to_string(), reason }));
    let source = match Source::new(path) {
        Ok(source) => source,
        Err(error) => return refused(error.to_string()),
    };
    let mut rejects = Rejects::new(folder, path, &source.sha256);
    let taken = intake.take::<anyhow::Error>(&source, |parsed| {
        rejects.take(&source.name, &parsed.rejects)?;
        progress.advance(parsed.rows);
        Ok(())
    });
    let rejects = rejects.finish()?;
    match taken? {
        Ok(taken) => Ok(Ok(Told { taken, rejects })),
        Err(untaken) => refused(untaken.to_string()),
    }
}

impl Files {
    fn filter(&self, codes: &Codes, format: &Format) -> Result<Filter> {
        if matches!(format, Format::UnVotes) && !self.types.is_empty() {
            return usage("--types: votes are not events and have no type");
        }
        let types: Vec<String> = self.types.iter().map(ToString::to_string).collect();
        let (from, to) = (self.from.as_deref(), self.to.as_deref());
        let written = Written { countries: &self.country, types: &types, from, to };
        Filter::written(codes, written)
            .or_else(|Unclear { part, reason }| usage(format!("--{part}: {reason}")))
    }
}

/// What came of one file.
#[derive(Serialize)]
struct Told {
    #[serde(flatten)]
    taken: Taken,
    /// Where the refused rows are.
    rejects: Option<String>,
}

impl Told {
    fn say(&self) {
        let imported = &self.taken.imported;
        let (name, tally) = (&imported.name, &imported.tally);
        if self.taken.known {
            say(&format!("{name}: known already as import {}; nothing was added", imported.import));
            return;
        }
        let mut parts = vec![format!("{} stored of {} rows", tally.stored, tally.rows)];
        let more = [
            (tally.merged, "told of what another row had told"),
            (tally.filtered, "not asked for"),
            (tally.refused, "refused"),
            (self.taken.windows_1252, "read as Windows-1252"),
        ];
        parts.extend(more.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")));
        say(&format!("{name}: {}", parts.join(", ")));
        if let Some(example) = self.taken.rejects.first() {
            say(&format!("verbale: {name}: {example}"));
        }
        let worst = self.taken.worst();
        let named: Vec<String> = worst
            .iter()
            .take(NAMED)
            .map(|odd| format!("{} '{}' in {} rows", odd.system, odd.code, odd.rows))
            .collect();
        if !named.is_empty() {
            let rest = worst.len().saturating_sub(NAMED);
            let rest = if rest > 0 { format!(", and {rest} more") } else { String::new() };
            say(&format!("verbale: {name}: unknown codes, kept as they are: {}{rest}", named.join(", ")));
        }
    }
}
