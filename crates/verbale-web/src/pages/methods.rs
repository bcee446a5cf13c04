//! Methods: what counts and what it weighs, the codebook and the measured accuracy, from the live tables.

use maud::{Markup, html};
use verbale::ledger::store::Ledger;
use verbale::measure::{Delta, Rules};
use verbale::model::ontology::{CAMEO, EventType, scale};
use verbale_page::part;
use verbale_page::safe::line;

use super::asking::choice;
use super::layout::plain;
use super::{asked, page};
use crate::api::reference::{reliability, scores};
use crate::call::{Call, Endpoint, Run};
use crate::problem::Problem;
use crate::query::{Kind, Param, param};
use crate::reply::Reply;

const RULES: &[Param] = &[param("rules", Kind::Text, "How events count")];

/// The pages of this file.
pub const PAGES: &[Endpoint] = &[page(
    "/methods",
    "methods-page",
    "What counts, the codebook, and how accurate the coder is",
    &[RULES],
    Run::Read(methods),
)];

fn methods(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let rules = Rules::named(call.query.one("rules").unwrap_or("officials"));
    let rules = rules.map_err(|message| Problem::query(format!("rules: {message}")))?;
    let versions = asked(ledger.coders())?;
    let names: Vec<(String, String)> =
        Rules::built_in().map(|name| (name.to_owned(), name.to_owned())).collect();
    let inside = html! {
        form class="filter" method="get" action="/methods" { (choice(call, "rules", "Rules", &names)) button { "Show" } }
        (part::methods(Some((&rules, Delta::default())), "own", &versions))
        (codebook())
        (accuracy())
        p class="soft" { "For programs: " a href="/v1/codebook" { "codebook" } ", " a href="/v1/accuracy" { "accuracy" } " (JSON)." }
    };
    Ok(plain(call, "Methods", &inside))
}

fn codebook() -> Markup {
    let row = |of: &EventType| {
        let modes: Vec<&str> = of.modes().iter().map(|mode| mode.as_str()).collect();
        vec![
            html! { (of.as_str()) },
            html! { (of.quad().as_str().replace('_', " ")) },
            html! { (scale(*of, None)) },
            html! { (modes.join(", ").replace('_', " ")) },
        ]
    };
    let kinds: Vec<Vec<Markup>> = EventType::ALL.iter().map(row).collect();
    let codes: Vec<Vec<Markup>> = CAMEO
        .iter()
        .map(|row| {
            vec![
                html! { (row.code) },
                html! { (row.name) },
                html! { @if let Some(of) = row.event_type { (of.as_str()) } },
                html! { (format!("{}", row.goldstein)) },
            ]
        })
        .collect();
    let body = html! {
        (part::table("Types of events (PLOVER 2.0)", &["type", "class", "scale", "modes"], &[2], &kinds))
        (part::folded("CAMEO codes", &part::table("CAMEO codes", &["code", "name", "type", "Goldstein"], &[3], &codes)))
    };
    part::section("codebook", "Codebook", &body)
}

fn accuracy() -> Markup {
    let rows: Vec<Vec<Markup>> = scores()
        .map(|row| {
            let mut cells: Vec<Markup> =
                row.iter().take(2).map(|cell| html! { (line(cell).replace('_', " ")) }).collect();
            cells.extend([4, 2, 3].map(|at| html! { (line(row.get(at).unwrap_or_default())) }));
            cells
        })
        .collect();
    let body = html! {
        p { "Measured by `cargo score` on public sets that the coder was not made from; a version that falls below the floor is not released." }
        (part::table("Scores", &["set", "measure", "cases", "measured", "floor"], &[2, 3, 4], &rows))
        (reliable())
    };
    part::section("accuracy", "Accuracy", &body)
}

/// Confidence beside the share of events that were right.
fn reliable() -> Markup {
    let percent = |cell: Option<&str>| {
        let share = cell.and_then(|cell| cell.parse::<f64>().ok());
        share.map_or_else(String::new, |share| format!("{:.0} %", share * 100.0))
    };
    let rows: Vec<Vec<Markup>> = reliability()
        .map(|row| {
            let set = line(row.get(0).unwrap_or_default());
            let bin = format!("{} to {}", percent(row.get(1)), percent(row.get(2)));
            vec![
                html! { (set) },
                html! { (bin) },
                html! { (line(row.get(3).unwrap_or_default())) },
                html! { (percent(row.get(4))) },
                html! { (percent(row.get(5))) },
            ]
        })
        .collect();
    html! {
        p {
            "Confidence is the chance that an event is coded right. It was fitted on the two sets below: on PLV an event is \
             right when its type is the set's, on the engagements a meeting is when all its partners are. On other texts, \
             and for what these sets do not look at, it is less sure."
        }
        (part::table("Reliability of confidence", &["set", "confidence", "events", "mean confidence", "right"], &[2, 3, 4], &rows))
    }
}
