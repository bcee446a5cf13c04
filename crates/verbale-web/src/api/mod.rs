//! The HTTP API: one table of endpoints, one file for each group of them.

mod entities;
mod evidence;
pub(crate) mod history;
mod imports;
pub(crate) mod kept;
pub(crate) mod listings;
pub(crate) mod measures;
pub mod openapi;
pub(crate) mod reference;
pub(crate) mod reports;
pub(crate) mod reviews;
mod schema;

use crate::call::{Call, Endpoint, Run};
use crate::formats::Format;
use crate::pages::PAGES;
use crate::problem::Problem;
use crate::reply::Reply;

pub use imports::PATH as IMPORTS;

/// The endpoints, group by group.
pub const ENDPOINTS: &[&[Endpoint]] = &[
    ROOT,
    listings::ENDPOINTS,
    entities::ENDPOINTS,
    measures::ENDPOINTS,
    evidence::ENDPOINTS,
    history::ENDPOINTS,
    reference::ENDPOINTS,
    reports::ENDPOINTS,
    reviews::ENDPOINTS,
    imports::ENDPOINTS,
];

const ROOT: &[Endpoint] = &[
    read(
        "/v1",
        "index",
        "Lists what there is, with the versions that readings depend on",
        "Index",
        Run::Still(index),
    ),
    read("/openapi.json", "openapi", "This API for programs (OpenAPI 3.1)", "Any", Run::Still(document)),
];

/// All endpoints, pages among them.
pub fn endpoints() -> impl Iterator<Item = &'static Endpoint> {
    ENDPOINTS.iter().copied().flatten().chain(PAGES.iter().copied().flatten())
}

/// An endpoint without parameters whose answer is JSON.
const fn read(
    path: &'static str,
    name: &'static str,
    about: &'static str,
    gives: &'static str,
    run: Run,
) -> Endpoint {
    Endpoint { path, name, about, params: &[], takes: None, formats: Format::JSON, gives, run }
}

fn index(call: &Call) -> Result<Reply, Problem> {
    let listed = ENDPOINTS.iter().copied().flatten().map(|endpoint| {
        serde_json::json!({"method": endpoint.method(), "path": endpoint.path, "about": endpoint.about})
    });
    Reply::json(&serde_json::json!({
        "name": "verbale",
        "versions": call.site.versions,
        "read_only": call.site.ledgers.read_only(),
        "endpoints": listed.collect::<Vec<_>>(),
    }))
}

fn document(_: &Call) -> Result<Reply, Problem> {
    Reply::json(&openapi::document())
}
