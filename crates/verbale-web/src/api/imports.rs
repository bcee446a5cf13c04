//! Codings of others: which files came in, and one more.

use std::io::Write as _;

use serde_json::json;
use verbale::import::{
    Codes, Filter, Format as Coding, ImportError, Reader, Sums, otherwise, parts, sha256_of,
};
use verbale::ledger::LedgerError;
use verbale::ledger::list;
use verbale::ledger::period::Period;
use verbale::ledger::store::{About, Dictionaries, Ledger, OpenRun, RunKind, Turn};
use verbale::model::ontology::EventType;

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
    let sha256 = sha256_of(&file.0).map_err(|error| Problem::new("bad-body", error.to_string()))?;
    let name = call.query.own("name").unwrap_or_else(|| format!("upload {}", &sha256[..12]));
    let about = About { format: reader.format.name().to_owned(), name, sha256, settings: reader.settings() };
    let taken = call.site.ledgers.write(call.stopper(), |ledger| take(call, ledger, &reader, &file, about));
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
    let countries = Filter::countries(&codes, &query.list("country")).map_err(|word| {
        Problem::query(format!("country: there is no state '{word}'; write its code, such as AFG"))
    })?;
    let types = query.list("type").into_iter().map(|word| {
        EventType::parse(&word.to_uppercase())
            .ok_or_else(|| Problem::query(format!("type: there is no type '{word}'")))
    });
    let types: Vec<EventType> = types.collect::<Result<_, _>>()?;
    let day = |name: &str| match query.one(name).map(Period::parse) {
        None => Ok(Period::default()),
        Some(Ok((period, _))) => Ok(period),
        Some(Err(reason)) => Err(Problem::query(format!("{name}: {reason}"))),
    };
    let window = Period { first: day("from")?.first, last: day("to")?.last };
    Ok(Reader { format, codes, filter: Filter::new(countries, types, window) })
}

/// Reads the file block by block into one transaction.
fn take(
    call: &Call,
    ledger: &mut Ledger,
    reader: &Reader,
    file: &Upload,
    about: About,
) -> Result<Reply, Failed> {
    let said = |problem| Err(Failed::Said(problem));
    if let Some(imported) = ledger.imported(&about.sha256, &about.format)? {
        if imported.settings != about.settings {
            return said(Problem::new("refused", otherwise(&imported)));
        }
        let told = json!({"import": imported, "known": true, "unknown": [], "rejects": []});
        return Reply::json(&told).map_err(Failed::Said);
    }
    let mut run = OpenRun::new(RunKind::Import, now(), call.site.versions.clone());
    let mut known = Dictionaries::default();
    let mut import = ledger.import(&mut run, &mut known, about)?;
    let mut sums = Sums::default();
    let (mut before, mut failed) = (0, None);
    let read = parts(&file.0, &mut |part| {
        let mut blocks = reader.blocks(part, before);
        for block in blocks.by_ref() {
            let parsed = reader.parse(&block?);
            if let Err(error) = import.take(&parsed.batch) {
                failed = Some(error);
                return Err(ImportError("the ledger failed".to_owned()));
            }
            sums.take(&parsed, NAMED);
        }
        before = blocks.lines();
        Ok(())
    });
    if let Some(error) = failed {
        return Err(error.into());
    }
    if let Err(reason) =
        read.map_err(|error| error.to_string()).and_then(|()| sums.check(reader.format.name()))
    {
        return said(Problem::new("bad-body", reason));
    }
    let rejects = sums.rejects.iter().map(|one| {
        json!({"part": one.part, "line": one.line, "reason": one.reason, "expected": one.expected, "got": one.got})
    });
    let rejects: Vec<_> = rejects.collect();
    let imported = import.finish(sums.tally)?;
    let what = format!(
        "import {}: {} events of {} rows",
        imported.import, imported.tally.stored, imported.tally.rows
    );
    call.site.audit.note(&now(), "api", "POST /v1/imports", &what);
    let mut odd: Vec<_> = sums.unknown.into_iter().collect();
    odd.sort_by_key(|(_, rows)| std::cmp::Reverse(*rows));
    let odd: Vec<_> = odd
        .into_iter()
        .take(NAMED)
        .map(|((system, code), rows)| json!({"system": system, "code": code, "rows": rows}))
        .collect();
    let told = json!({"import": imported, "known": false, "unknown": odd, "rejects": rejects});
    Ok(Reply::json(&told).map_err(Failed::Said)?.created(None))
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
