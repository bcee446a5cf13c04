//! The frame lexicon as data: `data/lexicon/frames.toml` parsed once into gates and slots.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use verbale_model::ontology::{EventType, Mode};

use super::word::{Test, Word, test, words};

const FRAMES: &str = include_str!("../../../../../data/lexicon/frames.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    classes: BTreeMap<String, Vec<String>>,
    people: BTreeMap<String, Vec<String>>,
    frame: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    r#type: String,
    mode: Option<String>,
    cameo: Option<String>,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    #[serde(default)]
    object: Vec<String>,
    #[serde(default)]
    not_object: Vec<String>,
    #[serde(default)]
    agent: Vec<String>,
    #[serde(default)]
    when: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    clause: Option<Clause>,
    sense: Option<Sense>,
    #[serde(default)]
    armed: bool,
    #[serde(default)]
    hard: bool,
    #[serde(default)]
    mutual: bool,
    actor: Option<Vec<String>>,
    recipient: Option<Vec<String>>,
    confidence: Option<f32>,
}

/// What kind of complement clause a frame asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Clause {
    /// An infinitive: "agreed to meet".
    To,
    /// A finite clause: "demanded that it leave".
    That,
    /// Either.
    Any,
    /// No complement at all.
    None,
}

/// Frames whose act is about another act, and what that other act makes of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sense {
    /// Agreeing to, promising, offering.
    Promise,
    /// Asking for, demanding, ordering.
    Request,
    /// Refusing.
    Refuse,
    /// Threatening with.
    Threat,
    /// Told only as the content of one of these.
    Inside,
}

/// One frame of the lexicon.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Name of the rule.
    pub id: String,
    /// PLOVER type.
    pub event_type: EventType,
    /// PLOVER mode.
    pub mode: Option<Mode>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// The object is one of these; empty for any.
    pub object: Vec<Word>,
    /// The object is none of these.
    pub not_object: Vec<Word>,
    /// The agent is one of these; empty for any.
    pub agent: Vec<Word>,
    /// One of these holds; empty for none needed.
    pub when: Vec<Test>,
    /// None of these holds.
    pub unless: Vec<Test>,
    /// The complement it asks for.
    pub clause: Option<Clause>,
    /// What its complement makes of it.
    pub sense: Option<Sense>,
    /// The agent must be able to use force.
    pub armed: bool,
    /// The object must be people, a place or a thing that can be hit or held.
    pub hard: bool,
    /// Several agents without a recipient act on each other.
    pub mutual: bool,
    /// Slots of the actor.
    pub actor: Vec<String>,
    /// Slots of the recipient.
    pub recipient: Vec<String>,
    /// From 0 to 1.
    pub confidence: f32,
}

/// The frame lexicon, parsed.
pub struct Frames {
    all: Vec<Frame>,
    verbs: BTreeMap<String, Vec<(Option<String>, usize)>>,
    nouns: BTreeMap<String, Vec<usize>>,
    adjectives: BTreeMap<String, Vec<usize>>,
    classes: BTreeMap<String, BTreeSet<String>>,
}

impl Frames {
    /// Parses the lexicon that is built in.
    ///
    /// # Errors
    /// A message that names the frame and what cannot be read in it.
    pub fn embedded() -> Result<Self, String> {
        let file: File = toml::from_str(FRAMES).map_err(|error| format!("frames.toml: {error}"))?;
        let mut frames = Self {
            all: Vec::new(),
            verbs: BTreeMap::new(),
            nouns: BTreeMap::new(),
            adjectives: BTreeMap::new(),
            classes: file
                .classes
                .iter()
                .chain(&file.people)
                .map(|(name, words)| (name.clone(), words.iter().cloned().collect()))
                .collect(),
        };
        for entry in file.frame {
            frames.add(&file.classes, entry)?;
        }
        Ok(frames)
    }

    fn add(&mut self, classes: &BTreeMap<String, Vec<String>>, entry: Entry) -> Result<(), String> {
        let at = self.all.len();
        for verb in &entry.verbs {
            let (lemma, particle) = match verb.split_once(' ') {
                Some((lemma, particle)) => (lemma, Some(particle.to_owned())),
                None => (verb.as_str(), None),
            };
            self.verbs.entry(lemma.to_owned()).or_default().push((particle, at));
        }
        for noun in &entry.nouns {
            self.nouns.entry(noun.clone()).or_default().push(at);
        }
        for adjective in &entry.adjectives {
            self.adjectives.entry(adjective.clone()).or_default().push(at);
        }
        self.all.push(frame(classes, entry)?);
        Ok(())
    }

    /// Frames of a verb in the order of the file, each with the particle it wants.
    pub fn of_verb(&self, lemma: &str) -> impl Iterator<Item = (Option<&str>, &Frame)> {
        self.verbs
            .get(lemma)
            .into_iter()
            .flatten()
            .map(|(particle, at)| (particle.as_deref(), &self.all[*at]))
    }

    /// Frames of a noun.
    pub fn of_noun(&self, lemma: &str) -> impl Iterator<Item = &Frame> {
        self.nouns.get(lemma).into_iter().flatten().map(|at| &self.all[*at])
    }

    /// Frames of an adjective.
    pub fn of_adjective(&self, lemma: &str) -> impl Iterator<Item = &Frame> {
        self.adjectives.get(lemma).into_iter().flatten().map(|at| &self.all[*at])
    }

    /// Whether a lemma is in a class.
    pub fn is(&self, class: &str, lemma: &str) -> bool {
        self.classes
            .get(class)
            .is_some_and(|words| words.contains(lemma) || words.contains(&lemma.to_lowercase()))
    }
}

fn frame(classes: &BTreeMap<String, Vec<String>>, entry: Entry) -> Result<Frame, String> {
    let wrong = |what: &str| format!("frames.toml: {}: unknown {what}", entry.id);
    let event_type = EventType::parse(&entry.r#type).ok_or_else(|| wrong(&entry.r#type))?;
    let mode = match &entry.mode {
        Some(text) => Some(Mode::parse(text).ok_or_else(|| wrong(text))?),
        None => None,
    };
    let listed = |list: &[String]| words(classes, list).map_err(|class| wrong(&class));
    let tests = |list: &[String]| {
        list.iter()
            .map(|text| test(classes, text))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|class| wrong(&class))
    };
    let slots = |list: Option<Vec<String>>, default: &[&str]| {
        list.unwrap_or_else(|| default.iter().map(|slot| (*slot).to_owned()).collect())
    };
    Ok(Frame {
        event_type,
        mode,
        object: listed(&entry.object)?,
        not_object: listed(&entry.not_object)?,
        agent: listed(&entry.agent)?,
        when: tests(&entry.when)?,
        unless: tests(&entry.unless)?,
        clause: entry.clause,
        sense: entry.sense,
        armed: entry.armed,
        hard: entry.hard,
        mutual: entry.mutual,
        actor: slots(entry.actor, &["agent"]),
        recipient: slots(entry.recipient, &["object", "owner"]),
        confidence: entry.confidence.unwrap_or(0.75),
        cameo: entry.cameo,
        id: entry.id,
    })
}
