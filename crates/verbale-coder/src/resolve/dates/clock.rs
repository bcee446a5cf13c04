//! Times of the day: "10:30 a.m. on Monday", "5 p.m. EST Thursday", "at noon", "midnight".

use super::phrase::{Match, Phrase};
use super::words::Words;

/// A time of the day, with the day that follows it.
pub(super) fn time(words: &Words<'_>, at: usize) -> Match {
    let (value, end) = named(words, at).or_else(|| numbered(words, at))?;
    let end = zone(words, end);
    let next = words.skip(words.skip(end, &[","]), &["on"]);
    let day = super::patterns::day(words, next);
    Some(match day {
        Some((Phrase::Clock(Some(day), _), end)) => (Phrase::Clock(Some(day), value), end),
        Some((day, end)) => (Phrase::Clock(Some(Box::new(day)), value), end),
        None => (Phrase::Clock(None, value), end),
    })
}

/// "noon", "midday", "midnight".
fn named(words: &Words<'_>, at: usize) -> Option<(String, usize)> {
    let value = match words.at(at) {
        "noon" | "midday" => "T12:00",
        "midnight" => "T24:00",
        _ => return None,
    };
    Some((value.to_owned(), at + 1))
}

/// "10:30", "5 p.m.", "3 in the morning", "1430 GMT", "10 o'clock".
fn numbered(words: &Words<'_>, at: usize) -> Option<(String, usize)> {
    let word = words.at(at);
    let (figures, half) = split_half(word);
    let (hour, minute) = hour_and_minute(figures)
        .or_else(|| {
            words
                .cardinal(at)
                .filter(|(hour, next)| *hour <= 24 && *next == at + 1)
                .map(|(hour, _)| (hour, None))
        })
        .or_else(|| military(words, at))?;
    let (half, end) = match half {
        Some(half) => (Some(half), at + 1),
        None => half_of_day(words, at + 1).map_or((None, at + 1), |(half, end)| (Some(half), end)),
    };
    let told = half.is_some() || minute.is_some();
    let hour = match half {
        Some(_) if hour == 0 || hour > 12 => return None,
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    let end = if !told && words.at(end) == "o'clock" {
        end + 1
    } else if told {
        end
    } else {
        return None;
    };
    let exists = hour < 24 || hour == 24 && minute.unwrap_or(0) == 0;
    exists.then(|| (format!("T{hour:02}:{:02}", minute.unwrap_or(0)), end))
}

/// "5pm" in one word: the figures and whether it is after noon.
fn split_half(word: &str) -> (&str, Option<bool>) {
    for (ending, afternoon) in [("a.m.", false), ("am", false), ("p.m.", true), ("pm", true)] {
        if let Some(figures) = word.strip_suffix(ending).filter(|figures| !figures.is_empty()) {
            return (figures, Some(afternoon));
        }
    }
    (word, None)
}

/// "10:30" or "10"; the minute only with a colon.
fn hour_and_minute(figures: &str) -> Option<(u32, Option<u32>)> {
    let number = |text: &str| {
        (!text.is_empty() && text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| text.parse().ok())?
    };
    let (hour, minute) = match figures.split_once(':') {
        Some((hour, minute)) => (number(hour)?, Some(number(minute)?)),
        None => (number(figures)?, None),
    };
    (hour <= 24 && minute.is_none_or(|minute| minute < 60)).then_some((hour, minute))
}

/// "1430 GMT", "0900 hours": four digits that the next word makes a time.
fn military(words: &Words<'_>, at: usize) -> Option<(u32, Option<u32>)> {
    let number = words.digits(at).filter(|_| words.at(at).len() == 4)?;
    let (hour, minute) = (number / 100, number % 100);
    let told = words.is(at + 1, &["gmt", "utc", "hours", "hrs", "local"]);
    (told && hour <= 24 && minute < 60).then_some((hour, Some(minute)))
}

/// Whether before or after noon, and the place after those words.
fn half_of_day(words: &Words<'_>, at: usize) -> Option<(bool, usize)> {
    match words.at(at) {
        "a.m." | "am" | "a.m" => Some((false, at + 1)),
        "p.m." | "pm" | "p.m" => Some((true, at + 1)),
        "in" if words.at(at + 1) == "the" => match words.at(at + 2) {
            "morning" => Some((false, at + 3)),
            "afternoon" | "evening" => Some((true, at + 3)),
            _ => None,
        },
        _ => None,
    }
}

/// The place after a time zone.
fn zone(words: &Words<'_>, at: usize) -> usize {
    const ZONES: [&str; 14] =
        ["gmt", "utc", "est", "edt", "et", "cst", "cdt", "pst", "pdt", "cet", "cest", "bst", "msk", "ist"];
    let local = words.eat_all(at, &["local", "time"]).or_else(|| words.eat_all(at, &["moscow", "time"]));
    let bracket =
        (words.at(at) == "(" && words.is(at + 1, &ZONES) && words.at(at + 2) == ")").then_some(at + 3);
    local.or(bracket).unwrap_or_else(|| words.skip(at, &ZONES))
}
