//! Codings of others: which files came in, and one more.

use std::collections::BTreeMap;
use std::io::Write as _;

use serde_json::json;
use verbale::import::{
    Codes, Country, Filter, Format as Coding, ImportError, Parsed, Reader, Unknown, parts, sha256_of,
};
use verbale::ledger::LedgerError;
use verbale::ledger::period::Period;
use verbale::ledger::store::{About, Dictionaries, Ledger, OpenRun, Page, RunKind, Tally};
use verbale::model::ontology::EventType;

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
        formats: Format::LINES,
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
    let turn = call.turn::<i64>(false)?;
    let mut rows = ledger.imports().map_err(|error| Problem::asking(&error))?;
    rows.retain(|one| turn.after.is_none_or(|after| one.import > after));
    let next = (rows.len() > turn.limit).then(|| rows[turn.limit - 1].import);
    rows.truncate(turn.limit);
    call.page(&Page { rows, next })
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
    let settings = json!({ "filter": reader.filter }).to_string();
    let name = call.query.own("name").unwrap_or_else(|| format!("upload {}", &sha256[..12]));
    let about = About { format: reader.format.name().to_owned(), name, sha256, settings };
    let taken = call.site.ledgers.write(call.stopper(), |ledger| take(call, ledger, &reader, &file, about));
    taken.map_err(|failed| match failed {
        Failed::Ledger(error) => Problem::changing(&error),
        Failed::Said(problem) => problem,
    })
}

/// How the file is read, and what of it is wanted.
fn reader(call: &Call) -> Result<Reader, Problem> {
    let query = &call.query;
    let format = match query.one("coding") {
        Some("gdelt") => Coding::Gdelt,
        Some("icews") => Coding::Icews,
        Some("polecat") => Coding::Polecat,
        Some("plover") => Coding::Plover,
        _ => Coding::UnVotes,
    };
    let codes = Codes::new(verbale::knowledge::Knowledge::embedded());
    let mut countries = Vec::new();
    for word in query.list("country") {
        let Country::Is(code) = codes.named(&word) else {
            return Err(Problem::query(format!(
                "country: there is no state '{word}'; write its code, such as AFG"
            )));
        };
        countries.push(String::from_utf8_lossy(&code).into_owned());
    }
    countries.sort_unstable();
    countries.dedup();
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
            return said(Problem::new(
                "refused",
                format!(
                    "it came in as import {} with other filters; `verbale import remove {0}` makes room for it",
                    imported.import
                ),
            ));
        }
        let told = json!({"import": imported, "known": true, "unknown": [], "rejects": []});
        return Reply::json(&told).map_err(Failed::Said);
    }
    let mut run = OpenRun::new(RunKind::Import, now(), call.site.versions.clone());
    let mut known = Dictionaries::default();
    let mut import = ledger.import(&mut run, &mut known, about)?;
    let (mut tally, mut unknown, mut rejects) =
        (Tally::default(), BTreeMap::<Unknown, u64>::new(), Vec::new());
    let (mut before, mut failed) = (0, None);
    let read = parts(&file.0, &mut |part| {
        let mut blocks = reader.blocks(part, before);
        for block in blocks.by_ref() {
            let Parsed { batch, rejects: refused, unknown: odd, rows, filtered, .. } = reader.parse(&block?);
            if let Err(error) = import.take(&batch) {
                failed = Some(error);
                return Err(ImportError("the ledger failed".to_owned()));
            }
            tally.rows += rows;
            tally.filtered += filtered;
            tally.refused += refused.len() as u64;
            let room = NAMED.saturating_sub(rejects.len());
            rejects.extend(refused.iter().take(room).map(|one| {
                json!({"part": one.part, "line": one.line, "reason": one.reason, "expected": one.expected, "got": one.got})
            }));
            for (code, rows) in odd {
                *unknown.entry(code).or_default() += rows;
            }
        }
        before = blocks.lines();
        Ok(())
    });
    if let Some(error) = failed {
        return Err(error.into());
    }
    if let Err(error) = read {
        return said(Problem::new("bad-body", error.to_string()));
    }
    if tally.rows == 0 || tally.refused == tally.rows {
        let example = rejects.first().map(ToString::to_string).unwrap_or_default();
        return said(Problem::new(
            "bad-body",
            format!("no row can be read as {}: {example}", reader.format.name()),
        ));
    }
    let imported = import.finish(tally)?;
    let what = format!(
        "import {}: {} events of {} rows",
        imported.import, imported.tally.stored, imported.tally.rows
    );
    call.site.audit.note(&now(), "api", "POST /v1/imports", &what);
    let mut odd: Vec<_> = unknown.into_iter().collect();
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
