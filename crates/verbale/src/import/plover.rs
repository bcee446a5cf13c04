//! PLOVER as lines of JSON: what `verbale events -o plover` writes, and the layout of NGEC, whose participants
//! stand under `attributes` as `ACTOR` and `RECIP`.

use std::borrow::Cow;

use serde_json::Value;
use verbale_ledger::foreign::{Actor, Kind, Place, Row, SourceId, Way};
use verbale_model::Status;
use verbale_model::ontology::{EventType, cameo};

use super::Reader;
use super::blocks::Block;
use super::codes::{Codes, Country};
use super::field::{Wrong, clip, degrees, iso_day, wrong};
use super::gdelt::country;
use super::parsed::{Parsed, Unknown};
use super::shelf::Shelf;

/// The events of a block.
pub fn parse(reader: &Reader, block: &Block) -> Parsed {
    let (text, latin) = block.text();
    let mut shelf = Shelf::new(block);
    for (line, row) in block.numbered(&text) {
        if row.trim().is_empty() {
            continue;
        }
        shelf.parsed.rows += 1;
        let read = match serde_json::from_str::<Value>(row) {
            Ok(object @ Value::Object(_)) => event(reader, &mut shelf, line, &object),
            Ok(_) => wrong("the line", "an object of JSON", &clip(row)),
            Err(error) => Err(Wrong {
                reason: format!("the line is no JSON: {error}"),
                expected: "an object of JSON",
                got: clip(row),
            }),
        };
        if let Err(wrong) = read {
            shelf.reject(line, wrong);
        }
    }
    shelf.parsed.latin = latin;
    shelf.finish()
}

/// The first text among fields; of a list, its first text.
fn words(object: &Value, fields: &[&str]) -> String {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(all) => all.iter().find_map(Value::as_str).map(str::to_owned),
        _ => None,
    };
    let found = fields.iter().filter_map(|field| text(object.pointer(field)?));
    found.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}

fn event(reader: &Reader, shelf: &mut Shelf<'_>, line: u64, object: &Value) -> Result<(), Wrong> {
    let id = words(object, &["/id", "/event_id"]);
    if id.is_empty() {
        return wrong("id", "an id", "");
    }
    let dates = ["/date_resolved/resolved_date", "/date_resolved", "/event_date"];
    let date = words(object, &dates);
    if date.is_empty() {
        let got = words(object, &["/x_date_edtf", "/date_resolved/reason"]);
        // The day of publication never stands in for it.
        return wrong("date_resolved", "the day of the event", if got.is_empty() { "none" } else { &got });
    }
    let first = iso_day("date_resolved", &date)?;
    let end = words(object, &["/date_resolved/date_end"]);
    let last = if end.is_empty() { first } else { iso_day("date_end", &end)? };
    let kind = kind(shelf, object)?;
    let place = place(shelf, &reader.codes, object)?;
    let actors = side(shelf, &reader.codes, object, &["/actor", "/actors", "/attributes/ACTOR"]);
    let recipients = side(shelf, &reader.codes, object, &["/recipient", "/recipients", "/attributes/RECIP"]);
    let both = recipients.is_empty() && actors.len() > 1;
    let (mut acting, mut receiving) = (actors.into_iter(), recipients.into_iter());
    let actor = acting.next();
    let recipient = if both { acting.next() } else { receiving.next() };
    let more = acting.map(|at| (at, true)).chain(receiving.map(|at| (at, false))).collect();
    let address = shelf.address(Cow::Owned(words(object, &["/url"])));
    let way = if both { Way::Both } else { Way::Forth };
    shelf.push(
        &reader.filter,
        Row {
            line,
            id: SourceId::new(&id),
            first,
            last: last.max(first),
            kind,
            actor,
            recipient,
            more,
            way,
            meeting: None,
            goldstein: None,
            score: None,
            mentions: None,
            sources: None,
            articles: None,
            place,
            address,
        },
    );
    Ok(())
}

fn kind(shelf: &mut Shelf<'_>, object: &Value) -> Result<u32, Wrong> {
    let given = words(object, &["/event_type"]);
    if given.is_empty() {
        return wrong("event_type", "a type of PLOVER", "");
    }
    let mode = words(object, &["/event_mode", "/x_mode"]);
    let contexts: Vec<String> = object
        .pointer("/contexts")
        .and_then(Value::as_array)
        .map(|all| all.iter().filter_map(Value::as_str).map(str::to_owned).collect())
        .unwrap_or_default();
    let (code, status, of) =
        (words(object, &["/x_cameo"]), words(object, &["/x_status"]), words(object, &["/x_of"]));
    let quad =
        object.pointer("/x_quad_class").and_then(Value::as_u64).and_then(|quad| u8::try_from(quad).ok());
    let key = [&given, &mode, &contexts.join(";"), &code, &status, &of].map(String::as_str).join("\t");
    Ok(shelf.kind(Cow::Owned(key), || {
        let event_type = EventType::parse(&given.to_uppercase());
        let promised = event_type == Some(EventType::Agree) && status.is_empty();
        let kind = Kind {
            event_type,
            mode: (!mode.is_empty()).then_some(mode),
            cameo: cameo(&code).map(|row| row.code.to_owned()),
            given: event_type.is_none().then(|| given.clone()),
            status: if promised || status == "planned" { Status::Planned } else { Status::Held },
            x_of: EventType::parse(&of),
            contexts,
            quad,
        };
        (kind, event_type.is_none().then_some(("PLOVER type", given)))
    }))
}

fn side(shelf: &mut Shelf<'_>, codes: &Codes, object: &Value, fields: &[&str]) -> Vec<u32> {
    let listed = fields.iter().find_map(|field| object.pointer(field)?.as_array());
    let mut found = Vec::new();
    for who in listed.into_iter().flatten().filter(|who| who.is_object()) {
        let name = words(who, &["/actor_role_query", "/text", "/name", "/wiki"]);
        let given = words(who, &["/x_side", "/country"]);
        let office = words(who, &["/actor_wiki_job", "/title"]);
        let sectors: Vec<String> = [words(who, &["/code_1"]), words(who, &["/code_2"])]
            .into_iter()
            .filter(|one| !one.is_empty())
            .collect();
        let level = who.get("x_level").and_then(Value::as_u64).and_then(|level| u8::try_from(level).ok());
        let serving = who.get("x_serving").and_then(Value::as_bool);
        if name.is_empty() && given.is_empty() {
            continue;
        }
        let key = format!("{name}\t{given}\t{office}\t{}\t{level:?}\t{serving:?}", sectors.join(";"));
        // A former official has a country and no side: nobody is spoken for.
        let former = serving == Some(false) && who.get("x_side").is_some_and(Value::is_null);
        let at = shelf.actor(Cow::Owned(key), || {
            let known = codes.named(&given);
            let odd: Option<Unknown> = (known == Country::Unknown).then(|| ("country", given.clone()));
            let state = known.code().filter(|_| !former);
            let country = if state.is_some() { String::new() } else { given };
            let sectors = sectors.join(";");
            (Actor { state, name, code: String::new(), country, sectors, office, level, serving }, odd)
        });
        if !found.contains(&at) {
            found.push(at);
        }
    }
    found
}

fn place(shelf: &mut Shelf<'_>, codes: &Codes, object: &Value) -> Result<Option<u32>, Wrong> {
    let at = ["/event_location/event_loc", "/event_geolocation", "/geolocation", "/location"];
    let Some(place) = at.iter().find_map(|field| object.pointer(field)).filter(|place| place.is_object())
    else {
        return Ok(None);
    };
    let name = words(place, &["/search_name", "/resolved_placename", "/name", "/extracted_name"]);
    let given = words(place, &["/country_code3", "/country"]);
    let (lat, lon) = (words(place, &["/lat"]), words(place, &["/lon"]));
    let geonames = words(place, &["/geonameid"]).parse().ok();
    let key = format!("{name}\t{given}\t{lat}\t{lon}\t{geonames:?}");
    let (lat, lon) = (degrees("lat", &lat, 90.0)?, degrees("lon", &lon, 180.0)?);
    Ok(Some(shelf.place(Cow::Owned(key), || {
        let known = codes.named(&given);
        let odd = (known == Country::Unknown).then(|| ("country", given.clone()));
        (Place { name, country: country(known, &given), lat, lon, geonames }, odd)
    })))
}
