//! Reviews of a ledger: what waits for people, what they rule, how far they agree.

use std::path::PathBuf;

use pyo3::prelude::*;
use verbale::difference::Between;
use verbale::ledger::list::{Filter, ReviewedFilter, line, select};
use verbale::ledger::review;
use verbale::ledger::store::Access;
use verbale::ledger::{Entry, LedgerError};
use verbale::measure::Draws;
use verbale::question::rules;
use verbale::queue::queue;
use verbale::reliability::reliability;
use verbale::ruling::{By, Ruling, rule};

use crate::errors::{self, input};
use crate::ledger::{held, open};

/// The reviews of a ledger by the path of its file.
#[pyclass(frozen, module = "verbale._engine")]
pub struct Reviews {
    path: PathBuf,
}

#[pymethods]
impl Reviews {
    #[new]
    fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// What nobody has reviewed, what would move a balance most first: lines of JSON, each with that change.
    #[pyo3(signature = (*, balance=None, rules="officials", limit=20))]
    fn queue(
        &self,
        py: Python<'_>,
        balance: Option<&str>,
        rules: &str,
        limit: usize,
    ) -> PyResult<Vec<(String, Option<f64>)>> {
        let between = balance.map(Between::parse).transpose().map_err(input)?;
        let counted = self::rules(rules).map_err(|message| input(format!("rules '{rules}': {message}")))?;
        py.detach(|| {
            let entries = self.entries(&Filter::default())?;
            let found = queue(&entries, between.as_ref().map(|between| (between, &counted)));
            let shown = |(entry, change): (&Entry, Option<f64>)| {
                Ok((line(entry).map_err(|error| errors::ledger(&error))?, change))
            };
            found.into_iter().take(limit).map(shown).collect()
        })
    }

    /// Writes a ruling, a JSON object such as `{"action": "accept", "event": "…"}`, into the log; returns the id and the
    /// words of each review that came of it.
    #[pyo3(signature = (ruling, *, reviewer, at, reason=None))]
    fn rule(
        &self,
        py: Python<'_>,
        ruling: &str,
        reviewer: String,
        at: String,
        reason: Option<String>,
    ) -> PyResult<Vec<(String, String)>> {
        let ruling: Ruling = serde_json::from_str(ruling).map_err(|error| input(error.to_string()))?;
        py.detach(|| {
            let mut ledger = open(&self.path, Access::Write)?;
            let kept = rule(&mut ledger, &By { reviewer, at, reason }, &ruling);
            let kept = kept.map_err(|error| errors::ledger(&error))?;
            Ok(kept.into_iter().map(|one| (one.review, one.what)).collect())
        })
    }

    /// How right the coder was by field, and how far reviewers agree, as `verbale review agreement --json` prints it.
    fn agreement(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| {
            let filter =
                Filter { reviewed: Some(ReviewedFilter::Any), superseded: true, ..Filter::default() };
            let entries = self.entries(&filter)?;
            let failed = |error: LedgerError| errors::ledger(&error);
            let ratings = held(&self.path)?.ratings().map_err(failed)?;
            line(&reliability(&entries, &ratings, Draws::default()).map_err(input)?).map_err(failed)
        })
    }

    /// All reviews as JSON lines.
    fn dump(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| {
            let mut out = Vec::new();
            let failed = |error: LedgerError| errors::ledger(&error);
            let reviews = held(&self.path)?.reviews().map_err(failed)?;
            review::write(&reviews, &mut out).map_err(failed)?;
            String::from_utf8(out).map_err(|error| input(error.to_string()))
        })
    }

    /// Takes in reviews from JSON lines; returns how many were new, and number and reason of each line that is left out.
    fn load(&self, py: Python<'_>, lines: &str) -> PyResult<(usize, Vec<(usize, String)>)> {
        py.detach(|| {
            let failed = |error: LedgerError| errors::ledger(&error);
            let mut ledger = open(&self.path, Access::Write)?;
            let known = ledger.reviews().map_err(failed)?;
            let (reviews, broken) = review::read(lines.as_bytes(), &known).map_err(failed)?;
            let new = ledger.review(&reviews).map_err(failed)?;
            Ok((new, broken.into_iter().map(|one| (one.line, one.reason)).collect()))
        })
    }
}

impl Reviews {
    fn entries(&self, filter: &Filter) -> PyResult<Vec<Entry>> {
        let failed = |error: LedgerError| errors::ledger(&error);
        let ledger = held(&self.path)?;
        select::events(&ledger, filter).map_err(failed)?.collect::<Result<_, _>>().map_err(failed)
    }
}
