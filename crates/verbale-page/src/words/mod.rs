//! The record's codes in words, for terminals and for pages.

mod claims;
mod figures;

use verbale_model::{
    Channel, Claim, ClaimMode, Confirmation, ConfirmationState, DateMethod, EventDate, Modality, Participant,
    Setting,
};

pub use claims::{asserter, asserter_of};
pub use figures::{
    counted, left_out, list, named, panel, percent, question, settling, signed, tilt, vectors, verdict,
    window,
};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date of the record: EDTF in words, and how it came about.
pub fn date(date: &EventDate) -> String {
    let words = edtf(&date.edtf);
    match date.method {
        DateMethod::Stated => words,
        DateMethod::Relative => format!("{words} (counted from the day of publication)"),
        DateMethod::YearInferred => format!("{words} (year taken from the day of publication)"),
        DateMethod::Publication => format!("{words} (day of publication)"),
        DateMethod::None => format!("not told, {words}"),
    }
}

/// An EDTF string in words; as it is where it says more than a date, a bound or an interval.
pub fn edtf(text: &str) -> String {
    let inner = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    if let Some(inner) = inner {
        return match inner.split_once("..") {
            Some(("", to)) => format!("no later than {}", edtf(to)),
            Some((from, "")) => format!("no earlier than {}", edtf(from)),
            Some((from, to)) => format!("between {} and {}", edtf(from), edtf(to)),
            None => text.to_owned(),
        };
    }
    match text.split_once('/') {
        Some(("" | "..", to)) => return format!("until {}", edtf(to)),
        Some((from, "" | "..")) => return format!("since {}", edtf(from)),
        Some((from, to)) => return format!("{} to {}", edtf(from), edtf(to)),
        None => {}
    }
    let year = |year: &str| if year == "XXXX" { ", year unknown".to_owned() } else { format!(" {year}") };
    match text.split('-').collect::<Vec<_>>().as_slice() {
        [y, m, d] => match (month(m), d.parse::<u8>()) {
            (Some(month), Ok(day)) => format!("{day} {month}{}", year(y)),
            (Some(month), _) if *d == "XX" => format!("a day in {month}{}", year(y)),
            _ => text.to_owned(),
        },
        [y, m] => match (month(m), *m) {
            (Some(month), _) => format!("{month}{}", year(y)),
            (None, "21" | "25" | "29") => format!("spring{}", year(y)),
            (None, "22" | "26" | "30") => format!("summer{}", year(y)),
            (None, "23" | "27" | "31") => format!("autumn{}", year(y)),
            (None, "24" | "28" | "32") => format!("winter{}", year(y)),
            (None, "33" | "34" | "35" | "36") => {
                format!("quarter {}{}", m.parse::<u8>().unwrap_or(33) - 32, year(y))
            }
            _ => text.to_owned(),
        },
        _ => text.to_owned(),
    }
}

fn month(number: &str) -> Option<&'static str> {
    let number: usize = number.parse().ok()?;
    MONTHS.get(number.checked_sub(1)?).copied()
}

/// Whose word an event rests on.
pub fn confirmation(confirmation: &Confirmation) -> String {
    let sides = confirmation.sides.join(", ");
    let with = |words: &str| if sides.is_empty() { words.to_owned() } else { format!("{words}: {sides}") };
    match confirmation.state {
        ConfirmationState::BothSides => with("told by both sides"),
        ConfirmationState::OneSide => with("told by one side"),
        ConfirmationState::ThirdParty => with("told by somebody who took no part"),
        ConfirmationState::Denied => with("denied"),
        ConfirmationState::Conflicting => with("told differently by the sides"),
        ConfirmationState::Unattributed => "told by the outlet alone".to_owned(),
    }
}

/// How people spoke.
pub fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::InPerson => "in person",
        Channel::Phone => "by telephone",
        Channel::Video => "by video",
        Channel::Letter => "by letter",
        Channel::Statement => "by a statement",
    }
}

/// In what company.
pub fn setting(setting: Setting) -> &'static str {
    match setting {
        Setting::Bilateral => "between two sides",
        Setting::Multilateral => "between several sides",
        Setting::Sideline => "between two sides, beside a gathering",
        Setting::ThirdParty => "with a mediator",
    }
}

/// What is to know of a claim beside its content: whose inference, how sure.
pub fn manner(claim: &Claim) -> Vec<&'static str> {
    let mut said = Vec::new();
    if claim.narrator {
        said.push("the outlet's own inference");
    }
    match claim.mode {
        ClaimMode::Caption => said.push("in a caption"),
        ClaimMode::Headline => said.push("in a headline"),
        ClaimMode::Quote | ClaimMode::Indirect | ClaimMode::Narration => {}
    }
    match claim.modality {
        Modality::Certain => {}
        Modality::Hedged => said.push("hedged"),
        Modality::Planned => said.push("as planned"),
        Modality::Hypothetical => said.push("as possible"),
        Modality::Denied => said.push("as not so"),
    }
    said
}

/// Somebody's office or, without one, organisation.
pub fn office(participant: &Participant) -> &str {
    let office = participant.office.as_deref().unwrap_or_default();
    let organisation = participant.organisation.as_deref().filter(|name| *name != participant.name);
    match (office, organisation) {
        ("", Some(organisation)) => organisation,
        (office, _) => office,
    }
}

/// Whom somebody speaks for.
pub fn side(participant: &Participant) -> String {
    let nationality = participant.nationality.as_deref();
    let of = nationality.map(|code| format!(" (of {code})")).unwrap_or_default();
    match (&participant.side, participant.serving) {
        (Some(side), _) => match &participant.authority {
            Some(authority) => format!("{side}, {authority}"),
            None => side.clone(),
        },
        (None, Some(false)) => format!("former, speaks for nobody{of}"),
        (None, _) => format!("unknown{of}"),
    }
}

#[cfg(test)]
mod tests {
    use super::edtf;

    #[test]
    fn dates_are_said_in_words() {
        for (code, words) in [
            ("2025-10-22", "22 October 2025"),
            ("XXXX-10-22", "22 October, year unknown"),
            ("2025-10", "October 2025"),
            ("2025-34", "quarter 2 2025"),
            ("2025", "2025"),
            ("[..2025-10-24]", "no later than 24 October 2025"),
            ("2025-03-01/2025-03-04", "1 March 2025 to 4 March 2025"),
            ("2025-W43", "2025-W43"),
            ("-", "-"),
        ] {
            assert_eq!(edtf(code), words);
        }
    }
}
