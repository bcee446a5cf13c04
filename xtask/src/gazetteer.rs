//! `data/places/*.tsv` to `places.bin`.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use verbale_knowledge::layout::{AREA_WIDTH, PlaceRow};
use verbale_knowledge::{PlaceKind, fold};

use crate::blob::{self, Pool};
use crate::sources::Sources;
use crate::table::{Findings, files, rows};

/// Columns of a file of places.
pub const COLUMNS: [&str; 9] =
    ["geonames", "name", "names", "country", "admin1", "lat", "lon", "population", "kind"];

/// Names of another stem: name and country of the place, and what else it is called.
const EXONYMS: &str = "places/exonyms.tsv";

/// Names that are words of everyday English: no place is found by them alone.
const COMMON: &str = "places/common.tsv";

/// Where countries and wide regions stand, for `cargo xtask places`.
const CENTRES: &str = "places/centres.tsv";

struct Place {
    geonames: u32,
    names: Vec<String>,
    /// Names that count as much as its own.
    exonyms: Vec<String>,
    name: String,
    country: String,
    admin1: String,
    lat: f32,
    lon: f32,
    population: u32,
    kind: PlaceKind,
}

/// The bytes of `places.bin`, and how many places it holds.
pub fn places(data: &Path, sources: &Sources, findings: &mut Findings) -> Result<(Vec<u8>, usize)> {
    let mut found: Vec<Place> = Vec::new();
    for file in files(data, "places", "tsv")
        .into_iter()
        .filter(|file| ![EXONYMS, COMMON, CENTRES].contains(&file.as_str()))
    {
        for row in rows(data, &file, &COLUMNS, findings) {
            let number = |index: usize| row.cell(index).parse::<f32>().ok();
            let (Some(lat), Some(lon), Some(kind)) = (number(5), number(6), PlaceKind::parse(row.cell(8)))
            else {
                findings.add(&row, "latitude, longitude and kind are needed");
                continue;
            };
            if !row.cell(3).is_empty() && !sources.has_state(row.cell(3)) {
                findings.add(&row, &format!("unknown country {}", row.cell(3)));
            }
            found.push(Place {
                geonames: row.cell(0).parse().unwrap_or_default(),
                name: row.cell(1).to_owned(),
                names: row.several(2),
                exonyms: Vec::new(),
                country: row.cell(3).to_owned(),
                admin1: row.cell(4).to_owned(),
                lat,
                lon,
                population: row.cell(7).parse().unwrap_or_default(),
                kind,
            });
        }
    }
    for row in rows(data, EXONYMS, &["name", "country", "names"], findings) {
        let called = |place: &&mut Place| place.name == row.cell(0) && place.country == row.cell(1);
        let town = |place: &Place| matches!(place.kind, PlaceKind::Capital | PlaceKind::City);
        match found.iter_mut().filter(called).max_by_key(|place| (town(place), place.population)) {
            Some(place) => place.exonyms.extend(row.several(2)),
            None => findings.add(&row, &format!("no place {} in {}", row.cell(0), row.cell(1))),
        }
    }
    let mut pool = Pool::default();
    pool.text("");
    let (table, areas) = table(&found, &mut pool)?;
    let mut names: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (at, place) in found.iter().enumerate() {
        for spelling in
            std::iter::once(&place.name).chain(&place.names).chain(&place.exonyms).map(|name| fold(name))
        {
            let rows = names.entry(spelling).or_default();
            if !rows.contains(&(at as u32)) {
                rows.push(at as u32);
            }
        }
    }
    for row in rows(data, COMMON, &["name"], findings) {
        names.remove(row.cell(0));
    }
    names.retain(|name, _| name.chars().count() > 2);
    let index = names
        .into_iter()
        .map(|(name, mut rows)| {
            rows.sort_by_key(|at| (rank(&found[*at as usize], &name), *at));
            let value = match rows.as_slice() {
                [only] => only * 2,
                _ => pool.list(&rows) * 2 + 1,
            };
            (name, value)
        })
        .collect();
    let map = blob::map(&index)?;
    let [strings, lists] = pool.sections();
    Ok((blob::file(&[strings, lists, areas, table, map]), found.len()))
}

/// The rows of the places, and those of the areas they lie in.
fn table(places: &[Place], pool: &mut Pool) -> Result<(Vec<u8>, Vec<u8>)> {
    let mut areas: BTreeMap<[u32; AREA_WIDTH], u32> = BTreeMap::new();
    let mut in_order = Vec::new();
    let mut packed = Vec::with_capacity(places.len());
    for place in places {
        let area = [pool.text(&place.country), pool.text(&place.admin1)];
        let next = areas.len() as u32;
        let at = *areas.entry(area).or_insert_with(|| {
            in_order.push(area);
            next
        });
        let row = PlaceRow {
            name: pool.text(&place.name),
            area: at,
            lat: place.lat,
            lon: place.lon,
            population: place.population,
            kind: PlaceKind::ALL.iter().position(|known| *known == place.kind).unwrap_or_default() as u32,
            geonames: place.geonames,
        };
        packed.push(row.pack().with_context(|| format!("{} does not fit its row", place.name))?);
    }
    Ok((blob::rows(packed), blob::rows(in_order)))
}

/// Countries and capitals first, then by people, where a place counts for less under a name that is not its own.
fn rank(place: &Place, name: &str) -> (u8, u32) {
    let own = fold(&place.name) == name || place.exonyms.iter().any(|own| fold(own) == name);
    let people = if own { place.population } else { place.population / 4 };
    // "In New York" is the city.
    let people =
        if matches!(place.kind, PlaceKind::Region | PlaceKind::County) { people / 6 } else { people };
    let sort = match place.kind {
        PlaceKind::Country if own => 0,
        PlaceKind::Other if own => 1,
        PlaceKind::Country => 1,
        PlaceKind::Capital if own && place.population >= 100_000 => 2,
        _ => 3,
    };
    (sort, u32::MAX - people)
}
