//! What is talked about with each power.

use maud::{Markup, html};
use verbale_measure::{Subject, Subjects};

use super::{figure, folded, number, section, table};
use crate::chart;
use crate::links::{Figure, Links};
use crate::names::Names;
use crate::safe::line;
use crate::words;

/// The matrix of topics and powers with its table.
pub fn topics(names: &Names, found: &Subjects, links: &dyn Links) -> Markup {
    let row = |topic: &Subject| {
        let mut row = vec![html! { bdi { (line(&topic.topic.replace('_', " "))) } }];
        for code in &found.head.between {
            let count = topic.counts.get(code).copied().unwrap_or_default();
            let to = links.figure(Figure::Topic(&topic.topic, code)).filter(|_| count > 0);
            row.push(number(&count.to_string(), to));
            row.push(html! { @if let Some(share) = topic.shares.get(code) { (words::percent(share)) } });
        }
        row.push(html! { @if let Some(odds) = topic.log_odds { (words::signed(odds.difference)) } });
        row
    };
    let rows: Vec<_> = found.topics.iter().map(row).collect();
    let mut head = vec!["topic"];
    for code in &found.head.between {
        head.extend([names.of(code), "share, 95 % interval"]);
    }
    head.push("log odds");
    let numbers: Vec<usize> = (1..head.len()).collect();
    let body = html! {
        @if found.topics.is_empty() { p { "No event that counts names a topic." } } @else {
            (figure(|width| chart::matrix(width, names, found, links)))
            @if let Some(apart) = &found.divergence {
                p { "The profiles of the first two are " (format!("{:.2} bits apart [{:.2}, {:.2}]", apart.mean, apart.low, apart.high))
                    "; 0 is alike, 1 nothing in common." }
            }
            (folded("The same as a table", &table("Topics by power", &head, &numbers, &rows)))
        }
    };
    section("topics", "Topics", &body)
}
