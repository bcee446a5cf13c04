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
}
