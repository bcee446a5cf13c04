//! EDTF calendar dates of any precision, as far as the sources use them.

/// Whether this is `2016`, `2016-05` or `2016-05-25`, and a day that there is.
pub fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str, length: usize| {
        (part.len() == length && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse::<u32>().unwrap_or(0))
    };
    let (Some(year), month, day) = (
        parts.first().and_then(|part| digits(part, 4)),
        parts.get(1).map(|part| digits(part, 2)),
        parts.get(2).map(|part| digits(part, 2)),
    ) else {
        return false;
    };
    match (month, day) {
        _ if parts.len() > 3 => false,
        (None, _) => true,
        (Some(Some(month)), None) => (1..=12).contains(&month),
        (Some(Some(month)), Some(Some(day))) => day >= 1 && day <= days(year, month),
        _ => false,
    }
}

fn days(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

/// Whether one date is certainly after another: compared as far as both are precise.
pub fn after(one: &str, other: &str) -> bool {
    let shared = one.len().min(other.len());
    one.get(..shared) > other.get(..shared)
}

/// Whether two spans of time certainly share more than a day of change; an absent end is open.
pub fn overlap(one: (Option<&str>, Option<&str>), other: (Option<&str>, Option<&str>)) -> bool {
    let before = |to: Option<&str>, from: Option<&str>| match (to, from) {
        (Some(to), Some(from)) => {
            let shared = to.len().min(from.len());
            to.get(..shared) <= from.get(..shared)
        }
        _ => false,
    };
    !before(one.1, other.0) && !before(other.1, one.0)
}

#[cfg(test)]
mod tests {
    use super::{after, is_date, overlap};

    #[test]
    fn dates_are_days_that_there_are() {
        for good in ["2016", "2016-05", "2016-02-29"] {
            assert!(is_date(good), "{good}");
        }
        for bad in ["", "16", "2016-13", "2015-02-29", "2016-5", "2016-05-25-1", "now", "2016-05-25T00"] {
            assert!(!is_date(bad), "{bad}");
        }
    }

    #[test]
    fn spans_compare_as_far_as_they_are_precise() {
        assert!(after("2017", "2016-05") && !after("2016", "2016-05"));
        assert!(overlap((Some("2010"), Some("2014")), (Some("2013"), None)));
        assert!(!overlap((Some("2010"), Some("2014-03")), (Some("2014-03-02"), None)));
    }
}
