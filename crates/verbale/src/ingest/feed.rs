//! RSS, Atom and RDF feeds: a report an entry.

use feed_rs::model::{Entry, Text};
use verbale_model::{PublishedMethod, Report};

use super::intake::{Flow, Intake, Place, guarded};
use super::markup;

/// Reads the entries of a feed.
pub fn read(intake: &Intake, place: &Place, bytes: &[u8]) -> Flow {
    let read = || feed_rs::parser::parse(bytes).map_err(|error| format!("the feed cannot be read: {error}"));
    let feed = match guarded(read) {
        Ok(feed) => feed,
        Err(reason) => return intake.refuse(place, reason),
    };
    if feed.entries.is_empty() {
        return intake.refuse(place, "it is empty: the feed has no entries");
    }
    let outlet = feed.title.as_ref().map(line).filter(|title| !title.is_empty());
    for (at, entry) in feed.entries.iter().enumerate() {
        let called = entry.title.as_ref().map(line).unwrap_or_default();
        match report(entry, outlet.as_deref()) {
            Some(mut report) => {
                report.id = format!("{}:{}", place.name, at + 1);
                report.language.clone_from(&feed.language);
                intake.report(place, report)?;
            }
            None => {
                intake.refuse(place, format!("entry {} ({called}) is left out: it has no text", at + 1))?;
            }
        }
    }
    Flow::Continue(())
}

fn report(entry: &Entry, outlet: Option<&str>) -> Option<Report> {
    let content = entry.content.as_ref().and_then(|content| content.body.as_deref());
    let summary = entry.summary.as_ref().map(|summary| summary.content.as_str());
    let text = content.into_iter().chain(summary).map(plain).find(|text| !text.trim().is_empty())?;
    let published = entry.published.or(entry.updated).map(|at| at.format("%Y-%m-%d").to_string());
    let link = entry.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
    let authors: Vec<&str> = entry.authors.iter().filter_map(|author| author.name.as_deref()).collect();
    Some(Report {
        text,
        title: entry.title.as_ref().map(line).filter(|title| !title.is_empty()),
        published_method: published.as_ref().map(|_| PublishedMethod::Metadata),
        published,
        outlet: outlet.map(str::to_owned),
        url: link.map(|link| link.href.clone()),
        byline: (!authors.is_empty()).then(|| authors.join("; ")),
        ..Report::default()
    })
}

fn plain(text: &str) -> String {
    if markup::is_html(text) { markup::text(text) } else { text.trim().replace('\0', "") }
}

fn line(text: &Text) -> String {
    plain(&text.content).split_whitespace().collect::<Vec<_>>().join(" ")
}
