//! How far a verdict hangs on the rules of counting: the specification curve.

use serde::{Deserialize, Serialize};

use crate::tilt::{Chances, Delta, Tilt, Verdict, tilt};
use crate::weighted::WeightedTilt;

/// What one set of rules gives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// The name of the rules.
    pub rules: String,
    /// Events that it counted; without weights, once for each partner.
    pub n: u64,
    /// Raw figure, posterior mean and interval.
    pub tilt: Tilt,
    /// What the counts allow to say.
    pub verdict: Verdict,
    /// Towards whom it is tilted: 0 for the first partner, 1 for the second.
    pub toward: Option<usize>,
}

impl Point {
    /// Of events that count once each: with the first and with the second partner.
    pub fn counted(rules: &str, counts: [u32; 2], delta: Delta) -> Self {
        let chances = Chances::new(counts.map(f64::from), delta);
        let verdict = chances.verdict();
        Self {
            rules: rules.to_owned(),
            n: counts.iter().copied().map(u64::from).sum(),
            tilt: tilt(counts),
            verdict,
            toward: (verdict == Verdict::Tilted).then_some(usize::from(chances.above < chances.below)),
        }
    }

    /// Of weighted events.
    pub fn weighted(rules: &str, found: &WeightedTilt) -> Self {
        Self {
            rules: rules.to_owned(),
            n: found.events as u64,
            tilt: found.tilt,
            verdict: found.verdict,
            toward: found.toward,
        }
    }
}

/// Share of the sets of rules that come to each verdict; together 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct VerdictShares {
    /// Balanced.
    pub balanced: f64,
    /// Tilted towards the first partner, and towards the second.
    pub tilted: [f64; 2],
    /// Not enough evidence.
    pub not_enough_evidence: f64,
}

/// The specification curve (Simonsohn, Simmons and Nelson, *Specification curve analysis*, 2020).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sensitivity {
    /// From the lowest posterior mean to the highest; by name where they are equal.
    pub points: Vec<Point>,
    /// Share of the sets of rules with each verdict; `None` without any.
    pub verdicts: Option<VerdictShares>,
    /// Median of the posterior means; `None` without any.
    pub median: Option<f64>,
}

/// The curve over sets of rules; their order does not matter. The sets count many of the same events, so
/// the shares of verdicts are no probabilities.
pub fn sensitivity(mut points: Vec<Point>) -> Sensitivity {
    points.sort_by(|one, other| {
        one.tilt
            .mean
            .total_cmp(&other.tilt.mean)
            .then_with(|| (&one.rules, one.n).cmp(&(&other.rules, other.n)))
    });
    let share = |holds: &dyn Fn(&Point) -> bool| {
        points.iter().filter(|point| holds(point)).count() as f64 / points.len() as f64
    };
    let verdicts = (!points.is_empty()).then(|| VerdictShares {
        balanced: share(&|point| point.verdict == Verdict::Balanced),
        tilted: [0, 1].map(|side| share(&|point| point.toward == Some(side))),
        not_enough_evidence: share(&|point| point.verdict == Verdict::NotEnoughEvidence),
    });
    let middle = points.len() / 2;
    let median = points.get(middle).map(|upper| {
        let lower = if points.len().is_multiple_of(2) { &points[middle - 1] } else { upper };
        f64::midpoint(lower.tilt.mean, upper.tilt.mean)
    });
    Sensitivity { points, verdicts, median }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::Draws;
    use crate::weighted::{WeightedEvent, weighted_tilt};

    fn of(counts: &[(&str, [u32; 2])]) -> Sensitivity {
        let point = |(rules, counts): &(&str, [u32; 2])| Point::counted(rules, *counts, Delta::default());
        sensitivity(counts.iter().map(point).collect())
    }

    #[test]
    fn points_rise_and_verdicts_are_counted() {
        let curve = of(&[("c", [30, 10]), ("b", [48, 48]), ("a", [5, 5]), ("d", [1, 20])]);
        let names: Vec<_> = curve.points.iter().map(|point| point.rules.as_str()).collect();
        assert_eq!(names, ["d", "a", "b", "c"]);
        let verdicts = curve.verdicts.unwrap();
        assert_eq!(
            (verdicts.balanced, verdicts.tilted, verdicts.not_enough_evidence),
            (0.25, [0.25, 0.25], 0.25)
        );
        assert_eq!(curve.median, Some(0.0));
        assert_eq!((curve.points[3].n, curve.points[3].toward), (40, Some(0)));
    }

    #[test]
    fn the_order_of_rules_does_not_matter() {
        assert_eq!(of(&[("a", [2, 1]), ("b", [1, 2])]), of(&[("b", [1, 2]), ("a", [2, 1])]));
    }

    #[test]
    fn weights_are_one_more_set_of_rules() {
        let event = |cluster| WeightedEvent { cluster, weights: [0.5, 0.0], right: 1.0 };
        let events: Vec<_> = (0..20).map(event).collect();
        let weighted = weighted_tilt(&events, Delta::default(), Draws::default()).unwrap();
        let points = vec![
            Point::weighted("weighted", &weighted),
            Point::counted("counted", [20, 0], Delta::default()),
        ];
        let curve = sensitivity(points);
        assert_eq!(curve.verdicts.unwrap().tilted, [1.0, 0.0]);
        assert_eq!(curve.points[0].n, curve.points[1].n);
    }

    #[test]
    fn no_rules_are_no_curve() {
        let none = of(&[]);
        assert_eq!((none.points.len(), none.verdicts, none.median), (0, None, None));
    }
}
