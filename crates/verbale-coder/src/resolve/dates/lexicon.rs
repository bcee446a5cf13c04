//! Words of time: months, weekdays, units, seasons, parts of the day and numbers.

/// A unit of time, from small to large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    /// A second.
    Second,
    /// A minute.
    Minute,
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// Three months.
    Quarter,
    /// A calendar year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

impl Unit {
    /// A TIMEX3 period of so many units: `P3D`, `PT2H`, `P20Y`.
    pub(super) fn period(self, count: super::words::Count) -> String {
        use super::words::Count::Exact;
        let number = count.timex();
        match (self, count) {
            (Self::Second, _) => format!("PT{number}S"),
            (Self::Minute, _) => format!("PT{number}M"),
            (Self::Hour, _) => format!("PT{number}H"),
            (Self::Day, _) => format!("P{number}D"),
            (Self::Weekend, Exact(count)) => format!("P{}D", count.saturating_mul(2)),
            (Self::Weekend, _) => "PXD".to_owned(),
            (Self::Week, _) => format!("P{number}W"),
            (Self::Month, _) => format!("P{number}M"),
            (Self::Quarter, Exact(count)) => format!("P{}M", count.saturating_mul(3)),
            (Self::Quarter, _) => "PXQ".to_owned(),
            (Self::Year, _) => format!("P{number}Y"),
            (Self::Decade, Exact(count)) => format!("P{}Y", count.saturating_mul(10)),
            (Self::Decade, _) => "PXE".to_owned(),
            (Self::Century, Exact(count)) => format!("P{}Y", count.saturating_mul(100)),
            (Self::Century, _) => "PXC".to_owned(),
        }
    }
}

/// A unit's word, and whether it is plural.
pub(super) fn unit(word: &str) -> Option<(Unit, bool)> {
    let singular = word.strip_suffix('s').unwrap_or(word);
    let unit = match singular {
        "second" => Unit::Second,
        "minute" => Unit::Minute,
        "hour" | "hr" => Unit::Hour,
        "day" => Unit::Day,
        "weekend" => Unit::Weekend,
        "week" => Unit::Week,
        "month" => Unit::Month,
        "quarter" => Unit::Quarter,
        "year" | "yr" => Unit::Year,
        "decade" => Unit::Decade,
        "century" | "centurie" => Unit::Century,
        _ => return None,
    };
    Some((unit, word.ends_with('s')))
}

/// A month by its full name or abbreviation; `true` with the full name of a month that is no other word.
pub(super) fn month(word: &str) -> Option<(i8, bool)> {
    let full = |number| Some((number, true));
    let weak = |number| Some((number, false));
    match word {
        "january" => full(1),
        "february" => full(2),
        "april" => full(4),
        "june" => full(6),
        "july" => full(7),
        "august" => full(8),
        "september" => full(9),
        "october" => full(10),
        "november" => full(11),
        "december" => full(12),
        "march" | "mar." | "mar" => weak(3),
        "may" => weak(5),
        "jan." | "jan" => weak(1),
        "feb." | "feb" => weak(2),
        "apr." | "apr" => weak(4),
        "jun." | "jun" => weak(6),
        "jul." | "jul" => weak(7),
        "aug." | "aug" => weak(8),
        "sept." | "sept" | "sep." | "sep" => weak(9),
        "oct." | "oct" => weak(10),
        "nov." | "nov" => weak(11),
        "dec." | "dec" => weak(12),
        _ => None,
    }
}

/// A weekday, Monday being 1, and whether it is plural; abbreviations need their stop.
pub(super) fn weekday(word: &str) -> Option<(i8, bool)> {
    let day = match word.strip_suffix('s').unwrap_or(word) {
        "monday" | "mon." => 1,
        "tuesday" | "tue." | "tues." => 2,
        "wednesday" | "wed." => 3,
        "thursday" | "thu." | "thur." | "thurs." => 4,
        "friday" | "fri." => 5,
        "saturday" | "sat." => 6,
        "sunday" | "sun." => 7,
        _ => return None,
    };
    Some((day, word.ends_with('s')))
}

/// A season of the northern year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Season {
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to November.
    Autumn,
    /// December to February.
    Winter,
}

/// A season by name.
pub(super) fn season(word: &str) -> Option<Season> {
    match word {
        "spring" | "springtime" => Some(Season::Spring),
        "summer" | "summertime" => Some(Season::Summer),
        "autumn" | "fall" => Some(Season::Autumn),
        "winter" | "wintertime" => Some(Season::Winter),
        _ => None,
    }
}

/// A part of the day as TIMEX3 writes it.
pub(super) fn part_of_day(word: &str) -> Option<&'static str> {
    match word {
        "morning" | "mid-morning" => Some("TMO"),
        "afternoon" | "mid-afternoon" => Some("TAF"),
        "evening" => Some("TEV"),
        "night" => Some("TNI"),
        _ => None,
    }
}

/// Numbers below twenty in words.
pub(super) fn small(word: &str) -> Option<u32> {
    const NAMES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    NAMES.iter().position(|name| *name == word).map(|at| at as u32)
}

/// Twenty to ninety in words.
pub(super) fn tens(word: &str) -> Option<u32> {
    const NAMES: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    NAMES.iter().position(|name| *name == word).map(|at| (at as u32 + 2) * 10)
}

/// First to thirtieth in one word.
pub(super) fn ordinal(word: &str) -> Option<u32> {
    const NAMES: [&str; 20] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    if word == "thirtieth" {
        return Some(30);
    }
    NAMES.iter().position(|name| *name == word).map(|at| at as u32 + 1)
}
