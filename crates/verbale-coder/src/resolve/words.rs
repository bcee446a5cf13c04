//! The office lexicon as the coder uses it: heads, modifiers, portfolios, honorifics by their words.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::Deserialize;
use verbale_knowledge::fold;
use verbale_model::ontology::Sector;
use verbale_nlp::{Doc, Token};

use super::wording::{append, capitals, fold_keys, modifiers, strings, with_short_forms};

const LEXICON: &str = include_str!("../../../../data/offices/lexicon.toml");

/// The longest head, in words.
const LONGEST: usize = 7;

#[derive(Deserialize)]
struct File {
    head: Vec<Entry>,
    body: Vec<Entry>,
    domain: Vec<Domain>,
    canonical: BTreeMap<String, String>,
    plurals: BTreeMap<String, String>,
    modifiers: BTreeMap<String, Vec<String>>,
    organisation: Organisation,
    honorifics: BTreeMap<String, toml::Value>,
}

#[derive(Deserialize)]
struct Entry {
    words: Vec<String>,
    kind: String,
    level: u8,
    sector: String,
    topic: Option<String>,
    named: Option<String>,
    #[serde(default)]
    group: bool,
    #[serde(default = "yes")]
    serves: bool,
    deputy_level: Option<u8>,
    of: Option<String>,
    #[serde(rename = "for")]
    for_: Option<String>,
    to: Option<String>,
    #[serde(rename = "in")]
    in_: Option<String>,
    at: Option<String>,
    on: Option<String>,
    with: Option<String>,
    from: Option<String>,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
struct Domain {
    topic: String,
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Organisation {
    topics: BTreeMap<String, String>,
    offices: BTreeMap<String, String>,
    #[serde(flatten)]
    kinds: BTreeMap<String, String>,
}

/// One head of an office or institution.
#[derive(Debug, Clone)]
pub struct Head {
    /// `minister`, `envoy`, `ministry`, …
    pub kind: String,
    /// 1 to 5.
    pub level: u8,
    /// Level of a deputy.
    pub deputy_level: u8,
    /// PLOVER sector.
    pub sector: Option<Sector>,
    /// Portfolio that the head names.
    pub topic: Option<String>,
    /// Full name of an institution.
    pub named: Option<String>,
    /// Many people at once.
    pub plural: bool,
    /// Serves the side that an adjective or possessor names.
    pub serves: bool,
    /// An institution.
    pub body: bool,
    /// People without an office: protesters, analysts, soldiers.
    pub people: bool,
    /// What a complement means, by preposition.
    roles: BTreeMap<&'static str, Complement>,
}

impl Head {
    /// What a complement after this preposition means.
    pub fn complement(&self, case: &str) -> Option<Complement> {
        self.roles.get(case).copied()
    }
}

/// What follows a preposition behind an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Complement {
    /// Who the holder speaks for.
    Side,
    /// A portfolio.
    Portfolio,
    /// The institution.
    Body,
    /// Where the holder is accredited.
    Posted,
    /// The subject of the task.
    About,
    /// The person or office served.
    Principal,
    /// A part of a state.
    Region,
}

impl Complement {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "side" => Self::Side,
            "portfolio" => Self::Portfolio,
            "body" => Self::Body,
            "posted" => Self::Posted,
            "about" => Self::About,
            "principal" => Self::Principal,
            "region" => Self::Region,
            _ => return None,
        })
    }
}

/// What a word before a head changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Modifier {
    /// No longer in office.
    Former,
    /// Not yet in office.
    Designate,
    /// In office for the time being.
    Acting,
    /// One level lower, and part of the title.
    Deputy,
    /// Part of the title: chief, special, first.
    Title,
    /// Changes nothing: new, visiting, senior, two.
    Other,
}

/// The office lexicon.
pub struct Words {
    heads: BTreeMap<String, Head>,
    modifiers: BTreeMap<String, Modifier>,
    domains: BTreeMap<String, String>,
    domain_words: BTreeSet<String>,
    canonical: BTreeMap<String, String>,
    plurals: BTreeMap<String, String>,
    honorifics: BTreeSet<String>,
    name_like: BTreeSet<String>,
    organisation: Organisation,
}

impl Words {
    /// Reads the lexicon that is built in.
    ///
    /// # Errors
    /// A message naming the place in the lexicon that cannot be read.
    pub fn embedded() -> Result<Self, String> {
        let file: File = toml::from_str(LEXICON).map_err(|error| format!("offices/lexicon.toml: {error}"))?;
        let mut heads = BTreeMap::new();
        for (entries, body) in [(file.head, false), (file.body, true)] {
            for entry in entries {
                add_heads(&mut heads, entry, body)?;
            }
        }
        let mut domains = BTreeMap::new();
        let mut domain_words = BTreeSet::new();
        for domain in file.domain {
            for words in domain.words {
                let folded = fold(&words);
                domain_words.extend(folded.split(' ').filter(|word| word.len() > 3).map(str::to_owned));
                domains.entry(folded).or_insert_with(|| domain.topic.clone());
            }
        }
        let honorifics = file
            .honorifics
            .iter()
            .filter(|(key, _)| *key != "offices" && *key != "ambiguous")
            .flat_map(|(_, value)| strings(Some(value)));
        Ok(Self {
            honorifics: honorifics.collect(),
            name_like: strings(file.honorifics.get("ambiguous"))
                .chain(["amir", "shah", "khan"].map(str::to_owned))
                .collect(),
            heads: with_short_forms(heads, &file.honorifics),
            modifiers: modifiers(&file.modifiers),
            domains,
            domain_words,
            canonical: fold_keys(&file.canonical),
            plurals: fold_keys(&file.plurals),
            organisation: file.organisation,
        })
    }

    /// The longest head phrase that starts at token `at`, with its length in tokens.
    pub fn head_at(&self, doc: &Doc, at: usize) -> Option<(usize, &Head)> {
        self.head_before(doc, at, doc.token(at).sent().range().end)
    }

    /// The longest head phrase that starts at token `at` and ends at `limit` or before.
    pub fn head_before(&self, doc: &Doc, at: usize, limit: usize) -> Option<(usize, &Head)> {
        let mut phrase = String::new();
        let mut best = None;
        for end in at..limit.min(at + LONGEST + 3) {
            let token = doc.token(end);
            if token.text() == "-" || token.text() == "‑" {
                continue;
            }
            let before = phrase.clone();
            let word = fold(token.text());
            // A full stop folds to nothing, and is no part of the head before it.
            if word.is_empty() {
                break;
            }
            append(&mut phrase, &word);
            let mut lemma = before;
            append(&mut lemma, &fold(token.lemma()));
            let plural = self.plurals.get(&phrase).map(|one| fold(one));
            // The singular tells more than a collective plural: "foreign ministers" are ministers.
            let found = self
                .heads
                .get(&lemma)
                .or_else(|| self.heads.get(&phrase))
                .or_else(|| plural.and_then(|one| self.heads.get(&one)));
            if let Some(head) = found {
                best = Some((end + 1 - at, head));
            }
            if phrase.split(' ').count() >= LONGEST {
                break;
            }
        }
        best
    }

    /// The head's words in the singular, lower case, as the text writes them.
    pub fn head_words(&self, doc: &Doc, range: Range<usize>) -> Vec<String> {
        let last = range.end - 1;
        doc.span(range)
            .map(|token| {
                let text = token.text().to_lowercase();
                let plural = token.tag() == verbale_nlp::Xpos::Nns;
                if token.i() == last && plural { token.lemma().to_lowercase() } else { text }
            })
            .collect()
    }

    /// A title in the singular.
    pub fn singular(&self, title: &str) -> String {
        if let Some(one) = self.plurals.get(&fold(title)) {
            return one.clone();
        }
        title.to_owned()
    }

    /// A title in the usual words: "minister of foreign affairs" → "foreign minister".
    pub fn canonical(&self, title: &str) -> String {
        self.canonical.get(&fold(title)).cloned().unwrap_or_else(|| title.to_owned())
    }

    /// What a word before a head changes.
    pub fn modifier(&self, token: Token<'_>) -> Option<Modifier> {
        self.modifiers.get(&fold(token.text())).copied()
    }

    /// Whether a word is, or belongs to, a portfolio: "foreign", "trade", "affairs".
    pub fn is_domain(&self, token: Token<'_>) -> bool {
        let folded = fold(token.text());
        self.domains.contains_key(&folded) || self.domain_words.contains(&folded)
    }

    /// Whether a word stands before names without being an office: Mr, Sheikh.
    pub fn is_honorific(&self, token: Token<'_>) -> bool {
        let text = token.text();
        text.chars().next().is_some_and(char::is_uppercase) && self.honorifics.contains(&fold(text))
    }

    /// Whether a title is a first name as well: Amir, Malik, Sultan.
    pub fn is_name_like(&self, token: Token<'_>) -> bool {
        self.name_like.contains(&fold(token.text()))
    }

    /// Whether the word at `at` is a title that a name may follow.
    pub fn is_title(&self, doc: &Doc, at: usize) -> bool {
        let token = doc.token(at);
        self.is_honorific(token)
            || self.head_at(doc, at).is_some_and(|(len, head)| len == 1 && !head.body && !head.people)
            || self.modifier(token).is_some_and(|modifier| modifier != Modifier::Other)
    }

    /// Whether a title ends with the word at `at`.
    pub fn ends_title(&self, doc: &Doc, at: usize) -> bool {
        let token = doc.token(at);
        if self.is_honorific(token) {
            return true;
        }
        let start = token.sent().range().start;
        (start..=at).rev().take(LONGEST).any(|from| {
            self.head_at(doc, from).is_some_and(|(len, head)| {
                from + len == at + 1 && !head.body && !head.people && head.level <= 8
            })
        })
    }

    /// Whether a range holds the head of an office before a closing bracket.
    pub fn office_within(&self, doc: &Doc, range: Range<usize>) -> bool {
        for at in range {
            if matches!(doc.token(at).text(), ")" | "(") {
                return false;
            }
            if self.head_at(doc, at).is_some_and(|(_, head)| !head.body) {
                return true;
            }
        }
        false
    }

    /// The organisation that an office implies: "foreign minister" → "Ministry of Foreign Affairs".
    pub fn organisation_of(&self, title: &str, kind: &str, side: Option<&str>) -> Option<String> {
        if let Some(name) = side.and_then(|side| self.organisation.offices.get(&format!("{side}:{title}"))) {
            return Some(name.clone());
        }
        let pattern = self.organisation.kinds.get(kind)?;
        if pattern.is_empty() {
            return None;
        }
        if !pattern.contains("{topic}") {
            return Some(pattern.clone());
        }
        let topic = self.topic_of(title)?;
        let named = self
            .organisation
            .topics
            .get(&topic)
            .cloned()
            .unwrap_or_else(|| format!("Ministry of {}", capitals(&topic)));
        Some(named).filter(|name| !name.is_empty())
    }

    /// The portfolio that a title names.
    fn topic_of(&self, title: &str) -> Option<String> {
        let folded = fold(title);
        if let Some(topic) = self.heads.get(&folded).and_then(|head| head.topic.clone()) {
            return Some(topic);
        }
        let words: Vec<&str> = folded.split(' ').collect();
        for len in (1..=words.len()).rev() {
            if let Some(topic) = words.windows(len).find_map(|window| self.domains.get(&window.join(" "))) {
                return Some(topic.clone());
            }
        }
        None
    }

    /// The full name of an institution: "foreign ministry" → "Ministry of Foreign Affairs".
    pub fn body_name(&self, title: &str) -> String {
        let folded = fold(title);
        if let Some(named) = self.heads.get(&folded).and_then(|head| head.named.clone()) {
            return named;
        }
        if let Some(domain) = folded.strip_suffix(" ministry").or_else(|| folded.strip_prefix("ministry of "))
        {
            let topic = self.domains.get(domain).cloned();
            let known = topic
                .as_ref()
                .and_then(|topic| self.organisation.topics.get(topic))
                .filter(|name| !name.is_empty());
            return known.cloned().unwrap_or_else(|| format!("Ministry of {}", capitals(domain)));
        }
        capitals(title)
    }

    /// Kind, level and sector of an office that stands in the knowledge.
    pub fn classify(&self, office: &str) -> (String, Option<u8>, Option<Sector>) {
        let folded = fold(office);
        if let Some(head) = self.heads.get(&folded) {
            return (head.kind.clone(), Some(head.level), head.sector);
        }
        let main = folded
            .split(" of ")
            .next()
            .unwrap_or_default()
            .split(" to ")
            .next()
            .unwrap_or_default()
            .split(" for ")
            .next()
            .unwrap_or_default();
        let words: Vec<&str> = main.split(' ').collect();
        let deputy = words.first().is_some_and(|word| self.modifiers.get(*word) == Some(&Modifier::Deputy));
        for start in 0..words.len() {
            if let Some(head) = self.heads.get(&words[start..].join(" ")) {
                let level = if deputy && start > 0 { head.deputy_level } else { head.level };
                return (head.kind.clone(), Some(level), head.sector);
            }
        }
        for word in words {
            if let Some(head) = self.heads.get(word) {
                return (head.kind.clone(), Some(head.level), head.sector);
            }
        }
        ("official".to_owned(), Some(7), Some(Sector::Gov))
    }

    /// Whether somebody in this sector speaks for a state.
    pub fn speaks_officially(&self, sector: Option<Sector>) -> bool {
        matches!(
            sector,
            Some(Sector::Gov | Sector::Mil | Sector::Leg | Sector::Jud | Sector::Cop | Sector::Spy)
        )
    }

    /// Whether a kind of office is sent on a task: "for", "on" and "to" name the task.
    pub fn is_envoy(&self, kind: &str) -> bool {
        matches!(kind, "envoy" | "representative" | "mediator" | "adviser")
    }
}

fn add_heads(heads: &mut BTreeMap<String, Head>, entry: Entry, body: bool) -> Result<(), String> {
    let sector = Sector::parse(&entry.sector);
    if sector.is_none() && !entry.sector.is_empty() {
        return Err(format!(
            "offices/lexicon.toml: unknown sector {} at {:?}",
            entry.sector,
            entry.words.first()
        ));
    }
    let mut roles = BTreeMap::new();
    for (case, role) in [
        ("of", entry.of),
        ("for", entry.for_),
        ("to", entry.to),
        ("in", entry.in_),
        ("at", entry.at),
        ("on", entry.on),
        ("with", entry.with),
        ("from", entry.from),
    ] {
        if let Some(role) = role.as_deref().and_then(Complement::parse) {
            roles.insert(case, role);
        }
    }
    let folk = matches!(
        entry.kind.as_str(),
        "official"
            | "soldier"
            | "police"
            | "intelligence"
            | "rebel"
            | "unidentified_armed"
            | "refugee"
            | "militia"
            | "criminal"
            | "citizen"
            | "worker"
    );
    let head = Head {
        people: !body && (entry.level >= 9 || entry.group || folk),
        plural: entry.group,
        deputy_level: entry.deputy_level.unwrap_or((entry.level + 1).min(7)),
        kind: entry.kind,
        level: entry.level,
        sector,
        topic: entry.topic,
        named: entry.named,
        serves: entry.serves,
        body,
        roles,
    };
    for words in entry.words {
        heads.entry(fold(&words)).or_insert_with(|| head.clone());
    }
    Ok(())
}
