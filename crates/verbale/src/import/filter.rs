//! What is asked for at import: countries, types, days.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;
use verbale_ledger::foreign::Code;
use verbale_ledger::period::Period;
use verbale_model::ontology::EventType;

use super::codes::{Codes, Country};

/// Rows that none of these leaves out come in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// A participant stands for one of these; any, where the list is empty.
    pub countries: Vec<String>,
    /// The type is one of these; any, where the list is empty.
    pub types: Vec<EventType>,
    /// First day, counted from 1970-01-01.
    pub from: Option<i32>,
    /// Last day.
    pub to: Option<i32>,
}

/// A filter as people write it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Written<'w> {
    /// States by code or name.
    pub countries: &'w [String],
    /// PLOVER types.
    pub types: &'w [String],
    /// First day, month or year.
    pub from: Option<&'w str>,
    /// Last day, month or year.
    pub to: Option<&'w str>,
}

/// What nobody understands in a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unclear {
    /// Which part of it: `country`, `types`, `from` or `to`.
    pub part: &'static str,
    /// What is wrong with it.
    pub reason: String,
}

/// The days from one date, month or year to another; open ends where none is given.
///
/// # Errors
/// With the one that is no date.
pub fn window(from: Option<&str>, to: Option<&str>) -> Result<Period, Unclear> {
    let period = |part, word: Option<&str>| match word.map(Period::parse) {
        None => Ok(Period::default()),
        Some(Ok((period, _))) => Ok(period),
        Some(Err(reason)) => Err(Unclear { part, reason }),
    };
    Ok(Period { first: period("from", from)?.first, last: period("to", to)?.last })
}

impl Filter {
    /// The filter that somebody wrote.
    ///
    /// # Errors
    /// With the first part that is not understood, or leaves no day.
    pub fn written(codes: &Codes, written: Written<'_>) -> Result<Self, Unclear> {
        let unclear = |part, reason| Unclear { part, reason };
        let countries = Self::countries(codes, written.countries).map_err(|word| {
            unclear("country", format!("there is no state '{word}'; write its code, such as AFG"))
        })?;
        let types = written.types.iter().map(|word| {
            EventType::parse(&word.to_uppercase()).ok_or_else(|| {
                unclear("types", format!("there is no type '{word}'; write PLOVER's, such as CONSULT"))
            })
        });
        let types = types.collect::<Result<Vec<_>, _>>()?;
        let window = window(written.from, written.to)?;
        if window.first.zip(window.last).is_some_and(|(first, last)| last < first) {
            return Err(unclear("to", "it is before the first day, so that no day is asked for".to_owned()));
        }
        Ok(Self::new(countries, types, window))
    }

    /// Asks for these countries and types within a window.
    pub fn new(countries: Vec<String>, types: Vec<EventType>, window: Period) -> Self {
        let days = |date: Date| (date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24) as i32;
        Self { countries, types, from: window.first.map(days), to: window.last.map(days) }
    }

    /// The codes of states as somebody wrote them, or the first word that is none.
    fn countries(codes: &Codes, words: &[String]) -> Result<Vec<String>, String> {
        let code = |word: &String| match codes.named(word) {
            Country::Is(code) => Ok(String::from_utf8_lossy(&code).into_owned()),
            _ => Err(word.clone()),
        };
        let found: BTreeSet<String> = words.iter().map(code).collect::<Result<_, _>>()?;
        Ok(found.into_iter().collect())
    }

    /// Whether an event shares a day with the window.
    pub fn days(&self, first: i32, last: i32) -> bool {
        self.from.is_none_or(|from| last >= from) && self.to.is_none_or(|to| first <= to)
    }

    /// Whether events of the type are asked for.
    pub fn of_type(&self, event_type: Option<EventType>) -> bool {
        self.types.is_empty() || event_type.is_some_and(|of| self.types.contains(&of))
    }

    /// Whether one of the states is asked for.
    pub fn with(&self, states: impl IntoIterator<Item = Option<Code>>) -> bool {
        self.countries.is_empty()
            || states
                .into_iter()
                .flatten()
                .any(|code| self.countries.iter().any(|country| country.as_bytes() == code.as_slice()))
    }
}
