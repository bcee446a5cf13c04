//! Years, decades, centuries, quarters, halves and seasons.

use verbale_nlp::{Dep, Upos, Xpos};

use super::calendar::Period;
use super::lexicon;
use super::phrase::{Match, Part, Phrase, Which};
use super::words::Words;

/// The year that two digits stand for: 1970 to 2069.
pub(super) fn of_two_digits(year: i16) -> i16 {
    if year < 70 { 2000 + year } else { 1900 + year }
}

/// A year in figures or words, whatever stands around it, and the place after it.
pub(super) fn year(words: &Words<'_>, at: usize) -> Option<(i16, usize)> {
    let word = words.at(at);
    let bare = ["mid-", "pre-", "post-", "early-", "late-"]
        .iter()
        .find_map(|prefix| word.strip_prefix(prefix))
        .unwrap_or(word);
    if bare.len() == 4 && bare.bytes().all(|byte| byte.is_ascii_digit()) {
        let year: i16 = bare.parse().ok()?;
        return (1000..=2199).contains(&year).then_some((year, at + 1));
    }
    in_words(words, at)
}

/// "nineteen ninety-six", "two thousand and eight", "twenty twenty-five".
fn in_words(words: &Words<'_>, at: usize) -> Option<(i16, usize)> {
    if let Some(next) = words.eat_all(at, &["two", "thousand"]) {
        let and = words.skip(next, &["and"]);
        let rest = words.cardinal(and).filter(|(number, _)| *number < 100 && words.digits(and).is_none());
        let (rest, end) = rest.unwrap_or((0, next));
        return Some((2000 + rest as i16, end));
    }
    let century = match words.at(at) {
        "seventeen" => 1700,
        "eighteen" => 1800,
        "nineteen" => 1900,
        "twenty" => 2000,
        _ => return None,
    };
    let (rest, end) = words.cardinal(at + 1).filter(|_| words.digits(at + 1).is_none())?;
    ((10..100).contains(&rest)).then_some((century + rest as i16, end))
}

/// A year that stands alone: "in 2019", "the 2008 elections", but not "2000 people".
pub(super) fn year_alone(words: &Words<'_>, at: usize) -> Match {
    let start = words.eat_all(at, &["the", "year"]).or_else(|| words.eat(at, "year")).unwrap_or(at);
    let (year, end) = year(words, start)?;
    (start > at || reads_as_year(words, start, end, year)).then_some((Phrase::Whole(Period::Year(year)), end))
}

/// Whether a number of four digits is a year where it stands.
fn reads_as_year(words: &Words<'_>, at: usize, end: usize, year: i16) -> bool {
    const LEADS: [&str; 20] = [
        "in", "since", "of", "by", "until", "till", "from", "before", "after", "during", "late", "early",
        "mid", "through", "around", "between", "for", "to", "fiscal", "circa",
    ];
    const MEASURES: [&str; 12] = [
        "%",
        "percent",
        "per",
        "km",
        "kilometers",
        "kilometres",
        "miles",
        "meters",
        "metres",
        "points",
        "million",
        "billion",
    ];
    let Some(token) = words.token(at) else { return false };
    let before = words.before(at);
    let after = words.token(end);
    let led = LEADS.contains(&before);
    // "Resolution 2231", "Agenda 2030", "Boeing 1999": a number that belongs to a name.
    let named = at > 0
        && words.digits(at).is_some()
        && words.capital(at - 1)
        && lexicon::month(before).is_none()
        && words.token(at - 1).is_some_and(|name| matches!(name.pos(), Upos::Propn | Upos::Noun))
        && !matches!(before, "the" | "in");
    let money = matches!(
        before,
        "$" | "€" | "£" | "¥" | "#" | "no." | "number" | "about" | "some" | "nearly" | "than"
    );
    let measured = words.is(end, &MEASURES);
    let counted = after.is_some_and(|after| {
        token.dep() == Dep::Nummod && token.head() == after && after.tag() == Xpos::Nns
            || matches!(after.tag(), Xpos::Nns)
                && !matches!(before, "the" | "'s" | "its" | "their" | "his" | "her")
    });
    let clock = matches!(words.at(end), "gmt" | "utc" | "hours" | "local" | "hrs");
    if named || money || measured || clock || counted && !(led && matches!(before, "of" | "since")) {
        return counted_with_article(words, at, before, after.is_some())
            && !money
            && !measured
            && !clock
            && !named;
    }
    led || (1900..2060).contains(&year) || before == "the"
}

/// "the 2008 elections": the article belongs to the noun, and the number tells which.
fn counted_with_article(words: &Words<'_>, at: usize, before: &str, followed: bool) -> bool {
    const PEOPLE: [&str; 8] = ["people", "soldiers", "troops", "men", "workers", "jobs", "dollars", "euros"];
    followed && matches!(before, "the" | "'s" | "its" | "their") && !words.is(at + 1, &PEOPLE)
}

/// "fiscal 2024", "FY2024": the year by which it is called.
pub(super) fn fiscal(words: &Words<'_>, at: usize) -> Match {
    if let Some(digits) = words.at(at).strip_prefix("fy") {
        let year: i16 = digits.parse().ok().filter(|year| *year >= 0)?;
        let year = if digits.len() == 2 { of_two_digits(year) } else { year };
        return (1900..=2199).contains(&year).then_some((Phrase::Whole(Period::Year(year)), at + 1));
    }
    let next = words.eat_all(at, &["fiscal", "year"]).or_else(|| words.eat(at, "fiscal"))?;
    let (year, end) = year(words, next)?;
    Some((Phrase::Whole(Period::Year(year)), end))
}

/// "the 1990s", "the '90s", "the nineties".
pub(super) fn decade(words: &Words<'_>, at: usize) -> Match {
    const NAMES: [&str; 8] =
        ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
    let word = words.at(at).strip_prefix("mid-").unwrap_or(words.at(at));
    if let Some(tens) = NAMES.iter().position(|name| *name == word) {
        // "in her forties" is an age.
        let age = matches!(words.before(at), "his" | "her" | "their" | "my" | "late" | "early" | "mid");
        let year = if tens == 0 { 2020 } else { 1920 + tens as i16 * 10 };
        return (!age || words.at(at.wrapping_sub(2)) == "the")
            .then_some((Phrase::Whole(Period::Decade(year)), at + 1));
    }
    let digits = word.strip_suffix("'s").or_else(|| word.strip_suffix('s'))?.trim_start_matches(['\'', '‘']);
    let year: i16 = digits.parse().ok().filter(|year| year % 10 == 0)?;
    let year = match digits.len() {
        4 if (1500..=2190).contains(&year) => year,
        2 if (0..30).contains(&year) => 2000 + year,
        2 if year >= 0 => 1900 + year,
        _ => return None,
    };
    Some((Phrase::Whole(Period::Decade(year)), at + 1))
}

/// "the 19th century".
pub(super) fn century(words: &Words<'_>, at: usize) -> Match {
    let (number, next) =
        words.ordinal(words.skip(at, &["the"])).filter(|(number, _)| (1..=30).contains(number))?;
    let end = words.eat(words.skip_dash(next), "century")?;
    Some((Phrase::Whole(Period::Century((number as i16 - 1) * 100)), end))
}

/// "the third quarter of 2023", "Q3", "third-quarter", "the first half of last year".
pub(super) fn quarter_or_half(words: &Words<'_>, at: usize) -> Match {
    let code = words.at(at);
    let coded = match code.as_bytes() {
        [b'q', digit @ b'1'..=b'4'] => Some(Part::Quarter((digit - b'0') as i8)),
        [b'h', digit @ b'1'..=b'2'] => Some(Part::Half((digit - b'0') as i8)),
        _ => None,
    };
    if let Some(part) = coded {
        let year = year_after(words, at + 1);
        let sure = year.is_some() || matches!(part, Part::Quarter(_));
        let (which, end) = year.unwrap_or((Which::Bare, at + 1));
        return sure.then_some((Phrase::Part(part, which), end));
    }
    let start = words.skip(at, &["the", "its", "their"]);
    let (led, start) = year_before(words, start).unwrap_or((Which::Bare, start));
    let start = words.skip_dash(words.skip(start, &["fiscal", "calendar"]));
    let (number, next) = match words.at(start) {
        "last" | "latter" => (2, start + 1),
        _ => words.ordinal(start)?,
    };
    let next = words.skip_dash(next);
    let part = match words.at(next) {
        "quarter" if number <= 4 && words.at(start) != "last" => Part::Quarter(number as i8),
        "half" if number <= 2 => Part::Half(number as i8),
        _ => return None,
    };
    let after = year_after(words, next + 1).filter(|_| led == Which::Bare);
    let (which, end) = after.unwrap_or((led, next + 1));
    // A half without its year is as often a match's.
    let sure = which != Which::Bare || matches!(part, Part::Quarter(_));
    sure.then_some((Phrase::Part(part, which), end))
}

/// "2023's", "this year's", "last year's", "the 2023".
fn year_before(words: &Words<'_>, at: usize) -> Option<(Which, usize)> {
    if let Some((year, next)) = year(words, at) {
        return Some((Which::Year(year), words.skip(next, &["'s"])));
    }
    let shift = match words.at(at) {
        "last" => -1,
        "this" => 0,
        "next" => 1,
        "year-ago" | "year-earlier" => return Some((Which::YearShift(-1), at + 1)),
        _ => return None,
    };
    words.eat_all(at + 1, &["year", "'s"]).map(|end| (Which::YearShift(shift), end))
}

fn year_after(words: &Words<'_>, at: usize) -> Option<(Which, usize)> {
    super::absolute::year_after(words, at)
}

/// "summer 2024", "in the spring", "last fall".
pub(super) fn season(words: &Words<'_>, at: usize) -> Match {
    let start = words.skip(at, &["the"]);
    let season = lexicon::season(words.at(start).strip_prefix("mid-").unwrap_or(words.at(start)))?;
    if let Some((which, end)) = year_after(words, start + 1) {
        return Some((Phrase::Part(Part::Season(season), which), end));
    }
    let placed = start > at
        && words
            .is(at.wrapping_sub(1), &["in", "during", "until", "by", "since", "over", "into", "throughout"])
        || matches!(words.before(at), "in" | "by") && !words.capital(start);
    let ends = words.token(start + 1).is_none_or(|next| !matches!(next.pos(), Upos::Noun | Upos::Propn));
    (placed && ends).then_some((Phrase::Part(Part::Season(season), Which::Bare), start + 1))
}
