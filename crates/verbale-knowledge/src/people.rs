//! Names of people: the shorter spellings under which a full name is found, last names, and slugs.

use crate::fold;

/// States whose people write the family name first.
const FAMILY_FIRST: &[&str] = &["CHN", "TWN", "HKG", "MAC", "KOR", "PRK"];
/// States where either order is met, or where Chinese names are.
const EITHER: &[&str] = &["JPN", "VNM", "SGP", "MYS", "KHM", "HUN"];
/// States where the father's family name stands before the mother's.
const TWO_SURNAMES: &[&str] = &[
    "ESP", "MEX", "ARG", "CHL", "COL", "PER", "VEN", "ECU", "BOL", "PRY", "URY", "CRI", "PAN", "NIC", "HND",
    "SLV", "GTM", "CUB", "DOM", "GNQ",
];
/// Words that belong to the last name that follows them.
const PARTICLES: &[&str] = &[
    "al", "el", "as", "an", "ash", "ad", "ar", "at", "az", "bin", "ibn", "ben", "abu", "abd", "ould", "de",
    "da", "do", "dos", "das", "di", "del", "della", "der", "den", "la", "le", "van", "von", "zu", "ten",
    "ter", "mac", "st", "san",
];
/// Words after a name that are none of it.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv", "v"];

/// The spellings under which a person is found: the name itself first, then the name without its middle parts.
pub fn spellings(name: &str, state: &str) -> Vec<String> {
    let full = fold(name);
    let words = words(name);
    let mut found = vec![full.clone()];
    if words.len() > 2 && !FAMILY_FIRST.contains(&state) {
        for last in surnames(name, state) {
            // "Haji Din" for "Haji Din Mohammad": too short to be sure of.
            let short = format!("{} {last}", fold(words[0]));
            if !found.contains(&short) && fold(words[0]).len() > 1 {
                found.push(short);
            }
        }
    }
    found
}

/// The last names of a person: the last word, with the particles before it, or the first word where family names
/// come first. Empty for a name of one word.
pub fn surnames(name: &str, state: &str) -> Vec<String> {
    let words = words(name);
    let Some((last, before)) = words.split_last() else { return Vec::new() };
    if before.is_empty() {
        return Vec::new();
    }
    if FAMILY_FIRST.contains(&state) {
        return vec![fold(words[0])];
    }
    let mut found = vec![fold(last)];
    let particles = before.iter().rev().take_while(|word| PARTICLES.contains(&fold(word).as_str())).count();
    if particles > 0 && particles < before.len() {
        let with: Vec<String> = words[words.len() - particles - 1..].iter().map(|word| fold(word)).collect();
        found.push(with.join(" "));
    }
    // "al-Assad" is one word with a hyphen.
    if let Some((first, rest)) = found[0].split_once(' ')
        && PARTICLES.contains(&first)
    {
        found.push(rest.to_owned());
    }
    if EITHER.contains(&state) {
        found.push(fold(words[0]));
    }
    if TWO_SURNAMES.contains(&state) && before.len() > 1 && particles == 0 {
        let father = fold(before[before.len() - 1]);
        if father.len() > 2 {
            found.push(format!("{father} {}", fold(last)));
            found.push(father);
        }
    }
    found.dedup();
    found
}

/// `iso3-first-last` in lower-case ASCII letters, digits and hyphens.
pub fn slug(state: &str, name: &str) -> String {
    let text = fold(&format!("{state} {name}"));
    let plain: String = text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    plain.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

fn words(name: &str) -> Vec<&str> {
    let mut words: Vec<&str> = name.split_whitespace().map(|word| word.trim_end_matches(',')).collect();
    while words.len() > 2 && words.last().is_some_and(|word| SUFFIXES.contains(&fold(word).as_str())) {
        words.pop();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{slug, spellings, surnames};

    #[test]
    fn last_names_follow_the_custom_of_the_place() {
        for (name, state, last) in [
            ("Amir Khan Muttaqi", "AFG", vec!["muttaqi"]),
            ("Wang Yi", "CHN", vec!["wang"]),
            ("Shinzo Abe", "JPN", vec!["abe", "shinzo"]),
            ("Bashar al-Assad", "SYR", vec!["al assad", "assad"]),
            ("Alexander Van der Bellen", "AUT", vec!["bellen", "van der bellen"]),
            ("Andrés Manuel López Obrador", "MEX", vec!["obrador", "lopez obrador", "lopez"]),
            ("Robert F. Kennedy Jr.", "USA", vec!["kennedy"]),
            ("Pelé", "BRA", vec![]),
        ] {
            assert_eq!(surnames(name, state), last, "{name}");
        }
    }

    #[test]
    fn middle_parts_may_be_left_out() {
        assert_eq!(spellings("George W. Bush", "USA"), ["george w bush", "george bush"]);
        assert_eq!(spellings("Ban Ki-moon", "KOR"), ["ban ki moon"]);
        assert_eq!(slug("AFG", "Zia Ahmad Takal"), "afg-zia-ahmad-takal");
    }
}
