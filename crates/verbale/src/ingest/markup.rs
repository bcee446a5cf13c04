//! Text out of scraps of HTML, as feeds and tables hold them in their fields.

/// Elements that end a line of text.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "tr",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "section",
    "article",
    "figure",
    "figcaption",
    "hr",
    "pre",
    "dd",
    "dt",
    "header",
    "footer",
    "aside",
];

/// Elements whose content is no text.
const SILENT: &[&str] = &["script", "style", "noscript", "template", "head", "svg", "iframe"];

/// Whether a field holds HTML: an element that is closed, a line break, or an entity.
pub fn is_html(text: &str) -> bool {
    let tag = |(at, _): (usize, &str)| {
        let rest = &text[at + 1..];
        let name = rest.trim_start_matches('/');
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && rest.find('>').is_some_and(|end| !rest[..end].contains('<'))
    };
    let entity = |(at, _): (usize, &str)| {
        let rest = &text[at + 1..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(rest.len());
        (2..=8).contains(&end) && rest[end..].starts_with(';')
    };
    text.match_indices('<').any(tag) || text.match_indices('&').any(entity)
}

/// The text of a scrap of HTML: paragraphs apart, white space folded, entities read.
pub fn text(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        words(&mut out, &rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let body = rest[1..].trim_start_matches('/');
        let is_tag = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        let Some(end) = rest.find('>').filter(|_| is_tag) else {
            words(&mut out, "<");
            rest = &rest[1..];
            continue;
        };
        let name: String =
            body.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        let opens = !rest.starts_with("</");
        rest = &rest[end + 1..];
        if BLOCKS.contains(&name.as_str()) {
            block(&mut out, name == "br");
        } else if opens && SILENT.contains(&name.as_str()) {
            rest = after(rest, &name);
        }
    }
    words(&mut out, rest);
    out.truncate(out.trim_end().len());
    out
}

/// What follows the end of an element.
fn after<'t>(text: &'t str, name: &str) -> &'t str {
    let lower = text.to_ascii_lowercase();
    match lower.find(&format!("</{name}")) {
        Some(at) => text[at..].find('>').map_or("", |end| &text[at + end + 1..]),
        None => "",
    }
}

fn words(out: &mut String, html: &str) {
    for c in html_escape::decode_html_entities(html).chars() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with([' ', '\n']) {
                out.push(' ');
            }
        } else if c != '\0' {
            out.push(c);
        }
    }
}

fn block(out: &mut String, line: bool) {
    out.truncate(out.trim_end_matches(' ').len());
    let wanted = if line { "\n" } else { "\n\n" };
    while !out.is_empty() && !out.ends_with(wanted) {
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mark_up_goes_and_paragraphs_stay() {
        assert_eq!(
            text(
                "<p>The&nbsp;minister <b>met</b>\n him.</p><script>x<y</script><p>In Oslo &amp; Bergen.<br>Late.</p>"
            ),
            "The minister met him.\n\nIn Oslo & Bergen.\nLate."
        );
        assert_eq!(text("a < b <!-- no --> c"), "a < b c");
        assert!(is_html("a<br/>b") && is_html("caf&eacute;") && is_html("<p>x"));
        assert!(!is_html("a < b & c; x > y") && !is_html("<3"));
    }
}
