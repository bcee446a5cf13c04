//! A balance held against what could be expected anyway: as much of one as of the other, the state's own past, or
//! all other states' engagement with the same partners.

use serde::{Deserialize, Serialize};
use verbale_model::{Days, Engagement};

use super::{Baselined, Number};
use crate::baseline::{Baseline, against};
use crate::count::{Question, count, judge};
use crate::draws::Draws;

/// What a balance is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// As many events with one as with the other.
    Equal,
    /// The state's own events before the window.
    Past,
    /// The events of all other states with the same partners, in the window.
    Others,
}

impl std::str::FromStr for Held {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "equal" => Ok(Self::Equal),
            "past" => Ok(Self::Past),
            "others" => Ok(Self::Others),
            other => Err(format!("'{other}': write equal, past or others")),
        }
    }
}

/// Holds the counts of a question between two partners against a baseline. `events` are those of all states.
///
/// # Errors
/// When there are not two partners, or the past is asked for and the window has no first day.
pub fn held(
    events: &[Engagement],
    question: &Question<'_>,
    against_what: Held,
    draws: Draws,
) -> Result<Baselined, String> {
    let [first, second] = question.partners else {
        return Err("a baseline lies between two powers: name two after --between".to_owned());
    };
    let whole = |values: &[f64]| [0, 1].map(|at| values.get(at).map_or(0, |n| n.round() as u32));
    let counts = whole(&count(events, question).n);
    let (name, baseline) = match against_what {
        Held::Equal => ("equal", Baseline::Equal),
        Held::Past => {
            let Some(start) = question.window.first else {
                return Err(
                    "the past is what lies before a window: give its first day with --from".to_owned()
                );
            };
            let window = Days { first: None, last: Some(start - 1) };
            ("past", Baseline::Counts(whole(&count(events, &Question { window, ..*question }).n)))
        }
        Held::Others => {
            ("others", Baseline::Counts([others(events, question, first), others(events, question, second)]))
        }
    };
    let lean = against(counts, baseline, draws)?;
    let exposures = if let Baseline::Counts(counts) = baseline { counts } else { [1, 1] };
    let named = [first, second].into_iter().cloned().zip(exposures.map(|n| Number(f64::from(n))));
    Ok(Baselined { name: name.to_owned(), exposures: named.collect(), log_ratio: lean.log_ratio })
}

/// Events of a partner with anybody but the state, at which the state was not.
fn others(events: &[Engagement], question: &Question<'_>, partner: &str) -> u32 {
    let counts = |event: &&Engagement| {
        let codes = event.sides.iter().map(|side| &side.code).filter(|code| *code != partner);
        let everybody: Vec<String> = codes.cloned().collect();
        let asked = Question { state: partner, partners: &everybody, ..*question };
        matches!(judge(event, &asked), Some(Ok(_)))
    };
    let theirs = |event: &&Engagement| event.side(partner).is_some() && event.side(question.state).is_none();
    events.iter().filter(theirs).filter(counts).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::count::sample::{meeting, side};
    use crate::rules::Rules;

    fn on(day: i32, codes: [&str; 2]) -> Engagement {
        Engagement {
            days: Days { first: Some(day), last: Some(day) },
            ..meeting(&codes.map(|code| side(code, 2)))
        }
    }

    #[test]
    fn a_lean_disappears_where_everybody_leans() {
        let mut events: Vec<Engagement> = (0..30).map(|_| on(200, ["AFG", "USA"])).collect();
        events.extend((0..10).map(|_| on(200, ["AFG", "RUS"])));
        events.extend((0..60).map(|_| on(200, ["IRN", "USA"])));
        events.extend((0..20).map(|_| on(200, ["IRN", "RUS"])));
        events.push(on(50, ["AFG", "RUS"]));
        let (partners, rules) = (["USA", "RUS"].map(str::to_owned), Rules::named("officials").unwrap());
        let window = Days { first: Some(100), last: None };
        let question = Question { state: "AFG", partners: &partners, rules: &rules, window };
        let of = |held_against| held(&events, &question, held_against, Draws::default()).unwrap();
        assert!(of(Held::Equal).log_ratio.low > 0.0);
        let others = of(Held::Others);
        assert_eq!((others.exposures["USA"], others.exposures["RUS"]), (Number(60.0), Number(20.0)));
        assert!(others.log_ratio.low < 0.0 && others.log_ratio.high > 0.0);
        assert_eq!(of(Held::Past).exposures["RUS"], Number(1.0));
        let open = Question { window: Days::default(), ..question };
        assert!(held(&events, &open, Held::Past, Draws::default()).unwrap_err().contains("--from"));
        let one = Question { partners: &partners[..1], ..question };
        assert!(held(&events, &one, Held::Equal, Draws::default()).is_err());
    }
}
