//! What measures see of entries, state by state, as it travels between machines.

use verbale_model::Engagement;

use crate::panel::engagement;
use crate::period::bounds;
use crate::{Entry, LedgerError};

/// An entry at which somebody counts for a state.
#[derive(Debug, Clone, PartialEq)]
pub struct Counting {
    /// The state's code.
    pub state: String,
    /// The month it was in, `YYYY-MM`; none where that is not known.
    pub month: Option<String>,
    /// The first day it may have been on, by which ledgers list entries.
    pub first_day: Option<String>,
    /// Id of the entry.
    pub id: String,
    /// The codes of all others who take part.
    pub partners: Vec<String>,
    /// What measures see of it, as JSON.
    pub engagement: String,
}

/// An entry as the measure sees it, once for each state that takes part.
///
/// # Errors
/// When it cannot be written as JSON, which would be a fault of ours.
pub fn counting(entry: &Entry) -> Result<Vec<Counting>, LedgerError> {
    let seen = engagement(entry);
    let days = entry.event.date.as_ref().and_then(|date| bounds(&date.edtf));
    let day = |day: jiff::civil::Date| day.to_string();
    let (first, last) = (days.and_then(|days| days.first).map(day), days.and_then(|days| days.last).map(day));
    let month = |day: &Option<String>| day.as_ref().and_then(|day| day.get(..7)).map(str::to_owned);
    let month = month(&first).filter(|first| Some(first) == month(&last).as_ref());
    let json = serde_json::to_string(&seen)?;
    let codes: Vec<&String> = seen.sides.iter().map(|side| &side.code).collect();
    let row = |state: &&String| Counting {
        state: (*state).clone(),
        month: month.clone(),
        first_day: first.clone(),
        id: seen.id.clone(),
        partners: codes.iter().filter(|code| code != &state).map(|code| (*code).clone()).collect(),
        engagement: json.clone(),
    };
    Ok(codes.iter().map(row).collect())
}

/// What measures see of entries, from JSON and in the order in which a ledger lists them; each entry once.
///
/// # Errors
/// When one is none.
pub fn engagements(mut rows: Vec<(Option<String>, String)>) -> Result<Vec<Engagement>, LedgerError> {
    rows.sort();
    rows.dedup();
    let read = |(day, json): (Option<String>, String)| -> Result<_, LedgerError> {
        let seen: Engagement = serde_json::from_str(&json).map_err(|error| {
            LedgerError::Asked(format!("the column 'engagement' holds no event: {error}"))
        })?;
        Ok((day, seen))
    };
    let mut found = rows.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    found.sort_by(|(a, one), (b, other)| (a.is_none(), a, &one.id).cmp(&(b.is_none(), b, &other.id)));
    Ok(found.into_iter().map(|(_, seen)| seen).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::entry;

    #[test]
    fn each_state_of_an_entry_counts_it_and_reading_it_back_loses_nothing() {
        let three = entry("a:e1", &["AFG", "USA", "RUS"], Some("2025-03-31"));
        let undated = entry("b:e1", &["AFG"], None);
        let mut rows = counting(&undated).unwrap();
        assert_eq!((rows[0].month.as_deref(), rows[0].partners.len()), (None, 0));
        rows.extend(counting(&three).unwrap());
        assert_eq!(
            rows.iter().map(|row| row.state.as_str()).collect::<Vec<_>>(),
            ["AFG", "AFG", "RUS", "USA"]
        );
        assert_eq!(
            (rows[2].month.as_deref(), rows[2].partners.concat().as_str()),
            (Some("2025-03"), "AFGUSA")
        );
        let read = rows.into_iter().map(|row| (row.first_day, row.engagement)).collect();
        assert_eq!(engagements(read).unwrap(), [engagement(&three), engagement(&undated)]);
        assert!(engagements(vec![(None, "{}".to_owned())]).is_err());
    }
}
