//! What measures see of entries: for each event its sides, date and circumstances.

use std::collections::BTreeMap;

use verbale_model::ontology::{EventType, Mode, cameo, scale};
use verbale_model::{Days, Engagement, Part, Side, Standing, Topic};

use crate::entry::{Entry, Verdict};
use crate::period::{Period, days};

/// An entry as measures see it.
pub fn engagement(entry: &Entry) -> Engagement {
    let event = &entry.event;
    let (goldstein, plover) = scores(event.event_type, event.mode, event.cameo.as_deref());
    Engagement {
        id: event.id.clone(),
        source: None,
        event_type: event.event_type,
        mode: event.mode,
        of: event.x_of,
        status: event.status,
        days: event.date.as_ref().map(|date| days_of(&date.edtf)).unwrap_or_default(),
        country: event.place.as_ref().and_then(|place| place.country.clone()),
        channel: event.channel,
        setting: event.setting,
        formality: event.formality,
        confirmation: Some(event.confirmation.state),
        sides: sides(event.participants.iter().map(|who| Stand {
            side: who.side.as_deref(),
            nationality: who.nationality.as_deref(),
            serving: who.serving,
            level: who.level,
            part: who.part,
        })),
        confidence: event.confidence,
        sources: entry.sources,
        goldstein,
        plover,
        topics: topics(&event.topics),
        rejected: entry.review.verdict == Verdict::Rejected,
        superseded: entry.superseded,
    }
}

/// Goldstein's score of a CAMEO code and PLOVER's of a type and mode.
pub(crate) fn scores(
    event_type: EventType,
    mode: Option<Mode>,
    code: Option<&str>,
) -> (Option<f32>, Option<f32>) {
    (code.and_then(cameo).map(|row| row.goldstein), Some(scale(event_type, mode)))
}

/// The days of an EDTF date; open at both ends for what is none.
pub(crate) fn days_of(edtf: &str) -> Days {
    let period = Period::parse(edtf).map(|(period, _)| period).unwrap_or_default();
    Days { first: period.first.map(days), last: period.last.map(days) }
}

/// What was talked about, each topic once.
pub(crate) fn topics(told: &[Topic]) -> Vec<String> {
    let mut topics: Vec<String> = told.iter().map(|topic| topic.topic.clone()).collect();
    topics.sort_unstable();
    topics.dedup();
    topics
}

/// What is known of a participant's standing.
pub(crate) struct Stand<'a> {
    pub side: Option<&'a str>,
    pub nationality: Option<&'a str>,
    pub serving: Option<bool>,
    pub level: Option<u8>,
    pub part: Option<Part>,
}

/// Whom somebody counts for: the side that he speaks for, or, where he serves no longer, his nationality.
pub(crate) fn whose<'a>(
    side: Option<&'a str>,
    nationality: Option<&'a str>,
    serving: Option<bool>,
) -> Option<(&'a str, Standing)> {
    match (side, nationality) {
        (Some(side), _) => Some((side, Standing::Serving)),
        (None, Some(nationality)) if serving == Some(false) => Some((nationality, Standing::Former)),
        _ => None,
    }
}

/// One side for each code, sorted by code: that which somebody speaks for, and the nationality of those
/// who serve no longer.
pub(crate) fn sides<'a>(participants: impl Iterator<Item = Stand<'a>>) -> Vec<Side> {
    let mut found: BTreeMap<&str, Side> = BTreeMap::new();
    for who in participants {
        let Some((code, standing)) = whose(who.side, who.nationality, who.serving) else { continue };
        let new = Side { code: code.to_owned(), standing, level: who.level, part: who.part };
        let Some(side) = found.get_mut(code) else {
            found.insert(code, new);
            continue;
        };
        // Those who serve stand for the side; who has left his office says nothing of its rank.
        if new.standing < side.standing {
            *side = new;
        } else if new.standing == side.standing {
            side.level = side.level.into_iter().chain(new.level).min();
            side.part = side.part.into_iter().chain(new.part).min_by_key(|part| leading(*part));
        }
    }
    found.into_values().collect()
}

/// Which part says most of where a side stood.
fn leading(part: Part) -> u8 {
    match part {
        Part::Host => 0,
        Part::Visitor => 1,
        Part::Mediator => 2,
        Part::Principal => 3,
        Part::Attendee => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{entry, former};

    #[test]
    fn a_side_stands_once_with_its_highest_rank() {
        let mut entry = entry("a:e1", &["AFG", "USA", "USA"], Some("2025-03-31"));
        entry.event.participants[1].level = Some(3);
        entry.event.participants[1].part = Some(Part::Attendee);
        entry.event.participants[2].part = Some(Part::Visitor);
        let got = engagement(&entry);
        let shown: Vec<_> =
            got.sides.iter().map(|side| (side.code.as_str(), side.level, side.part)).collect();
        assert_eq!(shown, [("AFG", Some(2), None), ("USA", Some(2), Some(Part::Visitor))]);
        assert_eq!(got.days.both(), Some((20_178, 20_178)));
    }

    #[test]
    fn who_has_left_his_office_counts_as_former_until_somebody_serves() {
        let mut entry = entry("a:e1", &["AFG", "USA", "USA"], None);
        former(&mut entry.event.participants[1]);
        entry.event.participants[1].level = Some(1);
        entry.event.participants[1].part = Some(Part::Host);
        let side = |entry: &Entry| engagement(entry).side("USA").cloned();
        let serving = side(&entry).unwrap();
        assert_eq!((serving.standing, serving.level, serving.part), (Standing::Serving, Some(2), None));
        entry.event.participants.pop();
        assert_eq!(side(&entry).unwrap().standing, Standing::Former);
        entry.event.participants[1].serving = None;
        assert_eq!(side(&entry), None);
    }

    #[test]
    fn a_date_without_a_year_is_open() {
        let entry = entry("a:e1", &["AFG", "USA"], Some("XXXX-10-22"));
        assert_eq!(engagement(&entry).days, Days::default());
    }
}
