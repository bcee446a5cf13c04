//! Named entities: newswire from outside the United States and Britain, and statements of ministries (re3d).
//!
//! Exact spans, articles and marks at the ends left out of account (re3d counts "the" in, others do not). Two sources
//! of ours are measured: the language model's names, and the mentions that the coder resolved. Dates and sums of money are no
//! names here. A state's name may be a place, an organisation or a people to a set: our mention of a state is right as
//! any of these, and the language model's label must be the one that the set's maps to.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use rayon::prelude::*;
use verbale::World;
use verbale::model::{Mention, MentionKind, Report, Span};
use verbale::nlp::{EntLabel, Upos};
use verbale_coder::spans::Spans;

use crate::counts::Counts;
use crate::reading::Reading;
use crate::table::{ends_with, untar};
use crate::tokens::{tokens, touched, without_marks};
use crate::written::{Written, columns, re3d};
use crate::{Errors, Scored};

const SET: &str = "entities";
/// Which of our labels a label of a set stands for; what is not here is no name.
const LABELS: &[(&str, EntLabel)] = &[
    ("Person", EntLabel::Person),
    ("Organization", EntLabel::Org),
    ("Organisation", EntLabel::Org),
    ("Location", EntLabel::Place),
    ("Facility", EntLabel::Place),
    ("NORP", EntLabel::Other),
    ("Nationality", EntLabel::Other),
    ("Misc", EntLabel::Other),
    ("Product", EntLabel::Other),
];

/// Names by their first and last word: the labels that are right for each.
type Names = BTreeMap<(usize, usize), Vec<EntLabel>>;

/// Counts of one source of names.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    spans: Counts,
    labelled: Counts,
    /// People, organisations and places alone.
    three: Counts,
}

impl Tally {
    fn plus(self, other: Self) -> Self {
        Self {
            spans: self.spans.plus(other.spans),
            labelled: self.labelled.plus(other.labelled),
            three: self.three.plus(other.three),
        }
    }
}

/// The names that a program found in a text, in characters.
pub type Found = Vec<(Span, EntLabel)>;

/// The texts of the newswire, put together.
///
/// # Errors
/// When the file cannot be read; the message names it.
pub fn newswire(path: &Path) -> Result<Vec<Written>> {
    let files = untar(path).with_context(|| format!("reading {}", path.display()))?;
    Ok(files.iter().filter(|(name, _)| ends_with(name, "tsv")).map(|(_, table)| columns(table)).collect())
}

/// The names that the language model finds in a text.
pub fn found_in(world: &World, text: &str) -> Found {
    let report = Report { id: "text".to_owned(), text: text.to_owned(), ..Report::default() };
    let (whole, spans) = Spans::new(&report);
    let doc = verbale::nlp::annotate_page(&world.language, &whole, &[]);
    doc.ents().map(|name| (spans.tokens(&doc, name.range()), name.label())).collect()
}

/// Precision, recall and F1 of people, organisations and places that any program found in texts of a set.
///
/// # Errors
/// When it found names in another number of texts.
pub fn judged(texts: &[Written], found: &[Found]) -> Result<[f64; 3]> {
    anyhow::ensure!(texts.len() == found.len(), "{} texts, and names of {}", texts.len(), found.len());
    let mut three = Counts::default();
    for (written, found) in texts.iter().zip(found) {
        let chars: Vec<char> = written.text.chars().collect();
        let words = tokens(&chars);
        let mut names = Names::new();
        for (span, label) in found {
            put(&mut names, &chars, &words, *span, &[*label]);
        }
        three = three.plus(compare(&gold(written, &chars, &words), &names).three);
    }
    Ok([three.precision(), three.recall(), three.f1()])
}

/// Scores both sets.
pub(crate) fn run(world: &World, paths: &[&Path]) -> Result<Scored> {
    let read = |path: &Path| untar(path).with_context(|| format!("reading {}", path.display()));
    let sets = [("newswire", newswire(paths[0])?), ("re3d", re3d(&read(paths[1])?))];
    let mut scored = Scored::default();
    for ((set, texts), path) in sets.iter().zip(paths) {
        anyhow::ensure!(!texts.is_empty(), "{}: no text with names", path.display());
        let judged: Vec<([Tally; 2], Errors)> =
            texts.par_iter().map(|text| judge(world, text, set)).collect();
        let mut sums = [Tally::default(); 2];
        for (tallies, errors) in judged {
            sums = [sums[0].plus(tallies[0]), sums[1].plus(tallies[1])];
            scored.errors.extend(errors);
        }
        for (source, tally) in ["names", "mentions"].iter().zip(sums) {
            scored.measures.push(tally.spans.measure(SET, &format!("{set}, {source}: spans")));
            scored.measures.push(tally.labelled.measure(SET, &format!("{set}, {source}: labelled")));
            scored
                .measures
                .extend(tally.three.measures(SET, &format!("{set}, {source}: person, organisation, place")));
        }
    }
    Ok(scored)
}

fn judge(world: &World, written: &Written, set: &str) -> ([Tally; 2], Errors) {
    let reading = Reading::new(world, &written.text, None);
    let words = tokens(&reading.chars);
    let put = |names: &mut Names, span: Span, labels: &[EntLabel]| {
        put(names, &reading.chars, &words, span, labels);
    };
    let gold = gold(written, &reading.chars, &words);
    let (mut model, mut mentions) = (Names::new(), Names::new());
    for name in reading.doc.ents() {
        put(&mut model, reading.spans.tokens(&reading.doc, name.range()), &[name.label()]);
    }
    for mention in reading.coded.mentions.iter().filter(|mention| is_name(&reading, mention)) {
        put(&mut mentions, mention.span, labels(mention.kind));
    }
    let mut errors = Errors::default();
    for (source, found) in [("names", &model), ("mentions", &mentions)] {
        note(
            &mut errors,
            &Noted { kind: format!("{set}, {source}"), reading: &reading, words: &words },
            &gold,
            found,
        );
    }
    ([compare(&gold, &model), compare(&gold, &mentions)], errors)
}

/// The names of a set's text.
fn gold(written: &Written, chars: &[char], words: &[(Span, bool)]) -> Names {
    let mut names = Names::new();
    for (span, label) in &written.names {
        if let Some((_, ours)) = LABELS.iter().find(|(known, _)| known == label) {
            put(&mut names, chars, words, *span, &[*ours]);
        }
    }
    names
}

fn put(names: &mut Names, chars: &[char], words: &[(Span, bool)], span: Span, labels: &[EntLabel]) {
    if let Some(key) = bounds(chars, words, span) {
        names.entry(key).or_default().extend(labels);
    }
}

/// First and last word of a span without articles at its start.
fn bounds(chars: &[char], words: &[(Span, bool)], span: Span) -> Option<(usize, usize)> {
    let inside = without_marks(words, &touched(words, &[span]));
    let article = |at: &usize| {
        let word = &words[*at].0;
        let word: String = chars[word.start as usize..word.end as usize].iter().collect();
        ["the", "a", "an"].iter().any(|article| word.eq_ignore_ascii_case(article))
    };
    let last = *inside.last()?;
    let first = inside.iter().copied().find(|at| !article(at)).unwrap_or(last);
    Some((first, last))
}

/// Whether a mention is by name: it has a capital, and is no pronoun.
fn is_name(reading: &Reading, mention: &Mention) -> bool {
    !labels(mention.kind).is_empty()
        && !mention.span.in_title
        && mention.text.chars().any(char::is_uppercase)
        && reading.tokens(mention.span).iter().any(|token| matches!(token.pos(), Upos::Propn | Upos::Adj))
}

/// The labels that are right for a kind of mention.
fn labels(kind: MentionKind) -> &'static [EntLabel] {
    match kind {
        MentionKind::Person => &[EntLabel::Person],
        MentionKind::Organisation => &[EntLabel::Org],
        MentionKind::Place => &[EntLabel::Place],
        MentionKind::State => &[EntLabel::Place, EntLabel::Org, EntLabel::Other],
        _ => &[],
    }
}

fn compare(gold: &Names, found: &Names) -> Tally {
    let named = |one: &&(usize, usize)| found.contains_key(*one);
    let right = |labels: &[EntLabel], mine: &[EntLabel]| labels.iter().any(|label| mine.contains(label));
    let both = gold.iter().filter(|(key, labels)| found.get(key).is_some_and(|mine| right(labels, mine)));
    let is_three = |labels: &[EntLabel]| labels.iter().any(|label| *label != EntLabel::Other);
    let three = both.clone().filter(|(_, labels)| is_three(labels)).count();
    // A people that we call a state is no place that we made up.
    let other = |key: &(usize, usize)| gold.get(key).is_some_and(|labels| !is_three(labels));
    let mine = found
        .iter()
        .filter(|(key, labels)| is_three(labels) && !(labels.contains(&EntLabel::Other) && other(key)));
    Tally {
        spans: Counts::whole(gold.keys().filter(named).count(), found.len(), gold.len()),
        labelled: Counts::whole(both.count(), found.len(), gold.len()),
        three: Counts::whole(three, mine.count(), gold.values().filter(|labels| is_three(labels)).count()),
    }
}

/// What errors are told of.
struct Noted<'n> {
    kind: String,
    reading: &'n Reading,
    words: &'n [(Span, bool)],
}

/// Names that were missed, that are none, and that have another label or other ends.
fn note(errors: &mut Errors, noted: &Noted<'_>, gold: &Names, found: &Names) {
    let spell = |labels: &[EntLabel]| labels.iter().map(|label| label.as_str()).collect::<Vec<_>>().join("/");
    let place = |key: &(usize, usize)| {
        let (start, end) = (noted.words[key.0].0.start, noted.words[key.1].0.end);
        noted.reading.around(Span { start, end, in_title: false })
    };
    let meets = |one: &(usize, usize), other: &(usize, usize)| one.0 <= other.1 && other.0 <= one.1;
    for (key, labels) in gold {
        match found.get(key) {
            Some(mine) if mine.iter().any(|label| labels.contains(label)) => {}
            Some(mine) => {
                let detail = format!("{} as {}", spell(labels), spell(mine));
                errors.add(format!("{}: label", noted.kind), detail, place(key));
            }
            None => {
                let crossed = found.keys().find(|other| meets(key, other));
                let what = match crossed {
                    None => "missed",
                    Some(mine) if mine.1 - mine.0 > key.1 - key.0 => "ours is longer",
                    Some(_) => "ours is shorter",
                };
                errors.add(format!("{}: {what}", noted.kind), spell(labels), place(key));
            }
        }
    }
    for (key, labels) in found.iter().filter(|(key, _)| !gold.keys().any(|other| meets(key, other))) {
        errors.add(format!("{}: not in the set", noted.kind), spell(labels), place(key));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_may_be_a_place_or_a_people() {
        let gold: Names = [((0, 0), vec![EntLabel::Other]), ((3, 4), vec![EntLabel::Place])].into();
        let state = labels(MentionKind::State).to_vec();
        let found: Names =
            [((0, 0), state.clone()), ((3, 4), state), ((7, 7), vec![EntLabel::Person])].into();
        let tally = compare(&gold, &found);
        assert_eq!(tally.labelled, Counts::whole(2, 3, 2));
        assert_eq!(tally.three, Counts::whole(1, 2, 1));
    }
}
