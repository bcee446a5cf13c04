//! What an expression of time says, before the calendar gives it a value.

use super::calendar::{Period, season_timex};
use super::feasts::Moving;
use super::lexicon::{Season, Unit};

/// A part of a larger cycle: of the year, the month or the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A day of a month; with its weekday, where that is told.
    Day {
        /// 1 to 12; `None` in "on the 22nd".
        month: Option<i8>,
        /// 1 to 31.
        day: i8,
        /// Monday is 1.
        weekday: Option<i8>,
    },
    /// A month, 1 to 12.
    Month(i8),
    /// A quarter, 1 to 4.
    Quarter(i8),
    /// A half of the year, 1 or 2.
    Half(i8),
    /// A season.
    Season(Season),
    /// A weekday, Monday being 1.
    Weekday(i8),
    /// A feast that moves.
    Feast(Moving),
}

impl Part {
    /// The TIMEX3 value without the year or week, which nobody told.
    pub(super) fn timex(self) -> String {
        match self {
            Self::Day { month: Some(month), day, .. } => format!("XXXX-{month:02}-{day:02}"),
            Self::Day { month: None, day, .. } => format!("XXXX-XX-{day:02}"),
            Self::Month(month) => format!("XXXX-{month:02}"),
            Self::Quarter(quarter) => format!("XXXX-Q{quarter}"),
            Self::Half(half) => format!("XXXX-H{half}"),
            Self::Season(season) => format!("XXXX-{}", season_timex(season)),
            Self::Weekday(weekday) => format!("XXXX-WXX-{weekday}"),
            Self::Feast(_) => "XXXX-XX-XX".to_owned(),
        }
    }
}

/// Which one of its kind is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// Nothing told: tense decides.
    Bare,
    /// "last", "past".
    Last,
    /// "this".
    This,
    /// "next", "coming".
    Next,
    /// That of a year told in full.
    Year(i16),
    /// That of so many years after the year of publication.
    YearShift(i32),
    /// That of the week so many after the week of publication: "Tuesday of last week".
    WeekShift(i32),
    /// That of the month so many after the month of publication: "the 5th of next month".
    MonthShift(i32),
    /// "the previous", seen from the date told before.
    Before,
    /// "the following", seen from the date told before.
    After,
}

/// What relative expressions are relative to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// The day of publication.
    Publication,
    /// The nearest date told before.
    Text,
    /// The day of publication, in "ago".
    Ago,
    /// The nearest date told before, and publication where there is none.
    Either,
}

/// What an expression says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Phrase {
    /// A part of the year, month or week.
    Part(Part, Which),
    /// A stretch written in full.
    Whole(Period),
    /// The unit so many steps from the one around the origin.
    Shift(i32, Unit, Origin),
    /// The week in which a day lies.
    WeekOf(Box<Phrase>),
    /// From one to the other.
    Range(Box<Phrase>, Box<Phrase>),
    /// A time of the day (`T10:30`, `TNI`), and the day, where it is told.
    Clock(Option<Box<Phrase>>, String),
    /// Past, present or future, as TIMEX3 writes them.
    Vague(&'static str),
    /// A feast day whose date depends on whose it is.
    Feast,
    /// A length of time.
    Duration(String),
    /// What recurs.
    Set(String),
    /// No expression of time at all, though it looks like one: "March 23 Movement".
    Nothing,
}

/// A phrase, and the place after its last word.
pub(super) type Match = Option<(Phrase, usize)>;
