//! The sentences an event rests on, with the words marked.

use verbale::model::{Event, Facet, Span};
use verbale::nlp::SentKind;

use super::page::{Page, Sentence};
use super::styled::{Look, Styled};

/// The spans of an event, each with the look of what it is evidence of.
pub fn spans(event: &Event) -> Vec<(Span, Look)> {
    event.facets().into_iter().map(|(span, facet)| (span, look(facet))).collect()
}

fn look(facet: Facet) -> Look {
    match facet {
        Facet::About => Look::About,
        Facet::Where => Look::Where,
        Facet::When => Look::When,
        Facet::Who => Look::Who,
        Facet::What => Look::What,
    }
}

/// A line per sentence that one of the spans stands in.
pub fn sentences(page: &Page, spans: &[(Span, Look)]) -> Vec<Styled> {
    let wanted: Vec<Span> = spans.iter().map(|(span, _)| *span).collect();
    page.sentences_of(&wanted).into_iter().map(|sentence| marked(page, sentence, spans)).collect()
}

fn marked(page: &Page, sentence: Sentence, spans: &[(Span, Look)]) -> Styled {
    let mut styled = Styled::default();
    match sentence.kind {
        SentKind::Caption => styled.push("(caption) ", Look::Dim),
        SentKind::Headline => styled.push("(headline) ", Look::Dim),
        SentKind::Body | SentKind::Dateline | SentKind::Credit => {}
    }
    let here: Vec<&(Span, Look)> = spans.iter().filter(|(span, _)| span.overlaps(sentence.span)).collect();
    for (at, c) in (sentence.span.start..).zip(page.chars(sentence.span)) {
        let holds = |span: Span| span.start <= at && at < span.end;
        let look =
            here.iter().filter(|(span, _)| holds(*span)).map(|(_, look)| *look).max().unwrap_or_default();
        styled.push_char(*c, look);
    }
    styled
}
