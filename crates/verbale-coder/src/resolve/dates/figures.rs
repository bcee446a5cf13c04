//! Dates in figures alone: "2025-10-22", "22/10/2025", "10/22/25".

use jiff::civil::Date;

use super::calendar::Period;
use super::phrase::{Match, Phrase};
use super::words::Words;
use super::years;

/// Dates in figures: ISO, day or month first, with `-`, `/` or `.` between.
///
/// Where both readings are dates, the month comes first, as American wires write it.
pub(super) fn date(words: &Words<'_>, at: usize) -> Match {
    let word = words.at(at);
    if word == "9/11" {
        return Some((Phrase::Whole(Period::Day(Date::new(2001, 9, 11).ok()?)), at + 1));
    }
    let separator = word.chars().find(|c| !c.is_ascii_digit())?;
    if !matches!(separator, '-' | '/' | '.') {
        return None;
    }
    let fields: Vec<&str> = word.split(separator).collect();
    let number = |field: &str| field.parse::<i16>().ok();
    let day = |year: i16, month: i16, day: i16| {
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    let date = match fields.as_slice() {
        [year, month] if year.len() == 4 && month.len() == 2 && separator == '-' => {
            let (year, month) = (number(year)?, number(month)?);
            let month = (1..=12).contains(&month).then_some(Period::Month(year, month as i8))?;
            return plausible(year).then_some((Phrase::Whole(month), at + 1));
        }
        [year, month, last] if year.len() == 4 => day(number(year)?, number(month)?, number(last)?)?,
        [first, second, year] if matches!((year.len(), separator), (4, _) | (2, '/')) => {
            let year = if year.len() == 2 { years::of_two_digits(number(year)?) } else { number(year)? };
            let (first, second) = (number(first)?, number(second)?);
            let european = separator == '.';
            let (one, other) = if european { (second, first) } else { (first, second) };
            day(year, one, other).or_else(|| day(year, other, one))?
        }
        _ => return None,
    };
    plausible(date.year()).then_some((Phrase::Whole(Period::Day(date)), at + 1))
}

/// Whether a number in figures can be the year of a report's date.
fn plausible(year: i16) -> bool {
    (1000..=2200).contains(&year)
}
