//! What a page says of itself to machines: meta elements, linked data, time elements.

use dom_query::Document;
use serde_json::{Map, Value};

/// Facts of a page, as found.
#[derive(Debug, Default)]
pub struct Facts {
    /// `meta` elements: name or property in lower case, and content.
    pub meta: Vec<(String, String)>,
    /// The article's node of the linked data, or the page's.
    pub article: Map<String, Value>,
    /// Content of `title`.
    pub title: Option<String>,
    /// Language that the page declares.
    pub language: Option<String>,
    /// Machine stamps of `time` and other elements marked as the date of publication.
    pub stamps: Vec<String>,
    /// What elements marked as author say.
    pub authors: Vec<String>,
}

impl Facts {
    /// Reads a parsed page and its linked data.
    pub fn read(page: &Document, linked_data: &[String]) -> Self {
        let mut facts = Self { article: article(linked_data), ..Self::default() };
        for node in page.select("meta[content]").nodes() {
            let content = node.attr("content").unwrap_or_default().trim().to_owned();
            for key in ["property", "name", "itemprop", "http-equiv"] {
                if let Some(name) = node.attr(key).filter(|_| !content.is_empty()) {
                    facts.meta.push((name.trim().to_ascii_lowercase(), content.clone()));
                }
            }
        }
        let first = |selector: &str| {
            page.select(selector)
                .nodes()
                .first()
                .map(|node| fold(&node.text()))
                .filter(|text| !text.is_empty())
        };
        facts.title = first("head title").or_else(|| first("title"));
        facts.language = page.select("html").attr("lang").map(|lang| lang.trim().to_owned());
        for node in page.select("[itemprop~=datePublished], time[pubdate]").nodes() {
            let given = node.attr("datetime").or_else(|| node.attr("content")).map(|text| text.to_string());
            facts.stamps.push(given.unwrap_or_else(|| fold(&node.text())));
        }
        for node in
            page.select("[rel~=author], [itemprop~=author], .byline, .author-name, .byline__name").nodes()
        {
            let text = fold(&node.text());
            if !text.is_empty() && text.len() < 120 && !facts.authors.contains(&text) {
                facts.authors.push(text);
            }
        }
        facts
    }

    /// The first non-empty of several `meta` elements.
    pub fn first(&self, names: &[&str]) -> Option<&str> {
        names
            .iter()
            .find_map(|name| self.meta.iter().find(|(key, _)| key == name))
            .map(|(_, content)| content.as_str())
    }

    /// A text of the article's linked data.
    pub fn said(&self, key: &str) -> Option<&str> {
        self.article.get(key)?.as_str().map(str::trim).filter(|text| !text.is_empty())
    }

    /// Names of people or organisations under a key of the article's linked data.
    pub fn names(&self, key: &str) -> Vec<String> {
        let mut names = Vec::new();
        let mut waiting: Vec<&Value> = self.article.get(key).into_iter().collect();
        while let Some(value) = waiting.pop() {
            match value {
                Value::Array(values) => waiting.extend(values.iter().rev()),
                Value::Object(node) => waiting.extend(node.get("name")),
                Value::String(name) if !name.trim().is_empty() && !name.contains("://") => {
                    let name = fold(name);
                    if !names.contains(&name) {
                        names.push(name);
                    }
                }
                _ => {}
            }
        }
        names
    }
}

/// White space folded.
pub fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The node that speaks of the article: an article before a page before nothing; of equals, the first.
fn article(linked_data: &[String]) -> Map<String, Value> {
    let mut best: Option<(u8, Map<String, Value>)> = None;
    for text in linked_data {
        let text =
            text.trim().trim_start_matches("//<![CDATA[").trim_end_matches("//]]>").trim_end_matches(';');
        let Ok(value) = serde_json::from_str::<Value>(&text.replace(['\n', '\r', '\t'], " ")) else {
            continue;
        };
        let mut waiting = vec![value];
        while let Some(value) = waiting.pop() {
            match value {
                Value::Array(values) => waiting.extend(values.into_iter().rev()),
                Value::Object(mut node) => {
                    for key in ["mainEntity", "@graph"] {
                        waiting.extend(node.remove(key));
                    }
                    let rank = rank(node.get("@type"));
                    if rank > 0 && best.as_ref().is_none_or(|(other, _)| *other < rank) {
                        best = Some((rank, node));
                    }
                }
                _ => {}
            }
        }
    }
    best.map(|(_, node)| node).unwrap_or_default()
}

fn rank(kind: Option<&Value>) -> u8 {
    let of = |name: &str| match name.rsplit(['/', ':']).next().unwrap_or_default() {
        name if name.ends_with("Article") || name.ends_with("Posting") => 3,
        "Report" | "Review" | "PressRelease" | "CreativeWork" => 2,
        "WebPage" | "ItemPage" => 1,
        _ => 0,
    };
    match kind {
        Some(Value::String(name)) => of(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).map(of).max().unwrap_or_default(),
        _ => 0,
    }
}
