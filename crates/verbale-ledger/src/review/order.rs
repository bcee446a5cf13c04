//! Which entries to look at first: those that would move a balance most if they were wrong.

use serde::{Deserialize, Serialize};
use verbale_model::ontology::EventType;
use verbale_model::{EventDate, Status};

use crate::entry::{Entry, Verdict};
use crate::panel::{Counting, count, counts};
use crate::period::Period;

/// What it would change if an entry were wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// Id of the entry.
    pub entry: String,
    /// The measure as it stands.
    pub tilt_before: f64,
    /// The measure without the entry, or with it corrected.
    pub tilt_after: f64,
    /// By how much it moves, without sign.
    pub change: f64,
}

/// Unreviewed entries, by what they would change, then the least sure first, then by id.
///
/// `measure` takes the counts with the first two partners. Entries that cannot change it come last.
pub fn order(
    entries: &[Entry],
    state: &str,
    partners: &[String],
    counting: Counting,
    window: Option<Period>,
    measure: impl Fn(u32, u32) -> f64,
) -> Vec<Effect> {
    let pair = |n: &[u32]| [n.first().copied().unwrap_or(0), n.get(1).copied().unwrap_or(0)];
    let all = pair(&count(entries, state, partners, counting, window).n);
    let before = measure(all[0], all[1]);
    let mut found: Vec<_> = entries
        .iter()
        .filter(|entry| entry.review.verdict == Verdict::None && !entry.superseded)
        .map(|entry| {
            let own = pair(&count([entry], state, partners, counting, window).n);
            let after = if own == [0, 0] {
                let more = pair(&corrected(entry, state, partners, window));
                measure(all[0] + more[0], all[1] + more[1])
            } else {
                measure(all[0] - own[0], all[1] - own[1])
            };
            let (id, change) = (entry.event.id.clone(), (after - before).abs());
            let effect = Effect { entry: id, tilt_before: before, tilt_after: after, change };
            (effect, entry.event.confidence)
        })
        .collect();
    found.sort_by(|(one, sure), (other, surer)| {
        other
            .change
            .total_cmp(&one.change)
            .then(sure.total_cmp(surer))
            .then_with(|| one.entry.cmp(&other.entry))
    });
    found.into_iter().map(|(effect, _)| effect).collect()
}

/// What an uncounted entry would count if its status, date and sides were corrected: a meeting still to
/// come took place, an undated one fell in the window, those of a nationality spoke for their state.
fn corrected(entry: &Entry, state: &str, partners: &[String], window: Option<Period>) -> Vec<u32> {
    let mut entry = entry.clone();
    let event = &mut entry.event;
    if event.event_type == EventType::Agree && event.x_of == Some(EventType::Consult) {
        event.event_type = EventType::Consult;
    }
    event.status = Status::Held;
    for who in &mut event.participants {
        who.side = who.side.take().or_else(|| who.nationality.clone());
    }
    let bounds = |date: &EventDate| Period::parse(&date.edtf).ok().map(|(period, _)| period);
    let date = event.date.as_ref().and_then(bounds).unwrap_or_default();
    let can = window.is_none_or(|window| window.overlaps(date));
    let with = counts(&entry, state, partners, Counting::Officials);
    with.into_iter().map(|with| u32::from(with && can)).collect()
}
