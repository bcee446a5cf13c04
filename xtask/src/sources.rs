//! Everything under `data/` except the ontology and the places, read and looked over.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use verbale_knowledge::{NameKind, dates};
use verbale_model::ontology::Sector;

use crate::table::{Findings, Row, files, rows};

/// Sorts of bodies.
const BODY_KINDS: &[&str] = &[
    "ministry",
    "parliament",
    "court",
    "military",
    "police",
    "intelligence",
    "party",
    "armed_group",
    "media",
    "company",
    "agency",
    "seat",
    "other",
];
/// PLOVER's codes of organisations.
const CODES: &[&str] = &["UNO", "EUR", "IGO", "NGO", "IMG", "MNC"];

/// `states/states.tsv`: code, iso2, name, official, status, capital, seat, wikidata.
pub type StateRow = [String; 8];

/// A name, and the key of what it names.
#[derive(Debug, Clone)]
pub struct NameRow {
    pub key: String,
    pub name: String,
    pub kind: NameKind,
    pub cased: bool,
    pub row: Row,
}

/// A row with a slug of its own.
#[derive(Debug, Clone)]
pub struct Authority {
    pub id: String,
    pub state: String,
    pub name: String,
    pub from: Option<String>,
    pub to: Option<String>,
    pub sector: Sector,
}

/// An organisation.
#[derive(Debug, Clone)]
pub struct Organisation {
    pub id: String,
    pub code: String,
    pub name: String,
    pub acronym: String,
    pub wikidata: String,
    pub members: Vec<String>,
}

/// A body.
#[derive(Debug, Clone)]
pub struct Body {
    pub id: String,
    pub name: String,
    pub state: Option<String>,
    pub sector: Sector,
    pub kind: String,
}

/// Somebody in an office.
#[derive(Debug, Clone)]
pub struct Holder {
    pub state: String,
    pub office: String,
    pub person: String,
    pub aliases: Vec<String>,
    pub wikidata: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
    /// Whether the file was written and read over by people, so that an open end means "still".
    pub reviewed: bool,
}

/// The sources.
#[derive(Debug, Default)]
pub struct Sources {
    pub states: Vec<StateRow>,
    pub authorities: Vec<Authority>,
    pub organisations: Vec<Organisation>,
    pub bodies: Vec<Body>,
    pub holders: Vec<Holder>,
    /// recogniser, recognised, kind, stance, from, to, source
    pub recognitions: Vec<[String; 7]>,
    /// Names of states, authorities, organisations, bodies.
    pub names: Vec<NameRow>,
    /// Profile and entity to name.
    pub profiles: BTreeMap<(String, String), String>,
    /// Folded names that several things share, and may.
    pub shared: BTreeSet<String>,
    pub findings: Findings,
}

impl Sources {
    /// Reads `data/`.
    pub fn read(data: &Path) -> Self {
        let mut sources = Self::default();
        sources.states(data);
        sources.authorities(data);
        sources.organisations(data);
        sources.bodies(data);
        sources.recognitions(data);
        sources.holders(data);
        sources.profiles(data);
        sources
    }

    /// Whether a state has this code.
    pub fn has_state(&self, code: &str) -> bool {
        self.states.binary_search_by(|row| row[0].as_str().cmp(code)).is_ok()
    }

    fn has_organisation(&self, id: &str) -> bool {
        self.organisations.binary_search_by(|row| row.id.as_str().cmp(id)).is_ok()
    }

    fn name(&mut self, row: &Row, key: &str, name: &str, kind: NameKind, cased: bool) {
        let (key, name) = (key.to_owned(), name.to_owned());
        self.names.push(NameRow { key, name, kind, cased, row: row.clone() });
    }

    /// A name of an authority, organisation or body: initials are told by their capitals ("RAW"), and a name of one
    /// word ("Shell", "Time") counts only with its own.
    fn proper(&mut self, row: &Row, key: &str, name: &str, kind: NameKind) {
        let initials = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || ".-&/".contains(c);
        let acronym = (2..=7).contains(&name.len()) && name.chars().all(initials);
        let kind = if acronym { NameKind::Acronym } else { kind };
        self.name(row, key, name, kind, acronym || !name.contains(' '));
    }

    fn states(&mut self, data: &Path) {
        let columns =
            ["code", "iso2", "name", "official", "status", "capital", "seat_of_government", "wikidata"];
        for row in rows(data, "states/states.tsv", &columns, &mut self.findings) {
            if row.cell(0).len() != 3 || row.cell(2).is_empty() {
                self.findings.add(&row, "a state needs a code of three letters and a name");
                continue;
            }
            if !["un_member", "un_observer", "other"].contains(&row.cell(4)) {
                self.findings.add(&row, &format!("unknown status {}", row.cell(4)));
            }
            self.states.push(std::array::from_fn(|index| row.cell(index).to_owned()));
        }
        self.states.sort();
        for pair in self.states.windows(2).filter(|pair| pair[0][0] == pair[1][0]) {
            self.findings.0.push(format!("states/states.tsv:1: {} stands twice", pair[0][0]));
        }
        self.states.dedup_by(|a, b| a[0] == b[0]);
        for row in rows(data, "states/names.tsv", &["code", "name", "kind", "cased"], &mut self.findings) {
            match NameKind::parse(row.cell(2)) {
                Some(kind) if self.has_state(row.cell(0)) => {
                    self.name(&row, row.cell(0), row.cell(1), kind, row.cell(3) == "1");
                }
                Some(_) => self.findings.add(&row, &format!("unknown code {}", row.cell(0))),
                None => self.findings.add(&row, &format!("unknown kind {}", row.cell(2))),
            }
        }
    }

    fn authorities(&mut self, data: &Path) {
        let columns = ["id", "state", "name", "aliases", "from", "to", "sector"];
        for row in rows(data, "states/authorities.tsv", &columns, &mut self.findings) {
            let (Some(sector), Some((from, to))) = (self.sector(&row, 6), self.span(&row, 4)) else {
                continue;
            };
            self.known_state(&row, row.cell(1));
            let (id, name) = (row.cell(0), row.cell(2));
            self.proper(&row, id, name, NameKind::Name);
            for alias in row.several(3) {
                self.proper(&row, id, &alias, NameKind::Alias);
            }
            let (id, state, name) = (id.to_owned(), row.cell(1).to_owned(), name.to_owned());
            self.authorities.push(Authority { id, state, name, from, to, sector });
        }
        self.authorities.sort_by(|a, b| a.id.cmp(&b.id));
        let ids: Vec<String> = self.authorities.iter().map(|row| row.id.clone()).collect();
        self.unique("states/authorities.tsv", &ids);
        self.authorities.dedup_by(|a, b| a.id == b.id);
    }

    fn organisations(&mut self, data: &Path) {
        let columns = ["organisation", "members"];
        let mut members: BTreeMap<String, Row> =
            rows(data, "organisations/members.tsv", &columns, &mut self.findings)
                .into_iter()
                .map(|row| (row.cell(0).to_owned(), row))
                .collect();
        let columns = ["id", "code", "name", "acronyms", "aliases", "wikidata"];
        for row in rows(data, "organisations/organisations.tsv", &columns, &mut self.findings) {
            let (id, name) = (row.cell(0), row.cell(2));
            if !CODES.contains(&row.cell(1)) {
                self.findings.add(&row, &format!("unknown code {}", row.cell(1)));
            }
            self.proper(&row, id, name, NameKind::Name);
            let acronyms = row.several(3);
            for acronym in &acronyms {
                self.name(&row, id, acronym, NameKind::Acronym, true);
            }
            for alias in row.several(4) {
                self.proper(&row, id, &alias, NameKind::Alias);
            }
            let list = members.remove(id);
            let codes = list.as_ref().map(|list| list.several(1)).unwrap_or_default();
            for code in codes.iter().filter(|code| !self.has_state(code)).cloned().collect::<Vec<_>>() {
                self.findings.add(list.as_ref().unwrap_or(&row), &format!("unknown member {code}"));
            }
            self.organisations.push(Organisation {
                id: id.to_owned(),
                code: row.cell(1).to_owned(),
                name: name.to_owned(),
                acronym: acronyms.into_iter().next().unwrap_or_default(),
                wikidata: row.cell(5).to_owned(),
                members: codes,
            });
        }
        for (id, row) in members {
            self.findings.add(&row, &format!("unknown organisation {id}"));
        }
        self.organisations.sort_by(|a, b| a.id.cmp(&b.id));
        let ids: Vec<String> = self.organisations.iter().map(|row| row.id.clone()).collect();
        self.unique("organisations/organisations.tsv", &ids);
        self.organisations.dedup_by(|a, b| a.id == b.id);
    }

    fn bodies(&mut self, data: &Path) {
        let columns = ["id", "name", "aliases", "state", "sector", "kind"];
        for row in rows(data, "bodies/bodies.tsv", &columns, &mut self.findings) {
            let Some(sector) = self.sector(&row, 4) else { continue };
            if !row.cell(3).is_empty() {
                self.known_state(&row, row.cell(3));
            }
            if !BODY_KINDS.contains(&row.cell(5)) {
                self.findings.add(&row, &format!("unknown kind {}", row.cell(5)));
            }
            let (id, name) = (row.cell(0), row.cell(1));
            self.proper(&row, id, name, NameKind::Name);
            for alias in row.several(2) {
                self.proper(&row, id, &alias, NameKind::Alias);
            }
            let (id, name, kind) = (id.to_owned(), name.to_owned(), row.cell(5).to_owned());
            self.bodies.push(Body { id, name, state: row.known(3), sector, kind });
        }
        self.bodies.sort_by(|a, b| a.id.cmp(&b.id));
        let ids: Vec<String> = self.bodies.iter().map(|row| row.id.clone()).collect();
        self.unique("bodies/bodies.tsv", &ids);
        self.bodies.dedup_by(|a, b| a.id == b.id);
    }

    fn recognitions(&mut self, data: &Path) {
        let columns = ["recogniser", "recognised", "kind", "stance", "from", "to", "source"];
        for row in rows(data, "states/recognition.tsv", &columns, &mut self.findings) {
            if self.span(&row, 4).is_none() {
                continue;
            }
            self.known_state(&row, row.cell(0));
            if !self.has_state(row.cell(1)) && !self.authorities.iter().any(|known| known.id == row.cell(1)) {
                self.findings.add(&row, &format!("unknown code or authority {}", row.cell(1)));
            }
            if !["state", "government"].contains(&row.cell(2)) {
                self.findings.add(&row, &format!("unknown kind {}", row.cell(2)));
            }
            if !["recognised", "refused", "withdrawn"].contains(&row.cell(3)) {
                self.findings.add(&row, &format!("unknown stance {}", row.cell(3)));
            }
            self.recognitions.push(std::array::from_fn(|index| row.cell(index).to_owned()));
        }
        self.recognitions.sort_by(|a, b| (&a[1], &a[0], &a[4]).cmp(&(&b[1], &b[0], &b[4])));
    }

    fn holders(&mut self, data: &Path) {
        let columns = ["state", "office", "person", "aliases", "wikidata", "from", "to"];
        for file in files(data, "offices/holders", "tsv") {
            let reviewed = !file.ends_with("/wikidata.tsv");
            for row in rows(data, &file, &columns, &mut self.findings) {
                if !self.has_state(row.cell(0)) && !self.has_organisation(row.cell(0)) {
                    self.findings.add(&row, &format!("unknown state or organisation {}", row.cell(0)));
                }
                if row.cell(1).is_empty() || row.cell(2).is_empty() {
                    self.findings.add(&row, "an office and a person are needed");
                    continue;
                }
                let wikidata = row.known(4);
                if wikidata.as_deref().is_some_and(|id| !is_wikidata(id)) {
                    self.findings.add(&row, &format!("{} is no Wikidata id", row.cell(4)));
                }
                let Some((from, to)) = self.span(&row, 5) else { continue };
                self.holders.push(Holder {
                    state: row.cell(0).to_owned(),
                    office: row.cell(1).to_owned(),
                    person: row.cell(2).to_owned(),
                    aliases: row.several(3),
                    wikidata,
                    from,
                    to,
                    reviewed,
                });
            }
        }
    }

    fn profiles(&mut self, data: &Path) {
        for row in rows(data, "names/shared.tsv", &["name", "entities"], &mut self.findings) {
            self.shared.insert(verbale_knowledge::fold(row.cell(0)));
        }
        for file in files(data, "names", "tsv").into_iter().filter(|file| !file.ends_with("/shared.tsv")) {
            let profile = file.trim_start_matches("names/").trim_end_matches(".tsv").to_owned();
            for row in rows(data, &file, &["entity", "name"], &mut self.findings) {
                let entity = row.cell(0).to_owned();
                let state = self.states.iter().find(|state| state[0] == entity);
                if state.is_none() && !self.has_organisation(&entity) {
                    self.findings.add(&row, &format!("unknown entity {entity}"));
                }
                // Records may give a state by its Wikidata id.
                if let Some(state) = state.filter(|state| !state[7].is_empty()) {
                    self.profiles.insert((profile.clone(), state[7].clone()), row.cell(1).to_owned());
                }
                self.profiles.insert((profile.clone(), entity), row.cell(1).to_owned());
            }
        }
    }

    fn sector(&mut self, row: &Row, index: usize) -> Option<Sector> {
        let sector = Sector::parse(row.cell(index));
        if sector.is_none() {
            self.findings.add(row, &format!("unknown sector {}", row.cell(index)));
        }
        sector
    }

    /// The dates in two neighbouring columns.
    fn span(&mut self, row: &Row, index: usize) -> Option<(Option<String>, Option<String>)> {
        let (from, to) = (row.known(index), row.known(index + 1));
        if let Some(date) = from.iter().chain(&to).find(|date| !dates::is_date(date)) {
            self.findings.add(row, &format!("{date} is no date; write 2016, 2016-05 or 2016-05-25"));
            return None;
        }
        if let (Some(from), Some(to)) = (&from, &to)
            && dates::after(from, to)
        {
            self.findings.add(row, &format!("{from} is after {to}"));
            return None;
        }
        Some((from, to))
    }

    fn known_state(&mut self, row: &Row, code: &str) {
        if !self.has_state(code) {
            self.findings.add(row, &format!("unknown state {code}"));
        }
    }

    fn unique(&mut self, file: &str, sorted: &[String]) {
        for pair in sorted.windows(2).filter(|pair| pair[0] == pair[1]) {
            self.findings.0.push(format!("{file}:1: the id {} stands twice", pair[0]));
        }
    }
}

fn is_wikidata(id: &str) -> bool {
    id.strip_prefix('Q')
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}
