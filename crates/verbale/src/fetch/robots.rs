//! The robots exclusion protocol (RFC 9309): what a host asks programs to leave alone.

use std::time::Duration;

/// The name that hosts know this program by; also the first word of its User-Agent.
pub(super) const TOKEN: &str = "verbale";

/// How much of a `robots.txt` is read, in bytes; RFC 9309 section 2.5 asks for no less.
pub(super) const LONGEST: usize = 500 << 10;

/// Longest pause between two pages that a host is granted.
const LONGEST_DELAY: Duration = Duration::from_secs(10);

/// What one host asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Robots {
    rules: Vec<Rule>,
    /// Pause between two pages, at most ten seconds (`Crawl-delay`, which is no part of the RFC but common).
    pub(super) delay: Duration,
    /// Why nothing may be fetched, where the file could not be had.
    closed: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    allow: bool,
    /// The path it speaks of in one spelling; `*` is anything, a final `$` the end.
    pattern: String,
}

impl Robots {
    /// A host without rules.
    pub(super) fn open() -> Self {
        Self::default()
    }

    /// A host whose rules could not be had: RFC 9309 section 2.3.1.4 asks to stay away.
    pub(super) fn closed(reason: &str) -> Self {
        let reason = format!(
            "its robots.txt could not be read, and so nothing of it is fetched ({reason}); try later"
        );
        Self { closed: Some(reason), ..Self::default() }
    }

    /// Rules for this program: of the groups that name it, else of those for everybody.
    pub(super) fn parse(text: &str) -> Self {
        let (mut ours, mut everybodys) = (Group::default(), Group::default());
        // Whether the group being read is ours or everybody's, and whether its rules have begun.
        let (mut named, mut any, mut begun) = (false, false, true);
        for line in text.trim_start_matches('\u{feff}').split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if std::mem::take(&mut begun) {
                    (named, any) = (false, false);
                }
                let token = value.split(|c: char| !(c.is_ascii_alphabetic() || "-_".contains(c))).next();
                named |= token.is_some_and(|token| token.eq_ignore_ascii_case(TOKEN));
                any |= value.split_whitespace().next() == Some("*");
                ours.there |= named;
            } else if matches!(key.as_str(), "allow" | "disallow" | "crawl-delay") {
                begun = true;
                for (group, applies) in [(&mut ours, named), (&mut everybodys, any)] {
                    if applies {
                        group.take(&key, value);
                    }
                }
            }
        }
        let group = if ours.there { ours } else { everybodys };
        Self { rules: group.rules, delay: group.delay, closed: None }
    }

    /// Whether the path with its query may be fetched: the longest rule that fits decides, and permission between
    /// equals (RFC 9309 section 2.2.2).
    ///
    /// # Errors
    /// The reason, and what to do.
    pub(super) fn admit(&self, path: &str) -> Result<(), String> {
        if let Some(reason) = &self.closed {
            return Err(reason.clone());
        }
        let path = one_spelling(path);
        let fitting = self.rules.iter().filter(|rule| fits(&rule.pattern, &path));
        match fitting.max_by_key(|rule| (rule.pattern.len(), rule.allow)) {
            Some(rule) if !rule.allow => Err(format!(
                "the site's robots.txt asks programs not to fetch it (Disallow: {}); \
                 save the page with a browser and add the file",
                rule.pattern
            )),
            _ => Ok(()),
        }
    }
}

/// The rules of all groups that are for one reader.
#[derive(Default)]
struct Group {
    there: bool,
    rules: Vec<Rule>,
    delay: Duration,
}

impl Group {
    fn take(&mut self, key: &str, value: &str) {
        if key == "crawl-delay" {
            let seconds = value.parse::<f64>().ok().filter(|seconds| *seconds >= 0.0);
            let delay = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
            self.delay = delay.map_or(self.delay, |delay| delay.min(LONGEST_DELAY));
        } else if !value.is_empty() {
            self.rules.push(Rule { allow: key == "allow", pattern: one_spelling(value) });
        }
    }
}

/// Whether a pattern fits the beginning of a path. Each piece between stars is sought once, left to right, so that
/// time grows with the lengths and no pattern is dear.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_the_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut pieces = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(pieces.next().unwrap_or_default()) else { return false };
    let mut pieces: Vec<_> = pieces.collect();
    let last = if to_the_end { pieces.pop() } else { None };
    for piece in &pieces {
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    match last {
        Some(last) => rest.ends_with(last),
        None => !to_the_end || rest.is_empty(),
    }
}

/// A path with its escapes in one spelling (RFC 9309 section 2.2.2): bytes beyond ASCII escaped, escaped letters,
/// digits and `-._~` plain, hexadecimal digits large.
fn one_spelling(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = String::with_capacity(path.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escaped = (byte == b'%').then(|| bytes.get(at + 1..at + 3)).flatten().and_then(hex);
        at += if escaped.is_some() { 3 } else { 1 };
        match escaped {
            Some(byte) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => {
                out.push(char::from(byte));
            }
            Some(byte) => escape(byte, &mut out),
            None if byte.is_ascii_graphic() => out.push(char::from(byte)),
            None => escape(byte, &mut out),
        }
    }
    out
}

fn hex(digits: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    Some((digit(*digits.first()?)? * 16 + digit(*digits.get(1)?)?) as u8)
}

fn escape(byte: u8, out: &mut String) {
    out.push('%');
    for digit in [byte >> 4, byte & 15] {
        out.extend(char::from_digit(u32::from(digit), 16).map(|digit| digit.to_ascii_uppercase()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn may(robots: &str, path: &str) -> bool {
        Robots::parse(robots).admit(path).is_ok()
    }

    #[test]
    fn the_longest_rule_decides() {
        let robots = "User-agent: *\nDisallow: /press\nAllow: /press/open\nDisallow: /same\nAllow: /same\n";
        for (path, allowed) in
            [("/", true), ("/press/1", false), ("/press/open/1", true), ("/same", true), ("/Press", true)]
        {
            assert_eq!(may(robots, path), allowed, "{path}");
        }
    }

    #[test]
    fn stars_and_ends() {
        for (pattern, path, fitting) in [
            ("/*.pdf$", "/a/b.pdf", true),
            ("/*.pdf$", "/a/b.pdf?x", false),
            ("/*.pdf", "/a/b.pdf?x", true),
            ("/a*b*c", "/a--b--c--", true),
            ("/a*b*c", "/a--c--b--", false),
            ("/a$", "/a", true),
            ("/a$", "/ab", false),
            ("*", "/anything", true),
            ("/*$", "/anything", true),
            ("/a*a$", "/a", false),
            ("/caf\u{e9}", "/caf%c3%a9/x", true),
            ("/%7Ejoe", "/~joe", true),
            ("/a%2fb", "/a/b", false),
            ("press", "/press", false),
        ] {
            let robots = format!("user-agent:*\ndisallow:{pattern}");
            assert_eq!(!may(&robots, path), fitting, "{pattern} {path}");
        }
    }

    #[test]
    fn the_group_that_names_us_goes_before_that_for_everybody() {
        let robots = "\u{feff}User-agent: other\nDisallow: /\n\nUser-Agent: Verbale/2\nUser-agent: third # both\n\
                      Disallow: /a\r\nSitemap: https://x.example/\r\nDisallow: /b\n\n\
                      User-agent: *\nDisallow: /c\nUser-agent: verbale\nDisallow: /d\nCrawl-delay: 2.5";
        for (path, allowed) in [("/a", false), ("/b", false), ("/c", true), ("/d", false), ("/e", true)] {
            assert_eq!(may(robots, path), allowed, "{path}");
        }
        assert_eq!(Robots::parse(robots).delay, Duration::from_millis(2500));
        assert!(may("User-agent: verbale\nUser-agent: *\nDisallow:\n", "/"), "nothing is disallowed");
        assert!(may("User-agent: verbalesque\nDisallow: /\n", "/"), "another name");
        assert!(may("Disallow: /\n", "/"), "a rule of nobody's");
    }

    #[test]
    fn pauses_have_an_end() {
        for (asked, seconds) in
            [("3600", 10), ("1", 1), ("-1", 0), ("NaN", 0), ("inf", 0), ("1e99", 0), ("soon", 0)]
        {
            let robots = Robots::parse(&format!("User-agent: *\nCrawl-delay: {asked}"));
            assert_eq!(robots.delay, Duration::from_secs(seconds), "{asked}");
        }
    }

    #[test]
    fn dear_patterns_are_cheap() {
        let robots = format!("User-agent: *\nDisallow: /{}b\n", "*a".repeat(100_000));
        assert!(may(&robots, &format!("/{}", "a".repeat(4000))));
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "(?s).*", path in "/.*") {
            let _ = Robots::parse(&text).admit(&path);
        }

        #[test]
        fn a_path_fits_itself_and_what_follows(path in "/[a-z?=&.%-]{0,20}", more in "[g-z/]{1,5}") {
            let whole = format!("{path}/{more}");
            let robots = format!("User-agent: *\nDisallow: {path}");
            prop_assert!(!may(&robots, &whole));
        }
    }
}
