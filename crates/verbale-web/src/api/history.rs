//! What was done to a ledger: runs, what changed between two of them, and what its documents cover.

use verbale::difference::{Between, Difference};
use verbale::ledger::store::{Ledger, Turn};
use verbale::ledger::{LedgerError, list};
use verbale::measure::Rules;
use verbale::question;

use super::listings::{listed, turned};
use crate::call::{Call, Endpoint, PAGING, Run};
use crate::formats::Format;
use crate::problem::Problem;
use crate::query::{Kind, Param, needed, param};
use crate::reply::Reply;

const RUNS: &[Param] = &[
    needed("before", Kind::Whole(1, u32::MAX), "The earlier run"),
    needed("after", Kind::Whole(1, u32::MAX), "The later run"),
    param("state", Kind::Text, "And what it does to a balance: whose policy"),
    param("between", Kind::List, "Between which two powers"),
    param("rules", Kind::Text, "How events count"),
];

/// The endpoints of this file.
pub const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        path: "/v1/runs",
        name: "runs",
        about: "What was done when, and with which versions",
        params: &[PAGING],
        takes: None,
        formats: Format::LISTING,
        gives: "Page:Run",
        run: Run::Read(runs),
    },
    Endpoint {
        path: "/v1/diff",
        name: "diff",
        about: "What a run reads otherwise than another, field by field, and what that does to a balance",
        params: &[RUNS],
        takes: None,
        formats: Format::JSON,
        gives: "Diff",
        run: Run::Read(changed),
    },
    Endpoint {
        path: "/v1/coverage",
        name: "coverage",
        about: "Documents by outlet and month; in JSON also the inputs that could not be read",
        params: &[],
        takes: None,
        formats: Format::LISTING,
        gives: "Coverage",
        run: Run::Read(coverage),
    },
];

fn asked<T>(result: Result<T, LedgerError>) -> Result<T, Problem> {
    result.map_err(|error| Problem::asking(&error))
}

fn runs(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let read = |ledger: &Ledger, turn: &Turn<i64>| Ok(turned(ledger.runs()?, turn, |one| one.run));
    listed(call, ledger, false, read, |out, format, rows| list::runs(out, format, rows))
}

fn coverage(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let found = asked(call.site.kept.coverage(ledger))?;
    let Format::Rows(format) = call.format else { return Reply::json(&found) };
    let mut body = Vec::new();
    asked(list::coverage(&mut body, format, found.months.into_iter().map(Ok)))?;
    Ok(Reply::whole(call.format.media(), body))
}

fn changed(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    Reply::json(&difference(call, ledger)?)
}

/// What a run reads otherwise than another, and what that does to a balance.
pub fn difference(call: &Call, ledger: &Ledger) -> Result<Difference, Problem> {
    let run = |name| call.query.whole(name).map_or(0, i64::from);
    let (before, after) = (run("before"), run("after"));
    let missing = |error: LedgerError| match error {
        LedgerError::Asked(_) => {
            Problem::missing(format!("there is no run {before}, or none {after}; /v1/runs lists them"))
        }
        other => Problem::asking(&other),
    };
    let rules = Rules::named(call.query.one("rules").unwrap_or("officials"))
        .map_err(|message| Problem::query(format!("rules: {message}")))?;
    let between = call.query.one("state").map(|state| between(call, state)).transpose()?;
    let balance = between.as_ref().map(|between| (between, &rules));
    Difference::new(ledger, [before, after], balance).map_err(missing)
}

/// The balance that is asked about.
pub fn between(call: &Call, state: &str) -> Result<Between, Problem> {
    let code = |word: &str| question::state(&call.site.world.knowledge, word).code;
    let partners: Vec<String> = call.query.list("between").iter().map(|word| code(word)).collect();
    let partners = partners.try_into().map_err(|_| {
        Problem::query("between: name the two powers that the balance lies between, as in USA,RUS")
    })?;
    Ok(Between { state: code(state), partners })
}
