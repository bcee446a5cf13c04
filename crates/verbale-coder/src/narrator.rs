//! What the outlet says in its own voice beyond facts: hedged judgements, inferences, and standing
//! relations such as recognition.

use std::ops::Range;

use verbale_model::{ClaimKind, Modality, Polarity};
use verbale_nlp::{Dep, Doc, SentKind, Token, Upos, Xpos};

use crate::code::attribution::Attribution;
use crate::code::modality::is_negated;
use crate::code::tree::subject;
use crate::resolve::Resolved;

/// One judgement of the outlet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The word that shows it.
    pub cue: Range<usize>,
    /// What is judged.
    pub content: Range<usize>,
    /// Stance or relation.
    pub kind: ClaimKind,
    /// Affirmed or negated.
    pub polarity: Polarity,
    /// How sure.
    pub modality: Modality,
    /// Judgement of the outlet, or a fact that it states.
    pub narrator: bool,
    /// Name of the rule.
    pub rule: &'static str,
}

/// Verbs with which a writer draws a conclusion from something.
const INFER: &[&str] = &[
    "signify",
    "signal",
    "suggest",
    "indicate",
    "reflect",
    "underscore",
    "underline",
    "highlight",
    "emphasis", // what the model makes of the British spelling
    "emphasise",
    "emphasize",
    "illustrate",
    "demonstrate",
    "mark",
    "represent",
    "point",
    "imply",
    "reveal",
    "mean",
    "show",
    "herald",
    "portend",
    "testify",
    "betray",
];

/// Verbs among these that say as often what something is: "the letters stand for", "he represents a district".
const STAND_FOR: &[&str] = &["mean", "represent", "reflect", "mark", "point"];

/// What such a conclusion is drawn from.
const ACTS: &[&str] = &[
    "visit",
    "meeting",
    "talk",
    "call",
    "trip",
    "tour",
    "summit",
    "agreement",
    "deal",
    "move",
    "decision",
    "step",
    "gesture",
    "engagement",
    "exchange",
    "statement",
    "invitation",
    "reception",
    "contact",
    "dialogue",
    "policy",
    "shift",
    "change",
    "vote",
];

/// Verbs with which a writer hedges.
const HEDGE: &[&str] = &["seem", "appear", "look"];

/// Words of recognition between states and governments.
const RECOGNITION: &[&str] =
    &["recognition", "recognise", "recognize", "non-recognition", "unrecognised", "unrecognized"];

/// Judgements outside attributions, in text order; one a clause.
pub fn judgements(resolved: &Resolved<'_>, attributions: &[Attribution]) -> Vec<Judgement> {
    let mut found = Vec::new();
    for token in resolved.doc.tokens() {
        if token.sent().kind() != SentKind::Body || is_said(attributions, token.i()) {
            continue;
        }
        found.extend(hedged(token).or_else(|| inferred(token)).or_else(|| recognised(resolved, token)));
    }
    found
}

fn is_said(attributions: &[Attribution], token: usize) -> bool {
    attributions
        .iter()
        .any(|attribution| attribution.content.contains(&token) || attribution.cue.contains(&token))
}

/// "seems to be adopting a balanced policy".
fn hedged(token: Token<'_>) -> Option<Judgement> {
    if token.pos() != Upos::Verb || !HEDGE.contains(&token.lemma()) {
        return None;
    }
    token.children_by(&[Dep::Xcomp, Dep::Ccomp, Dep::Advcl]).next()?;
    Some(judgement(token, clause(token), Modality::Hedged, "narrator/hedge"))
}

/// "it signifies the ongoing engagement": an event or an act as subject of an inferring verb.
fn inferred(token: Token<'_>) -> Option<Judgement> {
    if token.pos() != Upos::Verb || !INFER.contains(&token.lemma()) {
        return None;
    }
    let subject = subject(token)?;
    let thing = matches!(subject.pos(), Upos::Noun)
        && !matches!(subject.lemma(), "report" | "poll" | "survey" | "document" | "figure" | "statistic")
        || matches!(subject.text().to_lowercase().as_str(), "it" | "this" | "that" | "which" | "these");
    let thing = thing && (!STAND_FOR.contains(&token.lemma()) || ACTS.contains(&subject.lemma()));
    let has_object = token.children_by(&[Dep::Obj, Dep::Ccomp]).next().is_some()
        || token.children().any(|child| child.dep().is_oblique());
    (thing && has_object && token.tag() != Xpos::Vbg)
        .then(|| judgement(token, clause(token), Modality::Certain, "narrator/inference"))
}

/// "the United States' lack of formal recognition of the government".
fn recognised(resolved: &Resolved<'_>, token: Token<'_>) -> Option<Judgement> {
    if !RECOGNITION.contains(&token.lemma()) || !matches!(token.pos(), Upos::Noun | Upos::Verb) {
        return None;
    }
    let scope = token
        .ancestors()
        .take(2)
        .find(|above| matches!(above.lemma(), "lack" | "absence" | "refusal" | "failure" | "withdrawal"));
    let top = scope.unwrap_or(token);
    let span = top.subtree_span();
    let sides = resolved
        .mentions
        .iter()
        .filter(|mention| span.start <= mention.tokens.start && mention.tokens.end <= span.end)
        .count();
    if sides == 0 && !matches!(token.pos(), Upos::Verb) {
        return None;
    }
    let negated = scope.is_some()
        || is_negated(token)
        || token.lemma().starts_with("un")
        || token.lemma().starts_with("non");
    let mut made = judgement(token, span, Modality::Certain, "relation/recognition");
    made.kind = ClaimKind::Relation;
    made.narrator = false;
    made.polarity = if negated { Polarity::Negated } else { Polarity::Affirmed };
    Some(made)
}

fn judgement(cue: Token<'_>, content: Range<usize>, modality: Modality, rule: &'static str) -> Judgement {
    Judgement {
        cue: cue.i()..cue.i() + 1,
        content,
        kind: ClaimKind::Stance,
        polarity: if is_negated(cue) { Polarity::Negated } else { Polarity::Affirmed },
        modality,
        narrator: true,
        rule,
    }
}

/// A verb's clause without final punctuation and clauses joined to it.
fn clause(verb: Token<'_>) -> Range<usize> {
    let mut span = verb.subtree_span();
    while span.len() > 1 && verb.doc().token(span.end - 1).pos() == Upos::Punct {
        span.end -= 1;
    }
    span
}

/// Whether words speak of recognition or of diplomatic relations as a standing relation.
pub fn is_relation(doc: &Doc, range: Range<usize>) -> bool {
    doc.span(range).any(|token| RECOGNITION.contains(&token.lemma()))
}
