//! Comparison: balances of several states or periods side by side.

use std::sync::Arc;

use maud::{Markup, html};
use verbale::ledger::store::Ledger;
use verbale::measure::{BalanceAnswer, Rules};
use verbale_page::safe::line;
use verbale_page::{Unlinked, chart, part, words};

use super::asking::{choice, countries, field, names};
use super::layout::plain;
use super::page;
use crate::api::measures;
use crate::call::{Call, Endpoint, Run, encoded};
use crate::problem::Problem;
use crate::query::{Kind, Param, param};
use crate::reply::Reply;

const SEVERAL: &[Param] = &[
    param("states", Kind::List, "Whose policies: codes or names"),
    param("between", Kind::List, "Between which powers"),
    param("periods", Kind::List, "In which periods, EDTF: 2024, 2025-03, 2025-01/2025-06"),
];

/// The pages of this file.
pub const PAGES: &[Endpoint] = &[page(
    "/compare",
    "compare-page",
    "Balances of several states, or of several periods, side by side",
    &[SEVERAL, measures::COUNTING, measures::DELTA],
    Run::Read(compare),
)];

fn compare(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let asked = !call.query.list("states").is_empty() && !call.query.list("between").is_empty();
    let found = if asked { measures::compared(call, ledger)? } else { Arc::default() };
    let rules: Vec<(String, String)> =
        Rules::built_in().map(|name| (name.to_owned(), name.to_owned())).collect();
    let inside = html! {
        form class="filter" method="get" action="/compare" {
            (countries(call))
            (field(call, "states", "States", "AFG,KAZ,UZB"))
            (field(call, "between", "Between which powers", "USA,RUS"))
            (field(call, "periods", "In periods", "2024,2025"))
            (choice(call, "rules", "How events count", &rules))
            button { "Compare" }
        }
        @if asked { (side_by_side(call, &found)) }
        @else { p { "Name states and two powers, and periods where they matter: each state stands below the other, with its interval." } }
    };
    Ok(plain(call, "Balances side by side", &inside))
}

fn side_by_side(call: &Call, found: &[BalanceAnswer]) -> Markup {
    let codes = found.iter().flat_map(|one| std::iter::once(&one.head.state).chain(&one.head.between));
    let names = names(&call.site.world.knowledge, codes.map(String::as_str));
    let rest = call.query.without(&["states", "periods", "from", "to"]);
    let row = |one: &BalanceAnswer| {
        let window = &one.head.window;
        let mut address = format!("/balance?state={}&{rest}", encoded(&one.head.state));
        for (name, day) in [("from", &window.from), ("to", &window.to)] {
            if let Some(day) = day {
                address.extend(["&", name, "=", &encoded(day)]);
            }
        }
        let counts: Vec<String> = one.counts.iter().map(|(code, count)| format!("{code} {count}")).collect();
        vec![
            html! { a href=(address) { (line(&names.with_code(&one.head.state))) } },
            html! { (line(&words::window(window))) },
            html! { (line(&counts.join(", "))) },
            html! { @if let Some(tilt) = &one.tilt { (words::tilt(tilt)) } },
            html! { (one.verdict.to_string()) },
        ]
    };
    let rows: Vec<Vec<Markup>> = found.iter().map(row).collect();
    html! {
        @for remark in found.iter().flat_map(|one| &one.head.remarks) { p class="remark" { (line(remark)) } }
        @if found.iter().any(|one| one.tilt.is_some()) { (part::figure(|width| chart::of_comparison(width, &names, found, &Unlinked))) }
        (part::table("Balances", &["state", "when", "events", "T, 95 % interval", "verdict"], &[], &rows))
    }
}
