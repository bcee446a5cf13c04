//! The days that an EDTF date covers (ISO 8601-2), and how exact it is.

use jiff::ToSpan as _;
use jiff::civil::Date;
use verbale_model::Precision;

/// From one day to another, both included; `None` where that end is open or unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Period {
    /// First day.
    pub first: Option<Date>,
    /// Last day.
    pub last: Option<Date>,
}

impl Period {
    /// Reads a date, an interval (`A/B`, `A/..`, `../B`) or a bound (`[..A]`, `[A..]`). A date without
    /// a year (`XXXX-10-22`) is open at both ends.
    ///
    /// # Errors
    /// Where it is none of these; the message says what can be written.
    pub fn parse(edtf: &str) -> Result<(Self, Precision), String> {
        read(edtf).ok_or_else(|| {
            format!(
                "'{edtf}' is no date: write EDTF, such as 2025-10-22, 2025-10, 2025, 2025-10-20/2025-10-22 \
                 or [..2025-10-24]"
            )
        })
    }

    /// The day, when it is a single one.
    pub fn day(self) -> Option<Date> {
        self.first.filter(|_| self.first == self.last)
    }

    /// Whether every day of the other is one of its own.
    pub fn contains(self, other: Self) -> bool {
        let starts = self.first.is_none_or(|first| other.first.is_some_and(|other| first <= other));
        starts && self.last.is_none_or(|last| other.last.is_some_and(|other| other <= last))
    }

    /// Whether they can share a day.
    pub fn overlaps(self, other: Self) -> bool {
        let before = |last: Option<Date>, first: Option<Date>| last.zip(first).is_some_and(|(l, f)| l < f);
        !before(self.last, other.first) && !before(other.last, self.first)
    }
}

/// The days of an EDTF date that is bounded on one side at least; nothing for a date without a year, and for
/// what is no date.
pub fn bounds(edtf: &str) -> Option<Period> {
    let (period, _) = Period::parse(edtf).ok()?;
    (period.first.is_some() || period.last.is_some()).then_some(period)
}

/// Days since 1970-01-01, as Parquet counts them.
pub fn days(date: Date) -> i32 {
    (date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24) as i32
}

fn read(edtf: &str) -> Option<(Period, Precision)> {
    let open = |text: &str| matches!(text, "" | "..");
    if let Some(bound) = edtf.strip_prefix("[..").and_then(|rest| rest.strip_suffix(']')) {
        let last = day_range(bound)?.0.last;
        return Some((Period { first: None, last }, Precision::None));
    }
    if let Some(bound) = edtf.strip_prefix('[').and_then(|rest| rest.strip_suffix("..]")) {
        let first = day_range(bound)?.0.first;
        return Some((Period { first, last: None }, Precision::None));
    }
    let Some((from, to)) = edtf.split_once('/') else { return day_range(edtf) };
    if open(from) && open(to) {
        return None;
    }
    let first = if open(from) { None } else { day_range(from)?.0.first };
    let last = if open(to) { None } else { day_range(to)?.0.last };
    if first.zip(last).is_some_and(|(first, last)| last < first) {
        return None;
    }
    let week = first.zip(last).is_some_and(|(first, last)| {
        first.weekday() == jiff::civil::Weekday::Monday && first.checked_add(6.days()).ok() == Some(last)
    });
    Some((Period { first, last }, if week { Precision::Week } else { Precision::Interval }))
}

/// A day, month, season, quarter or year.
fn day_range(text: &str) -> Option<(Period, Precision)> {
    let text = text.trim_end_matches(['?', '~', '%']);
    let parts: Vec<&str> = text.split('-').collect();
    let number = |at: usize, digits: usize| -> Option<i16> {
        let part: &str = parts.get(at)?;
        (part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse().ok())?
    };
    if parts.len() == 1 && text.len() == 4 && text.ends_with('X') {
        return years(text);
    }
    let precision = [Precision::Year, Precision::Month, Precision::Day].get(parts.len() - 1).copied()?;
    if parts[0] == "XXXX" && parts.len() > 1 {
        let (month, day) =
            (i8::try_from(number(1, 2)?).ok()?, parts.get(2).map_or(Some(1), |_| number(2, 2))?);
        // A leap year has every day that any year has.
        Date::new(2000, month, i8::try_from(day).ok()?).ok()?;
        return Some((Period::default(), precision));
    }
    let year = number(0, 4)?;
    let months = |first: i16, count: i32, precision: Precision| {
        let first = Date::new(year, i8::try_from(first).ok()?, 1).ok()?;
        let last = first.checked_add(count.months()).ok()?.yesterday().ok()?;
        Some((Period { first: Some(first), last: Some(last) }, precision))
    };
    match (parts.len(), number(1, 2)) {
        (1, _) => months(1, 12, precision),
        (2, Some(month @ 1..=12)) => months(month, 1, precision),
        (2, Some(season @ 21..=24)) => months((season - 20) * 3, 3, Precision::Season),
        // Those of the northern half of the earth by name.
        (2, Some(season @ 25..=28)) => months((season - 24) * 3, 3, Precision::Season),
        (2, Some(quarter @ 33..=36)) => months((quarter - 33) * 3 + 1, 3, Precision::Season),
        (2, Some(half @ 40..=41)) => months((half - 40) * 6 + 1, 6, Precision::Season),
        (3, Some(month)) => {
            let day = Date::new(year, i8::try_from(month).ok()?, i8::try_from(number(2, 2)?).ok()?).ok()?;
            Some((Period { first: Some(day), last: Some(day) }, precision))
        }
        _ => None,
    }
}

/// A decade (`202X`) or a century (`20XX`).
fn years(text: &str) -> Option<(Period, Precision)> {
    let digits = text.trim_end_matches('X');
    if digits.len() < 2 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let first = Date::new(format!("{digits:0<4}").parse().ok()?, 1, 1).ok()?;
    let last = Date::new(format!("{digits:9<4}").parse().ok()?, 12, 31).ok()?;
    Some((Period { first: Some(first), last: Some(last) }, Precision::Interval))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(edtf: &str) -> String {
        let (period, precision) = Period::parse(edtf).unwrap();
        let end = |date: Option<Date>| date.map_or("..".to_owned(), |date| date.to_string());
        format!("{} {} {precision}", end(period.first), end(period.last))
    }

    #[test]
    fn every_form_covers_its_days() {
        assert_eq!(shown("2025-10-22"), "2025-10-22 2025-10-22 day");
        assert_eq!(shown("2024-02"), "2024-02-01 2024-02-29 month");
        assert_eq!(shown("2025"), "2025-01-01 2025-12-31 year");
        assert_eq!(shown("2025-24"), "2025-12-01 2026-02-28 season");
        assert_eq!(shown("2025-34"), "2025-04-01 2025-06-30 season");
        assert_eq!(shown("2025-10-20/2025-10-26"), "2025-10-20 2025-10-26 week");
        assert_eq!(shown("2025-41"), "2025-07-01 2025-12-31 season");
        assert_eq!(shown("202X"), "2020-01-01 2029-12-31 interval");
        assert_eq!(shown("2025-10~"), "2025-10-01 2025-10-31 month");
        assert_eq!(shown("2019/.."), "2019-01-01 .. interval");
        assert_eq!(shown("[..2025-10-24]"), ".. 2025-10-24 none");
        assert_eq!(shown("XXXX-02-29"), ".. .. day");
        for wrong in [
            "",
            "yesterday",
            "+025",
            "X",
            "2025-13",
            "2025-02-30",
            "2025-10-22/2025-10-20",
            "22.10.2025",
            "é",
            "[..x]",
        ] {
            assert!(Period::parse(wrong).unwrap_err().contains("EDTF"), "{wrong}");
        }
    }
    #[test]
    fn days_count_from_1970() {
        assert_eq!(days(Date::constant(1970, 1, 1)), 0);
        assert_eq!(days(Date::constant(2000, 3, 1)), 11_017);
        assert_eq!(days(Date::constant(1969, 12, 31)), -1);
    }
}
