//! What was done to a ledger: runs, what changed between two of them, and what its documents cover.

use verbale::difference::{Between, Difference};
use verbale::ledger::LedgerError;
use verbale::ledger::store::{Ledger, Page};
use verbale::measure::Rules;
use verbale::question;

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
        formats: Format::LINES,
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
        about: "Documents by outlet and month, and inputs that could not be read",
        params: &[],
        takes: None,
        formats: Format::JSON,
        gives: "Coverage",
        run: Run::Read(coverage),
    },
];

fn asked<T>(result: Result<T, LedgerError>) -> Result<T, Problem> {
    result.map_err(|error| Problem::asking(&error))
}

fn runs(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let turn = call.turn::<i64>(false)?;
    let mut rows = asked(ledger.runs())?;
    rows.retain(|run| turn.after.is_none_or(|after| run.run > after));
    let next = (rows.len() > turn.limit).then(|| rows[turn.limit - 1].run);
    rows.truncate(turn.limit);
    call.page(&Page { rows, next })
}

fn coverage(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    Reply::json(&asked(call.site.kept.coverage(ledger))?)
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
