//! Codings of others: which files came in, and one more.

use std::io::Write as _;

use serde_json::json;
use verbale::import::{Codes, Filter, Format as Coding, Intake, Reader, Source, Unclear, Untaken, Written};
use verbale::ledger::LedgerError;
use verbale::ledger::list;
use verbale::ledger::store::{Ledger, OpenRun, RunKind, Turn};

use super::listings::{listed, turned};
use crate::audit::now;
use crate::call::{Call, Endpoint, PAGING, Run, Takes};
use crate::formats::Format;
use crate::problem::Problem;
use crate::query::{Kind, Param, needed, param};
use crate::reply::Reply;

/// Where imports are.
pub const PATH: &str = "/v1/imports";

/// Refused rows and unknown codes that are named.
const NAMED: usize = 20;

const WHAT: &[Param] = &[
    needed(
        "coding",
        Kind::Word(&["gdelt", "icews", "polecat", "plover", "un-votes"]),
        "Whose format the file has",
    ),
    param("name", Kind::Text, "What the file is called"),
    param("country", Kind::List, "Only what these states take part in: codes or names"),
    param("type", Kind::List, "Only events of these PLOVER types"),
    param("from", Kind::Text, "Only from this day, month or year on"),
    param("to", Kind::Text, "Only up to this day, month or year"),
];

/// The endpoints of this file.
pub const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        path: PATH,
        name: "imports",
        about: "Files of others' codings that came in, and what they gave",
        params: &[PAGING],
        takes: None,
        formats: Format::LISTING,
        gives: "Page:Imported",
        run: Run::Read(imports),
    },
    Endpoint {
        path: PATH,
        name: "import",
        about: "Takes in a file of others' codings, whole or not at all",
        params: &[WHAT],
        takes: Some(Takes {
            media: &[],
            schema: "Bytes",
            about: "The file as it is: plain, gzip, bzip2 or ZIP",
        }),
        formats: Format::JSON,
        gives: "ImportedNow",
        run: Run::Change(import),
    },
];

fn imports(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let read = |ledger: &Ledger, turn: &Turn<i64>| Ok(turned(ledger.imports()?, turn, |one| one.import));
    listed(call, ledger, false, read, |out, format, rows| list::imports(out, format, rows))
}

/// What went wrong with an import.
enum Failed {
    Ledger(LedgerError),
    Said(Problem),
}

impl From<LedgerError> for Failed {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

fn import(call: &Call) -> Result<Reply, Problem> {
    if call.body.is_empty() {
        return Err(Problem::new("bad-body", "the body is empty; send the file as it is"));
    }
    let reader = reader(call)?;
    // What reads such files wants one on the disk, and so it gets one, which is gone afterwards.
    let file = Upload::new(&call.body)?;
    let mut source = Source::new(&file.0).map_err(|error| Problem::new("bad-body", error.to_string()))?;
    source.name = call.query.own("name").unwrap_or_else(|| format!("upload {}", &source.sha256[..12]));
    let taken = call.site.ledgers.write(call.stopper(), |ledger| take(call, ledger, &reader, &source));
    taken.map_err(|failed| match failed {
        Failed::Ledger(error) => Problem::changing(&error),
        Failed::Said(problem) => problem,
    })
}

/// How the file is read, and what of it is wanted.
fn reader(call: &Call) -> Result<Reader, Problem> {
    let query = &call.query;
    let format = query
        .one("coding")
        .and_then(Coding::named)
        .ok_or_else(|| Problem::query("coding: write gdelt, icews, polecat, plover or un-votes"))?;
    let codes = Codes::new(verbale::knowledge::Knowledge::embedded());
    let (countries, types) = (query.list("country"), query.list("type"));
    let written =
        Written { countries: &countries, types: &types, from: query.one("from"), to: query.one("to") };
    let filter = Filter::written(&codes, written).map_err(|Unclear { part, reason }| {
        Problem::query(format!("{}: {reason}", if part == "types" { "type" } else { part }))
    })?;
    Ok(Reader { format, codes, filter })
}

/// Takes the file in and says what came of it.
fn take(call: &Call, ledger: &mut Ledger, reader: &Reader, source: &Source<'_>) -> Result<Reply, Failed> {
    let run = OpenRun::new(RunKind::Import, now(), call.site.versions.clone());
    let mut intake = Intake::new(ledger, run, reader);
    intake.most = NAMED;
    let taken = intake.take::<Failed>(source, |_| Ok(()))?;
    let taken = taken.map_err(|untaken| {
        let code = if matches!(untaken, Untaken::Otherwise(_)) { "refused" } else { "bad-body" };
        Failed::Said(Problem::new(code, untaken.to_string()))
    })?;
    let imported = &taken.imported;
    let odd: Vec<_> = taken.worst().into_iter().take(NAMED).collect();
    let told = json!({"import": imported, "known": taken.known, "unknown": odd, "rejects": taken.rejects});
    let reply = Reply::json(&told).map_err(Failed::Said)?;
    if taken.known {
        return Ok(reply);
    }
    let tally = &imported.tally;
    let what = format!("import {}: {} events of {} rows", imported.import, tally.stored, tally.rows);
    call.site.audit.note(&now(), "api", "POST /v1/imports", &what);
    Ok(reply.created(None))
}

/// A body as a file that is gone afterwards.
struct Upload(std::path::PathBuf);

impl Upload {
    fn new(body: &[u8]) -> Result<Self, Problem> {
        let failed = |error: &dyn std::fmt::Display| {
            crate::audit::log(&format!("verbale: the body of an import cannot be kept: {error}"));
            Problem::failed()
        };
        let name = crate::guard::new_token().map_err(|error| failed(&error))?;
        let path = std::env::temp_dir().join(format!("verbale-{name}.import"));
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&path).map_err(|error| failed(&error))?;
        let upload = Self(path);
        file.write_all(body).map_err(|error| failed(&error))?;
        Ok(upload)
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}
