//! The specification curve: the same tilt under every way of counting, and which choices make each.

use maud::{Markup, html};
use verbale_measure::{Choices, Delta, Specification, Verdict, Weighing};

use super::cloth::{Text, fit};
use super::scale::Scale;
use super::shapes::{Shape, bar, mark, rule, shape};
use super::{Chart, Width};
use crate::links::{Figure, Links};
use crate::words;

/// A choice as a row below the curve: its name, and whether a specification has it.
type Choice = (&'static str, fn(&Choices) -> bool);

const CHOICES: [Choice; 7] = [
    ("former officials", |choices| choices.former),
    ("gatherings shared", |choices| choices.shared),
    ("calls", |choices| choices.calls),
    ("one-sided", |choices| choices.one_sided),
    ("weighed by rules", |choices| choices.weighing == Weighing::Rules),
    ("by Goldstein", |choices| choices.weighing == Weighing::Goldstein),
    ("by PLOVER", |choices| choices.weighing == Weighing::Plover),
];

/// Figures in order, the choices behind each below; `ends` are who stands at -1 and at +1.
pub fn curve(
    width: Width,
    found: &[Specification],
    ends: [&str; 2],
    delta: Delta,
    links: &dyn Links,
) -> Chart {
    let (whole, wide) = (width.units(), width.is_wide());
    let delta = f64::from(delta);
    let left = if wide { 150.0 } else { 118.0 };
    let right = whole - 10.0;
    let (top, bottom) = (14.0, if wide { 194.0 } else { 164.0 });
    let scale = Scale::new((-1.0, 1.0), (bottom, top));
    let step = (right - left) / found.len().max(1) as f64;
    let x = |at: usize| left + step * (at as f64 + 0.5);
    let row = |at: usize| bottom + 28.0 + 17.0 * at as f64;
    let size = (step * 0.36).clamp(2.0, 5.0);
    let room = left - 40.0;
    let body = html! {
        (bar("band", (left, scale.at(delta)), (right, scale.at(-delta))))
        @for tick in [1.0, 0.5, -0.5, -1.0] { (rule("grid", (left, scale.at(tick)), (right, scale.at(tick)))) }
        (rule("zero", (left, scale.at(0.0)), (right, scale.at(0.0))))
        @for (tick, words) in [(1.0, "+1"), (0.0, "0"), (-1.0, "-1")] {
            (Text::at(left - 6.0, scale.at(tick) + 4.0).end().class("soft small").write(words))
        }
        (Text::at(0.0, top + 5.0).write(&fit(ends[1], room, 13.0)))
        (Text::at(0.0, bottom + 4.0).write(&fit(ends[0], room, 13.0)))
        (Text::at(0.0, f64::midpoint(top, bottom) + 4.0).class("soft small").write(&fit("tilt T, in order", room, 12.0)))
        @for (at, (name, _)) in CHOICES.iter().enumerate() {
            (Text::at(0.0, row(at) + 4.0).class("label small").write(name))
            (rule("grid", (left, row(at)), (right, row(at))))
        }
        @for (at, one) in found.iter().enumerate() { (specification(one, x(at), scale, size, &row, links)) }
        (legend(0.0, row(CHOICES.len()) + 14.0, wide))
    };
    let counts = |verdict| found.iter().filter(|one| one.verdict == verdict).count();
    let about = format!(
        "{} ways of counting in the order of their tilt, each with its 95 % interval: {} say balanced, {} tilted, {} not \
         enough evidence. Below each, filled dots are the choices it makes.",
        found.len(),
        counts(Verdict::Balanced),
        counts(Verdict::Tilted),
        counts(Verdict::NotEnoughEvidence)
    );
    let height = row(CHOICES.len()) + if wide { 22.0 } else { 58.0 };
    Chart {
        title: "The same figure under other ways of counting".to_owned(),
        about,
        width: whole,
        height,
        body,
    }
}

fn specification(
    one: &Specification,
    x: f64,
    scale: Scale,
    size: f64,
    row: &impl Fn(usize) -> f64,
    links: &dyn Links,
) -> Markup {
    let to = links.figure(Figure::Specification(one.choices));
    let name = format!("{}, {}: {}", words::tilt(&one.tilt), one.verdict, one.rules);
    let shapes = html! {
        (rule("cap", (x, scale.at(one.tilt.low)), (x, scale.at(one.tilt.high))))
        (verdict(one.verdict, (x, scale.at(one.tilt.mean)), size))
        @for (at, (_, has)) in CHOICES.iter().enumerate() {
            (shape(Shape::Circle, if has(&one.choices) { "on" } else { "off" }, (x, row(at)), size.min(4.0)))
        }
    };
    mark(to.as_deref(), &name, &shapes)
}

/// The mark of a verdict: a filled triangle for tilted, a filled square for balanced, an open circle else.
fn verdict(verdict: Verdict, at: (f64, f64), size: f64) -> Markup {
    match verdict {
        Verdict::Tilted => shape(Shape::Triangle, "on", at, size),
        Verdict::Balanced => shape(Shape::Square, "on", at, size),
        Verdict::NotEnoughEvidence => shape(Shape::Circle, "open", at, size),
    }
}

fn legend(x: f64, y: f64, wide: bool) -> Markup {
    let entries: [(Verdict, &str); 3] = [
        (Verdict::NotEnoughEvidence, "not enough evidence"),
        (Verdict::Balanced, "balanced"),
        (Verdict::Tilted, "tilted"),
    ];
    let place = |at: usize| if wide { (x + [0.0, 160.0, 250.0][at], y) } else { (x, y + 17.0 * at as f64) };
    html! {
        @for (at, (kind, words)) in entries.iter().enumerate() {
            (verdict(*kind, (place(at).0 + 6.0, place(at).1 - 4.0), 4.5))
            (Text::at(place(at).0 + 16.0, place(at).1).class("soft small").write(words))
        }
    }
}
