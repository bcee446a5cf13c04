//! Corrections as people type them (`FIELD=VALUE`), as they are stored, and as they are written in.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use verbale_model::ontology::{Context, EventType, Mode};
use verbale_model::{
    Channel, DateMethod, Event, EventDate, EventPlace, Formality, Part, Participant, Role, Setting, Status,
};

use crate::entry::Entry;
use crate::fields;
use crate::period::Period;
use crate::telling::TellingId;

/// What can be corrected, for people.
const FIELDS: &str = "status, event_type, mode, date, place/name, place/country, formality, channel, setting, \
                      contexts, participants/N and participants/N/side, office, nationality, serving, role, \
                      part, name, entity or level";

/// Reads `FIELD=VALUE`: the path under which it is stored, the new value, and what the coder said.
///
/// `null` takes a value away, and `participants/N=null` a participant; N counts from 0.
///
/// # Errors
/// Where the field or the value is none; the message says what can be written.
pub fn parse_edit(entry: &Entry, text: &str) -> Result<(String, Value, Value), String> {
    let (path, given) = text.split_once('=').ok_or_else(|| format!("'{text}': write FIELD=VALUE"))?;
    let (path, given) = (path.trim(), given.trim());
    let Some(rest) = path.strip_prefix("participants/") else {
        let event = entry.review.coded.as_deref().unwrap_or(&entry.event);
        let new = plain(&entry.event, path, given)?;
        return Ok((path.to_owned(), new, fields::value(event, path)));
    };
    let (number, field) = rest.split_once('/').map_or((rest, None), |(number, field)| (number, Some(field)));
    let people = &entry.event.participants;
    let at = number.parse().ok().filter(|at: &usize| *at < people.len());
    let at =
        at.ok_or_else(|| format!("{path}: participants have numbers from 0 to {}", people.len().max(1) - 1))?;
    // The coder's own list has the same spans, with those whom a correction took away.
    let coded = entry.review.coded.as_deref().map_or(people, |event| &event.participants);
    let key = fields::key(people, at);
    let was = coded
        .iter()
        .enumerate()
        .find(|(at, _)| fields::key(coded, *at) == key)
        .map_or(&people[at], |it| it.1);
    match field {
        None if given == "null" => Ok((key, Value::Null, json!(was.name))),
        None => Err(format!("{path}: write {path}=null to take the participant away, or {path}/side=CODE")),
        Some(field) => {
            Ok((format!("{key}/{field}"), of_participant(field, given)?, fields::value_of(was, field)))
        }
    }
}

/// The telling that a stored path came from; a correction is anchored there.
pub fn telling_of<'a>(entry: &'a Entry, path: &str) -> Option<&'a TellingId> {
    let at = (0..entry.event.participants.len())
        .find(|at| path.starts_with(&fields::key(&entry.event.participants, *at)))
        .map(|at| format!("participants/{at}"));
    let root = path.split('/').next().unwrap_or(path);
    let from = entry.from.get(at.as_deref().unwrap_or(root));
    from.or_else(|| entry.tellings.first().map(|cited| &cited.id))
}

fn plain(event: &Event, path: &str, given: &str) -> Result<Value, String> {
    match path {
        "status" => word::<Status>(path, given, false),
        "event_type" => word::<EventType>(path, &given.to_uppercase(), false),
        "mode" => mode(event.event_type, given),
        "formality" => word::<Formality>(path, given, true),
        "channel" => word::<Channel>(path, given, true),
        "setting" => word::<Setting>(path, given, true),
        "contexts" => {
            let words = given.split(',').map(str::trim).filter(|word| !word.is_empty() && *word != "null");
            Ok(Value::Array(words.map(|one| word::<Context>(path, one, false)).collect::<Result<_, _>>()?))
        }
        "date" if given == "null" => Ok(Value::Null),
        "date" => Period::parse(given).map(|_| json!(given)).map_err(|error| format!("date: {error}")),
        "place/name" => Ok(words(given)),
        "place/country" if event.place.is_none() => Err("place/country: give place/name first".to_owned()),
        "place/country" => code(path, given),
        _ => Err(format!("'{path}' cannot be corrected: write one of {FIELDS}")),
    }
}

fn mode(event_type: EventType, given: &str) -> Result<Value, String> {
    if given == "null" || event_type.modes().iter().any(|mode| mode.as_str() == given) {
        return Ok(if given == "null" { Value::Null } else { json!(given) });
    }
    let allowed: Vec<_> = event_type.modes().iter().map(|mode| mode.as_str()).collect();
    Err(format!("mode: '{given}' is no mode of {event_type}: write null or one of {}", allowed.join(", ")))
}

fn of_participant(field: &str, given: &str) -> Result<Value, String> {
    match field {
        "side" | "nationality" => code(field, given),
        "office" | "entity" => Ok(words(given)),
        "name" if given.is_empty() || given == "null" => Err("name: a participant has one".to_owned()),
        "name" => Ok(json!(given)),
        "serving" => match given {
            "true" => Ok(json!(true)),
            "false" => Ok(json!(false)),
            "null" => Ok(Value::Null),
            _ => Err(format!("serving: '{given}': write true, false or null")),
        },
        "role" => word::<Role>(field, given, false),
        "part" => word::<Part>(field, given, true),
        "level" if given == "null" => Ok(Value::Null),
        "level" => match given.parse::<u8>() {
            Ok(level @ 1..=9) => Ok(json!(level)),
            _ => Err(format!(
                "level: '{given}': write a number from 1 (head of state) to 9 (private), or null"
            )),
        },
        _ => Err(format!(
            "'{field}' of a participant cannot be corrected: {}",
            fields::OF_PARTICIPANT.join(", ")
        )),
    }
}

fn words(given: &str) -> Value {
    if given.is_empty() || given == "null" { Value::Null } else { json!(given) }
}

fn code(field: &str, given: &str) -> Result<Value, String> {
    match given {
        "null" => Ok(Value::Null),
        _ if given.len() == 3 && given.bytes().all(|byte| byte.is_ascii_uppercase()) => Ok(json!(given)),
        _ => Err(format!("{field}: '{given}': write a code of three capital letters, such as AFG, or null")),
    }
}

/// A word of a closed vocabulary; the error lists them all.
fn word<T: DeserializeOwned>(field: &str, given: &str, may_be_null: bool) -> Result<Value, String> {
    if given == "null" && may_be_null {
        return Ok(Value::Null);
    }
    match serde_json::from_value::<T>(json!(given)) {
        Ok(_) => Ok(json!(given)),
        Err(error) => Err(format!("{field}: {error}{}", if may_be_null { ", or null" } else { "" })),
    }
}

/// Writes a correction into the event; fields that rested on the old value go with it.
pub(super) fn set(event: &mut Event, path: &str, value: &Value) -> Result<(), serde_json::Error> {
    let value = || value.clone();
    match path {
        "status" => event.status = serde_json::from_value(value())?,
        "event_type" => {
            event.event_type = serde_json::from_value(value())?;
            event.mode = event.mode.filter(|mode| event.event_type.modes().contains(mode));
            event.cameo = cameo(event);
        }
        "mode" => {
            event.mode = serde_json::from_value(value())?;
            event.cameo = cameo(event);
        }
        "formality" => event.formality = serde_json::from_value(value())?,
        "channel" => event.channel = serde_json::from_value(value())?,
        "setting" => event.setting = serde_json::from_value(value())?,
        "contexts" => event.contexts = serde_json::from_value(value())?,
        "date" => {
            // A person states the day, so its method is `stated`; the coder's words do not bear it out.
            let edtf: Option<String> = serde_json::from_value(value())?;
            event.date = edtf.and_then(|edtf| {
                let (_, precision) = Period::parse(&edtf).ok()?;
                Some(EventDate { edtf, precision, method: DateMethod::Stated, span: None })
            });
        }
        "place/name" => {
            let name: Option<String> = serde_json::from_value(value())?;
            let country = event.place.take().and_then(|place| place.country);
            let place = |name| EventPlace { name, country, geonames: None, lat: None, lon: None, span: None };
            event.place = name.map(place);
        }
        "place/country" => {
            let country = serde_json::from_value(value())?;
            event.place.iter_mut().for_each(|place| place.country.clone_from(&country));
        }
        _ => {}
    }
    Ok(())
}

/// CAMEO's code of a consultation by its mode; of other types it does not follow from type and mode.
fn cameo(event: &Event) -> Option<String> {
    let code = match event.mode {
        Some(Mode::Visit) => "042",
        Some(Mode::Phone) => "041",
        Some(Mode::ThirdParty) => "044",
        _ => "040",
    };
    (event.event_type == EventType::Consult).then(|| code.to_owned())
}

/// Writes a correction into a participant.
pub(super) fn set_of(who: &mut Participant, field: &str, value: &Value) -> Result<(), serde_json::Error> {
    let value = value.clone();
    match field {
        "side" => who.side = serde_json::from_value(value)?,
        "office" => who.office = serde_json::from_value(value)?,
        "nationality" => who.nationality = serde_json::from_value(value)?,
        "serving" => who.serving = serde_json::from_value(value)?,
        "role" => who.role = serde_json::from_value(value)?,
        "part" => who.part = serde_json::from_value(value)?,
        "name" => who.name = serde_json::from_value(value)?,
        "entity" => who.entity = serde_json::from_value(value)?,
        "level" => who.level = serde_json::from_value(value)?,
        _ => {}
    }
    Ok(())
}
