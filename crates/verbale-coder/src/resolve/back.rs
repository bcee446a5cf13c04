//! Words that point back at earlier mentions: pronouns, and groups such as "the two sides".

use std::ops::Range;

use verbale_nlp::{Dep, Token, Upos, Xpos};

/// How a mention points back at an earlier one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Back {
    /// he, she, his: one person.
    Person,
    /// it, its: a state or an institution.
    Thing,
    /// they, their, the two sides, both countries: several.
    Several,
    /// "his Indian counterpart": the possessor's token.
    Counterpart(Option<usize>),
}

/// Personal and possessive pronouns of the third person.
pub fn pronoun(token: Token<'_>) -> Option<(Range<usize>, Back)> {
    if token.pos() != Upos::Pron {
        return None;
    }
    let range = token.i()..token.i() + 1;
    match token.text().to_lowercase().as_str() {
        "he" | "she" | "him" | "his" | "her" | "himself" | "herself" => Some((range, Back::Person)),
        "they" | "them" | "their" => Some((range, Back::Several)),
        "it" | "its" if token.dep() != Dep::Expl => Some((range, Back::Thing)),
        _ => None,
    }
}

/// "the two sides", "both countries", "the two foreign ministers", "the pair".
pub fn both(token: Token<'_>) -> Option<(Range<usize>, Back)> {
    let lemma = token.lemma();
    let pairs = matches!(
        lemma,
        "side"
            | "country"
            | "nation"
            | "party"
            | "leader"
            | "minister"
            | "president"
            | "official"
            | "diplomat"
            | "government"
            | "state"
            | "neighbour"
            | "neighbor"
            | "capital"
            | "man"
            | "power"
            | "ally"
            | "envoy"
            | "delegation"
    );
    if token.pos() != Upos::Noun || !(pairs || matches!(lemma, "pair" | "duo")) {
        return None;
    }
    let counted = |child: &Token<'_>| {
        let text = child.text().to_lowercase();
        matches!(text.as_str(), "two" | "both" | "three") && child.i() < token.i()
    };
    let whole = matches!(lemma, "pair" | "duo" | "side")
        && token.children().any(|c| c.text().eq_ignore_ascii_case("the"));
    let number = token.children().find(counted);
    let several = (pairs && number.is_some())
        || (whole && token.children().count() <= 2 && (lemma != "side" || token.tag() == Xpos::Nns));
    let start = token.children().map(Token::i).filter(|i| *i < token.i()).min().unwrap_or(token.i());
    several.then(|| (start..token.i() + 1, Back::Several))
}
