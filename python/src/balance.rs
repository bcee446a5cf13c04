//! The balance of a state between powers: the question, its answer as JSON, and the answer in words and as a chart.

use pyo3::prelude::*;
use verbale::coverage::Families;
use verbale::inquiry::{Inquiry, Reading, Wanted};
use verbale::knowledge::Knowledge;
use verbale::ledger::list::line;
use verbale::ledger::store::Ledger;
use verbale::measure::{BalanceAnswer, Delta, Held, Window};
use verbale::question::{rules, window};
use verbale_page::chart::{answered, stack};
use verbale_page::{Names, words};

use crate::errors::{self, VerbaleError, input};

/// A question of balance, checked before anything is read: whose policy, between whom, and how it is counted.
#[pyclass(frozen, module = "verbale._engine")]
pub struct Question {
    wanted: Wanted,
    curve: bool,
    baseline: Option<Held>,
    families: Option<Families>,
}

#[pymethods]
impl Question {
    #[new]
    #[pyo3(signature = (state, between, *, rules="officials", from_=None, to=None, source=None, delta=0.2, curve=false, baseline=None, families=None))]
    #[expect(clippy::too_many_arguments, reason = "they are what the command is given")]
    fn new(
        state: String,
        between: Vec<String>,
        rules: &str,
        from_: Option<String>,
        to: Option<String>,
        source: Option<String>,
        delta: f64,
        curve: bool,
        baseline: Option<&str>,
        families: Option<&str>,
    ) -> PyResult<Self> {
        let found = self::rules(rules).map_err(|message| input(format!("rules '{rules}': {message}")))?;
        window(from_.as_deref(), to.as_deref()).map_err(input)?;
        let delta = Delta::try_from(delta).map_err(|message| input(format!("delta {delta}: {message}")))?;
        let baseline = baseline.map(str::parse::<Held>).transpose();
        let families = families.map(Families::parse).transpose();
        Ok(Self {
            wanted: Wanted {
                state,
                between,
                rules: found,
                window: Window { from: from_, to },
                source,
                delta,
            },
            curve,
            baseline: baseline.map_err(|message| input(format!("baseline {message}")))?,
            families: families.map_err(|message| input(format!("families: {message}")))?,
        })
    }
}

impl Question {
    /// The answer of a ledger, as the command prints it with `--json`.
    pub fn answer(&self, ledger: &Ledger) -> PyResult<String> {
        let knowledge = Knowledge::embedded();
        let failed = |error| errors::ledger(&error);
        let inquiry =
            Inquiry::new(ledger, &knowledge, self.wanted.clone(), Reading::default()).map_err(failed)?;
        let mut found = inquiry.balance(self.curve);
        if let Some(against) = self.baseline {
            inquiry.hold(ledger, &mut found, against).map_err(failed)?;
        }
        if let Some(families) = &self.families {
            inquiry.put_unseen(ledger, &knowledge, &mut found, families).map_err(failed)?;
        }
        line(&found).map_err(failed)
    }
}

/// A balance in words: what was asked, what was found, and what would settle it or what is wrong with the question.
#[pyfunction]
pub fn balance_words(json: &str) -> PyResult<Vec<String>> {
    let (found, names) = (read(json)?, names());
    Ok(answered(&names, &found, |_, heading| {
        let said = [heading.question.to_owned(), heading.title.to_owned()];
        said.into_iter().chain(heading.notes.iter().cloned()).chain(found.head.remarks.clone()).collect()
    }))
}

/// The share of each partner in words, by its code: `12 % [3, 28]`.
#[pyfunction]
pub fn balance_shares(json: &str) -> PyResult<Vec<(String, String)>> {
    let found = read(json)?;
    Ok(found.shares.iter().map(|(code, share)| (code.clone(), words::percent(share))).collect())
}

/// A balance as a chart, in SVG.
#[pyfunction]
pub fn balance_svg(py: Python<'_>, json: &str) -> PyResult<String> {
    let found = read(json)?;
    Ok(py.detach(|| answered(&names(), &found, stack)))
}

/// A chart in SVG as a picture, in PNG.
#[pyfunction]
pub fn png(py: Python<'_>, svg: &str) -> PyResult<Vec<u8>> {
    py.detach(|| verbale_page::png(svg)).map_err(VerbaleError::new_err)
}

fn read(json: &str) -> PyResult<BalanceAnswer> {
    serde_json::from_str(json).map_err(|error| input(format!("this is no balance: {error}")))
}

/// The names of all states and organisations that are known.
fn names() -> Names {
    Knowledge::embedded().states().map(|state| (state.code, state.name)).collect()
}
