//! Reviews: the log of what people ruled, and new rulings at its end.

use serde::Deserialize;
use serde_json::json;
use verbale::ledger::store::{Ledger, Page, Turn};
use verbale::ledger::{Entry, LedgerError, list};
use verbale::ruling::{By, Kept, Ruling, rule};

use super::listings::listed;
use crate::audit::now;
use crate::call::{Call, Endpoint, PAGING, Run, Takes};
use crate::formats::Format;
use crate::problem::Problem;
use crate::reply::Reply;

/// Longest name of a reviewer, in characters.
const NAME: usize = 200;
/// Longest reason, in characters.
const REASON: usize = 4000;
/// Corrections in one ruling.
const EDITS: usize = 50;

/// The endpoints of this file.
pub const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        path: "/v1/reviews",
        name: "reviews",
        about: "All that people ruled, in the order in which it came; undone reviews too",
        params: &[PAGING],
        takes: None,
        formats: Format::LISTING,
        gives: "Page:Review",
        run: Run::Read(reviews),
    },
    Endpoint {
        path: "/v1/reviews",
        name: "review",
        about: "Accepts, rejects, corrects, splits or joins events, or takes a review back; nothing is ever changed or taken away",
        params: &[],
        takes: Some(Takes {
            media: &["application/json"],
            schema: "Ruling",
            about: "What is ruled, by whom and why",
        }),
        formats: Format::JSON,
        gives: "Ruled",
        run: Run::Change(review),
    },
];

/// A ruling with who gives it.
#[derive(Deserialize)]
struct Body {
    /// Who.
    reviewer: String,
    /// Why.
    reason: Option<String>,
    /// What.
    #[serde(flatten)]
    ruling: serde_json::Map<String, serde_json::Value>,
}

fn reviews(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let read = |ledger: &Ledger, turn: &Turn<usize>| {
        let rows = ledger.reviews()?;
        let start = turn.after.unwrap_or(0).min(rows.len());
        let next = (rows.len() > start + turn.limit).then_some(start + turn.limit);
        Ok(Page { rows: rows.into_iter().skip(start).take(turn.limit).collect(), next })
    };
    listed(call, ledger, false, read, |out, format, rows| list::reviews(out, format, rows))
}

fn review(call: &Call) -> Result<Reply, Problem> {
    let Body { reviewer, reason, ruling } = call.read()?;
    let ruling: Ruling = serde_json::from_value(ruling.into()).map_err(|error| {
        Problem::new("bad-body", format!(
            "{error}; write {{\"action\": \"accept\" or \"reject\", \"event\": ID}}, or action edit with event and edits, \
             split with event and tellings, join with event and with, undo with review"
        ))
    })?;
    let by = By { reviewer, at: now(), reason };
    let (kept, entry) = keep(call, by, &ruling, "POST /v1/reviews")?;
    Ok(Reply::json(&json!({"reviews": kept, "event": entry}))?.created(None))
}

/// Keeps a ruling, and notes that it did; what was kept, and the event as it is then.
pub fn keep(
    call: &Call,
    mut by: By,
    ruling: &Ruling,
    asked: &str,
) -> Result<(Vec<Kept>, Option<Entry>), Problem> {
    let wrong = |what: String| Err(Problem::new("bad-body", what));
    by.reviewer = by.reviewer.trim().to_owned();
    if by.reviewer.is_empty() || by.reviewer.chars().count() > NAME {
        return wrong(format!("reviewer: say who you are, in {NAME} characters at most"));
    }
    if by.reason.as_ref().is_some_and(|reason| reason.chars().count() > REASON) {
        return wrong(format!("reason: write {REASON} characters at most"));
    }
    if matches!(ruling, Ruling::Edit { edits, .. } if edits.is_empty() || edits.len() > EDITS)
        || matches!(ruling, Ruling::Split { tellings, .. } if tellings.is_empty())
    {
        return wrong(format!("edits: from 1 to {EDITS} of the form FIELD=VALUE; tellings: 1 at least"));
    }
    let done = call.site.ledgers.write(call.stopper(), |ledger| {
        let kept = rule(ledger, &by, ruling)?;
        let entry = subject(ruling).map(|event| ledger.find_entry(event).and_then(|n| ledger.entry(n)));
        Ok((kept, entry.and_then(Result::ok)))
    });
    let (kept, entry): (Vec<_>, Option<Entry>) =
        done.map_err(|error: LedgerError| Problem::changing(&error))?;
    for one in &kept {
        call.site.audit.note(&by.at, &by.reviewer, asked, &format!("review {}: {}", one.review, one.what));
    }
    Ok((kept, entry))
}

/// The event that a ruling is about.
fn subject(ruling: &Ruling) -> Option<&str> {
    match ruling {
        Ruling::Accept { event }
        | Ruling::Reject { event }
        | Ruling::Edit { event, .. }
        | Ruling::Split { event, .. }
        | Ruling::Join { event, .. } => Some(event),
        Ruling::Undo { .. } => None,
    }
}
