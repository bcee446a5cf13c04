//! Which rows of a ledger are wanted, as Python says it: one JSON object with the names of the command's options.

use pyo3::PyResult;
use serde::Deserialize;
use verbale::ledger::list::{Filter, Listing};
use verbale::model::Status;
use verbale::model::ontology::EventType;

use crate::errors::{self, input};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct Wanted {
    country: Vec<String>,
    partner: Vec<String>,
    event_type: Vec<EventType>,
    from: Option<String>,
    to: Option<String>,
    outlet: Vec<String>,
    status: Vec<Status>,
    reviewed: Option<String>,
    inclusive: bool,
    undated: bool,
    superseded: bool,
}

/// The filter of a listing; what is wrong with it is an error before anything is read.
pub fn filter(listing: Listing, json: &str) -> PyResult<Filter> {
    let wanted: Wanted = serde_json::from_str(json).map_err(|error| input(error.to_string()))?;
    let failed = |error| errors::ledger(&error);
    let filter = Filter {
        country: wanted.country,
        partner: wanted.partner,
        event_type: wanted.event_type,
        from: wanted.from,
        to: wanted.to,
        outlet: wanted.outlet,
        status: wanted.status,
        reviewed: wanted.reviewed.map(|word| word.parse()).transpose().map_err(failed)?,
        inclusive: wanted.inclusive,
        undated: wanted.undated,
        superseded: wanted.superseded,
    };
    filter.check(listing).map_err(failed)?;
    Ok(filter)
}
