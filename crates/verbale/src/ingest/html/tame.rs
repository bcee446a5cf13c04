//! Markup made harmless before it is parsed: scripts, styles and drawings left out, nesting bounded.
//!
//! A parser of HTML keeps a stack of open elements and walks it at almost every tag, and repeats open formatting
//! elements in every paragraph. Deep or unclosed markup therefore costs time and memory out of all proportion.
//! Browsers bound the depth too; text is never lost by it.

/// Deepest nesting that is kept; tags beyond it are left out and their text stays.
const DEEPEST: usize = 400;

/// Most formatting elements (`b`, `font`, …) open at once.
const FORMATTING_DEEPEST: usize = 4;

/// How far back an end tag looks for its start.
const LOOK_BACK: usize = 64;

/// Elements whose content is no text of the page.
const DROPPED: &[&str] =
    &["script", "style", "svg", "noscript", "template", "iframe", "object", "math", "canvas"];

/// Elements that end by themselves, and so say nothing about depth.
const UNCOUNTED: &[&str] = &[
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "option", "optgroup",
    "rp", "rt", "html", "head", "body", "area", "base", "br", "col", "embed", "hr", "img", "input", "link",
    "meta", "param", "source", "track", "wbr",
];

/// Elements that the parser opens again in each paragraph while they are open.
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// A page's markup without what is no text.
#[derive(Debug, Default)]
pub struct Tame {
    /// The markup.
    pub markup: String,
    /// Contents of `script` elements that hold JSON-LD.
    pub linked_data: Vec<String>,
}

/// Goes over the markup once.
pub fn tame(html: &str) -> Tame {
    let mut tamer = Tamer { html, out: Tame::default(), open: Vec::new(), formatting: 0 };
    tamer.out.markup.reserve(html.len() / 2);
    let mut at = 0;
    while let Some(next) = html[at..].find('<') {
        tamer.out.markup.push_str(&html[at..at + next]);
        at = tamer.tag(at + next);
    }
    tamer.out.markup.push_str(&html[at..]);
    tamer.out
}

struct Tamer<'a> {
    html: &'a str,
    out: Tame,
    open: Vec<&'a str>,
    formatting: usize,
}

impl<'a> Tamer<'a> {
    /// Takes what begins with `<` at a place, and says where it ends.
    fn tag(&mut self, at: usize) -> usize {
        let rest = &self.html[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            return comment.find("-->").map_or(self.html.len(), |end| at + end + 7);
        }
        let closing = rest.starts_with("</");
        let from = 1 + usize::from(closing);
        let name = name(&rest[from..]);
        if name.is_empty() && !rest.starts_with("<!") && !rest.starts_with("<?") {
            self.out.markup.push_str("&lt;");
            return at + 1;
        }
        let Some(end) = tag_end(rest) else { return self.html.len() };
        let tag = &rest[..end];
        if closing {
            self.close(name, tag);
        } else if is_in(name, DROPPED) {
            return self.drop(at, name, tag);
        } else {
            self.open(name, tag);
        }
        at + end
    }

    fn open(&mut self, name: &'a str, tag: &str) {
        let counted = !name.is_empty() && !is_in(name, UNCOUNTED);
        let formatting = is_in(name, FORMATTING);
        if counted {
            self.open.push(name);
            self.formatting += usize::from(formatting);
        }
        let kept =
            !counted || (self.open.len() <= DEEPEST && !(formatting && self.formatting > FORMATTING_DEEPEST));
        self.out.markup.push_str(if kept { tag } else { " " });
    }

    fn close(&mut self, name: &str, tag: &str) {
        if is_in(name, UNCOUNTED) {
            self.out.markup.push_str(tag);
            return;
        }
        let first = self.open.len().saturating_sub(LOOK_BACK);
        let Some(back) = self.open[first..].iter().rposition(|open| open.eq_ignore_ascii_case(name)) else {
            return;
        };
        let place = first + back;
        let formatting = |open: &&str| is_in(open, FORMATTING);
        self.formatting -= self.open[place..].iter().filter(|open| formatting(open)).count();
        self.open.truncate(place);
        self.out.markup.push_str(if place < DEEPEST { tag } else { " " });
    }

    /// Leaves an element out with its content, but keeps linked data.
    fn drop(&mut self, at: usize, name: &str, tag: &str) -> usize {
        let inside = at + tag.len();
        if tag.ends_with("/>") && !name.eq_ignore_ascii_case("script") {
            return inside;
        }
        let Some(length) = end_tag(&self.html[inside..], name) else { return self.html.len() };
        let content = &self.html[inside..inside + length];
        let after = inside + length;
        if tag.to_ascii_lowercase().contains("ld+json") {
            self.out.linked_data.push(content.to_owned());
            self.out.markup.push_str(tag);
            self.out.markup.push_str(content);
            self.out.markup.push_str("</script>");
        }
        tag_end(&self.html[after..]).map_or(self.html.len(), |end| after + end)
    }
}

fn is_in(name: &str, names: &[&str]) -> bool {
    names.iter().any(|one| one.eq_ignore_ascii_case(name))
}

/// The name that a tag begins with.
fn name(text: &str) -> &str {
    if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return "";
    }
    let end = text.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/').unwrap_or(text.len());
    &text[..end]
}

/// Where a tag ends, in bytes: after the first `>` that stands in no attribute value.
fn tag_end(tag: &str) -> Option<usize> {
    let bytes = tag.as_bytes();
    let (mut at, mut value) = (0, false);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'>' => return Some(at + 1),
            b'"' | b'\'' if value => {
                at += 1 + bytes[at + 1..].iter().position(|other| other == byte)?;
                value = false;
            }
            b'=' => value = true,
            byte if byte.is_ascii_whitespace() => {}
            _ => value = false,
        }
        at += 1;
    }
    None
}

/// Where the end tag of an element begins.
fn end_tag(text: &str, name: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(next) = text[at..].find("</") {
        let start = at + next;
        let after = &text.as_bytes()[start + 2..];
        if after.len() >= name.len() && after[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
            return Some(start);
        }
        at = start + 2;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_go_and_linked_data_stays() {
        let tame = tame(
            "<p>One<script>if (a < b) '<p>'</script> two<!-- <p> --><SCRIPT type=\"application/ld+json\">{}</script ></p>",
        );
        assert_eq!(tame.linked_data, ["{}"]);
        assert_eq!(tame.markup, "<p>One two<SCRIPT type=\"application/ld+json\">{}</script></p>");
    }

    #[test]
    fn a_quoted_bracket_ends_no_tag() {
        assert_eq!(tame("<a title=\"a > b\">c</a> 1 < 2").markup, "<a title=\"a > b\">c</a> 1 &lt; 2");
        assert_eq!(tame("text <a href=\"open").markup, "text ");
    }

    #[test]
    fn nesting_is_bounded_and_text_stays() {
        let deep = format!("{}word{}", "<div>".repeat(200_000), "</div>".repeat(200_000));
        let tame = tame(&deep);
        assert!(tame.markup.matches("<div>").count() <= DEEPEST);
        assert!(tame.markup.contains("word"));
    }

    #[test]
    fn open_formatting_is_bounded() {
        let many: Vec<String> = (0..1000).map(|n| format!("<font size={n}>x")).collect();
        let many = many.concat();
        assert_eq!(tame(&many).markup.matches("<font").count(), FORMATTING_DEEPEST);
    }
}
