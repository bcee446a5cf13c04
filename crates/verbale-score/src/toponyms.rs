//! LGL and TR-News: articles with toponyms, each with coordinates and country.

use anyhow::Result;
use verbale::World;
use verbale::model::Span;

use crate::people::state;
use crate::table::{all_between, between, plain};

/// An article and its toponyms.
pub struct Article {
    /// The words.
    pub text: String,
    /// Day on which it was fetched.
    pub published: Option<String>,
    /// In order of the set.
    pub toponyms: Vec<Toponym>,
}

/// A place as an article names it.
pub struct Toponym {
    /// Where it stands.
    pub span: Span,
    /// The place, where the set knows it.
    pub place: Option<Place>,
}

/// An entry of the gazetteer.
pub struct Place {
    /// Its `GeoNames` id.
    pub id: Option<u32>,
    /// Feature code: `PPL`, `ADM1`, `PCLI`, ...
    pub feature: String,
    /// Degrees north and east.
    pub point: (f64, f64),
    /// ISO 3166-1 alpha-3 of its country; `None` for continents and seas.
    pub country: Option<String>,
}

impl Place {
    /// Whether it is a state or territory as a whole (`GeoNames`' PCL codes).
    pub fn is_country(&self) -> bool {
        self.feature.starts_with("PCL")
    }
}

/// Reads a set; names of countries that the knowledge does not hold come back too.
pub fn read(world: &World, xml: &str) -> Result<(Vec<Article>, Vec<String>)> {
    let mut unknown = Vec::new();
    let articles: Vec<Article> = all_between(&xml.replace("\r\n", "\n"), "<article", "</article>")
        .into_iter()
        .filter_map(|part| article(world, part, &mut unknown))
        .collect();
    anyhow::ensure!(!articles.is_empty(), "no article with a text");
    unknown.sort();
    unknown.dedup();
    Ok((articles, unknown))
}

fn article(world: &World, part: &str, unknown: &mut Vec<String>) -> Option<Article> {
    let raw = between(part, "<text>", "</text>")?;
    let inner = raw.trim().strip_prefix("<![CDATA[").and_then(|text| text.strip_suffix("]]>"));
    let text = inner.map_or_else(|| plain(raw), str::to_owned);
    let chars: Vec<char> = text.chars().collect();
    let toponyms = all_between(part, "<toponym>", "</toponym>")
        .into_iter()
        .filter_map(|part| {
            let span = located(&chars, part)?;
            Some(Toponym { span, place: place(world, part, unknown) })
        })
        .collect();
    let published = between(part, "<dltime>", "</dltime>").and_then(|day| day.trim().get(..10));
    Some(Article { text, published: published.map(str::to_owned), toponyms })
}

/// Where a toponym stands; some of the set's offsets are a little off, so the nearest place with its words counts.
fn located(chars: &[char], part: &str) -> Option<Span> {
    let number = |open: &str, close: &str| between(part, open, close)?.trim().parse::<usize>().ok();
    let (start, end) = (number("<start>", "</start>")?, number("<end>", "</end>")?);
    let phrase: Vec<char> = plain(between(part, "<phrase>", "</phrase>")?).trim().chars().collect();
    let span = |start: usize, end: usize| Span { start: start as u32, end: end as u32, in_title: false };
    if chars.get(start..end) == Some(&phrase) || phrase.is_empty() {
        return (end <= chars.len()).then(|| span(start, end));
    }
    let places = (0..chars.len()).filter(|at| chars[*at..].starts_with(&phrase));
    let nearest = places.min_by_key(|at| at.abs_diff(start))?;
    Some(span(nearest, nearest + phrase.len()))
}

fn place(world: &World, part: &str, unknown: &mut Vec<String>) -> Option<Place> {
    let tag = between(part, "<gaztag", "</gaztag>")?;
    let value = |open: &str, close: &str| between(tag, open, close).map(plain);
    let number = |open: &str, close: &str| value(open, close)?.trim().parse::<f64>().ok();
    let name = between(tag, "<country", "</country>").and_then(|cell| Some(plain(cell.split_once('>')?.1)));
    let country = name.as_deref().and_then(|name| state(world, name));
    if let (Some(name), None) = (name, &country) {
        unknown.push(name);
    }
    Some(Place {
        id: between(tag, "geonameid=\"", "\"").and_then(|id| id.parse().ok()),
        feature: value("<fcode>", "</fcode>").unwrap_or_default(),
        point: (number("<lat>", "</lat>")?, number("<lon>", "</lon>")?),
        country,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_that_are_off_are_mended() {
        let text: Vec<char> = "From Kabul to Doha, and Kabul".chars().collect();
        let at = |start: u32, phrase: &str| {
            let end = start as usize + phrase.len();
            let xml = format!("<start>{start}</start><end>{end}</end><phrase>{phrase}</phrase>");
            located(&text, &xml).map(|span| span.start)
        };
        assert_eq!((at(5, "Kabul"), at(22, "Kabul"), at(2, "Kabul")), (Some(5), Some(24), Some(5)));
        assert_eq!(at(0, "Kandahar"), None);
    }
}
