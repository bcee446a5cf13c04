//! From the vectors of a sentence to its rows: tags, lemma scripts, names, arcs and relations.

use super::TokenTags;
use super::encoder::{Bytes, WIDTH, linear, sized};
use super::kernels::{self, Isa};
use super::lemma::{Lexicon, Ranked, Script};
use super::names::{self, Ent};
use super::tree;
use super::weights::{Matrix, ModelError, Store};
use super::wordpiece::WordPiece;
use crate::tags::{Dep, EntLabel, Upos, Xpos};

/// Numbers in a word's vector as dependent or head of an arc.
const ARC: usize = 192;
/// Numbers in a word's vector as dependent or head of a relation, a constant 1 not counted.
const REL: usize = 96;

/// Words whose relations are scored at once, so that the scores stay in the cache.
const ROWS: usize = 32;

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

/// Buffers that are used again from batch to batch.
#[derive(Default)]
pub(super) struct Scratch {
    tags: Vec<f32>,
    split: Vec<f32>,
    dependents: Vec<f32>,
    governors: Vec<f32>,
    turned: Vec<f32>,
    scores: Vec<f32>,
    columns: Vec<f32>,
    bytes: Bytes,
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

    /// The rows of some windows, given their words, from the vectors of each one's root and words.
    pub(super) fn read(
        &self,
        isa: Isa,
        windows: &[&[&str]],
        vectors: &[f32],
        pieces: &WordPiece,
        scratch: &mut Scratch,
    ) -> Vec<Vec<TokenTags>> {
        let arcs = self.parse(isa, windows, vectors, scratch);
        let width = self.tags.outputs;
        let tags = sized(&mut scratch.tags, vectors.len() / WIDTH * width);
        linear(isa, &self.tags, vectors, WIDTH, tags, &mut scratch.bytes);
        let mut start = 0;
        let read = |words: &&[&str]| {
            let rows = start + 1..start + 1 + words.len();
            start = rows.end;
            self.tag(words, &tags[rows.start * width..rows.end * width], &arcs[rows], pieces)
        };
        windows.iter().map(read).collect()
    }

    /// The rows of one window from the scores of its words' tags and from their heads and relations.
    fn tag(&self, words: &[&str], tags: &[f32], arcs: &[(usize, Dep)], pieces: &WordPiece) -> Vec<TokenTags> {
        let mut names = Vec::with_capacity(words.len() * self.ents.len());
        let mut rows = Vec::with_capacity(words.len());
        let scores = tags.chunks_exact(self.tags.outputs);
        for ((word, scores), &(head, dep)) in words.iter().zip(scores).zip(arcs) {
            let (upos, scores) = scores.split_at(self.upos.len());
            let (xpos, scores) = scores.split_at(self.xpos.len());
            let (lemma, scores) = scores.split_at(self.lemmas.len());
            names.extend_from_slice(&scores[..self.ents.len()]);
            let (upos, xpos) = (self.upos[greatest(upos)], self.xpos[greatest(xpos)]);
            let ranked = Ranked { scripts: &self.lemmas, scores: lemma };
            let lemma = self.lexicon.lemma(word, (upos, xpos), &ranked, pieces);
            rows.push(TokenTags { upos, xpos, lemma, head: head as u32, dep, ent: None });
        }
        for (row, ent) in rows.iter_mut().zip(names::decode(&names, &self.ents)) {
            row.ent = ent;
        }
        rows
    }

    /// Head and relation of each row (Dozat & Manning 2017); those of a root mean nothing.
    fn parse(
        &self,
        isa: Isa,
        windows: &[&[&str]],
        vectors: &[f32],
        scratch: &mut Scratch,
    ) -> Vec<(usize, Dep)> {
        let Scratch { split, dependents, governors, turned, scores, columns, bytes, .. } = scratch;
        let rows = vectors.len() / WIDTH;
        let split = sized(split, rows * self.split.outputs);
        linear(isa, &self.split, vectors, WIDTH, split, bytes);
        for v in split.iter_mut() {
            *v = if *v < 0.0 { *v * 0.1 } else { *v };
        }
        self.part(split, 0, ARC, &[], dependents);
        self.part(split, ARC, ARC, &[], governors);
        let turned = sized(turned, rows * ARC);
        linear(isa, &self.arc, dependents, ARC, turned, bytes);
        let mut heads = Vec::with_capacity(rows);
        let mut start = 0;
        for words in windows {
            let words = words.len();
            let scores = sized(scores, words * (words + 1));
            let (from, end) = (start * ARC, (start + words + 1) * ARC);
            kernels::products(isa, &turned[from + ARC..end], &governors[from..end], ARC, scores, columns);
            // Each row's head, and the row of it; a root has none, and its own row stands in.
            heads.push((0, start));
            heads.extend(tree::decode(scores, words).into_iter().map(|head| (head, start + head)));
            start += words + 1;
        }

        self.part(split, 2 * ARC, REL, &[1.0], dependents);
        self.part(split, 2 * ARC + REL, REL, &[], governors);
        let mixed = sized(scores, rows.min(ROWS) * self.rel.outputs);
        let mut fits = vec![0.0; self.deps.len()];
        let mut arcs = Vec::with_capacity(rows);
        for (dependents, heads) in dependents.chunks(ROWS * (REL + 1)).zip(heads.chunks(ROWS)) {
            let mixed = &mut mixed[..heads.len() * self.rel.outputs];
            linear(isa, &self.rel, dependents, REL + 1, mixed, bytes);
            for (mixed, &(head, row)) in mixed.chunks_exact(self.rel.outputs).zip(heads) {
                kernels::relate(isa, mixed, &governors[row * REL..][..REL], &mut fits);
                arcs.push((head, self.relation(head == 0, &fits)));
            }
        }
        arcs
    }

    /// Some columns of each row of `split`, and `more` after each row's.
    fn part(&self, split: &[f32], from: usize, width: usize, more: &[f32], out: &mut Vec<f32>) {
        out.clear();
        for row in split.chunks_exact(self.split.outputs) {
            out.extend_from_slice(&row[from..from + width]);
            out.extend_from_slice(more);
        }
    }

    /// The relation with the greatest score; `root` goes to the root and to nothing else.
    fn relation(&self, root: bool, scores: &[f32]) -> Dep {
        if root {
            return Dep::Root;
        }
        let mut best = (f32::NEG_INFINITY, Dep::Dep);
        for (&score, &dep) in scores.iter().zip(&self.deps) {
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
