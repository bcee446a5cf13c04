//! Adding a report: pasted into a form, or chosen as a file; it is coded at once and its page is shown.

use maud::{Markup, html};
use serde_json::json;
use verbale::ledger::Retention;

use super::form::Form;
use super::layout::plain;
use super::{form, page};
use crate::api::reports::{found, store};
use crate::call::{Call, Endpoint, Run, encoded};
use crate::problem::Problem;
use crate::reply::Reply;

/// The pages of this file.
pub const PAGES: &[Endpoint] = &[
    page("/add", "add-page", "Adds a report", &[], Run::Still(ask)),
    form("/add", "paste", "Codes and keeps a report that was pasted", Run::Change(add)),
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
    html! {
        form class="add" method="post" action="/add" data-upload="" {
            label { span { "The report" } textarea name="text" rows="12" required dir="auto" placeholder="Paste the text of a report or statement here."  {} }
            p class="drop" hidden { label { span { "Or a file: text, HTML, PDF, mail, JSON lines, archive. It may be dropped here." } input type="file" name="file"; } }
            label { span { "Title, where it is not in the text" } input name="title" dir="auto" autocomplete="off"; }
            label { span { "Outlet: who published it" } input name="outlet" dir="auto" autocomplete="off"; }
            label { span { "Published on" } input name="published" placeholder="2025-10-24" pattern="[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?" autocomplete="off"; }
            label { span { "Found at (nothing is fetched)" } input name="url" type="url" placeholder="https://" autocomplete="off"; }
            button { "Read it" }
            p class="problem" role="alert" hidden {}
        }
        p class="soft" { "The day of publication matters: “yesterday” and “on Monday” are counted from it. The text is kept by this server and goes nowhere else." }
    }
}

fn add(call: &Call) -> Result<Reply, Problem> {
    let form = Form::read(call);
    let text = form.needed("text", "paste the report")?;
    let report = json!({"id": "pasted", "text": text, "title": form.one("title"), "outlet": form.one("outlet"),
        "published": form.one("published"), "url": form.one("url")});
    if let Some(date) = form.one("published").filter(|date| !verbale::ingest::is_date(date)) {
        return Err(Problem::new(
            "bad-body",
            format!("published: '{date}' is no date: write YYYY-MM-DD, YYYY-MM or YYYY"),
        ));
    }
    let (reports, _) = found(call, "pasted.json".to_owned(), report.to_string().into_bytes())?;
    let stored = store(call, "pasted", reports, Retention::Full, "POST /add")?;
    if let Some(gone) = stored.removed.first() {
        return Err(Problem::new(
            "refused",
            format!("document {gone} was removed from this ledger once and does not come back by itself"),
        ));
    }
    Ok(Reply::see(match stored.documents.as_slice() {
        [one] => format!("/documents/{}", encoded(one)),
        _ => "/documents?sort=-added".to_owned(),
    }))
}
