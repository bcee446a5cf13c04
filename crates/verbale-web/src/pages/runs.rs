//! Runs: what was done to the ledger when and with which versions; and what one read otherwise than another.

use maud::{Markup, html};
use verbale::difference::{Between, Figure, Moved, Shifted};
use verbale::ledger::diff::{Change, FieldChange, Kind as Changed};
use verbale::ledger::store::{Ledger, Run as LedgerRun};
use verbale::measure::Number;
use verbale_page::part;
use verbale_page::safe::{line, words as inline};

use super::asking::{WHO, countries, field};
use super::layout::plain;
use super::{asked, page};
use crate::api::history::{between, difference};
use crate::call::{Call, Endpoint, Run, encoded};
use crate::problem::Problem;
use crate::query::{Kind, Param, param};
use crate::reply::Reply;

/// Changes that are shown.
const SHOWN: usize = 500;

const TWO: &[Param] = &[
    param("before", Kind::Whole(1, u32::MAX), "The earlier run"),
    param("after", Kind::Whole(1, u32::MAX), "The later run"),
    param("rules", Kind::Text, "How events count"),
];

/// The pages of this file.
pub const PAGES: &[Endpoint] = &[
    page("/runs", "runs-page", "What was done when, and with which versions", &[], Run::Read(runs)),
    page("/diff", "diff-page", "What a run reads otherwise than another", &[TWO, WHO], Run::Read(diff)),
];

fn runs(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let found = asked(ledger.runs())?;
    let row = |(at, run): (usize, &LedgerRun)| {
        let before = at.checked_sub(1).and_then(|at| found.get(at));
        vec![
            html! { (run.run) },
            html! { (line(run.kind.as_str())) },
            html! { time { (line(&run.at)) } },
            html! { (run.documents) },
            html! { (run.changed) },
            html! { (run.rows) },
            html! { (line(&run.versions.coder)) ", " (line(&run.versions.data)) ", " code { (line(&run.versions.rules)) } },
            html! { @if let Some(before) = before { a href=(format!("/diff?before={}&after={}", before.run, run.run)) { "since run " (before.run) } } },
        ]
    };
    let rows: Vec<Vec<Markup>> = found.iter().enumerate().map(row).collect();
    let head = ["run", "did", "at", "documents", "changed", "rows", "coder, data, rules", "what changed"];
    let inside = html! {
        p { "Each line is one piece of work: reports that were added, documents that were coded again, codings of others that came in." }
        @if rows.is_empty() { p { "Nothing was done yet." } } @else { (part::table("Runs", &head, &[0, 3, 4, 5], &rows)) }
    };
    Ok(plain(call, "Runs", &inside))
}

fn diff(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let run = |name| call.query.whole(name).map(i64::from);
    let (Some(before), Some(after)) = (run("before"), run("after")) else {
        let inside = html! {
            form class="filter" method="get" action="/diff" {
                label { span { "Earlier run" } input name="before" inputmode="numeric" required; }
                label { span { "Later run" } input name="after" inputmode="numeric" required; }
                (field(call, "state", "And what it does to a balance: whose policy", "AFG"))
                (field(call, "between", "Between which two powers", "USA,RUS"))
                (countries(call))
                button { "Compare" }
            }
            p { a href="/runs" { "The runs of this ledger" } }
        };
        return Ok(plain(call, "What changed between two runs", &inside));
    };
    let found = difference(call, ledger)?;
    let partners = call.query.one("state").map(|state| between(call, state)).transpose()?;
    let balance = found.balance.as_ref().zip(partners.as_ref());
    let rows: Vec<Vec<Markup>> = found.changes.iter().take(SHOWN).map(changed).collect();
    let inside = html! {
        p { (part::counted(found.changes.len(), "change")) " in documents that both runs have read; "
            (part::counted(found.new_documents, "document")) " came in between. " a href="/runs" { "All runs" } }
        @if let Some((moved, between)) = balance { (effect(moved, between)) } @else { (asks(call, before, after)) }
        @if !rows.is_empty() { (part::table("Changes", &["document", "event", "what changed"], &[], &rows)) }
        @if found.changes.len() > SHOWN { p { "The first " (SHOWN) " are shown." } }
        p class="soft" { "For programs: " a href=(format!("/v1/diff?{}", call.query.without(&[]))) { "all of them as JSON" } "." }
    };
    Ok(plain(call, &format!("What changed between run {before} and run {after}"), &inside))
}

/// Asks for a balance beside two runs.
fn asks(call: &Call, before: i64, after: i64) -> Markup {
    html! {
        form class="filter" method="get" action="/diff" {
            input type="hidden" name="before" value=(before);
            input type="hidden" name="after" value=(after);
            (field(call, "state", "What it does to a balance: whose policy", "AFG"))
            (field(call, "between", "Between which two powers", "USA,RUS"))
            (countries(call))
            button { "Ask" }
        }
    }
}

/// The balance as of both runs, and the events that count otherwise.
fn effect(moved: &Moved, between: &Between) -> Markup {
    let [one, other] = &between.partners;
    let counts = [format!("with {one}"), format!("with {other}")];
    let row = |name: &str, figure: &Figure| {
        let (n, tilt) = (figure.counts[0].0 + figure.counts[1].0, &figure.balance.tilt);
        vec![
            html! { (name) },
            html! { (figure.counts[0]) },
            html! { (figure.counts[1]) },
            html! { (Number(n)) },
            html! { (format!("{:+.2} [{:+.2}, {:+.2}]", tilt.mean, tilt.low, tilt.high)) },
            html! { (figure.balance.verdict.to_string()) },
        ]
    };
    let rows = [row("before", &moved.before), row("after", &moved.after)];
    let head = ["run", &counts[0], &counts[1], "events", "T, 95 % interval", "verdict"];
    let shifted = |one: &Shifted| {
        vec![
            html! { a href=(format!("/events/{}", encoded(&one.event))) { (line(&one.event)) } },
            html! { (one.before[0]) ", " (one.before[1]) },
            html! { (one.after[0]) ", " (one.after[1]) },
        ]
    };
    let events: Vec<Vec<Markup>> = moved.events.iter().take(SHOWN).map(shifted).collect();
    let powers = format!("{one}, {other}");
    let [was, is] = ["before", "now"].map(|when| format!("{powers}: {when}"));
    html! {
        h2 { "What it does to the balance of " (line(&between.state)) " between " (line(one)) " and " (line(other)) }
        (part::table("The balance as of both runs", &head, &[1, 2, 3, 4], &rows))
        p { (part::counted(moved.events.len(), "event")) " count otherwise than before. Events of new documents are among them; rulings hold for both." }
        @if !events.is_empty() { (part::table("Events that count otherwise", &["event", &was, &is], &[1, 2], &events)) }
    }
}

fn changed(change: &Change) -> Vec<Markup> {
    let name = change.after.as_ref().or(change.before.as_ref()).map(ToString::to_string).unwrap_or_default();
    let field = |one: &FieldChange| html! { (line(&one.path)) ": " (inline(&one.before.to_string())) " is now " (inline(&one.after.to_string())) };
    vec![
        html! { a href=(format!("/documents/{}", encoded(&change.document))) { (line(&change.document)) } },
        html! { @if change.after.is_some() { a href=(format!("/events/{}", encoded(&name))) { (line(&name)) } } @else { (line(&name)) } },
        match &change.kind {
            Changed::Added { what } => html! { "new: " (inline(what)) },
            Changed::Removed { what } => html! { "gone: " (inline(what)) },
            Changed::Changed { fields } => html! { ul { @for one in fields { li { (field(one)) } } } },
        },
    ]
}
