//! The words of speech: `data/lexicon/speech.toml`, read once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

const SPEECH: &str = include_str!("../../../../../data/lexicon/speech.toml");

#[derive(Deserialize)]
struct File {
    verb: Vec<Group>,
    #[serde(default)]
    noun: Vec<NounGroup>,
    nouns: Nouns,
    people: People,
}

#[derive(Deserialize)]
struct Group {
    takes: Vec<String>,
    #[serde(default)]
    after: Vec<String>,
    #[serde(default)]
    source: String,
    words: Vec<String>,
}

#[derive(Deserialize)]
struct NounGroup {
    #[serde(default)]
    act: bool,
    after: Vec<String>,
    words: Vec<String>,
}

#[derive(Deserialize, Default)]
struct Nouns {
    content: BTreeSet<String>,
    unsourced: BTreeSet<String>,
    statement: BTreeSet<String>,
    document: BTreeSet<String>,
    phone: BTreeSet<String>,
    letter: BTreeSet<String>,
}

#[derive(Deserialize, Default)]
struct People {
    officials: BTreeSet<String>,
    analysts: BTreeSet<String>,
    sources: BTreeSet<String>,
    groups: BTreeSet<String>,
    nameless: BTreeSet<String>,
    outlets: BTreeSet<String>,
}

/// What makes a verb an attribution.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "a set of independent marks")]
pub struct Takes {
    /// A finite complement.
    pub clause: bool,
    /// Quoted words beside it.
    pub quote: bool,
    /// An infinitive.
    pub infinitive: bool,
    /// An infinitive after somebody who is asked.
    pub request: bool,
    /// Thought, will or support, which somebody may also lack: "does not recognise".
    pub attitude: bool,
    /// An object.
    pub object: bool,
    /// What a document shows.
    pub evidence: bool,
    /// An object and what it is called.
    pub predicate: bool,
    /// Prepositions whose object is the content.
    pub after: BTreeSet<String>,
    /// Polls and studies may be the subject.
    pub things: bool,
}

/// The words of speech.
#[derive(Default)]
pub struct Speech {
    verbs: BTreeMap<String, Takes>,
    /// Nouns and the prepositions after which their content stands; `true` where a verb must make it an act.
    about: BTreeMap<String, BTreeMap<String, bool>>,
    nouns: Nouns,
    people: People,
}

static EMBEDDED: LazyLock<Speech> = LazyLock::new(|| Speech::embedded().unwrap_or_default());

impl Speech {
    /// Reads the list that is built in.
    ///
    /// # Errors
    /// A message naming the place in the list that cannot be read.
    pub fn embedded() -> Result<Self, String> {
        let file: File = toml::from_str(SPEECH).map_err(|error| format!("speech.toml: {error}"))?;
        let mut verbs: BTreeMap<String, Takes> = BTreeMap::new();
        for group in file.verb {
            for word in &group.words {
                let takes = verbs.entry(word.clone()).or_default();
                for what in &group.takes {
                    match what.as_str() {
                        "clause" => takes.clause = true,
                        "quote" => takes.quote = true,
                        "infinitive" => takes.infinitive = true,
                        "request" => takes.request = true,
                        "attitude" => takes.attitude = true,
                        "object" => takes.object = true,
                        "evidence" => takes.evidence = true,
                        "predicate" => takes.predicate = true,
                        _ => return Err(format!("speech.toml: a verb cannot take {what:?} ({word})")),
                    }
                }
                takes.after.extend(group.after.iter().cloned());
                takes.things |= group.source == "any";
            }
        }
        let mut about: BTreeMap<String, BTreeMap<String, bool>> = BTreeMap::new();
        for group in file.noun {
            for word in group.words {
                about
                    .entry(word)
                    .or_default()
                    .extend(group.after.iter().cloned().map(|case| (case, group.act)));
            }
        }
        Ok(Self { verbs, about, nouns: file.nouns, people: file.people })
    }

    /// The list, read at first use; empty should it be broken, which a test of this crate rules out.
    pub fn shared() -> &'static Self {
        &EMBEDDED
    }

    /// What makes a verb an attribution.
    pub fn verb(&self, lemma: &str) -> Option<&Takes> {
        self.verbs.get(lemma)
    }

    /// A noun that carries what somebody says: claim, view, announcement.
    pub fn carries(&self, lemma: &str) -> bool {
        self.nouns.content.contains(lemma)
    }

    /// Whether what a noun is about stands after this preposition, as in "criticism of"; and whether only a verb
    /// makes it an act, as in "voiced support for".
    pub fn about(&self, noun: &str, case: &str) -> Option<bool> {
        self.about.get(noun)?.get(case).copied()
    }

    /// A noun of which nobody need be named as the source: reports, rumours.
    pub fn is_hearsay(&self, lemma: &str) -> bool {
        self.nouns.unsourced.contains(lemma)
    }

    /// Statements and posts: what speaks for the one who issued it.
    pub fn is_statement(&self, lemma: &str) -> bool {
        self.nouns.statement.contains(lemma)
    }

    /// What holds findings: polls, reports, recordings.
    pub fn is_document(&self, lemma: &str) -> bool {
        self.nouns.document.contains(lemma)
    }

    /// A telephone or a call.
    pub fn is_phone(&self, lemma: &str) -> bool {
        self.nouns.phone.contains(lemma)
    }

    /// A letter.
    pub fn is_letter(&self, lemma: &str) -> bool {
        self.nouns.letter.contains(lemma)
    }

    /// Unnamed officials, analysts or other sources by the noun that names them.
    pub fn anonymous(&self, lemma: &str) -> Option<verbale_model::Anonymous> {
        use verbale_model::Anonymous;
        let people = &self.people;
        [
            (&people.officials, Anonymous::Officials),
            (&people.analysts, Anonymous::Analysts),
            (&people.sources, Anonymous::Sources),
        ]
        .into_iter()
        .find_map(|(words, kind)| words.contains(lemma).then_some(kind))
    }

    /// A collective without a voice of its own: the international community.
    pub fn is_collective(&self, lemma: &str) -> bool {
        self.people.groups.contains(lemma)
    }

    /// Words with which a source stays unnamed: "on condition of anonymity".
    pub fn hides(&self, lemma: &str) -> bool {
        self.people.nameless.contains(lemma)
    }

    /// Whether a name ends in what papers and stations are called.
    pub fn is_outlet(&self, word: &str) -> bool {
        self.people.outlets.contains(word)
    }
}
