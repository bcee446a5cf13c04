//! The evidence of an entry: what is known of it, and the sentences of each document that tell it.

use std::fmt::Write as _;

use maud::{Markup, html};
use verbale_ledger::{Entry, Passage, Retention, Testimony, Told, Verdict};
use verbale_model::ontology::Mode;
use verbale_model::{Claim, Event, Formality, Participant};

use super::marked::marked;
use super::{counted, folded};
use crate::safe::{line, link, words as inline};
use crate::words;

/// An article with everything that an entry rests on; `number` is its name on the page: `e12`.
pub fn testimony(number: &str, testimony: &Testimony) -> Markup {
    let entry = &testimony.entry;
    html! {
        article id=(number) {
            h4 { span class="number" { (number) } (happening(&entry.event)) }
            (chips(entry))
            (facts(entry))
            @for told in &testimony.told { (telling(told)) }
            (folded("How it was coded", &coding(entry)))
        }
    }
}

/// `14 May 2025 · CONSULT, visit · Moussa Adamou Garba, Hélène Vasseur`
pub fn happening(event: &Event) -> Markup {
    let when = event.date.as_ref().map_or_else(|| "no date".to_owned(), |date| words::edtf(&date.edtf));
    let mut kind = event.event_type.as_str().to_owned();
    if let Some(of) = event.x_of {
        let _ = write!(kind, " to {of}");
    }
    let mode = event.mode.map(Mode::as_str);
    for word in mode.into_iter().chain(event.x_summons.then_some("envoy called in")) {
        let _ = write!(kind, ", {word}");
    }
    let who: Vec<&str> = event.participants.iter().take(3).map(|who| who.name.as_str()).collect();
    let more = event.participants.len().saturating_sub(3);
    html! {
        (line(&when)) " · " (kind) " · " (inline(&who.join("; ")))
        @if more > 0 { " and " (more) " more" }
    }
}

fn chips(entry: &Entry) -> Markup {
    let event = &entry.event;
    let mut chips = vec![event.status.as_str().to_owned(), words::confirmation(&event.confirmation)];
    chips.extend(event.formality.map(|formality: Formality| format!("called {formality}")));
    chips.extend(entry.superseded.then(|| "superseded".to_owned()));
    match entry.review.verdict {
        Verdict::None => {}
        Verdict::Accepted => chips.push("accepted in review".to_owned()),
        Verdict::Rejected => chips.push("rejected in review".to_owned()),
    }
    if !entry.review.edited.is_empty() {
        chips.push(format!("corrected: {}", entry.review.edited.join(", ")));
    }
    html! { p { @for chip in &chips { span class="chip" { (line(chip)) } " " } } }
}

fn facts(entry: &Entry) -> Markup {
    let event = &entry.event;
    let place = event.place.as_ref().map(|place| match &place.country {
        Some(country) if *country != place.name => format!("{}, {country}", place.name),
        _ => place.name.clone(),
    });
    let topics: Vec<&str> = event.topics.iter().map(|topic| topic.text.as_str()).collect();
    let how: Vec<&str> =
        (event.channel.map(words::channel).into_iter()).chain(event.setting.map(words::setting)).collect();
    let told = match (entry.documents, entry.sources) {
        (1, _) => "one document".to_owned(),
        (documents, 1) => format!("{documents} documents, copies of one source"),
        (documents, sources) => {
            format!("{documents} documents, {sources} sources; linked at {:.0} %", entry.link_score * 100.0)
        }
    };
    html! {
        dl class="facts" {
            @if let Some(date) = &event.date { dt { "when" } dd { (line(&words::date(date))) } }
            @if let Some(place) = place { dt { "where" } dd { (inline(&place)) } }
            @for participant in &event.participants {
                dt { (participant.part.map_or(participant.role.as_str(), |part| part.as_str())) }
                dd { (person(participant)) }
            }
            @if !topics.is_empty() { dt { "about" } dd { (inline(&topics.join("; "))) } }
            @if !how.is_empty() { dt { "how" } dd { (how.join("; ")) } }
            dt { "told by" } dd { (told) }
            @for difference in &entry.differences { dt { "differs" } dd { (inline(difference)) } }
            @for conflict in &entry.review.conflicts { dt { "conflict" } dd { (inline(conflict)) } }
        }
    }
}

fn person(who: &Participant) -> Markup {
    let office = words::office(who);
    html! {
        (inline(&who.name))
        @if !office.is_empty() { ", " (inline(office)) }
        @if who.part.is_some() || who.office.is_some() || who.side.as_deref() != Some(who.name.as_str()) {
            span class="soft" { " — " (line(&words::side(who))) }
        }
    }
}

fn telling(told: &Told) -> Markup {
    let cited = &told.cited;
    let facets = told.event.facets();
    let outlet = cited.outlet.as_deref().unwrap_or("unknown outlet");
    let title = told.title.as_deref().filter(|title| !title.trim().is_empty());
    html! {
        div class="told" {
            p {
                (inline(outlet)) ", " (line(cited.published.as_deref().map_or("no date of publication".to_owned(), words::edtf).as_str()))
                @if let Some(title) = title { ": " (inline(title)) }
                @if let Some(url) = &cited.url { " — " (link(url)) }
                " " code { (line(&cited.id.to_string())) }
            }
            @for passage in told.passages.iter().filter(|passage| !passage.span.in_title) {
                blockquote dir="auto" { (marked(passage, &facets, &[])) }
            }
            @for passage in told.passages.iter().filter(|passage| passage.span.in_title) {
                blockquote dir="auto" { span class="soft" { "(headline) " } (marked(passage, &facets, &[])) }
            }
            @if told.passages.is_empty() { p { (nothing_kept(told.retention)) } }
            @if !told.claims.is_empty() {
                ul class="claims" { @for claim in &told.claims { li { (claimed(claim, &told.passages)) } } }
            }
        }
    }
}

fn nothing_kept(retention: Retention) -> &'static str {
    match retention {
        Retention::Hash => {
            "No word of this document is kept (its retention is hash): codes, offsets and the hash of its text alone."
        }
        Retention::Full | Retention::Excerpts => "The sentences of this telling are not kept.",
    }
}

/// Who says it, with which verb, in which words, and how sure.
pub(super) fn claimed(claim: &Claim, passages: &[Passage]) -> Markup {
    let words = match &claim.quote {
        Some(quote) => Some(if quote.partial {
            format!("… «{}» …", quote.text)
        } else {
            format!("«{}»", quote.text)
        }),
        None => passages.iter().find_map(|passage| passage.slice(claim.content)),
    };
    let mut aside: Vec<String> = claim.cue.iter().map(|cue| format!("“{}”", cue.text)).collect();
    aside.extend(claim.via.iter().map(|via| format!("through {}", words::asserter(via))));
    aside.extend(words::manner(claim).into_iter().map(str::to_owned));
    html! {
        strong { (inline(&words::asserter_of(claim))) }
        @if !aside.is_empty() { span class="soft" { " (" (inline(&aside.join("; "))) ")" } }
        @if let Some(words) = words { ": " (inline(&words)) }
    }
}

fn coding(entry: &Entry) -> Markup {
    let event = &entry.event;
    let contexts: Vec<&str> = event.contexts.iter().map(|context| context.as_str()).collect();
    html! {
        dl class="facts" {
            dt { "id" } dd { code { (line(&event.id)) } }
            dt { "rule" } dd { code { (line(&event.rule)) } @if let Some(from) = &event.x_entry { " from " code { (line(from)) } } }
            @if let Some(cameo) = &event.cameo { dt { "CAMEO" } dd { (line(cameo)) } }
            @if !contexts.is_empty() { dt { "contexts" } dd { (contexts.join(", ").replace('_', " ")) } }
            dt { "confidence" } dd { (format!("{:.0} %", event.confidence * 100.0)) " to be coded right" }
            @for reason in &entry.link_reasons { dt { "linked" } dd { (inline(reason)) } }
            dt { "rests on" } dd { (counted(event.claims.len(), "claim")) ": " code { (line(&event.claims.join(", "))) } }
        }
    }
}

/// What the marks in sentences mean.
pub fn key() -> Markup {
    html! {
        p class="small" {
            "Marked words: " mark class="what" { "what happened" } " " mark class="who" { "who" } " "
            mark class="when" { "when" } " " mark class="where" { "where" } " " mark class="about" { "about what" }
            ". Below the sentences stands who says it."
        }
    }
}
