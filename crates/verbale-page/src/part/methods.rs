//! Methods: what counts, what it weighs, and which versions did the work, written from the live rules.

use maud::{Markup, html};
use verbale_ledger::store::Versions;
use verbale_measure::{Delta, Gatherings, Rules, Who};

use super::{section, table};
use crate::safe::{line, words as inline};

/// What a figure rests on; `rules` and `delta` are those of the question, where there was one.
pub fn methods(rules: Option<(&Rules, Delta)>, source: &str, versions: &[Versions]) -> Markup {
    let body = html! {
        @if let Some((rules, delta)) = rules {
            h3 { "What counts" }
            p { "Rules " strong { (inline(&rules.name)) } ", hash " code { (rules.hash()) } ": " (inline(&rules.about)) }
            ul { @for sentence in counting(rules) { li { (line(&sentence)) } } }
            h3 { "What it says" }
            p {
                "The tilt is T = (n_A − n_B) / (n_A + n_B), from −1 to +1. The share of A is Beta(n_A + ½, n_B + ½); figure as \
                 counted, posterior mean and 95 % interval stand together. The verdict is balanced when P(|T| < "
                (f64::from(delta)) ") is .95 or more, tilted when T lies beyond that on one side with that probability, \
                 and otherwise not enough evidence. Between more than two powers each pair has its own balance, and the \
                 whole is balanced when every two are. The weighted figure is a Bayesian bootstrap with a fixed seed, \
                 coding error included: each event is kept in a draw with its confidence, which is calibrated on public sets."
            }
            (weights(rules))
        }
        h3 { "How it was coded" }
        @if source == "own" {
            p {
                "Types, modes and contexts are those of PLOVER 2.0, with CAMEO codes; dates are EDTF; states are ISO 3166-1 \
                 alpha-3 codes. Scales are Goldstein's of 1992 and PLOVER's of its draft manual, as versioned data. An entry \
                 is one happening with all that tell of it; copies of an agency's line are one source. Naming a state or an \
                 authority says nothing about its legality."
            }
            @if versions.is_empty() { p { "Nothing was coded." } } @else { (coders(versions)) }
        } @else {
            p { "The events are codings of others, imported as " (line(source)) "; codes and scores are as given there." }
        }
    };
    section("methods", "Methods", &body)
}

fn counting(rules: &Rules) -> Vec<String> {
    let yes = |holds: bool, what: &str| format!("{what} {}.", if holds { "count" } else { "do not count" });
    let types: Vec<&str> =
        rules.types.iter().filter(|(_, weight)| **weight > 0.0).map(|(of, _)| of.as_str()).collect();
    let words: Vec<String> =
        rules.confirmations.iter().map(|one| String::from(*one).replace('_', " ")).collect();
    let mut said = vec![
        format!("Events of type {} that were held, each once for each power.", types.join(", ")),
        match rules.who {
            Who::Serving => "Those who speak for a state count for it; former officials do not.".to_owned(),
            Who::Former => {
                "Those who speak for a state count for it, and former officials for their nationality."
                    .to_owned()
            }
        },
        match rules.gatherings {
            Gatherings::Each => "Gatherings of three sides or more count one with each power.",
            Gatherings::Shared => {
                "Gatherings of three sides or more count one in all, each power an equal share."
            }
            Gatherings::None => "Gatherings of three sides or more do not count.",
        }
        .to_owned(),
        yes(rules.calls, "Calls by telephone and video"),
        yes(rules.letters, "Letters"),
        yes(rules.planned, "Meetings still to come"),
        yes(rules.undated, "Events without a date, where no window is asked for,"),
        format!("Whose word is good enough: {}.", words.join(", ")),
    ];
    if rules.sources_at_least > 1 {
        said.push(format!("At least {} independent sources.", rules.sources_at_least));
    }
    said.extend(rules.level_at_most.map(|level| format!("Each side was there with rank {level} or higher.")));
    said.extend(
        rules.confidence_at_least.map(|least| format!("Confidence of at least {:.0} %.", least * 100.0)),
    );
    said
}

fn weights(rules: &Rules) -> Markup {
    let factor = |what: &str, name: &str, weight: f64| {
        vec![html! { (what) }, html! { (line(name)) }, html! { (format!("{weight}")) }]
    };
    let mut rows: Vec<Vec<Markup>> = Vec::new();
    rows.extend(rules.types.iter().map(|(of, weight)| factor("type", of.as_str(), *weight)));
    rows.extend(
        rules
            .weights
            .level
            .iter()
            .map(|(level, weight)| factor("rank of the lower-ranking side", level, *weight)),
    );
    rows.extend(rules.weights.formality.iter().map(|(word, weight)| factor("called", word, *weight)));
    if rules.weights.confidence {
        rows.push(vec![html! { "confidence" }, html! { "of the coding" }, html! { "as it is" }]);
    }
    html! {
        (table("Weights, multiplied", &["factor", "value", "weight"], &[2], &rows))
        p class="small soft" {
            "Ranks: 1 heads of state and government, 2 their deputies and foreign ministers, 3 other ministers, 4 deputy \
             ministers and special envoys, 5 ambassadors, 6 chargés d'affaires and consuls, 7 working level, 8 former or \
             semi-official, 9 private."
        }
    }
}

fn coders(versions: &[Versions]) -> Markup {
    let row = |one: &Versions| {
        let knowledge: Vec<String> =
            one.knowledge.iter().map(|(name, hash)| format!("{name} {hash}")).collect();
        vec![
            html! { (line(&one.coder)) },
            html! { (line(&one.data)) },
            html! { code { (line(&one.rules)) } },
            html! { (line(&one.model)) },
            html! { (inline(&knowledge.join(", "))) },
        ]
    };
    let rows: Vec<_> = versions.iter().map(row).collect();
    let head = ["coder", "data", "hash of word lists and rules", "language model", "own knowledge files"];
    table("Versions that coded the documents", &head, &[], &rows)
}
