//! Who is who: later short names, offices, pronouns and "the two sides" join the actors they speak of.
//!
//! One pass in text order. Names join by their words, offices by their head and side, pronouns by
//! salience (subjects before objects, near before far; after Lappin & Leass 1994, much reduced).

use jiff::civil::Date;
use verbale_knowledge::{Knowledge, Name, fold};
use verbale_nlp::{Dep, Doc, Token};

use super::actors;
use super::back::Back;
use super::mentions::Draft;
use super::offices::Office;
use super::words::Words;
use super::{Actor, ActorKind, Mentioned, Note};

/// How many sentences back a pronoun or a definite office may reach.
const REACH: usize = 3;

/// Resolved mentions and the actors behind them.
pub struct Chains {
    /// In text order.
    pub mentions: Vec<Mentioned>,
    /// In order of first mention.
    pub actors: Vec<Actor>,
    /// Disagreements between text and knowledge.
    pub notes: Vec<Note>,
}

/// All that the mentions of one actor say.
#[derive(Debug, Clone)]
pub struct Cluster {
    /// What it is.
    pub kind: ActorKind,
    /// Names as written, the longest first.
    pub names: Vec<String>,
    /// Offices in text order.
    pub offices: Vec<Office>,
    /// Sides in text order.
    pub states: Vec<String>,
    /// Readings of its names.
    pub readings: Vec<Name>,
    /// Tokens of the first mention.
    pub first: std::ops::Range<usize>,
    /// Plural.
    pub plural: bool,
    /// Somebody's counterpart: the cluster whose kind of office this one shares.
    pub counterpart_of: Option<usize>,
}

/// Joins drafts into chains and makes an actor of each.
pub fn chains(
    knowledge: &Knowledge,
    words: &Words,
    doc: &Doc,
    published: Option<Date>,
    drafts: &[Draft],
) -> Chains {
    let mut chainer = Chainer { words, doc, clusters: Vec::new(), mentions: Vec::new() };
    for draft in drafts {
        chainer.add(draft);
    }
    let Chainer { clusters, mentions, .. } = chainer;
    let (actors, notes) = actors::actors(knowledge, words, doc, published, &clusters);
    Chains { mentions, actors, notes }
}

struct Chainer<'c> {
    words: &'c Words,
    doc: &'c Doc,
    clusters: Vec<Cluster>,
    mentions: Vec<Mentioned>,
}

impl Chainer<'_> {
    fn add(&mut self, draft: &Draft) {
        let inherited = self.with_owner(draft);
        let draft = inherited.as_ref().unwrap_or(draft);
        let counterpart_of = self.counterpart_of(draft);
        let (actors, anaphoric) = match (&draft.back, draft.kind) {
            (Some(Back::Person), _) => (self.pronoun(draft, true).into_iter().collect(), true),
            (Some(Back::Thing), _) => (self.pronoun(draft, false).into_iter().collect(), true),
            (Some(Back::Several), _) => (self.several(draft), true),
            (_, ActorKind::Person) => (vec![self.person(draft)], false),
            (_, ActorKind::Role | ActorKind::Body | ActorKind::Group) if draft.name.is_none() => {
                self.nameless(draft)
            }
            _ => (vec![self.thing(draft)], false),
        };
        let antecedent =
            actors.first().and_then(|actor| self.mentions.iter().rposition(|m| m.actors.contains(actor)));
        for actor in &actors {
            if counterpart_of.is_some_and(|of| of != *actor) {
                self.clusters[*actor].counterpart_of = counterpart_of;
            }
        }
        self.mentions.push(Mentioned {
            tokens: draft.tokens.clone(),
            phrase: draft.phrase.clone(),
            name: draft.name.clone(),
            head: draft.head,
            kind: draft.kind,
            actors,
            antecedent,
            anaphoric,
            adjectival: draft.adjectival,
        });
    }

    /// "its envoy", "their foreign minister", "his ministry": the side of whom the possessive speaks of.
    fn with_owner(&self, draft: &Draft) -> Option<Draft> {
        let open = draft.states.is_empty()
            && draft.back.is_none()
            && draft.offices.first().is_some_and(|office| !office.people);
        let before = draft.phrase.start.min(draft.tokens.start).checked_sub(1).filter(|_| open)?;
        let own =
            matches!(self.doc.token(before).text().to_lowercase().as_str(), "its" | "their" | "her" | "his");
        let owner = self
            .mentions
            .last()
            .filter(|mention| own && mention.tokens.contains(&before) && mention.actors.len() == 1)?;
        let cluster = &self.clusters[owner.actors[0]];
        let holds = match cluster.kind {
            ActorKind::State | ActorKind::Body => true,
            // "His ministry", "her spokesman": whoever holds an office has them of the side it is held for.
            ActorKind::Person | ActorKind::Role => {
                !cluster.offices.is_empty() && cluster.offices.iter().all(|office| !office.former)
            }
            _ => false,
        };
        let state = cluster.states.first().filter(|_| holds)?;
        let mut inherited = draft.clone();
        inherited.states = vec![state.clone()];
        for office in &mut inherited.offices {
            office.states.clone_from(&inherited.states);
            office.definite = true;
        }
        Some(inherited)
    }

    fn new_cluster(&mut self, draft: &Draft) -> usize {
        self.clusters.push(Cluster {
            kind: draft.kind,
            names: Vec::new(),
            offices: Vec::new(),
            states: Vec::new(),
            readings: Vec::new(),
            first: draft.tokens.clone(),
            plural: draft.plural,
            counterpart_of: None,
        });
        self.join(self.clusters.len() - 1, draft)
    }

    fn join(&mut self, at: usize, draft: &Draft) -> usize {
        let name = draft.name.clone().map(|range| self.doc.slice(range).to_owned());
        let cluster = &mut self.clusters[at];
        if let Some(name) = name
            && !cluster.names.contains(&name)
        {
            cluster.names.push(name);
            cluster.names.sort_by_key(|name| std::cmp::Reverse(name.chars().count()));
        }
        for office in &draft.offices {
            cluster.offices.push(office.clone());
        }
        for state in &draft.states {
            if !cluster.states.contains(state) {
                cluster.states.push(state.clone());
            }
        }
        if cluster.readings.is_empty() || draft.readings.len() == 1 {
            cluster.readings.clone_from(&draft.readings);
        }
        at
    }

    /// A named person: an earlier one with the same words in the name, or a new one.
    fn person(&mut self, draft: &Draft) -> usize {
        let name = draft.name.clone().map(|range| fold(self.doc.slice(range))).unwrap_or_default();
        let found = (0..self.clusters.len()).rev().find(|at| {
            let cluster = &self.clusters[*at];
            cluster.kind == ActorKind::Person
                && agree(&cluster.states, &draft.states)
                && cluster.names.iter().any(|known| same_person(&fold(known), &name))
        });
        let found = found.or_else(|| self.unnamed_before(draft));
        match found {
            Some(at) => {
                self.clusters[at].kind = ActorKind::Person;
                self.join(at, draft)
            }
            None => self.new_cluster(draft),
        }
    }

    /// "Chad's president" in the headline, "the president of Chad, Abakar Moussa" in the text.
    fn unnamed_before(&self, draft: &Draft) -> Option<usize> {
        let office = draft
            .offices
            .iter()
            .find(|office| !office.former && !office.people && office.kind != "counterpart")?;
        let sentence = self.doc.token(draft.tokens.start).sent().i();
        self.mentions.iter().rev().find_map(|mention| {
            let token = self.doc.token(mention.tokens.start);
            let at = *mention
                .actors
                .first()
                .filter(|_| mention.actors.len() == 1 && mention.kind == ActorKind::Role)?;
            let cluster = &self.clusters[at];
            let near = token.sent().i() != sentence && sentence - token.sent().i() <= REACH;
            let same = cluster.offices.iter().any(|known| {
                known.kind == office.kind
                    && !known.former
                    && last_word(&known.title) == last_word(&office.title)
            });
            let sides = !cluster.states.is_empty()
                && !draft.states.is_empty()
                && agree(&cluster.states, &draft.states);
            (near && same && sides && cluster.names.is_empty()).then_some(at)
        })
    }

    /// A state, organisation or body with a name of its own.
    fn thing(&mut self, draft: &Draft) -> usize {
        let entity = draft.readings.first().map(|name| name.entity);
        let name = draft.name.clone().map(|range| fold(self.doc.slice(range))).unwrap_or_default();
        let found = (0..self.clusters.len()).rev().find(|at| {
            let cluster = &self.clusters[*at];
            cluster.kind == draft.kind
                && cluster.plural == draft.plural
                && match entity {
                    Some(entity) => cluster.readings.first().is_some_and(|known| known.entity == entity),
                    None => cluster.names.iter().any(|known| fold(known) == name),
                }
        });
        match found {
            Some(at) => self.join(at, draft),
            None => self.new_cluster(draft),
        }
    }

    /// An office or institution without a name; several actors for "the ministers of A, B and C".
    fn nameless(&mut self, draft: &Draft) -> (Vec<usize>, bool) {
        let Some(office) = draft.offices.first() else { return (vec![self.new_cluster(draft)], false) };
        if office.plural && office.states.len() >= 2 {
            let each = office.states.clone();
            let clusters = each.into_iter().map(|state| {
                let mut one = draft.clone();
                one.states = vec![state.clone()];
                one.plural = false;
                for office in &mut one.offices {
                    office.states = vec![state.clone()];
                    office.plural = false;
                    office.title = self.words.singular(&office.title);
                }
                one.kind = if office.body { ActorKind::Body } else { ActorKind::Role };
                match self.same_office(&one) {
                    Some(at) => self.join(at, &one),
                    None => self.new_cluster(&one),
                }
            });
            return (clusters.collect(), false);
        }
        if office.plural || (office.people && !office.definite) {
            return (vec![self.new_cluster(draft)], false);
        }
        match self.same_office(draft) {
            Some(at) => {
                let bare = draft.states.is_empty();
                (vec![self.join(at, draft)], bare)
            }
            None => (vec![self.new_cluster(draft)], false),
        }
    }

    /// The latest actor with the same office: "the minister", "the Russian ambassador", "the ministry".
    fn same_office(&self, draft: &Draft) -> Option<usize> {
        let office = draft.offices.first()?;
        if !office.definite && !office.body || draft.back.is_some() {
            return None;
        }
        let sentence = self.doc.token(draft.tokens.start).sent().i();
        let reach = if office.body { usize::MAX } else { REACH * 2 };
        self.mentions
            .iter()
            .rev()
            .filter(|m| sentence - self.doc.token(m.tokens.start).sent().i() <= reach)
            .find_map(|mention| {
                let at = *mention.actors.first().filter(|_| mention.actors.len() == 1)?;
                let cluster = &self.clusters[at];
                let same = cluster.offices.iter().any(|known| {
                    known.body == office.body
                        && !known.plural
                        && (known.title == office.title
                            || (last_word(&known.title) == last_word(&office.title)
                                && known.kind == office.kind
                                && (office.title.split_whitespace().count() == 1)))
                });
                let sides = if draft.states.is_empty() {
                    true
                } else {
                    !cluster.states.is_empty() && agree(&cluster.states, &draft.states)
                };
                let posted = office.posting.is_none()
                    || cluster
                        .offices
                        .iter()
                        .any(|known| known.posting == office.posting || known.posting.is_none());
                (same && sides && posted).then_some(at)
            })
    }

    /// The person or thing that a pronoun speaks of.
    fn pronoun(&self, draft: &Draft, person: bool) -> Option<usize> {
        let here = self.doc.token(draft.head);
        let sentence = here.sent().i();
        let mut best: Option<(i64, usize)> = None;
        for mention in self.mentions.iter().rev() {
            let token = self.doc.token(mention.head);
            let far = sentence - token.sent().i().min(sentence);
            if far > REACH {
                break;
            }
            let Some(&actor) = mention.actors.first().filter(|_| mention.actors.len() == 1) else { continue };
            let cluster = &self.clusters[actor];
            let fits = if person {
                matches!(cluster.kind, ActorKind::Person | ActorKind::Role) && !cluster.plural
            } else {
                matches!(cluster.kind, ActorKind::State | ActorKind::Body | ActorKind::Organisation)
                    && !mention.adjectival
            };
            let shared = || {
                !here.is_root()
                    && here.dep() == Dep::Obj
                    && crate::code::tree::subject(here.head())
                        .is_some_and(|subject| mention.phrase.contains(&subject.i()))
            };
            if !fits || co_argument(token, here) || shared() {
                continue;
            }
            let score = salience(token) - 3 * far as i64 - i64::from(far == 0 && token.i() > here.i()) * 100;
            if best.is_none_or(|(top, _)| score > top) {
                best = Some((score, actor));
            }
        }
        best.map(|(_, actor)| actor)
    }

    /// The actors that "they", "the two sides" or "both countries" speak of: those of the nearest
    /// sentence that names at least two of different sides, or the nearest plural for "they".
    fn several(&self, draft: &Draft) -> Vec<usize> {
        let here = self.doc.token(draft.head);
        let sentence = here.sent().i();
        let pronoun = draft.tokens.len() == 1
            && matches!(here.text().to_lowercase().as_str(), "they" | "them" | "their");
        for back in 0..=REACH.min(sentence) {
            let mut pair: Vec<usize> = Vec::new();
            let within = |mention: &&Mentioned| {
                let token = self.doc.token(mention.head);
                token.sent().i() + back == sentence && mention.tokens.end <= draft.tokens.start
            };
            let mentions: Vec<&Mentioned> = self.mentions.iter().filter(within).collect();
            let personal = mentions.iter().any(|m| matches!(m.kind, ActorKind::Person | ActorKind::Role));
            for mention in &mentions {
                if mention.adjectival || !argument_like(self.doc.token(mention.head)) {
                    continue;
                }
                for &actor in &mention.actors {
                    let cluster = &self.clusters[actor];
                    let thing = !matches!(cluster.kind, ActorKind::Person | ActorKind::Role);
                    let distinct = pair.iter().all(|other| self.apart(*other, actor));
                    if !pair.contains(&actor)
                        && distinct
                        && !(personal && thing)
                        && cluster.kind != ActorKind::Group
                    {
                        pair.push(actor);
                    }
                }
            }
            if pair.len() >= 2 {
                pair.truncate(if matches!(draft.tokens.len(), 1) { 4 } else { 3 });
                return pair;
            }
            if pronoun {
                let group = mentions
                    .iter()
                    .rev()
                    .find(|m| m.actors.iter().any(|at| self.clusters[*at].plural) || m.actors.len() > 1);
                if let Some(group) = group {
                    return group.actors.clone();
                }
            }
        }
        Vec::new()
    }

    /// Whether two actors speak for different sides, as far as the text has said by now.
    fn apart(&self, one: usize, other: usize) -> bool {
        let (a, b) = (&self.clusters[one].states, &self.clusters[other].states);
        a.is_empty() || b.is_empty() || a.iter().all(|state| !b.contains(state))
    }

    /// For "his Indian counterpart": whose counterpart.
    fn counterpart_of(&self, draft: &Draft) -> Option<usize> {
        let office = draft.offices.iter().find(|office| office.kind == "counterpart")?;
        let owner = office.tokens.start.checked_sub(1).and_then(|at| {
            self.mentions
                .iter()
                .rev()
                .find(|m| m.tokens.contains(&at) || (m.tokens.end <= at + 1 && m.tokens.end + 2 > at))
        });
        let person = |mention: &&Mentioned| {
            mention
                .actors
                .first()
                .is_some_and(|at| matches!(self.clusters[*at].kind, ActorKind::Person | ActorKind::Role))
        };
        owner
            .filter(person)
            .or_else(|| self.mentions.iter().rev().find(person))
            .and_then(|m| m.actors.first().copied())
    }
}

/// The head word of a title: "envoy" in "special envoy for trade".
fn last_word(title: &str) -> Option<&str> {
    let cut =
        [" for ", " of ", " to "].iter().filter_map(|case| title.find(case)).min().unwrap_or(title.len());
    title[..cut].split_whitespace().last()
}

/// Whether two folded names can be one person's: one is the start or the end of the other, or they
/// share the last word and the first initial.
fn same_person(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if short.iter().all(|word| word.is_empty()) {
        return false;
    }
    if short.len() < long.len() {
        if long.ends_with(short) || long.starts_with(short) {
            return true;
        }
        // First and last name with the middle left out.
        return short.len() >= 2 && short.first() == long.first() && short.last() == long.last();
    }
    let initial = |word: &str| word.chars().next();
    let abbreviated = short[0].len() <= 1 || long[0].len() <= 1;
    abbreviated && short.len() >= 2 && short.last() == long.last() && initial(short[0]) == initial(long[0])
}

/// Whether two lists of sides do not contradict each other.
fn agree(known: &[String], told: &[String]) -> bool {
    known.is_empty() || told.is_empty() || told.iter().any(|state| known.contains(state))
}

/// Subjects stand out more than objects, and those more than the rest; a name in apposition stands out as its office does.
fn salience(token: Token<'_>) -> i64 {
    let mut top = token;
    while matches!(top.dep(), Dep::Appos | Dep::Flat) && !top.is_root() {
        top = top.head();
    }
    match top.dep() {
        dep if dep.is_subject() => 4,
        Dep::Obj | Dep::Iobj | Dep::OblAgent => 2,
        Dep::Root | Dep::Conj => 1,
        Dep::NmodPoss | Dep::Compound => -1,
        _ => 0,
    }
}

/// Two arguments of the same verb are two people, except for possessives.
fn co_argument(candidate: Token<'_>, pronoun: Token<'_>) -> bool {
    let argument = |token: Token<'_>| {
        token.dep().is_subject() || token.dep().is_oblique() || matches!(token.dep(), Dep::Obj | Dep::Iobj)
    };
    argument(candidate) && argument(pronoun) && candidate.head() == pronoun.head()
}

/// Subjects, objects, obliques and what is coordinated with them.
fn argument_like(token: Token<'_>) -> bool {
    let mut top = token;
    while matches!(top.dep(), Dep::Conj | Dep::Appos | Dep::Flat) && !top.is_root() {
        top = top.head();
    }
    top.is_root()
        || top.dep().is_subject()
        || top.dep().is_oblique()
        || matches!(top.dep(), Dep::Obj | Dep::Iobj | Dep::Nmod | Dep::NmodPoss)
}
