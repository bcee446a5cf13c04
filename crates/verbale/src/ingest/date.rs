//! Publication dates as they are handed in: a day, a month or a year.

/// Whether a text is a calendar date of day (`YYYY-MM-DD`), month (`YYYY-MM`) or year (`YYYY`) precision.
pub fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &str, len: usize| part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit());
    let within = |part: &str, top: u8| part.parse::<u8>().is_ok_and(|value| (1..=top).contains(&value));
    match parts.as_slice() {
        [year] => number(year, 4),
        [year, month] => number(year, 4) && number(month, 2) && within(month, 12),
        [year, month, day] => {
            is_date(&format!("{year}-{month}")) && number(day, 2) && within(day, days(year, month))
        }
        _ => false,
    }
}

fn days(year: &str, month: &str) -> u8 {
    let year: u32 = year.parse().unwrap_or_default();
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        "02" => 28 + u8::from(leap),
        "04" | "06" | "09" | "11" => 30,
        _ => 31,
    }
}

/// The date of a timestamp such as `2025-10-24T08:00:00Z`, which feeds and scrapers write; any other
/// text as it is.
pub fn day_of(text: &str) -> &str {
    match text.split_once(['T', ' ']) {
        Some((day, time))
            if is_date(day) && day.len() == 10 && time.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            day
        }
        _ => text,
    }
}

/// The day after a day.
pub fn next_day(day: &str) -> Option<String> {
    day.parse::<jiff::civil::Date>().ok()?.tomorrow().ok().map(|next| next.to_string())
}

/// A date in any of the ways that tables, feeds and scrapers write it, as `YYYY-MM-DD`, `YYYY-MM` or
/// `YYYY`: RFC 3339, RFC 2822, `20190104`, `2019/01/04`, `4 January 2019`, `January 4, 2019`, seconds
/// or milliseconds since 1970. The day is the writer's own. `01/04/2019` has two readings and none here.
pub fn normal(text: &str) -> Option<String> {
    let text = text.trim();
    if is_date(text) && (text.len() != 4 || text.starts_with(['1', '2'])) {
        return Some(text.to_owned());
    }
    let head = text.get(..10).map(|day| day.replace(['/', '.'], "-"));
    if let Some(day) = head.filter(|day| is_date(day))
        && !text[10..].starts_with(|c: char| c.is_ascii_digit())
    {
        return Some(day);
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == text.len() && matches!(digits, 9 | 10 | 12 | 13) {
        let seconds = text.parse::<i64>().ok()? / if digits > 10 { 1000 } else { 1 };
        return Some(jiff::Timestamp::from_second(seconds).ok()?.to_string().get(..10)?.to_owned());
    }
    if matches!(digits, 8 | 14) {
        let day = format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..8]);
        return Some(day).filter(|day| is_date(day) && day.starts_with(['1', '2']));
    }
    in_words(text)
}

/// A day with its month in words: `Fri, 4 Jan 2019 10:00:00 +0100`, `January 4, 2019`.
fn in_words(text: &str) -> Option<String> {
    const MONTHS: &[&str] =
        &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let mut words = text.split([' ', ',', '-']).filter(|word| !word.is_empty()).take(6).peekable();
    if words
        .peek()?
        .to_ascii_lowercase()
        .get(..3)
        .is_some_and(|day| "mon tue wed thu fri sat sun".contains(day))
    {
        words.next();
    }
    let words: Vec<String> = words.take(3).map(str::to_ascii_lowercase).collect();
    let [first, second, year] = words.as_slice() else { return None };
    let month_of = |word: &str| Some(MONTHS.iter().position(|month| word.get(..3) == Some(*month))? + 1);
    let (month, day) = match (month_of(first), month_of(second)) {
        (Some(month), None) => (month, second),
        (None, Some(month)) => (month, first),
        _ => return None,
    };
    let day: u8 = day.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.').parse().ok()?;
    let date = format!("{year}-{month:02}-{day:02}");
    is_date(&date).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_checked_to_the_day() {
        assert!(is_date("2024-02-29") && is_date("2024-11") && is_date("1999"));
        assert!(
            !is_date("2023-02-29") && !is_date("2024-13") && !is_date("24-1-1") && !is_date("2024-04-31")
        );
        assert!(!is_date("") && !is_date("2024-") && !is_date("２０２４"));
    }

    #[test]
    fn timestamps_lose_their_time() {
        assert_eq!(day_of("2025-10-24T08:00:00Z"), "2025-10-24");
        assert_eq!(day_of("2025-10-24 08:00"), "2025-10-24");
        assert_eq!(day_of("24 October"), "24 October");
    }

    #[test]
    fn dates_of_others_are_read() {
        for (written, read) in [
            ("2019-01-04T23:10:00+01:00", Some("2019-01-04")),
            ("2019-01-04 10:00:00", Some("2019-01-04")),
            ("Fri, 4 Jan 2019 10:00:00 +0100", Some("2019-01-04")),
            ("January 4, 2019", Some("2019-01-04")),
            ("4th January 2019", Some("2019-01-04")),
            ("20190104", Some("2019-01-04")),
            ("20190104103000", Some("2019-01-04")),
            ("2019/01/04", Some("2019-01-04")),
            ("1546596000", Some("2019-01-04")),
            ("2019-01", Some("2019-01")),
            ("01/04/2019", None),
            ("2019-02-30", None),
            ("yesterday", None),
            ("", None),
            ("é2019é01é", None),
        ] {
            assert_eq!(normal(written).as_deref(), read, "{written}");
        }
        assert_eq!(next_day("2024-02-28").as_deref(), Some("2024-02-29"));
    }
}
