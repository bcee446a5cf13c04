//! Whether a frame's gates open for a token: its object, agent, complement and tests.

use verbale_model::ontology::Sector;
use verbale_nlp::{Dep, Token, Upos, Xpos};

use super::engine::{Evoked, objects};
use super::entry::Clause;
use super::generic::is_people;
use super::parties::named_before;
use super::word::{Test, Word};
use crate::code::Coding;
use crate::code::tree::{conjuncts, is_infinitive};
use crate::code::who::who;
use crate::resolve::ActorKind;

/// Stands in a list of objects for any object at all.
const ANY: &str = "ANY";

/// Stands in a list of objects for any place with a name.
const PLACE: &str = "PLACE";

impl<'d> Evoked<'_, 'd> {
    /// Whether all gates of the frame open.
    pub fn opens(&self, coding: &Coding<'_>) -> bool {
        let frame = self.frame;
        (frame.object.is_empty() || self.has_object(coding, &frame.object))
            && !self.has_object(coding, &frame.not_object)
            && (frame.agent.is_empty() || self.args.agent.is_some_and(|agent| self.agent_is(coding, agent)))
            && frame.clause.is_none_or(|clause| self.has_clause(clause))
            && (frame.when.is_empty() || frame.when.iter().any(|test| self.holds(coding, test)))
            && !frame.unless.iter().any(|test| self.holds(coding, test))
            && (!is_noun(self.token) || self.has_agent(coding))
    }

    fn has_object(&self, coding: &Coding<'_>, words: &[Word]) -> bool {
        let wants = |special: &str| words.iter().any(|word| word.lemma == special);
        (wants(ANY) && !self.objects.is_empty())
            || self
                .objects
                .iter()
                .any(|object| is_any(*object, words) || (is_place(coding, *object) && wants(PLACE)))
    }

    fn agent_is(&self, coding: &Coding<'_>, agent: Token<'d>) -> bool {
        objects(coding.frames, Some(agent)).into_iter().any(|part| is_any(part, &self.frame.agent))
    }

    /// A noun alone evokes nothing: somebody must do it, or a verb must say so.
    fn has_agent(&self, coding: &Coding<'_>) -> bool {
        self.carrier.is_some() || self.args.agent.is_some() || named_before(coding, self.token).is_some()
    }

    fn has_clause(&self, wanted: Clause) -> bool {
        match wanted {
            Clause::To => self.complement().is_some_and(is_infinitive),
            Clause::That => self.complement().is_some_and(|clause| !is_infinitive(clause)),
            Clause::Any => self.complement().is_some(),
            Clause::None => self.complement().is_none(),
        }
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
            Test::Xcomp(words) => self.token.children().any(|child| completes(child, words)),
            Test::Near(words) => self.is_near(words),
            Test::Case(case, words) => {
                self.phrases(case).any(|phrase| words.is_empty() || heads(coding, phrase, words))
            }
        }
    }

    fn is_near(&self, words: &[Word]) -> bool {
        let below = |top: Token<'d>| top.subtree().any(|token| token != self.token && is_any(token, words));
        below(self.token) || self.args.agent.is_some_and(below)
    }

    /// Whether a phrase is what opened a gate ("on strike"), and so names nobody.
    pub fn is_gate(&self, phrase: Token<'d>) -> bool {
        self.frame.when.iter().any(|test| matches!(test, Test::Case(_, words) if is_any(phrase, words)))
    }
}

fn is_noun(token: Token<'_>) -> bool {
    matches!(token.pos(), Upos::Noun | Upos::Propn)
}

/// "found X guilty", "called him a liar"
fn completes(child: Token<'_>, words: &[Word]) -> bool {
    let inside = || child.children().any(|inner| inner.dep() == Dep::Amod && is_any(inner, words));
    matches!(child.dep(), Dep::Xcomp | Dep::Advmod | Dep::Ccomp | Dep::Obj)
        && (is_any(child, words) || inside())
}

fn heads(coding: &Coding<'_>, phrase: Token<'_>, words: &[Word]) -> bool {
    conjuncts(phrase)
        .into_iter()
        .flat_map(|part| objects(coding.frames, Some(part)))
        .any(|part| is_any(part, words))
}

fn is_place(coding: &Coding<'_>, token: Token<'_>) -> bool {
    token.pos() == Upos::Propn && coding.resolved.place_at(token.i()).is_some()
}

/// Whether a token is one of the words, with the modifier each wants.
pub fn is_any(token: Token<'_>, words: &[Word]) -> bool {
    let lemma = token.lemma();
    let folded = lemma.to_lowercase();
    // Plurals that the model left as they stand: "supplies".
    let singular =
        (token.tag() == Xpos::Nns && lemma.ends_with('s')).then(|| match lemma.strip_suffix("ies") {
            Some(stem) => format!("{stem}y"),
            None => lemma.trim_end_matches('s').to_owned(),
        });
    let same = |word: &&Word| {
        word.lemma == folded || singular.as_ref().is_some_and(|singular| word.lemma == *singular)
    };
    words.iter().filter(same).any(|word| {
        word.modifier.as_ref().is_none_or(|(modifier, wanted)| has_modifier(token, modifier) == *wanted)
    })
}

fn has_modifier(token: Token<'_>, modifier: &str) -> bool {
    let near =
        |child: &Token<'_>| matches!(child.dep(), Dep::Amod | Dep::Compound | Dep::Nmod | Dep::NmodDesc);
    token.children().filter(near).any(|child| child.lemma().eq_ignore_ascii_case(modifier))
}

fn names_actor(coding: &Coding<'_>, token: Token<'_>) -> bool {
    let people = token.pos() == Upos::Noun && is_people(coding, token);
    people || token.pos() == Upos::Propn || !who(coding.resolved, token).is_empty()
}

fn names_person(coding: &Coding<'_>, token: Token<'_>) -> bool {
    who(coding.resolved, token).iter().any(|who| {
        let actor = &coding.resolved.actors[who.actor];
        let civil = !matches!(
            actor.sector,
            Some(Sector::Mil | Sector::Reb | Sector::Uaf | Sector::Prm | Sector::Crm)
        );
        civil
            && (actor.kind == ActorKind::Person || (actor.kind == ActorKind::Role && actor.office.is_some()))
    })
}
