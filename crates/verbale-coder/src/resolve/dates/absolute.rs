//! Days and months in words and numbers: "22 October 2025", "Oct. 22", "the 22nd".

use jiff::civil::Date;

use super::lexicon;
use super::phrase::{Match, Part, Phrase, Which};
use super::words::Words;
use super::years;

/// A month's name, and whether it can stand alone; the name is a capital word.
pub(super) fn month(words: &Words<'_>, at: usize) -> Option<(i8, bool)> {
    let word = words.at(at);
    let bare = ["mid-", "pre-", "post-"].iter().find_map(|prefix| word.strip_prefix(prefix)).unwrap_or(word);
    let found = lexicon::month(bare)?;
    (bare.len() < word.len() || words.capital(at)).then_some(found)
}

/// A day of the month: "22", "22nd", "twenty-second"; and the place after it.
pub(super) fn day(words: &Words<'_>, at: usize) -> Option<(i8, usize)> {
    let digits = words.digits(at).filter(|_| words.at(at).len() <= 2).map(|number| (number, at + 1));
    let (number, next) = digits.or_else(|| words.ordinal(at))?;
    (1..=31).contains(&number).then_some((number as i8, next))
}

/// The year, and the place after it, that follows day and month: ", 2025", "2025", "last year".
pub(super) fn year_after(words: &Words<'_>, at: usize) -> Option<(Which, usize)> {
    let past_comma = words.skip(at, &[",", "of", "in"]);
    for next in [past_comma, at] {
        if let Some((year, next)) = years::year(words, next) {
            return Some((Which::Year(year), next));
        }
    }
    let next = words.skip(at, &["of"]);
    if words.at(next + 1) != "year" {
        return None;
    }
    let shift = match words.at(next) {
        "last" => -1,
        "this" => 0,
        "next" => 1,
        _ => return None,
    };
    Some((Which::YearShift(shift), next + 2))
}

/// Whether the month has such a day in some year.
fn exists(month: i8, day: i8) -> bool {
    Date::new(2000, month, day).is_ok()
}

/// A day with its month, in either order, and its weekday and year where they are told.
pub(super) fn day_and_month(words: &Words<'_>, at: usize) -> Match {
    let (weekday, start) = match lexicon::weekday(words.at(at)) {
        Some((weekday, false)) => {
            let next = words.skip(at + 1, &[","]);
            (Some(weekday), words.skip(next, &["the"]))
        }
        _ if words.at(at) == "the" && words.ordinal(at + 1).is_some() => (None, at + 1),
        _ => (None, at),
    };
    let (month, day, end) = month_first(words, start).or_else(|| day_first(words, start))?;
    if !exists(month, day) || titled(words, end) {
        return None;
    }
    let (which, end) = year_after(words, end).unwrap_or((Which::Bare, end));
    let (weekday, end) = match lexicon::weekday(words.at(end + 1)) {
        Some((in_brackets, false)) if words.at(end) == "(" && words.at(end + 2) == ")" => {
            (Some(in_brackets), end + 3)
        }
        _ => (weekday, end),
    };
    let part = Part::Day { month: Some(month), day, weekday };
    Some((Phrase::Part(part, which), end))
}

/// "October 22", "October the 22nd".
fn month_first(words: &Words<'_>, at: usize) -> Option<(i8, i8, usize)> {
    let (month, _) = month(words, at)?;
    let next = words.skip(at + 1, &["the"]);
    let in_words =
        || words.cardinal(next).filter(|(day, _)| month != 5 && month != 3 && (1..=31).contains(day));
    let (day, end) = day(words, next).or_else(|| in_words().map(|(day, end)| (day as i8, end)))?;
    // "May 20 people": a number that counts something is no day.
    let counts = words.token(next).zip(words.token(end)).is_some_and(|(number, after)| {
        number.head() == after
            && number.dep() == verbale_nlp::Dep::Nummod
            && after.tag() == verbale_nlp::Xpos::Nns
    });
    (!counts || month != 5 && month != 3).then_some((month, day, end))
}

/// "22 October", "22nd of October".
fn day_first(words: &Words<'_>, at: usize) -> Option<(i8, i8, usize)> {
    let (day, next) = day(words, at)?;
    let next = words.skip(words.skip_dash(next), &["day"]);
    let next = words.skip(next, &["of"]);
    let (month, _) = month(words, next)?;
    if words.dash(next + 1) && years::year(words, next + 2).is_some() {
        // "22-Oct-2025": the hyphen belongs to the date.
        return Some((month, day, next + 2));
    }
    Some((month, day, next + 1))
}

/// Whether a name goes on after the date: "March 23 Movement", "July 14 Square".
fn titled(words: &Words<'_>, at: usize) -> bool {
    const NAMES: [&str; 14] = [
        "movement",
        "front",
        "square",
        "street",
        "avenue",
        "bridge",
        "brigade",
        "brigades",
        "coalition",
        "alliance",
        "party",
        "group",
        "committee",
        "university",
    ];
    words.is(at, &NAMES) && words.capital(at)
}

/// "March 23 Movement": taken whole, so that no part of it is read as a date.
pub(super) fn name_of_date(words: &Words<'_>, at: usize) -> Match {
    let (_, _, end) = month_first(words, at).or_else(|| day_first(words, at))?;
    titled(words, end).then_some((Phrase::Nothing, end + 1))
}

/// A month, with its year where it is told: "October 2025", "in May", "last March".
pub(super) fn month_alone(words: &Words<'_>, at: usize) -> Match {
    let (month, sure) = month(words, at)?;
    if let Some((which, end)) = year_after(words, at + 1) {
        return Some((Phrase::Part(Part::Month(month), which), end));
    }
    let dotted = words.at(at).ends_with('.');
    (can_stand_alone(words, at, sure, dotted))
        .then_some((Phrase::Part(Part::Month(month), Which::Bare), at + 1))
}

/// Whether a month's name without day and year is the month and no verb, modal or person.
fn can_stand_alone(words: &Words<'_>, at: usize, sure: bool, dotted: bool) -> bool {
    const BEFORE: [&str; 22] = [
        "in", "since", "until", "till", "by", "during", "last", "next", "this", "early", "late", "mid",
        "from", "of", "before", "after", "through", "to", "and", "between", "every", "each",
    ];
    const TEMPORAL: [&str; 10] =
        ["in", "since", "until", "till", "during", "last", "next", "early", "late", "mid"];
    // Only these vouch for "May", "March" and abbreviations.
    const STRONG: usize = 12;
    let Some(token) = words.token(at) else { return false };
    let prefixed = words.at(at).contains('-');
    let leads = if sure { &BEFORE[..] } else { &BEFORE[..STRONG] };
    let led = words.is(at.wrapping_sub(1), leads)
        || words.dash(at.wrapping_sub(1)) && words.is(at.wrapping_sub(2), leads);
    let verb = matches!(token.pos(), verbale_nlp::Upos::Verb | verbale_nlp::Upos::Aux);
    let named = token.dep() == verbale_nlp::Dep::Flat
        || token.children().any(|child| child.dep() == verbale_nlp::Dep::Flat)
        || is_name_after(words, at);
    // "by April Smith", but "in April President X": only some prepositions never lead to a person.
    if named && !words.is(at.wrapping_sub(1), &TEMPORAL) {
        return false;
    }
    prefixed || led && !verb || sure && !dotted || is_modifier(words, at)
}

/// Whether a month stands between an article and a common noun: "the May talks".
fn is_modifier(words: &Words<'_>, at: usize) -> bool {
    let noun = words.token(at + 1).is_some_and(|next| next.pos() == verbale_nlp::Upos::Noun);
    let month = words.token(at).is_some_and(|token| token.pos() == verbale_nlp::Upos::Propn);
    noun && month && words.is(at.wrapping_sub(1), &["the", "a", "its", "their"])
}

/// Whether a capital word that is no part of a date follows at once, as a surname does.
fn is_name_after(words: &Words<'_>, at: usize) -> bool {
    let short = matches!(words.at(at), "april" | "june" | "may" | "august");
    short
        && words.capital(at + 1)
        && words.token(at + 1).is_some_and(|next| next.pos() == verbale_nlp::Upos::Propn)
}

/// "the 20th of next month", "the 5th of this month".
pub(super) fn day_of_month(words: &Words<'_>, at: usize) -> Match {
    let (day, next) = day(words, words.skip(at, &["the"]))?;
    let next = words.eat(words.skip(next, &["day"]), "of")?;
    let shift = match words.at(next) {
        "last" => -1,
        "this" => 0,
        "next" => 1,
        _ => return None,
    };
    let end = words.eat(next + 1, "month")?;
    Some((Phrase::Part(Part::Day { month: None, day, weekday: None }, Which::MonthShift(shift)), end))
}

/// "the 22nd", when nothing that it could count follows.
pub(super) fn day_alone(words: &Words<'_>, at: usize) -> Match {
    let weekday = lexicon::weekday(words.at(at)).filter(|(_, plural)| !plural).map(|(weekday, _)| weekday);
    let start = words.eat(at + usize::from(weekday.is_some()), "the")?;
    let figures = words.at(start).starts_with(|c: char| c.is_ascii_digit());
    let (day, end) = day(words, start).filter(|_| figures && words.digits(start).is_none())?;
    let led = weekday.is_some()
        || words
            .is(at.wrapping_sub(1), &["on", "by", "until", "from", "to", "since", "before", "after", "for"]);
    let ends = words.token(end).is_none_or(|next| {
        !matches!(
            next.pos(),
            verbale_nlp::Upos::Noun
                | verbale_nlp::Upos::Propn
                | verbale_nlp::Upos::Adj
                | verbale_nlp::Upos::Num
        )
    });
    let part = Part::Day { month: None, day, weekday };
    (led && ends).then_some((Phrase::Part(part, Which::Bare), end))
}
