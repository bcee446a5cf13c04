//! Evidence: the events behind a figure of a balance with their sentences, each with its rulings.

use std::collections::BTreeMap;

use maud::{Markup, html};
use verbale::evidence::{Cited, foreign};
use verbale::ledger::store::Ledger;
use verbale::question::Source;
use verbale_page::safe::line;
use verbale_page::{Figure, part, words};

use super::asking::{Answered, QUESTION, missing, question};
use super::layout::page as laid;
use super::{FRAGMENT, RULED, asked, page, ruling};
use crate::call::{Call, Endpoint, Run};
use crate::problem::Problem;
use crate::query::{Kind, Param, param};
use crate::reply::Reply;

/// Events of one page.
const AT_ONCE: usize = 50;

const WHICH: &[Param] = &[
    param("figure", Kind::Text, "Which figure; all that counts where it is left out"),
    param("event", Kind::Text, "One event, by its id"),
    param("skip", Kind::Whole(0, 100_000_000), "How many events to go past"),
];

const PARAMS: &[&[Param]] =
    &[QUESTION[0], QUESTION[1], QUESTION[2], QUESTION[3], QUESTION[4], QUESTION[5], WHICH, RULED, FRAGMENT];

/// The pages of this file.
pub const PAGES: &[Endpoint] = &[page(
    "/evidence",
    "evidence-page",
    "The events behind a figure with their sentences",
    PARAMS,
    Run::Read(evidence),
)];

fn evidence(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    if call.query.one("state").is_none() {
        return Err(Problem::query(
            "state is missing: evidence stands behind a figure of a balance; open it from there",
        ));
    }
    let counted = Figure::Counted.key();
    let key = call.query.one("figure").unwrap_or(&counted);
    let found = Answered::of(call, ledger)?;
    let (label, ids) = wanted(call, &found, key)?;
    let skip = call.query.whole("skip").unwrap_or_default() as usize;
    let shown: Vec<&String> = ids.iter().skip(skip).take(AT_ONCE).collect();
    let balance = format!("/balance?{}", question(call));
    let here = format!("/evidence?{}", call.query.without(&["fragment", "ruled"]));
    // In the drawer a ruling leads back to the figures, which follow; on a page of its own it stays.
    let back = if call.query.one("fragment").is_some() { &balance } else { &here };
    let question = words::question(&found.names(), &*found.balance(false)?);
    let inside = html! {
        (ruling::notice(call, ledger, back)?)
        p class="soft" { (line(&question)) " " a href=(balance) { "Back to the balance" } }
        h2 { (part::counted(ids.len(), "event")) }
        @if ids.is_empty() { p { "No event is behind this figure." } }
        @else {
            @if found.inquiry.source == Source::Own { (part::key()) }
            h3 { "With " @if ids.len() == 1 { "its" } @else { "their" } " sentences" }
            (articles(call, ledger, &found, &shown, skip, back)?)
            (turning(call, ids.len(), skip))
        }
    };
    let title = format!("Evidence: {label}");
    Ok(laid(call, &title, &html! { (line(&title)) }, &inside))
}

/// The figure in words, and the ids of its events.
fn wanted(call: &Call, found: &Answered<'_>, key: &str) -> Result<(String, Vec<String>), Problem> {
    if let Some(event) = call.query.one("event") {
        return Ok(("one event".to_owned(), vec![event.to_owned()]));
    }
    let missing = || Problem::missing(format!("figure: this balance has no figure '{}'", line(key)));
    let figure = found.behind(key)?.ok_or_else(missing)?;
    Ok((figure.label, figure.events))
}

fn articles(
    call: &Call,
    ledger: &Ledger,
    found: &Answered<'_>,
    ids: &[&String],
    skip: usize,
    back: &str,
) -> Result<Markup, Problem> {
    let others = match &found.inquiry.source {
        Source::Own => BTreeMap::new(),
        Source::Import(format) => asked(foreign(ledger, format, &found.inquiry.own.code))?,
    };
    let mut out = Vec::new();
    for (at, id) in ids.iter().enumerate() {
        let number = format!("e{}", skip + at + 1);
        out.push(match &found.inquiry.source {
            Source::Own => {
                let gone = |error| missing(&format!("there is no event '{}'", line(id)), error);
                let n = ledger.find_entry(id).map_err(gone)?;
                let testimony = asked(ledger.testimony(n))?;
                html! {
                    (part::testimony(&number, &testimony))
                    @if !call.site.ledgers.read_only() { (ruling::verdict(id, back)) }
                    @else { p { a href=(format!("/events/{}", crate::call::encoded(id))) { "The event by itself" } } }
                }
            }
            Source::Import(format) => {
                let Some(Cited { event, address }) = others.get(*id) else {
                    return Err(Problem::missing(format!("there is no event '{}' of that source", line(id))));
                };
                part::foreign(&number, format, event, address.as_deref())
            }
        });
    }
    Ok(html! { div class="events" { @for one in &out { div class="one" { (one) } } } })
}

fn turning(call: &Call, all: usize, skip: usize) -> Markup {
    let at =
        |skip: usize| format!("/evidence?{}&skip={skip}", call.query.without(&["skip", "ruled", "fragment"]));
    html! {
        @if all > AT_ONCE { p class="turning" {
            @if skip > 0 { a rel="prev" href=(at(skip.saturating_sub(AT_ONCE))) { "Those before" } " " }
            "Events " (skip + 1) " to " (all.min(skip + AT_ONCE)) " of " (all) ". "
            @if skip + AT_ONCE < all { a rel="next" href=(at(skip + AT_ONCE)) { "Those after" } }
        } }
    }
}
