//! Addresses and names of the web: URLs, bare domains, e-mail addresses, handles and hashtags.

use super::chars::{is_ideograph, is_word};
use super::tokens::Place;

/// No test below looks further ahead than this many bytes before it is sure.
const REACH: usize = 64;

/// Length of the web address or name at `place`, or `None` where none begins.
pub(super) fn web_len(place: Place<'_>) -> Option<usize> {
    let rest = place.rest;
    let first = *rest.as_bytes().first()?;
    if first.is_ascii_alphanumeric() {
        // A word goes on to its end, so an address can only begin where a word begins.
        return url_len(rest).or_else(|| email_len(rest)).or_else(|| domain_len(rest));
    }
    if matches!(first, b'@' | b'#') {
        let tail = rest.get(1..)?;
        let letter = tail.chars().next().is_some_and(char::is_alphabetic);
        let length = tail.find(|c| !is_word(c) && c != '_').unwrap_or(tail.len());
        return (letter && length > 1).then_some(1 + length);
    }
    None
}

/// The first bytes of `rest`, cut at a character boundary.
fn head(rest: &str) -> &str {
    rest.get(..rest.floor_char_boundary(REACH)).unwrap_or(rest)
}

/// `scheme://...`, `mailto:...` and `www...`, to the end of the chunk without closing punctuation.
fn url_len(rest: &str) -> Option<usize> {
    let head = head(rest);
    let scheme = head.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let mark = head.get(scheme..)?;
    let word = head.get(..scheme)?;
    let opens = (mark.starts_with("://") && scheme >= 2)
        || (mark.starts_with(':') && word.eq_ignore_ascii_case("mailto"))
        || (mark.starts_with('.') && word.eq_ignore_ascii_case("www") && mark.len() > 2);
    opens.then(|| address_end(rest))
}

/// Where an address that begins the text ends.
fn address_end(rest: &str) -> usize {
    let stop = |c: char| matches!(c, '<' | '>' | '"' | '“' | '”' | '’' | '»') || is_ideograph(c);
    let whole = rest.get(..rest.find(stop).unwrap_or(rest.len())).unwrap_or(rest);
    let closed = |c: char| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | ')' | ']' | '}' | '…');
    let trimmed = whole.trim_end_matches(closed);
    // A bracket that the address itself opened stays with it.
    let bracket = whole.get(trimmed.len()..).is_some_and(|r| r.starts_with(')')) && trimmed.contains('(');
    trimmed.len() + usize::from(bracket)
}

/// `name@host`.
fn email_len(rest: &str) -> Option<usize> {
    let head = head(rest).as_bytes();
    let local = head.iter().take_while(|b| b.is_ascii_alphanumeric() || b"._%+-".contains(b)).count();
    if head.get(local) != Some(&b'@') {
        return None;
    }
    let host = rest.get(local + 1..)?;
    let length = host.bytes().take_while(|b| b.is_ascii_alphanumeric() || b".-_".contains(b)).count();
    let length = host.get(..length)?.trim_end_matches(['.', '-', '_']).len();
    (length > 0).then_some(local + 1 + length)
}

/// Endings that make a dotted word an address or a file name. Those that are also English words
/// (`in`, `is`, `me`) are left out: a space forgotten after a full stop is commoner.
const ENDINGS: &[&str] = &[
    "com", "org", "net", "gov", "edu", "mil", "int", "info", "biz", "uk", "ru", "cn", "fr", "eu", "tv", "io",
    "ir", "pk", "jp", "kr", "ua", "tr", "au", "ca", "ch", "br", "za", "nz", "asp", "aspx", "doc", "docx",
    "html", "htm", "jpg", "pdf", "php", "png", "ppt", "txt", "xls", "zip",
];

/// `example.org`, `example.co.uk/path`, `report.pdf`.
fn domain_len(rest: &str) -> Option<usize> {
    let head = head(rest);
    let name =
        head.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_')).count();
    let dotted = head.get(..name)?.trim_end_matches(['.', '-']);
    let (host, ending) = dotted.rsplit_once('.')?;
    let known = ENDINGS.contains(&ending)
        || (ENDINGS.contains(&ending.to_ascii_lowercase().as_str()) && host.len() > 3);
    // Newsgroups and host names without a known ending: three parts in small letters.
    let parts = || dotted.split('.');
    let small =
        parts().count() > 2 && parts().all(|p| p.len() > 1 && p.bytes().all(|b| b.is_ascii_lowercase()));
    if !(known || small) || host.is_empty() || dotted.contains("..") {
        return None;
    }
    let path = rest.get(dotted.len()..)?.starts_with('/');
    Some(if path { address_end(rest) } else { dotted.len() })
}
