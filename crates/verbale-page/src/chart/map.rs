//! Partners on a map of the world: a mark at a point of each, as large as their events are many.

use maud::{Markup, html};
use verbale_measure::{Network, Partner};

use super::cloth::{Text, width as text_width};
use super::outlines::{DISPUTED, LAND, LINES, POINTS, SIZE};
use super::shapes::{Shape, fill, mark, shape};
use super::{Chart, Width, units};
use crate::links::{Figure, Links};
use crate::names::Names;

/// A partner with its place.
struct Placed<'a> {
    one: &'a Partner,
    at: (f64, f64),
    size: f64,
    power: Option<usize>,
}

/// Room that text takes: left, top, right, bottom.
type Frame = [f64; 4];

/// Marks of all partners that have a place; `powers` keep their shapes and colours, the state itself is a square.
pub fn map(width: Width, names: &Names, found: &Network, powers: &[String], links: &dyn Links) -> Chart {
    let whole = width.units();
    let scale = whole / SIZE.0;
    let bottom = SIZE.1 * scale;
    let most = found.partners.iter().map(|one| one.count.0).fold(0.0, f64::max);
    let largest = if width.is_wide() { 19.0 } else { 12.0 };
    let size = |count: f64| (largest * (count / most.max(1e-9)).sqrt()).max(2.4);
    let place = |code: &str| point(code).map(|(x, y)| (x * scale, y * scale));
    let placed: Vec<Placed<'_>> = found
        .partners
        .iter()
        .filter_map(|one| {
            let power = powers.iter().position(|code| *code == one.code);
            Some(Placed { one, at: place(&one.code)?, size: size(one.count.0), power })
        })
        .collect();
    let own = place(&found.head.state);
    let body = html! {
        (ground(scale))
        // Those with most come first, so that small marks lie on large ones.
        @for one in &placed { (drawn(one, names, links)) }
        @if let Some(at) = own { (mark(None, names.of(&found.head.state), &shape(Shape::Square, "own", at, 3.6))) }
        (labels(width, names, found, own, &placed))
        (legend(width, bottom, most, size(most)))
    };
    let first: Vec<String> =
        placed.iter().take(5).map(|one| format!("{} {}", names.of(&one.one.code), one.one.count)).collect();
    let missing = found.partners.len() - placed.len();
    let about = format!(
        "Each partner of {} as a mark at a point of it, the area of the mark by the number of events: {}{}.{} Borders as \
         Natural Earth draws them, dashed where they are disputed or were never agreed; a mark says nothing about whose \
         land it stands on.",
        names.of(&found.head.state),
        first.join(", "),
        if placed.len() > 5 { format!(" and {} more", placed.len() - 5) } else { String::new() },
        if missing > 0 { format!(" {missing} without a place are not on it.") } else { String::new() },
    );
    let title = format!("Partners of {} on a map", names.of(&found.head.state));
    Chart { title, about, width: whole, height: bottom + if width.is_wide() { 34.0 } else { 52.0 }, body }
}

/// Partners that no map shows: organisations, and what has no point.
pub fn unplaced(found: &Network) -> Vec<&Partner> {
    found.partners.iter().filter(|one| point(&one.code).is_none()).collect()
}

/// The point of a state, in units of the outlines.
fn point(code: &str) -> Option<(f64, f64)> {
    let at = POINTS.binary_search_by(|(known, _, _)| (*known).cmp(code)).ok()?;
    let (_, x, y) = POINTS[at];
    Some((x, y))
}

fn ground(scale: f64) -> Markup {
    let thick = |pixels: f64| units(pixels / scale);
    html! {
        g transform=(format!("scale({scale:.4})")) {
            path class="land" d=(LAND) {}
            path class="lines" d=(LINES) stroke-width=(thick(0.55)) {}
            path class="disputed" d=(DISPUTED) stroke-width=(thick(0.9))
                stroke-dasharray=(format!("{} {}", thick(2.2), thick(1.8))) {}
        }
    }
}

fn drawn(one: &Placed<'_>, names: &Names, links: &dyn Links) -> Markup {
    let Placed { one: partner, at, size, power } = one;
    let name = format!("{}: {} events", names.with_code(&partner.code), partner.count);
    let (kind, class) = match power {
        Some(nth) => (Shape::nth(*nth), format!("{} clear", fill(*nth))),
        None => (Shape::Circle, "raw clear".to_owned()),
    };
    mark(links.figure(Figure::Partner(&partner.code)).as_deref(), &name, &shape(kind, &class, *at, *size))
}

/// Names beside marks, as many as have room: the state, its powers, then the busiest.
fn labels(
    width: Width,
    names: &Names,
    found: &Network,
    own: Option<(f64, f64)>,
    placed: &[Placed<'_>],
) -> Markup {
    let most = if width.is_wide() { 12 } else { 4 };
    let (powers, others): (Vec<&Placed<'_>>, Vec<&Placed<'_>>) =
        placed.iter().partition(|one| one.power.is_some());
    let named = powers.into_iter().chain(others).take(most);
    let named = named.map(|one| (one.at, one.size, names.of(&one.one.code)));
    let own = own.map(|at| (at, 3.6, names.of(&found.head.state)));
    // A name may touch the edge of another mark, and not its middle.
    let marks = placed.iter().map(|one| around(one.at, 0.7 * one.size));
    let mut taken: Vec<Frame> = own.iter().map(|(at, size, _)| around(*at, *size)).chain(marks).collect();
    let mut out = Vec::new();
    for (at, size, name) in own.into_iter().chain(named) {
        if let Some((text, frame)) = beside(width, at, size, name, &taken) {
            taken.push(frame);
            out.push(text.class("label small placed").write(name));
        }
    }
    html! { @for one in &out { (one) } }
}

fn around((x, y): (f64, f64), size: f64) -> Frame {
    [x - size, y - size, x + size, y + size]
}

/// Where a name has room: to the right of its mark, to the left, above or below.
fn beside(width: Width, (x, y): (f64, f64), size: f64, name: &str, taken: &[Frame]) -> Option<(Text, Frame)> {
    let long = text_width(name, 12.0);
    // Some shapes reach out further than round ones.
    let gap = 1.2 * size + 3.0;
    let free = |[left, top, right, bottom]: &Frame| {
        *left >= 0.0
            && *right <= width.units()
            && *top >= 0.0
            && !taken
                .iter()
                .any(|other| *left < other[2] && other[0] < *right && *top < other[3] && other[1] < *bottom)
    };
    let half = long / 2.0;
    let places = [
        (Text::at(x + gap, y + 4.0), [x + gap, y - 6.0, x + gap + long, y + 6.0]),
        (Text::at(x - gap, y + 4.0).end(), [x - gap - long, y - 6.0, x - gap, y + 6.0]),
        (Text::at(x, y - gap).middle(), [x - half, y - gap - 11.0, x + half, y - gap + 3.0]),
        (Text::at(x, y + gap + 9.0).middle(), [x - half, y + gap - 2.0, x + half, y + gap + 12.0]),
    ];
    places.into_iter().find(|(_, frame)| free(frame))
}

fn legend(width: Width, bottom: f64, most: f64, size: f64) -> Markup {
    let y = bottom + 22.0;
    let (x, below) = if width.is_wide() { (380.0, y) } else { (0.0, y + 20.0) };
    html! {
        (shape(Shape::Circle, "raw", (13.0, y - 4.0), size.min(11.0)))
        (Text::at(30.0, y).class("soft small").write(&if size > 11.0 {
            format!("area: number of events, {most:.0} at most")
        } else {
            format!("{most:.0} events; the area is their number")
        }))
        line class="disputed" x1=(units(x)) y1=(units(below - 4.0)) x2=(units(x + 24.0)) y2=(units(below - 4.0)) stroke-dasharray="2.2 1.8" {}
        (Text::at(x + 30.0, below).class("soft small").write("border that is disputed or was never agreed"))
    }
}
