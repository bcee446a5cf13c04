//! One event with all that tells of it, and the forms with which people accept, correct, split and join it.

use maud::{Markup, html};
use verbale::ledger::diff::FIELDS;
use verbale::ledger::review::{Action, Review, anchor, in_force};
use verbale::ledger::store::Ledger;
use verbale::ledger::{Entry, Telling};
use verbale_page::safe::{line, words as inline};
use verbale_page::{part, words};

use super::asking::missing;
use super::form::is_local;
use super::layout::page as laid;
use super::{BACK, FRAGMENT, RULED, asked, page, ruling};
use crate::call::{Call, Endpoint, Run, encoded};
use crate::problem::Problem;
use crate::reply::Reply;

/// Fields of participants that can be corrected.
const OF_PARTICIPANTS: [&str; 4] = ["side", "name", "office", "role"];

/// The pages of this file.
pub const PAGES: &[Endpoint] = &[page(
    "/events/{event}",
    "event-page",
    "One event with all that tells of it, and its rulings",
    &[BACK, RULED, FRAGMENT],
    Run::Read(event),
)];

fn event(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let word = call.named("event");
    let gone = format!("there is no event '{}', or more than one that begins like this", line(word));
    let number = ledger.find_entry(word).map_err(|error| missing(&gone, error))?;
    let testimony = asked(ledger.testimony(number))?;
    let tellings = asked(ledger.tellings(number))?;
    let entry = &testimony.entry;
    let own = format!("/events/{}", encoded(&entry.event.id));
    let from = call.query.one("back").filter(|back| is_local(back));
    let back = from.unwrap_or(&own);
    let date = entry.event.date.as_ref().map_or_else(|| "No date".to_owned(), |date| words::edtf(&date.edtf));
    let title = format!("{date}: {}", entry.event.event_type.as_str());
    let inside = html! {
        (ruling::notice(call, ledger, back)?)
        @if let Some(from) = from { p { a href=(from) { "Back to where this was opened" } } }
        h2 { "What it rests on" }
        (part::key())
        h3 { (part::counted(entry.documents as usize, "document")) " of " (part::counted(entry.sources as usize, "source")) }
        div class="events" { div class="one" { (part::testimony("e1", &testimony)) } }
        p { "Read the whole of: "
            @for (at, cited) in entry.tellings.iter().enumerate() {
                @if at > 0 { "; " }
                a href=(format!("/documents/{}", encoded(&cited.id.document))) { (inline(cited.outlet.as_deref().unwrap_or("unknown outlet"))) " " (line(&cited.id.document)) }
            }
        }
        @if !call.site.ledgers.read_only() { (rulings(entry, back)) }
        (reviews(call, ledger, &tellings, back)?)
        p class="soft" { "For programs: " a href=(format!("/v1{own}")) { "this event as JSON" } "." }
    };
    Ok(laid(call, &title, &part::happening(&entry.event), &inside))
}

fn rulings(entry: &Entry, back: &str) -> Markup {
    let action = format!("/events/{}/review", encoded(&entry.event.id));
    html! {
        h2 { "Your ruling" }
        p class="soft" { "Nothing that the coder read is changed or taken away: a ruling is added to the log of reviews, and figures follow what holds there." }
        form method="post" action=(action) class="ruling" {
            (ruling::no_default())
            (ruling::by(back))
            button name="action" value="accept" { "Accept: it is right" }
            button name="action" value="reject" { "Reject: it is no event, or did not happen so" }
        }
        (part::folded("Correct a field", &correction(entry, &action, back)))
        @if entry.tellings.len() > 1 { (part::folded("Split off tellings of another happening", &splitting(entry, &action, back))) }
        (part::folded("Join with another event", &html! {
            form method="post" action=(action) class="ruling" {
                (ruling::by(back))
                label { span { "Id of the other event" } input name="with" required autocomplete="off" placeholder="DOCUMENT:e1"; }
                button name="action" value="join" { "Join: they are one happening" }
            }
        }))
    }
}

fn correction(entry: &Entry, action: &str, back: &str) -> Markup {
    let people = entry.event.participants.iter().enumerate();
    html! {
        form method="post" action=(action) class="ruling" {
            (ruling::by(back))
            label { span { "Field" } select name="field" {
                @for field in FIELDS.iter().filter(|field| !matches!(**field, "contexts" | "topics" | "confirmation" | "x_of" | "x_summons")) {
                    option value=(field) selected[*field == "date"] { (field.replace('/', ", ").replace('_', " ")) }
                }
                @for (at, who) in people { optgroup label=(line(&who.name)) {
                    @for field in OF_PARTICIPANTS { option value=(format!("participants/{at}/{field}")) { (field) " of " (line(&who.name)) } }
                } }
            } }
            label { span { "Is" } input name="value" required autocomplete="off" placeholder="2025-10-22, AFG, denied, null, …"; }
            button name="action" value="edit" { "Correct" }
        }
    }
}

fn splitting(entry: &Entry, action: &str, back: &str) -> Markup {
    html! {
        form method="post" action=(action) class="ruling" {
            fieldset { legend { "Tellings that go" }
                @for cited in &entry.tellings { label class="flag" {
                    input type="checkbox" name="tellings" value=(cited.id);
                    span { (inline(cited.outlet.as_deref().unwrap_or("unknown outlet"))) " " code { (line(&cited.id.to_string())) } }
                } }
            }
            (ruling::by(back))
            button name="action" value="split" { "Split: these tell of another happening" }
        }
    }
}

/// The reviews that speak of any of the tellings, the last one first.
fn reviews(call: &Call, ledger: &Ledger, tellings: &[Telling], back: &str) -> Result<Markup, Problem> {
    let anchors: Vec<_> = tellings.iter().map(anchor).collect();
    let all = asked(ledger.reviews())?;
    let holding: Vec<&str> = in_force(&all).iter().map(|one| one.id.as_str()).collect();
    let of_it = |review: &&Review| {
        !matches!(review.action, Action::Undo { .. })
            && review.action.anchors().iter().any(|one| anchors.contains(*one))
    };
    let found: Vec<&Review> = all.iter().rev().filter(of_it).collect();
    Ok(html! {
        @if !found.is_empty() {
            h2 { "Reviews of it" }
            ul class="reviews" { @for review in found { li {
                p { (inline(&review.reviewer)) " " (line(&ruling::said(review))) ", " time { (line(&review.at)) }
                    @if let Some(reason) = &review.reason { ": " (inline(reason)) }
                    @if !holding.contains(&review.id.as_str()) { " (taken back)" } }
                @if holding.contains(&review.id.as_str()) && !call.site.ledgers.read_only() { (ruling::take_back(review, back)) }
            } } }
        }
    })
}
