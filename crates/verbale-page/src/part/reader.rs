//! A document as it reads, with the words marked that events rest on and the words that are quoted.

use maud::{Markup, html};
use verbale_ledger::{Passage, Retention};
use verbale_model::{Claim, Facet, Record, Span};

use super::evidence::claimed;
use super::marked::marked;
use crate::safe::line;

/// The text of a document, paragraph by paragraph; the sentences of it that are kept; or why there is none.
pub fn reader(text: Option<&str>, kept: &[Passage], retention: Retention, record: &Record) -> Markup {
    let facets: Vec<(Span, Facet)> = record.events.iter().flat_map(verbale_model::Event::facets).collect();
    let quoted: Vec<Span> =
        record.claims.iter().filter_map(|claim| claim.quote.as_ref()).map(|quote| quote.span).collect();
    let shown = |passage: &Passage| html! { p dir="auto" { (marked(passage, &facets, &quoted)) } };
    html! {
        @match text {
            Some(text) => div class="text" { @for passage in paragraphs(text) { (shown(&passage)) } },
            None if !kept.is_empty() => {
                p class="soft" { "Of this document the sentences are kept that something rests on; the rest is not here." }
                div class="text" { @for passage in kept { (shown(passage)) } }
            }
            None if retention == Retention::Hash => p class="remark" {
                "No word of this document is kept (its retention is hash): codes, offsets and the hash of its text alone."
            },
            None => p class="remark" { "Nothing in this document rests on a sentence, so none is kept." },
        }
    }
}

/// A claim in a line: who says it, with which verb, in which words.
pub fn said(claim: &Claim, passages: &[Passage]) -> Markup {
    html! { span class="soft" { (line(&claim.id)) } " " (claimed(claim, passages)) }
}

/// The paragraphs of a text with their places.
fn paragraphs(text: &str) -> Vec<Passage> {
    let mut start = 0;
    let mut found = Vec::new();
    for part in text.split_inclusive('\n') {
        let end = start + part.chars().count() as u32;
        if !part.trim().is_empty() {
            found.push(Passage { span: Span { start, end, in_title: false }, text: part.to_owned() });
        }
        start = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_keep_their_places() {
        let found = paragraphs("À la une\n\nNîmes\n");
        assert_eq!(found[1].span, Span { start: 10, end: 16, in_title: false });
        assert_eq!(found.len(), 2);
    }
}
