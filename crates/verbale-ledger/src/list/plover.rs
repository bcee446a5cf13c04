//! PLOVER events as JSON: the names that the PLOVER coder NGEC writes, and `x_` for what they lack.
//!
//! As there, a text that is not known is empty. What a PLOVER event cannot say (that it was denied,
//! cancelled or only supposed) keeps an entry out of this format.

use std::io::Write;

use serde::Serialize;
use verbale_model::{Confirmation, EventDate, EventPlace, Participant, Precision, Role, Status};

use super::lines::line;
use crate::period::bounds;
use crate::{Entry, LedgerError};

/// Whether the formats of other coders can hold it: it happened, or it is a promise of what is to come.
pub(super) fn happened(entry: &Entry) -> bool {
    matches!(entry.event.status, Status::Held | Status::Planned)
}

/// Writes one object a line.
pub(super) fn write(
    out: &mut dyn Write,
    entries: impl Iterator<Item = Result<Entry, LedgerError>>,
) -> Result<u64, LedgerError> {
    let mut written = 0;
    for entry in entries {
        let entry = entry?;
        if happened(&entry) {
            out.write_all(line(&object(&entry))?.as_bytes())?;
            written += 1;
        }
    }
    Ok(written)
}

#[derive(Serialize)]
struct Object<'a> {
    id: &'a str,
    event_type: &'static str,
    event_mode: &'static str,
    contexts: Vec<&'static str>,
    event_text: String,
    pub_date: &'a str,
    publisher: &'a str,
    url: &'a str,
    attributes: Attributes<'a>,
    actor: Vec<Actor<'a>>,
    recipient: Vec<Actor<'a>>,
    event_location: Location<'a>,
    date_resolved: Resolved,
    story_people: Vec<&'a str>,
    version: &'static str,
    x_date_edtf: &'a str,
    x_cameo: &'a str,
    x_of: &'static str,
    x_quad_class: u8,
    x_status: &'static str,
    x_confirmation: &'a Confirmation,
    x_confidence: f32,
    x_documents: u32,
    x_sources: u32,
}

#[derive(Serialize)]
struct Attributes<'a> {
    event_type: &'static str,
    anchor_quote: &'a str,
    actor: Vec<&'a str>,
    recipient: Vec<&'a str>,
    date: Vec<&'a str>,
    location: Vec<&'a str>,
}

#[derive(Serialize)]
struct Actor<'a> {
    wiki: &'static str,
    actor_wiki_job: &'a str,
    country: &'a str,
    code_1: &'static str,
    code_2: &'static str,
    actor_role_query: &'a str,
    x_entity: Option<&'a str>,
    x_organisation: Option<&'a str>,
    x_side: Option<&'a str>,
    x_part: Option<&'static str>,
    x_serving: Option<bool>,
    x_level: Option<u8>,
}

#[derive(Serialize)]
struct Location<'a> {
    event_loc: Option<Place<'a>>,
    reason: &'static str,
}

#[derive(Serialize)]
struct Place<'a> {
    search_name: &'a str,
    country_code3: &'a str,
    geonameid: String,
    lat: Option<f32>,
    lon: Option<f32>,
}

#[derive(Serialize)]
struct Resolved {
    resolved_date: Option<String>,
    date_end: Option<String>,
    granularity: &'static str,
    date_type: &'static str,
    reason: &'static str,
}

fn object(entry: &Entry) -> Object<'_> {
    let event = &entry.event;
    let first = entry.tellings.first();
    let of_role = |role| event.participants.iter().filter(move |participant| participant.role == role);
    let names = |role| of_role(role).map(|participant| participant.name.as_str()).collect();
    Object {
        id: &event.id,
        event_type: event.event_type.as_str(),
        event_mode: event.mode.map_or("", |mode| mode.as_str()),
        contexts: event.contexts.iter().map(|context| context.as_str()).collect(),
        event_text: first.map(|told| told.evidence.join(" ")).unwrap_or_default(),
        pub_date: first.and_then(|told| told.published.as_deref()).unwrap_or_default(),
        publisher: first.and_then(|told| told.outlet.as_deref()).unwrap_or_default(),
        url: first.and_then(|told| told.url.as_deref()).unwrap_or_default(),
        attributes: Attributes {
            event_type: event.event_type.as_str(),
            anchor_quote: first.and_then(|told| told.evidence.first()).map_or("", String::as_str),
            actor: names(Role::Actor),
            recipient: names(Role::Recipient),
            date: event.date.iter().map(|date| date.edtf.as_str()).collect(),
            location: event.place.iter().map(|place| place.name.as_str()).collect(),
        },
        actor: of_role(Role::Actor).map(actor).collect(),
        recipient: of_role(Role::Recipient).map(actor).collect(),
        event_location: location(event.place.as_ref()),
        date_resolved: resolved(event.date.as_ref()),
        story_people: people(&event.participants),
        version: concat!("verbale ", env!("CARGO_PKG_VERSION")),
        x_date_edtf: event.date.as_ref().map_or("", |date| date.edtf.as_str()),
        x_cameo: event.cameo.as_deref().unwrap_or_default(),
        x_of: event.x_of.map_or("", |of| of.as_str()),
        x_quad_class: event.event_type.quad().number(),
        x_status: event.status.as_str(),
        x_confirmation: &event.confirmation,
        x_confidence: event.confidence,
        x_documents: entry.documents,
        x_sources: entry.sources,
    }
}

/// The country is that of the side, or where nobody is spoken for the nationality, as PLOVER codes it.
fn actor(participant: &Participant) -> Actor<'_> {
    Actor {
        wiki: "",
        actor_wiki_job: participant.office.as_deref().unwrap_or_default(),
        country: participant.side.as_deref().or(participant.nationality.as_deref()).unwrap_or_default(),
        code_1: participant.sector.map_or("", |sector| sector.as_str()),
        code_2: "",
        actor_role_query: &participant.name,
        x_entity: participant.entity.as_deref(),
        x_organisation: participant.organisation.as_deref(),
        x_side: participant.side.as_deref(),
        x_part: participant.part.map(verbale_model::Part::as_str),
        x_serving: participant.serving,
        x_level: participant.level,
    }
}

/// Who has an office or had one; countries and ministries have none.
fn people(participants: &[Participant]) -> Vec<&str> {
    participants.iter().filter(|of| of.serving.is_some()).map(|of| of.name.as_str()).collect()
}

fn location(place: Option<&EventPlace>) -> Location<'_> {
    let event_loc = place.map(|place| Place {
        search_name: &place.name,
        country_code3: place.country.as_deref().unwrap_or_default(),
        geonameid: place.geonames.map(|id| id.to_string()).unwrap_or_default(),
        lat: place.lat,
        lon: place.lon,
    });
    Location { reason: if event_loc.is_some() { "success" } else { "no place is told" }, event_loc }
}

/// Days only where the date has both ends; the publication date never stands in for one.
fn resolved(date: Option<&EventDate>) -> Resolved {
    let precision = date.map_or(Precision::None, |date| date.precision);
    let days = date.and_then(|date| bounds(&date.edtf)).and_then(|bounds| bounds.first.zip(bounds.last));
    let (granularity, date_type) = match (precision, days) {
        (Precision::None, _) | (_, None) => ("", "unresolved"),
        (Precision::Day, _) => ("day", "exact"),
        (Precision::Week, _) => ("week", "range"),
        (Precision::Month, _) => ("month", "range"),
        (Precision::Season, _) => ("quarter", "range"),
        (Precision::Year, _) => ("year", "range"),
        (Precision::Interval, _) => ("day", "range"),
    };
    let days = days.filter(|_| date_type != "unresolved");
    Resolved {
        resolved_date: days.map(|(from, _)| from.to_string()),
        date_end: days.filter(|_| date_type == "range").map(|(_, to)| to.to_string()),
        granularity,
        date_type,
        reason: date.map_or("no date is told", |date| date.method.as_str()),
    }
}
