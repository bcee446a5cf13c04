//! Made tables of GDELT 2.0: 61 columns, drawn from a fixed seed, in the order in which GDELT would have added them.
//!
//! As in GDELT, a few states are told of most, a third of the actors stand for no state, a quarter of the rows have
//! one actor only, several rows come from one document, talks come with their mirror, and some rows are dated long
//! before the day on which they were added. There are more rows in later years.

use std::fmt::Write as _;
use std::io::Write;

use anyhow::Result;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use super::world::World;
use crate::draw::Draw;

/// The years, from 1979 on.
const YEARS: i16 = 48;

/// What addresses are made of.
const WORDS: &[&str] = &[
    "talks",
    "minister",
    "border",
    "trade",
    "visit",
    "accord",
    "summit",
    "envoy",
    "statement",
    "transit",
    "water",
    "energy",
    "security",
    "council",
    "delegation",
    "ceasefire",
    "loan",
    "harbour",
    "railway",
    "election",
];

/// Writes so many rows.
pub fn write(world: &World, rows: u64, out: &mut impl Write) -> Result<()> {
    let calendar = Calendar::new();
    let mut made = Made { world, draw: Draw::new(2026), text: String::new(), rows: 0, most: rows };
    let mut document = 0;
    while made.rows < rows {
        document += 1;
        made.document(document, calendar.day(made.rows, rows));
        out.write_all(made.text.as_bytes())?;
        made.text.clear();
    }
    Ok(out.flush()?)
}

/// Days over which rows are spread.
struct Calendar {
    /// How much is told up to the end of each year.
    years: Vec<u64>,
}

impl Calendar {
    /// A tenth more is told every year.
    fn new() -> Self {
        let mut whole = 0;
        let years = (0..YEARS).map(|year| {
            whole += (1000.0 * 1.1_f64.powi(i32::from(year))) as u64;
            whole
        });
        Self { years: years.collect() }
    }

    /// The day of one row of so many.
    fn day(&self, row: u64, rows: u64) -> Date {
        let whole = self.years.last().copied().unwrap_or(1);
        let told = (u128::from(row) * u128::from(whole) / u128::from(rows.max(1))) as u64;
        let year = self.years.partition_point(|sum| *sum <= told);
        let before = year.checked_sub(1).and_then(|at| self.years.get(at)).copied().unwrap_or_default();
        let of = self.years.get(year).map_or(1, |sum| sum - before);
        let first = date(1979 + year as i16, 1, 1);
        let day = (told - before) * u64::from(first.days_in_year() as u16) / of.max(1);
        first.saturating_add((day as i64).days())
    }
}

/// Rows on their way.
struct Made<'w> {
    world: &'w World,
    draw: Draw,
    text: String,
    rows: u64,
    most: u64,
}

/// What rows of one document share.
struct Told {
    sources: u64,
    articles: u64,
    tone: f64,
    added: Date,
    /// The last two columns.
    end: String,
}

impl Made<'_> {
    /// One document: one to six events, most of them of one pair of states.
    fn document(&mut self, number: u64, added: Date) {
        let draw = &mut self.draw;
        let mut address =
            format!("https://www.outlet{}.example/{}/", draw.below(4000), added.strftime("%Y/%m/%d"));
        for _ in 0..4 + draw.below(4) {
            let _ = write!(address, "{}-", draw.one(WORDS));
        }
        let _ = write!(address, "{number}");
        let articles = [10, 10, 10, 6, 4, 4, 2, 1][draw.below(8) as usize] + draw.below(3) * draw.below(9);
        let told = Told {
            sources: 1 + draw.below(2) * draw.below(4),
            articles,
            tone: draw.below(20_000_000) as f64 / 1e6 - 12.0,
            added,
            end: format!(
                "{}{:02}{:02}00\t{address}\n",
                added.strftime("%Y%m%d"),
                draw.below(24),
                15 * draw.below(4)
            ),
        };
        let pair = [self.world.states.at(draw), self.world.states.at(draw)];
        for _ in 0..=draw.below(6) {
            self.event(pair, &told);
        }
    }

    /// One event, and its mirror where it is one of talks.
    fn event(&mut self, pair: [usize; 2], told: &Told) {
        let draw = &mut self.draw;
        let world = self.world;
        let mut state = |at: usize| match draw.below(10) {
            0..=5 => Some(pair[at]),
            6 => Some(world.states.at(draw)),
            _ => None,
        };
        let states = [state(0), state(1)];
        let mut actors = [String::new(), String::new()];
        let alone = draw.below(100);
        for (at, actor) in actors.iter_mut().enumerate() {
            if (alone < 8 && at == 0) || (alone >= 75 && at == 1) {
                actor.push_str("\t\t\t\t\t\t\t\t\t");
            } else {
                world.actor(draw, states[at], actor);
            }
        }
        let day = told.added.saturating_sub([0, 1, 7, 30, 365][late(draw)].days());
        let place = |draw: &mut Draw, of: Option<usize>| -> &str {
            of.map_or("0\t\t\t\t\t\t\t", |of| world.states.all()[of].places.one(draw))
        };
        let places = states.map(|of| place(draw, of));
        let action = if draw.percent(85) { Some(pair[usize::from(draw.percent(40))]) } else { None };
        let action = place(draw, action);
        let code = world.codes.one(draw);
        let mirror = match code.code {
            "042" => Some("043"),
            "043" => Some("042"),
            "040" | "036" => Some(code.code),
            _ => None,
        };
        let mirror = mirror.and_then(|code| world.codes.all().iter().find(|one| one.code == code));
        self.row(day, [&actors[0], &actors[1]], &code.columns, [places[0], places[1], action], told);
        if let Some(code) = mirror.filter(|_| !actors.iter().any(|actor| actor.starts_with('\t'))) {
            self.row(day, [&actors[1], &actors[0]], &code.columns, [places[1], places[0], action], told);
        }
    }

    fn row(&mut self, day: Date, actors: [&str; 2], code: &str, places: [&str; 3], told: &Told) {
        if self.rows == self.most {
            return;
        }
        self.rows += 1;
        let (year, month) = (day.year(), day.month());
        let part = f64::from(year) + f64::from(day.day_of_year()) / 365.25;
        let root = u8::from(self.draw.percent(60));
        let Told { sources, articles, tone, end, .. } = told;
        let _ = write!(
            self.text,
            "{}\t{year}{month:02}{:02}\t{year}{month:02}\t{year}\t{part:.4}\t{}\t{}\t{root}\t{code}\t{articles}\t\
             {sources}\t{articles}\t{tone:.14}\t{}\t{}\t{}\t{end}",
            400_000_000 + self.rows,
            day.day(),
            actors[0],
            actors[1],
            places[0],
            places[1],
            places[2],
        );
    }
}

/// How late a row is added: mostly on the day, sometimes a day, a week, a month or a year after it.
fn late(draw: &mut Draw) -> usize {
    match draw.below(100) {
        0..92 => 0,
        92..95 => 1,
        95..97 => 2,
        97..99 => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_61_columns_and_are_the_same_every_time() {
        let world = World::new(&verbale::knowledge::Knowledge::embedded()).unwrap();
        let make = || {
            let mut out = Vec::new();
            write(&world, 2_000, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        let text = make();
        assert_eq!(text.lines().count(), 2_000);
        for line in text.lines() {
            assert_eq!(line.split('\t').count(), 61, "{line}");
        }
        assert_eq!(text, make());
        let year = |line: &str| line.split('\t').nth(3).unwrap().to_owned();
        assert!(["1978", "1979"].contains(&year(text.lines().next().unwrap()).as_str()));
        assert!(["2025", "2026"].contains(&year(text.lines().last().unwrap()).as_str()));
    }
}
