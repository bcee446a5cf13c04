//! Engagements: "X was in PLACE and met with the following: NAME (ROLE)", with the partner's country.
//!
//! Of the rows that say "met with": is the partner country a side of a meeting with China, and are the partners
//! found countries that the row speaks of? The same facts are then told in five other kinds of prose, and must be
//! read as well as in the original.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use rayon::prelude::*;
use verbale::World;
use verbale::knowledge::{Entity, fold};
use verbale::model::Report;
use verbale::model::ontology::EventType;

use super::Measure;
use super::recasts::{Facts, KINDS};
use super::table::cells;

/// The side that all rows are about.
const CHINA: &str = "CHN";
/// Sides that are not countries.
const NOT_COUNTRIES: &[&str] = &["UNO", "EUR", "IGO", "NGO"];
/// Countries that the set names apart from the state they are part of.
const PARTS_OF_BRITAIN: &[&str] = &["England", "Scotland", "Wales", "Northern Ireland"];
/// Longest name of a country, in words.
const LONGEST_NAME: usize = 5;

/// All rows of one text and one day.
struct Case {
    text: String,
    date: String,
    /// Partner countries, and whether the partner is named among the people met.
    gold: Vec<(String, bool)>,
    /// Countries the row speaks of.
    allowed: BTreeSet<String>,
}

/// Counts over texts.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    texts: usize,
    named: usize,
    named_found: usize,
    all: usize,
    all_found: usize,
    partners: usize,
    wrong: usize,
}

impl Tally {
    fn plus(self, other: Self) -> Self {
        Self {
            texts: self.texts + other.texts,
            named: self.named + other.named,
            named_found: self.named_found + other.named_found,
            all: self.all + other.all,
            all_found: self.all_found + other.all_found,
            partners: self.partners + other.partners,
            wrong: self.wrong + other.wrong,
        }
    }

    fn recall(self) -> f64 {
        self.named_found as f64 / self.named.max(1) as f64
    }

    fn wrong_share(self) -> f64 {
        self.wrong as f64 / self.partners.max(1) as f64
    }
}

/// Scores the table of engagements, as it stands and recast.
pub fn run(world: &World, text: &str) -> Result<Vec<Measure>> {
    let cases = cases(world, text);
    anyhow::ensure!(!cases.is_empty(), "no row of the engagements says \"met with\"");
    let original: Vec<Tally> = cases.par_iter().map(|case| judge(world, case, &case.text)).collect();
    let whole = original.iter().copied().fold(Tally::default(), Tally::plus);
    let mut measures = vec![
        Measure::share("engagements", "recall", whole.named_found, whole.named),
        Measure::share("engagements", "wrong partners", whole.wrong, whole.partners),
        Measure::share("engagements", "recall, all rows", whole.all_found, whole.all),
    ];
    for (kind, tell) in KINDS {
        let pairs: Vec<(Tally, Tally)> = cases
            .par_iter()
            .zip(&original)
            .filter_map(|(case, first)| Some((*first, judge(world, case, &tell(&Facts::read(&case.text)?)))))
            .collect();
        measures.extend(compare(kind, &pairs));
    }
    Ok(measures)
}

/// A recast beside the original of the same rows.
fn compare(kind: &str, pairs: &[(Tally, Tally)]) -> [Measure; 3] {
    let original = pairs.iter().map(|pair| pair.0).fold(Tally::default(), Tally::plus);
    let recast = pairs.iter().map(|pair| pair.1).fold(Tally::default(), Tally::plus);
    let behind = (original.recall() - recast.recall()).max(recast.wrong_share() - original.wrong_share());
    [
        Measure::share("engagements", format!("{kind}: recall"), recast.named_found, recast.named),
        Measure::share("engagements", format!("{kind}: wrong partners"), recast.wrong, recast.partners),
        Measure {
            set: "engagements",
            name: format!("{kind}: behind original"),
            value: behind.max(0.0),
            n: recast.texts,
        },
    ]
}

/// The rows that say "met with", those of one text and day together.
fn cases(world: &World, text: &str) -> Vec<Case> {
    let mut gold: BTreeMap<(String, String), Vec<(String, bool)>> = BTreeMap::new();
    let mut unknown: BTreeMap<String, usize> = BTreeMap::new();
    for row in cells(text, ',').into_iter().skip(1) {
        let [date, _, country, _, named, text] = row.as_slice() else { continue };
        if !text.contains("met with") {
            continue;
        }
        let state = if PARTS_OF_BRITAIN.contains(&country.as_str()) { "United Kingdom" } else { country };
        match iso(date).zip(code(world, state)) {
            Some((date, code)) => gold.entry((text.clone(), date)).or_default().push((code, named == "1")),
            None => *unknown.entry(country.clone()).or_default() += 1,
        }
    }
    if !unknown.is_empty() {
        let rows: usize = unknown.values().sum();
        let names: Vec<String> = unknown.into_keys().collect();
        println!(
            "engagements: {rows} rows cannot be scored, for the knowledge has no state named {}",
            names.join(", ")
        );
    }
    let case = |((text, date), gold): ((String, String), Vec<(String, bool)>)| {
        let mut allowed = countries(world, &text);
        allowed.extend(gold.iter().map(|(code, _)| code.clone()));
        Case { text, date, gold, allowed }
    };
    gold.into_iter().map(case).collect()
}

/// `12/31/10` as `2010-12-31`.
fn iso(date: &str) -> Option<String> {
    let mut parts = date.split('/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    Some(format!("20{year}-{month:0>2}-{day:0>2}"))
}

/// The code of the state a name stands for.
fn code(world: &World, name: &str) -> Option<String> {
    world.knowledge.lookup(&fold(name)).into_iter().find_map(|found| match found.entity {
        Entity::State(id) => Some(world.knowledge.state_by_id(id).code.to_string()),
        _ => None,
    })
}

/// The codes of all countries whose names, adjectives or demonyms stand in a text.
fn countries(world: &World, text: &str) -> BTreeSet<String> {
    let splits = |c: char| !c.is_alphanumeric() && c != '\'' && c != '-';
    let words: Vec<&str> = text.split(splits).filter(|word| !word.is_empty()).collect();
    let runs = (1..=LONGEST_NAME).flat_map(|length| words.windows(length));
    runs.filter_map(|run| code(world, &run.join(" "))).collect()
}

/// Reads one telling of a case and counts what was found.
fn judge(world: &World, case: &Case, text: &str) -> Tally {
    let report = Report {
        id: "case".to_owned(),
        text: text.to_owned(),
        published: Some(case.date.clone()),
        ..Report::default()
    };
    let mut partners = BTreeSet::new();
    for event in verbale::read(world, &report).events {
        let sides: BTreeSet<String> = event.participants.into_iter().filter_map(|who| who.side).collect();
        if event.event_type == EventType::Consult && sides.contains(CHINA) {
            partners.extend(sides.into_iter().filter(|side| side != CHINA));
        }
    }
    let count =
        |wanted: &dyn Fn(&(String, bool)) -> bool| case.gold.iter().filter(|gold| wanted(gold)).count();
    let countries = partners.iter().filter(|side| !NOT_COUNTRIES.contains(&side.as_str()));
    Tally {
        texts: 1,
        named: count(&|gold| gold.1),
        named_found: count(&|gold| gold.1 && partners.contains(&gold.0)),
        all: case.gold.len(),
        all_found: count(&|gold| partners.contains(&gold.0)),
        partners: countries.clone().count(),
        wrong: countries.filter(|side| !case.allowed.contains(*side)).count(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recast_is_behind_by_recall_or_by_wrong_partners() {
        let first = Tally { texts: 1, named: 10, named_found: 9, partners: 10, ..Tally::default() };
        let worse = Tally { named_found: 8, wrong: 3, ..first };
        let [recall, wrong, behind] = compare("list", &[(first, worse)]);
        assert!((recall.value - 0.8).abs() < 1e-9 && (wrong.value - 0.3).abs() < 1e-9);
        assert!((behind.value - 0.3).abs() < 1e-9 && behind.n == 1);
        assert_eq!(iso("1/9/07").as_deref(), Some("2007-01-09"));
    }
}
