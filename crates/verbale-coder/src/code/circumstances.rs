//! When, where and about what: the circumstances of a predicate, read off its own clause.

use std::ops::Range;

use verbale_nlp::{Dep, Token, Upos, Xpos};

use super::lexicon::Lexicon;
use super::told::TopicSpan;
use super::tree::{case_of, conjuncts, is_verbal, obliques, support_verb};
use crate::resolve::Resolved;

/// Verbs of motion and presence: what they say of place and time holds for the acts joined to them.
pub const MOTION: &[&str] = &[
    "arrive", "land", "travel", "fly", "visit", "go", "come", "tour", "be", "head", "land", "return", "pay",
    "make", "stop", "journey", "stay", "attend",
];

/// The clauses whose circumstances hold for a predicate: its own, its support verb's, and those of
/// motion verbs and clauses that it is joined to.
pub fn clauses(predicate: Token<'_>) -> Vec<Token<'_>> {
    let mut found = vec![predicate];
    found.extend(support_verb(predicate));
    let mut at = *found.last().unwrap_or(&predicate);
    for _ in 0..4 {
        if at.is_root() {
            break;
        }
        let head = at.head();
        let joined = match at.dep() {
            Dep::Conj | Dep::Advcl | Dep::Xcomp => is_verbal(head),
            Dep::Obl | Dep::Obj | Dep::Nsubj | Dep::NsubjPass => is_verbal(head) && !is_speech(head),
            Dep::Nmod | Dep::Acl | Dep::Compound => !is_verbal(head),
            _ => false,
        };
        if !joined {
            break;
        }
        found.push(head);
        at = head;
    }
    // "was in X and met Y": the first conjunct's place; "met Y during a visit to X": the visit's.
    for clause in found.clone() {
        for child in clause.children() {
            let visit = matches!(
                child.lemma(),
                "visit"
                    | "trip"
                    | "tour"
                    | "stop"
                    | "stopover"
                    | "stay"
                    | "journey"
                    | "summit"
                    | "forum"
                    | "conference"
                    | "meeting"
                    | "session"
                    | "sideline"
                    | "margin"
            );
            if visit && child.dep().is_oblique() {
                found.push(child);
            }
            if matches!(child.dep(), Dep::Advcl | Dep::Conj | Dep::Parataxis)
                && MOTION.contains(&child.lemma())
                && is_verbal(child)
            {
                found.push(child);
            }
        }
    }
    found.dedup();
    found
}

fn is_speech(verb: Token<'_>) -> bool {
    matches!(
        verb.lemma(),
        "say"
            | "tell"
            | "announce"
            | "state"
            | "report"
            | "add"
            | "claim"
            | "confirm"
            | "deny"
            | "note"
            | "declare"
    )
}

/// Index of the time expression that dates the predicate.
pub fn time_of(resolved: &Resolved<'_>, predicate: Token<'_>) -> Option<usize> {
    let sentence = predicate.sent().range();
    let clauses = clauses(predicate);
    let mut best: Option<(usize, usize)> = None;
    for (at, time) in resolved.times.iter().enumerate() {
        if !sentence.contains(&time.tokens.start) || time.edtf.is_none() && time.timex.is_none() {
            continue;
        }
        if !matches!(time.kind, verbale_model::MentionKind::Date | verbale_model::MentionKind::Time) {
            continue;
        }
        let head = resolved.doc.token(crate::resolve::mentions::root_of(resolved.doc, &time.tokens));
        let Some(rank) = distance(head, &clauses) else { continue };
        let rank = rank * 4 + usize::from(time.edtf.is_none()) * 40;
        if best.is_none_or(|(top, _)| rank < top) {
            best = Some((rank, at));
        }
    }
    best.map(|(_, at)| at)
}

/// How many steps up from a phrase the nearest of these clauses is; `None` when another verb or a
/// clause of its own stands between.
fn distance(from: Token<'_>, clauses: &[Token<'_>]) -> Option<usize> {
    let mut at = from;
    for step in 0..6 {
        if let Some(place) = clauses.iter().position(|clause| *clause == at) {
            return Some(step + place);
        }
        if at.is_root() || (step > 0 && is_verbal(at)) || matches!(at.dep(), Dep::AclRelcl) {
            return None;
        }
        at = at.head();
    }
    None
}

/// Index of the place where the predicate happened, as exact as the text has it.
pub fn place_of(resolved: &Resolved<'_>, predicate: Token<'_>) -> Option<usize> {
    stated_place(resolved, predicate).map(|at| narrowed(resolved, at))
}

/// "Egypt, Cairo": a country with the town in it right behind.
fn narrowed(resolved: &Resolved<'_>, at: usize) -> usize {
    let whole = &resolved.places[at];
    if !whole.country_itself {
        return at;
    }
    let town = resolved.places.iter().position(|place| {
        let gap = whole.tokens.end..place.tokens.start;
        gap.len() == 1
            && resolved.doc.token(gap.start).text() == ","
            && !place.country_itself
            && place.country.is_some()
            && place.country == whole.country
    });
    town.unwrap_or(at)
}

fn stated_place(resolved: &Resolved<'_>, predicate: Token<'_>) -> Option<usize> {
    let mut fallback = None;
    for clause in clauses(predicate) {
        // "is in Tashkent on a visit": the place is the predicate itself.
        if clause != predicate
            && matches!(case_of(clause).as_str(), "in" | "at")
            && clause.child(Dep::Cop).is_some()
            && let Some(place) = place_in(resolved, clause)
        {
            return Some(place);
        }
        for (case, token) in obliques(clause) {
            let there = match case.as_str() {
                "in" | "at" | "inside" | "outside" | "near" | "within" => true,
                "to" => {
                    MOTION.contains(&clause.lemma())
                        || matches!(clause.lemma(), "trip" | "visit" | "tour" | "journey")
                }
                _ => false,
            };
            if !there {
                continue;
            }
            if let Some(place) = place_in(resolved, token) {
                return Some(place);
            }
        }
        // "met X in Oslo", where the tree hangs the place on X.
        let beside = clause
            .children()
            .filter(|child| {
                matches!(child.dep(), Dep::Obj | Dep::Nmod | Dep::Appos | Dep::Flat)
                    || child.dep().is_oblique()
            })
            .flat_map(|child| obliques(child))
            .filter(|(case, token)| matches!(case.as_str(), "in" | "at") && token.i() > clause.i())
            .find_map(|(_, token)| place_in(resolved, token));
        if beside.is_some() {
            fallback = fallback.or(beside);
        }
        let visited = clause.child(Dep::Obj).filter(|_| matches!(clause.lemma(), "visit" | "tour" | "reach"));
        if let Some(place) = visited.and_then(|object| place_in(resolved, object)) {
            return Some(place);
        }
        // "Monday's Geneva talks", "the Moscow meeting"
        for child in clause.children().filter(|child| child.dep() == Dep::Compound) {
            fallback = fallback
                .or_else(|| resolved.places.iter().position(|place| place.tokens.contains(&child.i())));
        }
    }
    fallback.or_else(|| adjunct(resolved, predicate))
}

/// Occasions and rooms that a meeting is held at.
const OCCASION: &[&str] = &[
    "sideline",
    "sidelines",
    "margin",
    "margins",
    "summit",
    "assembly",
    "conference",
    "forum",
    "visit",
    "ceremony",
    "palace",
    "hotel",
    "headquarters",
    "residence",
    "office",
    "villa",
    "session",
    "gathering",
    "meeting",
    "museum",
    "castle",
    "house",
];

/// "On the sidelines of the assembly in New York", "Meanwhile, in Moscow, …": a place deeper in an occasion,
/// or at the head of the sentence where the tree hung it elsewhere.
fn adjunct(resolved: &Resolved<'_>, predicate: Token<'_>) -> Option<usize> {
    let sentence = predicate.sent().range();
    let stands_in = |start: usize| {
        let before = start.checked_sub(1).map(|at| resolved.doc.token(at).text().to_lowercase());
        before.is_some_and(|word| matches!(word.as_str(), "in" | "at" | "near"))
    };
    let occasions = clauses(predicate).into_iter().flat_map(|clause| clause.children().collect::<Vec<_>>());
    let occasions = occasions.filter(|child| child.dep().is_oblique() && OCCASION.contains(&child.lemma()));
    for span in occasions.map(Token::subtree_span) {
        let within = |start: usize| span.contains(&start) && stands_in(start);
        if let Some(place) = resolved.places.iter().position(|place| within(place.tokens.start)) {
            return Some(place);
        }
    }
    resolved.places.iter().position(|place| {
        let start = place.tokens.start;
        sentence.contains(&start) && start < sentence.start + 4 && stands_in(start)
    })
}

/// The place that a phrase names: its head, or the head of "the capital, Kabul", "the city of Kabul".
fn place_in(resolved: &Resolved<'_>, token: Token<'_>) -> Option<usize> {
    let at = |token: Token<'_>| resolved.places.iter().position(|place| place.tokens.contains(&token.i()));
    // The most exact of "Geneva, Switzerland" or "the capital Kabul" comes first in the text.
    at(token).or_else(|| {
        token
            .children()
            .filter(|child| {
                matches!(
                    child.dep(),
                    Dep::Appos | Dep::Flat | Dep::Compound | Dep::Nmod | Dep::NmodDesc | Dep::Conj
                )
            })
            .filter(|child| child.dep() != Dep::Nmod || matches!(case_of(*child).as_str(), "of" | "in"))
            .find_map(at)
    })
}

/// Words that hold a topic without being one: "ways of", "the importance of", "expansion of".
const HOLLOW: &[&str] = &[
    "way",
    "issue",
    "importance",
    "implementation",
    "expansion",
    "enhancement",
    "strengthening",
    "development",
    "improvement",
    "range",
    "matter",
    "number",
    "question",
    "topic",
    "subject",
    "need",
    "possibility",
    "prospect",
    "aspect",
    "variety",
    "series",
    "set",
    "state",
    "status",
    "area",
    "field",
    "deepening",
    "promotion",
    "boost",
    "mean",
    "method",
    "host",
    "list",
    "view",
    "detail",
    "discussion",
    "talk",
    "exchange",
    "effort",
    "strengthening",
    "enhancing",
    "conversation",
    "consultation",
    "measure",
    "step",
    "key",
];

/// The topics under a phrase, coordination spread out.
pub fn topics(resolved: &Resolved<'_>, lexicon: &Lexicon, phrase: Token<'_>) -> Vec<TopicSpan> {
    let mut found = Vec::new();
    for part in conjuncts(phrase) {
        let mut core = part;
        for _ in 0..4 {
            // "strengthening bilateral relations": the gerund's object.
            let object = core.child(Dep::Obj).filter(|_| matches!(core.tag(), Xpos::Vbg | Xpos::Vb));
            let of = core.children().find(|child| {
                child.dep() == Dep::Nmod && matches!(case_of(*child).as_str(), "of" | "in" | "to")
            });
            let clause = core
                .children()
                .find(|child| matches!(child.dep(), Dep::Acl | Dep::Advcl | Dep::Ccomp))
                .filter(|_| HOLLOW.contains(&core.lemma()) || is_aim(core));
            let next = object.or_else(|| of.filter(|_| HOLLOW.contains(&core.lemma()))).or(clause);
            match next {
                Some(next) => {
                    for sibling in conjuncts(next).into_iter().skip(1) {
                        push_topic(resolved, lexicon, sibling, &mut found);
                    }
                    core = next;
                }
                None => break,
            }
        }
        push_topic(resolved, lexicon, core, &mut found);
    }
    found.sort_by_key(|topic| topic.tokens.start);
    found
}

/// "developing and strengthening relations": the bare gerund names no topic.
fn is_gerund(token: Token<'_>) -> bool {
    token.text().ends_with("ing")
        && matches!(token.pos(), Upos::Verb | Upos::Noun)
        && token.tag() != Xpos::Nns
}

/// "aimed at strengthening …": the clause below names the topic.
fn is_aim(token: Token<'_>) -> bool {
    matches!(token.lemma(), "aim" | "design" | "intend" | "focus" | "center" | "centre" | "concentrate")
}

fn push_topic(resolved: &Resolved<'_>, lexicon: &Lexicon, core: Token<'_>, found: &mut Vec<TopicSpan>) {
    if core.pos() == Upos::Pron || is_verbal(core) && core.tag() != Xpos::Vbg {
        return;
    }
    let mut tokens = noun_group(core);
    if resolved.time_at(core.i()).is_some()
        || ((HOLLOW.contains(&core.lemma()) || is_gerund(core)) && tokens.len() == 1)
        || is_aim(core)
    {
        return;
    }
    // "mechanisms for bringing workers abroad": a bare noun says nothing without its clause.
    let clause =
        core.children().find(|child| matches!(child.dep(), Dep::Acl | Dep::Nmod) && child.i() > core.i());
    if let Some(clause) = clause.filter(|_| tokens.len() == 1) {
        let end = clause.subtree_span().end;
        if end - tokens.start <= 9 {
            tokens.end = end;
        }
    }
    // What is coordinated with the topic is a topic of its own.
    let own = core
        .children()
        .filter(|child| !matches!(child.dep(), Dep::Conj | Dep::Cc | Dep::Punct))
        .map(|child| child.subtree_span().end);
    let full = tokens.start..own.max().unwrap_or(tokens.end).max(tokens.end);
    let text = resolved.doc.slice(tokens.clone());
    if !found.iter().any(|known: &TopicSpan| known.tokens == tokens) && text.chars().any(char::is_alphabetic)
    {
        found.push(TopicSpan { topic: lexicon.topic(resolved.doc, full, text), tokens });
    }
}

/// A noun with the modifiers before it, without article and possessor.
pub fn noun_group(head: Token<'_>) -> Range<usize> {
    let starts = |child: &Token<'_>| {
        child.i() < head.i() && matches!(child.dep(), Dep::Amod | Dep::Compound | Dep::Nummod | Dep::NmodDesc)
    };
    let mut start = head.i();
    for child in head.children().filter(starts) {
        start = start.min(child.subtree_span().start);
    }
    let mut end = head.i() + 1;
    for child in head
        .children()
        .filter(|child| matches!(child.dep(), Dep::Flat | Dep::CompoundPrt) && child.i() > head.i())
    {
        end = end.max(child.subtree_span().end);
    }
    start..end
}
