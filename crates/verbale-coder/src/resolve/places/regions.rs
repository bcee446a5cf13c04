//! Abbreviations of first-level regions, as datelines and addresses write them.

/// Abbreviation without dots and spaces, region as the gazetteer calls it, country.
#[rustfmt::skip]
const SHORT: &[(&str, &str, &str)] = &[
    ("ala", "Alabama", "USA"), ("ariz", "Arizona", "USA"), ("ark", "Arkansas", "USA"), ("calif", "California", "USA"),
    ("cal", "California", "USA"), ("colo", "Colorado", "USA"), ("conn", "Connecticut", "USA"), ("del", "Delaware", "USA"),
    ("dc", "Washington, D.C.", "USA"), ("fla", "Florida", "USA"), ("ga", "Georgia", "USA"), ("ill", "Illinois", "USA"),
    ("ind", "Indiana", "USA"), ("kan", "Kansas", "USA"), ("kans", "Kansas", "USA"), ("ky", "Kentucky", "USA"),
    ("la", "Louisiana", "USA"), ("md", "Maryland", "USA"), ("mass", "Massachusetts", "USA"), ("mich", "Michigan", "USA"),
    ("minn", "Minnesota", "USA"), ("miss", "Mississippi", "USA"), ("mo", "Missouri", "USA"), ("mont", "Montana", "USA"),
    ("neb", "Nebraska", "USA"), ("nebr", "Nebraska", "USA"), ("nev", "Nevada", "USA"), ("nh", "New Hampshire", "USA"),
    ("nj", "New Jersey", "USA"), ("nm", "New Mexico", "USA"), ("ny", "New York", "USA"), ("nc", "North Carolina", "USA"),
    ("nd", "North Dakota", "USA"), ("okla", "Oklahoma", "USA"), ("ore", "Oregon", "USA"), ("pa", "Pennsylvania", "USA"),
    ("penn", "Pennsylvania", "USA"), ("ri", "Rhode Island", "USA"), ("sc", "South Carolina", "USA"),
    ("sd", "South Dakota", "USA"), ("tenn", "Tennessee", "USA"), ("tex", "Texas", "USA"), ("vt", "Vermont", "USA"),
    ("va", "Virginia", "USA"), ("wash", "Washington", "USA"), ("wva", "West Virginia", "USA"), ("wis", "Wisconsin", "USA"),
    ("wisc", "Wisconsin", "USA"), ("wyo", "Wyoming", "USA"),
    ("bc", "British Columbia", "CAN"), ("alta", "Alberta", "CAN"), ("sask", "Saskatchewan", "CAN"),
    ("man", "Manitoba", "CAN"), ("ont", "Ontario", "CAN"), ("que", "Quebec", "CAN"), ("nb", "New Brunswick", "CAN"),
    ("ns", "Nova Scotia", "CAN"), ("pei", "Prince Edward Island", "CAN"), ("nfld", "Newfoundland and Labrador", "CAN"),
    ("nwt", "Northwest Territories", "CAN"),
    ("nsw", "New South Wales", "AUS"), ("qld", "Queensland", "AUS"), ("vic", "Victoria", "AUS"),
    ("tas", "Tasmania", "AUS"),
];

/// Postal codes of two letters that are no abbreviation above.
#[rustfmt::skip]
const POSTAL: &[(&str, &str, &str)] = &[
    ("AL", "Alabama", "USA"), ("AK", "Alaska", "USA"), ("AZ", "Arizona", "USA"), ("AR", "Arkansas", "USA"),
    ("CA", "California", "USA"), ("CO", "Colorado", "USA"), ("CT", "Connecticut", "USA"), ("DE", "Delaware", "USA"),
    ("FL", "Florida", "USA"), ("GA", "Georgia", "USA"), ("HI", "Hawaii", "USA"), ("ID", "Idaho", "USA"),
    ("IL", "Illinois", "USA"), ("IN", "Indiana", "USA"), ("IA", "Iowa", "USA"), ("KS", "Kansas", "USA"),
    ("KY", "Kentucky", "USA"), ("LA", "Louisiana", "USA"), ("ME", "Maine", "USA"), ("MD", "Maryland", "USA"),
    ("MA", "Massachusetts", "USA"), ("MI", "Michigan", "USA"), ("MN", "Minnesota", "USA"), ("MS", "Mississippi", "USA"),
    ("MO", "Missouri", "USA"), ("MT", "Montana", "USA"), ("NE", "Nebraska", "USA"), ("NV", "Nevada", "USA"),
    ("OH", "Ohio", "USA"), ("OK", "Oklahoma", "USA"), ("OR", "Oregon", "USA"), ("PA", "Pennsylvania", "USA"),
    ("TN", "Tennessee", "USA"), ("TX", "Texas", "USA"), ("UT", "Utah", "USA"), ("VT", "Vermont", "USA"),
    ("VA", "Virginia", "USA"), ("WA", "Washington", "USA"), ("WV", "West Virginia", "USA"), ("WI", "Wisconsin", "USA"),
    ("WY", "Wyoming", "USA"), ("AB", "Alberta", "CAN"), ("ON", "Ontario", "CAN"), ("QC", "Quebec", "CAN"),
];

/// The region and country that a word abbreviates. `behind` says that the word follows a comma behind a name,
/// where even "Ga" and "OH" are regions; elsewhere only words with a dot of their own are. `marked` says that the
/// language model takes it for a place.
pub(super) fn expand(word: &str, behind: bool, marked: bool) -> Option<(&'static str, &'static str)> {
    if !word.starts_with(|c: char| c.is_ascii_uppercase()) || word.len() > 7 {
        return None;
    }
    let dotted = word.contains('.');
    if behind && let Some((_, region, country)) = POSTAL.iter().find(|(code, ..)| *code == word) {
        return Some((region, country));
    }
    let bare: String = word.chars().filter(|c| *c != '.').flat_map(char::to_lowercase).collect();
    let capitals = word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let (_, region, country) = SHORT.iter().find(|(short, ..)| *short == bare)?;
    // "Miss. Jones", "Del. Norton", "Man": these are regions only behind a name.
    let clear = match bare.as_str() {
        "dc" => capitals,
        "bc" | "nsw" | "nwt" => capitals && (dotted || bare.len() == 3),
        "calif" | "ariz" | "colo" | "fla" | "okla" | "wis" | "tex" | "tenn" | "minn" | "nj" | "nm" | "nh"
        | "ny" | "wva" | "ky" | "alta" | "sask" | "ont" => dotted,
        "qld" => true,
        _ => false,
    };
    let told = behind && (dotted || marked || capitals && bare.len() <= 3) || marked && dotted;
    (told || clear).then_some((region, country))
}
