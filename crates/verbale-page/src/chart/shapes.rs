//! Marks of charts: shapes, bars and lines, each a link to its evidence where there is one.

use maud::{Markup, html};

use super::units;
use crate::safe::line;

/// Wraps a mark in its link and gives it a name that shows on hovering.
pub fn mark(to: Option<&str>, name: &str, shape: &Markup) -> Markup {
    let named = html! { title { (line(name)) } (shape) };
    html! {
        @if let Some(to) = to { a href=(to) class="mark" tabindex="-1" { (named) } }
        @else { g class="mark" { (named) } }
    }
}

/// A line.
pub fn rule(class: &str, from: (f64, f64), to: (f64, f64)) -> Markup {
    html! {
        line class=(class) x1=(units(from.0)) y1=(units(from.1)) x2=(units(to.0)) y2=(units(to.1)) {}
    }
}

/// A rectangle between two corners, the left upper one first.
pub fn bar(class: &str, from: (f64, f64), to: (f64, f64)) -> Markup {
    let (width, height) = ((to.0 - from.0).max(0.0), (to.1 - from.1).max(0.0));
    html! {
        rect class=(class) x=(units(from.0)) y=(units(from.1)) width=(units(width)) height=(units(height)) {}
    }
}

/// A shape of this size (half its width) around a point.
pub fn shape(kind: Shape, class: &str, at: (f64, f64), size: f64) -> Markup {
    let (x, y) = at;
    match kind {
        Shape::Circle => html! { circle class=(class) cx=(units(x)) cy=(units(y)) r=(units(size)) {} },
        Shape::Square => {
            let half = size * 0.9;
            bar(class, (x - half, y - half), (x + half, y + half))
        }
        Shape::Diamond => polygon(
            class,
            &[(x, y - size * 1.2), (x + size * 1.2, y), (x, y + size * 1.2), (x - size * 1.2, y)],
        ),
        Shape::Triangle => {
            polygon(class, &[(x, y - size * 1.15), (x + size * 1.15, y + size), (x - size * 1.15, y + size)])
        }
    }
}

fn polygon(class: &str, points: &[(f64, f64)]) -> Markup {
    let points: Vec<String> = points.iter().map(|(x, y)| format!("{},{}", units(*x), units(*y))).collect();
    html! { polygon class=(class) points=(points.join(" ")) {} }
}

/// Shapes that are told apart without colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Round.
    Circle,
    /// Upright.
    Square,
    /// On its corner.
    Diamond,
    /// Pointing up.
    Triangle,
}

impl Shape {
    /// The shape of the nth power; they begin again after four.
    pub fn nth(at: usize) -> Self {
        [Self::Circle, Self::Diamond, Self::Square, Self::Triangle][at % 4]
    }
}

/// The class of the nth power's fill; they begin again after four.
pub fn fill(at: usize) -> &'static str {
    ["one", "two", "three", "four"][at % 4]
}
