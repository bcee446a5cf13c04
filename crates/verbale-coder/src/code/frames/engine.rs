//! From a token to the frame that it evokes: lemma, particle, arguments.

use verbale_nlp::{Dep, Token, Upos, Xpos};

use super::entry::{Frame, Frames};
use crate::code::Coding;
use crate::code::tree::{self, Args, arguments, case_of, conjuncts, is_infinitive, is_passive, obliques};

/// A frame that a token evokes, with its arguments.
pub struct Evoked<'f, 'd> {
    /// The frame.
    pub frame: &'f Frame,
    /// The token that evokes it.
    pub token: Token<'d>,
    /// Arguments of the token, and of the verb that carries it.
    pub args: Args<'d>,
    /// The object and what stands in it: "sanctions" in "a series of sanctions".
    pub objects: Vec<Token<'d>>,
    /// The verb that carries a noun: "launched" in "launched an attack".
    pub carrier: Option<Token<'d>>,
}

/// The frame that a token evokes, if all its gates open.
pub fn evoke<'f, 'd>(coding: &Coding<'f>, token: Token<'d>) -> Option<Evoked<'f, 'd>> {
    match token.pos() {
        Upos::Verb | Upos::Aux => evoke_verb(coding, token),
        Upos::Noun | Upos::Propn => evoke_noun(coding, token),
        Upos::Adj => evoke_adjective(coding, token),
        _ => None,
    }
}

fn evoke_verb<'f, 'd>(coding: &Coding<'f>, token: Token<'d>) -> Option<Evoked<'f, 'd>> {
    let frames = coding.frames;
    let lemma = verb_lemma(frames, token)?;
    // "the Russian-backed forces": what stands before a noun tells of no event.
    if matches!(token.dep(), Dep::Amod | Dep::Compound) {
        return None;
    }
    let fitting = frames
        .of_verb(&lemma)
        .filter(|(particle, _)| has_particle(coding, token, *particle))
        .map(|(_, frame)| frame);
    let mut args = arguments(token);
    args.patient = args.patient.or_else(|| behind_particle(token));
    let objects = objects(frames, args.patient);
    first_open(coding, fitting, token, args, objects, None)
}

fn evoke_noun<'f, 'd>(coding: &Coding<'f>, token: Token<'d>) -> Option<Evoked<'f, 'd>> {
    let lemma = token.lemma().to_lowercase();
    if coding.frames.of_noun(&lemma).next().is_none() || matches!(token.dep(), Dep::Compound | Dep::Flat) {
        return None;
    }
    let (args, carrier) = noun_arguments(coding, token);
    first_open(coding, coding.frames.of_noun(&lemma), token, args, vec![token], carrier)
}

fn evoke_adjective<'f, 'd>(coding: &Coding<'f>, token: Token<'d>) -> Option<Evoked<'f, 'd>> {
    let lemma = token.lemma().to_lowercase();
    let predicative = token.child(Dep::Cop).is_some() || matches!(token.dep(), Dep::Xcomp | Dep::Acl);
    // "a report critical of the government"
    let attribute = token.dep() == Dep::Amod && token.head().i() < token.i();
    if coding.frames.of_adjective(&lemma).next().is_none() || !(predicative || attribute) {
        return None;
    }
    let agent = if attribute { Some(token.head()) } else { tree::subject(token) };
    let args = Args { agent, obliques: obliques(token), ..arguments(token) };
    first_open(coding, coding.frames.of_adjective(&lemma), token, args, Vec::new(), None)
}

fn first_open<'f, 'd>(
    coding: &Coding<'f>,
    mut frames: impl Iterator<Item = &'f Frame>,
    token: Token<'d>,
    args: Args<'d>,
    objects: Vec<Token<'d>>,
    carrier: Option<Token<'d>>,
) -> Option<Evoked<'f, 'd>> {
    let mut evoked = Evoked { frame: frames.next()?, token, args, objects, carrier };
    loop {
        if evoked.opens(coding) {
            return Some(evoked);
        }
        evoked.frame = frames.next()?;
    }
}

/// The verb's lemma as the lexicon has it; where the model made up a lemma, a regular one from the form.
fn verb_lemma(frames: &Frames, verb: Token<'_>) -> Option<String> {
    let lemma = verb.lemma().to_lowercase();
    if frames.of_verb(&lemma).next().is_some() {
        return Some(lemma);
    }
    let form = verb.text().to_lowercase();
    let stems = ["d", "ed", "s", "es", "ing"]
        .iter()
        .filter_map(|ending| form.strip_suffix(ending))
        .flat_map(|stem| [stem.to_owned(), format!("{stem}e")]);
    stems.filter(|stem| stem.len() > 2).find(|stem| frames.of_verb(stem).next().is_some())
}

/// "called off the strike": the particle may hang on the object like a preposition.
fn behind_particle(verb: Token<'_>) -> Option<Token<'_>> {
    let particle = |child: &Token<'_>| {
        child.dep().is_oblique()
            && child.i() > verb.i()
            && matches!(case_of(*child).as_str(), "off" | "down" | "up" | "out" | "over" | "back")
    };
    verb.children().find(particle)
}

/// The heads of an object: its conjuncts, and what stands in a container ("a series of", "$5m in").
pub fn objects<'d>(frames: &Frames, object: Option<Token<'d>>) -> Vec<Token<'d>> {
    let Some(object) = object else { return Vec::new() };
    let mut found = Vec::new();
    for part in conjuncts(object) {
        found.push(part);
        let mut at = part;
        for _ in 0..3 {
            let holds = frames.is("container", at.lemma()) || matches!(at.pos(), Upos::Num | Upos::Sym);
            let money = matches!(at.pos(), Upos::Num | Upos::Sym)
                || matches!(at.lemma(), "million" | "billion" | "dollar" | "euro" | "pound" | "worth");
            let inner = at.children().find(|child| {
                child.dep() == Dep::Nmod
                    && (matches!(case_of(*child).as_str(), "of" | "worth of")
                        || (money && case_of(*child) == "in"))
            });
            let unmarked = at.children().find(|child| {
                matches!(child.dep(), Dep::NmodUnmarked | Dep::NmodDesc | Dep::Compound)
                    && at.pos() != Upos::Propn
            });
            match inner.or(unmarked).filter(|_| holds) {
                Some(inner) => {
                    found.push(inner);
                    at = inner;
                }
                None => break,
            }
        }
    }
    found
}

/// A listed particle must stand with the verb; a verb with a particle of its own is another verb.
fn has_particle(coding: &Coding<'_>, verb: Token<'_>, particle: Option<&str>) -> bool {
    let own = verb.child(Dep::CompoundPrt);
    let Some(particle) = particle else { return own.is_none_or(|own| own.lemma() == "in") };
    if let Some(own) = own {
        return own.text().eq_ignore_ascii_case(particle);
    }
    // "called the minister on Tuesday": with an object, "call" takes no preposition.
    if verb.lemma() == "call" && verb.child(Dep::Obj).is_some() {
        return false;
    }
    let said = |child: &Token<'_>| {
        let word = child.text().eq_ignore_ascii_case(particle);
        let phrase = child.dep().is_oblique() || matches!(child.dep(), Dep::Advcl | Dep::Xcomp);
        (word && matches!(child.dep(), Dep::Advmod | Dep::Obl | Dep::Xcomp | Dep::Case | Dep::Mark))
            || (phrase && coding.resolved.time_at(child.i()).is_none() && marked(*child, particle))
    };
    verb.children().any(|child| said(&child))
        || verb.child(Dep::Obj).is_some_and(|object| marked(object, particle))
}

fn marked(token: Token<'_>, word: &str) -> bool {
    token.children().any(|child| {
        matches!(child.dep(), Dep::Case | Dep::Mark)
            && child.text().eq_ignore_ascii_case(word)
            && !(word == "to" && child.tag() == Xpos::To && child.dep() == Dep::Mark)
    })
}

/// Arguments of a noun: its own, and those of the verb that carries it.
fn noun_arguments<'d>(coding: &Coding<'_>, noun: Token<'d>) -> (Args<'d>, Option<Token<'d>>) {
    let mut args = arguments(noun);
    args.patient = None;
    let carrier = carrier(coding, noun);
    // "is the largest donor", "remains a critic of"
    let complement = noun.child(Dep::Cop).is_some() || (noun.dep() == Dep::Xcomp && !noun.is_root());
    if complement {
        args.agent = tree::subject(noun).or(args.agent);
    }
    if let Some(verb) = carrier {
        let carried = arguments(verb);
        args.agent = args.agent.or(carried.agent.filter(|agent| *agent != noun));
        args.indirect = args.indirect.or(carried.indirect);
        let known: Vec<usize> = args.obliques.iter().map(|(_, token)| token.i()).collect();
        args.obliques.extend(
            carried.obliques.into_iter().filter(|(_, token)| *token != noun && !known.contains(&token.i())),
        );
    }
    (args, carrier)
}

/// The verb that tells of the event that a noun names, and lends it its subject.
fn carrier<'d>(coding: &Coding<'_>, noun: Token<'d>) -> Option<Token<'d>> {
    let mut top = noun;
    for _ in 0..4 {
        let held = top.dep() == Dep::Conj
            || (top.dep() == Dep::Nmod
                && case_of(top) == "of"
                && coding.frames.is("container", top.head().lemma()));
        if !held || top.is_root() {
            break;
        }
        top = top.head();
    }
    let verb = top.head();
    let placed =
        matches!(top.dep(), Dep::Obj | Dep::NsubjPass) || (top.dep() == Dep::Nsubj && is_passive(verb));
    (placed && !top.is_root() && verb.pos() == Upos::Verb && coding.frames.is("carrier", verb.lemma()))
        .then_some(verb)
}

impl<'d> Evoked<'_, 'd> {
    /// The complement clause: what is agreed to, asked for, refused or threatened.
    pub fn complement(&self) -> Option<Token<'d>> {
        complement(self.token).or_else(|| {
            // "received an invitation to visit", "issued a threat to attack"
            let infinitive = |object: &Token<'d>| {
                object.children().find(|child| child.dep() == Dep::Acl && is_infinitive(*child))
            };
            self.objects.iter().find_map(infinitive)
        })
    }

    /// Phrases with a preposition, of the predicate, its carrier and its object, then those inside other phrases.
    pub fn phrases<'a>(&'a self, case: &'a str) -> impl Iterator<Item = Token<'d>> + 'a {
        let nested = self.args.obliques.iter().flat_map(move |(_, phrase)| {
            let open = NESTED.contains(&case) || self.is_gate(*phrase);
            obliques(*phrase).into_iter().filter(move |_| open)
        });
        let objects = self
            .objects
            .iter()
            .filter(|object| **object != self.token)
            .flat_map(move |object| obliques(*object));
        let own = self.args.obliques.iter().cloned();
        own.chain(objects)
            .chain(nested)
            .filter(move |(found, _)| case_is(found, case))
            .map(|(_, token)| token)
    }
}

/// Prepositions that are also looked for inside other phrases: "called for sanctions against".
const NESTED: &[&str] = &["against", "on", "from", "with", "into"];

/// "out of" and "from inside" count as their words.
fn case_is(found: &str, wanted: &str) -> bool {
    found == wanted || found.split(' ').any(|word| word == wanted)
}

/// Words whose infinitive may hang on them like a mere purpose.
const GOVERNS: &[&str] = &[
    "refuse", "agree", "threaten", "offer", "promise", "fail", "urge", "order", "ask", "pressure", "call",
    "appeal",
];

/// The complement clause of a verb, noun or adjective.
pub fn complement(token: Token<'_>) -> Option<Token<'_>> {
    let after = |child: &Token<'_>| child.i() > token.i();
    let verbal =
        |child: &Token<'_>| matches!(child.pos(), Upos::Verb | Upos::Aux) || child.child(Dep::Cop).is_some();
    let proper = token
        .children()
        .filter(after)
        .find(|child| matches!(child.dep(), Dep::Xcomp | Dep::Ccomp) && verbal(child));
    let loose = |child: &Token<'_>| matches!(child.dep(), Dep::Acl | Dep::Advcl) && is_infinitive(*child);
    let mine = |clause: &Token<'_>| {
        clause.dep() != Dep::Advcl || token.pos() == Upos::Adj || GOVERNS.contains(&token.lemma())
    };
    proper.or_else(|| token.children().filter(after).find(loose)).filter(mine)
}
