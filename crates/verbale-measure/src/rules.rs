//! Counting rules: which events count and what each weighs, as named files with a hash.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use toml::{Table, Value};
use verbale_model::ontology::EventType;
use verbale_model::{ConfirmationState, Formality};

/// The rules that are built in, the default first: name and file.
const BUILT_IN: [(&str, &str); 4] = [
    ("officials", include_str!("../../../data/rules/officials.toml")),
    ("inclusive", include_str!("../../../data/rules/inclusive.toml")),
    ("high-level", include_str!("../../../data/rules/high-level.toml")),
    ("confirmed", include_str!("../../../data/rules/confirmed.toml")),
];

/// Which events count and what each weighs. `data/rules/officials.toml` says what every field means.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// What they are called.
    pub name: String,
    /// What they count, in a sentence.
    pub about: String,
    /// Who counts for a state.
    pub who: Who,
    /// What events of three sides or more count.
    pub gatherings: Gatherings,
    /// Whether calls by telephone and video count.
    pub calls: bool,
    /// Whether letters count.
    pub letters: bool,
    /// Whether meetings still to come count.
    pub planned: bool,
    /// Whether events without a date count, where no window is asked for.
    pub undated: bool,
    /// Whose word is good enough.
    pub confirmations: BTreeSet<Confirmed>,
    /// The least number of independent sources.
    pub sources_at_least: u32,
    /// The lowest rank at which each side must be known to have taken part; 1 is the highest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level_at_most: Option<u8>,
    /// The least confidence, from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence_at_least: Option<f32>,
    /// The types of event that count, with the weight of each.
    pub types: BTreeMap<EventType, f64>,
    /// The other factors of an event's weight.
    pub weights: Weights,
}

/// Who counts for a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// Those who speak for it.
    Serving,
    /// Those who have left its service, too.
    Former,
}

/// What an event of three sides or more counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gatherings {
    /// One with each partner.
    Each,
    /// One in all, each partner an equal share.
    Shared,
    /// Nothing.
    None,
}

/// Whose word an event rests on; `unknown` where a foreign coding does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Confirmed(pub Option<ConfirmationState>);

impl From<Confirmed> for String {
    fn from(word: Confirmed) -> Self {
        word.0.map_or("unknown", ConfirmationState::as_str).to_owned()
    }
}

impl TryFrom<String> for Confirmed {
    type Error = serde::de::value::Error;

    fn try_from(word: String) -> Result<Self, Self::Error> {
        use serde::de::IntoDeserializer as _;
        if word == "unknown" {
            return Ok(Self(None));
        }
        ConfirmationState::deserialize(word.into_deserializer()).map(|state| Self(Some(state)))
    }
}

/// Factors of an event's weight beside its type; each can be switched off by leaving it out.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// Whether the chance that the event was coded right is a factor.
    #[serde(default)]
    pub confidence: bool,
    /// By rank: `1` to `9`, and `unknown`.
    #[serde(default)]
    pub level: BTreeMap<String, f64>,
    /// By what it was called: `formal`, `informal` and `unknown`.
    #[serde(default)]
    pub formality: BTreeMap<String, f64>,
    /// The chance that an import's coding is right, by the import's name: codings of others come without one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub imports: BTreeMap<String, f64>,
}

impl Rules {
    /// The names of the rules that are built in, the default first.
    pub fn built_in() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// Rules that are built in.
    ///
    /// # Errors
    /// When there are none of this name; the message lists those there are.
    pub fn named(name: &str) -> Result<Self, String> {
        let found = BUILT_IN.iter().find(|(known, _)| *known == name);
        let names: Vec<&str> = Self::built_in().collect();
        let text = found.ok_or_else(|| {
            format!("there are no rules '{name}': there are {}, and files of your own", names.join(", "))
        })?;
        Self::parse(text.1)
    }

    /// Reads a file: TOML that says everything, or `extends` built-in rules and says what is different.
    ///
    /// # Errors
    /// When it is no such file; the message says what is wrong and where.
    pub fn parse(text: &str) -> Result<Self, String> {
        let rules: Self = whole(text, 0)?.try_into().map_err(|error: toml::de::Error| error.to_string())?;
        rules.check()?;
        Ok(rules)
    }

    /// The same rules for events of every type, each counting 1, promises among them: what scales of conflict and
    /// cooperation score.
    #[must_use]
    pub fn of_all_types(&self) -> Self {
        let types = EventType::ALL.iter().map(|of| (*of, 1.0)).collect();
        Self { types, planned: true, ..self.clone() }
    }

    /// The first twelve digits of the SHA-256 of what they say; names and descriptions aside.
    pub fn hash(&self) -> String {
        let plain = Self { name: String::new(), about: String::new(), ..self.clone() };
        let text = serde_json::to_string(&plain).unwrap_or_default();
        Sha256::digest(text.as_bytes()).iter().take(6).fold(String::new(), |mut hash, byte| {
            let _ = write!(hash, "{byte:02x}");
            hash
        })
    }

    /// The weight of an event of this type, level and formality, its confidence aside.
    pub fn weight(&self, of: EventType, level: Option<u8>, formality: Option<Formality>) -> f64 {
        let factor = |table: &BTreeMap<String, f64>, word: &str| table.get(word).copied().unwrap_or(1.0);
        let level = level.map_or_else(|| "unknown".to_owned(), |level| level.to_string());
        self.types.get(&of).copied().unwrap_or(0.0)
            * factor(&self.weights.level, &level)
            * factor(&self.weights.formality, formality.map_or("unknown", Formality::as_str))
    }

    fn check(&self) -> Result<(), String> {
        if self.types.values().all(|weight| *weight == 0.0) {
            return Err("types: no type of event has a weight; write at least CONSULT = 1.0".to_owned());
        }
        let level = |word: &str| matches!(word.parse(), Ok(1..=9)) || word == "unknown";
        let formality = |word: &str| matches!(word, "formal" | "informal" | "unknown");
        let unknown = |table: &str, word: &String| Err(format!("weights.{table}: there is no '{word}'"));
        if let Some(word) = self.weights.level.keys().find(|word| !level(word)) {
            return unknown("level", word);
        }
        if let Some(word) = self.weights.formality.keys().find(|word| !formality(word)) {
            return unknown("formality", word);
        }
        let chances = &self.weights.imports;
        if let Some((name, chance)) = chances.iter().find(|(_, chance)| !(0.0..=1.0).contains(*chance)) {
            return Err(format!("weights.imports.{name}: {chance} is no probability: write 0 to 1"));
        }
        let weights = self.types.values().chain(self.weights.level.values());
        match weights.chain(self.weights.formality.values()).find(|weight| !(0.0..=1e6).contains(*weight)) {
            Some(weight) => Err(format!("{weight} is no weight: write a number from 0 on")),
            None => Ok(()),
        }
    }
}

/// A file with what it extends below it; tables are laid over each other, but `types` replaces.
fn whole(text: &str, depth: u8) -> Result<Table, String> {
    let mut own: Table = text.parse().map_err(|error: toml::de::Error| error.to_string())?;
    let base = match own.remove("extends") {
        None => return Ok(own),
        Some(Value::String(name)) if depth < 8 => name,
        Some(other) => return Err(format!("extends = {other}: write the name of built-in rules")),
    };
    let Some((_, base)) = BUILT_IN.iter().find(|(name, _)| *name == base) else {
        let names: Vec<&str> = Rules::built_in().collect();
        return Err(format!("extends = '{base}': there is {}", names.join(", ")));
    };
    let mut all = whole(base, depth + 1)?;
    overlay(&mut all, own);
    Ok(all)
}

fn overlay(below: &mut Table, above: Table) {
    for (key, value) in above {
        match (below.get_mut(&key), value) {
            (Some(Value::Table(old)), Value::Table(new)) if key != "types" => overlay(old, new),
            (_, value) => {
                below.insert(key, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_rules_are_what_they_are_called() {
        for name in Rules::built_in() {
            let rules = Rules::named(name).unwrap();
            assert_eq!(rules.name, name);
            assert_eq!(rules.hash().len(), 12);
        }
        let [officials, inclusive] = ["officials", "inclusive"].map(|name| Rules::named(name).unwrap());
        assert_ne!(officials.hash(), inclusive.hash());
        assert_eq!(Rules { who: Who::Serving, ..inclusive }.hash(), officials.hash());
        assert!(Rules::named("official").unwrap_err().contains("high-level"));
    }

    #[test]
    fn weights_multiply() {
        let rules = Rules::named("officials").unwrap();
        let weight = |level, formality| rules.weight(EventType::Consult, level, formality);
        assert!((weight(Some(1), None) - 1.0).abs() < 1e-12);
        assert!((weight(Some(3), Some(Formality::Informal)) - 0.35).abs() < 1e-12);
        assert!((weight(None, None) - 0.5).abs() < 1e-12);
        assert!(rules.weight(EventType::Aid, Some(1), None).abs() < 1e-12);
    }

    #[test]
    fn a_users_file_says_what_is_different() {
        let text =
            "name = 'aid'\nabout = 'Aid.'\nextends = 'confirmed'\n[types]\nAID = 2\n[weights.level]\n1 = 4";
        let rules = Rules::parse(text).unwrap();
        assert_eq!(rules.types, BTreeMap::from([(EventType::Aid, 2.0)]));
        assert_eq!(rules.confirmations, BTreeSet::from([Confirmed(Some(ConfirmationState::BothSides))]));
        assert!((rules.weight(EventType::Aid, Some(1), None) - 8.0).abs() < 1e-12);
        assert!((rules.weight(EventType::Aid, Some(2), None) - 1.6).abs() < 1e-12);
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, word) in [
            ("extends = 'official'", "officials"),
            ("extends = 3", "name of built-in rules"),
            ("name = 'x'\nabout = ''\nextends = 'officials'\ncall = false", "call"),
            ("name = 'x'\nabout = ''\nextends = 'officials'\n[types]\nMEET = 1", "MEET"),
            ("name = 'x'\nabout = ''\nextends = 'officials'\n[types]\nAID = 0", "no type"),
            ("name = 'x'\nabout = ''\nextends = 'officials'\n[types]\nAID = -1", "-1"),
            ("name = 'x'\nabout = ''\nextends = 'officials'\n[weights.level]\n12 = 1", "12"),
            ("name = 'x'\nabout = ''\nextends = 'officials'\n[weights.imports]\ngdelt = 1.5", "gdelt: 1.5"),
            ("name = 'x'\nabout = ''\nextends = 'officials'\nconfirmations = ['maybe']", "maybe"),
            ("name = ", "expected"),
        ] {
            let error = Rules::parse(text).unwrap_err();
            assert!(error.contains(word), "{text}: {error}");
        }
    }
}
