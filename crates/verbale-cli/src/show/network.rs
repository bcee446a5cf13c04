//! All partners of a state for people: a line for each, and what they come to together.

use verbale::measure::{Estimate, Network, Partner, Shrinkage};
use verbale::question::Named;

use super::paper::{Paper, Screen};
use super::series::{begin, put};
use super::styled::{Look, Styled};
use super::words;

/// Partners that are shown; the others are in JSON.
const SHOWN: usize = 20;

/// What `verbale network` says.
pub fn network_page(screen: &Screen, state: &Named, found: &Network) -> String {
    let title = format!(
        "Partners of {}: {} events with {}; rules {} {}",
        state.shown(),
        found.events,
        found.partners.len(),
        found.head.rules,
        found.head.rules_hash
    );
    let mut paper = begin(screen, &title);
    let votes = found.partners.iter().any(|one| one.votes.is_some());
    // Where the counts do not show that partners differ, all are expected to have the same.
    let expected = found.shrinkage.is_some_and(|shrinkage| !shrinkage.pooled);
    let mut head = vec!["partner", "events"];
    head.extend(expected.then_some("expected"));
    head.extend(["weighted", "share, with interval", "level"]);
    head.extend(votes.then_some("votes alike"));
    head.push("paid / received");
    put(&mut paper, screen, &head, found.partners.iter().take(SHOWN).map(|one| row(one, expected, votes)));
    if found.partners.len() > SHOWN {
        let words = format!("… and {} more, which --json has.", found.partners.len() - SHOWN);
        paper.put(2, &Styled::of(&words, Look::Dim));
    }
    paper.blank();
    together(&mut paper, found);
    paper.finish()
}

fn row(one: &Partner, expected: bool, votes: bool) -> Vec<String> {
    let mut row = vec![one.code.clone(), one.count.to_string()];
    row.extend(expected.then(|| one.expected.map_or_else(String::new, |rate| format!("{:.1}", rate.mean))));
    row.extend([
        format!("{:.2}", one.weighted),
        words::percent(&one.share),
        one.level.map_or_else(String::new, |level| level.to_string()),
    ]);
    let alike = one.votes.and_then(|votes| votes.agreement);
    row.extend(votes.then(|| alike.map_or_else(String::new, |alike| format!("{:.0} %", 100.0 * alike))));
    row.push(format!("{} / {}", one.paid, one.received));
    row
}

fn estimate(estimate: &Estimate) -> String {
    format!("{:.1} [{:.1}, {:.1}]", estimate.mean, estimate.low, estimate.high)
}

/// What all partners come to together.
fn together(paper: &mut Paper, found: &Network) {
    if let (Some(range), Some(index)) = (&found.range, &found.concentration) {
        let of =
            |value: Option<f64>| value.map_or_else(|| "unknown".to_owned(), |value| format!("{value:.3}"));
        let words = format!(
            "Effective partners: {} after Shannon, {} after Herfindahl. Entropy {}, evenness {}, HHI {}, HHI* {}.",
            estimate(&range.effective_shannon),
            estimate(&range.effective_simpson),
            of(index.entropy),
            of(index.evenness),
            of(index.hhi),
            of(index.hhi_star)
        );
        paper.put(2, &Styled::plain(&words));
    }
    if let Some(apart) = &found.multi_vector {
        paper.put(2, &Styled::plain(&words::vectors(apart)));
    }
    if let (Some(initiative), Some(reciprocity)) = (&found.initiative, &found.reciprocity) {
        let mutual =
            reciprocity.overall.map_or_else(|| "unknown".to_owned(), |overall| format!("{overall:.2}"));
        let words = format!(
            "Visits: initiative {} (+1 only paid, -1 only received), reciprocity {mutual} (1 as many both ways).",
            words::tilt(initiative)
        );
        paper.put(2, &Styled::plain(&words));
    }
    if let Some(shrinkage) = &found.shrinkage {
        paper.put(2, &Styled::of(&expected(shrinkage), Look::Dim));
    }
}

fn expected(shrinkage: &Shrinkage) -> String {
    let interval = |rate: &Estimate| format!("{:.2} [{:.2}, {:.2}]", rate.mean, rate.low, rate.high);
    let nobody = shrinkage.unreported.as_ref().map(interval);
    if shrinkage.pooled {
        return format!(
            "The counts of {} dyads do not show that partners differ{}.",
            shrinkage.dyads,
            nobody.map_or_else(String::new, |rate| format!(
                "; about {rate} events with each are to be expected"
            ))
        );
    }
    let nobody =
        nobody.map_or_else(String::new, |rate| format!(" With a state with which none is known: {rate}."));
    format!(
        "Expected are the events of another window as long, drawn towards what {} dyads have.{nobody}",
        shrinkage.dyads
    )
}
