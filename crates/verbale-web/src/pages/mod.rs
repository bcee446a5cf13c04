//! Pages for people. So far: where to find the API, and what kinds of problems there are.

use std::fmt::Write as _;

use crate::api;
use crate::assets;
use crate::call::{Call, Endpoint, Run};
use crate::formats::Format;
use crate::problem::{PROBLEMS, Problem};
use crate::reply::Reply;

/// The pages, in the order in which they are listed.
pub const PAGES: &[Endpoint] = &[
    page("/", "index", "What this server offers", Run::Still(index)),
    page("/problems", "problems", "What kinds of problems there are", Run::Still(problems)),
    page("/assets/{hash}/{name}", "asset", "A file that pages need", Run::Still(assets::file)),
];

const fn page(path: &'static str, name: &'static str, about: &'static str, run: Run) -> Endpoint {
    Endpoint { path, name, about, params: &[], takes: None, formats: Format::HTML, gives: "", run }
}

fn index(_: &Call) -> Result<Reply, Problem> {
    let mut rows = String::new();
    for endpoint in api::ENDPOINTS.iter().copied().flatten() {
        let (method, path, about) = (endpoint.method(), endpoint.path, endpoint.about);
        let shown = if method == "GET" && !path.contains('{') {
            format!("<a href=\"{path}\"><code>{path}</code></a>")
        } else {
            format!("<code>{path}</code>")
        };
        let _ = writeln!(rows, "<tr><td>{method}<td>{shown}<td>{}", escaped(about));
    }
    html(
        "verbale",
        &format!(
            "<p>verbale {}. This ledger is read over HTTP: <a href=\"/v1\"><code>/v1</code></a> lists what there is, \
             and <a href=\"/openapi.json\"><code>/openapi.json</code></a> describes it for programs.</p>\n\
             <table><caption>Endpoints</caption><thead><tr><th scope=col>Method<th scope=col>Path<th scope=col>What it \
             does</thead><tbody>\n{rows}</tbody></table>",
            escaped(verbale::VERSION)
        ),
    )
}

fn problems(_: &Call) -> Result<Reply, Problem> {
    let row = |(kind, status, title): &(&str, u16, &str)| {
        format!("<tr id=\"{kind}\"><td>{status}<td><code>{kind}</code><td>{}\n", escaped(title))
    };
    let rows: String = PROBLEMS.iter().map(row).collect();
    html(
        "Problems",
        &format!(
            "<table><thead><tr><th scope=col>Status<th scope=col>Kind<th scope=col>What it is</thead><tbody>\n{rows}</tbody></table>"
        ),
    )
}

/// A whole page.
fn html(title: &str, main: &str) -> Result<Reply, Problem> {
    let mut page = String::new();
    write!(
        page,
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title}</title><link rel=\"stylesheet\" href=\"{}\"></head>\n\
         <body><main><h1>{title}</h1>\n{main}\n</main></body></html>\n",
        assets::address("style.css")
    )
    .map_err(|_| Problem::failed())?;
    Ok(Reply::whole(Format::Html.media(), page.into_bytes()))
}

/// Text as it stands in HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
