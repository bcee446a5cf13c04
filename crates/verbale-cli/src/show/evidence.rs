//! The sentences an event rests on, with the words marked.

use verbale::model::{Event, Span};
use verbale::nlp::SentKind;

use super::page::{Page, Sentence};
use super::styled::{Look, Styled};

/// The spans of an event, each with what it is evidence of.
pub fn spans(event: &Event) -> Vec<(Span, Look)> {
    let mut spans: Vec<(Span, Look)> = event.evidence.iter().map(|span| (*span, Look::What)).collect();
    spans.extend(event.participants.iter().map(|participant| (participant.span, Look::Who)));
    spans.extend(event.date.iter().filter_map(|date| date.span).map(|span| (span, Look::When)));
    spans.extend(event.place.iter().filter_map(|place| place.span).map(|span| (span, Look::Where)));
    spans.extend(event.topics.iter().map(|topic| (topic.span, Look::About)));
    spans
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
