//! All partners of a state; and all states of a ledger, where no state is asked about.

use std::collections::BTreeMap;

use maud::{Markup, html};
use verbale_measure::{Estimate, Network, Partner};

use super::{figure, number, section, table};
use crate::chart;
use crate::links::{Figure, Links};
use crate::names::Names;
use crate::safe::line;
use crate::words;

/// Bars and table of all partners.
pub fn partners(names: &Names, found: &Network, links: &dyn Links) -> Markup {
    // Where the counts do not show that partners differ, all are expected to have the same.
    let expected = found.shrinkage.is_some_and(|shrinkage| !shrinkage.pooled);
    let votes = found.partners.iter().any(|one| one.votes.is_some());
    let row = |one: &Partner| {
        let mut row = vec![
            html! { (line(&names.with_code(&one.code))) },
            number(&one.count.to_string(), links.figure(Figure::Partner(&one.code))),
            html! { (format!("{:.2}", one.weighted)) },
            html! { (words::percent(&one.share)) },
            html! { @if let Some(level) = one.level { (level) } @else { "unknown" } },
            html! { (one.paid) " / " (one.received) },
            html! { @if let Some(initiative) = &one.initiative { (words::tilt(initiative)) } },
        ];
        row.extend(expected.then(|| html! { @if let Some(rate) = &one.expected { (of(rate)) } }));
        let alike = one.votes.and_then(|votes| votes.agreement);
        row.extend(
            votes.then(|| html! { @if let Some(alike) = alike { (format!("{:.0} %", 100.0 * alike)) } }),
        );
        row
    };
    let rows: Vec<_> = found.partners.iter().map(row).collect();
    let mut head = vec![
        "partner",
        "events",
        "weighted",
        "share, 95 % interval",
        "highest rank",
        "visits paid / received",
        "initiative",
    ];
    head.extend(expected.then_some("expected in a window as long"));
    head.extend(votes.then_some("votes alike"));
    let numbers: Vec<usize> = (1..head.len()).collect();
    let body = html! {
        @if found.partners.is_empty() { p { "No event counts." } } @else {
            (figure(|width| chart::partners(width, names, found, links)))
            (table("Partners", &head, &numbers, &rows))
            @if let Some(range) = &found.range {
                p { "Effective partners, as many equally important ones as would be as concentrated: "
                    (of(&range.effective_shannon)) " after Shannon, " (of(&range.effective_simpson)) " after Herfindahl." }
            }
            @if let Some(apart) = &found.multi_vector { p { (line(&words::vectors(apart))) } }
        }
    };
    section("partners", "Partners", &body)
}

fn of(estimate: &Estimate) -> String {
    format!("{:.1} [{:.1}, {:.1}]", estimate.mean, estimate.low, estimate.high)
}

/// States and organisations of a ledger with the number of their events.
pub fn states(names: &Names, found: &BTreeMap<String, u32>, links: &dyn Links) -> Markup {
    let mut ranked: Vec<(&String, &u32)> = found.iter().collect();
    ranked.sort_by_key(|(code, count)| (std::cmp::Reverse(**count), (*code).clone()));
    let row = |(code, count): &(&String, &u32)| {
        vec![
            html! { (line(&names.with_code(code))) },
            number(&count.to_string(), links.figure(Figure::Partner(code))),
        ]
    };
    let rows: Vec<_> = ranked.iter().map(row).collect();
    let body = html! {
        p { "Events in which somebody speaks for each, or has spoken for it; an event of two sides stands in both rows." }
        (table("States and organisations", &["state or organisation", "events"], &[1], &rows))
    };
    section("partners", "States and organisations", &body)
}
