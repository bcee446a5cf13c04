//! Which entries to look at first: those that would move a balance most if they were wrong.

use serde::{Deserialize, Serialize};
use verbale_model::ontology::EventType;
use verbale_model::{Days, Engagement, Side, Standing, Status};

use crate::entry::{Entry, Verdict};
use crate::panel::engagement;

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

/// How entries are counted and what the counts give.
pub struct Gauge<'a> {
    /// What an event adds to the counts with two partners.
    pub counts: &'a dyn Fn(&Engagement) -> [f64; 2],
    /// The measure of the counts.
    pub measure: &'a dyn Fn([f64; 2]) -> f64,
    /// The window that is asked about; open where none is.
    pub window: Days,
}

/// Unreviewed entries, by what they would change, then the least sure first, then by id.
///
/// Entries that cannot change the measure come last.
pub fn order(entries: &[Entry], gauge: &Gauge<'_>) -> Vec<Effect> {
    let seen: Vec<(&Entry, Engagement)> = entries.iter().map(|entry| (entry, engagement(entry))).collect();
    let own: Vec<[f64; 2]> = seen.iter().map(|(_, event)| (gauge.counts)(event)).collect();
    let all = own.iter().fold([0.0; 2], |[a, b], own| [a + own[0], b + own[1]]);
    let before = (gauge.measure)(all);
    let mut found: Vec<_> = seen
        .into_iter()
        .zip(own)
        .filter(|((entry, _), _)| entry.review.verdict == Verdict::None && !entry.superseded)
        .map(|((entry, event), own)| {
            let change = if own.iter().all(|own| *own <= 0.0) {
                (gauge.counts)(&corrected(entry, event, gauge.window))
            } else {
                own.map(|own| -own)
            };
            let after = (gauge.measure)([all[0] + change[0], all[1] + change[1]]);
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

/// An uncounted event as it would be if its status, date and sides were corrected: a meeting still to come
/// took place, an undated one fell in the window, those of a nationality spoke for their state.
fn corrected(entry: &Entry, mut event: Engagement, window: Days) -> Engagement {
    if event.event_type == EventType::Agree && event.of == Some(EventType::Consult) {
        event.event_type = EventType::Consult;
    }
    event.status = Status::Held;
    for side in &mut event.sides {
        side.standing = Standing::Serving;
    }
    for who in entry.event.participants.iter().filter(|who| who.side.is_none()) {
        let Some(code) = who.nationality.as_deref().filter(|code| event.side(code).is_none()) else {
            continue;
        };
        let (code, part) = (code.to_owned(), who.part);
        event.sides.push(Side { code, standing: Standing::Serving, level: who.level, part });
    }
    let within = Days {
        first: event.days.first.into_iter().chain(window.first).max(),
        last: event.days.last.into_iter().chain(window.last).min(),
    };
    if within.both().is_none_or(|(first, last)| first <= last) {
        event.days = within;
    }
    event
}
