//! Adding reports: pasted into a form, or chosen as files; they are coded at once and shown. All works without script.

use axum::http::StatusCode;
use maud::{Markup, html};
use serde_json::json;
use verbale::ledger::Retention;
use verbale_page::part;
use verbale_page::safe::{line, words as inline};

use super::form::Form;
use super::layout::plain;
use super::page;
use crate::api::kept::{Became, Stored, StoredDocument, StoredFile, store};
use crate::api::reports::{files, read, some};
use crate::call::{Call, Endpoint, Run, Takes, encoded};
use crate::formats::Format;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::upload;

/// Documents and refusals of a file that are shown.
const SHOWN: usize = 50;
/// The documents that came last.
const NEWEST: &str = "/documents?sort=-added";

/// The pages of this file.
pub const PAGES: &[Endpoint] = &[
    page("/add", "add-page", "Adds a report", &[], Run::Still(ask)),
    Endpoint {
        path: "/add",
        name: "paste",
        about: "Codes and keeps a report that was pasted, or files that were chosen",
        params: &[],
        takes: Some(Takes {
            media: &["application/x-www-form-urlencoded", upload::MEDIA],
            schema: "",
            about: "The fields of the form, and its files",
        }),
        formats: Format::HTML,
        gives: "",
        run: Run::Change(add),
    },
];

#[expect(clippy::unnecessary_wraps, reason = "handlers of a table have one type")]
fn ask(call: &Call) -> Result<Reply, Problem> {
    Ok(plain(call, "Add a report", &fields(call)))
}

/// What an empty ledger shows.
pub fn invitation(call: &Call) -> Reply {
    let inside = html! {
        p { "This ledger is empty. Paste a report on a meeting, a visit or a statement, and see what verbale reads in it: who met whom, when, "
            "on whose word, and which sentences say so." }
        (fields(call))
        h2 { "From the command line" }
        p { "Many reports at once: " code { "verbale add reports/ -l verbale.db" } ". To look around first: " code { "verbale serve --demo" } "." }
    };
    plain(call, "An empty ledger", &inside)
}

fn fields(call: &Call) -> Markup {
    if call.site.ledgers.read_only() {
        return html! { p class="remark" { "This server only reads: reports are added where it was started." } };
    }
    let megabytes = call.site.limits.body >> 20;
    html! {
        form class="add" method="post" action="/add" {
            label { span { "The report" } textarea name="text" rows="12" required dir="auto" placeholder="Paste the text of a report or statement here."  {} }
            label { span { "Title, where it is not in the text" } input name="title" dir="auto" autocomplete="off"; }
            (about())
            button { "Read it" }
        }
        p class="soft" { "The day of publication matters: “yesterday” and “on Monday” are counted from it. The text is kept by this server and goes nowhere else." }
        h2 { "Or files" }
        form class="add" method="post" action="/add" enctype=(upload::MEDIA) {
            label { span { "Text, HTML, PDF, mail, feeds, tables, JSON lines, web archives, ZIP: as many as are wanted, " (megabytes) " MB together" }
                input type="file" name="file" multiple required; }
            p class="soft" { "What is said below goes for reports that do not say it themselves." }
            (about())
            button { "Read them" }
        }
    }
}

/// What a report may not say itself.
fn about() -> Markup {
    html! {
        label { span { "Outlet: who published it" } input name="outlet" dir="auto" autocomplete="off"; }
        label { span { "Published on" } input name="published" placeholder="2025-10-24" pattern="[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?" autocomplete="off"; }
        label { span { "Found at (nothing is fetched)" } input name="url" type="url" placeholder="https://" autocomplete="off"; }
    }
}

fn add(call: &Call) -> Result<Reply, Problem> {
    let form = Form::read(call);
    if let Some(date) = form.one("published").filter(|date| !verbale::ingest::is_date(date)) {
        return Err(Problem::new(
            "bad-body",
            format!("published: '{date}' is no date: write YYYY-MM-DD, YYYY-MM or YYYY"),
        ));
    }
    if !call.sent.files.is_empty() {
        return add_files(call);
    }
    let text = form.needed("text", "paste the report, or choose a file")?;
    let report = json!({"id": "pasted", "text": text, "title": form.one("title"), "outlet": form.one("outlet"),
        "published": form.one("published"), "url": form.one("url")});
    let pasted = [read(call, "pasted.json".to_owned(), report.to_string().into_bytes(), 1)?];
    some(&pasted)?;
    let stored = store(call, pasted.into(), Retention::Full, "POST /add")?;
    if let Some(gone) = stored.removed.first() {
        return Err(Problem::new(
            "refused",
            format!("document {gone} was removed from this ledger once and does not come back by itself"),
        ));
    }
    Ok(Reply::see(address(&stored)))
}

/// Where the one document of a form is; the newest documents where there are several.
fn address(stored: &Stored) -> String {
    let mut documents = stored.files.iter().flat_map(|file| &file.documents);
    match (documents.next(), documents.next()) {
        (Some(one), None) => format!("/documents/{}", encoded(&one.document)),
        _ => NEWEST.to_owned(),
    }
}

/// Keeps what is in the files, and says of each what became of it.
fn add_files(call: &Call) -> Result<Reply, Problem> {
    let stored = store(call, files(call)?, Retention::Full, "POST /add")?;
    let all = || stored.files.iter().flat_map(|file| &file.documents);
    let as_wished = stored.removed.is_empty() && stored.files.iter().all(|file| file.refused.is_empty());
    if as_wished && all().count() == 1 {
        return Ok(Reply::see(address(&stored)));
    }
    let rows: Vec<Vec<Markup>> = stored.files.iter().map(row).collect();
    let inside = html! {
        p { (part::counted(stored.stored as usize, "new document")) ", " (stored.known) " that were there already, from "
            (part::counted(stored.files.len(), "file")) ". " a href=(NEWEST) { "The newest documents" } ", "
            a href="/add" { "add more" } "." }
        (part::table("Files", &["file", "documents", "what could not be read"], &[], &rows))
    };
    let mut reply = plain(call, "What became of the files", &inside);
    if all().next().is_none() {
        reply.head.status = StatusCode::BAD_REQUEST;
    }
    Ok(reply)
}

fn row(file: &StoredFile) -> Vec<Markup> {
    let document = |one: &StoredDocument| {
        let became = match one.became {
            Became::New => "new",
            Became::Known => "there already",
            Became::Removed => "removed once, and not taken back",
        };
        html! {
            @if one.became == Became::Removed { code { (line(&one.document)) } }
            @else { a href=(format!("/documents/{}", encoded(&one.document))) { (line(&one.document)) } }
            " " (became)
        }
    };
    let (documents, refused) = (file.documents.len(), file.refused.len());
    vec![
        html! { (inline(&file.name)) },
        html! { @if documents == 0 { "none" } @else { ul { @for one in file.documents.iter().take(SHOWN) { li { (document(one)) } }
        @if documents > SHOWN { li { "and " (documents - SHOWN) " more" } } } } },
        html! { @if refused > 0 { ul { @for one in file.refused.iter().take(SHOWN) { li { (inline(&one.input)) ": " (inline(&one.reason)) } }
        @if refused > SHOWN { li { "and " (refused - SHOWN) " more" } } } } },
    ]
}
