//! Reports that are handed in: read and answered with their records, or kept as documents.

use std::sync::atomic::Ordering;

use serde::Serialize;
use serde_json::json;
use verbale::ingest::{Limits, Options, Refused, Reports, Source, host, is_date};
use verbale::ledger::{LedgerError, Retention};
use verbale::model::Report;

use super::kept::{Stored, store};
use crate::call::{Call, Endpoint, Run, Takes};
use crate::formats::Format;
use crate::problem::Problem;
use crate::query::{Kind, Param, param};
use crate::reply::Reply;
use crate::upload;

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
        upload::MEDIA,
    ],
    schema: "Report",
    about: "A report as JSON, several as lines of JSON, a text, page or other file, or a form of files; docs/formats.md lists what is read",
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
#[derive(Debug, Clone, Serialize)]
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

/// What was read in one file.
pub struct Found {
    /// What it is called.
    pub name: String,
    /// Its reports.
    pub reports: Vec<Report>,
    /// What of it could not be read.
    pub left_out: Vec<LeftOut>,
}

/// The ending that files of a media type have.
fn ending(media: Option<&str>) -> Option<&'static str> {
    MEDIA.iter().find(|(known, _)| Some(*known) == media).map(|(_, ending)| *ending)
}

/// The name of the body: as given, with the ending of its kind.
fn name(call: &Call) -> String {
    let ending = ending(call.media.as_deref()).unwrap_or("txt");
    let name = call.query.one("name").unwrap_or("report");
    if name.to_lowercase().ends_with(&format!(".{ending}")) {
        name.to_owned()
    } else {
        format!("{name}.{ending}")
    }
}

/// The reports of the body, or of each file of a form, and what of it could not be read.
fn found(call: &Call) -> Result<Vec<Found>, Problem> {
    if call.media.as_deref() == Some(upload::MEDIA) {
        known_fields(call)?;
        return files(call);
    }
    Ok(vec![read(call, name(call), call.body.to_vec(), call.site.limits.reports)?])
}

/// Refuses fields of a form that nobody reads, as parameters are refused.
fn known_fields(call: &Call) -> Result<(), Problem> {
    let known: Vec<&str> = call.endpoint.params().iter().map(|param| param.name).collect();
    match call.sent.fields.iter().find(|(name, _)| !known.contains(&name.as_str())) {
        Some((name, _)) => Err(Problem::new(
            "bad-body",
            format!(
                "there is no field '{name}' here, or it is a file without a name; there is {}",
                known.join(", ")
            ),
        )),
        None => Ok(()),
    }
}

/// The reports of each file of a form; what is wrong with one is said of that one.
pub fn files(call: &Call) -> Result<Vec<Found>, Problem> {
    let mut found: Vec<Found> = Vec::with_capacity(call.sent.files.len());
    let mut room = call.site.limits.reports;
    for file in &call.sent.files {
        let mut name = file.name.clone();
        // A program may say of what kind a file is without an ending.
        if let Some(ending) = ending(file.media.as_deref()).filter(|_| !name.contains('.')) {
            name = format!("{name}.{ending}");
        }
        let one = read(call, name, file.content.to_vec(), room)?;
        room -= one.reports.len();
        found.push(one);
    }
    Ok(found)
}

/// The reports of a file, as many as there is room for, and what of it could not be read.
pub fn read(call: &Call, name: String, content: Vec<u8>, room: usize) -> Result<Found, Problem> {
    if let Some(date) = given(call, "published").filter(|date| !is_date(date)) {
        return Err(Problem::query(format!(
            "published: '{date}' is no date: write YYYY-MM-DD, YYYY-MM or YYYY"
        )));
    }
    let whole = call.site.limits.body as u64;
    let limits = Limits { total: 8 * whole, whole, members: 10_000, ..Limits::default() };
    let source = Source::Given(name.clone(), content);
    let mut found = Found { name, reports: Vec::new(), left_out: Vec::new() };
    for report in Reports::within([Ok(source)], Options::default(), limits) {
        match report {
            Ok(_) if found.reports.len() >= room => {
                let most = call.site.limits.reports;
                return Err(Problem::new(
                    "too-large",
                    format!("these are more than {most} reports; send them in parts"),
                ));
            }
            Ok(report) => found.reports.push(complete(report, call)),
            Err(refused) => found.left_out.push(refused.into()),
        }
        still_wanted(call)?;
    }
    if found.reports.is_empty() && found.left_out.is_empty() {
        found
            .left_out
            .push(LeftOut { input: found.name.clone(), reason: "there is no report in it".to_owned() });
    }
    Ok(found)
}

/// Refuses a body in which there is no report at all.
pub fn some(found: &[Found]) -> Result<(), Problem> {
    if found.iter().any(|one| !one.reports.is_empty()) {
        return Ok(());
    }
    let refused = found.iter().flat_map(|one| &one.left_out).next();
    let why = refused.map_or("it is empty", |one| one.reason.as_str());
    Err(Problem::new("bad-body", format!("there is no report in the body: {why}")))
}

/// What is given for all reports: as a parameter, or as a field of a form.
fn given(call: &Call, name: &str) -> Option<String> {
    call.query.own(name).or_else(|| call.sent.own(name))
}

/// Completes a report with what was given for all of them.
fn complete(mut report: Report, call: &Call) -> Report {
    report.published = report.published.or_else(|| given(call, "published"));
    report.url = report.url.or_else(|| given(call, "url"));
    report.outlet = report.outlet.or_else(|| given(call, "outlet"));
    report.outlet = report.outlet.or_else(|| report.url.as_deref().map(host).filter(|host| !host.is_empty()));
    report
}

pub fn still_wanted(call: &Call) -> Result<(), Problem> {
    if call.stop.load(Ordering::Relaxed) { Err(Problem::slow()) } else { Ok(()) }
}

fn code(call: &Call) -> Result<Reply, Problem> {
    let found = found(call)?;
    some(&found)?;
    let mut records = Vec::new();
    for report in found.iter().flat_map(|one| &one.reports) {
        still_wanted(call)?;
        records.push(verbale::read(&call.site.world, report));
    }
    if call.format == Format::Json {
        let refused: Vec<_> = found.iter().flat_map(|one| &one.left_out).collect();
        return Reply::json(&json!({"records": records, "refused": refused}));
    }
    let lines: Result<Vec<String>, LedgerError> = records.iter().map(verbale::ledger::list::line).collect();
    let lines = lines.map_err(|error| Problem::asking(&error))?;
    Ok(Reply::whole(call.format.media(), lines.concat().into_bytes()))
}

fn add(call: &Call) -> Result<Reply, Problem> {
    let found = found(call)?;
    some(&found)?;
    let retention = match given(call, "retain").as_deref() {
        None | Some("full") => Retention::Full,
        Some("excerpts") => Retention::Excerpts,
        Some("hash") => Retention::Hash,
        Some(other) => {
            return Err(Problem::query(format!("retain: '{other}': write full, excerpts, hash")));
        }
    };
    let Stored { run, stored, known, removed, files } = store(call, found, retention, "POST /v1/documents")?;
    let documents: Vec<&str> =
        files.iter().flat_map(|file| &file.documents).map(|one| one.document.as_str()).collect();
    let refused: Vec<_> = files.iter().flat_map(|file| &file.refused).collect();
    let location =
        documents.first().filter(|_| documents.len() == 1).map(|key| format!("/v1/documents/{key}"));
    let reply = Reply::json(&json!({"run": run, "stored": stored, "known": known, "removed": removed,
        "documents": documents, "refused": refused, "files": files}))?;
    Ok(if stored > 0 { reply.created(location) } else { reply })
}
