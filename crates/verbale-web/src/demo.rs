//! A ledger of the example reports, in memory.

use std::path::Path;

use verbale::World;
use verbale::ingest::{Options, Reports, Source};
use verbale::keep::Keeper;
use verbale::ledger::store::{Ledger, OpenRun, RunKind, Versions};
use verbale::ledger::{LedgerError, Retention};

/// Name and content of every example report.
pub const REPORTS: &[(&str, &str)] = &[
    ("expulsion-vilnius.txt", include_str!("../../../examples/reports/expulsion-vilnius.txt")),
    ("kabul-two-doors.txt", include_str!("../../../examples/reports/kabul-two-doors.txt")),
    ("readout-oslo.txt", include_str!("../../../examples/reports/readout-oslo.txt")),
    ("summit-montevideo.txt", include_str!("../../../examples/reports/summit-montevideo.txt")),
    ("two-capitals.txt", include_str!("../../../examples/reports/two-capitals.txt")),
    ("wire.jsonl", include_str!("../../../examples/reports/wire.jsonl")),
];

/// The page of the demo to begin with: a question that its reports say something about.
pub const HOME: &str = "/balance?state=AFG&between=USA%2CRUS&curve=true";

/// Reads the example reports into a ledger in memory; `at` is the time of the run.
///
/// # Errors
/// When `SQLite` fails.
pub fn demo(world: &World, versions: Versions, at: &str) -> Result<Ledger, LedgerError> {
    let mut ledger = Ledger::in_memory()?;
    let mut run = OpenRun::new(RunKind::Add, at, versions);
    let keeper = Keeper::new(world, Retention::Full);
    let given = |(name, text): &(&str, &str)| {
        let name = Path::new("examples/reports").join(name);
        Ok(Source::Given(name.to_string_lossy().into_owned(), text.as_bytes().to_vec()))
    };
    let reports = Reports::new(REPORTS.iter().map(given), Options::default());
    let coded: Vec<_> = reports
        .filter_map(Result::ok)
        .map(|report| keeper.code("examples/reports", keeper.document(report)))
        .collect();
    ledger.add(&mut run, &coded)?;
    Ok(ledger)
}
