//! What kind of consultation a verb or a noun evokes, if any.

use verbale_nlp::{Dep, Token, Upos, Xpos};

use crate::code::tree::{self, arguments, case_of, obliques, support_verb};

/// What kind of consultation a word evokes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Evoked {
    /// meet, confer, hold talks
    Meet,
    /// visit, trip
    Visit,
    /// host, receive, welcome: the subject is at home
    Host,
    /// phone, call
    Phone,
    /// discuss, negotiate: talk about something
    Discuss,
    /// travel to, arrive in: lends place and mode to what follows
    Journey,
    /// mediate, broker
    Mediate,
    /// summon an envoy
    Summon,
    /// summit, conference: many sides
    Gathering,
    /// letter, write to
    Letter,
}

pub(super) fn verb_sense(verb: Token<'_>) -> Option<Evoked> {
    Some(match verb.lemma() {
        "meet" | "confer" | "parley" => Evoked::Meet,
        // "visiting President X" describes X.
        "visit"
            if verb.tag() == Xpos::Vbg
                && verb.children().all(|child| child.i() > verb.i())
                && verb.next().is_some_and(|next| matches!(next.tag(), Xpos::Nnp | Xpos::Jj))
                && verb.child(Dep::Obj).is_some_and(|object| object.i() > verb.i() + 1) =>
        {
            return None;
        }
        "visit" | "tour" => Evoked::Visit,
        "gather" | "convene" | "assemble" => Evoked::Gathering,
        "write" => Evoked::Letter,
        "call" if calls_in(verb) => Evoked::Summon,
        "host" | "receive" | "welcome" | "greet" => Evoked::Host,
        "phone" | "telephone" => Evoked::Phone,
        "call" if is_telephoned(verb) && !has_particle(verb) => Evoked::Phone,
        "discuss" | "negotiate" | "consult" | "deliberate" => Evoked::Discuss,
        "talk" | "speak" | "converse" => Evoked::Discuss,
        "sit" if verb.children().any(|child| child.text() == "down") => Evoked::Meet,
        "mediate" | "broker" => Evoked::Mediate,
        "summon" => Evoked::Summon,
        "arrive" | "land" | "travel" | "fly" => Evoked::Journey,
        _ => return None,
    })
}

pub(super) fn has_particle(verb: Token<'_>) -> bool {
    verb.children().any(|child| {
        matches!(child.dep(), Dep::CompoundPrt) || matches!(child.text(), "for" | "on" | "off" | "up")
    }) || verb.children().any(|child| {
        child.dep().is_oblique() && !is_day(child) && matches!(case_of(child).as_str(), "for" | "on" | "upon")
    })
}

/// "called the president on Friday" takes no preposition: the day is when.
pub(super) fn is_day(token: Token<'_>) -> bool {
    const DAYS: &[&str] = &[
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "morning",
        "evening",
        "afternoon",
        "day",
        "eve",
    ];
    token.pos() == Upos::Num || DAYS.contains(&token.text()) || DAYS.contains(&token.lemma())
}

/// "called the president": somebody is called, and called nothing.
pub(super) fn is_telephoned(verb: Token<'_>) -> bool {
    let named = |child: &Token<'_>| child.pos() == Upos::Propn && verb.child(Dep::Obj).is_none();
    arguments(verb).patient.is_some()
        && verb.children_by(&[Dep::Xcomp]).all(|child| is_spoken(child) || named(&child))
}

/// "called his counterpart to congratulate him": what is said on the telephone.
pub(super) fn is_spoken(purpose: Token<'_>) -> bool {
    matches!(
        purpose.lemma(),
        "discuss"
            | "congratulate"
            | "apologize"
            | "apologise"
            | "express"
            | "thank"
            | "convey"
            | "explain"
            | "assure"
            | "reassure"
            | "brief"
            | "inform"
            | "wish"
            | "voice"
            | "talk"
    )
}

pub(super) fn noun_sense(noun: Token<'_>) -> Option<Evoked> {
    Some(match noun.lemma() {
        "meeting" | "encounter" | "audience" | "tete-a-tete" | "rendezvous" => Evoked::Meet,
        "talk" if plural(noun) => Evoked::Meet,
        "talks" | "consultation" | "negotiation" | "dialogue" | "discussion" | "parley" => Evoked::Meet,
        "conversation" | "call" | "phone-call" | "telephone-call" => call_sense(noun)?,
        "visit" | "trip" | "stopover" => Evoked::Visit,
        "summit" | "conference" | "forum" => Evoked::Gathering,
        "mediation" => Evoked::Mediate,
        "letter" => Evoked::Letter,
        "view" if support_verb(noun).is_some_and(|verb| verb.lemma() == "exchange") => Evoked::Discuss,
        "exchange" if noun.children().any(|child| child.lemma() == "view") => Evoked::Discuss,
        _ => return None,
    })
}

pub(super) fn plural(noun: Token<'_>) -> bool {
    noun.tag() == Xpos::Nns || noun.text().to_lowercase().ends_with('s')
}

/// A call is by phone when it says so, or when it is made or held with somebody; "a call for
/// peace" and "calls on" are none.
pub(super) fn call_sense(noun: Token<'_>) -> Option<Evoked> {
    let modifiers: Vec<String> =
        noun.children().filter(|c| c.i() < noun.i()).map(|c| c.lemma().to_lowercase()).collect();
    let phone =
        modifiers.iter().any(|word| matches!(word.as_str(), "phone" | "telephone" | "video" | "conference"));
    let asks = noun.children().any(|c| {
        matches!(c.dep(), Dep::Nmod | Dep::Obl)
            && matches!(case_of(c).as_str(), "for" | "on" | "to" if !phone)
    });
    let clause = noun.children().any(|c| c.dep() == Dep::Acl && tree::is_infinitive(c));
    let shared =
        noun.children().any(|c| c.dep() == Dep::Nmod && matches!(case_of(c).as_str(), "with" | "between"))
            || support_verb(noun).is_some_and(|verb| obliques(verb).iter().any(|(case, _)| case == "with"));
    if phone || (shared && !asks && !clause) {
        return Some(if noun.lemma() == "conversation" && !phone { Evoked::Meet } else { Evoked::Phone });
    }
    (noun.lemma() == "conversation").then_some(Evoked::Meet)
}

/// "called in the ambassador".
pub(super) fn calls_in(verb: Token<'_>) -> bool {
    verb.children().any(|child| child.text().eq_ignore_ascii_case("in") && child.children().next().is_none())
        && verb.child(Dep::Obj).is_some()
}

pub(super) fn rule(evoked: Evoked) -> &'static str {
    match evoked {
        Evoked::Meet => "consult/meet",
        Evoked::Visit => "consult/visit",
        Evoked::Host => "consult/host",
        Evoked::Phone => "consult/phone",
        Evoked::Discuss => "consult/discuss",
        Evoked::Journey => "consult/journey",
        Evoked::Mediate => "consult/mediate",
        Evoked::Summon => "consult/summon",
        Evoked::Gathering => "consult/gathering",
        Evoked::Letter => "consult/letter",
    }
}
