//! Fields of rows: days, numbers, coordinates; what is wrong with one is said with what was expected.

use jiff::civil::Date;
use verbale_ledger::period;

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// What is wrong.
    pub reason: String,
    /// What should be there.
    pub expected: &'static str,
    /// What is there.
    pub got: String,
}

/// A field that is wrong, by its name.
pub fn wrong<T>(name: &str, expected: &'static str, got: &str) -> Result<T, Wrong> {
    Err(Wrong { reason: format!("{name} cannot be read"), expected, got: clip(got) })
}

/// The beginning of a text, for messages.
pub fn clip(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// Days from 1970-01-01 to a date; nothing where there is no such day.
pub fn days(year: i32, month: u32, day: u32) -> Option<i32> {
    let year = i16::try_from(year).ok().filter(|year| *year > 0)?;
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some(period::days(date))
}

/// A CAMEO code, as it is written: 010 is not 10.
pub fn cameo<'t>(name: &str, code: &'t str) -> Result<&'t str, Wrong> {
    if code.len() > 4 || digits(code).is_none() {
        return wrong(name, "a CAMEO code of two to four digits", code);
    }
    Ok(code)
}

/// The code that both sides of a meeting share: who receives a visit hosts it.
pub fn class(code: &str) -> &str {
    if code == "043" { "042" } else { code }
}

/// `20251022`.
pub fn compact_day(name: &str, text: &str) -> Result<i32, Wrong> {
    let number = |part: Option<&str>| part.and_then(|part| digits(part)?.parse().ok());
    let parts = (number(text.get(..4)), number(text.get(4..6)), number(text.get(6..8)));
    let day = match parts {
        (Some(year), Some(month), Some(day)) if text.len() == 8 => days(year as i32, month, day),
        _ => None,
    };
    day.map_or_else(|| wrong(name, "a day as YYYYMMDD", text), Ok)
}

/// `2025-10-22`, or with a time behind it.
pub fn iso_day(name: &str, text: &str) -> Result<i32, Wrong> {
    let text = text.trim();
    let date = text.get(..10).filter(|_| matches!(text.as_bytes().get(10), None | Some(b' ' | b'T')));
    let mut parts = date.unwrap_or_default().split('-').map(|part| digits(part)?.parse::<u32>().ok());
    let day = match (parts.next().flatten(), parts.next().flatten(), parts.next().flatten()) {
        (Some(year), Some(month), Some(day)) => days(year as i32, month, day),
        _ => None,
    };
    day.map_or_else(|| wrong(name, "a day as YYYY-MM-DD", text), Ok)
}

/// A count; nothing where the field is empty.
pub fn count(name: &str, text: &str) -> Result<Option<u32>, Wrong> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).or_else(|_| wrong(name, "a whole number", text))
}

/// A score in hundredths; nothing where the field is empty.
pub fn hundredths(name: &str, text: &str) -> Result<Option<i32>, Wrong> {
    Ok(decimal(name, "a number", text, 1e6)?.map(|value| (value * 100.0).round() as i32))
}

/// A coordinate in millionths of a degree; nothing where the field is empty.
pub fn degrees(name: &str, text: &str, most: f64) -> Result<Option<i32>, Wrong> {
    Ok(decimal(name, "degrees", text, most)?.map(|value| (value * 1e6).round() as i32))
}

fn decimal(name: &str, expected: &'static str, text: &str, most: f64) -> Result<Option<f64>, Wrong> {
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse::<f64>() {
        Ok(value) if value.abs() <= most => Ok(Some(value)),
        _ => wrong(name, expected, text),
    }
}

fn digits(text: &str) -> Option<&str> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

/// What tells one meeting from another, the same on every machine: FNV-1a (Fowler, Noll, Vo) over the parts, mixed.
pub fn key(parts: &[&str]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        for byte in part.bytes().chain([0x1f]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ (hash >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(days(1970, 1, 1), Some(0));
        assert_eq!(days(2000, 3, 1), Some(11_017));
        assert_eq!(days(1969, 12, 31), Some(-1));
        assert_eq!(days(1906, 11, 14), Some(-23_059));
        assert_eq!(days(2023, 2, 29), None);
        assert_eq!(compact_day("x", "20000301"), Ok(11_017));
        assert_eq!(iso_day("x", "2000-03-01 00:00:00"), Ok(11_017));
        for bad in ["", "2000", "20001301", "2000030é", "+2000301"] {
            assert!(compact_day("SQLDATE", bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn numbers_say_what_was_expected() {
        assert_eq!(hundredths("x", "-0.4"), Ok(Some(-40)));
        assert_eq!(hundredths("x", ""), Ok(None));
        assert_eq!(degrees("x", "34.5333", 90.0), Ok(Some(34_533_300)));
        let wrong = degrees("ActionGeo_Lat", "91", 90.0).unwrap_err();
        assert_eq!((wrong.expected, wrong.got.as_str()), ("degrees", "91"));
        assert!(hundredths("x", "NaN").is_err() && count("x", "-1").is_err());
    }
}
