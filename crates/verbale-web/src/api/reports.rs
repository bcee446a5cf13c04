//! Reports that are handed in: read and answered with their records, or kept as documents.

use std::sync::atomic::Ordering;

use serde::Serialize;
use serde_json::json;
use verbale::ingest::{Limits, Options, Refused, Reports, Source, host, is_date};
use verbale::keep::Keeper;
use verbale::ledger::store::{OpenRun, RunKind, Standing};
use verbale::ledger::{LedgerError, Retention};
use verbale::model::Report;

use crate::audit::now;
use crate::call::{Call, Endpoint, Run, Takes};
use crate::formats::Format;
use crate::problem::Problem;
use crate::query::{Kind, Param, param};
use crate::reply::Reply;

/// Media types that are read, with the ending that their files have.
const MEDIA: &[(&str, &str)] = &[
    ("application/json", "json"),
    ("application/x-ndjson", "jsonl"),
    ("application/jsonl", "jsonl"),
    ("text/plain", "txt"),
    ("text/markdown", "md"),
    ("text/html", "html"),
    ("application/pdf", "pdf"),
    ("text/csv", "csv"),
    ("message/rfc822", "eml"),
    ("application/rss+xml", "rss"),
    ("application/atom+xml", "atom"),
    ("application/zip", "zip"),
    ("application/gzip", "gz"),
];

const TAKES: Takes = Takes {
    media: &[
        "application/json",
        "application/x-ndjson",
        "application/jsonl",
        "text/plain",
        "text/markdown",
        "text/html",
        "application/pdf",
        "text/csv",
        "message/rfc822",
        "application/rss+xml",
        "application/atom+xml",
        "application/zip",
        "application/gzip",
    ],
    schema: "Report",
    about: "A report as JSON, several as lines of JSON, or a text, page or other file; docs/formats.md lists what is read",
};

const GIVEN: &[Param] = &[
    param("name", Kind::Text, "What the body is called"),
    param(
        "published",
        Kind::Text,
        "When the reports were published, for those that do not say: YYYY-MM-DD, YYYY-MM or YYYY",
    ),
    param("outlet", Kind::Text, "Who published the reports, for those that do not say"),
    param("url", Kind::Text, "Where the report was found, if it does not say; nothing is fetched"),
];

const KEPT: &[Param] = &[param(
    "retain",
    Kind::Word(&["full", "excerpts", "hash"]),
    "How much of each text to keep; only documents kept full can be coded again",
)];

/// The endpoints of this file.
pub const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        path: "/v1/code",
        name: "code",
        about: "Reads reports and answers with their records; nothing is kept",
        params: &[GIVEN],
        takes: Some(TAKES),
        formats: Format::LINES,
        gives: "Records",
        run: Run::Work(code),
    },
    Endpoint {
        path: "/v1/documents",
        name: "add",
        about: "Reads reports and keeps them; the same again adds nothing",
        params: &[GIVEN, KEPT],
        takes: Some(TAKES),
        formats: Format::JSON,
        gives: "Added",
        run: Run::Change(add),
    },
];

/// What could not be read.
#[derive(Serialize)]
pub struct LeftOut {
    /// Its name.
    pub input: String,
    /// Why.
    pub reason: String,
}

impl From<Refused> for LeftOut {
    fn from(refused: Refused) -> Self {
        Self { input: refused.input, reason: refused.reason }
    }
}

/// The name of the body: as given, with the ending of its kind.
fn name(call: &Call) -> String {
    let media = call.media.as_deref().unwrap_or_default();
    let ending = MEDIA.iter().find(|(known, _)| *known == media).map_or("txt", |(_, ending)| ending);
    let name = call.query.one("name").unwrap_or("report");
    if name.to_lowercase().ends_with(&format!(".{ending}")) {
        name.to_owned()
    } else {
        format!("{name}.{ending}")
    }
}

/// The reports of the body, and what of it could not be read.
fn reports(call: &Call) -> Result<(Vec<Report>, Vec<LeftOut>), Problem> {
    found(call, name(call), call.body.to_vec())
}

/// The reports of a file with its name, and what of it could not be read.
pub fn found(call: &Call, name: String, content: Vec<u8>) -> Result<(Vec<Report>, Vec<LeftOut>), Problem> {
    let published = call.query.own("published");
    if let Some(date) = published.as_deref().filter(|date| !is_date(date)) {
        return Err(Problem::query(format!(
            "published: '{date}' is no date: write YYYY-MM-DD, YYYY-MM or YYYY"
        )));
    }
    let whole = call.site.limits.body as u64;
    let limits = Limits { total: 8 * whole, whole, members: 10_000, ..Limits::default() };
    let source = Source::Given(name, content);
    let (mut found, mut left_out) = (Vec::new(), Vec::new());
    let most = call.site.limits.reports;
    for report in Reports::within([Ok(source)], Options::default(), limits) {
        match report {
            Ok(_) if found.len() >= most => {
                return Err(Problem::new(
                    "too-large",
                    format!("these are more than {most} reports; send them in parts"),
                ));
            }
            Ok(report) => found.push(complete(report, call)),
            Err(refused) => left_out.push(refused.into()),
        }
        still_wanted(call)?;
    }
    if found.is_empty() {
        let why = left_out.first().map_or("it is empty", |one: &LeftOut| one.reason.as_str());
        return Err(Problem::new("bad-body", format!("there is no report in the body: {why}")));
    }
    Ok((found, left_out))
}

/// Completes a report with what was given for all of them.
fn complete(mut report: Report, call: &Call) -> Report {
    let query = &call.query;
    report.published = report.published.or_else(|| query.own("published"));
    report.url = report.url.or_else(|| query.own("url"));
    report.outlet = report.outlet.or_else(|| query.own("outlet"));
    report.outlet = report.outlet.or_else(|| report.url.as_deref().map(host).filter(|host| !host.is_empty()));
    report
}

fn still_wanted(call: &Call) -> Result<(), Problem> {
    if call.stop.load(Ordering::Relaxed) { Err(Problem::slow()) } else { Ok(()) }
}

fn code(call: &Call) -> Result<Reply, Problem> {
    let (reports, left_out) = reports(call)?;
    let mut records = Vec::with_capacity(reports.len());
    for report in &reports {
        still_wanted(call)?;
        records.push(verbale::read(&call.site.world, report));
    }
    if call.format == Format::Json {
        return Reply::json(&json!({"records": records, "refused": left_out}));
    }
    let lines: Result<Vec<String>, LedgerError> = records.iter().map(verbale::ledger::list::line).collect();
    let lines = lines.map_err(|error| Problem::asking(&error))?;
    Ok(Reply::whole(call.format.media(), lines.concat().into_bytes()))
}

fn add(call: &Call) -> Result<Reply, Problem> {
    let (reports, left_out) = reports(call)?;
    let retention = match call.query.one("retain") {
        Some("excerpts") => Retention::Excerpts,
        Some("hash") => Retention::Hash,
        _ => Retention::Full,
    };
    let stored = store(call, &name(call), reports, retention, "POST /v1/documents")?;
    let Stored { run, stored: new, known, removed, documents } = &stored;
    let location =
        documents.first().filter(|_| documents.len() == 1).map(|key| format!("/v1/documents/{key}"));
    let reply = Reply::json(&json!({"run": run, "stored": new, "known": known, "removed": removed,
        "documents": documents, "refused": left_out}))?;
    Ok(if *new > 0 { reply.created(location) } else { reply })
}

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
    /// Keys of all.
    pub documents: Vec<String>,
}

/// Codes and keeps reports; the same again adds nothing.
pub fn store(
    call: &Call,
    input: &str,
    reports: Vec<Report>,
    retention: Retention,
    asked: &str,
) -> Result<Stored, Problem> {
    let site = &call.site;
    let keeper = Keeper::new(&site.world, retention);
    let documents: Vec<_> = reports.into_iter().map(|report| keeper.document(report)).collect();
    let keys: Vec<String> = documents.iter().map(|document| document.id.clone()).collect();
    // What is known needs no reading; who else stores it meanwhile is seen when it is written.
    let standing = site.ledgers.read(call.stopper(), |ledger| {
        keys.iter().map(|key| ledger.standing(key)).collect::<Result<Vec<_>, LedgerError>>()
    });
    let standing = standing.map_err(|error: LedgerError| Problem::asking(&error))?;
    let mut coded = Vec::new();
    for (document, _) in
        documents.into_iter().zip(&standing).filter(|(_, standing)| **standing == Standing::New)
    {
        still_wanted(call)?;
        coded.push(keeper.code(input, document));
    }
    let known = standing.iter().filter(|standing| **standing == Standing::Stored).count() as u32;
    let mut removed: Vec<String> = keys
        .iter()
        .zip(&standing)
        .filter(|(_, standing)| **standing == Standing::Removed)
        .map(|(key, _)| key.clone())
        .collect();
    let mut run = OpenRun::new(RunKind::Add, now(), site.versions.clone());
    let added = site.ledgers.write(call.stopper(), |ledger| ledger.add(&mut run, &coded));
    let added = added.map_err(|error: LedgerError| Problem::changing(&error))?;
    removed.extend(added.removed);
    let stored = added.stored;
    if stored > 0 {
        let what = format!("{stored} documents added in run {}", run.number().unwrap_or_default());
        site.audit.note(&now(), "api", asked, &what);
    }
    let known = known + added.known;
    Ok(Stored { run: run.number(), stored, known, removed, documents: keys })
}
