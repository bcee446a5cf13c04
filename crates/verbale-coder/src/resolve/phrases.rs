//! Stretches of words that make up the tail of an office: "Foreign Affairs and Trade of Chile".

use std::ops::Range;

use verbale_nlp::{Dep, Doc, Token, Upos, Xpos};

use super::names::{NameClass, Named};
use super::words::Words;

/// A run of words after a preposition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Its tokens, without article.
    pub tokens: Range<usize>,
}

/// The noun phrase that starts at `start`: it ends before a verb, a preposition, a comma, a
/// bracket or a person's name. With `list`, "Iran, Russia and Turkey" is one stretch.
pub fn stretch(doc: &Doc, names: &[Named], start: usize, limit: usize, list: bool) -> Stretch {
    let mut begin = start;
    while begin < limit && is_article(doc.token(begin)) {
        begin += 1;
    }
    let mut end = begin;
    while end < limit {
        if let Some(named) = names.iter().find(|named| named.tokens.contains(&end)) {
            if named.class == NameClass::Person {
                break;
            }
            end = named.tokens.end;
            // Two names in a row are two things, unless the first is an adjective.
            let next = names.iter().find(|other| other.tokens.contains(&end));
            if next.is_some() && !named.is_adjective() {
                break;
            }
            continue;
        }
        let token = doc.token(end);
        if !(is_noun_word(token) || joins(doc, names, end, limit, list)) {
            break;
        }
        end += 1;
    }
    while end > begin
        && !is_noun_word(doc.token(end - 1))
        && !names.iter().any(|n| n.tokens.contains(&(end - 1)))
    {
        end -= 1;
    }
    Stretch { tokens: begin..end }
}

fn is_article(token: Token<'_>) -> bool {
    token.pos() == Upos::Det
        && matches!(token.text().to_lowercase().as_str(), "the" | "a" | "an" | "its" | "this")
}

fn is_noun_word(token: Token<'_>) -> bool {
    matches!(token.pos(), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num)
        && !matches!(token.tag(), Xpos::Vbn | Xpos::Vbd)
        && token.dep() != Dep::Root
}

/// A word that carries a stretch on: a hyphen, "'s", "and" between like words, a comma in a list.
fn joins(doc: &Doc, names: &[Named], at: usize, limit: usize, list: bool) -> bool {
    if at + 1 >= limit {
        return false;
    }
    let text = doc.token(at).text();
    let next = doc.token(at + 1);
    let next_name = names.iter().find(|named| named.tokens.contains(&(at + 1)));
    if matches!(text, "-" | "–" | "'s" | "’s") {
        return is_noun_word(next) || next_name.is_some();
    }
    let before_name =
        at.checked_sub(1).and_then(|prev| names.iter().find(|named| named.tokens.contains(&prev)));
    if list && (text == "," || text.eq_ignore_ascii_case("and") || text == "&") {
        let skip = usize::from(doc.token(at + 1).text().eq_ignore_ascii_case("and"));
        let after = names.iter().find(|named| named.tokens.contains(&(at + 1 + skip)));
        return before_name.is_some()
            && (skip == 1 || after.is_some_and(|named| named.class == NameClass::State));
    }
    let both_plain = before_name.is_none() && next_name.is_none();
    (text.eq_ignore_ascii_case("and") || text == "&" || text == ",")
        && both_plain
        && is_noun_word(next)
        && doc.token(at + 1).text().chars().any(char::is_alphabetic)
        && capital_like(doc.token(at.saturating_sub(1))) == capital_like(next)
        && (text != "," || capital_like(next))
        && next.pos() != Upos::Propn
        || (text.eq_ignore_ascii_case("and")
            && both_plain
            && capital_like(doc.token(at.saturating_sub(1)))
            && capital_like(next))
}

fn capital_like(token: Token<'_>) -> bool {
    token.text().chars().next().is_some_and(char::is_uppercase)
}

/// Whether a stretch names a portfolio: its first or last word is one.
pub fn is_domain_phrase(words: &Words, doc: &Doc, range: Range<usize>) -> bool {
    let first = doc.span(range.clone()).next();
    let last = doc.span(range).next_back();
    first.is_some_and(|token| words.is_domain(token)) || last.is_some_and(|token| words.is_domain(token))
}
