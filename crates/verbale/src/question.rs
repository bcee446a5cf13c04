//! Questions as people write them: states by name or code, windows in EDTF, rules by name.

use std::collections::BTreeMap;

use verbale_knowledge::{Entity, Knowledge, fold};
use verbale_ledger::LedgerError;
use verbale_ledger::period::{Period, days};
use verbale_ledger::store::{Ledger, Seen};
use verbale_model::{Days, Engagement};

/// A state or organisation as somebody wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its code, or the word itself in capitals where nobody knows it.
    pub code: String,
    /// How it is called, where it is known.
    pub name: Option<String>,
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

/// What is wrong with a question that needs so many powers at least, in sentences; empty where nothing is.
/// `known` are the codes that events speak of.
pub fn remarks(
    state: &Named,
    partners: &[Named],
    window: Days,
    known: &BTreeMap<String, u32>,
    least: usize,
) -> Vec<String> {
    let mut remarks = Vec::new();
    for (at, named) in std::iter::once(state).chain(partners).enumerate() {
        if named.name.is_none() && !known.contains_key(&named.code) {
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

/// The events of a state as measures see them; our own codings.
///
/// # Errors
/// When the ledger cannot be read.
pub fn engagements(
    ledger: &Ledger,
    state: Option<&str>,
    topics: bool,
) -> Result<Vec<Engagement>, LedgerError> {
    ledger.engagements(Seen { state, topics })
}
