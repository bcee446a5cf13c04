//! The words that keep their full stop, in three classes, and the words that start sentences.

/// What an abbreviation allows after itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Stands before a name and so never ends a sentence: `Gen.`, `vs.`.
    Title,
    /// Keeps its stop before a number only, for it is also a word: `No. 5`, but `He said no.`.
    Numbered,
    /// May end a sentence: `U.S.`, `Inc.`, `Oct.`.
    Plain,
    /// Often ends a sentence, and then a capital is enough: `etc.`, `p.m.`.
    Tail,
}

/// Titles, ranks and offices before a name, and abbreviations that always lean on the next word.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "adm", "amb", "ambs", "assoc", "asst", "atty", "bp", "brig", "capt", "cdr", "cf", "cmdr", "col", "comdr",
    "comr", "cpl", "cpt", "dr", "drs", "e.g", "eg", "eng", "engr", "esp", "fr", "ft", "gen", "gens", "gov",
    "govs", "hon", "i.e", "ie", "insp", "lt", "lts", "maj", "messrs", "mgr", "mlle", "mme", "mons", "mr",
    "mrs", "ms", "msgr", "mt", "mx", "ofc", "pfc", "pres", "prof", "profs", "pvt", "rep", "reps", "rev",
    "sen", "sens", "sgt", "st", "ste", "supt", "viz", "vs", "wg",
];

/// Words that are abbreviations only before a number, or are also plain English words.
#[rustfmt::skip]
const NUMBERED: &[&str] = &[
    "approx", "arrv", "art", "arts", "c", "ca", "cap", "ch", "chap", "cl", "ex", "fig", "figs", "fri",
    "mar", "mon", "no", "nos", "nr", "op", "p", "para", "paras", "pp", "r", "reg", "res", "sat",
    "sec", "secs", "sect", "sun", "thu", "tue", "v", "vol", "vols", "wed",
];

/// Companies, months, states and others that may stand at the end of a sentence.
#[rustfmt::skip]
const PLAIN: &[&str] = &[
    "apr", "aug", "ave", "blvd", "bros", "calif", "co", "colo", "conn", "corp", "dec", "dept", "dist", "est", "feb",
    "fla", "govt", "inc", "jan", "jr", "jul", "jun", "ltd", "mass", "md", "mich", "minn", "mo", "nov", "oct",
    "okla", "ore", "penn", "plc", "pty", "sept", "sep", "sr", "tenn", "tex", "thur", "thurs", "tues", "univ", "va",
    "wash", "ph.d", "m.sc", "b.sc", "m.phil", "d.phil", "ll.b", "ll.m", "ed.d", "lit", "attn", "ext", "tel", "ariz",
    "ark", "del", "ga", "ind", "kan", "ky", "mont", "neb", "nev", "ont", "pa", "que", "vt", "w.va", "wis", "wyo",
];

/// Abbreviations after which a capital is more likely a new sentence.
const TAILS: &[&str] = &["a.m", "p.m", "etc", "esq", "b.c", "a.d", "b.c.e", "c.e"];

/// The class of a word written before a full stop, without that stop; `None` for other words.
pub(super) fn abbreviation(word: &str) -> Option<Abbreviation> {
    if word.len() > 8 || !word.is_ascii() {
        return None;
    }
    let mut buffer = [0_u8; 8];
    let bytes = buffer.get_mut(..word.len())?;
    bytes.copy_from_slice(word.as_bytes());
    bytes.make_ascii_lowercase();
    let lower = std::str::from_utf8(bytes).ok()?;
    if TAILS.contains(&lower) {
        Some(Abbreviation::Tail)
    } else if TITLES.contains(&lower) {
        // Capitals tell "Rep. Smith" from "one rep."; Latin ones are written small.
        let small = matches!(lower, "e.g" | "i.e" | "eg" | "ie" | "vs" | "viz" | "cf" | "esp" | "approx");
        (small || word.starts_with(|c: char| c.is_ascii_uppercase())).then_some(Abbreviation::Title)
    } else if NUMBERED.contains(&lower) {
        Some(Abbreviation::Numbered)
    } else if PLAIN.contains(&lower) {
        word.starts_with(|c: char| c.is_ascii_uppercase()).then_some(Abbreviation::Plain)
    } else if is_initialism(lower) {
        Some(Abbreviation::Plain)
    } else {
        None
    }
}

/// `u.s`, `u.s.s.r`: single letters joined by points.
fn is_initialism(word: &str) -> bool {
    word.len() > 1
        && word.split('.').all(|part| part.len() == 1 && part.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// Words that, capitalised after an abbreviation, start a sentence: articles, pronouns,
/// prepositions, conjunctions and adverbs that are no part of a name.
#[rustfmt::skip]
const STARTERS: &[&str] = &[
    "a", "according", "additionally", "after", "again", "all", "also", "although", "among", "an", "and", "another",
    "any", "as", "asked", "at", "because", "before", "both", "but", "by", "despite", "during", "each", "earlier",
    "even", "every", "finally", "following", "for", "from", "further", "furthermore", "given", "he", "hence", "her",
    "here", "his", "how", "however", "i", "if", "in", "indeed", "instead", "it", "its", "last", "later", "likewise",
    "many", "meanwhile", "moreover", "most", "my", "nevertheless", "next", "no", "nor", "not", "now", "of", "on",
    "once", "one", "only", "or", "other", "others", "our", "over", "perhaps", "previously", "recently", "separately",
    "she", "similarly", "since", "so", "some", "soon", "speaking", "still", "such", "that", "the", "their", "then",
    "there", "therefore", "these", "they", "this", "those", "though", "through", "throughout", "thus", "to", "today",
    "tomorrow", "two", "under", "unless", "unlike", "until", "upon", "we", "what", "when", "where", "whether",
    "which", "while", "who", "why", "with", "within", "without", "yesterday", "yet", "you", "your",
];

/// Whether a capitalised word is one that starts sentences rather than names.
pub(super) fn is_starter(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        && word.len() <= 12
        && STARTERS.binary_search(&word.to_ascii_lowercase().as_str()).is_ok()
}

/// Words that follow a time of day and belong to it.
pub(super) fn follows_time(word: &str) -> bool {
    const ZONES: &[&str] =
        &["GMT", "UTC", "EST", "EDT", "CET", "CEST", "PST", "PDT", "MSK", "IST", "BST", "ET"];
    const DAYS: &[&str] = &["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    ZONES.contains(&word)
        || (word.ends_with("day") && DAYS.iter().any(|day| word.starts_with(day)))
        || is_month(word)
        || matches!(
            word,
            "Moscow" | "Beijing" | "Eastern" | "Pacific" | "Central" | "Kabul" | "London" | "Greenwich"
        )
}

/// Full or abbreviated English month, with or without a stop.
pub(super) fn is_month(word: &str) -> bool {
    #[rustfmt::skip]
const MONTHS: &[&str] = &[
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ];
    let lower = word.trim_end_matches('.').to_ascii_lowercase();
    lower == "sept"
        || (lower.len() >= 3
            && MONTHS.iter().any(|m| *m == lower || (lower.len() == 3 && m.starts_with(&lower))))
}

/// Prefixes that the English UD treebanks leave joined by their hyphen; all other hyphens split.
#[rustfmt::skip]
const PREFIXES: &[&str] = &[
    "anti", "arch", "bi", "co", "counter", "de", "e", "ex", "inter", "intra", "micro", "mid", "mini", "mis", "multi",
    "neo", "non", "over", "post", "pre", "pro", "proto", "pseudo", "quasi", "re", "semi", "socio", "sub", "super",
    "trans", "tri", "ultra", "un", "under",
];

/// Whether a hyphen after this word part joins instead of splitting.
pub(super) fn is_prefix(part: &str) -> bool {
    part.len() <= 8 && PREFIXES.binary_search(&part.to_ascii_lowercase().as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{PREFIXES, STARTERS};

    #[test]
    fn tables_are_sorted_for_binary_search() {
        assert!(STARTERS.is_sorted());
        assert!(PREFIXES.is_sorted());
    }
}
