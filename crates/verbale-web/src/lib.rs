//! The page and the HTTP API over a ledger; the only crate that waits for anything.
//!
//! ```text
//! request ──guard──▶ Endpoint ──query, body──▶ Call ──blocking thread──▶ Reply ──etag, gzip──▶ response
//!                    api::ENDPOINTS                    Ledgers (readers, one writer)
//! ```
//!
//! One table of endpoints is the router, the check of parameters and the `OpenAPI` document at once. Handlers are
//! plain functions from a call and a ledger to a reply; waiting, limits, caching and errors are dealt with around
//! them. Nothing here fetches anything. `docs/design/0013-server.md` says why it is built like this.

mod answers;
pub mod api;
mod assets;
mod audit;
mod call;
mod cursor;
mod demo;
mod formats;
mod guard;
mod ledgers;
mod pages;
mod pipe;
mod problem;
mod query;
mod reply;
mod router;
mod server;
mod site;
mod upload;
mod work;

pub use audit::Audit;
pub use demo::{HOME as DEMO_HOME, REPORTS as DEMO_REPORTS, demo};
pub use guard::{Guard, new_token};
pub use ledgers::Ledgers;
pub use problem::PROBLEMS;
pub use router::router;
pub use server::{ServeError, Serving, serve};
pub use site::{Limits, Site};
