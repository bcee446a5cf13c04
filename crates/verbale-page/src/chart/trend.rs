//! The trend: events period by period, the tilt below them with its interval, and where either changed.

use std::fmt::Write as _;

use maud::{Markup, html};
use verbale_measure::{Period, Trend, Turn};

use super::cloth::{Text, fit, width as text_width};
use super::scale::{Scale, round_up, ticks};
use super::shapes::{Shape, bar, fill, mark, rule, shape};
use super::{Chart, Width};
use crate::links::{Figure, Links};
use crate::names::Names;
use crate::words;

/// Where things are.
struct Plan {
    left: f64,
    right: f64,
    step: f64,
    counts: Scale,
    tilts: Option<Scale>,
    bottom: f64,
}

impl Plan {
    fn x(&self, at: usize) -> f64 {
        self.left + self.step * at as f64
    }
}

/// Bars of events, and the tilt between the first two powers.
pub fn trend(width: Width, names: &Names, found: &Trend, links: &dyn Links) -> Chart {
    let (left, right) = (if width.is_wide() { 150.0 } else { 40.0 }, width.units() - 6.0);
    let counts = found.periods.iter().flat_map(|period| period.counts.values());
    let most = round_up(f64::from(counts.copied().max().unwrap_or(1)));
    let two = found.head.between.len() > 1;
    let plan = Plan {
        left,
        right,
        // Few periods stand side by side, and are not drawn apart.
        step: ((right - left) / found.periods.len().max(1) as f64).min(90.0),
        counts: Scale::new((0.0, most), (150.0, 40.0)),
        tilts: two.then(|| Scale::new((-1.0, 1.0), (296.0, 186.0))),
        bottom: if two { 302.0 } else { 150.0 },
    };
    let body = html! {
        @for (at, code) in found.head.between.iter().enumerate() {
            @let x = left + (right - left) / found.head.between.len() as f64 * at as f64;
            (bar(&bar_class(at), (x, 6.0), (x + 14.0, 18.0)))
            (Text::at(x + 20.0, 17.0).write(&fit(names.of(code), (right - left) / found.head.between.len() as f64 - 26.0, 13.0)))
        }
        @for tick in ticks(most) {
            (rule("grid", (left, plan.counts.at(tick)), (right, plan.counts.at(tick))))
            (Text::at(left - 6.0, plan.counts.at(tick) + 4.0).end().class("soft small").write(&format!("{tick:.0}")))
        }
        @if width.is_wide() { (Text::at(0.0, 48.0).class("soft small").write("events")) }
        @if let Some(tilts) = plan.tilts { (ground(width, names, found, &plan, tilts)) }
        (breaks(&plan, found))
        @for (at, period) in found.periods.iter().enumerate() { (column(&plan, at, period, found, links)) }
        (labels(&plan, found))
        @if found.periods.is_empty() {
            (Text::at(left, 90.0).class("soft").write("No event is dated to a period."))
        }
    };
    Chart {
        title: format!("Events by {}", unit(found)),
        about: about(names, found),
        width: width.units(),
        height: plan.bottom + 26.0,
        body,
    }
}

fn unit(found: &Trend) -> &'static str {
    match found.unit {
        verbale_measure::Unit::Year => "year",
        verbale_measure::Unit::Quarter => "quarter",
        verbale_measure::Unit::Month => "month",
    }
}

/// Bars of the second power and the fourth are outlines, so that they differ without colour.
fn bar_class(at: usize) -> String {
    if at % 2 == 1 { format!("{} light", fill(at)) } else { fill(at).to_owned() }
}

/// The lines that tilts are read against.
fn ground(width: Width, names: &Names, found: &Trend, plan: &Plan, tilts: Scale) -> Markup {
    let room = if width.is_wide() { plan.left - 34.0 } else { 0.0 };
    let name = |at: usize| found.head.between.get(at).map_or("", |code| names.of(code));
    html! {
        @for tick in [-1.0, -0.5, 0.5, 1.0] {
            (rule("grid", (plan.left, tilts.at(tick)), (plan.right, tilts.at(tick))))
        }
        (rule("zero", (plan.left, tilts.at(0.0)), (plan.right, tilts.at(0.0))))
        @for (tick, words) in [(1.0, "+1"), (0.0, "0"), (-1.0, "-1")] {
            (Text::at(plan.left - 6.0, tilts.at(tick) + 4.0).end().class("soft small").write(words))
        }
        @if width.is_wide() {
            (Text::at(0.0, tilts.at(1.0) + 5.0).write(&fit(name(0), room, 13.0)))
            (Text::at(0.0, tilts.at(0.0) + 4.0).class("soft small").write("tilt T"))
            (Text::at(0.0, tilts.at(-1.0) + 4.0).write(&fit(name(1), room, 13.0)))
        } @else {
            (Text::at(plan.left, 178.0).class("soft small").write(&fit(&format!("tilt: +1 {}, -1 {}", name(0), name(1)), 300.0, 12.0)))
        }
    }
}

fn column(plan: &Plan, at: usize, period: &Period, found: &Trend, links: &dyn Links) -> Markup {
    let x = plan.x(at);
    let each = plan.step * 0.7 / found.head.between.len().max(1) as f64;
    let to = links.figure(Figure::Period(&period.period, None));
    let middle = x + plan.step / 2.0;
    html! {
        @for (nth, code) in found.head.between.iter().enumerate() {
            @let count = period.counts.get(code).copied().unwrap_or_default();
            @let start = x + plan.step * 0.15 + each * nth as f64;
            @if count > 0 {
                (mark(links.figure(Figure::Period(&period.period, Some(code))).as_deref(),
                    &format!("{}: {count} with {code}", period.period),
                    &bar(&bar_class(nth), (start, plan.counts.at(f64::from(count))), (start + each.max(0.8), plan.counts.at(0.0)))))
            }
        }
        @if let (Some(tilts), Some(tilt)) = (plan.tilts, period.tilt.filter(|tilt| tilt.raw.is_some())) {
            (mark(to.as_deref(), &format!("{}: tilt {}", period.period, words::tilt(&tilt)), &html! {
                (rule("cap", (middle, tilts.at(tilt.low)), (middle, tilts.at(tilt.high))))
                (shape(Shape::Circle, "mean", (middle, tilts.at(tilt.mean)), (plan.step * 0.3).clamp(1.5, 4.5)))
            }))
        }
    }
}

/// Where a level changed: a line at the period, a band over its interval.
fn breaks(plan: &Plan, found: &Trend) -> Markup {
    let place = |period: &str| found.periods.iter().position(|one| one.period == period).map(|at| plan.x(at));
    let drawn = |turn: &Turn, from: f64, to: f64| {
        let Some(x) = place(&turn.period) else { return html! {} };
        let (low, high) = (place(&turn.from).unwrap_or(x), place(&turn.to).unwrap_or(x) + plan.step);
        html! {
            (bar("band", (low, from), (high, to)))
            (rule("break", (x, from), (x, to)))
        }
    };
    html! {
        @for turn in found.rates.values().flat_map(|turns| &turns.breaks) { (drawn(turn, 30.0, 150.0)) }
        @for turn in found.share.iter().flat_map(|turns| &turns.breaks) { (drawn(turn, 180.0, plan.bottom)) }
    }
}

/// Names of periods, as many as have room.
fn labels(plan: &Plan, found: &Trend) -> Markup {
    let room = found.periods.first().map_or(1.0, |period| text_width(&period.period, 12.0) + 10.0);
    let every = (room / plan.step).ceil().max(1.0) as usize;
    html! {
        @for (at, period) in found.periods.iter().enumerate().step_by(every) {
            @let x = plan.x(at) + plan.step / 2.0;
            @if x + room / 2.0 <= plan.right + 10.0 {
                (Text::at(x, plan.bottom + 16.0).middle().class("soft small").write(&period.period))
            }
        }
    }
}

fn about(names: &Names, found: &Trend) -> String {
    let all =
        |code: &String| -> u32 { found.periods.iter().filter_map(|period| period.counts.get(code)).sum() };
    let totals: Vec<String> =
        found.head.between.iter().map(|code| format!("{} with {}", all(code), names.of(code))).collect();
    let ends = match (found.periods.first(), found.periods.last()) {
        (Some(first), Some(last)) => format!("from {} to {}", first.period, last.period),
        _ => "without a period".to_owned(),
    };
    let mut about = format!("Events {ends}: {}.", totals.join(", "));
    let told = |what: String, turn: &Turn| {
        format!(
            " {what} changes with {} (95 %: {} to {}) from {:.2} to {:.2}.",
            turn.period, turn.from, turn.to, turn.before, turn.after
        )
    };
    for (code, turns) in &found.rates {
        for turn in &turns.breaks {
            about.push_str(&told(format!("The number of events with {}", names.of(code)), turn));
        }
    }
    for turn in found.share.iter().flat_map(|turns| &turns.breaks) {
        let first = found.head.between.first().map_or("the first", |code| names.of(code));
        about.push_str(&told(format!("The share of {first}"), turn));
    }
    if found.rates.values().all(|turns| turns.breaks.is_empty())
        && found.share.iter().all(|turns| turns.breaks.is_empty())
    {
        about.push_str(" No change is likely.");
    }
    if !found.undated.is_empty() {
        let _ = write!(about, " {} without a date stand apart.", found.undated.len());
    }
    about
}
