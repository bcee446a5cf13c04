//! TempEval-3: time expressions (TIMEX3), their extent and their value, in news articles; and Recognizers' cases.
//!
//! As in the task (`UzZaman` et al. 2013): strict, the same words; relaxed, words in common; value, words in common and
//! the same TIMEX3 value. The date of the article itself is given and does not count. For DATE alone, both sides
//! are cut down to expressions of that type.

use std::path::Path;

use anyhow::{Context as _, Result};
use rayon::prelude::*;
use verbale::World;
use verbale::model::MentionKind;

use crate::counts::Counts;
use crate::reading::Reading;
use crate::table::untar;
use crate::timeml::{Article, Timex, read};
use crate::{Errors, Scored, recognizers};

const SET: &str = "dates";

/// Counts of one choice of types.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    strict: Counts,
    relaxed: Counts,
    value: Counts,
}

impl Tally {
    fn plus(self, other: Self) -> Self {
        Self {
            strict: self.strict.plus(other.strict),
            relaxed: self.relaxed.plus(other.relaxed),
            value: self.value.plus(other.value),
        }
    }
}

/// Scores the articles and the cases.
pub fn run(world: &World, paths: &[&Path]) -> Result<Scored> {
    let files = untar(paths[0]).with_context(|| format!("reading {}", paths[0].display()))?;
    let hidden =
        |name: &str| Path::new(name).file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let named = |name: &str| crate::table::ends_with(name, "tml") && !hidden(name);
    let articles: Vec<Article> =
        files.iter().filter(|(name, _)| named(name)).filter_map(|(_, text)| read(text)).collect();
    anyhow::ensure!(!articles.is_empty(), "{}: no article in TimeML", paths[0].display());
    let judged: Vec<(Tally, Tally, Errors)> =
        articles.par_iter().map(|article| judge(world, article)).collect();
    let (mut all, mut dates, mut scored) = (Tally::default(), Tally::default(), Scored::default());
    for (one, of_dates, errors) in judged {
        (all, dates) = (all.plus(one), dates.plus(of_dates));
        scored.errors.extend(errors);
    }
    for (name, tally) in [("all types", all), ("DATE", dates)] {
        scored.measures.push(tally.strict.measure(SET, &format!("{name}: strict")));
        scored.measures.extend(tally.relaxed.measures(SET, &format!("{name}: relaxed")));
        scored.measures.push(tally.value.measure(SET, &format!("{name}: value")));
    }
    let cases = recognizers::run(world, paths[1])?;
    scored.measures.extend(cases.measures);
    scored.errors.extend(cases.errors);
    Ok(scored)
}

/// Time expressions of a reading, in the words of TIMEX3.
pub fn times(reading: &Reading) -> Vec<Timex> {
    let kind = |kind: MentionKind| match kind {
        MentionKind::Date => Some("DATE"),
        MentionKind::Time => Some("TIME"),
        MentionKind::Duration => Some("DURATION"),
        MentionKind::Set => Some("SET"),
        _ => None,
    };
    let timex = |mention: &verbale::model::Mention| {
        let value = mention.timex.clone().unwrap_or_default();
        Some(Timex { span: mention.span, kind: kind(mention.kind)?.to_owned(), value })
    };
    reading.coded.mentions.iter().filter_map(timex).collect()
}

fn judge(world: &World, article: &Article) -> (Tally, Tally, Errors) {
    let reading = Reading::new(world, &article.text, article.written.as_deref());
    let found = times(&reading);
    let mut errors = Errors::default();
    let all = compare(&article.times, &found, |gold, mine| note(&mut errors, &reading, gold, mine));
    let dates = |of: &[Timex]| of.iter().filter(|one| one.kind == "DATE").cloned().collect::<Vec<_>>();
    let only = compare(&dates(&article.times), &dates(&found), |_, _| ());
    (all, only, errors)
}

/// Pairs every gold expression with the first of ours that shares words with it and is free.
fn compare(gold: &[Timex], found: &[Timex], mut pair: impl FnMut(Option<&Timex>, Option<&Timex>)) -> Tally {
    let mut used = vec![false; found.len()];
    let (mut strict, mut relaxed, mut value) = (0, 0, 0);
    for one in gold {
        let mut free = (0..found.len()).filter(|at| !used[*at] && found[*at].span.overlaps(one.span));
        let exact = free.clone().find(|at| found[*at].span == one.span);
        let mine = exact.or_else(|| free.next());
        if let Some(at) = mine {
            used[at] = true;
            relaxed += 1;
            strict += usize::from(exact.is_some());
            value += usize::from(found[at].value == one.value);
        }
        pair(Some(one), mine.map(|at| &found[at]));
    }
    for (one, _) in found.iter().zip(&used).filter(|(_, used)| !**used) {
        pair(None, Some(one));
    }
    let counts = |right| Counts::whole(right, found.len(), gold.len());
    Tally { strict: counts(strict), relaxed: counts(relaxed), value: counts(value) }
}

fn note(errors: &mut Errors, reading: &Reading, gold: Option<&Timex>, mine: Option<&Timex>) {
    let shape =
        |value: &str| -> String { value.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect() };
    match (gold, mine) {
        (Some(gold), None) => {
            let detail = format!("{} {}", gold.kind, shape(&gold.value));
            errors.add("not found", detail, reading.around(gold.span));
        }
        (None, Some(mine)) => {
            let detail = format!("{} {}", mine.kind, shape(&mine.value));
            errors.add("not in the set", detail, format!("{} | {}", mine.value, reading.around(mine.span)));
        }
        (Some(gold), Some(mine)) => {
            let example = format!(
                "ours {} ({}) | gold {} | {}",
                mine.value,
                reading.words(mine.span),
                gold.value,
                reading.around(gold.span)
            );
            if gold.value != mine.value {
                let detail = format!("{} {} as {}", gold.kind, shape(&gold.value), shape(&mine.value));
                errors.add("wrong value", detail, example.clone());
            }
            if gold.span != mine.span {
                let detail =
                    if mine.span.len() > gold.span.len() { "ours is longer" } else { "ours is shorter" };
                errors.add("boundary", detail, example.clone());
            }
            if gold.kind != mine.kind {
                errors.add("wrong type", format!("{} as {}", gold.kind, mine.kind), example);
            }
        }
        (None, None) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use verbale::model::Span;

    #[test]
    fn values_count_where_words_are_shared() {
        let timex = |start, end, value: &str| Timex {
            span: Span { start, end, in_title: false },
            kind: "DATE".to_owned(),
            value: value.to_owned(),
        };
        let gold = [timex(0, 5, "2004"), timex(10, 15, "2005"), timex(20, 22, "2006")];
        let found = [timex(0, 5, "2004"), timex(12, 15, "2005"), timex(30, 31, "2007")];
        let mut pairs = 0;
        let tally = compare(&gold, &found, |_, _| pairs += 1);
        assert_eq!((tally.strict, tally.value), (Counts::whole(1, 3, 3), Counts::whole(2, 3, 3)));
        assert_eq!(pairs, 4);
    }
}
