//! Sums over all ways to cut a series into segments.

use statrs::function::beta::ln_beta;
use statrs::function::gamma::ln_gamma;

use crate::changes::Series;
use crate::estimate::{Estimate, TAIL, check_amounts, check_lengths};
use crate::posterior::{Beta, Gamma};

/// Marginal likelihood of any segment, from sums up to each period.
pub(crate) struct Model {
    /// What is counted up to each period, starting with nothing: events and exposure, or both partners' events.
    sums: Vec<[f64; 2]>,
    kind: Kind,
}

enum Kind {
    Rate(Gamma),
    Share(Beta),
}

impl Model {
    pub(crate) fn new(series: &Series) -> Result<Self, String> {
        let floats = |counts: &[u32]| counts.iter().copied().map(f64::from).collect::<Vec<_>>();
        match series {
            Series::Rate { counts, exposures } => {
                check_lengths(["periods with counts", "with exposure"], [counts.len(), exposures.len()])?;
                check_amounts("exposure of period", exposures)?;
                if let Some(at) = counts.iter().zip(exposures).position(|(count, e)| *count > 0 && *e <= 0.0)
                {
                    return Err(format!("period {}: {} events without exposure", at + 1, counts[at]));
                }
                let sums = cumulated(&floats(counts), exposures);
                let [events, exposure] = sums[counts.len()];
                // One event at the overall rate; without events, in all the exposure there was.
                let rate = if exposure > 0.0 { exposure / events.max(1.0) } else { 1.0 };
                Ok(Self { sums, kind: Kind::Rate(Gamma { shape: 1.0, rate: rate.max(f64::MIN_POSITIVE) }) })
            }
            Series::Share { first, second } => {
                check_lengths(
                    ["periods of the first partner", "of the second"],
                    [first.len(), second.len()],
                )?;
                let sums = cumulated(&floats(first), &floats(second));
                Ok(Self { sums, kind: Kind::Share(Beta { a: 0.5, b: 0.5 }) })
            }
        }
    }

    pub(crate) fn periods(&self) -> usize {
        self.sums.len() - 1
    }

    fn between(&self, start: usize, end: usize) -> [f64; 2] {
        [0, 1].map(|at| (self.sums[end][at] - self.sums[start][at]).max(0.0))
    }

    /// Logarithm of the marginal likelihood of the periods from `start` up to before `end`, but for what is
    /// the same for every segmentation.
    pub(crate) fn evidence(&self, start: usize, end: usize) -> f64 {
        let [first, second] = self.between(start, end);
        match self.kind {
            // Gamma(a + n) / Gamma(a) * b^a / (b + E)^(a + n), times b^n, which all segmentations share.
            Kind::Rate(prior) => {
                ln_gamma(prior.shape + first)
                    - ln_gamma(prior.shape)
                    - (prior.shape + first) * (second / prior.rate).ln_1p()
            }
            Kind::Share(prior) => ln_beta(prior.a + first, prior.b + second) - ln_beta(prior.a, prior.b),
        }
    }

    /// The rate or share of a segment.
    pub(crate) fn level(&self, start: usize, end: usize) -> Estimate {
        let [first, second] = self.between(start, end);
        match self.kind {
            Kind::Rate(prior) => {
                let raw = (second > 0.0).then(|| first / second);
                Gamma { shape: prior.shape + first, rate: prior.rate + second }.estimate(raw).bounded()
            }
            Kind::Share(prior) => {
                let raw = (first + second > 0.0).then(|| first / (first + second));
                Beta { a: prior.a + first, b: prior.b + second }.estimate(raw)
            }
        }
    }
}

fn cumulated(first: &[f64], second: &[f64]) -> Vec<[f64; 2]> {
    let mut sums = vec![[0.0; 2]];
    let mut sum = [0.0; 2];
    for (first, second) in first.iter().zip(second) {
        sum = [sum[0] + first, sum[1] + second];
        sums.push(sum);
    }
    sums
}

/// The evidence of every segment: a row for each end, in it a number for each start.
pub(crate) struct Evidence {
    rows: Vec<Vec<f64>>,
}

impl Evidence {
    pub(crate) fn new(model: &Model) -> Self {
        let row = |end: usize| (0..end).map(|start| model.evidence(start, end)).collect();
        Self { rows: (1..=model.periods()).map(row).collect() }
    }

    fn of(&self, start: usize, end: usize) -> f64 {
        self.rows[end - 1][start]
    }

    /// Where between two edges a single break lies: ends of the equal-tailed 95 % interval, widened to hold
    /// the most probable place.
    pub(crate) fn whereabouts(&self, from: usize, to: usize) -> [usize; 2] {
        let logs: Vec<f64> = (from + 1..to).map(|at| self.of(from, at) + self.of(at, to)).collect();
        let whole = log_sum(logs.iter().copied());
        let best =
            logs.iter().enumerate().fold(0, |best, (at, log)| if *log > logs[best] { at } else { best });
        let reached = |p: f64| {
            let mut sum = 0.0;
            let within = logs.iter().position(|log| {
                sum += (log - whole).exp();
                sum >= p
            });
            within.unwrap_or(logs.len().saturating_sub(1))
        };
        [from + 1 + reached(TAIL).min(best), from + 1 + reached(1.0 - TAIL).max(best)]
    }
}

/// Forward and backward sums, as logarithms.
pub(crate) struct Passes<'a> {
    evidence: &'a Evidence,
    /// Logarithms of a break and of none.
    prior: [f64; 2],
    /// All ways to cut what lies before each edge.
    forward: Vec<f64>,
    /// All ways to cut what lies after it.
    backward: Vec<f64>,
}

impl<'a> Passes<'a> {
    pub(crate) fn new(evidence: &'a Evidence, prior: f64) -> Self {
        let periods = evidence.rows.len();
        let prior = [prior.ln(), (-prior).ln_1p()];
        let mut passes =
            Self { evidence, prior, forward: vec![0.0; periods + 1], backward: vec![0.0; periods + 1] };
        for end in 1..=periods {
            passes.forward[end] =
                log_sum((0..end).map(|start| passes.forward[start] + passes.segment(start, end)));
        }
        for start in (0..periods).rev() {
            let ways = (start + 1..=periods).map(|end| passes.backward[end] + passes.segment(start, end));
            passes.backward[start] = log_sum(ways);
        }
        passes
    }

    /// A segment with its boundaries: none broken within, and one at its start but for the first.
    fn segment(&self, start: usize, end: usize) -> f64 {
        let [broken, whole] = self.prior;
        let opening = if start > 0 { broken } else { 0.0 };
        self.evidence.of(start, end) + whole * (end - start - 1) as f64 + opening
    }

    fn periods(&self) -> usize {
        self.evidence.rows.len()
    }

    /// Probability of a break before each period but the first.
    pub(crate) fn boundaries(&self) -> Vec<f64> {
        let whole = self.forward[self.periods()];
        (1..self.periods())
            .map(|at| (self.forward[at] + self.backward[at] - whole).exp().clamp(0.0, 1.0))
            .collect()
    }

    /// First periods of the segments of the most probable segmentation; of equal ones, that with the
    /// longer last segments.
    pub(crate) fn best(&self) -> Vec<usize> {
        let mut best = vec![(0.0, 0)];
        for end in 1..=self.periods() {
            let ways =
                best.iter().enumerate().map(|(start, (score, _))| (score + self.segment(start, end), start));
            let next = ways.fold((f64::NEG_INFINITY, 0), |best, way| if way.0 > best.0 { way } else { best });
            best.push(next);
        }
        let mut starts = Vec::new();
        let mut at = self.periods();
        while at > 0 {
            at = best[at].1;
            starts.push(at);
        }
        starts.reverse();
        starts
    }

    /// Probability of 0, 1, ... `most` breaks, as far as there are boundaries.
    pub(crate) fn numbers(&self, most: usize) -> Vec<f64> {
        let periods = self.periods();
        let whole = self.forward[periods];
        let mut ways: Vec<f64> =
            std::iter::once(f64::NEG_INFINITY).chain((1..=periods).map(|end| self.segment(0, end))).collect();
        let mut numbers = vec![(ways[periods] - whole).exp().min(1.0)];
        for _ in 1..=most.min(periods - 1) {
            let next = |end: usize| log_sum((1..end).map(|start| ways[start] + self.segment(start, end)));
            ways = (0..=periods).map(next).collect();
            numbers.push((ways[periods] - whole).exp().min(1.0));
        }
        numbers
    }
}

/// Logarithm of a sum of exponentials.
fn log_sum(logs: impl Iterator<Item = f64> + Clone) -> f64 {
    let most = logs.clone().fold(f64::NEG_INFINITY, f64::max);
    if most == f64::NEG_INFINITY {
        return most;
    }
    most + logs.map(|log| (log - most).exp()).sum::<f64>().ln()
}
