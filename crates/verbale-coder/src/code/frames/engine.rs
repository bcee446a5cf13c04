//! From a token to the frame that it evokes: lemma, particle, gates.

use verbale_model::ontology::Sector;
use verbale_nlp::{Dep, Token, Upos, Xpos};

use super::entry::{Clause, Frame, Frames, Test, Word};
use crate::code::Coding;
use crate::code::tree::{self, Args, arguments, case_of, conjuncts, is_infinitive, is_passive, obliques};
use crate::code::who::who;
use crate::resolve::ActorKind;

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
    let frames = coding.frames;
    let lemma = token.lemma().to_lowercase();
    match token.pos() {
        Upos::Verb | Upos::Aux => {
            // "the Russian-backed forces": what stands before a noun tells of no event.
            let lemma = verb_lemma(frames, token, lemma)?;
            if matches!(token.dep(), Dep::Amod | Dep::Compound) {
                return None;
            }
            let mut args = arguments(token);
            args.patient = args.patient.or_else(|| behind_particle(token));
            let objects = objects(frames, args.patient);
            let mut evoked: Option<Evoked<'f, 'd>> = None;
            for (particle, frame) in frames.of_verb(&lemma) {
                let known = evoked.take();
                let mut tried = known.unwrap_or_else(|| Evoked { frame, token, args: args.clone(), objects: objects.clone(), carrier: None });
                tried.frame = frame;
                if has_particle(coding, token, particle) && tried.opens(coding) {
                    return Some(tried);
                }
                evoked = Some(tried);
            }
            None
        }
        Upos::Noun | Upos::Propn => {
            if frames.of_noun(&lemma).next().is_none() || matches!(token.dep(), Dep::Compound | Dep::Flat) {
                return None;
            }
            let (args, carrier) = noun_arguments(coding, token);
            let mut evoked = Evoked { frame: frames.of_noun(&lemma).next()?, token, args, objects: vec![token], carrier };
            for frame in frames.of_noun(&lemma) {
                evoked.frame = frame;
                if evoked.opens(coding) {
                    return Some(evoked);
                }
            }
            None
        }
        Upos::Adj => {
            let predicative = token.child(Dep::Cop).is_some() || matches!(token.dep(), Dep::Xcomp | Dep::Acl);
            // "a report critical of the government"
            let attribute = token.dep() == Dep::Amod && token.head().i() < token.i();
            if !predicative && !attribute {
                return None;
            }
            let mut args = arguments(token);
            args.agent = if attribute { Some(token.head()) } else { tree::subject(token) };
            args.obliques = obliques(token);
            let mut evoked = Evoked { frame: frames.of_adjective(&lemma).next()?, token, args, objects: Vec::new(), carrier: None };
            for frame in frames.of_adjective(&lemma) {
                evoked.frame = frame;
                if evoked.opens(coding) {
                    return Some(evoked);
                }
            }
            None
        }
        _ => None,
    }
}

/// The verb's lemma as the lexicon has it; where the model made up a lemma, a regular one from the form.
fn verb_lemma(frames: &Frames, verb: Token<'_>, lemma: String) -> Option<String> {
    if frames.of_verb(&lemma).next().is_some() {
        return Some(lemma);
    }
    let form = verb.text().to_lowercase();
    let stems = ["d", "ed", "s", "es", "ing"].iter().filter_map(|ending| form.strip_suffix(ending)).flat_map(|stem| [stem.to_owned(), format!("{stem}e")]);
    stems.filter(|stem| stem.len() > 2).find(|stem| frames.of_verb(stem).next().is_some())
}

/// "called off the strike": the particle may hang on the object like a preposition.
fn behind_particle(verb: Token<'_>) -> Option<Token<'_>> {
    let particle = |child: &Token<'_>| child.dep().is_oblique() && child.i() > verb.i() && matches!(case_of(*child).as_str(), "off" | "down" | "up" | "out" | "over" | "back");
    verb.children().find(particle)
}

/// The heads of an object: its conjuncts, and what stands in a container ("a series of", "$5m in").
fn objects<'d>(frames: &Frames, object: Option<Token<'d>>) -> Vec<Token<'d>> {
    let Some(object) = object else { return Vec::new() };
    let mut found = Vec::new();
    for part in conjuncts(object) {
        found.push(part);
        let mut at = part;
        for _ in 0..3 {
            let holds = frames.is("container", at.lemma()) || matches!(at.pos(), Upos::Num | Upos::Sym);
            let inner = at.children().find(|child| child.dep() == Dep::Nmod && matches!(case_of(*child).as_str(), "of" | "in" | "worth of"));
            let unmarked = at.children().find(|child| matches!(child.dep(), Dep::NmodUnmarked | Dep::NmodDesc | Dep::Compound) && at.pos() != Upos::Propn);
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
    let Some(particle) = particle else { return own.is_none_or(|own| matches!(own.lemma(), "in" | "down" | "up")) };
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
    verb.children().any(|child| said(&child)) || verb.child(Dep::Obj).is_some_and(|object| marked(object, particle))
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
        args.obliques.extend(carried.obliques.into_iter().filter(|(_, token)| *token != noun && !known.contains(&token.i())));
    }
    (args, carrier)
}

/// The verb that tells of the event that a noun names, and lends it its subject.
fn carrier<'d>(coding: &Coding<'_>, noun: Token<'d>) -> Option<Token<'d>> {
    let mut top = noun;
    for _ in 0..4 {
        let held = top.dep() == Dep::Conj || (top.dep() == Dep::Nmod && case_of(top) == "of" && coding.frames.is("container", top.head().lemma()));
        if !held || top.is_root() {
            break;
        }
        top = top.head();
    }
    let verb = top.head();
    let placed = matches!(top.dep(), Dep::Obj | Dep::NsubjPass) || (top.dep() == Dep::Nsubj && is_passive(verb));
    (placed && !top.is_root() && verb.pos() == Upos::Verb && coding.frames.is("carrier", verb.lemma())).then_some(verb)
}

impl<'d> Evoked<'_, 'd> {
    fn opens(&self, coding: &Coding<'_>) -> bool {
        let frame = self.frame;
        let verb = !matches!(self.token.pos(), Upos::Noun | Upos::Propn);
        let object = |words: &[Word]| self.objects.iter().any(|object| is_any(*object, words) || (is_place(coding, *object) && words.iter().any(|word| word.lemma == PLACE)));
        let objects = ((frame.object.is_empty() || object(&frame.object)) && !object(&frame.not_object));
        objects
            && (frame.agent.is_empty() || self.args.agent.is_some_and(|agent| self.agent_is(coding, agent)))
            && frame.clause.is_none_or(|clause| self.has_clause(clause))
            && (frame.when.is_empty() || frame.when.iter().any(|test| self.holds(coding, test)))
            && !frame.unless.iter().any(|test| self.holds(coding, test))
            && (verb || self.has_agent(coding))
    }

    fn agent_is(&self, coding: &Coding<'_>, agent: Token<'d>) -> bool {
        objects(coding.frames, Some(agent)).into_iter().any(|part| is_any(part, &self.frame.agent))
    }

    /// A noun alone evokes nothing: somebody must do it, or a verb must say so.
    fn has_agent(&self, coding: &Coding<'_>) -> bool {
        self.carrier.is_some() || self.args.agent.is_some() || super::slots::named_before(coding, self.token).is_some()
    }

    fn has_clause(&self, wanted: Clause) -> bool {
        match wanted {
            Clause::To => self.complement().is_some_and(is_infinitive),
            Clause::That => self.complement().is_some_and(|clause| !is_infinitive(clause)),
            Clause::Any => self.complement().is_some(),
            Clause::None => self.complement().is_none(),
        }
    }

    /// The complement clause: what is agreed to, asked for, refused or threatened.
    pub fn complement(&self) -> Option<Token<'d>> {
        complement(self.token).or_else(|| {
            // "received an invitation to visit", "issued a threat to attack"
            self.objects.iter().find_map(|object| object.children().find(|child| child.dep() == Dep::Acl && is_infinitive(*child)))
        })
    }

    fn holds(&self, coding: &Coding<'_>, test: &Test) -> bool {
        match test {
            Test::Verb(lemma) => self.token.lemma() == lemma,
            Test::Noun => self.token.pos() == Upos::Noun,
            Test::Clause => self.complement().is_some(),
            Test::Object(words) => self.objects.iter().any(|object| is_any(*object, words)),
            Test::ObjectActor => self.args.patient.is_some_and(|object| names_actor(coding, object)),
            Test::AgentActor => self.args.agent.is_some_and(|agent| names_actor(coding, agent)),
            Test::AgentPerson => self.args.agent.is_some_and(|agent| names_person(coding, agent)),
            Test::Xcomp(words) => self
                .token
                .children()
                .any(|child| matches!(child.dep(), Dep::Xcomp | Dep::Advmod | Dep::Ccomp | Dep::Obj) && (is_any(child, words) || child.children().any(|inner| inner.dep() == Dep::Amod && is_any(inner, words)))),
            Test::Near(words) => self.token.subtree().filter(|t| t.i() != self.token.i()).any(|t| is_any(t, words)) || self.args.agent.is_some_and(|agent| agent.subtree().any(|t| is_any(t, words))),
            Test::Case(case, words) => self.phrases(case).any(|phrase| words.is_empty() || conjuncts(phrase).into_iter().any(|part| objects(coding.frames, Some(part)).into_iter().any(|one| is_any(one, words)))),
        }
    }

    /// Phrases with a preposition, of the predicate, its carrier and its object.
    pub fn phrases<'a>(&'a self, case: &'a str) -> impl Iterator<Item = Token<'d>> + 'a {
        let own = self.args.obliques.iter().filter(move |(found, _)| case_is(found, case)).map(|(_, token)| *token);
        let nested = self.args.obliques.iter().flat_map(|(_, phrase)| obliques(*phrase)).filter(move |(found, _)| NESTED.contains(&case) && case_is(found, case)).map(|(_, token)| token);
        let objects = self.objects.iter().filter(|object| **object != self.token).flat_map(move |object| obliques(*object)).filter(move |(found, _)| case_is(found, case)).map(|(_, token)| token);
        own.chain(objects).chain(nested)
    }

    /// Whether a phrase is what opened a gate ("on strike"), and so names nobody.
    pub fn is_gate(&self, phrase: Token<'d>) -> bool {
        self.frame.when.iter().any(|test| matches!(test, Test::Case(_, words) if is_any(phrase, words)))
    }
}

/// Prepositions that are also looked for inside other phrases: "called for sanctions against".
const NESTED: &[&str] = &["against", "on", "from", "with", "into"];

/// "out of" and "from inside" count as their words.
fn case_is(found: &str, wanted: &str) -> bool {
    found == wanted || found.split(' ').any(|word| word == wanted)
}

/// The complement clause of a verb, noun or adjective.
pub fn complement(token: Token<'_>) -> Option<Token<'_>> {
    let verbal = |child: &Token<'_>| matches!(child.pos(), Upos::Verb | Upos::Aux) || child.child(Dep::Cop).is_some();
    let proper = token.children().filter(|child| child.i() > token.i()).find(|child| matches!(child.dep(), Dep::Xcomp | Dep::Ccomp) && verbal(child));
    let infinitive = || token.children().find(|child| child.i() > token.i() && matches!(child.dep(), Dep::Acl | Dep::Advcl) && is_infinitive(*child));
    let mine = |clause: &Token<'_>| clause.dep() != Dep::Advcl || token.pos() == Upos::Adj || matches!(token.lemma(), "refuse" | "agree" | "threaten" | "offer" | "promise" | "fail" | "urge" | "order" | "ask" | "pressure" | "call" | "appeal");
    proper.or_else(infinitive).filter(mine)
}

/// Stands in a list of objects for any place with a name.
const PLACE: &str = "PLACE";

fn is_place(coding: &Coding<'_>, token: Token<'_>) -> bool {
    token.pos() == Upos::Propn && coding.resolved.place_at(token.i()).is_some()
}

/// Whether a token is one of the words, with the modifier each wants.
pub fn is_any(token: Token<'_>, words: &[Word]) -> bool {
    let lemma = token.lemma();
    let same = |word: &&Word| word.lemma == lemma || (lemma.chars().any(char::is_uppercase) && word.lemma == lemma.to_lowercase());
    words.iter().filter(same).any(|word| {
        word.modifier.as_ref().is_none_or(|(modifier, wanted)| has_modifier(token, modifier) == *wanted)
    })
}

fn has_modifier(token: Token<'_>, modifier: &str) -> bool {
    let near = |child: &Token<'_>| matches!(child.dep(), Dep::Amod | Dep::Compound | Dep::Nmod | Dep::NmodDesc);
    token.children().filter(near).any(|child| child.lemma().eq_ignore_ascii_case(modifier))
}

fn names_actor(coding: &Coding<'_>, token: Token<'_>) -> bool {
    !who(coding.resolved, token).is_empty() || (token.pos() == Upos::Noun && coding.frames.is("words", token.lemma()))
}

fn names_person(coding: &Coding<'_>, token: Token<'_>) -> bool {
    who(coding.resolved, token).iter().any(|who| {
        let actor = &coding.resolved.actors[who.actor];
        let civil = !matches!(actor.sector, Some(Sector::Mil | Sector::Reb | Sector::Uaf | Sector::Prm | Sector::Crm));
        civil && (actor.kind == ActorKind::Person || (actor.kind == ActorKind::Role && actor.office.is_some()))
    })
}
