//! What readers ask for: every page and the answers of the API, about states as often as they are told of.

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use super::client::Client;
use crate::draw::{Draw, Weighted};

/// Pages, each asked as often as any other. `S` stands for a state, `T` for another one, `P` for two of the states that
/// most is told of, `E` for an event, `D` for a document.
const PAGES: &[(&str, &str)] = &[
    ("home", "/"),
    ("balance page", "/balance?state=S&between=P"),
    ("balance page with curve", "/balance?state=S&between=P&curve=true"),
    ("powers page", "/balance?state=S"),
    ("evidence page", "/evidence?state=S&between=P"),
    ("compare page", "/compare?states=S,T&between=P"),
    ("events page", "/events"),
    ("events of a pair page", "/events?country=S&partner=T"),
    ("event page", "/events/E"),
    ("claims page", "/claims"),
    ("documents page", "/documents"),
    ("document page", "/documents/D"),
    ("entities page", "/entities"),
    ("coverage page", "/coverage"),
    ("runs page", "/runs"),
    ("review page", "/review"),
    ("balance", "/v1/balance?state=S&between=P"),
    ("curve", "/v1/curve?state=S&between=P"),
    ("trend", "/v1/trend?state=S&between=P"),
    ("topics", "/v1/topics?state=S&between=P"),
    ("network", "/v1/network?state=S"),
    ("compare", "/v1/compare?states=S,T&between=P"),
    ("unknown state", "/v1/balance?state=XQX&between=P"),
    ("events", "/v1/events?country=S"),
    ("event", "/v1/events/E"),
    ("coverage", "/v1/coverage"),
];

/// How often something is asked that is answered too late, and the status of that.
const TRIES: usize = 20;
const LATE: u16 = 503;

/// The states among which powers are, by how much is told of them.
const POWERS: usize = 8;

/// What is needed to ask.
pub struct Asking<'s> {
    /// Events of the ledger.
    pub events: usize,
    states: &'s Weighted<String>,
    ids: [Vec<String>; 2],
}

impl<'s> Asking<'s> {
    /// Looks up the newest events and documents.
    pub fn new(client: &mut Client, states: &'s Weighted<String>) -> Result<Self> {
        // The server looks the ledger through when it starts; until then some answers come too late.
        let mut asked = |path: &str| -> Result<Value> {
            for _ in 0..TRIES {
                let answer = client.plain(path)?;
                if answer.status != LATE {
                    return Ok(serde_json::from_slice(&answer.body)?);
                }
            }
            bail!("{path} is not answered")
        };
        let mut ids = |path: &str, key: &str| -> Result<Vec<String>> {
            let page = asked(path)?;
            let items = page["items"].as_array().with_context(|| format!("{path} has no items"))?;
            Ok(items.iter().filter_map(|item| item[key].as_str().map(str::to_owned)).collect())
        };
        let ids = [ids("/v1/events?limit=500", "id")?, ids("/v1/documents?limit=500", "document")?];
        let events = asked("/v1/coverage")?["events"].as_u64().context("coverage says how many events")?;
        Ok(Self { events: events as usize, states, ids })
    }

    /// A page and its address.
    pub fn one(&self, draw: &mut Draw) -> (&'static str, String) {
        let (page, pattern) = draw.one(PAGES);
        let state = self.states.one(draw).clone();
        let mut others = |of: usize| {
            let others: Vec<&String> =
                self.states.all().iter().take(of).filter(|code| **code != state).collect();
            (*draw.one::<&String>(&others)).clone()
        };
        let (other, one) = (others(usize::MAX), others(POWERS));
        let mut two = others(POWERS);
        while two == one {
            two = others(POWERS);
        }
        let [event, document] = [0, 1].map(|of| draw.one::<String>(&self.ids[of]).clone());
        let path = pattern
            .replace("=S", &format!("={state}"))
            .replace("=T", &format!("={other}"))
            .replace(",T", &format!(",{other}"))
            .replace("=P", &format!("={one},{two}"))
            .replace("/E", &format!("/{event}"))
            .replace("/D", &format!("/{document}"));
        (page, path)
    }
}
