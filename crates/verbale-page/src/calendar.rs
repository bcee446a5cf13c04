//! Days, months and ticks of time on charts.

use jiff::Span;
use jiff::civil::Date;
use verbale_model::Days;

const EPOCH: Date = Date::constant(1970, 1, 1);

/// The date of a day counted from 1970-01-01.
fn date(day: i32) -> Option<Date> {
    EPOCH.checked_add(Span::new().try_days(day).ok()?).ok()
}

/// A date as a day counted from 1970-01-01.
fn day(date: Date) -> i32 {
    (date.duration_since(EPOCH).as_hours() / 24) as i32
}

/// First and last day of `2025-10`.
pub fn month(text: &str) -> Option<(i32, i32)> {
    let (year, month) = text.split_once('-')?;
    let first = Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()?;
    Some((day(first), day(first.last_of_month())))
}

/// Days in words: `2025-10-22`, `2025-10-01 to 2025-10-31`, `until 2025-10-24`, `undated`.
pub fn days(days: Days) -> String {
    let name = |day: i32| date(day).map_or_else(|| day.to_string(), |date| date.to_string());
    match (days.first, days.last) {
        (Some(first), Some(last)) if first == last => name(first),
        (Some(first), Some(last)) => format!("{} to {}", name(first), name(last)),
        (Some(first), None) => format!("from {}", name(first)),
        (None, Some(last)) => format!("until {}", name(last)),
        (None, None) => "undated".to_owned(),
    }
}

/// Ticks between two days, with their names: years, or months where the time is short; at most so many.
pub fn ticks(first: i32, last: i32, most: usize) -> Vec<(i32, String)> {
    let (Some(from), Some(to)) = (date(first), date(last)) else { return Vec::new() };
    let months = (i32::from(to.year()) - i32::from(from.year())) * 12 + i32::from(to.month())
        - i32::from(from.month());
    let most = most.max(1) as i32;
    let step = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200]
        .into_iter()
        .find(|step| months / step <= most)
        .unwrap_or(2400);
    let start = i32::from(from.year()) * 12 + i32::from(from.month()) - 1;
    let mut at = start - start.rem_euclid(step);
    let mut found = Vec::new();
    while at <= start + months {
        let (year, month) = (at.div_euclid(12), at.rem_euclid(12) + 1);
        let tick = i16::try_from(year).ok().zip(i8::try_from(month).ok());
        let date = tick.and_then(|(year, month)| Date::new(year, month, 1).ok());
        if let Some(date) = date.filter(|date| (first..=last).contains(&day(*date))) {
            let name = if step >= 12 { format!("{year:04}") } else { format!("{year:04}-{month:02}") };
            found.push((day(date), name));
        }
        at += step;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_years_or_months() {
        let at = |text: &str| day(text.parse().unwrap());
        let names =
            |from, to| ticks(at(from), at(to), 8).into_iter().map(|(_, name)| name).collect::<Vec<_>>();
        assert_eq!(
            names("2021-07-10", "2025-03-01"),
            ["2022-01", "2022-07", "2023-01", "2023-07", "2024-01", "2024-07", "2025-01"]
        );
        assert_eq!(names("2010-06-01", "2016-03-01"), ["2011", "2012", "2013", "2014", "2015", "2016"]);
        assert_eq!(names("2025-01-10", "2025-03-20"), ["2025-02", "2025-03"]);
        assert!(names("1800-01-01", "2025-01-01").len() <= 9);
        assert_eq!(month("2024-02"), Some((at("2024-02-01"), at("2024-02-29"))));
        assert_eq!(month("2024-13"), None);
        assert_eq!(days(Days { first: Some(0), last: Some(30) }), "1970-01-01 to 1970-01-31");
    }
}
