//! The queue of review: which entries wait for a person, and which of them first.

use std::collections::BTreeMap;

use verbale_ledger::review::{Gauge, order};
use verbale_ledger::{Entry, Verdict};
use verbale_measure::{Rules, mean_tilt};
use verbale_model::{Days, Engagement};

use crate::difference::Between;

/// Entries that wait: conflicts first, then what moves the balance most, each with how far; without a balance
/// what is least sure. `between` is the balance with its rules.
pub fn queue<'e>(entries: &'e [Entry], between: Option<(&Between, &Rules)>) -> Vec<(&'e Entry, Option<f64>)> {
    let conflicts = entries.iter().filter(|entry| !entry.review.conflicts.is_empty());
    let mut found: Vec<(&Entry, Option<f64>)> = conflicts.map(|entry| (entry, None)).collect();
    let waiting = |entry: &&Entry| entry.review.verdict == Verdict::None && entry.review.conflicts.is_empty();
    if let Some((between, rules)) = between {
        let counts = |event: &Engagement| between.count(std::slice::from_ref(event), rules);
        let effects =
            order(entries, &Gauge { counts: &counts, measure: &mean_tilt, window: Days::default() });
        let by_id: BTreeMap<&str, &Entry> =
            entries.iter().filter(waiting).map(|entry| (entry.event.id.as_str(), entry)).collect();
        found.extend(
            effects.iter().filter_map(|one| Some((*by_id.get(one.entry.as_str())?, Some(one.change)))),
        );
        return found;
    }
    let mut rest: Vec<&Entry> = entries.iter().filter(waiting).collect();
    rest.sort_by(|a, b| {
        a.event.confidence.total_cmp(&b.event.confidence).then_with(|| a.event.id.cmp(&b.event.id))
    });
    found.extend(rest.into_iter().map(|entry| (entry, None)));
    found
}
