//! All partners of a state; and all states of a ledger, where no state is asked about.

use std::collections::BTreeMap;

use maud::{Markup, html};
use verbale_measure::{Estimate, Network, Partner};

use super::{figure, folded, number, section, table};
use crate::chart;
use crate::links::{Figure, Links};
use crate::names::Names;
use crate::safe::line;
use crate::words;

/// A way to look at all partners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Bars.
    Table,
    /// A map of the world.
    Map,
    /// The state in the middle, its partners around it.
    Network,
}

impl View {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Table, Self::Map, Self::Network];

    /// Its name, as addresses have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Map => "map",
            Self::Network => "network",
        }
    }
}

/// Which views of the partners are shown.
#[derive(Clone, Copy)]
pub struct Views<'a> {
    /// These.
    pub shown: &'a [View],
    /// The powers of the question, which keep their shapes.
    pub powers: &'a [String],
    /// Where each view is, where there is a choice.
    pub tabs: Option<&'a dyn Fn(View) -> String>,
}

/// All partners in the views that are wanted, with their table.
pub fn partners(names: &Names, found: &Network, views: &Views<'_>, links: &dyn Links) -> Markup {
    let whole = table_of(names, found, links);
    let body = html! {
        @if found.partners.is_empty() { p { "No event counts." } } @else {
            (tabs(views))
            @for view in views.shown { (seen(*view, names, found, views.powers, links)) }
            @if views.shown.contains(&View::Table) { (whole) } @else { (folded("The partners as a table", &whole)) }
            @if let Some(range) = &found.range {
                p { "Effective partners, as many equally important ones as would be as concentrated: "
                    (of(&range.effective_shannon)) " after Shannon, " (of(&range.effective_simpson)) " after Herfindahl." }
            }
            @if let Some(apart) = &found.multi_vector { p { (line(&words::vectors(apart))) } }
        }
    };
    section("partners", "Partners", &body)
}

/// Links to the views, which work without script.
fn tabs(views: &Views<'_>) -> Markup {
    let here = |view: View| views.shown.contains(&view).then_some("true");
    html! {
        @if let Some(to) = views.tabs {
            nav class="views" aria-label="Partners as" { ul {
                @for view in View::ALL {
                    li { a href=(to(view)) aria-current=[here(view)] { (view.name()) } }
                }
            } }
        }
    }
}

fn seen(view: View, names: &Names, found: &Network, powers: &[String], links: &dyn Links) -> Markup {
    match view {
        View::Table => figure(|width| chart::partners(width, names, found, links)),
        View::Map => {
            let apart = chart::unplaced(found);
            html! {
                (figure(|width| chart::map(width, names, found, powers, links)))
                @if !apart.is_empty() { p {
                    "Not on the map: "
                    @for (at, one) in apart.iter().enumerate() {
                        @if at > 0 { ", " }
                        (line(&names.with_code(&one.code))) " "
                        (number(&one.count.to_string(), links.figure(Figure::Partner(&one.code))))
                    }
                    "."
                } }
            }
        }
        View::Network => html! {
            (figure(|width| chart::network(width, names, found, powers, links)))
            (pairs(names, found, links))
        },
    }
}

/// Which partners stood at the same events.
fn pairs(names: &Names, found: &Network, links: &dyn Links) -> Markup {
    let row = |pair: &chart::Pair<'_>| {
        let [one, other] = pair.between;
        let count = pair.events.len().to_string();
        vec![
            html! { (line(&names.with_code(one))) " and " (line(&names.with_code(other))) },
            number(&count, links.figure(Figure::Together(one, other))),
        ]
    };
    let rows: Vec<_> = chart::together(found).iter().map(row).collect();
    html! {
        @if rows.is_empty() { p class="soft" {
            "No two partners stood at the same event that counts. Whether gatherings of three sides and more count is for the rules to say."
        } }
        @else { (folded("Partners at the same events, as a table", &table("Partners at the same events", &["partners", "events"], &[1], &rows))) }
    }
}

fn table_of(names: &Names, found: &Network, links: &dyn Links) -> Markup {
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
    table("Partners", &head, &numbers, &rows)
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
