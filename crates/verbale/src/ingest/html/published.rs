//! When a page was published, and how that is known.
//!
//! What the page says to machines comes first, what readers see second, the address last. Machines are often told an
//! instant in UTC, while readers see the day in the outlet's own zone: where both lie a day apart, and a zone on earth
//! can explain it, the day that readers see is the day. A date of modification is never a date of publication.

use verbale_model::PublishedMethod;

use super::block::Block;
use super::block::Kind;
use super::calendar::{Date, Order, dates};
use super::facts::Facts;

/// `meta` elements that hold the date of publication, the surest first.
const META: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "article.published",
    "datepublished",
    "parsely-pub-date",
    "publish-date",
    "publish_date",
    "publishdate",
    "published_time",
    "publication_date",
    "publicationdate",
    "pubdate",
    "pubdate_time",
    "pdate",
    "published",
    "date.published",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "analyticsattributes.articledate",
    "published_time_telegram",
    "dcterms.date",
    "dc.date",
    "date",
    "originalpublicationdate",
];

/// Longest block that a date line is looked for in, in words.
const DATE_LINE: usize = 30;

/// A date said to machines, with the hour if there is one.
#[derive(Debug, Clone, Copy)]
struct Stamp {
    date: Date,
    hour: Option<u8>,
    /// Whether a zone other than UTC is stated.
    zoned: bool,
}

/// The place of the article among the blocks of its page.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The headline, if it was found.
    pub title: Option<usize>,
    /// The first paragraph.
    pub first: usize,
    /// The last paragraph.
    pub last: usize,
}

/// The date of publication with its method. A date after `fetched` is none.
pub fn published(
    facts: &Facts,
    blocks: &[Block],
    place: Place,
    url: Option<&str>,
    fetched: Option<&str>,
) -> Option<(String, PublishedMethod)> {
    let order = order(facts, blocks, url);
    let early = |date: &Date| fetched.is_none_or(|fetched| date.text().as_str() <= fetched);
    let machine = stamps(facts, order).into_iter().find(|stamp| early(&stamp.date));
    let seen = seen(blocks, place, order).filter(early);
    let address = url.and_then(address).filter(early);
    let Some(machine) = machine else {
        return seen
            .map(|date| (date.text(), PublishedMethod::Visible))
            .or_else(|| Some((address?.text(), PublishedMethod::Address)));
    };
    let modified = facts
        .said("dateModified")
        .or_else(|| facts.first(&["article:modified_time", "og:updated_time", "datemodified"]))
        .and_then(|text| stamp(text, order));
    if let Some(seen) = seen
        && explained(machine, seen)
        && modified.is_none_or(|modified| modified.date != seen)
    {
        return Some((seen.text(), PublishedMethod::Visible));
    }
    if let Some(address) = address
        && !machine.zoned
        && seen.is_none_or(|seen| seen == address)
        && explained(machine, address)
    {
        return Some((address.text(), PublishedMethod::Address));
    }
    Some((machine.date.text(), PublishedMethod::Metadata))
}

/// Whether a day beside a stamp is the stamp's day in some zone between UTC-12 and UTC+14.
fn explained(stamp: Stamp, day: Date) -> bool {
    if !stamp.date.is_day() || !day.is_day() {
        return false;
    }
    match (day.ordinal() - stamp.date.ordinal(), stamp.hour) {
        (-1, Some(hour)) => hour < 12,
        (1, Some(hour)) => hour >= 10,
        _ => false,
    }
}

fn stamps(facts: &Facts, order: Option<Order>) -> Vec<Stamp> {
    let said = facts.said("datePublished").into_iter();
    let meta = META.iter().filter_map(|name| facts.first(&[name]));
    said.chain(facts.stamps.iter().map(String::as_str))
        .chain(meta)
        .filter_map(|text| stamp(text, order))
        .collect()
}

/// Reads a stamp: ISO 8601 as a rule, else a date in words or figures.
fn stamp(text: &str, order: Option<Order>) -> Option<Stamp> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 8 {
        let part = |range: std::ops::Range<usize>| text[range].parse().ok();
        let date = Date::new(part(0..4)?, part(4..6)?, part(6..8)?)?;
        return Some(Stamp { date, hour: None, zoned: false });
    }
    if let Some(found) = dates(text, order).into_iter().next() {
        let rest = &text[found.end..];
        let time =
            rest.find(':').and_then(|at| rest.get(at.checked_sub(2)?..at)).and_then(|hour| hour.parse().ok());
        let offset = rest
            .rfind(['+', '-', '−'])
            .map(|at| rest[at..].chars().skip(1).any(|c| ('1'..='9').contains(&c)));
        return Some(Stamp { date: found.date, hour: time, zoned: offset == Some(true) });
    }
    let mut parts = text.split('-').map(|part| part.parse::<u32>().ok());
    let date = match (digits, text.len()) {
        (4, 4) => Date::new(parts.next()??, 0, 0)?,
        (4, 7) => Date::new(parts.next()??, parts.next()??, 0).filter(|date| date.month > 0)?,
        _ => return None,
    };
    Some(Stamp { date, hour: None, zoned: false })
}

/// What the words before a date make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Published,
    Updated,
    Nothing,
}

/// The date that readers see: labelled as published anywhere near the article, or bare beside the headline.
fn seen(blocks: &[Block], place: Place, order: Option<Order>) -> Option<Date> {
    let start = place.title.map_or(place.first.saturating_sub(8), |title| title + 1);
    let head = line_dates(blocks, start..place.first + 1, order);
    let above = place.title.map_or(0, |title| title.saturating_sub(3))..place.title.unwrap_or(0);
    let after = line_dates(blocks, place.last..(place.last + 5).min(blocks.len()), order);
    let labelled =
        |found: &[(Date, Label)]| found.iter().find(|(_, label)| *label == Label::Published).copied();
    let bare = |found: &[(Date, Label)]| found.iter().find(|(_, label)| *label == Label::Nothing).copied();
    let above = line_dates(blocks, above, order);
    labelled(&head)
        .or_else(|| labelled(&above))
        .or_else(|| labelled(&after))
        .or_else(|| bare(&head))
        .or_else(|| bare(&above))
        .map(|(date, _)| date)
}

/// Dates of the short lines in a range, joined, so that a label in a line of its own counts for the next.
fn line_dates(blocks: &[Block], range: std::ops::Range<usize>, order: Option<Order>) -> Vec<(Date, Label)> {
    let mut text = String::new();
    for block in blocks.get(range).unwrap_or_default() {
        if block.kind != Kind::Caption && block.words() <= DATE_LINE && !block.text.contains("pic.twitter") {
            text.push_str(&block.text);
            text.push_str(" ¶ ");
        }
    }
    let mut last = 0;
    dates(&text, order)
        .into_iter()
        .map(|found| {
            let label = label(&text[last..found.start]);
            last = found.end;
            (found.date, label)
        })
        .collect()
}

fn label(before: &str) -> Label {
    /// Beginnings of words that call a date one of change, in languages that reports often come in.
    const UPDATED: &[&str] = &[
        "updat",
        "modif",
        "edited",
        "revis",
        "review",
        "aktualis",
        "geändert",
        "actualiz",
        "atualiz",
        "mis",
        "aggiorn",
        "обновл",
        "оновл",
        "güncel",
    ];
    const PUBLISHED: &[&str] =
        &["publi", "posted", "issued", "released", "veröffent", "опублик", "pubbli", "yayın"];
    for word in before.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).rev().take(5) {
        let word = word.to_lowercase();
        if UPDATED.iter().any(|start| word.starts_with(start)) {
            return Label::Updated;
        }
        if PUBLISHED.iter().any(|start| word.starts_with(start)) {
            return Label::Published;
        }
    }
    Label::Nothing
}

/// Which comes first in this page's numeric dates, where something says so.
fn order(facts: &Facts, blocks: &[Block], url: Option<&str>) -> Option<Order> {
    let locale = facts.first(&["og:locale"]).map(str::to_owned);
    for tag in facts.language.iter().chain(&locale) {
        let tag = tag.replace('_', "-").to_ascii_lowercase();
        match tag.split_once('-') {
            Some(("en", "us")) => return Some(Order::MonthFirst),
            Some(("en", region)) if region.len() == 2 && region != "ca" => return Some(Order::DayFirst),
            _ if !tag.is_empty() && !tag.starts_with("en") => return Some(Order::DayFirst),
            _ => {}
        }
    }
    let host = url.map(host).unwrap_or_default();
    if matches!(host.rsplit('.').next(), Some("gov" | "mil")) {
        return Some(Order::MonthFirst);
    }
    if [".uk", ".au", ".in", ".ie", ".nz", ".eu"].iter().any(|end| host.ends_with(end)) {
        return Some(Order::DayFirst);
    }
    let american = |word: &str| matches!(word, "EST" | "EDT" | "CST" | "CDT" | "PST" | "PDT");
    let lines = blocks.iter().filter(|block| block.words() <= DATE_LINE && block.text.contains('/'));
    lines.flat_map(|block| block.text.split_whitespace()).any(american).then_some(Order::MonthFirst)
}

/// The host of an address, in lower case, without `www.` and port.
pub fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default().split(':').next().unwrap_or_default();
    host.to_ascii_lowercase().trim_start_matches("www.").to_owned()
}

/// The date in an address: `/2024/05/07/`, `/2024/may/07/`, `/2024-05-07`, `/20240507/`, `/2024/05/`.
fn address(url: &str) -> Option<Date> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    for (at, part) in parts.iter().enumerate() {
        if part.len() == 8 && part.bytes().all(|byte| byte.is_ascii_digit()) {
            if let Some(stamp) = stamp(part, None) {
                return Some(stamp.date);
            }
        } else if part.get(4..5) == Some("-") {
            if let Some(found) = dates(part, None).first().filter(|found| found.start == 0) {
                return Some(found.date);
            }
        } else if part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit()) {
            let (month, day) = (parts.get(at + 1)?, parts.get(at + 2).copied().unwrap_or_default());
            let day = if day.len() <= 2 { day } else { "" };
            let joined = format!("{day} {month} {part}");
            if let Some(found) = dates(&joined, None).first() {
                return Some(found.date);
            }
            let Some(month) = month.parse().ok().filter(|month| (1..=12).contains(month)) else { continue };
            return Date::new(part.parse().ok()?, month, day.parse().unwrap_or(0));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let read = |url: &str| address(url).map(Date::text);
        assert_eq!(read("https://example.org/2024/05/07/talks").as_deref(), Some("2024-05-07"));
        assert_eq!(read("https://example.org/world/2024/may/07/talks").as_deref(), Some("2024-05-07"));
        assert_eq!(read("https://example.org/news/2024-05-07/talks-2020").as_deref(), Some("2024-05-07"));
        assert_eq!(read("https://example.org/a/20240507/").as_deref(), Some("2024-05-07"));
        assert_eq!(read("https://example.org/2024/05/talks").as_deref(), Some("2024-05"));
        assert_eq!(read("https://example.org/2024/13/07/talks"), None);
        assert_eq!(read("https://example.org/articles/471033-talks"), None);
    }

    #[test]
    fn stamps_keep_their_own_day() {
        let read = |text: &str| stamp(text, None).map(|stamp| (stamp.date.text(), stamp.hour, stamp.zoned));
        assert_eq!(read("2024-05-07T23:10:00-05:00"), Some(("2024-05-07".to_owned(), Some(23), true)));
        assert_eq!(read("2024-05-07T04:31:13+00:00"), Some(("2024-05-07".to_owned(), Some(4), false)));
        assert_eq!(read("Tue, 07 May 2024 16:07:38 -0600"), Some(("2024-05-07".to_owned(), Some(16), true)));
        assert_eq!(read("2024-05"), Some(("2024-05".to_owned(), None, false)));
        assert_eq!(read("2024"), Some(("2024".to_owned(), None, false)));
        assert_eq!(read("soon"), None);
    }

    #[test]
    fn labels() {
        assert_eq!(label("By Ann Lee Updated: "), Label::Updated);
        assert_eq!(label("Last updated 3 pm ¶ Published on "), Label::Published);
        assert_eq!(label("Oslo, "), Label::Nothing);
    }
}
