//! A balance as charts that stand alone: strip and, where it was asked for, curve, with what they say above and below.

use verbale_measure::{BalanceAnswer, Verdict};

use super::{Chart, Heading, Width, curve, of_balance};
use crate::{Names, Unlinked, words};

/// Hands the charts of a balance and their heading to whoever makes a file of them.
pub fn answered<T>(
    names: &Names,
    found: &BalanceAnswer,
    make: impl FnOnce(&[Chart], &Heading<'_>) -> T,
) -> T {
    let mut charts = vec![of_balance(Width::Wide, names, found, &Unlinked)];
    if let (Some(ways), [first, second]) = (&found.curve, found.head.between.as_slice()) {
        let ends = [names.of(second), names.of(first)];
        charts.push(curve(Width::Wide, ways, ends, found.delta, &Unlinked));
    }
    let notes: Vec<String> = found
        .more_needed
        .filter(|_| found.verdict == Verdict::NotEnoughEvidence)
        .map(words::settling)
        .into_iter()
        .collect();
    let (title, question) = (words::verdict(names, found), words::question(names, found));
    make(&charts, &Heading { title: &title, question: &question, notes: &notes })
}
