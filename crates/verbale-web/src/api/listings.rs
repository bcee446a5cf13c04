//! Listings: events, claims, quotes and documents; page by page in JSON, as a whole in the other formats.

use std::io::Write;

use serde::Serialize;
use serde::de::DeserializeOwned;
use verbale::ledger::LedgerError;
use verbale::ledger::list::{self, Filter, LedgerQuote, Listing};
use verbale::ledger::store::{ClaimKey, EntryKey, Ledger, Page, Standing, Turn};
use verbale::model::Status;
use verbale::model::ontology::EventType;

use crate::call::{Call, Endpoint, PAGING, Run};
use crate::formats::Format;
use crate::problem::Problem;
use crate::query::{Kind, Param, param};
use crate::reply::Reply;

/// Rows that are read at once where all are wanted.
const AT_ONCE: usize = 500;

/// Parameters of listings.
pub const WHICH: &[Param] = &[
    param(
        "country",
        Kind::List,
        "Codes of sides, ISO 3166-1 alpha-3: somebody takes part, asserts or publishes for one",
    ),
    param("from", Kind::Text, "From this day, month or year on"),
    param("to", Kind::Text, "To this day, month or year"),
    param("outlet", Kind::List, "Told by one of these outlets"),
];

/// Parameters of listings.
pub const OF_EVENTS: &[Param] = &[
    param("partner", Kind::List, "Codes of sides: somebody else takes part for one"),
    param("type", Kind::List, "PLOVER types: CONSULT, ACCUSE, …"),
    param("status", Kind::List, "held, planned, cancelled, denied, hypothetical"),
    param(
        "reviewed",
        Kind::Word(&["any", "none", "accepted", "rejected", "edited", "conflict"]),
        "What reviewers said; all but rejected ones where it is left out",
    ),
    param("inclusive", Kind::Flag, "Former officials count for their country, too"),
    param("undated", Kind::Flag, "In a window of dates, undated events as well"),
    param("superseded", Kind::Flag, "What only superseded versions of documents tell, as well"),
];

/// Parameters of listings.
pub const BY_DATE: &[Param] =
    &[param("sort", Kind::Word(&["date", "-date"]), "By date, or the newest first; undated ones last")];
/// Parameters of listings.
pub const BY_ARRIVAL: &[Param] =
    &[param("sort", Kind::Word(&["added", "-added"]), "As they came, or those that came last first")];

/// The endpoints of this file.
pub const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        path: "/v1/events",
        name: "events",
        about: "Events, one entry for each happening",
        params: &[WHICH, OF_EVENTS, BY_DATE, PAGING],
        takes: None,
        formats: Format::EVENTS,
        gives: "Page:Entry",
        run: Run::Read(events),
    },
    Endpoint {
        path: "/v1/events/{event}",
        name: "event",
        about: "One event with all that tell of it; DOCUMENT:EVENT of any of its tellings",
        params: &[],
        takes: None,
        formats: Format::JSON,
        gives: "Entry",
        run: Run::Read(event),
    },
    Endpoint {
        path: "/v1/claims",
        name: "claims",
        about: "Claims: what was said, by whom, on which words",
        params: &[WHICH, OF_EVENTS, BY_ARRIVAL, PAGING],
        takes: None,
        formats: Format::LISTING,
        gives: "Page:LedgerClaim",
        run: Run::Read(claims),
    },
    Endpoint {
        path: "/v1/quotes",
        name: "quotes",
        about: "Quotations with their speakers",
        params: &[WHICH, OF_EVENTS, BY_ARRIVAL, PAGING],
        takes: None,
        formats: Format::LISTING,
        gives: "Page:LedgerQuote",
        run: Run::Read(quotes),
    },
    Endpoint {
        path: "/v1/documents",
        name: "documents",
        about: "Documents, without their texts",
        params: &[WHICH, BY_ARRIVAL, PAGING],
        takes: None,
        formats: Format::LISTING,
        gives: "Page:DocumentRow",
        run: Run::Read(documents),
    },
    Endpoint {
        path: "/v1/documents/{document}",
        name: "document",
        about: "One document with its text, as far as it is kept, and all that was read in it",
        params: &[],
        takes: None,
        formats: Format::JSON,
        gives: "Document",
        run: Run::Read(document),
    },
];

/// What a request filters by.
pub fn filter(call: &Call, listing: Listing) -> Result<Filter, Problem> {
    let query = &call.query;
    let types = query.list("type");
    let event_type = types.iter().map(|word| {
        EventType::parse(&word.to_uppercase()).ok_or_else(|| {
            let all: Vec<&str> = EventType::ALL.iter().map(|one| one.as_str()).collect();
            Problem::query(format!("type: '{word}': there are {}", all.join(", ")))
        })
    });
    let statuses = query.list("status");
    let status = statuses.iter().map(|word| {
        serde_json::from_value::<Status>(word.as_str().into()).map_err(|_| {
            Problem::query(format!(
                "status: '{word}': there are held, planned, cancelled, denied and hypothetical"
            ))
        })
    });
    let reviewed = query.one("reviewed").map(str::parse).transpose();
    let filter = Filter {
        country: query.list("country"),
        partner: query.list("partner"),
        event_type: event_type.collect::<Result<_, _>>()?,
        from: query.own("from"),
        to: query.own("to"),
        outlet: query.list("outlet"),
        status: status.collect::<Result<_, _>>()?,
        reviewed: reviewed.map_err(|error| Problem::asking(&error))?,
        inclusive: query.flag("inclusive"),
        undated: query.flag("undated"),
        superseded: query.flag("superseded"),
    };
    filter.check(listing).map_err(|error| Problem::asking(&error))?;
    Ok(filter)
}

/// Whether a page is asked for; else everything is.
fn is_paged(call: &Call) -> bool {
    call.format == Format::Json || call.query.whole("limit").is_some() || call.query.one("cursor").is_some()
}

/// Answers with a page, or with everything, read page by page while it is written.
pub fn listed<T, K>(
    call: &Call,
    ledger: &Ledger,
    backwards: bool,
    read: impl Fn(&Ledger, &Turn<K>) -> Result<Page<T, K>, LedgerError> + Send + 'static,
    write: impl Fn(
        &mut dyn Write,
        list::Format,
        &mut dyn Iterator<Item = Result<T, LedgerError>>,
    ) -> Result<u64, LedgerError>
    + Send
    + 'static,
) -> Result<Reply, Problem>
where
    T: Serialize,
    K: Serialize + DeserializeOwned + Send + 'static,
{
    let turn = call.turn(backwards)?;
    if is_paged(call) {
        let page = read(ledger, &turn).map_err(|error| Problem::asking(&error))?;
        let Format::Rows(format) = call.format else { return call.page(&page) };
        let next = page.next.as_ref().map(|place| call.next_address(&call.next(place)));
        let mut body = Vec::new();
        write(&mut body, format, &mut page.rows.into_iter().map(Ok))
            .map_err(|error| Problem::asking(&error))?;
        return Ok(Reply::whole(call.format.media(), body).followed_by(next));
    }
    let Format::Rows(format) = call.format else { return Err(Problem::failed()) };
    let all = move |ledger: &Ledger, out: &mut dyn Write| {
        let mut rows = All {
            ledger,
            read: &read,
            turn: Some(Turn { limit: AT_ONCE, ..turn }),
            page: Vec::new().into_iter(),
        };
        write(out, format, &mut rows).map(|_| ())
    };
    Ok(Reply::rows(call.format.media(), Box::new(all)))
}

/// The page of rows that are all there, in the order of their numbers.
pub fn turned<T>(mut rows: Vec<T>, turn: &Turn<i64>, number: impl Fn(&T) -> i64) -> Page<T, i64> {
    rows.retain(|row| turn.after.is_none_or(|after| number(row) > after));
    let next = (rows.len() > turn.limit).then(|| number(&rows[turn.limit - 1]));
    rows.truncate(turn.limit);
    Page { rows, next }
}

/// All rows of a listing, one page after the other.
struct All<'l, T, K, R> {
    ledger: &'l Ledger,
    read: R,
    /// The page that comes next; nothing after the last.
    turn: Option<Turn<K>>,
    page: std::vec::IntoIter<T>,
}

impl<T, K, R: Fn(&Ledger, &Turn<K>) -> Result<Page<T, K>, LedgerError>> Iterator for All<'_, T, K, R> {
    type Item = Result<T, LedgerError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(row) = self.page.next() {
                return Some(Ok(row));
            }
            let turn = self.turn.take()?;
            match (self.read)(self.ledger, &turn) {
                Ok(page) => {
                    self.page = page.rows.into_iter();
                    self.turn = page.next.map(|after| Turn { after: Some(after), ..turn });
                }
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

fn events(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let filter = filter(call, Listing::Events)?;
    let read = move |ledger: &Ledger, turn: &Turn<EntryKey>| ledger.entry_page(&filter, turn);
    listed(call, ledger, call.query.one("sort") == Some("-date"), read, |out, format, rows| {
        list::events(out, format, rows)
    })
}

fn claims(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let filter = filter(call, Listing::Claims)?;
    let read = move |ledger: &Ledger, turn: &Turn<ClaimKey>| ledger.claim_page(&filter, turn, false);
    listed(call, ledger, newest_first(call), read, |out, format, rows| list::claims(out, format, rows))
}

fn quotes(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let filter = filter(call, Listing::Quotes)?;
    let claims = move |ledger: &Ledger, turn: &Turn<ClaimKey>| ledger.claim_page(&filter, turn, true);
    let backwards = newest_first(call);
    if is_paged(call) && (call.format == Format::Json || call.format == Format::Rows(list::Format::Jsonl)) {
        let page = claims(ledger, &call.turn(backwards)?).map_err(|error| Problem::asking(&error))?;
        let rows: Vec<LedgerQuote> = page.rows.into_iter().filter_map(LedgerQuote::of).collect();
        return call.page(&Page { rows, next: page.next });
    }
    listed(call, ledger, backwards, claims, |out, format, rows| list::quotes(out, format, rows))
}

fn documents(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let filter = filter(call, Listing::Documents)?;
    let read = move |ledger: &Ledger, turn: &Turn<i64>| ledger.document_page(&filter, turn, false);
    listed(call, ledger, newest_first(call), read, |out, format, rows| list::documents(out, format, rows))
}

fn newest_first(call: &Call) -> bool {
    call.query.one("sort") == Some("-added")
}

fn event(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let entry = entry(ledger, call.named("event"))?;
    Reply::json(&entry)
}

/// An event by the name of any of its tellings.
pub fn entry(ledger: &Ledger, word: &str) -> Result<verbale::ledger::Entry, Problem> {
    let number = ledger.find_entry(word).map_err(|error| match error {
        LedgerError::Asked(_) => Problem::missing(format!(
            "there is no event '{word}', or more than one that begins like this; /v1/events lists them"
        )),
        other => Problem::asking(&other),
    })?;
    ledger.entry(number).map_err(|error| Problem::asking(&error))
}

fn document(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let word = call.named("document");
    let standing = ledger.standing(word).map_err(|error| Problem::asking(&error))?;
    let known = match standing {
        Standing::Stored => vec![word.to_owned()],
        // Slower: every document is compared.
        Standing::New | Standing::Removed => ledger.named(word).map_err(|error| Problem::asking(&error))?,
    };
    let [id] = known.as_slice() else {
        let why = if known.is_empty() { "there is no document" } else { "there are several documents" };
        return Err(Problem::missing(format!("{why} '{word}'; /v1/documents lists their keys")));
    };
    let found: Result<_, LedgerError> = (|| {
        let row = ledger.document_row(id, true)?;
        Ok((row, ledger.record(id)?, ledger.entries_of(id)?))
    })();
    let (row, record, entries) = found.map_err(|error| Problem::asking(&error))?;
    let mut whole = serde_json::to_value(row).map_err(|_| Problem::failed())?;
    whole["record"] = serde_json::to_value(record).map_err(|_| Problem::failed())?;
    whole["entries"] = serde_json::to_value(entries).map_err(|_| Problem::failed())?;
    Reply::json(&whole)
}
