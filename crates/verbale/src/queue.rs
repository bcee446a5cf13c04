//! The queue of review: which entries wait for a person, and which of them first.

use std::collections::BTreeMap;

use verbale_ledger::review::{Gauge, order};
use verbale_ledger::store::Doubt;
use verbale_ledger::{Entry, Verdict};
use verbale_measure::{Rules, mean_tilt};
use verbale_model::{Days, Engagement};

use crate::difference::Between;

/// Entries that wait: conflicts first, then what moves the balance most, each with how far; without a balance
/// what is least sure. `between` is the balance with its rules.
pub fn queue<'e>(entries: &'e [Entry], between: Option<(&Between, &Rules)>) -> Vec<(&'e Entry, Option<f64>)> {
    let Some((between, rules)) = between else {
        let doubts: Vec<Doubt> = entries.iter().map(doubt).collect();
        return least_sure(&doubts).into_iter().map(|at| (&entries[at], None)).collect();
    };
    let conflicts = entries.iter().filter(|entry| !entry.review.conflicts.is_empty());
    let mut found: Vec<(&Entry, Option<f64>)> = conflicts.map(|entry| (entry, None)).collect();
    let waiting = |entry: &&Entry| entry.review.verdict == Verdict::None && entry.review.conflicts.is_empty();
    let counts = |event: &Engagement| between.count(std::slice::from_ref(event), rules);
    let effects = order(entries, &Gauge { counts: &counts, measure: &mean_tilt, window: Days::default() });
    let by_id: BTreeMap<&str, &Entry> =
        entries.iter().filter(waiting).map(|entry| (entry.event.id.as_str(), entry)).collect();
    found.extend(effects.iter().filter_map(|one| Some((*by_id.get(one.entry.as_str())?, Some(one.change)))));
    found
}

fn doubt(entry: &Entry) -> Doubt {
    Doubt {
        id: entry.event.id.clone(),
        confidence: entry.event.confidence,
        waits: entry.review.verdict == Verdict::None,
        conflicts: !entry.review.conflicts.is_empty(),
    }
}

/// Places of what waits for a person: conflicts first, then what is least sure.
pub fn least_sure(doubts: &[Doubt]) -> Vec<usize> {
    let mut found: Vec<usize> = (0..doubts.len()).filter(|at| doubts[*at].conflicts).collect();
    let waits = |at: &usize| doubts[*at].waits && !doubts[*at].conflicts;
    let mut rest: Vec<usize> = (0..doubts.len()).filter(waits).collect();
    rest.sort_by(|a, b| {
        let (a, b) = (&doubts[*a], &doubts[*b]);
        a.confidence.total_cmp(&b.confidence).then_with(|| a.id.cmp(&b.id))
    });
    found.extend(rest);
    found
}
