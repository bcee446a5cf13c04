//! A sentence of a report with the words marked on which fields of an event rest.

use maud::{Markup, html};
use verbale_ledger::Passage;
use verbale_model::{Facet, Span};

use crate::safe::harmless;

/// The class of a mark, and what it means.
pub(super) const fn facet(facet: Facet) -> (&'static str, &'static str) {
    match facet {
        Facet::What => ("what", "what happened"),
        Facet::Who => ("who", "who"),
        Facet::When => ("when", "when"),
        Facet::Where => ("where", "where"),
        Facet::About => ("about", "about what"),
    }
}

/// The words of a passage; where spans overlap the weightier one shows. Quoted words, where there are any, are marked as well.
pub(super) fn marked(passage: &Passage, facets: &[(Span, Facet)], quoted: &[Span]) -> Markup {
    let here: Vec<&(Span, Facet)> = facets.iter().filter(|(span, _)| span.overlaps(passage.span)).collect();
    let mut runs: Vec<((Option<Facet>, bool), String)> = Vec::new();
    for (at, c) in (passage.span.start..).zip(passage.text.chars()) {
        let holds = |span: Span| span.start <= at && at < span.end;
        let look = here.iter().filter(|(span, _)| holds(*span)).map(|(_, facet)| *facet).max();
        let look = (look, quoted.iter().any(|span| span.in_title == passage.span.in_title && holds(*span)));
        let c = if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c };
        match runs.last_mut() {
            Some((last, words)) if *last == look => words.push(c),
            _ => runs.push((look, c.to_string())),
        }
    }
    html! {
        @for ((look, said), words) in &runs {
            @let words = harmless(words);
            @let words = html! {
                @if let Some(look) = look {
                    @let (class, means) = facet(*look);
                    mark class=(class) title=(means) { (words) }
                } @else { (words) }
            };
            @if *said { q { (words) } } @else { (words) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_marked_where_they_stand() {
        let at = |start, end| Span { start, end, in_title: false };
        let passage = Passage { span: at(5, 27), text: "Élysée <b>met</b> Nîmes".to_owned() };
        let shown = marked(
            &passage,
            &[(at(15, 18), Facet::What), (at(12, 22), Facet::Who), (at(1, 2), Facet::When)],
            &[],
        );
        assert_eq!(
            shown.into_string(),
            "Élysée <mark class=\"who\" title=\"who\">&lt;b&gt;</mark><mark class=\"what\" title=\"what happened\">met\
             </mark><mark class=\"who\" title=\"who\">&lt;/b&gt;</mark> Nîmes"
        );
    }
}
