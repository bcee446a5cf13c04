//! The report: one page that holds everything, figures first and the evidence of each below.

mod anchors;
mod figures;

use std::collections::BTreeMap;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use verbale_ledger::foreign::ForeignEvent;
use verbale_ledger::store::{Imported, Versions};
use verbale_ledger::{Coverage, Testimony};
use verbale_measure::{BalanceAnswer, Network, Rules, Subjects, Trend};

use crate::chart::{Happening, Month};
use crate::names::Names;
use crate::part::{self, View, Views};
use crate::safe::{line, words as inline};
use crate::stylesheet;

pub use anchors::Anchors;
pub use figures::{Behind, Figured, Figures, behind, everywhere, together};

/// What the answer to a question says.
#[derive(Debug, Clone, Copy)]
pub struct Answers<'a> {
    /// The balance, with its curve where there are two powers.
    pub balance: &'a BalanceAnswer,
    /// By period.
    pub trend: &'a Trend,
    /// By topic.
    pub subjects: &'a Subjects,
    /// All partners.
    pub network: &'a Network,
    /// The events that count, for the timeline.
    pub happenings: &'a [Happening],
    /// The rules they count by.
    pub rules: &'a Rules,
}

/// Everything that a report shows.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// What codes are called.
    pub names: &'a Names,
    /// The answers; without them the report is of all that a ledger holds.
    pub answers: Option<Answers<'a>>,
    /// The codes that events speak of, each with the number of its events; for a report without answers.
    pub states: &'a BTreeMap<String, u32>,
    /// Whose coding: `own`, or an import's format.
    pub source: &'a str,
    /// Events with their evidence, in groups.
    pub groups: &'a [Group],
    /// The events behind each figure.
    pub behind: &'a [Behind],
    /// How many events have a figure and are not among the groups, because there would be too many.
    pub unshown: usize,
    /// Which sources wrote when.
    pub coverage: &'a Coverage,
    /// Others' codings that came in.
    pub imports: &'a [Imported],
    /// What coded the documents.
    pub versions: &'a [Versions],
    /// Version of the program that wrote the report, and of its data.
    pub program: [&'a str; 2],
}

/// Events that are shown below one heading.
#[derive(Debug, Clone)]
pub struct Group {
    /// The heading.
    pub title: String,
    /// Events in order.
    pub events: Vec<Shown>,
}

/// An event with its evidence.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Its id.
    pub id: String,
    /// What it rests on.
    pub evidence: Evidence,
}

/// What an event rests on.
#[derive(Debug, Clone)]
pub enum Evidence {
    /// Documents of the ledger.
    Own(Box<Testimony>),
    /// A coding of others: the format, the event, and the address it cites.
    Foreign(String, Box<ForeignEvent>, Option<String>),
}

/// The whole page, which needs nothing beside it.
pub fn report(report: &Report<'_>) -> String {
    let anchors = Anchors::new(report.groups, report.behind);
    let (title, question) = titles(report);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                // Whatever a document holds, the page runs nothing and asks for nothing.
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                meta name="referrer" content="no-referrer";
                meta name="generator" content=(format!("verbale {}", report.program[0]));
                title { (line(&title)) }
                style { (PreEscaped(stylesheet())) }
            }
            body {
                a class="skip" href="#main" { "To the content" }
                header { h1 { (inline(&title)) } (contents(report, &anchors)) }
                main id="main" {
                    @if let Some(answers) = &report.answers { (answered(report, answers, &anchors)) }
                    @else { (part::states(report.names, report.states, &anchors)) }
                    (part::coverage(report.coverage, report.imports))
                    (evidence(report))
                    (anchors.index())
                    (part::methods(
                        report.answers.as_ref().map(|answers| (answers.rules, answers.balance.delta)),
                        report.source,
                        report.versions,
                    ))
                    (part::cite(&question, report.program[0], report.program[1]))
                }
                footer { p { "Written by verbale " (line(report.program[0])) ", data " (line(report.program[1]))
                    ". A record says what a report says. It does not say that it is true." } }
            }
        }
    };
    page.into_string() + "\n"
}

fn titles(report: &Report<'_>) -> (String, String) {
    match &report.answers {
        Some(answers) => {
            let found = answers.balance;
            let powers = crate::words::named(report.names, &found.head.between);
            let title = format!("The engagement of {} with {powers}", report.names.of(&found.head.state));
            (title, crate::words::question(report.names, found))
        }
        None => ("What a ledger holds".to_owned(), "What a ledger holds".to_owned()),
    }
}

fn contents(report: &Report<'_>, anchors: &Anchors) -> Markup {
    let curve = report.answers.is_some_and(|answers| answers.balance.curve.is_some());
    let sections: [(&str, &str, bool); 11] = [
        ("verdict", "Verdict", report.answers.is_some()),
        ("curve", "Specification curve", curve),
        ("timeline", "Timeline", report.answers.is_some()),
        ("trend", "Trend", report.answers.is_some()),
        ("topics", "Topics", report.answers.is_some()),
        ("partners", if report.answers.is_some() { "Partners" } else { "States and organisations" }, true),
        ("coverage", "Coverage", true),
        ("evidence", "Evidence", true),
        ("figures", "Figures and their events", anchors.has_index()),
        ("methods", "Methods", true),
        ("cite", "How to cite", true),
    ];
    html! {
        nav aria-label="Contents" { ul {
            @for (id, name, _) in sections.iter().filter(|(_, _, there)| *there) {
                li { a href=(format!("#{id}")) { (name) } }
            }
        } }
    }
}

fn answered(report: &Report<'_>, answers: &Answers<'_>, anchors: &Anchors) -> Markup {
    let names = report.names;
    let powers = &answers.balance.head.between;
    let views = Views { shown: &[View::Table, View::Map], powers, tabs: None };
    html! {
        (part::verdict(names, answers.balance, anchors))
        (part::curve(names, answers.balance, anchors))
        (part::timeline(names, &answers.balance.head.between, answers.happenings, &Month::of(&report.coverage.months), anchors))
        (part::trend(names, answers.trend, anchors))
        (part::topics(names, answers.subjects, anchors))
        (part::partners(names, answers.network, &views, anchors))
    }
}

fn evidence(report: &Report<'_>) -> Markup {
    let shown: usize = report.groups.iter().map(|group| group.events.len()).sum();
    let mut number = 0;
    let body = html! {
        p {
            (part::counted(shown, "event")) " with " @if shown == 1 { "its" } @else { "their" } " evidence. "
            @if report.unshown > 0 {
                strong { (part::counted(report.unshown, "further event")) @if report.unshown == 1 { " is" } @else { " are" }
                    " counted in the figures and not shown here" }
                ", so that the page stays usable; --events N shows more, and `verbale events` lists all."
            }
        }
        @if report.source == "own" && shown > 0 { (part::key()) }
        @for group in report.groups.iter().filter(|group| !group.events.is_empty()) {
            h3 { (line(&group.title)) " (" (group.events.len()) ")" }
            @for event in &group.events {
                @let name = { number += 1; format!("e{number}") };
                @match &event.evidence {
                    Evidence::Own(testimony) => (part::testimony(&name, testimony)),
                    Evidence::Foreign(format, event, address) => (part::foreign(&name, format, event, address.as_deref())),
                }
            }
        }
    };
    part::section("evidence", "Evidence", &body)
}
