//! What an expression means where it stands: publication, the date told before it, and tense.

use jiff::civil::Date;
use verbale_model::{DateMethod, MentionKind, Precision};

use super::calendar::Period;
use super::cycle;
use super::lexicon::Unit;
use super::phrase::{Origin, Part, Phrase, Which};
use super::tense::Lean;

/// What surrounds an expression.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context {
    /// When the report was published.
    pub published: Option<Date>,
    /// The nearest date told before.
    pub told: Option<Period>,
    /// The quarter that the last sentences speak of.
    pub quarter: Option<Period>,
    /// Whether what it dates lies behind or ahead.
    pub lean: Lean,
}

/// The value of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Value {
    /// Date, time, duration or set.
    pub kind: MentionKind,
    /// TIMEX3.
    pub timex: Option<String>,
    /// EDTF.
    pub edtf: Option<String>,
    /// How exact; `None` without EDTF.
    pub precision: Precision,
    /// How known; `None` without EDTF.
    pub method: DateMethod,
    /// What later expressions can be relative to.
    pub period: Option<Period>,
}

impl Value {
    /// A value with no place on the calendar.
    fn bare(kind: MentionKind, timex: Option<String>) -> Self {
        Self { kind, timex, edtf: None, precision: Precision::None, method: DateMethod::None, period: None }
    }

    /// A stretch of the calendar.
    fn of(period: Period, method: DateMethod) -> Self {
        let edtf = period.edtf();
        let (precision, method) =
            if edtf.is_some() { (period.precision(), method) } else { (Precision::None, DateMethod::None) };
        Self {
            kind: MentionKind::Date,
            timex: Some(period.timex()),
            edtf,
            precision,
            method,
            period: Some(period),
        }
    }
}

/// Gives an expression its value; `None` when it is no expression of time.
pub(super) fn value(phrase: &Phrase, context: Context) -> Option<Value> {
    Some(match phrase {
        Phrase::Nothing => return None,
        Phrase::Feast => Value::bare(MentionKind::Date, None),
        Phrase::Vague(reference) => Value::bare(MentionKind::Date, Some((*reference).to_owned())),
        Phrase::Duration(length) => Value::bare(MentionKind::Duration, Some(length.clone())),
        Phrase::Set(cycle) => Value::bare(MentionKind::Set, Some(cycle.clone())),
        Phrase::Whole(period) => Value::of(*period, DateMethod::Stated),
        Phrase::Part(part, which) => part_value(*part, *which, context),
        Phrase::Shift(steps, unit, origin) => match shifted(*steps, *unit, *origin, context) {
            Some(period) => Value::of(period, DateMethod::Relative),
            None => Value::bare(MentionKind::Date, unknown(*unit).map(str::to_owned)),
        },
        Phrase::WeekOf(day) => {
            let day = value(day, context)?;
            match day.period.and_then(|period| period.widened(Unit::Week)) {
                Some(week) => Value::of(week, day.method),
                None => Value::bare(MentionKind::Date, unknown(Unit::Week).map(str::to_owned)),
            }
        }
        Phrase::Range(first, last) => range(&value(first, context)?, &value(last, context)?),
        Phrase::Clock(day, time) => clock(day.as_deref(), time, context),
    })
}

/// A unit of which nobody knows which.
fn unknown(unit: Unit) -> Option<&'static str> {
    match unit {
        Unit::Day => Some("XXXX-XX-XX"),
        Unit::Week => Some("XXXX-WXX"),
        Unit::Weekend => Some("XXXX-WXX-WE"),
        Unit::Month => Some("XXXX-XX"),
        Unit::Quarter => Some("XXXX-QX"),
        Unit::Year => Some("XXXX"),
        _ => None,
    }
}

/// The unit so many steps from the one around the origin.
fn shifted(steps: i32, unit: Unit, origin: Origin, context: Context) -> Option<Period> {
    let published = context.published.map(Period::Day);
    if let (-1, Unit::Year, Some(quarter)) =
        (steps, unit, context.quarter.filter(|_| matches!(origin, Origin::Ago | Origin::Either)))
    {
        // "a year ago": figures of a quarter are compared with those of the same quarter a year before.
        return quarter.shifted(-4);
    }
    if unit == Unit::Weekend && steps == 0 && origin == Origin::Publication && context.lean != Lean::Future {
        // On a Monday "the weekend" is the one just past.
        let weekend = published?.widened(unit)?;
        let begun = weekend.first()? <= context.published?;
        return if begun { Some(weekend) } else { weekend.shifted(-1) };
    }
    let base = match origin {
        Origin::Publication | Origin::Ago => published?,
        Origin::Text if unit == Unit::Quarter => context.quarter.or(context.told)?,
        Origin::Text => context.told?,
        Origin::Either => context.told.filter(|told| told.unit() <= unit).or(published)?,
    };
    base.widened(unit)?.shifted(steps)
}

/// A part of the year, month or week, with the cycle in which it falls.
fn part_value(part: Part, which: Which, context: Context) -> Value {
    let stated = || Value {
        kind: MentionKind::Date,
        timex: Some(part.timex()),
        edtf: None,
        precision: Precision::None,
        method: DateMethod::None,
        period: None,
    };
    if let Which::Year(year) = which {
        // A day that its year does not have, such as 29 February 2023, has no value.
        return cycle::in_year(part, year).map_or_else(
            || Value::bare(MentionKind::Date, None),
            |period| Value::of(period, DateMethod::Stated),
        );
    }
    if let Some(period) = cycle::pick(part, which, context) {
        let inferred = which == Which::Bare && !matches!(part, Part::Weekday(_));
        return Value::of(period, if inferred { DateMethod::YearInferred } else { DateMethod::Relative });
    }
    match part {
        Part::Day { .. } | Part::Month(_) if which == Which::Bare => Value {
            edtf: Some(part.timex()),
            precision: if matches!(part, Part::Month(_)) { Precision::Month } else { Precision::Day },
            method: DateMethod::Stated,
            ..stated()
        },
        _ => stated(),
    }
}

/// From the beginning of one value to the end of the other.
fn range(first: &Value, last: &Value) -> Value {
    let joined = |first: &Option<String>, last: &Option<String>| {
        first.as_ref().zip(last.as_ref()).map(|(first, last)| format!("{first}/{last}"))
    };
    let days = first.period.zip(last.period).and_then(|(from, to)| {
        // A range that ends before it begins was misread: "Friday to Monday" crosses a week.
        let (start, end) = (from.first()?, to.last()?);
        (start <= end).then_some((start, end))
    });
    let timex = joined(&first.timex, &last.timex);
    if first.period.is_some() && days.is_none() {
        return Value::bare(MentionKind::Date, None);
    }
    let simple = |edtf: &Option<String>| edtf.as_ref().is_some_and(|edtf| !edtf.contains('/'));
    let edtf = if simple(&first.edtf) && simple(&last.edtf) {
        joined(&first.edtf, &last.edtf)
    } else {
        days.map(|(start, end)| format!("{start}/{end}"))
    };
    let (precision, method) = if edtf.is_some() {
        (Precision::Interval, first.method)
    } else {
        (Precision::None, DateMethod::None)
    };
    Value { kind: MentionKind::Date, timex, edtf, precision, method, period: last.period }
}

/// A time of the day, on its day where that is known.
fn clock(day: Option<&Phrase>, time: &str, context: Context) -> Value {
    let Some(day) = day.and_then(|day| value(day, context)) else {
        return Value::bare(MentionKind::Time, Some(time.to_owned()));
    };
    let timex = day.timex.as_deref().filter(|day| !day.contains('T')).map(|day| format!("{day}{time}"));
    Value { kind: MentionKind::Time, timex: timex.or_else(|| Some(time.to_owned())), ..day }
}

/// An open interval from a value on: "since 2019".
pub(super) fn since(value: Value) -> Value {
    let start = value.period.filter(|_| value.kind == MentionKind::Date).and_then(|period| match period {
        Period::Day(_) | Period::Month(..) | Period::Year(_) => period.edtf(),
        _ => period.first().map(|first| first.to_string()),
    });
    match start {
        Some(start) => Value { edtf: Some(format!("{start}/..")), precision: Precision::Interval, ..value },
        None => value,
    }
}
