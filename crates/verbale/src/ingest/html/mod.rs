//! Web pages: the article's text with its title, byline, outlet, date, language and captions.
//!
//! `rs-trafilatura` chooses the words of the article; paragraphs and captions are taken from the page at the places of
//! these words, and what the page says of itself is read here. See `docs/design/0006-web-pages.md`.

mod align;
mod block;
mod body;
mod byline;
mod calendar;
mod facts;
mod published;
mod tame;
#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::Document;
use rs_trafilatura::{Options, extract_with_options};
use verbale_model::{Report, Span};

use block::{Block, Kind, blocks};
use body::{Body, body, same};
use facts::{Facts, fold};
pub use published::host;
use published::{Place, published};

/// Most markup that is read once scripts and styles are left out, in bytes.
const LARGEST: usize = 8 << 20;

/// Reads a page that was decoded. `url` is its address and `fetched` the day on which it was fetched
/// (`YYYY-MM-DD`), if known: they say more about outlet and date. The report's `id` is the address.
///
/// # Errors
/// In words: the page holds no article, is too large, or could not be read.
pub fn page(html: &str, url: Option<&str>, fetched: Option<&str>) -> Result<Report, String> {
    let tame = tame::tame(html);
    if tame.markup.len() > LARGEST {
        return Err(format!(
            "the page has {} MB of markup, more than the {} MB that are read; save the article alone",
            tame.markup.len() >> 20,
            LARGEST >> 20
        ));
    }
    // The extractor is a large body of code that reads hostile input: if it panics, the page is refused and others go on.
    let read = catch_unwind(AssertUnwindSafe(|| {
        let options = Options { url: url.map(str::to_owned), ..Options::default() };
        let chosen = extract_with_options(&tame.markup, &options).map(|found| found.content_text);
        (chosen.unwrap_or_default(), Document::from(tame.markup.as_str()))
    }));
    let Ok((chosen, document)) = read else {
        return Err("the page's markup could not be read; save its text and give that".to_owned());
    };
    let blocks = blocks(&document);
    let facts = Facts::read(&document, &tame.linked_data);
    let title = title(&facts, &blocks);
    let body = body(&chosen, &blocks, &titles(&facts, title.as_deref()), &facts.authors);
    report(&facts, title, &blocks, &body, url, fetched)
}

fn report(
    facts: &Facts,
    title: Option<String>,
    blocks: &[Block],
    body: &Body,
    url: Option<&str>,
    fetched: Option<&str>,
) -> Result<Report, String> {
    let (text, captions) = written(body);
    if text.is_empty() {
        return Err("the page holds no article that could be found; save its text and give that".to_owned());
    }
    let title_at = blocks.iter().position(|block| block.kind == Kind::Title);
    let place =
        body.place.unwrap_or(Place { title: title_at, first: title_at.map_or(0, |at| at + 4), last: 0 });
    let date = published(facts, blocks, place, url, fetched);
    let detected = crate::ingest::language::detect(&text);
    let (published, published_method) = date.unzip();
    Ok(Report {
        id: url.unwrap_or_default().to_owned(),
        title,
        published,
        published_method,
        outlet: outlet(facts, url),
        url: url.map(str::to_owned),
        language: language(facts.language.as_deref(), detected),
        fetched: fetched.map(str::to_owned),
        byline: byline(facts),
        captions,
        text,
        ..Report::default()
    })
}

/// The text, a blank line between paragraphs, and where the captions stand in it.
fn written(body: &Body) -> (String, Vec<Span>) {
    let (mut text, mut captions, mut chars) = (String::new(), Vec::new(), 0);
    for paragraph in &body.paragraphs {
        if !text.is_empty() {
            text.push_str("\n\n");
            chars += 2;
        }
        let end = chars + paragraph.text.chars().count() as u32;
        if paragraph.caption {
            captions.push(Span { start: chars, end, in_title: false });
        }
        text.push_str(&paragraph.text);
        chars = end;
    }
    (text, captions)
}

/// The headline: as readers see it where the page's own title confirms it, else as the page tells machines.
fn title(facts: &Facts, blocks: &[Block]) -> Option<String> {
    let told = facts
        .first(&["og:title", "twitter:title"])
        .or_else(|| facts.said("headline"))
        .or(facts.title.as_deref());
    let mut seen = blocks.iter().filter(|block| block.kind == Kind::Title && block.words() > 1);
    let shared = |block: &&Block| {
        told.is_some_and(|told| {
            let told = align::words(told);
            let own = align::words(&block.text);
            own.iter().filter(|word| told.contains(word)).count() * 2 > own.len()
        })
    };
    if let Some(block) = seen.find(shared) {
        return Some(fold(&block.text));
    }
    told.map(|told| bare(told, facts)).filter(|title| !title.is_empty())
}

/// A title without the outlet's name after it.
fn bare(title: &str, facts: &Facts) -> String {
    let title = fold(title);
    let outlet = facts.first(&["og:site_name", "application-name"]);
    for mark in [" | ", " - ", " – ", " — "] {
        if let Some((start, end)) = title.rsplit_once(mark)
            && (mark == " | " || outlet.is_some_and(|outlet| same(outlet, end)))
        {
            return start.to_owned();
        }
    }
    title
}

/// Everything that may be the headline in the text.
fn titles<'a>(facts: &'a Facts, title: Option<&'a str>) -> Vec<&'a str> {
    title
        .into_iter()
        .chain(facts.said("headline"))
        .chain(facts.first(&["og:title"]))
        .chain(facts.first(&["twitter:title"]))
        .chain(facts.title.as_deref())
        .collect()
}

fn byline(facts: &Facts) -> Option<String> {
    let mut names = facts.names("author");
    if names.is_empty() {
        let told = facts.first(&[
            "author",
            "article:author",
            "byl",
            "parsely-author",
            "sailthru.author",
            "dc.creator",
        ]);
        names.extend(told.filter(|name| !name.contains("://")).map(fold));
    }
    if names.is_empty() {
        names.extend(facts.authors.iter().map(|said| byline::names(said)).find(|name| !name.is_empty()));
    }
    let without_by =
        |name: &String| name.strip_prefix("By ").or(name.strip_prefix("by ")).unwrap_or(name).to_owned();
    let names: Vec<String> = names.iter().map(without_by).filter(|name| !name.is_empty()).collect();
    (!names.is_empty()).then(|| names.join("; "))
}

fn outlet(facts: &Facts, url: Option<&str>) -> Option<String> {
    let told = facts.first(&["og:site_name"]).map(fold);
    told.or_else(|| facts.names("publisher").into_iter().next())
        .or_else(|| facts.first(&["application-name"]).map(fold))
        .or_else(|| url.or_else(|| facts.first(&["og:url"])).map(host).filter(|host| !host.is_empty()))
}

/// What the text shows goes before what the page declares, for templates often declare the wrong language.
fn language(declared: Option<&str>, detected: Option<&'static str>) -> Option<String> {
    let tag = |tag: &&str| {
        (2..=12).contains(&tag.len())
            && tag
                .split('-')
                .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    };
    let declared = declared.filter(tag);
    match (declared, detected) {
        (Some(declared), Some(detected)) if !declared.to_ascii_lowercase().starts_with(detected) => {
            Some(detected.to_owned())
        }
        (Some(declared), _) => Some(declared.to_owned()),
        (None, detected) => detected.map(str::to_owned),
    }
}
