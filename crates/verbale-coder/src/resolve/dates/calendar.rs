//! Stretches of the calendar: their first and last day, neighbours, TIMEX3, EDTF and precision.

use jiff::Span;
use jiff::civil::Date;
use verbale_model::Precision;

use super::lexicon::{Season, Unit};

/// A stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Period {
    /// One day.
    Day(Date),
    /// The week that begins on this Monday.
    Week(Date),
    /// Saturday and Sunday of the week that begins on this Monday.
    Weekend(Date),
    /// Year and month.
    Month(i16, i8),
    /// Year and quarter, from 1.
    Quarter(i16, i8),
    /// Year and half, from 1.
    Half(i16, i8),
    /// A season by the year in which it begins.
    Season(i16, Season),
    /// One year.
    Year(i16),
    /// The ten years from this one.
    Decade(i16),
    /// The hundred years from this one: 1900 for the 20th century, as TIMEX3 counts.
    Century(i16),
}

/// Moves a date by days; `None` beyond the calendar.
fn moved(date: Date, days: i64) -> Option<Date> {
    date.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// The Monday of the week of a date.
fn monday(date: Date) -> Option<Date> {
    moved(date, i64::from(1 - date.weekday().to_monday_one_offset()))
}

/// Year and month, months counted on from January of the year; `None` outside the years 1 to 9999.
fn month_of(year: i16, months: i32) -> Option<(i16, i8)> {
    let total = i32::from(year) * 12 + months;
    let year = i16::try_from(total.div_euclid(12)).ok().filter(|year| (1..=9999).contains(year))?;
    Some((year, total.rem_euclid(12) as i8 + 1))
}

impl Period {
    /// The stretch of this unit in which a date lies; `None` for units below the day.
    pub(super) fn around(date: Date, unit: Unit) -> Option<Self> {
        let (year, month) = (date.year(), date.month());
        Some(match unit {
            Unit::Second | Unit::Minute | Unit::Hour => return None,
            Unit::Day => Self::Day(date),
            Unit::Week => Self::Week(monday(date)?),
            Unit::Weekend => Self::Weekend(monday(date)?),
            Unit::Month => Self::Month(year, month),
            Unit::Quarter => Self::Quarter(year, (month - 1) / 3 + 1),
            Unit::Year => Self::Year(year),
            Unit::Decade => Self::Decade(year - year.rem_euclid(10)),
            Unit::Century => Self::Century(year - year.rem_euclid(100)),
        })
    }

    /// The unit that it is one of.
    pub(super) fn unit(self) -> Unit {
        match self {
            Self::Day(_) => Unit::Day,
            Self::Week(_) => Unit::Week,
            Self::Weekend(_) => Unit::Weekend,
            Self::Month(..) => Unit::Month,
            Self::Quarter(..) | Self::Season(..) | Self::Half(..) => Unit::Quarter,
            Self::Year(_) => Unit::Year,
            Self::Decade(_) => Unit::Decade,
            Self::Century(_) => Unit::Century,
        }
    }

    /// The stretch of this unit around it; `None` when it is longer than one such unit.
    pub(super) fn widened(self, unit: Unit) -> Option<Self> {
        if self.unit() == unit {
            return Some(self);
        }
        (self.unit() < unit).then(|| Self::around(self.first()?, unit)).flatten()
    }

    /// So many stretches of its own kind on; `None` beyond the calendar.
    pub(super) fn shifted(self, steps: i32) -> Option<Self> {
        let year_on = |year: i16, by: i32| month_of(year, by.checked_mul(12)?).map(|(year, _)| year);
        let steps_of = |size: i32| steps.checked_mul(size).filter(|by| by.abs() < 1_000_000);
        let days = i64::from(steps);
        Some(match self {
            Self::Day(date) => Self::Day(moved(date, days)?),
            Self::Week(date) => Self::Week(moved(date, days * 7)?),
            Self::Weekend(date) => Self::Weekend(moved(date, days * 7)?),
            Self::Month(year, month) => {
                let (year, month) = month_of(year, i32::from(month) - 1 + steps_of(1)?)?;
                Self::Month(year, month)
            }
            Self::Quarter(year, quarter) => {
                let (year, month) = month_of(year, (i32::from(quarter) - 1) * 3 + steps_of(3)?)?;
                Self::Quarter(year, (month - 1) / 3 + 1)
            }
            Self::Half(year, half) => {
                let (year, month) = month_of(year, (i32::from(half) - 1) * 6 + steps_of(6)?)?;
                Self::Half(year, (month - 1) / 6 + 1)
            }
            Self::Season(year, season) => Self::Season(year_on(year, steps_of(1)?)?, season),
            Self::Year(year) => Self::Year(year_on(year, steps_of(1)?)?),
            Self::Decade(year) => Self::Decade(year_on(year, steps_of(10)?)?),
            Self::Century(year) => Self::Century(year_on(year, steps_of(100)?)?),
        })
    }

    /// Its first day.
    pub(super) fn first(self) -> Option<Date> {
        match self {
            Self::Day(date) | Self::Week(date) => Some(date),
            Self::Weekend(date) => moved(date, 5),
            Self::Month(year, month) => Date::new(year, month, 1).ok(),
            Self::Quarter(year, quarter) => Date::new(year, quarter * 3 - 2, 1).ok(),
            Self::Half(year, half) => Date::new(year, half * 6 - 5, 1).ok(),
            Self::Season(year, season) => Date::new(year, season_month(season), 1).ok(),
            Self::Year(year) | Self::Decade(year) | Self::Century(year) => Date::new(year, 1, 1).ok(),
        }
    }

    /// Its last day.
    pub(super) fn last(self) -> Option<Date> {
        let months = |count: i32| {
            let first = self.first()?;
            let (year, month) = month_of(first.year(), i32::from(first.month()) - 1 + count)?;
            moved(Date::new(year, month, 1).ok()?, -1)
        };
        match self {
            Self::Day(date) => Some(date),
            Self::Week(date) | Self::Weekend(date) => moved(date, 6),
            Self::Month(..) => months(1),
            Self::Quarter(..) | Self::Season(..) => months(3),
            Self::Half(..) => months(6),
            Self::Year(_) => months(12),
            Self::Decade(_) => months(120),
            Self::Century(_) => months(1200),
        }
    }

    /// The TIMEX3 value.
    pub(super) fn timex(self) -> String {
        match self {
            Self::Day(date) => date.to_string(),
            Self::Week(date) => week(date),
            Self::Weekend(date) => format!("{}-WE", week(date)),
            Self::Month(year, month) => format!("{year:04}-{month:02}"),
            Self::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
            Self::Half(year, half) => format!("{year:04}-H{half}"),
            Self::Season(year, season) => format!("{year:04}-{}", season_timex(season)),
            Self::Year(year) => format!("{year:04}"),
            // Three digits, as a century has two (TIDES 2003 standard, 3.3).
            Self::Decade(year) => format!("{:03}", year / 10),
            Self::Century(year) => format!("{:02}", year / 100),
        }
    }

    /// The EDTF value: a date where EDTF has one for it, else the interval from first to last day.
    /// Quarters are 33 to 36 and seasons 21 to 24 in place of the month (ISO 8601-2, 4.8).
    pub(super) fn edtf(self) -> Option<String> {
        Some(match self {
            Self::Quarter(year, quarter) => format!("{year:04}-{}", 32 + quarter),
            Self::Season(year, season) => format!("{year:04}-{}", season_code(season)),
            Self::Day(_) | Self::Month(..) | Self::Year(_) => self.timex(),
            Self::Half(year, half) => format!("{year:04}-{:02}/{year:04}-{:02}", half * 6 - 5, half * 6),
            Self::Decade(year) => format!("{year:04}/{:04}", year + 9),
            Self::Century(year) => format!("{year:04}/{:04}", year + 99),
            Self::Week(_) | Self::Weekend(_) => format!("{}/{}", self.first()?, self.last()?),
        })
    }

    /// How exact it is.
    pub(super) fn precision(self) -> Precision {
        match self {
            Self::Day(_) => Precision::Day,
            Self::Week(_) => Precision::Week,
            Self::Month(..) => Precision::Month,
            Self::Quarter(..) | Self::Season(..) => Precision::Season,
            Self::Year(_) => Precision::Year,
            Self::Weekend(_) | Self::Half(..) | Self::Decade(_) | Self::Century(_) => Precision::Interval,
        }
    }
}

/// `2025-W43`, by ISO 8601.
fn week(date: Date) -> String {
    let week = date.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

/// The month in which a season begins.
fn season_month(season: Season) -> i8 {
    match season {
        Season::Spring => 3,
        Season::Summer => 6,
        Season::Autumn => 9,
        Season::Winter => 12,
    }
}

/// TIMEX3's letters for a season.
pub(super) fn season_timex(season: Season) -> &'static str {
    match season {
        Season::Spring => "SP",
        Season::Summer => "SU",
        Season::Autumn => "FA",
        Season::Winter => "WI",
    }
}

/// EDTF's number for a season.
fn season_code(season: Season) -> i8 {
    20 + season_month(season) / 3
}
