//! Endpoints as a table describes them, and one call of one of them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::body::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;
use verbale::ledger::LedgerError;
use verbale::ledger::store::{Ledger, Page, Turn};

use crate::cursor;
use crate::formats::Format;
use crate::problem::Problem;
use crate::query::{Given, Kind, Param, param};
use crate::reply::Reply;
use crate::site::Site;
use crate::upload::Sent;

/// What a path does.
#[derive(Debug, Clone, Copy)]
pub struct Endpoint {
    /// The path, with `{names}` of what stands in it.
    pub path: &'static str,
    /// Its name in the `OpenAPI` document.
    pub name: &'static str,
    /// What it does, in a sentence.
    pub about: &'static str,
    /// The parameters it takes.
    pub params: &'static [&'static [Param]],
    /// The body it takes, where it is a `POST`.
    pub takes: Option<Takes>,
    /// The formats it is written in, the usual one first.
    pub formats: &'static [Format],
    /// The schema of its JSON.
    pub gives: &'static str,
    /// What runs.
    pub run: Run,
}

/// The body of a request.
#[derive(Debug, Clone, Copy)]
pub struct Takes {
    /// Media types that are read, the usual one first; none stands for anything.
    pub media: &'static [&'static str],
    /// The schema of a JSON body.
    pub schema: &'static str,
    /// What it holds.
    pub about: &'static str,
}

/// What runs for an endpoint.
#[derive(Debug, Clone, Copy)]
pub enum Run {
    /// Needs no ledger, and is the same as long as the server runs.
    Still(fn(&Call) -> Result<Reply, Problem>),
    /// Reads one state of the ledger.
    Read(fn(&Call, &Ledger) -> Result<Reply, Problem>),
    /// Works without changing anything.
    Work(fn(&Call) -> Result<Reply, Problem>),
    /// Changes the ledger.
    Change(fn(&Call) -> Result<Reply, Problem>),
}

impl Run {
    /// Whether it is asked with `GET`.
    pub const fn is_get(self) -> bool {
        matches!(self, Self::Still(_) | Self::Read(_))
    }
}

/// Parameters of everything that comes in pages.
pub const PAGING: &[Param] = &[
    param(
        "limit",
        Kind::Whole(1, 1000),
        "Rows of a page; 50 in JSON, and all rows in the other formats, where it is left out",
    ),
    param("cursor", Kind::Text, "Where to go on: `next` of the page before"),
];

/// The parameter that goes before `Accept`.
pub const FORMAT: &[Param] =
    &[param("format", Kind::Text, "How the answer is written; goes before the header Accept")];

impl Endpoint {
    /// All its parameters.
    pub fn params(&self) -> Vec<Param> {
        let formats = if self.formats.len() > 1 { FORMAT } else { &[] };
        self.params.iter().copied().flatten().chain(formats).copied().collect()
    }

    /// The method it is asked with.
    pub const fn method(&self) -> &'static str {
        if self.run.is_get() { "GET" } else { "POST" }
    }
}

/// Text as part of a path or a query.
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for piece in url::form_urlencoded::byte_serialize(text.as_bytes()) {
        out.push_str(if piece == "+" { "%20" } else { piece });
    }
    out
}

/// One call of an endpoint.
pub struct Call {
    /// The server.
    pub site: Arc<Site>,
    /// The endpoint.
    pub endpoint: &'static Endpoint,
    /// What stands in the path, by name.
    pub path: BTreeMap<String, String>,
    /// The parameters.
    pub query: Given,
    /// The format to answer in.
    pub format: Format,
    /// Media type of the body, in lower case without parameters.
    pub media: Option<String>,
    /// The body; empty where it is a form that was taken apart.
    pub body: Bytes,
    /// What such a form sent.
    pub sent: Sent,
    /// Set when nobody waits for the answer any more.
    pub stop: Arc<AtomicBool>,
}

impl Call {
    /// What stands in the path under a name.
    pub fn named(&self, name: &str) -> &str {
        self.path.get(name).map_or("", String::as_str)
    }

    /// What tells the ledger to break off.
    pub fn stopper(&self) -> impl FnMut() -> bool + Send + 'static {
        let stop = self.stop.clone();
        move || stop.load(Ordering::Relaxed)
    }

    /// The question without its page: what a cursor belongs to.
    fn question(&self) -> String {
        let mut path = self.endpoint.path.to_owned();
        for value in self.path.values() {
            path.push('/');
            path.push_str(value);
        }
        format!("{path}?{}", self.query.without(&["cursor", "limit", "format"]))
    }

    /// The page that is asked for.
    ///
    /// # Errors
    /// When the cursor is none of this question.
    pub fn turn<K: DeserializeOwned>(&self, backwards: bool) -> Result<Turn<K>, Problem> {
        let after = self.query.one("cursor").map(|word| cursor::place(&self.question(), word)).transpose()?;
        let limit = self.query.whole("limit").map_or(50, |limit| limit as usize);
        Ok(Turn { after, limit, backwards })
    }

    /// The query that asks for what comes after a place.
    pub fn next(&self, place: &impl Serialize) -> String {
        cursor::word(&self.question(), place)
    }

    /// The address of the next page, from the root.
    pub fn next_address(&self, word: &str) -> String {
        let mut path = self.endpoint.path.to_owned();
        for (name, value) in &self.path {
            path = path.replace(&format!("{{{name}}}"), &encoded(value));
        }
        let rest = self.query.without(&["cursor"]);
        let and = if rest.is_empty() { "" } else { "&" };
        format!("{path}?{rest}{and}cursor={word}")
    }

    /// A page as JSON, with the cursor of the next one; or its rows as lines.
    ///
    /// # Errors
    /// When a row cannot be written.
    pub fn page<T: Serialize, K: Serialize>(&self, page: &Page<T, K>) -> Result<Reply, Problem> {
        let next = page.next.as_ref().map(|place| self.next(place));
        let lines: Result<Vec<String>, LedgerError> =
            page.rows.iter().map(verbale::ledger::list::line).collect();
        let lines = lines.map_err(|error| Problem::asking(&error))?;
        let reply = if self.format == Format::Json {
            let items: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
            let word = next.as_ref().map_or_else(|| "null".to_owned(), |word| format!("\"{word}\""));
            let body = format!("{{\"items\":[{}],\"next\":{word}}}\n", items.join(","));
            Reply::whole(Format::Json.media(), body.into_bytes())
        } else {
            Reply::whole(self.format.media(), lines.concat().into_bytes())
        };
        Ok(reply.followed_by(next.map(|word| self.next_address(&word))))
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// When it is none, or another than is read here.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        serde_json::from_slice(&self.body).map_err(|error| {
            Problem::new("bad-body", format!("the body is no JSON of the kind that is read here: {error}"))
        })
    }
}
