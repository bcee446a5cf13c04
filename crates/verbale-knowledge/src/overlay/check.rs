//! The linter behind `verbale knowledge check`: what a knowledge file says twice, against itself, or in vain.

use std::collections::BTreeMap;

use super::entry::{OfficeEntry, PersonEntry};
use super::{Finding, Overlay, Severity, read};
use crate::entity::{Entity, NameKind};
use crate::{Knowledge, dates, fold};

/// Looks a knowledge file over: everything that makes it unusable, and what probably was not meant: duplicates,
/// two people in the same office at once, codes that nothing is known under. Sorted by line.
pub fn check(text: &str) -> Vec<Finding> {
    let (overlay, mut findings) = read::read(text);
    let mut lint = Lint { findings: Vec::new() };
    lint.twice(&overlay);
    lint.offices(&overlay.people);
    let embedded = Knowledge::embedded();
    lint.other_meanings(&overlay, &embedded);
    let knowledge = embedded.with_overlay(overlay.clone());
    lint.unknown(&overlay, &knowledge);
    findings.append(&mut lint.findings);
    findings.sort();
    findings.dedup();
    findings
}

struct Lint {
    findings: Vec<Finding>,
}

impl Lint {
    fn warn(&mut self, line: u32, message: String) {
        self.findings.push(Finding { line: line.max(1), severity: Severity::Warning, message });
    }

    /// The same key, or the same name for two things, twice in the file.
    fn twice(&mut self, overlay: &Overlay) {
        let keys = |sort: &'static str, keys: Vec<(&str, u32)>| {
            (sort, keys.into_iter().map(|(k, l)| (k.to_owned(), l)).collect::<Vec<_>>())
        };
        let all = [
            keys("state", overlay.states.iter().map(|entry| (entry.code.as_str(), entry.line)).collect()),
            keys(
                "authority",
                overlay.authorities.iter().map(|entry| (entry.id.as_str(), entry.line)).collect(),
            ),
            keys(
                "organisation",
                overlay.organisations.iter().map(|entry| (entry.id.as_str(), entry.line)).collect(),
            ),
            keys("body", overlay.bodies.iter().map(|entry| (entry.id.as_str(), entry.line)).collect()),
            keys(
                "person",
                overlay
                    .people
                    .iter()
                    .map(|p| (p.wikidata.as_deref().or(p.id.as_deref()).unwrap_or(&p.name), p.line))
                    .collect(),
            ),
        ];
        for (sort, keys) in all {
            let mut first: BTreeMap<String, u32> = BTreeMap::new();
            for (key, line) in keys {
                if let Some(earlier) = first.get(&key) {
                    self.warn(
                        line,
                        format!("{sort} {key} stands on line {earlier} already; join the two entries"),
                    );
                } else {
                    first.insert(key, line);
                }
            }
        }
        let mut meanings: BTreeMap<String, (&str, u32)> = BTreeMap::new();
        for name in &overlay.names {
            let plain = !matches!(name.kind, NameKind::Adjective | NameKind::Demonym | NameKind::Capital);
            if !plain {
                continue;
            }
            match meanings.get(&fold(&name.name)) {
                Some((entity, line)) if *entity != name.entity => {
                    let (entity, line) = ((*entity).to_owned(), *line);
                    self.warn(
                        name.line,
                        format!(
                            "\"{}\" names {} here and {entity} on line {line}; drop one",
                            name.name, name.entity
                        ),
                    );
                }
                _ => {
                    meanings.insert(fold(&name.name), (&name.entity, name.line));
                }
            }
        }
    }

    /// The same office of the same state held by two people at once, or twice by one.
    fn offices(&mut self, people: &[PersonEntry]) {
        let held: Vec<(&str, &OfficeEntry)> = people
            .iter()
            .flat_map(|person| person.offices.iter().map(|office| (person.name.as_str(), office)))
            .collect();
        for (at, (name, office)) in held.iter().enumerate() {
            for (other, earlier) in &held[..at] {
                let same = office.state == earlier.state && fold(&office.office) == fold(&earlier.office);
                let span = |office: &OfficeEntry| (office.from.clone(), office.to.clone());
                let ((from, to), (from2, to2)) = (span(office), span(earlier));
                if same
                    && dates::overlap((from.as_deref(), to.as_deref()), (from2.as_deref(), to2.as_deref()))
                {
                    self.warn(
                        office.line,
                        format!(
                            "{name} and {other} (line {}) are both {} of {} at the same time; set `from` and `to`, or say in `office` what sets them apart",
                            earlier.line, office.office, office.state
                        ),
                    );
                }
            }
        }
    }

    /// Names that mean something else without the file.
    fn other_meanings(&mut self, overlay: &Overlay, knowledge: &Knowledge) {
        for name in overlay.names.iter().filter(|name| !name.only) {
            let own = knowledge.entity(&name.entity);
            let others: Vec<&str> = knowledge
                .lookup(&fold(&name.name))
                .into_iter()
                .filter(|known| Some(known.entity) != own && !matches!(known.entity, Entity::Person(_)))
                .map(|known| knowledge.key(known.entity))
                .collect();
            if let Some(other) = others.first() {
                self.warn(
                    name.line,
                    format!(
                        "\"{}\" already names {other} and will mean both; add a [[name]] with only = true if it should mean {} alone",
                        name.name, name.entity
                    ),
                );
            }
        }
    }

    /// Codes and entities that neither the file nor verbale knows.
    fn unknown(&mut self, overlay: &Overlay, knowledge: &Knowledge) {
        let state = |code: &str| knowledge.state(code).is_some();
        let mut codes: Vec<(String, &str, u32)> = Vec::new();
        for entry in &overlay.authorities {
            codes.extend(
                entry.state.as_deref().map(|code| (format!("authority {}", entry.id), code, entry.line)),
            );
        }
        for entry in &overlay.bodies {
            codes.extend(entry.state.as_deref().map(|code| (format!("body {}", entry.id), code, entry.line)));
        }
        for entry in &overlay.organisations {
            let members = entry.members.iter().flatten();
            codes.extend(
                members.map(|code| (format!("organisation {}", entry.id), code.as_str(), entry.line)),
            );
        }
        for place in overlay.places.iter().filter(|place| !place.country.is_empty()) {
            codes.push((format!("place {}", place.name), &place.country, place.line));
        }
        for act in &overlay.recognitions {
            codes.push(("recognition".to_owned(), &act.recogniser, act.line));
        }
        for (what, code, line) in codes.into_iter().filter(|(_, code, _)| !state(code)) {
            self.warn(
                line,
                format!("{what}: no state has the code {code}; correct it, or add a [[state]] for it"),
            );
        }
        for (person, office) in
            overlay.people.iter().flat_map(|p| p.offices.iter().map(move |office| (p, office)))
        {
            if !state(&office.state) && knowledge.organisation_by_slug(&office.state).is_none() {
                self.warn(
                    office.line,
                    format!(
                        "person {}: {} is no state's code and no organisation's id; correct it, or add an entry for it",
                        person.name, office.state
                    ),
                );
            }
        }
        let named = overlay
            .names
            .iter()
            .map(|name| (format!("name \"{}\"", name.name), name.entity.as_str(), name.line));
        let acts = overlay
            .recognitions
            .iter()
            .map(|act| ("recognition".to_owned(), act.recognised.as_str(), act.line));
        for (what, entity, line) in named.chain(acts).filter(|(_, entity, _)| !entity.is_empty()) {
            if knowledge.entity(entity).is_none() {
                self.warn(
                    line,
                    format!("{what}: nothing is known as {entity}; correct it, or add an entry for it"),
                );
            }
        }
    }
}
