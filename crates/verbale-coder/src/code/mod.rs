//! Tellings and attributions: what the sentences of a resolved report say happened, and on whose word.
//!
//! One file or folder per event family: `consult` for meetings, `frames` for the other fifteen
//! PLOVER types. `attribution` finds who says what; `visits` lends journeys to the meetings made on them.

pub mod attribution;
pub mod circumstances;
pub mod consult;
pub mod frames;
pub mod lexicon;
pub mod modality;
pub mod told;
pub mod tree;
pub mod visits;
pub mod who;

use std::cell::RefCell;
use std::collections::BTreeMap;

use verbale_model::ontology::EventType;
use verbale_nlp::{Dep, SentKind, Token, Upos};

use crate::resolve::{Actor, ActorKind, Resolved};
use attribution::Attribution;
use frames::Frames;
use lexicon::Lexicon;
use told::Told;

/// Everything a family of rules may look at.
pub struct Coding<'c> {
    /// Who, when and where.
    pub resolved: &'c Resolved<'c>,
    /// Topics, contexts, vetoes.
    pub lexicon: &'c Lexicon,
    /// The frame lexicon.
    pub frames: &'c Frames,
    /// Actors that only an argument gives away ("residents", "a charity").
    extra: RefCell<Vec<Actor>>,
    /// Sides that follow from who received whom where.
    adopted: RefCell<BTreeMap<usize, String>>,
}

/// What the rules found in one report.
pub struct Tellings {
    /// Tellings of events in text order.
    pub told: Vec<Told>,
    /// Attributions in text order.
    pub attributions: Vec<Attribution>,
    /// The resolver's actors and those that only arguments gave away.
    pub actors: Vec<Actor>,
}

/// Reads all tellings and attributions off a resolved report.
pub fn tellings(resolved: &Resolved<'_>, lexicon: &Lexicon, frames: &Frames) -> Tellings {
    let coding = Coding { resolved, lexicon, frames, extra: RefCell::default(), adopted: RefCell::default() };
    let mut told: Vec<Told> = Vec::new();
    for sent in resolved.doc.sents().filter(|sent| is_told(sent.kind())) {
        for token in sent.tokens() {
            let meetings = consult::read(&coding, token);
            if meetings.is_empty() {
                told.extend(frames::read(&coding, token));
            }
            told.extend(meetings);
        }
    }
    // "seeking dialogue with A and B", "they want a policy": nobody is asked.
    told.retain(|telling| {
        let asked = telling.taking.len() >= 2
            || (telling.x_of != Some(EventType::Consult) && telling.confidence > 0.5);
        telling.event_type != EventType::Request || asked
    });
    visits::lend(&coding, &mut told);
    for telling in &mut told {
        visits::settle(&coding, telling);
        contexts(&coding, telling);
    }
    let attributions = attribution::attributions(resolved);
    let count = resolved.actors.len() + coding.extra.borrow().len();
    let actors = (0..count).map(|at| coding.actor(at)).collect();
    Tellings { told, attributions, actors }
}

/// Credits and datelines tell nothing.
fn is_told(kind: SentKind) -> bool {
    matches!(kind, SentKind::Body | SentKind::Headline | SentKind::Caption)
}

/// The contexts of a telling: what the words of its clause are about.
fn contexts(coding: &Coding<'_>, told: &mut Told) {
    let doc = coding.resolved.doc;
    let trigger = doc.token(told.trigger.start);
    let clause = modality::clause_of(trigger).subtree_span();
    let mut found = coding.lexicon.contexts(doc, clause);
    found.append(&mut told.contexts);
    found.sort();
    found.dedup();
    told.contexts = found;
}

impl Coding<'_> {
    /// The actor at an index, the resolver's or one made from an argument.
    pub fn actor(&self, at: usize) -> Actor {
        let mut actor = match self.resolved.actors.get(at) {
            Some(actor) => actor.clone(),
            None => self.extra.borrow()[at - self.resolved.actors.len()].clone(),
        };
        if let Some(side) = self.adopted.borrow().get(&at) {
            actor.side = Some(side.clone());
            actor.nationality = actor.nationality.or_else(|| Some(side.clone()));
        }
        actor
    }

    /// Gives a side to an actor in office whose side the report leaves to the circumstances.
    pub fn adopt_side(&self, at: usize, side: &str) {
        let actor = self.actor(at);
        let open = actor.side.is_none() && actor.nationality.is_none() && actor.serving == Some(true);
        if open && actor.level.is_some_and(|level| level <= 4) {
            self.adopted.borrow_mut().insert(at, side.to_owned());
        }
    }

    /// Adds an actor and gives its index.
    pub fn add_actor(&self, actor: Actor) -> usize {
        let mut extra = self.extra.borrow_mut();
        extra.push(actor);
        self.resolved.actors.len() + extra.len() - 1
    }

    /// A generic group made of a noun that no mention covers: "residents", "a charity".
    pub fn extra_actor(&self, head: Token<'_>) -> usize {
        let span = circumstances::noun_group(head);
        let mut actor = Actor::new(ActorKind::Group, self.resolved.doc.slice(span));
        actor.generic = true;
        self.add_actor(actor)
    }

    /// Whether a token cannot tell of politics, or tells of no event of its own: sport, anniversaries,
    /// films about it, the name of a room.
    pub fn is_veto(&self, token: Token<'_>) -> bool {
        let memory = token
            .ancestors()
            .take(3)
            .any(|above| above.pos() == Upos::Noun && self.lexicon.is_memory(above.lemma()));
        let named = token.pos() != Upos::Verb && token.dep() == Dep::Compound;
        let root = token.sent().root();
        let fiction = tree::subject(root)
            .is_some_and(|subject| subject.pos() == Upos::Noun && self.lexicon.is_memory(subject.lemma()));
        memory || named || fiction || self.lexicon.is_sport(self.resolved.doc, token.sent().range())
    }
}
