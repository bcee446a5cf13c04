//! Reports on their way into the ledger: what is new is coded and kept, and of each file is said what became of it.

use std::collections::BTreeSet;

use serde::Serialize;
use verbale::keep::Keeper;
use verbale::ledger::store::{OpenRun, RunKind, Standing};
use verbale::ledger::{LedgerError, Retention};

use super::reports::{Found, LeftOut, still_wanted};
use crate::audit::now;
use crate::call::Call;
use crate::problem::Problem;

/// What became of reports that were handed in.
pub struct Stored {
    /// The run that read them, where anything was new.
    pub run: Option<i64>,
    /// How many were new.
    pub stored: u32,
    /// How many were there already.
    pub known: u32,
    /// Keys of those that were removed once, and do not come back by themselves.
    pub removed: Vec<String>,
    /// File by file.
    pub files: Vec<StoredFile>,
}

/// What became of one file.
#[derive(Serialize)]
pub struct StoredFile {
    /// What it is called.
    pub name: String,
    /// Its reports, as documents of the ledger.
    pub documents: Vec<StoredDocument>,
    /// What of it could not be read.
    pub refused: Vec<LeftOut>,
}

/// What became of one report.
#[derive(Clone, Serialize)]
pub struct StoredDocument {
    /// Its key.
    pub document: String,
    /// What the ledger did with it.
    pub became: Became,
}

/// What a ledger does with a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Became {
    /// Coded and kept.
    New,
    /// It was there.
    Known,
    /// It was removed once, and stays away.
    Removed,
}

/// Codes and keeps reports, all in one run; the same again adds nothing.
pub fn store(call: &Call, found: Vec<Found>, retention: Retention, asked: &str) -> Result<Stored, Problem> {
    let site = &call.site;
    let keeper = Keeper::new(&site.world, retention);
    let mut files: Vec<StoredFile> = Vec::with_capacity(found.len());
    let mut documents = Vec::new();
    for Found { name, reports, left_out } in found {
        documents.push(reports.into_iter().map(|report| keeper.document(report)).collect::<Vec<_>>());
        files.push(StoredFile { name, documents: Vec::new(), refused: left_out });
    }
    // What is known needs no reading; who else stores it meanwhile is seen when it is written.
    let standing = site.ledgers.read(call.stopper(), |ledger| {
        documents
            .iter()
            .flatten()
            .map(|document| ledger.standing(&document.id))
            .collect::<Result<Vec<_>, _>>()
    });
    let mut standing = standing.map_err(|error: LedgerError| Problem::asking(&error))?.into_iter();
    let (mut coded, mut seen) = (Vec::new(), BTreeSet::new());
    for (file, documents) in files.iter_mut().zip(documents) {
        for (document, standing) in documents.into_iter().zip(standing.by_ref()) {
            still_wanted(call)?;
            let key = document.id.clone();
            let became = match standing {
                Standing::New if seen.insert(key.clone()) => {
                    coded.push(keeper.code(&file.name, document));
                    Became::New
                }
                Standing::New | Standing::Stored => Became::Known,
                Standing::Removed => Became::Removed,
            };
            file.documents.push(StoredDocument { document: key, became });
        }
    }
    let all = || files.iter().flat_map(|file| &file.documents);
    let known = all().filter(|one| one.became == Became::Known).count() as u32;
    let gone = all().filter(|one| one.became == Became::Removed);
    let mut removed: Vec<String> = gone.map(|one| one.document.clone()).collect();
    let mut run = OpenRun::new(RunKind::Add, now(), site.versions.clone());
    let added = site.ledgers.write(call.stopper(), |ledger| ledger.add(&mut run, &coded));
    let added = added.map_err(|error: LedgerError| Problem::changing(&error))?;
    removed.extend(added.removed);
    let stored = added.stored;
    if stored > 0 {
        let what = format!("{stored} documents added in run {}", run.number().unwrap_or_default());
        site.audit.note(&now(), "api", asked, &what);
    }
    Ok(Stored { run: run.number(), stored, known: known + added.known, removed, files })
}
