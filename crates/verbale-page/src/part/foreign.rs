//! A coding of others: codes and addresses as given; there are no sentences.

use maud::{Markup, html};
use verbale_ledger::foreign::{ForeignEvent, ForeignParticipant};

use super::folded;
use crate::safe::{line, link, words as inline};
use crate::words;

/// An article with what an import says of an event; `address` is that of a document it cites.
pub fn foreign(number: &str, format: &str, event: &ForeignEvent, address: Option<&str>) -> Markup {
    let kind = &event.kind;
    let when = if event.first == event.last {
        words::edtf(&event.first.to_string())
    } else {
        words::edtf(&format!("{}/{}", event.first, event.last))
    };
    let coded =
        kind.event_type.map(|of| of.as_str().to_owned()).or_else(|| kind.given.clone()).unwrap_or_default();
    let names: Vec<&str> = event.participants.iter().map(name).collect();
    html! {
        article id=(number) {
            h4 { span class="number" { (number) } (line(&when)) " · " (inline(&coded))
                @if let Some(mode) = &kind.mode { ", " (inline(mode)) } " · " (inline(&names.join("; "))) }
            p { span class="chip" { (kind.status.as_str()) } " " span class="chip" { "coded by others: " (line(format)) } }
            dl class="facts" {
                @for who in &event.participants { dt { (who.role.as_str()) } dd { (actor(who)) } }
                @if let Some(place) = &event.place {
                    dt { "where" }
                    dd { (inline(&place.name)) @if let Some(country) = &place.country { ", " (line(country)) } }
                }
                @if let Some(address) = address { dt { "source" } dd { (link(address)) } }
            }
            p class="soft small" { "The import gives codes and no sentence; what the source says stands behind its address, where there is one." }
            (folded("How it was coded", &coding(event)))
        }
    }
}

fn name(who: &ForeignParticipant) -> &str {
    if who.actor.name.is_empty() { &who.actor.code } else { &who.actor.name }
}

fn actor(who: &ForeignParticipant) -> Markup {
    let of = &who.actor;
    let side = of.state.map(|code| String::from_utf8_lossy(&code).into_owned());
    html! {
        (inline(name(who)))
        @if !of.office.is_empty() { ", " (inline(&of.office)) }
        span class="soft" {
            @if let Some(side) = side { " — " (line(&side)) }
            @if !of.code.is_empty() { ", code " (line(&of.code)) }
            @if !of.sectors.is_empty() { ", " (line(&of.sectors)) }
        }
    }
}

fn coding(event: &ForeignEvent) -> Markup {
    let kind = &event.kind;
    let number = |name: &str, value: Option<String>| html! { @if let Some(value) = value { dt { (name) } dd { (value) } } };
    html! {
        dl class="facts" {
            dt { "id" } dd { code { (line(&event.id)) } }
            @if let Some(cameo) = &kind.cameo { dt { "CAMEO" } dd { (line(cameo)) } }
            @if !kind.contexts.is_empty() { dt { "contexts" } dd { (line(&kind.contexts.join(", "))) } }
            (number("Goldstein", event.goldstein.map(|score| score.to_string())))
            (number("score", event.score.map(|score| score.to_string())))
            (number("mentions", event.mentions.map(|n| n.to_string())))
            (number("sources", event.sources.map(|n| n.to_string())))
            (number("articles", event.articles.map(|n| n.to_string())))
            dt { "rows" } dd { (event.rows) }
        }
    }
}
