//! POLECAT: forty columns by the names in the header, tab-separated; several actors of one event stand in one
//! field, separated by `;`.

use std::borrow::Cow;

use verbale_ledger::foreign::{Actor, Kind, Place, Row, SourceId, Way};
use verbale_model::Status;
use verbale_model::ontology::{EventType, QuadClass};

use super::Reader;
use super::blocks::Block;
use super::codes::{Codes, Country};
use super::field::{Wrong, degrees, hundredths, iso_day, wrong};
use super::gdelt::country;
use super::parsed::{Parsed, Unknown};
use super::shelf::Shelf;

/// The events of a block.
pub fn parse(reader: &Reader, block: &Block) -> Parsed {
    let (text, latin) = block.text();
    let mut shelf = Shelf::new(block);
    let columns = Columns { header: &block.header };
    for (line, row) in block.numbered(&text) {
        if row.is_empty() {
            continue;
        }
        shelf.parsed.rows += 1;
        let cells: Vec<&str> = row.split('\t').map(bare).collect();
        let read = match columns.missing() {
            Some(missing) => Err(Wrong {
                reason: "the header lacks a column".to_owned(),
                expected: missing,
                got: super::field::clip(&block.header.join(" ")),
            }),
            None if cells.len() != block.header.len() => Err(Wrong {
                reason: format!("the number of columns is not the header's, {}", block.header.len()),
                expected: "as many as the header has",
                got: cells.len().to_string(),
            }),
            None => event(reader, &mut shelf, line, &columns, &cells),
        };
        if let Err(wrong) = read {
            shelf.reject(line, wrong);
        }
    }
    shelf.parsed.latin = latin;
    shelf.finish()
}

/// A field without its quotes; `None` is Python's word for nothing.
fn bare(cell: &str) -> &str {
    let cell = cell.trim();
    let inner = cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(cell);
    if inner == "None" { "" } else { inner }
}

/// Where the columns stand.
struct Columns<'h> {
    header: &'h [String],
}

impl Columns<'_> {
    fn missing(&self) -> Option<&'static str> {
        let needed =
            ["Event ID", "Event Date", "Event Type", "Actor Name", "Actor Country", "Recipient Name"];
        needed.into_iter().find(|name| !self.header.iter().any(|column| column == name))
    }

    fn get<'t>(&self, cells: &[&'t str], name: &str) -> &'t str {
        let at = self.header.iter().position(|column| column == name);
        at.and_then(|at| cells.get(at)).copied().unwrap_or_default()
    }
}

fn event<'t>(
    reader: &Reader,
    shelf: &mut Shelf<'t>,
    line: u64,
    columns: &Columns<'_>,
    cells: &[&'t str],
) -> Result<(), Wrong> {
    let get = |name: &str| columns.get(cells, name);
    if get("Event ID").is_empty() {
        return wrong("Event ID", "an id", "");
    }
    let day = iso_day("Event Date", get("Event Date"))?;
    if get("Event Type").is_empty() {
        return wrong("Event Type", "a type of PLOVER", "");
    }
    let intensity = if get("Intensity").is_empty() { "Event Intensity" } else { "Intensity" };
    let score = hundredths("Intensity", get(intensity))?;
    let place = place(shelf, &reader.codes, &get)?;
    let kind = kind(shelf, get("Event Type"), get("Event Mode"), get("Contexts"), get("Quad Code"));
    let actors = side(shelf, &reader.codes, &get, "Actor");
    let recipients = side(shelf, &reader.codes, &get, "Recipient");
    let (actor, recipient) = (actors.first().copied(), recipients.first().copied());
    let more = actors.iter().skip(1).map(|at| (*at, true));
    let more = more.chain(recipients.iter().skip(1).map(|at| (*at, false))).collect();
    shelf.push(
        &reader.filter,
        Row {
            line,
            id: SourceId::new(get("Event ID")),
            first: day,
            last: day,
            kind,
            actor,
            recipient,
            more,
            way: Way::Forth,
            meeting: None,
            goldstein: None,
            score,
            mentions: None,
            sources: None,
            articles: None,
            place,
            address: None,
        },
    );
    Ok(())
}

/// The kind of an event in PLOVER's words. Agreements are promises of what is to come.
pub fn kind<'t>(
    shelf: &mut Shelf<'t>,
    given: &'t str,
    mode: &'t str,
    contexts: &'t str,
    quad: &'t str,
) -> u32 {
    shelf.kind(Cow::Owned([given, mode, contexts, quad].join("\t")), || {
        let event_type = EventType::parse(&given.to_uppercase());
        let number = || QuadClass::parse(&quad.to_uppercase()).map(QuadClass::number);
        let contexts = contexts.split(';').map(str::trim).filter(|one| !one.is_empty() && *one != "None");
        let kind = Kind {
            event_type,
            mode: (!mode.is_empty()).then(|| mode.to_owned()),
            cameo: None,
            given: event_type.is_none().then(|| given.to_owned()),
            status: if event_type == Some(EventType::Agree) { Status::Planned } else { Status::Held },
            x_of: None,
            contexts: contexts.map(str::to_owned).collect(),
            quad: quad.parse().ok().or_else(number),
        };
        (kind, event_type.is_none().then(|| ("PLOVER type", given.to_owned())))
    })
}

/// The actors or the recipients. Fields of one side hold a list each; where they are not equally long, countries
/// are not dealt out to names by guess: each country stands for itself.
fn side<'t>(shelf: &mut Shelf<'t>, codes: &Codes, get: &impl Fn(&str) -> &'t str, side: &str) -> Vec<u32> {
    let list = |name: String| -> Vec<&'t str> {
        let field = get(&name);
        if field.is_empty() { Vec::new() } else { field.split(';').map(bare).collect() }
    };
    let names = list(format!("{side} Name"));
    let countries = list(format!("{side} Country"));
    let sectors = list(format!("Primary {side} Sector"));
    let titles = list(format!("{side} Title"));
    let paired = names.len() == countries.len();
    let count = if paired { names.len() } else { countries.len().max(usize::from(!names.is_empty())) };
    let beside = |all: &[&'t str], at: usize| -> &'t str { if all.len() == count { all[at] } else { "" } };
    let mut found = Vec::with_capacity(count);
    for at in 0..count {
        let given = countries.get(at).copied().unwrap_or_default();
        let name = if paired {
            names.get(at).copied().unwrap_or_default().to_owned()
        } else {
            get(&format!("{side} Name")).to_owned()
        };
        let (sector, title) = (beside(&sectors, at), beside(&titles, at));
        if given.is_empty() && name.is_empty() {
            continue;
        }
        let words = [given, &name, sector, title].join("\t");
        let at = shelf.actor(Cow::Owned(words), || {
            let known = codes.named(given);
            let odd: Option<Unknown> = (known == Country::Unknown).then(|| ("country", given.to_owned()));
            let actor = Actor {
                state: known.code(),
                name: name.clone(),
                country: if known.code().is_some() { String::new() } else { given.to_owned() },
                sectors: sector.to_owned(),
                office: title.to_owned(),
                ..Actor::default()
            };
            (actor, odd)
        });
        if !found.contains(&at) {
            found.push(at);
        }
    }
    found
}

fn place<'t>(
    shelf: &mut Shelf<'t>,
    codes: &Codes,
    get: &impl Fn(&str) -> &'t str,
) -> Result<Option<u32>, Wrong> {
    let names = ["Placename", "City", "Raw Placename"].map(get);
    let name = names.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
    let (given, geonames) = (get("Country"), get("GeoNames ID"));
    let (lat, lon) = (get("Latitude"), get("Longitude"));
    if name.is_empty() && given.is_empty() && lat.is_empty() {
        return Ok(None);
    }
    let words = [name, given, lat, lon, geonames].join("\t");
    let (lat, lon) = (degrees("Latitude", lat, 90.0)?, degrees("Longitude", lon, 180.0)?);
    Ok(Some(shelf.place(Cow::Owned(words), || {
        let known = codes.named(given);
        let odd = (known == Country::Unknown).then(|| ("country", given.to_owned()));
        let country = country(known, given);
        let geonames = geonames.trim_end_matches(".0").parse().ok();
        (Place { name: name.to_owned(), country, lat, lon, geonames }, odd)
    })))
}
