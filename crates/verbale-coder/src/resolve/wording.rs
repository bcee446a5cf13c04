//! How the office lexicon's lists become tables, and its words become names.

use std::collections::BTreeMap;

use verbale_knowledge::fold;

use super::words::{Head, Modifier};

/// The folded strings of an array.
pub fn strings(value: Option<&toml::Value>) -> impl Iterator<Item = String> {
    value.and_then(toml::Value::as_array).into_iter().flatten().filter_map(toml::Value::as_str).map(fold)
}

pub fn modifiers(lists: &BTreeMap<String, Vec<String>>) -> BTreeMap<String, Modifier> {
    let mut found = BTreeMap::new();
    for (list, words) in lists {
        let modifier = match list.as_str() {
            "former" => Modifier::Former,
            "designate" => Modifier::Designate,
            "acting" => Modifier::Acting,
            "deputy" => Modifier::Deputy,
            "special" | "rank" | "shadow" => Modifier::Title,
            _ => Modifier::Other,
        };
        for word in words {
            found.entry(fold(word.trim_matches('-'))).or_insert(modifier);
        }
    }
    // "high" and "senior" rank people; they are no part of a title.
    for word in ["senior", "top", "high", "high ranking", "ranking", "leading", "visiting"] {
        found.insert(word.to_owned(), Modifier::Other);
    }
    found
}

pub fn fold_keys(map: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    map.iter().map(|(key, value)| (fold(key), value.clone())).collect()
}

pub fn append(phrase: &mut String, word: &str) {
    if !phrase.is_empty() && !word.is_empty() {
        phrase.push(' ');
    }
    phrase.push_str(word);
}

/// "foreign affairs" → "Foreign Affairs".
pub fn capitals(text: &str) -> String {
    let word = |word: &str| match word {
        "of" | "and" | "the" | "for" | "in" | "to" => word.to_owned(),
        _ => {
            let mut chars = word.chars();
            chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
        }
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// "FM", "Gen.", "Amb.": the office that a short form stands for.
pub fn with_short_forms(
    mut heads: BTreeMap<String, Head>,
    honorifics: &BTreeMap<String, toml::Value>,
) -> BTreeMap<String, Head> {
    let table = honorifics.get("offices").and_then(toml::Value::as_table);
    for (short, office) in table.into_iter().flatten() {
        let head = office.as_str().and_then(|office| heads.get(&fold(office)).cloned());
        let short = fold(short.trim_end_matches('.'));
        if let Some(head) = head.filter(|_| short.len() > 1) {
            heads.entry(short).or_insert(head);
        }
    }
    heads
}
