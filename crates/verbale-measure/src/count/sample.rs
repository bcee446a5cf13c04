//! Invented events that tests start from.

use verbale_model::ontology::EventType;
use verbale_model::{ConfirmationState, Days, Engagement, Side, Standing, Status};

/// Those who speak for a state, at a rank.
pub(crate) fn side(code: &str, level: u8) -> Side {
    Side { code: code.to_owned(), standing: Standing::Serving, level: Some(level), part: None }
}

/// A former official of a state.
pub(crate) fn former(code: &str) -> Side {
    Side { standing: Standing::Former, ..side(code, 8) }
}

/// A held meeting on a day, 100 unless changed.
pub(crate) fn meeting(sides: &[Side]) -> Engagement {
    Engagement {
        id: "a:e1".to_owned(),
        source: None,
        event_type: EventType::Consult,
        mode: None,
        of: None,
        status: Status::Held,
        days: Days { first: Some(100), last: Some(100) },
        country: None,
        channel: None,
        setting: None,
        formality: None,
        confirmation: Some(ConfirmationState::OneSide),
        sides: sides.to_vec(),
        confidence: 0.8,
        sources: 1,
        goldstein: None,
        plover: None,
        topics: Vec::new(),
        rejected: false,
        superseded: false,
    }
}
