//! The English Web Treebank's test part: tags, lemmas and trees over gold tokens; tokens and sentences of raw text.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context as _, Result};
use rayon::prelude::*;
use verbale::World;
use verbale::nlp::segment::segment;

use crate::table::gunzip;
use crate::{Measure, Scored};

/// A sentence with its gold.
#[derive(Debug, Default, PartialEq, Eq)]
struct Gold {
    words: Vec<Word>,
    /// Surface tokens: how many words each holds (contractions hold two), its form, and whether a space follows.
    surface: Vec<(usize, String, bool)>,
    /// A paragraph begins here.
    paragraph: bool,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Word {
    form: String,
    lemma: String,
    upos: String,
    xpos: String,
    head: u32,
    /// Without its subtype.
    relation: String,
}

/// How many words are right, per column.
#[derive(Debug, Clone, Copy, Default)]
struct Right {
    upos: usize,
    xpos: usize,
    lemma: usize,
    heads: usize,
    labelled: usize,
}

impl Right {
    fn plus(self, other: Self) -> Self {
        Self {
            upos: self.upos + other.upos,
            xpos: self.xpos + other.xpos,
            lemma: self.lemma + other.lemma,
            heads: self.heads + other.heads,
            labelled: self.labelled + other.labelled,
        }
    }
}

/// Scores a treebank.
pub fn run(world: &World, paths: &[&Path]) -> Result<Scored> {
    let context = || format!("reading {}", paths[0].display());
    let sentences = read(&gunzip(paths[0]).with_context(context)?).with_context(context)?;
    let n = sentences.iter().map(|sentence| sentence.words.len()).sum();
    let right = sentences.par_iter().map(|gold| judge(world, gold)).reduce(Right::default, Right::plus);
    let percent = |name: &str, part: usize| Measure {
        set: "parser",
        name: format!("{name}, %"),
        value: 100.0 * part as f64 / n as f64,
        n,
    };
    let mut measures = vec![
        percent("UPOS", right.upos),
        percent("XPOS", right.xpos),
        percent("lemma", right.lemma),
        percent("UAS", right.heads),
        percent("LAS", right.labelled),
    ];
    measures.extend(raw(&sentences));
    Ok(measures.into())
}

fn judge(world: &World, gold: &Gold) -> Right {
    let words: Vec<&str> = gold.words.iter().map(|word| word.form.as_str()).collect();
    let mut right = Right::default();
    for (word, tags) in gold.words.iter().zip(world.language.network().tag(&words)) {
        let head = word.head == tags.head;
        right.upos += usize::from(word.upos == tags.upos.as_str());
        right.xpos += usize::from(word.xpos == tags.xpos.as_str());
        right.lemma += usize::from(word.lemma == tags.lemma);
        right.heads += usize::from(head);
        right.labelled += usize::from(head && word.relation == tags.dep.universal());
    }
    right
}

/// Tokens and sentences found in the running text, paragraphs apart.
fn raw(sentences: &[Gold]) -> [Measure; 2] {
    let mut text = String::new();
    let (mut tokens, mut bounds) = (BTreeSet::new(), BTreeSet::new());
    for gold in sentences {
        if gold.paragraph && !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        let mut words = gold.words.iter();
        let mut end = start;
        for (count, form, space) in &gold.surface {
            let parts: Vec<&str> = words.by_ref().take(*count).map(|word| word.form.as_str()).collect();
            tokens.extend(split(form, &parts, text.len()));
            text.push_str(form);
            end = text.len();
            if *space {
                text.push(' ');
            }
        }
        bounds.insert((start, end));
    }
    let found = segment(&text);
    let key = |range: &Range<usize>| (range.start, range.end);
    let system: BTreeSet<_> = found.iter().flat_map(|sentence| sentence.tokens.iter().map(key)).collect();
    let outer = |tokens: &Vec<Range<usize>>| Some((tokens.first()?.start, tokens.last()?.end));
    let system_bounds: BTreeSet<_> = found.iter().filter_map(|sentence| outer(&sentence.tokens)).collect();
    [f1("tokens", &tokens, &system), f1("sentences", &bounds, &system_bounds)]
}

/// Where the words of a surface token stand; the whole token, when they do not spell it.
fn split(form: &str, words: &[&str], start: usize) -> Vec<(usize, usize)> {
    if words.concat() != form {
        return vec![(start, start + form.len())];
    }
    let mut at = start;
    let place = |word: &&str| {
        at += word.len();
        (at - word.len(), at)
    };
    words.iter().map(place).collect()
}

fn f1(name: &str, gold: &BTreeSet<(usize, usize)>, system: &BTreeSet<(usize, usize)>) -> Measure {
    let both = gold.intersection(system).count();
    let value = 200.0 * both as f64 / (gold.len() + system.len()).max(1) as f64;
    Measure { set: "parser", name: format!("{name} of raw text, F1 %"), value, n: gold.len() }
}

fn read(conllu: &str) -> Result<Vec<Gold>> {
    let (mut sentences, mut gold, mut covered) = (Vec::new(), Gold::default(), 0);
    for (at, line) in conllu.lines().chain(std::iter::once("")).enumerate() {
        if line.is_empty() {
            if !gold.words.is_empty() {
                sentences.push(std::mem::take(&mut gold));
            }
            covered = 0;
        } else if let Some(comment) = line.strip_prefix('#') {
            gold.paragraph |= comment.trim_start().starts_with("newpar");
        } else {
            let columns: Vec<&str> = line.split('\t').collect();
            let wrong = || format!("line {} of the treebank has not ten columns with numbers", at + 1);
            row(&columns, &mut gold, &mut covered).with_context(wrong)?;
        }
    }
    Ok(sentences)
}

/// Adds a line; `covered` is the last word that the contraction before it covers.
fn row(columns: &[&str], gold: &mut Gold, covered: &mut usize) -> Option<()> {
    let [id, form, lemma, upos, xpos, _, head, relation, _, misc] = columns else { return None };
    if id.contains('.') {
        return Some(());
    }
    let space = !misc.split('|').any(|item| item == "SpaceAfter=No");
    if let Some((first, last)) = id.split_once('-') {
        *covered = last.parse().ok()?;
        let count = *covered + 1 - first.parse::<usize>().ok()?;
        gold.surface.push((count, (*form).to_owned(), space));
        return Some(());
    }
    if id.parse::<usize>().ok()? > *covered {
        gold.surface.push((1, (*form).to_owned(), space));
    }
    gold.words.push(Word {
        form: (*form).to_owned(),
        lemma: (*lemma).to_owned(),
        upos: (*upos).to_owned(),
        xpos: (*xpos).to_owned(),
        head: head.parse().ok()?,
        relation: relation.split(':').next()?.to_owned(),
    });
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contractions_are_taken_apart_where_they_spell_their_words() {
        let tail = |head: u32| format!("_\tNOUN\tNN\t_\t{head}\tobj:x\t_");
        let text = format!(
            "# newpar id = p\n1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n1\tdo\t{0}\t_\n2\tn't\t{0}\t_\n3\t.\t{0}\t_\n",
            tail(0)
        );
        let [gold] = &read(&text).unwrap()[..] else { panic!("one sentence") };
        assert_eq!((gold.words.len(), gold.surface.len(), gold.paragraph), (3, 2, true));
        assert_eq!(gold.words[2].relation, "obj");
        assert_eq!(split("don't", &["do", "n't"], 4), [(4, 6), (6, 9)]);
        assert_eq!(split("du", &["de", "le"], 4), [(4, 6)]);
        assert!(read("1\tdo\t_").is_err());
    }
}
