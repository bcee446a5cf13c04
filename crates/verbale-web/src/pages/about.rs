//! About: versions, how to cite, what the API offers, and what kinds of problems there are.

use maud::{Markup, html};
use verbale_page::part;
use verbale_page::safe::line;

use super::layout::plain;
use super::page;
use crate::api;
use crate::call::{Call, Endpoint, Run};
use crate::problem::{PROBLEMS, Problem};
use crate::reply::Reply;

/// The pages of this file.
pub const PAGES: &[Endpoint] = &[
    page(
        "/about",
        "about-page",
        "Versions, how to cite, and what this server offers",
        &[],
        Run::Still(about),
    ),
    page("/problems", "problems", "What kinds of problems there are", &[], Run::Still(problems)),
];

#[expect(clippy::unnecessary_wraps, reason = "handlers of a table have one type")]
fn about(call: &Call) -> Result<Reply, Problem> {
    let versions = &call.site.versions;
    let inside = html! {
        p { "verbale reads reports on diplomacy into a ledger in which every figure opens the sentences it rests on. It says what "
            "reports say: claims are kept as claims, and unknown stays unknown. It takes no view of who is recognised by whom." }
        dl class="facts" {
            dt { "verbale" } dd { (line(&versions.coder)) }
            dt { "data" } dd { (line(&versions.data)) }
            dt { "word lists and rules" } dd { code { (line(&versions.rules)) } }
            dt { "language model" } dd { (line(&versions.model)) }
            @for (name, hash) in &versions.knowledge { dt { "own knowledge" } dd { (line(name)) " " code { (line(hash)) } } }
            dt { "this server" } dd { @if call.site.ledgers.read_only() { "only reads" } @else { "takes reports and rulings" } }
        }
        (part::cite("verbale, a ledger of diplomatic reports", verbale::VERSION, verbale::knowledge::VERSION))
        (endpoints())
        p { a href="/problems" { "What kinds of problems there are" } ", " a href="/methods" { "methods and codebook" } "." }
    };
    Ok(plain(call, "About", &inside))
}

fn endpoints() -> Markup {
    let row = |endpoint: &Endpoint| {
        let (method, path) = (endpoint.method(), endpoint.path);
        let open =
            method == "GET" && !path.contains('{') && !endpoint.params().iter().any(|param| param.needed);
        vec![
            html! { @if open { a href=(path) { code { (path) } } } @else { code { (path) } } },
            html! { (method) },
            html! { (endpoint.about) },
        ]
    };
    let rows: Vec<Vec<Markup>> = api::ENDPOINTS.iter().copied().flatten().map(row).collect();
    let body = html! {
        p { "All that the pages show is there for programs as well; " a href="/openapi.json" { "OpenAPI" } " describes it." }
        (part::table("Endpoints", &["path", "method", "what it does"], &[], &rows))
    };
    part::section("api", "API", &body)
}

#[expect(clippy::unnecessary_wraps, reason = "handlers of a table have one type")]
fn problems(call: &Call) -> Result<Reply, Problem> {
    let rows = PROBLEMS.iter().map(|(kind, status, title)| {
        vec![html! { code id=(kind) { (kind) } }, html! { (status) }, html! { (title) }]
    });
    let rows: Vec<Vec<Markup>> = rows.collect();
    Ok(plain(
        call,
        "Problems",
        &part::table("Kinds of problems", &["kind", "status", "what it is"], &[1], &rows),
    ))
}
