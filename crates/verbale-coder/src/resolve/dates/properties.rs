//! What holds of any text and any day of publication.

use jiff::civil::Date;
use proptest::prelude::*;
use verbale_model::{DateMethod, Precision};
use verbale_nlp::annotate;

use super::tests::LANGUAGE;
use super::time_mentions;

/// Words of time in any order, and words that are none.
fn words_of_time() -> impl Strategy<Value = String> {
    const WORDS: [&str; 52] = [
        "May",
        "March",
        "October",
        "Oct.",
        "Monday",
        "Friday",
        "the",
        "of",
        "last",
        "next",
        "this",
        "22",
        "22nd",
        "31",
        "2025",
        "1999",
        "9999",
        "years",
        "year",
        "week",
        "days",
        "ago",
        "earlier",
        "later",
        "since",
        "from",
        "to",
        "between",
        "and",
        "-",
        "–",
        ",",
        "early",
        "mid-",
        "quarter",
        "third",
        "half",
        "century",
        "1990s",
        "summer",
        "at",
        "10:30",
        "p.m.",
        "noon",
        "every",
        "twice",
        "a",
        "twenty",
        "nineteen",
        "hundred",
        "day",
        "0000-00-00",
    ];
    prop::collection::vec(prop::sample::select(&WORDS[..]), 0..24).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_ordered_spans_in_range(
        text in prop_oneof![words_of_time(), ".{0,120}"],
        year in prop_oneof![Just(-9999i16), Just(1), Just(2025), Just(9999)],
        month in 1i8..=12,
        day in 1i8..=28,
    ) {
        let doc = annotate(&LANGUAGE, &text);
        let mut end = 0;
        for mention in time_mentions(&doc, Date::new(year, month, day).ok()) {
            prop_assert!(mention.tokens.start >= end && mention.tokens.start < mention.tokens.end);
            prop_assert!(mention.tokens.end <= doc.len());
            prop_assert_eq!(mention.edtf.is_none(), mention.precision == Precision::None);
            prop_assert_eq!(mention.edtf.is_none(), mention.method == DateMethod::None);
            end = mention.tokens.end;
        }
    }
}
