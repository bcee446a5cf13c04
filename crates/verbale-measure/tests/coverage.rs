//! Intervals hold the truth as often as they say, over ledgers whose truth is drawn from the prior.

use rand_distr::{Beta, Distribution, Gamma, Poisson, StandardUniform};
use rand_pcg::Pcg64;
use rand_pcg::rand_core::SeedableRng;
use verbale_measure::{Delta, Draws, GammaPrior, WeightedEvent, balance, rate, shares, weighted_tilt};

/// Simulated ledgers for each number of events.
const LEDGERS: u32 = 2000;

/// Holds for 95 % of the truths; over 2,000 ledgers that is 93 to 97 %.
fn covers(name: &str, hits: u32, ledgers: u32) {
    let coverage = f64::from(hits) / f64::from(ledgers);
    assert!((0.93..=0.97).contains(&coverage), "{name}: {coverage}");
}

fn heads(trials: u32, share: f64, source: &mut Pcg64) -> u32 {
    (0..trials).filter(|_| Distribution::<f64>::sample(&StandardUniform, source) < share).count() as u32
}

#[test]
fn unweighted_tilts_cover_the_truth() {
    let prior = Beta::new(0.5, 0.5).unwrap();
    for events in [0, 1, 3, 10, 40, 200] {
        let mut source = Pcg64::seed_from_u64(u64::from(events) + 1);
        let mut hits = 0;
        for _ in 0..LEDGERS {
            let share: f64 = prior.sample(&mut source);
            let first = heads(events, share, &mut source);
            let tilt = balance(["AAA", "BBB"], [first, events - first], Delta::default()).tilt;
            let truth = 2.0 * share - 1.0;
            hits += u32::from(tilt.low <= truth && truth <= tilt.high);
        }
        covers(&format!("{events} events"), hits, LEDGERS);
    }
}

#[test]
fn shares_of_many_partners_cover_the_truth() {
    let mut source = Pcg64::seed_from_u64(4);
    let prior = Gamma::new(0.5, 1.0).unwrap();
    let mut hits = [0; 4];
    for _ in 0..LEDGERS {
        let masses: [f64; 4] = std::array::from_fn(|_| prior.sample(&mut source));
        let sum: f64 = masses.iter().sum();
        let mut counts = [0; 4];
        for _ in 0..25 {
            let mut place = Distribution::<f64>::sample(&StandardUniform, &mut source) * sum;
            let partner = masses.iter().position(|mass| {
                place -= mass;
                place < 0.0
            });
            counts[partner.unwrap_or(3)] += 1;
        }
        for (partner, share) in shares(&counts).iter().enumerate() {
            let truth = masses[partner] / sum;
            hits[partner] += u32::from(share.low <= truth && truth <= share.high);
        }
    }
    for (partner, hits) in hits.into_iter().enumerate() {
        covers(&format!("partner {partner}"), hits, LEDGERS);
    }
}

#[test]
fn rates_cover_the_truth() {
    let mut source = Pcg64::seed_from_u64(5);
    let known = GammaPrior { shape: 2.0, rate: 0.5 };
    let prior = Gamma::new(known.shape, 1.0 / known.rate).unwrap();
    let mut hits = 0;
    for _ in 0..LEDGERS {
        let truth: f64 = prior.sample(&mut source);
        let count: f64 = Poisson::new(truth * 3.0).unwrap().sample(&mut source);
        let found = rate(count as u32, 3.0, known).unwrap().unwrap();
        hits += u32::from(found.low <= truth && truth <= found.high);
    }
    covers("rates", hits, LEDGERS);
}

#[test]
fn weighted_tilts_of_unit_weights_cover_the_truth() {
    let prior = Beta::new(0.5, 0.5).unwrap();
    let ledgers = 1000;
    for events in [2, 12] {
        let mut source = Pcg64::seed_from_u64(u64::from(events) + 10);
        let mut hits = 0;
        for seed in 0..ledgers {
            let share: f64 = prior.sample(&mut source);
            let first = heads(events, share, &mut source);
            let event = |at: u32| WeightedEvent {
                cluster: u64::from(at),
                weights: if at < first { [0.7, 0.0] } else { [0.0, 0.7] },
                right: 1.0,
            };
            let events: Vec<_> = (0..events).map(event).collect();
            let draws = Draws::new(1000, u64::from(seed)).unwrap();
            let tilt = weighted_tilt(&events, Delta::default(), draws).unwrap().tilt;
            let truth = 2.0 * share - 1.0;
            hits += u32::from(tilt.low <= truth && truth <= tilt.high);
        }
        covers(&format!("{events} weighted events"), hits, ledgers);
    }
}
