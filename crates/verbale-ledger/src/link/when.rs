//! When a telling says that it happened: days, and how much they are worth.

use jiff::civil::Date;
use verbale_model::{DateMethod, Status};

use crate::Telling;

/// How many days before its publication an undated happening is looked for.
const NEWS: i32 = 7;

/// How many days after publication an undated plan may come true.
const AHEAD: i32 = 30;

/// Intervals of more days than this say too little to look for others by them.
const LONGEST: i32 = 62;

/// The days on which it may have happened, as days since 1970-01-01, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct When {
    /// First day.
    pub lo: i32,
    /// Last day.
    pub hi: i32,
    /// How the days are known.
    pub basis: Basis,
}

/// How the days of a telling are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Basis {
    /// Said; `lag` is the number of days to publication where the words were relative to it.
    Said { lag: Option<i32> },
    /// A day and month of no known year.
    Yearless { month: i8, day: i8 },
    /// Not said: before publication.
    News,
    /// Not said, of something to come: after publication.
    Plan,
    /// Nothing is known.
    Unknown,
}

/// What two tellings' times say of each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Times {
    /// Both cannot be true.
    Apart,
    /// They may be both true, but nothing says that they are of one time.
    Open,
    /// They agree, with this weight in bits.
    Agree(f32, &'static str),
}

impl When {
    /// Reads the date of a telling; without one, its publication bounds it.
    pub fn of(telling: &Telling) -> Self {
        let published = telling.source.published.as_deref().and_then(days);
        let said = telling.event.date.as_ref().filter(|date| !date.edtf.starts_with("[.."));
        if let Some(date) = said {
            if let Some((month, day)) = yearless(&date.edtf) {
                return Self { lo: 0, hi: 0, basis: Basis::Yearless { month, day } };
            }
            if let Some((lo, hi)) = days(&date.edtf) {
                let relative = matches!(date.method, DateMethod::Relative | DateMethod::Publication);
                let lag = published.filter(|_| relative).map(|(_, published)| published - lo);
                let open = date.edtf.ends_with("/..");
                let hi = if open { published.map_or(hi, |(_, published)| published.max(lo)) } else { hi };
                return Self { lo, hi, basis: Basis::Said { lag } };
            }
        }
        let bound =
            telling.event.date.as_ref().and_then(|date| {
                days(date.edtf.strip_prefix("[..").and_then(|rest| rest.strip_suffix(']'))?)
            });
        let to_come =
            matches!(telling.event.status, Status::Planned | Status::Hypothetical | Status::Cancelled);
        match bound.or(published) {
            Some((from, to)) if to_come => Self { lo: from, hi: to + AHEAD, basis: Basis::Plan },
            Some((from, to)) => Self { lo: from - NEWS, hi: to, basis: Basis::News },
            None => Self { lo: 0, hi: 0, basis: Basis::Unknown },
        }
    }

    /// How many days it may have been.
    pub fn width(self) -> i32 {
        self.hi - self.lo + 1
    }

    /// Whether one day is known.
    pub fn is_day(self) -> bool {
        matches!(self.basis, Basis::Said { .. }) && self.width() == 1
    }

    /// Whether it was said when, even roughly.
    pub fn is_said(self) -> bool {
        matches!(self.basis, Basis::Said { .. } | Basis::Yearless { .. })
    }

    /// Names of the weeks, and of the day without its year, by which others are looked for. Agreeing
    /// times share at least one. A day more at each end leaves room for a date told a day off.
    pub fn buckets(self) -> Vec<String> {
        let mut out = Vec::new();
        match self.basis {
            Basis::Unknown => {}
            Basis::Yearless { month, day } => out.push(format!("d{month}.{day}")),
            Basis::Said { .. } | Basis::News | Basis::Plan if self.width() <= LONGEST => {
                let weeks = (self.lo - 1).div_euclid(7)..=(self.hi + 1).div_euclid(7);
                out.extend(weeks.map(|week| format!("w{week}")));
            }
            _ => {}
        }
        if self.is_day()
            && let Some((month, day)) = month_and_day(self.lo)
        {
            out.push(format!("d{month}.{day}"));
        }
        out
    }

    /// What this time and another say of each other; the same whichever is asked.
    pub fn against(self, other: Self) -> Times {
        match (self.basis, other.basis) {
            (Basis::Unknown, _) | (_, Basis::Unknown) => Times::Open,
            (Basis::Yearless { month, day }, Basis::Yearless { month: m, day: d }) => {
                if (month, day) == (m, d) { Times::Agree(2.5, "same day and month") } else { Times::Apart }
            }
            (Basis::Yearless { month, day }, _) => other.has(month, day),
            (_, Basis::Yearless { month, day }) => self.has(month, day),
            (Basis::Said { lag }, Basis::Said { lag: other_lag }) => self.said(other, lag, other_lag),
            (Basis::Said { .. }, _) => self.bounded(other),
            (_, Basis::Said { .. }) => other.bounded(self),
            _ => self.unsaid(other),
        }
    }

    /// Whether a day without a year lies among these days.
    fn has(self, month: i8, day: i8) -> Times {
        let among = (self.lo..=self.hi.min(self.lo + 366)).any(|at| month_and_day(at) == Some((month, day)));
        match (among, self.is_day()) {
            (true, true) => Times::Agree(2.5, "same day and month"),
            (true, false) => Times::Agree(0.0, "day and month fit"),
            (false, _) if matches!(self.basis, Basis::Said { .. }) => Times::Apart,
            (false, _) => Times::Open,
        }
    }

    /// Both were said.
    fn said(self, other: Self, lag: Option<i32>, other_lag: Option<i32>) -> Times {
        if self.lo <= other.hi && other.lo <= self.hi {
            let wider = self.width().max(other.width());
            return match wider {
                1 if lag.is_none() && other_lag.is_none() => Times::Agree(4.0, "same day"),
                1 => Times::Agree(3.5, "same day"),
                2..=7 => Times::Agree(1.5, "days overlap"),
                8..=31 => Times::Agree(-1.0, "months overlap"),
                32..=LONGEST => Times::Agree(-2.0, "dates overlap"),
                _ => Times::Agree(-4.0, "dates overlap"),
            };
        }
        // "Today" and "yesterday" slip by a day where a report is read and dated in another time zone.
        // With the same words in both, two days are two days.
        let slips = |lag: Option<i32>| lag.is_some_and(|lag| (0..=1).contains(&lag));
        let near = (self.lo - other.lo).abs() == 1 && self.is_day() && other.is_day();
        if near && lag != other_lag && (slips(lag) || slips(other_lag)) {
            Times::Agree(-2.0, "one day apart, told relative to publication")
        } else {
            Times::Apart
        }
    }

    /// This one was said, the other is bounded by publication.
    fn bounded(self, other: Self) -> Times {
        if self.lo <= other.hi && other.lo <= self.hi {
            if self.width() > 7 {
                return Times::Agree(-3.0, "published at about that time");
            }
            let distance = if other.basis == Basis::News { other.hi - self.lo } else { self.lo - other.lo };
            return match distance {
                ..=2 => Times::Agree(0.0, "published within two days of it"),
                3..=NEWS => Times::Agree(-1.0, "published within a week of it"),
                _ => Times::Agree(-2.0, "published within a month of it"),
            };
        }
        let after_the_news = other.basis == Basis::News && self.lo > other.hi + 1;
        if after_the_news { Times::Apart } else { Times::Open }
    }

    /// Neither was said.
    fn unsaid(self, other: Self) -> Times {
        if self.lo > other.hi || other.lo > self.hi {
            return Times::Open;
        }
        if self.basis != other.basis {
            return Times::Agree(-2.5, "planned, and told later");
        }
        match (self.lo - other.lo).abs() {
            ..=2 => Times::Agree(-1.0, "published within two days of each other"),
            3..=NEWS => Times::Agree(-2.0, "published within a week of each other"),
            _ => Times::Agree(-3.5, "published within a month of each other"),
        }
    }
}

/// First and last day of an EDTF date or interval, as days since 1970-01-01.
///
/// Levels 0 and 1 of ISO 8601-2 as the coder writes them: days, months, years, seasons 21 to 24,
/// quarters 33 to 36, halves as intervals, open ends, qualifiers; anything else is `None`.
pub(super) fn days(edtf: &str) -> Option<(i32, i32)> {
    match edtf.split_once('/') {
        None => period(edtf),
        Some((from, ".." | "")) => Some((period(from)?.0, period(from)?.1)),
        Some((".." | "", to)) => period(to),
        Some((from, to)) => {
            let (from, to) = (period(from)?, period(to)?);
            (from.0 <= to.1).then_some((from.0, to.1))
        }
    }
}

fn period(edtf: &str) -> Option<(i32, i32)> {
    let edtf = edtf.trim_end_matches(['?', '~', '%']);
    let edtf = edtf.split_once('T').map_or(edtf, |(date, _)| date);
    let mut parts = edtf.split('-');
    let year: i16 = digits(parts.next()?, 4)?.try_into().ok()?;
    let (month, day) = (parts.next(), parts.next());
    if parts.next().is_some() {
        return None;
    }
    let months = |first: i8, count: i8| {
        let (after_year, after) =
            if first + count > 12 { (year + 1, first + count - 12) } else { (year, first + count) };
        Some((number(year, first, 1)?, number(after_year, after, 1)? - 1))
    };
    let Some(month) = month else { return months(1, 12) };
    let month: i8 = digits(month, 2)?.try_into().ok()?;
    match (month, day) {
        (1..=12, None) => months(month, 1),
        (1..=12, Some(day)) => {
            let day = number(year, month, digits(day, 2)?.try_into().ok()?)?;
            Some((day, day))
        }
        (21..=24, None) => months((month - 20) * 3, 3),
        (33..=36, None) => months((month - 33) * 3 + 1, 3),
        _ => None,
    }
}

/// Month and day of `XXXX-10-22`.
fn yearless(edtf: &str) -> Option<(i8, i8)> {
    let (month, day) = edtf.strip_prefix("XXXX-")?.split_once('-')?;
    let (month, day) = (digits(month, 2)?.try_into().ok()?, digits(day, 2)?.try_into().ok()?);
    // A leap year, so that 29 February is a day.
    number(2024, month, day).map(|_| (month, day))
}

fn digits(text: &str, length: usize) -> Option<i32> {
    (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

/// A day's number since 1970-01-01.
fn number(year: i16, month: i8, day: i8) -> Option<i32> {
    let date = Date::new(year, month, day).ok().filter(|date| date.year() > 0 && date.year() < 9999)?;
    Date::constant(1970, 1, 1).until(date).ok().map(|span| span.get_days())
}

fn month_and_day(number: i32) -> Option<(i8, i8)> {
    let span = jiff::Span::new().try_days(number).ok()?;
    let date = Date::constant(1970, 1, 1).checked_add(span).ok()?;
    Some((date.month(), date.day()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_become_days() {
        let width = |edtf: &str| days(edtf).map(|(lo, hi)| hi - lo + 1);
        assert_eq!(days("1970-01-02"), Some((1, 1)));
        assert_eq!(width("2024-02"), Some(29));
        assert_eq!(width("2025"), Some(365));
        assert_eq!(width("2025-24"), Some(90));
        assert_eq!(width("2025-34"), Some(91));
        assert_eq!(width("2025-05-12/2025-05-18"), Some(7));
        assert_eq!(width("2025-05-12~"), Some(1));
        for odd in
            ["", "XXXX-10-22", "2025-02-30", "0000-01-01", "9999-12-31", "/", "2025-05-18/2025-05-12", "abc"]
        {
            assert_eq!(days(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_day_without_a_year_needs_its_month() {
        assert_eq!(yearless("XXXX-10-22"), Some((10, 22)));
        assert_eq!(yearless("XXXX-02-29"), Some((2, 29)));
        assert_eq!(yearless("XXXX-13-01"), None);
        assert_eq!(yearless("XXXX-10"), None);
    }
}
