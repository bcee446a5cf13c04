//! What happened when: the timeline of events, and the trend by period.

use maud::{Markup, html};
use verbale_measure::{Period, Trend};

use super::{figure, folded, number, section, table};
use crate::calendar;
use crate::chart::{self, Happening, Month};
use crate::links::{Figure, Links};
use crate::names::Names;
use crate::safe::line;
use crate::words;

/// The timeline with its table; `partners` are the powers in the order of the question.
pub fn timeline(
    names: &Names,
    partners: &[String],
    found: &[Happening],
    volume: &[Month],
    links: &dyn Links,
) -> Markup {
    let row = |one: &Happening| {
        let with: Vec<&str> =
            one.with.iter().filter_map(|(at, _)| partners.get(*at)).map(|code| names.of(code)).collect();
        let level = one.with.iter().filter_map(|(_, level)| *level).min();
        let how =
            [(one.one_sided, "one side's word"), (one.informal, "informal"), (one.apart, "call or letter")];
        let how: Vec<&str> = how.into_iter().filter(|(holds, _)| *holds).map(|(_, words)| words).collect();
        vec![
            number(&calendar::days(one.days), links.event(&one.id)),
            html! { (line(&words::list(&with))) },
            html! { @if let Some(level) = level { (level) } @else { "unknown" } },
            html! { (how.join(", ")) },
        ]
    };
    let rows: Vec<_> = found.iter().map(row).collect();
    let events = table("Events that count", &["when", "with", "rank", "how"], &[], &rows);
    let months: Vec<_> = volume
        .iter()
        .map(|month| vec![html! { (line(&month.month)) }, html! { (month.documents) }])
        .collect();
    let body = html! {
        @if found.is_empty() { p { "No event counts." } } @else {
            (figure(|width| chart::timeline(width, names, partners, found, volume, links)))
            (folded("The events as a table", &events))
        }
        @if !volume.is_empty() {
            (folded("Documents a month", &table("Documents a month", &["month", "documents"], &[1], &months)))
        }
    };
    section("timeline", "Timeline", &body)
}

/// Events by period with their tilt, and where either changed.
pub fn trend(names: &Names, found: &Trend, links: &dyn Links) -> Markup {
    let row = |period: &Period| {
        let count = |code: &String| period.counts.get(code).copied().unwrap_or_default();
        let linked = |code: &String| {
            let to = links.figure(Figure::Period(&period.period, Some(code))).filter(|_| count(code) > 0);
            number(&count(code).to_string(), to)
        };
        let mut row = vec![html! { (line(&period.period)) }];
        row.extend(found.head.between.iter().map(linked));
        row.extend(found.panel.as_ref().map(|_| html! { @if let Some(many) = period.documents { (many) } }));
        row.push(html! { @if let Some(tilt) = &period.tilt { (words::tilt(tilt)) } });
        row
    };
    let rows: Vec<_> = found.periods.iter().map(row).collect();
    let mut head = vec!["period"];
    head.extend(found.head.between.iter().map(|code| names.of(code)));
    head.extend(found.panel.as_ref().map(|panel| panel.of.as_str()));
    head.push("T, 95 % interval");
    let numbers: Vec<usize> = (1..head.len()).collect();
    let body = html! {
        @if found.periods.is_empty() { p { "No event is dated to a period." } } @else {
            (figure(|width| chart::trend(width, names, found, links)))
        }
        @if !found.undated.is_empty() {
            p { (number(&found.undated.len().to_string(), links.figure(Figure::Undated)))
                " of the events are not dated to one period and stand apart." }
        }
        @if let Some(words) = found.panel.as_ref().and_then(words::panel) { p { (words) } }
        @if !rows.is_empty() { (folded("The same as a table", &table("Events by period", &head, &numbers, &rows))) }
    };
    section("trend", "Trend", &body)
}
