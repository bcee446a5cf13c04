//! Families and stories: documents are compared with those that share a key, and grouped anew where
//! something changed.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use rusqlite::{Connection, params};

use crate::LedgerError;
use crate::similar::{self, Likeness, Sketch};

/// A key that more documents hold is no evidence that they are about the same happening; of copies, it
/// leads to the newest [`OF_HOT`], for of a text that is copied so often a few copies are enough.
pub(super) const HOT: usize = 200;

/// Documents that a hot key of copies leads to.
pub(super) const OF_HOT: usize = 8;

/// The document that stands for all where a key of stories is hot: then it is the only one that the key keeps,
/// so that what says nothing costs one look.
const EVERYBODY: i64 = 0;

/// Reports compared with a new one: those that share most keys with it, the newest of equals.
const COMPARED: usize = 48;

/// Texts compared with a new one: copies share nearly all keys, and stand at the head.
const COMPARED_COPIES: usize = 16;

/// Pairs below this likeness never decide alone that two groups of reports become one (the average
/// likeness of their pairs must reach it), so what hangs together is found without them.
const TELLING: f32 = 0.5;

/// Documents that are grouped anew at a time, those that hang together with the seed most closely, and the rest
/// of the groups they are in: what hangs together loosely may be most of a large ledger.
const REGROUPED: usize = 256;

/// What documents are alike in.
#[derive(Debug, Clone, Copy)]
enum Kind {
    /// Copies of one text.
    Family,
    /// Reports about the same happening.
    Story,
}

impl Kind {
    const ALL: [Self; 2] = [Self::Family, Self::Story];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Family => "family",
            Self::Story => "story",
        }
    }

    fn keys(self, sketch: &Sketch) -> Vec<u64> {
        match self {
            Self::Family => sketch.family_keys(),
            Self::Story => sketch.story_keys(),
        }
    }

    /// Keys that others are looked for by.
    fn probes(self, sketch: &Sketch) -> Vec<u64> {
        match self {
            Self::Family => sketch.family_keys(),
            Self::Story => sketch.story_probes(),
        }
    }

    /// Documents that a hot key leads to.
    const fn of_hot(self) -> usize {
        match self {
            Self::Family => OF_HOT,
            Self::Story => 0,
        }
    }

    /// Documents that one is compared with.
    const fn compared(self) -> usize {
        match self {
            Self::Family => COMPARED_COPIES,
            Self::Story => COMPARED,
        }
    }

    /// Keys that a document must share with another to be compared with it.
    fn least_shared(self, sketch: &Sketch) -> usize {
        match self {
            Self::Family => 1,
            Self::Story => sketch.story_shared(),
        }
    }

    /// Copies of copies are copies; stories must not chain.
    fn groups(self, n: usize, edges: &[(usize, usize, f32)]) -> Vec<Vec<usize>> {
        match self {
            Self::Family => similar::unions(n, edges),
            Self::Story => similar::groups(n, edges),
        }
    }

    /// Whether all that hangs together is one group, and must be looked at whole.
    const fn whole(self) -> bool {
        matches!(self, Self::Family)
    }

    fn compare(self, a: &Sketch, b: &Sketch) -> Option<Likeness> {
        match self {
            Self::Family => similar::same_family(a, b),
            Self::Story => similar::same_story(a, b),
        }
    }
}

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
        regroup(connection, kind, &seeds, &seeds, &mut disturbed)?;
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
        regroup(connection, kind, fellows, &BTreeSet::new(), &mut disturbed)?;
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
    for candidate in candidates {
        let other = match sketches.entry(candidate) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => free.insert(load(connection, candidate)?),
        };
        let Some(likeness) = kind.compare(sketch, other) else { continue };
        let (a, b) = (document.min(candidate), document.max(candidate));
        statement.execute(params![name, a, b, likeness.score, likeness.reason])?;
        statement.execute(params![name, b, a, likeness.score, ""])?;
    }
    Ok(())
}

/// The documents that share most keys with one, as far as they are to be compared.
fn candidates(
    connection: &Connection,
    kind: Kind,
    document: i64,
    sketch: &Sketch,
) -> Result<Vec<i64>, LedgerError> {
    let name = kind.as_str();
    let sharing = format!(
        "SELECT document FROM {name}_keys WHERE key = ?1 AND document <> ?2 ORDER BY document DESC LIMIT ?3"
    );
    let mut statement = connection.prepare_cached(&sharing)?;
    let emptying = format!("DELETE FROM {name}_keys WHERE key = ?1");
    let marking = format!("INSERT INTO {name}_keys (key, document) VALUES (?1, ?2)");
    let mut sharing: Vec<i64> = Vec::new();
    for key in kind.probes(sketch) {
        let mut found = statement
            .query_map(params![key.cast_signed(), document, HOT as u32 + 1], |row| row.get(0))?
            .collect::<Result<Vec<i64>, _>>()?;
        if found.len() > HOT {
            found.truncate(kind.of_hot());
            if found.is_empty() {
                connection.prepare_cached(&emptying)?.execute([key.cast_signed()])?;
                connection.prepare_cached(&marking)?.execute([key.cast_signed(), EVERYBODY])?;
            }
        }
        sharing.extend(found.into_iter().filter(|other| *other != EVERYBODY));
    }
    Ok(sharing_most(sharing, kind.least_shared(sketch), kind.compared()))
}

/// Those that share most keys, from a list in which each stands once for each key that it shares: no more than
/// `most`, each sharing `least` keys or more, the newest of equals first.
pub(super) fn sharing_most(mut sharing: Vec<i64>, least: usize, most: usize) -> Vec<i64> {
    sharing.sort_unstable();
    let mut ranked: Vec<(usize, i64)> = sharing
        .chunk_by(|one, other| one == other)
        .map(|same| (same.len(), same[0]))
        .filter(|(keys, _)| *keys >= least)
        .collect();
    ranked.sort_unstable_by(|a, b| b.cmp(a));
    ranked.truncate(most);
    ranked.into_iter().map(|(_, other)| other).collect()
}

fn load(connection: &Connection, document: i64) -> Result<Sketch, LedgerError> {
    let bytes: Vec<u8> = connection
        .prepare_cached("SELECT bytes FROM sketches WHERE document = ?1")?
        .query_row([document], |row| row.get(0))?;
    Sketch::from_bytes(&bytes)
        .ok_or_else(|| LedgerError::Corrupt(format!("the sketch of document {document} does not read back")))
}

/// Groups everything that hangs together with the seeds anew; whoever has other fellows than before,
/// the new ones apart, is disturbed.
fn regroup(
    connection: &Connection,
    kind: Kind,
    seeds: &BTreeSet<i64>,
    new: &BTreeSet<i64>,
    disturbed: &mut BTreeSet<i64>,
) -> Result<(), LedgerError> {
    let mut left = seeds.clone();
    while let Some(seed) = left.pop_first() {
        let (members, edges) = component(connection, kind, seed)?;
        for member in &members {
            left.remove(&member.document);
        }
        let groups = kind.groups(members.len(), &edges);
        let mut new_group = BTreeMap::new();
        for group in groups {
            let Some(first) = group.iter().min().and_then(|at| members.get(*at)) else { continue };
            for at in &group {
                if let Some(member) = members.get(*at) {
                    new_group.insert(member.document, first.document);
                }
            }
        }
        disturbed.extend(moved(&members, &new_group, new));
        for member in &members {
            let group = new_group.get(&member.document).copied().unwrap_or(member.document);
            if group != member.group {
                // Links are looked for by the group's name, too.
                disturbed.insert(member.document);
                let name = kind.as_str();
                connection
                    .prepare_cached(&format!("UPDATE documents SET {name} = ?1 WHERE n = ?2"))?
                    .execute([group, member.document])?;
            }
        }
    }
    Ok(())
}

/// A document of a component, with the group it was in.
struct Member {
    document: i64,
    group: i64,
}

/// Pairs of places in a list of members, with their scores.
type Edges = Vec<(usize, usize, f32)>;

/// The documents that hang together with one through strong likenesses, in an order that does not depend on
/// when they were added, and the likenesses among them; of stories the closest [`REGROUPED`], with all of
/// every group that is touched.
fn component(connection: &Connection, kind: Kind, seed: i64) -> Result<(Vec<Member>, Edges), LedgerError> {
    let name = kind.as_str();
    let mut found = BTreeMap::new();
    let mut pairs = Vec::new();
    let mut open = BinaryHeap::from([(u32::MAX, seed)]);
    let mut seen = BTreeSet::new();
    let mut fellows =
        connection.prepare_cached("SELECT b, score FROM likenesses WHERE kind = ?1 AND a = ?2")?;
    let about = format!("SELECT coalesce(published, '9'), id, {name} FROM documents WHERE n = ?1");
    let mut about = connection.prepare_cached(&about)?;
    let rest = format!("SELECT n FROM documents WHERE {name} = ?1");
    let mut rest = connection.prepare_cached(&rest)?;
    while let Some((closeness, document)) = open.pop() {
        if !kind.whole() && found.len() >= REGROUPED && closeness < u32::MAX {
            break;
        }
        if !seen.insert(document) {
            continue;
        }
        let (published, id, group): (String, String, i64) =
            about.query_row([document], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        found.insert((published, id), Member { document, group });
        for fellow in rest.query_map([group], |row| row.get(0))? {
            open.push((u32::MAX, fellow?));
        }
        let mut rows = fellows.query(params![kind.as_str(), document])?;
        while let Some(row) = rows.next()? {
            let fellow: i64 = row.get(0)?;
            let score: f32 = row.get(1)?;
            if document < fellow {
                pairs.push((document, fellow, score));
            }
            if score >= TELLING && !seen.contains(&fellow) {
                // Scores are positive, and then their bits are in the order of their values.
                open.push((score.to_bits(), fellow));
            }
        }
    }
    let members: Vec<Member> = found.into_values().collect();
    let places: BTreeMap<i64, usize> =
        members.iter().enumerate().map(|(at, member)| (member.document, at)).collect();
    let place = |document: i64| places.get(&document).copied();
    let mut edges: Edges = pairs
        .into_iter()
        .filter_map(|(a, b, score)| Some((place(a)?, place(b)?, score)))
        .map(|(a, b, score)| (a.min(b), a.max(b), score))
        .collect();
    edges.sort_by_key(|(a, b, _)| (*a, *b));
    Ok((members, edges))
}

/// The documents that were there before and now have other fellows among those that were there.
fn moved(members: &[Member], new_group: &BTreeMap<i64, i64>, new: &BTreeSet<i64>) -> Vec<i64> {
    let mut became: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
    let mut came: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
    let old = || members.iter().filter(|member| !new.contains(&member.document));
    for member in old() {
        let group = new_group.get(&member.document).copied().unwrap_or(member.document);
        became.entry(member.group).or_default().insert(group);
        came.entry(group).or_default().insert(member.group);
    }
    let split = |member: &Member| became.get(&member.group).is_some_and(|groups| groups.len() > 1);
    let joined = |member: &Member| {
        new_group.get(&member.document).and_then(|group| came.get(group)).is_some_and(|from| from.len() > 1)
    };
    old().filter(|member| split(member) || joined(member)).map(|member| member.document).collect()
}
