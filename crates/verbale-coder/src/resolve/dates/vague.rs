//! Present, past and future without a date, as TIMEX3 names them: "now", "recently", "the future".

use verbale_nlp::Upos;

use super::lexicon;
use super::phrase::{Match, Phrase};
use super::words::Words;

/// "now", "recently", "the future": named, and bound to no date.
pub(super) fn reference(words: &Words<'_>, at: usize) -> Match {
    const PRESENT: [&[&str]; 8] = [
        &["right", "now"],
        &["now"],
        &["currently"],
        &["nowadays"],
        &["presently"],
        &["these", "days"],
        &["at", "present"],
        &["at", "the", "moment"],
    ];
    const PAST: [&[&str]; 6] = [
        &["recently"],
        &["in", "the", "past"],
        &["lately"],
        &["the", "recent", "past"],
        &["the", "past"],
        &["long", "ago"],
    ];
    const FUTURE: [&[&str]; 5] =
        [&["the", "near", "future"], &["the", "future"], &["near", "future"], &["soon"], &["someday"]];
    let lists: [(&'static str, &[&[&str]]); 3] =
        [("PRESENT_REF", &PRESENT), ("PAST_REF", &PAST), ("FUTURE_REF", &FUTURE)];
    for (value, list) in lists {
        if let Some(end) = list.iter().find_map(|name| words.eat_all(at, name)) {
            // "the past two years" is a length of time.
            let goes_on = words.at(end - 1) == "past"
                && words
                    .token(end)
                    .is_some_and(|next| matches!(next.pos(), Upos::Num | Upos::Noun | Upos::Adj));
            let compares = words.at(end - 1) == "soon" && words.is(end, &["as", "after"]);
            return (!goes_on && !compares).then_some((Phrase::Vague(value), end));
        }
    }
    adjective(words, at)
}

/// "current", "recent months", "coming weeks".
fn adjective(words: &Words<'_>, at: usize) -> Match {
    let value = match words.at(at) {
        "current" => return Some((Phrase::Vague("PRESENT_REF"), at + 1)),
        "recent" => "PAST_REF",
        "coming" => "FUTURE_REF",
        _ => return None,
    };
    let plural = lexicon::unit(words.at(at + 1)).is_some_and(|(_, plural)| plural);
    (plural || value == "PAST_REF").then_some((Phrase::Vague(value), at + 1 + usize::from(plural)))
}
