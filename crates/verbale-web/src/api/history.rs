//! What was done to a ledger: runs, what changed between two of them, and what its documents cover.

use serde::Serialize;
use serde_json::json;
use verbale::ledger::diff::{Change, Summary, diff};
use verbale::ledger::panel::engagement;
use verbale::ledger::store::{Ledger, Page};
use verbale::ledger::{LedgerError, Telling, entries};
use verbale::measure::{Balance, Delta, Number, Question, Rules, balance, count};
use verbale::model::Days;
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

fn coverage(_: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    Reply::json(&asked(ledger.coverage())?)
}

/// What a run reads otherwise than another.
pub struct Changed {
    /// What the earlier one read.
    pub old: Vec<Telling>,
    /// What the later one read, in new documents too.
    pub all: Vec<Telling>,
    /// What differs, in documents that both have read.
    pub changes: Vec<Change>,
    /// How many documents came in between.
    pub new: usize,
}

/// Compares two runs.
pub fn changes(ledger: &Ledger, before: i64, after: i64) -> Result<Changed, Problem> {
    let missing = |error: LedgerError| match error {
        LedgerError::Asked(_) => {
            Problem::missing(format!("there is no run {before}, or none {after}; /v1/runs lists them"))
        }
        other => Problem::asking(&other),
    };
    let old = ledger.tellings_as_of(before).map_err(missing)?;
    let all = ledger.tellings_as_of(after).map_err(missing)?;
    let new = asked(ledger.added_between(before, after))?;
    let kept: Vec<Telling> = all.iter().filter(|one| !new.contains(&one.id.document)).cloned().collect();
    Ok(Changed { changes: diff(&old, &kept), old, all, new: new.len() })
}

fn changed(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let run = |name| call.query.whole(name).map_or(0, i64::from);
    let (before, after) = (run("before"), run("after"));
    let Changed { old, all, changes, new } = changes(ledger, before, after)?;
    let figures = match call.query.one("state") {
        Some(state) => Some(figures(call, ledger, state, [&old, &all])?),
        None => None,
    };
    Reply::json(&json!({
        "before": before, "after": after, "changes": changes, "summary": Summary::of(&changes),
        "new_documents": new, "balance": figures.map(|[before, after]| json!({"before": before, "after": after})),
    }))
}

/// A balance with the counts behind it.
#[derive(Serialize)]
struct Figure {
    counts: [Number; 2],
    #[serde(flatten)]
    balance: Balance,
}

fn figures(
    call: &Call,
    ledger: &Ledger,
    state: &str,
    tellings: [&[Telling]; 2],
) -> Result<[Figure; 2], Problem> {
    let knowledge = &call.site.world.knowledge;
    let state = question::state(knowledge, state).code;
    let partners: Vec<String> =
        call.query.list("between").iter().map(|word| question::state(knowledge, word).code).collect();
    let [first, second] = partners.as_slice() else {
        return Err(Problem::query(
            "between: name the two powers that the balance lies between, as in USA,RUS",
        ));
    };
    let rules = Rules::named(call.query.one("rules").unwrap_or("officials"))
        .map_err(|message| Problem::query(format!("rules: {message}")))?;
    let question = Question { state: &state, partners: &partners, rules: &rules, window: Days::default() };
    let reviews = asked(ledger.reviews())?;
    Ok(tellings.map(|tellings| {
        let events: Vec<_> = entries(tellings, &reviews).iter().map(engagement).collect();
        let n = count(&events, &question).n;
        let counts = [0, 1].map(|at| n.get(at).copied().unwrap_or(0.0));
        let balance = balance([first.as_str(), second.as_str()], counts, Delta::default());
        Figure { counts: counts.map(Number), balance }
    }))
}
