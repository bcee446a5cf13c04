//! Recognizers' English cases: requests to an assistant with a reference day, and what dates and durations they name.
//!
//! Those cases apply that ask for a date, a stretch with a name of its own (a month, a week, a year) or a duration; times of
//! day, repeated times and stretches between two points have no single TIMEX3 value and do not. A case is right
//! when a time expression of ours shares words with it and has one of its values.

use std::path::Path;

use anyhow::{Context as _, Result};
use rayon::prelude::*;
use serde_json::Value;
use verbale::World;
use verbale::model::Span;

use crate::dates::times;
use crate::reading::Reading;
use crate::table::untar;
use crate::{Errors, Measure, Scored};

const SET: &str = "dates";
/// The cases of the whole recognizer; the other files hold the same texts, stage by stage.
const FILE: &str = "DateTimeModel.json";

/// A text, its reference day, and what it names.
struct Case {
    text: String,
    day: Option<String>,
    wanted: Vec<Wanted>,
}

/// An expression and the values that are right for it.
struct Wanted {
    span: Span,
    kind: String,
    values: Vec<String>,
}

/// Scores the cases that apply.
pub fn run(world: &World, path: &Path) -> Result<Scored> {
    let files = untar(path).with_context(|| format!("reading {}", path.display()))?;
    let (_, text) = files
        .iter()
        .find(|(name, _)| Path::new(name).file_name().is_some_and(|name| name == FILE))
        .with_context(|| format!("{}: no {FILE}", path.display()))?;
    let cases: Vec<Value> = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .with_context(|| format!("{}: {FILE}", path.display()))?;
    let cases: Vec<Case> = cases.iter().filter_map(case).collect();
    let judged: Vec<(usize, Errors)> = cases.par_iter().map(|case| judge(world, case)).collect();
    let all = cases.iter().map(|case| case.wanted.len()).sum();
    let right = judged.iter().map(|(right, _)| right).sum();
    let mut scored = Scored::from(vec![Measure::share(SET, "Recognizers' cases right", right, all)]);
    for (_, errors) in judged {
        scored.errors.extend(errors);
    }
    Ok(scored)
}

fn case(value: &Value) -> Option<Case> {
    let day = value["Context"]["ReferenceDateTime"].as_str().and_then(|day| day.get(..10));
    let wanted: Vec<Wanted> = value["Results"].as_array()?.iter().filter_map(wanted).collect();
    let text = value["Input"].as_str()?.to_owned();
    (!wanted.is_empty()).then(|| Case { text, day: day.map(str::to_owned), wanted })
}

fn wanted(result: &Value) -> Option<Wanted> {
    let kind = result["TypeName"].as_str()?.strip_prefix("datetimeV2.")?.to_owned();
    if !matches!(kind.as_str(), "date" | "daterange" | "duration") {
        return None;
    }
    let mut values = Vec::new();
    for one in result["Resolution"]["values"].as_array()? {
        let timex = one["timex"].as_str()?;
        if timex.starts_with('(') || timex.is_empty() {
            return None;
        }
        values.push(timex.to_owned());
        // "Friday" may be the last or the next: both days are given.
        values.extend(one["value"].as_str().filter(|_| kind == "date").map(str::to_owned));
    }
    let place = |key: &str| u32::try_from(result[key].as_u64()?).ok();
    let span = Span { start: place("Start")?, end: place("End")? + 1, in_title: false };
    Some(Wanted { span, kind, values })
}

fn judge(world: &World, case: &Case) -> (usize, Errors) {
    let reading = Reading::new(world, &case.text, case.day.as_deref());
    let found = times(&reading);
    let (mut right, mut errors) = (0, Errors::default());
    for wanted in &case.wanted {
        let near: Vec<&str> =
            found.iter().filter(|one| one.span.overlaps(wanted.span)).map(|one| one.value.as_str()).collect();
        if near.iter().any(|value| wanted.values.iter().any(|known| known == value)) {
            right += 1;
            continue;
        }
        let kind = if near.is_empty() { "case: not found" } else { "case: wrong value" };
        let example = format!("ours {near:?} | gold {:?} | {}", wanted.values, reading.around(wanted.span));
        errors.add(kind, &wanted.kind, example);
    }
    (right, errors)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn stretches_between_two_points_do_not_apply() {
        let result = |kind: &str, timex: &str| {
            json!({"TypeName": format!("datetimeV2.{kind}"), "Start": 3, "End": 8,
                "Resolution": {"values": [{"timex": timex, "value": "2016-11-11"}]}})
        };
        let friday = wanted(&result("date", "XXXX-WXX-5")).unwrap();
        assert_eq!((friday.span.end, friday.values.len()), (9, 2));
        assert_eq!(wanted(&result("daterange", "2016-11")).unwrap().values, ["2016-11"]);
        assert!(wanted(&result("daterange", "(2016-11-01,2016-11-08,P1W)")).is_none());
        assert!(wanted(&result("time", "T10")).is_none());
    }
}
