//! Lengths of time and what recurs: "three-day", "for two years", "every Tuesday", "twice a week".

use super::lexicon::{self, Unit};
use super::phrase::{Match, Phrase};
use super::words::{Count, Words};

/// "three days", "two-hour", "the past five years", "a decade".
pub(super) fn counted(words: &Words<'_>, at: usize) -> Match {
    const ORDER: [&str; 8] = ["past", "last", "next", "first", "coming", "latest", "previous", "final"];
    let led = words.skip(words.skip(at, &["the"]), &ORDER);
    let start = if words.is(led.wrapping_sub(1), &ORDER) { led } else { at };
    let another = words.eat(start, "another").map(|next| (Count::Exact(1), next));
    let (count, next) = another.or_else(|| words.count(start))?;
    if words.at(next) == "fortnight" || words.at(next) == "fortnights" {
        let weeks =
            if let Count::Exact(count) = count { Count::Exact(count.saturating_mul(2)) } else { count };
        return Some((Phrase::Duration(Unit::Week.period(weeks)), next + 1));
    }
    let (halves, next) =
        words.eat_all(next, &["and", "a", "half"]).map_or((false, next), |next| (true, next));
    let next = words
        .skip(next, &["more", "full", "additional", "consecutive", "straight", "long", "short", "trading"]);
    let next = words.skip_dash(next);
    let (unit, plural) = lexicon::unit(words.at(next))?;
    let end = next + 1;
    if words.dash(end) && words.at(end + 1) == "old" || matches!(words.at(end), "old") {
        // An age is no date and no length of an event.
        return Some((Phrase::Nothing, end));
    }
    // "one second minister": a second is a unit only after a number, and plural or after a hyphen.
    let ordinal = unit == Unit::Second && !plural && !words.dash(next - 1);
    // "a quarter of the votes", "three-quarters".
    let fraction =
        unit == Unit::Quarter && (count == Count::Exact(1) || words.dash(next - 1) || words.at(end) == "of");
    if fraction || ordinal {
        return None;
    }
    let end = if words.dash(end) && words.at(end + 1) == "long" { end + 2 } else { end };
    if unit == Unit::Weekend && count == Count::Exact(1) && !plural && words.dash(next - 1) {
        return None;
    }
    let after = words.eat_all(end, &["and", "a", "half"]).filter(|_| !halves);
    let value = if halves || after.is_some() { with_half(count, unit) } else { None };
    Some((Phrase::Duration(value.unwrap_or_else(|| unit.period(count))), after.unwrap_or(end)))
}

/// "half an hour", "half a year".
pub(super) fn half(words: &Words<'_>, at: usize) -> Match {
    let next = words.skip(words.skip_dash(words.eat(at, "half")?), &["a", "an"]);
    let value = match lexicon::unit(words.at(next))? {
        (Unit::Hour, false) => "PT30M",
        (Unit::Minute, false) => "PT30S",
        (Unit::Day, false) => "PT12H",
        (Unit::Year, false) => "P6M",
        (Unit::Decade, false) => "P5Y",
        (Unit::Century, false) => "P50Y",
        _ => return None,
    };
    Some((Phrase::Duration(value.to_owned()), next + 1))
}

/// So many units and a half: "a year and a half".
fn with_half(count: Count, unit: Unit) -> Option<String> {
    let Count::Exact(count) = count else { return None };
    Some(match unit {
        Unit::Minute => format!("PT{count}M30S"),
        Unit::Hour => format!("PT{count}H30M"),
        Unit::Day => format!("P{count}DT12H"),
        Unit::Year => format!("P{count}Y6M"),
        _ => return None,
    })
}

/// "decades", "for years": a plural that nobody counted.
pub(super) fn uncounted(words: &Words<'_>, at: usize) -> Match {
    let (unit, plural) = lexicon::unit(words.at(at)).filter(|(unit, _)| *unit > Unit::Second)?;
    if words.dash(at + 1) && words.at(at + 2) == "long" {
        let count = if plural { Count::Vague } else { Count::Exact(1) };
        return Some((Phrase::Duration(unit.period(count)), at + 3));
    }
    (plural && unit != Unit::Quarter && !words.dash(at.wrapping_sub(1)))
        .then(|| (Phrase::Duration(unit.period(Count::Vague)), at + 1))
}

/// "every Tuesday", "each year", "Mondays".
pub(super) fn every(words: &Words<'_>, at: usize) -> Match {
    if let Some((weekday, true)) = lexicon::weekday(words.at(at)) {
        return words.capital(at).then(|| (Phrase::Set(format!("XXXX-WXX-{weekday}")), at + 1));
    }
    if !words.is(at, &["every", "each"]) {
        return None;
    }
    if let Some((weekday, _)) = lexicon::weekday(words.at(at + 1)) {
        return Some((Phrase::Set(format!("XXXX-WXX-{weekday}")), at + 2));
    }
    if let Some((month, _)) = super::absolute::month(words, at + 1) {
        return Some((Phrase::Set(format!("XXXX-{month:02}")), at + 2));
    }
    if let Some((unit, false)) = lexicon::unit(words.at(at + 1)) {
        return Some((Phrase::Set(unit.period(Count::Exact(1))), at + 2));
    }
    let other = words.eat(at + 1, "other").map(|next| (Count::Exact(2), next));
    let (count, next) = other.or_else(|| words.count(at + 1))?;
    let (unit, _) = lexicon::unit(words.at(next))?;
    Some((Phrase::Set(unit.period(count)), next + 1))
}

/// "daily", "annual", "quarterly".
pub(super) fn frequency(words: &Words<'_>, at: usize) -> Match {
    let value = match words.at(at) {
        "hourly" => "PT1H",
        "daily" | "nightly" => "P1D",
        "weekly" => "P1W",
        "fortnightly" | "biweekly" => "P2W",
        "monthly" => "P1M",
        "quarterly" => "P3M",
        "annual" | "annually" | "yearly" => "P1Y",
        "biennial" | "biennially" => "P2Y",
        _ => return None,
    };
    // "The Daily Telegraph" is a name.
    let name = words.capital(at) && words.capital(at + 1);
    (!name).then(|| (Phrase::Set(value.to_owned()), at + 1))
}

/// "twice a week", "$5 a year", "three times per month".
pub(super) fn rate(words: &Words<'_>, at: usize) -> Match {
    let times = match words.at(at) {
        "once" | "twice" => Some(at + 1),
        _ => words.cardinal(at).and_then(|(_, next)| words.eat(next, "times")),
    };
    if let Some((start, next)) = times.map(|next| (at, next)) {
        let article = words.skip(next, &["a", "an", "per", "every"]);
        let (unit, _) = lexicon::unit(words.at(article))
            .filter(|(_, plural)| article > next && !plural && start < next)?;
        return Some((Phrase::Set(unit.period(Count::Exact(1))), article + 1));
    }
    let next = words.eat(at, "a").or_else(|| words.eat(at, "per")).or_else(|| words.eat(at, "an"))?;
    let (unit, _) = lexicon::unit(words.at(next)).filter(|(_, plural)| !plural)?;
    let measured = at > 0
        && words.token(at - 1).is_some_and(|before| {
            before.pos() == verbale_nlp::Upos::Num
                || matches!(before.tag(), verbale_nlp::Xpos::Nns)
                || matches!(words.before(at), "%" | "percent" | "million" | "billion" | "share")
        });
    let goes_on = words.is(next + 1, &["ago", "earlier", "later", "before", "after", "or"]);
    (measured && !goes_on || words.at(at) == "per")
        .then(|| (Phrase::Set(unit.period(Count::Exact(1))), next + 1))
}
