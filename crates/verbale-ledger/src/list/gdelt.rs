//! GDELT-shaped rows: the 61 columns of GDELT 2.0's event table, tab-separated, without a header.
//!
//! One row for each pair of sides, in each direction in which CAMEO has it. What the ledger does not
//! know stays empty; it is never guessed. Column names are those of the GDELT 2.0 event codebook.

use std::collections::BTreeSet;
use std::io::Write;

use jiff::civil::Date;
use sha2::{Digest, Sha256};
use verbale_model::ontology::{EventType, Mode, Sector, cameo};
use verbale_model::{EventPlace, Part, Participant, Role};

use super::plover::happened;
use crate::period::bounds;
use crate::{Entry, LedgerError};

/// The columns of the GDELT-shaped listing, in their order.
pub const COLUMNS: [&str; 61] = [
    "GLOBALEVENTID",
    "SQLDATE",
    "MonthYear",
    "Year",
    "FractionDate",
    "Actor1Code",
    "Actor1Name",
    "Actor1CountryCode",
    "Actor1KnownGroupCode",
    "Actor1EthnicCode",
    "Actor1Religion1Code",
    "Actor1Religion2Code",
    "Actor1Type1Code",
    "Actor1Type2Code",
    "Actor1Type3Code",
    "Actor2Code",
    "Actor2Name",
    "Actor2CountryCode",
    "Actor2KnownGroupCode",
    "Actor2EthnicCode",
    "Actor2Religion1Code",
    "Actor2Religion2Code",
    "Actor2Type1Code",
    "Actor2Type2Code",
    "Actor2Type3Code",
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
    "Actor1Geo_Type",
    "Actor1Geo_Fullname",
    "Actor1Geo_CountryCode",
    "Actor1Geo_ADM1Code",
    "Actor1Geo_ADM2Code",
    "Actor1Geo_Lat",
    "Actor1Geo_Long",
    "Actor1Geo_FeatureID",
    "Actor2Geo_Type",
    "Actor2Geo_Fullname",
    "Actor2Geo_CountryCode",
    "Actor2Geo_ADM1Code",
    "Actor2Geo_ADM2Code",
    "Actor2Geo_Lat",
    "Actor2Geo_Long",
    "Actor2Geo_FeatureID",
    "ActionGeo_Type",
    "ActionGeo_Fullname",
    "ActionGeo_CountryCode",
    "ActionGeo_ADM1Code",
    "ActionGeo_ADM2Code",
    "ActionGeo_Lat",
    "ActionGeo_Long",
    "ActionGeo_FeatureID",
    "DATEADDED",
    "SOURCEURL",
];

/// Writes the rows of each entry that happened or is a promise.
pub(super) fn write(
    out: &mut dyn Write,
    entries: impl Iterator<Item = Result<Entry, LedgerError>>,
) -> Result<u64, LedgerError> {
    let mut written = 0;
    for entry in entries {
        let entry = entry?;
        if !happened(&entry) {
            continue;
        }
        for dyad in dyads(&entry) {
            let row = row(&entry, &dyad);
            out.write_all(row.map(|cell| plain(&cell)).join("\t").as_bytes())?;
            out.write_all(b"\n")?;
            written += 1;
        }
    }
    Ok(written)
}

/// One side of an event with those who are there for it.
struct Side<'a> {
    /// Its code, or the nationality of somebody who speaks for nobody.
    country: Option<&'a str>,
    members: Vec<&'a Participant>,
}

/// Who does what to whom.
struct Dyad<'a, 'b> {
    actor: &'b Side<'a>,
    recipient: Option<&'b Side<'a>>,
    code: Option<String>,
}

/// The pairs that CAMEO has for an entry: from actors to recipients. People who consult do so in both
/// directions, the host of a visitor as 043. Where all are actors of something else, each acts alone.
fn dyads(entry: &Entry) -> Vec<[String; DYAD]> {
    let event = &entry.event;
    let consult = event.event_type == EventType::Consult;
    let told: Vec<&Participant> =
        event.participants.iter().filter(|of| of.part != Some(Part::Attendee)).collect();
    let told = if told.is_empty() { event.participants.iter().collect() } else { told };
    let (actors, recipients) = (sides(&told, Role::Actor), sides(&told, Role::Recipient));
    let mut found = Vec::new();
    let mut add = |actor: &Side, recipient: Option<&Side>, code: Option<String>| {
        found.push(cells(&event.id, &Dyad { actor, recipient, code }));
    };
    let hosted = (event.mode == Some(Mode::Visit)).then(|| "043".to_owned());
    for (at, actor) in actors.iter().enumerate() {
        let others = if consult && recipients.is_empty() { &actors[..] } else { &recipients[..] };
        let mut alone = true;
        for (other_at, other) in others.iter().enumerate() {
            let itself = recipients.is_empty() && other_at == at;
            if itself || other.key() == actor.key() {
                continue;
            }
            alone = false;
            add(actor, Some(other), event.cameo.clone());
            if consult && !recipients.is_empty() {
                add(other, Some(actor), hosted.clone().or_else(|| event.cameo.clone()));
            }
        }
        if alone {
            add(actor, None, event.cameo.clone());
        }
    }
    found
}

/// Cells of a row that depend on the pair: id, two actors of ten, code, base, root, class, scale.
const DYAD: usize = 1 + 10 + 10 + 5;

fn cells(id: &str, dyad: &Dyad) -> [String; DYAD] {
    let code = dyad.code.clone().unwrap_or_default();
    let (one, two) = (dyad.actor.cells(), dyad.recipient.map(Side::cells).unwrap_or_default());
    let goldstein = cameo(&code).map(|row| row.goldstein.to_string()).unwrap_or_default();
    let root = code.get(..2).unwrap_or_default().to_owned();
    let base = code.get(..3).unwrap_or(&root).to_owned();
    let id = number(&[id, &one[0], &one[1], &two[0], &two[1], &code]);
    let rest = [code, base, quad(&root), root, goldstein];
    let mut all = std::iter::once(id).chain(one).chain(two).chain(rest);
    std::array::from_fn(|_| all.next().unwrap_or_default())
}

/// Sides of a role in the order in which they appear.
fn sides<'a>(participants: &[&'a Participant], role: Role) -> Vec<Side<'a>> {
    let mut found: Vec<Side<'a>> = Vec::new();
    for participant in participants.iter().copied().filter(|of| of.role == role) {
        let country = participant.side.as_deref().or(participant.nationality.as_deref());
        let one = Side { country, members: vec![participant] };
        match found.iter_mut().find(|side| side.key() == one.key()) {
            Some(side) => side.members.push(participant),
            None => found.push(one),
        }
    }
    found
}

impl<'a> Side<'a> {
    /// What makes it another side: its code, and whether anybody speaks for it; else the name.
    fn key(&self) -> (Option<&'a str>, bool, &'a str) {
        let first = self.members.first();
        let spoken_for = first.is_some_and(|member| member.side.is_some());
        (self.country, spoken_for, first.filter(|_| self.country.is_none()).map_or("", |member| &member.name))
    }

    /// Code, name, country, known group, ethnic, two religions, three types.
    fn cells(&self) -> [String; 10] {
        let (country, group, kind) = match self.country {
            Some("UNO") => ("", "UNO", ""),
            // CAMEO's code for the European Union.
            Some("EUR") => ("", "EEC", ""),
            Some(kind @ ("IGO" | "NGO")) => ("", "", kind),
            Some(country) => (country, "", ""),
            None => ("", "", ""),
        };
        let mut types: Vec<&str> = Vec::from_iter((!kind.is_empty()).then_some(kind));
        let sectors: BTreeSet<Sector> = self.members.iter().filter_map(|member| member.sector).collect();
        let known = sectors.into_iter().filter_map(type_code);
        known.for_each(|code| {
            if !types.contains(&code) {
                types.push(code);
            }
        });
        types.truncate(3);
        let kind = |at: usize| types.get(at).copied().unwrap_or_default().to_owned();
        let code = format!("{country}{group}{}", types.concat());
        let name = self.members.first().map(|member| member.name.to_uppercase()).unwrap_or_default();
        let (empty, country, group) = (String::new(), country.to_owned(), group.to_owned());
        let none = || empty.clone();
        [code, name, country, group, none(), none(), none(), kind(0), kind(1), kind(2)]
    }
}

/// CAMEO's role for a PLOVER sector; those that CAMEO lacks have none.
fn type_code(sector: Sector) -> Option<&'static str> {
    match sector {
        // What CAMEO calls media, PLOVER splits into journalists and medicine.
        Sector::Jrn => Some("MED"),
        Sector::Med => Some("HLH"),
        Sector::Pty => Some("PTY"),
        Sector::Pre | Sector::Prm | Sector::Rel | Sector::Soc | Sector::Unk => None,
        other => Some(other.as_str()),
    }
}

/// GDELT's class of a root code: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.
fn quad(root: &str) -> String {
    match root.parse::<u8>() {
        Ok(1..=5) => "1",
        Ok(6..=8) => "2",
        Ok(9..=13) => "3",
        Ok(14..=20) => "4",
        _ => "",
    }
    .to_owned()
}

/// 18 digits that depend on the entry, the pair and the code alone.
fn number(parts: &[&str]) -> String {
    let digest = Sha256::digest(parts.join("\u{1f}").as_bytes());
    let bits = digest[..8].iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
    (100_000_000_000_000_000 + bits % 900_000_000_000_000_000).to_string()
}

fn row(entry: &Entry, dyad: &[String; DYAD]) -> [String; 61] {
    let (pair, code) = (&dyad[1..21], &dyad[21..]);
    let counts = [entry.tellings.len().to_string(), entry.sources.to_string(), entry.documents.to_string()];
    let added = entry.tellings.iter().filter_map(|told| told.published.as_deref()).filter_map(day).min();
    let url = entry.tellings.iter().find_map(|told| told.url.clone()).unwrap_or_default();
    let quad =
        if code[2].is_empty() { entry.event.event_type.quad().number().to_string() } else { code[2].clone() };
    let empty = || std::iter::repeat_n(String::new(), 8);
    let mut all = std::iter::once(dyad[0].clone())
        .chain(when(entry))
        .chain(pair.iter().cloned())
        // Whether it stands in a lead paragraph is not known.
        .chain([String::new(), code[0].clone(), code[1].clone(), code[3].clone(), quad, code[4].clone()])
        .chain(counts)
        // Tone is not measured.
        .chain([String::new()])
        .chain(empty())
        .chain(empty())
        .chain(place(entry.event.place.as_ref()))
        .chain([added.map(|day| format!("{}000000", day.strftime("%Y%m%d"))).unwrap_or_default(), url]);
    std::array::from_fn(|_| all.next().unwrap_or_default())
}

/// The day of a date that is no longer than one.
fn day(edtf: &str) -> Option<Date> {
    let bounds = bounds(edtf)?;
    bounds.first.filter(|from| bounds.last == Some(*from))
}

/// `SQLDATE`, `MonthYear`, `Year`, `FractionDate`: as far as the date is known.
fn when(entry: &Entry) -> [String; 4] {
    let bounds = entry.event.date.as_ref().and_then(|date| bounds(&date.edtf));
    let Some((from, to)) = bounds.and_then(|bounds| bounds.first.zip(bounds.last)) else {
        return Default::default();
    };
    let same_year = from.year() == to.year();
    let same_month = same_year && from.month() == to.month();
    let known = |is: bool, text: String| if is { text } else { String::new() };
    // Months of 30 days in a year of 365, as GDELT reckons.
    let passed = (f64::from(from.month()) - 1.0) * 30.0 + f64::from(from.day());
    [
        known(from == to, from.strftime("%Y%m%d").to_string()),
        known(same_month, from.strftime("%Y%m").to_string()),
        known(same_year, from.strftime("%Y").to_string()),
        known(from == to, format!("{:.4}", f64::from(from.year()) + passed / 365.0)),
    ]
}

/// Type, name, country, two regions, latitude, longitude, feature. Countries are FIPS 10-4 there and regions
/// and features GNS's: the ledger has neither, and leaves them empty.
fn place(place: Option<&EventPlace>) -> [String; 8] {
    let Some(place) = place else {
        // GDELT's own way of saying that no place was found.
        let mut cells: [String; 8] = Default::default();
        "0".clone_into(&mut cells[0]);
        return cells;
    };
    let degrees = |value: Option<f32>| value.map(|value| value.to_string()).unwrap_or_default();
    let none = String::new;
    [none(), place.name.clone(), none(), none(), none(), degrees(place.lat), degrees(place.lon), none()]
}

/// The format has no quoting: what would break a row becomes a space.
fn plain(cell: &str) -> String {
    cell.replace(|c: char| c.is_control(), " ")
}
