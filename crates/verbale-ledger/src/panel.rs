//! What a balance counts: held consultations of a state with its partners, each once per partner.

use serde::{Deserialize, Serialize};
use verbale_model::ontology::EventType;
use verbale_model::{Participant, Status};

use crate::entry::{Entry, Verdict};
use crate::period::Period;

/// Whom a participant counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// The side that they speak for.
    #[default]
    Officials,
    /// Those who serve no longer count for the state of their nationality, too.
    Inclusive,
}

/// How many events there are with each partner, and which they are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Events with each partner, in the order of the partners.
    pub n: Vec<u32>,
    /// Ids of the entries counted.
    pub events: Vec<String>,
    /// Left out because a window was asked for and they have no date.
    pub undated: Vec<String>,
    /// Left out because their date reaches over an edge of the window.
    pub across: Vec<String>,
}

/// With which partners the entry counts as an event of the state, in the order of the partners.
pub fn counts(entry: &Entry, state: &str, partners: &[String], counting: Counting) -> Vec<bool> {
    let event = &entry.event;
    let counted = event.event_type == EventType::Consult
        && event.status == Status::Held
        && entry.review.verdict != Verdict::Rejected
        && !entry.superseded;
    let there = |code: &str| event.participants.iter().any(|who| speaks_for(who, counting) == Some(code));
    let here = counted && there(state);
    partners.iter().map(|partner| here && partner != state && there(partner)).collect()
}

/// Counts the entries that lie in the window, or all of them.
pub fn count<'a>(
    entries: impl IntoIterator<Item = &'a Entry>,
    state: &str,
    partners: &[String],
    counting: Counting,
    window: Option<Period>,
) -> Count {
    let mut count = Count { n: vec![0; partners.len()], ..Count::default() };
    for entry in entries {
        let with = counts(entry, state, partners, counting);
        if !with.contains(&true) {
            continue;
        }
        let place = window.map_or(Where::Inside, |window| placed(entry, window));
        let id = || entry.event.id.clone();
        match place {
            Where::Inside => {
                for (n, with) in count.n.iter_mut().zip(with) {
                    *n += u32::from(with);
                }
                count.events.push(id());
            }
            Where::Undated => count.undated.push(id()),
            Where::Across => count.across.push(id()),
            Where::Outside => {}
        }
    }
    count
}

/// Where an event lies, seen from a window.
enum Where {
    Inside,
    Across,
    Outside,
    Undated,
}

fn placed(entry: &Entry, window: Period) -> Where {
    let date = entry.event.date.as_ref().and_then(|date| Period::parse(&date.edtf).ok());
    let Some((date, _)) = date else { return Where::Undated };
    if !window.overlaps(date) {
        Where::Outside
    } else if date.first.is_none() {
        Where::Undated
    } else if window.contains(date) {
        Where::Inside
    } else {
        Where::Across
    }
}

/// The code that a participant counts for.
pub(crate) fn speaks_for(who: &Participant, counting: Counting) -> Option<&str> {
    let former = counting == Counting::Inclusive && who.serving == Some(false);
    who.side.as_deref().or_else(|| who.nationality.as_deref().filter(|_| former))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{entry, former};

    fn partners() -> Vec<String> {
        ["USA", "RUS"].map(str::to_owned).to_vec()
    }

    fn with(entry: &Entry, counting: Counting) -> Vec<bool> {
        counts(entry, "AFG", &partners(), counting)
    }

    #[test]
    fn held_consultations_count_once_for_each_partner() {
        let mut both = entry("a:e1", &["AFG", "USA", "USA", "RUS"], Some("2025-03-31"));
        assert_eq!(with(&both, Counting::Officials), [true, true]);
        both.event.status = Status::Planned;
        assert_eq!(with(&both, Counting::Officials), [false, false]);
        both.event.status = Status::Held;
        both.superseded = true;
        assert_eq!(with(&both, Counting::Officials), [false, false]);
        both.superseded = false;
        both.review.verdict = Verdict::Rejected;
        assert_eq!(with(&both, Counting::Officials), [false, false]);
        assert_eq!(with(&entry("a:e1", &["USA", "RUS"], None), Counting::Officials), [false, false]);
    }

    #[test]
    fn former_officials_count_where_asked() {
        let mut one = entry("a:e1", &["AFG", "USA"], None);
        former(&mut one.event.participants[1]);
        assert_eq!(with(&one, Counting::Officials), [false, false]);
        assert_eq!(with(&one, Counting::Inclusive), [true, false]);
        one.event.participants[1].serving = None;
        assert_eq!(with(&one, Counting::Inclusive), [false, false]);
    }

    #[test]
    fn a_window_takes_what_lies_in_it() {
        let dated = |id: &str, date| entry(id, &["AFG", "USA"], date);
        let entries = [
            dated("a:e1", Some("2025-03-31")),
            dated("b:e1", Some("2025-04-01")),
            dated("c:e1", Some("2025")),
            dated("d:e1", None),
            dated("e:e1", Some("[..2025-06-01]")),
            dated("f:e1", Some("[..2024-06-01]")),
        ];
        let window = Period::parse("2025-01/2025-03").unwrap().0;
        let got = count(&entries, "AFG", &partners(), Counting::Officials, Some(window));
        assert_eq!((got.n, got.events), (vec![1, 0], vec!["a:e1".to_owned()]));
        assert_eq!(got.undated, ["d:e1", "e:e1"]);
        assert_eq!(got.across, ["c:e1"]);
        assert_eq!(count(&entries, "AFG", &partners(), Counting::Officials, None).n, [6, 0]);
    }
}
