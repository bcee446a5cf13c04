//! The evidence of a balance: each event that counts with its sentences, and each that does not with the reason.

use serde::Serialize;
use verbale::inquiry::Reading;
use verbale::ledger::Entry;
use verbale::ledger::store::{Ledger, Page};
use verbale::measure::{LeftOut, count};

use super::listings::entry;
use super::measures::{BETWEEN, COUNTING, STATE, inquiry};
use crate::call::{Call, Endpoint, PAGING, Run};
use crate::formats::Format;
use crate::problem::Problem;
use crate::query::{Kind, Param, param};
use crate::reply::Reply;

const WHICH: &[Param] = &[
    param("partner", Kind::Text, "Code of one of the powers: only what counts with it"),
    param("counted", Kind::Flag, "true: what counts; false: what does not; both where it is left out"),
];

/// The endpoints of this file.
pub const ENDPOINTS: &[Endpoint] = &[Endpoint {
    path: "/v1/evidence",
    name: "evidence",
    about: "The events behind a balance with their sentences: what counts, with whom, and what does not, and why",
    params: &[STATE, BETWEEN, COUNTING, WHICH, PAGING],
    takes: None,
    formats: Format::LINES,
    gives: "Page:Evidence",
    run: Run::Read(evidence),
}];

/// One event behind a figure.
#[derive(Serialize)]
struct Evidence {
    /// Its id.
    id: String,
    /// Whether it counts.
    counted: bool,
    /// With whom it counts; where it does not, nobody.
    with: Vec<String>,
    /// What it weighs, where it counts.
    weight: Option<f64>,
    /// Why it does not count.
    reason: Option<LeftOut>,
    /// The event with its sentences; nothing for the codings of others, which have none.
    event: Option<Entry>,
}

fn evidence(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let inquiry = inquiry(call, ledger, Reading::default())?;
    let question = inquiry.question();
    let counted = count(inquiry.events(), &question);
    let id = |at: usize| inquiry.events()[at].id.clone();
    let partner = call.query.one("partner").map(str::to_uppercase);
    if let Some(partner) = partner.as_ref().filter(|partner| !question.partners.contains(partner)) {
        return Err(Problem::query(format!(
            "partner: '{partner}' is none of {}",
            question.partners.join(", ")
        )));
    }
    let mut found: Vec<Evidence> = Vec::new();
    for event in &counted.events {
        let with: Vec<String> = question
            .partners
            .iter()
            .zip(&event.n)
            .filter(|(_, n)| **n > 0.0)
            .map(|(code, _)| code.clone())
            .collect();
        if partner.as_ref().is_none_or(|partner| with.contains(partner)) {
            found.push(Evidence {
                id: id(event.at),
                counted: true,
                with,
                weight: Some(event.weight),
                reason: None,
                event: None,
            });
        }
    }
    for (reason, places) in &counted.left_out {
        let takes_part = |at: &&usize| {
            partner.as_ref().is_none_or(|partner| inquiry.events()[**at].side(partner).is_some())
        };
        found.extend(places.iter().filter(takes_part).map(|at| Evidence {
            id: id(*at),
            counted: false,
            with: Vec::new(),
            weight: None,
            reason: Some(*reason),
            event: None,
        }));
    }
    match call.query.one("counted") {
        Some("true") => found.retain(|one| one.counted),
        Some(_) => found.retain(|one| !one.counted),
        None => {}
    }
    let turn = call.turn::<String>(false)?;
    // By the event before, and not by a number: others may come in meanwhile.
    let start = match &turn.after {
        None => 0,
        Some(after) => found.iter().position(|one| one.id == *after).map_or(found.len(), |at| at + 1),
    };
    let more = found.len() > start + turn.limit;
    let mut rows: Vec<Evidence> = found.into_iter().skip(start).take(turn.limit).collect();
    if inquiry.source == verbale::question::Source::Own {
        for row in &mut rows {
            row.event = Some(entry(ledger, &row.id)?);
        }
    }
    let next = rows.last().filter(|_| more).map(|last| last.id.clone());
    call.page(&Page { rows, next })
}
