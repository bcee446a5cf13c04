//! How often the weighted interval holds the truth: `cargo run --release -p verbale-measure --example coverage`.
//!
//! Ledgers are made whose truth is known: a share drawn from Jeffreys' prior, or fixed; happenings that fall to
//! the first partner with that probability, each with a weight, each told by one or more entries of the ledger;
//! and entries that were coded wrong. The table says how often the 95 % interval of the tilt holds 2 share - 1,
//! and how wide it is; beside it, the interval that counts every entry.

use rand_distr::{Beta, Distribution, LogNormal, StandardUniform};
use rand_pcg::Pcg64;
use rand_pcg::rand_core::SeedableRng;
use verbale_measure::{Delta, Draws, WeightedEvent, balance, weighted_tilt};

/// Ledgers for each setting.
const LEDGERS: u32 = 2000;

/// Draws for each ledger.
const DRAWS: u32 = 1000;

/// How a ledger is made.
#[derive(Clone, Copy)]
struct Setting {
    name: &'static str,
    /// Weights of a happening.
    weights: Weights,
    /// Entries of each happening.
    entries: u32,
    /// Probability that an entry was coded right.
    right: f64,
    /// What a wrong entry says.
    wrong: Wrong,
}

#[derive(Clone, Copy)]
enum Weights {
    One,
    /// By level, from 1 down to .2.
    Levels,
    /// Log-normal with deviation 1: few happenings carry most of the weight.
    Heavy,
}

#[derive(Clone, Copy)]
enum Wrong {
    /// The same share as the right ones.
    Alike,
    /// One partner as often as the other.
    Even,
}

const PLAIN: Setting = Setting {
    name: "unit weights, certain",
    weights: Weights::One,
    entries: 1,
    right: 1.0,
    wrong: Wrong::Alike,
};

const SETTINGS: [Setting; 7] = [
    PLAIN,
    Setting { name: "weights by level", weights: Weights::Levels, ..PLAIN },
    Setting { name: "log-normal weights", weights: Weights::Heavy, ..PLAIN },
    Setting { name: "three entries a happening", entries: 3, ..PLAIN },
    Setting { name: "one in ten wrong, like the right ones", right: 0.9, ..PLAIN },
    Setting { name: "one in ten wrong, even", right: 0.9, wrong: Wrong::Even, ..PLAIN },
    Setting {
        name: "levels, three entries, one in five wrong, even",
        weights: Weights::Levels,
        entries: 3,
        right: 0.8,
        wrong: Wrong::Even,
    },
];

fn main() {
    println!("{LEDGERS} ledgers a cell; coverage of the 95 % interval and its mean width; weighted | counts");
    for (title, truth) in
        [("share drawn from Beta(1/2, 1/2)", None), ("share .5", Some(0.5)), ("share .8", Some(0.8))]
    {
        println!("\n{title}");
        for setting in SETTINGS {
            for happenings in [3, 10, 30, 100] {
                let cell = Cell::measure(setting, happenings, truth);
                println!("{:48} {happenings:4}  {cell}", setting.name);
            }
        }
    }
}

/// Hits and widths of both intervals.
#[derive(Default)]
struct Cell {
    hits: [u32; 2],
    widths: [f64; 2],
}

impl Cell {
    fn measure(setting: Setting, happenings: u32, truth: Option<f64>) -> Self {
        let mut source = Pcg64::seed_from_u64(2026);
        let mut cell = Self::default();
        for seed in 0..LEDGERS {
            let share = truth.unwrap_or_else(|| drawn_share(&mut source));
            let events = ledger(setting, happenings, share, &mut source);
            let Ok(draws) = Draws::new(DRAWS, u64::from(seed)) else { continue };
            let Ok(weighted) = weighted_tilt(&events, Delta::default(), draws) else { continue };
            let counts =
                [0, 1].map(|side| events.iter().filter(|event| event.weights[side] > 0.0).count() as u32);
            let counted = balance(["A", "B"], counts, Delta::default()).tilt;
            for (at, tilt) in [weighted.tilt, counted].into_iter().enumerate() {
                let truth = 2.0 * share - 1.0;
                cell.hits[at] += u32::from(tilt.low <= truth && truth <= tilt.high);
                cell.widths[at] += tilt.high - tilt.low;
            }
        }
        cell
    }
}

impl std::fmt::Display for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let of = |at: usize| {
            (100.0 * f64::from(self.hits[at]) / f64::from(LEDGERS), self.widths[at] / f64::from(LEDGERS))
        };
        let ((weighted, width), (counts, counted)) = (of(0), of(1));
        write!(f, "{weighted:5.1} % {width:.2} | {counts:5.1} % {counted:.2}")
    }
}

fn uniform(source: &mut Pcg64) -> f64 {
    StandardUniform.sample(source)
}

fn drawn_share(source: &mut Pcg64) -> f64 {
    Beta::new(0.5, 0.5).map_or(0.5, |beta| beta.sample(source))
}

fn ledger(setting: Setting, happenings: u32, share: f64, source: &mut Pcg64) -> Vec<WeightedEvent> {
    let mut events = Vec::new();
    for cluster in 0..happenings {
        let weight = match setting.weights {
            Weights::One => 1.0,
            Weights::Levels => [1.0, 0.8, 0.6, 0.4, 0.2][(uniform(source) * 5.0) as usize],
            Weights::Heavy => LogNormal::new(0.0, 1.0).map_or(1.0, |normal| normal.sample(source)),
        };
        let first = uniform(source) < share;
        for _ in 0..setting.entries {
            let first = if uniform(source) < setting.right {
                first
            } else {
                let share = match setting.wrong {
                    Wrong::Alike => share,
                    Wrong::Even => 0.5,
                };
                uniform(source) < share
            };
            let weights = if first { [weight, 0.0] } else { [0.0, weight] };
            events.push(WeightedEvent { cluster: u64::from(cluster), weights, right: setting.right });
        }
    }
    events
}
