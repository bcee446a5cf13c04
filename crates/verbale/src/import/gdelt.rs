//! GDELT's tables: events of version 1.0 (57 columns to March 2013, 58 after) and 2.0 (61), mentions (16).
//!
//! Columns are those of the GDELT event codebooks; there is no header. A row is told by its number of columns.

use std::borrow::Cow;
use std::collections::BTreeMap;

use verbale_ledger::foreign::{Actor, Code, Count, Place, Row, SourceId, Way};
use verbale_model::ontology::EventType;

use super::Reader;
use super::blocks::Block;
use super::codes::{Codes, Country};
use super::field::{Wrong, cameo, class, clip, compact_day, count, degrees, hundredths, key, wrong};
use super::parsed::{Parsed, Unknown};
use super::shelf::Shelf;

/// Columns of the widest table, and room to see that there is one more.
const MOST: usize = 62;
/// First column of the place of the action, of its addition date and of the address, by width.
const OLD: (usize, usize) = (49, 56);
const NEW: (usize, usize) = (51, 59);

/// The events and counts of a block.
pub fn parse(reader: &Reader, block: &Block) -> Parsed {
    let (text, latin) = block.text();
    let mut shelf = Shelf::new(block);
    let mut mentions = BTreeMap::new();
    for (line, row) in block.numbered(&text) {
        if row.is_empty()
            || (line == 1 && row.get(..13).is_some_and(|at| at.eq_ignore_ascii_case("GLOBALEVENTID")))
        {
            continue;
        }
        shelf.parsed.rows += 1;
        let mut cells = [(0, 0); MOST];
        let width = split(row, &mut cells);
        let cells = Cells { row, cells: &cells };
        let read = match width {
            57 | 58 | 61 => event(reader, &mut shelf, line, width, &cells),
            16 => mention(&cells, &mut mentions),
            _ => Err(Wrong {
                reason: "the number of columns is wrong".to_owned(),
                expected: "61 (GDELT 2.0 events), 57 or 58 (1.0), or 16 (mentions)",
                got: if width == MOST { "more than 61".to_owned() } else { width.to_string() },
            }),
        };
        if let Err(wrong) = read {
            shelf.reject(line, wrong);
        }
    }
    let count = |(id, (mentions, confidence))| Count { id, mentions, confidence };
    shelf.parsed.batch.mentions = mentions.into_iter().map(count).collect();
    shelf.parsed.latin = latin;
    // What points into the text is copied by now.
    shelf.finish()
}

/// A row with the ends of its cells.
struct Cells<'t, 'c> {
    row: &'t str,
    cells: &'c [(u32, u32); MOST],
}

impl<'t> Cells<'t, '_> {
    fn get(&self, at: usize) -> &'t str {
        let (start, end) = self.cells[at];
        &self.row[start as usize..end as usize]
    }

    /// Several columns with the tabs between them: what they say together.
    fn span(&self, first: usize, last: usize) -> &'t str {
        &self.row[self.cells[first].0 as usize..self.cells[last].1 as usize]
    }
}

/// Finds the cells; returns how many there are, at most [`MOST`].
fn split(row: &str, cells: &mut [(u32, u32); MOST]) -> usize {
    let (mut width, mut start) = (0, 0);
    for at in memchr::memchr_iter(b'\t', row.as_bytes()).chain([row.len()]) {
        if width == MOST {
            return MOST;
        }
        cells[width] = (start as u32, at as u32);
        width += 1;
        start = at + 1;
    }
    width
}

fn event<'t>(
    reader: &Reader,
    shelf: &mut Shelf<'t>,
    line: u64,
    width: usize,
    cells: &Cells<'t, '_>,
) -> Result<(), Wrong> {
    let codes = &reader.codes;
    let (geo, added) = if width == 61 { NEW } else { OLD };
    let Ok(id) = cells.get(0).parse::<i64>() else {
        return wrong("GLOBALEVENTID", "a whole number", cells.get(0));
    };
    let day = compact_day("SQLDATE", cells.get(1))?;
    let code = cameo("EventCode", cells.get(26))?;
    let date_added = cells.get(added);
    // Our own export leaves it empty where no document says when it was published.
    if !matches!(date_added.len(), 0 | 8 | 14) || !date_added.bytes().all(|byte| byte.is_ascii_digit()) {
        return wrong("DATEADDED", "8 or 14 digits", date_added);
    }
    let quad = count("QuadClass", cells.get(29))?;
    let goldstein = hundredths("GoldsteinScale", cells.get(30))?;
    let counts = [
        count("NumMentions", cells.get(31))?,
        count("NumSources", cells.get(32))?,
        count("NumArticles", cells.get(33))?,
    ];
    let place = place(shelf, codes, cells, geo, added)?;
    let url = if width > 57 { cells.get(added + 1) } else { "" };
    let kind = shelf.kind(Cow::Borrowed(cells.span(26, 29)), || {
        let (kind, known) = codes.kind(code, quad.and_then(|quad| u8::try_from(quad).ok()));
        (kind, (!known).then(|| ("CAMEO code", code.to_owned())))
    });
    let one = actor(shelf, codes, cells, 5);
    let two = actor(shelf, codes, cells, 15);
    let (actor, recipient) = if code == "043" { (two, one) } else { (one, two) };
    let state = |at: Option<u32>| shelf.parsed.batch.actors.get(at? as usize)?.state;
    let of = shelf.parsed.batch.kinds.get(kind as usize).and_then(|kind| kind.event_type);
    let meeting = meeting(of, code, url, [state(actor), state(recipient)]);
    let address = shelf.address(Cow::Borrowed(url));
    let [mentions, sources, articles] = counts;
    shelf.push(
        &reader.filter,
        Row {
            line,
            id: SourceId::Number(id),
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
            mentions,
            sources,
            articles,
            place,
            address,
        },
    );
    Ok(())
}

/// What tells one meeting from another: rows on talks of two states, of one kind, day and document are one. A visit
/// is one kind, whether the visitor or the host tells it.
fn meeting(of: Option<EventType>, code: &str, url: &str, states: [Option<Code>; 2]) -> Option<u64> {
    let [one, two] = states;
    if of != Some(EventType::Consult) || url.is_empty() || one? == two? {
        return None;
    }
    Some(key(&[class(code), url]))
}

/// An actor: ten columns from its code to its third type. Nobody, where all are empty.
fn actor<'t>(shelf: &mut Shelf<'t>, codes: &Codes, cells: &Cells<'t, '_>, at: usize) -> Option<u32> {
    let words = cells.span(at, at + 9);
    if words.bytes().all(|byte| byte == b'\t') {
        return None;
    }
    Some(shelf.actor(Cow::Borrowed(words), || {
        let (country, group) = (cells.get(at + 2), cells.get(at + 3));
        let types = [cells.get(at + 7), cells.get(at + 8), cells.get(at + 9)];
        let types: Vec<&str> = types.into_iter().filter(|word| !word.is_empty()).collect();
        let known = codes.cameo(country);
        let organisation = || codes.group(group).or_else(|| types.iter().find_map(|word| codes.group(word)));
        let state = known.code().or_else(|| if country.is_empty() { organisation() } else { None });
        let same = state.is_some_and(|code| country.as_bytes() == code.as_slice());
        let odd: Option<Unknown> = (known == Country::Unknown).then(|| ("CAMEO country", country.to_owned()));
        let actor = Actor {
            state,
            name: cells.get(at + 1).to_owned(),
            code: cells.get(at).to_owned(),
            country: if same { String::new() } else { country.to_owned() },
            sectors: types.join(";"),
            ..Actor::default()
        };
        (actor, odd)
    }))
}

fn place<'t>(
    shelf: &mut Shelf<'t>,
    codes: &Codes,
    cells: &Cells<'t, '_>,
    geo: usize,
    end: usize,
) -> Result<Option<u32>, Wrong> {
    let words = cells.span(geo + 1, end - 1);
    if words.bytes().all(|byte| byte == b'\t') {
        return Ok(None);
    }
    let lat = degrees("ActionGeo_Lat", cells.get(end - 3), 90.0)?;
    let lon = degrees("ActionGeo_Long", cells.get(end - 2), 180.0)?;
    Ok(Some(shelf.place(Cow::Borrowed(words), || {
        let code = cells.get(geo + 2);
        let known = codes.fips(code);
        let odd = (known == Country::Unknown).then(|| ("FIPS country", code.to_owned()));
        (
            Place {
                name: cells.get(geo + 1).to_owned(),
                country: country(known, code),
                lat,
                lon,
                geonames: None,
            },
            odd,
        )
    })))
}

/// The state's code, or the one given where it is not known.
pub fn country(known: Country, given: &str) -> Option<String> {
    match known {
        Country::Is(code) => std::str::from_utf8(&code).ok().map(str::to_owned),
        _ if given.is_empty() => None,
        _ => Some(given.to_owned()),
    }
}

/// A mention: event, time, time of the mention, type, source, document, sentence, ..., confidence (12th), ...
fn mention(cells: &Cells<'_, '_>, mentions: &mut BTreeMap<i64, (u32, u64)>) -> Result<(), Wrong> {
    let Ok(id) = cells.get(0).parse::<i64>() else {
        return wrong("GLOBALEVENTID", "a whole number", cells.get(0));
    };
    let confidence = count("Confidence", cells.get(11))?.filter(|percent| *percent <= 100);
    let Some(confidence) = confidence else {
        return wrong("Confidence", "a percentage", &clip(cells.get(11)));
    };
    let sums = mentions.entry(id).or_default();
    sums.0 += 1;
    sums.1 += u64::from(confidence);
    Ok(())
}
