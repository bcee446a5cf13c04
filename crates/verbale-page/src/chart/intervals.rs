//! Tilts with their intervals, one below the other: the strip of a verdict, pairs of powers, states compared.

use maud::{Markup, html};
use verbale_measure::{BalanceAnswer, Delta, Tilt, Verdict};

use super::cloth::{Text, fit};
use super::scale::Scale;
use super::shapes::{Shape, bar, mark, rule, shape};
use super::{Chart, Width};
use crate::links::{Figure, Links};
use crate::names::Names;
use crate::words;

/// One tilt.
#[derive(Debug, Clone)]
pub struct IntervalRow {
    /// What it is of.
    pub label: String,
    /// The figure.
    pub tilt: Tilt,
    /// What it allows to say.
    pub verdict: Verdict,
    /// Where its events are.
    pub to: Option<String>,
}

/// The strip of a balance: as counted and weighted between two powers, or each pair of several.
pub fn of_balance(width: Width, names: &Names, found: &BalanceAnswer, links: &dyn Links) -> Chart {
    let to = links.figure(Figure::Counted);
    let row = |label: &str, tilt: Tilt, verdict| IntervalRow {
        label: label.to_owned(),
        tilt,
        verdict,
        to: to.clone(),
    };
    let mut rows = Vec::new();
    let mut ends = ["the left one".to_owned(), "the right one".to_owned()];
    if let (Some(tilt), [first, second]) = (found.tilt, found.head.between.as_slice()) {
        ends = [second, first].map(|code| names.of(code).to_owned());
        rows.push(row("Each event once", tilt, found.verdict));
        if let Some(weighted) = &found.weighted {
            rows.push(row("Weighted", weighted.tilt, weighted.verdict));
        }
    }
    for pair in &found.pairs {
        let label = format!("{} ‹ › {}", pair.between[1], pair.between[0]);
        rows.push(row(&label, pair.balance.tilt, pair.balance.verdict));
    }
    let title = format!(
        "Tilt of {} between {}",
        names.of(&found.head.state),
        words::named(names, &found.head.between)
    );
    intervals(width, title, &rows, [&ends[0], &ends[1]], found.delta)
}

/// Balances of several states or periods.
pub fn of_comparison(width: Width, names: &Names, found: &[BalanceAnswer], links: &dyn Links) -> Chart {
    let Some(first) = found.first() else {
        return intervals(width, "Nothing to compare".to_owned(), &[], ["", ""], Delta::default());
    };
    let row = |one: &BalanceAnswer| {
        let window = if one.head.window.from.is_some() || one.head.window.to.is_some() {
            format!(", {}", words::window(&one.head.window).replace(" to ", "–"))
        } else {
            String::new()
        };
        let label = format!("{}{window}", names.of(&one.head.state));
        let to = links.figure(Figure::Partner(&one.head.state));
        one.tilt.map(|tilt| IntervalRow { label, tilt, verdict: one.verdict, to })
    };
    let rows: Vec<IntervalRow> = found.iter().filter_map(row).collect();
    let ends: Vec<&str> = first.head.between.iter().rev().take(2).map(|code| names.of(code)).collect();
    let title = format!("Tilt between {}", words::named(names, &first.head.between));
    intervals(
        width,
        title,
        &rows,
        [ends.first().copied().unwrap_or_default(), ends.get(1).copied().unwrap_or_default()],
        first.delta,
    )
}

/// Tilts on one scale; `ends` are who stands at -1 and at +1.
pub fn intervals(width: Width, title: String, rows: &[IntervalRow], ends: [&str; 2], delta: Delta) -> Chart {
    let whole = width.units();
    let wide = width.is_wide();
    let delta = f64::from(delta);
    // On a telephone labels stand above their bars.
    let (left, right, step) = if wide { (150.0, whole - 160.0, 34.0) } else { (14.0, whole - 14.0, 50.0) };
    let scale = Scale::new((-1.0, 1.0), (left, right));
    let top = 26.0;
    let bottom = top + step * rows.len().max(1) as f64;
    let half = (right - left) / 2.0 - 8.0;
    let sentence = rows
        .iter()
        .map(|row| format!("{}: {}, {}.", row.label, words::tilt(&row.tilt), row.verdict))
        .collect::<Vec<_>>()
        .join(" ");
    let about = format!(
        "A scale from -1, all events with {}, to +1, all with {}. Bars are 95 % intervals, dots posterior means, open \
         diamonds the figure as counted; between the dotted lines a tilt counts as none. {sentence}",
        ends[0], ends[1]
    );
    let body = html! {
        (bar("band", (scale.at(-delta), top), (scale.at(delta), bottom)))
        @for tick in [-1.0, -0.5, 0.5, 1.0] { (rule("grid", (scale.at(tick), top), (scale.at(tick), bottom))) }
        (rule("zero", (scale.at(0.0), top), (scale.at(0.0), bottom + 4.0)))
        @for edge in [-delta, delta] { (rule("edge", (scale.at(edge), top), (scale.at(edge), bottom))) }
        (Text::at(left, 16.0).class("label").write(&fit(&format!("‹ {}", ends[0]), half, 13.0)))
        (Text::at(right, 16.0).end().class("label").write(&fit(&format!("{} ›", ends[1]), half, 13.0)))
        @for (at, row) in rows.iter().enumerate() {
            (drawn(width, scale, row, top + step * at as f64))
        }
        @for (tick, words) in [(-1.0, "-1"), (-0.5, "-0.5"), (0.0, "0"), (0.5, "+0.5"), (1.0, "+1")] {
            (Text::at(scale.at(tick), bottom + 17.0).middle().class("soft small").write(words))
        }
        (legend(left.min(14.0), bottom + 40.0, wide, delta))
    };
    Chart { title, about, width: whole, height: bottom + if wide { 48.0 } else { 66.0 }, body }
}

fn drawn(width: Width, scale: Scale, row: &IntervalRow, y: f64) -> Markup {
    let figures = words::tilt(&row.tilt);
    let (middle, label, figure) = if width.is_wide() {
        let middle = y + 17.0;
        let label = Text::at(0.0, middle + 4.0).write(&fit(&row.label, 140.0, 13.0));
        (middle, label, Text::at(width.units(), middle + 4.0).end().class("label figure").write(&figures))
    } else {
        let label = Text::at(14.0, y + 17.0).write(&fit(&row.label, width.units() - 190.0, 13.0));
        let figure = Text::at(width.units() - 14.0, y + 17.0).end().class("label figure").write(&figures);
        (y + 34.0, label, figure)
    };
    let (low, high) = (scale.at(row.tilt.low), scale.at(row.tilt.high));
    let name = format!("{}: {figures}, {}", row.label, row.verdict);
    let shapes = html! {
        (bar("interval", (low, middle - 4.0), (high, middle + 4.0)))
        (rule("cap", (low, middle - 7.0), (low, middle + 7.0)))
        (rule("cap", (high, middle - 7.0), (high, middle + 7.0)))
        @if let Some(raw) = row.tilt.raw { (shape(Shape::Diamond, "raw", (scale.at(raw), middle), 5.0)) }
        (shape(Shape::Circle, "mean", (scale.at(row.tilt.mean), middle), 5.5))
    };
    html! { (label) (mark(row.to.as_deref(), &name, &shapes)) (figure) }
}

fn legend(x: f64, y: f64, wide: bool, delta: f64) -> Markup {
    let none = format!("no tilt: |T| < {delta}");
    let (second, below) = if wide { (x + 290.0, 0.0) } else { (x, 18.0) };
    html! {
        (bar("interval", (x, y - 8.0), (x + 18.0, y)))
        (Text::at(x + 24.0, y).class("soft small").write("95 % interval"))
        (shape(Shape::Circle, "mean", (x + 122.0, y - 4.0), 4.5))
        (Text::at(x + 132.0, y).class("soft small").write("mean"))
        (shape(Shape::Diamond, "raw", (x + 186.0, y - 4.0), 4.0))
        (Text::at(x + 196.0, y).class("soft small").write("as counted"))
        (bar("band", (second, y + below - 10.0), (second + 18.0, y + below + 1.0)))
        (Text::at(second + 24.0, y + below).class("soft small").write(&none))
    }
}
