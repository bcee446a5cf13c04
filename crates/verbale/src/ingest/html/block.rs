//! The page as blocks of text in reading order: paragraphs, headings, list items, captions.

use dom_query::{Document, NodeRef};

/// Elements within a line of text; any other begins and ends a block.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "img", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// Elements without text of the page.
const SILENT: &[&str] = &[
    "head", "script", "style", "noscript", "template", "svg", "iframe", "button", "select", "option",
    "input", "textarea", "audio", "video", "canvas", "object", "map",
];

/// Parts of class names and ids of what stands beside an article.
const APART: &[&str] = &[
    "related",
    "recommend",
    "newsletter",
    "promo",
    "share",
    "sharing",
    "social",
    "sidebar",
    "comment",
    "most-read",
    "mostread",
    "more-from",
    "signup",
    "sign-up",
    "subscribe",
    "breadcrumb",
    "read-more",
    "readmore",
    "outbrain",
    "taboola",
    "advert",
    "sponsor",
    "trending",
    "popular",
    "paywall",
    "cookie",
];

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A paragraph, or anything that is nothing else.
    Paragraph,
    /// A heading of the first rank.
    Title,
    /// Any other heading.
    Heading,
    /// Words under a picture.
    Caption,
}

/// A stretch of text that a reader sees as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its text: white space folded as browsers do, a line break for each `<br>`.
    pub text: String,
    /// What it is.
    pub kind: Kind,
    /// Bytes of the text that lie in links.
    pub linked: usize,
    /// Whether it stands in what pages put beside an article: navigation, related links, share buttons.
    pub apart: bool,
}

impl Block {
    /// Number of words.
    pub fn words(&self) -> usize {
        self.text.split_whitespace().count()
    }

    /// Whether nearly all of it is a link.
    pub fn is_link(&self) -> bool {
        self.linked * 10 >= self.text.len() * 8
    }
}

/// What a piece of text inherits from the elements around it.
#[derive(Debug, Clone, Copy)]
struct Around {
    kind: Kind,
    link: bool,
    apart: bool,
}

enum Step<'a> {
    Enter(NodeRef<'a>, Around),
    Break(Around),
}

/// Reads the blocks of a page. Iterative: depth of markup costs no stack.
pub fn blocks(page: &Document) -> Vec<Block> {
    let around = Around { kind: Kind::Paragraph, link: false, apart: false };
    let mut writer = Writer::default();
    let mut steps = vec![Step::Enter(page.root(), around)];
    while let Some(step) = steps.pop() {
        match step {
            Step::Break(around) => writer.flush(around),
            Step::Enter(node, around) => enter(&node, around, &mut writer, &mut steps),
        }
    }
    writer.flush(around);
    writer.blocks
}

fn enter<'a>(node: &NodeRef<'a>, around: Around, writer: &mut Writer, steps: &mut Vec<Step<'a>>) {
    if node.is_text() {
        writer.write(&node.text(), around);
        return;
    }
    let mut inside = around;
    if node.is_element() {
        let Some(name) = node.node_name() else { return };
        let name = &*name;
        if name == "br" {
            writer.line_break(around);
            return;
        }
        if SILENT.contains(&name) || node.has_attr("hidden") {
            return;
        }
        inside = inherit(node, name, around);
        if !INLINE.contains(&name) || inside.kind != around.kind {
            writer.flush(around);
            steps.push(Step::Break(inside));
        }
    }
    steps.extend(node.children_it(true).map(|child| Step::Enter(child, inside)));
}

fn inherit(node: &NodeRef, name: &str, around: Around) -> Around {
    let mut inside = around;
    let names = [node.class(), node.id_attr(), node.attr("itemprop")]
        .into_iter()
        .flatten()
        .map(|names| names.to_ascii_lowercase())
        .collect::<Vec<_>>()
        .join(" ");
    inside.link |= name == "a";
    inside.apart |= matches!(name, "nav" | "footer" | "aside" | "form")
        || (!matches!(name, "body" | "html" | "article" | "main")
            && APART.iter().any(|part| names.contains(part)));
    match name {
        "h1" => inside.kind = Kind::Title,
        "h2" | "h3" | "h4" | "h5" | "h6" if around.kind != Kind::Title => inside.kind = Kind::Heading,
        "figcaption" => inside.kind = Kind::Caption,
        "p" | "span" | "div" | "dd" | "small" | "em" | "cite" if is_caption(&names) => {
            inside.kind = Kind::Caption;
        }
        _ => {}
    }
    inside
}

/// Whether a class, id or property calls an element a caption.
fn is_caption(names: &str) -> bool {
    names.split(|c: char| c.is_whitespace()).any(|name| {
        name.ends_with("caption")
            || name.ends_with("caption-text")
            || name.ends_with("caption__text")
            || name.ends_with("cutline")
    })
}

#[derive(Default)]
struct Writer {
    blocks: Vec<Block>,
    text: String,
    linked: usize,
    /// White space that was met and not yet written.
    space: bool,
}

impl Writer {
    fn write(&mut self, text: &str, around: Around) {
        let before = self.text.len();
        for c in text.chars() {
            if c.is_ascii_whitespace() {
                self.space = true;
            } else {
                if self.space && !self.text.is_empty() && !self.text.ends_with('\n') {
                    self.text.push(' ');
                }
                self.space = false;
                self.text.push(c);
            }
        }
        if around.link {
            self.linked += self.text.len() - before;
        }
    }

    /// One line break stays in the block; the second ends it.
    fn line_break(&mut self, around: Around) {
        if self.text.ends_with('\n') {
            self.flush(around);
        } else if !self.text.is_empty() {
            self.text.push('\n');
            self.space = false;
        }
    }

    fn flush(&mut self, around: Around) {
        self.space = false;
        let linked = std::mem::take(&mut self.linked);
        let text = std::mem::take(&mut self.text);
        if text.chars().any(char::is_alphanumeric) {
            let Around { kind, apart, .. } = around;
            self.blocks.push(Block { text: text.trim_end().to_owned(), kind, linked, apart });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_what_a_reader_sees() {
        let page = Document::from(
            "<h1>A <b>title</b></h1><nav><a href=/>Home</a></nav><div>One\n  line<br>and another<br><br>A second\
             <p>A third <a href=x>linked</a>.<figure><img><figcaption>Two flags</figcaption></figure>Rest</div>",
        );
        let found: Vec<_> =
            blocks(&page).into_iter().map(|block| (block.text, block.kind, block.apart)).collect();
        let body = |text: &str| (text.to_owned(), Kind::Paragraph, false);
        assert_eq!(
            found,
            [
                ("A title".to_owned(), Kind::Title, false),
                ("Home".to_owned(), Kind::Paragraph, true),
                body("One line\nand another"),
                body("A second"),
                body("A third linked."),
                ("Two flags".to_owned(), Kind::Caption, false),
                body("Rest"),
            ]
        );
    }
}
