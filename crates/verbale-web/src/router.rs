//! From a request to a call: the guard, the endpoint, its parameters and its body.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody as _, to_bytes};
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request};
use axum::http::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, IF_NONE_MATCH, LOCATION, SET_COOKIE,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode};
use axum::routing::any;
use tokio::time::timeout;

use crate::api::endpoints;
use crate::call::{Call, Endpoint, Run};
use crate::formats::{Format, takes_gzip};
use crate::guard::dress;
use crate::problem::Problem;
use crate::query::Given;
use crate::site::Site;
use crate::upload::{self, Sent};
use crate::work::{Client, work};

/// All endpoints of a site.
pub fn router(site: &Arc<Site>) -> Router {
    let mut by_path: BTreeMap<&'static str, Vec<&'static Endpoint>> = BTreeMap::new();
    for endpoint in endpoints() {
        by_path.entry(endpoint.path).or_default().push(endpoint);
    }
    let mut router = Router::new();
    for (path, endpoints) in by_path {
        let (site, endpoints): (_, Arc<[_]>) = (site.clone(), endpoints.into());
        router = router.route(
            path,
            any(move |params: Result<RawPathParams, RawPathParamsRejection>, request: Request| {
                let named = |params: RawPathParams| {
                    params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
                };
                respond(site.clone(), endpoints.clone(), params.ok().map(named), request)
            }),
        );
    }
    let site = site.clone();
    router
        .fallback(move |request: Request| respond(site.clone(), Arc::new([]), Some(BTreeMap::new()), request))
}

/// Answers one request, whatever it is.
async fn respond(
    site: Arc<Site>,
    endpoints: Arc<[&'static Endpoint]>,
    path: Option<BTreeMap<String, String>>,
    request: Request,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let is_head = parts.method == Method::HEAD;
    // Browsers ask for pages, programs do not.
    let is_page = text(&parts.headers, &ACCEPT).is_some_and(|accept| accept.contains("text/html"));
    let mut response = match site.guard.is_shown(&parts) {
        Some(crumb) => keep(&parts, crumb),
        None => match prepare(site, &endpoints, path, &parts, body).await {
            Ok((call, client)) => work(call, client).await,
            Err(problem) => problem.response(),
        },
    };
    if is_page && let Some(problem) = response.extensions_mut().remove::<Problem>() {
        let body = crate::pages::wrong(&problem);
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(Format::Html.media()));
        *response.body_mut() = Body::from(body);
    }
    dress(response.headers_mut());
    if is_head {
        let length = response.body().size_hint().exact();
        *response.body_mut() = Body::empty();
        if let Some(length) = length {
            response.headers_mut().insert(CONTENT_LENGTH, length.into());
        }
    }
    response
}

/// Everything that is checked before work begins.
async fn prepare(
    site: Arc<Site>,
    endpoints: &[&'static Endpoint],
    path: Option<BTreeMap<String, String>>,
    parts: &Parts,
    body: Body,
) -> Result<(Call, Client), Problem> {
    site.guard.check(parts)?;
    let method = if parts.method == Method::HEAD { "GET" } else { parts.method.as_str() };
    if endpoints.is_empty() {
        let asked = parts.uri.path();
        return Err(Problem::missing(format!("there is nothing at {asked}; /v1 lists what there is")));
    }
    let Some(endpoint) = endpoints.iter().copied().find(|one| one.method() == method) else {
        let mut allowed: Vec<&str> = endpoints.iter().map(|one| one.method()).collect();
        if allowed.contains(&"GET") {
            allowed.push("HEAD");
        }
        return Err(Problem::method(parts.method.as_str(), &allowed.join(", ")));
    };
    if matches!(endpoint.run, Run::Change(_)) && site.ledgers.read_only() {
        return Err(Problem::new(
            "read-only",
            "the server was started with --read-only: nothing can be changed here",
        ));
    }
    let path = path.ok_or_else(|| Problem::query("the path is no UTF-8: write it anew, percent-encoded"))?;
    let query = Given::read(parts.uri.query().unwrap_or_default(), &endpoint.params())?;
    // A page is sent whatever a browser says it likes: a style sheet is asked for as `text/css`.
    let accept = text(&parts.headers, &ACCEPT).filter(|_| endpoint.formats != Format::HTML);
    let format = Format::choose(endpoint.formats, query.one("format"), accept)?;
    let media = media(&parts.headers);
    let body = match endpoint.takes {
        Some(takes) => {
            let said = media.as_deref().unwrap_or_default();
            if !takes.media.is_empty() && !takes.media.contains(&said) {
                return Err(Problem::new(
                    "no-such-media",
                    format!("Content-Type: '{said}': send {}", takes.media.join(", ")),
                ));
            }
            take(&site, endpoint, &parts.headers, body).await?
        }
        None => Bytes::new(),
    };
    let (body, sent) = match text(&parts.headers, &CONTENT_TYPE) {
        Some(said) if media.as_deref() == Some(upload::MEDIA) && !is_as_it_is(endpoint) => {
            (Bytes::new(), Sent::read(said, body).await?)
        }
        _ => (body, Sent::default()),
    };
    let client = Client {
        has: text(&parts.headers, &IF_NONE_MATCH).map(str::to_owned),
        gzip: takes_gzip(text(&parts.headers, &ACCEPT_ENCODING)),
    };
    let stop = Arc::new(AtomicBool::new(false));
    Ok((Call { site, endpoint, path, query, format, media, body, sent, stop }, client))
}

/// Whether a body of any kind is taken as it is.
fn is_as_it_is(endpoint: &Endpoint) -> bool {
    endpoint.takes.is_none_or(|takes| takes.media.is_empty())
}

/// The body, within its size and time.
async fn take(site: &Site, endpoint: &Endpoint, headers: &HeaderMap, body: Body) -> Result<Bytes, Problem> {
    let most = if endpoint.path == crate::api::IMPORTS { site.limits.import } else { site.limits.body };
    let large =
        || Problem::new("too-large", format!("a body here has {} MB at most; send it in parts", most >> 20));
    let told = text(headers, &CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
    if told.is_some_and(|told| told > most as u64) {
        return Err(large());
    }
    match timeout(site.limits.arriving, to_bytes(body, most)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) if is_length(&error) => Err(large()),
        Ok(Err(_)) => Err(Problem::new("bad-body", "the body broke off before its end; send it again")),
        Err(_) => Err(Problem::new("too-slow", "the body did not arrive in time; send it in parts")),
    }
}

fn is_length(error: &axum::Error) -> bool {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = source {
        if error.to_string().contains("length limit") {
            return true;
        }
        source = error.source();
    }
    false
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The media type of a body, in lower case without parameters.
fn media(headers: &HeaderMap) -> Option<String> {
    let said = text(headers, &CONTENT_TYPE)?.split(';').next()?.trim().to_ascii_lowercase();
    (!said.is_empty()).then_some(said)
}

/// A browser that shows the token keeps it as a cookie, and goes on without it in the address.
fn keep(parts: &Parts, crumb: HeaderValue) -> Response<Body> {
    let mut rest = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()) {
        if name != "token" {
            rest.append_pair(&name, &value);
        }
    }
    // A path of two slashes would be another host.
    let path = format!("/{}", parts.uri.path().trim_start_matches(['/', '\\']));
    let rest = rest.finish();
    let address = if rest.is_empty() { path } else { format!("{path}?{rest}") };
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    response.headers_mut().insert(SET_COOKIE, crumb);
    if let Ok(address) = HeaderValue::from_str(&address) {
        response.headers_mut().insert(LOCATION, address);
    }
    response
}
