//! A knowledge file to an [`Overlay`], with everything that is wrong with it.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};
use verbale_model::ontology::Sector;

use super::entry::{
    AuthorityEntry, BodyEntry, NameEntry, OfficeEntry, OrganisationEntry, PersonEntry, PlaceEntry,
    RecognitionEntry, StateEntry,
};
use super::reader::{Fields, Lines, tables};
use super::{Finding, Overlay, Severity};
use crate::entity::{NameKind, PlaceKind};

/// What stands at the top level of a file.
const SORTS: &str = "[[state]], [[authority]], [[organisation]], [[body]], [[person]], [[place]], [[recognition]], [[name]], [profiles]";

/// PLOVER's codes of organisations.
const CODES: &[&str] = &["IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"];
/// Sorts of bodies.
pub(super) const BODY_KINDS: &[&str] = &[
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
const STATUS: &[&str] = &["un_member", "un_observer", "other"];

pub(super) fn read(text: &str) -> (Overlay, Vec<Finding>) {
    let lines = Lines::of(text);
    let (root, broken) = DeTable::parse_recoverable(text);
    let mut findings: Vec<Finding> = broken
        .iter()
        .map(|error| Finding {
            line: error.span().map_or(1, |span| lines.at(&span)),
            severity: Severity::Error,
            message: format!("broken TOML: {}", error.message()),
        })
        .collect();
    let mut overlay = Overlay::default();
    for (key, value) in root.get_ref() {
        let line = lines.at(&key.span());
        let mut names = Vec::new();
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("profiles", DeValue::Table(table)) => overlay.profiles = profiles(table, &lines, &mut findings),
            (
                sort @ ("state" | "authority" | "organisation" | "body" | "person" | "place" | "recognition"
                | "name"),
                value,
            ) => {
                let Some(array) = value.as_array() else {
                    let message = format!("{sort}: write [[{sort}]] with two brackets, once for each entry");
                    findings.push(Finding { line, severity: Severity::Error, message });
                    continue;
                };
                let found = &mut findings;
                let entries = &mut overlay;
                match sort {
                    "state" => {
                        entries.states =
                            with_names(&mut names, tables(sort, line, array, &lines, found, state));
                    }
                    "authority" => {
                        entries.authorities =
                            with_names(&mut names, tables(sort, line, array, &lines, found, authority));
                    }
                    "organisation" => {
                        entries.organisations =
                            with_names(&mut names, tables(sort, line, array, &lines, found, organisation));
                    }
                    "body" => {
                        entries.bodies =
                            with_names(&mut names, tables(sort, line, array, &lines, found, body));
                    }
                    "person" => entries.people = tables(sort, line, array, &lines, found, person),
                    "place" => entries.places = tables(sort, line, array, &lines, found, place),
                    "recognition" => {
                        entries.recognitions = tables(sort, line, array, &lines, found, recognition);
                    }
                    _ => names = tables(sort, line, array, &lines, found, name),
                }
            }
            (other, _) => {
                let message = format!("unknown section `{other}`; a knowledge file has {SORTS}");
                findings.push(Finding { line, severity: Severity::Error, message });
            }
        }
        overlay.names.append(&mut names);
    }
    findings.sort();
    (overlay, findings)
}

fn with_names<T>(names: &mut Vec<NameEntry>, read: Vec<(T, Vec<NameEntry>)>) -> Vec<T> {
    read.into_iter()
        .map(|(entry, own)| {
            names.extend(own);
            entry
        })
        .collect()
}

fn called(
    entity: &str,
    line: u32,
    kind: NameKind,
    names: impl IntoIterator<Item = String>,
) -> Vec<NameEntry> {
    let cased = matches!(kind, NameKind::Acronym);
    let entry = |name| NameEntry { name, entity: entity.to_owned(), kind, cased, only: false, line };
    names.into_iter().map(entry).collect()
}

fn state(fields: &mut Fields<'_, '_>) -> (StateEntry, Vec<NameEntry>) {
    let entry = StateEntry {
        code: fields.required("code"),
        iso2: fields.text("iso2"),
        name: fields.text("name"),
        official: fields.text("official"),
        status: fields.one_of("status", STATUS, |word| word).map(str::to_owned),
        capital: fields.text("capital"),
        seat_of_government: fields.text("seat_of_government"),
        wikidata: fields.text("wikidata"),
        line: fields.line,
    };
    let sound = entry.code.len() == 3 && entry.code.bytes().all(|b| b.is_ascii_uppercase());
    if !sound && !entry.code.is_empty() {
        fields
            .error(fields.line, "`code` must be three capital letters; ISO 3166 leaves XAA to XZZ to users");
    }
    let (code, line) = (entry.code.clone(), fields.line);
    let mut names = called(&code, line, NameKind::Name, entry.name.iter().chain(&entry.official).cloned());
    names.extend(called(&code, line, NameKind::Capital, entry.capital.clone()));
    for (key, kind) in [
        ("aliases", NameKind::Alias),
        ("acronyms", NameKind::Acronym),
        ("former", NameKind::Former),
        ("adjectives", NameKind::Adjective),
        ("demonyms", NameKind::Demonym),
        ("metonyms", NameKind::Metonym),
    ] {
        names.extend(called(&code, line, kind, fields.texts(key).into_iter().flatten()));
    }
    (entry, names)
}

fn authority(fields: &mut Fields<'_, '_>) -> (AuthorityEntry, Vec<NameEntry>) {
    let (from, to) = fields.span();
    let entry = AuthorityEntry {
        id: fields.required("id"),
        state: fields.text("state"),
        name: fields.text("name"),
        from,
        to,
        sector: sector(fields),
        line: fields.line,
    };
    let names = own_names(fields, &entry.id, entry.name.clone());
    (entry, names)
}

fn organisation(fields: &mut Fields<'_, '_>) -> (OrganisationEntry, Vec<NameEntry>) {
    let acronyms = fields.texts("acronyms").unwrap_or_default();
    let entry = OrganisationEntry {
        id: fields.required("id"),
        code: fields.one_of("code", CODES, |word| word).map(str::to_owned),
        name: fields.text("name"),
        acronym: acronyms.first().cloned(),
        wikidata: fields.text("wikidata"),
        members: fields.texts("members"),
        line: fields.line,
    };
    let mut names = own_names(fields, &entry.id, entry.name.clone());
    names.extend(called(&entry.id, fields.line, NameKind::Acronym, acronyms));
    (entry, names)
}

fn body(fields: &mut Fields<'_, '_>) -> (BodyEntry, Vec<NameEntry>) {
    let entry = BodyEntry {
        id: fields.required("id"),
        name: fields.text("name"),
        state: fields.text("state"),
        sector: sector(fields),
        kind: fields.one_of("kind", BODY_KINDS, |word| word).map(str::to_owned),
        line: fields.line,
    };
    let names = own_names(fields, &entry.id, entry.name.clone());
    (entry, names)
}

fn own_names(fields: &mut Fields<'_, '_>, id: &str, name: Option<String>) -> Vec<NameEntry> {
    let mut names = called(id, fields.line, NameKind::Name, name);
    names.extend(called(id, fields.line, NameKind::Alias, fields.texts("aliases").into_iter().flatten()));
    names
}

fn sector(fields: &mut Fields<'_, '_>) -> Option<Sector> {
    fields.one_of("sector", Sector::ALL, Sector::as_str)
}

fn person(fields: &mut Fields<'_, '_>) -> PersonEntry {
    PersonEntry {
        id: fields.text("id"),
        name: fields.required("name"),
        aliases: fields.texts("aliases").unwrap_or_default(),
        wikidata: fields.text("wikidata"),
        offices: fields.tables("offices", |office| {
            let (from, to) = office.span();
            let line = office.line;
            OfficeEntry { office: office.required("office"), state: office.required("state"), from, to, line }
        }),
        line: fields.line,
    }
}

fn place(fields: &mut Fields<'_, '_>) -> PlaceEntry {
    PlaceEntry {
        name: fields.required("name"),
        aliases: fields.texts("aliases").unwrap_or_default(),
        country: fields.text("country").unwrap_or_default(),
        admin1: fields.text("admin1").unwrap_or_default(),
        lat: fields.number("lat", -90.0..90.1).unwrap_or_default() as f32,
        lon: fields.number("lon", -180.0..180.1).unwrap_or_default() as f32,
        population: fields.number("population", 0.0..2e9).unwrap_or_default() as u32,
        kind: fields.one_of("kind", PlaceKind::ALL, PlaceKind::as_str).unwrap_or(PlaceKind::Other),
        geonames: fields.number("geonames", 0.0..4e9).unwrap_or_default() as u32,
        line: fields.line,
    }
}

fn recognition(fields: &mut Fields<'_, '_>) -> RecognitionEntry {
    let (from, to) = fields.span();
    RecognitionEntry {
        recogniser: fields.required("recogniser"),
        recognised: fields.required("recognised"),
        kind: fields.one_of("kind", &["state", "government"], |word| word).unwrap_or("state").to_owned(),
        stance: fields
            .one_of("stance", &["recognised", "refused", "withdrawn"], |word| word)
            .unwrap_or("recognised")
            .to_owned(),
        from,
        to,
        source: fields.text("source").unwrap_or_default(),
        line: fields.line,
    }
}

fn name(fields: &mut Fields<'_, '_>) -> NameEntry {
    NameEntry {
        name: fields.required("name"),
        entity: fields.required("entity"),
        kind: fields.one_of("kind", NameKind::ALL, NameKind::as_str).unwrap_or(NameKind::Alias),
        cased: fields.flag("cased", false),
        only: fields.flag("only", false),
        line: fields.line,
    }
}

/// `[profiles.NAME]`: entity to name.
fn profiles(
    table: &DeTable<'_>,
    lines: &Lines,
    findings: &mut Vec<Finding>,
) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    for (profile, value) in table {
        let mut names = BTreeMap::new();
        let mut wrong =
            |line: u32, message: String| findings.push(Finding { line, severity: Severity::Error, message });
        match value.get_ref().as_table() {
            Some(table) => {
                for (entity, name) in table {
                    match name.get_ref().as_str() {
                        Some(name) => {
                            names.insert(entity.get_ref().to_string(), name.to_owned());
                        }
                        None => wrong(
                            lines.at(&entity.span()),
                            format!(
                                "profile {}: the name of {} must be a text",
                                profile.get_ref(),
                                entity.get_ref()
                            ),
                        ),
                    }
                }
            }
            None => wrong(
                lines.at(&profile.span()),
                format!(
                    "profile {0}: write [profiles.{0}], then a line ENTITY = \"Name\" each",
                    profile.get_ref()
                ),
            ),
        }
        found.insert(profile.get_ref().to_string(), names);
    }
    found
}
