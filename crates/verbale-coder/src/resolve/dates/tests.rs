//! Phrases and the values that they must have.

use std::sync::LazyLock;

use jiff::civil::{Date, date};
use verbale_model::{DateMethod, MentionKind, Precision};
use verbale_nlp::{Doc, Language, annotate};

use super::{TimeMention, time_mentions};

/// The model, loaded once.
pub(super) static LANGUAGE: LazyLock<Language> =
    LazyLock::new(|| Language::embedded().expect("embedded model"));

/// A Friday.
const PUBLISHED: Date = date(2025, 10, 24);

/// Every mention as `words=timex` with `@edtf` where it has one.
fn shown(doc: &Doc, mentions: &[TimeMention]) -> String {
    let show = |mention: &TimeMention| {
        let edtf = mention.edtf.as_ref().map(|edtf| format!("@{edtf}")).unwrap_or_default();
        format!("{}={}{edtf}", doc.slice(mention.tokens.clone()), mention.timex.as_deref().unwrap_or("-"))
    };
    mentions.iter().map(show).collect::<Vec<_>>().join(" | ")
}

/// Compares rows of text and expectation.
fn check(published: Option<Date>, rows: &[(&str, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(text, want)| {
            let doc = annotate(&LANGUAGE, text);
            let got = shown(&doc, &time_mentions(&doc, published));
            (got != *want).then(|| format!("{text}\n  want {want}\n  got  {got}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn absolute_dates() {
    check(
        Some(PUBLISHED),
        &[
            ("The envoys met on 22 October.", "22 October=2025-10-22@2025-10-22"),
            ("The envoys met on October 22, 2024.", "October 22, 2024=2024-10-22@2024-10-22"),
            ("The envoys met on the 22nd of October.", "the 22nd of October=2025-10-22@2025-10-22"),
            ("The envoys met on Oct. 22.", "Oct. 22=2025-10-22@2025-10-22"),
            ("The envoys met on 22/10/2025.", "22/10/2025=2025-10-22@2025-10-22"),
            ("The envoys met on 10/22/2025.", "10/22/2025=2025-10-22@2025-10-22"),
            ("The envoys met on 03/04/2025.", "03/04/2025=2025-03-04@2025-03-04"),
            ("The envoys met on 2025-10-22.", "2025-10-22=2025-10-22@2025-10-22"),
            ("The envoys met on Wednesday, 22 October.", "Wednesday, 22 October=2025-10-22@2025-10-22"),
            ("The envoys met in June 2021.", "June 2021=2021-06@2021-06"),
            ("The envoys met in mid-September.", "mid-September=2025-09@2025-09"),
            ("The envoys met in early 2024.", "early 2024=2024@2024"),
            ("The envoys met on Easter Monday 2024.", "Easter Monday 2024=2024-04-01@2024-04-01"),
            ("The envoys met on Christmas Day.", "Christmas Day=2024-12-25@2024-12-25"),
            ("The envoys met last Thanksgiving.", "last Thanksgiving=2024-11-28@2024-11-28"),
            ("The envoys met on Independence Day.", "Independence Day=-"),
            ("The envoys met in the 1990s.", "1990s=199@1990/1999"),
            ("The envoys met in the third quarter of 2024.", "the third quarter of 2024=2024-Q3@2024-35"),
            ("The envoys met in the summer of 2024.", "the summer of 2024=2024-SU@2024-22"),
            ("The envoys met in the first half of 2023.", "the first half of 2023=2023-H1@2023-01/2023-06"),
            (
                "They met on 3 March and 5 April 2019.",
                "3 March=2019-03-03@2019-03-03 | 5 April 2019=2019-04-05@2019-04-05",
            ),
            ("They met on February 29, 2023.", "February 29, 2023=-"),
        ],
    );
}

#[test]
fn ranges() {
    check(
        Some(PUBLISHED),
        &[
            ("Talks were held from May 3 to 5.", "May 3 to 5=2025-05-03/2025-05-05@2025-05-03/2025-05-05"),
            (
                "Talks were held on May 3-5, 2024.",
                "May 3-5, 2024=2024-05-03/2024-05-05@2024-05-03/2024-05-05",
            ),
            (
                "Talks were held between 2 and 4 June.",
                "2 and 4 June=2025-06-02/2025-06-04@2025-06-02/2025-06-04",
            ),
            ("He was the ambassador from 2005 to 2010.", "2005 to 2010=2005/2010@2005/2010"),
            (
                "Talks were postponed from Monday to Tuesday.",
                "Monday=2025-10-20@2025-10-20 | Tuesday=2025-10-21@2025-10-21",
            ),
            ("He has been the ambassador since 2019.", "2019=2019@2019/.."),
        ],
    );
}

#[test]
fn relative_to_publication() {
    check(
        Some(PUBLISHED),
        &[
            ("The ministers met on Monday.", "Monday=2025-10-20@2025-10-20"),
            ("The ministers will meet on Monday.", "Monday=2025-10-27@2025-10-27"),
            ("The ministers met on Friday.", "Friday=2025-10-24@2025-10-24"),
            ("The ministers met last Friday.", "last Friday=2025-10-17@2025-10-17"),
            ("The ministers met on Tuesday of last week.", "Tuesday of last week=2025-10-14@2025-10-14"),
            ("The ministers met yesterday.", "yesterday=2025-10-23@2025-10-23"),
            ("The ministers met last night.", "last night=2025-10-23TNI@2025-10-23"),
            ("The ministers met last week.", "last week=2025-W42@2025-10-13/2025-10-19"),
            ("The ministers met three days ago.", "three days ago=2025-10-21@2025-10-21"),
            ("The ministers met last month.", "last month=2025-09@2025-09"),
            ("The ministers met over the weekend.", "the weekend=2025-W42-WE@2025-10-18/2025-10-19"),
            ("The ministers will meet on 20 November.", "20 November=2025-11-20@2025-11-20"),
            ("The ministers met in December.", "December=2024-12@2024-12"),
            ("The ministers met in July last year.", "July last year=2024-07@2024-07"),
        ],
    );
}

#[test]
fn relative_to_the_text() {
    check(
        Some(PUBLISHED),
        &[
            (
                "They signed on 3 March 2020. The following day they left.",
                "3 March 2020=2020-03-03@2020-03-03 | The following day=2020-03-04@2020-03-04",
            ),
            (
                "He arrived on 20 October and left on the 22nd.",
                "20 October=2025-10-20@2025-10-20 | the 22nd=2025-10-22@2025-10-22",
            ),
        ],
    );
}

#[test]
fn without_publication() {
    check(
        None,
        &[
            ("The envoys met on 22 October.", "22 October=XXXX-10-22@XXXX-10-22"),
            ("The envoys met on Monday.", "Monday=XXXX-WXX-1"),
            ("The envoys met yesterday.", "yesterday=XXXX-XX-XX"),
            ("The envoys met last year.", "last year=XXXX"),
        ],
    );
}

#[test]
fn lengths_sets_and_times() {
    check(
        Some(PUBLISHED),
        &[
            ("He paid a three-day visit.", "three-day=P3D"),
            ("They held two-hour talks.", "two-hour=PT2H"),
            ("They talked for a year and a half.", "a year and a half=P1Y6M"),
            ("The council meets every Tuesday.", "every Tuesday=XXXX-WXX-2"),
            ("The council meets twice a week.", "twice a week=P1W"),
            ("He opened the annual forum.", "annual=P1Y"),
            ("They met at 10:30 a.m. on Tuesday.", "10:30 a.m. on Tuesday=2025-10-21T10:30@2025-10-21"),
            ("They met at noon.", "noon=T12:00"),
        ],
    );
}

#[test]
fn no_dates() {
    check(
        Some(PUBLISHED),
        &[
            ("The minister may visit Kabul.", ""),
            ("Protesters march through the capital.", ""),
            ("The March 23 Movement took the town.", ""),
            ("The council adopted Resolution 2231.", ""),
            ("The note was handed over by April Smith.", ""),
            ("Some 2,019 people and 1,500 soldiers came.", ""),
            ("The envoy, aged 52, spoke for the second minister.", ""),
        ],
    );
}

#[test]
fn precision_and_method() {
    let doc = annotate(&LANGUAGE, "They met on 22 October and on Monday, and in 2019 for two days.");
    let found = time_mentions(&doc, Some(PUBLISHED));
    let told: Vec<_> =
        found.iter().map(|mention| (mention.kind, mention.precision, mention.method)).collect();
    let expected = [
        (MentionKind::Date, Precision::Day, DateMethod::YearInferred),
        (MentionKind::Date, Precision::Day, DateMethod::Relative),
        (MentionKind::Date, Precision::Year, DateMethod::Stated),
        (MentionKind::Duration, Precision::None, DateMethod::None),
    ];
    assert_eq!(told, expected);
}
