//! Links within a report: events and figures as anchors of the page.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::Group;
use super::figures::Behind;
use crate::links::{Figure, Links};
use crate::part;
use crate::safe::line;

/// Where the events of a report stand, and which events are behind its figures.
#[derive(Debug, Clone, Default)]
pub struct Anchors {
    /// Numbers of events by id.
    events: BTreeMap<String, usize>,
    /// Figures with more than one event, or with one that is not shown.
    figures: Vec<Behind>,
    /// Where the events of a figure are, by its key.
    places: BTreeMap<String, String>,
}

impl Anchors {
    /// Numbers events in the order in which they are shown.
    pub fn new(groups: &[Group], behind: &[Behind]) -> Self {
        let shown = groups.iter().flat_map(|group| &group.events);
        let mut anchors = Self::default();
        for (at, event) in shown.enumerate() {
            anchors.events.entry(event.id.clone()).or_insert(at + 1);
        }
        for one in behind.iter().filter(|one| !one.events.is_empty()) {
            let alone = match one.events.as_slice() {
                [only] => anchors.event(only),
                _ => None,
            };
            let place = alone.unwrap_or_else(|| {
                anchors.figures.push(one.clone());
                format!("#f-{}", one.key)
            });
            anchors.places.insert(one.key.clone(), place);
        }
        anchors
    }

    /// Whether any figure has a list of its own.
    pub fn has_index(&self) -> bool {
        !self.figures.is_empty()
    }

    /// All figures with links to their events.
    pub fn index(&self) -> Markup {
        if !self.has_index() {
            return html! {};
        }
        let entry = |one: &Behind| {
            html! {
                dt id=(format!("f-{}", one.key)) { (line(&one.label)) " (" (one.events.len()) ")" }
                dd class="refs" { @for id in &one.events {
                    @if let Some(number) = self.events.get(id) { a href=(format!("#e{number}")) { "e" (number) } " " }
                    @else { code { (line(id)) } " " }
                } }
            }
        };
        let body = html! {
            p { "The events behind each number above." }
            dl { @for one in &self.figures { (entry(one)) } }
        };
        part::section("figures", "Figures and their events", &body)
    }
}

impl Links for Anchors {
    fn event(&self, id: &str) -> Option<String> {
        self.events.get(id).map(|number| format!("#e{number}"))
    }

    fn figure(&self, figure: Figure<'_>) -> Option<String> {
        self.places.get(&figure.key()).cloned()
    }
}
