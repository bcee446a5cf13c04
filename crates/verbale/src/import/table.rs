//! Any table, read as a mapping says. Rows with one id and the same states are one event.

use std::borrow::Cow;
use std::collections::BTreeMap;

use verbale_ledger::foreign::{Actor, Kind, Place, Row, SourceId, Way};
use verbale_model::Status;
use verbale_model::ontology::{EventType, cameo};

use super::Reader;
use super::blocks::Block;
use super::codes::{Codes, Country};
use super::field::{Wrong, clip, count, degrees, hundredths, iso_day, key, wrong};
use super::gdelt::country;
use super::mapping::{FIELDS, Mapping};
use super::parsed::{Parsed, Unknown};
use super::shelf::Shelf;

/// The events of a block.
pub fn parse(reader: &Reader, mapping: &Mapping, block: &Block) -> Parsed {
    let mut shelf = Shelf::new(block);
    let missing = mapping.fields.values().filter_map(|from| from.column.as_ref());
    let missing = missing.filter(|column| !block.header.contains(column)).map(String::as_str).next();
    for (line, cells) in block.records() {
        shelf.parsed.rows += 1;
        let read = match missing {
            Some(column) => Err(Wrong {
                reason: format!("the header lacks the column '{column}' that the mapping names"),
                expected: "every column of the mapping",
                got: clip(&block.header.join(", ")),
            }),
            None if cells.len() != block.header.len() => Err(Wrong {
                reason: format!("the number of columns is not the header's, {}", block.header.len()),
                expected: "as many as the header has",
                got: cells.len().to_string(),
            }),
            None => filled(mapping, block, cells).and_then(|row| event(reader, &mut shelf, *line, &row)),
        };
        if let Err(wrong) = read {
            shelf.reject(*line, wrong);
        }
    }
    shelf.finish()
}

/// The fields of a row.
struct Filled<'t>(BTreeMap<&'static str, &'t str>);

impl<'t> Filled<'t> {
    fn get(&self, field: &str) -> &'t str {
        self.0.get(field).copied().unwrap_or_default()
    }
}

fn filled<'t>(mapping: &'t Mapping, block: &Block, cells: &'t [String]) -> Result<Filled<'t>, Wrong> {
    let mut row = BTreeMap::new();
    for field in FIELDS {
        let Some(from) = mapping.fields.get(*field) else { continue };
        let stands = from.column.as_ref().and_then(|column| {
            let at = block.header.iter().position(|name| name == column)?;
            cells.get(at).map(String::as_str)
        });
        let given = stands.or(from.value.as_deref()).unwrap_or_default();
        let value = match from.values.get(given) {
            Some(value) => value,
            None if from.values.is_empty() || given.is_empty() => given,
            None => return wrong(field, "a value that the mapping lists", given),
        };
        row.insert(*field, value);
    }
    Ok(Filled(row))
}

fn event<'t>(reader: &Reader, shelf: &mut Shelf<'t>, line: u64, row: &Filled<'t>) -> Result<(), Wrong> {
    let codes = &reader.codes;
    let id = row.get("id");
    if id.is_empty() {
        return wrong("id", "an id", id);
    }
    let first = iso_day("first", row.get("first"))?;
    let last = if row.get("last").is_empty() { first } else { iso_day("last", row.get("last"))? };
    if last < first {
        return wrong("last", "a day that is not before the first one", row.get("last"));
    }
    let kind = kind(shelf, codes, row)?;
    let place = place(shelf, codes, row)?;
    let actor = actor(shelf, codes, row, "actor")?;
    let recipient = self::actor(shelf, codes, row, "recipient")?;
    let number = |field: &str| count(field, row.get(field));
    let address = shelf.address(Cow::Borrowed(row.get("address")));
    shelf.push(
        &reader.filter,
        Row {
            line,
            id: SourceId::new(id),
            first,
            last,
            kind,
            actor,
            recipient,
            more: Vec::new(),
            way: Way::Forth,
            meeting: Some(key(&[id])),
            goldstein: hundredths("goldstein", row.get("goldstein"))?,
            score: hundredths("score", row.get("score"))?,
            mentions: number("mentions")?,
            sources: number("sources")?,
            articles: number("articles")?,
            place,
            address,
        },
    );
    Ok(())
}

fn kind<'t>(shelf: &mut Shelf<'t>, codes: &Codes, row: &Filled<'t>) -> Result<u32, Wrong> {
    let [given, mode, code, status, contexts] =
        ["event_type", "mode", "cameo", "status", "contexts"].map(|field| row.get(field));
    let event_type = EventType::parse(&given.to_uppercase());
    let quad = count("quad", row.get("quad"))?.and_then(|quad| u8::try_from(quad).ok());
    let all = [Status::Held, Status::Planned, Status::Cancelled, Status::Denied, Status::Hypothetical];
    let told = all.into_iter().find(|known| known.as_str() == status);
    if told.is_none() && !status.is_empty() {
        return wrong("status", "held, planned, cancelled, denied or hypothetical", status);
    }
    let words = [given, mode, code, status, contexts, row.get("quad")].join("\t");
    Ok(shelf.kind(Cow::Owned(words), || {
        let (of_code, _) = codes.kind(code, quad);
        let coded = cameo(code);
        let list = || contexts.split(';').map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned);
        let planned = if event_type == Some(EventType::Agree) { Status::Planned } else { of_code.status };
        let kind = Kind {
            event_type: event_type.or(of_code.event_type),
            mode: if mode.is_empty() { of_code.mode } else { Some(mode.to_owned()) },
            cameo: coded.map(|row| row.code.to_owned()),
            given: (event_type.is_none() && coded.is_none()).then(|| format!("{given}{code}")),
            status: told.unwrap_or(planned),
            x_of: of_code.x_of,
            contexts: if contexts.is_empty() { of_code.contexts } else { list().collect() },
            quad,
        };
        let odd: Option<Unknown> = if event_type.is_none() && !given.is_empty() {
            Some(("PLOVER type", given.to_owned()))
        } else {
            (coded.is_none() && !code.is_empty()).then(|| ("CAMEO code", code.to_owned()))
        };
        (kind, odd)
    }))
}

fn actor<'t>(
    shelf: &mut Shelf<'t>,
    codes: &Codes,
    row: &Filled<'t>,
    side: &str,
) -> Result<Option<u32>, Wrong> {
    let [name, given, sectors, office, level, serving] =
        ["name", "state", "sectors", "office", "level", "serving"]
            .map(|field| row.get(&format!("{side}_{field}")));
    if name.is_empty() && given.is_empty() {
        return Ok(None);
    }
    let grade = count("level", level)?;
    if grade.is_some_and(|grade| !(1..=9).contains(&grade)) {
        return wrong("level", "a level from 1 to 9", level);
    }
    let serves = match serving {
        "" => None,
        "true" | "yes" | "1" => Some(true),
        "false" | "no" | "0" => Some(false),
        other => return wrong("serving", "true or false", other),
    };
    let words = [name, given, sectors, office, level, serving].join("\t");
    Ok(Some(shelf.actor(Cow::Owned(words), || {
        let known = codes.named(given);
        let odd: Option<Unknown> = (known == Country::Unknown).then(|| ("country", given.to_owned()));
        let code = known.code();
        let same = code.is_some_and(|code| given.as_bytes() == code.as_slice());
        let actor = Actor {
            state: code,
            name: name.to_owned(),
            code: String::new(),
            country: if same { String::new() } else { given.to_owned() },
            sectors: sectors.to_owned(),
            office: office.to_owned(),
            level: grade.and_then(|grade| u8::try_from(grade).ok()),
            serving: serves,
        };
        (actor, odd)
    })))
}

fn place<'t>(shelf: &mut Shelf<'t>, codes: &Codes, row: &Filled<'t>) -> Result<Option<u32>, Wrong> {
    let [name, given, lat, lon] = ["place", "place_country", "lat", "lon"].map(|field| row.get(field));
    if [name, given, lat, lon].iter().all(|cell| cell.is_empty()) {
        return Ok(None);
    }
    let words = [name, given, lat, lon].join("\t");
    let (lat, lon) = (degrees("lat", lat, 90.0)?, degrees("lon", lon, 180.0)?);
    Ok(Some(shelf.place(Cow::Owned(words), || {
        let known = codes.named(given);
        let odd = (known == Country::Unknown).then(|| ("country", given.to_owned()));
        (Place { name: name.to_owned(), country: country(known, given), lat, lon, geonames: None }, odd)
    })))
}
