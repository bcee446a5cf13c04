//! Engagements: "X was in PLACE and met with the following: NAME (ROLE)", with the partner's country.
//!
//! Of the rows that say "met with": is the partner country a side of a meeting with China, and are the partners
//! found countries that the row speaks of? Is each person met a participant with the office that the row gives, and
//! is the place of a meeting the row's? The same facts are then told in five other kinds of prose, and must be read as
//! well as in the original.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context as _, Result};
use rayon::prelude::*;
use verbale::World;
use verbale::model::ontology::EventType;
use verbale::model::{Event, Participant, Report};

use crate::people::{folded, same_name, state};
use crate::recasts::{Facts, KINDS};
use crate::table::cells;
use crate::{Errors, Measure, Scored};

const SET: &str = "engagements";
/// The side that all rows are about.
const CHINA: &str = "CHN";
/// Sides that are not countries.
const NOT_COUNTRIES: &[&str] = &["UNO", "EUR", "IGO", "NGO"];
/// Longest name of a country, in words.
const LONGEST_NAME: usize = 5;

/// All rows of one text and one day.
#[derive(Debug)]
pub struct Case {
    text: String,
    date: String,
    /// Partner countries, and whether the partner is named among the people met.
    gold: Vec<(String, bool)>,
    /// Countries the row speaks of.
    allowed: BTreeSet<String>,
}

impl Case {
    /// The words of the row.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its day, `YYYY-MM-DD`.
    pub fn date(&self) -> &str {
        &self.date
    }
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
    /// People with a role, those who take part in what we found, and those with the right office.
    people: usize,
    people_found: usize,
    offices: usize,
    /// Offices all of whose words stand in the role.
    offices_within: usize,
    /// Meetings in a place that the row names, those that have a place in ours, and those that have the right one.
    places: usize,
    places_given: usize,
    places_right: usize,
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
            people: self.people + other.people,
            people_found: self.people_found + other.people_found,
            offices: self.offices + other.offices,
            offices_within: self.offices_within + other.offices_within,
            places: self.places + other.places,
            places_given: self.places_given + other.places_given,
            places_right: self.places_right + other.places_right,
        }
    }

    fn recall(self) -> f64 {
        self.named_found as f64 / self.named.max(1) as f64
    }

    fn wrong_share(self) -> f64 {
        self.wrong as f64 / self.partners.max(1) as f64
    }
}

/// What came of one telling.
struct Outcome {
    tally: Tally,
    errors: Errors,
}

/// Scores the table of engagements, as it stands and recast.
pub fn run(world: &World, paths: &[&Path]) -> Result<Scored> {
    let (cases, remarks) = cases(world, paths[0])?;
    let mut scored = Scored { remarks, ..Scored::default() };
    let original: Vec<Outcome> =
        cases.par_iter().map(|case| judge(world, case, &case.text, "original")).collect();
    let whole = sum(original.iter().map(|outcome| outcome.tally));
    let share = |name: &str, part, whole| Measure::share(SET, name, part, whole);
    scored.measures = vec![
        share("recall", whole.named_found, whole.named),
        share("wrong partners", whole.wrong, whole.partners),
        share("recall, all rows", whole.all_found, whole.all),
        share("people found", whole.people_found, whole.people),
        share("office", whole.offices, whole.people),
        share("office, of people found", whole.offices, whole.people_found),
        share("office or part of it", whole.offices_within, whole.people),
        share("place", whole.places_right, whole.places),
        share("place, of those given", whole.places_right, whole.places_given),
    ];
    for (kind, tell) in KINDS {
        let recast: Vec<(Tally, Outcome)> = cases
            .par_iter()
            .zip(&original)
            .filter_map(|(case, first)| {
                let told = tell(&Facts::read(&case.text)?);
                Some((first.tally, judge(world, case, &told, kind)))
            })
            .collect();
        let pairs: Vec<(Tally, Tally)> =
            recast.iter().map(|(first, outcome)| (*first, outcome.tally)).collect();
        scored.measures.extend(compare(kind, &pairs));
        for (_, outcome) in recast {
            scored.errors.extend(outcome.errors);
        }
    }
    for outcome in original {
        scored.errors.extend(outcome.errors);
    }
    Ok(scored)
}

fn sum(tallies: impl Iterator<Item = Tally>) -> Tally {
    tallies.fold(Tally::default(), Tally::plus)
}

/// A recast beside the original of the same rows.
fn compare(kind: &str, pairs: &[(Tally, Tally)]) -> [Measure; 3] {
    let original = sum(pairs.iter().map(|pair| pair.0));
    let recast = sum(pairs.iter().map(|pair| pair.1));
    let behind = (original.recall() - recast.recall()).max(recast.wrong_share() - original.wrong_share());
    [
        Measure::share(SET, format!("{kind}: recall"), recast.named_found, recast.named),
        Measure::share(SET, format!("{kind}: wrong partners"), recast.wrong, recast.partners),
        Measure::new(SET, format!("{kind}: behind original"), behind.max(0.0), recast.texts),
    ]
}

/// The rows that say "met with", those of one text and day together, and what cannot be scored.
pub fn cases(world: &World, path: &Path) -> Result<(Vec<Case>, Vec<String>)> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let mut gold: BTreeMap<(String, String), Vec<(String, bool)>> = BTreeMap::new();
    let mut unknown: BTreeMap<String, usize> = BTreeMap::new();
    for row in cells(&text, ',').into_iter().skip(1) {
        let [date, _, country, _, named, text] = row.as_slice() else { continue };
        if !text.contains("met with") {
            continue;
        }
        match iso(date).zip(state(world, country)) {
            Some((date, code)) => gold.entry((text.clone(), date)).or_default().push((code, named == "1")),
            None => *unknown.entry(country.clone()).or_default() += 1,
        }
    }
    anyhow::ensure!(!gold.is_empty(), "{}: no row says \"met with\"", path.display());
    let mut remarks = Vec::new();
    if !unknown.is_empty() {
        let rows: usize = unknown.values().sum();
        let names: Vec<String> = unknown.into_keys().collect();
        remarks.push(format!(
            "engagements: {rows} rows cannot be scored, for the knowledge has no state named {}",
            names.join(", ")
        ));
    }
    let case = |((text, date), gold): ((String, String), Vec<(String, bool)>)| {
        let mut allowed = countries(world, &text);
        allowed.extend(gold.iter().map(|(code, _)| code.clone()));
        Case { text, date, gold, allowed }
    };
    Ok((gold.into_iter().map(case).collect(), remarks))
}

/// `12/31/10` as `2010-12-31`.
fn iso(date: &str) -> Option<String> {
    let mut parts = date.split('/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    Some(format!("20{year}-{month:0>2}-{day:0>2}"))
}

/// The codes of all countries whose names, adjectives or demonyms stand in a text.
fn countries(world: &World, text: &str) -> BTreeSet<String> {
    let splits = |c: char| !c.is_alphanumeric() && c != '\'' && c != '-';
    let words: Vec<&str> = text.split(splits).filter(|word| !word.is_empty()).collect();
    let runs = (1..=LONGEST_NAME).flat_map(|length| words.windows(length));
    runs.filter_map(|run| state(world, &run.join(" "))).collect()
}

/// The meetings with China that a telling of a case is read as.
fn meetings(world: &World, case: &Case, text: &str) -> Vec<Event> {
    let report = Report {
        id: "case".to_owned(),
        text: text.to_owned(),
        published: Some(case.date.clone()),
        ..Report::default()
    };
    let mut events = verbale::read(world, &report).events;
    events.retain(is_meeting);
    events
}

/// Whether an event is a meeting with China.
fn is_meeting(event: &Event) -> bool {
    event.event_type == EventType::Consult && sides(event).contains(CHINA)
}

fn sides(event: &Event) -> BTreeSet<&str> {
    event.participants.iter().filter_map(|who| who.side.as_deref()).collect()
}

/// Whether an event is a meeting with all its partners the row's. A former official speaks for nobody, and counts by
/// nationality. `None` for what is no meeting with China, or one with organisations alone, of which the set says nothing.
pub fn right(case: &Case, event: &Event) -> Option<bool> {
    let country = |who: &Participant| who.side.clone().or_else(|| who.nationality.clone());
    let others: BTreeSet<String> =
        event.participants.iter().filter_map(country).filter(|code| code != CHINA).collect();
    let (organisations, countries): (Vec<String>, Vec<String>) =
        others.into_iter().partition(|code| NOT_COUNTRIES.contains(&code.as_str()));
    let judged = is_meeting(event) && (!countries.is_empty() || organisations.is_empty());
    let is_gold = |country: &String| case.gold.iter().any(|(code, _)| code == country);
    judged.then(|| !countries.is_empty() && countries.iter().all(is_gold))
}

/// Reads one telling of a case and counts what was found.
fn judge(world: &World, case: &Case, text: &str, kind: &str) -> Outcome {
    let meetings = meetings(world, case, text);
    let mut errors = Errors::default();
    let partners: BTreeSet<&str> = meetings.iter().flat_map(sides).filter(|side| *side != CHINA).collect();
    let count =
        |wanted: &dyn Fn(&(String, bool)) -> bool| case.gold.iter().filter(|gold| wanted(gold)).count();
    let is_country = |side: &&&str| !NOT_COUNTRIES.contains(*side);
    let wrong: Vec<&&str> =
        partners.iter().filter(is_country).filter(|side| !case.allowed.contains(**side)).collect();
    for (code, _) in case.gold.iter().filter(|(code, named)| *named && !partners.contains(code.as_str())) {
        let why = match meetings.len() {
            0 => "no meeting with China",
            _ if partners.is_empty() => "no partner in the meeting",
            _ => "another partner only",
        };
        errors.add(format!("{kind}: partner not found"), why, format!("{code} | {text}"));
    }
    for side in &wrong {
        errors.add(format!("{kind}: wrong partner"), **side, text);
    }
    let mut tally = Tally {
        texts: 1,
        named: count(&|gold| gold.1),
        named_found: count(&|gold| gold.1 && partners.contains(gold.0.as_str())),
        all: case.gold.len(),
        all_found: count(&|gold| partners.contains(gold.0.as_str())),
        partners: partners.iter().filter(is_country).count(),
        wrong: wrong.len(),
        ..Tally::default()
    };
    if let Some(facts) = Facts::read(&case.text) {
        let told = Told { world, meetings: &meetings, text, kind };
        told.offices(&facts, &mut tally, &mut errors);
        told.place(&facts, &mut tally, &mut errors);
    }
    Outcome { tally, errors }
}

/// A telling and the meetings it was read as.
struct Told<'t> {
    world: &'t World,
    meetings: &'t [Event],
    text: &'t str,
    kind: &'t str,
}

impl Told<'_> {
    /// Who of the people met takes part, and with the office of the row.
    fn offices(&self, facts: &Facts<'_>, tally: &mut Tally, errors: &mut Errors) {
        for (name, role) in facts.people() {
            let wanted = office_words(self.world, role);
            if wanted.is_empty() {
                continue;
            }
            tally.people += 1;
            let mut all = self.meetings.iter().flat_map(|event| &event.participants);
            let Some(who) = all.find(|who| same_name(&who.name, name)) else {
                errors.add(format!("{}: person not found", self.kind), "", format!("{name} | {}", self.text));
                continue;
            };
            tally.people_found += 1;
            let given =
                who.office.as_deref().map(|office| office_words(self.world, office)).unwrap_or_default();
            let within = !given.is_empty() && given.is_subset(&wanted);
            tally.offices += usize::from(given == wanted);
            tally.offices_within += usize::from(within);
            if given != wanted {
                let detail = match (given.is_empty(), within, given.is_superset(&wanted)) {
                    (true, ..) => "none given",
                    (_, true, _) => "part of it",
                    (_, _, true) => "more than it",
                    _ => "another",
                };
                let ours = who.office.as_deref().unwrap_or("none");
                errors.add(
                    format!("{}: office", self.kind),
                    detail,
                    format!("{name}: ours {ours} | gold {role}"),
                );
            }
        }
    }

    /// Whether a meeting lies in the row's place.
    fn place(&self, facts: &Facts<'_>, tally: &mut Tally, errors: &mut Errors) {
        if self.meetings.is_empty() || facts.place().is_empty() {
            return;
        }
        let ours: Vec<&str> =
            self.meetings.iter().filter_map(|event| Some(event.place.as_ref()?.name.as_str())).collect();
        let right = ours.iter().any(|place| same_name(place, facts.place()));
        tally.places += 1;
        tally.places_given += usize::from(!ours.is_empty());
        tally.places_right += usize::from(right);
        if !right {
            let detail = if ours.is_empty() { "none given" } else { "another" };
            let example = format!("ours {ours:?}, gold {} | {}", facts.place(), self.text);
            errors.add(format!("{}: place", self.kind), detail, example);
        }
    }
}

/// The words of an office without countries and small words.
fn office_words(world: &World, office: &str) -> BTreeSet<String> {
    let words = folded(office);
    let mut kept = vec![true; words.len()];
    for length in 1..=LONGEST_NAME.min(words.len()) {
        for at in 0..=words.len() - length {
            if state(world, &words[at..at + length].join(" ")).is_some() {
                kept[at..at + length].fill(false);
            }
        }
    }
    let small = |word: &str| matches!(word, "of" | "the" | "for" | "and" | "s" | "republic");
    let all = words.into_iter().zip(kept).filter(|(word, kept)| *kept && !small(word));
    all.map(|(word, _)| word).collect()
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
