//! The names in a line that a page marks as its author's, without handle, date and reading time.

/// Words that stand before a date and are no part of a name, besides months and days of the week.
const BEFORE_DATES: &[&str] =
    &["on", "at", "in", "last", "first", "published", "updated", "posted", "modified", "date", "and"];

/// First three letters of months and days of the week.
const CALENDAR: &[&str] = &[
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mon", "tue", "wed",
    "thu", "fri", "sat", "sun",
];

/// Months and days that are longer than three letters, whole: other words begin with the same letters.
const CALENDAR_WORDS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "sept",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "tues",
    "wednesday",
    "thursday",
    "thurs",
    "friday",
    "saturday",
    "sunday",
];

/// Keeps what stands before the first handle, address, date or time, and leaves "by" out.
pub fn names(said: &str) -> String {
    let words: Vec<&str> = said.split_whitespace().collect();
    let end = (0..words.len()).find(|at| ends_names(&words, *at)).unwrap_or(words.len());
    let mut kept = &words[..end];
    if end < words.len() {
        while let Some((last, rest)) = kept.split_last()
            && (is_calendar(last) || BEFORE_DATES.contains(&bare(last).as_str()) || bare(last).is_empty())
        {
            kept = rest;
        }
    }
    let by = |word: &&str| matches!(bare(word).as_str(), "by" | "written" | "author");
    while let Some((first, rest)) = kept.split_first()
        && by(first)
    {
        kept = rest;
    }
    kept.join(" ").trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | ')')).to_owned()
}

/// Whether the names end before a word.
fn ends_names(words: &[&str], at: usize) -> bool {
    let word = words[at];
    if word.contains('@') || word.contains("://") || matches!(word, "|" | "•" | "·") {
        return true;
    }
    if matches!(bare(word).as_str(), "published" | "updated" | "posted") {
        return true;
    }
    if !word.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    // A lone number may belong to a broadcaster's name.
    let number = word.bytes().all(|byte| byte.is_ascii_digit()) && word.len() < 4;
    let part_of_name = number && at > 0 && at + 1 == words.len() && !is_calendar(words[at - 1]);
    !part_of_name
}

fn is_calendar(word: &str) -> bool {
    let word = bare(word);
    CALENDAR.contains(&word.as_str()) || CALENDAR_WORDS.contains(&word.as_str())
}

/// A word in lower case without its punctuation.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn only_the_names_stay() {
        assert_eq!(names("By Ann Lee @annlee Updated May 7, 2024 3 min read"), "Ann Lee");
        assert_eq!(names("Ann Lee and Jo Berg, Tuesday, May 7, 2024"), "Ann Lee and Jo Berg");
        assert_eq!(names("by: Jo Berg | Nordlys Herald"), "Jo Berg");
        assert_eq!(names("Kanal 24"), "Kanal 24");
        assert_eq!(names("John Smith Jr."), "John Smith Jr.");
        assert_eq!(names("May 7, 2024"), "");
    }
}
