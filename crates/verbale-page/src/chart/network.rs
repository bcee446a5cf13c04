//! Partners around their state: lines as thick as their events are many, and which partners stood at the same ones.

use std::collections::BTreeMap;

use maud::{Markup, html};
use verbale_measure::{Network, Partner};

use super::cloth::{Text, fit, width as text_width};
use super::shapes::{Shape, fill, mark, shape};
use super::{Chart, Width, units};
use crate::links::{Figure, Links};
use crate::names::Names;

/// Partners that are drawn; the table has all of them.
const MOST: usize = 24;
/// The same on a telephone.
const FEW: usize = 12;

/// Two partners and the events at which both were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair<'a> {
    /// Their codes, the one with more events first.
    pub between: [&'a str; 2],
    /// Ids of the events.
    pub events: Vec<&'a str>,
}

/// Which of the partners with most events stood at the same ones, those with most in common first.
pub fn together(found: &Network) -> Vec<Pair<'_>> {
    let mut at: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (nth, partner) in found.partners.iter().take(MOST).enumerate() {
        for id in &partner.events {
            at.entry(id).or_default().push(nth);
        }
    }
    let mut pairs: BTreeMap<(usize, usize), Vec<&str>> = BTreeMap::new();
    for (id, here) in &at {
        for (nth, one) in here.iter().enumerate() {
            for other in &here[nth + 1..] {
                pairs.entry((*one, *other)).or_default().push(id);
            }
        }
    }
    let code = |nth: usize| found.partners[nth].code.as_str();
    let mut pairs: Vec<Pair<'_>> = pairs
        .into_iter()
        .map(|((one, other), events)| Pair { between: [code(one), code(other)], events })
        .collect();
    pairs.sort_by_key(|pair| std::cmp::Reverse(pair.events.len()));
    pairs
}

/// Where things are.
struct Plan {
    whole: f64,
    middle: (f64, f64),
    reach: (f64, f64),
    number: usize,
}

impl Plan {
    /// The cosine and sine of a partner's direction: the first at the top, the others clockwise.
    fn direction(&self, nth: usize) -> (f64, f64) {
        let turn = std::f64::consts::TAU * nth as f64 / self.number.max(1) as f64;
        (turn.sin(), -turn.cos())
    }

    fn place(&self, nth: usize) -> (f64, f64) {
        let (x, y) = self.direction(nth);
        (self.middle.0 + self.reach.0 * x, self.middle.1 + self.reach.1 * y)
    }
}

/// The state in the middle, its partners around it in the order of their events, from the top clockwise.
pub fn network(width: Width, names: &Names, found: &Network, powers: &[String], links: &dyn Links) -> Chart {
    let (whole, wide) = (width.units(), width.is_wide());
    let shown = &found.partners[..found.partners.len().min(if wide { MOST } else { FEW })];
    let (reach, height) = if wide { ((250.0, 168.0), 420.0) } else { ((84.0, 152.0), 380.0) };
    let plan = Plan { whole, middle: (whole / 2.0, height / 2.0 - 6.0), reach, number: shown.len() };
    let most = shown.iter().map(|one| one.count.0).fold(1.0, f64::max);
    let hidden = found.partners.len() - shown.len();
    let pairs = together(found);
    let body = html! {
        @for pair in &pairs { (tie(&plan, shown, pair, names, links)) }
        @for (nth, one) in shown.iter().enumerate() {
            (spoke(&plan, nth, one, powers.iter().position(|code| *code == one.code), most, names, links))
        }
        (shape(Shape::Square, "own", plan.middle, 6.0))
        (Text::at(plan.middle.0, plan.middle.1 + 22.0).middle().class("label strong placed")
            .write(&fit(names.of(&found.head.state), reach.0 * 1.4, 13.0)))
        @if hidden > 0 {
            (Text::at(0.0, height - 4.0).class("soft small").write(&format!("and {hidden} more partners")))
        }
    };
    let first: Vec<String> =
        shown.iter().take(5).map(|one| format!("{} {}", names.of(&one.code), one.count)).collect();
    let more = if hidden == 0 { String::new() } else { format!(" {hidden} more are in the table.") };
    let tied = match pairs.as_slice() {
        [] => " No two of them stood at the same event that counts.".to_owned(),
        [pair, ..] => format!(
            " Thin curves join partners that stood at the same events, most often {} and {} ({}).",
            names.of(pair.between[0]),
            names.of(pair.between[1]),
            pair.events.len()
        ),
    };
    let about = format!(
        "{} in the middle, its partners around it from the top clockwise in the order of their events, each line as thick \
         as they are many: {}{}.{more}{tied}",
        names.of(&found.head.state),
        first.join(", "),
        if shown.len() > 5 { format!(" and {} more", shown.len() - 5) } else { String::new() },
    );
    let title = format!("Partners of {} as a network", names.of(&found.head.state));
    Chart { title, about, width: whole, height, body }
}

/// A curve between two partners, bent towards the middle.
fn tie(plan: &Plan, shown: &[Partner], pair: &Pair<'_>, names: &Names, links: &dyn Links) -> Markup {
    let place = |code: &str| shown.iter().position(|one| one.code == code).map(|nth| plan.place(nth));
    let [one, other] = pair.between;
    let Some((from, to)) = place(one).zip(place(other)) else { return html! {} };
    let (x, y) = plan.middle;
    let bend = (f64::midpoint(x, f64::midpoint(from.0, to.0)), f64::midpoint(y, f64::midpoint(from.1, to.1)));
    let curve = format!(
        "M{} {}Q{} {} {} {}",
        units(from.0),
        units(from.1),
        units(bend.0),
        units(bend.1),
        units(to.0),
        units(to.1)
    );
    let thick = (0.8 + 0.5 * (pair.events.len() as f64).sqrt()).min(5.0);
    let name = format!("{} and {} together: {} events", names.of(one), names.of(other), pair.events.len());
    mark(
        links.figure(Figure::Together(one, other)).as_deref(),
        &name,
        &html! { path class="tie" d=(curve) stroke-width=(units(thick)) {} },
    )
}

fn spoke(
    plan: &Plan,
    nth: usize,
    one: &Partner,
    power: Option<usize>,
    most: f64,
    names: &Names,
    links: &dyn Links,
) -> Markup {
    let (across, _) = plan.direction(nth);
    let (x, y) = plan.place(nth);
    let thick = 1.0 + 8.0 * one.count.0 / most;
    let (kind, class) = power.map_or((Shape::Circle, "raw"), |power| (Shape::nth(power), fill(power)));
    let count = one.count.to_string();
    let side = plan.whole / 2.0 - plan.reach.0 * across.abs() - 14.0;
    let room = if across.abs() > 0.05 { side } else { 2.0 * plan.reach.0 };
    let label = format!("{} {count}", fit(names.of(&one.code), room - text_width(&count, 12.0) - 6.0, 12.0));
    let text = if across > 0.05 {
        Text::at(x + 10.0, y + 4.0)
    } else if across < -0.05 {
        Text::at(x - 10.0, y + 4.0).end()
    } else if y < plan.middle.1 {
        Text::at(x, y - 10.0).middle()
    } else {
        Text::at(x, y + 19.0).middle()
    };
    let name = format!("{}: {count} events", names.with_code(&one.code));
    mark(
        links.figure(Figure::Partner(&one.code)).as_deref(),
        &name,
        &html! {
            line class="spoke" x1=(units(plan.middle.0)) y1=(units(plan.middle.1)) x2=(units(x)) y2=(units(y)) stroke-width=(units(thick)) {}
            (shape(kind, class, (x, y), 5.5))
            (text.class("label small placed").write(&label))
        },
    )
}
