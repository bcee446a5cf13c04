//! Confidence: the chance that an event is coded right, from what it rests on.
//!
//! Each rule says how sure it is. What that is worth, and what speaks against an event besides, is a logistic model of
//! few terms, fitted on public sets by `cargo xtask calibrate` (docs/design/0017-confidence.md).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use verbale_model::ontology::EventType;

use crate::code::told::Told;
use crate::resolve::Actor;

const WEIGHTS: &str = include_str!("../../../data/confidence/weights.toml");
/// The terms of the model besides the type, in the order of [`Grounds::terms`].
pub const TERMS: [&str; 6] =
    ["base", "rule", "call-or-arrival", "further-country", "no-partner", "without-country"];
/// What a rule says when it has nothing to add; its log-odds count from here.
const USUAL: f64 = 0.8;
/// No event is surer, or less sure, than this.
const BOUNDS: (f64, f64) = (0.01, 0.99);

/// What an event rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Grounds {
    /// Its type.
    pub event_type: EventType,
    /// How sure its rule is, between 0 and 1.
    pub rule: f64,
    /// A call or an arrival: sentences that tell of one are often about what it was for.
    pub call_or_arrival: bool,
    /// Countries and bodies spoken for, or of which somebody is a national.
    pub countries: usize,
    /// Participants of whom neither is known.
    pub without_country: usize,
}

impl Grounds {
    /// The grounds of an event with its participants among these actors.
    pub fn of(told: &Told, actors: &[Actor]) -> Self {
        let taking: Vec<&Actor> = told.actors().map(|at| &actors[at]).collect();
        let country = |actor: &&Actor| actor.side.clone().or_else(|| actor.nationality.clone());
        let countries: BTreeSet<String> = taking.iter().filter_map(country).collect();
        Self {
            event_type: told.event_type,
            rule: f64::from(told.confidence),
            call_or_arrival: matches!(told.rule.as_str(), "consult/phone" | "consult/journey"),
            countries: countries.len(),
            without_country: taking.iter().filter(|actor| country(actor).is_none()).count(),
        }
    }

    /// The terms of the model, in the order of [`TERMS`].
    pub fn terms(&self) -> [f64; TERMS.len()] {
        let consult = self.event_type == EventType::Consult;
        let if_so = |so: bool| f64::from(u8::from(so));
        [
            1.0,
            log_odds(self.rule.clamp(0.05, 0.97)) - log_odds(USUAL),
            if_so(self.call_or_arrival),
            // The more countries take part, the more can be wrong; beyond five it makes no difference.
            self.countries.clamp(2, 5) as f64 - 2.0,
            if_so(consult && self.countries < 2),
            if consult { self.without_country.min(2) as f64 } else { 0.0 },
        ]
    }
}

/// The weights of the model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// Of each term of [`TERMS`].
    pub terms: BTreeMap<String, f64>,
    /// Of each PLOVER type; one that is not there weighs nothing.
    pub types: BTreeMap<String, f64>,
}

impl Weights {
    /// The weights that are built in.
    ///
    /// # Errors
    /// A message that names the weight that is missing, unknown or no number.
    pub fn embedded() -> Result<Self, String> {
        Self::parse(WEIGHTS).map_err(|error| format!("data/confidence/weights.toml: {error}"))
    }

    fn parse(text: &str) -> Result<Self, String> {
        let weights: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        let missing = TERMS.iter().find(|term| !weights.terms.contains_key(**term));
        let unknown = weights.terms.keys().find(|term| !TERMS.contains(&term.as_str()));
        let no_type = weights.types.keys().find(|name| EventType::parse(name).is_none());
        match (missing, unknown.or(no_type)) {
            (Some(term), _) => Err(format!("the term {term} has no weight")),
            (_, Some(name)) => Err(format!("{name} is neither a term nor a type of event")),
            _ => Ok(weights),
        }
    }

    /// The chance that an event on these grounds is coded right, with two decimals, between 0.01 and 0.99.
    pub fn chance(&self, grounds: &Grounds) -> f32 {
        let of = |weights: &BTreeMap<String, f64>, name: &str| weights.get(name).copied().unwrap_or_default();
        let terms = TERMS.iter().zip(grounds.terms()).map(|(name, value)| of(&self.terms, name) * value);
        let sum = terms.sum::<f64>() + of(&self.types, grounds.event_type.as_str());
        let chance = (1.0 / (1.0 + (-sum).exp())).clamp(BOUNDS.0, BOUNDS.1);
        ((chance * 100.0).round() / 100.0) as f32
    }
}

fn log_odds(chance: f64) -> f64 {
    (chance / (1.0 - chance)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meeting() -> Grounds {
        Grounds {
            event_type: EventType::Consult,
            rule: 0.95,
            call_or_arrival: false,
            countries: 2,
            without_country: 0,
        }
    }

    #[test]
    fn what_speaks_against_an_event_lowers_its_chance() {
        let weights = Weights::embedded().unwrap();
        let sure = weights.chance(&meeting());
        let doubts = [
            Grounds { rule: 0.5, ..meeting() },
            Grounds { countries: 4, ..meeting() },
            Grounds { countries: 1, without_country: 1, ..meeting() },
            Grounds { call_or_arrival: true, ..meeting() },
        ];
        for doubt in doubts {
            assert!(weights.chance(&doubt) < sure, "{doubt:?}");
        }
    }

    #[test]
    fn no_chance_is_certain() {
        let mut weights = Weights::embedded().unwrap();
        for (base, chance) in [(90.0, 0.99), (-90.0, 0.01), (f64::MAX, 0.99)] {
            weights.terms.insert("base".to_owned(), base);
            assert!((weights.chance(&meeting()) - chance).abs() < 1e-6);
        }
    }

    #[test]
    fn a_wrong_table_is_named() {
        let table = WEIGHTS.replace("rule =", "rules =");
        assert_eq!(Weights::parse(&table).unwrap_err(), "the term rule has no weight");
        let table = WEIGHTS.replace("AID =", "HELP =");
        assert_eq!(Weights::parse(&table).unwrap_err(), "HELP is neither a term nor a type of event");
    }
}
