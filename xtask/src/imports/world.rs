//! What made rows are drawn from: states by how much is told of them, their places, actors and events, in GDELT's codes.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use verbale::knowledge::Knowledge;
use verbale::model::ontology::CAMEO;

use crate::data::root;
use crate::draw::{Draw, Weighted};

/// How much is told of some states; of the others little.
const MUCH: &[(&str, u64)] = &[
    ("USA", 3000),
    ("RUS", 800),
    ("GBR", 700),
    ("CHN", 700),
    ("ISR", 600),
    ("IND", 500),
    ("IRN", 450),
    ("PAK", 450),
    ("FRA", 420),
    ("AFG", 400),
    ("IRQ", 400),
    ("TUR", 350),
    ("DEU", 350),
    ("JPN", 350),
    ("SYR", 300),
    ("UKR", 300),
    ("AUS", 300),
    ("CAN", 280),
    ("EGY", 250),
    ("KOR", 250),
    ("SAU", 220),
    ("PRK", 180),
    ("NGA", 180),
    ("ZAF", 150),
];

/// How often some codes stand; the others are rare.
const OFTEN: &[(&str, u64)] = &[
    ("010", 80),
    ("020", 50),
    ("036", 50),
    ("040", 70),
    ("042", 90),
    ("043", 80),
    ("046", 40),
    ("050", 20),
    ("051", 60),
    ("057", 30),
    ("060", 20),
    ("070", 25),
    ("090", 15),
    ("100", 10),
    ("110", 30),
    ("111", 30),
    ("112", 30),
    ("120", 20),
    ("130", 12),
    ("141", 20),
    ("163", 8),
    ("172", 15),
    ("173", 50),
    ("180", 20),
    ("190", 50),
    ("193", 30),
];

/// Kinds of actors, and what those of each are called.
const TYPES: &[(&str, u64, &[&str])] = &[
    ("", 35, &[]),
    ("GOV", 30, &["PRESIDENT", "PRIME MINISTER", "FOREIGN MINISTER", "GOVERNMENT", "MINISTRY", "AMBASSADOR"]),
    ("MIL", 8, &["MILITARY", "ARMY", "TROOP", "AIR FORCE"]),
    ("COP", 5, &["POLICE", "POLICE OFFICER"]),
    ("LEG", 4, &["PARLIAMENT", "SENATE", "LAWMAKER"]),
    ("MED", 4, &["NEWSPAPER", "JOURNALIST"]),
    ("BUS", 4, &["COMPANY", "BANK", "INVESTOR"]),
    ("JUD", 3, &["COURT", "JUDGE"]),
    ("OPP", 3, &["OPPOSITION", "ACTIVIST"]),
    ("EDU", 3, &["UNIVERSITY", "STUDENT"]),
    ("CVL", 3, &["CITIZEN", "RESIDENTS", "VILLAGER"]),
    ("REB", 2, &["REBEL", "INSURGENT"]),
];

/// Who stands for no state: code, name, known group, type.
const ORGANISATIONS: &[[&str; 4]] = &[
    ["IGOUNO", "UNITED NATIONS", "UNO", "IGO"],
    ["IGOUNOWHO", "WORLD HEALTH ORGANIZATION", "WHO", "IGO"],
    ["IGOEEC", "EUROPEAN UNION", "EEC", "IGO"],
    ["IGOWSTNAT", "NATO", "NAT", "IGO"],
    ["NGOIRC", "RED CROSS", "IRC", "NGO"],
];

/// Places of a state that are told of.
const PLACES: usize = 120;

/// A state in GDELT's codes.
pub struct State {
    /// CAMEO.
    pub cameo: String,
    /// Name in capitals.
    pub name: String,
    /// Capital in capitals.
    pub capital: String,
    /// Eight columns for the state itself, and for each of its places.
    pub places: Weighted<String>,
}

/// A code with what GDELT gives beside it.
pub struct Code {
    pub code: &'static str,
    /// Code, base code, root code, class and score, as columns.
    pub columns: String,
}

/// All that rows are drawn from.
pub struct World {
    pub states: Weighted<State>,
    pub codes: Weighted<Code>,
    /// Actors of states by type: the code and its names.
    pub types: Weighted<(&'static str, &'static [&'static str])>,
}

impl World {
    /// From the states and places that verbale knows.
    pub fn new(knowledge: &Knowledge) -> Result<Self> {
        let read = |path: &str| {
            std::fs::read_to_string(root().join(path)).with_context(|| format!("reading {path}"))
        };
        let codes = read("data/imports/codes.tsv")?;
        let coded = |system: &str| -> BTreeMap<String, String> {
            let rows = codes.lines().filter_map(|line| {
                let mut cells = line.split('\t');
                let named = cells.next()? == system;
                let (code, state) = (cells.next()?, cells.next()?);
                (named && !state.is_empty()).then(|| (state.to_owned(), code.to_owned()))
            });
            rows.collect()
        };
        let (fips, cameo) = (coded("fips"), coded("cameo"));
        let mut places = places(&read("data/places/places.tsv")?);
        let mut draw = Draw::new(7);
        let state = |state: verbale::knowledge::State<'_>| {
            let code = fips.get(state.code)?;
            let told = MUCH.iter().find(|(much, _)| *much == state.code).map(|(_, weight)| *weight);
            let whole = (format!("1\t{0}\t{code}\t{code}\t\t{{}}\t{code}", state.name), 30);
            let listed = places.remove(state.code).unwrap_or_default();
            let whole = (whole.0.replace("{}", listed.first().map_or("\t", |place| &place.at)), whole.1);
            let one = |(at, place): (usize, Spot)| place.columns(at, code, state.name);
            let all = std::iter::once(whole).chain(listed.into_iter().take(PLACES).enumerate().map(one));
            let known = State {
                cameo: cameo.get(state.code).cloned().unwrap_or_else(|| state.code.to_owned()),
                name: state.name.to_uppercase(),
                capital: state.capital.to_uppercase(),
                places: Weighted::new(all),
            };
            Some((known, told.unwrap_or_else(|| 10 + draw.below(50))))
        };
        let states = Weighted::new(knowledge.states().filter_map(state));
        let codes = Weighted::new(CAMEO.iter().filter(|row| row.code.len() > 2).map(|row| {
            let weight = OFTEN.iter().find(|(code, _)| *code == row.code).map_or(1, |(_, weight)| *weight);
            let (base, root) = (&row.code[..3], &row.code[..2]);
            let class = 1 + ["05", "08", "13"].iter().filter(|last| root > **last).count();
            let columns = format!("{}\t{base}\t{root}\t{class}\t{}", row.code, row.goldstein);
            (Code { code: row.code, columns }, weight)
        }));
        let types = Weighted::new(TYPES.iter().map(|(code, weight, names)| ((*code, *names), *weight)));
        Ok(Self { states, codes, types })
    }

    /// Ten columns of an actor: of a state (its place among them), or of none.
    pub fn actor(&self, draw: &mut Draw, state: Option<usize>, out: &mut String) {
        let (kind, names) = *self.types.one(draw);
        let Some(state) = state.map(|at| &self.states.all()[at]) else {
            if draw.percent(20) {
                let [code, name, group, kind] = draw.one(ORGANISATIONS);
                push(out, &[code, name, "", group, "", "", "", kind, "", ""]);
            } else {
                let (kind, names) = if kind.is_empty() {
                    TYPES.get(1).map_or((kind, names), |row| (row.0, row.2))
                } else {
                    (kind, names)
                };
                push(out, &[kind, draw.one::<&str>(names), "", "", "", "", "", kind, "", ""]);
            }
            return;
        };
        let code = format!("{}{kind}", state.cameo);
        let name = match draw.below(4) {
            0 if !state.capital.is_empty() => &state.capital,
            1 if !names.is_empty() => *draw.one::<&str>(names),
            _ => &state.name,
        };
        push(out, &[&code, name, &state.cameo, "", "", "", "", kind, "", ""]);
    }
}

/// Columns with tabs between them.
fn push(out: &mut String, columns: &[&str]) {
    for (at, column) in columns.iter().enumerate() {
        if at > 0 {
            out.push('\t');
        }
        out.push_str(column);
    }
}

/// A place of a state.
struct Spot {
    name: String,
    /// Latitude and longitude.
    at: String,
    id: String,
    population: u64,
}

impl Spot {
    /// Eight columns, and how much is told of it.
    fn columns(self, nth: usize, fips: &str, state: &str) -> (String, u64) {
        let Self { name, at, id, population } = self;
        let level = if fips == "US" { 3 } else { 4 };
        let columns = format!(
            "{level}\t{name}, {state}\t{fips}\t{fips}{:02}\t{}\t{at}\t-{id}",
            nth % 40,
            1000 + nth * 7
        );
        (columns, 1 + population.isqrt() / (10 + 4 * nth as u64))
    }
}

/// The places of `data/places/places.tsv` by state, the largest first.
fn places(table: &str) -> BTreeMap<String, Vec<Spot>> {
    let mut all: BTreeMap<String, Vec<Spot>> = BTreeMap::new();
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [id, name, _, state, _, lat, lon, population, ..] = cells.as_slice() else { continue };
        let at = format!("{lat}\t{lon}");
        let population = population.parse().unwrap_or_default();
        let spot = Spot { name: (*name).to_owned(), at, id: (*id).to_owned(), population };
        all.entry((*state).to_owned()).or_default().push(spot);
    }
    for spots in all.values_mut() {
        spots.sort_by(|a, b| (b.population, &a.id).cmp(&(a.population, &b.id)));
    }
    all
}
