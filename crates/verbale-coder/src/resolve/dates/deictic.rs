//! Days, weekdays, months and other units picked by a word: "yesterday", "last week", "next Friday".

use super::absolute;
use super::lexicon::{self, Unit};
use super::phrase::{Match, Origin, Part, Phrase, Which};
use super::words::Words;

/// "yesterday", "today", "tomorrow", with a part of the day; "tonight", "last night", "this morning".
pub(super) fn day_word(words: &Words<'_>, at: usize) -> Match {
    for (name, steps) in [("before", -2), ("after", 2)] {
        let day = if steps < 0 { "yesterday" } else { "tomorrow" };
        let start = words.skip(at, &["the"]);
        if let Some(end) = words.eat_all(start, &["day", name, day]) {
            return Some((Phrase::Shift(steps, Unit::Day, Origin::Publication), end));
        }
    }
    let day = |steps| Phrase::Shift(steps, Unit::Day, Origin::Publication);
    let clock = |steps, part: &str| Phrase::Clock(Some(Box::new(day(steps))), part.to_owned());
    if let Some(part) = lexicon::part_of_day(words.at(at + 1)) {
        match words.at(at) {
            "this" => return Some((clock(0, part), at + 2)),
            "last" if part == "TNI" || part == "TEV" => return Some((clock(-1, part), at + 2)),
            _ => {}
        }
    }
    let steps = match words.at(at) {
        "today" => 0,
        "tonight" => return Some((clock(0, "TNI"), at + 1)),
        "yesterday" => -1,
        "tomorrow" => 1,
        _ => return None,
    };
    Some(with_part_of_day(words, day(steps), at + 1))
}

/// Adds the part of the day that follows: "yesterday morning", "Monday night".
fn with_part_of_day(words: &Words<'_>, day: Phrase, at: usize) -> (Phrase, usize) {
    match lexicon::part_of_day(words.at(at)) {
        Some(part) => (Phrase::Clock(Some(Box::new(day)), part.to_owned()), at + 1),
        None => (day, at),
    }
}

/// Which one a word in front asks for, and the place after that word.
pub(super) fn which(words: &Words<'_>, at: usize) -> Option<(Which, usize)> {
    let at = words.skip(at, &["the"]);
    let found = match words.at(at) {
        "last" | "past" => Which::Last,
        "this" => match words.at(at + 1) {
            "past" => return Some((Which::Last, at + 2)),
            "coming" => return Some((Which::Next, at + 2)),
            _ => Which::This,
        },
        "next" | "coming" => Which::Next,
        "previous" | "preceding" => Which::Before,
        "following" => Which::After,
        _ => return None,
    };
    Some((found, at + 1))
}

/// A weekday: "on Monday", "last Tuesday", "the following Friday night".
pub(super) fn weekday(words: &Words<'_>, at: usize) -> Match {
    if let Some((shift, next)) = week(words, at) {
        let next = words.skip(words.skip(next, &[","]), &["on"]);
        let (weekday, _) =
            lexicon::weekday(words.at(next)).filter(|(_, plural)| !plural && words.capital(next))?;
        return Some((Phrase::Part(Part::Weekday(weekday), shift), next + 1));
    }
    let (which, next) = which(words, at).unwrap_or((Which::Bare, at));
    let (weekday, plural) = lexicon::weekday(words.at(next)).filter(|_| words.capital(next))?;
    if plural {
        return None;
    }
    if is_title(words, next) {
        return Some((Phrase::Nothing, next + 2));
    }
    if let Some((shift, end)) = week(words, words.skip(next + 1, &["of"])).filter(|_| which == Which::Bare) {
        return Some((Phrase::Part(Part::Weekday(weekday), shift), end));
    }
    Some(with_part_of_day(words, Phrase::Part(Part::Weekday(weekday), which), next + 1))
}

/// "last week", "this week", "next week" beside a weekday.
fn week(words: &Words<'_>, at: usize) -> Option<(Which, usize)> {
    let shift = match words.at(at) {
        "last" => -1,
        "this" => 0,
        "next" => 1,
        _ => return None,
    };
    words.eat(at + 1, "week").map(|end| (Which::WeekShift(shift), end))
}

/// "Sunday Times", "Friday Mosque": a name that begins with a weekday.
fn is_title(words: &Words<'_>, at: usize) -> bool {
    const NAMES: [&str; 12] = [
        "times",
        "telegraph",
        "mirror",
        "express",
        "herald",
        "post",
        "independent",
        "mosque",
        "sermon",
        "club",
        "agreement",
        "movement",
    ];
    words.capital(at + 1) && words.is(at + 1, &NAMES)
}

/// A month or season that a word in front picks: "last October", "this summer".
pub(super) fn picked(words: &Words<'_>, at: usize) -> Match {
    let (which, next) = which(words, at)?;
    if let Some((month, _)) = absolute::month(words, next) {
        // "last October 22" and "this March 2020" are read by the day or the year.
        let part = match absolute::day(words, next + 1) {
            Some((day, _)) => Part::Day { month: Some(month), day, weekday: None },
            None => Part::Month(month),
        };
        let end = next + if matches!(part, Part::Day { .. }) { 2 } else { 1 };
        return Some((Phrase::Part(part, which), end));
    }
    let season = lexicon::season(words.at(next))?;
    Some((Phrase::Part(Part::Season(season), which), next + 1))
}

/// A unit that a word in front picks: "last week", "this year", "the following day".
pub(super) fn unit(words: &Words<'_>, at: usize) -> Match {
    let start = words.skip(at, &["the", "its"]);
    let (steps, origin) = match words.at(start) {
        "last" | "past" => (-1, Origin::Publication),
        "this" | "current" => (0, Origin::Publication),
        "next" if start > at && words.is(start + 1, &["day", "morning", "afternoon", "evening", "night"]) => {
            (1, Origin::Text)
        }
        "next" | "coming" | "upcoming" => (1, Origin::Publication),
        "previous" | "preceding" | "prior" => (-1, Origin::Text),
        "following" | "ensuing" => (1, Origin::Text),
        "same" | "that" => (0, Origin::Text),
        "latest" if words.at(start + 1) == "quarter" => (0, Origin::Text),
        _ => return weekend(words, at),
    };
    let next = words.skip(start + 1, &["same", "very", "past", "coming", "current", "fiscal", "full"]);
    let steps = match words.at(next - 1) {
        "past" => -1,
        "coming" => 1,
        _ => steps,
    };
    if let (Some(part), Origin::Text) = (lexicon::part_of_day(words.at(next)), origin) {
        let day = Phrase::Shift(steps, Unit::Day, Origin::Text);
        return Some((Phrase::Clock(Some(Box::new(day)), part.to_owned()), next + 1));
    }
    let (unit, plural) = lexicon::unit(words.at(next))?;
    // "the last day" and "this day" count something else; "that century" dates nothing.
    let vague =
        unit < Unit::Day || unit == Unit::Century || unit == Unit::Day && origin == Origin::Publication;
    if plural || vague || lexicon::part_of_day(words.at(next + 1)).is_some() {
        return None;
    }
    // "last year's third quarter" belongs to the quarter.
    Some(with_part_of_day(words, Phrase::Shift(steps, unit, origin), next + 1))
}

/// "the weekend", "the quarter": the one that reports speak of.
fn weekend(words: &Words<'_>, at: usize) -> Match {
    let next = words.eat(at, "the")?;
    match words.at(next) {
        "weekend" => Some((Phrase::Shift(0, Unit::Weekend, Origin::Publication), next + 1)),
        "quarter" if !matches!(words.at(next + 1), "of" | "-") => {
            Some((Phrase::Shift(0, Unit::Quarter, Origin::Text), next + 1))
        }
        _ => None,
    }
}
