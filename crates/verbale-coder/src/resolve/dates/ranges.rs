//! From one day, month or year to another: "May 3-5", "between 2 and 4 June", "2019-2021".

use super::absolute::{day, day_and_month, month, month_alone, year_after};
use super::calendar::Period;
use super::phrase::{Match, Part, Phrase, Which};
use super::words::Words;
use super::{deictic, years};

/// The place after what joins the ends of a range that begins at `start`.
fn joint(words: &Words<'_>, start: usize, at: usize) -> Option<usize> {
    let between = matches!(words.before(start), "between")
        || words.before(start) == "the" && words.at(start.wrapping_sub(2)) == "between";
    if words.dash(at) || words.is(at, &["to", "through", "until", "till", "thru"]) {
        return Some(words.skip(at + 1, &["the"]));
    }
    (between && words.at(at) == "and").then(|| words.skip(at + 1, &["the"]))
}

fn day_part(month: i8, day: i8, which: Which) -> Phrase {
    Phrase::Part(Part::Day { month: Some(month), day, weekday: None }, which)
}

fn span(first: Phrase, last: Phrase) -> Phrase {
    Phrase::Range(Box::new(first), Box::new(last))
}

/// Days of one month: "May 3-5, 2024", "3–5 May", "between 2 and 4 June".
pub(super) fn days(words: &Words<'_>, at: usize) -> Match {
    let start = words.skip(at, &["the"]);
    if let Some((month, _)) = month(words, start) {
        let (first, next) = day(words, start + 1)?;
        let next = joint(words, at, next)?;
        let (last, end) = day(words, next)?;
        // "May 3 to 5 June" has two months.
        if super::absolute::month(words, end).is_some() || first >= last {
            return None;
        }
        let (which, end) = year_after(words, end).unwrap_or((Which::Bare, end));
        return Some((span(day_part(month, first, which), day_part(month, last, which)), end));
    }
    let (first, next) = day(words, start)?;
    let next = joint(words, at, next)?;
    let (last, next) = day(words, next).filter(|(last, _)| first < *last)?;
    let next = words.skip(next, &["of"]);
    let (month, _) = month(words, next)?;
    let (which, end) = year_after(words, next + 1).unwrap_or((Which::Bare, next + 1));
    Some((span(day_part(month, first, which), day_part(month, last, which)), end))
}

/// The first of two days of one month: the "2" of "2 and 4 June".
pub(super) fn first_of_two(words: &Words<'_>, at: usize) -> Match {
    let (first, next) = day(words, at)?;
    let next = words.skip(next, &[","]);
    let next = words.skip(next, &["and", "or"]);
    let (_, after) = day(words, next).filter(|(last, _)| next > at + 1 && first < *last)?;
    let after = words.skip(after, &["of"]);
    let (month, _) = month(words, after)?;
    let (which, _) = year_after(words, after + 1).unwrap_or((Which::Bare, after + 1));
    Some((day_part(month, first, which), at + 1))
}

/// Two ends that are written alike: "May 30 to June 2", "Monday to Wednesday", "March-May 2024".
pub(super) fn ends(words: &Words<'_>, at: usize) -> Match {
    let (first, next) = end(words, at)?;
    let next = joint(words, at, next)?;
    let (last, stop) = end(words, next)?;
    let weekday = |phrase: &Phrase| matches!(phrase, Phrase::Part(Part::Weekday(_), _));
    let month = |phrase: &Phrase| matches!(phrase, Phrase::Part(Part::Month(_), _));
    if weekday(&first) && month(&last) || month(&first) && weekday(&last) {
        return None;
    }
    if is_move(words, at) {
        return None;
    }
    let (first, last) = shared_year(first, last);
    Some((span(first, last), stop))
}

/// "postponed from Tuesday to Thursday": two days, of which only the last holds.
fn is_move(words: &Words<'_>, at: usize) -> bool {
    const MOVES: [&str; 6] = ["postpon", "reschedul", "delay", "moved", "moving", "shift"];
    let moves = |before: usize| MOVES.iter().any(|stem| words.at(before).starts_with(stem));
    words.before(at) == "from" && (at.saturating_sub(5)..at).any(moves)
}

fn end(words: &Words<'_>, at: usize) -> Match {
    day_and_month(words, at)
        .or_else(|| month_end(words, at))
        .or_else(|| deictic::weekday(words, at).filter(|(phrase, _)| matches!(phrase, Phrase::Part(..))))
}

/// A month at an end of a range: no other word has to vouch for it.
fn month_end(words: &Words<'_>, at: usize) -> Match {
    month_alone(words, at).or_else(|| {
        let beside = words.dash(at + 1) || words.dash(at.wrapping_sub(1));
        let (month, _) = month(words, at).filter(|_| beside)?;
        Some((Phrase::Part(Part::Month(month), Which::Bare), at + 1))
    })
}

/// The year of the last end is that of the first, where only the last has one.
fn shared_year(first: Phrase, last: Phrase) -> (Phrase, Phrase) {
    match (&first, &last) {
        (Phrase::Part(part, Which::Bare), Phrase::Part(_, year @ (Which::Year(_) | Which::YearShift(_)))) => {
            (Phrase::Part(*part, *year), last)
        }
        _ => (first, last),
    }
}

/// "2019-2021", "1989-90", "from 2019 to 2021", "between 2005 and 2010".
pub(super) fn years(words: &Words<'_>, at: usize) -> Match {
    let (first, next) = years::year(words, at).filter(|_| words.digits(at).is_some())?;
    let led = matches!(words.before(at), "from" | "between" | "in" | "during" | "the" | "(" | "of" | "for");
    let dashed = words.dash(next);
    let next = joint(words, at, next).filter(|_| led || dashed)?;
    let (last, end) = match words.digits(next).filter(|_| dashed && words.at(next).len() == 2) {
        Some(short) => (first - first.rem_euclid(100) + short as i16, next + 1),
        None => years::year(words, next)?,
    };
    let whole = |year| Phrase::Whole(Period::Year(year));
    (first < last && last < 2200).then(|| (span(whole(first), whole(last)), end))
}
