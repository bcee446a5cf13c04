//! Confidence: whether events of which the coder is 80 % sure are right four times in five.
//!
//! On PLV an event is right when the most confident event on the pair has the set's type; on the engagements, when a meeting's
//! partners are all the row's. Expected calibration error over ten bins (Naeini et al. 2015): the mean distance
//! between confidence and the share that is right, weighted by how many events a bin holds.

use std::path::Path;

use anyhow::Result;
use rayon::prelude::*;
use verbale::World;

use crate::{Measure, Scored, engagements, events};

const SET: &str = "confidence";
const BINS: usize = 10;

/// Events of about the same confidence.
#[derive(Debug, Clone, Copy, Default)]
struct Bin {
    events: usize,
    right: usize,
    confidence: f64,
}

/// Scores PLV and the engagements.
pub fn run(world: &World, paths: &[&Path]) -> Result<Scored> {
    let cases = events::cases(paths[0])?;
    let outcomes: Vec<events::Outcome> = cases.par_iter().map(|case| events::judge(world, case)).collect();
    let plv: Vec<(f32, bool)> =
        outcomes.iter().filter_map(|one| Some((one.best.as_ref()?.1, one.right))).collect();
    let (cases, _) = engagements::cases(world, paths[1])?;
    let met: Vec<(f32, bool)> =
        cases.par_iter().flat_map_iter(|case| engagements::meetings_right(world, case)).collect();
    let mut scored = Scored::default();
    let both: Vec<(f32, bool)> = plv.iter().chain(&met).copied().collect();
    for (name, sample) in [("PLV", &plv), ("engagements", &met), ("both", &both)] {
        let bins = bins(sample);
        let error = Measure::new(SET, format!("{name}: calibration error"), calibration(&bins), sample.len());
        scored.measures.push(error);
        scored.remarks.push(table(name, &bins));
    }
    Ok(scored)
}

fn bins(sample: &[(f32, bool)]) -> [Bin; BINS] {
    let mut bins = [Bin::default(); BINS];
    for (confidence, right) in sample {
        let bin = &mut bins[((confidence * BINS as f32) as usize).min(BINS - 1)];
        bin.events += 1;
        bin.right += usize::from(*right);
        bin.confidence += f64::from(*confidence);
    }
    bins
}

fn calibration(bins: &[Bin]) -> f64 {
    let all: usize = bins.iter().map(|bin| bin.events).sum();
    bins.iter().map(|bin| (bin.confidence - bin.right as f64).abs()).sum::<f64>() / all.max(1) as f64
}

/// The reliability table for people.
fn table(name: &str, bins: &[Bin]) -> String {
    let lines = bins.iter().enumerate().filter(|(_, bin)| bin.events > 0).map(|(at, bin)| {
        let n = bin.events as f64;
        format!(
            "  {:.1}-{:.1}  events {:>5}  confidence {:.3}  right {:.3}",
            at as f64 / BINS as f64,
            (at + 1) as f64 / BINS as f64,
            bin.events,
            bin.confidence / n,
            bin.right as f64 / n
        )
    });
    format!("confidence, {name}:\n{}", lines.collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_weighted_by_events() {
        let bins = bins(&[(0.9, true), (0.9, true), (0.9, false), (0.5, true), (1.0, true)]);
        assert_eq!((bins[9].events, bins[9].right, bins[5].events), (4, 3, 1));
        assert!((calibration(&bins) - (0.7 + 0.5) / 5.0).abs() < 1e-6);
    }
}
