//! `TimeML`: the text of an article, the day it was written, and its TIMEX3 expressions.

use verbale::model::Span;

use crate::table::{between, plain};

/// An article with its time expressions.
#[derive(Debug, PartialEq, Eq)]
pub struct Article {
    /// The words.
    pub text: String,
    /// When it was written, as `YYYY-MM-DD`.
    pub written: Option<String>,
    /// In order.
    pub times: Vec<Timex>,
}

/// A time expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timex {
    /// Where it stands.
    pub span: Span,
    /// `DATE`, `TIME`, `DURATION` or `SET`.
    pub kind: String,
    /// TIMEX3 value.
    pub value: String,
}

/// Reads a file; `None` when it has no text.
pub fn read(xml: &str) -> Option<Article> {
    let body = between(xml, "<TEXT>", "</TEXT>")?;
    let day = between(xml, "<DCT>", "</DCT>").and_then(|tag| between(tag, "value=\"", "\""));
    let mut article = Article {
        text: String::new(),
        written: day.and_then(|day| Some(day.get(..10)?.to_owned())),
        times: Vec::new(),
    };
    let (mut length, mut open) = (0, None);
    // What stands before the first tag follows an empty one.
    for part in format!("<>{body}").split('<').skip(1) {
        let (tag, words) = part.split_once('>').unwrap_or(("", part));
        if tag.starts_with("TIMEX3") {
            open = Some((tag.to_owned(), length));
        } else if tag == "/TIMEX3" {
            article.times.extend(open.take().and_then(|(tag, start)| timex(&tag, start, length)));
        }
        let words = plain(words);
        length += words.chars().count() as u32;
        article.text.push_str(&words);
    }
    Some(article)
}

fn timex(tag: &str, start: u32, end: u32) -> Option<Timex> {
    let of = |name: &str| between(tag, &format!(" {name}=\""), "\"").map(str::to_owned);
    let span = Span { start, end, in_title: false };
    Some(Timex { span, kind: of("type")?, value: of("value")? }).filter(|_| start < end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_stand_in_the_text_without_tags() {
        let xml = "<DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"2004-05-06T10\">x</TIMEX3></DCT><TEXT>A &amp; B \
                   <EVENT eid=\"e1\">met</EVENT> on <TIMEX3 tid=\"t1\" type=\"DATE\" value=\"2004-05-04\">Tuesday</TIMEX3>.</TEXT>";
        let article = read(xml).unwrap();
        assert_eq!(article.text, "A & B met on Tuesday.");
        assert_eq!(article.written.as_deref(), Some("2004-05-06"));
        let [time] = &article.times[..] else { panic!("one expression") };
        assert_eq!((time.span.start, time.span.end, time.value.as_str()), (13, 20, "2004-05-04"));
    }
}
