//! Testimonies: an entry with the sentences, the words and the claims it rests on, document by document.

use verbale_model::{Claim, Event, Span};

use crate::document::Retention;
use crate::entry::{Cited, Entry};

/// An entry and what each document says of it in its own words.
#[derive(Debug, Clone, PartialEq)]
pub struct Testimony {
    /// The entry.
    pub entry: Entry,
    /// One for each of its tellings, in the order of `entry.tellings`.
    pub told: Vec<Told>,
}

/// What one document tells, with its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// Name, outlet, date and address of the telling.
    pub cited: Cited,
    /// The document's title, where it is kept.
    pub title: Option<String>,
    /// How much of the document's text is kept.
    pub retention: Retention,
    /// The event as coded in that document; its spans lie in that document.
    pub event: Event,
    /// The claims of that document which tell of the event.
    pub claims: Vec<Claim>,
    /// The kept sentences that its spans touch, in their order; none where no text is kept.
    pub passages: Vec<Passage>,
}

/// A sentence of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Where it stands.
    pub span: Span,
    /// Its words.
    pub text: String,
}

impl Passage {
    /// The words of a span that lies in it.
    pub fn slice(&self, span: Span) -> Option<String> {
        let at = |offset: u32| (offset - self.span.start) as usize;
        let whole = self.span.contains(span) && !span.is_empty();
        whole.then(|| self.text.chars().skip(at(span.start)).take(span.len() as usize).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_out_by_characters() {
        let at = |start, end| Span { start, end, in_title: false };
        let passage = Passage { span: at(10, 23), text: "À Genève, hier".to_owned() };
        assert_eq!(passage.slice(at(12, 18)).as_deref(), Some("Genève"));
        assert_eq!(passage.slice(at(12, 40)), None);
        assert_eq!(passage.slice(Span { in_title: true, ..at(12, 18) }), None);
    }
}
