//! How long the slowest measures take: `cargo run --release -p verbale-measure --example speed`.
#![allow(clippy::disallowed_methods, reason = "an example that measures time looks at the clock")]

use std::time::Instant;

use verbale_measure::{Delta, Draws, Series, WeightedEvent, changes, weighted_tilt};

fn main() -> Result<(), String> {
    // Weights and probabilities that are all different, so that nothing can be drawn together.
    let event = |at: u32, entries: u32| {
        let weight = 0.2 + f64::from(at.wrapping_mul(2_654_435_761) >> 12) / f64::from(1 << 20);
        let weights = [[weight, 0.0], [0.0, weight], [weight, weight]][at as usize % 3];
        WeightedEvent { cluster: u64::from(at / entries), weights, right: 1.0 - weight / 8.0 }
    };
    for (name, entries) in [("one a cluster", 1), ("ten a cluster", 10), ("all in one cluster", u32::MAX)] {
        for count in [2_000, 20_000, 100_000] {
            let events: Vec<_> = (0..count).map(|at| event(at, entries)).collect();
            let start = Instant::now();
            let tilt = weighted_tilt(&events, Delta::default(), Draws::default())?.tilt;
            println!("weighted tilt, {count} events, {name}: {:.2?} {:.3}", start.elapsed(), tilt.mean);
        }
    }
    for periods in [500_u32, 2_000] {
        let counts: Vec<u32> =
            (0..periods).map(|at| 3 + at * 7 % 5 + if at > periods / 2 { 4 } else { 0 }).collect();
        let share = Series::Share { first: counts.clone(), second: counts.iter().rev().copied().collect() };
        let rate = Series::Rate { exposures: vec![1.0; counts.len()], counts };
        for (name, series) in [("rate", rate), ("share", share)] {
            let start = Instant::now();
            let breaks = changes(&series, None)?.breaks.len();
            println!("changes of a {name}, {periods} periods: {:.2?}, {breaks} breaks", start.elapsed());
        }
    }
    Ok(())
}
