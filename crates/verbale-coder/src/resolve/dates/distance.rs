//! So far from another date: "three days ago", "two weeks earlier", "the day before", "year-earlier".

use verbale_nlp::Upos;

use super::lexicon::{self, Unit};
use super::phrase::{Match, Origin, Phrase};
use super::words::{Count, Words};

/// "three days ago", "two weeks earlier", "a month later", "a year from now".
pub(super) fn ago(words: &Words<'_>, at: usize) -> Match {
    let (count, next) = words.count(at)?;
    let next = words.skip(words.skip_dash(next), &["more", "full", "short", "long"]);
    let (unit, _) = lexicon::unit(words.at(next))?;
    let end = words.eat_all(next + 1, &["or", "so"]).unwrap_or(next + 1);
    let (sign, origin, end) = match words.at(end) {
        "ago" => (-1, Origin::Ago, end + 1),
        "earlier" | "previously" | "beforehand" => (-1, Origin::Either, end + 1),
        "before" if is_clause_end(words, end + 1) => (-1, Origin::Text, end + 1),
        "later" | "afterwards" | "afterward" => (1, Origin::Text, end + 1),
        "after" if is_clause_end(words, end + 1) => (1, Origin::Text, end + 1),
        "from" if matches!(words.at(end + 1), "now" | "today") => (1, Origin::Publication, end + 2),
        _ => return None,
    };
    let Count::Exact(count) = count else { return Some((Phrase::Vague(vague_ref(sign)), end)) };
    if unit < Unit::Day {
        return Some((Phrase::Duration(unit.period(Count::Exact(count))), end));
    }
    let steps = i32::try_from(count).ok()?.checked_mul(sign)?;
    Some((Phrase::Shift(steps, unit, origin), end))
}

fn vague_ref(sign: i32) -> &'static str {
    if sign < 0 { "PAST_REF" } else { "FUTURE_REF" }
}

/// Whether nothing follows that "before" or "after" could govern.
fn is_clause_end(words: &Words<'_>, at: usize) -> bool {
    words.token(at).is_none_or(|next| matches!(next.pos(), Upos::Punct | Upos::Cconj | Upos::Aux | Upos::Adp))
}

/// "the day before", "the day after", "a year-earlier period", "next day".
pub(super) fn day_beside(words: &Words<'_>, at: usize) -> Match {
    let next = words.skip(at, &["the", "one"]);
    if let Some(end) = words.eat_all(next, &["next", "day"]) {
        return Some((Phrase::Shift(1, Unit::Day, Origin::Text), end));
    }
    let (unit, _) =
        lexicon::unit(words.at(next)).filter(|(unit, plural)| *unit >= Unit::Day && !plural && next > at)?;
    let steps = match words.at(next + 1) {
        "before" | "earlier" => -1,
        "after" | "later" => 1,
        _ => return None,
    };
    is_clause_end(words, next + 2).then_some((Phrase::Shift(steps, unit, Origin::Text), next + 2))
}

/// "year-ago", "the year-earlier quarter".
pub(super) fn year_ago(words: &Words<'_>, at: usize) -> Match {
    let start = words.skip(at, &["the", "a"]);
    let end = match words.at(start) {
        "year-ago" | "year-earlier" => start + 1,
        "year" if words.dash(start + 1) && words.is(start + 2, &["ago", "earlier"]) => start + 3,
        _ => return None,
    };
    let end = words.skip(end, &["period", "quarter"]);
    Some((Phrase::Shift(-1, Unit::Year, Origin::Either), end))
}
