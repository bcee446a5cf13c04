//! Questions as people write them: states by name or code, windows in EDTF, rules by name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use verbale_knowledge::{Entity, Knowledge, fold};
use verbale_ledger::LedgerError;
use verbale_ledger::foreign::{ForeignEvent, Wanted};
use verbale_ledger::list::Coding;
use verbale_ledger::period::{Period, days};
use verbale_ledger::store::{Ledger, Seen};
use verbale_measure::Rules;
use verbale_model::ontology::{Mode, cameo, scale};
use verbale_model::{Days, Engagement, Part, Role, Side, Standing};

/// A state or organisation as somebody wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its code, or the word itself in capitals where nobody knows it.
    pub code: String,
    /// How it is called, where it is known.
    pub name: Option<String>,
}

impl Named {
    /// Its name, or its code where it has none that is known.
    pub fn shown(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.code)
    }
}

/// The state or organisation that a word means: a code in either case, or a name.
pub fn state(knowledge: &Knowledge, word: &str) -> Named {
    let code = word.trim().to_uppercase();
    if let Some(state) = knowledge.state(&code) {
        return Named { code, name: Some(state.name.to_owned()) };
    }
    let named = knowledge.lookup(&fold(word.trim())).into_iter().find_map(|name| match name.entity {
        Entity::State(id) => Some(knowledge.state_by_id(id)),
        _ => None,
    });
    match named {
        Some(state) => Named { code: state.code.to_owned(), name: Some(state.name.to_owned()) },
        None => Named { code, name: None },
    }
}

/// The days from one EDTF date to another; open ends where none is given.
///
/// # Errors
/// When one of them is no date, or bounds nothing on the side it is given for.
pub fn window(from: Option<&str>, to: Option<&str>) -> Result<Days, String> {
    let read = |text: Option<&str>, end: fn(Period) -> Option<jiff::civil::Date>| {
        let Some(text) = text else { return Ok(None) };
        let (period, _) = Period::parse(text)?;
        end(period).map(|day| Some(days(day))).ok_or_else(|| format!("'{text}' has no such end"))
    };
    Ok(Days { first: read(from, |period| period.first)?, last: read(to, |period| period.last)? })
}

/// Counting rules: built-in ones by name, others from a TOML file.
///
/// # Errors
/// When the file cannot be read or makes no rules, or there are none of this name.
pub fn rules(name: &str) -> Result<Rules, String> {
    let is_file = Path::new(name).extension().is_some_and(|end| end == "toml") || name.contains('/');
    if !is_file {
        return Rules::named(name);
    }
    let text = std::fs::read_to_string(name).map_err(|error| format!("the file cannot be read: {error}"))?;
    Rules::parse(&text)
}

/// What is wrong with a question that needs so many powers at least, in sentences; empty where nothing is.
/// `known` are codes that nobody knows and that events speak of all the same.
pub fn remarks(
    state: &Named,
    partners: &[Named],
    window: Days,
    known: &BTreeSet<String>,
    least: usize,
) -> Vec<String> {
    let mut remarks = Vec::new();
    for (at, named) in std::iter::once(state).chain(partners).enumerate() {
        if named.name.is_none() && !known.contains(&named.code) {
            remarks.push(format!(
                "{} is no state or organisation that verbale knows, and none of the events speaks of it: write a \
                 name or an ISO 3166-1 code, such as AFG",
                named.code
            ));
        }
        if at > 0 && named.code == state.code {
            remarks.push(format!("{} is the state itself: name other powers after --between", named.code));
        }
        if at > 1 && partners[..at - 1].iter().any(|other| other.code == named.code) {
            remarks.push(format!("{} is named twice: a balance lies between different powers", named.code));
        }
    }
    if partners.len() < least {
        remarks.push(format!("{least} powers at least are needed: name them as in --between USA,RUS"));
    }
    if window.both().is_some_and(|(first, last)| last < first) {
        remarks.push("the window is empty: it ends before it begins".to_owned());
    }
    remarks
}

/// Whose codings are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Our own.
    Own,
    /// What was imported, in this format or by this mapping.
    Import(String),
}

impl Source {
    /// The source of a name, or the only one that the ledger has; our own where it has several.
    ///
    /// # Errors
    /// When the ledger holds no import of this name, or cannot be read.
    pub fn of(ledger: &Ledger, word: Option<&str>) -> Result<Self, LedgerError> {
        let mut formats: Vec<String> = ledger.imports()?.into_iter().map(|import| import.format).collect();
        formats.sort_unstable();
        formats.dedup();
        match word {
            Some("own") => Ok(Self::Own),
            Some(word) if formats.iter().any(|format| format == word) => Ok(Self::Import(word.to_owned())),
            Some(word) => Err(LedgerError::Asked(format!(
                "--source {word}: the ledger has own{}{}",
                if formats.is_empty() { "" } else { ", " },
                formats.join(", ")
            ))),
            None if formats.is_empty() || ledger.has_documents()? => Ok(Self::Own),
            None => match formats.iter().find(|format| *format != "un-votes") {
                Some(format) => Ok(Self::Import(format.clone())),
                None => Ok(Self::Own),
            },
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Own => "own",
            Self::Import(format) => format,
        }
    }
}

/// The events of a state as measures see them; of imported codings only those with one of the partners, where any are
/// named.
///
/// # Errors
/// When the ledger cannot be read.
pub fn engagements(
    ledger: &Ledger,
    source: &Source,
    state: &str,
    partners: &[String],
    topics: bool,
) -> Result<Vec<Engagement>, LedgerError> {
    let Source::Import(format) = source else {
        return ledger.engagements(Seen { state: Some(state), topics });
    };
    let imports: Vec<i64> = imports_of(ledger, format)?.into_keys().collect();
    let mut found = Vec::new();
    ledger.each_foreign(&Wanted { state, partners, imports: &imports, ..Wanted::default() }, |event| {
        found.extend(foreign(&event, format));
        Ok(())
    })?;
    Ok(found)
}

/// Files of a format by the numbers of their imports.
fn imports_of(ledger: &Ledger, format: &str) -> Result<BTreeMap<i64, String>, LedgerError> {
    let ours = ledger.imports()?.into_iter().filter(|one| one.format == format);
    Ok(ours.map(|one| (one.import, one.name)).collect())
}

/// What was coded in files of a format, as far as it is wanted and kept; by first day, then by id. A source may have
/// given one id to several.
///
/// # Errors
/// When the ledger cannot be read.
pub fn codings(
    ledger: &Ledger,
    format: &str,
    wanted: Wanted<'_>,
    keep: impl Fn(&ForeignEvent) -> bool,
) -> Result<Vec<Coding>, LedgerError> {
    let files = imports_of(ledger, format)?;
    let imports: Vec<i64> = files.keys().copied().collect();
    let mut found = Vec::new();
    ledger.each_foreign(&Wanted { imports: &imports, ..wanted }, |event| {
        if keep(&event) {
            let address = event.address.map(|number| ledger.foreign_address(number)).transpose()?;
            let file = files.get(&event.import).cloned().unwrap_or_default();
            found.push(Coding { event, file, address });
        }
        Ok(())
    })?;
    let key = |one: &Coding| (one.event.first, one.event.id.clone(), one.event.import);
    found.sort_by_cached_key(key);
    Ok(found)
}

/// A foreign coding as measures see it; nothing for what PLOVER has no type for. It comes without a confidence of
/// ours and without the word it rests on.
fn foreign(event: &ForeignEvent, format: &str) -> Option<Engagement> {
    let kind = &event.kind;
    let visit = kind.mode.as_deref() == Some("visit");
    let (event_type, mode) = (kind.event_type?, kind.mode.as_deref().and_then(Mode::parse));
    let score = |score: Option<f64>| score.map(|score| score as f32);
    let coded = |code: &str| cameo(code).map(|row| row.goldstein);
    // A visit is one happening whoever's row came first: CAMEO's 043 is the same one seen by the host, 0.9 higher.
    let goldstein = if visit {
        coded("042")
    } else {
        score(event.goldstein).or_else(|| kind.cameo.as_deref().and_then(coded))
    };
    let mut sides: BTreeMap<String, Side> = BTreeMap::new();
    for who in &event.participants {
        let Some(code) = who.actor.state else { continue };
        let code = String::from_utf8_lossy(&code).into_owned();
        let standing = if who.actor.serving == Some(false) { Standing::Former } else { Standing::Serving };
        let part = visit.then_some(if who.role == Role::Actor { Part::Visitor } else { Part::Host });
        let side = sides.entry(code.clone()).or_insert(Side { code, standing, level: None, part });
        side.standing = side.standing.min(standing);
        side.level = side.level.into_iter().chain(who.actor.level).min();
    }
    Some(Engagement {
        id: event.id.clone(),
        source: Some(format.to_owned()),
        event_type,
        mode,
        of: kind.x_of,
        status: kind.status,
        days: Days { first: Some(days(event.first)), last: Some(days(event.last)) },
        country: event.place.as_ref().and_then(|place| place.country.clone()),
        channel: None,
        setting: None,
        formality: None,
        confirmation: None,
        sides: sides.into_values().collect(),
        confidence: 1.0,
        sources: event.sources.unwrap_or(1).max(1),
        goldstein,
        plover: score(event.score).or_else(|| Some(scale(event_type, mode))),
        topics: Vec::new(),
        rejected: false,
        superseded: false,
    })
}
