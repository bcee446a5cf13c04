//! Families and stories: documents are compared with those that share a key, and grouped anew where
//! something changed.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{CachedStatement, Connection, params};

use crate::LedgerError;
use crate::candidates::{HOT, led_to, sharing_most};
use crate::similar::{Company, Kind, Sketch, regroup};

/// The document that stands for all where a key of stories is hot: then it is the only one that the key keeps,
/// so that what says nothing costs one look.
const EVERYBODY: i64 = 0;

/// Finds the fellows of new documents, or of documents whose sketch is new. Returns these documents and
/// those that changed company because of them.
pub(super) fn place(
    connection: &Connection,
    new: &BTreeMap<i64, &Sketch>,
) -> Result<BTreeSet<i64>, LedgerError> {
    let mut disturbed: BTreeSet<i64> = new.keys().copied().collect();
    let mut sketches = BTreeMap::new();
    for (document, sketch) in new {
        disturbed.extend(forget(connection, *document)?);
        connection
            .prepare_cached("INSERT INTO sketches (document, bytes) VALUES (?1, ?2)")?
            .execute(params![document, sketch.to_bytes()])?;
        for kind in Kind::ALL {
            compare(connection, kind, *document, sketch, &mut sketches)?;
        }
    }
    let seeds = disturbed.clone();
    for kind in Kind::ALL {
        regroup(kind, &mut Stored::new(connection, kind)?, &seeds, &seeds, &mut disturbed)?;
    }
    Ok(disturbed)
}

/// Groups the fellows of documents that have gone anew; returns those that changed company.
pub(super) fn close_ranks(
    connection: &Connection,
    fellows: &BTreeSet<i64>,
) -> Result<BTreeSet<i64>, LedgerError> {
    let mut disturbed = BTreeSet::new();
    for kind in Kind::ALL {
        let mut stored = Stored::new(connection, kind)?;
        regroup(kind, &mut stored, fellows, &BTreeSet::new(), &mut disturbed)?;
    }
    Ok(disturbed)
}

/// Drops what is known of a document's likeness; returns the documents that were like it.
pub(super) fn forget(connection: &Connection, document: i64) -> Result<BTreeSet<i64>, LedgerError> {
    forget_keys(connection, document)?;
    let mut fellows = BTreeSet::new();
    for kind in Kind::ALL {
        let mut statement =
            connection.prepare_cached("DELETE FROM likenesses WHERE kind = ?1 AND a = ?2 RETURNING b")?;
        let gone = statement.query_map(params![kind.as_str(), document], |row| row.get::<_, i64>(0))?;
        let gone = gone.collect::<Result<Vec<_>, _>>()?;
        for fellow in &gone {
            connection
                .prepare_cached("DELETE FROM likenesses WHERE kind = ?1 AND a = ?2 AND b = ?3")?
                .execute(params![kind.as_str(), fellow, document])?;
        }
        fellows.extend(gone);
    }
    Ok(fellows)
}

/// Drops a document's sketch and its keys, which follow from the sketch.
fn forget_keys(connection: &Connection, document: i64) -> Result<(), LedgerError> {
    let known =
        connection.prepare_cached("SELECT 1 FROM sketches WHERE document = ?1")?.exists([document])?;
    if !known {
        return Ok(());
    }
    let sketch = load(connection, document)?;
    for kind in Kind::ALL {
        let drop = format!("DELETE FROM {}_keys WHERE key = ?1 AND document = ?2", kind.as_str());
        let mut drop = connection.prepare_cached(&drop)?;
        for key in kind.keys(&sketch) {
            drop.execute(params![key.cast_signed(), document])?;
        }
    }
    connection.prepare_cached("DELETE FROM sketches WHERE document = ?1")?.execute([document])?;
    Ok(())
}

/// Notes a document's keys, compares it with those that share most of them, and notes the likenesses
/// found: the reason once for each pair, beside the smaller number.
fn compare(
    connection: &Connection,
    kind: Kind,
    document: i64,
    sketch: &Sketch,
    sketches: &mut BTreeMap<i64, Sketch>,
) -> Result<(), LedgerError> {
    let name = kind.as_str();
    let candidates = candidates(connection, kind, document, sketch)?;
    let noting = format!(
        "INSERT OR IGNORE INTO {name}_keys (key, document)
         SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM {name}_keys WHERE key = ?1 AND document = ?3)"
    );
    let mut noting = connection.prepare_cached(&noting)?;
    for key in kind.keys(sketch) {
        noting.execute(params![key.cast_signed(), document, EVERYBODY])?;
    }
    let mut statement = connection.prepare_cached(
        "INSERT OR REPLACE INTO likenesses (kind, a, b, score, reason) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (shared, candidate) in candidates {
        let other = match sketches.entry(candidate) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => free.insert(load(connection, candidate)?),
        };
        if shared < kind.least_shared(other) {
            continue;
        }
        let Some(likeness) = kind.compare(sketch, other) else { continue };
        let (a, b) = (document.min(candidate), document.max(candidate));
        statement.execute(params![name, a, b, likeness.score, likeness.reason])?;
        statement.execute(params![name, b, a, likeness.score, ""])?;
    }
    Ok(())
}

/// The documents that share most keys with one, as far as they are to be compared, with the number of these keys.
fn candidates(
    connection: &Connection,
    kind: Kind,
    document: i64,
    sketch: &Sketch,
) -> Result<Vec<(usize, i64)>, LedgerError> {
    let name = kind.as_str();
    let sharing = format!(
        "SELECT document FROM {name}_keys WHERE key = ?1 AND document <> ?2 ORDER BY document DESC LIMIT ?3"
    );
    let mut statement = connection.prepare_cached(&sharing)?;
    let emptying = format!("DELETE FROM {name}_keys WHERE key = ?1");
    let marking = format!("INSERT INTO {name}_keys (key, document) VALUES (?1, ?2)");
    let mut sharing: Vec<i64> = Vec::new();
    for key in kind.probes(sketch) {
        let found = statement
            .query_map(params![key.cast_signed(), document, HOT as u32 + 1], |row| row.get(0))?
            .collect::<Result<Vec<i64>, _>>()?;
        if let Some(found) = led_to(found, kind.of_hot()) {
            sharing.extend(found.into_iter().filter(|other| *other != EVERYBODY));
        } else {
            connection.prepare_cached(&emptying)?.execute([key.cast_signed()])?;
            connection.prepare_cached(&marking)?.execute([key.cast_signed(), EVERYBODY])?;
        }
    }
    Ok(sharing_most(sharing, kind.least_shared(sketch), kind.compared()))
}

fn load(connection: &Connection, document: i64) -> Result<Sketch, LedgerError> {
    let bytes: Vec<u8> = connection
        .prepare_cached("SELECT bytes FROM sketches WHERE document = ?1")?
        .query_row([document], |row| row.get(0))?;
    Sketch::from_bytes(&bytes)
        .ok_or_else(|| LedgerError::Corrupt(format!("the sketch of document {document} does not read back")))
}

/// Documents and their likenesses as the file keeps them.
struct Stored<'c> {
    kind: Kind,
    standing: CachedStatement<'c>,
    members: CachedStatement<'c>,
    fellows: CachedStatement<'c>,
    joining: CachedStatement<'c>,
}

impl<'c> Stored<'c> {
    fn new(connection: &'c Connection, kind: Kind) -> Result<Self, LedgerError> {
        let name = kind.as_str();
        let prepare = |sql: String| connection.prepare_cached(&sql);
        Ok(Self {
            kind,
            standing: prepare(format!(
                "SELECT coalesce(published, '9'), id, {name} FROM documents WHERE n = ?1"
            ))?,
            members: prepare(format!("SELECT n FROM documents WHERE {name} = ?1"))?,
            fellows: prepare("SELECT b, score FROM likenesses WHERE kind = ?1 AND a = ?2".to_owned())?,
            joining: prepare(format!("UPDATE documents SET {name} = ?1 WHERE n = ?2"))?,
        })
    }
}

impl Company for Stored<'_> {
    type Order = (String, String);
    type Error = LedgerError;

    fn standing(&mut self, document: i64) -> Result<(Self::Order, i64), LedgerError> {
        Ok(self.standing.query_row([document], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?)
    }

    fn members(&mut self, group: i64) -> Result<Vec<i64>, LedgerError> {
        Ok(self.members.query_map([group], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    fn fellows(&mut self, document: i64) -> Result<Vec<(i64, f32)>, LedgerError> {
        let found = self
            .fellows
            .query_map(params![self.kind.as_str(), document], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    fn join(&mut self, document: i64, group: i64) -> Result<(), LedgerError> {
        self.joining.execute([group, document])?;
        Ok(())
    }
}
