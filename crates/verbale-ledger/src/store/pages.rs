//! Pages of listings: a bounded piece of the ledger at a time, from the place where the last one ended.
//!
//! What a column can tell is asked of `SQLite`, and the filter decides on what is left. A page looks at so many
//! rows and no more, so that a filter which hardly anything passes gives short pages, and not a long wait.

use rusqlite::params_from_iter;
use rusqlite::types::Value;
use serde::{Deserialize, Serialize};

use super::file::Ledger;
use crate::list::{DocumentRow, Filter, LedgerClaim, ReviewedFilter};
use crate::period::bounds;
use crate::{Entry, LedgerError};

/// Rows of the file that one page looks at.
const LOOKED_AT: usize = 200_000;
/// Rows that are put together from several tables to decide on them.
const READ: usize = 4_000;
/// Documents whose claims are searched for one page; that takes some tens of microseconds each.
const SEARCHED: usize = 8_000;
/// Documents whose claims are read for one page.
const OPENED: usize = 1_000;
/// With no more events than this, a country's events are looked up, and else met on the way.
const FEW: usize = 3_000;
/// So many of a side of a pair are counted.
const COUNTED: usize = 100_000;
/// Events that are met in the time in which one is looked up.
const MET: usize = 3;

/// Where a page begins, and how long it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn<K> {
    /// The end of the page before.
    pub after: Option<K>,
    /// Rows at most.
    pub limit: usize,
    /// From the end to the beginning.
    pub backwards: bool,
}

/// A page, and its end where there may be more.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T, K> {
    /// The rows; fewer than asked for, or none, where most were left out.
    pub rows: Vec<T>,
    /// From where to go on; nothing at the end.
    pub next: Option<K>,
}

/// How sure an entry is, and whether it waits for a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt {
    /// Its id.
    pub id: String,
    /// Probability that it was coded right, from 0 to 1.
    pub confidence: f32,
    /// No reviewer has accepted or rejected it.
    pub waits: bool,
    /// Reviewers disagree.
    pub conflicts: bool,
}

/// The place of an entry in the order of listings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryKey {
    /// First day on which it may have happened; undated ones come last.
    pub day: Option<String>,
    /// Its id.
    pub id: String,
}

/// The place of a claim: the number of its document and its own in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimKey {
    /// The document, in the order in which they came.
    pub document: i64,
    /// The claim in it.
    pub position: usize,
}

/// Text of a statement with the values it is given.
#[derive(Default)]
struct Sql {
    text: String,
    values: Vec<Value>,
}

impl Sql {
    /// Takes a value and gives the name it has in the text.
    fn value(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    /// The name of a list of texts, to be written after `IN`.
    fn list<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) -> String {
        let texts: Vec<&str> = texts.into_iter().collect();
        let name = self.value(serde_json::to_string(&texts).unwrap_or_default());
        format!("(SELECT value FROM json_each({name}))")
    }
}

impl Ledger {
    /// Entries that the filter keeps, in the order of listings: by first day, undated ones last, then by id.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn entry_page(
        &self,
        filter: &Filter,
        turn: &Turn<EntryKey>,
    ) -> Result<Page<Entry, EntryKey>, LedgerError> {
        self.entry_rows(filter, turn, |number| {
            Ok(Some(self.entry(number)?).filter(|entry| filter.keeps(entry)))
        })
    }

    /// The same entries that no reviewer rejected, with no more of each than says how sure it is.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn doubts(&self, turn: &Turn<EntryKey>) -> Result<Page<Doubt, EntryKey>, LedgerError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, confidence, verdict, conflicts FROM events WHERE n = ?1")?;
        self.entry_rows(&Filter::default(), turn, |number| {
            Ok(Some(statement.query_row([number], |row| {
                Ok(Doubt {
                    id: row.get(0)?,
                    confidence: row.get(1)?,
                    waits: row.get::<_, String>(2)? == "none",
                    conflicts: row.get::<_, u32>(3)? > 0,
                })
            })?))
        })
    }

    /// Entries whose columns pass, in their order; what `make` makes of a number, or nothing where it leaves it out.
    fn entry_rows<T>(
        &self,
        filter: &Filter,
        turn: &Turn<EntryKey>,
        mut make: impl FnMut(i64) -> Result<Option<T>, LedgerError>,
    ) -> Result<Page<T, EntryKey>, LedgerError> {
        let mut page = Page { rows: Vec::new(), next: None };
        let windowed = filter.from.is_some() || filter.to.is_some();
        let few = self.few(filter, turn.limit)?;
        let mut after = turn.after.clone();
        let dated = after.as_ref().is_none_or(|key| key.day.is_some());
        let (mut looked_at, mut read) = (0, 0);
        for undated in [false, true] {
            if (undated && windowed && !filter.undated) || (!undated && !dated) {
                continue;
            }
            let after = after.take();
            let sql = entries_sql(filter, after.as_ref(), undated, turn.backwards, few);
            let mut statement = self.connection.prepare_cached(&sql.text)?;
            let mut rows = statement.query(params_from_iter(&sql.values))?;
            let mut last: Option<EntryKey> = None;
            while let Some(row) = rows.next()? {
                if page.rows.len() >= turn.limit || looked_at >= LOOKED_AT || read >= READ {
                    page.next = last.or(page.next);
                    return Ok(page);
                }
                looked_at += 1;
                if row.get(3)? {
                    read += 1;
                    page.rows.extend(make(row.get(0)?)?);
                }
                last = Some(EntryKey { day: row.get(1)?, id: row.get(2)? });
            }
            // The page may end just here; then the undated ones go on after the last dated one.
            page.next = last.or(page.next);
        }
        page.next = None;
        Ok(page)
    }

    /// The countries whose events are to be looked up and not met on the way: few, or of a pair those with fewer where
    /// a page of both would be long in coming.
    fn few<'f>(&self, filter: &'f Filter, limit: usize) -> Result<Option<&'f [String]>, LedgerError> {
        let (country, partner) = (filter.country.as_slice(), filter.partner.as_slice());
        if country.is_empty() {
            return Ok(None);
        }
        if partner.is_empty() {
            return Ok((self.number_of(filter, country, FEW)? <= FEW).then_some(country));
        }
        let all: Option<i64> =
            self.connection.prepare_cached("SELECT max(n) FROM events")?.query_row([], |row| row.get(0))?;
        let [one, other] = [country, partner].map(|codes| self.number_of(filter, codes, COUNTED));
        let (one, other, all) = (one?, other?, all.unwrap_or_default() as f64);
        let (side, fewer) = if other < one { (partner, other) } else { (country, one) };
        let met = (limit as f64 * all * all / (one * other).max(1) as f64).min(LOOKED_AT as f64);
        Ok((fewer <= FEW || (fewer * MET) as f64 <= met).then_some(side))
    }

    /// How many take part for these, as far as it matters: one more than `most` are enough.
    fn number_of(&self, filter: &Filter, codes: &[String], most: usize) -> Result<usize, LedgerError> {
        let mut sql = Sql::default();
        let who = of_sides(&mut sql, filter, codes);
        sql.text =
            format!("SELECT count(*) FROM (SELECT 1 FROM participants p WHERE {who} LIMIT {})", most + 1);
        let mut statement = self.connection.prepare_cached(&sql.text)?;
        let found: i64 = statement.query_row(params_from_iter(&sql.values), |row| row.get(0))?;
        Ok(found as usize)
    }

    /// Documents that the filter keeps, in the order in which they came.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn document_page(
        &self,
        filter: &Filter,
        turn: &Turn<i64>,
        with_text: bool,
    ) -> Result<Page<DocumentRow, i64>, LedgerError> {
        let mut page = Page { rows: Vec::new(), next: None };
        let mut read = 0;
        let sql = documents_sql(filter, turn.after, turn.backwards, true, "1");
        let ended = self.walk(&sql, |number, id, looked_at| {
            if page.rows.len() >= turn.limit || looked_at >= LOOKED_AT || read >= READ {
                return Ok(false);
            }
            if let Some(id) = id {
                read += 1;
                let row = self.document_row(&id, with_text)?;
                if filter.keeps_document(&row) {
                    page.rows.push(row);
                }
            }
            page.next = Some(number);
            Ok(true)
        })?;
        page.next = page.next.filter(|_| !ended);
        Ok(page)
    }

    /// Claims that the filter keeps, or the quotes among them, document after document.
    ///
    /// # Errors
    /// When `SQLite` fails.
    pub fn claim_page(
        &self,
        filter: &Filter,
        turn: &Turn<ClaimKey>,
        quotes: bool,
    ) -> Result<Page<LedgerClaim, ClaimKey>, LedgerError> {
        let mut page = Page { rows: Vec::new(), next: None };
        let mut opened = 0;
        // The document in which the last page ended is looked at again.
        let step = if turn.backwards { 1 } else { -1 };
        let after = turn.after.map(|key| key.document + step);
        let holds = if quotes { "c.json ->> '$.quote' IS NOT NULL" } else { "1" };
        let sql = documents_sql(filter, after, turn.backwards, false, holds);
        let ended = self.walk(&sql, |number, id, looked_at| {
            if looked_at >= SEARCHED || opened >= OPENED {
                return Ok(false);
            }
            let mut rows = match id {
                Some(id) => {
                    opened += 1;
                    self.claim_rows(&id)?.into_iter().enumerate().collect()
                }
                None => Vec::new(),
            };
            if turn.backwards {
                rows.reverse();
            }
            for (position, row) in rows {
                let seen = turn.after.is_some_and(|key| {
                    key.document == number
                        && if turn.backwards { position >= key.position } else { position <= key.position }
                });
                if seen || (quotes && row.claim.quote.is_none()) || !self.is_kept(filter, &row)? {
                    continue;
                }
                if page.rows.len() >= turn.limit {
                    return Ok(false);
                }
                page.rows.push(row);
                page.next = Some(ClaimKey { document: number, position });
            }
            let end = if turn.backwards { 0 } else { usize::MAX };
            page.next = Some(ClaimKey { document: number, position: end });
            Ok(true)
        })?;
        page.next = page.next.filter(|_| !ended);
        Ok(page)
    }

    /// Whether a filter keeps a claim; the entry it tells of is made only where the filter asks for it.
    fn is_kept(&self, filter: &Filter, row: &LedgerClaim) -> Result<bool, LedgerError> {
        let entry = match &row.entry {
            Some(id) if filter.asks_for_events() => Some(self.entry(self.find_entry(id)?)?),
            _ => None,
        };
        Ok(filter.keeps_claim(row, entry.as_ref()))
    }

    /// Gives number, key (where the columns pass) and place of documents to `take` until it has enough; says
    /// whether the documents came to an end before that.
    fn walk(
        &self,
        sql: &Sql,
        mut take: impl FnMut(i64, Option<String>, usize) -> Result<bool, LedgerError>,
    ) -> Result<bool, LedgerError> {
        let mut statement = self.connection.prepare_cached(&sql.text)?;
        let mut rows = statement.query(params_from_iter(&sql.values))?;
        let mut looked_at = 0;
        while let Some(row) = rows.next()? {
            let id: Option<String> = if row.get(2)? { row.get(1)? } else { None };
            if !take(row.get(0)?, id, looked_at)? {
                return Ok(false);
            }
            looked_at += 1;
        }
        Ok(true)
    }
}

/// Somebody takes part for one of these.
fn of_sides(sql: &mut Sql, filter: &Filter, codes: &[String]) -> String {
    let codes = sql.list(codes.iter().map(String::as_str));
    if filter.inclusive {
        format!("(p.side IN {codes} OR (p.nationality IN {codes} AND p.serving = 0))")
    } else {
        format!("p.side IN {codes}")
    }
}

/// Number, first day and id of entries in their order, and whether their columns pass.
fn entries_sql(
    filter: &Filter,
    after: Option<&EntryKey>,
    undated: bool,
    backwards: bool,
    few: Option<&[String]>,
) -> Sql {
    let mut sql = Sql::default();
    let (beyond, order) = if backwards { ("<", "DESC") } else { (">", "ASC") };
    let mut place = vec![if undated { "e.first_day IS NULL" } else { "e.first_day IS NOT NULL" }.to_owned()];
    if let Some(key) = after {
        let id = sql.value(key.id.clone());
        place.push(match &key.day {
            Some(day) => format!("(e.first_day, e.id) {beyond} ({}, {id})", sql.value(day.clone())),
            None => format!("e.id {beyond} {id}"),
        });
    }
    let day = |text: &Option<String>| text.as_deref().and_then(bounds);
    if let Some(to) = day(&filter.to).and_then(|to| to.last) {
        let to = sql.value(to.to_string());
        place.push(format!("(e.first_day IS NULL OR e.first_day <= {to})"));
        if !undated {
            place.push(format!("e.first_day <= {to}"));
        }
    }
    let mut passes = vec!["1".to_owned()];
    if let Some(from) = day(&filter.from).and_then(|from| from.first) {
        passes.push(format!("(e.last_day IS NULL OR e.last_day >= {})", sql.value(from.to_string())));
    }
    passes.extend(kind_of(&mut sql, filter));
    let source = few.map(|few| {
        let who = of_sides(&mut sql, filter, few);
        format!(
            "(SELECT DISTINCT p.event FROM participants p WHERE {who}) w CROSS JOIN events e ON e.n = w.event"
        )
    });
    let sides = [filter.country.as_slice(), &filter.partner];
    for codes in sides.into_iter().filter(|codes| !codes.is_empty() && few != Some(*codes)) {
        let who = of_sides(&mut sql, filter, codes);
        passes.push(format!("EXISTS (SELECT 1 FROM participants p WHERE p.event = e.n AND {who})"));
    }
    let source = source.unwrap_or_else(|| "events e".to_owned());
    if let Some(outlet) = outlets(&mut sql, filter) {
        passes.push(format!(
            "EXISTS (SELECT 1 FROM tellings t JOIN documents d ON d.n = t.document WHERE t.event = e.n AND {outlet})"
        ));
    }
    let days = if undated { String::new() } else { format!("e.first_day {order}, ") };
    sql.text = format!(
        "SELECT e.n, e.first_day, e.id, {} FROM {source} WHERE {} ORDER BY {days}e.id {order}",
        passes.join(" AND "),
        place.join(" AND "),
    );
    sql
}

/// Type, status, review and versions, as far as columns tell.
fn kind_of(sql: &mut Sql, filter: &Filter) -> Vec<String> {
    let mut passes = Vec::new();
    if !filter.superseded {
        passes.push("e.superseded = 0".to_owned());
    }
    if !filter.event_type.is_empty() {
        let types = sql.list(filter.event_type.iter().map(|of| of.as_str()));
        passes.push(format!("e.event_type IN {types}"));
    }
    if !filter.status.is_empty() {
        let statuses = sql.list(filter.status.iter().map(|of| of.as_str()));
        passes.push(format!("e.status IN {statuses}"));
    }
    let reviewed = match filter.reviewed {
        None => Some("e.verdict <> 'rejected'"),
        Some(ReviewedFilter::Any) => None,
        Some(ReviewedFilter::None) => Some("e.verdict = 'none' AND e.edited = 0"),
        Some(ReviewedFilter::Accepted) => Some("e.verdict = 'accepted'"),
        Some(ReviewedFilter::Rejected) => Some("e.verdict = 'rejected'"),
        Some(ReviewedFilter::Edited) => Some("e.edited > 0"),
        Some(ReviewedFilter::Conflict) => Some("e.conflicts > 0"),
    };
    passes.extend(reviewed.map(str::to_owned));
    passes
}

/// Documents of these outlets. `SQLite` knows the capital letters of ASCII alone: other names are left to the filter.
fn outlets(sql: &mut Sql, filter: &Filter) -> Option<String> {
    if filter.outlet.is_empty() || !filter.outlet.iter().all(|outlet| outlet.is_ascii()) {
        return None;
    }
    let names: Vec<String> = filter.outlet.iter().map(|outlet| outlet.to_lowercase()).collect();
    let names = sql.list(names.iter().map(String::as_str));
    Some(format!("lower(d.outlet) IN {names}"))
}

/// Number and key of documents in their order, and whether their columns pass. `holds` says what one of its claims
/// must be, where claims are asked for.
fn documents_sql(filter: &Filter, after: Option<i64>, backwards: bool, whole: bool, holds: &str) -> Sql {
    let mut sql = Sql::default();
    let (beyond, order) = if backwards { ("<", "DESC") } else { (">", "ASC") };
    let place = after.map_or_else(|| "1".to_owned(), |after| format!("d.n {beyond} {}", sql.value(after)));
    let mut passes = vec!["1".to_owned()];
    passes.extend(outlets(&mut sql, filter));
    // Dates as short as a year compare with the first letters of a longer one; the filter decides on the rest.
    let year = |text: &Option<String>| text.as_deref().and_then(|text| text.get(..4)).map(str::to_owned);
    if let Some(from) = year(&filter.from) {
        passes.push(format!("d.published IS NULL OR substr(d.published, 1, 4) >= {}", sql.value(from)));
    }
    if let Some(to) = year(&filter.to) {
        passes.push(format!("d.published IS NULL OR substr(d.published, 1, 4) <= {}", sql.value(to)));
    }
    if whole && !filter.country.is_empty() {
        passes.push(format!("d.side IN {}", sql.list(filter.country.iter().map(String::as_str))));
    }
    if !whole {
        let side = if filter.country.is_empty() {
            "1".to_owned()
        } else {
            format!("c.side IN {}", sql.list(filter.country.iter().map(String::as_str)))
        };
        passes.push(format!("EXISTS (SELECT 1 FROM claims c WHERE c.document = d.n AND {side} AND {holds})"));
    }
    let passes: Vec<String> = passes.iter().map(|pass| format!("coalesce({pass}, 0)")).collect();
    sql.text = format!(
        "SELECT d.n, d.id, {} FROM documents d WHERE {place} ORDER BY d.n {order}",
        passes.join(" AND ")
    );
    sql
}
