//! From the vectors of a sentence to its rows: tags, lemma scripts, names, arcs and relations.

use super::TokenTags;
use super::encoder::{Scratch, WIDTH, linear};
use super::kernels::{self, Isa};
use super::lemma::{Lexicon, Ranked, Script};
use super::math;
use super::names::{self, Ent};
use super::tree;
use super::weights::{Matrix, ModelError, Store};
use super::wordpiece::WordPiece;
use crate::tags::{Dep, EntLabel, Upos, Xpos};

/// Numbers in a word's vector as dependent or head of an arc.
const ARC: usize = 192;
/// Numbers in a word's vector as dependent or head of a relation, a constant 1 not counted.
const REL: usize = 96;

/// The heads of the network and their labels.
pub(super) struct Heads {
    /// UPOS, XPOS, lemma scripts and names, one after the other.
    tags: Matrix,
    /// Vectors as arc dependent, arc head, relation dependent and relation head.
    split: Matrix,
    arc: Matrix,
    rel: Matrix,
    upos: Vec<Upos>,
    xpos: Vec<Xpos>,
    lemmas: Vec<Script>,
    lexicon: Lexicon,
    ents: Vec<Ent>,
    deps: Vec<Dep>,
}

impl Heads {
    pub(super) fn new(store: &Store) -> Result<Self, ModelError> {
        let heads = Self {
            tags: store.matrix("tags")?,
            split: store.matrix("split")?,
            arc: store.matrix("arc")?,
            rel: store.matrix("rel")?,
            upos: store.labels("upos", Upos::parse)?,
            xpos: store.labels("xpos", Xpos::parse)?,
            lemmas: store.labels("lemmas", Script::parse)?,
            lexicon: Lexicon::new(store)?,
            ents: store.labels("ents", parse_ent)?,
            deps: store.labels("deps", Dep::parse)?,
        };
        let kinds = heads.upos.len() + heads.xpos.len() + heads.lemmas.len() + heads.ents.len();
        let relations = heads.deps.len() * (REL + 1);
        for (name, matrix, inputs, outputs) in [
            ("tags", &heads.tags, WIDTH, kinds),
            ("split", &heads.split, WIDTH, 2 * ARC + 2 * REL),
            ("arc", &heads.arc, ARC, ARC),
            ("rel", &heads.rel, (REL + 1).next_multiple_of(4), relations),
        ] {
            if matrix.inputs != inputs || matrix.outputs != outputs.next_multiple_of(16) {
                return Err(ModelError::Tensor(name.to_owned()));
            }
        }
        Ok(heads)
    }

    /// The rows of one window from the vectors of the root and of each word.
    pub(super) fn read(
        &self,
        isa: Isa,
        words: &[&str],
        vectors: &[f32],
        pieces: &WordPiece,
        scratch: &mut Scratch,
    ) -> Vec<TokenTags> {
        let mut tags = vec![0.0; words.len() * self.tags.outputs];
        linear(isa, &self.tags, &vectors[WIDTH..], WIDTH, &mut tags, scratch);
        let (heads, deps) = self.parse(isa, words.len(), vectors, scratch);
        let mut names = Vec::with_capacity(words.len() * self.ents.len());
        let mut rows = Vec::with_capacity(words.len());
        for (i, (word, scores)) in words.iter().zip(tags.chunks_exact(self.tags.outputs)).enumerate() {
            let (upos, scores) = scores.split_at(self.upos.len());
            let (xpos, scores) = scores.split_at(self.xpos.len());
            let (lemma, scores) = scores.split_at(self.lemmas.len());
            names.extend_from_slice(&scores[..self.ents.len()]);
            let (upos, xpos) = (self.upos[greatest(upos)], self.xpos[greatest(xpos)]);
            let ranked = Ranked { scripts: &self.lemmas, scores: lemma };
            rows.push(TokenTags {
                upos,
                xpos,
                lemma: self.lexicon.lemma(word, (upos, xpos), &ranked, pieces),
                head: heads[i] as u32,
                dep: deps[i],
                ent: None,
            });
        }
        for (row, ent) in rows.iter_mut().zip(names::decode(&names, &self.ents)) {
            row.ent = ent;
        }
        rows
    }

    /// Heads and relations of one window (Dozat & Manning 2017).
    fn parse(
        &self,
        isa: Isa,
        words: usize,
        vectors: &[f32],
        scratch: &mut Scratch,
    ) -> (Vec<usize>, Vec<Dep>) {
        let mut split = vec![0.0; (words + 1) * self.split.outputs];
        linear(isa, &self.split, vectors, WIDTH, &mut split, scratch);
        for v in &mut split {
            *v = if *v < 0.0 { *v * 0.1 } else { *v };
        }
        let part = |from: usize, width: usize, skip: usize| -> Vec<f32> {
            split
                .chunks_exact(self.split.outputs)
                .skip(skip)
                .flat_map(|row| &row[from..from + width])
                .copied()
                .collect()
        };
        let mut turned = vec![0.0; words * ARC];
        linear(isa, &self.arc, &part(0, ARC, 1), ARC, &mut turned, scratch);
        let mut scores = vec![0.0; words * (words + 1)];
        kernels::products(isa, &turned, &part(ARC, ARC, 0), ARC, &mut scores, &mut Vec::new());
        let heads = tree::decode(&scores, words);

        let mut dependents = Vec::with_capacity(words * (REL + 1));
        for row in part(2 * ARC, REL, 1).chunks_exact(REL) {
            dependents.extend_from_slice(row);
            dependents.push(1.0);
        }
        let mut mixed = vec![0.0; words * self.rel.outputs];
        linear(isa, &self.rel, &dependents, REL + 1, &mut mixed, scratch);
        let governors = part(2 * ARC + REL, REL, 0);
        let deps = heads.iter().zip(mixed.chunks_exact(self.rel.outputs)).map(|(&head, mixed)| {
            let governor = &governors[head * REL..][..REL];
            let scores = mixed.chunks_exact(REL + 1).map(|row| math::dot(&row[..REL], governor) + row[REL]);
            self.relation(head == 0, scores)
        });
        let deps = deps.collect();
        (heads, deps)
    }

    /// The relation with the greatest score; `root` goes to the root and to nothing else.
    fn relation(&self, root: bool, scores: impl Iterator<Item = f32>) -> Dep {
        if root {
            return Dep::Root;
        }
        let mut best = (f32::NEG_INFINITY, Dep::Dep);
        for (score, &dep) in scores.zip(&self.deps) {
            if score > best.0 && dep != Dep::Root {
                best = (score, dep);
            }
        }
        best.1
    }
}

/// Reads `O`, `B-LABEL` or `I-LABEL`.
#[allow(clippy::option_option, reason = "the outer one says whether the text is a label at all")]
fn parse_ent(text: &str) -> Option<Ent> {
    match text.split_once('-') {
        None => (text == "O").then_some(None),
        Some(("B", label)) => EntLabel::parse(label).map(|label| Some((label, true))),
        Some(("I", label)) => EntLabel::parse(label).map(|label| Some((label, false))),
        Some(_) => None,
    }
}

/// The first of the greatest scores.
fn greatest(scores: &[f32]) -> usize {
    let mut at = 0;
    for (i, &score) in scores.iter().enumerate() {
        if score > scores[at] {
            at = i;
        }
    }
    at
}
