//! Reports behind addresses: fetched only for whoever asked for it, and only from the public internet.
//!
//! ```text
//! address ──admit──▶ Url ──robots──▶ pause ──ask──▶ Answer ──read──▶ Fetched
//!    ▲                            (look up, check, connect)  │
//!    └──────────────── redirect ─────────────────────────────┘
//! ```
//! Every address is treated as hostile, that of a redirect too. Reasons stand in `docs/design/0007-fetching.md`.

mod address;
mod connect;
mod exchange;
mod ranges;
mod robots;
#[cfg(test)]
mod server;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use ureq::Agent;
use url::Url;

pub use address::is_address;
use connect::{Checked, SystemNames};
use exchange::{Answer, ask};
use robots::Robots;

use crate::ingest::Refused;

/// Media types that a report comes in.
const READ: &[&str] = &[
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "text/xml",
    "application/xml",
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/json",
    "application/feed+json",
    "application/pdf",
];

/// What one address may cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Ports that are asked.
    pub ports: Vec<u16>,
    /// Bytes of a body as it is sent.
    pub wire_bytes: usize,
    /// Bytes of a body unpacked.
    pub bytes: usize,
    /// Bytes of an answer's headers.
    pub header_bytes: usize,
    /// Redirects that are followed.
    pub redirects: usize,
    /// Time for everything: redirects, `robots.txt` and the last byte, but not the pauses.
    pub total: Duration,
    /// Time until a connection stands, and again until the headers are there.
    pub first_byte: Duration,
    /// Pause between two pages of one host, where its `robots.txt` asks for none that is longer.
    pub pause: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            ports: vec![80, 443],
            wire_bytes: 32 << 20,
            bytes: 64 << 20,
            header_bytes: 64 << 10,
            redirects: 5,
            total: Duration::from_mins(1),
            first_byte: Duration::from_secs(20),
            pause: Duration::from_secs(1),
        }
    }
}

/// Fetches one address after another, and remembers for a run what hosts ask for.
pub struct Guard {
    limits: Limits,
    agent: Agent,
    /// Rules by scheme, host and port.
    robots: BTreeMap<String, Robots>,
    /// When a host was last asked for a page.
    asked: BTreeMap<String, Instant>,
}

/// What was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The address that answered, in one spelling.
    pub url: String,
    /// The address as it was given.
    pub asked: String,
    /// Media type in lower case without parameters, if the server states one.
    pub content_type: Option<String>,
    /// Encoding of characters that the server states, in lower case.
    pub charset: Option<String>,
    /// The body, unpacked.
    pub bytes: Vec<u8>,
    /// Where redirects led, in order; the last is `url`.
    pub redirects: Vec<String>,
}

impl Guard {
    /// A guard that asks the public internet, within these limits. Whoever makes one has been told to use the
    /// network (`--allow-net`).
    pub fn new(limits: Limits) -> Self {
        Self::with(limits, Checked::new(SystemNames))
    }

    fn with(limits: Limits, names: Checked) -> Self {
        let agent = connect::agent(&limits, names);
        Self { limits, agent, robots: BTreeMap::new(), asked: BTreeMap::new() }
    }
}

/// Fetches the page, feed or file behind an address.
///
/// # Errors
/// [`Refused`] with the address and the reason: it must not be asked, leads where nothing is fetched from, asks
/// to be left alone, is no report, or exceeds a limit.
pub fn fetch(guard: &mut Guard, asked: &str) -> Result<Fetched, Refused> {
    let refuse = |reason| Refused { input: address::shown(asked), reason };
    let mut url = address::parse(asked, &guard.limits.ports).map_err(refuse)?;
    let mut deadline = Instant::now() + guard.limits.total;
    let mut redirects: Vec<String> = Vec::new();
    loop {
        let step = guard.step(&url, &mut deadline).map_err(|reason| match redirects.last() {
            Some(there) => refuse(format!("it redirects to {there}: {reason}")),
            None => refuse(reason),
        })?;
        let answer = match step {
            Step::Page(answer) => *answer,
            Step::Redirect(next) => {
                if redirects.len() == guard.limits.redirects {
                    let reason =
                        format!("it redirects more than {} times; give the last address", redirects.len());
                    return Err(refuse(reason));
                }
                redirects.push(next.to_string());
                url = next;
                continue;
            }
        };
        let (content_type, charset) = (answer.content_type.clone(), answer.charset.clone());
        let bytes = answer.bytes(&guard.limits).map_err(refuse)?;
        return Ok(Fetched {
            url: url.into(),
            asked: asked.to_owned(),
            content_type,
            charset,
            bytes,
            redirects,
        });
    }
}

/// What one question led to.
enum Step {
    Page(Box<Answer>),
    Redirect(Url),
}

impl Guard {
    /// Asks one host for one page, if it may be asked.
    fn step(&mut self, url: &Url, deadline: &mut Instant) -> Result<Step, String> {
        let robots = self.robots(url, *deadline)?;
        robots.admit(&url[url::Position::BeforePath..url::Position::AfterQuery])?;
        let pause = robots.delay.max(self.limits.pause);
        *deadline += self.wait(url, pause);
        let answer = ask(&self.agent, &self.limits, url, *deadline).map_err(|failure| failure.reason)?;
        match (answer.status, &answer.location) {
            (301 | 302 | 303 | 307 | 308, Some(location)) => {
                address::next(url, location, &self.limits.ports).map(Step::Redirect)
            }
            (200 | 203, _) => {
                let media = answer.content_type.as_deref();
                match media.filter(|media| !READ.contains(media)) {
                    Some(media) => Err(format!(
                        "it is {media:?}, and only HTML, plain text, XML, feeds, JSON and PDF are fetched"
                    )),
                    None => Ok(Step::Page(Box::new(answer))),
                }
            }
            (status, _) => Err(format!("the server answers {status}; check the address, or try again later")),
        }
    }

    /// Waits until a host may be asked again; how long that was.
    fn wait(&mut self, url: &Url, pause: Duration) -> Duration {
        let host = url.host_str().unwrap_or_default().to_owned();
        let now = Instant::now();
        let rest = match self.asked.get(&host) {
            Some(last) => pause.saturating_sub(now.saturating_duration_since(*last)),
            None => Duration::ZERO,
        };
        std::thread::sleep(rest);
        self.asked.insert(host, now + rest);
        rest
    }

    /// What a host asks for, fetched once in a run.
    fn robots(&mut self, url: &Url, deadline: Instant) -> Result<Robots, String> {
        let origin = url.origin().ascii_serialization();
        if let Some(known) = self.robots.get(&origin) {
            return Ok(known.clone());
        }
        let robots = self.fetch_robots(url, deadline)?;
        self.robots.insert(origin, robots.clone());
        Ok(robots)
    }

    /// RFC 9309 section 2.3.1: a file that is not there forbids nothing, one that cannot be had everything.
    ///
    /// # Errors
    /// The reason when the host itself is not to be asked.
    fn fetch_robots(&self, url: &Url, deadline: Instant) -> Result<Robots, String> {
        let mut at = url.join("/robots.txt").map_err(|error| error.to_string())?;
        for redirects in 0..=self.limits.redirects {
            let answer = match ask(&self.agent, &self.limits, &at, deadline) {
                Ok(answer) => answer,
                Err(failure) if failure.barred && redirects == 0 => return Err(failure.reason),
                Err(failure) => return Ok(Robots::closed(&failure.reason)),
            };
            match (answer.status, &answer.location) {
                (200..=299, _) => {
                    return Ok(match answer.beginning(robots::LONGEST, &self.limits) {
                        Ok(bytes) => Robots::parse(&String::from_utf8_lossy(&bytes)),
                        Err(reason) => Robots::closed(&reason),
                    });
                }
                (300..=399, Some(location)) => match address::next(&at, location, &self.limits.ports) {
                    Ok(next) => at = next,
                    Err(reason) => return Ok(Robots::closed(&reason)),
                },
                (400..=499, _) => return Ok(Robots::open()),
                (status, _) => return Ok(Robots::closed(&format!("the server answers {status}"))),
            }
        }
        Ok(Robots::closed("it redirects too often"))
    }
}
