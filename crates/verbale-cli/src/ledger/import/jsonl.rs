//! `verbale import jsonl`: documents with their readings come from another ledger, as they are.

use std::fs::File as Opened;
use std::io::BufReader;
use std::path::PathBuf;

use anyhow::Result;
use verbale::ingest::Refused;
use verbale::ledger::store::{Access, Addition, Dump, Ledger, OpenRun, RunKind, Versions};

use crate::ending::{Done, refuse, say};
use crate::ledger::{File, asked, now};

/// Documents that are stored in one transaction.
const BATCH: usize = 128;

/// Which files, and into which ledger.
#[derive(clap::Args)]
pub struct Files {
    /// The files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    file: File,
}

/// Takes in every line that is a document; the others are named.
pub fn run(files: &Files) -> Result<Done> {
    let mut ledger = files.file.open(Access::Create)?;
    let mut taker = Taker { runs: Vec::new(), waiting: Vec::new(), stored: 0, known: 0, refused: 0 };
    for path in &files.files {
        let name = path.display().to_string();
        match Opened::open(path) {
            Ok(file) => taker.read(&mut ledger, &name, BufReader::new(file))?,
            Err(error) => taker.refuse(&name, format!("it cannot be read: {error}")),
        }
    }
    taker.flush(&mut ledger)?;
    say(&format!(
        "{}: {} documents taken in, {} known already, {} lines refused",
        files.file.name(),
        taker.stored,
        taker.known,
        taker.refused
    ));
    Ok(Done::refusing(taker.refused))
}

/// Collects documents of one set of versions at a time.
struct Taker {
    runs: Vec<(Versions, OpenRun)>,
    waiting: Vec<(Addition, Versions)>,
    stored: u32,
    known: u32,
    refused: usize,
}

impl Taker {
    fn refuse(&mut self, input: &str, reason: String) {
        self.refused += 1;
        refuse(&Refused { input: input.to_owned(), reason });
    }

    fn read(&mut self, ledger: &mut Ledger, name: &str, lines: impl std::io::BufRead) -> Result<()> {
        for (at, line) in lines.lines().enumerate() {
            let line = line?;
            if line.trim().is_empty() {
                continue;
            }
            let dump = serde_json::from_str::<Dump>(&line).map_err(|error| {
                format!("{error}; a line is what `verbale documents --with-records -o jsonl` writes")
            });
            match dump.and_then(|dump| dump.addition(name)) {
                Ok(taken) => self.waiting.push(taken),
                Err(reason) => self.refuse(name, format!("line {} is left out: {reason}", at + 1)),
            }
            if self.waiting.len() >= BATCH {
                self.flush(ledger)?;
            }
        }
        Ok(())
    }

    fn flush(&mut self, ledger: &mut Ledger) -> Result<()> {
        let mut waiting = std::mem::take(&mut self.waiting).into_iter().peekable();
        while let Some((addition, versions)) = waiting.next() {
            let mut batch = vec![addition];
            while let Some((addition, _)) = waiting.next_if(|(_, other)| *other == versions) {
                batch.push(addition);
            }
            let known = self.runs.iter().position(|(known, _)| *known == versions);
            let at = known.unwrap_or_else(|| {
                let run = OpenRun::new(RunKind::Import, now(), versions.clone());
                self.runs.push((versions, run));
                self.runs.len() - 1
            });
            let added = asked(ledger.add(&mut self.runs[at].1, &batch))?;
            self.stored += added.stored;
            self.known += added.known + added.removed.len() as u32;
        }
        Ok(())
    }
}
