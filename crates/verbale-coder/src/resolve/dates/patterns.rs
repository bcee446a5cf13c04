//! The patterns in their order, and the longest of them that reads from a place.

use super::phrase::{Match, Origin, Phrase};
use super::words::Words;
use super::{absolute, clock, deictic, distance, feasts, figures, lengths, lexicon, ranges, vague, years};

/// A pattern: reads an expression that begins at a place.
type Pattern = fn(&Words<'_>, usize) -> Match;

/// All patterns; of equally long readings the earlier holds.
const PATTERNS: &[Pattern] = &[
    absolute::name_of_date,
    ranges::days,
    ranges::ends,
    ranges::years,
    ranges::first_of_two,
    clock::time,
    figures::date,
    absolute::day_and_month,
    absolute::day_of_month,
    week_of,
    lengths::every,
    feasts::feast,
    years::fiscal,
    years::quarter_or_half,
    years::decade,
    years::century,
    deictic::picked,
    absolute::month_alone,
    deictic::day_word,
    deictic::weekday,
    distance::ago,
    distance::year_ago,
    deictic::unit,
    distance::day_beside,
    years::season,
    years::year_alone,
    absolute::day_alone,
    lengths::rate,
    lengths::frequency,
    lengths::counted,
    lengths::half,
    lengths::uncounted,
    vague::reference,
    year_end,
];

/// The longest expression that begins at a place.
pub(super) fn longest(words: &Words<'_>, at: usize) -> Match {
    let plain = plain(words, at);
    let reach = plain.as_ref().map_or(at, |(_, end)| *end);
    edged(words, at).filter(|(_, end)| *end > reach).or(plain)
}

/// The longest expression without a word like "early" in front.
fn plain(words: &Words<'_>, at: usize) -> Match {
    let mut best: Match = None;
    for pattern in PATTERNS {
        if let Some((phrase, end)) = pattern(words, at)
            && end > best.as_ref().map_or(at, |(_, end)| *end)
        {
            best = Some((phrase, end));
        }
    }
    best
}

/// A day: what may follow a time.
pub(super) fn day(words: &Words<'_>, at: usize) -> Match {
    figures::date(words, at)
        .or_else(|| absolute::day_and_month(words, at))
        .or_else(|| deictic::weekday(words, at))
        .or_else(|| deictic::day_word(words, at))
        .filter(|(phrase, _)| !matches!(phrase, Phrase::Nothing))
}

/// "the week of 20 October", "the week beginning on Monday".
fn week_of(words: &Words<'_>, at: usize) -> Match {
    let next = words.eat_all(at, &["the", "week"])?;
    let next = words.is(next, &["of", "beginning", "starting", "from"]).then_some(next + 1)?;
    let (day, end) = day(words, words.skip(next, &["on"]))?;
    Some((Phrase::WeekOf(Box::new(day)), end))
}

/// "year-end", "the end of the year".
fn year_end(words: &Words<'_>, at: usize) -> Match {
    let year = || Phrase::Shift(0, lexicon::Unit::Year, Origin::Publication);
    if words.at(at) == "year-end" {
        return Some((year(), at + 1));
    }
    let end = words.eat(at, "year").and_then(|next| words.eat(words.skip_dash(next), "end"));
    if let Some(end) = end {
        return Some((year(), end));
    }
    let end = words
        .eat_all(at, &["the", "end", "of", "the"])
        .or_else(|| words.eat_all(at, &["later", "in", "the"]));
    let end = end.or_else(|| words.eat_all(at, &["earlier", "in", "the"]))?;
    let (unit, _) =
        lexicon::unit(words.at(end)).filter(|(unit, plural)| !plural && *unit >= lexicon::Unit::Day)?;
    let origin = if unit == lexicon::Unit::Day { Origin::Either } else { Origin::Publication };
    Some((Phrase::Shift(0, unit, origin), end + 1))
}

/// "early 2024", "mid-October", "late last week", "the beginning of next year": the whole of it,
/// for neither EDTF nor an event's date has a finer value.
fn edged(words: &Words<'_>, at: usize) -> Match {
    const EDGES: [&str; 7] = ["early", "late", "mid", "earlier", "later", "sometime", "middle"];
    let start = words.skip(at, &["the"]);
    let next = if words.is(start, &EDGES) {
        words.skip_dash(start + 1)
    } else if words.is(start, &["beginning", "start", "end", "middle", "close", "month", "year"]) {
        words.eat(start + 1, "of")?
    } else {
        // "the first week of October": a month's week has no number of its own in TIMEX3 or EDTF.
        let next = words.ordinal(start).map(|(_, next)| next).or_else(|| words.eat(start, "last"))?;
        let next = words.is(next, &["week", "half", "days", "weeks"]).then_some(next + 1)?;
        words.eat(next, "of")?
    };
    let (phrase, end) = plain(words, next)?;
    let dates = matches!(phrase, Phrase::Part(..) | Phrase::Whole(_) | Phrase::Shift(..) | Phrase::Clock(..));
    dates.then_some((phrase, end))
}
