//! Rows of the file as values, and values as rows.

use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};
use verbale_model::{Claim, Event, Mention, MentionKind, Report, Span};

use crate::{Document, LedgerError, Retention, Source, Telling, TellingId};

/// What a mention has beside its columns.
#[derive(Default, Serialize, Deserialize)]
struct Rest {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    geonames: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lat: Option<f32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lon: Option<f32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    timex: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    coreferent: Option<String>,
}

/// What a mention has beside its columns, as JSON.
pub(super) fn rest_of(mention: &Mention) -> Result<String, LedgerError> {
    let Mention { geonames, lat, lon, timex, coreferent, .. } = mention.clone();
    Ok(serde_json::to_string(&Rest { geonames, lat, lon, timex, coreferent })?)
}

/// The mentions of a coding.
pub(super) fn mentions(
    connection: &Connection,
    document: i64,
    run: i64,
) -> Result<Vec<Mention>, LedgerError> {
    let mut statement = connection.prepare_cached(
        "SELECT start, end, in_title, kind, text, entity, country, json FROM mentions
         WHERE document = ?1 AND run = ?2 ORDER BY position",
    )?;
    let mut rows = statement.query(params![document, run])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let kind: MentionKind = serde_json::from_value(row.get::<_, String>(3)?.into())?;
        let Rest { geonames, lat, lon, timex, coreferent } = serde_json::from_str(&row.get::<_, String>(7)?)?;
        found.push(Mention {
            id: format!("m{}", found.len() + 1),
            span: span(row, 0)?,
            text: row.get::<_, Option<String>>(4)?.unwrap_or_default(),
            kind,
            entity: row.get(5)?,
            country: row.get(6)?,
            geonames,
            lat,
            lon,
            timex,
            coreferent,
        });
    }
    Ok(found)
}

/// A span from three columns: start, end, in the title.
pub(super) fn span(row: &Row<'_>, at: usize) -> Result<Span, rusqlite::Error> {
    Ok(Span { start: row.get(at)?, end: row.get(at + 1)?, in_title: row.get(at + 2)? })
}

/// The columns that [`document`] reads.
pub(super) const DOCUMENT: &str = "d.id, d.name, d.sha256, d.retention, d.title, d.byline, d.outlet, d.side,
  d.url, d.address, d.published, d.published_method, d.fetched, d.language, d.captions, d.remarks,
  d.chars";

/// A document without its text, from the columns of [`DOCUMENT`].
pub(super) fn document(row: &Row<'_>) -> Result<Document, LedgerError> {
    let retention: Retention = serde_json::from_value(row.get::<_, String>(3)?.into())?;
    let method: Option<String> = row.get(11)?;
    let report = Report {
        id: row.get(1)?,
        text: String::new(),
        title: row.get(4)?,
        byline: row.get(5)?,
        outlet: row.get(6)?,
        url: row.get(8)?,
        published: row.get(10)?,
        published_method: method.map(|method| serde_json::from_value(method.into())).transpose()?,
        fetched: row.get(12)?,
        language: row.get(13)?,
        captions: serde_json::from_str(&row.get::<_, String>(14)?)?,
        remarks: serde_json::from_str(&row.get::<_, String>(15)?)?,
    };
    Ok(Document {
        id: row.get(0)?,
        chars: row.get(16)?,
        sha256: row.get(2)?,
        report,
        side: row.get(7)?,
        address: row.get(9)?,
        retention,
    })
}

/// A telling by its number, with the claims behind it.
pub(super) fn telling(connection: &Connection, number: i64) -> Result<Telling, LedgerError> {
    let mut statement = connection.prepare_cached(
        "SELECT d.id, d.sha256, d.published, d.outlet, d.url, d.side, f.id, s.id, d.superseded_by,
                t.document, t.run, t.id, t.json
         FROM tellings t JOIN documents d ON d.n = t.document
         JOIN documents f ON f.n = d.family JOIN documents s ON s.n = d.story WHERE t.n = ?1",
    )?;
    let mut rows = statement.query([number])?;
    let Some(row) = rows.next()? else {
        return Err(LedgerError::Corrupt(format!("there is no telling {number}")));
    };
    let source = Source {
        sha256: row.get(1)?,
        published: row.get(2)?,
        outlet: row.get(3)?,
        url: row.get(4)?,
        side: row.get(5)?,
        family: row.get(6)?,
        story: row.get(7)?,
        superseded: row.get::<_, Option<i64>>(8)?.is_some(),
    };
    let id = TellingId { document: row.get(0)?, event: row.get(11)? };
    let event: Event = serde_json::from_str(&row.get::<_, String>(12)?)?;
    let claims = claims_of(connection, row.get(9)?, row.get(10)?, Some(&id.event))?;
    Ok(Telling { id, source, event, claims })
}

/// The events of a coding.
pub(super) fn events_of(connection: &Connection, document: i64, run: i64) -> Result<Vec<Event>, LedgerError> {
    connection
        .prepare_cached("SELECT json FROM tellings WHERE document = ?1 AND run = ?2 ORDER BY n")?
        .query_map(params![document, run], |row| row.get::<_, String>(0))?
        .map(|json| Ok(serde_json::from_str(&json?)?))
        .collect()
}

/// The claims of a coding, all or those that tell of one event.
pub(super) fn claims_of(
    connection: &Connection,
    document: i64,
    run: i64,
    event: Option<&str>,
) -> Result<Vec<Claim>, LedgerError> {
    let mut statement = connection.prepare_cached(
        "SELECT json FROM claims WHERE document = ?1 AND run = ?2 AND (?3 IS NULL OR telling = ?3)
         ORDER BY position",
    )?;
    let mut rows = statement.query(params![document, run, event])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(serde_json::from_str(row.get_ref(0)?.as_str().unwrap_or_default())?);
    }
    Ok(found)
}
