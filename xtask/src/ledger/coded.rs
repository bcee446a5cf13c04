//! What the coder read in made reports, kept in a file, so that linking can be measured again without it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::Path;

use anyhow::{Context as _, Result};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use verbale::keep::Keeper;
use verbale::ledger::store::{Addition, Sentence};
use verbale::model::Record;

use super::made::Made;

/// A line of the file: the record says which report it is of.
#[derive(Debug, Serialize, Deserialize)]
pub struct Coded {
    record: Record,
    sentences: Vec<Sentence>,
}

/// Readings by the name of their report.
pub type Shelf = BTreeMap<String, Coded>;

impl Coded {
    /// The addition that a report becomes with this reading.
    pub fn of(&self, keeper: &Keeper<'_>, made: &Made) -> Addition {
        let document = keeper.document(made.report.clone());
        Addition::new("made", document, self.record.clone(), self.sentences.clone())
    }
}

/// Reads the file, codes the reports that it lacks, and keeps them in it.
pub fn shelf(path: &Path, keeper: &Keeper<'_>, made: &[Made]) -> Result<Shelf> {
    let mut shelf = read(path)?;
    let file = File::options().create(true).append(true).open(path);
    let mut file = BufWriter::new(file.with_context(|| format!("opening {}", path.display()))?);
    let lacking: Vec<&Made> = made.iter().filter(|made| !shelf.contains_key(&made.report.id)).collect();
    for batch in lacking.chunks(1024) {
        let coded: Vec<Coded> = batch
            .par_iter()
            .map(|made| {
                let added = keeper.code("made", keeper.document(made.report.clone()));
                Coded { record: added.record, sentences: added.sentences }
            })
            .collect();
        for one in coded {
            serde_json::to_writer(&mut file, &one)?;
            file.write_all(b"\n")?;
            shelf.insert(one.record.id.clone(), one);
        }
        file.flush()?;
    }
    Ok(shelf)
}

fn read(path: &Path) -> Result<Shelf> {
    let Ok(file) = File::open(path) else { return Ok(Shelf::new()) };
    let mut shelf = Shelf::new();
    for line in BufReader::new(file).lines() {
        let one: Coded = serde_json::from_str(&line?)
            .with_context(|| format!("{} holds something else; remove it", path.display()))?;
        shelf.insert(one.record.id.clone(), one);
    }
    Ok(shelf)
}
