//! People, bodies and states that take part in events.

use serde_json::Value;
use verbale::ledger::list;
use verbale::ledger::store::{Ledger, Turn};

use super::listings::listed;
use crate::call::{Call, Endpoint, PAGING, Run};
use crate::formats::Format;
use crate::problem::Problem;
use crate::query::{Kind, Param, param};
use crate::reply::Reply;

/// Events that are named with one of them.
const NAMED: usize = 200;

const WHICH: &[Param] = &[
    param("country", Kind::Text, "Code of a side: only those who speak for it"),
    param("q", Kind::Text, "Words of a name; capital letters do not matter"),
];

/// The endpoints of this file.
pub const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        path: "/v1/entities",
        name: "entities",
        about: "People, bodies and states that take part in events, with offices and sides as told",
        params: &[WHICH, PAGING],
        takes: None,
        formats: Format::LISTING,
        gives: "Page:Entity",
        run: Run::Read(entities),
    },
    Endpoint {
        path: "/v1/entities/{entity}",
        name: "entity",
        about: "One of them, with the events it takes part in, the newest first, 200 at most",
        params: &[],
        takes: None,
        formats: Format::JSON,
        gives: "EntityWithEvents",
        run: Run::Read(entity),
    },
];

fn entities(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let (country, words) = (call.query.own("country"), call.query.own("q"));
    let read = move |ledger: &Ledger, turn: &Turn<String>| {
        ledger.entity_page(country.as_deref(), words.as_deref(), turn)
    };
    listed(call, ledger, false, read, |out, format, rows| list::entities(out, format, rows))
}

fn entity(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let id = call.named("entity");
    let found = ledger.entity(id).map_err(|error| Problem::asking(&error))?;
    let Some(entity) = found else {
        return Err(Problem::missing(format!(
            "nobody and nothing called '{id}' takes part in an event; /v1/entities lists who does"
        )));
    };
    let events = ledger.events_of(id, NAMED).map_err(|error| Problem::asking(&error))?;
    let mut whole = serde_json::to_value(entity).map_err(|_| Problem::failed())?;
    whole["entries"] = Value::from(events);
    Reply::json(&whole)
}
