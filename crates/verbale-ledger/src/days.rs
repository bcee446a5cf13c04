//! The first and the last day that a date of the record can mean (EDTF, ISO 8601-2:2019).

use jiff::civil::{Date, date};
use verbale_model::EventDate;

/// First and last day, each unknown or unbounded when `None`; both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Days {
    /// The first day it can be.
    pub first: Option<Date>,
    /// The last day it can be.
    pub last: Option<Date>,
}

impl Days {
    /// The days of an EDTF value: a date, month, year, season, decade, interval or bound. A date whose
    /// year is unknown (`XXXX-10-22`), and anything else that is no stretch of the calendar, gives `None`.
    pub fn of(edtf: &str) -> Option<Self> {
        let edtf = edtf.trim();
        if let Some(set) = edtf.strip_prefix('[').and_then(|set| set.strip_suffix(']')) {
            return match (set.strip_prefix(".."), set.strip_suffix("..")) {
                (Some(last), _) => Some(Self { first: None, last: Self::of(last)?.last }),
                (None, Some(first)) => Some(Self { first: Self::of(first)?.first, last: None }),
                (None, None) => None,
            };
        }
        match edtf.split_once('/') {
            Some((first, last)) => {
                let first = if open(first) { None } else { Self::of(first)?.first };
                let last = if open(last) { None } else { Self::of(last)?.last };
                Some(Self { first, last })
            }
            None => simple(edtf.trim_end_matches(['?', '~', '%'])),
        }
    }

    /// Whether the two have a day in common, as far as one knows.
    pub fn meets(self, other: Self) -> bool {
        let before =
            |last: Option<Date>, first: Option<Date>| matches!((last, first), (Some(l), Some(f)) if l < f);
        !before(self.last, other.first) && !before(other.last, self.first)
    }

    /// The day, when it is a single one.
    pub fn day(self) -> Option<Date> {
        self.first.filter(|_| self.first == self.last)
    }
}

fn open(end: &str) -> bool {
    matches!(end, "" | "..")
}

/// A date, month, year, season or decade.
fn simple(edtf: &str) -> Option<Days> {
    let mut parts = edtf.splitn(3, '-');
    let year = parts.next()?;
    let known: String = year.chars().take_while(char::is_ascii_digit).collect();
    let unknown = year.len().checked_sub(known.len())?;
    if year.len() != 4 || unknown > 2 || !year.chars().skip(known.len()).all(|c| c == 'X') {
        return None;
    }
    let span = 10_i16.pow(u32::try_from(unknown).ok()?);
    let first: i16 = known.parse::<i16>().ok()?.checked_mul(span)?;
    let Some(month) = parts.next().filter(|_| unknown == 0) else {
        return between(Date::new(first, 1, 1).ok()?, Date::new(first + span - 1, 12, 31).ok()?);
    };
    let month: i8 = match month {
        "XX" => return between(date(first, 1, 1), date(first, 12, 31)),
        month => month.parse().ok()?,
    };
    let Some(day) = parts.next() else {
        let (from, to) = months(month)?;
        // Winter runs into the next year.
        let last = Date::new(first + i16::from(to < from), to, 1).ok()?.last_of_month();
        return between(Date::new(first, from, 1).ok()?, last);
    };
    if day == "XX" {
        let month = Date::new(first, month, 1).ok()?;
        return between(month, month.last_of_month());
    }
    let day = Date::new(first, month, day.parse().ok()?).ok()?;
    between(day, day)
}

/// First and last month of EDTF's month, season (21 to 24), quarter (33 to 36) or half (40, 41).
fn months(number: i8) -> Option<(i8, i8)> {
    match number {
        1..=12 => Some((number, number)),
        21 => Some((3, 5)),
        22 => Some((6, 8)),
        23 => Some((9, 11)),
        24 => Some((12, 2)),
        33..=36 => Some(((number - 33) * 3 + 1, (number - 33) * 3 + 3)),
        40 => Some((1, 6)),
        41 => Some((7, 12)),
        _ => None,
    }
}

fn between(first: Date, last: Date) -> Option<Days> {
    Some(Days { first: Some(first), last: Some(last) })
}

/// First and last day of an event's date as `YYYY-MM-DD`.
pub fn bounds(date: Option<&EventDate>) -> (Option<String>, Option<String>) {
    let days = date.and_then(|date| Days::of(&date.edtf)).unwrap_or_default();
    (days.first.map(|day| day.to_string()), days.last.map(|day| day.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_the_record_has_its_days() {
        let cases = [
            ("2025-10-22", "2025-10-22 2025-10-22"),
            ("2025-10-22~", "2025-10-22 2025-10-22"),
            ("2025-10", "2025-10-01 2025-10-31"),
            ("2024-02", "2024-02-01 2024-02-29"),
            ("2025", "2025-01-01 2025-12-31"),
            ("201X", "2010-01-01 2019-12-31"),
            ("2024-24", "2024-12-01 2025-02-28"),
            ("2024-34", "2024-04-01 2024-06-30"),
            ("2024-05-01/2024-05-03", "2024-05-01 2024-05-03"),
            ("2024-05/..", "2024-05-01 -"),
            ("[..2025-10-24]", "- 2025-10-24"),
            ("[2025-10-24..]", "2025-10-24 -"),
            ("2025-XX-XX", "2025-01-01 2025-12-31"),
            ("2025-04-XX", "2025-04-01 2025-04-30"),
        ];
        for (edtf, expected) in cases {
            let days = Days::of(edtf).unwrap();
            let shown = |day: Option<Date>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
            assert_eq!(format!("{} {}", shown(days.first), shown(days.last)), expected, "{edtf}");
        }
        for edtf in ["XXXX-10-22", "", "2025-13", "2025-02-30", "May", "2X25", "[a..b]", "..", "é"] {
            assert!(Days::of(edtf).is_none_or(|days| days.day().is_none()), "{edtf}");
        }
    }

    #[test]
    fn stretches_meet_where_they_share_a_day() {
        let meets = |a, b| Days::of(a).unwrap().meets(Days::of(b).unwrap());
        assert!(meets("2025-10", "2025-10-31"));
        assert!(!meets("2025-10", "2025-11-01"));
        assert!(meets("[..2025-10-24]", "2025-10-24"));
        assert!(!meets("[..2025-10-24]", "2025-10-25"));
    }
}
