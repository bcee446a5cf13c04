//! Sources to `knowledge.bin`.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use verbale_knowledge::people::surnames;
use verbale_knowledge::{NameKind, fold};
use verbale_model::ontology::Sector;

use crate::blob::{self, Pool};
use crate::people::{Person, all_spellings, people};
use crate::sources::Sources;

/// A reading as it is written: entity tag, row, kind, cased.
type Reading = (u8, u32, u8, u8);

/// How much there is.
#[derive(Debug, Clone, Copy)]
pub struct Counts {
    pub names: usize,
    pub people: usize,
    pub occupancies: usize,
}

/// The bytes of `knowledge.bin`.
pub fn knowledge(sources: &Sources, canonical: &BTreeMap<String, String>) -> Result<(Vec<u8>, Counts)> {
    let people = people(&sources.holders, canonical);
    let mut pool = Pool::default();
    pool.text("");
    let states = blob::rows(sources.states.iter().map(|row| row.each_ref().map(|cell| pool.text(cell))));
    let authorities = blob::rows(sources.authorities.iter().map(|row| {
        [
            pool.text(&row.id),
            pool.text(&row.state),
            pool.text(&row.name),
            pool.known(row.from.as_deref()),
            pool.known(row.to.as_deref()),
            sector(row.sector),
        ]
    }));
    let organisations = blob::rows(sources.organisations.iter().map(|row| {
        let members: Vec<u32> = row.members.iter().map(|member| pool.text(member)).collect();
        [
            pool.text(&row.id),
            pool.text(&row.code),
            pool.text(&row.name),
            pool.text(&row.acronym),
            pool.text(&row.wikidata),
            pool.list(&members),
        ]
    }));
    let bodies = blob::rows(sources.bodies.iter().map(|row| {
        let state = pool.known(row.state.as_deref());
        [pool.text(&row.id), pool.text(&row.name), state, sector(row.sector), pool.text(&row.kind)]
    }));
    let mut held = 0;
    let persons = blob::rows(people.iter().map(|person| {
        let first = held;
        held += person.held.len() as u32;
        let wikidata = pool.known(person.wikidata.as_deref());
        [pool.text(&person.id), pool.text(&person.name), wikidata, first, person.held.len() as u32]
    }));
    let occupancies = blob::rows(people.iter().flat_map(|person| &person.held).map(|row| {
        let (from, to) = (pool.known(row.from.as_deref()), pool.known(row.to.as_deref()));
        [pool.text(&row.office), pool.text(&row.state), from, to, u32::from(row.reviewed || row.to.is_some())]
    }));
    let recognitions = blob::rows(sources.recognitions.iter().map(|row| {
        let mut cells = row.each_ref().map(|cell| pool.text(cell));
        for date in [4, 5] {
            cells[date] = pool.known(Some(row[date].as_str()).filter(|date| !date.is_empty()));
        }
        cells
    }));
    let readings = readings(sources, &people);
    let (names, postings) = postings(&readings)?;
    let mut lasts: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for (row, person) in people.iter().enumerate() {
        for name in std::iter::once(&person.name).chain(&person.aliases) {
            for last in surnames(name, &person.state) {
                lasts.entry(last).or_default().insert(row as u32);
            }
        }
    }
    let lasts = lasts
        .into_iter()
        .map(|(name, rows)| (name, pool.list(&rows.into_iter().collect::<Vec<_>>())))
        .collect();
    let profiles = sources.profiles.iter();
    let profiles =
        profiles.map(|((profile, entity), name)| (format!("{profile}\t{entity}"), pool.text(name))).collect();
    let counts = Counts { names: readings.len(), people: people.len(), occupancies: held as usize };
    let (surnames, profiles) = (blob::map(&lasts)?, blob::map(&profiles)?);
    let [strings, lists] = pool.sections();
    let sections = [
        strings,
        lists,
        states,
        authorities,
        organisations,
        bodies,
        persons,
        occupancies,
        recognitions,
        names,
        postings,
        surnames,
        profiles,
    ];
    Ok((blob::file(&sections), counts))
}

fn sector(sector: Sector) -> u32 {
    sector as u32
}

/// The readings of every folded name.
fn readings(sources: &Sources, people: &[Person]) -> BTreeMap<String, BTreeSet<Reading>> {
    let mut rows: BTreeMap<&str, (u8, u32)> = BTreeMap::new();
    let keys: [Vec<&str>; 4] = [
        sources.states.iter().map(|row| row[0].as_str()).collect(),
        sources.authorities.iter().map(|row| row.id.as_str()).collect(),
        sources.organisations.iter().map(|row| row.id.as_str()).collect(),
        sources.bodies.iter().map(|row| row.id.as_str()).collect(),
    ];
    for (tag, keys) in keys.iter().enumerate() {
        for (row, key) in keys.iter().enumerate() {
            rows.entry(key).or_insert((tag as u8, row as u32));
        }
    }
    let mut found: BTreeMap<String, BTreeSet<Reading>> = BTreeMap::new();
    let mut add = |spelling: String, reading: Reading| {
        if !spelling.is_empty() {
            found.entry(spelling).or_default().insert(reading);
        }
    };
    for name in &sources.names {
        let Some((tag, row)) = rows.get(name.key.as_str()).copied() else { continue };
        let reading = (tag, row, kind(name.kind), u8::from(name.cased));
        let folded = fold(&name.name);
        // "the Kremlin" is sought without its article.
        if let Some(bare) = folded.strip_prefix("the ") {
            add(bare.to_owned(), reading);
        }
        add(folded, reading);
    }
    for (row, person) in people.iter().enumerate() {
        for (at, spelling) in all_spellings(person).into_iter().enumerate() {
            let as_name = if at == 0 { NameKind::Name } else { NameKind::Alias };
            add(spelling, (4, row as u32, kind(as_name), 1));
        }
    }
    // One kind is enough for each entity: the first that the list of kinds has.
    for readings in found.values_mut() {
        let all: Vec<Reading> = readings.iter().copied().collect();
        // "U.S." folds to what "US" folds to: where one spelling needs its capitals, all do.
        let cased =
            |one: &Reading| all.iter().any(|other| (other.0, other.1) == (one.0, one.1) && other.3 == 1);
        *readings = all.iter().map(|one| (one.0, one.1, one.2, u8::from(cased(one)))).collect();
        readings.retain(|one| {
            let before = |other: &Reading| (other.0, other.1) == (one.0, one.1) && other.2 < one.2;
            !all.iter().any(|other| before(other) && same_role(other.2, one.2))
        });
    }
    found
}

/// A name and an alias say the same; a capital or an adjective says something of its own.
fn same_role(one: u8, other: u8) -> bool {
    let plain = |index: u8| {
        NameKind::ALL.get(usize::from(index)).is_some_and(|kind| {
            matches!(kind, NameKind::Name | NameKind::Acronym | NameKind::Former | NameKind::Alias)
        })
    };
    one == other || (plain(one) && plain(other))
}

fn kind(kind: NameKind) -> u8 {
    NameKind::ALL.iter().position(|known| *known == kind).unwrap_or_default() as u8
}

fn postings(readings: &BTreeMap<String, BTreeSet<Reading>>) -> Result<(Vec<u8>, Vec<u8>)> {
    let mut index = BTreeMap::new();
    let mut bytes: Vec<u8> = Vec::new();
    let mut known: BTreeMap<Vec<u8>, u32> = BTreeMap::new();
    for (name, readings) in readings {
        let mut posting = (readings.len() as u16).to_le_bytes().to_vec();
        for (tag, row, kind, cased) in readings {
            posting.extend([*tag, *kind, *cased, 0]);
            posting.extend(row.to_le_bytes());
        }
        let offset = *known.entry(posting.clone()).or_insert_with(|| {
            let offset = bytes.len() as u32;
            bytes.extend(&posting);
            offset
        });
        index.insert(name.clone(), offset);
    }
    Ok((blob::map(&index)?, bytes))
}

/// Folded names that stand for several states, authorities, organisations or bodies, and are not listed as shared.
pub fn conflicts(sources: &Sources) -> Vec<String> {
    let mut meanings: BTreeMap<String, BTreeMap<&str, String>> = BTreeMap::new();
    for name in &sources.names {
        let place = format!("{}:{}", name.row.file, name.row.line);
        meanings.entry(fold(&name.name)).or_default().entry(&name.key).or_insert(place);
    }
    let mut found = Vec::new();
    for (name, keys) in
        meanings.iter().filter(|(name, keys)| keys.len() > 1 && !sources.shared.contains(*name))
    {
        let list: Vec<String> = keys.iter().map(|(key, place)| format!("{key} ({place})")).collect();
        found.push(format!(
            "\"{name}\" names {}; drop one, or list it in names/shared.tsv",
            list.join(" and ")
        ));
    }
    for name in sources.shared.iter().filter(|name| meanings.get(*name).is_none_or(|keys| keys.len() < 2)) {
        found.push(format!("names/shared.tsv: \"{name}\" is shared by nothing any more; drop the line"));
    }
    found
}
