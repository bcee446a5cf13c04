//! Names and offices as they are compared: folded, without titles, and by their sound where spelling varies.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words before a name that are no part of it.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "lady",
    "gen",
    "general",
    "col",
    "colonel",
    "sheikh",
    "shaikh",
    "mullah",
    "maulvi",
    "mawlawi",
    "haji",
    "prince",
    "princess",
    "king",
    "queen",
    "president",
    "minister",
    "ambassador",
    "secretary",
    "senator",
    "sen",
    "rep",
    "hon",
    "al",
    "el",
    "the",
];

/// Words of an office that say nothing by themselves.
const FILLERS: &[&str] = &["of", "for", "the", "and", "affairs", "s", "his", "her", "its", "their"];

/// The words of a name: lower case, without accents, apostrophes and titles.
pub(super) fn words(name: &str) -> Vec<String> {
    let all = fold(name);
    let kept: Vec<String> = all.iter().filter(|word| !TITLES.contains(&word.as_str())).cloned().collect();
    if kept.is_empty() { all } else { kept }
}

/// The words of an office in alphabetical order, so that "minister of foreign affairs" is "foreign minister".
pub(super) fn office(office: &str) -> Vec<String> {
    let mut words: Vec<String> =
        fold(office).into_iter().filter(|word| !FILLERS.contains(&word.as_str())).collect();
    for word in &mut words {
        let same = match word.as_str() {
            "external" => "foreign",
            "defense" => "defence",
            "premier" => "minister",
            _ => continue,
        };
        same.clone_into(word);
    }
    words.sort();
    words.dedup();
    words
}

/// Words of a text: lower case, without accents and apostrophes.
pub(super) fn fold(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word = String::new();
    for c in text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ø' => word.push('o'),
            'ł' => word.push('l'),
            'đ' | 'ð' => word.push('d'),
            'ı' => word.push('i'),
            'ß' => word.push_str("ss"),
            'æ' => word.push_str("ae"),
            'œ' => word.push_str("oe"),
            '\'' | '’' | 'ʼ' | '‘' | '`' | '\u{ad}' => {}
            c if c.is_alphanumeric() => word.push(c),
            _ => out.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty())),
        }
    }
    out.extend(Some(word).filter(|word| !word.is_empty()));
    out
}

/// The consonants of a word as spellings in Latin script keep them: Muttaqi, Motaqi and Mottaki are one.
pub(super) fn sound(word: &str) -> String {
    let mut out = String::new();
    let mut last = None;
    for (at, c) in word.chars().enumerate() {
        let c = match c {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' if at == 0 => 'a',
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' => {
                last = None;
                continue;
            }
            'h' if at > 0 => continue,
            'q' | 'c' => 'k',
            'w' => 'v',
            c => c,
        };
        if last != Some(c) {
            out.push(c);
        }
        last = Some(c);
    }
    out
}

/// How two names agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Names {
    /// Spelt differently, or only their initials are given.
    Alike,
    /// One has fewer words.
    Part,
    /// Word for word.
    Same,
}

/// How two names agree, by their words; nothing when they are of two people. `close` is whether something
/// else, the same office, speaks for them.
pub(super) fn names(one: &[String], other: &[String], close: bool) -> Option<Names> {
    let (few, many) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if few.is_empty() {
        return None;
    }
    let mut used = vec![false; many.len()];
    let mut spelt = false;
    let mut whole = false;
    for word in few {
        let found = (0..many.len())
            .filter(|at| !used[*at])
            .filter_map(|at| Some((likeness(word, &many[at], close)?, at)))
            .min_by_key(|(rank, at)| (*rank, *at));
        let (rank, at) = found?;
        // A single word is a surname or, where surnames come first, the first word.
        if few.len() == 1 && at != 0 && at + 1 != many.len() {
            return None;
        }
        used[at] = true;
        spelt |= rank > 0;
        whole |= rank < 2;
    }
    whole.then_some(match (spelt, few.len() == many.len()) {
        (true, _) => Names::Alike,
        (false, false) => Names::Part,
        (false, true) => Names::Same,
    })
}

/// 0 the same word, 1 spelt alike, 2 an initial of it.
fn likeness(one: &str, other: &str, close: bool) -> Option<u8> {
    if one == other {
        return Some(0);
    }
    let initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    if initial(one, other) || initial(other, one) {
        return Some(2);
    }
    let (sound_one, sound_other) = (sound(one), sound(other));
    let alike = strsim::jaro_winkler(one, other);
    let same_sound = sound_one == sound_other && sound_one.len() >= 3;
    (same_sound && alike >= if close { 0.7 } else { 0.8 } || alike >= if close { 0.88 } else { 0.94 })
        .then_some(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agree(one: &str, other: &str) -> Option<Names> {
        names(&words(one), &words(other), false)
    }

    #[test]
    fn spellings_of_one_name_agree_and_other_names_do_not() {
        assert_eq!(agree("Dr Jānis Ozoliņš", "Janis Ozolins"), Some(Names::Same));
        assert_eq!(agree("Ozolins", "Janis Ozolins"), Some(Names::Part));
        assert_eq!(agree("J. Ozolins", "Janis Ozolins"), Some(Names::Alike));
        assert_eq!(agree("Yousef Mottaki", "Yusuf Muttaqi"), Some(Names::Alike));
        assert_eq!(agree("Peter Ozolins", "Janis Ozolins"), None);
        assert_eq!(agree("J.", "Janis Ozolins"), None);
        assert_eq!(agree("", ""), None);
    }

    #[test]
    fn an_office_is_its_words() {
        assert_eq!(office("Minister of Foreign Affairs"), office("foreign minister"));
        assert_ne!(office("deputy foreign minister"), office("foreign minister"));
    }
}
