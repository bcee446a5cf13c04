//! Topics by power: how large a share of what is talked about each topic is, with its interval.

use maud::{Markup, html};
use verbale_measure::{Subject, Subjects};

use super::cloth::{Text, fit};
use super::scale::Scale;
use super::shapes::{Shape, bar, fill, mark, rule, shape};
use super::{Chart, Width};
use crate::links::{Figure, Links};
use crate::names::Names;
use crate::words;

/// Topics that are drawn; the table has all of them.
const MOST: usize = 20;

/// A row for each topic, a column for each power, in each cell the share with its interval.
pub fn matrix(width: Width, names: &Names, found: &Subjects, links: &dyn Links) -> Chart {
    let (whole, wide) = (width.units(), width.is_wide());
    let shown = &found.topics[..found.topics.len().min(MOST)];
    let hidden = found.topics.len() - shown.len();
    let (left, top) = if wide { (200.0, 44.0) } else { (0.0, 26.0) };
    // On a telephone a topic stands above its row.
    let step = if wide { 26.0 } else { 44.0 };
    let column = (whole - left) / found.head.between.len().max(1) as f64;
    let bottom = top + step * shown.len().max(1) as f64;
    let shares = shown.iter().flat_map(|topic| topic.shares.values());
    let most = (shares.map(|share| share.high).fold(0.05, f64::max) * 10.0).ceil() / 10.0;
    let place = |at: usize| {
        let start = left + column * at as f64;
        (start, Scale::new((0.0, most), (start + 26.0, start + column - 22.0)))
    };
    let body = html! {
        @for (at, code) in found.head.between.iter().enumerate() {
            @let (start, scale) = place(at);
            (Text::at(start + 26.0, 14.0).write(&fit(names.of(code), column - 30.0, 13.0)))
            @for tick in [0.0, most] {
                (rule("grid", (scale.at(tick), top - 4.0), (scale.at(tick), bottom)))
                @if wide {
                    (Text::at(scale.at(tick), top - 9.0).middle().class("soft small").write(&format!("{:.0} %", 100.0 * tick)))
                }
            }
        }
        @for (at, topic) in shown.iter().enumerate() {
            @let y = top + step * at as f64;
            @if wide { (rule("grid", (0.0, y), (whole, y))) }
            (Text::at(0.0, y + if wide { 17.0 } else { 16.0 })
                .write(&fit(&topic.topic.replace('_', " "), if wide { left - 10.0 } else { whole }, 13.0)))
            @for (nth, code) in found.head.between.iter().enumerate() {
                @let middle = if wide { y + 13.0 } else { y + 30.0 };
                (cell(topic, code, nth, place(nth), middle, links))
            }
        }
        @if hidden > 0 {
            (Text::at(0.0, bottom + 18.0).class("soft small").write(&format!("and {hidden} more topics")))
        }
    };
    let about = format!(
        "For each topic and power, the number of events about it, and its share of all that was talked about with that \
         power: a dot for the mean, a bar for the 95 % interval, on a scale from 0 to {:.0} %.{}",
        100.0 * most,
        if hidden == 0 { String::new() } else { format!(" {hidden} more topics are in the table.") }
    );
    let height = bottom + if hidden > 0 { 26.0 } else { 6.0 };
    Chart { title: "What is talked about with each power".to_owned(), about, width: whole, height, body }
}

fn cell(
    topic: &Subject,
    code: &str,
    nth: usize,
    (start, scale): (f64, Scale),
    middle: f64,
    links: &dyn Links,
) -> Markup {
    let count = topic.counts.get(code).copied().unwrap_or_default();
    let to = links.figure(Figure::Topic(&topic.topic, code)).filter(|_| count > 0);
    let share = topic.shares.get(code);
    let name = format!(
        "{} with {code}: {count} events{}",
        topic.topic.replace('_', " "),
        share.map(|share| format!(", {}", words::percent(share))).unwrap_or_default()
    );
    let shapes = html! {
        (Text::at(start + 18.0, middle + 4.0).end().class("label small").write(&count.to_string()))
        @if let Some(share) = share {
            (bar("interval", (scale.at(share.low), middle - 3.0), (scale.at(share.high), middle + 3.0)))
            (shape(Shape::nth(nth), fill(nth), (scale.at(share.mean), middle), 4.5))
        }
    };
    mark(to.as_deref(), &name, &shapes)
}
