//! Whether it happened: negation, denial, plans, conditions, hedges and tense around a predicate.

use verbale_model::{Modality, Polarity, Status, Tense};
use verbale_nlp::{Dep, Token, Upos, Xpos};

use super::tree::{is_infinitive, is_verbal, support_verb};

/// How a predicate stands in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Whether it happened.
    pub status: Status,
    /// Affirmed or negated.
    pub polarity: Polarity,
    /// How sure the teller is.
    pub modality: Modality,
    /// Tense of the clause.
    pub tense: Tense,
}

/// Verbs whose complement lies ahead.
const AHEAD: &[&str] = &[
    "plan", "intend", "expect", "schedule", "slate", "due", "agree", "prepare", "set", "hope", "want", "aim",
    "seek", "propose", "offer", "invite", "promise", "pledge", "vow", "decide", "arrange", "wish", "ready",
    "poise", "announce", "consider", "willing", "bind", "head",
];

/// Verbs and nouns whose complement is said not to be so.
const DENY: &[&str] = &["deny", "rebut", "dispute", "denial", "disavow", "refute"];

/// Verbs whose complement did not come about.
const FAIL: &[&str] = &[
    "fail",
    "cancel",
    "postpone",
    "refuse",
    "decline",
    "avoid",
    "suspend",
    "skip",
    "abandon",
    "scrap",
    "shelve",
    "call",
    "boycott",
    "reject",
    "cancellation",
    "postponement",
    "refusal",
];

/// Nouns below which an act is only spoken of: "preparations for a meeting", "talk of a meeting".
const SPOKEN_OF: &[&str] = &[
    "preparation",
    "talk",
    "rumour",
    "rumor",
    "speculation",
    "date",
    "venue",
    "agenda",
    "condition",
    "precondition",
    "offer",
    "hope",
    "call",
    "basis",
    "idea",
    "chance",
    "question",
    "eve",
];

/// Verbs and nouns that ask for what is not there yet.
const ASK: &[&str] = &[
    "urge",
    "ask",
    "demand",
    "request",
    "call",
    "appeal",
    "press",
    "push",
    "propose",
    "proposal",
    "prospect",
    "possibility",
    "hope",
    "need",
    "suggest",
    "suggestion",
    "idea",
    "advocate",
    "encourage",
    "order",
    "require",
    "threaten",
    "warn",
    "recommend",
    "plea",
    "invitation",
    "readiness",
    "willingness",
    "desire",
];

const HEDGES: &[&str] = &[
    "reportedly",
    "allegedly",
    "apparently",
    "possibly",
    "perhaps",
    "probably",
    "likely",
    "seemingly",
    "supposedly",
    "purportedly",
    "presumably",
];

/// Reads a predicate's surroundings.
pub fn reading(predicate: Token<'_>) -> Reading {
    let clause = clause_of(predicate);
    let mut reading = Reading {
        status: Status::Held,
        polarity: Polarity::Affirmed,
        modality: Modality::Certain,
        tense: tense(clause),
    };
    if is_negated(predicate) || (clause != predicate && is_negated(clause)) {
        reading.polarity = Polarity::Negated;
        reading.status = Status::Denied;
        reading.modality = Modality::Denied;
    }
    own_clause(clause, &mut reading);
    let mut below = clause;
    for above in clause.ancestors().take(4) {
        if !embeds(below, above) {
            break;
        }
        embedding(below, above, &mut reading);
        below = above;
    }
    reading
}

/// The verb that carries a predicate's tense: itself, its support verb, or the verb above a noun.
pub fn clause_of(predicate: Token<'_>) -> Token<'_> {
    if is_verbal(predicate) {
        return predicate;
    }
    support_verb(predicate).unwrap_or(predicate)
}

/// Whether a predicate is negated: "did not meet", "never met", "no meeting".
pub fn is_negated(token: Token<'_>) -> bool {
    token.children().any(|child| {
        let word = child.text().to_lowercase();
        matches!(word.as_str(), "not" | "n't" | "n’t" | "never" | "no" | "neither" | "nor")
            && matches!(child.dep(), Dep::Advmod | Dep::Det | Dep::CcPreconj | Dep::Cc)
            || (word == "without" && matches!(child.dep(), Dep::Mark | Dep::Case))
    })
}

fn own_clause(clause: Token<'_>, reading: &mut Reading) {
    for child in clause.children() {
        let word = child.text().to_lowercase();
        match child.dep() {
            Dep::Aux => match word.as_str() {
                "will" | "'ll" | "’ll" | "shall" | "wo" => plan(reading),
                "would" | "could" | "may" | "might" | "can" | "should" | "must" | "ought" => suppose(reading),
                _ => {}
            },
            Dep::Mark if matches!(word.as_str(), "if" | "unless" | "whether" | "should") => suppose(reading),
            Dep::Advmod if HEDGES.contains(&word.as_str()) => hedge(reading),
            _ => {}
        }
    }
    // "is to meet", "are due to meet", "about to meet"
    let is_to = is_infinitive(clause)
        && (clause.child(Dep::Cop).is_some()
            || clause.children().any(|c| c.dep() == Dep::Aux && c.lemma() == "be"));
    // "is meeting on Friday" with a coming date is left to the date.
    if is_to {
        plan(reading);
    }
}

/// Whether `above` bears on `below`: an embedding verb, noun or adjective, not a mere neighbour.
fn embeds(below: Token<'_>, above: Token<'_>) -> bool {
    match below.dep() {
        Dep::Ccomp | Dep::Xcomp | Dep::Csubj | Dep::CsubjPass | Dep::Acl | Dep::Obj => true,
        Dep::Nmod => matches!(super::tree::case_of(below).as_str(), "of" | "for" | "to"),
        Dep::Nsubj | Dep::NsubjPass => is_verbal(above),
        Dep::Advcl => is_infinitive(below),
        Dep::Obl => {
            matches!(super::tree::case_of(below).as_str(), "for" | "from" | "ahead of" | "before" | "to")
        }
        Dep::Conj => is_verbal(below) == is_verbal(above) && !own_time(below),
        _ => false,
    }
}

/// A conjunct with a subject or an auxiliary of its own stands for itself.
fn own_time(token: Token<'_>) -> bool {
    token.children().any(|child| child.dep().is_subject() || child.dep() == Dep::Aux)
}

fn embedding(below: Token<'_>, above: Token<'_>, reading: &mut Reading) {
    let lemma = above.lemma();
    if below.dep() == Dep::Conj {
        if reading.status == Status::Held && is_verbal(below) {
            let mut other = *reading;
            own_clause(above, &mut other);
            *reading = other;
        }
        return;
    }
    let infinitive = is_infinitive(below);
    let complement = matches!(below.dep(), Dep::Ccomp | Dep::Xcomp | Dep::Acl | Dep::Csubj | Dep::Advcl);
    let gerund = below.tag() == Xpos::Vbg;
    if matches!(below.dep(), Dep::Nmod | Dep::Acl) && SPOKEN_OF.contains(&lemma) {
        suppose(reading);
    } else if DENY.contains(&lemma) {
        reading.status = Status::Denied;
        reading.modality = Modality::Denied;
    } else if FAIL.contains(&lemma)
        && (infinitive || gerund || !complement)
        && (lemma != "call" || has_particle(above, "off"))
    {
        reading.status = Status::Cancelled;
    } else if infinitive && AHEAD.contains(&lemma)
        || (below.dep() == Dep::Obj
            && matches!(lemma, "plan" | "schedule" | "arrange" | "propose" | "expect" | "prepare" | "offer"))
    {
        plan(reading);
    } else if below.dep() == Dep::Obj
        && matches!(lemma, "seek" | "want" | "pursue" | "need" | "favour" | "favor" | "support" | "offer")
    {
        suppose(reading);
    } else if (infinitive || !complement || lemma == "demand")
        && ASK.contains(&lemma)
        && !(lemma == "call" && (has_particle(above, "off") || above.child(Dep::Obj).is_some()))
    {
        suppose(reading);
    } else if infinitive
        && complement
        && matches!(
            lemma,
            "ability"
                | "chance"
                | "opportunity"
                | "effort"
                | "attempt"
                | "try"
                | "bid"
                | "able"
                | "reluctant"
                | "unlikely"
                | "unwilling"
                | "time"
                | "right"
                | "way"
        )
    {
        suppose(reading);
    } else if matches!(
        lemma,
        "seem" | "appear" | "believe" | "suspect" | "rumour" | "rumor" | "claim" | "allege" | "assume"
    ) && infinitive
    {
        hedge(reading);
    } else if below.dep() == Dep::Obl && matches!(super::tree::case_of(below).as_str(), "ahead of" | "before")
    {
        plan(reading);
    } else if infinitive
        && below.dep() == Dep::Advcl
        && matches!(
            lemma,
            "arrive" | "travel" | "fly" | "come" | "go" | "head" | "depart" | "leave" | "visit"
        )
    {
        plan(reading);
    }
    if is_negated(above) && (infinitive || below.dep() == Dep::Obj) && reading.status == Status::Held {
        reading.status = Status::Denied;
        reading.polarity = Polarity::Negated;
    }
    let above_reads = above
        .children()
        .any(|c| c.dep() == Dep::Aux && matches!(c.text().to_lowercase().as_str(), "will" | "'ll" | "shall"));
    // "Will fly home from talks": those are over.
    let from = below.dep() == Dep::Obl && super::tree::case_of(below) == "from";
    if above_reads
        && !from
        && (infinitive || matches!(below.dep(), Dep::Obj | Dep::Obl | Dep::Nsubj | Dep::NsubjPass))
        && reading.status == Status::Held
    {
        plan(reading);
    }
}

fn has_particle(verb: Token<'_>, particle: &str) -> bool {
    verb.children().any(|child| {
        child.text().eq_ignore_ascii_case(particle) && matches!(child.dep(), Dep::CompoundPrt | Dep::Advmod)
    })
}

fn plan(reading: &mut Reading) {
    if reading.status == Status::Held {
        reading.status = Status::Planned;
        reading.modality = Modality::Planned;
        reading.tense = Tense::Future;
    }
}

fn suppose(reading: &mut Reading) {
    if matches!(reading.status, Status::Held | Status::Planned) {
        reading.status = Status::Hypothetical;
        reading.modality = Modality::Hypothetical;
    }
}

fn hedge(reading: &mut Reading) {
    if reading.modality == Modality::Certain {
        reading.modality = Modality::Hedged;
    }
}

/// Tense of a clause from its finite verb or auxiliary.
pub fn tense(clause: Token<'_>) -> Tense {
    let finite = clause
        .children()
        .filter(|child| matches!(child.dep(), Dep::Aux | Dep::AuxPass | Dep::Cop))
        .find(|aux| aux.tag() != Xpos::Vb && aux.tag() != Xpos::Vbn && aux.tag() != Xpos::Vbg);
    let has_participle = clause.tag() == Xpos::Vbn;
    match finite {
        Some(aux) if aux.tag() == Xpos::Md => match aux.text().to_lowercase().as_str() {
            "will" | "'ll" | "’ll" | "shall" | "wo" => Tense::Future,
            _ => Tense::Present,
        },
        Some(aux) if aux.tag() == Xpos::Vbd => Tense::Past,
        // "has met" tells of something over.
        Some(aux) if aux.lemma() == "have" && has_participle => Tense::Past,
        Some(_) => Tense::Present,
        None => match clause.tag() {
            Xpos::Vbd => Tense::Past,
            Xpos::Vbz | Xpos::Vbp => Tense::Present,
            Xpos::Vbn if clause.pos() == Upos::Verb => Tense::Past,
            _ => Tense::None,
        },
    }
}
