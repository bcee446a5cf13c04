//! Which October, which Monday: the instance of a recurring part of the calendar that is meant.

use jiff::civil::Date;

use super::anchor::Context;
use super::calendar::Period;
use super::lexicon::Unit;
use super::phrase::{Part, Which};
use super::tense::Lean;

/// So many days ahead at most lies a day without a year that nobody says is past or to come.
///
/// Farther ahead it is last year's: reports name days soon to come far more often than distant ones.
const SOON: i32 = 61;

/// The part in this year; `None` for a day that the year does not have, and for weekdays.
pub(super) fn in_year(part: Part, year: i16) -> Option<Period> {
    let period = match part {
        Part::Day { month: Some(month), day, .. } => Period::Day(Date::new(year, month, day).ok()?),
        Part::Month(month) => Period::Month(year, month),
        Part::Quarter(quarter) => Period::Quarter(year, quarter),
        Part::Half(half) => Period::Half(year, half),
        Part::Season(season) => Period::Season(year, season),
        Part::Feast(moving) => Period::Day(moving.in_year(year)?),
        Part::Day { month: None, .. } | Part::Weekday(_) => return None,
    };
    period.first().map(|_| period)
}

/// The instance that is meant; `None` when nothing says which.
pub(super) fn pick(part: Part, which: Which, context: Context) -> Option<Period> {
    if let Which::Before | Which::After = which {
        return beside(part, which, context.told?);
    }
    let published = context.published?;
    if let Which::YearShift(by) = which {
        return in_year(part, published.year().checked_add(i16::try_from(by).ok()?)?);
    }
    if let Which::WeekShift(by) | Which::MonthShift(by) = which {
        return within(part, which, Period::Day(published), by);
    }
    // "arrived on 20 October and left on the 22nd": the month told before is the nearer one.
    if let (Part::Day { month: None, day, .. }, Some(Period::Day(told))) = (part, context.told)
        && let Ok(date) = Date::new(told.year(), told.month(), day)
        && date >= told
    {
        return Some(Period::Day(date));
    }
    let around = instances(part, published);
    if let Part::Day { weekday: Some(weekday), .. } = part {
        // The weekday tells the year: take the nearest year in which the day is one.
        let fits = |period: &&Period| {
            period.first().is_some_and(|day| day.weekday().to_monday_one_offset() == weekday)
        };
        let away = |period: &&Period| days_ahead(**period, published).map(i32::abs);
        if let Some(found) = around.iter().filter(fits).min_by_key(away) {
            return Some(*found);
        }
    }
    let begun = |period: &&Period| period.first().is_some_and(|first| first <= published);
    let open = |period: &&Period| period.last().is_some_and(|last| last >= published);
    let latest = around.iter().rev().find(begun).copied();
    let coming = around.iter().find(open).copied();
    match which {
        Which::Last => around.iter().rev().find(|period| !open(period)).copied(),
        Which::Next => around.iter().find(|period| !begun(period)).copied(),
        Which::This => current(part, published, context.lean),
        _ => match context.lean {
            Lean::Past => latest,
            // Results of a quarter past are to be reported too.
            Lean::Future if matches!(part, Part::Quarter(_) | Part::Half(_)) => coming
                .filter(|coming| days_ahead(*coming, published).is_some_and(|ahead| ahead < 183))
                .or(latest),
            Lean::Future => recent(part, latest, coming, published).or(coming),
            Lean::Open => unmarked(part, latest, coming, published),
        },
    }
}

/// The weekday of a week, or the day of a month, so many away from that of publication.
fn within(part: Part, which: Which, published: Period, by: i32) -> Option<Period> {
    let unit = if matches!(which, Which::WeekShift(_)) { Unit::Week } else { Unit::Month };
    let first = published.widened(unit)?.shifted(by)?.first()?;
    match part {
        Part::Weekday(weekday) => weekday_of_week(weekday, first),
        Part::Day { day, .. } => Date::new(first.year(), first.month(), day).ok().map(Period::Day),
        _ => None,
    }
}

/// With no tense to tell: the latest, or the coming one when that is soon and no weekday.
fn unmarked(part: Part, latest: Option<Period>, coming: Option<Period>, published: Date) -> Option<Period> {
    let soon = coming.filter(|coming| {
        let ahead = days_ahead(*coming, published);
        let nearer = latest
            .and_then(|latest| days_ahead(latest, published))
            .zip(ahead)
            .is_none_or(|(ago, ahead)| ahead < -ago);
        matches!(part, Part::Day { .. } | Part::Month(_))
            && nearer
            && ahead.is_some_and(|ahead| ahead <= SOON)
    });
    soon.or(latest)
}

/// A day just past, where the coming one lies most of a year ahead: "was told to leave by 14 January",
/// read on the 15th.
fn recent(part: Part, latest: Option<Period>, coming: Option<Period>, published: Date) -> Option<Period> {
    let far = days_ahead(coming?, published)? > 300;
    let near = days_ahead(latest?, published)? > -31;
    latest.filter(|_| far && near && matches!(part, Part::Day { month: Some(_), .. }))
}

/// Days from publication to the first day; negative before it.
fn days_ahead(period: Period, published: Date) -> Option<i32> {
    let span = period.first()?.since((jiff::Unit::Day, published)).ok()?;
    Some(span.get_days())
}

/// "this Friday", "this October": that of the week or year of publication.
fn current(part: Part, published: Date, lean: Lean) -> Option<Period> {
    match part {
        Part::Weekday(_) => {
            let week = Period::around(published, Unit::Week)?;
            let all = instances(part, published);
            let same = all
                .iter()
                .find(|day| day.first().and_then(|day| Period::around(day, Unit::Week)) == Some(week));
            let ahead = all.iter().find(|day| day.first().is_some_and(|day| day >= published));
            if lean == Lean::Past { same.copied() } else { ahead.copied() }
        }
        _ => in_year(part, published.year()),
    }
}

/// "the previous Friday", "the following May", seen from a date in the text.
fn beside(part: Part, which: Which, told: Period) -> Option<Period> {
    let (first, last) = (told.first()?, told.last()?);
    let after = which == Which::After;
    let all = instances(part, if after { last } else { first });
    if after {
        all.into_iter().find(|period| period.first().is_some_and(|day| day > last))
    } else {
        all.into_iter().rev().find(|period| period.last().is_some_and(|day| day < first))
    }
}

/// The instances of a part around a day, in order: enough of them that one lies on either side.
fn instances(part: Part, around: Date) -> Vec<Period> {
    match part {
        Part::Weekday(weekday) => {
            let Some(Period::Day(day)) = weekday_of_week(weekday, around) else { return Vec::new() };
            (-2..=2).filter_map(|weeks| Period::Day(day).shifted(weeks * 7)).collect()
        }
        Part::Day { month: None, day, .. } => {
            let month = Period::Month(around.year(), around.month());
            let firsts = (-2..=2).filter_map(|months| month.shifted(months)?.first());
            firsts
                .filter_map(|first| Date::new(first.year(), first.month(), day).ok())
                .map(Period::Day)
                .collect()
        }
        // Eight years on either side hold a 29 February, also around 1900.
        _ => (-8..=8).filter_map(|by| in_year(part, around.year().checked_add(by)?)).collect(),
    }
}

/// The weekday of the week of a date.
fn weekday_of_week(weekday: i8, date: Date) -> Option<Period> {
    let today = date.weekday().to_monday_one_offset();
    Period::Day(date).shifted(i32::from(weekday - today))
}
