//! Who says it: the source's noun phrase, its actor, and whether it is somebody unnamed.

use std::ops::Range;

use verbale_model::{Anonymous, Channel};
use verbale_nlp::{Dep, EntLabel, Token, Upos, Xpos};

use super::speech::Speech;
use crate::code::tree::{case_of, conjuncts};
use crate::resolve::{ActorKind, Resolved};

/// A source as the text names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The noun phrase with its apposition.
    pub span: Range<usize>,
    /// Index of the actor behind it.
    pub actor: Option<usize>,
    /// Nobody in particular.
    pub anonymous: Option<Anonymous>,
    /// Where the words stood, when a statement or letter is the subject.
    pub channel: Option<Channel>,
    /// Somebody or something that can speak: a person, an institution, a state.
    pub speaks: bool,
}

/// Reads the source that `head` carries, as the text names it at `named` (a relative pronoun, where
/// the clause has one). The span stays clear of the token `verb`.
pub fn source(
    resolved: &Resolved<'_>,
    speech: &Speech,
    head: Token<'_>,
    named: Token<'_>,
    verb: usize,
) -> Source {
    if speech.is_statement(head.lemma()) || speech.is_letter(head.lemma()) {
        let channel = Some(if speech.is_letter(head.lemma()) { Channel::Letter } else { Channel::Statement });
        if let Some(issuer) = issuer(head).filter(|issuer| issuer.i() != verb) {
            let mut of = source(resolved, speech, issuer, issuer, verb);
            if of.speaks {
                of.channel = channel;
                return of;
            }
        }
        let span = phrase(resolved, named, verb);
        return Source { span, actor: None, anonymous: None, channel, speaks: true };
    }
    let mention = resolved.mention_at(head).filter(|at| !resolved.mentions[*at].adjectival);
    // "The two sides" are two actors, and neither alone is the source.
    let actor = mention
        .filter(|at| resolved.mentions[*at].actors.len() == 1)
        .and_then(|at| resolved.mentions[at].actors.first().copied());
    let anonymous = anonymous(resolved, speech, head, actor);
    let speaks = anonymous.is_some() || actor.is_some() || is_somebody(head);
    Source { span: phrase(resolved, named, verb), actor, anonymous, channel: None, speaks }
}

/// Whose statement: its possessor, "of", "from" or "by" whom, or who issued it.
pub fn issuer(noun: Token<'_>) -> Option<Token<'_>> {
    if let Some(owner) = noun.child(Dep::NmodPoss) {
        return Some(owner);
    }
    let by = |child: &Token<'_>| {
        child.dep() == Dep::OblAgent
            || (matches!(child.dep(), Dep::Nmod | Dep::Obl)
                && matches!(case_of(*child).as_str(), "of" | "from" | "by"))
    };
    let issued = noun.children().filter(|child| matches!(child.dep(), Dep::Acl | Dep::AclRelcl));
    let through = issued.flat_map(Token::children).find(by);
    noun.children().find(by).filter(|child| child.pos() != Upos::Num).or(through)
}

/// The noun phrase around a head: its subtree without what is no part of a name for it, and at
/// least what the mention covers.
pub fn phrase(resolved: &Resolved<'_>, head: Token<'_>, verb: usize) -> Range<usize> {
    let mut span = head.i()..head.i() + 1;
    for child in head.children() {
        let aside = matches!(child.dep(), Dep::Parataxis | Dep::Cc | Dep::Discourse | Dep::Dep)
            || (child.dep() == Dep::Conj && !child.pos().is_nominal())
            || matches!(child.dep(), Dep::Case | Dep::Mark | Dep::Cop | Dep::Advcl)
            || (child.dep() == Dep::Punct);
        let whole = child.subtree_span();
        let when = child.i() > head.i() && resolved.time_at(child.i()).is_some();
        if aside || when || whole.contains(&verb) {
            continue;
        }
        span.start = span.start.min(whole.start);
        span.end = span.end.max(whole.end);
    }
    if let Some(at) = resolved.mention_at(head) {
        let mention = &resolved.mentions[at];
        if !mention.adjectival {
            span.start = span.start.min(mention.phrase.start);
            span.end = span.end.max(mention.phrase.end);
        }
    }
    clip(&mut span, head.i(), verb);
    trim(resolved, &mut span);
    span
}

/// Cuts a span at the verb, so that it stays on the side of its head.
fn clip(span: &mut Range<usize>, head: usize, verb: usize) {
    if span.contains(&verb) {
        if head < verb {
            span.end = verb;
        } else {
            span.start = verb + 1;
        }
    }
}

/// Drops commas, dashes and open brackets at both ends.
fn trim(resolved: &Resolved<'_>, span: &mut Range<usize>) {
    let loose =
        |at: usize| matches!(resolved.doc.token(at).text(), "," | ";" | ":" | "-" | "–" | "—" | "--" | ".");
    while span.len() > 1 && (loose(span.end - 1) || resolved.doc.token(span.end - 1).text() == "(") {
        span.end -= 1;
    }
    while span.len() > 1 && loose(span.start) {
        span.start += 1;
    }
}

/// Whether a head names people, an institution or a personal pronoun.
fn is_somebody(head: Token<'_>) -> bool {
    match head.pos() {
        Upos::Pron => matches!(
            head.text().to_lowercase().as_str(),
            "he" | "she"
                | "they"
                | "we"
                | "i"
                | "you"
                | "who"
                | "everyone"
                | "everybody"
                | "someone"
                | "somebody"
                | "one"
                | "others"
                | "many"
                | "some"
                | "it"
                | "both"
                | "most"
                | "nobody"
                | "anyone"
                | "those"
        ),
        Upos::Noun => is_human(head.lemma()),
        Upos::Propn | Upos::Adj | Upos::Num | Upos::Det => true,
        _ => false,
    }
}

/// Nouns whose form or meaning is a person or a body of people.
#[expect(clippy::too_many_lines, reason = "one list of words")]
fn is_human(lemma: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "man", "woman", "er", "or", "ist", "ian", "ant", "crat", "holder", "staff", "men", "ee", "person",
        "chief", "head", "mate",
    ];
    const PEOPLE: &[&str] = &[
        "campaign",
        "company",
        "court",
        "committee",
        "government",
        "ministry",
        "embassy",
        "group",
        "party",
        "team",
        "board",
        "agency",
        "office",
        "department",
        "union",
        "council",
        "commission",
        "parliament",
        "senate",
        "house",
        "bank",
        "firm",
        "institute",
        "university",
        "church",
        "police",
        "army",
        "military",
        "media",
        "press",
        "paper",
        "newspaper",
        "family",
        "people",
        "public",
        "nation",
        "country",
        "kingdom",
        "side",
        "camp",
        "crowd",
        "panel",
        "king",
        "queen",
        "prince",
        "pope",
        "candidate",
        "delegate",
        "nominee",
        "president",
        "colleague",
        "friend",
        "ally",
        "rival",
        "critic",
        "nation",
        "student",
        "veteran",
        "wife",
        "husband",
        "son",
        "daughter",
        "father",
        "mother",
        "brother",
        "sister",
        "couple",
        "majority",
        "minority",
        "percent",
        "republican",
        "democrat",
        "conservative",
        "liberal",
        "base",
        "hand",
        "youth",
        "guest",
        "outlet",
        "site",
        "organisation",
        "organization",
        "association",
        "coalition",
        "alliance",
        "bloc",
        "movement",
        "regime",
        "administration",
        "kremlin",
        "judge",
        "guy",
        "kid",
        "child",
        "girl",
        "boy",
        "lady",
        "staff",
        "troop",
        "mayor",
        "general",
        "half",
        "third",
        "militant",
        "rebel",
        "protester",
        "official",
        "elite",
        "envoy",
        "diplomat",
        "editor",
        "spokesperson",
        "aide",
    ];
    // Words in -er, -or, -ant and -ee that are things.
    const THINGS: &[&str] = &[
        "paper",
        "letter",
        "number",
        "matter",
        "order",
        "power",
        "error",
        "factor",
        "october",
        "september",
        "november",
        "december",
        "weather",
        "chapter",
        "center",
        "centre",
        "computer",
        "fever",
        "offer",
        "remainder",
        "answer",
        "water",
        "disorder",
        "border",
        "banner",
        "poster",
        "summer",
        "winter",
        "career",
        "register",
        "disaster",
        "newsletter",
        "restaurant",
        "corner",
        "fee",
        "degree",
        "grant",
        "plant",
        "coffee",
        "terror",
        "sector",
        "theater",
        "theatre",
        "mirror",
        "flavor",
        "motor",
        "tower",
        "finger",
        "gesture",
        "manner",
        "slander",
        "encounter",
        "transfer",
        "murder",
        "layer",
        "dollar",
    ];
    PEOPLE.contains(&lemma)
        || (ENDINGS.iter().any(|ending| lemma.len() > ending.len() + 1 && lemma.ends_with(ending))
            && !THINGS.contains(&lemma))
}

/// Unnamed officials, analysts, sources.
fn anonymous(
    resolved: &Resolved<'_>,
    speech: &Speech,
    head: Token<'_>,
    actor: Option<usize>,
) -> Option<Anonymous> {
    if actor.is_some_and(|at| resolved.actors[at].kind == ActorKind::Person) || head.pos() == Upos::Propn {
        return None;
    }
    if matches!(head.pos(), Upos::Pron | Upos::Det) && !matches!(head.lemma(), "some" | "other" | "many") {
        return None;
    }
    let named = conjuncts(head).iter().any(|part| {
        part.children()
            .any(|child| matches!(child.dep(), Dep::Appos | Dep::Flat) && child.pos() == Upos::Propn)
    });
    if named {
        return None;
    }
    let kind = speech.anonymous(head.lemma());
    let hidden = head.subtree().any(|below| {
        speech.hides(below.lemma())
            || (matches!(below.lemma(), "name" | "identify")
                && below.children().any(|c| matches!(c.lemma(), "not")))
    });
    let plural = head.tag() == Xpos::Nns || head.lemma() == "people";
    let indefinite = head.children().any(|child| {
        matches!(child.text().to_lowercase().as_str(), "a" | "an" | "one" | "another" | "some" | "several")
    });
    match kind {
        Some(kind) if plural || indefinite || hidden || kind == Anonymous::Sources => Some(kind),
        None if hidden => Some(Anonymous::Sources),
        _ => None,
    }
}

/// The outlet among those spoken to or through: "told the BBC", "in an interview with Reuters".
pub fn outlet(
    resolved: &Resolved<'_>,
    speech: &Speech,
    head: Token<'_>,
    verb: usize,
) -> Option<Range<usize>> {
    let outlet = conjuncts(head).into_iter().find(|part| is_outlet(speech, *part))?;
    Some(phrase(resolved, outlet, verb))
}

fn is_outlet(speech: &Speech, head: Token<'_>) -> bool {
    let spelled = head.subtree().any(|part| {
        let inside =
            part == head || matches!(part.dep(), Dep::Flat | Dep::Compound | Dep::Amod | Dep::NmodDesc);
        let proper = part.text().chars().next().is_some_and(char::is_uppercase) || part == head;
        inside && proper && speech.is_outlet(&part.text().to_lowercase())
    });
    let named = head
        .doc()
        .ents()
        .any(|ent| ent.range().contains(&head.i()) && matches!(ent.label(), EntLabel::Org | EntLabel::Other));
    spelled && (named || head.pos() != Upos::Pron)
}
