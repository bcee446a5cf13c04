//! Charts as SVG: what all of them share, and how one stands in a page or alone.
//!
//! Geometry is in attributes and looks are in classes of `chart.css`. Shapes and fills differ where colours
//! do, so that a chart says the same in black and white.

mod answered;
mod cloth;
mod curve;
mod intervals;
mod map;
mod matrix;
mod network;
mod outlines;
mod partners;
mod scale;
mod shapes;
mod timeline;
mod trend;

use maud::{Markup, PreEscaped, html};

use crate::safe::line;
use cloth::{Text, wrap};

pub use answered::answered;
pub use curve::curve;
pub use intervals::{IntervalRow, intervals, of_balance, of_comparison};
pub use map::{map, unplaced};
pub use matrix::matrix;
pub use network::{Pair, network, together};
pub use partners::partners;
pub use timeline::{Happening, Month, happenings, timeline};
pub use trend::trend;

/// The looks of charts, light and dark.
const STYLE: &str = include_str!("../chart.css");

/// How wide a chart is drawn, in units that are pixels where nothing scales it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Width {
    /// For a screen and for paper.
    Wide,
    /// For a telephone.
    Narrow,
}

impl Width {
    /// In units of the drawing.
    pub const fn units(self) -> f64 {
        match self {
            Self::Wide => 760.0,
            Self::Narrow => 368.0,
        }
    }

    /// Whether there is room for labels beside marks.
    pub const fn is_wide(self) -> bool {
        matches!(self, Self::Wide)
    }
}

/// A drawing with its name and what it shows in a sentence.
#[derive(Debug, Clone)]
pub struct Chart {
    /// What it is called.
    pub title: String,
    /// What it shows, in a sentence or two, for those who do not see it.
    pub about: String,
    width: f64,
    height: f64,
    body: Markup,
}

impl Chart {
    /// The chart as an element of a page whose stylesheet is [`crate::stylesheet`]. Its marks are links for the
    /// pointer; the keyboard finds the same ones in the table that stands beside each chart. It is a group and no
    /// picture, since a picture has nothing inside that could be a link.
    pub fn inline(&self, class: &str) -> Markup {
        let size = format!("0 0 {} {}", units(self.width), units(self.height));
        html! {
            svg class=(format!("chart {class}")) viewBox=(size) role="group" {
                title { (line(&self.title)) }
                desc { (line(&self.about)) }
                (self.body)
            }
        }
    }

    /// The chart as a file of its own, with its style, a heading, and lines below it.
    pub fn document(&self, heading: &Heading<'_>) -> String {
        stack(std::slice::from_ref(self), heading)
    }
}

/// What stands above and below charts that stand alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct Heading<'a> {
    /// What was found, in a sentence.
    pub title: &'a str,
    /// What was asked.
    pub question: &'a str,
    /// What else is to say, each in a paragraph below.
    pub notes: &'a [String],
}

/// Charts below each other as one SVG file.
pub fn stack(charts: &[Chart], heading: &Heading<'_>) -> String {
    const EDGE: f64 = 24.0;
    let inner = charts.iter().map(|chart| chart.width).fold(0.0, f64::max);
    let width = inner + 2.0 * EDGE;
    let mut y = EDGE;
    let mut parts: Vec<Markup> = Vec::new();
    let mut lines = |text: &str, class: &'static str, size: f64, y: &mut f64| {
        for one in wrap(&line(text), inner, size) {
            *y += size * 1.35;
            parts.push(Text::at(EDGE, *y - size * 0.3).class(class).write(&one));
        }
    };
    lines(heading.title, "heading", 19.0, &mut y);
    lines(heading.question, "soft", 13.0, &mut y);
    y += 10.0;
    let mut drawn: Vec<Markup> = Vec::new();
    let mut below: Vec<Markup> = Vec::new();
    for chart in charts {
        if charts.len() > 1 && chart.title != heading.title {
            y += 22.0;
            drawn.push(Text::at(EDGE, y).class("subheading").write(&chart.title));
            y += 10.0;
        }
        drawn.push(
            html! { g transform=(format!("translate({} {})", units(EDGE), units(y))) { (chart.body) } },
        );
        y += chart.height + 8.0;
    }
    for note in heading.notes {
        y += 4.0;
        for one in wrap(&line(note), inner, 12.0) {
            y += 17.0;
            below.push(Text::at(EDGE, y).class("soft small").write(&one));
        }
    }
    let height = y + EDGE;
    let about: Vec<&str> = charts.iter().map(|chart| chart.about.as_str()).collect();
    let markup = html! {
        svg xmlns="http://www.w3.org/2000/svg" class="chart alone" role="img"
            width=(units(width)) height=(units(height))
            viewBox=(format!("0 0 {} {}", units(width), units(height))) {
            title { (line(heading.title)) }
            desc { (line(&about.join(" "))) }
            style { (PreEscaped(STYLE)) }
            rect class="paper" x="0" y="0" width=(units(width)) height=(units(height)) {}
            @for part in parts.iter().chain(&drawn).chain(&below) { (part) }
        }
    };
    markup.into_string() + "\n"
}

/// The looks of charts as CSS; part of [`crate::stylesheet`].
pub(crate) const fn style() -> &'static str {
    STYLE
}

/// A number of units as an attribute: one decimal at most, so that bytes do not hang on the last bit.
pub(crate) fn units(number: f64) -> String {
    let text = format!("{number:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        assert_eq!([0.0, -0.01, 12.0, 1.25, 1.05].map(units), ["0", "0", "12", "1.2", "1.1"]);
    }
}
