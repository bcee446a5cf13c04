//! The coder's word lists: topics, contexts and vetoes, from `data/lexicon/`.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use verbale_knowledge::fold;
use verbale_model::ontology::Context;
use verbale_nlp::Doc;

const TOPICS: &str = include_str!("../../../../data/lexicon/topics.toml");
const VETOES: &str = include_str!("../../../../data/lexicon/vetoes.toml");

#[derive(Deserialize)]
struct TopicFile {
    topic: Vec<TopicEntry>,
    context: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct TopicEntry {
    name: String,
    words: Vec<String>,
    /// All of these must stand in the phrase, too.
    #[serde(default)]
    with: Vec<String>,
}

#[derive(Deserialize)]
struct VetoFile {
    sport: Vec<String>,
    sport_weak: Vec<String>,
    memory: Vec<String>,
}

/// Topics, contexts and vetoes.
pub struct Lexicon {
    topics: Vec<TopicEntry>,
    contexts: Vec<(String, Context)>,
    sport: Vec<String>,
    sport_weak: Vec<String>,
    memory: Vec<String>,
}

impl Lexicon {
    /// Reads the lists that are built in.
    ///
    /// # Errors
    /// A message that names the file and the line that cannot be read.
    pub fn embedded() -> Result<Self, String> {
        let topics: TopicFile = toml::from_str(TOPICS).map_err(|error| format!("topics.toml: {error}"))?;
        let vetoes: VetoFile = toml::from_str(VETOES).map_err(|error| format!("vetoes.toml: {error}"))?;
        let mut contexts = Vec::new();
        for (name, words) in topics.context {
            let context =
                Context::parse(&name).ok_or_else(|| format!("topics.toml: unknown context {name}"))?;
            contexts.extend(words.into_iter().map(|word| (word, context)));
        }
        contexts.sort();
        Ok(Self {
            topics: topics.topic,
            contexts,
            sport: vetoes.sport,
            sport_weak: vetoes.sport_weak,
            memory: vetoes.memory,
        })
    }

    /// The normalised name of a topic: a listed one whose words stand in the phrase, else the
    /// words themselves with underscores.
    pub fn topic(&self, doc: &Doc, phrase: Range<usize>, text: &str) -> String {
        let lemmas: Vec<String> = doc.span(phrase).map(|token| token.lemma().to_lowercase()).collect();
        let has = |word: &String| contains_words(&lemmas, word);
        let listed = self.topics.iter().find(|entry| {
            entry.words.iter().any(has) && (entry.with.is_empty() || entry.with.iter().any(has))
        });
        listed.map_or_else(|| fold(text).replace(' ', "_"), |entry| entry.name.clone())
    }

    /// PLOVER contexts that the words of a phrase give, in the ontology's order.
    pub fn contexts(&self, doc: &Doc, phrase: Range<usize>) -> Vec<Context> {
        let lemmas: Vec<String> = doc.span(phrase).map(|token| token.lemma().to_lowercase()).collect();
        let mut found: Vec<Context> = self
            .contexts
            .iter()
            .filter(|(word, _)| contains_words(&lemmas, word))
            .map(|(_, context)| *context)
            .collect();
        found.sort();
        found.dedup();
        found
    }

    /// Whether a sentence is about sport: one word that is said of nothing else, or two that may be.
    pub fn is_sport(&self, doc: &Doc, sentence: Range<usize>) -> bool {
        let lemmas: Vec<String> = doc.span(sentence).map(|token| token.lemma().to_lowercase()).collect();
        let sure = self.sport.iter().any(|word| lemmas.contains(word));
        sure || self.sport_weak.iter().filter(|word| lemmas.contains(word)).count() >= 2
    }

    /// Whether a word speaks of remembering an event, not of the event: anniversary, commemoration.
    pub fn is_memory(&self, lemma: &str) -> bool {
        self.memory.iter().any(|word| word == lemma)
    }
}

/// Whether the words of `phrase`, split at spaces, stand next to each other in `lemmas`.
fn contains_words(lemmas: &[String], phrase: &str) -> bool {
    let words: Vec<&str> = phrase.split(' ').collect();
    lemmas.windows(words.len()).any(|window| window.iter().zip(&words).all(|(lemma, word)| lemma == word))
}
