//! Feast days: their names, and on which day of a year they fall.
//!
//! Those that states keep on days of their own ("Independence Day") or that the moon decides are named and get no
//! value. Easter is that of the western churches, by the rule of Meeus, *Astronomical Algorithms*, chapter 8.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan as _};

use super::absolute::year_after;
use super::deictic::which;
use super::phrase::{Match, Part, Phrase, Which};
use super::words::Words;

/// When a feast falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// Nobody can say without knowing whose feast it is.
    Unknown,
    /// Month and day.
    Fixed(i8, i8),
    Moving(Moving),
}

/// A feast that falls on another day each year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moving {
    /// So many days after Easter Sunday.
    Easter(i8),
    /// The so-manyth weekday of a month (-1: the last), and so many days after it.
    Weekday {
        /// 1 to 12.
        month: i8,
        /// 1 to 4, or -1.
        nth: i8,
        /// Monday is 1.
        weekday: i8,
        /// Days after that.
        after: i8,
    },
}

const fn weekday(month: i8, nth: i8, weekday: i8) -> Rule {
    Rule::Moving(Moving::Weekday { month, nth, weekday, after: 0 })
}

/// Names word by word, the longer before the shorter.
const FEASTS: &[(&[&str], Rule)] = &[
    (&["new", "year", "'s", "day"], Rule::Fixed(1, 1)),
    (&["new", "year", "'s", "eve"], Rule::Fixed(12, 31)),
    (&["new", "year", "'s"], Rule::Fixed(1, 1)),
    (&["christmas", "eve"], Rule::Fixed(12, 24)),
    (&["christmas", "day"], Rule::Fixed(12, 25)),
    (&["christmas"], Rule::Fixed(12, 25)),
    (&["boxing", "day"], Rule::Fixed(12, 26)),
    (&["may", "day"], Rule::Fixed(5, 1)),
    (&["bastille", "day"], Rule::Fixed(7, 14)),
    (&["armistice", "day"], Rule::Fixed(11, 11)),
    (&["veterans", "day"], Rule::Fixed(11, 11)),
    (&["valentine", "'s", "day"], Rule::Fixed(2, 14)),
    (&["independence", "day"], Rule::Unknown),
    (&["victory", "day"], Rule::Unknown),
    (&["national", "day"], Rule::Unknown),
    (&["thanksgiving", "day"], weekday(11, 4, 4)),
    (&["thanksgiving"], weekday(11, 4, 4)),
    (&["labor", "day"], weekday(9, 1, 1)),
    (&["memorial", "day"], weekday(5, -1, 1)),
    (&["election", "day"], Rule::Moving(Moving::Weekday { month: 11, nth: 1, weekday: 1, after: 1 })),
    (&["good", "friday"], Rule::Moving(Moving::Easter(-2))),
    (&["easter", "sunday"], Rule::Moving(Moving::Easter(0))),
    (&["easter", "monday"], Rule::Moving(Moving::Easter(1))),
    (&["easter"], Rule::Moving(Moving::Easter(0))),
    (&["nowruz"], Rule::Unknown),
    (&["ramadan"], Rule::Unknown),
    (&["eid", "al-fitr"], Rule::Unknown),
    (&["eid", "al-adha"], Rule::Unknown),
    (&["lunar", "new", "year"], Rule::Unknown),
];

/// "Christmas", "last Thanksgiving", "Easter Sunday 2024".
pub(super) fn feast(words: &Words<'_>, at: usize) -> Match {
    let (told, start) = which(words, at).unwrap_or((Which::Bare, at));
    let (end, rule) = FEASTS.iter().find_map(|(name, rule)| Some((words.eat_all(start, name)?, *rule)))?;
    if !words.capital(start) {
        return None;
    }
    let (told, end) = year_after(words, end).filter(|_| told == Which::Bare).unwrap_or((told, end));
    let part = match rule {
        Rule::Unknown => return Some((Phrase::Feast, end)),
        Rule::Fixed(month, day) => Part::Day { month: Some(month), day, weekday: None },
        Rule::Moving(moving) => Part::Feast(moving),
    };
    Some((Phrase::Part(part, told), end))
}

impl Moving {
    /// Its day in a year.
    pub(super) fn in_year(self, year: i16) -> Option<Date> {
        let (day, after) = match self {
            Self::Easter(after) => (easter(year)?, after),
            Self::Weekday { month, nth, weekday, after } => {
                let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
                (Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()?, after)
            }
        };
        day.checked_add(days(after)).ok()
    }
}

fn days(number: i8) -> Span {
    i64::from(number).days()
}

/// Easter Sunday in the Gregorian calendar.
fn easter(year: i16) -> Option<Date> {
    let year_number = i32::from(year);
    let (golden, century, of_century) = (year_number % 19, year_number / 100, year_number % 100);
    let (leaps, rest) = (century / 4, century % 4);
    let moon = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - leaps - moon + 15) % 30;
    let sunday = (32 + 2 * rest + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * sunday) / 451;
    let day = epact + sunday - 7 * late + 114;
    Date::new(year, i8::try_from(day / 31).ok()?, i8::try_from(day % 31 + 1).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn easter_falls_where_the_almanacs_have_it() {
        for (year, month, day) in
            [(1818, 3, 22), (1943, 4, 25), (1954, 4, 18), (2000, 4, 23), (2024, 3, 31), (2025, 4, 20)]
        {
            assert_eq!(easter(year), Some(date(year, month, day)));
        }
    }

    #[test]
    fn a_weekday_is_counted_within_its_month() {
        let day = |month, nth, weekday, after| Moving::Weekday { month, nth, weekday, after }.in_year(2022);
        assert_eq!(day(11, 4, 4, 0), Some(date(2022, 11, 24)));
        assert_eq!(day(5, -1, 1, 0), Some(date(2022, 5, 30)));
        // The Tuesday after the first Monday, never the first of the month.
        assert_eq!(day(11, 1, 1, 1), Some(date(2022, 11, 8)));
    }
}
