//! Fits the weights of confidence: a logistic model over what events rest on, on events that are known to be right or wrong.
//!
//! Ridge regression of log-odds: each weight but the base is drawn to nothing, so that a type of which few are known
//! counts as any other. Newton's method, one weight at a time, until nothing moves; the same events give the same weights.

use verbale::model::ontology::EventType;
use verbale_coder::confidence::{Grounds, TERMS, Weights};

/// How strongly weights are drawn to nothing, in events.
const RIDGE: f64 = 1.0;
/// Weights that move less than this have arrived.
const ARRIVED: f64 = 1e-7;
const PASSES: usize = 2000;

/// How often at most the surest event of each case is chosen anew.
const ROUNDS: usize = 20;

/// An event of a set, and whether it is right.
#[derive(Debug, Clone)]
pub struct Example {
    /// The set.
    pub set: &'static str,
    /// Of the events of a case only the surest counts; they stand one after the other.
    pub case: usize,
    /// In which half of its set its text is, by the text's hash.
    pub half: usize,
    /// What it rests on.
    pub grounds: Grounds,
    /// How sure the coder is.
    pub confidence: f32,
    /// Whether it is right.
    pub right: bool,
}

/// The surest event of each case, the first of several.
pub fn chosen<'e>(
    examples: impl Iterator<Item = &'e Example>,
    chance: impl Fn(&Example) -> f32,
) -> Vec<&'e Example> {
    let mut best: Vec<&Example> = Vec::new();
    for example in examples {
        match best.last_mut().filter(|last| last.case == example.case) {
            Some(last) if chance(last) < chance(example) => *last = example,
            Some(_) => {}
            None => best.push(example),
        }
    }
    best
}

/// Weights that fit the examples best; each set counts as much as the other, however large.
///
/// Which event of a case is the surest depends on the weights, so it is first the one whose rule is, and chosen anew
/// until the weights stay.
pub fn fit<'e>(examples: impl Iterator<Item = &'e Example>) -> Weights {
    let examples: Vec<&Example> = examples.collect();
    let mut weights = fit_to(&chosen(examples.iter().copied(), |example| example.grounds.rule as f32));
    for _ in 0..ROUNDS {
        let again = fit_to(&chosen(examples.iter().copied(), |example| weights.chance(&example.grounds)));
        if again == weights {
            break;
        }
        weights = again;
    }
    weights
}

fn fit_to(examples: &[&Example]) -> Weights {
    let rows: Vec<Vec<(usize, f64)>> = examples.iter().map(|example| row(&example.grounds)).collect();
    let shares = shares(examples);
    let mut columns: Vec<Vec<(usize, f64)>> = vec![Vec::new(); TERMS.len() + EventType::ALL.len()];
    for (at, row) in rows.iter().enumerate() {
        for (column, value) in row {
            columns[*column].push((at, *value));
        }
    }
    let mut weights = vec![0.0; columns.len()];
    let mut sums = vec![0.0; rows.len()];
    for _ in 0..PASSES {
        let mut moved: f64 = 0.0;
        for (at, column) in columns.iter().enumerate().filter(|(_, column)| !column.is_empty()) {
            let ridge = if at == 0 { 0.0 } else { RIDGE };
            let (mut slope, mut bend) = (-ridge * weights[at], ridge);
            for (row, value) in column {
                let chance = 1.0 / (1.0 + f64::exp(-sums[*row]));
                let right = f64::from(u8::from(examples[*row].right));
                slope += shares[*row] * (right - chance) * value;
                bend += shares[*row] * chance * (1.0 - chance) * value * value;
            }
            // Far out the curve is flat, and a full step would leap over the top.
            let step = (slope / bend.max(1e-9)).clamp(-1.0, 1.0);
            weights[at] += step;
            moved = moved.max(step.abs());
            for (row, value) in column {
                sums[*row] += step * value;
            }
        }
        if moved < ARRIVED {
            break;
        }
    }
    named(&weights)
}

/// The columns of an event that hold anything: the terms, then its type.
fn row(grounds: &Grounds) -> Vec<(usize, f64)> {
    let terms = grounds.terms().into_iter().enumerate().filter(|(_, value)| *value != 0.0);
    let of_type = EventType::ALL.iter().position(|of| *of == grounds.event_type);
    terms.chain(of_type.map(|at| (TERMS.len() + at, 1.0))).collect()
}

/// What each example counts: one in the smallest set, less in larger ones.
fn shares(examples: &[&Example]) -> Vec<f64> {
    let size = |set: &str| examples.iter().filter(|example| example.set == set).count();
    let least = examples.iter().map(|example| example.set).min_by_key(|set| size(set)).map_or(0, size);
    let sizes: Vec<(&str, usize)> = {
        let mut sets: Vec<&str> = examples.iter().map(|example| example.set).collect();
        sets.sort_unstable();
        sets.dedup();
        sets.into_iter().map(|set| (set, size(set))).collect()
    };
    let of = |set: &str| sizes.iter().find(|(name, _)| *name == set).map_or(1, |(_, size)| *size);
    examples.iter().map(|example| least as f64 / of(example.set) as f64).collect()
}

/// Weights under their names, with three decimals.
fn named(weights: &[f64]) -> Weights {
    let round = |weight: &f64| (weight * 1000.0).round() / 1000.0 + 0.0;
    let (terms, types) = weights.split_at(TERMS.len());
    Weights {
        terms: TERMS.iter().map(|name| (*name).to_owned()).zip(terms.iter().map(round)).collect(),
        types: EventType::ALL.iter().map(|of| of.as_str().to_owned()).zip(types.iter().map(round)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(examples: impl Iterator<Item = Example>) -> Vec<Example> {
        examples.enumerate().map(|(case, example)| Example { case, ..example }).collect()
    }

    fn example(set: &'static str, event_type: EventType, rule: f64, right: bool) -> Example {
        let grounds = Grounds { event_type, rule, call_or_arrival: false, countries: 2, without_country: 0 };
        Example { set, case: 0, half: 0, grounds, confidence: 0.5, right }
    }

    #[test]
    fn chances_are_the_shares_that_were_right() {
        // Of 400 sure ones nine in ten are right, of 400 doubtful ones six in ten.
        let of = |at: usize| {
            let sure = at.is_multiple_of(2);
            let right = if sure { !at.is_multiple_of(20) } else { at % 20 < 12 };
            example("one", EventType::Aid, if sure { 0.9 } else { 0.5 }, right)
        };
        let examples = numbered((0..800).map(of));
        let weights = fit(examples.iter());
        assert!((weights.chance(&examples[0].grounds) - 0.9).abs() < 0.015);
        assert!((weights.chance(&examples[1].grounds) - 0.6).abs() < 0.015);
        assert_eq!(fit(examples.iter()), weights);
    }

    #[test]
    fn a_type_seen_twice_is_drawn_to_the_others() {
        let many = (0..300).map(|at| example("one", EventType::Aid, 0.8, at % 10 != 0));
        let few = [false; 2].map(|right| example("one", EventType::Protest, 0.8, right));
        let examples = numbered(many.chain(few));
        let chance = fit(examples.iter()).chance(&examples[301].grounds);
        assert!((0.5..0.85).contains(&chance), "{chance}");
    }

    #[test]
    fn of_the_events_of_a_case_the_surest_counts() {
        let of = |case: usize, rule: f64| Example { case, ..example("one", EventType::Aid, rule, true) };
        let examples = [of(0, 0.5), of(0, 0.9), of(0, 0.9), of(1, 0.4)];
        let found = chosen(examples.iter(), |example| example.grounds.rule as f32);
        assert_eq!(found.len(), 2);
        assert!(std::ptr::eq(found[0], &raw const examples[1]));
    }

    #[test]
    fn a_small_set_counts_as_much_as_a_large_one() {
        let small = (0..100).map(|at| example("small", EventType::Aid, 0.8, at % 2 == 0));
        let large = (0..1000).map(|_| example("large", EventType::Aid, 0.8, true));
        let examples = numbered(small.chain(large));
        let chance = fit(examples.iter()).chance(&examples[0].grounds);
        assert!((chance - 0.75).abs() < 0.02, "{chance}");
    }
}
