//! Votes in the General Assembly: how often states voted alike, by session.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use rusqlite::params;
use serde::Serialize;
use verbale_model::Days;

use super::file::Ledger;
use crate::LedgerError;
use crate::period::{Period, days};

/// How alike two states voted in one session.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Agreement {
    /// Number of the session: 80 began in September 2025.
    pub session: u16,
    /// Roll calls in which both voted.
    pub votes: u32,
    /// Mean over these of 1 for the same vote, 1/2 where one abstained, 0 for yes against no: the similarity of
    /// Lijphart (1963), from 0 to 1.
    pub agreement: f64,
}

/// Votes of some states, over all roll calls of a window in which one of them voted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Votes {
    /// Codes of those who voted at all, in the order of the alphabet.
    pub states: Vec<String>,
    /// For each of them, by roll call: 1 yes, 0 abstention, -1 no; nothing for who was absent.
    pub votes: Vec<Vec<Option<i8>>>,
}

impl Ledger {
    /// The votes of these states. A roll call that several files hold counts once.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn votes(&self, states: &BTreeSet<String>, window: Days) -> Result<Votes, LedgerError> {
        if !self.has_imports()? {
            return Ok(Votes::default());
        }
        let mut statement = self.connection.prepare_cached(
            "SELECT day, roll_call, vote FROM votes WHERE state = ?1 AND day BETWEEN ?2 AND ?3
             ORDER BY import DESC",
        )?;
        let (from, to) = (window.first.unwrap_or(i32::MIN), window.last.unwrap_or(i32::MAX));
        let mut by_state: BTreeMap<&String, BTreeMap<(i32, i64), i8>> = BTreeMap::new();
        for state in states {
            let mut rows = statement.query(params![state, from, to])?;
            while let Some(row) = rows.next()? {
                let votes = by_state.entry(state).or_default();
                votes.insert((row.get(0)?, row.get(1)?), row.get(2)?);
            }
        }
        let calls: BTreeSet<(i32, i64)> = by_state.values().flat_map(|votes| votes.keys().copied()).collect();
        let row =
            |votes: &BTreeMap<(i32, i64), i8>| calls.iter().map(|call| votes.get(call).copied()).collect();
        Ok(Votes {
            states: by_state.keys().map(|state| (*state).clone()).collect(),
            votes: by_state.values().map(row).collect(),
        })
    }

    /// How alike two states voted, by session. A roll call that several files hold counts once.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn agreement(&self, one: &str, two: &str, window: Period) -> Result<Vec<Agreement>, LedgerError> {
        if !self.has_imports()? {
            return Ok(Vec::new());
        }
        let mut statement = self.connection.prepare_cached(
            "SELECT a.day, a.roll_call, a.vote, b.vote FROM votes a
             JOIN votes b ON b.import = a.import AND b.roll_call = a.roll_call AND b.state = ?2
             WHERE a.state = ?1 AND a.day BETWEEN ?3 AND ?4 ORDER BY a.day, a.roll_call, a.import",
        )?;
        let (from, to) = (window.first.map_or(i32::MIN, days), window.last.map_or(i32::MAX, days));
        let mut rows = statement.query(params![one, two, from, to])?;
        let mut sums: BTreeMap<u16, (u32, f64)> = BTreeMap::new();
        let mut last = None;
        while let Some(row) = rows.next()? {
            let (day, roll_call): (i32, i64) = (row.get(0)?, row.get(1)?);
            if last.replace((day, roll_call)) == Some((day, roll_call)) {
                continue;
            }
            let (a, b): (f64, f64) = (row.get(2)?, row.get(3)?);
            let Ok(date) = Date::constant(1970, 1, 1).checked_add(day.days()) else { continue };
            let sum = sums.entry(session(date)).or_default();
            sum.0 += 1;
            sum.1 += 1.0 - (a - b).abs() / 2.0;
        }
        let mean = |(session, (votes, sum)): (u16, (u32, f64))| Agreement {
            session,
            votes,
            agreement: sum / f64::from(votes.max(1)),
        };
        Ok(sums.into_iter().map(mean).collect())
    }
}

/// The session to which a day belongs. A session opens on the Tuesday of the third week of September, the weeks
/// counted from the first one with a working day (rule 1 of the rules of procedure); it was the second week from
/// 2000 to 2002, and is again since 2023.
fn session(day: Date) -> u16 {
    let begins = |year: i16| {
        let first = Date::constant(year, 9, 1);
        let ahead = match first.weekday() {
            Weekday::Saturday => 3,
            Weekday::Sunday => 2,
            weekday => 1 - i64::from(weekday.to_monday_zero_offset()),
        };
        let weeks = if year > 2022 || (2000..=2002).contains(&year) { 7 } else { 14 };
        first.checked_add((weeks + ahead).days()).unwrap_or(first)
    };
    let year = day.year();
    let number = year - 1945 - i16::from(day < begins(year));
    number.max(0) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_open_in_september() {
        let of = |text: &str| session(text.parse().unwrap());
        assert_eq!(of("2000-06-06"), 54);
        assert_eq!(of("2021-09-13"), 75);
        assert_eq!(of("2021-09-14"), 76);
        assert_eq!(of("2024-09-10"), 79);
        assert_eq!(of("2025-09-09"), 80);
        assert_eq!(of("2025-09-08"), 79);
        assert_eq!(of("2022-09-13"), 77);
        assert_eq!(of("1945-10-24"), 0);
    }
}
