//! `cargo xtask holders FILE`: a table of dated positions (Wikidata, CC0) to `data/offices/holders/wikidata.tsv`.
//!
//! The table has the columns `country_folder, position, person, wikidata, start, end`. Ends after the middle of 2022
//! are missing in it, so an empty end stays unknown. Positions that diplomacy has no use for, of regions and of
//! towns, are left out.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use verbale_knowledge::dates;

use crate::data::root;

/// Where the result goes.
const TARGET: &str = "data/offices/holders/wikidata.tsv";

/// Ends before this year, and unended starts long before it, are of no use.
const FIRST_YEAR: &str = "1995";
const STALE_START: &str = "1992";

/// Folder of the source to code; the folder `world` is read by [`world`].
const FOLDERS: &[(&str, &str)] = &[
    ("afghanistan", "AFG"),
    ("argentina", "ARG"),
    ("armenia", "ARM"),
    ("australia", "AUS"),
    ("bangladesh", "BGD"),
    ("belarus", "BLR"),
    ("brazil", "BRA"),
    ("canada", "CAN"),
    ("china", "CHN"),
    ("egypt", "EGY"),
    ("finland", "FIN"),
    ("france", "FRA"),
    ("georgia", "GEO"),
    ("hungary", "HUN"),
    ("india", "IND"),
    ("indonesia", "IDN"),
    ("iran", "IRN"),
    ("iraq", "IRQ"),
    ("israel", "ISR"),
    ("japan", "JPN"),
    ("jordan", "JOR"),
    ("kazakhstan", "KAZ"),
    ("kuwait", "KWT"),
    ("kyrgyzstan", "KGZ"),
    ("malaysia", "MYS"),
    ("mexico", "MEX"),
    ("mongolia", "MNG"),
    ("nepal", "NPL"),
    ("new-zealand", "NZL"),
    ("nigeria", "NGA"),
    ("norway", "NOR"),
    ("pakistan", "PAK"),
    ("philippines", "PHL"),
    ("qatar", "QAT"),
    ("russia", "RUS"),
    ("singapore", "SGP"),
    ("south-africa", "ZAF"),
    ("south-korea", "KOR"),
    ("sri-lanka", "LKA"),
    ("sudan", "SDN"),
    ("sweden", "SWE"),
    ("taiwan", "TWN"),
    ("tajikistan", "TJK"),
    ("turkey", "TUR"),
    ("turkmenistan", "TKM"),
    ("uae", "ARE"),
    ("ukraine", "UKR"),
    ("united-kingdom", "GBR"),
    ("us", "USA"),
    ("uzbekistan", "UZB"),
    ("vietnam", "VNM"),
    ("yemen", "YEM"),
];

/// States whose provinces have ministers of the same names in the source; there only what provinces lack is kept.
const MIXED: &[&str] = &["AUS", "CAN"];
const FEDERAL: &[&str] = &[
    "prime minister",
    "deputy prime minister",
    "governor-general",
    "governor general",
    "foreign",
    "defence",
    "trade",
    "immigration",
    "ambassador",
    "permanent representative",
    "chief of the defence",
    "international",
];

/// Words of positions that are left out.
const OUT: &[&str] = &[
    "mayor",
    "justice of",
    "judge",
    "lord of",
    "lord privy",
    "lord chancellor",
    "first lord",
    "whip",
    "parliamentary secretary",
    "prefecture",
    "district",
    "province",
    "county",
    "region",
    "city ",
    "spouse",
    "solicitor",
    "lieutenant governor",
    "chief minister",
    "legislative assembly",
    "legislative council",
    "house of assembly",
    "assistant minister",
    "assisting",
    "auditor",
    "election",
    "deputy governor",
    "vice governor",
    "vice-governor",
    "äkim",
    "administrator of",
    "pitcairn",
    "ways and means",
    "registrar",
    "ombuds",
    "deputy attorney",
    "paymaster",
    "caixa",
    "civil service",
    "ambassador in",
    "ambassador of",
    "menteri besar",
    "menteris besar",
    "chief executive of",
    "chief administrator",
    "ruler of",
    "deputy ruler",
    "information commissioner",
    "military cabinet",
];

/// Makes the table anew.
pub fn run(source: &Path) -> Result<()> {
    let bytes = std::fs::read(source).with_context(|| source.display().to_string())?;
    let mut text = String::new();
    bytes
        .as_slice()
        .read_to_string(&mut text)
        .context("the table must be UTF-8 (unpack it first: gzip -dc)")?;
    let mut rows: BTreeSet<String> = BTreeSet::new();
    for line in text.lines().skip(1) {
        if let &[folder, position, person, wikidata, start, end] =
            line.split('\t').collect::<Vec<_>>().as_slice()
            && let Some(row) = row(folder, position, person, wikidata, start, end)
        {
            rows.insert(row);
        }
    }
    let mut out = "state\toffice\tperson\taliases\twikidata\tfrom\tto\n".to_owned();
    for row in &rows {
        out.push_str(row);
        out.push('\n');
    }
    std::fs::write(root().join(TARGET), &out)?;
    eprintln!("{} rows, {} KiB", rows.len(), out.len() / 1024);
    Ok(())
}

fn row(folder: &str, position: &str, person: &str, wikidata: &str, start: &str, end: &str) -> Option<String> {
    let stale = if end.is_empty() { start < STALE_START } else { end < FIRST_YEAR };
    let dated = [start, end].iter().all(|date| date.is_empty() || dates::is_date(date));
    if stale || !dated || (!end.is_empty() && dates::after(start, end)) {
        return None;
    }
    let folder = folder.trim_end_matches("-ministers").trim_end_matches("-cabinet");
    let (state, office) = if folder == "world" {
        world(position)?
    } else {
        let state = FOLDERS.iter().find(|(name, _)| *name == folder)?.1;
        (state, office(state, position)?)
    };
    let person = name(person)?;
    Some(format!("{state}\t{office}\t{person}\t\t{wikidata}\t{start}\t{end}"))
}

/// The position in the words that records use; nothing when it is left out.
fn office(state: &str, position: &str) -> Option<String> {
    let lower = position.to_lowercase();
    let central_bank =
        lower.starts_with("governor of") && ["bank", "reserve"].iter().any(|word| lower.contains(word));
    let regional = lower.starts_with("governor of") && !central_bank;
    let head_of_region = lower.starts_with("head of ")
        && !["office", "service", "government", "state", "intelligence", "security"]
            .iter()
            .any(|word| lower.contains(word));
    let bare = matches!(
        lower.as_str(),
        "state secretary" | "secretary general" | "first lady" | "monarch" | "premier"
    ) && state != "TWN"
        && state != "CHN";
    let provincial = MIXED.contains(&state) && !FEDERAL.iter().any(|word| lower.contains(word));
    let junior = lower.starts_with("parliamentary under") && !lower.contains("foreign");
    // Heads of Australian states and Canadian provinces are premiers, too.
    let state_premier = lower.contains("premier of") && !lower.contains("council");
    if regional
        || state_premier
        || head_of_region
        || bare
        || provincial
        || junior
        || OUT.iter().any(|word| lower.contains(word))
    {
        return if lower == "monarch" { Some("Monarch".to_owned()) } else { None };
    }
    let mut office =
        position.split(" (").next()?.replace(" — ", " - ").replace("Yang di_pertuan", "Yang di-Pertuan");
    if lower.starts_with("chairman of the cabinet of ministers (prime") {
        "Prime Minister".clone_into(&mut office);
    }
    if matches!(state, "USA" | "PHL" | "KOR" | "ISR") {
        office = office.replace("Defence", "Defense");
    }
    if lower.starts_with("secretary of state for foreign") {
        "Foreign Secretary".clone_into(&mut office);
    }
    // Titles of ten words and more name no office that a report would write out.
    if office.split_whitespace().count() > 9 {
        return None;
    }
    let mut chars = office.chars();
    let first = chars.next()?.to_uppercase();
    Some(format!("{first}{}", chars.as_str()))
}

/// Positions of organisations.
fn world(position: &str) -> Option<(&'static str, String)> {
    let (organisation, office) = match position {
        "Secretary-General of the United Nations" => ("un", "Secretary-General"),
        "Deputy Secretary-General of the United Nations" => ("un", "Deputy Secretary-General"),
        "Under-Secretary-General of the United Nations" => ("un", "Under-Secretary-General"),
        "President of the United Nations General Assembly" => ("un", "President of the General Assembly"),
        "Director-General of the World Trade Organization" => ("wto", "Director-General"),
        "OSCE High Commissioner on National Minorities" => {
            ("osce", "High Commissioner on National Minorities")
        }
        "president of the Parliamentary Assembly of the Council of Europe" => {
            ("council-of-europe", "President of the Parliamentary Assembly")
        }
        _ => return None,
    };
    Some((organisation, office.to_owned()))
}

/// A name without titles, brackets and nicknames; Cyrillic ones in Latin letters. Nothing when none is left.
fn name(person: &str) -> Option<String> {
    let mut name = person.split(" (").next()?.trim().to_owned();
    if let Some((family, given)) = name.clone().split_once(", ") {
        if is_cyrillic(&name) {
            // "Морозов, Владимир Николаевич" is Vladimir Morozov.
            name = format!("{} {family}", given.split(' ').next().unwrap_or_default());
        } else if matches!(given.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III") {
            name = format!("{family} {given}");
        } else {
            family.clone_into(&mut name);
        }
    }
    if is_cyrillic(&name) {
        name = name.chars().map(latin).collect();
    }
    let words: Vec<&str> = name.split_whitespace().filter(|word| !word.starts_with(['"', '“'])).collect();
    let clean = words.join(" ");
    let usable = !clean.is_empty()
        && !clean.chars().any(|c| c.is_ascii_digit() || !(c.is_alphabetic() || " .'’-–ʻ".contains(c)));
    (usable && clean.chars().all(|c| (c as u32) < 0x2100)).then_some(clean)
}

fn is_cyrillic(text: &str) -> bool {
    text.chars().any(|c| ('\u{400}'..='\u{4ff}').contains(&c))
}

/// One Cyrillic letter in the Latin letters that news in English uses.
fn latin(c: char) -> String {
    let lower = c.to_lowercase().next().unwrap_or(c);
    let text = match lower {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' => "g",
        'д' => "d",
        'е' | 'ё' | 'э' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' | 'і' => "i",
        'й' | 'ы' => "y",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' | 'ь' => "",
        'ю' => "yu",
        'я' => "ya",
        _ => return c.to_string(),
    };
    if c.is_uppercase() {
        let (first, rest) = text.split_at(1.min(text.len()));
        format!("{}{rest}", first.to_uppercase())
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{name, office, row};

    #[test]
    fn names_come_clean() {
        for (written, clean) in [
            ("Морозов, Владимир Николаевич", "Vladimir Morozov"),
            ("Jon Huntsman, Jr.", "Jon Huntsman Jr."),
            ("Valerie Amos, Baroness Amos", "Valerie Amos"),
            ("Masaki Saito (diplomat)", "Masaki Saito"),
            ("Elisea \"Bebet\" Gozun", "Elisea Gozun"),
        ] {
            assert_eq!(name(written).as_deref(), Some(clean));
        }
        assert_eq!(name("Q1234"), None);
    }

    #[test]
    fn regions_and_old_times_are_left_out() {
        assert_eq!(office("USA", "Governor of Utah"), None);
        assert_eq!(
            office("IND", "Governor of the Reserve Bank"),
            Some("Governor of the Reserve Bank".to_owned())
        );
        assert_eq!(office("FRA", "ambassador to Chad"), Some("Ambassador to Chad".to_owned()));
        assert_eq!(row("us-cabinet", "President", "A B", "Q1", "1981", "1989"), None);
        assert_eq!(
            row("us-cabinet", "President", "A B", "Q1", "2017", ""),
            Some("USA\tPresident\tA B\t\tQ1\t2017\t".into())
        );
    }
}
