//! Whether what an expression dates lies behind or ahead, from the verb that governs it.

use std::ops::Range;

use verbale_nlp::{Dep, Doc, SentKind, Token, Upos, Xpos};

/// Where the dated happening lies, seen from publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lean {
    /// Behind.
    Past,
    /// Ahead.
    Future,
    /// Nothing tells.
    Open,
}

/// Verbs whose participle speaks of what is to come: "scheduled for Friday".
const SCHEDULED: [&str; 9] =
    ["schedule", "plan", "expect", "slate", "set", "book", "pay", "anticipate", "project"];

/// Verbs whose infinitive happened when they did: "managed to meet on Monday".
const FACTUAL: [&str; 10] =
    ["manage", "begin", "start", "continue", "fail", "force", "help", "appear", "seem", "use"];

/// Verbs whose present tense tells of no timetable.
const REPORTING: [&str; 10] =
    ["be", "have", "say", "tell", "report", "show", "see", "claim", "write", "quote"];

/// Reads the lean of the tokens of an expression.
pub(super) fn lean(doc: &Doc, tokens: Range<usize>) -> Lean {
    if tokens.start >= doc.len() {
        return Lean::Open;
    }
    let outside = |token: &Token<'_>| token.is_root() || !tokens.contains(&token.head().i());
    let root = doc.span(tokens.clone()).find(outside).unwrap_or_else(|| doc.token(tokens.start));
    let word = |back: usize| tokens.start.checked_sub(back).map_or("", |at| doc.token(at).text());
    match word(1) {
        "since" | "Since" => return Lean::Past,
        "effective" | "payable" | "due" => return Lean::Future,
        "as" if matches!(word(2), "soon" | "early" | "late") => return Lean::Future,
        "by" | "to" | "until" | "till" | "starting" | "beginning" => {
            let lean = climb(root);
            return if lean == Lean::Past { Lean::Open } else { lean };
        }
        _ => {}
    }
    climb(root)
}

/// What the predicate over an expression tells. A noun between the two hands on only what its verb
/// says of its subject: "Friday's talks will", but not "to get around Friday's ruling".
fn climb(from: Token<'_>) -> Lean {
    let mut at = from;
    for step in 0..8 {
        let nominal = step > 0 && at.pos().is_nominal();
        if is_predicate(at) {
            match predicate(at) {
                Some(lean) => return lean,
                None if at.is_root() => return Lean::Open,
                None => {}
            }
        } else if nominal && !at.dep().is_subject() && !matches!(at.dep(), Dep::Appos | Dep::Conj | Dep::Flat)
        {
            return Lean::Open;
        }
        if at.is_root() {
            break;
        }
        at = at.head();
    }
    Lean::Open
}

/// Whether a token is a verb or a noun or adjective with a verb of its own.
fn is_predicate(token: Token<'_>) -> bool {
    matches!(token.pos(), Upos::Verb | Upos::Aux)
        || token.children().any(|child| matches!(child.dep(), Dep::Cop | Dep::Aux))
        || token.lemma() == "due"
}

/// What a predicate tells; `None` leaves it to the verb above.
fn predicate(verb: Token<'_>) -> Option<Lean> {
    let auxiliaries =
        || verb.children().filter(|child| matches!(child.dep(), Dep::Aux | Dep::AuxPass | Dep::Cop));
    let perfect = auxiliaries().any(|aux| aux.lemma() == "have");
    if let Some(modal) = auxiliaries().find(|aux| aux.tag() == Xpos::Md) {
        // "could not be reached on Monday" looks back as often as ahead.
        let open = modal.lemma() == "could" || modal.text().eq_ignore_ascii_case("could");
        return Some(if perfect {
            Lean::Past
        } else if open {
            Lean::Open
        } else {
            Lean::Future
        });
    }
    if perfect {
        return Some(Lean::Past);
    }
    let infinitive = (verb.tag() == Xpos::Vb || auxiliaries().any(|aux| aux.tag() == Xpos::Vb))
        && verb.children().any(|child| {
            child.text().eq_ignore_ascii_case("to") && matches!(child.dep(), Dep::Mark | Dep::Aux)
        });
    if infinitive {
        let governor = verb.head();
        let factual = !verb.is_root() && (FACTUAL.contains(&governor.lemma()) || verb.dep() == Dep::Advcl);
        return if factual { None } else { Some(Lean::Future) };
    }
    let past = |token: Token<'_>| matches!(token.tag(), Xpos::Vbd);
    let present = |token: Token<'_>| matches!(token.tag(), Xpos::Vbz | Xpos::Vbp);
    let past_aux = auxiliaries().any(past);
    let present_aux = auxiliaries().any(present);
    let scheduled = SCHEDULED.contains(&verb.lemma()) && verb.tag() == Xpos::Vbn || verb.lemma() == "due";
    match verb.tag() {
        _ if scheduled => Some(if past_aux { Lean::Open } else { Lean::Future }),
        Xpos::Vbn if present_aux => Some(Lean::Open),
        Xpos::Vbd | Xpos::Vbn => Some(Lean::Past),
        Xpos::Vbg if present_aux => Some(Lean::Future),
        Xpos::Vbg if !past_aux => None,
        _ if past_aux => Some(Lean::Past),
        // "They meet on Monday": a timetable's present, except where captions and headlines use it of the past.
        Xpos::Vbz | Xpos::Vbp if verb.pos() == Upos::Verb && !REPORTING.contains(&verb.lemma()) => {
            Some(if verb.sent().kind() == SentKind::Body { Lean::Future } else { Lean::Past })
        }
        _ => Some(Lean::Open),
    }
}
