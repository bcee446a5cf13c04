//! The corpus itself: it parses, is large and hard enough, and uses the record's own words.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde_json::Value;
use verbale_model::ontology::{Context, EventType, Mode, Sector};
use verbale_model::{
    Anonymous, Channel, ClaimKind, ClaimMode, ConfirmationState, DateMethod, Formality, Modality, Part,
    Polarity, Precision, Role, Setting, Status, Tense,
};

use crate::case::{Case, read_all};
use crate::expect::Key;

/// The least number of cases; half of them must be marked `tags: hard`.
const LEAST: usize = 200;

#[test]
fn the_corpus_is_sound() {
    let cases = read_all(&crate::corpus()).unwrap_or_else(|error| panic!("{error}"));
    let hard = cases.iter().filter(|case| case.tags.iter().any(|tag| tag == "hard")).count();
    assert!(cases.len() >= LEAST, "{} cases", cases.len());
    assert!(2 * hard >= cases.len(), "{hard} hard cases of {}", cases.len());
    let mut headings = BTreeSet::new();
    for case in &cases {
        assert!(headings.insert((&case.file, &case.heading)), "{}: twice in its file", case.name());
        assert!(case.fixme.as_deref() != Some(""), "{}: a FIXME says why", case.name());
        let unknown = unknown_words(case);
        assert!(
            unknown.is_empty(),
            "{}: not in the record's vocabulary: {}",
            case.name(),
            unknown.join(", ")
        );
        for line in case.expected.claims.iter().flat_map(|claim| &claim.keys) {
            let literal = line.name != "quote" || line.values.iter().all(|quote| case.text.contains(quote));
            assert!(literal, "{}: the quote is not in the report: {:?}", case.name(), line.values);
        }
    }
}

/// Values that the record could never hold.
fn unknown_words(case: &Case) -> Vec<String> {
    let mut unknown = Vec::new();
    let mut check = |ok: bool, word: &str| {
        if !ok {
            unknown.push(word.to_owned());
        }
    };
    for event in &case.expected.events {
        event.types.iter().for_each(|word| check(is::<EventType>(word), word));
        event.modes.iter().for_each(|word| check(is::<Mode>(word), word));
        for key in event.keys.iter().chain(event.who.iter().flat_map(|who| &who.keys)) {
            key.values.iter().for_each(|word| check(fits(key, word), word));
        }
    }
    for key in case.expected.claims.iter().flat_map(|claim| &claim.keys) {
        key.values.iter().for_each(|word| check(claim_fits(key, word), word));
    }
    unknown
}

fn fits(key: &Key, word: &str) -> bool {
    match key.name.as_str() {
        "status" => is::<Status>(word),
        "method" => is::<DateMethod>(word),
        "precision" => is::<Precision>(word),
        "channel" => is::<Channel>(word),
        "setting" => is::<Setting>(word),
        "formality" => is::<Formality>(word),
        "confirmation" => is::<ConfirmationState>(word.split(':').next().unwrap_or("")),
        "x_of" => is::<EventType>(word),
        "contexts" => word.split(',').all(is::<Context>),
        "sides" => word == "-" || word.split(',').all(is_code) && word.split(',').is_sorted(),
        "role" => is::<Role>(word),
        "part" => is::<Part>(word),
        "sector" => is::<Sector>(word),
        "side" | "nationality" => word == "-" || is_code(word),
        "serving" | "summons" => matches!(word, "true" | "false" | "-"),
        "level" => matches!(word, "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "-"),
        "participants" => word.parse::<usize>().is_ok(),
        _ => true,
    }
}

fn claim_fits(key: &Key, word: &str) -> bool {
    match key.name.as_str() {
        "mode" => is::<ClaimMode>(word),
        "kind" => is::<ClaimKind>(word),
        "anonymous" => is::<Anonymous>(word),
        "modality" => is::<Modality>(word),
        "polarity" => is::<Polarity>(word),
        "tense" => is::<Tense>(word),
        "channel" => is::<Channel>(word),
        "side" => word == "-" || is_code(word),
        "narrator" | "partial" => matches!(word, "true" | "false"),
        "event" => matches!(word, "any" | "-"),
        _ => true,
    }
}

/// Three capitals: an ISO code or one of PLOVER's.
fn is_code(word: &str) -> bool {
    word.len() == 3 && word.chars().all(|c| c.is_ascii_uppercase())
}

/// Whether the record's type knows the word; `-` is null.
fn is<T: DeserializeOwned>(word: &str) -> bool {
    word == "-" || serde_json::from_value::<T>(Value::from(word)).is_ok()
}
