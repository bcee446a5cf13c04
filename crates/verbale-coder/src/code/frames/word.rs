//! Listed words and tests of the frame lexicon, as they are written there.

use std::collections::BTreeMap;

/// A listed word, if need be with a modifier that it must have or must not have: `state/emergency`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Lemma, lower case.
    pub lemma: String,
    /// Lemma of a modifier, and whether it is wanted.
    pub modifier: Option<(String, bool)>,
}

/// One condition of `when` and `unless`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// The predicate is this verb.
    Verb(String),
    /// The predicate is a noun.
    Noun,
    /// There is a complement clause.
    Clause,
    /// The object is one of these words.
    Object(Vec<Word>),
    /// The object names an actor.
    ObjectActor,
    /// The agent names an actor.
    AgentActor,
    /// The agent names a person.
    AgentPerson,
    /// The complement of the predicate is one of these words.
    Xcomp(Vec<Word>),
    /// One of these words stands in the predicate's own phrase.
    Near(Vec<Word>),
    /// An oblique with this preposition, headed by one of the words if any are given.
    Case(String, Vec<Word>),
}

/// Spells out classes and modifiers; the error is the name of an unknown class.
pub fn words(classes: &BTreeMap<String, Vec<String>>, list: &[String]) -> Result<Vec<Word>, String> {
    let mut found = Vec::new();
    for text in list {
        let (text, modifier) = match text.split_once('/') {
            Some((text, modifier)) => match modifier.strip_prefix('!') {
                Some(unwanted) => (text, Some((unwanted.to_owned(), false))),
                None => (text, Some((modifier.to_owned(), true))),
            },
            None => (text.as_str(), None),
        };
        match text.strip_prefix('@') {
            Some(class) => {
                let members = classes.get(class).ok_or_else(|| format!("@{class}"))?;
                match &modifier {
                    None => found.extend(words(classes, members)?),
                    Some(_) => found.extend(
                        members.iter().map(|lemma| Word { lemma: lemma.clone(), modifier: modifier.clone() }),
                    ),
                }
            }
            None => found.push(Word { lemma: text.to_owned(), modifier }),
        }
    }
    Ok(found)
}

/// Reads one test.
pub fn test(classes: &BTreeMap<String, Vec<String>>, text: &str) -> Result<Test, String> {
    let (kind, rest) = text.split_once(':').unwrap_or((text, ""));
    let listed = || words(classes, &[rest.to_owned()]);
    Ok(match (kind, rest) {
        ("noun", "") => Test::Noun,
        ("clause", "") => Test::Clause,
        ("object", "actor") => Test::ObjectActor,
        ("agent", "actor") => Test::AgentActor,
        ("agent", "person") => Test::AgentPerson,
        ("verb", lemma) => Test::Verb(lemma.to_owned()),
        ("object", _) => Test::Object(listed()?),
        ("xcomp", _) => Test::Xcomp(listed()?),
        ("near", _) => Test::Near(listed()?),
        (case, "" | "any") => Test::Case(case.to_owned(), Vec::new()),
        (case, _) => Test::Case(case.to_owned(), listed()?),
    })
}
