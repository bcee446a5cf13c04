//! Text of others, made harmless: what moves a cursor, hides or reorders is spelled out.

use std::fmt::Write as _;

use maud::{Markup, html};

/// Whether a character must not be shown as it is: controls, direction controls, invisible characters that
/// hide text, line separators, tags, and what XML has no room for. Joiners stay, because scripts need them.
pub fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{061c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e007f}')
}

/// A line with its harmful characters as `<U+202E>`; a tab becomes a space.
pub fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\t' {
            out.push(' ');
        } else if is_harmful(c) {
            let _ = write!(out, "<U+{:04X}>", c as u32);
        } else {
            out.push(c);
        }
    }
    out
}

/// Words of others in one line of a page: escaped, white space folded, in a direction of their own.
pub fn words(text: &str) -> Markup {
    html! { bdi { (line(text)) } }
}

/// The same as plain text, for attributes and charts.
pub fn line(text: &str) -> String {
    // Most are codes, ids and names that are fine as they are.
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
    if plain && !text.starts_with(' ') && !text.ends_with(' ') && !text.contains("  ") {
        return text.to_owned();
    }
    harmless(&text.split(is_space).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "))
}

/// What ends a word within a line; other separators are harmful and shown.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{a0}')
}

/// An address that may be a link: http or https, without white space or controls.
pub fn address(url: &str) -> Option<&str> {
    let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    let web = lower.starts_with("https://") || lower.starts_with("http://");
    let plain = !url.chars().any(|c| c.is_whitespace() || is_harmful(c));
    (web && plain).then_some(url)
}

/// An address as text, and as a link where it may be one; it tells the other side nothing of this page.
pub fn link(url: &str) -> Markup {
    html! {
        @if let Some(to) = address(url) { a href=(to) rel="noopener noreferrer nofollow" { (words(url)) } }
        @else { (words(url)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_spelled_out() {
        assert_eq!(harmless("a\u{1b}[2J\u{202e}b\tc"), "a<U+001B>[2J<U+202E>b c");
        assert_eq!(harmless("Élysée 中 می‌رود"), "Élysée 中 می‌رود");
        assert_eq!(line(" a\n b\u{85}c "), "a b<U+0085>c");
    }

    #[test]
    fn markup_stays_text() {
        let shown = words("<script>alert('x')</script> & \"y\"").into_string();
        assert_eq!(shown, "<bdi>&lt;script&gt;alert('x')&lt;/script&gt; &amp; &quot;y&quot;</bdi>");
    }

    #[test]
    fn only_web_addresses_are_links() {
        for wrong in
            ["javascript:alert(1)", "data:text/html,x", "//x.org", "https://x.org/ y", "HTTP:/x", "é"]
        {
            assert_eq!(address(wrong), None, "{wrong}");
            assert!(!link(wrong).into_string().contains("href"));
        }
        assert!(link("HTTPS://x.org/a?b=1&c").into_string().contains("href=\"HTTPS://x.org/a?b=1&amp;c\""));
    }
}
