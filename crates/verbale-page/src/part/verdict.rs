//! The verdict with its strip, its counts and what it leaves out; and the specification curve.

use maud::{Markup, html};
use verbale_measure::{BalanceAnswer, Specification, Verdict};

use super::{counted, figure, folded, number, section, table};
use crate::chart;
use crate::links::{Figure, Links};
use crate::names::Names;
use crate::safe::line;
use crate::words;

/// Verdict, interval bar, counts, what would settle it, what was not counted.
pub fn verdict(names: &Names, found: &BalanceAnswer, links: &dyn Links) -> Markup {
    let class = if found.verdict == Verdict::Tilted { "verdict tilted" } else { "verdict" };
    let body = html! {
        p class="soft" { (line(&words::question(names, found))) }
        @for remark in &found.head.remarks { p class="remark" { (line(remark)) } }
        p class=(class) { (line(&words::verdict(names, found))) }
        @if found.tilt.is_some() || !found.pairs.is_empty() {
            (figure(|width| chart::of_balance(width, names, found, links)))
        }
        (figures(found, links))
        (counts(names, found, links))
        @if !found.pairs.is_empty() { (pairs(names, found)) }
        @if let Some(baseline) = &found.baseline {
            p {
                "Against the baseline “" (line(&baseline.name)) "”: log ratio "
                (words::signed(baseline.log_ratio.mean)) " [" (words::signed(baseline.log_ratio.low)) ", "
                (words::signed(baseline.log_ratio.high)) "]; 0 is as the baseline has it."
            }
        }
        @if let Some(more) = found.more_needed.filter(|_| found.verdict == Verdict::NotEnoughEvidence) {
            p { (words::settling(more)) }
        }
        (left_out(found, links))
        p class="soft" {
            "The figures count what reports tell of, not what was agreed or meant; what nobody reported is not in them, \
             and ministries tell what flatters them."
        }
    };
    section("verdict", "Verdict", &body)
}

fn figures(found: &BalanceAnswer, links: &dyn Links) -> Markup {
    let all = number(&counted(found.events.len(), "event"), links.figure(Figure::Counted));
    html! {
        p {
            "Counted: " (all) ". "
            @if let Some(tilt) = &found.tilt {
                "T " (words::tilt(tilt)) ", as counted "
                (tilt.raw.map_or_else(|| "none".to_owned(), words::signed)) ". "
            }
            "P(|T| < " (f64::from(found.delta)) ") is " (format!("{:.2}", found.p_within_delta)) ". "
            @if let Some(weighted) = &found.weighted {
                "Weighted: " (words::tilt(&weighted.tilt)) ", " (weighted.verdict.to_string()) "."
            }
        }
    }
}

fn counts(names: &Names, found: &BalanceAnswer, links: &dyn Links) -> Markup {
    let row = |code: &String| {
        let count = found.counts.get(code).map_or_else(String::new, ToString::to_string);
        let weighted = found.weighted.as_ref().and_then(|weighted| weighted.counts.get(code));
        vec![
            html! { (line(&names.with_code(code))) },
            number(&count, links.figure(Figure::With(code))),
            html! { @if let Some(weight) = weighted { (format!("{weight:.2}")) } },
            html! { @if let Some(share) = found.shares.get(code) { (words::percent(share)) } },
        ]
    };
    let rows: Vec<_> = found.head.between.iter().map(row).collect();
    let head = ["power", "events", "weighted", "share of events, 95 % interval"];
    table("Events with each power", &head, &[1, 2, 3], &rows)
}

fn pairs(names: &Names, found: &BalanceAnswer) -> Markup {
    let row = |pair: &verbale_measure::Pair| {
        vec![
            html! { (line(names.of(&pair.between[0]))) " and " (line(names.of(&pair.between[1]))) },
            html! { (words::tilt(&pair.balance.tilt)) },
            html! { (pair.balance.verdict.to_string()) },
        ]
    };
    let rows: Vec<_> = found.pairs.iter().map(row).collect();
    table("Each pair by itself", &["pair", "T, 95 % interval", "verdict"], &[1], &rows)
}

fn left_out(found: &BalanceAnswer, links: &dyn Links) -> Markup {
    let some = || found.apart.iter().filter(|(_, ids)| !ids.is_empty());
    html! {
        @if some().next().is_some() {
            p { "Not counted:" }
            ul { @for (reason, ids) in some() {
                li { (number(&ids.len().to_string(), links.figure(Figure::Apart(*reason)))) " " (words::left_out(*reason)) }
            } }
        }
    }
}

/// The same figure under every way of counting.
pub fn curve(names: &Names, found: &BalanceAnswer, links: &dyn Links) -> Markup {
    let (Some(curve), [first, second]) = (&found.curve, found.head.between.as_slice()) else {
        return html! {};
    };
    let row = |one: &Specification| {
        vec![
            html! { (line(&one.rules)) },
            html! { (words::tilt(&one.tilt)) },
            number(&one.n.to_string(), links.figure(Figure::Specification(one.choices))),
            html! { (one.counts[0].to_string()) },
            html! { (one.counts[1].to_string()) },
            html! { (one.verdict.to_string()) },
        ]
    };
    let rows: Vec<_> = curve.iter().map(row).collect();
    let head =
        ["how it is counted", "T, 95 % interval", "events", first.as_str(), second.as_str(), "verdict"];
    let ends = [names.of(second), names.of(first)];
    let body = html! {
        (figure(|width| chart::curve(width, curve, ends, found.delta, links)))
        (folded("The same as a table", &table("Tilt under other ways of counting", &head, &[1, 2, 3, 4], &rows)))
    };
    section("curve", "Specification curve", &body)
}
