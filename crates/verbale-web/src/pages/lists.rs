//! Lists of events, claims, quotations, documents, and of who takes part, page by page.

use maud::{Markup, html};
use serde::Serialize;
use verbale::ledger::list::{LedgerClaim, Listing};
use verbale::ledger::store::{Ledger, Page};
use verbale_page::safe::{line, words as inline};
use verbale_page::{part, words};

use super::asking::{countries, field, missing};
use super::layout::{page as laid, plain};
use super::{asked, page};
use crate::api::listings::{BY_ARRIVAL, BY_DATE, OF_EVENTS, WHICH, filter};
use crate::call::{Call, Endpoint, PAGING, Run, encoded};
use crate::problem::Problem;
use crate::query::{Kind, Param, param};
use crate::reply::Reply;

/// Events that are named with one participant.
const NAMED: usize = 200;

const WHO: &[Param] = &[
    param("country", Kind::Text, "Code of a side: only those who speak for it"),
    param("q", Kind::Text, "Words of a name; capital letters do not matter"),
];

/// The pages of this file.
pub const PAGES: &[Endpoint] = &[
    page("/events", "events-page", "Events", &[WHICH, OF_EVENTS, BY_DATE, PAGING], Run::Read(events)),
    page("/claims", "claims-page", "Claims", &[WHICH, OF_EVENTS, BY_ARRIVAL, PAGING], Run::Read(claims)),
    page("/quotes", "quotes-page", "Quotations", &[WHICH, OF_EVENTS, BY_ARRIVAL, PAGING], Run::Read(quotes)),
    page("/documents", "documents-page", "Documents", &[WHICH, BY_ARRIVAL, PAGING], Run::Read(documents)),
    page("/entities", "entities-page", "Who takes part", &[WHO, PAGING], Run::Read(entities)),
    page("/entities/{entity}", "entity-page", "Somebody who takes part", &[], Run::Read(entity)),
];

/// A list with its form, its rows and the way to the next ones.
fn listed<T, K: Serialize>(
    call: &Call,
    title: &str,
    fields: &[(&str, &str, &str)],
    found: &Page<T, K>,
    head: &[&str],
    row: impl Fn(&T) -> Vec<Markup>,
) -> Reply {
    let rows: Vec<Vec<Markup>> = found.rows.iter().map(row).collect();
    let next = found.next.as_ref().map(|place| call.next_address(&call.next(place)));
    let inside = html! {
        form class="filter" method="get" action=(call.endpoint.path) {
            (countries(call))
            @for (name, label, example) in fields { (field(call, name, label, example)) }
            button { "Show" }
        }
        @if rows.is_empty() { p { "Nothing here" @if call.query.without(&[]).is_empty() { "." } @else { " is like that: ask for less." } } }
        @else { (part::table(title, head, &[], &rows)) }
        @if let Some(next) = next { p { a rel="next" href=(next) { "Next page" } } }
        p class="soft" { "For programs: " a href=(format!("/v1{}?{}", call.endpoint.path, call.query.without(&["cursor", "limit"]))) { "this list as JSON" } "." }
    };
    plain(call, title, &inside)
}

fn events(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let filter = filter(call, Listing::Events)?;
    let found = asked(ledger.entry_page(&filter, &call.turn(call.query.one("sort") == Some("-date"))?))?;
    let fields = [
        ("country", "Country", "AFG"),
        ("partner", "With", "USA"),
        ("type", "Type", "CONSULT"),
        ("from", "From", "2021"),
        ("to", "To", "2025"),
        ("outlet", "Outlet", ""),
    ];
    Ok(listed(call, "Events", &fields, &found, &["event", "status", "told by", "review"], |entry| {
        vec![
            html! { a href=(format!("/events/{}", encoded(&entry.event.id))) { (part::happening(&entry.event)) } },
            html! { (entry.event.status.as_str()) ", " (line(&words::confirmation(&entry.event.confirmation))) },
            html! { (part::counted(entry.documents as usize, "document")) ", " (part::counted(entry.sources as usize, "source")) },
            html! { (entry.review.verdict.as_str()) },
        ]
    }))
}

/// Where a claim stands, as a link into its document.
fn place(row: &LedgerClaim) -> Markup {
    html! {
        a href=(format!("/documents/{}#{}", encoded(&row.document), encoded(&row.claim.id))) {
            (inline(row.outlet.as_deref().unwrap_or("unknown outlet"))) @if let Some(date) = &row.published { ", " (line(&words::edtf(date))) }
        }
    }
}

fn of_event(entry: Option<&String>) -> Markup {
    html! { @if let Some(entry) = entry { a href=(format!("/events/{}", encoded(entry))) { (line(entry)) } } @else { span class="soft" { "none" } } }
}

const OF_CLAIMS: [(&str, &str, &str); 4] =
    [("country", "Country", "AFG"), ("from", "From", "2021"), ("to", "To", "2025"), ("outlet", "Outlet", "")];

fn claims(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    said(call, ledger, "Claims", Listing::Claims)
}

fn quotes(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    said(call, ledger, "Quotations", Listing::Quotes)
}

fn said(call: &Call, ledger: &Ledger, title: &str, listing: Listing) -> Result<Reply, Problem> {
    let filter = filter(call, listing)?;
    let turn = call.turn(call.query.one("sort") == Some("-added"))?;
    let found = asked(ledger.claim_page(&filter, &turn, listing == Listing::Quotes))?;
    Ok(listed(
        call,
        title,
        &OF_CLAIMS,
        &found,
        &["who says it", "in which words", "how", "where", "event"],
        |row| {
            let claim = &row.claim;
            let quote = claim.quote.as_ref().map(|quote| format!("«{}»", quote.text));
            let words = quote.or_else(|| row.content_text.clone()).unwrap_or_default();
            vec![
                html! { (inline(&words::asserter_of(claim))) },
                html! { div dir="auto" { (line(&words)) } },
                html! { (line(&words::manner(claim).join(", "))) },
                place(row),
                of_event(row.entry.as_ref()),
            ]
        },
    ))
}

fn documents(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let filter = filter(call, Listing::Documents)?;
    let turn = call.turn(call.query.one("sort") == Some("-added"))?;
    let found = asked(ledger.document_page(&filter, &turn, false))?;
    Ok(listed(
        call,
        "Documents",
        &OF_CLAIMS,
        &found,
        &["document", "outlet", "published", "events", "claims", "kept"],
        |row| {
            vec![
                html! { a href=(format!("/documents/{}", encoded(&row.document))) { (inline(row.title.as_deref().unwrap_or(&row.id))) } },
                html! { (inline(row.outlet.as_deref().unwrap_or("unknown"))) },
                html! { (line(&row.published.as_deref().map_or_else(|| "no date".to_owned(), words::edtf))) },
                html! { (row.events) },
                html! { (row.claims) },
                html! { (row.retention.as_str()) },
            ]
        },
    ))
}

fn entities(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let found =
        asked(ledger.entity_page(call.query.one("country"), call.query.one("q"), &call.turn(false)?))?;
    let fields = [("q", "Name", ""), ("country", "Speaks for", "AFG")];
    Ok(listed(
        call,
        "People and bodies",
        &fields,
        &found,
        &["name", "offices", "speaks for", "events"],
        |one| {
            vec![
                html! { a href=(format!("/entities/{}", encoded(&one.id))) { (inline(&one.names.join(" / "))) } },
                html! { (inline(&one.offices.join("; "))) },
                html! { (line(&one.sides.join(", "))) },
                html! { (one.events) },
            ]
        },
    ))
}

fn entity(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let id = call.named("entity");
    let gone =
        || Problem::missing(format!("nobody and nothing called '{}' takes part in an event", line(id)));
    let one = asked(ledger.entity(id))?.ok_or_else(gone)?;
    let title = one.names.first().cloned().unwrap_or_else(|| one.id.clone());
    let mut events = Vec::new();
    for event in asked(ledger.events_of(id, NAMED))? {
        let number = ledger.find_entry(&event).map_err(|error| missing("an event is gone", error))?;
        events.push(asked(ledger.entry(number))?.event);
    }
    let row = |name: &str, values: &[String]| html! { @if !values.is_empty() { dt { (name) } dd { (inline(&values.join("; "))) } } };
    let inside = html! {
        dl class="facts" {
            (row("called", &one.names)) (row("offices as told", &one.offices)) (row("bodies", &one.organisations))
            (row("speaks for", &one.sides)) (row("nationality", &one.nationalities))
            dt { "id" } dd { code { (line(&one.id)) } }
        }
        p class="soft" { "Offices and sides are as reports tell them; verbale takes no view of who holds an office by right." }
        h2 { (part::counted(one.events as usize, "event")) }
        ul { @for event in &events { li { a href=(format!("/events/{}", encoded(&event.id))) { (part::happening(event)) } } } }
    };
    Ok(laid(call, &title, &html! { (inline(&title)) }, &inside))
}
