//! ICEWS: twenty columns under a header, tab-separated; ids repeat, and talks come in mirrored pairs.

use std::borrow::Cow;

use verbale_ledger::foreign::{Actor, Place, Row, SourceId, Way};
use verbale_model::ontology::EventType;

use super::Reader;
use super::blocks::Block;
use super::codes::{Codes, Country};
use super::field::{Wrong, cameo, class, degrees, hundredths, iso_day, key, wrong};
use super::gdelt::country;
use super::parsed::{Parsed, Unknown};
use super::shelf::Shelf;

/// Columns.
const COLUMNS: usize = 20;

/// The events of a block.
pub fn parse(reader: &Reader, block: &Block) -> Parsed {
    let (text, latin) = block.text();
    let mut shelf = Shelf::new(block);
    for (line, row) in block.numbered(&text) {
        if row.is_empty() {
            continue;
        }
        shelf.parsed.rows += 1;
        let cells: Vec<&str> = row.split('\t').map(str::trim).collect();
        let read = match cells.len() {
            COLUMNS => event(reader, &mut shelf, line, &cells),
            other => Err(Wrong {
                reason: "the number of columns is wrong".to_owned(),
                expected: "20",
                got: other.to_string(),
            }),
        };
        if let Err(wrong) = read {
            shelf.reject(line, wrong);
        }
    }
    shelf.parsed.latin = latin;
    shelf.finish()
}

fn event<'t>(reader: &Reader, shelf: &mut Shelf<'t>, line: u64, cells: &[&'t str]) -> Result<(), Wrong> {
    let codes = &reader.codes;
    if cells[0].is_empty() {
        return wrong("Event ID", "an id", cells[0]);
    }
    let day = iso_day("Event Date", cells[1])?;
    let code = cameo("CAMEO Code", cells[6])?;
    let goldstein = hundredths("Intensity", cells[7])?;
    let place = place(shelf, codes, &cells[14..])?;
    let kind = shelf.kind(Cow::Borrowed(code), || {
        let (kind, known) = codes.kind(code, None);
        (kind, (!known).then(|| ("CAMEO code", code.to_owned())))
    });
    let one = actor(shelf, codes, cells[2], cells[3], cells[4]);
    let two = actor(shelf, codes, cells[8], cells[9], cells[10]);
    let (actor, recipient) = if code == "043" { (two, one) } else { (one, two) };
    let of = shelf.parsed.batch.kinds.get(kind as usize).and_then(|kind| kind.event_type);
    let told = (cells[2], cells[4]) != (cells[8], cells[10]) && !cells[11].is_empty();
    let meeting =
        (of == Some(EventType::Consult) && told && actor.is_some() && recipient.is_some()).then(|| {
            let (one, two) = ((cells[2], cells[4]), (cells[8], cells[10]));
            let (first, second) = (one.min(two), one.max(two));
            key(&[class(code), cells[11], first.0, first.1, second.0, second.1])
        });
    shelf.push(
        &reader.filter,
        Row {
            line,
            id: SourceId::new(cells[0]),
            first: day,
            last: day,
            kind,
            actor,
            recipient,
            more: Vec::new(),
            way: Way::Forth,
            meeting,
            goldstein,
            score: None,
            mentions: None,
            sources: None,
            articles: None,
            place,
            address: None,
        },
    );
    Ok(())
}

fn actor<'t>(
    shelf: &mut Shelf<'t>,
    codes: &Codes,
    name: &'t str,
    sectors: &'t str,
    given: &'t str,
) -> Option<u32> {
    if name.is_empty() && given.is_empty() {
        return None;
    }
    let words = [name, sectors, given].join("\t");
    Some(shelf.actor(Cow::Owned(words), || {
        let known = codes.named(given);
        let odd: Option<Unknown> = (known == Country::Unknown).then(|| ("country", given.to_owned()));
        let sectors: Vec<&str> = sectors.split(',').map(str::trim).filter(|one| !one.is_empty()).collect();
        let actor = Actor {
            state: known.code(),
            name: name.to_owned(),
            country: if known.code().is_some() { String::new() } else { given.to_owned() },
            sectors: sectors.join(";"),
            ..Actor::default()
        };
        (actor, odd)
    }))
}

/// City, district, province, country, latitude, longitude.
fn place<'t>(shelf: &mut Shelf<'t>, codes: &Codes, cells: &[&'t str]) -> Result<Option<u32>, Wrong> {
    if cells.iter().all(|cell| cell.is_empty()) {
        return Ok(None);
    }
    let lat = degrees("Latitude", cells[4], 90.0)?;
    let lon = degrees("Longitude", cells[5], 180.0)?;
    Ok(Some(shelf.place(Cow::Owned(cells.join("\t")), || {
        let known = codes.named(cells[3]);
        let odd = (known == Country::Unknown).then(|| ("country", cells[3].to_owned()));
        let name = cells[..3].iter().find(|cell| !cell.is_empty()).copied().unwrap_or_default();
        let country = country(known, cells[3]);
        (Place { name: name.to_owned(), country, lat, lon, geonames: None }, odd)
    })))
}
