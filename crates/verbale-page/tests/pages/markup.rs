//! Looks into markup: tags with their attributes, and whether they are nested as they should be.

/// Elements without an end.
const VOID: [&str; 4] = ["meta", "link", "br", "img"];

/// A tag as it stands: its name, `true` for an end, and its attributes.
pub struct Tag<'a> {
    pub name: &'a str,
    pub end: bool,
    pub attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Tag<'a> {
    pub fn get(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }
}

/// All tags in order; what stands in style elements is left out.
pub fn tags(page: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        if rest.starts_with('!') {
            continue;
        }
        let name_end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '/').unwrap();
        let name = rest[..name_end].trim_start_matches('/');
        assert!(!name.is_empty(), "a tag without a name: {}", &rest[..rest.len().min(80)]);
        let end = rest.starts_with('/');
        let mut tag = Tag { name, end, attributes: Vec::new() };
        rest = rest[name_end..].trim_start();
        while !rest.starts_with('>') {
            let (attribute, after) = rest.split_once("=\"").expect("attributes have values in quotes");
            let (value, after) = after.split_once('"').unwrap();
            assert!(
                attribute.bytes().all(|b| b.is_ascii_alphanumeric() || b"-:".contains(&b)),
                "{attribute}"
            );
            tag.attributes.push((attribute, value));
            rest = after.trim_start();
        }
        let style = tag.name == "style" && !end;
        found.push(tag);
        if style {
            rest = &rest[rest.find("</style>").unwrap()..];
        }
    }
    found
}

/// Every element ends where it should.
pub fn check_nesting(tags: &[Tag<'_>]) {
    let mut open: Vec<&str> = Vec::new();
    for tag in tags.iter().filter(|tag| !VOID.contains(&tag.name)) {
        if tag.end {
            assert_eq!(open.pop(), Some(tag.name));
        } else {
            open.push(tag.name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

/// The drawings of a page, each as XML.
pub fn drawings(page: &str) -> Vec<&str> {
    let starts = page.match_indices("<svg").map(|(at, _)| at);
    starts.map(|at| &page[at..at + page[at..].find("</svg>").unwrap() + 6]).collect()
}
