//! How long the slowest measures take: `cargo run --release -p verbale-measure --example speed`.
#![allow(clippy::disallowed_methods, reason = "an example that measures time looks at the clock")]

use std::time::Instant;

use verbale_measure::{
    Asked, Delta, Draws, Held, Question, Rules, Series, Unit, WeightedEvent, answer, changes, held, network,
    trend, weighted_tilt,
};
use verbale_model::ontology::{EventType, Mode, scale};
use verbale_model::{Channel, ConfirmationState, Days, Engagement, Side, Standing, Status};

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
    answers(100_000)
}

/// Whole answers about many events of fifty states, with ranks, doubts, calls, gatherings and former officials.
fn answers(count: u32) -> Result<(), String> {
    let events: Vec<Engagement> = (0..count).map(engagement).collect();
    let (partners, rules) = (["S01", "S02"].map(str::to_owned), Rules::named("officials")?);
    let question = Question { state: "S00", partners: &partners, rules: &rules, window: Days::default() };
    let own: Vec<Engagement> = events.iter().filter(|event| event.side("S00").is_some()).cloned().collect();
    println!("{} events, {} of one state", events.len(), own.len());
    let timed = |what: &str, run: &dyn Fn() -> Result<f64, String>| -> Result<(), String> {
        let start = Instant::now();
        let figure = run()?;
        println!("{what}: {:.2?} {figure:.3}", start.elapsed());
        Ok(())
    };
    let mean = |curve: bool, events: &[Engagement]| {
        let asked = Asked { curve, ..Asked::default() };
        let found = answer(events, &question, asked);
        Ok(found.curve_summary.map_or(found.p_within_delta, |summary| summary.median))
    };
    timed("balance, events of one state", &|| mean(false, &own))?;
    timed("balance --curve, events of one state", &|| mean(true, &own))?;
    let baseline =
        |events: &[Engagement]| Ok(held(events, &question, Held::Others, Draws::default())?.log_ratio.mean);
    timed("balance --baseline others, all events", &|| baseline(&events))?;
    timed("network, events of one state", &|| Ok(network(&own, &question, Draws::default()).events.into()))?;
    timed("trend by month, events of one state", &|| {
        Ok(trend(&own, &question, Unit::Month).periods.len() as f64)
    })?;
    // As if all were of the state: every event has S00 in the place of its first side.
    let mut all = events;
    for event in &mut all {
        "S00".clone_into(&mut event.sides[0].code);
    }
    timed("balance, all events of one state", &|| mean(false, &all))?;
    timed("balance --curve, all events of one state", &|| mean(true, &all))
}

fn engagement(at: u32) -> Engagement {
    let draw = |salt: u32, below: u32| (at.wrapping_add(salt).wrapping_mul(2_654_435_761) >> 8) % below;
    let (first, second) = (draw(1, 50), draw(2, 49));
    let standing = if draw(3, 20) == 0 { Standing::Former } else { Standing::Serving };
    let side = |number: u32, standing| Side {
        code: format!("S{number:02}"),
        standing,
        level: Some(1 + draw(number, 6) as u8),
        part: None,
    };
    let mut sides = vec![
        side(first, Standing::Serving),
        side(if second < first { second } else { second + 1 }, standing),
    ];
    if draw(4, 15) == 0 {
        sides.push(side(50 + draw(5, 20), Standing::Serving));
    }
    let day = Some(10_957 + draw(6, 9_000) as i32);
    let mode = [Some(Mode::Visit), Some(Mode::Phone), None][draw(7, 3) as usize];
    Engagement {
        id: format!("made:{at}"),
        source: None,
        event_type: EventType::Consult,
        mode,
        of: None,
        status: Status::Held,
        days: Days { first: day, last: day },
        country: None,
        channel: (mode == Some(Mode::Phone)).then_some(Channel::Phone),
        setting: None,
        formality: None,
        confirmation: Some(if draw(8, 3) == 0 {
            ConfirmationState::BothSides
        } else {
            ConfirmationState::OneSide
        }),
        sides,
        confidence: 0.5 + draw(9, 500) as f32 / 1000.0,
        sources: 1,
        goldstein: Some(if mode == Some(Mode::Visit) { 1.9 } else { 1.0 }),
        plover: Some(scale(EventType::Consult, mode)),
        topics: Vec::new(),
        rejected: false,
        superseded: false,
    }
}
