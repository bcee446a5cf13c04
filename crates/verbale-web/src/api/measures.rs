//! Measures: the same answers as the commands give, with the same names.

use std::sync::Arc;

use serde::Serialize;
use verbale::coverage::Families;
use verbale::inquiry::{Inquiry, Reading, Wanted};
use verbale::ledger::store::Ledger;
use verbale::measure::{BalanceAnswer, Delta, Held, Network, Rules, Specification, Unit, Window};

use crate::call::{Call, Endpoint, Run};
use crate::formats::Format;
use crate::problem::Problem;
use crate::query::{Kind, Param, needed, param};
use crate::reply::Reply;

/// States and periods that one comparison takes.
const COMPARED: usize = 64;

/// Whose policy.
pub const STATE: &[Param] = &[needed("state", Kind::Text, "Whose policy: an ISO 3166-1 code, or a name")];
/// Between whom.
pub const BETWEEN: &[Param] =
    &[needed("between", Kind::List, "Between which powers: two codes or names, or more, as in USA,RUS")];
/// How events count.
pub const COUNTING: &[Param] = &[
    param("rules", Kind::Text, "How events count: officials, inclusive, high-level or confirmed"),
    param("from", Kind::Text, "From this day, month or year on"),
    param("to", Kind::Text, "To this day, month or year"),
    param("source", Kind::Text, "Whose codings: own, or an import's format; own ones, where there are any"),
];
/// Parameters of measures.
pub const DELTA: &[Param] =
    &[param("delta", Kind::Share, "How small a tilt counts as none; 0.2 where it is left out")];
/// Parameters of measures.
pub const MORE: &[Param] = &[
    param(
        "baseline",
        Kind::Word(&["equal", "past", "others"]),
        "Hold the figure against equal shares, the state's own past before `from`, or all other states",
    ),
    param(
        "families",
        Kind::Text,
        "Two families of sources, to estimate how many meetings neither reported: outlets, a code for those that \
         speak for a state, or others for the rest, as in AFG,others",
    ),
    param("curve", Kind::Flag, "Also the figure under every reasonable way of counting"),
];
/// Parameters of measures.
pub const UNIT: &[Param] = &[
    param(
        "by",
        Kind::Word(&["year", "quarter", "month"]),
        "How long a period is; a year where it is left out",
    ),
    param(
        "panel",
        Kind::List,
        "Outlets whose documents stand under the counts; where it is left out, those that have some in every period",
    ),
];
const SEVERAL: &[Param] = &[
    needed("states", Kind::List, "Whose policies: codes or names"),
    param("periods", Kind::List, "In which periods, EDTF: 2024, 2025-03, 2025-01/2025-06"),
];

/// The endpoints of this file.
pub const ENDPOINTS: &[Endpoint] = &[
    measure(
        "/v1/balance",
        "balance",
        "Whether a state's engagement with two powers or more is balanced, and how sure that is",
        &[STATE, BETWEEN, COUNTING, DELTA, MORE],
        "Balance",
        Run::Read(balance),
    ),
    measure(
        "/v1/curve",
        "curve",
        "The balance under every reasonable way of counting",
        &[STATE, BETWEEN, COUNTING, DELTA],
        "Curve",
        Run::Read(specifications),
    ),
    measure(
        "/v1/compare",
        "compare",
        "Balances of several states, or of several periods, side by side",
        &[SEVERAL, BETWEEN, COUNTING, DELTA],
        "Balance[]",
        Run::Read(compare),
    ),
    measure(
        "/v1/trend",
        "trend",
        "The engagement period by period, and when it changed",
        &[STATE, BETWEEN, COUNTING, UNIT],
        "Trend",
        Run::Read(trend),
    ),
    measure(
        "/v1/topics",
        "topics",
        "What a state talks about with each power, and how differently",
        &[STATE, BETWEEN, COUNTING],
        "Topics",
        Run::Read(topics),
    ),
    measure(
        "/v1/network",
        "network",
        "All partners of a state, how many there are in effect, and who travels to whom",
        &[STATE, COUNTING],
        "Network",
        Run::Read(network),
    ),
];

const fn measure(
    path: &'static str,
    name: &'static str,
    about: &'static str,
    params: &'static [&'static [Param]],
    gives: &'static str,
    run: Run,
) -> Endpoint {
    Endpoint { path, name, about, params, takes: None, formats: Format::JSON, gives, run }
}

/// What a request asks, of this state.
fn wanted(call: &Call, state: &str) -> Result<Wanted, Problem> {
    let query = &call.query;
    let rules = Rules::named(query.one("rules").unwrap_or("officials")).map_err(|message| {
        Problem::query(format!("rules: {message}").replace(", and files of your own", ""))
    })?;
    let delta = query.one("delta").and_then(|delta| delta.parse::<f64>().ok());
    let delta = delta
        .map(Delta::try_from)
        .transpose()
        .map_err(|message| Problem::query(format!("delta: {message}")))?;
    Ok(Wanted {
        state: state.to_owned(),
        between: query.list("between"),
        rules,
        window: Window { from: query.own("from"), to: query.own("to") },
        source: query.own("source"),
        delta: delta.unwrap_or_default(),
    })
}

/// The question of a request with the events behind it.
pub fn inquiry(call: &Call, ledger: &Ledger, seen: Reading) -> Result<Inquiry, Problem> {
    of(call, ledger, call.query.one("state").unwrap_or_default(), seen)
}

fn of(call: &Call, ledger: &Ledger, state: &str, seen: Reading) -> Result<Inquiry, Problem> {
    Inquiry::kept(ledger, &call.site.world.knowledge, wanted(call, state)?, seen, &call.site.kept)
        .map_err(|error| Problem::asking(&error))
}

fn balance(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let inquiry = inquiry(call, ledger, Reading::default())?;
    given(call, editions(call, ledger, &[&inquiry])?, || {
        let mut found = Arc::unwrap_or_clone(balanced(call, &inquiry)?);
        if call.query.flag("curve") && inquiry.is_between_two() {
            found.put_curve(specified(call, &inquiry)?.to_vec());
        }
        hold(call, ledger, &inquiry, &mut found)?;
        Ok(found)
    })
}

/// The editions of all that the answer of a call rests on, where its inquiries are of events that are kept.
pub fn editions(call: &Call, ledger: &Ledger, of: &[&Inquiry]) -> Result<Option<Vec<u64>>, Problem> {
    let Some(mut editions) = of.iter().map(|one| one.rests_on()).collect::<Option<Vec<u64>>>() else {
        return Ok(None);
    };
    // All other states, and who tells of an event, are all of the ledger.
    if call.query.one("baseline") == Some("others") || call.query.one("families").is_some() {
        editions.push(ledger.turn().map_err(|error| Problem::asking(&error))? as u64);
    }
    Ok(Some(editions))
}

/// An answer as JSON, from the last time where it rests on the same.
fn given<T: Serialize>(
    call: &Call,
    editions: Option<Vec<u64>>,
    work: impl FnOnce() -> Result<T, Problem>,
) -> Result<Reply, Problem> {
    let question = format!("{}?{}", call.endpoint.path, call.query.without(&[]));
    let line = || verbale::ledger::list::line(&work()?).map_err(|error| Problem::asking(&error));
    let line = call.site.answers.of(&question, editions, line)?;
    Ok(Reply::whole(Format::Json.media(), line.as_bytes().to_vec()))
}

/// Holds a balance against the baseline that a request names.
pub fn hold(
    call: &Call,
    ledger: &Ledger,
    inquiry: &Inquiry,
    found: &mut BalanceAnswer,
) -> Result<(), Problem> {
    if let Some(against) = call.query.one("baseline") {
        let against: Held =
            against.parse().map_err(|message| Problem::query(format!("baseline: {message}")))?;
        inquiry.hold(ledger, found, against).map_err(|error| Problem::asking(&error))?;
    }
    if let Some(families) = call.query.one("families") {
        let families =
            Families::parse(families).map_err(|message| Problem::query(format!("families: {message}")))?;
        let knowledge = &call.site.world.knowledge;
        inquiry.put_unseen(ledger, knowledge, found, &families).map_err(|error| Problem::asking(&error))?;
    }
    Ok(())
}

fn specifications(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let inquiry = inquiry(call, ledger, Reading::default())?;
    if inquiry.partners.len() != 2 {
        return Err(Problem::query("between: the curve lies between two powers; name two, as in USA,RUS"));
    }
    given(call, editions(call, ledger, &[&inquiry])?, || {
        let found = balanced(call, &inquiry)?;
        let head = &found.head;
        let none = Arc::default();
        let points = if head.remarks.is_empty() { specified(call, &inquiry)? } else { none };
        Ok(serde_json::json!({
            "state": head.state, "between": head.between, "rules": head.rules, "rules_hash": head.rules_hash,
            "window": head.window, "source": head.source, "delta": found.delta, "tilt": found.tilt,
            "verdict": found.verdict, "curve": *points, "remarks": head.remarks,
        }))
    })
}

/// The balance of a question without its curve and held against nothing, whoever asks for it.
pub fn balanced(call: &Call, inquiry: &Inquiry) -> Result<Arc<BalanceAnswer>, Problem> {
    let editions = inquiry.rests_on().map(|edition| vec![edition]);
    call.site.answers.of(&format!("balance {}", inquiry.about()), editions, || Ok(inquiry.balance(false)))
}

/// The same under every way of counting.
pub fn specified(call: &Call, inquiry: &Inquiry) -> Result<Arc<Vec<Specification>>, Problem> {
    let editions = inquiry.rests_on().map(|edition| vec![edition]);
    call.site.answers.of(&format!("curve {}", inquiry.about()), editions, || Ok(inquiry.curve()))
}

fn compare(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    Reply::json(compared(call, ledger)?.as_ref())
}

/// The balances of several states, or in several periods.
pub fn compared(call: &Call, ledger: &Ledger) -> Result<Arc<Vec<BalanceAnswer>>, Problem> {
    let (states, periods) = (call.query.list("states"), call.query.list("periods"));
    if states.len() * periods.len().max(1) > COMPARED {
        return Err(Problem::query(format!(
            "these are more than {COMPARED} balances; compare fewer states or periods"
        )));
    }
    let asked = states.iter().map(|state| of(call, ledger, state, Reading::default()));
    let mut asked = asked.collect::<Result<Vec<Inquiry>, Problem>>()?;
    let editions = editions(call, ledger, &asked.iter().collect::<Vec<_>>())?;
    let question = format!("compared?{}", call.query.without(&[]));
    call.site.answers.of(&question, editions, || balances(call, &mut asked, &periods))
}

fn balances(call: &Call, asked: &mut [Inquiry], periods: &[String]) -> Result<Vec<BalanceAnswer>, Problem> {
    let mut found = Vec::new();
    for inquiry in asked {
        if periods.is_empty() {
            found.push(balanced(call, inquiry)?.as_ref().clone());
        }
        for period in periods {
            inquiry.within(period).map_err(|message| Problem::query(format!("periods: {message}")))?;
            found.push(inquiry.balance(false));
        }
    }
    Ok(found)
}

fn trend(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let inquiry = inquiry(call, ledger, Reading { everybody: true, ..Reading::default() })?;
    let unit = unit(call)?;
    given(call, with_documents(editions(call, ledger, &[&inquiry])?, &inquiry), || {
        let mut found = inquiry.trend(unit);
        inquiry
            .put_volume(ledger, &mut found, &call.query.list("panel"))
            .map_err(|error| Problem::asking(&error))?;
        Ok(found)
    })
}

/// The editions that an answer rests on which counts the documents of the state, too.
pub fn with_documents(editions: Option<Vec<u64>>, inquiry: &Inquiry) -> Option<Vec<u64>> {
    let (mut editions, written) = editions.zip(inquiry.written())?;
    editions.push(written);
    Some(editions)
}

/// All partners of a state, whichever powers are asked about.
pub fn partners(call: &Call, inquiry: &Inquiry) -> Result<Arc<Network>, Problem> {
    let editions = inquiry.rests_on().map(|edition| vec![edition]);
    call.site.answers.of(
        &format!("partners {}", inquiry.about_partners()),
        editions,
        || Ok(inquiry.network()),
    )
}

/// How long a period is.
pub fn unit(call: &Call) -> Result<Unit, Problem> {
    let by = call.query.one("by").unwrap_or("year").parse();
    by.map_err(|message| Problem::query(format!("by: {message}")))
}

fn topics(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let inquiry = inquiry(call, ledger, Reading { topics: true, ..Reading::default() })?;
    given(call, editions(call, ledger, &[&inquiry])?, || Ok(inquiry.topics()))
}

fn network(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let inquiry = inquiry(call, ledger, Reading::default())?;
    let imports = call.site.kept.imports(ledger).map_err(|error| Problem::asking(&error))?.edition;
    let editions = editions(call, ledger, &[&inquiry])?.map(|editions| [editions, vec![imports]].concat());
    given(call, editions, || {
        let mut found = Arc::unwrap_or_clone(partners(call, &inquiry)?);
        inquiry
            .relate(ledger, &call.site.world.knowledge, &mut found, None)
            .map_err(|error| Problem::asking(&error))?;
        Ok(found)
    })
}
