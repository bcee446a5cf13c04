//! Dates as pages write them, for machines and for readers, to calendar days.

/// Which comes first in a numeric date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// 24/10/2025.
    DayFirst,
    /// 10/24/2025.
    MonthFirst,
}

/// A date of day, month or year precision; an absent part is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year of the Gregorian calendar.
    pub year: u16,
    /// 1 to 12, or 0.
    pub month: u8,
    /// 1 to 31, or 0.
    pub day: u8,
}

impl Date {
    /// A date that exists, of this or the past century.
    pub fn new(year: u32, month: u32, day: u32) -> Option<Self> {
        let date = Self { year: year as u16, month: month as u8, day: day as u8 };
        let plausible = (1900..2100).contains(&year) && month <= 12 && day <= 31;
        (plausible && crate::ingest::is_date(&date.text())).then_some(date)
    }

    /// `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    pub fn text(self) -> String {
        match (self.month, self.day) {
            (0, _) => format!("{:04}", self.year),
            (month, 0) => format!("{:04}-{month:02}", self.year),
            (month, day) => format!("{:04}-{month:02}-{day:02}", self.year),
        }
    }

    /// Whether it is known to the day.
    pub fn is_day(self) -> bool {
        self.day > 0
    }

    /// Days since 0000-03-01 of the proleptic calendar (Hinnant, *chrono-compatible low-level date algorithms*).
    pub fn ordinal(self) -> i32 {
        let (year, month) = (i32::from(self.year), i32::from(self.month));
        let year = year - i32::from(month <= 2);
        let era = year.div_euclid(400);
        let of_era = year - era * 400;
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + i32::from(self.day) - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year
    }
}

/// A date within a text, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// The date.
    pub date: Date,
}

/// A run of digits or of letters.
#[derive(Debug, Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    start: usize,
    end: usize,
}

impl Word<'_> {
    fn number(&self) -> Option<u32> {
        (self.text.len() <= 4).then(|| self.text.parse().ok()).flatten()
    }

    fn year(&self) -> Option<u32> {
        self.number().filter(|year| self.text.len() == 4 && (1900..2100).contains(year))
    }

    fn day(&self) -> Option<u32> {
        self.number().filter(|day| self.text.len() <= 2 && (1..=31).contains(day))
    }
}

/// Dates in words and figures, in their order. Numeric dates that may be read two ways are read only with an order.
pub fn dates(text: &str, order: Option<Order>) -> Vec<Found> {
    let words = runs(text);
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let read = in_words(&words[at..]).or_else(|| in_figures(text, &words[at..], order));
        match read {
            Some((date, length)) => {
                found.push(Found { start: words[at].start, end: words[at + length - 1].end, date });
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

fn runs(text: &str) -> Vec<Word<'_>> {
    let class = |c: char| if c.is_ascii_digit() { 1 } else { 2 * u8::from(c.is_alphabetic()) };
    let mut words: Vec<Word> = Vec::new();
    let mut last = 0;
    for (at, c) in text.char_indices() {
        let now = class(c);
        let end = at + c.len_utf8();
        match words.last_mut() {
            Some(word) if now != 0 && now == last => {
                word.text = &text[word.start..end];
                word.end = end;
            }
            _ if now != 0 => words.push(Word { text: &text[at..end], start: at, end }),
            _ => {}
        }
        last = now;
    }
    words
}

/// `24 October 2025`, `24th of October, 2025`, `October 24, 2025`, `Nov. 20, 15:23, 2019`.
fn in_words(words: &[Word]) -> Option<(Date, usize)> {
    let little =
        |word: &Word| matches!(word.text, "st" | "nd" | "rd" | "th" | "of" | "de" | "del" | "º" | "er");
    let skip = |mut at: usize| {
        while words.get(at).is_some_and(little) {
            at += 1;
        }
        at
    };
    let first = words.first()?;
    if let Some(day) = first.day() {
        let at = skip(1);
        let month = month(words.get(at)?.text)?;
        let at = skip(at + 1);
        let year = words.get(at)?.year()?;
        return Some((Date::new(year, month, day)?, at + 1));
    }
    let month = month(first.text)?;
    let day = words.get(1)?.day()?;
    let mut at = skip(2);
    // A time of day may stand between day and year.
    if words.get(at)?.year().is_none() && words[at].number().is_some() {
        at += if words.get(at + 1).and_then(Word::day).is_some() || words.get(at + 1)?.number().is_some() {
            2
        } else {
            1
        };
        if words.get(at).is_some_and(|word| matches!(word.text.to_lowercase().as_str(), "am" | "pm")) {
            at += 1;
        }
    }
    Some((Date::new(words.get(at)?.year()?, month, day)?, at + 1))
}

/// `2025-10-24`, `2025年10月24日`, `24.10.2025`, `10/24/2025` where only one reading is possible or the order is known.
fn in_figures(text: &str, words: &[Word], order: Option<Order>) -> Option<(Date, usize)> {
    let [a, b, c] = words.get(..3)? else { return None };
    if let (Some(year), "年") = (a.year(), b.text) {
        let day = words.get(4).filter(|_| words.get(3).is_some_and(|word| word.text == "月"))?.day()?;
        return Some((Date::new(year, c.number()?, day)?, 5));
    }
    let between = |left: &Word, right: &Word| &text[left.end..right.start];
    let mark = between(a, b).trim();
    if !matches!(mark, "-" | "/" | "." | "–") || between(b, c).trim() != mark {
        return None;
    }
    if let Some(year) = a.year() {
        return Some((Date::new(year, b.day()?, c.day()?)?, 3));
    }
    let (one, two) = (a.day()?, b.day()?);
    let year = c.year().or_else(|| c.number().filter(|_| c.text.len() == 2).map(|year| 2000 + year))?;
    let (month, day) = match (one > 12, two > 12, order) {
        (true, _, _) => (two, one),
        (_, true, _) => (one, two),
        _ if one == two => (one, two),
        (_, _, Some(Order::DayFirst)) => (two, one),
        (_, _, Some(Order::MonthFirst)) => (one, two),
        (_, _, None) => return None,
    };
    Some((Date::new(year, month, day)?, 3))
}

/// Names of months; a space after one marks an abbreviation or a short name.
const MONTHS: [&[&str]; 12] = [
    &[
        "jan ",
        "january",
        "januar",
        "janvier",
        "enero",
        "ene ",
        "janeiro",
        "gennaio",
        "gen ",
        "января",
        "янв ",
        "січня",
        "stycznia",
        "ocak",
    ],
    &[
        "feb ",
        "february",
        "februar",
        "février",
        "fevrier",
        "febrero",
        "fevereiro",
        "fev ",
        "febbraio",
        "февраля",
        "фев ",
        "лютого",
        "lutego",
        "şubat",
    ],
    &[
        "mar ",
        "march",
        "märz",
        "mars",
        "marzo",
        "março",
        "maart",
        "марта",
        "мар ",
        "березня",
        "marca",
        "mart",
    ],
    &["apr ", "april", "avril", "abril", "abr ", "aprile", "апреля", "апр ", "квітня", "kwietnia", "nisan"],
    &["may ", "mai ", "mayo ", "maio", "maggio", "mei ", "мая ", "май ", "травня", "maja", "mayıs"],
    &[
        "jun ",
        "june",
        "juni",
        "juin",
        "junio",
        "junho",
        "giugno",
        "июня",
        "июн ",
        "червня",
        "czerwca",
        "haziran",
    ],
    &[
        "jul ",
        "july",
        "juli",
        "juillet",
        "julio",
        "julho",
        "luglio",
        "июля",
        "июл ",
        "липня",
        "lipca",
        "temmuz",
    ],
    &[
        "aug ",
        "august",
        "août",
        "aout",
        "agosto",
        "ago ",
        "augustus",
        "августа",
        "авг ",
        "серпня",
        "sierpnia",
        "ağustos",
    ],
    &[
        "sep ",
        "sept ",
        "september",
        "septembre",
        "septiembre",
        "setembro",
        "set ",
        "settembre",
        "сентября",
        "сен ",
        "вересня",
        "września",
        "eylül",
    ],
    &[
        "oct ",
        "october",
        "okt ",
        "oktober",
        "octobre",
        "octubre",
        "outubro",
        "out ",
        "ottobre",
        "октября",
        "окт ",
        "жовтня",
        "października",
        "ekim",
    ],
    &[
        "nov ",
        "november",
        "novembre",
        "noviembre",
        "novembro",
        "ноября",
        "ноя ",
        "листопада",
        "listopada",
        "kasım",
    ],
    &[
        "dec ",
        "december",
        "dez ",
        "dezember",
        "décembre",
        "decembre",
        "diciembre",
        "dic ",
        "dezembro",
        "dicembre",
        "декабря",
        "дек ",
        "грудня",
        "grudnia",
        "aralık",
    ],
];

/// The month that a word names, 1 to 12, in languages that reports often come in.
fn month(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    MONTHS.iter().position(|names| names.iter().any(|name| name.trim_end() == word)).map(|at| at as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, order: Option<Order>) -> Vec<String> {
        dates(text, order).into_iter().map(|found| found.date.text()).collect()
    }

    #[test]
    fn dates_in_words() {
        for text in [
            "Published 24 October 2025 at 10:00",
            "Oct. 24, 2025 8:03 am ET",
            "October 24th, 2025",
            "24. Oktober 2025",
            "24 de octubre de 2025",
            "24 октября 2025 г.",
            "October 24\n15:23 2025",
            "Thu Oct 24 21:57 2025",
            "2025年10月24日",
            "2025/10/24",
            "24.10.2025",
            "10/24/25 06:56 AM EST",
        ] {
            assert_eq!(read(text, None), ["2025-10-24"], "{text}");
        }
        assert_eq!(read("1 May 2020 and 2 May 2020", None), ["2020-05-01", "2020-05-02"]);
    }

    #[test]
    fn a_date_of_two_readings_needs_an_order() {
        assert!(read("03/04/2020", None).is_empty());
        assert_eq!(read("03/04/2020", Some(Order::DayFirst)), ["2020-04-03"]);
        assert_eq!(read("03/04/2020", Some(Order::MonthFirst)), ["2020-03-04"]);
        assert_eq!(read("04/04/2020", None), ["2020-04-04"]);
    }

    #[test]
    fn what_is_no_date() {
        for text in
            ["30 February 2020", "version 1.2.3", "May 2020", "12 people in 2019", "2019-13-01", "31/31/2020"]
        {
            assert!(read(text, Some(Order::DayFirst)).is_empty(), "{text}");
        }
    }

    #[test]
    fn days_are_counted() {
        let day = |year, month, day| Date::new(year, month, day).unwrap().ordinal();
        assert_eq!(day(2020, 3, 1) - day(2020, 2, 28), 2);
        assert_eq!(day(2020, 1, 1) - day(2019, 12, 31), 1);
    }
}
