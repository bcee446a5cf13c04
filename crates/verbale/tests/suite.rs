//! Runs `tests/suite`, the Markdown corpus: each case's report is coded and compared with its record.
//!
//! `SUITE=consult/visit cargo test -p verbale --test suite -- --nocapture` runs what contains that text.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what is wrong by panicking"
)]

#[path = "suite/case.rs"]
mod case;
#[path = "suite/compare.rs"]
mod compare;
#[path = "suite/expect.rs"]
mod expect;
#[path = "suite/fields.rs"]
mod fields;
#[path = "suite/lint.rs"]
mod lint;
#[path = "suite/shown.rs"]
mod shown;

use std::collections::BTreeMap;
use std::path::PathBuf;

use case::{Case, read_all};
use verbale_model::Report;

/// Where the corpus lies.
fn corpus() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/suite")
}

/// Passed, failed and known-wrong cases of a family.
#[derive(Default)]
struct Tally {
    passed: usize,
    failed: usize,
    known: usize,
}

#[test]
fn every_case_is_coded_as_expected() {
    let filter = std::env::var("SUITE").unwrap_or_default().to_lowercase();
    let cases = read_all(&corpus()).unwrap_or_else(|error| panic!("{error}"));
    let cases: Vec<&Case> =
        cases.iter().filter(|case| case.name().to_lowercase().contains(&filter)).collect();
    assert!(!cases.is_empty(), "no case contains {filter:?}");
    let world = verbale::World::embedded().unwrap_or_else(|error| panic!("{error}"));
    let mut families: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut wrong = Vec::new();
    for case in cases {
        let record = verbale::read(&world, &report(case));
        let record = serde_json::to_value(record).unwrap();
        let differences =
            compare::compare(&case.expected, &record, &case.text, case.title.as_deref().unwrap_or(""));
        let tally = families.entry(case.family()).or_default();
        match (&case.fixme, differences.is_empty()) {
            (None, true) => tally.passed += 1,
            (Some(_), false) => tally.known += 1,
            (None, false) => {
                tally.failed += 1;
                println!("\n{}\n{}", case.name(), told(case, &differences));
                wrong.push(case.name());
            }
            (Some(why), true) => {
                tally.failed += 1;
                println!("\n{}\n  passes now; remove its FIXME ({why})", case.name());
                wrong.push(case.name());
            }
        }
    }
    println!("\n{:<12} {:>6} {:>6} {:>6}", "family", "passed", "failed", "known");
    for (family, tally) in &families {
        println!("{family:<12} {:>6} {:>6} {:>6}", tally.passed, tally.failed, tally.known);
    }
    assert!(wrong.is_empty(), "{} cases are not as expected:\n{}", wrong.len(), wrong.join("\n"));
}

fn report(case: &Case) -> Report {
    Report {
        id: format!("{}:{}", case.file, case.line),
        text: case.text.clone(),
        title: case.title.clone(),
        published: case.published.clone(),
        outlet: case.outlet.clone(),
        ..Report::default()
    }
}

/// The report and each difference, indented.
fn told(case: &Case, differences: &[String]) -> String {
    let report = case
        .title
        .iter()
        .map(|title| format!("  > [{title}]"))
        .chain(case.text.lines().map(|line| format!("  > {line}")));
    report.chain(differences.iter().map(|line| format!("  {line}"))).collect::<Vec<_>>().join("\n")
}
