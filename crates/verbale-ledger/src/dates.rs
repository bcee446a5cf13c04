//! The days between which an EDTF date may lie.

use jiff::ToSpan as _;
use jiff::civil::Date;

/// First and last day of a date; `None` is open or unknown. At least one of them is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

impl Bounds {
    /// The day, when it is a single one.
    pub fn day(self) -> Option<Date> {
        self.from.filter(|_| self.from == self.to)
    }

    /// Whether the two may share a day.
    pub fn meets(self, other: Self) -> bool {
        let before = |to: Option<Date>, from: Option<Date>| to.zip(from).is_some_and(|(to, from)| to < from);
        !before(self.to, other.from) && !before(other.to, self.from)
    }
}

/// Reads the EDTF forms that records hold (ISO 8601-2): days, months, years, seasons (21 to 24, and
/// 25 to 28 of the north), quarters (33 to 36), halves (40, 41), decades (`202X`), intervals with
/// open ends, and `[..2025-10-24]`. Nothing for a date without a year, and for anything else.
pub fn bounds(edtf: &str) -> Option<Bounds> {
    let edtf = edtf.trim_end_matches(['?', '~', '%']);
    let end = |text: &str| match text {
        "" | ".." => Some(None),
        text => simple(text.trim_end_matches(['?', '~', '%'])).map(Some),
    };
    let (from, to) = match edtf.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(set) => set.split_once("..")?,
        None => edtf.split_once('/').unwrap_or((edtf, edtf)),
    };
    let (from, to) = (end(from)?.map(|(first, _)| first), end(to)?.map(|(_, last)| last));
    (from.is_some() || to.is_some()).then_some(Bounds { from, to })
}

/// First and last day of a date that is no interval.
fn simple(text: &str) -> Option<(Date, Date)> {
    if !text.is_ascii() {
        return None;
    }
    match text.len() {
        10 if text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-' => {
            let day = Date::new(year(&text[..4])?, number(&text[5..7])?, number(&text[8..])?).ok()?;
            Some((day, day))
        }
        7 if text.as_bytes()[4] == b'-' => part_of_year(year(&text[..4])?, number(&text[5..])?),
        4 => years(text),
        _ => None,
    }
}

/// Months, and what EDTF writes in their place.
fn part_of_year(year: i16, part: i8) -> Option<(Date, Date)> {
    let (first, months) = match part {
        1..=12 => (part, 1),
        21..=24 => ((part - 20) * 3, 3),
        25..=28 => ((part - 24) * 3, 3),
        33..=36 => ((part - 33) * 3 + 1, 3),
        40 | 41 => ((part - 40) * 6 + 1, 6),
        _ => return None,
    };
    let first = Date::new(year, first, 1).ok()?;
    let next = first.checked_add(months.months()).ok()?;
    Some((first, next.yesterday().ok()?))
}

/// A year, a decade (`202X`) or a century (`20XX`).
fn years(text: &str) -> Option<(Date, Date)> {
    let digits = text.trim_end_matches('X');
    if digits.len() < 2 {
        return None;
    }
    let first = Date::new(year(&text.replace('X', "0"))?, 1, 1).ok()?;
    let last = Date::new(year(&format!("{digits:9<4}"))?, 12, 31).ok()?;
    Some((first, last))
}

fn year(text: &str) -> Option<i16> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

fn number(text: &str) -> Option<i8> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// Days since 1970-01-01, as Parquet counts them.
pub(crate) fn days(date: Date) -> i32 {
    (date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_has_its_days() {
        let shown = |edtf: &str| {
            let day = |date: Option<Date>| date.map_or_else(|| "..".to_owned(), |date| date.to_string());
            bounds(edtf).map(|bounds| format!("{} {}", day(bounds.from), day(bounds.to)))
        };
        for (edtf, expected) in [
            ("2025-10-22", "2025-10-22 2025-10-22"),
            ("2024-02", "2024-02-01 2024-02-29"),
            ("2025", "2025-01-01 2025-12-31"),
            ("2025-21", "2025-03-01 2025-05-31"),
            ("2025-24", "2025-12-01 2026-02-28"),
            ("2025-34", "2025-04-01 2025-06-30"),
            ("2025-41", "2025-07-01 2025-12-31"),
            ("202X", "2020-01-01 2029-12-31"),
            ("2025-10-20/2025-10-26", "2025-10-20 2025-10-26"),
            ("2020/2029", "2020-01-01 2029-12-31"),
            ("2025-10-20/..", "2025-10-20 .."),
            ("[..2025-10-24]", ".. 2025-10-24"),
            ("2025-10~", "2025-10-01 2025-10-31"),
        ] {
            assert_eq!(shown(edtf).as_deref(), Some(expected), "{edtf}");
        }
        for edtf in
            ["", "XXXX-10-22", "2025-02-30", "2025-13", "..", "/", "[..]", "+025", "20é5", "=1+1", "X"]
        {
            assert_eq!(bounds(edtf), None, "{edtf}");
        }
    }

    #[test]
    fn days_count_from_1970() {
        assert_eq!(days(Date::constant(1970, 1, 1)), 0);
        assert_eq!(days(Date::constant(2000, 3, 1)), 11_017);
        assert_eq!(days(Date::constant(1969, 12, 31)), -1);
    }
}
