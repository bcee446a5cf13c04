//! `PolNeAR`: source, cue and content of every attribution in political news.
//!
//! As in the corpus's paper (Newell, Margolin and Ruths 2018), every token is source, cue, content or nothing, so spans of one
//! kind count once however many attributions share them. Exact: the same tokens. Partial: the share of a span's
//! tokens that its best counterpart has, of found spans for precision and of gold spans for recall (Pareti 2015).
//! Of articles that several people annotated, the first annotation by name counts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use rayon::prelude::*;
use verbale::World;
use verbale::model::Span;

use crate::counts::Counts;
use crate::reading::Reading;
use crate::table::{ends_with, untar};
use crate::tokens::{tokens, touched, without_marks};
use crate::{Errors, Measure, Scored};

const SET: &str = "attribution";
/// Kinds of span, as the corpus calls them.
const KINDS: [&str; 3] = ["Source", "Cue", "Content"];

/// An article with its gold.
struct Article {
    name: String,
    text: String,
    gold: [Vec<Vec<Span>>; 3],
}

/// Counts of the three kinds of span.
#[derive(Default)]
struct Tally {
    exact: [Counts; 3],
    /// Exact, but for punctuation.
    words: [Counts; 3],
    partial: [Counts; 3],
    /// Of single tokens.
    tokens: [Counts; 3],
    errors: Errors,
}

impl Tally {
    fn plus(mut self, other: Self) -> Self {
        for at in 0..KINDS.len() {
            self.exact[at] = self.exact[at].plus(other.exact[at]);
            self.words[at] = self.words[at].plus(other.words[at]);
            self.partial[at] = self.partial[at].plus(other.partial[at]);
            self.tokens[at] = self.tokens[at].plus(other.tokens[at]);
        }
        self.errors.extend(other.errors);
        self
    }
}

/// Scores the archive of articles.
pub fn run(world: &World, paths: &[&Path]) -> Result<Scored> {
    let articles = articles(untar(paths[0])?);
    anyhow::ensure!(!articles.is_empty(), "{}: no article with attributions", paths[0].display());
    let tallies: Vec<Tally> = articles.par_iter().map(|article| judge(world, article)).collect();
    let tally = tallies.into_iter().fold(Tally::default(), Tally::plus);
    let mut measures = vec![Measure::new(SET, "articles", articles.len() as f64, articles.len())];
    for (at, kind) in KINDS.iter().enumerate() {
        let kind = kind.to_lowercase();
        measures.extend(tally.partial[at].measures(SET, &format!("{kind}: partial")));
        measures.push(tally.exact[at].measure(SET, &format!("{kind}: exact")));
        measures.push(tally.words[at].measure(SET, &format!("{kind}: exact but for punctuation")));
        measures.push(tally.tokens[at].measure(SET, &format!("{kind}: tokens")));
    }
    Ok(Scored { measures, errors: tally.errors, ..Scored::default() })
}

/// Texts with their annotations, by name; `NAME_ANNOTATOR.ann` stands beside `NAME.txt`.
fn articles(files: Vec<(String, String)>) -> Vec<Article> {
    let stem = |path: &str| Some(Path::new(path).file_stem()?.to_str()?.to_owned());
    let (mut texts, mut notes) = (BTreeMap::new(), BTreeMap::new());
    for (path, text) in files {
        let Some(stem) = stem(&path) else { continue };
        if ends_with(&path, "txt") {
            texts.insert(stem, text);
        } else if let Some((name, by)) = stem.rsplit_once('_').filter(|_| ends_with(&path, "ann")) {
            let list: &mut Vec<(String, String)> = notes.entry(name.to_owned()).or_default();
            list.push((by.to_owned(), text));
            list.sort();
        }
    }
    let article = |(name, text): (String, String)| {
        let gold = gold(&notes.get(&name)?.first()?.1);
        Some(Article { name, text, gold })
    };
    texts.into_iter().filter_map(article).collect()
}

/// Spans of the three kinds; each may have several parts.
fn gold(notes: &str) -> [Vec<Vec<Span>>; 3] {
    let mut gold: [Vec<Vec<Span>>; 3] = Default::default();
    for line in notes.lines().filter(|line| line.starts_with('T')) {
        let Some((kind, places)) = line.split('\t').nth(1).and_then(|cell| cell.split_once(' ')) else {
            continue;
        };
        let Some(at) = KINDS.iter().position(|known| *known == kind) else { continue };
        let part = |part: &str| {
            let (start, end) = part.split_once(' ')?;
            Some(Span { start: start.parse().ok()?, end: end.parse().ok()?, in_title: false })
        };
        let parts: Vec<Span> = places.split(';').filter_map(part).collect();
        if !parts.is_empty() && !gold[at].contains(&parts) {
            gold[at].push(parts);
        }
    }
    gold
}

fn judge(world: &World, article: &Article) -> Tally {
    let reading = Reading::new(world, &article.text, published(&article.name).as_deref());
    let tokens = tokens(&reading.chars);
    let said = reading.coded.claims.iter().filter(|claim| claim.cue.is_some() && !claim.content.in_title);
    let mut found: [Vec<Vec<Span>>; 3] = Default::default();
    for claim in said {
        let spans = [claim.asserter.as_ref().map(|who| who.span), claim.cue.as_ref().map(|cue| cue.span)];
        for (at, span) in spans.into_iter().chain([Some(claim.content)]).enumerate() {
            let parts = Vec::from_iter(span);
            if !parts.is_empty() && !found[at].contains(&parts) {
                found[at].push(parts);
            }
        }
    }
    let mut tally = Tally::default();
    for (at, spans) in found.iter().enumerate() {
        let sets = |spans: &[Vec<Span>]| -> BTreeSet<BTreeSet<usize>> {
            spans.iter().map(|parts| touched(&tokens, parts)).filter(|set| !set.is_empty()).collect()
        };
        let (gold, mine) = (sets(&article.gold[at]), sets(spans));
        tally.exact[at] = Counts::whole(gold.intersection(&mine).count(), mine.len(), gold.len());
        let bare = |spans: &BTreeSet<BTreeSet<usize>>| -> BTreeSet<BTreeSet<usize>> {
            spans.iter().map(|span| without_marks(&tokens, span)).collect()
        };
        let (plain, my_plain) = (bare(&gold), bare(&mine));
        tally.words[at] = Counts::whole(plain.intersection(&my_plain).count(), my_plain.len(), plain.len());
        tally.partial[at] = partial(&gold, &mine);
        let all = |spans: &BTreeSet<BTreeSet<usize>>| -> BTreeSet<usize> {
            spans.iter().flatten().copied().collect()
        };
        let (each, my_each) = (all(&gold), all(&mine));
        tally.tokens[at] = Counts::whole(each.intersection(&my_each).count(), my_each.len(), each.len());
        errors(&mut tally.errors, &Side { reading: &reading, tokens: &tokens, at }, &plain, &my_plain);
    }
    tally
}

/// The share of each span that its best counterpart has.
fn partial(gold: &BTreeSet<BTreeSet<usize>>, found: &BTreeSet<BTreeSet<usize>>) -> Counts {
    let shares = |of: &BTreeSet<BTreeSet<usize>>, others: &BTreeSet<BTreeSet<usize>>| -> f64 {
        let best = |span: &BTreeSet<usize>| {
            others.iter().map(|other| span.intersection(other).count()).max().unwrap_or_default()
        };
        of.iter().map(|span| best(span) as f64 / span.len().max(1) as f64).sum()
    };
    Counts { right: shares(found, gold), found: found.len(), hit: shares(gold, found), gold: gold.len() }
}

/// Publication date in the name of an article: `OUTLET_2016-09-12_TITLE`.
fn published(name: &str) -> Option<String> {
    name.split('_').find(|part| part.len() == 10 && part.starts_with("20")).map(str::to_owned)
}

/// What errors of one kind of span are told of.
struct Side<'s> {
    reading: &'s Reading,
    tokens: &'s [(Span, bool)],
    at: usize,
}

impl Side<'_> {
    fn span(&self, of: &BTreeSet<usize>) -> Span {
        let end = |at: Option<&usize>| at.map_or_else(Span::default, |at| self.tokens[*at].0);
        Span { start: end(of.first()).start, end: end(of.last()).end, in_title: false }
    }

    /// What kind of words a span is: the lemma of a cue, the form of a source, the mode of a content.
    fn detail(&self, of: &BTreeSet<usize>) -> String {
        let span = self.span(of);
        match self.at {
            0 => self.form(span),
            1 => format!("{}: {}", self.tag(span), self.reading.lemma(span)),
            _ => self.mode(span).to_owned(),
        }
    }

    /// The universal tag of the word that carries a span.
    fn tag(&self, span: Span) -> &'static str {
        let tokens = self.reading.tokens(span);
        let outside = |head: usize| !tokens.iter().any(|token| token.i() == head);
        let head = tokens.iter().find(|token| token.is_root() || outside(token.head().i()));
        head.map_or("none", |token| token.pos().as_str())
    }

    fn form(&self, span: Span) -> String {
        let words = self.reading.words(span);
        let length = match words.split_whitespace().count() {
            1 => "one word",
            2..=4 => "2-4 words",
            _ => "longer",
        };
        format!("{}, {length}", self.tag(span))
    }

    fn mode(&self, span: Span) -> &'static str {
        let wide = Span { start: span.start.saturating_sub(1), end: span.end + 1, in_title: false };
        let words = self.reading.words(wide);
        let quoted = |c: char| matches!(c, '"' | '“' | '”');
        match (words.trim().starts_with(quoted), words.contains(quoted)) {
            (true, _) => "quote",
            (false, true) => "partly quoted",
            (false, false) => "indirect",
        }
    }
}

/// Spans that were missed, that are none, and whose ends differ.
fn errors(
    errors: &mut Errors,
    side: &Side<'_>,
    gold: &BTreeSet<BTreeSet<usize>>,
    found: &BTreeSet<BTreeSet<usize>>,
) {
    let kind = KINDS[side.at].to_lowercase();
    let apart = |span: &BTreeSet<usize>, others: &BTreeSet<BTreeSet<usize>>| {
        others.iter().all(|other| span.is_disjoint(other))
    };
    for span in gold.difference(found) {
        let best = found.iter().max_by_key(|other| span.intersection(other).count());
        let example = side.reading.around(side.span(span));
        match best.filter(|best| !span.is_disjoint(best)) {
            None => errors.add(format!("{kind} missed"), side.detail(span), example),
            Some(best) => {
                let relation = match (best.is_superset(span), best.is_subset(span)) {
                    (true, _) => "ours is longer",
                    (_, true) => "ours is shorter",
                    _ => "they cross",
                };
                let ours = side.reading.words(side.span(best));
                let detail = format!("{relation}; {}", side.detail(span));
                errors.add(format!("{kind} boundary"), detail, format!("ours: {ours} | gold: {example}"));
            }
        }
    }
    for span in found.iter().filter(|span| apart(span, gold)) {
        errors.add(format!("{kind} spurious"), side.detail(span), side.reading.around(side.span(span)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_compared_by_tokens() {
        let text: Vec<char> = "“We agree,” the envoy said.".chars().collect();
        let tokens = tokens(&text);
        assert_eq!(tokens.iter().filter(|(_, word)| *word).count(), 5);
        let notes =
            "T1\tContent 0 11\t“We agree,”\nT2\tCue 22 26\tsaid\nT3\tDiscuss 1 2\tx\nE1\tAttribution:T2";
        let gold = gold(notes);
        let content = touched(&tokens, &gold[2][0]);
        assert_eq!((content.len(), gold[0].len(), gold[1].len()), (5, 0, 1));
        assert_eq!(without_marks(&tokens, &content).len(), 2);
        let mine = BTreeSet::from([touched(&tokens, &[Span { start: 1, end: 9, in_title: false }])]);
        let counts = partial(&BTreeSet::from([content]), &mine);
        assert!((counts.precision() - 1.0).abs() < 1e-9 && (counts.recall() - 0.4).abs() < 1e-9);
    }

    #[test]
    fn an_article_goes_with_its_first_annotation() {
        let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        let files = vec![
            file("text/outlet_2016-09-12_a.txt", "He said so."),
            file("attributions/outlet_2016-09-12_a_b2.ann", ""),
            file("attributions/outlet_2016-09-12_a_a1.ann", "T1\tCue 3 7\tsaid"),
            file("text/outlet_2016-09-13_b.txt", "Nobody looked."),
        ];
        let [article] = &articles(files)[..] else { panic!("one article has an annotation") };
        assert_eq!(article.gold[1].len(), 1);
        assert_eq!(published(&article.name).as_deref(), Some("2016-09-12"));
    }
}
