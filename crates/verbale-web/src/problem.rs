//! Problems: every refusal as `application/problem+json` (RFC 9457), with what is wrong and what to do.

use axum::body::Body;
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, Response, StatusCode};
use serde_json::json;
use verbale::ledger::LedgerError;

/// What kinds of problems there are: name, status and title.
pub const PROBLEMS: &[(&str, u16, &str)] = &[
    ("bad-query", 400, "A parameter cannot be used"),
    ("bad-body", 400, "The body cannot be read"),
    ("bad-host", 400, "This server does not go by that name"),
    ("no-token", 401, "A token is needed"),
    ("bad-origin", 403, "Another site must not change anything here"),
    ("read-only", 403, "This server only reads"),
    ("not-found", 404, "There is no such thing"),
    ("no-such-method", 405, "This cannot be done here"),
    ("not-acceptable", 406, "There is no such format of it"),
    ("too-slow", 503, "It took too long"),
    ("too-large", 413, "The body is too large"),
    ("no-such-media", 415, "Bodies of this kind are not read"),
    ("refused", 422, "The ledger refuses"),
    ("busy", 503, "Others are at work"),
    ("failed", 500, "verbale failed"),
];

/// A request that is not answered as it was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    kind: &'static str,
    detail: String,
    allow: Option<String>,
}

impl Problem {
    /// A problem of a kind of [`PROBLEMS`], with what is wrong and what to do.
    pub fn new(kind: &'static str, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), allow: None }
    }

    /// A parameter or path that cannot be used.
    pub fn query(detail: impl Into<String>) -> Self {
        Self::new("bad-query", detail)
    }

    /// Something that is not there.
    pub fn missing(detail: impl Into<String>) -> Self {
        Self::new("not-found", detail)
    }

    /// A method that a path does not have; it has these.
    pub fn method(method: &str, allowed: &str) -> Self {
        let detail = format!("{method} does nothing here: use {allowed}");
        Self { allow: Some(allowed.to_owned()), ..Self::new("no-such-method", detail) }
    }

    /// A mistake of ours; what exactly went wrong is for whoever runs the server.
    pub fn failed() -> Self {
        Self::new(
            "failed",
            "this is a mistake in verbale, or its ledger is damaged; the server's log says more",
        )
    }

    /// What a ledger could not do when something was asked.
    pub fn asking(error: &LedgerError) -> Self {
        Self::of(error, "bad-query")
    }

    /// What a ledger could not do when it was to be changed.
    pub fn changing(error: &LedgerError) -> Self {
        Self::of(error, "refused")
    }

    fn of(error: &LedgerError, asked: &'static str) -> Self {
        match error {
            LedgerError::Asked(message) => Self::new(asked, over_http(message)),
            error if error.is_busy() => {
                Self::new("busy", "another program writes to the ledger; try again in a few seconds")
            }
            error if error.is_stopped() => Self::slow(),
            error => {
                crate::audit::log(&format!("verbale: {error}"));
                Self::failed()
            }
        }
    }

    /// An answer that was not there in time.
    pub fn slow() -> Self {
        Self::new(
            "too-slow",
            "there was no answer in time; ask for less: a shorter window, one country, a smaller body",
        )
    }

    fn about(&self) -> (StatusCode, &'static str) {
        let found = PROBLEMS.iter().find(|(kind, ..)| *kind == self.kind);
        let (status, title) = found.map_or((500, "verbale failed"), |(_, status, title)| (*status, *title));
        (StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), title)
    }

    /// What is wrong in general, and in particular.
    pub fn said(&self) -> (&'static str, &str) {
        (self.about().1, &self.detail)
    }

    /// The response.
    pub fn response(&self) -> Response<Body> {
        let (status, title) = self.about();
        let body = json!({"type": format!("/problems#{}", self.kind), "title": title, "status": status.as_u16(),
            "detail": self.detail});
        let mut response = Response::new(Body::from(body.to_string()));
        *response.status_mut() = status;
        // For the page that a browser is shown instead.
        response.extensions_mut().insert(self.clone());
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(allow) = self.allow.as_ref().and_then(|allow| HeaderValue::from_str(allow).ok()) {
            headers.insert(ALLOW, allow);
        }
        if matches!(self.kind, "busy" | "too-slow") {
            headers.insert(RETRY_AFTER, HeaderValue::from_static("5"));
        }
        if self.kind == "no-token" {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"verbale\""));
        }
        response
    }
}

/// Messages speak of commands and their options; here the same goes by other names.
fn over_http(message: &str) -> String {
    const WORDS: &[(&str, &str)] = &[
        ("`verbale events`", "/v1/events"),
        ("`verbale documents`", "/v1/documents"),
        ("`verbale runs`", "/v1/runs"),
        ("`verbale review export`", "/v1/reviews"),
        ("`verbale import list`", "/v1/imports"),
        ("--between ", "between="),
        ("after --between", "in between="),
        ("--from", "from="),
        ("--baseline others", "baseline=others"),
        ("--baseline", "baseline"),
        ("--families", "families"),
        ("--panel", "panel"),
        ("--outlet", "outlet="),
        ("--source ", "source="),
        ("list events", "ask for /v1/events"),
    ];
    WORDS.iter().fold(message.to_owned(), |text, (cli, http)| text.replace(cli, http))
}
