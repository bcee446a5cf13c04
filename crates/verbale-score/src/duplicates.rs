//! Duplicates: whether reports about the same happening, and no others, come into one story.
//!
//! Articles of many outlets, each with the event that it reports. They are sketched with the mentions that the coder
//! finds, compared where they share a key, and grouped, as the ledger does it. Every pair of articles
//! counts (pairwise F1), and every article (B-cubed, Bagga and Baldwin 1998).

use std::path::Path;

use anyhow::{Context as _, Result};
use rayon::prelude::*;
use serde_json::Value;
use verbale::World;
use verbale::ledger::similar::{Sketch, groups, same_story};
use verbale::model::Report;

use crate::table::{ends_with, untar};
use crate::{Measure, Scored};

/// Scores the archive of articles.
pub fn run(world: &World, paths: &[&Path]) -> Result<Scored> {
    let files = untar(paths[0])
        .with_context(|| format!("reading {}", paths[0].display()))?
        .into_iter()
        .filter(|file| ends_with(&file.0, "json"));
    let articles: Vec<(Report, String)> = files
        .map(|(name, text)| article(&text).with_context(|| format!("{name}: no article with its event")))
        .collect::<Result<_>>()?;
    let sketches: Vec<Sketch> = articles
        .par_iter()
        .map(|(report, _)| {
            let record = verbale::read(world, report);
            Sketch::new(report, record.mentions.as_deref().unwrap_or_default())
        })
        .collect();
    let events: Vec<&str> = articles.iter().map(|article| article.1.as_str()).collect();
    let mut edges = Vec::new();
    let (mut alike, mut found) = (0, 0);
    let keys: Vec<Vec<u64>> = sketches.iter().map(Sketch::story_keys).collect();
    let probes: Vec<Vec<u64>> = sketches.iter().map(Sketch::story_probes).collect();
    for a in 0..sketches.len() {
        for b in a + 1..sketches.len() {
            let compared = keys[a].iter().any(|key| probes[b].binary_search(key).is_ok());
            alike += usize::from(events[a] == events[b]);
            found += usize::from(events[a] == events[b] && compared);
            let likeness = compared.then(|| same_story(&sketches[a], &sketches[b])).flatten();
            edges.extend(likeness.map(|likeness| (a, b, likeness.score)));
        }
    }
    let stories = groups(sketches.len(), &edges);
    let mut measures = pairwise(&stories, &events);
    measures.extend(b_cubed(&stories, &events));
    measures.push(Measure::share("duplicates", "pairs compared", found, alike));
    Ok(measures.into())
}

/// An article as a report, and its event.
fn article(text: &str) -> Option<(Report, String)> {
    let value: Value = serde_json::from_str(text).ok()?;
    let word = |key: &str| value[key].as_str().map(str::to_owned);
    let report = Report {
        id: word("dId")?,
        text: word("text").unwrap_or_default(),
        title: word("title"),
        published: word("date_publish").and_then(|date| Some(date.get(..10)?.to_owned())),
        outlet: word("source_domain"),
        url: word("url"),
        ..Report::default()
    };
    Some((report, value["newsCluster"]["EventId"].to_string()))
}

/// Precision, recall and F1 over pairs of articles.
fn pairwise(stories: &[Vec<usize>], events: &[&str]) -> Vec<Measure> {
    let pairs = |n: usize| n * n.saturating_sub(1) / 2;
    let count = |members: &[usize], event: &str| members.iter().filter(|one| events[**one] == event).count();
    let all: Vec<usize> = (0..events.len()).collect();
    let mut kinds = events.to_vec();
    kinds.sort_unstable();
    kinds.dedup();
    let alike: usize = kinds.iter().map(|event| pairs(count(&all, event))).sum();
    let joined: usize = stories.iter().map(|story| pairs(story.len())).sum();
    let right: usize =
        stories.iter().flat_map(|story| kinds.iter().map(|event| pairs(count(story, event)))).sum();
    vec![
        Measure::share("duplicates", "pairs, precision", right, joined),
        Measure::share("duplicates", "pairs, recall", right, alike),
        Measure {
            set: "duplicates",
            name: "pairs, F1".to_owned(),
            value: 2.0 * right as f64 / (joined + alike).max(1) as f64,
            n: alike,
        },
    ]
}

/// F1 of the B-cubed precision and recall.
fn b_cubed(stories: &[Vec<usize>], events: &[&str]) -> Option<Measure> {
    let (mut precision, mut recall) = (0.0, 0.0);
    for story in stories {
        for one in story {
            let same = story.iter().filter(|other| events[**other] == events[*one]).count() as f64;
            let all = events.iter().filter(|event| **event == events[*one]).count() as f64;
            precision += same / story.len() as f64;
            recall += same / all;
        }
    }
    let value = 2.0 * precision * recall / (precision + recall) / events.len() as f64;
    value.is_finite().then(|| Measure {
        set: "duplicates",
        name: "articles, B-cubed F1".to_owned(),
        value,
        n: events.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_and_articles_are_counted() {
        let stories = [vec![0, 1, 2], vec![3]];
        let events = ["a", "a", "b", "b"];
        let values: Vec<f64> = pairwise(&stories, &events).iter().map(|measure| measure.value).collect();
        assert!((values[0] - 1.0 / 3.0).abs() < 1e-9 && (values[1] - 0.5).abs() < 1e-9);
        assert!((values[2] - 0.4).abs() < 1e-9);
        let cubed = b_cubed(&stories, &events).unwrap().value;
        assert!((cubed - 2.0 * (2.0 / 3.0 * 0.75) / (2.0 / 3.0 + 0.75)).abs() < 1e-9);
    }
}
