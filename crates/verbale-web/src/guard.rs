//! Who may ask: the name the server goes by, where changes may come from, and the token.

use std::net::IpAddr;

use axum::http::header::{AUTHORIZATION, COOKIE, HOST, ORIGIN};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method};
use sha2::{Digest, Sha256};

use crate::cursor::hex;
use crate::problem::Problem;

/// The cookie that carries the token for a browser.
const CRUMB: &str = "verbale_token";

/// What every answer says to browsers: nothing of others is loaded, nothing stands inside a page, nobody frames it.
const HEADERS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
];

/// Checks each request before anything else is done.
#[derive(Debug, Default)]
pub struct Guard {
    /// Names that the server goes by beside `localhost` and addresses.
    names: Vec<String>,
    /// Hash of the token, where one is needed.
    token: Option<[u8; 32]>,
}

/// A token that nobody can guess, in 64 hexadecimal digits.
///
/// # Errors
/// When the system has no random numbers.
pub fn new_token() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(hex(&bytes))
}

impl Guard {
    /// Answers to these names, and to whoever has the token, where there is one.
    pub fn new(names: Vec<String>, token: Option<&str>) -> Self {
        let names = names.into_iter().map(|name| name.to_ascii_lowercase()).collect();
        Self { names, token: token.map(digest) }
    }

    /// Lets a request through, or says why not.
    ///
    /// # Errors
    /// For names of others, changes from other sites, and requests without the token.
    pub fn check(&self, parts: &Parts) -> Result<(), Problem> {
        self.check_host(parts)?;
        if !matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS) {
            check_origin(&parts.headers)?;
        }
        match &self.token {
            Some(token) if !has_token(&parts.headers, token) => Err(Problem::new(
                "no-token",
                "send the token that the server printed at its start, as `Authorization: Bearer TOKEN`, or open \
                 /?token=TOKEN in a browser",
            )),
            _ => Ok(()),
        }
    }

    /// A site that lets its own name point here must not read anything: only names of ours are answered to.
    fn check_host(&self, parts: &Parts) -> Result<(), Problem> {
        let mut hosts = parts.headers.get_all(HOST).iter();
        let told = hosts.next().and_then(|host| host.to_str().ok());
        let wrong = || {
            let host = told.unwrap_or_default();
            Problem::new(
                "bad-host",
                format!(
                    "the request is for '{host}': ask for localhost or the address, or start with --host NAME"
                ),
            )
        };
        let one = told.filter(|_| hosts.next().is_none()).ok_or_else(wrong)?;
        let is_ours = |host: &str| {
            let name = bare(host).to_ascii_lowercase();
            name == "localhost"
                || name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok()
                || self.names.contains(&name)
        };
        let also = parts.uri.authority().is_none_or(|authority| is_ours(authority.as_str()));
        if is_ours(one) && also { Ok(()) } else { Err(wrong()) }
    }

    /// Whether a browser shows the token in the address, to be kept as a cookie.
    pub fn is_shown(&self, parts: &Parts) -> Option<HeaderValue> {
        let token = self.token.as_ref()?;
        let query = parts.uri.query()?;
        let (_, shown) = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "token")?;
        if parts.method != Method::GET || self.check_host(parts).is_err() || !same(&digest(&shown), token) {
            return None;
        }
        HeaderValue::from_str(&format!("{CRUMB}={shown}; HttpOnly; SameSite=Strict; Path=/")).ok()
    }
}

/// Changes come from the server's own pages, or from programs, which send no origin.
fn check_origin(headers: &HeaderMap) -> Result<(), Problem> {
    let told = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let site = told("sec-fetch-site");
    let foreign = site.is_some_and(|site| !matches!(site, "same-origin" | "none"));
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let own = headers.get(ORIGIN).is_none_or(|origin| {
        origin.to_str().ok().and_then(|origin| origin.split_once("://")).is_some_and(|(scheme, from)| {
            matches!(scheme, "http" | "https") && from.eq_ignore_ascii_case(host)
        })
    });
    if own && !foreign {
        return Ok(());
    }
    let from = told("origin").unwrap_or("another site");
    Err(Problem::new("bad-origin", format!("the request comes from {from}; make it from {host} itself")))
}

fn has_token(headers: &HeaderMap, token: &[u8; 32]) -> bool {
    let bearer = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
    });
    let crumbs = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let crumb = crumbs
        .flat_map(|value| value.split(';'))
        .find_map(|crumb| crumb.trim().strip_prefix(CRUMB)?.strip_prefix('='));
    bearer.into_iter().chain(crumb).any(|shown| same(&digest(shown), token))
}

fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Compares in the same time whatever differs.
fn same(one: &[u8; 32], other: &[u8; 32]) -> bool {
    let differing = one.iter().zip(other).fold(0, |all, (a, b)| all | (a ^ b));
    std::hint::black_box(differing) == 0
}

/// A host without its port.
fn bare(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) && !name.ends_with(':') => {
            name
        }
        _ => host,
    }
}

/// Says to browsers what they may do with an answer.
pub fn dress(headers: &mut HeaderMap) {
    for (name, value) in HEADERS {
        headers.insert(*name, HeaderValue::from_static(value));
    }
}
