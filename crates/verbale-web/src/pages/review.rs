//! The queue of review: what would change a balance most comes first; and the log of what people ruled.

use maud::{Markup, html};
use verbale::ledger::list::Filter;
use verbale::ledger::review::{Review, in_force};
use verbale::ledger::store::{EntryKey, Ledger, Turn};
use verbale::measure::Rules;
use verbale::queue::{least_sure, queue};
use verbale_page::part;
use verbale_page::safe::{line, words as inline};

use super::asking::{WHO, countries, field};
use super::layout::plain;
use super::{RULED, asked, page, ruling};
use crate::api::history::between;
use crate::call::{Call, Endpoint, Run};
use crate::problem::Problem;
use crate::query::{Kind, Param, param};
use crate::reply::Reply;

/// Events of the queue that are shown at once.
const SHOWN: usize = 20;
/// Events that are looked at to find them.
const LOOKED_AT: usize = 5000;
/// Reviews of the log that are shown.
const LOGGED: usize = 20;

const RULES: &[Param] = &[param("rules", Kind::Text, "How the balance counts")];

/// The pages of this file.
pub const PAGES: &[Endpoint] =
    &[page("/review", "review-page", "What waits for a person", &[WHO, RULES, RULED], Run::Read(review))];

fn review(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let (waiting, more) = ordered(call, ledger)?;
    let here = format!("/review?{}", call.query.without(&["ruled"]));
    let mut shown = Vec::new();
    for (at, (entry, change)) in waiting.iter().take(SHOWN).enumerate() {
        shown.push(item(call, ledger, at + 1, entry, *change, &here)?);
    }
    let inside = html! {
        (ruling::notice(call, ledger, &here)?)
        form class="filter" method="get" action="/review" {
            (countries(call))
            (field(call, "state", "Whose balance", "AFG"))
            (field(call, "between", "Between two powers", "USA,RUS"))
            button { "Order by effect" }
        }
        p { (part::counted(waiting.len(), "event")) " wait for a person, "
            @if call.query.one("state").is_some() { "what would move the balance most first." }
            @else { "what is least sure first. Name a balance, and what would move it most comes first." }
            @if more { " Only the latest " (LOOKED_AT) " events were looked at." }
            " Keys: j and k go on and back, a accepts, r rejects." }
        h2 { "Waiting" }
        h3 { "One by one" }
        div class="events queue" { @for one in &shown { (one) } }
        (log(call, ledger, &here)?)
    };
    Ok(plain(call, "Review", &inside))
}

/// Ids of what waits, each with how far it would move the balance, and whether not all of it was looked at.
type Waiting = (Vec<(String, Option<f64>)>, bool);

fn ordered(call: &Call, ledger: &Ledger) -> Result<Waiting, Problem> {
    let turn: Turn<EntryKey> = Turn { after: None, limit: LOOKED_AT, backwards: true };
    let Some(state) = call.query.one("state") else {
        let found = asked(ledger.doubts(&turn))?;
        let ids = least_sure(&found.rows).into_iter().map(|at| (found.rows[at].id.clone(), None));
        return Ok((ids.collect(), found.next.is_some()));
    };
    let found = asked(ledger.entry_page(&Filter::default(), &turn))?;
    let between = between(call, state)?;
    let rules = Rules::named(call.query.one("rules").unwrap_or("officials"));
    let rules = rules.map_err(|message| Problem::query(format!("rules: {message}")))?;
    let waiting = queue(&found.rows, Some((&between, &rules)));
    let ids = waiting.into_iter().map(|(entry, change)| (entry.event.id.clone(), change));
    Ok((ids.collect(), found.next.is_some()))
}

fn item(
    call: &Call,
    ledger: &Ledger,
    number: usize,
    id: &str,
    change: Option<f64>,
    here: &str,
) -> Result<Markup, Problem> {
    let found = asked(ledger.find_entry(id))?;
    let testimony = asked(ledger.testimony(found))?;
    Ok(html! {
        div class="one" {
            (part::testimony(&format!("e{number}"), &testimony))
            @if let Some(change) = change.filter(|change| *change > 0.0) {
                p { "If it were wrong, the tilt would move by " (format!("{change:.2}")) "." }
            }
            @if !call.site.ledgers.read_only() { (ruling::verdict(id, here)) }
        }
    })
}

fn log(call: &Call, ledger: &Ledger, here: &str) -> Result<Markup, Problem> {
    let all = asked(ledger.reviews())?;
    let holding: Vec<&str> = in_force(&all).iter().map(|one| one.id.as_str()).collect();
    let holds = |review: &Review| holding.contains(&review.id.as_str());
    Ok(html! {
        h2 { "What was ruled" }
        @if all.is_empty() { p { "Nothing yet." } }
        ul class="reviews" { @for review in all.iter().rev().take(LOGGED) { li {
            p { (inline(&review.reviewer)) " " (line(&ruling::said(review))) ", " time { (line(&review.at)) }
                @if let Some(reason) = &review.reason { ": " (inline(reason)) }
                @if !holds(review) { " (taken back)" } }
            @if holds(review) && !call.site.ledgers.read_only() { (ruling::take_back(review, here)) }
        } } }
        p class="soft" { "For programs: " a href="/v1/reviews?format=jsonl" { "the whole log" } " (JSON lines)." }
    })
}
