//! Expressions of time with their values: dates, times, durations and sets of one annotated text.
//!
//! ```text
//! sentence ──patterns──▶ Phrase (what is said) ──anchor──▶ TIMEX3 and EDTF (what it means there)
//! ```
//!
//! Patterns read words and know no calendar; the anchor knows publication, the date told before and
//! the tense of the governing verb. What nothing decides stays unknown. Kinds and values follow
//! TIMEX3 (`TimeML` 1.2.1); calendar values are EDTF (ISO 8601-2:2019).

mod absolute;
mod anchor;
mod calendar;
mod clock;
mod cycle;
mod deictic;
mod distance;
mod feasts;
mod figures;
mod lengths;
mod lexicon;
mod patterns;
mod phrase;
#[cfg(test)]
mod properties;
mod ranges;
mod tense;
#[cfg(test)]
mod tests;
mod vague;
mod words;
mod years;

use std::ops::Range;

use jiff::civil::Date;
use verbale_model::{DateMethod, MentionKind, Precision};
use verbale_nlp::Doc;

use anchor::Context;
use calendar::Period;
use phrase::{Part, Phrase, Which};
use words::Words;

/// One expression of time.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeMention {
    /// Token indices of the document.
    pub tokens: Range<usize>,
    /// Date, time, duration or set.
    pub kind: MentionKind,
    /// TIMEX3 value: `2025-10-22`, `XXXX-10-22`, `2025-W43`, `P3D`, `PRESENT_REF`; `None` for feasts that states keep on days of their own.
    pub timex: Option<String>,
    /// EDTF value that can date an event; `None` for durations, sets, vague references and whatever
    /// nothing in text or publication places on the calendar.
    pub edtf: Option<String>,
    /// How exact `edtf` is; `Precision::None` without it.
    pub precision: Precision,
    /// How `edtf` is known; `DateMethod::None` without it.
    pub method: DateMethod,
}

/// So many sentences on, "a year ago" still compares with a quarter told before.
const QUARTER_LASTS: usize = 3;

/// Finds the expressions of time of a text, in its order and without overlap.
///
/// `published` is the day on which the report appeared: "yesterday" and days without a year take
/// their value from it.
pub fn time_mentions(doc: &Doc, published: Option<Date>) -> Vec<TimeMention> {
    let mut mentions = Vec::new();
    let mut told = None;
    let mut quarter: Option<(Period, usize)> = None;
    for sent in doc.sents() {
        let words = Words::new(doc, sent);
        let mut found = phrases(&words);
        share_years(&mut found);
        for (phrase, places) in found {
            let tokens = words.tokens(places.clone());
            let near = quarter
                .filter(|(_, told_in)| sent.i() - told_in <= QUARTER_LASTS)
                .map(|(quarter, _)| quarter);
            let context = Context { published, told, quarter: near, lean: tense::lean(doc, tokens.clone()) };
            let Some(value) = anchor::value(&phrase, context) else { continue };
            let value = if words.before(places.start) == "since" { anchor::since(value) } else { value };
            told = value.period.or(told);
            if let (Phrase::Part(..), Some(period @ Period::Quarter(..))) = (&phrase, value.period) {
                quarter = Some((period, sent.i()));
            }
            let anchor::Value { kind, timex, edtf, precision, method, period: _ } = value;
            mentions.push(TimeMention { tokens, kind, timex, edtf, precision, method });
        }
    }
    mentions
}

/// The expressions of one sentence and their places in it.
fn phrases(words: &Words<'_>) -> Vec<(Phrase, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match patterns::longest(words, at) {
            Some((phrase, end)) => {
                found.push((phrase, at..end));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// In a list, all days and months take the year that the last of them tells: "on 3 March and 5 April 2019".
fn share_years(found: &mut [(Phrase, Range<usize>)]) {
    for at in (1..found.len()).rev() {
        let (before, after) = found.split_at_mut(at);
        let (Some((first, places)), Some((last, next))) = (before.last_mut(), after.first()) else {
            continue;
        };
        let beside = next.start.saturating_sub(places.end) <= 2;
        if let (Phrase::Part(part, which @ Which::Bare), Phrase::Part(_, year @ Which::Year(_))) =
            (first, last)
            && beside
            && matches!(part, Part::Day { .. } | Part::Month(_) | Part::Quarter(_))
        {
            *which = *year;
        }
    }
}
