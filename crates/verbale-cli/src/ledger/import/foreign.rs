//! Events that others coded: one thread reads a file, the others make rows of it, and one writes them.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};

use anyhow::Result;
use serde::Serialize;
use verbale::import::{
    Block, Codes, Filter, Format, ImportError, Mapping, Reader, Sums, files, otherwise, parts, sha256_of,
};
use verbale::ingest::Refused;
use verbale::keep::versions;
use verbale::knowledge::Knowledge;
use verbale::ledger::period::Period;
use verbale::ledger::store::{About, Access, Dictionaries, Import, Imported, Ledger, OpenRun, RunKind};
use verbale::model::ontology::EventType;

use super::rejects::Rejects;
use crate::ending::{Done, refuse, say, usage};
use crate::flow::{self, in_order};
use crate::given::MODEL;
use crate::ledger::list::event_type;
use crate::ledger::{File, asked, now};
use crate::progress::Progress;

/// Blocks that wait for a thread.
const AHEAD: usize = 4;
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
        let name = self.mapping.display();
        let text =
            std::fs::read_to_string(&self.mapping).map_err(|error| format!("it cannot be read: {error}"));
        match text.and_then(|text| Mapping::parse(&text)) {
            Ok(mapping) => Ok(Format::Table(Arc::new(mapping))),
            Err(reason) => usage(format!("--mapping {name}: {reason}")),
        }
    }
}

/// Takes in all files, each whole or not at all.
pub fn run(args: &Files, format: Format) -> Result<Done> {
    let codes = Codes::new(Knowledge::embedded());
    let filter = args.filter(&codes, &format)?;
    let reader = Reader { format, codes, filter };
    let mut taker = Taker {
        rejects: args.rejects.as_deref(),
        settings: reader.settings(),
        ledger: args.file.open(Access::Create)?,
        run: OpenRun::new(RunKind::Import, now(), versions(MODEL, &[])),
        known: Dictionaries::default(),
        reader,
        progress: Progress::of_rows(),
    };
    flow::threads()?;
    let mut incomplete = 0;
    for path in &args.files {
        let found = match files(path) {
            Ok(found) if found.is_empty() => Err("there is no table in this folder".to_owned()),
            other => other.map_err(|error| error.to_string()),
        };
        let found = found.unwrap_or_else(|reason| {
            incomplete += 1;
            refuse(&Refused { input: path.display().to_string(), reason });
            Vec::new()
        });
        for file in found {
            match taker.file(&file)? {
                Ok(told) => {
                    incomplete += usize::from(told.imported.tally.refused > 0 && !told.known);
                    taker.progress.aside(|| told.say());
                    if args.json {
                        writeln!(std::io::stdout().lock(), "{}", serde_json::to_string(&told)?)?;
                    }
                }
                Err(refused) => {
                    incomplete += 1;
                    asked(taker.ledger.refuse(&refused.input, &refused.reason, &now()))?;
                    taker.progress.aside(|| refuse(&refused));
                }
            }
        }
    }
    Ok(Done::refusing(incomplete))
}

impl Files {
    fn filter(&self, codes: &Codes, format: &Format) -> Result<Filter> {
        if matches!(format, Format::UnVotes) && !self.types.is_empty() {
            return usage("--types: votes are not events and have no type");
        }
        let countries = Filter::countries(codes, &self.country).or_else(|word| {
            usage(format!("--country {word}: there is no such state; write its code, such as AFG"))
        })?;
        let period = |option: &str, given: &Option<String>| match given.as_deref().map(Period::parse) {
            None => Ok(Period::default()),
            Some(Ok((period, _))) => Ok(period),
            Some(Err(reason)) => usage(format!("{option}: {reason}")),
        };
        let (from, to) = (period("--from", &self.from)?, period("--to", &self.to)?);
        let window = Period { first: from.first, last: to.last };
        if window.first.zip(window.last).is_some_and(|(first, last)| last < first) {
            return usage("--to is before --from, so that no day is asked for");
        }
        Ok(Filter::new(countries, self.types.clone(), window))
    }
}

/// What came of one file.
#[derive(Serialize)]
struct Told {
    #[serde(flatten)]
    imported: Imported,
    /// It had come in before, and added nothing.
    known: bool,
    /// In how many rows each unknown code stands.
    unknown: Vec<Odd>,
    /// Rows that were no UTF-8 and were read as Windows-1252.
    windows_1252: u64,
    /// Where the refused rows are.
    rejects: Option<String>,
    /// The first refused row.
    #[serde(skip)]
    example: Option<String>,
}

/// A code that is not known.
#[derive(Serialize)]
struct Odd {
    system: &'static str,
    code: String,
    rows: u64,
}

impl Told {
    fn say(&self) {
        let (name, tally) = (&self.imported.name, &self.imported.tally);
        if self.known {
            say(&format!("{name}: known already as import {}; nothing was added", self.imported.import));
            return;
        }
        let mut parts = vec![format!("{} stored of {} rows", tally.stored, tally.rows)];
        let more = [
            (tally.merged, "told of what another row had told"),
            (tally.filtered, "not asked for"),
            (tally.refused, "refused"),
            (self.windows_1252, "read as Windows-1252"),
        ];
        parts.extend(more.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")));
        say(&format!("{name}: {}", parts.join(", ")));
        if let Some(example) = &self.example {
            say(&format!("verbale: {name}: {example}"));
        }
        let mut worst: Vec<&Odd> = self.unknown.iter().collect();
        worst.sort_by_key(|odd| std::cmp::Reverse(odd.rows));
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

/// Takes in one file after the other.
struct Taker<'a> {
    rejects: Option<&'a Path>,
    settings: String,
    ledger: Ledger,
    run: OpenRun,
    known: Dictionaries,
    reader: Reader,
    progress: Progress,
}

impl Taker<'_> {
    /// Takes in a file, unless it is known or cannot be read to its end.
    fn file(&mut self, path: &Path) -> Result<Result<Told, Refused>> {
        let name = path.display().to_string();
        let refused = |reason: String| Ok(Err(Refused { input: name.clone(), reason }));
        let sha256 = match sha256_of(path) {
            Ok(sha256) => sha256,
            Err(error) => return refused(error.to_string()),
        };
        let format = self.reader.format.name().to_owned();
        if let Some(imported) = asked(self.ledger.imported(&sha256, &format))? {
            if imported.settings == self.settings {
                let (unknown, rejects, example) = (Vec::new(), None, None);
                return Ok(Ok(Told { imported, known: true, unknown, windows_1252: 0, rejects, example }));
            }
            return refused(otherwise(&imported));
        }
        let mut rejects = Rejects::new(self.rejects, path, &sha256);
        let about = About { format, name: name.clone(), sha256, settings: self.settings.clone() };
        let import = asked(self.ledger.import(&mut self.run, &mut self.known, about))?;
        let mut sums = Sums::default();
        let import = match read(&self.reader, path, import, &mut sums, &mut rejects, &mut self.progress)? {
            Ok(import) => import,
            Err(reason) => return refused(reason),
        };
        let written = rejects.finish()?;
        if let Err(reason) = sums.check(self.reader.format.name()) {
            return refused(reason);
        }
        let example = sums.example();
        let imported = asked(import.finish(sums.tally))?;
        let odd = |((system, code), rows)| Odd { system, code, rows };
        let unknown = sums.unknown.into_iter().map(odd).collect();
        Ok(Ok(Told { imported, known: false, unknown, windows_1252: sums.latin, rejects: written, example }))
    }
}

/// A block on its way to a thread.
struct Cut(Block, String);

impl flow::Input for Cut {
    fn name(&self) -> String {
        self.1.clone()
    }

    fn size(&self) -> usize {
        self.0.size()
    }
}

/// Reads a file to its end; an import that is not given back is given up.
fn read<'l>(
    reader: &Reader,
    path: &Path,
    mut import: Import<'l>,
    sums: &mut Sums,
    rejects: &mut Rejects,
    progress: &mut Progress,
) -> Result<Result<Import<'l>, String>> {
    let name = path.display().to_string();
    let mut broken = None;
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel(AHEAD);
        scope.spawn(|| cut(reader, path, sender));
        in_order(
            receiver.into_iter(),
            |Cut(block, _)| Ok(reader.parse(&block)),
            |parsed| {
                let parsed = match parsed {
                    Ok(parsed) if broken.is_none() => parsed,
                    Ok(_) => return Ok(()),
                    Err(Refused { reason, .. }) => {
                        broken.get_or_insert(reason);
                        return Ok(());
                    }
                };
                asked(import.take(&parsed.batch))?;
                rejects.take(&name, &parsed.rejects)?;
                sums.take(&parsed, 1);
                progress.advance(parsed.rows);
                Ok(())
            },
        )
    })?;
    Ok(match broken {
        Some(reason) => Err(reason),
        None => Ok(import),
    })
}

/// Cuts a file into blocks and sends them; ends early when nobody takes them any more.
#[expect(clippy::needless_pass_by_value, reason = "the channel closes when the reader is done")]
fn cut(reader: &Reader, path: &Path, sender: SyncSender<Result<Cut, Refused>>) {
    let name = path.display().to_string();
    let mut before = 0;
    let gone = || ImportError("nobody takes it".to_owned());
    let read = parts(path, &mut |part| {
        let mut blocks = reader.blocks(part, before);
        for block in blocks.by_ref() {
            sender.send(Ok(Cut(block?, name.clone()))).map_err(|_| gone())?;
        }
        before = blocks.lines();
        Ok(())
    });
    if let Err(error) = read {
        let _ = sender.send(Err(Refused { input: name, reason: error.to_string() }));
    }
}
