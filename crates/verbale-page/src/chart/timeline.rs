//! The timeline: a lane for each power, height by rank, and below it how much was written at all.

use maud::{Markup, html};
use verbale_measure::{Question, count};
use verbale_model::{Channel, ConfirmationState, Days, Engagement, Formality};

use super::cloth::{Text, fit};
use super::scale::{Scale, round_up};
use super::shapes::{Shape, bar, fill, mark, rule, shape};
use super::{Chart, Width, units};
use crate::calendar;
use crate::links::Links;
use crate::names::Names;

/// An event on the timeline.
#[derive(Debug, Clone, PartialEq)]
pub struct Happening {
    /// Its id.
    pub id: String,
    /// When.
    pub days: Days,
    /// With which powers, by their place, and at which rank: that of the lower-ranking side.
    pub with: Vec<(usize, Option<u8>)>,
    /// One side alone asserts it.
    pub one_sided: bool,
    /// It was called informal.
    pub informal: bool,
    /// By telephone, video or letter.
    pub apart: bool,
}

/// Documents of a month, `2025-10`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// Which.
    pub month: String,
    /// How many.
    pub documents: u32,
}

/// The events that a question counts, as the timeline shows them.
pub fn happenings(events: &[Engagement], question: &Question<'_>) -> Vec<Happening> {
    let of = |counted: &verbale_measure::Counted| {
        let event = &events[counted.at];
        let own = event.side(question.state).and_then(|side| side.level);
        let with = counted.n.iter().enumerate().filter(|(_, n)| **n > 0.0).map(|(at, _)| {
            let theirs =
                question.partners.get(at).and_then(|code| event.side(code)).and_then(|side| side.level);
            (at, own.into_iter().chain(theirs).max())
        });
        Happening {
            id: event.id.clone(),
            days: event.days,
            with: with.collect(),
            one_sided: event.confirmation == Some(ConfirmationState::OneSide),
            informal: event.formality == Some(Formality::Informal),
            apart: matches!(event.channel, Some(Channel::Phone | Channel::Video | Channel::Letter)),
        }
    };
    count(events, question).events.iter().map(of).collect()
}

/// Ranks that have a height of their own, from the top, and what is written beside some of them.
const RANKS: [&str; 8] =
    ["head of state", "", "minister", "", "ambassador", "", "working level", "rank unknown"];

const STEP: f64 = 11.0;

fn rank(level: Option<u8>) -> usize {
    level.map_or(RANKS.len() - 1, |level| usize::from(level.clamp(1, 7)) - 1)
}

/// Where things are.
struct Plan {
    wide: bool,
    left: f64,
    right: f64,
    margin: f64,
    days: (i32, i32),
    time: Scale,
}

impl Plan {
    fn new(width: Width, found: &[Happening], volume: &[Month]) -> Self {
        let (whole, wide) = (width.units(), width.is_wide());
        let undated = found.iter().any(|one| one.days.both().is_none());
        let left = if wide { 112.0 } else { 14.0 };
        let margin = whole - if undated { 64.0 } else { 0.0 };
        let dated = found.iter().filter_map(|one| one.days.both());
        let ends = dated.clone().map(|(first, _)| first).min().zip(dated.map(|(_, last)| last).max());
        let months = volume.iter().filter_map(|month| calendar::month(&month.month));
        let ends = ends.or_else(|| {
            let (first, last) =
                (months.clone().map(|(first, _)| first).min(), months.map(|(_, last)| last).max());
            first.zip(last)
        });
        let (first, last) = ends.unwrap_or((20_089, 20_453));
        // Some air at the ends, and half a year at least.
        let air = ((last - first) / 40).max((184 - (last - first)) / 2).max(10);
        let (days, right) = ((first - air, last + air), margin - 12.0);
        let time = Scale::new((f64::from(days.0), f64::from(days.1)), (left + 6.0, right));
        Self { wide, left, right, margin, days, time }
    }

    /// Whether a month has a day on it.
    fn holds(&self, month: &Month) -> bool {
        calendar::month(&month.month).is_some_and(|(first, last)| last >= self.days.0 && first <= self.days.1)
    }
}

/// Lanes of events; `partners` are the powers in the order of the question.
pub fn timeline(
    width: Width,
    names: &Names,
    partners: &[String],
    found: &[Happening],
    volume: &[Month],
    links: &dyn Links,
) -> Chart {
    let plan = Plan::new(width, found, volume);
    let volume: &[Month] = if volume.iter().any(|month| plan.holds(month)) { volume } else { &[] };
    let lane = STEP * RANKS.len() as f64 + 34.0;
    let top = |at: usize| 4.0 + lane * at as f64;
    let bottom = top(partners.len());
    let strip = if volume.is_empty() { 0.0 } else { 64.0 };
    let axis = bottom + strip + 4.0;
    let marks = calendar::ticks(plan.days.0, plan.days.1, if plan.wide { 9 } else { 4 });
    let undated = found.iter().filter(|one| one.days.both().is_none()).count();
    let body = html! {
        (extent(&plan, axis))
        @for (day, name) in &marks {
            @let x = plan.time.at(f64::from(*day));
            (rule("grid", (x, 6.0), (x, axis)))
            (Text::at(x, axis + 15.0).middle().class("soft small").write(name))
        }
        @for (at, code) in partners.iter().enumerate() {
            (lane_of(&plan, names.of(code), at, top(at), found, links))
        }
        @if undated > 0 {
            (rule("edge", (plan.margin, 6.0), (plan.margin, axis)))
            (Text::at(width.units(), axis + 15.0).end().class("soft small").write("undated"))
        }
        @if !volume.is_empty() { (written(&plan, volume, bottom + 6.0, bottom + strip)) }
        (rule("zero", (plan.left, axis), (plan.right, axis)))
        (legend(axis + 38.0, plan.wide))
    };
    let lanes: Vec<String> = partners
        .iter()
        .enumerate()
        .map(|(at, code)| {
            let number = found.iter().filter(|one| one.with.iter().any(|(lane, _)| *lane == at)).count();
            format!("{number} with {}", names.of(code))
        })
        .collect();
    let about = format!(
        "Each event that counts, in a lane for its power ({}), the higher the rank at which both sides met the higher up. \
         Open marks rest on one side's word, dashed ones were called informal, squares were calls or letters; {undated} \
         without a date stand in the margin.{}",
        lanes.join(", "),
        if volume.is_empty() { "" } else { " Below, the documents of each month." }
    );
    let height = axis + if plan.wide { 46.0 } else { 64.0 };
    Chart { title: "Events over time".to_owned(), about, width: width.units(), height, body }
}

/// The days that are drawn, for a script that lets a span of them be chosen.
fn extent(plan: &Plan, axis: f64) -> Markup {
    let (first, last) = plan.days;
    let (from, to) = (plan.time.at(f64::from(first)), plan.time.at(f64::from(last)));
    html! {
        rect class="extent" x=(units(from)) y="0" width=(units(to - from)) height=(units(axis)) data-first=(first) data-last=(last) {}
    }
}

fn lane_of(plan: &Plan, name: &str, nth: usize, top: f64, found: &[Happening], links: &dyn Links) -> Markup {
    // What is unknown stands apart from the lowest rank.
    let row = |rank: usize| top + 26.0 + STEP * rank as f64 + if rank + 1 == RANKS.len() { 5.0 } else { 0.0 };
    let here: Vec<(&Happening, Option<u8>)> = found
        .iter()
        .filter_map(|one| one.with.iter().find(|(lane, _)| *lane == nth).map(|(_, level)| (one, *level)))
        .collect();
    let places = places(plan, &here, &row);
    html! {
        (rule("grid", (0.0, top), (plan.margin, top)))
        (Text::at(if plan.wide { 0.0 } else { plan.left }, top + 15.0).class("label strong")
            .write(&fit(name, if plan.wide { plan.left + 200.0 } else { 200.0 }, 13.0)))
        @if plan.wide {
            @for (at, words) in RANKS.iter().enumerate().filter(|(_, words)| !words.is_empty()) {
                (Text::at(0.0, row(at) + 4.0).class("soft tiny").write(words))
                (rule("faint", (plan.left, row(at)), (plan.right, row(at))))
            }
        }
        @for ((one, level), at) in here.iter().zip(&places) { (drawn(plan, one, *level, nth, *at, links)) }
    }
}

/// Where marks stand: at the middle of their days; what would cover another moves to the right a little.
fn places(plan: &Plan, here: &[(&Happening, Option<u8>)], row: &impl Fn(usize) -> f64) -> Vec<(f64, f64)> {
    let mut ends = [f64::MIN; RANKS.len()];
    let mut margin = [0_u32; RANKS.len()];
    let mut place = |one: &Happening, level: Option<u8>| {
        let rank = rank(level);
        let Some((first, last)) = one.days.both() else {
            let at = margin[rank];
            margin[rank] += 1;
            // Five beside each other, further ones on top of the last.
            return (plan.margin + 10.0 + 10.0 * f64::from(at.min(4)), row(rank));
        };
        let middle = plan.time.at(f64::midpoint(f64::from(first), f64::from(last)));
        let x = middle.max(ends[rank].min(middle + 18.0)).min(plan.right);
        ends[rank] = x + 4.0;
        (x, row(rank))
    };
    here.iter().map(|(one, level)| place(one, *level)).collect()
}

fn drawn(
    plan: &Plan,
    one: &Happening,
    level: Option<u8>,
    nth: usize,
    (x, y): (f64, f64),
    links: &dyn Links,
) -> Markup {
    let kind = if one.apart { Shape::Square } else { Shape::Circle };
    let mut class = fill(nth).to_owned();
    if one.one_sided {
        class.push_str(" open");
    }
    if one.informal {
        class.push_str(" dashed");
    }
    let level = level.map_or_else(|| "rank unknown".to_owned(), |level| format!("rank {level}"));
    let mut name = format!("{}, {level}", calendar::days(one.days));
    for (holds, words) in [
        (one.one_sided, ", one side's word"),
        (one.informal, ", informal"),
        (one.apart, ", a call or letter"),
    ] {
        if holds {
            name.push_str(words);
        }
    }
    let reach =
        one.days.both().map(|(first, last)| (plan.time.at(f64::from(first)), plan.time.at(f64::from(last))));
    let shapes = html! {
        @if let Some((from, to)) = reach.filter(|(from, to)| to - from > 9.0) { (rule("reach", (from, y), (to, y))) }
        (shape(kind, &class, (x, y), 4.2))
    };
    mark(links.event(&one.id).as_deref(), &name, &shapes)
}

/// Bars of documents a month.
fn written(plan: &Plan, volume: &[Month], top: f64, bottom: f64) -> Markup {
    let most = round_up(f64::from(volume.iter().map(|month| month.documents).max().unwrap_or(1)));
    let height = Scale::new((0.0, most), (bottom, top + 18.0));
    let inside = volume.iter().filter(|month| plan.holds(month)).filter_map(|month| {
        let (first, last) = calendar::month(&month.month)?;
        Some((month, first, last))
    });
    html! {
        (Text::at(plan.left.min(14.0) - if plan.wide { 14.0 } else { 0.0 }, top + 13.0).class("soft tiny")
            .write(&format!("documents a month, at most {most:.0}")))
        @for (month, first, last) in inside {
            @let from = plan.time.at(f64::from(first));
            @let to = (plan.time.at(f64::from(last) + 1.0) - 0.6).max(from + 0.8);
            (mark(None, &format!("{}: {} documents", month.month, month.documents),
                &bar("volume", (from, height.at(f64::from(month.documents))), (to, bottom))))
        }
    }
}

fn legend(y: f64, wide: bool) -> Markup {
    let entries = [
        (Shape::Circle, "one", "met"),
        (Shape::Circle, "one open", "one side's word"),
        (Shape::Circle, "one dashed", "called informal"),
        (Shape::Square, "one", "call or letter"),
    ];
    let place = |at: usize| {
        if wide {
            ([0.0, 70.0, 200.0, 330.0][at], y)
        } else {
            ([0.0, 70.0, 0.0, 130.0][at], y + [0.0, 0.0, 18.0, 18.0][at])
        }
    };
    html! {
        @for (at, (kind, class, words)) in entries.iter().enumerate() {
            (shape(*kind, class, (place(at).0 + 6.0, place(at).1 - 4.0), 4.5))
            (Text::at(place(at).0 + 16.0, place(at).1).class("soft small").write(words))
        }
    }
}
