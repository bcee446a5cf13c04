//! Sources and coverage: who wrote how much in which month, and what could not be read.

use maud::html;
use verbale::ledger::store::Ledger;
use verbale_page::part;
use verbale_page::safe::{line, words as inline};

use super::layout::plain;
use super::{asked, page};
use crate::call::{Call, Endpoint, Run};
use crate::problem::Problem;
use crate::reply::Reply;

/// Refusals that are shown.
const SHOWN: usize = 100;

/// The pages of this file.
pub const PAGES: &[Endpoint] = &[page(
    "/coverage",
    "coverage-page",
    "Who wrote how much, and what could not be read",
    &[],
    Run::Read(coverage),
)];

fn coverage(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let found = asked(call.site.kept.coverage(ledger))?;
    let refused: Vec<_> = found
        .refusals
        .iter()
        .take(SHOWN)
        .map(|one| {
            vec![
                html! { (inline(&one.input)) },
                html! { (inline(&one.reason)) },
                html! { time { (line(&one.at)) } },
            ]
        })
        .collect();
    let inside = html! {
        (part::coverage(&found, &asked(ledger.imports())?))
        @if !refused.is_empty() {
            h2 { "What could not be read" }
            (part::table("Inputs that were refused, the newest first", &["input", "why", "when"], &[], &refused))
        }
        p class="soft" { "For programs: " a href="/v1/coverage" { "coverage as JSON" } ", " a href="/v1/imports" { "imports as JSON" } "." }
    };
    Ok(plain(call, "Sources and coverage", &inside))
}
