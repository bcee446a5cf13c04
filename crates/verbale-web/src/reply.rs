//! Replies: what a handler gives, and how it becomes a response.

use std::io::Write;

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, LINK, LOCATION, VARY};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;
use verbale::ledger::LedgerError;
use verbale::ledger::store::Ledger;

use crate::formats::Format;
use crate::problem::Problem;

/// Shorter answers are not worth compressing.
const SHORT: usize = 1024;

/// How hard gzip tries: most of what there is to win for a fraction of the time.
const LEVEL: Compression = Compression::new(4);

/// Writes rows to whoever reads them.
pub type Rows = Box<dyn FnOnce(&Ledger, &mut dyn Write) -> Result<(), LedgerError> + Send>;

/// What a handler gives.
pub struct Reply {
    /// What is said of it.
    pub head: Head,
    /// Its body.
    pub body: Content,
}

/// What is said of a reply.
#[derive(Debug, Clone)]
pub struct Head {
    /// The status.
    pub status: StatusCode,
    /// The media type.
    pub media: &'static str,
    /// The address of the next page.
    pub next: Option<String>,
    /// Where something new is.
    pub location: Option<String>,
    /// Its mark, where the same question may have the same answer again.
    pub tag: Option<String>,
    /// Whether it never changes under its address.
    pub immutable: bool,
    /// Whether it is sent with gzip.
    pub packed: bool,
}

/// The body of a reply.
pub enum Content {
    /// All of it.
    Whole(Vec<u8>),
    /// Rows that are written while they are read.
    Rows(Rows),
}

impl Reply {
    /// A body that is there.
    pub fn whole(media: &'static str, body: Vec<u8>) -> Self {
        Self { head: Head::new(media), body: Content::Whole(body) }
    }

    /// One JSON value.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn json(value: &impl Serialize) -> Result<Self, Problem> {
        let line = verbale::ledger::list::line(value).map_err(|error| Problem::asking(&error))?;
        Ok(Self::whole(Format::Json.media(), line.into_bytes()))
    }

    /// Rows that are written while they are read.
    pub fn rows(media: &'static str, rows: Rows) -> Self {
        Self { head: Head::new(media), body: Content::Rows(rows) }
    }

    /// The same with the address of the next page.
    #[must_use]
    pub fn followed_by(mut self, next: Option<String>) -> Self {
        self.head.next = next;
        self
    }

    /// The same as something that is new, and where it is.
    #[must_use]
    pub fn created(mut self, location: Option<String>) -> Self {
        self.head.status = StatusCode::CREATED;
        self.head.location = location;
        self
    }

    /// Sends a browser on to another address, which it asks for with `GET`.
    pub fn see(location: String) -> Self {
        let mut reply = Self::whole(Format::Html.media(), Vec::new());
        reply.head.status = StatusCode::SEE_OTHER;
        reply.head.location = Some(location);
        reply
    }

    /// The same as something that never changes under its address.
    #[must_use]
    pub fn immutable(mut self) -> Self {
        self.head.immutable = true;
        self
    }
}

impl Head {
    fn new(media: &'static str) -> Self {
        Self {
            status: StatusCode::OK,
            media,
            next: None,
            location: None,
            tag: None,
            immutable: false,
            packed: false,
        }
    }

    /// The response with this body.
    pub fn response(&self, body: Body) -> Response<Body> {
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.media));
        headers.insert(VARY, HeaderValue::from_static("accept, accept-encoding, authorization, cookie"));
        let kept = if self.immutable { "private, max-age=31536000, immutable" } else { "private, no-cache" };
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(kept));
        if self.packed {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        let mut say = |name: HeaderName, value: Option<String>| {
            if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
                headers.insert(name, value);
            }
        };
        say(ETAG, self.tag.clone());
        say(LINK, self.next.as_ref().map(|next| format!("<{next}>; rel=\"next\"")));
        say(LOCATION, self.location.clone());
        response
    }
}

/// A body with gzip, where that is worth it; whether it was.
pub fn pack(body: Vec<u8>) -> (Vec<u8>, bool) {
    if body.len() < SHORT {
        return (body, false);
    }
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 4), LEVEL);
    match encoder.write_all(&body).and_then(|()| encoder.finish()) {
        Ok(packed) => (packed, true),
        Err(_) => (body, false),
    }
}

/// Gives what `rows` writes to `out`, with gzip where it is wanted.
pub fn pour(rows: Rows, ledger: &Ledger, out: &mut dyn Write, packed: bool) -> Result<(), LedgerError> {
    if !packed {
        rows(ledger, out)?;
        return Ok(out.flush()?);
    }
    let mut encoder = GzEncoder::new(out, LEVEL);
    rows(ledger, &mut encoder)?;
    encoder.finish()?.flush()?;
    Ok(())
}
